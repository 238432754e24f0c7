"""The pages of a site as an engine built it."""

import os
from collections.abc import Iterable, Iterator
from pathlib import Path


def html_files(built: Path, but: Iterable[Path] = ()) -> Iterator[Path]:
    """Every page, in a steady order, but some files and what stands in some folders.

    What stands in a hidden folder is at work there for a while and no part of the site.
    """
    passed = set(map(str, but))
    for folder, folders, files in os.walk(built):
        folders[:] = sorted(name for name in folders if not name.startswith(".") and f"{folder}{os.sep}{name}" not in passed)
        for name in sorted(files):
            if name.endswith(".html") and (place := f"{folder}{os.sep}{name}") not in passed:
                yield Path(place)
