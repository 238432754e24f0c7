"""Data and templates to PDF, in a world that holds our templates, fonts and the data, and nothing else."""

import io
import re
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import typst

from ..letters import settable
from .document import as_json

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
_OVERFLOW = re.compile(r'card-overflow"?, "?([a-z0-9-]+)"?, "?(front|back)')


class PrintFailed(Exception):
    """A document could not be made; the message says which entry and what to do."""


@dataclass(frozen=True)
class Made:
    """A finished PDF and its number of pages."""

    pdf: bytes
    pages: int


def compile_pdf(data: Mapping[str, Any]) -> Made:
    """The PDF of a document (PDF/UA-1); raises PrintFailed. The same data and fonts give the same bytes."""
    text = settable(as_json(data))
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        for path in sorted(TEMPLATES.glob("*.typ")):
            shutil.copy(path, world)
        (world / "data.json").write_text(text, "utf-8")
        try:
            compiler = typst.Compiler(world / "main.typ", root=world, font_paths=fonts(), package_path=world, package_cache_path=world)
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            raise PrintFailed(_said(str(error))) from None
    assert isinstance(made, bytes)
    return _packed(made)


def _packed(pdf: bytes) -> Made:
    """The same document with the tags that make it accessible compressed: about half as large."""
    import pikepdf  # takes a while, and only those need it who make a PDF

    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return Made(packed.getvalue(), len(document.pages))


def font_files() -> list[Path]:
    """Our fonts by name; nothing else that a machine has is used, so that every machine makes the same bytes."""
    return sorted(path for path in FONTS.iterdir() if path.suffix in (".otf", ".ttf"))


@cache
def fonts() -> typst.Fonts:
    """Our fonts, read once."""
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS])


def _said(message: str) -> str:
    """A failure in words: which card has too much on it, or what the compiler said."""
    if not (found := _OVERFLOW.search(message)):
        return message
    long = "title, summary or first key figure" if found[2] == "front" else "first sentences"
    return f"the {found[2]} of the card of '{found[1]}' has more text than fits; shorten its {long}"
