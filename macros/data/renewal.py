"""A data file made anew by its recipe, what is doubtful in it, and what changed since the one that stands."""

import csv
import io
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from ..problems import shown
from .cells import NUMBER
from .description import Description
from .original import NotOriginal, Original
from .recipe import Long

# Publishers that calculate with short binary numbers print their noise; no figure here is known to so many digits.
_SIGNIFICANT = 6
Row = dict[str, str]
Known = Mapping[str, tuple[str, bool]]


@dataclass(frozen=True)
class Changes:
    """What differs between two tables: keys of rows that were added and are gone, and cells as (key, column, before, after)."""

    added: tuple[str, ...]
    gone: tuple[str, ...]
    cells: tuple[tuple[str, str, str, str], ...]

    def __bool__(self) -> bool:
        return bool(self.added or self.gone or self.cells)


def places_of(rows: Sequence[Mapping[str, str]], description: Description, recipe: Long, titles: Mapping[str, str]) -> dict[str, tuple[str, bool]]:
    """The code of each known place and whether it is a group, by name: from governments, then the standing rows, then the recipe."""
    known = {name: (code, False) for name, code in titles.items()}
    if places := description.places:
        for row in rows:
            code = row[places.code]
            known[row[places.name]] = (code, row[recipe.kind.column] == recipe.kind.group if recipe.kind else not code)
        known |= dict.fromkeys(places.also, ("", True))
    return known | {name: (code, False) for name, code in recipe.codes.items()} | dict.fromkeys(recipe.groups, ("", True))


def table_of(original: Original, description: Description, recipe: Long, known: Known) -> str:
    """The text of our table; raises NotOriginal with all that is doubtful in the publisher's."""
    doubts: dict[str, None] = {}
    rows = _gathered(original, description, recipe, known, doubts)
    if doubts:
        raise NotOriginal("\n  ".join(["what the publisher offers must be as the recipe says", *list(doubts)[:20]]))
    if not rows:
        raise NotOriginal("there must be rows that the recipe keeps; found none")
    for row in rows.values():
        for column, parts in recipe.sums.items():
            values = [Decimal(row[part]) for part in parts if row.get(part)]
            row[column] = _written(sum(values, Decimal())) if values else ""
        for column, share in recipe.shares.items():
            row[column] = _share(row, share.share, share.part, share.whole, share.digits)
    text = io.StringIO()
    lines = csv.writer(text, lineterminator="\n")
    names = [column.name for column in description.columns]
    lines.writerow(names)
    for row in sorted(rows.values(), key=lambda row: tuple(row[name] for name in recipe.order)):
        lines.writerow([row.get(name, "") for name in names])
    return text.getvalue()


def _gathered(original: Original, description: Description, recipe: Long, known: Known, doubts: dict[str, None]) -> dict[tuple[str, ...], Row]:
    """Rows of our table by place, year and what else names them; what is doubtful is added to `doubts`."""
    rows: dict[tuple[str, ...], Row] = {}
    if not description.places or not description.year:
        raise NotOriginal("the description must say which columns hold the place and the year")
    for theirs in original.rows:
        if any(theirs.get(column) not in values for column, values in recipe.keep.items()):
            continue
        place = next((theirs[name].strip() for name in recipe.place if theirs.get(name)), "")
        wanted = [column for column, cell in recipe.cells.items() if all(theirs.get(name) == value for name, value in cell.where.items())]
        # Some publishers have rows that name no place; they can be shown nowhere.
        if not place or not wanted:
            continue
        if place not in known:
            doubts[f"the place '{shown(place)}' must be known; write its code under `codes`, or its name under `groups`, in the recipe"] = None
            continue
        year = theirs.get(recipe.year, "").removesuffix(".0")
        if not re.fullmatch(r"(19|20)[0-9]{2}", year):
            doubts[f"a year must have four digits; found '{shown(year)}' for {shown(place)}"] = None
            continue
        key = (place, year, *(theirs.get(column, "") for column in recipe.by.values()))
        code, group = known[place]
        row = rows.setdefault(key, {description.places.name: place, description.places.code: code, description.year: year})
        row.update({ours: theirs.get(column, "") for ours, column in recipe.by.items()})
        if recipe.kind:
            row[recipe.kind.column] = recipe.kind.group if group else recipe.kind.country
        for column in wanted:
            unit = theirs.get(recipe.unit, "")
            if unit != recipe.cells[column].unit:
                doubts[f"`{column}` must stand in '{recipe.cells[column].unit}'; found '{shown(unit)}' for {shown(place)}"] = None
            value = _number(theirs.get(recipe.value, ""))
            if value is None:
                doubts[f"`{column}` must be a number; found '{shown(theirs.get(recipe.value, ''))}' for {shown(place)} in {year}"] = None
            elif row.setdefault(column, value) != value:
                doubts[f"`{column}` must have one value for {shown(place)} in {year}; found {row[column]} and {value}"] = None
    return rows


def _number(text: str) -> str | None:
    """A number as we write it; empty for an empty cell, None for what is no number."""
    text = text.strip()
    if not text:
        return ""
    # Spreadsheets write exponents with a capital letter.
    if not NUMBER.fullmatch(text) or not math.isfinite(float(text)):
        return None
    return _written(Decimal(f"{float(text):.{_SIGNIFICANT}g}"))


def _written(value: Decimal) -> str:
    return f"{float(value):.12g}"


def _share(row: Row, share: str, part: str, whole: str, digits: int) -> str:
    cells = [row.get(name, "") for name in (share, part, whole)]
    if not all(cells) or float(cells[2]) == 0:
        return ""
    value = float(cells[0]) * float(cells[1]) / float(cells[2])
    return f"{round(value * 10**digits) / 10**digits:.12g}"


def changes_of(before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]], key: Sequence[str]) -> Changes:
    """What is new, gone and different; rows are told apart by the columns of `key`, or by all they hold where there is none."""

    def by_key(rows: Sequence[Mapping[str, str]]) -> dict[str, Mapping[str, str]]:
        return {", ".join(row[name] for name in key or row): row for row in rows}

    old, new = by_key(before), by_key(after)
    cells = [(id, name, old[id].get(name, ""), cell) for id in new if id in old for name, cell in new[id].items() if old[id].get(name, "") != cell]
    return Changes(tuple(id for id in new if id not in old), tuple(id for id in old if id not in new), tuple(cells))


def losses(before: Sequence[Mapping[str, str]], after: Sequence[Mapping[str, str]], description: Description) -> Iterator[str]:
    """What a newer file should not lack: columns that had values, places, years."""
    for column in description.columns:
        had, has = ({row[column.name] for row in rows if row.get(column.name)} for rows in (before, after))
        if had and not has:
            yield f"`{column.name}` had values and has none"
        elif description.places and column.name == description.places.name and (gone := sorted(had - has)):
            yield f"{len(gone)} places are gone: {', '.join(gone[:10])}"
        elif column.name == description.year and (gone := sorted(had - has)):
            yield f"years are gone: {', '.join(gone[:20])}"
