"""What the page of a programme or of a bundle shows besides its text: themes, agenda, selection."""

from collections.abc import Iterable

from ..catalogue import FRAME, Catalogue
from ..entries.bundle import Bundle
from ..entries.programme import Programme
from ..pool import Record
from .lists import card_block
from .shapes import Block, Link, Printed, Row
from .site import Site

# Kinds of which every entry has a bundle of its own, without anyone writing it.
GATHERED = ("topic", "coalition", "government")


def items(record: Record, site: Site) -> Iterable[Block]:
    """The themes of a programme with the entries that prepare or document them."""
    if isinstance(record.entry, Programme):
        rows = tuple(
            Row(((Link(item.title),), (Link(site.strings.partial(item.date) if item.date else ""),), site.links(item.entries)))
            for item in record.entry.items
        )
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
    yield from card_block("selection", gathered(record, site.catalogue), site)


def papers(record: Record, site: Site) -> Iterable[Block]:
    """The PDFs of a bundle, an edition a row and a paper a column; and the way to change it or to print any other gathering."""
    ways = (Link(site.strings("print.change"), f"workshop/?bundle={record.id}"),)
    if isinstance(record.entry, Bundle):
        found = site.printed.get(record.id, ())
        papers = tuple(dict.fromkeys(one.paper for one in found))
        header = (site.strings("print.edition"), *(site.strings(f"print.papers.{paper}") for paper in papers))
        rows = tuple(
            Row(((Link(site.strings(f"print.editions.{edition}")),), *((_file(one, site),) for one in found if one.edition == edition)))
            for edition in dict.fromkeys(one.edition for one in found)
        )
        yield (
            Block("print", site.strings("blocks.print"), header=header, rows=rows, more=ways[0])
            if rows
            else Block("print", site.strings("blocks.print"), links=ways)
        )
    elif record.kind in GATHERED and (entries := gathered(record, site.catalogue)):
        text = site.strings("print.these", entries=site.strings.count("counts.entries", len(entries)))
        yield Block("print", site.strings("blocks.print"), links=(Link(text, ways[0].url),))


def _file(one: Printed, site: Site) -> Link:
    size = f"{max(1, round(one.size / 1000))} KB"
    return Link(f"{site.strings.count('counts.pages', one.pages)}, PDF, {size}", one.url)


def gathered(record: Record, catalogue: Catalogue) -> list[Record]:
    """The published entries that a workshop uses, in the order of printing.

    Of a bundle: those named, then those that match its facets, then those that its steps use. Of a topic, coalition or
    government: all of its entries that say something to read aloud.
    """
    if not isinstance(record.entry, Bundle):
        return usable(catalogue.filtered({record.kind: [record.id]})) if record.kind in GATHERED else []
    found = catalogue.named(record.entry.selection.entries)
    if any(record.entry.selection.facets.values()):
        found += usable(catalogue.filtered(record.entry.selection.facets))
    found += catalogue.named(id for step in record.entry.agenda for id in step.entries)
    return list({found_one.id: found_one for found_one in found}.values())


def usable(records: Iterable[Record]) -> list[Record]:
    """Entries with something to read aloud: not the taxonomy, the members or other bundles."""
    return [record for record in records if record.kind not in FRAME and record.kind != "bundle"]


def bundles_with(record: Record, site: Site) -> Iterable[Block]:
    """Bundles that use the entry, in their selection or in a step."""
    catalogue = site.catalogue
    ids = [b.id for field in ("selection.entries", "agenda.entries") for b in catalogue.naming(record.id, field, "bundle")]
    return card_block("bundles", catalogue.named(ids), site)
