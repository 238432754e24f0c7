"""YAML as contributors mean it: every scalar is text, every key has a place, nothing is executed.

Plain YAML 1.1 turns `no` into false, `1.10` into 1.1, `12:30` into 750 and `014` into 12. Here a
scalar stays the text that was typed; the typed models turn it into a number or a date where the field
says so. Anchors, aliases, merge keys, tags and deep nesting are refused: none is needed, and each has
been used to attack a reader. Works on the parser's events, so no object is ever constructed.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .problems import shown

MAX_DEPTH = 8
# Characters that nobody sees: controls, the line ends that only some programs know (and YAML 1.1 does), byte order marks.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")
Path = tuple[str | int, ...]
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True)
class Place:
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


@dataclass
class Document:
    """What was read: text, lists and mappings, with the place of each key and of each value."""

    value: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)


def read(text: str, first_line: int = 1) -> Document:
    """Read one YAML document; what is wrong stands in `complaints`, and then `value` may be incomplete."""
    document = Document()
    try:
        _Reader(document, first_line).run(yaml.parse(text, Loader=_LOADER))
    except _TooDeep:
        pass
    except yaml.YAMLError as error:
        document.complaints.append(_syntax(text, error, first_line))
    return document


class _TooDeep(Exception):
    """The nesting has passed the bound; the complaint is made."""


class _Reader:
    def __init__(self, document: Document, first_line: int) -> None:
        self.document = document
        self.first_line = first_line

    def run(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.values:
                    self._complain(
                        event, "yaml-syntax", "there must be one group of fields; a second one begins here",
                        "Remove the line that begins with three hyphens, or put its text in quotes.",
                    )  # fmt: skip
                    return
                self.document.value = self._node(next(events), events, (), 0)

    def _place(self, event: Any) -> Place:
        return Place(self.first_line + event.start_mark.line, event.start_mark.column + 1)

    def _complain(self, event: Any, code: str, message: str, hint: str) -> None:
        self.document.complaints.append(Complaint(self._place(event), code, message, hint))

    def _node(self, event: Any, events: Iterator[Any], path: Path, depth: int) -> Any:
        self.document.values[path] = self._place(event)
        if isinstance(event, yaml.AliasEvent):
            self._complain(
                event, "yaml-anchor", f"a value must be written out; found '*{shown(event.anchor)}', which YAML takes for a pointer elsewhere",
                "Write the value here in full, or put it in quotes if it is meant to begin with a star.",
            )  # fmt: skip
            return None
        if event.anchor:
            self._complain(
                event, "yaml-anchor", f"a value must be written out; found '&{shown(event.anchor)}', which YAML takes for a name of the value",
                "Remove it, or put the whole value in quotes if it is meant to begin with an ampersand.",
            )  # fmt: skip
        if event.tag:
            self._complain(
                event, "yaml-tag", f"a value must be plain text; found '{shown(_written(event.tag))}', which YAML takes for an instruction",
                "Remove it, or put the whole value in quotes if it is meant to begin with an exclamation mark.",
            )  # fmt: skip
        if isinstance(event, yaml.ScalarEvent):
            self._look_for_codes(event)
            # The reader written in C says "" for the style of a plain scalar, the one written in Python says None.
            return None if not event.style and event.value in _NULLS else event.value
        if depth >= MAX_DEPTH:
            self._too_deep(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, depth)
        return self._mapping(events, path, depth)

    def _sequence(self, events: Iterator[Any], path: Path, depth: int) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if isinstance(event, yaml.SequenceEndEvent):
                break
            found.append(self._node(event, events, (*path, len(found)), depth + 1))
        return found

    def _mapping(self, events: Iterator[Any], path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if isinstance(event, yaml.MappingEndEvent):
                break
            name = self._key(event, events, depth + 1)
            if name is None:
                self._node(next(events), events, (*path, ""), depth + 1)
                continue
            key = (*path, name)
            if name in found:
                self._complain(
                    event, "yaml-duplicate",
                    f"a field must stand once; '{shown(name)}' stands on line {self.document.keys[key].line} already",
                    "Keep one of the two; for several values, write one list.",
                )  # fmt: skip
                self._node(next(events), events, (*key, "(again)"), depth + 1)
                continue
            self.document.keys[key] = self._place(event)
            found[name] = self._node(next(events), events, key, depth + 1)
        return found

    def _key(self, event: Any, events: Iterator[Any], depth: int) -> str | None:
        """The name of a field; None, with a complaint, for all that YAML would also take as one."""
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and not event.tag:
            self._look_for_codes(event)
            if event.value == "<<" and not event.style:
                self._complain(
                    event, "yaml-anchor", "fields must be written out; found '<<', which YAML takes for fields from elsewhere",
                    "Write the fields in full.",
                )  # fmt: skip
            return str(event.value)
        self._complain(
            event, "yaml-key", "the name of a field must be plain text; found something else",
            "Write `name: value`; put a text in quotes if it begins with a bracket, a brace or a star.",
        )  # fmt: skip
        if isinstance(event, yaml.CollectionStartEvent):
            self._pass_over(event, events, depth)
        return None

    def _look_for_codes(self, event: Any) -> None:
        """Complain of an invisible character that came in as a code; typed ones are found before YAML is read."""
        if found := CONTROL.search(event.value):
            self._complain(
                event, "control-character", f"a text must have no invisible characters; found the code of U+{ord(found.group()):04X}",
                "Put the text in single quotes, where a backslash is only a backslash, or remove the code.",
            )  # fmt: skip

    def _too_deep(self, event: Any) -> None:
        """Complain, and read no further: the time that the reader takes grows with the square of the depth."""
        self._complain(
            event, "yaml-depth", f"fields must not be nested more than {MAX_DEPTH} deep; found more",
            "Check the brackets and the spaces at the beginning of lines; no field needs this depth.",
        )  # fmt: skip
        raise _TooDeep

    def _pass_over(self, event: Any, events: Iterator[Any], depth: int) -> None:
        """Pass over the rest of a list or group that has just begun."""
        open_ones = 1
        while open_ones:
            if depth + open_ones > MAX_DEPTH:
                self._too_deep(event)
            event = next(events)
            if isinstance(event, yaml.CollectionStartEvent):
                open_ones += 1
            elif isinstance(event, yaml.CollectionEndEvent):
                open_ones -= 1


def _written(tag: str) -> str:
    """A tag as someone may have typed it: `!!str` for the long form of YAML's own tags."""
    return tag.replace("tag:yaml.org,2002:", "!!", 1)


def _syntax(text: str, error: yaml.YAMLError, first_line: int) -> Complaint:
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
