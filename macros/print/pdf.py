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

import pikepdf
import typst

from .document import as_json

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
# Chinese, Japanese and Korean need large fonts, which are not shipped; these are where systems keep them.
CJK_FOLDERS = (Path("/usr/share/fonts/opentype/noto"), Path("/usr/share/fonts/google-noto-cjk"), Path("/usr/share/fonts/noto-cjk"))
CJK_FONTS = "NotoSansCJK-*.ttc"
_CJK = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef\U00020000-\U0003ffff]")
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
    text = as_json(data)
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        for path in sorted(TEMPLATES.glob("*.typ")):
            shutil.copy(path, world)
        (world / "data.json").write_text(text, "utf-8")
        try:
            compiler = typst.Compiler(
                world / "main.typ", root=world, font_paths=fonts(bool(_CJK.search(text))), package_path=world, package_cache_path=world
            )
            made = compiler.compile(format="pdf", pdf_standards=["ua-1"])
        except typst.TypstError as error:
            raise PrintFailed(_said(str(error))) from None
    assert isinstance(made, bytes)
    return _packed(made)


def _packed(pdf: bytes) -> Made:
    """The same document with the tags that make it accessible compressed: about half as large."""
    packed = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(packed, object_stream_mode=pikepdf.ObjectStreamMode.generate, deterministic_id=True)
        return Made(packed.getvalue(), len(document.pages))


@cache
def fonts(cjk: bool) -> typst.Fonts:
    """Our own fonts, and the system's for Chinese, Japanese and Korean where a document has them; no other font of the machine."""
    found = [path.parent for folder in CJK_FOLDERS for path in sorted(folder.glob(CJK_FONTS))[:1]] if cjk else []
    return typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[FONTS, *found])


def _said(message: str) -> str:
    """A failure in words: which card has too much on it, or what the compiler said."""
    if not (found := _OVERFLOW.search(message)):
        return message
    long = "title, summary or first key figure" if found[2] == "front" else "first sentences"
    return f"the {found[2]} of the card of '{found[1]}' has more text than fits; shorten its {long}"
