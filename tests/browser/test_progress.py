"""Progress and maps in a real browser: a selection by address, without scripts, by keyboard, on a phone, on paper."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Served
from tests.browser.test_explore import faults, sideways

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
PAGES = ("/progress/", "/progress/zevtc/", "/map/", "/governments/gb/", "/coalitions/a2z/")


def row(page: Page, place: str) -> Locator:
    return page.locator(f'tr[data-place="{place}"]')


def together(page: Page) -> list[str]:
    """The cells of the chosen together, without how many were counted."""
    cells = page.locator("tr.c-places__sum td:not(:first-of-type)")
    return [re.sub(r"\s*\d+ of \d+ counted$", "", text) for text in cells.all_inner_texts()]


@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("path", PAGES)
def test_a_page_has_no_fault_that_axe_finds(visit: Visit, address: str, path: str, palette: str) -> None:
    page = visit(f"{address}{path}", palette=palette)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert faults(page) == []


@pytest.mark.parametrize("path", PAGES)
def test_a_page_never_scrolls_sideways(visit: Visit, address: str, path: str) -> None:
    page = visit(f"{address}{path}", width=320)
    page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert sideways(page) == 0


def test_an_address_shows_the_chosen_alone_and_together(visit: Visit, address: str) -> None:
    page = visit(f"{address}/progress/?g=in&g=no")
    expect(page.locator("tbody tr[data-place]:visible")).to_have_count(2)
    expect(row(page, "in")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="chosen")).to_have_text("2 governments chosen")
    # By hand from the file: cars in use 410,000 and 1,060,000, points 88,000 and 31,200.
    assert together(page)[2:4] == ["1.5 million", "120,000"]


def test_a_union_stands_for_its_members_in_the_browser_too(visit: Visit, address: str) -> None:
    alone = together(visit(f"{address}/progress/?g=eu&g=in"))
    with_member = together(visit(f"{address}/progress/?g=eu&g=in&g=de"))
    assert with_member[:5] == alone[:5]


def test_a_missing_value_is_left_out_and_the_number_counted_is_said(visit: Visit, address: str) -> None:
    page = visit(f"{address}/progress/?g=in&g=kh")
    cells = page.locator("tr.c-places__sum td:not(:first-of-type)")
    expect(cells.nth(3)).to_have_text(re.compile("^88,000 1 of 2 counted$"))


def test_what_is_ticked_stands_in_the_address_and_can_be_taken_back(visit: Visit, address: str) -> None:
    page = visit(f"{address}/progress/")
    page.get_by_label("Choose India", exact=True).focus()
    page.keyboard.press("Space")
    page.get_by_label("Choose Thailand", exact=True).check()
    assert page.url == f"{address}/progress/?g=in&g=th"
    expect(page.locator("tr.c-places__sum")).to_be_visible()
    page.get_by_role("button", name="Show only chosen").click()
    expect(page.locator("tbody tr[data-place]:visible")).to_have_count(2)
    page.get_by_role("button", name="Show all").click()
    assert page.locator("tbody tr[data-place]:visible").count() > 50
    page.get_by_label("Choose India", exact=True).uncheck()
    page.get_by_label("Choose Thailand", exact=True).uncheck()
    assert page.url == f"{address}/progress/"


def test_the_chosen_are_drawn_over_the_years_with_their_numbers_and_without_a_fault(visit: Visit, address: str) -> None:
    page = visit(f"{address}/progress/?g=in&g=th", width=320)
    figure = page.locator(".c-progress__years figure").first
    expect(figure.get_by_role("heading")).to_have_text("India and Thailand: about 6.3% of new cars were electric in 2025, up from 0.36% in 2020")
    expect(figure.get_by_role("img")).to_have_attribute("aria-label", re.compile("India: 0.021% in 2010, 4% in 2025. Thailand: .* 23% in 2025"))
    page.locator(".c-progress__years details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
    assert figure.locator("tr").nth(0).inner_text().split("\t") == ["Year", "Together", "Counted", "India", "Thailand"]
    assert figure.locator("tr").nth(1).inner_text().split("\t") == ["2025", "6.3%", "2", "4%", "23%"]
    expect(page.get_by_text("No numbers here: Thailand.")).to_have_count(2)
    assert (faults(page), sideways(page)) == ([], 0)
    with page.expect_download() as saved:
        figure.get_by_role("button", name="Save as CSV").click()
    assert saved.value.path().read_text("utf-8-sig").split("\n")[1] == "2025,6.3493,2,4,23"


def test_a_free_selection_gives_the_numbers_of_the_build(visit: Visit, address: str) -> None:
    """All members of a coalition chosen by hand are, in every year and figure, what its file says of them together."""
    page = visit(f"{address}/progress/zevtc/")
    differing = page.evaluate(
        """async () => {
          const { togetherByYear } = await import(new URL("../../assets/js/progress-years.mjs", location));
          const data = await (await fetch("../data/series.json")).json();
          const file = (await (await fetch("../data/zevtc.csv")).text()).trim().split("\\n").slice(1);
          const members = [...document.querySelectorAll("tr[data-place]")].map((row) => row.dataset.place);
          const differing = [];
          let compared = 0;
          for (const line of file) {
            const [, id, year, value, counted] = line.match(/^[^,]*,([^,]*),(?:"[^"]*"|[^,]*),([^,]*),([^,]*),([^,]*)/);
            const figure = data.figures.find((one) => one.id === id);
            if (!figure || Number(year) < figure.since) continue;
            const found = togetherByYear(figure, members, data.unions)[year];
            compared += 1;
            if (!found || Math.abs(found.value / value - 1) > 2e-5 || found.counted !== Number(counted)) differing.push([line, found]);
          }
          return compared > 90 ? differing : [compared];
        }"""
    )
    assert differing == []


def test_a_place_that_is_not_there_is_named(visit: Visit, address: str) -> None:
    page = visit(f"{address}/progress/?g=in&g=atlantis")
    expect(page.get_by_role("status").filter(has_text="chosen")).to_have_text("1 government chosen Not known here: atlantis.")


def test_without_scripts_the_whole_table_and_all_figures_stand(visit: Visit, address: str) -> None:
    page = visit(f"{address}/progress/?g=in", scripts=False)
    assert page.locator("tbody tr[data-place]:visible").count() > 50
    expect(page.locator("figure.c-chart")).to_have_count(5)
    page.locator("figure.c-chart summary").first.click()
    expect(page.locator("figure.c-chart tbody tr").first).to_be_visible()


def test_a_figure_has_a_title_a_text_alternative_and_its_numbers_as_a_file(visit: Visit, address: str) -> None:
    page = visit(f"{address}/governments/in/")
    figure = page.locator("#figure-share")
    expect(figure.get_by_role("heading")).to_have_text(re.compile(r"^India: about 4% of new cars"))
    expect(figure.get_by_role("img")).to_have_count(1)
    expect(figure.get_by_role("img")).to_have_attribute("aria-label", re.compile("0.021% in 2010, 4% in 2025"))
    link = figure.get_by_role("link", name="CSV").get_attribute("href")
    assert link == "../../progress/data/in.csv"
    answer = page.request.get(f"{address}/progress/data/in.csv")
    assert answer.ok
    assert "car-share" in answer.text()


def test_a_drawing_takes_the_colours_of_the_palette(visit: Visit, address: str) -> None:
    colours = []
    for palette in ("light", "dark"):
        page = visit(f"{address}/governments/in/", palette=palette)
        path = page.locator("#figure-share svg path").first
        colours.append(path.evaluate("path => getComputedStyle(path).stroke"))
    assert colours == ["rgb(11, 90, 102)", "rgb(124, 199, 211)"]


def test_on_paper_figures_are_dark_on_white_whatever_the_palette(visit: Visit, address: str) -> None:
    page = visit(f"{address}/governments/in/", palette="dark")
    page.emulate_media(media="print")
    path = page.locator("#figure-share svg path").first
    assert path.evaluate("path => getComputedStyle(path).stroke") == "rgb(11, 90, 102)"
    assert page.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.parametrize("path", PAGES)
def test_a_page_weighs_little(own: Served, visit: Visit, path: str) -> None:
    own.log.clear()
    visit(f"{own.address}{path}")
    assert own.bytes() <= 150_000, sorted(own.log, key=lambda line: -line[1])[:5]
