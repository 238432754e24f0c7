"""The text of an entry as clean HTML, made once and kept by content hash.

Entry text comes from strangers and is data: it never meets a template engine, raw HTML in it is shown
as text, and what Markdown makes of it is cut down to a short list of tags by nh3. Every later product
(page, booklet, card, feed) uses this HTML, so it holds no address that only one of them understands:
links to entries are relative to the root of the site (`practices/some-id/`).
"""

import functools
import hashlib
import html
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from xml.etree import ElementTree

import nh3
from markdown import Markdown
from markdown.extensions import Extension
from markdown.inlinepatterns import InlineProcessor
from markdown.treeprocessors import Treeprocessor

from .body import CITE_KEY
from .entries.fields import is_web_address
from .links import anchor, entry_of_link, entry_url, root_of
from .lists import Lists
from .pool import Record
from .text_store import TextStore

VERSION = "6"
TAGS = {
    "a", "blockquote", "br", "code", "dd", "del", "div", "dl", "dt", "em", "h3", "h4", "h5", "h6", "hr", "li", "ol", "p", "pre",
    "strong", "sub", "sup", "table", "tbody", "td", "th", "thead", "tr", "ul",
}  # fmt: skip
ATTRIBUTES = {"a": {"href", "rel"}, "sup": {"class"}, "td": {"align"}, "th": {"align"}, "ol": {"start"}}
# What stands between two sections that are rendered in one go; and what one section may do to others: open a fence, define a link.
_BETWEEN = "\ue000section\ue000"
_REACHES_OUT = re.compile(r"```|~~~|^[\s>*+.\d-]*\[[^\]]*\]:", re.MULTILINE)
# What no text has, by the names of Python-Markdown.
_LEFT_OUT = ("html", "image_link", "image_reference", "short_image_ref", "automail")
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
        self._store = TextStore(store)
        self._kept = 0
        self._new: set[str] = set()
        self._ready: dict[str, str] = {}
        self._news: dict[str, str] = {}
        self._learnt: dict[str, str] = {}

    @property
    def rendered(self) -> int:
        """How many texts were rendered, since the store had them not."""
        return self._kept + len(self._learnt)

    def prepare(self, records: Iterable[Record]) -> None:
        """Have what is kept of the texts of some entries in memory, so that processes that are forked later need no store.

        Those that are new are rendered where they are asked for, and kept by `close`: see `news` and `learn`.
        """
        for key in map(_key, records):
            if (kept := self._store.get(key)) is None:
                self._new.add(key)
            else:
                self._ready[key] = kept

    def sections(self, record: Record) -> tuple[Section, ...]:
        """The body of an entry, section by section."""
        key = _key(record)
        kept = self._ready.get(key) or (None if key in self._new else self._store.get(key))
        if kept is None:
            kept = _rendered(record)
            if key in self._new:
                self._ready[key] = self._news[key] = kept
            else:
                self._kept += 1
                self._store.put({key: kept})
        return tuple(Section(**section) for section in json.loads(kept))

    def news(self) -> dict[str, str]:
        """The new texts that this rendered since it last told, for `learn` in another process."""
        found, self._news = self._news, {}
        return found

    def learn(self, news: Mapping[str, str]) -> None:
        """Know the texts that another process rendered."""
        self._ready |= news
        self._learnt |= news

    def close(self) -> None:
        """Write what is new and forget what no entry uses."""
        self.learn(self.news())
        self._store.put(self._learnt)
        self._store.close()


def _key(record: Record) -> str:
    """The hash of all that the text of an entry is made from."""
    parts = (VERSION, record.entry.folder, json.dumps(_numbers(record)), record.source.body)
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()


def _numbers(record: Record) -> dict[str, int]:
    return {key: number for number, key in enumerate(record.entry.sources, 1)}


def _rendered(record: Record) -> str:
    """The sections of an entry as JSON."""
    sections = record.body.sections
    made = render_each([section.text for section in sections], record.entry.folder, _numbers(record))
    numbered = enumerate(zip(sections, made, strict=True), 1)
    return json.dumps([vars(Section(f"section-{anchor(s.title) or number}", s.title, text)) for number, (s, text) in numbered])


def render_each(texts: Sequence[str], folder: str, numbers: dict[str, int]) -> list[str]:
    """Each section as `render` makes it; all in one go where none can change another, since to begin takes a third of the time."""
    whole = f"\n\n{_BETWEEN}\n\n".join(texts)
    if len(texts) > 1 and whole.count(_BETWEEN) == len(texts) - 1 and not _REACHES_OUT.search(whole):
        made = render(whole, folder, numbers).split(f"<p>{_BETWEEN}</p>")
        if len(made) == len(texts):
            return [text.strip("\n") for text in made]
    return [render(text, folder, numbers) for text in texts]


def render(markdown: str, folder: str, numbers: dict[str, int]) -> str:
    """Markdown of one section as sanitised HTML; `numbers` gives each source key its number."""
    converter, ours = _converter("`" in markdown)
    ours.folder, ours.numbers = folder, numbers
    try:
        dirty = converter.reset().convert(markdown)
    except BaseException:
        _converter.cache_clear()  # it may hold half a text
        raise
    clean = nh3.clean(dirty, tags=TAGS, attributes=ATTRIBUTES, url_schemes={"http", "https"}, link_rel=None)
    clean = re.sub(r"\s+(<sup class=\"c-cite\">)", r"\1", clean)
    return clean.replace("<table>", '<div class="c-table" tabindex="0"><table>').replace("</table>", "</table></div>")


def rebase(text: str, page: str) -> str:
    """HTML with links to entries as seen from a page (address relative to the root of the site)."""
    return _LOCAL_LINK.sub(f'href="{root_of(page)}', text)


@functools.lru_cache(maxsize=2)
def _converter(with_code: bool) -> tuple[Markdown, "_EntryText"]:
    """One converter for texts with code and one for those without, since to look for it costs much, and to make a converter more."""
    ours = _EntryText(with_code)
    converter = Markdown(extensions=["tables", "sane_lists", "fenced_code", ours], output_format="xhtml")
    converter.parser.blockprocessors["table"].config["use_align_attribute"] = True  # type: ignore[attr-defined]
    return converter, ours


class _EntryText(Extension):
    """Python-Markdown as entries need it: no HTML, no pictures, citations, links between entries.

    The folder of the entry and the numbers of its sources are set before each text.
    """

    def __init__(self, with_code: bool) -> None:
        super().__init__()
        self.left_out = (*_LEFT_OUT, *(() if with_code else ("backtick",)))
        self.folder = ""
        self.numbers: dict[str, int] = {}

    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802 - the name that Python-Markdown calls
        md.preprocessors.deregister("html_block")
        for name in self.left_out:
            md.inlinePatterns.deregister(name)
        md.inlinePatterns.register(_Citations(self), "citations", 175)
        md.preprocessors.register(Lists(), "lists", 20)  # after fenced code (25) has been put aside
        md.treeprocessors.register(_Tidy(self), "tidy", 1)


class _Citations(InlineProcessor):
    """`[@key]` or `[@one; @two]` as small numbers that lead to the list of sources."""

    def __init__(self, entry: _EntryText) -> None:
        super().__init__(r"\[(@[^\]\n]*)\]")
        self.entry = entry

    def handleMatch(self, match: re.Match[str], data: str) -> tuple[ElementTree.Element | None, int | None, int | None]:  # type: ignore[override]  # noqa: N802
        keys = [key for key in CITE_KEY.findall(match.group(1)) if key in self.entry.numbers]
        if not keys:
            return None, None, None
        mark = ElementTree.Element("sup", {"class": "c-cite"})
        for position, key in enumerate(keys):
            link = ElementTree.SubElement(mark, "a", {"href": f"#source-{self.entry.numbers[key]}"})
            link.text = str(self.entry.numbers[key])
            if position < len(keys) - 1:
                link.tail = ", "
        return mark, match.start(0), match.end(0)


class _Tidy(Treeprocessor):
    """Headings below the section's own; links between entries from the root; outside links marked."""

    def __init__(self, entry: _EntryText) -> None:
        super().__init__()
        self.entry = entry

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
            element.set("href", f"{folder or self.entry.folder}/{id}/")
        elif is_web_address(href):
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
