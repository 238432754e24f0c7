"""The built site in a real browser: one page of each template, wide and narrow, light and dark."""

from collections.abc import Callable
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser

PAGES = {
    "home": "/",
    "practice": "/practices/tradable-zev-sales-mandate/",
    "case study": "/case-studies/india-ev-journey/",
    "technical assistance": "/technical-assistance/zevtc-rapid-response-facility/",
    "challenge": "/challenges/high-upfront-cost/",
    "action": "/actions/rt4/",
    "coalition": "/coalitions/lg-cta/",
    "organisation": "/organisations/icct/",
    "government": "/governments/in/",
    "topic": "/topics/charging-and-grid/",
    "programme": "/programme/lg-cta-regional-workshops/",
    "bundle": "/bundles/zev-community-style-forum/",
    "index": "/practices/",
    "grouped index": "/governments/",
    "vocabulary": "/vocabulary/",
    "crosswalk": "/about/crosswalk/",
    "field reference": "/reference/entry-fields/",
    "contribute": "/contribute/",
    "correction": "/contribute/correct/?entry=icct",
    "not found": "/404.html",
    "explore": "/explore/",
    "explore, filtered": "/explore/?kind=practice&kind=case-study&topic=freight&like=np",
    "explore, searched": "/explore/?q=depot&view=table",
    "value of a facet": "/explore/topic/freight/",
    "workshop": "/workshop/",
    "workshop, filled": "/workshop/?ids=nepal-ev-import-tax,norway-new-car-tax-shift",
    "comparison": "/compare/?ids=nepal-ev-import-tax,norway-new-car-tax-shift",
}
# Material lets the keyboard reach code that scrolls when its script comes to it, which may be a moment after the page is loaded.
REACHABLE = '() => [...document.querySelectorAll("pre > code")].every((code) => code.scrollWidth <= code.clientWidth || code.tabIndex === 0)'
WIDTHS = (1280, 390)
PALETTES = ("light", "dark")


def open_page(browser: Browser, url: str, width: int = 1280, palette: str = "light", scripts: bool = True) -> Page:
    context = browser.new_context(
        viewport={"width": width, "height": 900}, color_scheme="dark" if palette == "dark" else "light", java_script_enabled=scripts
    )
    page = context.new_page()
    page.goto(url, wait_until="networkidle")
    return page


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_has_no_accessibility_fault_wide_and_narrow_light_and_dark(browser: Browser, whole: Callable[[str], str], path: str) -> None:
    found: list[str] = []
    for width in WIDTHS:
        for palette in PALETTES:
            page = open_page(browser, whole(path), width, palette)
            page.wait_for_function(REACHABLE)
            # WCAG 2.2 A and AA, and axe's own best practices.
            result = Axe().run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]})
            for rule in result.response["violations"]:
                said = [(node["target"], node.get("failureSummary", "")[:160]) for node in rule["nodes"][:3]]
                found.append(f"{width} {palette} {rule['id']}: {said}")
            page.context.close()
    assert found == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_never_scrolls_sideways(browser: Browser, whole: Callable[[str], str], path: str) -> None:
    too_wide = []
    page = open_page(browser, whole(path))
    for width in (320, 390, 768, 1024, 1280, 1600):
        page.set_viewport_size({"width": width, "height": 900})
        over = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        if over > 0:
            too_wide.append((width, over))
    page.context.close()
    assert too_wide == []


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_asks_no_other_host_sets_no_cookie_and_has_no_error(browser: Browser, whole: Callable[[str], str], path: str) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    page = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    missing: list[str] = []
    page.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if not request.url.startswith((whole("/").split("/commons")[0], whole("/404.html").removesuffix("/404.html"), "data:", "blob:"))
            else None
        ),
    )
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("response", lambda response: missing.append(response.url) if response.status >= 400 else None)
    page.goto(whole(path), wait_until="networkidle")
    cookies = context.cookies()
    context.close()
    assert (foreign, errors, missing, cookies) == ([], [], [], [])


def test_an_entry_is_complete_without_scripts(browser: Browser, address: str) -> None:
    page = open_page(browser, address + PAGES["practice"], scripts=False)
    assert page.locator("article h2").count() > 10
    assert page.locator(".c-card").count() > 3
    assert page.locator("#sources li").count() > 5
    page.context.close()


def test_the_first_screen_of_a_phone_says_what_an_entry_is(browser: Browser, address: str) -> None:
    for name in ("practice", "case study", "coalition", "action", "topic"):
        page = open_page(browser, address + PAGES[name], 390)
        box = page.locator(".c-summary").bounding_box()
        assert box, name
        assert box["y"] + box["height"] < 844, name
        page.context.close()


def test_the_page_turns_around_for_scripts_from_right_to_left(browser: Browser, address: str) -> None:
    page = open_page(browser, address + PAGES["case study"], 390)
    page.evaluate("document.documentElement.dir = 'rtl'; document.body.dir = 'rtl'")
    assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") == 0
    label, value = (page.locator(f".c-facts__item >> nth=0 >> {tag}").bounding_box() for tag in ("dt", "dd"))
    assert label
    assert value
    assert label["x"] > value["x"]
    page.context.close()


def test_a_source_number_leads_to_its_source(browser: Browser, address: str) -> None:
    page = open_page(browser, address + PAGES["practice"])
    link = page.locator(".c-text .c-cite a").first
    target = link.get_attribute("href")
    link.click()
    assert target
    assert page.locator(target).is_visible()
    assert page.url.endswith(target)
    page.context.close()


def test_the_card_is_one_link_with_the_title_as_its_name(browser: Browser, address: str) -> None:
    page = open_page(browser, address + PAGES["index"])
    card = page.locator(".c-card").first
    assert card.locator("a").count() == 1
    box = card.locator(".c-card__summary").bounding_box()
    assert box
    with page.expect_navigation():
        page.mouse.click(box["x"] + 5, box["y"] + 5)
    assert Path(page.url.rstrip("/")).parent.name == "practices"
    page.context.close()
