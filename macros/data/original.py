"""What a publisher offers, read as rows: CSV files, workbooks, or a folder of them; nothing in it is executed."""

import csv
import io
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen

from ..problems import listed, shown
from .recipe import Long

# A publisher's file may be larger than ours, but not without end.
MOST_BYTES = 200_000_000
_WAIT = 120


class NotOriginal(ValueError):
    """What was given is not what the publisher offers; the message says what was looked for."""


@dataclass(frozen=True)
class Original:
    """The rows of the publisher's table, each by the names of its columns, and the files they came from."""

    rows: tuple[Mapping[str, str], ...]
    files: tuple[str, ...]


def originals(given: Path, endings: Sequence[str]) -> list[Path]:
    """The file that was given, or those of a folder that have one of the endings, by name; raises NotOriginal if there is none."""
    if given.is_file():
        return [given]
    found = sorted(path for path in given.iterdir() if path.is_file() and path.suffix.lower() in endings)
    if not found:
        raise NotOriginal(f"{given} must hold files that end in {listed(endings, 5)}; found none")
    return found


def bytes_of(path: Path) -> bytes:
    """The bytes of a file; raises NotOriginal if it is larger than any publisher's."""
    if path.stat().st_size > MOST_BYTES:
        raise NotOriginal(f"{path} must be at most {MOST_BYTES // 1_000_000} MB")
    return path.read_bytes()


def fetched(address: str) -> bytes:
    """The bytes at an address, over https only; raises OSError if it does not answer."""
    if not address.startswith("https://"):
        raise NotOriginal(f"an address must begin with https://; found {shown(address)}")
    # Some publishers refuse a client that does not say who it is.
    request = Request(address, headers={"User-Agent": "commons-data/1"})  # noqa: S310 - https only, see above
    with urlopen(request, timeout=_WAIT) as answer:  # noqa: S310 - https only, see above
        found: bytes = answer.read(MOST_BYTES + 1)
    if len(found) > MOST_BYTES:
        raise NotOriginal(f"what {address} sends must be at most {MOST_BYTES // 1_000_000} MB")
    return found


def original_of(files: Sequence[tuple[str, bytes]], recipe: Long) -> Original:
    """The rows of all files (name, bytes) that hold the columns of a recipe; raises NotOriginal if one of the files does not."""
    rows: list[Mapping[str, str]] = []
    for name, found in files:
        rows.extend(_rows(name, found, recipe))
    return Original(tuple(rows), tuple(name for name, _ in files))


def _rows(name: str, found: bytes, recipe: Long) -> list[dict[str, str]]:
    needed = {recipe.year, recipe.unit, recipe.value, *recipe.keep, *recipe.by.values()}
    needed |= {column for cell in recipe.cells.values() for column in cell.where}
    heads = []
    try:
        for table in _tables(name, found):
            head = next(table, [])
            heads.append(", ".join(head))
            if needed <= set(head) and any(place in head for place in recipe.place):
                return [dict(zip(head, cells, strict=False)) for cells in table if cells]
    except csv.Error as error:
        raise NotOriginal(f"{name} must be CSV that can be read; found: {error}") from None
    wanted = listed([" or ".join(recipe.place), *sorted(needed)], 20)
    raise NotOriginal(f"{name} must have a table whose first line names {wanted}; found {shown('; '.join(heads), 300)}")


def _tables(name: str, found: bytes) -> Iterator[Iterator[list[str]]]:
    """Each table of a file, as the lists of its cells."""
    if found.startswith(b"PK"):
        # Only this command reads workbooks, so no other waits for the library.
        from .workbook import tables

        return tables(name, found)
    try:
        return iter([csv.reader(io.StringIO(found.decode("utf-8-sig"), newline=""))])
    except UnicodeDecodeError:
        raise NotOriginal(f"{name} must be a workbook, or CSV in UTF-8") from None
