"""The entries as the filter in the browser takes them: one column a property, entries in listing order.

Two files, because the first is enough to filter and to sort, and the second is only read with the eyes:
`explore/entries.json` (titles and facets) and `explore/summaries.json`. Values stand as numbers: the place of the value
in the list of its facet. The reader is `overrides/assets/js/catalogue.mjs`; `FORMAT` is the agreement between the two.
"""

from collections.abc import Iterable, Mapping
from typing import Any

from ..entries import KINDS
from ..entries.government import CONTEXT, Government
from ..facets import VOCABULARY_OF
from ..pool import Record
from ..text import link_of
from ..views.facet_lists import facet_lists
from ..views.site import Site

FORMAT = 1
FOLDER = "explore"
# The facets that describe a place rather than an entry's subject, beside the vocabularies of context.
PLACE_FACETS = ("level", "region")


def entries_data(site: Site, fragments: Mapping[str, str]) -> dict[str, Any]:
    """`explore/entries.json`; `fragments` gives the full-text index's name of each address (`practices/some-id/`)."""
    catalogue = site.catalogue
    records = list(catalogue.listed())
    lists = facet_lists(site)
    by_title = {r.id: rank for rank, r in enumerate(sorted(records, key=lambda r: (r.entry.title.casefold(), r.id)))}
    return {
        "format": FORMAT,
        "folders": {kind: model.folder for kind, model in KINDS.items()},
        "facets": [
            {
                "name": facet.name,
                "label": facet.label,
                "offered": facet.offered,
                "values": [option.value for option in facet.options],
                "labels": [option.label for option in facet.options],
            }
            for facet in lists
        ],
        "ids": [record.id for record in records],
        "titles": [record.entry.title for record in records],
        "places": _sparse(site.place(record) for record in records),
        "codes": _sparse(getattr(record.entry, "code", None) or "" for record in records),
        "reviewed": [record.entry.reviewed.isoformat() for record in records],
        "published": [record.entry.published.isoformat() for record in records],
        "by_title": [by_title[record.id] for record in records],
        "columns": {facet.name: _column(records, facet.name, [option.value for option in facet.options], site) for facet in lists},
        "fragments": [fragments.get(link_of(record), "") for record in records],
        "context": context_data(site),
    }


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
    dimensions = [
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


def _column(records: Iterable[Record], name: str, values: list[str], site: Site) -> list[int | list[int]]:
    """A facet of all entries: one number where an entry has one value, else a list."""
    place = {value: number for number, value in enumerate(values)}
    found = ([place[value] for value in site.catalogue.facet(record, name)] for record in records)
    return [numbers[0] if len(numbers) == 1 else numbers for numbers in found]


def _sparse(texts: Iterable[str]) -> dict[str, str]:
    """Texts by the place of their entry, without the empty ones."""
    return {str(number): text for number, text in enumerate(texts) if text}
