"""A matrix as a complete table (the partial `matrix`) and as CSV; scripts only sort and filter what stands there."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ..landscape.matrix import Matrix
from ..page import File, csv_file
from ..pool import Record
from ..templates import partial
from ..text import link_of
from .shapes import Link
from .site import Site


@dataclass(frozen=True)
class Mark:
    """What a cell shows: a sign for the eye, and the word for it."""

    id: str
    sign: str
    word: str


@dataclass(frozen=True)
class Column:
    """A column's head: `counts` are the numbers of its marks, each with the sign before it; `note` says what limits them.

    `full` is its name where its group's head does not stand over it.
    """

    id: str
    label: str
    full: str
    url: str
    counts: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True)
class Group:
    """A head over several columns."""

    label: str
    span: int
    url: str = ""


@dataclass(frozen=True)
class Line:
    """A row: `totals` are the numbers of its marks, `cells` has a mark or None for each column."""

    id: str
    label: str
    url: str
    region: str
    region_label: str
    totals: tuple[int, ...]
    cells: tuple[Mark | None, ...]


@dataclass(frozen=True)
class Form:
    """How a matrix is shown: its name among the strings, its marks (id and sign), and the words for its columns.

    `word` gives the word of a mark where it is not among the strings (a role of the vocabulary); `group` the head over a
    column; `note` what limits a column.
    """

    name: str
    marks: tuple[tuple[str, str], ...]
    label: Callable[[Record], str]
    group: Callable[[Record], Record | None] = lambda record: None
    note: Callable[[Record], str] = lambda record: ""
    word: Callable[[tuple[str, ...]], str] | None = None


def matrix_html(matrix: Matrix, form: Form, site: Site, root: str) -> str:
    """The table with its tools, as HTML on one line."""
    words = {name: site.strings(f"landscape.matrix.{name}") for name in _WORDS}
    words |= {name: site.strings(f"landscape.{form.name}.{name}") for name in ("caption", "row", "rows")}
    columns = tuple(_column(column, matrix, form, site) for column in matrix.columns)
    lines = tuple(_line(row, matrix, form, site) for row in matrix.rows)
    regions = _regions(lines, site)
    totals = tuple(_total(mark, sign, form, site) for mark, sign in form.marks)
    shown = {"id": form.name, "groups": _groups(matrix.columns, form, site), "columns": columns, "lines": lines, "totals": totals, "regions": regions}
    return partial(site.settings.overrides, "matrix", root=root, words=words, matrix=shown)


def matrix_file(matrix: Matrix, form: Form, site: Site, src_uri: str) -> File:
    """The same table as CSV: a line a row, a column a column, the words of the marks in the cells."""
    header = ["id", site.strings(f"landscape.{form.name}.row"), site.strings("landscape.matrix.region"), *(f"{c.id}" for c in matrix.columns)]
    rows = []
    for row in matrix.rows:
        cells = [mark.word if (mark := _mark(matrix.cell(row, column), form, site)) else "" for column in matrix.columns]
        rows.append([row.id, row.entry.title, _region_label(row, site), *cells])
    return csv_file(src_uri, header, rows)


_WORDS = (
    "region", "all_regions", "taking_part", "everyone", "sort", "by_name", "by_region", "sort_by", "shown", "yes", "filter", "none",
)  # fmt: skip


def _mark(found: tuple[str, ...], form: Form, site: Site) -> Mark | None:
    if not found:
        return None
    signs = dict(form.marks)
    id = found[0] if found[0] in signs else form.marks[0][0]
    word = form.word(found) if form.word else site.strings(f"landscape.marks.{found[0]}")
    return Mark(id, signs[id], word)


def _total(mark: str, sign: str, form: Form, site: Site) -> Mark:
    return Mark(mark, sign, site.strings(f"landscape.{form.name}.total_{mark.replace('-', '_')}"))


def _counts(id: str, counted: dict[tuple[str, str], int], form: Form) -> tuple[int, ...]:
    if form.word:  # the marks are words of a vocabulary, and one sign stands for all of them
        return (sum(number for (owner, _), number in counted.items() if owner == id),)
    return tuple(counted.get((id, mark), 0) for mark, _ in form.marks)


def _column(column: Record, matrix: Matrix, form: Form, site: Site) -> Column:
    numbers = _counts(column.id, matrix.column_counts, form)
    counts = tuple(f"{sign} {number}" for (_, sign), number in zip(form.marks, numbers, strict=True) if number)
    owner = form.group(column)
    label = form.label(column)
    full = f"{site.short(owner)}: {label}" if owner and not getattr(column.entry, "code", None) else label
    return Column(column.id, label, full, link_of(column), counts, form.note(column))


def _line(row: Record, matrix: Matrix, form: Form, site: Site) -> Line:
    cells = tuple(_mark(matrix.cell(row, column), form, site) for column in matrix.columns)
    region = str(getattr(row.entry, "region", ""))
    return Line(row.id, site.short(row), link_of(row), region, _region_label(row, site), _counts(row.id, matrix.row_counts, form), cells)


def _region_label(row: Record, site: Site) -> str:
    region = getattr(row.entry, "region", "")
    return site.value_label("region", region) if region else site.strings(f"kinds.{row.kind}.one")


def _regions(lines: Sequence[Line], site: Site) -> tuple[Link, ...]:
    """The regions that occur, in the order of the vocabulary; the text is the label, the id the value."""
    vocabulary = site.catalogue.vocabularies.get("regions")
    found = {line.region: line.region_label for line in lines if line.region}
    order = sorted(found, key=vocabulary.position if vocabulary else str)
    return tuple(Link(found[region], id=region) for region in order)


def _groups(columns: Sequence[Record], form: Form, site: Site) -> tuple[Group, ...]:
    groups: list[Group] = []
    before: Record | None = None
    for column in columns:
        owner = form.group(column)
        if owner is None:
            return ()
        if groups and before is not None and owner.id == before.id:
            groups[-1] = Group(groups[-1].label, groups[-1].span + 1, groups[-1].url)
        else:
            groups.append(Group(site.short(owner), 1, link_of(owner)))
        before = owner
    return tuple(groups)
