"""What the browser searches with: facets as compact columns, the words of the pool, full text by Pagefind.

All of it is made after the engine, from the catalogue and from the pages that stand in the built site.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ..json_line import json_line
from ..kept import put
from ..views.site import Site
from .data import FOLDER, entries_data, fragments_data, summaries_data
from .full_text import begin_aside, fragments, index, parts_of, put_aside
from .pieces import IndexFailed
from .words import words_data

__all__ = ["IndexFailed", "begin_aside", "entries_data", "full_text", "parts_of", "put_aside", "words_data", "write_search", "write_words"]


def full_text(built: Path, anew: bool = True, aside: bool = False) -> dict[str, str]:
    """Index a built site, or with `anew` false keep the index that stands; gives its name of each indexed address. Raises IndexFailed.

    With `aside` the articles of all pages are put aside already.
    """
    return (fragments(built) if not anew else {}) or index(built, aside)


def write_search(built: Path, site: Site, names: Mapping[str, str], entries: Mapping[str, Any] | None = None) -> None:
    """Write titles, facets and summaries of all entries into a built site; `names` are those of the full-text index.

    `entries` is what `entries_data` gives, where that was made while the index was.
    """
    _write(built / FOLDER / "entries.json", {**(entries or entries_data(site)), "fragments": fragments_data(site, names)})
    _write(built / FOLDER / "summaries.json", summaries_data(site))


def write_words(built: Path, site: Site, words: list[str] | None = None) -> None:
    """Write the words of the pool into a built site; where none are given those that stand are kept, so that a live preview is quick."""
    if words is not None or not (built / FOLDER / "words.json").is_file():
        _write(built / FOLDER / "words.json", words_data(site) if words is None else words)


def _write(path: Path, data: Any) -> None:
    put(path, (json_line(data) + "\n").encode())
