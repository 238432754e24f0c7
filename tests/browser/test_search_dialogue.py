"""The header of every page in a real browser: its search as a dialogue, and the menu of narrow screens."""

from collections.abc import Callable, Iterator
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Served
from tests.browser.test_explore import faults, sideways

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
Broken = dict[str, bytes | None]


@pytest.fixture
def breaks(own: Served) -> Iterator[Broken]:
    """Files of the repository's site that fail (None: they are missing) until the test ends."""
    yield own.broken
    own.broken.clear()


def dialogue(page: Page) -> Locator:
    return page.get_by_role("dialog", name="Search this site")


def hits(page: Page) -> Locator:
    return dialogue(page).locator(".c-search__hits li")


def ask(page: Page, text: str) -> Locator:
    """Open the dialogue, type, and wait for what it says."""
    page.keyboard.press("Control+k")
    dialogue(page).get_by_role("searchbox", name="Search").fill(text)
    expect(dialogue(page).get_by_role("status")).to_contain_text("result")
    return hits(page)


# The search


@pytest.mark.parametrize("path", ["/", "/explore/", "/practices/tradable-zev-sales-mandate/", "/compare/", "/about/crosswalk/"])
@pytest.mark.parametrize("keys", ["/", "Control+k", "Meta+k"])
def test_a_key_opens_the_search_on_every_page(visit: Visit, address: str, path: str, keys: str) -> None:
    page = visit(address + path)
    page.keyboard.press(keys)
    expect(dialogue(page)).to_be_visible()
    expect(dialogue(page).get_by_role("searchbox", name="Search")).to_be_focused()
    expect(dialogue(page).get_by_role("searchbox")).to_have_value("")


def test_a_search_loads_the_index_of_texts_and_no_list_of_entries(visit: Visit, address: str) -> None:
    page = visit(f"{address}/about/crosswalk/")
    loaded: list[str] = []
    page.on("request", lambda request: loaded.append(urlsplit(request.url).path))
    expect(ask(page, "depot").first).to_be_visible()
    assert any(path.endswith("/pagefind/pagefind.js") for path in loaded)
    assert [path for path in loaded if "/explore/" in path] == []


@pytest.mark.parametrize("width", [390, 1280])
def test_a_click_opens_the_search_and_escape_gives_the_focus_back(visit: Visit, address: str, width: int) -> None:
    page = visit(f"{address}/", width=width)
    opener = page.get_by_role("link", name="Search", exact=True)
    opener.click()
    expect(dialogue(page)).to_be_visible()
    page.keyboard.press("Escape")
    expect(dialogue(page)).to_be_hidden()
    expect(opener).to_be_focused()


def test_the_search_closes_by_its_button_and_by_a_click_beside_it(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    page.keyboard.press("/")
    dialogue(page).get_by_role("button", name="Close").click()
    expect(dialogue(page)).to_be_hidden()
    page.keyboard.press("/")
    expect(dialogue(page)).to_be_visible()
    page.mouse.click(5, 500)
    expect(dialogue(page)).to_be_hidden()


def test_a_slash_that_is_typed_stays_a_slash(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/")
    field = page.locator('[data-part="query"]')
    field.press_sequentially("and/or")
    expect(field).to_have_value("and/or")
    expect(dialogue(page)).to_be_hidden()


def test_a_slash_on_a_box_to_tick_opens_the_search(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/")
    page.locator('input[value="practice"]').focus()
    page.keyboard.press("/")
    expect(dialogue(page)).to_be_visible()


def test_the_focus_stays_in_the_dialogue(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    ask(page, "depot")
    outside = []
    for _ in range(20):
        page.keyboard.press("Tab")
        # Between the last and the first stop a browser may give the focus to itself.
        outside.append(page.evaluate("document.activeElement === document.body || !!document.activeElement.closest('dialog[open]')"))
    assert all(outside)


def test_a_hit_shows_kind_and_coalition_and_what_was_found(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    found = ask(page, "depot connection")
    first = found.filter(has_text="Depots and grids without enough power")
    expect(first.locator(".c-search__facts")).to_have_text("Challenge · LG-CTA")
    expect(first.locator("mark").first).to_be_visible()
    first.get_by_role("link").click()
    expect(page.get_by_role("heading", level=1, name="Depots and grids without enough power")).to_be_visible()


def test_a_hit_leads_to_its_entry_from_a_page_further_down(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/level/city/")
    link = ask(page, "depot").first.get_by_role("link")
    title = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(title)


def test_arrow_keys_go_through_the_hits_and_back(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    links = ask(page, "depot").get_by_role("link")
    last = dialogue(page).get_by_role("link", name="See all in Explore, with filters")
    for n in range(links.count()):
        page.keyboard.press("ArrowDown")
        expect(links.nth(n)).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(last).to_be_focused()
    page.keyboard.press("ArrowDown")
    expect(last).to_be_focused()
    for _ in range(links.count() + 1):
        page.keyboard.press("ArrowUp")
    expect(dialogue(page).get_by_role("searchbox")).to_be_focused()


def test_enter_leads_to_explore_with_the_query(visit: Visit, address: str) -> None:
    page = visit(f"{address}/practices/tradable-zev-sales-mandate/")
    page.keyboard.press("/")
    page.keyboard.type("depot & grid")
    page.keyboard.press("Enter")
    page.wait_for_url("**/explore/?q=depot+%26+grid")
    expect(page.locator('[data-part="query"]')).to_have_value("depot & grid")
    expect(page.locator(".c-results mark").first).to_be_visible()


def test_the_link_below_the_hits_leads_to_explore_with_the_query(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    ask(page, "depot")
    dialogue(page).get_by_role("link", name="See all in Explore, with filters").click()
    page.wait_for_url("**/explore/?q=depot")


def test_the_search_helps_with_a_slip_of_the_pen(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    assert ask(page, "hcarging").count()
    expect(dialogue(page).get_by_role("status")).to_contain_text("No text has “hcarging”; these have “charging”.")


def test_the_search_says_when_nothing_is_found(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    page.keyboard.press("/")
    page.keyboard.type("zzzzqqqq")
    expect(dialogue(page).get_by_role("status")).to_have_text("Nothing found. Try fewer or other words.")
    assert hits(page).count() == 0


def test_an_emptied_field_takes_its_hits_away(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    ask(page, "depot")
    dialogue(page).get_by_role("searchbox").fill("")
    expect(hits(page)).to_have_count(0)
    expect(dialogue(page).get_by_role("link", name="See all in Explore, with filters")).to_be_hidden()
    expect(dialogue(page).get_by_role("status")).to_have_text("")


def test_text_in_another_script_is_found(visit: Visit, made: Callable[[int], Served]) -> None:
    page = visit(f"{made(100).address}/explore/")
    expect(ask(page, "परिवहन").first.get_by_role("link")).to_have_text("नगर परिवहन")


def test_without_the_text_index_the_search_says_where_else_to_look(visit: Visit, own: Served, breaks: Broken) -> None:
    breaks["pagefind/pagefind.js"] = None
    page = visit(f"{own.address}/", errors=True)
    page.keyboard.press("/")
    page.keyboard.type("depot")
    expect(dialogue(page).get_by_role("status")).to_have_text("The search could not be loaded. Explore lists all entries.")
    dialogue(page).get_by_role("link", name="See all in Explore, with filters").click()
    page.wait_for_url("**/explore/?q=depot")


def test_without_scripts_the_search_is_a_link_to_explore(visit: Visit, address: str) -> None:
    page = visit(f"{address}/practices/tradable-zev-sales-mandate/", scripts=False)
    page.get_by_role("link", name="Search", exact=True).click()
    assert urlsplit(page.url).path.endswith("/explore/")


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_the_search_with_hits_has_no_accessibility_fault(visit: Visit, address: str, width: int, palette: str) -> None:
    page = visit(f"{address}/", width=width, palette=palette)
    assert ask(page, "depot").count()
    assert faults(page) == []
    assert sideways(page) == 0


def test_the_search_fits_at_four_hundred_percent(visit: Visit, address: str) -> None:
    page = visit(f"{address}/", width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    ask(page, "depot")
    last = dialogue(page).get_by_role("link", name="See all in Explore, with filters")
    last.scroll_into_view_if_needed()
    for part in (last, dialogue(page).get_by_role("button", name="Close")):
        part.scroll_into_view_if_needed()
        at = part.bounding_box()
        assert at
        assert at["x"] >= 0
        assert at["x"] + at["width"] <= 320


# The menu of narrow screens


def test_the_menu_opens_from_the_keyboard_and_escape_closes_it(visit: Visit, address: str) -> None:
    page = visit(f"{address}/", width=390)
    button = page.get_by_role("button", name="Menu")
    expect(button).to_have_attribute("aria-expanded", "false")
    button.focus()
    page.keyboard.press("Enter")
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Practices", exact=True)).to_be_visible()
    assert page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')")
    page.keyboard.press("Escape")
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(button).to_be_focused()


def test_a_link_of_the_menu_is_reached_by_keyboard(visit: Visit, address: str) -> None:
    page = visit(f"{address}/", width=390)
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    for _ in range(12):
        if page.evaluate("document.activeElement.textContent.trim()") == "Practices":
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices/")


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_a_further_level_of_the_menu_has_a_name_and_opens_from_the_keyboard(visit: Visit, address: str, key: str) -> None:
    page = visit(f"{address}/", width=390)
    page.get_by_role("button", name="Menu").click()
    level = page.get_by_role("button", name="Help on offer")
    expect(level).to_have_attribute("aria-expanded", "false")
    expect(page.get_by_role("link", name="Challenges", exact=True)).to_be_hidden()
    level.focus()
    page.keyboard.press(key)
    # The way there goes out of sight once the level has slid over it; its title stays.
    expect(level).to_have_count(1)
    expect(level).to_have_attribute("aria-expanded", "true")
    expect(page.get_by_role("link", name="Challenges", exact=True)).to_be_visible()


# In sight: nothing else lies over the middle of what has the focus.
IN_SIGHT = """() => {
  const { left, top, width, height } = document.activeElement.getBoundingClientRect();
  const above = document.elementFromPoint(left + width / 2, top + height / 2);
  return document.activeElement.contains(above);
}"""


@pytest.mark.parametrize("path", ["/practices/", "/challenges/"], ids=["level closed at first", "level of the page, open at first"])
def test_what_an_open_level_of_the_menu_covers_is_out_of_reach_and_its_title_leads_back(visit: Visit, address: str, path: str) -> None:
    page = visit(address + path, width=390)
    page.get_by_role("button", name="Menu").focus()
    page.keyboard.press("Enter")
    level = page.get_by_role("button", name="Help on offer")
    if path == "/practices/":
        level.focus()
        page.keyboard.press("Enter")
    # Once the level has slid in, there is one such button: the title of the level.
    expect(level).to_have_count(1)
    expect(level).to_be_focused()
    expect(level).to_have_attribute("aria-expanded", "true")
    for _ in range(20):
        if page.evaluate(IN_SIGHT):
            break
        page.wait_for_timeout(100)
    assert page.evaluate(IN_SIGHT)
    for name in ("Challenges", "Programme", "Workshop bundles"):
        page.keyboard.press("Tab")
        expect(page.get_by_role("link", name=name, exact=True)).to_be_focused()
        assert page.evaluate(IN_SIGHT)
    level.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("link", name="Who works together")).to_be_visible()
    expect(level).to_have_attribute("aria-expanded", "false")
    expect(level).to_be_focused()


def test_the_menu_closes_when_the_keyboard_goes_on_to_the_page_below(visit: Visit, address: str) -> None:
    page = visit(f"{address}/practices/", width=390)
    button = page.get_by_role("button", name="Menu")
    button.focus()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        if not page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')"):
            break
    expect(button).to_have_attribute("aria-expanded", "false")
    expect(page.locator(":focus")).to_be_visible()


@pytest.mark.parametrize("path", ["/", "/explore/", "/topics/freight/"])
def test_a_closed_menu_is_not_reached_by_keyboard(visit: Visit, address: str, path: str) -> None:
    page = visit(address + path, width=390)
    reached = []
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.append(page.evaluate("!!document.activeElement.closest('.md-sidebar--primary')"))
    assert not any(reached)


def test_the_first_stop_of_the_keyboard_leads_past_the_header(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/")
    page.keyboard.press("Tab")
    skip = page.get_by_role("link", name="Skip to the content")
    expect(skip).to_be_focused()
    assert skip.evaluate("link => link.getBoundingClientRect().top >= 0")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('.md-content')")


def test_without_scripts_the_menu_opens_by_its_label(visit: Visit, address: str) -> None:
    page = visit(f"{address}/", width=390, scripts=False)
    page.locator(".c-menu label").click()
    expect(page.locator(".md-sidebar--primary").get_by_role("link", name="Practices", exact=True)).to_be_visible()


def test_the_key_can_be_switched_off_and_stays_off(visit: Visit, address: str) -> None:
    page = visit(f"{address}/practices/")
    page.keyboard.press("Control+k")
    page.get_by_label("The key / opens this search").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("/")
    expect(page.locator("dialog.c-search__dialog")).to_be_hidden()
    page.reload(wait_until="networkidle")
    page.keyboard.press("/")
    expect(page.locator("dialog.c-search__dialog")).to_be_hidden()
    page.keyboard.press("Control+k")
    expect(page.get_by_label("The key / opens this search")).not_to_be_checked()


@pytest.mark.parametrize("key", ["n", "p", ",", "."])
def test_no_other_key_alone_does_anything(visit: Visit, address: str, key: str) -> None:
    page = visit(f"{address}/practices/")
    page.keyboard.press(key)
    page.wait_for_load_state("networkidle")
    assert page.url == f"{address}/practices/"
