"""The full-text index over a built site, made by Pagefind from the pages that an engine wrote.

Pagefind names each page's piece of the index by a hash that only it knows; a search in the browser gives these names, so
the filter needs to know which entry each of them is. The form of the pieces is not documented: the version is pinned, and
a test reads them all (docs/adr/0007-search.md).

Pagefind holds all pages at once, some 240 kB for each, so a very large pool is indexed in parts, which a browser searches as
one. A query then loads something of each part, so there are no more parts than memory asks for.
"""

import gzip
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from ..kept import put
from ..short_addresses import FOLDER as SHORT

FOLDER = "pagefind"
# Pages in one part of an index.
LARGEST = 12_000
# Where the pages that are searched stand while the index is made, and how one says what is to be found.
_SEARCHED = ".searched"
_MARK = b"data-pagefind-body"
# What of a page is of use to the index: its language, and the article, a fifth of its bytes.
_HTML = re.compile(rb"<html[^>]*>")
_ARTICLE = re.compile(rb"<article.*</article>", re.DOTALL)
_MAGIC = b"pagefind_dcd"
# What Pagefind writes beside the index: interfaces of its own, which this site does not use.
_UNUSED = ("pagefind-component-ui.*", "pagefind-highlight.js", "pagefind-modular-ui.*", "pagefind-ui.*")


class IndexFailed(Exception):
    """The index could not be made; the message is what Pagefind said."""


def index(site: Path) -> dict[str, str]:
    """Index the pages of a built site; gives the index's name of each indexed address (`practices/some-id/`).

    The first part stands in `pagefind/`, further ones in `pagefind/2/` and so on; `pagefind/parts.json` names these, for the browser.
    """
    shutil.rmtree(site / _SEARCHED, ignore_errors=True)
    divided = _divided(sorted(path for path in _pages(site) if _MARK in path.read_bytes()))
    try:
        while moved := _index_parts(site, divided):
            page, to = moved
            divided = [sorted([*(path for path in part if path != page), *([page] if n == to else [])]) for n, part in enumerate(divided)]
    finally:
        shutil.rmtree(site / _SEARCHED, ignore_errors=True)
    for pattern in _UNUSED:
        for path in (site / FOLDER).rglob(pattern):
            path.unlink()
    put(site / FOLDER / "parts.json", json.dumps(parts(site)).encode())
    return fragments(site)


def _pages(site: Path) -> Iterator[Path]:
    """Every page of a built site but the short addresses, which may be made meanwhile and have no text."""
    for folder, folders, files in os.walk(site):
        if Path(folder) == site and SHORT in folders:
            folders.remove(SHORT)
        yield from (Path(folder, name) for name in files if name.endswith(".html"))


def _divided(pages: Sequence[Path]) -> list[Sequence[Path]]:
    """Parts of the same size, none larger than may be; one that is empty where no page says that it has a text to be found."""
    number = -(-len(pages) // LARGEST) or 1
    return [pages[n * len(pages) // number : (n + 1) * len(pages) // number] for n in range(number)]


def _index_parts(site: Path, divided: Sequence[Sequence[Path]]) -> tuple[Path, int] | None:
    """Index each part; gives a page that has the same name in its part as one of an earlier part, and the place of that one.

    Pagefind sees to it that names differ within a part; in a browser they must differ among all.
    """
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    place: dict[str, int] = {}
    for number, pages in enumerate(divided):
        folder = site / FOLDER / (str(number + 1) if number else "")
        _index_part(_searched(site, pages, number), folder)
        for address, name in _names(folder).items():
            if name in place:
                return site / address / "index.html", place[name]
            place[name] = number
    return None


def _index_part(searched: Path, output: Path) -> None:
    command = [sys.executable, "-m", "pagefind", "--site", str(searched), "--output-path", str(output), "--exclude-selectors", ".c-cite"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode or not (output / "pagefind.js").is_file():
        said = dict.fromkeys(line.strip() for line in (done.stderr or done.stdout).split("\n") if line.strip())
        raise IndexFailed("\n".join(said) or f"Pagefind stopped with the code {done.returncode}; see whether the disk and the memory have room.")


def _searched(site: Path, pages: Sequence[Path], number: int) -> Path:
    """A folder with the pages of a part, since Pagefind reads all that is in one; the site itself where there are none."""
    shutil.rmtree(site / _SEARCHED, ignore_errors=True)
    folder = site / _SEARCHED / str(number)
    for page in pages:
        put(folder / page.relative_to(site), _article(page.read_bytes()))
    return folder if pages else site


def _article(page: bytes) -> bytes:
    """A page with nothing but its article; the whole page where something to be found stands outside of that."""
    html, article = _HTML.search(page), _ARTICLE.search(page)
    if html is None or article is None or article.group().count(_MARK) != page.count(_MARK):
        return page
    return b"<!doctype html>" + html.group() + b"<body>" + article.group() + b"</body></html>"


def parts(site: Path) -> list[str]:
    """The names of the further parts of the index of a site (`2`, `3`), in order."""
    return sorted((path.name for path in (site / FOLDER).glob("[0-9]*")), key=int)


def fragments(site: Path) -> dict[str, str]:
    """The index's name of each indexed address, read from the index; empty where there is none."""
    return {address: name for folder in ("", *parts(site)) for address, name in _names(site / FOLDER / folder).items()}


def _names(folder: Path) -> dict[str, str]:
    """The name of each address of one part."""
    found = {}
    for path in sorted((folder / "fragment").glob("*.pf_fragment")):
        piece = gzip.decompress(path.read_bytes())
        if not piece.startswith(_MAGIC):
            raise IndexFailed(f"{path.name} is not a piece of an index that this version knows")
        found[json.loads(piece[len(_MAGIC) :])["url"].lstrip("/")] = path.stem
    return found
