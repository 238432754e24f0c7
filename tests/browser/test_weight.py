"""What a reader's connection carries: bytes as served with gzip, at 100, 1,000 and 10,000 entries. 1 KB is 1,000 bytes.

The site of ten thousand takes minutes to build; the tests that need it stand last.
"""

import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.entries import KINDS
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser

KB = 1_000
Visit = Callable[..., Page]
Made = Callable[[int], Served]


def heaviest(served: Served) -> str:
    """What was sent since the log was cleared, for the message of a test that fails."""
    return "\n".join(f"{size:8} {path}" for path, size in sorted(served.log, key=lambda line: -line[1]))


def at_most(served: Served, budget: int) -> None:
    assert served.bytes() <= budget, f"{served.bytes()} bytes, {budget} allowed\n{heaviest(served)}"


def explore(served: Served, visit: Visit, search: str = "") -> Page:
    """Explore as someone sees it who has never been here; the log has what it took."""
    served.log.clear()
    return visit(f"{served.address}/explore/{search}")


def boxes(page: Page, facet: str) -> Locator:
    return page.locator(f'commons-facet [data-facet="{facet}"] input[type="checkbox"]')


def choose(page: Page, facet: str, number: int) -> None:
    """Tick a box of a facet and wait for the list that it leaves."""
    count = boxes(page, facet).nth(number).locator("xpath=ancestor::li").locator(".c-count").text_content()
    details = page.locator(f'details[data-facet="{facet}"]')
    if details.get_attribute("open") is None:
        details.locator("summary").click()
    boxes(page, facet).nth(number).check()
    expect(page.locator('[data-part="status"]')).to_have_text(re.compile(rf"^{count} entr"))
    expect(page.locator('[data-part="results"] .c-card').first).to_be_visible()


def filtered(served: Served, visit: Visit, *, summaries: bool) -> Page:
    """Explore after the first click on a filter; the log has what the click took."""
    page = explore(served, visit)
    served.log.clear()
    choose(page, "kind", 0)
    if summaries:
        expect(page.locator('[data-part="results"] .c-card__summary').first).to_be_visible()
    return page


def words(served: Served) -> list[str]:
    found: list[str] = json.loads((served.site / "explore/words.json").read_text("utf-8"))
    return found


# The rank of a word of a third of the entries. Pagefind sends all places of a word at once, so one that is in most of ten
# thousand entries weighs more than the budget by itself.
COMMON = 100


def queries(served: Served) -> dict[str, str]:
    """Queries of every weight; `words.json` has the most frequent word first."""
    known = words(served)
    long = next(word for word in known[COMMON:] if len(word) > 9)
    return {
        "the most frequent word": known[0],
        "a word of a third of the entries": known[COMMON],
        "a rare word": known[-1],
        "two words": f"{known[COMMON]} {known[COMMON * 4]}",
        "the beginning of a word": long[:5],
        "a slip": f"{long[:4]}x{long[5:]}",
    }


QUERIES = ("a word of a third of the entries", "a rare word", "two words", "the beginning of a word", "a slip")


def searched(served: Served, visit: Visit, query: str) -> None:
    """Ask Explore for a text after a filter; the log has what the text took, with the excerpts on the screen."""
    page = filtered(served, visit, summaries=False)
    page.goto(f"{served.address}/explore/?sort=newest", wait_until="networkidle")
    served.log.clear()
    page.locator('[data-part="query"]').fill(query)
    expect(page.locator('[data-part="results"] mark').first).to_be_visible(timeout=30_000)
    page.wait_for_load_state("networkidle")


def largest_entries(served: Served) -> list[str]:
    """The address of the largest page of each kind."""
    found = []
    for model in KINDS.values():
        pages = [path for path in (served.site / model.folder).glob("*/index.html") if path.parent.name != "page"]
        if pages:
            found.append(max(pages, key=_size).parent.relative_to(served.site).as_posix())
    return found


def _size(path: Path) -> int:
    return path.stat().st_size


def read_entries(served: Served, visit: Visit, budget: int) -> None:
    """Each kind's largest page, as someone sees it who comes from elsewhere."""
    for address in largest_entries(served):
        served.log.clear()
        visit(f"{served.address}/{address}/")
        at_most(served, budget)


def test_the_first_view_of_a_thousand_entries_weighs_little(made: Made, visit: Visit) -> None:
    explore(made(1_000), visit)
    at_most(made(1_000), 250 * KB)


def test_the_first_view_is_of_use_before_any_data_arrive(made: Made, visit: Visit) -> None:
    served = made(1_000)
    page = explore(served, visit)
    assert [path for path, _ in served.log if path.endswith(".json")] == []
    expect(page.locator('[data-part="static"] .c-card__title a')).to_have_count(100)
    expect(boxes(page, "kind").first).to_be_enabled()
    page.locator('[data-part="static"] .c-card__title a').first.click()
    page.wait_for_url("**/practices/*/")


def test_the_first_click_on_a_filter_of_a_thousand_entries_weighs_little(made: Made, visit: Visit) -> None:
    filtered(made(1_000), visit, summaries=True)
    at_most(made(1_000), 130 * KB)


def test_later_clicks_carry_nothing(made: Made, visit: Visit) -> None:
    served = made(1_000)
    page = filtered(served, visit, summaries=True)
    served.log.clear()
    for facet in ("topic", "year", "evidence"):
        choose(page, facet, 0)
    page.get_by_role("button", name="Clear all").first.click()
    expect(page.locator('[data-part="static"]')).to_be_visible()
    assert served.log == []


@pytest.mark.parametrize("what", ["the most frequent word", *QUERIES])
def test_a_text_query_over_a_thousand_entries_weighs_little(made: Made, visit: Visit, what: str) -> None:
    searched(made(1_000), visit, queries(made(1_000))[what])
    at_most(made(1_000), 150 * KB)


@pytest.mark.parametrize("size", [100, 1_000])
def test_an_entry_weighs_little(made: Made, visit: Visit, size: int) -> None:
    read_entries(made(size), visit, 150 * KB)


def test_an_entry_of_the_repository_weighs_little(own: Served, visit: Visit) -> None:
    read_entries(own, visit, 150 * KB)


def test_the_first_click_on_a_filter_of_ten_thousand_entries_weighs_little(made: Made, visit: Visit) -> None:
    served = made(10_000)
    page = filtered(served, visit, summaries=False)
    at_most(served, 450 * KB)
    served.log.clear()
    choose(page, "topic", 0)
    assert served.log == []


@pytest.mark.parametrize("what", QUERIES)
def test_a_text_query_over_ten_thousand_entries_weighs_little(made: Made, visit: Visit, what: str) -> None:
    searched(made(10_000), visit, queries(made(10_000))[what])
    at_most(made(10_000), 220 * KB)


def test_an_entry_among_ten_thousand_weighs_little(made: Made, visit: Visit) -> None:
    read_entries(made(10_000), visit, 150 * KB)
