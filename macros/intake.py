"""What a workshop wrote on its sheets, typed into a table: read row by row, with every mistake named by its row and column.

The table is a CSV file as spreadsheets save it. Its columns are those that worksheet and feedback sheet ask for; the page
`contribute/after-a-workshop` describes them, and each bundle offers a table with its entries filled in. Cells come from
strangers: they are cut down to plain text here, and `intake_files` makes them harmless where they are written.
"""

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from .catalogue import Catalogue
from .cells import text_of_cell
from .problems import did_you_mean, listed, nearest, shown
from .strict_yaml import CONTROL

# Each kind of note with what it is said about: an entry, or none where that is not needed.
KINDS_OF_NOTE = {
    "same": True, "change": True, "first-step": True, "use": True, "mistake": True, "experience": False, "need": False, "next-time": False,
}  # fmt: skip
# Kinds of note that become a draft of an entry, because they tell something that no entry has.
DRAFTED = {"experience": "case-study", "need": "challenge"}
COLUMNS = ("id", "kind_of_note", "government", "role", "text", "organisation", "name", "name_agreed", "date")
# Columns that help whoever types, and are not read.
HELP_COLUMNS = ("title", "question")
NEEDED = ("id", "kind_of_note", "text")
MOST_BYTES, MOST_ROWS, MOST_TEXT, MOST_LINE = 2_000_000, 5_000, 4_000, 200
MOST_IN_CELL = 131_072


@dataclass(frozen=True)
class Note:
    """One row. `entry` is the id of an entry of today or empty; `place` the id of a government of the pool, if it is one.

    `name` is empty unless the row says that the person agreed. `day` is ISO 8601 or empty.
    """

    row: int
    kind: str
    text: str
    entry: str = ""
    government: str = ""
    place: str = ""
    role: str = ""
    organisation: str = ""
    name: str = ""
    day: str = ""


class NotTaken(Exception):
    """The table has mistakes; `complaints` has all of them, in order."""

    def __init__(self, complaints: list[str]) -> None:
        self.complaints = tuple(complaints)
        count = len(complaints)
        super().__init__("\n".join([f"{count} mistake{'s' * (count != 1)} in the table; nothing was written.", *complaints]))


def read_notes(raw: bytes, catalogue: Catalogue, today: date) -> tuple[Note, ...]:
    """The notes of a table; raises NotTaken with every mistake. A row without a text is one that nobody filled in."""
    rows = _rows(raw)
    places = _places(catalogue)
    notes, complaints = [], []
    for number, cells in rows:
        if any(cells.get(name) for name in COLUMNS if name not in ("id", "kind_of_note")):
            found = [f"row {number}, {said}" for said in _mistakes(cells, catalogue, places, today)]
            complaints += found
            if not found:
                notes.append(_note(number, cells, catalogue, places))
    if complaints:
        raise NotTaken(complaints)
    if not notes:
        raise NotTaken(["the table must have a row with a text; found none."])
    return tuple(notes)


def _rows(raw: bytes) -> list[tuple[int, dict[str, str]]]:
    """Each row below the header with its number, as spreadsheets count them, and its cells by column."""
    if len(raw) > MOST_BYTES:
        raise NotTaken([f"the file must have at most {MOST_BYTES // 1_000_000} MB; it has {len(raw) / 1_000_000:.1f}. Take the table apart."])
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = "\0"
    if "\0" in text:
        raise NotTaken(["the file must be CSV in UTF-8; found something else. Save it again, as 'CSV UTF-8'."])
    first = text.lstrip("\r\n").partition("\n")[0]
    if first.lower().startswith("sep="):
        text, first = text.lstrip("\r\n").partition("\n")[2], text.lstrip("\r\n").split("\n")[1] if "\n" in text else ""
    csv.field_size_limit(MOST_IN_CELL)  # the limit is one for the whole process, and libraries lift it
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(",;\t", key=first.count))
    try:
        lines = list(reader)
    except csv.Error as error:
        raise NotTaken([f"the table cannot be read at line {reader.line_num}: {error}. Save it again, as 'CSV UTF-8'."]) from None
    header = [cell.strip().lower().replace(" ", "_") for cell in lines[0]] if lines else []
    wrong = list(_wrong_header(header))
    if len(lines) > MOST_ROWS:
        wrong.append(f"the table must have at most {MOST_ROWS} rows; it has {len(lines)}. Take it apart.")
    wrong += [f"row {n} must have at most {len(header)} cells; it has {len(line)}." for n, line in enumerate(lines, 1) if any(line[len(header) :])]
    if wrong:
        raise NotTaken(wrong)
    return [(number, dict(zip(header, map(_plain, line), strict=False))) for number, line in enumerate(lines[1:], 2)]


def _wrong_header(header: list[str]) -> Iterator[str]:
    known = (*COLUMNS, *HELP_COLUMNS)
    for name in NEEDED:
        if name not in header:
            yield f"row 1 must name the column '{name}'; it does not."
    for name in dict.fromkeys(header):
        if name and name not in known:
            yield f"row 1 must name columns of the template; found '{shown(name)}'. {did_you_mean(name, known, f'There are {listed(COLUMNS)}.')}"
        elif name and header.count(name) > 1:
            yield f"row 1 must name each column once; found '{shown(name)}' {header.count(name)} times."


def _plain(cell: str) -> str:
    """A cell as plain text: without what keeps spreadsheets from running it, and without characters that nobody sees."""
    text = text_of_cell(cell.strip()).replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub(" ", text).strip()


def _places(catalogue: Catalogue) -> dict[str, str]:
    """The id of each government by all that people call it."""
    found: dict[str, str] = {}
    for record in catalogue.listed("government"):
        for name in (record.id, record.entry.title, *getattr(record.entry, "other_names", ())):
            found.setdefault(name.casefold(), record.id)
    return found


def _mistakes(cells: dict[str, str], catalogue: Catalogue, places: dict[str, str], today: date) -> Iterator[str]:
    """What is wrong with a row, each beginning with the column."""
    kind, id = cells.get("kind_of_note", "").lower(), cells.get("id", "")
    if kind not in KINDS_OF_NOTE:
        yield f"kind_of_note: must be one of {listed(KINDS_OF_NOTE)}; found '{shown(kind)}'. {did_you_mean(kind, KINDS_OF_NOTE)}".rstrip()
    if id and not catalogue.get(id):
        yield f"id: must be the id of an entry; found '{shown(id)}'. {did_you_mean(id, catalogue.by_id, 'It stands beside the title on the sheet.')}"
    elif not id and KINDS_OF_NOTE.get(kind):
        yield "id: must be the id of the entry that the note is about; found none. It stands beside the title on the sheet."
    text = cells.get("text", "")
    if not text:
        yield "text: must hold what was written; found nothing. Empty the row if nobody wrote anything."
    elif len(text) > MOST_TEXT:
        yield f"text: must have at most {MOST_TEXT} characters; it has {len(text)}. Make two rows of it."
    for name in ("government", "role", "organisation", "name"):
        if len(cells.get(name, "")) > MOST_LINE or "\n" in cells.get(name, ""):
            yield f"{name}: must be one line of at most {MOST_LINE} characters; found '{shown(cells[name])}'."
    place = cells.get("government", "")
    if kind == "experience" and not place:
        yield "government: must name whose experience it is; found nothing."
    elif place and place.casefold() not in places and (meant := nearest(place, places)):
        yield f"government: must be written as in the pool, if it is there; found '{shown(place)}'. Did you mean '{meant}'?"
    if kind in DRAFTED and not cells.get("role"):
        yield "role: must say who tells this, such as 'head of planning'; found nothing. People are credited by role and organisation."
    if cells.get("name_agreed", "").lower() not in ("", "yes", "no"):
        yield f"name_agreed: must be yes, no or empty; found '{shown(cells['name_agreed'])}'. Write yes only if the person said so."
    if said := _wrong_day(cells.get("date", ""), today):
        yield said


def _wrong_day(text: str, today: date) -> str:
    if not text:
        return ""
    try:
        day = date.fromisoformat(text) if re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text) else None
    except ValueError:
        day = None
    if day is None:
        return f"date: must be a day that exists, as YYYY-MM-DD; found '{shown(text)}'."
    return f"date: must not lie in the future; found {text}." if day > today else ""


def _note(number: int, cells: dict[str, str], catalogue: Catalogue, places: dict[str, str]) -> Note:
    record = catalogue.get(cells.get("id", ""))
    government = cells.get("government", "")
    return Note(
        row=number,
        kind=cells["kind_of_note"].lower(),
        text=cells["text"],
        entry=record.id if record else "",
        government=government,
        place=places.get(government.casefold(), ""),
        role=cells.get("role", ""),
        organisation=cells.get("organisation", ""),
        name=cells.get("name", "") if cells.get("name_agreed", "").lower() == "yes" else "",
        day=cells.get("date", ""),
    )
