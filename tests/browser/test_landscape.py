"""The landscape in a real browser: sorted, filtered, on a phone, inside another site, and without an accessibility fault."""

from collections.abc import Callable

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

PAGES = (
    "/landscape/", "/landscape/coalitions/", "/landscape/bodies/", "/landscape/overlaps/", "/landscape/gaps/", "/landscape/changes/",
    "/needs/", "/needs/lg-cta/", "/about/statistics/", "/about/founding-documents/", "/coalitions/zevtc/",
)  # fmt: skip
EMBEDDED = ("/landscape/?view=embed&part=part-commitments", "/explore/?kind=practice&topic=freight&view=embed")


def rows(page: Page) -> list[str]:
    """The names of the rows that are shown, in order."""
    return page.locator("commons-matrix tbody tr:not([hidden]) > th").all_inner_texts()


@pytest.mark.parametrize("path", [*PAGES, *EMBEDDED])
def test_a_page_has_no_accessibility_fault_and_never_scrolls_sideways(address: str, visit: Callable[..., Page], path: str) -> None:
    found = []
    for width, palette in ((1280, "light"), (390, "dark")):
        page = visit(address + path, width, palette)
        result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
        for rule in result.response["violations"]:
            found.append(f"{width} {palette} {rule['id']}: {[(node['target'], node.get('failureSummary', '')[:200]) for node in rule['nodes'][:3]]}")
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            found.append(f"{width}: {over} px too wide")
    assert found == []


def test_a_region_leaves_its_governments_with_their_own_counts_and_stands_in_the_address(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/")
    assert len(rows(page)) == 25
    page.locator("select[name=region]").select_option("asia")
    assert rows(page) == ["Azerbaijan", "Cambodia", "India", "Japan", "Republic of Korea"]
    expect(page.get_by_text("5 of 25 shown")).to_be_visible()
    assert page.locator('th[data-key="rt1"] .c-matrix__count').inner_text().split() == ["●", "3"]
    assert page.url.endswith("/landscape/?region=asia")
    page.go_back()
    assert len(rows(page)) == 25
    assert page.locator('th[data-key="rt1"] .c-matrix__count').inner_text().split() == ["●", "14"]


def test_a_head_sorts_by_its_column_and_says_so(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/")
    head = page.locator('th[data-key="rt2"]')
    head.get_by_role("button").click()
    assert head.get_attribute("aria-sort") == "descending"
    first = rows(page)
    assert len(first) == 25
    marked = page.locator('commons-matrix tbody tr').evaluate_all(
        "(rows, place) => rows.map((row) => row.cells[place].childElementCount > 0)", head.evaluate("(head) => head.cellIndex")
    )  # fmt: skip
    assert marked == [True] * 15 + [False] * 10
    assert first[:15] == sorted(first[:15])
    head.get_by_role("button").press("Enter")
    assert head.get_attribute("aria-sort") is None
    assert rows(page) == sorted(rows(page))


def test_an_address_brings_back_what_was_chosen(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/coalitions/?in=zevtc&sort=region&region=nowhere")
    found = rows(page)
    assert len(found) == 17
    assert set(found) >= {"California", "Canada", "India"}
    assert page.locator('th[data-key="region"]').get_attribute("aria-sort") == "ascending"


def test_heads_and_names_stay_in_view_while_the_table_is_scrolled(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/coalitions/")
    box = page.locator(".c-matrix__box")
    box.evaluate("(box) => box.scrollTo(600, 900)")
    frame = box.bounding_box()
    head, name = page.locator('th[data-key="region"]'), page.locator("commons-matrix tbody th").nth(40)
    assert frame
    for place in (page.locator('th[data-key=""]').bounding_box(), page.locator('th[data-key="zevwise"]').bounding_box(), head.bounding_box()):
        assert place
        assert abs(place["y"] - frame["y"]) < 3
    place = name.bounding_box()
    assert place
    assert abs(place["x"] - frame["x"]) < 3


def test_on_a_phone_a_row_is_a_list_of_what_it_takes_part_in(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/", 390)
    row = page.locator("commons-matrix tbody tr").first
    lines = [line for line in row.inner_text().split("\n") if line]
    assert lines[:2] == ["Australia", "Oceania"]
    assert [line.removeprefix("●").strip() for line in lines if line.startswith("●")] == [
        "RT1. Demand Creation / Long-term Vision / Market Structures", "RT3. Supply Chains",
        "RT4. Infrastructure", "RT6. Landscape Coordination",
    ]  # fmt: skip
    page.locator("select[name=in]").select_option(label="ZEVTC: Infrastructure")
    assert len(rows(page)) == 16


def test_without_scripts_the_whole_table_stands_and_no_tool_that_would_not_work(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/", scripts=False)
    assert page.locator("commons-matrix tbody tr").count() == 25
    assert not page.locator("commons-matrix form").is_visible()
    assert page.locator("commons-matrix button").count() == 0


def test_an_embedded_part_has_nothing_around_it_and_leads_to_the_whole_page(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/?region=asia&view=embed&part=part-commitments")
    for hidden in (".md-header", ".md-footer", "#part-crosswalk"):
        assert not page.locator(hidden).first.is_visible(), hidden
    box = page.locator("h1").bounding_box()  # heard, not seen
    assert box
    assert box["width"] <= 1
    assert len(rows(page)) == 5
    with page.context.expect_page() as opened:
        page.get_by_role("link", name="From ZEV Commons; open it there").click()
    assert opened.value.url == f"{address}/landscape/?region=asia"
    assert page.context.cookies() == []


def test_an_embedded_list_filters_in_place_and_opens_entries_in_a_window_of_their_own(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/explore/?kind=practice&topic=freight&view=table&view=embed")
    expect(page.locator("[data-part=results]")).to_be_visible()
    assert page.get_by_text("Left out, because").count() == 0
    assert not page.locator(".md-header").is_visible()
    page.get_by_role("button", name="Remove Freight").click()
    expect(page).to_have_url(f"{address}/explore/?kind=practice&view=table&view=embed")
    with page.context.expect_page() as opened:
        page.locator("[data-part=results] a[href*='practices/']").first.click()
    assert "/practices/" in opened.value.url


def test_a_plain_page_is_not_bare(address: str, visit: Callable[..., Page]) -> None:
    page = visit(f"{address}/landscape/")
    assert page.locator(".md-header").is_visible()
    assert not page.locator(".c-embedded").is_visible()


@pytest.mark.parametrize("path", ["/landscape/", "/landscape/coalitions/", "/landscape/overlaps/", "/landscape/gaps/", "/progress/", "/needs/"])
def test_on_paper_nothing_is_cut_at_the_right(visit: Callable[..., Page], address: str, path: str) -> None:
    page = visit(f"{address}{path}", 718)  # what A4 has between the margins of the browser's own dialogue; Letter is wider
    page.emulate_media(media="print")
    beyond = page.evaluate(
        """() => [...document.querySelectorAll("td, th, svg, p, h1, h2, h3")].filter((found) => found.getBoundingClientRect().right > 718 + 2)
          .map((found) => found.tagName + " " + found.textContent.trim().slice(0, 30))"""
    )
    assert beyond == []
