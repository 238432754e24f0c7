"""Data and templates to PDF, in a world that holds our templates, fonts and the data, and nothing else."""

import json
import re
import shutil
import tempfile
from pathlib import Path
from typing import Any

import typst

HERE = Path(__file__).parent
TEMPLATES = HERE / "templates"
FONTS = HERE / "fonts"
_OVERFLOW = re.compile(r'card-overflow"?, "?([a-z0-9-]+)"?, "?(front|back)')


class PrintFailed(Exception):
    """A document could not be made; the message says which entry and what to do."""


def compile_pdf(data: dict[str, Any]) -> bytes:
    """The PDF of a document (PDF/UA-1); raises PrintFailed. The same data give the same bytes."""
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        for path in sorted(TEMPLATES.glob("*.typ")):
            shutil.copy(path, world)
        (world / "data.json").write_text(json.dumps(data, ensure_ascii=False), "utf-8")
        try:
            # Scripts that our fonts lack (Chinese, Japanese, Korean) come from the system, where it has fonts for them.
            return typst.compile(
                world / "main.typ", root=world, font_paths=[FONTS], pdf_standards=["ua-1"], package_path=world, package_cache_path=world
            )
        except typst.TypstError as error:
            raise PrintFailed(_said(str(error))) from None


def _said(message: str) -> str:
    """A failure in words: which card has too much on it, or what the compiler said."""
    if not (found := _OVERFLOW.search(message)):
        return message
    long = "title, summary or first key figure" if found[2] == "front" else "first sentences"
    return f"the {found[2]} of the card of '{found[1]}' has more text than fits; shorten its {long}"
