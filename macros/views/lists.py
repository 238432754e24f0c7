"""Blocks that are plain lists of entries: those an entry names, and those that name it."""

from collections.abc import Callable, Iterable

from ..pool import Record
from .shapes import Block
from .site import Site

Make = Callable[[Record, Site], Iterable[Block]]


def card_block(name: str, records: Iterable[Record], site: Site, notes: dict[str, str] | None = None) -> Iterable[Block]:
    """One block of cards; `notes` gives some of the entries (by id) a line of their own."""
    notes = notes or {}
    yield Block(name, site.strings(f"blocks.{name}"), cards=tuple(site.card(record, notes.get(record.id, "")) for record in records))


def link_block(name: str, records: Iterable[Record], site: Site) -> Iterable[Block]:
    """One block of plain links."""
    yield Block(name, site.strings(f"blocks.{name}"), links=tuple(site.link(record) for record in records))


def by_reference(name: str, field: str, kind: str | None = None) -> Make:
    """Cards of the entries that this one names."""

    def make(record: Record, site: Site) -> Iterable[Block]:
        found = getattr(record.entry, field, ())
        return card_block(name, site.catalogue.named((found,) if isinstance(found, str) else found or (), kind), site)

    return make


def by_naming(name: str, field: str, kind: str | None = None) -> Make:
    """Cards of the entries that name this one."""
    return lambda record, site: card_block(name, site.catalogue.naming(record.id, field, kind), site)


def source_numbers(record: Record) -> dict[str, int]:
    """The number of each source in the list of sources, from 1."""
    return {key: number for number, key in enumerate(record.entry.sources, 1)}
