"""The workshop in a real browser: a selection is put together, ordered, timed, shared, printed, and kept as a bundle."""

import base64
import io
import json
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pikepdf
import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, Error, Locator, Page, expect
from pypdf import PdfReader

from macros.check import check
from macros.cli import main
from macros.print.document import data_of
from macros.print.pdf import FONTS, compile_pdf
from macros.print.selection import of_ids
from macros.project import Project, load
from macros.text import Texts
from tests.browser.conftest import Served
from tests.browser.test_explore import faults, sideways
from tests.conftest import ROOT

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
INDIA, NEPAL, NORWAY = "india-ev-journey", "nepal-ev-import-tax", "norway-new-car-tax-shift"
TITLES = {
    INDIA: "India's EV journey",
    NEPAL: "Nepal: an import tax that makes small electric cars the cheaper choice",
    NORWAY: "Norway: taxing combustion cars for three decades, then taking the exemption back",
}
THREE = f"?ids={INDIA},{NEPAL},{NORWAY}"
BUNDLE, BUNDLE_TITLE = "charging-guidelines-workshop", "Writing charging guidelines that last"
WAIT = 240_000


def entries(number: int) -> list[str]:
    """So many ids of the pool: practices and case studies in turn."""
    kinds = [sorted(path.stem for path in (ROOT / "content" / kind).glob("*.md")) for kind in ("practices", "case-studies")]
    return [*kinds[0][:20], *kinds[1]][:number]


def open_workshop(visit: Visit, address: str, query: str = "", **options: object) -> Page:
    page = visit(f"{address}/workshop/{query}", **options)
    expect(page.locator('[data-part="app"]')).to_be_visible()
    return page


def part(page: Page, name: str) -> Locator:
    return page.locator(f'commons-workshop [data-part="{name}"]').first


def order(page: Page) -> list[str]:
    return [str(id) for id in page.locator(".c-picks__item").evaluate_all("items => items.map(item => item.dataset.id)")]


def asked(page: Page) -> dict[str, str]:
    """What the address says, one value a name."""
    return {name: values[0] for name, values in parse_qs(urlsplit(page.url).query).items()}


def kept(page: Page) -> list[str]:
    found: list[str] = json.loads(page.evaluate("localStorage.getItem('commons-workshop') ?? '[]'"))
    return found


def clocks(page: Page) -> list[str]:
    return page.locator(".c-workshop__clock").all_inner_texts()


# Choosing


def test_an_entry_is_added_from_its_page_and_taken_out_again(visit: Visit, address: str) -> None:
    page = visit(f"{address}/case-studies/{INDIA}/")
    expect(page.locator("commons-basket")).to_be_hidden()
    page.get_by_role("button", name=f"Add to workshop: {TITLES[INDIA]}").click()
    expect(page.locator("commons-add [role=status]")).to_have_text("Workshop: 1 entry chosen")
    expect(page.get_by_role("link", name="Workshop: 1 entry chosen")).to_be_visible()
    page.goto(f"{address}/case-studies/{NEPAL}/")
    page.get_by_role("button", name=f"Add to workshop: {TITLES[NEPAL]}").press("Enter")
    page.get_by_role("link", name="Open the workshop (2)").click()
    expect(page.locator(".c-picks__item")).to_have_count(2)
    assert order(page) == [INDIA, NEPAL]
    page.go_back()
    page.get_by_role("button", name=f"In the workshop: {TITLES[NEPAL]}, take it out").click()
    expect(page.get_by_role("link", name="Workshop: 1 entry chosen")).to_be_visible()
    assert kept(page) == [INDIA]


def test_an_entry_leads_to_the_workshop_without_scripts(visit: Visit, address: str) -> None:
    page = visit(f"{address}/case-studies/{INDIA}/", scripts=False)
    expect(page.get_by_role("link", name="Add to workshop")).to_have_attribute("href", f"../../workshop/?ids={INDIA}")
    page.goto(f"{address}/bundles/{BUNDLE}/")
    expect(page.get_by_role("link", name="Open in the workshop")).to_have_attribute("href", f"../../workshop/?bundle={BUNDLE}")


def test_the_workshop_says_what_it_is_without_scripts(visit: Visit, address: str) -> None:
    page = visit(f"{address}/workshop/", scripts=False)
    expect(page.get_by_role("heading", name="Ready to run")).to_be_visible()
    assert page.locator(".c-card").count() >= 8
    expect(page.get_by_text("commons bundle").first).to_be_visible()
    expect(page.locator('[data-part="app"]')).to_be_hidden()
    expect(page.get_by_role("link", name="Open here").first).to_be_hidden()


def test_what_a_filter_finds_is_added_or_printed(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/?kind=practice&topic=freight&topic=charging-and-grid")
    print_these = page.get_by_role("link", name=re.compile(r"^Print these \d+$"))
    number = int(print_these.inner_text().split()[-1])
    page.get_by_role("button", name=f"Add these {number}").click()
    expect(page.get_by_role("link", name=f"Workshop: {number} entries chosen")).to_be_visible()
    expect(page.locator(".c-results .c-card__pick.c-button--in")).to_have_count(number)
    print_these.click()
    expect(page.locator(".c-picks__item")).to_have_count(number)
    assert urlsplit(page.url).query == "kind=practice&topic=freight&topic=charging-and-grid"
    assert order(page) == kept(page)


def test_a_card_of_a_plain_list_puts_its_entry_into_the_workshop(visit: Visit, address: str) -> None:
    page = visit(f"{address}/case-studies/")
    card = page.locator(f'.c-card[data-id="{INDIA}"]')
    card.get_by_role("button", name=f"Add to workshop: {TITLES[INDIA]}").click()
    expect(card.get_by_role("button", name=f"In the workshop: {TITLES[INDIA]}, take it out")).to_be_focused()
    assert kept(page) == [INDIA]


def test_sixty_chosen_entries_can_be_printed(visit: Visit, address: str) -> None:
    sixty = entries(60)
    page = visit(f"{address}/explore/?ids={','.join(sixty)}")
    page.get_by_role("link", name="Print these 60").click()
    expect(page.locator(".c-picks__item")).to_have_count(60)
    assert order(page) == sixty
    expect(part(page, "times")).to_have_text("09:00 to 00:00, 15 h in all.")


def test_entries_are_found_by_a_word_of_their_title(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address)
    field = page.get_by_label("Add an entry: a word of its title")
    field.fill("journey india")
    field.press("Enter")
    expect(page.locator(".c-picks__item")).to_have_count(1)
    expect(field).to_be_focused()
    expect(part(page, "said")).to_have_text(f"{TITLES[INDIA]} is added as number 1.")
    field.fill("qqq")
    expect(page.get_by_text("No title has these words.")).to_be_visible()
    assert (order(page), kept(page), asked(page)) == ([INDIA], [INDIA], {"ids": INDIA})


# Ordering


def test_entries_are_moved_by_the_keyboard_with_the_focus_kept(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, THREE)
    down = page.get_by_role("button", name=f"Move down: {TITLES[INDIA]}")
    down.focus()
    page.keyboard.press("Enter")
    expect(part(page, "said")).to_have_text(f"{TITLES[INDIA]} is now number 2 of 3.")
    expect(down).to_be_focused()
    page.keyboard.press("Space")
    expect(down).to_be_focused()
    expect(down).to_have_attribute("aria-disabled", "true")
    page.keyboard.press("Enter")
    assert (order(page), asked(page)["ids"]) == ([NEPAL, NORWAY, INDIA], f"{NEPAL},{NORWAY},{INDIA}")
    page.get_by_role("button", name=f"Move up: {TITLES[INDIA]}").press("Enter")
    assert order(page) == [NEPAL, INDIA, NORWAY]


def test_entries_are_moved_by_the_mouse(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, f"{THREE}&minutes=10,20,30")
    items = page.locator(".c-picks__item")
    items.nth(2).locator(".c-picks__grip").drag_to(items.nth(0), target_position={"x": 40, "y": 4})
    expect(part(page, "said")).to_have_text(f"{TITLES[NORWAY]} is now number 1 of 3.")
    # The minutes that someone gave stay with their entry.
    assert (order(page), asked(page)["minutes"]) == ([NORWAY, INDIA, NEPAL], "30,10,20")


def test_entries_are_taken_out_and_put_back(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, THREE)
    page.get_by_role("button", name=f"Take out: {TITLES[NEPAL]}").press("Enter")
    expect(part(page, "said")).to_have_text(f"{TITLES[NEPAL]} is taken out.")
    expect(page.get_by_role("button", name=f"Take out: {TITLES[NORWAY]}")).to_be_focused()
    page.get_by_role("button", name="Take all out").click()
    expect(part(page, "empty")).to_be_visible()
    expect(page.get_by_role("button", name="Put back")).to_be_focused()
    assert (kept(page), page.locator(".c-workshop__side").is_visible()) == ([], False)
    page.keyboard.press("Enter")
    assert order(page) == [INDIA, NORWAY]


def test_the_last_entry_leaves_the_focus_in_the_list(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, f"?ids={INDIA}")
    page.get_by_role("button", name=f"Take out: {TITLES[INDIA]}").press("Enter")
    expect(page.locator("#workshop-entries")).to_be_focused()


# The outline


def test_the_clock_adds_up_and_follows_every_change(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, THREE)
    assert clocks(page) == ["09:00", "09:15", "09:30"]
    page.get_by_label(f"Minutes of step 1: {TITLES[INDIA]}").fill("50")
    page.get_by_label("Begins at").fill("13:30")
    assert clocks(page) == ["13:30", "14:20", "14:35"]
    expect(part(page, "times")).to_have_text("13:30 to 14:50, 1 h 20 min in all.")
    assert asked(page) == {"ids": f"{INDIA},{NEPAL},{NORWAY}", "minutes": "50,15,15", "start": "13:30"}
    # What is no number of minutes goes back to what is usual.
    page.get_by_label(f"Minutes of step 1: {TITLES[INDIA]}").fill("0")
    page.get_by_label(f"Minutes of step 1: {TITLES[INDIA]}").blur()
    expect(part(page, "times")).to_have_text("13:30 to 14:15, 45 min in all.")


def test_the_clock_says_when_it_passes_midnight(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, f"{THREE}&start=23:30")
    assert clocks(page) == ["23:30", "23:45", "00:00"]
    expect(part(page, "times")).to_have_text("23:30 to 00:15, 45 min in all. The clock passes midnight: the last step ends at 00:15 on day 2.")


def test_a_bundle_brings_its_agenda_and_says_when_its_time_differs(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, f"?bundle={BUNDLE}")
    expect(part(page, "agenda")).to_have_text(f"The agenda of “{BUNDLE_TITLE}” goes with it.")
    expect(part(page, "times")).to_have_text("09:00 to 13:00, 4 h in all.")
    page.get_by_label(re.compile("^Minutes of step 5: ")).fill("25")
    expect(part(page, "times")).to_have_text("09:00 to 13:10, 4 h 10 min in all. The bundle is planned for 4 h; these steps take 4 h 10 min.")
    field = page.get_by_label("Add an entry: a word of its title")
    field.fill("journey india")
    field.press("Enter")
    expect(part(page, "agenda")).to_contain_text(f"Not in any step of the agenda: {TITLES[INDIA]}.")
    assert (asked(page)["bundle"], asked(page)["ids"].split(",")[-1]) == (BUNDLE, INDIA)


def test_a_bundle_is_opened_from_its_card_and_from_its_page(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address)
    page.get_by_role("link", name=f"Open here: {BUNDLE_TITLE}").click()
    expect(page.get_by_label("Title on the cover")).to_have_attribute("placeholder", BUNDLE_TITLE)
    page.goto(f"{address}/topics/freight/")
    page.get_by_role("link", name="Open in the workshop").click()
    expect(page.get_by_label("Title on the cover")).to_have_attribute("placeholder", "Freight")
    # To look at a workshop is not to choose it.
    assert kept(page) == []


# The address


def test_a_copied_link_opens_the_same_workshop_elsewhere(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, f"?ids={INDIA},{NEPAL}")
    page.get_by_label("Title on the cover").fill("Plans & <prices>, 50% + more")
    page.get_by_label("Date").fill("2026-12-01")
    page.get_by_role("combobox", name="Paper").select_option("letter")
    page.get_by_role("radio", name=re.compile("^Guide")).check()
    page.get_by_role("button", name="Copy link").click()
    expect(part(page, "told")).to_have_text("Link copied")
    copied = page.evaluate("navigator.clipboard.readText()")
    assert copied == page.url
    other = open_workshop(visit, copied.partition("/workshop/")[0], f"?{urlsplit(copied).query}")
    expect(other.get_by_label("Title on the cover")).to_have_value("Plans & <prices>, 50% + more")
    expect(other.get_by_label("Date")).to_have_value("2026-12-01")
    expect(other.get_by_role("combobox", name="Paper")).to_have_value("letter")
    expect(other.get_by_role("radio", name=re.compile("^Guide"))).to_be_checked()
    assert order(other) == [INDIA, NEPAL]


def test_the_workshop_is_there_again_after_a_look_elsewhere(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address, THREE)
    page.get_by_label("Title on the cover").fill("Tuesday")
    page.get_by_label(f"Minutes of step 2: {TITLES[NEPAL]}").fill("40")
    page.goto(f"{address}/practices/")
    page.get_by_role("link", name="Workshop: 3 entries chosen").click()
    page.wait_for_url(f"**/workshop/?ids={INDIA},{NEPAL},{NORWAY}&minutes=15,40,15&title=Tuesday")
    expect(page.get_by_label("Title on the cover")).to_have_value("Tuesday")
    expect(page.get_by_label(f"Minutes of step 2: {TITLES[NEPAL]}")).to_have_value("40")


def test_a_link_beside_an_own_selection_asks_which_one_is_meant(visit: Visit, address: str) -> None:
    page = open_workshop(visit, address)
    page.evaluate("localStorage.setItem('commons-workshop', '[\"norway-new-car-tax-shift\"]')")
    page.goto(f"{address}/workshop/?ids={INDIA},{NEPAL}")
    said = "This is a workshop from a link. Your own selection (1 entry) is kept until you decide."
    expect(part(page, "notices")).to_contain_text(said)
    page.get_by_role("button", name=f"Move down: {TITLES[INDIA]}").click()
    assert (order(page), kept(page)) == ([NEPAL, INDIA], [NORWAY])
    page.get_by_role("button", name="Show mine").click()
    expect(page.locator(".c-picks__item")).to_have_count(1)
    page.go_back()
    expect(page.locator(".c-picks__item")).to_have_count(2)
    page.get_by_role("button", name="Take this one as mine").click()
    expect(part(page, "notices")).not_to_contain_text(said)
    assert kept(page) == [NEPAL, INDIA]


@pytest.mark.parametrize(
    ("query", "said", "left"),
    [
        (f"?ids={INDIA},no-such-entry", "Left out, because this site has no entry to print under this name: no-such-entry.", [INDIA]),
        (f"?ids={INDIA},in,{BUNDLE}", f"Left out, because this site has no entry to print under this name: in, {BUNDLE}.", [INDIA]),
        (f"?ids=<img src=x>,{INDIA}&date=2026-02-30&start=25:00&edition=poster", "<img src=x>, 2026-02-30, 25:00, poster.", [INDIA]),
        ("?bundle=no-such-bundle", "There is no bundle no-such-bundle on this site.", []),
        ("?topic=no-such-topic", "Left out, because it is not understood: no-such-topic.", []),
        (f"?ids={INDIA}&minutes=9999,abc", "Left out, because it is not understood: 9999, abc.", [INDIA]),
    ],
)
def test_what_the_site_does_not_know_is_named_and_left_out(visit: Visit, address: str, query: str, said: str, left: list[str]) -> None:
    page = open_workshop(visit, address, query, errors=True)
    expect(part(page, "notices")).to_contain_text(said)
    assert order(page) == left


@pytest.mark.parametrize("broken", [None, b"{", b'{"format": 99}'])
def test_a_lost_list_of_entries_leaves_a_notice_and_the_bundles(visit: Visit, own: Served, broken: bytes | None) -> None:
    own.broken["explore/entries.json"] = broken
    try:
        page = visit(f"{own.address}/workshop/{THREE}", errors=True)
        expect(part(page, "notices")).to_contain_text("The list of entries could not be loaded.")
        expect(page.get_by_role("heading", name="Ready to run")).to_be_visible()
    finally:
        own.broken.clear()


def test_an_old_id_leads_to_the_entry_of_today(browser: Browser, own: Served) -> None:
    page = (own.site / "workshop/index.html").read_text("utf-8")
    assert '"aliases": {' in page
    named = page.replace('"aliases": {', f'"aliases": {{"an-old-id": "{INDIA}", "an-old-bundle": "{BUNDLE}", ', 1).replace(", }", "}", 1)
    context = browser.new_context()
    seen = context.new_page()
    seen.route("**/workshop/?*", lambda route: route.fulfill(body=named, content_type="text/html"))
    seen.goto(f"{own.address}/workshop/?ids={NEPAL},an-old-id")
    expect(seen.locator(".c-picks__item")).to_have_count(2)
    assert order(seen) == [NEPAL, INDIA]
    seen.goto(f"{own.address}/workshop/?bundle=an-old-bundle")
    expect(seen.get_by_label("Title on the cover")).to_have_attribute("placeholder", BUNDLE_TITLE)
    context.close()


# Plain print


def plain(page: Page) -> Locator:
    page.evaluate("window.print = () => { window.printed = true; }")
    page.get_by_role("button", name="Print plain").click()
    expect(page.locator(".c-plain h2")).to_be_focused()
    assert page.evaluate("window.printed") is True
    return page.locator(".c-plain")


def test_the_selection_is_one_plain_page_where_no_pdf_can_be_made(browser: Browser, address: str) -> None:
    context = browser.new_context()
    context.add_init_script("delete window.WebAssembly")
    page = context.new_page()
    page.goto(f"{address}/workshop/{THREE}&title=Plain+day&start=10:00")
    expect(part(page, "size")).to_have_text("This browser cannot set a PDF itself, so “Print plain” prints the selection from this page.")
    expect(part(page, "make")).to_be_hidden()
    made = plain(page)
    expect(made.locator("h2")).to_have_text("Plain day")
    assert made.locator("article h3").all_inner_texts() == list(TITLES.values())
    assert made.locator("> .c-table td:first-child").all_inner_texts() == ["10:00", "10:15", "10:30", "10:45"]
    for id in TITLES:
        fragment = json.loads((ROOT / "site/workshop/entries" / f"{id}.json").read_text("utf-8"))
        text = made.inner_text()
        assert [section["title"] for section in fragment["sections"] if section["title"] not in text] == []
        assert [source["title"] for source in fragment["sources"] if source["title"] not in text] == []
    assert (faults(page), sideways(page)) == ([], 0)
    # On paper the tool itself is not there.
    page.emulate_media(media="print")
    expect(page.locator(".c-workshop__main")).to_be_hidden()
    expect(page.locator("#bundles")).to_be_hidden()
    page.emulate_media(media="screen")
    page.get_by_role("button", name="Close the plain version").click()
    expect(page.get_by_role("button", name="Print plain")).to_be_focused()
    context.close()


def test_a_browser_that_saves_data_is_offered_the_plain_page_first(browser: Browser, own: Served) -> None:
    context = browser.new_context()
    context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page = context.new_page()
    own.log.clear()
    page.goto(f"{own.address}/workshop/{THREE}", wait_until="networkidle")
    expect(part(page, "size")).to_contain_text(
        re.compile(r"Your browser asks to save data\. “Print plain” needs nothing more; the PDF would load 1\d MB\.")
    )
    expect(part(page, "plain")).to_have_class(re.compile("c-button--main"))
    assert [path for path, _ in own.log if path.endswith((".wasm.gz", ".ttf", ".otf"))] == []
    context.close()


def test_an_entry_that_is_lost_is_named_on_the_plain_page(visit: Visit, own: Served) -> None:
    page = open_workshop(visit, own.address, THREE, errors=True)
    own.broken[f"workshop/entries/{NEPAL}.json"] = None
    try:
        made = plain(page)
        expect(made.locator(".c-notice")).to_have_text(f"Not loaded, so left out here: {NEPAL}.")
        assert made.locator("article h3").all_inner_texts() == [TITLES[INDIA], TITLES[NORWAY]]
        page.get_by_role("button", name="Make the PDF").click()
        expect(part(page, "stage")).to_contain_text("The PDF could not be made: a part of it could not be loaded.")
    finally:
        own.broken.clear()


# Save as bundle


def checked(tmp_path: Path, name: str, file: Path) -> list[str]:
    """The errors that the check has about a new bundle in the pool of the repository."""
    shutil.copytree(ROOT / "content", tmp_path / "content")
    shutil.copy(file, tmp_path / "content/bundles" / name)
    found = check(tmp_path / "content", tmp_path, date.today())
    return [f"{p.path}: {p.code}: {p.message}" for p in found.problems if p.severity == "error" and name in p.path]


@pytest.mark.parametrize("query", [THREE, f"?bundle={BUNDLE}&minutes=25"])
def test_a_saved_bundle_passes_the_check(visit: Visit, address: str, tmp_path: Path, query: str) -> None:
    page = open_workshop(visit, address, query)
    page.get_by_label("Title on the cover").fill('Prices: "who" pays? # {all} & more')
    page.get_by_text("Save as bundle", exact=True).click()
    form = page.locator(".c-workshop__save form")
    save = form.get_by_role("button", name="Save the file")
    expect(form.get_by_label("Name of the file")).to_have_value("prices-who-pays-all-more")
    form.get_by_label("Who keeps it right").fill("")
    save.click()
    expect(form.get_by_role("status")).to_contain_text("Who keeps it right")
    form.get_by_label("What it is, in one sentence").fill("Two hours on who pays: a test.")
    form.get_by_label("For whom").fill("Ten people:\nofficials")
    form.get_by_label("What participants leave with").fill("- One price each\n\nA list: who decides")
    form.get_by_label("Who keeps it right").fill("Editors")
    form.get_by_label("Adapting it").fill("# Not a heading\n\n<b>no</b> [@nobody] [see @this] ![x](y)\n---")
    form.get_by_label("Name of the file").fill(BUNDLE)
    save.click()
    expect(form.get_by_role("status")).to_contain_text("must not be taken")
    form.get_by_label("Name of the file").fill("who-pays")
    with page.expect_download() as loading:
        save.click()
    assert loading.value.suggested_filename == "who-pays.md"
    assert checked(tmp_path, "who-pays.md", Path(loading.value.path())) == []
    # What is copied from a bundle cites what it cited there; what someone made up is no citation.
    text = Path(loading.value.path()).read_text("utf-8")
    assert re.findall(r"\[@[^\]]*\]", text) == (["[@lg-cta-deck]"] if BUNDLE in query else [])
    assert ('publisher: "ICLEI South Asia and Asia LEDS Partnership"' in text) == (BUNDLE in query)


# The PDF


def new_press(browser: Browser, address: str) -> Page:
    """The workshop of two entries on a device that never made a PDF."""
    page = browser.new_context().new_page()
    page.goto(f"{address}/workshop/?ids={INDIA},{NEPAL}", wait_until="networkidle")
    return page


@pytest.fixture(scope="module")
def press(browser: Browser, address: str) -> Iterator[Page]:
    """One page on which PDFs are made one after another, as a facilitator keeps it open."""
    page = new_press(browser, address)
    yield page
    page.context.close()


@pytest.fixture(scope="module")
def pool() -> Project:
    return load(ROOT)


def turn_to(page: Page, query: str) -> None:
    """Another workshop on the same page, as the way back and forth brings it."""
    page.evaluate("query => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }", query)
    page.wait_for_load_state("networkidle")


def make(page: Page) -> bytes:
    """Press the button and wait for the PDF."""
    page.get_by_role("button", name="Make the PDF").click()
    expect(part(page, "stage")).to_have_text(re.compile("^The PDF (is ready|could not)"), timeout=WAIT)
    expect(part(page, "stage")).to_contain_text("The PDF is ready: ")
    found = page.evaluate("""async () => {
        const bytes = new Uint8Array(await (await fetch(document.querySelector('[data-part="result"] a').href)).arrayBuffer());
        let text = "";
        for (let n = 0; n < bytes.length; n += 32768) text += String.fromCharCode(...bytes.subarray(n, n + 32768));
        return btoa(text);
    }""")
    return base64.b64decode(found)


def pages(pdf: bytes) -> list[str]:
    """The text of each page; two versions of Typst mark the places where a long address may break in different ways."""
    return [re.sub(r"[\s\u200b]+", "", page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def told(pdf: bytes) -> dict[str, object]:
    """What a PDF tells programs that read aloud: what it declares, its language, title, tags, order, and its links in words."""
    with pikepdf.open(io.BytesIO(pdf)) as document:
        assert document.check_pdf_syntax() == []
        root, links = document.Root, [note for page in document.pages for note in page.get("/Annots", [])]
        assert all(str(note.Contents) and "/StructParent" in note for note in links)
        with document.open_metadata() as about:
            declared = {name: about.get(name) for name in ("pdfuaid:part", "dc:title", "xmpTPg:NPages")}
        return {
            **declared,
            "title": str(document.docinfo.Title),
            "title shown": bool(root.ViewerPreferences.DisplayDocTitle),
            "language": str(root.Lang),
            "tagged": bool(root.MarkInfo.Marked) and not bool(root.MarkInfo.Suspects) and "/ParentTree" in root.StructTreeRoot,
            "tabs": [str(page.get("/Tabs")) for page in document.pages],
            "links": {(str(note.Contents), str(note.A.get("/URI", "")) if "/A" in note else "") for note in links},
        }


def fonts_sent(served: Served) -> list[str]:
    """The fonts that the browser has loaded since the log was last cleared."""
    return sorted(path.removeprefix("workshop/fonts/") for path, _ in served.log if path.startswith("workshop/fonts/"))


STAYS = "The workshop is on this device, with all entries and the program that sets the PDF; it needs no connection."


def test_a_pdf_is_made_after_its_size_was_said_and_again_without_a_connection(browser: Browser, own: Served) -> None:
    page = new_press(browser, own.address)
    size = r"The first PDF loads 1\d MB: the program that sets it, its fonts, and the texts of all entries\. "
    expect(part(page, "size")).to_have_text(re.compile(rf"^{size}They stay on this device, so that later PDFs need no connection\.$"))
    own.log.clear()
    first = make(page)
    assert fonts_sent(own) == [
        "NotoSansCJK_Signs.otf",
        *sorted(path.name for path in FONTS.glob("*.ttf") if not re.search("Thai|Arabic|Dev", path.name)),
    ]
    expect(part(page, "size")).to_have_text(STAYS)
    number = len(pages(first))
    expect(part(page, "stage")).to_contain_text(f"{number} pages")
    name = "a-selection-of-entries-booklet-a4.pdf"
    expect(page.get_by_role("link", name=f"Open {name}")).to_have_attribute("target", "_blank")
    expect(page.get_by_role("link", name=f"Save {name}")).to_have_attribute("download", name)
    page.context.set_offline(True)
    page.get_by_role("radio", name=re.compile("^Cards")).check()
    expect(part(page, "stage")).to_have_text("The selection has changed since this PDF was made.")
    page.get_by_role("button", name=f"Move down: {TITLES[INDIA]}").click()
    assert len(pages(make(page))) == 2
    page.context.set_offline(False)
    page.reload(wait_until="networkidle")
    expect(part(page, "size")).to_have_text(STAYS)
    own.log.clear()
    assert make(page)
    assert [path for path, _ in own.log if path.endswith((".gz", ".ttf", ".otf"))] == []
    page.context.close()


def test_the_workshop_opens_again_with_other_entries_after_the_network_was_cut(browser: Browser, own: Served) -> None:
    page = new_press(browser, own.address)
    registered = "navigator.serviceWorker.getRegistrations().then((all) => all.length)"
    assert page.evaluate(registered) == 0
    make(page)
    expect(part(page, "size")).to_have_text(STAYS)
    assert page.evaluate(registered) == 1
    page.context.new_cdp_session(page).send("Network.clearBrowserCache")
    own.cut = True
    try:
        page.goto(f"{own.address}/workshop/?ids={NORWAY}&edition=cards")
        expect(part(page, "size")).to_have_text(STAYS)
        assert order(page) == [NORWAY]
        assert len(pages(make(page))) == 2
        page.goto(f"{own.address}/workshop/?bundle={BUNDLE}&edition=guide")
        made = pages(make(page))
        assert BUNDLE_TITLE.replace(" ", "") in made[0]
        with pytest.raises(Error):  # only the workshop is kept
            page.context.new_page().goto(f"{own.address}/practices/")
    finally:
        own.cut = False
    # With a connection the page comes from the site again, and so does what is new there.
    own.log.clear()
    page.goto(f"{own.address}/workshop/?ids={INDIA}", wait_until="networkidle")
    assert "workshop/" in [path for path, _ in own.log]
    page.context.close()


def test_a_title_is_text_on_paper_too_and_tags_make_it_accessible(press: Page) -> None:
    title = '#panic("x") $x$ *no* @ref [y](z) <b>'
    turn_to(press, f"?ids={INDIA}&edition=cards")
    press.get_by_label("Title on the cover").fill(title)
    turn_to(press, f"?ids={INDIA}&edition=guide&title={press.evaluate('encodeURIComponent', title)}")
    pdf = make(press)
    assert make(press) == pdf
    made = PdfReader(io.BytesIO(pdf))
    assert re.sub(r"\s", "", title) in re.sub(r"\s", "", made.pages[0].extract_text())
    assert made.metadata
    assert made.metadata.title == title
    root = made.root_object
    assert str(root["/MarkInfo"].get_object()) == "{'/Marked': True, '/Suspects': False}"
    assert told(pdf) == told(pdf) | {"pdfuaid:part": "1", "dc:title": title, "language": "en", "title shown": True, "tagged": True}


SIXTY = ",".join(entries(60))
CASES = {
    "two entries as booklet": (["--ids", f"{INDIA},{NEPAL}"], f"?ids={INDIA},{NEPAL}", "booklet", "a4"),
    "two entries as guide of an occasion": (
        ["--ids", f"{INDIA},{NEPAL}", "--title", "Two cases", "--date", "2026-12-01", "--start", "22:50", "--minutes", "40,35"],
        f"?ids={INDIA},{NEPAL}&title=Two+cases&date=2026-12-01&start=22:50&minutes=40,35", "guide", "letter",
    ),
    "a bundle as guide": ([BUNDLE], f"?bundle={BUNDLE}", "guide", "a4"),
    "a bundle as booklet": ([BUNDLE], f"?bundle={BUNDLE}", "booklet", "letter"),
    "a government with its figures as booklet": (["br"], "?bundle=br", "booklet", "a4"),
    "a topic as guide": (["freight"], "?bundle=freight", "guide", "letter"),
    "facets as cards": (["--kind", "practice", "--topic", "charging-and-grid"], "?kind=practice&topic=charging-and-grid", "cards", "a4"),
    "sixty entries as cards": (["--ids", SIXTY], f"?ids={SIXTY}", "cards", "letter"),
    "sixty entries as guide": (["--ids", SIXTY], f"?ids={SIXTY}", "guide", "a4"),
}  # fmt: skip


@pytest.mark.parametrize("case", CASES)
def test_the_browser_and_the_command_line_make_the_same_document(
    press: Page, pool: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, case: str
) -> None:
    arguments, query, edition, paper = CASES[case]
    turn_to(press, f"{query}&edition={edition}&paper={paper}")
    made = make(press)
    here = pages(made)
    monkeypatch.setattr("macros.cli._project", lambda: pool)
    done = CliRunner().invoke(main, ["bundle", *arguments, "--edition", edition, "--paper", paper, "-o", str(tmp_path / "made.pdf")])
    assert done.exit_code == 0, done.output
    command = (tmp_path / "made.pdf").read_bytes()
    there = pages(command)
    assert len(here) == len(there)
    assert here == there
    assert told(made) == told(command)
    assert told(made)["pdfuaid:part"] == "1"
    assert told(made)["title shown"] is True
    assert len(made) < 1.2 * len(command)
    # In the contents and on a page of its own.
    assert sum("Progressinnumbers" in text for text in here) == (2 if "figures" in case else 0)


LETTERS = "电动公交车与充电站：電気自動車の普及、전기버스 보급 \U0001f4b0 ≥ 5 → 6"


def test_sources_in_chinese_japanese_and_korean_are_set_as_on_the_command_line(browser: Browser, own: Served, pool: Project) -> None:
    site = pool.site(Texts(pool.texts), history=pool.history)
    data = data_of(of_ids([NORWAY], site), "booklet", "a4", site)
    data["entries"][0]["sources"][0]["title"] = LETTERS
    entry = f"workshop/entries/{NORWAY}.json"
    changed = json.loads((own.site / entry).read_text("utf-8"))
    changed["sources"][0]["title"] = LETTERS
    own.broken[entry] = json.dumps(changed).encode()
    try:
        page = new_press(browser, own.address)
        turn_to(page, f"?ids={NORWAY}")
        own.log.clear()
        here = pages(make(page))
        sent = fonts_sent(own)
        page.context.close()
    finally:
        own.broken.clear()
    assert [name for name in sent if "CJK" in name] == ["NotoSansCJK_Han.otf", "NotoSansCJK_Hangul.otf", "NotoSansCJK_Signs.otf"]
    assert here == pages(compile_pdf(data).pdf)
    shown = re.sub(r"\s", "", LETTERS.replace("\U0001f4b0", "\ufffd"))
    assert sum(shown in text for text in here) == 1


def test_a_document_is_set_ahead_once_the_compiler_is_there_and_loads_no_more_of_it(browser: Browser, own: Served) -> None:
    page = new_press(browser, own.address)
    page.evaluate("""() => {
        window.sent = [];
        const post = Worker.prototype.postMessage;
        Worker.prototype.postMessage = function (asked, ...rest) { sent.push(asked); return post.call(this, asked, ...rest); };
    }""")
    sent = "sent.map((asked) => [Boolean(asked.ahead), asked.data.document.title, asked.data.edition])"
    page.get_by_label("Title on the cover").fill("Before")
    page.wait_for_timeout(1500)
    assert page.evaluate(sent) == []
    make(page)
    expect(part(page, "size")).to_have_text(STAYS)
    own.log.clear()
    page.get_by_label("Title on the cover").fill("After")
    page.get_by_role("radio", name=re.compile("^Guide")).check()
    page.wait_for_timeout(1500)
    # Once for both changes; not again where nothing has changed since.
    page.get_by_label("Title on the cover").blur()
    page.wait_for_timeout(1500)
    assert page.evaluate(sent) == [[False, "Before", "booklet"], [True, "After", "guide"]]
    assert [path for path, _ in own.log if not path.startswith("workshop/entries/")] == []
    expect(part(page, "stage")).to_have_text("The selection has changed since this PDF was made.")
    assert "After" in pages(make(page))[0]
    page.context.close()


# Everyone


@pytest.mark.parametrize("width", [1280, 390])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_a_workshop_at_work_has_no_accessibility_fault_and_never_scrolls_sideways(visit: Visit, address: str, width: int, palette: str) -> None:
    page = open_workshop(visit, address, f"?bundle={BUNDLE}&start=22:00&ids={INDIA},{NEPAL},no-such-entry", width=width, palette=palette)
    page.get_by_text("Save as bundle", exact=True).click()
    page.get_by_label("Add an entry: a word of its title").fill("bus")
    expect(page.locator(".c-workshop__offers button").first).to_be_visible()
    assert (faults(page), sideways(page)) == ([], 0)
