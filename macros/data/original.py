"""What a publisher offers, read as rows: CSV files, workbooks, or a folder of them; nothing in it is executed."""

import csv
import io
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.request import Request, urlopen
from xml.etree import ElementTree

from ..problems import listed, shown
from .recipe import Long

# A publisher's file may be larger than ours, but not without end.
MOST_BYTES = 200_000_000
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_TIED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
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
    for table in _tables(name, found):
        head = next(table, [])
        heads.append(", ".join(head))
        if needed <= set(head) and any(place in head for place in recipe.place):
            return [dict(zip(head, cells, strict=False)) for cells in table if cells]
    wanted = listed([" or ".join(recipe.place), *sorted(needed)], 20)
    raise NotOriginal(f"{name} must have a table whose first line names {wanted}; found {shown('; '.join(heads), 300)}")


def _tables(name: str, found: bytes) -> Iterator[Iterator[list[str]]]:
    """Each table of a file, as the lists of its cells."""
    if not found.startswith(b"PK"):
        try:
            yield csv.reader(io.StringIO(found.decode("utf-8-sig"), newline=""))
        except UnicodeDecodeError:
            raise NotOriginal(f"{name} must be a workbook, or CSV in UTF-8") from None
        return
    try:
        with zipfile.ZipFile(io.BytesIO(found)) as book:
            if sum(part.file_size for part in book.infolist()) > 5 * MOST_BYTES:
                raise NotOriginal(f"{name} must be at most {5 * MOST_BYTES // 1_000_000} MB when it is unpacked")
            words = _shared(book)
            for sheet in _sheets(book):
                yield _cells(_parsed(book, sheet), words)
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        raise NotOriginal(f"{name} must be a workbook that can be opened") from None


def _parsed(book: zipfile.ZipFile, part: str) -> ElementTree.Element:
    """A part of a workbook; raises NotOriginal if it declares entities, which no spreadsheet does and attacks need."""
    text = book.read(part)
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text:
        raise NotOriginal(f"{part} must declare no entities")
    return ElementTree.fromstring(text)  # noqa: S314 - without entities


def _sheets(book: zipfile.ZipFile) -> list[str]:
    """The parts of a workbook that hold its sheets, in the order of the sheets."""
    targets = {tie.get("Id"): tie.get("Target", "") for tie in _parsed(book, "xl/_rels/workbook.xml.rels")}
    sheets = _parsed(book, "xl/workbook.xml").iter(f"{_MAIN}sheet")
    return [f"xl/{targets[sheet.get(_TIED)].removeprefix('/xl/')}" for sheet in sheets]


def _shared(book: zipfile.ZipFile) -> list[str]:
    if "xl/sharedStrings.xml" not in book.namelist():
        return []
    found = _parsed(book, "xl/sharedStrings.xml")
    return ["".join(part.text or "" for part in one.iter(f"{_MAIN}t")) for one in found.iter(f"{_MAIN}si")]


def _cells(sheet: ElementTree.Element, words: Sequence[str]) -> Iterator[list[str]]:
    """The rows of a sheet; a cell that is left out is empty."""
    for row in sheet.iter(f"{_MAIN}row"):
        cells: list[str] = []
        for cell in row.iter(f"{_MAIN}c"):
            column = 0
            for sign in cell.get("r", ""):
                column = column * 26 + ord(sign) - 64 if sign.isalpha() else column
            cells += [""] * (column - 1 - len(cells))
            value = cell.findtext(f"{_MAIN}v") or ""
            if cell.get("t") == "s":
                value = words[int(value)]
            elif cell.get("t") == "inlineStr":
                value = "".join(part.text or "" for part in cell.iter(f"{_MAIN}t"))
            cells.append(value)
        yield cells
