"""What the page of a programme or of a bundle shows besides its text: themes, objectives, PDFs, agenda, selection."""

from collections.abc import Iterable

from ..catalogue import FRAME, Catalogue
from ..entries.bundle import Bundle
from ..entries.programme import Programme
from ..pool import Record
from ..text import link_of
from .lists import card_block
from .shapes import Block, Link, Printed, Row
from .site import Site

# Kinds of which every entry has a bundle of its own, without anyone writing it.
GATHERED = ("topic", "coalition", "government")
# The table of a bundle in which a workshop writes down its notes; it stands beside the page, and is made after the engine.
INTAKE = "intake.csv"


def items(record: Record, site: Site) -> Iterable[Block]:
    """The themes of a programme with the entries that prepare or document them."""
    if isinstance(record.entry, Programme):
        rows = tuple(
            Row(((Link(item.title),), (Link(site.strings.partial(item.date) if item.date else ""),), site.links(item.entries)))
            for item in record.entry.items
        )
        header = tuple(site.strings(f"items.{name}") for name in ("title", "date", "entries"))
        yield Block("items", site.strings("blocks.items"), header=header, rows=rows)


def objectives(record: Record, site: Site) -> Iterable[Block]:
    """What the participants of a bundle leave with."""
    if isinstance(record.entry, Bundle):
        yield Block("objectives", site.strings("blocks.objectives"), links=tuple(Link(one) for one in record.entry.objectives), leads=True)


def agenda(record: Record, site: Site) -> Iterable[Block]:
    """The steps of a bundle."""
    if not isinstance(record.entry, Bundle):
        return
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
        for step in record.entry.agenda
    )
    header = tuple(site.strings(f"agenda.{name}") for name in ("minutes", "step", "method", "what", "entries"))
    yield Block("agenda", site.strings("blocks.agenda"), header=header, rows=rows, leads=True)


def selection(record: Record, site: Site) -> Iterable[Block]:
    """The entries that go into the printed editions of a bundle, and the table for what participants write."""
    yield from card_block("selection", gathered(record, site.catalogue), site)
    table = Link(site.strings("intake.template"), f"{link_of(record)}{INTAKE}")
    yield Block("intake", site.strings("intake.block"), links=(table,))


def papers(record: Record, site: Site) -> Iterable[Block]:
    """The PDFs of a bundle, an edition a row and a paper a column; and the way to change it or to print any other gathering."""
    heading, workshop = site.strings("blocks.print"), f"workshop/?bundle={record.id}"
    if isinstance(record.entry, Bundle):
        found = site.printed.get(record.id, ())
        sheets = tuple(dict.fromkeys(one.paper for one in found))
        header = (site.strings("print.edition"), *(site.strings(f"print.papers.{sheet}") for sheet in sheets))
        rows = tuple(
            Row(((Link(site.strings(f"print.editions.{edition}")),), *((_file(one, site),) for one in found if one.edition == edition)))
            for edition in dict.fromkeys(one.edition for one in found)
        )
        change = Link(site.strings("print.change"), workshop)
        if rows:
            yield Block("print", heading, header=header, rows=rows, more=change, leads=True)
        else:
            yield Block("print", heading, links=(change,), leads=True)
    elif record.kind in GATHERED and (entries := gathered(record, site.catalogue)):
        text = site.strings("print.these", entries=site.strings.count("counts.entries", len(entries)))
        yield Block("print", heading, links=(Link(text, workshop),))


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
