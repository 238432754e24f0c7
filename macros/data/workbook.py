"""The tables of a workbook (.xlsx) as rows of text; what a stranger put into it is neither run nor unpacked without end."""

import io
import os
import warnings
import zipfile
from collections.abc import Iterator
from contextlib import closing
from typing import Any, TypeVar

from defusedxml.common import DefusedXmlException

# Where openpyxl finds lxml it reads some parts with that, and no longer with defusedxml, which refuses entities.
os.environ["OPENPYXL_LXML"] = "False"

import openpyxl

from .original import NotOriginal

# It warns of styles and print settings that it passes over; none of them is read here.
warnings.filterwarnings("ignore", module=r"openpyxl\.")

# Unpacked; far more than any table of the publishers here.
MOST_UNPACKED = 500_000_000
# A sheet can claim to be wider and longer than any program shows.
MOST_COLUMNS, MOST_ROWS = 1_000, 1_048_576
Some = TypeVar("Some")


def tables(name: str, found: bytes) -> Iterator[Iterator[list[str]]]:
    """Each sheet of a file as its rows, from the first that is not empty, and as wide as that; raises NotOriginal, also while rows are taken."""
    return _judged(name, _tables(name, found))


def _judged(name: str, parts: Iterator[Some]) -> Iterator[Some]:
    """The same parts; raises NotOriginal in place of what the library raises, which may be nearly anything for a spoilt file."""
    try:
        yield from parts
    except NotOriginal:
        raise
    except Exception as error:
        if isinstance(error, DefusedXmlException) or isinstance(error.__cause__, DefusedXmlException):
            raise NotOriginal(f"{name} must declare no entities") from None
        raise NotOriginal(f"{name} must be a workbook that can be opened") from None


def _tables(name: str, found: bytes) -> Iterator[Iterator[list[str]]]:
    with zipfile.ZipFile(io.BytesIO(found)) as parts:
        # A part never gives more than it declares here; its sum is wrong then, and it is refused.
        if sum(part.file_size for part in parts.infolist()) > MOST_UNPACKED:
            raise NotOriginal(f"{name} must be at most {MOST_UNPACKED // 1_000_000} MB when it is unpacked")
    with closing(openpyxl.load_workbook(io.BytesIO(found), read_only=True, data_only=True, keep_links=False)) as book:
        for sheet in book.worksheets:
            yield _judged(name, _rows(sheet))


def _rows(sheet: Any) -> Iterator[list[str]]:
    sheet.reset_dimensions()  # what the sheet says of its size need not be so
    width = 0
    for row in sheet.iter_rows(max_row=MOST_ROWS, max_col=MOST_COLUMNS, values_only=True):
        width = width or max((number for number, value in enumerate(row, 1) if value is not None), default=0)
        if width:
            yield ["" if value is None else str(value) for value in row[:width]]
