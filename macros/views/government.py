"""How far a government has come: its figures, and what it decided or announced, each row with its source."""

from collections.abc import Iterable, Iterator, Mapping

from ..data.description import Statements
from ..links import anchor
from ..pool import Record
from .charts import charts_of
from .shapes import Block, Link, Row
from .site import Site
from .subjects import Subject


def progress(record: Record, site: Site) -> Iterable[Block]:
    """The figures of a government, if its numbers are known."""
    followed = site.catalogue.data.progress
    if followed and record.id in site.catalogue.series.names:
        more = Link(site.strings("progress.compare"), f"progress/?g={record.id}")
        charts = tuple(charts_of(Subject(record.id, record.entry.title), site))
        yield Block("progress", followed.heading, followed.reading, charts=charts, more=more)


def statements(record: Record, site: Site) -> Iterable[Block]:
    """What a government decided or announced, a table for each data file that has rows about it."""
    followed = site.catalogue.data.progress
    for table in followed.statements if followed else ():
        rows = site.catalogue.statements.get((table.file, record.id), ())
        if rows:
            dataset = site.catalogue.data.datasets[table.file]
            labels = {column.name: column.label for column in dataset.description.columns}
            header = (*(labels[name] for name in table.columns), *([site.strings("progress.source_head")] if table.link else []))
            lines = tuple(Row(tuple(_cells(table, row, site))) for row in _in_order(table, rows))
            more = Link(site.strings("progress.about_data", title=dataset.description.title), f"progress/#data-{table.file}")
            yield Block(anchor(table.heading), table.heading, table.intro, header=header, rows=lines, lines=True, more=more)


def _in_order(table: Statements, rows: Iterable[dict[str, str]]) -> list[dict[str, str]]:
    """The newest state first, else as the file has it."""
    return sorted(rows, key=lambda row: row[table.state] if table.state else "", reverse=True)


def _cells(table: Statements, row: dict[str, str], site: Site) -> Iterator[tuple[Link, ...]]:
    for number, name in enumerate(table.columns):
        text = ", ".join(sorted(row[name].split(";"))) if name in table.lists else _in_words(row[name], table.words.get(name, {}))
        if number == 0 and table.quoted:
            text = f"“{text}”"
        remark = row[table.remark] if number == 0 and table.remark else ""
        yield tuple(Link(part) for part in (text, remark) if part)
    if table.link:
        said, address = (row[name] for name in table.link)
        state = site.strings("progress.state", day=site.strings.partial(row[table.state])) if table.state and row[table.state] else ""
        yield tuple(part for part in (Link(said, address, external=bool(address)), Link(state)) if part.text)


def _in_words(cell: str, words: Mapping[str, str]) -> str:
    """A cell with its values called as a reader would, and a capital letter at its beginning; as it stands where there are no words for it."""
    said = ", ".join(words.get(part, part) for part in cell.split(", "))
    return said[:1].upper() + said[1:] if words else cell
