"""`data/vocabularies.jsonld`: the vocabularies, the topics and each coalition's own terms as SKOS in JSON-LD.

Every closed list is a concept scheme; topics are a scheme with broader topics; a coalition's own terms are a scheme whose
concepts are related to the topics that they cover. Source: SKOS reference, https://www.w3.org/TR/skos-reference/.
"""

from collections.abc import Iterator
from typing import Any

from ..entries import KINDS
from ..json_line import json_line
from ..text import link_of
from ..views.site import Site

FILE = "data/vocabularies.jsonld"
Node = dict[str, Any]


def vocabularies_jsonld(site: Site) -> Iterator[tuple[str, bytes]]:
    """The file."""
    graph = [*_lists(site), *_topics(site), *_own_terms(site)]
    lines = ",\n".join(json_line(node) for node in graph)
    context = json_line(_context(site))
    yield FILE, f'{{"@context":{context},"@graph":[\n{lines}\n]}}\n'.encode()


def _context(site: Site) -> Node:
    link = {"@type": "@id"}
    words = {"@language": site.settings.language}
    return {
        "skos": "http://www.w3.org/2004/02/skos/core#",
        "dcterms": "http://purl.org/dc/terms/",
        **({"@base": site.settings.address()} if site.settings.address() else {}),
        "id": "@id",
        "type": "@type",
        "title": {"@id": "dcterms:title", **words},
        "description": {"@id": "dcterms:description", **words},
        "licence": {"@id": "dcterms:license", **link},
        "label": {"@id": "skos:prefLabel", **words},
        "other": {"@id": "skos:altLabel", **words},
        "definition": {"@id": "skos:definition", **words},
        "notation": "skos:notation",
        "scheme": {"@id": "skos:inScheme", **link},
        "top_of": {"@id": "skos:topConceptOf", **link},
        "top": {"@id": "skos:hasTopConcept", **link},
        "broader": {"@id": "skos:broader", **link},
        "related_match": {"@id": "skos:relatedMatch", **link},
    }


def _scheme(id: str, title: str, description: str, top: list[str], site: Site) -> Node:
    licence = {"licence": site.settings.licence_url} if site.settings.licence_url else {}
    described = {"description": description} if description else {}
    return {"id": id, "type": "skos:ConceptScheme", "title": title, **described, **licence, "top": top}


def _lists(site: Site) -> Iterator[Node]:
    for name, vocabulary in sorted(site.catalogue.vocabularies.items()):
        scheme = f"vocabulary/#{name}"
        ids = {term: f"vocabulary/#{name}-{term}" for term in vocabulary.terms}
        yield _scheme(scheme, vocabulary.title, vocabulary.description, list(ids.values()), site)
        for term in vocabulary.terms.values():
            yield {
                "id": ids[term.id], "type": "skos:Concept", "label": term.label, "definition": term.meaning, "notation": term.id,
                "scheme": scheme, "top_of": scheme,
            }  # fmt: skip


def _topics(site: Site) -> Iterator[Node]:
    records = site.catalogue.by_kind["topic"]
    scheme, published = f"{KINDS['topic'].folder}/", {record.id for record in records}
    wider = {record.id: parent for record in records if (parent := getattr(record.entry, "parent", None)) in published}
    top = [link_of(record) for record in records if record.id not in wider]
    if records:
        yield _scheme(scheme, site.strings("kinds.topic.many"), site.strings("kinds.topic.intro"), top, site)
    for record in records:
        place = {"broader": f"{scheme}{wider[record.id]}/"} if record.id in wider else {"top_of": scheme}
        names = list(getattr(record.entry, "other_names", ()))
        yield {
            "id": link_of(record), "type": "skos:Concept", "label": record.entry.title, "definition": record.entry.summary, "notation": record.id,
            **({"other": names} if names else {}), "scheme": scheme, **place,
        }  # fmt: skip


def _own_terms(site: Site) -> Iterator[Node]:
    of_coalition: dict[str, list[Node]] = {}
    for own in site.catalogue.own_terms:
        scheme = f"{link_of(own.coalition)}#crosswalk"
        topics = [link_of(topic) for topic in site.catalogue.named(own.term.topics)]
        of_coalition.setdefault(own.coalition.id, []).append({
            "id": f"{link_of(own.coalition)}#term-{own.term.id}", "type": "skos:Concept", "label": own.term.label, "notation": own.term.id,
            "scheme": scheme, "top_of": scheme, "related_match": topics,
        })  # fmt: skip
    for id, nodes in of_coalition.items():
        title = site.strings("data.own_terms", coalition=site.catalogue.by_id[id].entry.title)
        yield _scheme(nodes[0]["scheme"], title, "", [node["id"] for node in nodes], site)
        yield from nodes
