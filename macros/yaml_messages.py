"""What PyYAML stopped at, in words for someone who has never seen YAML."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

import yaml

from .problems import shown


class Place(NamedTuple):
    """A line and a column, both counted from 1."""

    line: int
    column: int


@dataclass(frozen=True)
class Complaint:
    """Something wrong in the YAML, before it is known which file it stands in."""

    place: Place
    code: str
    message: str
    hint: str


def in_words(text: str, error: yaml.YAMLError, first_line: int) -> Complaint:
    """What the reader stopped at, in words; the two readers of PyYAML say it in slightly different ones."""
    problem = getattr(error, "problem_mark", None)
    context = getattr(error, "context_mark", None)
    said = " ".join(filter(None, (getattr(error, "context", None), getattr(error, "problem", None))))
    for signs, begins_before, explain in _SYNTAX:
        mark = (begins_before and context) or problem or context
        if mark and re.search(signs, said):
            stop = _Stop(text, mark.line, mark.column)
            if told := explain(stop):
                return Complaint(Place(first_line + stop.line, stop.column + 1), "yaml-syntax", *told)
    mark = problem or context
    place = Place(first_line + mark.line, mark.column + 1) if mark else Place(first_line, 1)
    return Complaint(
        place, "yaml-syntax", "a line must be a field such as `title: Some words`; this one cannot be read",
        "Compare it with another entry of the same kind; putting the whole text in double quotes often helps.",
    )  # fmt: skip


class _Stop:
    """The place at which the reader stopped, with the text around it; both numbers count from 0."""

    def __init__(self, text: str, line: int, column: int) -> None:
        self.lines = text.split("\n")
        self.line, self.column = min(line, len(self.lines) - 1), column

    @property
    def before(self) -> str:
        return self.lines[self.line][: self.column]

    @property
    def after(self) -> str:
        return self.lines[self.line][self.column :]

    def quoted(self, begin: int) -> str:
        """The line from a column on in quotes, as an instruction."""
        value = self.lines[self.line][begin:].strip()
        if len(value) > 80:
            return "Put the whole text in double quotes."
        closed = f'"{value}"' if '"' not in value and "\\" not in value else "'" + value.replace("'", "''") + "'"
        return f"Write `{self.lines[self.line][:begin].strip()} {closed}`."


Told = tuple[str, str] | None


def _begins_badly(stop: _Stop) -> Told:
    if stop.after.startswith("\t"):
        return "a line must be indented with spaces; found a tab", "Replace each tab with two spaces."
    sign = stop.after[:1]
    if not sign:
        return None
    return f"a text that begins with '{sign}' must stand in quotes; this one does not", stop.quoted(stop.column)


def _colon(stop: _Stop) -> Told:
    if found := re.match(r"\s*+(?:- ++)*+[^:]*+:\s++(?=\S)", stop.before):
        return "a text with a colon and a space in it must stand in quotes; this one does not", stop.quoted(found.end())
    for number in range(stop.line - 1, -1, -1):
        before = stop.lines[number]
        if found := re.match(r"\s*+(?:- ++)*+([\w-]++):(?!//)(\S.*)", before):
            stop.line, stop.column = number, found.start(2)
            return "a space must follow the colon after the name of a field; found none", f"Write `{found.group(1)}: {shown(found.group(2))}`."
        if before.strip():
            break
    return _columns(stop)


def _columns(stop: _Stop) -> Told:
    stop.column = len(stop.before) - len(stop.before.lstrip())
    return (
        f"fields of one group, and items of one list, must begin in the same column; this line begins in column {stop.column + 1}",
        "Give this line as many spaces as the lines beside it have.",
    )


def _more_behind(stop: _Stop) -> Told:
    if not stop.before.strip():
        return _columns(stop)
    return (
        f"nothing may follow a closing quote or bracket on its line; found '{shown(stop.after)}'",
        "Remove it, or put the whole text in quotes, with the other kind of quotes, single or double, inside it.",
    )


def _no_colon(stop: _Stop) -> Told:
    line = stop.lines[stop.line].strip()
    return (
        f"a field must have a colon and a space after its name; found '{shown(line)}'",
        "Write `name: value`; if the line goes on with the text above it, indent it by two spaces.",
    )


def _open_quote(stop: _Stop) -> Told:
    return "a text in quotes must end with the same quote; this one does not end", f"Add {stop.after[:1]} at the end of the text."


def _open_bracket(stop: _Stop) -> Told:
    if not stop.after.strip():
        # The fields ended inside the brackets: the last line that has one is nearer to the slip.
        while stop.line and not {"[", "{"} & set(stop.lines[stop.line]):
            stop.line -= 1
        stop.column = max(stop.lines[stop.line].rfind("["), stop.lines[stop.line].rfind("{"), 0)
    if stop.after.startswith("{"):
        return (
            "fields in braces must be parted by commas and closed with a brace; these are not",
            "Write one field a line without braces, or put the whole text in quotes if it is meant to begin with a brace.",
        )
    return (
        "a list in brackets must have commas between its items and a bracket at its end; this one has not",
        "Write `[one, two]`, and put items in quotes that hold a comma, a colon or a bracket.",
    )


def _backslash(stop: _Stop) -> Told:
    line = stop.lines[stop.line]
    stop.column = max(line.rfind("\\", 0, stop.column + 1), 0)
    return f"a backslash in double quotes must begin a code of YAML; found '{shown(line[stop.column : stop.column + 2])}'", (
        "Put the text in single quotes, where a backslash is only a backslash."
    )


def _beside_name(stop: _Stop) -> Told:
    return "a list must begin on a new line; found one beside the name of its field", (
        "Begin each item on a line of its own with a hyphen and a space, or write `[one, two]`."
    )


def _after_pipe(stop: _Stop) -> Told:
    return f"a text after '{stop.after[:1]}' must begin on the next line; found it beside the sign", (
        "Begin the text on the next line, indented by two spaces; put it in quotes if it is meant to begin with the sign."
    )


# What the reader says; whether the place is where the text, list or field began that could not be read to its end; our words.
_SYNTAX: tuple[tuple[str, bool, Callable[[_Stop], Told]], ...] = (
    (r"mapping values are not allowed", False, _colon),
    (r"a tab character|cannot start any token|mapping keys are not allowed", False, _begins_badly),
    (r"scanning an (alias|anchor)|tag", True, _begins_badly),
    (r"escape|hexa?decimal", False, _backslash),
    (r"quoted scalar", True, _open_quote),
    (r"could not find expected ':'", True, _no_colon),
    (r"sequence entries are not allowed", False, _beside_name),
    (r"comment or (a )?line break", True, _after_pipe),
    (r"flow (sequence|mapping|node)", True, _open_bracket),
    (r"node content", False, _begins_badly),
    (r"did not find expected (key|'-' indicator|<document start>)|expected (<block end>|'<document start>')", False, _more_behind),
)
