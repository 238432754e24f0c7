"""What the browser gives as a file: the list as it is shown."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page

from macros.cells import safe_cell

pytestmark = pytest.mark.browser
CELLS = (
    "",
    "Text",
    "=1+1",
    " =1",
    "@a",
    "-",
    "-1",
    "-1.5",
    "+44 20 7946 0000",
    "7.7%",
    "%0A=1",
    "|calc",
    "'",
    "'=1",
    "''=1",
    "\t=1",
    "\uff1d1",
    "a=b",
)


def shown(page: Page) -> list[str]:
    return [text.strip() for text in page.locator('[data-part="results"] .c-card__title').all_text_contents()]


def download(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as found:
        page.get_by_role("button", name="CSV").click()
    text = Path(found.value.path()).read_text("utf-8-sig")
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_filtered_list_is_downloaded_as_it_is_shown(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/explore/?kind=practice&sort=title")
    page.wait_for_selector('[data-part="results"] .c-card')
    rows = download(page)
    assert [row["title"] for row in rows][: len(shown(page))] == shown(page)
    assert {row["kind"] for row in rows} == {"practice"}
    assert all(row["page"].endswith(f"/practices/{row['id']}/") and row["summary"] for row in rows)
    assert all(row["topic"] for row in rows)


def test_a_list_that_nothing_narrows_is_downloaded_whole(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/challenges/")
    rows = download(page)
    assert len(rows) == page.locator('[data-part="static"] .c-card').count() > 10
    assert {row["kind"] for row in rows} == {"challenge"}


def test_cells_are_guarded_as_in_the_downloads_of_the_build(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/challenges/")
    script = "async ([address, cells]) => { const { safeCell } = await import(address); return cells.map(safeCell); }"
    assert page.evaluate(script, [f"{address}/assets/js/table.mjs", list(CELLS)]) == [safe_cell(cell) for cell in CELLS]
