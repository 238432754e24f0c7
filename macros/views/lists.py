"""Blocks that are plain lists of entries: those an entry names, and those that name it."""

from collections.abc import Callable, Iterable

from ..pool import Record
from .shapes import Block, Link
from .site import Site

Make = Callable[[Record, Site], Iterable[Block]]


# How many cards a block shows of a list that has a page of its own.
MOST_CARDS = 12


def card_block(
    name: str, records: Iterable[Record], site: Site, notes: dict[str, str] | None = None, facet: tuple[str, str] | None = None
) -> Iterable[Block]:
    """One block of cards; `notes` gives some of the entries (by id) a line of their own.

    With `facet` (a facet and its value, which all of the records have) a long list shows its beginning and leads to
    the page that has all of it.
    """
    notes, found = notes or {}, list(records)
    more = None
    if facet and len(found) > MOST_CARDS:
        kind = found[0].kind
        count = len(site.catalogue.filtered({facet[0]: [facet[1]], "kind": [kind]}))
        more = Link(site.strings("explore.all", n=count, heading=site.strings(f"blocks.{name}")), f"explore/{facet[0]}/{facet[1]}/?kind={kind}")
        found = found[:MOST_CARDS]
    cards = tuple(site.card(record, notes.get(record.id, "")) for record in found)
    yield Block(name, site.strings(f"blocks.{name}"), cards=cards, more=more)


def link_block(name: str, records: Iterable[Record], site: Site) -> Iterable[Block]:
    """One block of plain links."""
    yield Block(name, site.strings(f"blocks.{name}"), links=tuple(site.link(record) for record in records))


def by_reference(name: str, field: str, kind: str | None = None) -> Make:
    """Cards of the entries that this one names."""

    def make(record: Record, site: Site) -> Iterable[Block]:
        found = getattr(record.entry, field, ())
        return card_block(name, site.catalogue.named((found,) if isinstance(found, str) else found or (), kind), site)

    return make


def by_naming(name: str, field: str, kind: str | None = None, facet: str = "") -> Make:
    """Cards of the entries that name this one; `facet` is the one of which this entry is a value."""
    return lambda record, site: card_block(name, site.catalogue.naming(record.id, field, kind), site, facet=(facet, record.id) if facet else None)


def source_numbers(record: Record) -> dict[str, int]:
    """The number of each source in the list of sources, from 1."""
    return {key: number for number, key in enumerate(record.entry.sources, 1)}
