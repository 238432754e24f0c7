"""What is known only when the downloads stand: their sizes on `/data/`, and their checksums.

The page is made before the files, so it has an empty cell for each size, and a row for files that may not be there.
"""

import hashlib
import re
from collections.abc import Iterable
from pathlib import Path

from ..views.site import Site

_ROW = re.compile(r'<tr data-file="([^"]*)"(?: hidden)?>(.*?)</tr>', re.DOTALL)
_SIZE = re.compile(r"(<td[^>]* data-size>)[^<]*(</td>)")


def sums(built: Path, names: Iterable[str]) -> bytes:
    """`SHA256SUMS` of some files in `data/`, as `sha256sum --check` reads it there."""
    inside = sorted(name.removeprefix("data/") for name in names if name.startswith("data/"))
    lines = (f"{hashlib.sha256((built / 'data' / name).read_bytes()).hexdigest()}  {name}\n" for name in inside)
    return "".join(lines).encode()


def fill_in(built: Path, site: Site) -> None:
    """Give each file on `/data/` its size, and hide the rows of files that were not made."""
    page = built / "data" / "index.html"
    if not page.is_file():
        return

    def row(match: re.Match[str]) -> str:
        name, cells = match.groups()
        file = built / name
        if not file.is_file():
            return f'<tr data-file="{name}" hidden>{cells}</tr>'
        told = f"\\g<1>{size(file.stat().st_size, site)}\\g<2>"
        return f'<tr data-file="{name}">{_SIZE.sub(told, cells)}</tr>'

    before = page.read_text("utf-8")
    after = _ROW.sub(row, before)
    if after != before:
        page.write_text(after, "utf-8")


def size(number: int, site: Site) -> str:
    """A number of bytes as people say it: `12 KB`, `3.4 MB`."""
    if number < 1_000_000:
        return site.strings("data.kilobytes", n=max(1, round(number / 1000)))
    return site.strings("data.megabytes", n=f"{number / 1_000_000:.1f}")
