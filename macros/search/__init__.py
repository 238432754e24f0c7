"""What the browser searches with: facets as compact columns, the words of the pool, full text by Pagefind.

All of it is made after the engine, from the catalogue and from the pages that stand in the built site.
"""

import json
from pathlib import Path
from typing import Any

from ..views.site import Site
from .data import FOLDER, entries_data, summaries_data
from .full_text import IndexFailed, fragments, index
from .words import words_data

__all__ = ["IndexFailed", "write_search"]


def write_search(built: Path, site: Site, anew: bool = True) -> None:
    """Write the index and the data of Explore into a built site; raises IndexFailed.

    With `anew` false an index and words that stand are kept, so that a live preview is quick; titles and facets are always made.
    """
    names = fragments(built) if not anew else {}
    names = names or index(built)
    _write(built / FOLDER / "entries.json", entries_data(site, names))
    _write(built / FOLDER / "summaries.json", summaries_data(site))
    if anew or not (built / FOLDER / "words.json").is_file():
        _write(built / FOLDER / "words.json", words_data(site))


def _write(path: Path, data: Any) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
