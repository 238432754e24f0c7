"""What is wrong with the cells of a table, told by line and column."""

import csv
import math
import re
from collections.abc import Iterator, Mapping

from ..problems import Problem, listed, shown
from .description import Column, Description

NUMBER = re.compile(r"-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]{1,3})?")
_ADDRESS = re.compile(r"https?://[^\s<>\"'\\^`{|}]+")
# Enough to see what is wrong; a wrong column would fill the screen.
MOST = 20


def problems_of_table(text: str, name: str, description: Description) -> Iterator[Problem]:
    """The first problems of a table: its head, the length of its rows, each cell, rows that stand twice."""
    for number, problem in enumerate(_problems(text, name, description)):
        if number == MOST:
            return
        yield problem


def _problems(text: str, name: str, description: Description) -> Iterator[Problem]:
    lines = csv.reader(text.split("\n"))
    head = next(lines, [])
    wanted = [column.name for column in description.columns]
    if head != wanted:
        yield Problem(
            name, 1, 1, "data-columns", f"the first line must name the columns {listed(wanted, 40)}; found {shown(', '.join(head), 200)}",
            "Bring the file and the columns of its description into line.",
        )  # fmt: skip
        return
    seen: dict[tuple[str, ...], int] = {}
    while True:
        before = lines.line_num
        try:
            cells = next(lines, None)
        except csv.Error as error:
            yield Problem(name, before + 1, 1, "data-columns", f"a row must be readable as CSV; {error}", "Look for a quote that is not closed.")
            return
        if cells is None:
            return
        if not cells:
            continue
        line = before + 1
        if len(cells) != len(wanted):
            message = f"a row must have {len(wanted)} cells; found {len(cells)}"
            yield Problem(name, line, 1, "data-columns", message, "Put texts that hold commas into quotes.")
            continue
        row = dict(zip(wanted, cells, strict=True))
        for number, column in enumerate(description.columns, 1):
            if message := _wrong(column, row, description):
                hint = "Mend the cell, or leave it empty if the value is not known; an empty cell is never a zero."
                yield Problem(name, line, number, "data-value", f"`{column.name}` must {message}; found '{shown(row[column.name])}'", hint)
        key = tuple(row[part] for part in description.key if part in row)
        if description.key and key in seen:
            message = f"a row must be the only one for {shown(', '.join(key), 80)}; line {seen[key]} has it too"
            yield Problem(name, line, 1, "data-twice", message, "Remove one of the two.")
        seen.setdefault(key, line)


def _wrong(column: Column, row: dict[str, str], description: Description) -> str:
    """What must hold of a cell and does not, or nothing."""
    cell = row[column.name]
    if not cell:
        return "have a value" if column.required else ""
    if column.takes == "year":
        return "" if re.fullmatch(r"(19|20)[0-9]{2}", cell) else "be a year of four digits"
    if column.takes == "code":
        return "" if re.fullmatch(r"[A-Z]{2,3}", cell) else "be a code of capital letters"
    if column.takes == "address":
        return "" if _ADDRESS.fullmatch(cell) else "be a web address that begins with https:// or http://"
    if column.takes == "number":
        if not NUMBER.fullmatch(cell) or math.isinf(float(cell)):
            return "be a number in plain digits"
        value = float(cell)
        if column.least is not None and value < column.least:
            return f"be at least {column.least:g}"
        if column.most is not None and value > column.most and not is_left_out(column.name, row, description):
            return f"be at most {column.most:g}"
    return ""


def is_left_out(column: str, row: Mapping[str, str], description: Description) -> bool:
    """Whether a description says of a value that it cannot be right."""
    return any(left.column == column and all(row.get(name) == value for name, value in left.where.items()) for left in description.left_out)
