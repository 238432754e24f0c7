"""Entries side by side in a real browser: chosen on the page, on Explore or on an entry, and shared by an address."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Served
from tests.browser.test_explore import faults, sideways

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
Broken = dict[str, bytes | None]
INDIA, NEPAL, NORWAY = "india-ev-journey", "nepal-ev-import-tax", "norway-new-car-tax-shift"
TITLES = {INDIA: "India's EV journey", NEPAL: "Nepal: an import tax that makes small electric cars the cheaper choice"}


@pytest.fixture
def breaks(own: Served) -> Iterator[Broken]:
    """Files of the repository's site that fail (None: they are missing) until the test ends."""
    yield own.broken
    own.broken.clear()


def heads(page: Page) -> Locator:
    """The links at the head of the columns."""
    return page.locator(".c-compare thead a")


def said(page: Page) -> Locator:
    return page.locator("commons-compare > .c-status")


def add(page: Page, words: str) -> None:
    """Add the first entry whose title has the words."""
    page.get_by_label("Title of an entry to add").fill(words)
    page.locator(".c-compare__offers button").first.click()


def test_entries_stand_side_by_side_under_the_same_headings(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL}")
    expect(heads(page)).to_have_text([TITLES[INDIA], TITLES[NEPAL]])
    table = page.get_by_role("table")
    expect(table.get_by_role("row", name=re.compile("^Where")).get_by_role("cell")).to_have_text(["India", "Nepal"])
    rows = table.locator("tbody th").all_inner_texts()
    assert {"Where", "Region", "Evidence", "Key figures"} <= set(rows)
    assert len(rows) == len(set(rows))
    own = visit(f"{address}/case-studies/{INDIA}/")
    assert [heading for heading in own.locator(".c-text h2").all_inner_texts() if heading not in rows] == []


def test_what_an_entry_does_not_say_is_told(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},rt4")
    expect(heads(page)).to_have_count(2)
    assert page.locator(".c-compare td", has_text=re.compile("^Not stated$")).count()


def test_a_link_in_the_comparison_leads_where_it_leads_on_the_entry(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL}")
    page.get_by_role("row", name=re.compile("^Where")).get_by_role("link", name="Nepal").click()
    page.wait_for_url(f"{address}/governments/np/")


def test_an_entry_is_added_by_a_word_of_its_title(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/")
    expect(said(page)).to_have_text("Choose two to four entries; begin with a word of a title.")
    add(page, "india journey")
    expect(said(page)).to_have_text("Add one more entry to compare.")
    expect(page.get_by_label("Title of an entry to add")).to_be_focused()
    add(page, "nepal import")
    expect(heads(page)).to_have_text([TITLES[INDIA], TITLES[NEPAL]])
    expect(said(page)).to_have_text("")
    assert page.url == f"{address}/compare/?ids={INDIA},{NEPAL}"


def test_titles_that_are_not_there_are_told(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA}")
    page.get_by_label("Title of an entry to add").fill("xylophone")
    expect(page.locator(".c-compare__offers")).to_have_text("No title has these words.")
    # An entry that stands in the comparison is not offered again.
    page.get_by_label("Title of an entry to add").fill("india's ev journey")
    expect(page.locator(".c-compare__offers")).to_have_text("No title has these words.")


def test_four_are_the_most_and_the_focus_is_kept(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL},{NORWAY}")
    expect(heads(page)).to_have_count(3)
    add(page, "santiago")
    expect(heads(page)).to_have_count(4)
    expect(said(page)).to_have_text("Four entries are the most that fit side by side.")
    expect(page.get_by_label("Title of an entry to add")).to_be_hidden()
    expect(page.get_by_role("region", name="Compare entries")).to_be_focused()


def test_an_address_with_more_than_four_shows_the_first_four(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL},{NORWAY},rt4,rt1")
    expect(heads(page)).to_have_count(4)
    expect(said(page)).to_have_text("Four entries are the most that fit side by side.")


def test_an_entry_is_taken_out_by_keyboard(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL},{NORWAY}")
    page.get_by_role("button", name=f"Take out: {TITLES[NEPAL]}").focus()
    page.keyboard.press("Enter")
    expect(heads(page)).to_have_count(2)
    assert page.url == f"{address}/compare/?ids={INDIA},{NORWAY}"
    expect(page.get_by_role("button", name=f"Take out: {TITLES[INDIA]}")).to_be_focused()
    page.keyboard.press("Enter")
    expect(heads(page)).to_have_count(1)
    page.keyboard.press("Enter")
    expect(heads(page)).to_have_count(0)
    expect(page.get_by_label("Title of an entry to add")).to_be_focused()
    assert page.url == f"{address}/compare/"


def test_back_and_forward_lead_through_the_comparisons(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL}")
    page.get_by_role("button", name=f"Take out: {TITLES[NEPAL]}").click()
    expect(heads(page)).to_have_count(1)
    page.go_back()
    expect(heads(page)).to_have_text([TITLES[INDIA], TITLES[NEPAL]])
    page.go_forward()
    expect(heads(page)).to_have_text([TITLES[INDIA]])


def test_an_id_that_the_site_does_not_know_is_named(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},nothing,<b>")
    expect(said(page)).to_have_text("There is no entry nothing, <b>. Add one more entry to compare.")
    expect(heads(page)).to_have_count(1)


def test_a_copied_link_shows_the_same_in_another_browser(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={NEPAL}")
    add(page, "india journey")
    expect(heads(page)).to_have_count(2)
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    other = visit(page.evaluate("navigator.clipboard.readText()"))
    expect(heads(other)).to_have_text([TITLES[NEPAL], TITLES[INDIA]])
    assert other.locator("div.c-compare").inner_text() == page.locator("div.c-compare").inner_text()


ENTRIES = [
    f"/case-studies/{INDIA}/",
    "/practices/tradable-zev-sales-mandate/",
    "/technical-assistance/zevtc-rapid-response-facility/",
    "/actions/rt4/",
]


@pytest.mark.parametrize("path", ENTRIES)
def test_an_entry_leads_to_the_comparison(visit: Visit, address: str, path: str) -> None:
    page = visit(address + path)
    title = page.get_by_role("heading", level=1).inner_text()
    page.get_by_role("link", name="Compare with another entry").click()
    expect(heads(page)).to_have_text([title])
    expect(said(page)).to_have_text("Add one more entry to compare.")


@pytest.mark.parametrize("path", ["/explore/", "/explore/?kind=case-study&sort=title", "/case-studies/"])
def test_entries_are_chosen_from_a_list(visit: Visit, address: str, path: str) -> None:
    page = visit(address + path)
    buttons = page.locator(".c-card__compare:visible")
    expect(buttons.first).to_be_visible()
    titles = page.locator(".c-card:has(.c-card__compare:visible) .c-card__title").all_inner_texts()
    buttons.nth(0).click()
    expect(buttons.nth(0)).to_have_attribute("aria-pressed", "true")
    expect(buttons.nth(0)).to_be_focused()
    expect(page.locator(".c-tray")).to_have_text("Choose one more to compare")
    buttons.nth(1).click()
    page.get_by_role("link", name="Compare 2 entries").click()
    expect(heads(page)).to_have_text(titles[:2])


def test_what_is_chosen_to_be_compared_stands_in_the_address(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/")
    page.locator(".c-card__compare").first.click()
    assert re.search(r"/explore/\?compare=[a-z0-9-]+$", page.url)
    page.reload()
    expect(page.locator(".c-tray")).to_have_text("Choose one more to compare")
    expect(page.locator('.c-card__compare[aria-pressed="true"]')).to_have_count(1)
    page.locator('input[value="practice"]').check()
    expect(page.locator('.c-results .c-card__compare[aria-pressed="true"]')).to_have_count(1)
    page.locator('.c-results .c-card__compare[aria-pressed="true"]').click()
    expect(page.locator(".c-tray")).to_be_hidden()


def test_a_fifth_entry_is_not_taken_and_this_is_told(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/?kind=practice")
    buttons = page.locator(".c-results .c-card__compare")
    expect(buttons.first).to_be_visible()
    for n in range(5):
        buttons.nth(n).click()
    expect(page.locator(".c-tray")).to_have_text("Compare 4 entries Four can be compared at once")
    expect(buttons.nth(4)).to_have_attribute("aria-pressed", "false")


def test_print_of_a_comparison_is_the_table_alone(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL}")
    expect(heads(page)).to_have_count(2)
    page.emulate_media(media="print")
    assert page.locator("button:visible, input:visible, .md-header:visible, .md-footer:visible").count() == 0
    expect(heads(page).first).to_be_visible()
    assert page.locator(".c-compare tbody tr:visible").count() == page.locator(".c-compare tbody tr").count()


def test_an_entry_that_cannot_be_read_is_named_and_the_others_stand(visit: Visit, own: Served, breaks: Broken) -> None:
    breaks[f"case-studies/{NEPAL}/"] = None
    page = visit(f"{own.address}/compare/?ids={INDIA},{NEPAL}", errors=True)
    expect(said(page)).to_have_text(f"{TITLES[NEPAL]} could not be loaded.")
    expect(heads(page)).to_have_text([TITLES[INDIA], TITLES[NEPAL]])


def test_without_the_data_a_notice_says_what_to_do(visit: Visit, own: Served, breaks: Broken) -> None:
    breaks["explore/entries.json"] = None
    page = visit(f"{own.address}/compare/?ids={INDIA},{NEPAL}", errors=True)
    expect(said(page)).to_have_text("The list of entries could not be loaded. Check the connection and load the page again.")


def test_without_scripts_the_page_says_why_it_is_empty(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL}", scripts=False)
    notice = page.locator(".c-empty")
    expect(notice).to_contain_text("This page needs scripts")
    notice.get_by_role("link", name="Explore").click()
    page.wait_for_url("**/explore/")


def test_a_comparison_fits_a_phone(visit: Visit, address: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL},{NORWAY}", width=320)
    expect(heads(page)).to_have_count(3)
    assert sideways(page) == 0
    cell = page.locator(".c-compare tbody td").nth(1)
    assert cell.evaluate("cell => getComputedStyle(cell, '::before').content") == f'"{TITLES[NEPAL]}"'


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_a_comparison_of_three_has_no_accessibility_fault(visit: Visit, address: str, width: int, palette: str) -> None:
    page = visit(f"{address}/compare/?ids={INDIA},{NEPAL},{NORWAY}", width=width, palette=palette)
    expect(heads(page)).to_have_count(3)
    page.get_by_label("Title of an entry to add").fill("zero")
    expect(page.locator(".c-compare__offers button").first).to_be_visible()
    assert faults(page) == []
