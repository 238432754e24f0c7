"""What the page of a programme or of a bundle shows besides its text: themes, agenda, selection."""

from collections.abc import Iterable

from ..entries.bundle import Bundle
from ..entries.programme import Programme
from ..pool import Record
from .lists import card_block
from .shapes import Block, Link, Row
from .site import Site


def items(record: Record, site: Site) -> Iterable[Block]:
    """The themes of a programme with the entries that prepare or document them."""
    if isinstance(record.entry, Programme):
        rows = tuple(Row(((Link(item.title),), (Link(item.date or ""),), site.links(item.entries))) for item in record.entry.items)
        header = tuple(site.strings(f"items.{name}") for name in ("title", "date", "entries"))
        yield Block("items", site.strings("blocks.items"), header=header, rows=rows)


def agenda(record: Record, site: Site) -> Iterable[Block]:
    """What participants leave with, the steps of a bundle, and its selection."""
    entry = record.entry
    if not isinstance(entry, Bundle):
        return
    yield Block("objectives", site.strings("blocks.objectives"), links=tuple(Link(objective) for objective in entry.objectives))
    rows = tuple(
        Row(
            (
                (Link(site.strings("bundle.minutes", n=step.minutes)),),
                (Link(step.title),),
                (site.term("methods", step.method),),
                (Link(step.text),),
                site.links(step.entries),
            )
        )
        for step in entry.agenda
    )
    header = tuple(site.strings(f"agenda.{name}") for name in ("minutes", "step", "method", "what", "entries"))
    yield Block("agenda", site.strings("blocks.agenda"), header=header, rows=rows)
    chosen = site.catalogue.named(entry.selection.entries)
    if entry.selection.facets:
        ids = {record.id for record in chosen}
        chosen += [r for r in site.catalogue.filtered(entry.selection.facets) if r.id not in ids]
    yield from card_block("selection", chosen, site)


def bundles_with(record: Record, site: Site) -> Iterable[Block]:
    """Bundles that use the entry, in their selection or in a step."""
    catalogue = site.catalogue
    ids = [b.id for field in ("selection.entries", "agenda.entries") for b in catalogue.naming(record.id, field, "bundle")]
    return card_block("bundles", catalogue.named(ids), site)
