"""No cell that we write is a formula to a spreadsheet, and reading gives back what was written."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.cells import safe_cell, text_of_cell

FORMULAS = (
    "=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1+1", "\r=1+1", "\n=1+1", " =1+1", "\u200b=1+1", "\ufeff=1+1", "\uff1d1+1", "\uff20A1", "|calc",
    "%0A=1+1", '=HYPERLINK("https://example.org/?"&A1,"click")', "=cmd|' /C calc'!A0", "-2+3+cmd|' /C calc'!A0", "@@x", "-", "-a", "+44 20 7946 0000",
)  # fmt: skip
PLAIN = ("", "Text", "-1", "-1.5", "+3", "7.7%", "1,234.5", "about 1.96 million", "a=b", "100", "'", "'quoted'", "2020-2024", "it's =")


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_run_gets_a_quote_before_it(text: str) -> None:
    assert safe_cell(text) == f"'{text}"
    assert text_of_cell(safe_cell(text)) == text


@pytest.mark.parametrize("text", PLAIN)
def test_words_and_numbers_stay_as_they_are(text: str) -> None:
    assert safe_cell(text) == text
    assert text_of_cell(text) == text


def test_nothing_is_an_empty_cell_and_a_number_is_its_digits() -> None:
    assert (safe_cell(None), safe_cell(-3), safe_cell(1.5)) == ("", "-3", "1.5")


@given(st.text() | st.builds(lambda before, text: before + text, st.sampled_from(["'", "''", "=", "'=", "''=", " +", "\t"]), st.text()))
def test_reading_a_written_cell_gives_the_text_again(text: str) -> None:
    assert text_of_cell(safe_cell(text)) == text


@given(st.text(alphabet="=+-@\t\r\n |%'\"a1,;\uff1d\u200b"))
def test_no_written_cell_begins_like_a_formula(text: str) -> None:
    cell = safe_cell(text)
    assert cell.lstrip()[:1] not in ("=", "@", "+", "-", "\uff1d") or cell.strip("+-0123456789.,% ") == ""
    assert not cell.startswith(("\t", "\r", "\n"))


@given(st.lists(st.text(alphabet=st.characters(codec="utf-8", exclude_characters="\x00")), min_size=1, max_size=4))
def test_a_row_survives_the_file(row: list[str]) -> None:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([safe_cell(text) for text in row])
    file.seek(0)
    assert [text_of_cell(cell) for cell in next(csv.reader(file))] == row
