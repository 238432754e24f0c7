"""YAML as contributors mean it: every scalar is text, every key has a place, nothing is executed.

Plain YAML 1.1 turns `no` into false, `1.10` into 1.1, `12:30` into 750 and `014` into 12. Here a
scalar stays the text that was typed; the typed models turn it into a number or a date where the field
says so. Anchors, aliases, merge keys, tags and deep nesting are refused: none is needed, and each has
been used to attack a reader. Works on the parser's events, so no object is ever constructed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

MAX_DEPTH = 8
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
    reader = _Reader(document, first_line)
    try:
        reader.run(yaml.parse(text, Loader=_LOADER))
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        place = Place(first_line + (mark.line if mark else 0), (mark.column if mark else 0) + 1)
        document.complaints.append(_syntax(place, error))
    except yaml.YAMLError as error:
        document.complaints.append(Complaint(Place(first_line, 1), "yaml-syntax", f"this must be YAML; {error}", ""))
    return document


class _Reader:
    def __init__(self, document: Document, first_line: int) -> None:
        self.document = document
        self.first_line = first_line

    def run(self, events: Iterator[Any]) -> None:
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                if self.document.values:
                    self._complain(event, "yaml-syntax", "one document must be given; a second one begins here", "")
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
                event, "yaml-anchor", f"values must be written out; found the alias '*{event.anchor}'",
                "Write the value here in full, or put it in quotes if it is meant to begin with a star.",
            )  # fmt: skip
            return None
        if event.anchor:
            self._complain(
                event, "yaml-anchor", f"values must be written out; found the anchor '&{event.anchor}'",
                "Remove the anchor, or put the value in quotes if it is meant to begin with an ampersand.",
            )  # fmt: skip
        if event.tag and event.tag != "!":
            self._complain(
                event, "yaml-tag", f"values must be plain text, lists or fields; found the tag '{event.tag}'",
                "Remove the tag, or put the value in quotes if it is meant to begin with an exclamation mark.",
            )  # fmt: skip
        if isinstance(event, yaml.ScalarEvent):
            plain = event.style is None
            return None if plain and event.value in _NULLS else event.value
        if depth >= MAX_DEPTH:
            self._complain(
                event, "yaml-depth", f"fields may be nested {MAX_DEPTH} deep; found more",
                "Check the indentation; no field needs this depth.",
            )  # fmt: skip
            self._skip(events)
            return None
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
            name = self._key(event, events)
            key = (*path, name)
            place = self._place(event)
            if name == "<<":
                self._complain(event, "yaml-anchor", "fields must be written out; found the merge key '<<'", "Write the fields in full.")
            if name in found:
                self._complain(
                    event, "yaml-duplicate",
                    f"a field must stand once; '{name}' stands on line {self.document.keys[key].line} already",
                    "Keep one of the two; for several values, write one list.",
                )  # fmt: skip
                self._node(next(events), events, (*path, name, "(again)"), depth + 1)
                continue
            self.document.keys[key] = place
            found[name] = self._node(next(events), events, key, depth + 1)
        return found

    def _key(self, event: Any, events: Iterator[Any]) -> str:
        if isinstance(event, yaml.ScalarEvent) and not event.anchor and not (event.tag and event.tag != "!"):
            return str(event.value)
        self._complain(
            event, "yaml-key", "a field name must be plain text; found something else",
            "Write `name: value`, and put text that begins with a bracket, brace or star in quotes.",
        )  # fmt: skip
        if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
            self._skip(events)
        return f"(line {self._place(event).line})"

    @staticmethod
    def _skip(events: Iterator[Any]) -> None:
        """Pass over the rest of the list or mapping that has just begun, without recursion."""
        depth = 1
        for event in events:
            if isinstance(event, yaml.MappingStartEvent | yaml.SequenceStartEvent):
                depth += 1
            elif isinstance(event, yaml.MappingEndEvent | yaml.SequenceEndEvent):
                depth -= 1
                if depth == 0:
                    return


_SYNTAX = (
    ("mapping values are not allowed", "a text that holds a colon followed by a space must stand in quotes", 'Put the whole text in double quotes: title: "One: two".'),
    ("found character '\\t'", "lines must be indented with spaces; found a tab", "Replace the tab by two spaces."),
    ("cannot start any token", "this character cannot begin a value", "Put the whole text in double quotes."),
    ("expected <block end>", "fields of one group must begin in the same column", "Give this line the same number of spaces as the fields beside it, or put a text that begins with a quote wholly in quotes."),
    ("could not find expected ':'", "a field needs a colon and a space after its name", "Write `name: value`; indent further lines of a long text."),
    ("while scanning a quoted scalar", "a text in quotes must be closed by the same quote", "Add the closing quote; inside double quotes write \\\" for a quote."),
    ("found unexpected end of stream", "a text in quotes must be closed by the same quote", "Add the closing quote at the end of the text."),
    ("did not find expected ',' or", "a list in square brackets must be closed and its items parted by commas", "Write `[one, two]`; put items with commas or brackets in quotes."),
    ("did not find expected key", "fields of one group must begin in the same column", "Give this line the same number of spaces as the fields beside it, or put a text that holds quotes wholly in quotes."),
    ("did not find expected '-' indicator", "items of one list must begin in the same column", "Give each hyphen of the list the same number of spaces."),
    ("block sequence entries are not allowed", "a list must begin on a new line", "Begin each item on its own line with a hyphen, or write `[one, two]`."),
    ("found unknown escape character", "a backslash in double quotes begins a code that YAML does not know", "Use single quotes, or write two backslashes."),
)  # fmt: skip


def _syntax(place: Place, error: yaml.MarkedYAMLError) -> Complaint:
    said = " ".join(filter(None, (error.context, error.problem)))
    for sign, message, hint in _SYNTAX:
        if sign in said:
            return Complaint(place, "yaml-syntax", message if ";" in message else f"{message}; found something else here", hint)
    return Complaint(
        place, "yaml-syntax", f"the front matter must be YAML; the reader stopped here ({said})",
        "Compare this line with the example in the field reference; putting the text in double quotes often helps.",
    )  # fmt: skip
