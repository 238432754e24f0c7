"""The facets of the whole pool with their values in reading order: what a filter offers, and the pages of the values."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..entries import KINDS
from ..facets import KIND_OF, VOCABULARY_OF, counts
from ..order import reading_order
from .site import Site

# Facets as a filter offers them, in order; those that stand only in addresses and under headings come last.
OFFERED = (
    "kind",
    "topic",
    "coalition",
    "term",
    "region",
    "government",
    "level",
    "segment",
    "instrument",
    "evidence",
    "challenge",
    "since",
    "year",
    "review",
)
UNOFFERED = ("practice", "action")


@dataclass(frozen=True)
class Option:
    """A value of a facet; `count` is the number of published entries that have it, `url` the list of them."""

    value: str
    label: str
    count: int
    url: str


@dataclass(frozen=True)
class FacetList:
    """A facet with the values that occur, in reading order."""

    name: str
    label: str
    options: tuple[Option, ...]
    offered: bool = True


def facet_label(name: str, site: Site) -> str:
    """What readers see for a facet: the label of its vocabulary, or its word among the strings."""
    vocabulary = site.catalogue.vocabularies.get(VOCABULARY_OF.get(name, ""))
    return vocabulary.label if vocabulary else site.strings(f"explore.facets.{name}")


def value_url(name: str, value: str) -> str:
    """The address of the list of a value."""
    return f"{KINDS[value].folder}/" if name == "kind" else f"explore/{name}/{value}/"


def facet_lists(site: Site) -> tuple[FacetList, ...]:
    """Every facet of which a value occurs among the published entries."""
    found = []
    for name in (*OFFERED, *UNOFFERED):
        number = counts(site.catalogue.listed(), name, site.catalogue)
        options = tuple(Option(value, site.value_label(name, value), number[value], value_url(name, value)) for value in _ordered(name, number, site))
        if options:
            found.append(FacetList(name, facet_label(name, site), options, name in OFFERED))
    return tuple(found)


def _ordered(name: str, found: Iterable[str], site: Site) -> list[str]:
    """The values of a facet in reading order: as vocabularies and lists have them, places by name, years from the latest."""
    values = list(found)
    if name in ("since", "year"):
        return sorted(values, reverse=True)
    if name == "government":
        return sorted(values, key=lambda value: (reading_order(site.value_label(name, value)), value))
    order = {value: number for number, value in enumerate(_known(name, site))}
    return sorted(values, key=lambda value: (order.get(value, len(order)), value))


def _known(name: str, site: Site) -> Iterator[str]:
    catalogue = site.catalogue
    if name == "kind":
        yield from KINDS
    elif name == "review":
        yield from ("due", "current")
    elif name == "term":
        yield from (own.id for own in catalogue.own_terms)
    elif name in VOCABULARY_OF:
        vocabulary = catalogue.vocabularies.get(VOCABULARY_OF[name])
        yield from vocabulary.terms if vocabulary else ()
    elif name in KIND_OF:
        yield from (record.id for record in catalogue.by_kind[KIND_OF[name]])
