"""The full-text index over a built site, made by Pagefind from the pages that an engine wrote.

Pagefind names each page's piece of the index by a hash that only it knows; a search in the browser gives these names, so
the filter needs to know which entry each of them is. The form of the pieces is not documented: the version is pinned, and
a test reads them all (docs/adr/0007-search.md).

Pagefind holds all pages at once, some 240 kB for each, so a large pool is indexed in parts, which are joined afterwards (joined.py).
"""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from itertools import count, islice
from pathlib import Path

from ..built import html_files
from ..kept import put
from ..short_addresses import FOLDER as SHORT
from .joined import join
from .pieces import IndexFailed, read_piece

FOLDER = "pagefind"
# Pages in one part of an index.
LARGEST = 3_500
# Where the pages that are searched stand while the index is made, and how one says what is to be found.
_SEARCHED = ".searched"
_MARK = b"data-pagefind-body"
# What of a page is of use to the index: its language, and the article, a fifth of its bytes.
_HTML = re.compile(rb"<html[^>]*>")
_ARTICLE = re.compile(rb"<article.*</article>", re.DOTALL)
# What the index leaves out: by itself, and where a page says so.
_LEFT_OUT = (b"data-pagefind-ignore", b"<script", b"<svg")
_TAG = re.compile(rb"<([a-z][a-z0-9-]*)[\s>]")
# What Pagefind writes beside the index: interfaces of its own, which this site does not use.
_UNUSED = ("pagefind-component-ui.*", "pagefind-highlight.js", "pagefind-modular-ui.*", "pagefind-ui.*")


def index(site: Path, aside: bool = False) -> dict[str, str]:
    """Index the pages of a built site, in `pagefind/`; gives the index's name of each indexed address (`practices/some-id/`).

    With `aside` the articles of all pages are put aside already.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    with ThreadPoolExecutor(1) as meanwhile:
        try:
            if not aside:
                begin_aside(site)
            whole, *others = _index_parts(site, _parts_aside(site) if aside else _searched(site))
            if others:
                join(whole, others)
        finally:
            meanwhile.submit(shutil.rmtree, site / _SEARCHED, ignore_errors=True)
        for pattern in _UNUSED:
            for path in (site / FOLDER).glob(pattern):
                path.unlink()
        return fragments(site)


def begin_aside(site: Path) -> None:
    """Have nothing put aside, whatever an earlier build left."""
    shutil.rmtree(site / _SEARCHED, ignore_errors=True)


def put_aside(site: Path, path: Path, page: bytes, number: int) -> None:
    """Put the article of a page aside while it is in memory, so that it need not be read again; `number` is its place among all pages."""
    if _MARK in page:
        put(site / _SEARCHED / f"part-{number // LARGEST}" / path.relative_to(site), _article(page))


def _parts_aside(site: Path) -> Iterator[Path]:
    """The folders of articles that are put aside."""
    yield from sorted((site / _SEARCHED).glob("part-*"), key=lambda folder: int(folder.name.removeprefix("part-")))


def _index_parts(site: Path, folders: Iterator[Path]) -> list[Path]:
    """Index one part after another; gives their folders. While Pagefind has one, the next is made ready."""
    indexed: list[Path] = []
    folder = next(folders, None) or site
    while True:
        output = site / _SEARCHED / f"index-{len(indexed)}" if indexed else site / FOLDER
        with _pagefind(folder, output):
            following = next(folders, None)
        indexed.append(output)
        if not following:
            return indexed
        folder = following


@contextmanager
def _pagefind(searched: Path, output: Path) -> Iterator[None]:
    """Let Pagefind index a folder while something else is done."""
    command = [sys.executable, "-m", "pagefind", "--site", str(searched), "--output-path", str(output), "--exclude-selectors", ".c-cite"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        try:
            yield
            told, wrong = running.communicate()
        except BaseException:
            running.kill()
            raise
    if running.returncode or not (output / "pagefind.js").is_file():
        said = dict.fromkeys(line.strip() for line in (wrong or told).split("\n") if line.strip())
        raise IndexFailed("\n".join(said) or f"Pagefind stopped with the code {running.returncode}; see whether the disk and the memory have room.")


def _searched(site: Path) -> Iterator[Path]:
    """A folder for each part, since Pagefind reads all that is in one: the articles of the pages that have a text to be found.

    When the next folder is asked for, Pagefind has the last one, and those before it are not needed any more.
    """
    searched = ((path, page) for path in list(_pages(site)) if _MARK in (page := path.read_bytes()))
    before: list[Path] = []
    for number in count():
        folder = site / _SEARCHED / f"part-{number}"
        for path, page in islice(searched, LARGEST):
            put(folder / path.relative_to(site), _article(page))
        if not folder.is_dir():
            return
        yield folder
        for used in before:
            shutil.rmtree(used)
        before = [folder]


def _pages(site: Path) -> Iterator[Path]:
    """Every page of a built site but the short addresses, which may be made meanwhile and have no text."""
    return (path for path in html_files(site) if path.relative_to(site).parts[0] != SHORT)


def _article(page: bytes) -> bytes:
    """A page with nothing but what is to be found of its article; the whole page where something to be found stands outside of that."""
    html, article = _HTML.search(page), _ARTICLE.search(page)
    if html is None or article is None or article.group().count(_MARK) != page.count(_MARK):
        return page
    text = article.group()
    for mark in _LEFT_OUT:
        text = _without(text, mark)
    return b"<!doctype html>" + html.group() + b"<body>" + text + b"</body></html>"


def _without(text: bytes, mark: bytes) -> bytes:
    """HTML without the elements that have a mark in their first tag, and that the index leaves out: most of the bytes of a page.

    One that holds another of its name, whose end is therefore not the first, or something that the index is told, stays.
    """
    kept, after, at = [], 0, text.find(mark)
    while at >= 0:
        start = text.rfind(b"<", after, at + 1)
        tag = _TAG.match(text, start) if start >= 0 else None
        if tag and text.find(b">", start) > at:
            inside, end = text.find(b">", at) + 1, text.find(b"</%b>" % tag[1], at)
            if end > 0 and not text.count(b"<%b" % tag[1], inside, end) and not text.count(b"data-pagefind-", inside, end):
                kept.append(text[after:start])
                after = end + len(tag[1]) + 3
        at = text.find(mark, max(after, at + 1))
    return b"".join((*kept, text[after:]))


def fragments(site: Path) -> dict[str, str]:
    """The index's name of each indexed address, read from the index; empty where there is none."""
    found = {}
    for path in sorted((site / FOLDER / "fragment").glob("*.pf_fragment")):
        found[json.loads(read_piece(path))["url"].lstrip("/")] = path.stem
    return found
