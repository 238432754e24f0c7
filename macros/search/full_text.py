"""The full-text index over a built site, made by Pagefind from the pages that an engine wrote.

Pagefind names each page's piece of the index by a hash that only it knows; a search in the browser gives these names, so
the filter needs to know which entry each of them is. The form of the pieces is not documented: the version is pinned, and
a test reads them all (docs/adr/0007-search.md).
"""

import gzip
import json
import shutil
import subprocess
import sys
from pathlib import Path

FOLDER = "pagefind"
# Where the pages that are searched stand while the index is made, and how one says what is to be found.
_SEARCHED = ".searched"
_MARK = b"data-pagefind-body"
_MAGIC = b"pagefind_dcd"
# What Pagefind writes beside the index: interfaces of its own, which this site does not use.
_UNUSED = ("pagefind-component-ui.*", "pagefind-highlight.js", "pagefind-modular-ui.*", "pagefind-ui.*")


class IndexFailed(Exception):
    """The index could not be made; the message is what Pagefind said."""


def index(site: Path) -> dict[str, str]:
    """Index the pages of a built site; gives the index's name of each indexed address (`practices/some-id/`)."""
    for folder in (FOLDER, _SEARCHED):
        shutil.rmtree(site / folder, ignore_errors=True)
    try:
        searched = _searched(site)
        command = [sys.executable, "-m", "pagefind", "--site", str(searched), "--output-path", str(site / FOLDER), "--exclude-selectors", ".c-cite"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    finally:
        shutil.rmtree(site / _SEARCHED, ignore_errors=True)
    if done.returncode or not (site / FOLDER / "pagefind.js").is_file():
        said = dict.fromkeys(line.strip() for line in (done.stderr or done.stdout).split("\n") if line.strip())
        raise IndexFailed("\n".join(said) or f"Pagefind stopped with the code {done.returncode}; see whether the disk and the memory have room.")
    for pattern in _UNUSED:
        for path in (site / FOLDER).glob(pattern):
            path.unlink()
    return fragments(site)


def _searched(site: Path) -> Path:
    """A folder with the pages of a site that have a text to be found, since Pagefind reads all; the site itself where no page says so."""
    found = [path for path in site.rglob("*.html") if _MARK in path.read_bytes()]
    for path in found:
        beside = site / _SEARCHED / path.relative_to(site)
        beside.parent.mkdir(parents=True, exist_ok=True)
        try:
            beside.hardlink_to(path)
        except OSError:  # a system that has no such links
            shutil.copyfile(path, beside)
    return site / _SEARCHED if found else site


def fragments(site: Path) -> dict[str, str]:
    """The index's name of each indexed address, read from the index; empty where there is none."""
    found = {}
    for path in sorted((site / FOLDER / "fragment").glob("*.pf_fragment")):
        piece = gzip.decompress(path.read_bytes())
        if not piece.startswith(_MAGIC):
            raise IndexFailed(f"{path.name} is not a piece of an index that this version knows")
        found[json.loads(piece[len(_MAGIC) :])["url"].lstrip("/")] = path.stem
    return found
