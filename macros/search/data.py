"""The entries as the filter in the browser takes them: one column a property, entries in listing order.

Two files, because the first is enough to filter and to sort, and the second is only read with the eyes:
`explore/entries.json` (titles and facets) and `explore/summaries.json`. Values stand as numbers: the place of the value
in the list of its facet. The reader is `overrides/assets/js/catalogue.mjs`; `FORMAT` is the agreement between the two.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import Any

from ..catalogue import FRAME
from ..entries import KINDS
from ..entries.government import CONTEXT, Government
from ..facets import KIND_OF, VOCABULARY_OF
from ..pool import Record
from ..text import link_of
from ..views.facet_lists import FacetList, facet_lists
from ..views.site import Site

FORMAT = 1
FOLDER = "explore"
# The facets that describe a place rather than an entry's subject, beside the vocabularies of context.
PLACE_FACETS = ("level", "region")


def entries_data(site: Site) -> dict[str, Any]:
    """`explore/entries.json`, with no `fragments` yet (`fragments_data`)."""
    catalogue = site.catalogue
    records = list(catalogue.listed())
    lists = facet_lists(site)
    place = {record.id: number for number, record in enumerate(records)}
    return {
        "format": FORMAT,
        "frame": sorted(FRAME),
        "folders": {kind: model.folder for kind, model in KINDS.items()},
        "facets": [_facet(facet, place, records) for facet in lists],
        "ids": [record.id for record in records],
        "titles": [record.entry.title for record in records],
        "places": _sparse(site.place(record) for record in records),
        "codes": _sparse(getattr(record.entry, "code", None) or "" for record in records),
        "reviewed": [record.entry.reviewed.isoformat() for record in records],
        "published": [record.entry.published.isoformat() for record in records],
        "columns": {facet.name: _column(records, facet, site) for facet in lists},
        "terms_of_topics": _terms_of_topics(lists, site),
        "fragments": [],
        "context": context_data(site),
    }


def fragments_data(site: Site, names: Mapping[str, str]) -> list[str]:
    """How the full-text index names each entry, in the order of `ids`; `names` gives its name of each address (`practices/some-id/`)."""
    return _shortest([names.get(link_of(record), "") for record in site.catalogue.listed()], names.values())


def summaries_data(site: Site) -> list[str]:
    """`explore/summaries.json`: the summaries in the order of `ids`."""
    return [record.entry.summary for record in site.catalogue.listed()]


def context_data(site: Site) -> dict[str, Any]:
    """What a reader can compare places by: the dimensions with their terms, and what is known of each government.

    A dimension is `level`, `region` or the name of a vocabulary of context; a place has the number of a term, and
    what is not known of it is not there. A state or city has what is known of the government above it.
    """
    vocabularies = site.catalogue.vocabularies
    names = {name: VOCABULARY_OF[name] for name in PLACE_FACETS} | {n.removeprefix(CONTEXT): n for n in vocabularies if n.startswith(CONTEXT)}
    dimensions: list[dict[str, Any]] = [
        {
            "name": name,
            "label": vocabularies[vocabulary].label,
            "values": list(vocabularies[vocabulary].terms),
            "labels": [term.label for term in vocabularies[vocabulary].terms.values()],
        }
        for name, vocabulary in names.items()
        if vocabulary in vocabularies
    ]
    known = {
        record.id: {d["name"]: d["values"].index(value) for d in dimensions if (value := _known(record, d["name"], site))}
        for record in site.catalogue.by_kind["government"]
    }
    return {"dimensions": dimensions, "governments": known}


def _known(record: Record, name: str, site: Site) -> str:
    """The term of a dimension for a government, its own or that of the government above it; empty if no source says."""
    if name in PLACE_FACETS:
        return str(getattr(record.entry, name))
    for id in (record.id, *site.catalogue.parents(record.id)):
        entry = site.catalogue.by_id[id].entry
        if isinstance(entry, Government) and name in entry.context:
            return entry.context[name].value
    return ""


def _facet(facet: FacetList, place: Mapping[str, int], records: list[Record]) -> dict[str, Any]:
    """A facet; where its values are entries of the pool, they stand as places, with a label only where it is not the title."""
    found: dict[str, Any] = {"name": facet.name, "label": facet.label, "offered": facet.offered}
    if facet.name in KIND_OF:
        # A draft or a retired entry has no place among those listed; it stands by its id.
        places = [place.get(option.value, option.value) for option in facet.options]
        titles = ("" if isinstance(number, str) else records[number].entry.title for number in places)
        labels = _sparse(o.label if o.label != title else "" for o, title in zip(facet.options, titles, strict=True))
        return found | {"entries": places, "labels": labels}
    return found | {"values": [option.value for option in facet.options], "labels": [option.label for option in facet.options]}


def _column(records: Iterable[Record], facet: FacetList, site: Site) -> list[int | list[int]]:
    """A facet of all entries: one number where an entry has one value, else a list; without terms that its topics tell."""
    place = {option.value: number for number, option in enumerate(facet.options)}
    told = site.catalogue.terms_by_topic if facet.name == "term" else {}

    def numbers(record: Record) -> list[int]:
        known = {own.id for topic in record.entry.topics for own in told.get(topic, ())}
        return [place[value] for value in site.catalogue.facet(record, facet.name) if value not in known]

    return [found[0] if len(found) == 1 else found for found in map(numbers, records)]


def _terms_of_topics(lists: Iterable[FacetList], site: Site) -> list[list[int]]:
    """For each topic, in the order of its facet, the numbers of the coalitions' own terms that it stands for."""
    options = {facet.name: [option.value for option in facet.options] for facet in lists}
    number = {term: n for n, term in enumerate(options.get("term", []))}
    by_topic = site.catalogue.terms_by_topic
    return [[number[own.id] for own in by_topic.get(topic, ()) if own.id in number] for topic in options.get("topic", [])]


def _shortest(names: Iterable[str], all_names: Iterable[str]) -> list[str]:
    """The shortest beginning of each name that no other name of the index has."""
    begins = Counter(name[:length] for name in all_names for length in range(1, len(name) + 1))
    return [next((name[:n] for n in range(1, len(name)) if begins[name[:n]] == 1), name) for name in names]


def _sparse(texts: Iterable[str]) -> dict[str, str]:
    """Texts by the place of their entry, without the empty ones."""
    return {str(number): text for number, text in enumerate(texts) if text}
