"""`data/entries.json`: all published entries with what they name and who names them, and the schemas of their fields.

The file is a contract, described in docs/reference/data.md: `FORMAT` grows when something in it is taken away or changes
its meaning; what is only added leaves it as it is. One entry stands on one line, so that two versions can be compared.
"""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..entries import KINDS
from ..facets import FACETS
from ..json_line import json_line
from ..marks import Relation
from ..pool import Record
from ..schema import schema
from ..text import link_of
from ..views.site import Site

FORMAT = 1
# The facets that change with the day, which no file for other programs may do.
_BY_DAY = frozenset({"review"})


def entries_json(site: Site) -> Iterator[tuple[str, bytes]]:
    """`data/entries.json`."""
    catalogue, settings = site.catalogue, site.settings
    head = {
        "format": FORMAT,
        "site": {"name": settings.site_name, "url": settings.address()},
        "licence": {"name": settings.licence_name, "url": settings.licence_url},
        "cite_as": settings.citation_author,
        "newest": newest(catalogue.listed()),
        "kinds": {
            kind: {
                "label": site.strings(f"kinds.{kind}.one"), "plural": site.strings(f"kinds.{kind}.many"),
                "folder": model.folder, "schema": f"data/schema/{kind}.json", "count": len(catalogue.by_kind[kind]),
            }
            for kind, model in KINDS.items()
        },
        "moved": dict(sorted(catalogue.aliases.items())),
        "retired": {r.id: r.entry.replaced_by for r in catalogue.records if r.entry.status == "retired"},
    }  # fmt: skip
    # Put together once, as bytes: the file is the largest thing that a build holds.
    pieces = [f'{json_line(head)[:-1]},"entries":['.encode()]
    for number, record in enumerate(catalogue.listed()):
        pieces += (b",\n" if number else b"\n", json_line(entry(record, site)).encode())
    yield "data/entries.json", b"".join((*pieces, b"\n]}\n"))


def entry(record: Record, site: Site) -> dict[str, Any]:
    """One entry: where it stands, its fields as their schema has them, its facets, both ends of its relations, its text."""
    catalogue = site.catalogue
    return {
        "id": record.id,
        "kind": record.kind,
        "url": site.settings.address(link_of(record)),
        "fields": record.entry.model_dump(mode="json", exclude_none=True, exclude_defaults=True) | {"status": record.entry.status},
        "facets": {name: list(values) for name in FACETS if name not in _BY_DAY and (values := catalogue.facet(record, name))},
        "names": _ends(((relation, relation.target) for relation in catalogue.relations.of(record.id)), site),
        "named_by": _ends(((relation, relation.source) for relation in catalogue.relations.to(record.id)), site),
        "text": [{"heading": section.title, "markdown": section.text} for section in record.body.sections],
    }


def _ends(relations: Iterable[tuple[Relation, str]], site: Site) -> list[dict[str, str]]:
    """The other ends of some relations, each once, without those that are not published or, as a draft, not built."""
    found = ((relation.field, site.catalogue.by_id.get(id)) for relation, id in relations)
    unique = dict.fromkeys((field, other.kind, other.id, other.entry.title) for field, other in found if other and other.entry.status == "published")
    return [dict(zip(("field", "kind", "id", "title"), values, strict=True)) for values in unique]


def newest(records: Iterable[Record]) -> str:
    """The day of the last review or publication among some entries, as YYYY-MM-DD; empty if there are none."""
    return max((max(record.entry.reviewed, record.entry.published).isoformat() for record in records), default="")


def schemas(site: Site) -> Iterator[tuple[str, bytes]]:
    """`data/schema/<kind>.json`, and the schema of `data/entries.json` itself."""
    base = site.settings.address()
    for kind, model in KINDS.items():
        made = schema(model, site.catalogue.vocabularies, base)
        yield f"data/schema/{kind}.json", (json.dumps(made, ensure_ascii=False, indent=2) + "\n").encode()
    yield "data/schema/entries.json", (json.dumps(envelope(base), ensure_ascii=False, indent=2) + "\n").encode()


def envelope(base: str = "") -> dict[str, Any]:
    """The JSON Schema of `entries.json`; the `fields` of an entry follow the schema of its kind."""
    text: dict[str, Any] = {"type": "string"}
    end = _object(field=text, kind={"enum": list(KINDS)}, id=text, title=text)
    whose = [{"if": {"properties": {"kind": {"const": kind}}}, "then": {"properties": {"fields": {"$ref": f"{kind}.json"}}}} for kind in KINDS]
    one = _object(
        id=text,
        kind={"enum": list(KINDS)},
        url=text,
        fields={"type": "object"},
        facets={"type": "object", "additionalProperties": {"type": "array", "items": text}},
        names={"type": "array", "items": end},
        named_by={"type": "array", "items": end},
        text={"type": "array", "items": _object(heading=text, markdown=text)},
    )
    kind = _object(label=text, plural=text, folder=text, schema=text, count={"type": "integer", "minimum": 0})
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"{base}data/schema/entries.json",
        "title": "entries.json",
        **_object(
            format={"const": FORMAT},
            site=_object(name=text, url=text),
            licence=_object(name=text, url=text),
            cite_as=text,
            newest=text,
            kinds={"type": "object", "additionalProperties": kind},
            moved={"type": "object", "additionalProperties": text},
            retired={"type": "object", "additionalProperties": {"type": ["string", "null"]}},
            entries={"type": "array", "items": {**one, "allOf": whose}},
        ),
    }


def _object(**properties: Any) -> dict[str, Any]:
    return {"type": "object", "properties": properties, "required": list(properties)}
