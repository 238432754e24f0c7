"""The text of an entry as clean HTML, made once and kept by content hash.

Entry text comes from strangers and is data: it never meets a template engine, raw HTML in it is shown
as text, and what Markdown makes of it is cut down to a short list of tags by nh3. Every later product
(page, booklet, card, feed) uses this HTML, so it holds no address that only one of them understands:
links to entries are relative to the root of the site (`practices/some-id/`).
"""

import hashlib
import html
import json
import re
import sqlite3
from dataclasses import asdict, dataclass
from pathlib import Path
from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.preprocessors import Preprocessor
from markdown.treeprocessors import Treeprocessor

from .body import CITE_KEY
from .links import anchor, entry_of_link, entry_url, root_of
from .pool import Record

VERSION = "5"
TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "rel"}, "sup": {"class"}, "td": {"align"}, "th": {"align"}, "ol": {"start"}}
_ITEM = re.compile(r"([-*+]|\d{1,9}\.)[ \t]+(?=\S)")
_LOCAL_LINK = re.compile(r'href="(?!https?:|#)')


@dataclass(frozen=True)
class Section:
    """A section of an entry: the id of its heading, its title as text, its HTML."""

    id: str
    title: str
    html: str


class Texts:
    """Renders entries, and remembers what it rendered in a file under the build folder.

    The key of a text is the hash of all that goes into it; texts that no entry has any more are
    forgotten by `close`.
    """

    def __init__(self, store: Path | None = None) -> None:
        self.rendered = 0
        self._used: set[str] = set()
        if store:
            store.parent.mkdir(parents=True, exist_ok=True)
        try:
            self._store = _opened(store)
        except sqlite3.DatabaseError:  # torn, or not ours: what it held can be made again
            if store:
                store.unlink()
            self._store = _opened(store)

    def sections(self, record: Record) -> tuple[Section, ...]:
        """The body of an entry, section by section."""
        numbers = {key: number for number, key in enumerate(record.entry.sources, 1)}
        parts = (VERSION, record.entry.folder, json.dumps(numbers), record.source.body)
        key = hashlib.sha256("\0".join(parts).encode()).hexdigest()
        self._used.add(key)
        row = self._store.execute("SELECT sections FROM text WHERE hash = ?", (key,)).fetchone()
        if row:
            return tuple(Section(**section) for section in json.loads(row[0]))
        found = tuple(
            Section(f"section-{anchor(section.title) or number}", section.title, render(section.text, record.entry.folder, numbers))
            for number, section in enumerate(record.body.sections, 1)
        )
        self.rendered += 1
        self._store.execute("INSERT OR REPLACE INTO text VALUES (?, ?)", (key, json.dumps([asdict(section) for section in found])))
        return found

    def close(self) -> None:
        """Write what is new and forget what no entry uses."""
        for (key,) in self._store.execute("SELECT hash FROM text").fetchall():
            if key not in self._used:
                self._store.execute("DELETE FROM text WHERE hash = ?", (key,))
        self._store.close()


def _opened(store: Path | None) -> sqlite3.Connection:
    """A store that holds no lock between two writes, so that several readers and writers can have it open."""
    found = sqlite3.connect(store or ":memory:", isolation_level=None)
    found.execute("PRAGMA synchronous = OFF")
    found.execute("CREATE TABLE IF NOT EXISTS text (hash TEXT PRIMARY KEY, sections TEXT NOT NULL)")
    return found


def render(markdown: str, folder: str, numbers: dict[str, int]) -> str:
    """Markdown of one section as sanitised HTML; `numbers` gives each source key its number."""
    converter = Markdown(extensions=["tables", "sane_lists", "fenced_code", _EntryText(folder, numbers)], output_format="xhtml")
    converter.parser.blockprocessors["table"].config["use_align_attribute"] = True  # type: ignore[attr-defined]
    dirty = converter.convert(markdown)
    clean = nh3.clean(dirty, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)
    clean = re.sub(r"\s+(<sup class=\"c-cite\">)", r"\1", clean)
    return clean.replace("<table>", '<div class="c-table" tabindex="0"><table>').replace("</table>", "</table></div>")


def rebase(text: str, page: str) -> str:
    """HTML with links to entries as seen from a page (address relative to the root of the site)."""
    return _LOCAL_LINK.sub(f'href="{root_of(page)}', text)


class _EntryText(Extension):
    """Python-Markdown as entries need it: no HTML, no pictures, citations, links between entries."""

    def __init__(self, folder: str, numbers: dict[str, int]) -> None:
        super().__init__()
        self.folder, self.numbers = folder, numbers

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        md.preprocessors.deregister("html_block")
        for name in ("html", "image_link", "image_reference", "short_image_ref", "automail"):
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(_Citations(self.numbers), "citations", 175)
        md.preprocessors.register(_Lists(), "lists", 20)  # after fenced code (25) has been put aside
        md.treeprocessors.register(_Tidy(self.folder), "tidy", 1)


class _Lists(Preprocessor):
    """Lists as CommonMark and GitHub take them, in the form that Python-Markdown wants.

    A list may follow a line of text at once, and an inner list is indented as far as the text of its item, two
    spaces or three; Python-Markdown wants an empty line before a list, and four spaces a level.
    """

    def run(self, lines: list[str]) -> list[str]:
        self.found: list[str] = []
        self.levels: list[tuple[int, int]] = []  # where the marker and where the text of each open item begin
        blank = loose = False
        for line in lines:
            text = line.strip()
            indent = len(line) - len(line.lstrip())
            if not text:
                self.found.append("")
                blank, loose = True, loose or bool(self.levels)
                continue
            item = _ITEM.match(text) if indent < 4 or self.levels else None
            if not self.levels:
                loose = False
            if item and (self.levels or blank or not self.found or item.group(1) in ("-", "*", "+", "1.")):
                self._item(text, item, indent, blank, loose)
            else:
                self._other(line, text, indent, blank)
            blank = False
        return self.found

    def _item(self, text: str, item: re.Match[str], indent: int, blank: bool, loose: bool) -> None:
        begins = not self.levels
        while self.levels and indent < self.levels[-1][1]:
            self.levels.pop()
        above = self.found[-1] if self.found else ""
        after_inner_block = loose and above.startswith("    " * (len(self.levels) + 1))
        if not blank and above and (begins or after_inner_block):
            self.found.append("")
        self.found.append("    " * len(self.levels) + text)
        self.levels.append((indent, indent + item.end()))

    def _other(self, line: str, text: str, indent: int, blank: bool) -> None:
        if blank or text.startswith(("#", ">")):
            while self.levels and indent < self.levels[-1][1]:
                self.levels.pop()
        if not self.levels:
            self.found.append(line)
        elif blank:
            self.found.append("    " * len(self.levels) + " " * (indent - self.levels[-1][1]) + text)
        else:
            self.found.append("    " * (len(self.levels) - 1) + text)


class _Citations(InlineProcessor):
    """`[@key]` or `[@one; @two]` as small numbers that lead to the list of sources."""

    def __init__(self, numbers: dict[str, int]) -> None:
        super().__init__(r"\[(@[^\]\n]*)\]")
        self.numbers = numbers

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[ElementTree.Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        keys = [key for key in CITE_KEY.findall(match.group(1)) if key in self.numbers]
        if not keys:
            return None, None, None
        mark = ElementTree.Element("sup", {"class": "c-cite"})
        for position, key in enumerate(keys):
            link = ElementTree.SubElement(mark, "a", {"href": f"#source-{self.numbers[key]}"})
            link.text = str(self.numbers[key])
            if position < len(keys) - 1:
                link.tail = ", "
        return mark, match.start(0), match.end(0)


class _Tidy(Treeprocessor):
    """Headings below the section's own; links between entries from the root; outside links marked."""

    def __init__(self, folder: str) -> None:
        super().__init__()
        self.folder = folder

    def run(self, root: ElementTree.Element) -> None:
        for element in root.iter():
            if element.tag in ("h1", "h2"):
                element.tag = "h3"
            elif element.tag == "th" and not "".join(element.itertext()).strip():
                element.tag = "td"  # a header without words is noise to a screen reader
            elif element.tag == "a":
                self._link(element)

    def _link(self, element: ElementTree.Element) -> None:
        href = html.unescape(element.get("href", ""))
        target = entry_of_link(href)
        element.attrib.pop("title", None)
        if target:
            folder, id = target
            element.set("href", f"{folder or self.folder}/{id}/")
        elif href.startswith(("http://", "https://")):
            element.set("rel", "noopener nofollow")
        elif not href.startswith("#source-"):
            element.attrib.pop("href", None)


def plain(text: str) -> str:
    """The words of rendered HTML, without tags and source numbers."""
    without = re.sub(r'<sup class="c-cite">.*?</sup>', "", text)
    return html.unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", without))).strip()


def link_of(record: Record) -> str:
    """The address of an entry, relative to the root of the site."""
    return entry_url(record.kind, record.id)
