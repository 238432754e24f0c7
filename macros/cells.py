"""Cells of a spreadsheet that no program runs, and the text that they hold.

Spreadsheet programs take a cell for a formula if it begins with one of a few signs, and a formula can fetch an address
or start a program. Entry text comes from strangers, so every cell that we write goes through `safe_cell`, and every cell
that we read goes through `text_of_cell`, which gives back what was put in.

Source: OWASP, "CSV Injection": `=`, `+`, `-`, `@`, tab and carriage return at the beginning, also in their full-width
forms; a single quote before them makes the cell text. Plain numbers such as `-1.5` stay as they are.
"""

import re

# Blanks and invisible signs before the sign count too: some programs drop them first.
_FORMULA = re.compile("[\\s\\x00-\\x20\u200b-\u200f\u2060\ufeff]*[=+\\-@|%\uff1d\uff0b\uff0d\uff20]|[\\t\\r\\n\\x00]")
_NUMBER = re.compile(r"[+-]?\d+(?:[.,]\d+)*(?: ?%)?")
_GUARDED = re.compile("'(?='*(?:" + _FORMULA.pattern + "))")


def safe_cell(value: object) -> str:
    """The text of a cell; a single quote goes before what a spreadsheet would take for a formula."""
    text = "" if value is None else str(value)
    if _NUMBER.fullmatch(text):
        return text
    # A text that already looks guarded gets one more, so that reading gives back exactly what was written.
    return f"'{text}" if _FORMULA.match(text) or _GUARDED.match(text) else text


def text_of_cell(cell: str) -> str:
    """What was put into a cell: without the quote that `safe_cell` put before it."""
    return cell[1:] if _GUARDED.match(cell) else cell
