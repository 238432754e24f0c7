"""The full-text index over a built site, made by Pagefind from the pages that an engine wrote.

Pagefind names each page's piece of the index by a hash that only it knows; a search in the browser gives these names, so
the filter needs to know which entry each of them is. The form of the pieces is not documented: the version is pinned, and
a test reads them all (docs/adr/0007-search.md).

Pagefind holds all pages at once, some 240 kB for each, so a large pool is indexed in parts, which are joined afterwards (joined.py).
With its threads it takes a tenth more of the processors than with one for each part, so that two parts are indexed side by side;
and since its threads have nothing to do for a part of the time, two parts are sooner made than one of all but a small pool.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

from pagefind_bin_extended import get_executable

from ..ahead import processors
from ..built import html_files
from ..kept import put
from ..short_addresses import FOLDER as SHORT
from .joined import join
from .pieces import IndexFailed, read_piece

FOLDER = "pagefind"
# The most pages in one part of an index, how many parts are indexed at once, and the fewest pages that are worth as many.
LARGEST = 1_750
_AT_ONCE = 2
FEWEST = 1_000
# Where the pages that are searched stand while the index is made, and how one says what is to be found.
_SEARCHED = ".searched"
_MARK = b"data-pagefind-body"
# What of a page is of use to the index: its language, and the article, a fifth of its bytes.
_HTML = re.compile(rb"<html[^>]*>")
_ARTICLE, _ARTICLE_END = b"<article", b"</article>"
# What the index leaves out: by itself, and where a page says so.
_LEFT_OUT = (b"data-pagefind-ignore", b"<script", b"<svg")
_TAG = re.compile(rb"<([a-z][a-z0-9-]*)[\s>]")
# How what the index has of a page begins, and how much of it has the address of nearly every page.
_URL, _FIRST = b'{"url":', json.JSONDecoder()
_BEGINNING = 200
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
                _put_all_aside(site)
            _index_parts(site, list(_parts_aside(site)))
        finally:
            meanwhile.submit(shutil.rmtree, site / _SEARCHED, ignore_errors=True)
        for pattern in _UNUSED:
            for path in (site / FOLDER).glob(pattern):
                path.unlink()
        return fragments(site)


def begin_aside(site: Path) -> None:
    """Have nothing put aside, whatever an earlier build left."""
    shutil.rmtree(site / _SEARCHED, ignore_errors=True)


def parts_of(pages: int) -> list[int]:
    """The part of the index in which each of so many pages is, in their order; the same on every machine."""
    parts = max(-(-pages // LARGEST), _AT_ONCE if pages >= FEWEST else 1)
    return [number * parts // pages for number in range(pages)]


def put_aside(site: Path, path: Path, page: bytes, part: int) -> None:
    """Put the article of a page aside for its part of the index while it is in memory, so that it need not be read again."""
    if _MARK in page:
        put(site / _SEARCHED / f"part-{part}" / path.relative_to(site), _article(page))


def _parts_aside(site: Path) -> Iterator[Path]:
    """The folders of articles that are put aside: one for each part, since Pagefind reads all that is in one."""
    yield from sorted((site / _SEARCHED).glob("part-*"), key=lambda folder: int(folder.name.removeprefix("part-")))


def _index_parts(site: Path, parts: Sequence[Path]) -> None:
    """Index all parts, and join them where there are several."""
    if len(parts) < 2:
        _pagefind(parts[0] if parts else site, site / FOLDER)
        return
    indexed = [site / FOLDER, *(site / _SEARCHED / f"index-{n}" for n in range(1, len(parts)))]
    places = list(range(processors()))
    with ThreadPoolExecutor(min(_AT_ONCE, len(places)), initializer=_stay, initargs=(places,)) as workers:
        list(workers.map(_pagefind, parts, indexed))
    join(indexed[0], indexed[1:])


def _stay(places: list[int]) -> None:
    """Keep this thread and the programs that it starts on one of the processors, by the last of `places`, where the system lets it (Linux)."""
    place = places.pop()
    if sys.platform == "linux":
        os.sched_setaffinity(0, {sorted(os.sched_getaffinity(0))[place]})


def _pagefind(searched: Path, output: Path) -> None:
    """Let Pagefind index a folder."""
    command = [str(get_executable()), "--site", str(searched), "--output-path", str(output), "--exclude-selectors", ".c-cite"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (output / "pagefind.js").is_file():
        said = dict.fromkeys(line.strip() for line in (done.stderr or done.stdout).split("\n") if line.strip())
        raise IndexFailed("\n".join(said) or f"Pagefind stopped with the code {done.returncode}; see whether the disk and the memory have room.")


def _put_all_aside(site: Path) -> None:
    """Read every page of a built site, and put its article aside."""
    pages = list(_pages(site))
    for part, path in zip(parts_of(len(pages)), pages, strict=True):
        put_aside(site, path, path.read_bytes(), part)


def _pages(site: Path) -> Iterator[Path]:
    """Every page of a built site but the short addresses, which may be made meanwhile and have no text."""
    return html_files(site, but=[site / SHORT])


def _article(page: bytes) -> bytes:
    """A page with nothing but what is to be found of its article; the whole page where something to be found stands outside of that."""
    html, start, end = _HTML.search(page), page.find(_ARTICLE), page.rfind(_ARTICLE_END)
    if html is None or not 0 <= start < end or page.count(_MARK, start, end) != page.count(_MARK):
        return page
    text = page[start : end + len(_ARTICLE_END)]
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
        found[_address(path)] = path.stem
    return found


def _address(path: Path) -> str:
    """The address of a page, of which a fragment tells before it has its whole text."""
    for most in (_BEGINNING, None):
        fragment = read_piece(path, most)
        if not fragment.startswith(_URL):
            raise IndexFailed("A page of the index does not begin with its address; this version does not know such an index.")
        with suppress(ValueError):  # the beginning ends within a long address, or within a letter
            address, _ = _FIRST.raw_decode(fragment.decode(errors="ignore"), len(_URL))
            return str(address).lstrip("/")
    raise IndexFailed(f"{path.name} does not tell the address of its page")
