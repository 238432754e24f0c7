"""What an action's page shows besides its text: who joined, who coordinates, what it makes, what serves it."""

from collections.abc import Iterable

from ..entries.action import Action
from ..pool import Record
from .lists import card_block, link_block, source_numbers
from .shapes import Block, Link, Row
from .site import Site


def action_parts(record: Record, site: Site) -> Iterable[Block]:
    """Governments, coordinators, partners and products of an action."""
    entry = record.entry
    if not isinstance(entry, Action):
        return
    governments = site.catalogue.named(entry.governments)
    heading = site.strings("blocks.governments") + (f" ({len(governments)})" if governments else "")
    intro = entry.governments_note or ""
    if governments or intro:
        links = tuple(site.link(government) for government in governments) or (Link(site.strings("members.none")),)
        yield Block("governments", heading, intro, links=links)
    yield from link_block("coordinators", site.catalogue.named(entry.coordinators), site)
    yield from link_block("partners", site.catalogue.named(entry.partners), site)
    numbers = source_numbers(record)
    rows = tuple(
        Row(((Link(p.title),), (Link(p.note or ""),), (Link(str(numbers[p.source]), f"#source-{numbers[p.source]}"),))) for p in entry.products
    )
    header = tuple(site.strings(f"products.{name}") for name in ("product", "note", "source"))
    yield Block("products", site.strings("blocks.products"), header=header, rows=rows)


def served_by(record: Record, site: Site) -> Iterable[Block]:
    """What the pool holds for an action: entries that name it, by kind."""
    for kind in ("practice", "case-study", "technical-assistance", "challenge", "programme"):
        yield from card_block(
            f"served_by_{kind.replace('-', '_')}", site.catalogue.naming(record.id, "actions", kind), site, facet=("action", record.id)
        )
