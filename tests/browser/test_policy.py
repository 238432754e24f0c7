"""What browsers make of the policy in each page: the site works, and what got into a page does not run."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.test_site import PAGES

pytestmark = pytest.mark.browser

# Each tries to write its number into the title of the document, or to fetch from another host.
INJECTED = """
<script>document.title = "run 1"</script>
<img src="x" onerror="document.title = 'run 2'">
<svg onload="document.title = 'run 3'"></svg>
<a id="try" href="javascript:document.title = 'run 4'">x</a>
<iframe srcdoc="<script>parent.document.title = 'run 5'</script>"></iframe>
<script src="data:text/javascript,document.title='run 6'"></script>
<script src="https://other.test/x.js"></script>
<script type="module">document.title = "run 7"</script>
<object data="data:text/html,<script>parent.document.title = 'run 8'</script>"></object>
<base href="https://other.test/">
<form action="https://other.test/" id="form"><input name="a" value="b"></form>
<link rel="stylesheet" href="https://other.test/x.css">
<img src="https://other.test/pixel.gif">
"""


@pytest.fixture
def injected(browser: Browser, address: str) -> Callable[[str], tuple[Page, list[str]]]:
    """A page of the site with the attempts at the end of its text, and the addresses on other hosts that it asks for."""

    def go(path: str) -> tuple[Page, list[str]]:
        page = browser.new_context().new_page()
        asked: list[str] = []

        def answer(route: Route) -> None:
            if route.request.url.startswith("https://other.test"):
                asked.append(route.request.url)
                route.fulfill(body="")
            elif route.request.url == address + path:
                text = route.fetch().text()
                assert "</footer>" in text
                route.fulfill(body=text.replace("<footer", INJECTED + "<footer", 1), content_type="text/html; charset=utf-8")
            else:
                route.continue_()

        page.route("**/*", answer)
        page.goto(address + path, wait_until="networkidle")
        return page, asked

    return go


@pytest.mark.parametrize("name", ["home", "practice", "explore"])
def test_what_got_into_a_page_does_not_run_and_reaches_no_other_host(injected: Callable[[str], tuple[Page, list[str]]], name: str) -> None:
    page, asked = injected(PAGES[name])
    title = page.title()
    page.locator("#try").dispatch_event("click")
    page.evaluate("document.getElementById('form').submit()")
    page.wait_for_timeout(300)
    assert not title.startswith("run")
    assert not page.title().startswith("run")
    assert page.evaluate("document.baseURI").startswith("http://127.0.0.1")
    assert asked == []
    page.context.close()


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES.keys())
def test_a_page_of_each_kind_keeps_its_own_policy(browser: Browser, whole: Callable[[str], str], path: str) -> None:
    page = browser.new_context().new_page()
    page.add_init_script(
        "window.broken = []; addEventListener('securitypolicyviolation', (event) => broken.push(`${event.violatedDirective} ${event.blockedURI}`))"
    )
    page.goto(whole(path), wait_until="networkidle")
    assert page.locator('head > meta[http-equiv="Content-Security-Policy"]').count() == 1
    expect(page.locator("commons-search:defined")).to_have_count(1, timeout=30_000)  # before, its button is a link to another page
    page.locator("commons-search .c-search__open").click()
    page.locator("commons-search dialog[open] input[type=search]").fill("depot")
    page.locator(".c-search__hits li").first.wait_for()
    assert page.evaluate("broken") == []
    page.context.close()
