"""Which letters paper has fonts for. A letter that no font has is shown as U+FFFD in PDFs, here and in the browser alike,
since a document with a letter that it cannot show is not PDF/UA-1 and Typst refuses to make it.

The list stands beside the fonts and is made with them (`tools/cjk_fonts.py`).
"""

import re
from collections.abc import Iterable
from functools import cache
from itertools import groupby
from pathlib import Path

LETTERS = Path(__file__).parent / "print" / "fonts" / "letters.txt"
INSTEAD = "\ufffd"
_IN_LINE = 16


def without_font(text: str) -> list[str]:
    """The letters of a text that no font of paper has, each once, in order."""
    return list(dict.fromkeys(_unknown().findall(text)))


def settable(text: str) -> str:
    """A text in which paper can show every letter."""
    return _unknown().sub(INSTEAD, text)


def written(letters: Iterable[int]) -> str:
    """The list as it stands in its file: ranges in hexadecimal, as `20-7e a0`, several on a line."""
    runs = [[letter for _, letter in run] for _, run in groupby(enumerate(sorted(letters)), lambda one: one[1] - one[0])]
    ranges = [f"{run[0]:x}-{run[-1]:x}" if len(run) > 1 else f"{run[0]:x}" for run in runs]
    return "".join(" ".join(ranges[n : n + _IN_LINE]) + "\n" for n in range(0, len(ranges), _IN_LINE))


@cache
def _unknown() -> re.Pattern[str]:
    ranges = [one.split("-") for one in LETTERS.read_text("ascii").split()]
    return re.compile("[^" + "".join("-".join(f"\\U{int(end, 16):08x}" for end in ends) for ends in ranges) + "]")
