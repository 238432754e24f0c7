"""The entries that are due for review, for those who keep them: by owner, by kind, by how long they have been due."""

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby

from .catalogue import Catalogue
from .rules import review_due


@dataclass(frozen=True, order=True)
class Due:
    """One entry that is due: since when (ISO 8601), for how many days, its kind, owner, path and title."""

    day: str
    path: str
    days: int
    kind: str
    owner: str
    title: str


def due(catalogue: Catalogue, days: int = 0) -> list[Due]:
    """The published entries that have been due for at least so many days, the longest overdue first."""
    found = []
    for record in catalogue.listed():
        day = review_due(record)
        late = (catalogue.today - day).days
        if late >= days:
            found.append(Due(day.isoformat(), record.source.path, late, record.kind, record.entry.owner, record.entry.title))
    return sorted(found)


def _by_owner(found: Sequence[Due]) -> Iterator[tuple[str, str, list[Due]]]:
    """Owner, kind and what is due of both, in the order of their names."""
    for (owner, kind), rows in groupby(sorted(found, key=lambda row: (row.owner.casefold(), row.kind, row)), key=lambda row: (row.owner, row.kind)):
        yield owner, kind, list(rows)


def as_text(found: Sequence[Due], entries: int) -> str:
    """A line an entry under each owner and kind, then the count."""
    lines = []
    for owner, kind, rows in _by_owner(found):
        lines += [f"{owner}, {kind}: {len(rows)}", *(f"  {row.day}  {_days(row)}  {row.path}" for row in rows)]
    return "\n".join([*lines, _count(found, entries)])


def as_markdown(found: Sequence[Due], entries: int) -> str:
    """A table under each owner, for an issue or a page."""
    lines = [_count(found, entries)]
    for owner, kind, rows in _by_owner(found):
        lines += ["", f"## {_cell(owner)}: {kind}", "", "| due since | days | entry |", "| --- | ---: | --- |"]
        lines += [f"| {row.day} | {row.days} | {_cell(row.title)} (`{row.path}`) |" for row in rows]
    return "\n".join(lines)


def as_json(found: Sequence[Due], entries: int) -> str:
    """An object with the number of entries and a list of what is due."""
    return json.dumps({"entries": entries, "due": [asdict(row) for row in found]}, ensure_ascii=False, indent=2)


FORMATS: dict[str, Callable[[Sequence[Due], int], str]] = {"text": as_text, "markdown": as_markdown, "json": as_json}


def _count(found: Sequence[Due], entries: int) -> str:
    return f"{len(found)} of {entries} entries are due for review."


def _days(row: Due) -> str:
    return f"{row.days} days" if row.days >= 0 else f"in {-row.days} days"


def _cell(text: str) -> str:
    """A text that cannot end a cell, a row, or begin markup in a table."""
    return "".join(f"&#{ord(sign)};" if sign in "|<>&`*_[]()#@!\\" else sign for sign in " ".join(text.split()))
