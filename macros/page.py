"""A page as every view returns it, and the Markdown file that carries it to the engine.

A generated page has no Markdown body: its data travel in the front matter as one line of JSON, which
is YAML, and a theme template prints them. The front matter is ours, never the author's, and always
says `render_macros: false`, so that no text of an entry is ever run as a template.
"""

import csv
import html
import io
import json
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from operator import attrgetter
from typing import Any

from .cells import safe_cell
from .json_line import json_line

_UNSAFE = re.compile("[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]")
_PLAIN = frozenset({str, int, bool, float, type(None)})
_NUMBERS = frozenset({int, float})
_COMPACT: dict[type, Callable[[Any], Any]] = {}
_DATA = "\ncommons: "


@dataclass(frozen=True)
class Page:
    """All that a view may return.

    `src_uri` is POSIX, relative to the staged folder, and ends in `index.md`; `data` is what the
    template reads as `page.meta.commons`.
    """

    src_uri: str
    title: str
    template: str
    description: str = ""
    data: Mapping[str, Any] = field(default_factory=dict)
    hide: tuple[str, ...] = ()

    @property
    def url(self) -> str:
        """The address, relative to the root of the site: `practices/some-id/`."""
        return self.src_uri.removesuffix("index.md")

    def text(self) -> str:
        """The file: front matter and nothing below it.

        Title and description are escaped here because the engines print them unescaped in the head.
        """
        meta: dict[str, Any] = {
            "title": html.escape(self.title),
            "description": html.escape(self.description),
            "template": self.template,
            "render_macros": False,
        }
        if self.hide:
            meta["hide"] = list(self.hide)
        meta["commons"] = compact(self.data)
        return "---\n" + "".join(f"{key}: {_json(value)}\n" for key, value in meta.items()) + "---\n"


def front_matter_of(text: str, with_data: bool = True) -> dict[str, Any] | None:
    """What `Page.text` wrote, read back without a YAML parser, which takes a hundred times as long; None for any other text.

    Without its data a page is read at once, whatever its size; only a text that has all that `Page.text` writes is taken for one then.
    """
    if not (text.startswith("---\n") and text.endswith("\n---\n")):
        return None
    if not with_data:
        head, found, rest = text[:-5].partition(_DATA)
        if not found or "\n" in rest or "\nrender_macros: false" not in head:
            return front_matter_of(text)
        text = f"{head}\n---\n"
    try:
        return {key: json.loads(value) for key, _, value in (line.partition(": ") for line in text[4:-5].split("\n"))}
    except ValueError:
        return None


@dataclass(frozen=True)
class File:
    """A file that stands beside the pages as it is: a table as CSV, a calendar.

    `src_uri` is POSIX, relative to the staged folder, and its address on the site too.
    """

    src_uri: str
    content: bytes


def csv_file(src_uri: str, header: Iterable[str], rows: Iterable[Iterable[object]]) -> File:
    """A table as CSV after RFC 4180, in UTF-8 with the mark by which spreadsheets know it.

    Cells go through `safe_cell`, since entry text comes from strangers.
    """
    made = io.StringIO()
    writer = csv.writer(made)
    for row in (header, *rows):
        writer.writerow([safe_cell(cell) for cell in row])
    return File(src_uri, made.getvalue().encode("utf-8-sig"))


def compact(value: Any) -> Any:
    """Plain lists and mappings of a tree of dataclasses; what is empty is left out."""
    kind = type(value)
    if kind not in _COMPACT:
        _COMPACT[kind] = _compact_of(kind)
    return _COMPACT[kind](value)


def _compact_of(kind: type) -> Callable[[Any], Any]:
    """`compact` for values of one type, which is looked at once: there are millions of values."""
    if is_dataclass(kind):
        names = [item.name for item in fields(kind)]
        read = attrgetter(*names, names[0])  # with one name it would give a value, not a tuple of one
        return lambda value: _filled(zip(names, read(value), strict=False))
    if issubclass(kind, Mapping):
        return lambda value: _filled(value.items())
    if issubclass(kind, list | tuple):
        return lambda value: [item if type(item) in _PLAIN else compact(item) for item in value]
    return lambda value: value


def _filled(items: Iterable[tuple[Any, Any]]) -> dict[Any, Any]:
    found = {}
    for name, item in items:
        if item:
            plain = item if type(item) in _PLAIN else compact(item)
            if plain:
                found[name] = plain
        elif type(item) in _NUMBERS:
            found[name] = item
    return found


def _json(value: Any) -> str:
    """JSON on one line that YAML 1.1 reads as the same value.

    YAML takes U+0085, U+2028 and U+2029 for line ends even inside quotes, refuses control characters, and has
    no surrogate pairs; so the former are escaped and all else stays as it is.
    """
    text = json_line(value)
    # What can be printed has none of these, and to ask that takes half the time.
    return text if text.isprintable() else _UNSAFE.sub(lambda match: f"\\u{ord(match.group()):04x}", text)
