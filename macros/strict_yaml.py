"""YAML as contributors mean it: every scalar is text, every key has a place, nothing is executed.

Plain YAML 1.1 turns `no` into false, `1.10` into 1.1, `12:30` into 750 and `014` into 12. Here a
scalar stays the text that was typed; the typed models turn it into a number or a date where the field
says so. Anchors, aliases, merge keys, tags and deep nesting are refused: none is needed, and each has
been used to attack a reader. Works on the parser's events, so no object is ever constructed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from .problems import shown
from .yaml_messages import Complaint, Place, in_words

__all__ = ["CONTROL", "MAX_DEPTH", "Complaint", "Document", "Path", "Place", "control_in", "read"]

MAX_DEPTH = 8
# Characters that nobody sees: controls, the line ends that only some programs know (and YAML 1.1 does), byte order marks,
# fillers, and those that turn the direction of a text around, so that it reads other than it is. What scripts
# need (soft hyphens, joiners, and the marks U+061C, U+200E and U+200F) stays.
CONTROL = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u115f\u1160\u180e\u200b\u2028-\u202e\u2060-\u206f\u3164\ud800-\udfff\ufeff\uffa0\ufff9-\ufffb\ufffe\uffff"
    "\U000e0000-\U000e007f]"
)
# Most texts have nothing else, which is found out sooner than that no sign is one of the many above.
_PLAIN = re.compile(r"[\t\n -~]*")
Path = tuple[str | int, ...]
_NULLS = frozenset({"", "~", "null", "Null", "NULL"})
_PLACES = ("keys", "values")
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass
class Document:
    """What was read: text, lists and mappings, with the place of each key and of each value.

    The places are many and seldom asked for, so they do not go along to another process: there they are read again.
    """

    value: Any = None
    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    complaints: list[Complaint] = field(default_factory=list)
    text: str = field(default="", repr=False, compare=False)
    first_line: int = field(default=1, repr=False, compare=False)

    def __getstate__(self) -> dict[str, Any]:
        return {name: found for name, found in self.__dict__.items() if name not in _PLACES}

    def __getattr__(self, name: str) -> Any:
        if name not in _PLACES:
            raise AttributeError(name)
        again = read(self.text, self.first_line)
        self.keys, self.values = again.keys, again.values
        return getattr(again, name)


def control_in(text: str) -> re.Match[str] | None:
    """The first invisible character of a text."""
    plain = _PLAIN.match(text)
    assert plain
    return CONTROL.search(text, plain.end())


def read(text: str, first_line: int = 1) -> Document:
    """Read one YAML document; what is wrong stands in `complaints`, and then `value` may be incomplete."""
    document = Document(text=text, first_line=first_line)
    try:
        _Reader(document, text, first_line).run(iter(_LOADER(text).get_event, None))
    except _TooDeep:
        pass
    except yaml.YAMLError as error:
        document.complaints.append(in_words(text, error, first_line))
    return document


class _TooDeep(Exception):
    """The nesting has passed the bound; the complaint is made."""


class _Reader:
    def __init__(self, document: Document, text: str, first_line: int) -> None:
        self.document = document
        self.lines = text.split("\n") if "#" in text else []
        # Whether a value may have an invisible character in it, typed or as a code.
        self.codes = "\\" in text or control_in(text) is not None
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
        mark = event.start_mark
        return Place(self.first_line + mark.line, mark.column + 1)

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
        if type(event) is yaml.ScalarEvent:
            if self.codes:
                self._look_for_codes(event)
            # The reader written in C says "" for the style of a plain scalar, the one written in Python says None.
            if event.style:
                return event.value
            if self.lines:
                self._look_for_note(event)
            return None if event.value in _NULLS else event.value
        if depth >= MAX_DEPTH:
            self._too_deep(event)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(events, path, depth)
        return self._mapping(events, path, depth)

    def _sequence(self, events: Iterator[Any], path: Path, depth: int) -> list[Any]:
        found: list[Any] = []
        for event in events:
            if type(event) is yaml.SequenceEndEvent:
                break
            found.append(self._node(event, events, (*path, len(found)), depth + 1))
        return found

    def _mapping(self, events: Iterator[Any], path: Path, depth: int) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for event in events:
            if type(event) is yaml.MappingEndEvent:
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
        if type(event) is yaml.ScalarEvent and not event.anchor and not event.tag:
            if self.codes:
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
        if found := control_in(event.value):
            self._complain(
                event, "control-character", f"a text must have no invisible characters; found the code of U+{ord(found.group()):04X}",
                "Put the text in single quotes, where a backslash is only a backslash, or remove the code.",
            )  # fmt: skip

    def _look_for_note(self, event: Any) -> None:
        """Complain of a hash behind a plain text: YAML drops what follows it, so that `Issue #5` would become `Issue`."""
        line, column = event.end_mark.line, event.end_mark.column
        behind = self.lines[line][column:] if event.value and line < len(self.lines) else ""
        if re.match(r"\s+#", behind):
            place = Place(self.first_line + line, column + behind.index("#") + 1)
            message = "a text must stand in quotes if it has a space and a hash in it; what follows this hash would be lost"
            self.document.complaints.append(
                Complaint(place, "yaml-syntax", message, "Put the whole text in double quotes; a note must stand on a line of its own.")
            )

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
