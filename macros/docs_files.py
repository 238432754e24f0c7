"""Files beside the hand-written pages: pictures and tables that are what their names say, small, and nothing but that.

They are copied to the site as they are. A picture that is none, or that has a program in it, would run with the rights of
the site for whoever opens it.
"""

import re
import struct
from collections.abc import Iterator
from pathlib import Path

from .problems import Problem, listed, shown

MOST_BYTES = 3 * 1024 * 1024
# As many dots as a large screen has, a few times over: a small file may name a picture that no memory holds.
MOST_DOTS = 40_000_000
_BEGIN = {
    ".png": (b"\x89PNG\r\n\x1a\n",), ".jpg": (b"\xff\xd8\xff",), ".jpeg": (b"\xff\xd8\xff",), ".gif": (b"GIF87a", b"GIF89a"), ".webp": (b"RIFF",),
    ".pdf": (b"%PDF-",),
}  # fmt: skip
_PLAIN = frozenset({".svg", ".csv", ".json", ".txt", ".bib"})
# Whatever runs, fetches, or stands for something else in a drawing.
_RUNS = re.compile(
    r"<\s*(?:[\w.-]+:)?(script|foreignObject|iframe|embed|object|handler|animate\w*|set|use|image|a|style|link|meta)\b"
    r"|\b(on\w+)\s*=|(javascript|data|vbscript)\s*:|(<!ENTITY|<!DOCTYPE|<\?xml-stylesheet)|(?:href|src)\s*=\s*[\"']?\s*((?:https?:)?//)|url\s*\(\s*[\"']?(?!#)",
    re.IGNORECASE,
)


def problems_of_file(path: Path, name: str) -> Iterator[Problem]:
    """What is wrong with a file that is no page."""
    if path.name.startswith("."):
        return
    known = sorted({*_BEGIN, *_PLAIN})
    if path.suffix not in known:
        yield Problem(
            name, 1, 1, "file-unknown", f"a file beside the pages must be one of {listed(known, 20)}; found '{shown(path.name)}'",
            "Save it in one of these forms, or move it out of docs/.",
        )  # fmt: skip
        return
    size = path.stat().st_size
    if size > MOST_BYTES:
        said = f"a file must have at most {MOST_BYTES // 1024} KiB; it has {-(-size // 1024)} KiB"
        yield Problem(name, 1, 1, "file-too-large", said, "Save a picture with fewer dots, or keep the file elsewhere and link to it.")
        return
    raw = path.read_bytes()
    if wrong := _wrong(path.suffix, raw):
        yield Problem(name, 1, 1, "file-unsafe", f"the file must be what its name says and nothing else; {wrong}", "Export it again from its source.")


def _wrong(suffix: str, raw: bytes) -> str:
    """What is wrong with the bytes of a file, or nothing."""
    if suffix in _PLAIN:
        try:
            text = raw.decode("utf-8-sig")
        except UnicodeDecodeError:
            return "found bytes that are no text in UTF-8"
        if "\x00" in text:
            return "found bytes that are no text"
        return _wrong_drawing(text) if suffix == ".svg" else ""
    if not raw.startswith(_BEGIN[suffix]):
        return f"its beginning is not that of a {suffix.removeprefix('.').upper()}"
    wide, high = _dots(suffix, raw)
    return f"it is a picture of {wide} by {high} dots, more than anyone can see" if wide * high > MOST_DOTS else ""


def _wrong_drawing(text: str) -> str:
    if not re.match(r"\s*(?:<\?xml[^<>?]*\?>)?\s*(?:<!--.*?-->\s*)*<svg[\s/>]", text, re.DOTALL):
        return "its beginning is not that of an SVG"
    found = _RUNS.search(text)
    return f"found '{shown(found.group(0))}', which does more than draw" if found else ""


def _dots(suffix: str, raw: bytes) -> tuple[int, int]:
    """Width and height as a picture claims them; 0 where it does not say in a place that is quick to find."""
    try:
        if suffix == ".png":
            return struct.unpack(">II", raw[16:24])
        if suffix == ".gif":
            return struct.unpack("<HH", raw[6:10])
        if suffix == ".webp" and raw[12:16] == b"VP8X":
            return 1 + int.from_bytes(raw[24:27], "little"), 1 + int.from_bytes(raw[27:30], "little")
        if suffix in (".jpg", ".jpeg"):
            return _dots_of_jpeg(raw)
    except struct.error:
        return MOST_DOTS, MOST_DOTS  # cut off before it says: no picture
    return 0, 0


def _dots_of_jpeg(raw: bytes) -> tuple[int, int]:
    """Width and height from the frame of a JPEG; its segments are passed over by their lengths."""
    at = 2
    while at + 9 <= len(raw) and raw[at] == 0xFF:
        marker, length = raw[at + 1], int.from_bytes(raw[at + 2 : at + 4])
        if 0xC0 <= marker <= 0xCF and marker not in (0xC4, 0xC8, 0xCC):
            high, wide = struct.unpack(">HH", raw[at + 5 : at + 9])
            return wide, high
        at += 2 + length
    return 0, 0
