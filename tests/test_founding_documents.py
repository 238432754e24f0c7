"""The page of the founding documents: every part of the five has its line, and every line its home or the reason why not."""

import re

import pytest

from tests.conftest import ROOT, own_project

PAGE = (ROOT / "docs/about/founding-documents.md").read_text("utf-8")
# How many things each of the five documents describes or asks for, in the order of the page.
PARTS = (25, 34, 14, 13, 47)
SECTIONS = [[row.split(" | ") for row in re.findall(r"^\| (\d+ \| .*) \|$", part, re.M)] for part in PAGE.split("\n## ")[1:]]


def test_the_page_has_a_line_for_each_part_of_each_document() -> None:
    assert [[int(number) for number, _, _ in rows] for rows in SECTIONS] == [list(range(1, count + 1)) for count in PARTS]


@pytest.mark.parametrize("row", [row for rows in SECTIONS for row in rows], ids=lambda row: row[1])
def test_a_line_leads_somewhere(row: list[str]) -> None:
    where = row[2]
    assert re.search(r"\{\{ link\(|\]\([^)]+\.md\)", where), where


def test_every_entry_that_the_page_names_is_published() -> None:
    catalogue = own_project().catalogue
    named = set(re.findall(r'link\("([^"]+)"', PAGE))
    assert len(named) > 100
    assert [id for id in sorted(named) if id not in catalogue.by_id or catalogue.by_id[id].entry.status != "published"] == []
