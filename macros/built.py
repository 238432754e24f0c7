"""The pages of a site as an engine built it."""

import os
from collections.abc import Iterator
from pathlib import Path


def html_files(built: Path) -> Iterator[Path]:
    """Every page, in a steady order; what stands in a hidden folder is at work there for a while and no part of the site."""
    for folder, folders, files in os.walk(built):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(folder, name) for name in sorted(files) if name.endswith(".html"))
