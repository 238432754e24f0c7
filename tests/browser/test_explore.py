"""Explore in a real browser: every journey of a reader who filters, searches, sorts and shares a list of entries."""

import json
import os
import re
import shutil
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Locator, Page, Route, expect

from macros.order import Key, reading_order
from macros.search import full_text, write_search
from tests.browser.conftest import Served
from tests.conftest import own_site

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
Chosen = Mapping[str, list[str]]
Broken = dict[str, bytes | None]
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]


@dataclass(frozen=True)
class Pool:
    """What explore/entries.json says, read anew: the values of each entry, to count with brute force."""

    data: dict[str, Any]
    values: dict[str, dict[str, set[str]]]
    labels: dict[str, dict[str, str]]

    @classmethod
    def of(cls, served: Served) -> "Pool":
        data = json.loads((served.site / "explore" / "entries.json").read_text("utf-8"))
        options: dict[str, list[str]] = {}
        labels: dict[str, dict[str, str]] = {}
        for facet in data["facets"]:
            name = facet["name"]
            if "values" in facet:
                options[name], own = facet["values"], facet["labels"]
            else:
                # An entry of the list stands as its place, another one as its id, with its label.
                options[name] = [data["ids"][n] if isinstance(n, int) else n for n in facet["entries"]]
                own = [facet["labels"].get(str(i)) or data["titles"][n] for i, n in enumerate(facet["entries"])]
            labels[name] = dict(zip(options[name], own, strict=True))
        found: dict[str, dict[str, set[str]]] = {}
        for place, id in enumerate(data["ids"]):
            numbers = {name: column[place] if isinstance(column[place], list) else [column[place]] for name, column in data["columns"].items()}
            found[id] = {name: {options[name][n] for n in own} for name, own in numbers.items()}
            if not found[id]["kind"] & set(data["frame"]):
                told = [term for topic in numbers["topic"] for term in data["terms_of_topics"][topic]]
                found[id]["term"] |= {options["term"][n] for n in told}
        return cls(data, found, labels)

    def ids(self, chosen: Chosen) -> list[str]:
        """The entries that have, of each facet, one of the values chosen; in listing order."""
        return [id for id, own in self.values.items() if all(own[name] & set(wanted) for name, wanted in chosen.items())]

    def counts(self, chosen: Chosen, name: str, base: Chosen | None = None) -> Counter[str]:
        """How many entries each value of a facet would leave while the other facets hold."""
        others = {other: wanted for other, wanted in chosen.items() if other != name}
        inside = set(self.ids(base or {}))
        return Counter(value for id in self.ids(others) if id in inside for value in self.values[id][name])

    def titles(self) -> dict[str, str]:
        return dict(zip(self.data["ids"], self.data["titles"], strict=True))


@pytest.fixture(scope="session")
def pool(own: Served) -> Pool:
    return Pool.of(own)


@pytest.fixture
def breaks(own: Served) -> Iterator[Broken]:
    """Files of the repository's site that fail (None: they are missing) until the test ends."""
    yield own.broken
    own.broken.clear()


def chosen_in(query: str) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for name, value in parse_qsl(query):
        found.setdefault(name, []).append(value)
    return found


def status(page: Page) -> Locator:
    return page.locator('[data-part="status"]')


def shown(page: Page) -> list[str]:
    """The ids of the entries that are on the screen, in order."""
    found = page.eval_on_selector_all(".c-results .c-card", "cards => cards.filter(card => card.checkVisibility()).map(card => card.dataset.id)")
    return list(found)


def told(n: int) -> re.Pattern[str]:
    """What the status says of so many entries."""
    return re.compile(rf"^{n} {'entry' if n == 1 else 'entries'}(\.|$)")


def facet(page: Page, name: str) -> Locator:
    return page.locator(f'details[data-facet="{name}"]')


def unfold(page: Page, name: str) -> Locator:
    """A facet with its options in sight."""
    found = facet(page, name)
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def box(page: Page, name: str, value: str) -> Locator:
    return unfold(page, name).locator(f'input[type="checkbox"][value="{value}"]')


def counts_on(page: Page, name: str) -> dict[str, int]:
    """The number beside each option of a facet."""
    rows = page.eval_on_selector_all(
        f'details[data-facet="{name}"] li', "rows => rows.map(row => [row.querySelector('input').value, row.querySelector('.c-count').textContent])"
    )
    return {value: int(count) for value, count in rows}


def query_of(page: Page) -> str:
    return urlsplit(page.url).query


def sideways(page: Page) -> int:
    return int(page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth"))


def faults(page: Page) -> list[str]:
    """What axe finds on a page as it stands."""
    result = Axe().run(page, options={"runOnly": RULES})
    return [f"{rule['id']}: {[node['target'] for node in rule['nodes'][:3]]} {rule['help']}" for rule in result.response["violations"]]


# Filtering


def test_values_of_a_facet_are_or_and_facets_are_and(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/")
    for name, value in (("kind", "practice"), ("kind", "case-study"), ("topic", "freight"), ("topic", "buses")):
        if value in pool.labels[name]:
            box(page, name, value).check()
    chosen = chosen_in(query_of(page))
    assert chosen["kind"] == ["practice", "case-study"]
    expected = pool.ids(chosen)
    expect(status(page)).to_have_text(told(len(expected)))
    assert shown(page) == expected[:100]


@pytest.mark.parametrize(
    "query",
    [
        "",
        "kind=practice",
        "kind=practice&kind=case-study&topic=freight",
        "coalition=lg-cta&kind=challenge",
        "government=in&government=np",
        "review=current&level=city",
    ],
)
def test_the_number_beside_every_option_is_what_choosing_it_leaves(visit: Visit, address: str, pool: Pool, query: str) -> None:
    page = visit(f"{address}/explore/?{query}")
    if query:
        expect(page.locator(".c-results > *").first).to_be_attached()
    chosen = chosen_in(query)
    wrong: dict[str, tuple[int, int]] = {}
    for found in pool.data["facets"]:
        name = found["name"]
        if found["offered"]:
            expected = pool.counts(chosen, name)
            on_page = counts_on(page, name)
            assert list(on_page) == list(pool.labels[name])
            wrong |= {f"{name}={value}": (n, expected[value]) for value, n in on_page.items() if n != expected[value]}
    assert wrong == {}


def test_the_numbers_are_right_in_a_pool_that_nobody_wrote(visit: Visit, made: Callable[[int], Served]) -> None:
    served = made(100)
    pool = Pool.of(served)
    page = visit(f"{served.address}/explore/?topic=topic-0&topic=topic-3&coalition=coalition-1")
    chosen = {"topic": ["topic-0", "topic-3"], "coalition": ["coalition-1"]}
    expect(status(page)).to_have_text(told(len(pool.ids(chosen))))
    for name in (found["name"] for found in pool.data["facets"] if found["offered"]):
        assert counts_on(page, name) == {value: pool.counts(chosen, name)[value] for value in pool.labels[name]}, name


def test_an_option_that_would_leave_nothing_says_so_and_can_still_be_read(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&topic=freight")
    expect(status(page)).to_have_text(told(len(pool.ids({"kind": ["practice"], "topic": ["freight"]}))))
    nothing = facet(page, "kind").locator("li.c-facet__none")
    left = pool.counts({"topic": ["freight"]}, "kind")
    assert [row.locator("input").get_attribute("value") for row in nothing.all()] == [kind for kind in pool.labels["kind"] if not left[kind]]
    assert nothing.count()
    assert all(row.is_visible() and row.locator("input").is_enabled() and row.locator(".c-count").inner_text() == "0" for row in nothing.all())


def test_a_chip_takes_back_its_value_and_the_focus_stays_in_the_row(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&topic=freight")
    chips = page.locator(".c-chip")
    expect(chips).to_have_text(["Practice×", f"{pool.labels['topic']['freight']}×"])
    chips.first.focus()
    page.keyboard.press("Enter")
    expect(chips).to_have_count(1)
    expect(chips.first).to_be_focused()
    expect(status(page)).to_have_text(told(len(pool.ids({"topic": ["freight"]}))))
    assert query_of(page) == "topic=freight"
    page.keyboard.press("Enter")
    expect(chips).to_have_count(0)
    expect(status(page)).to_be_focused()


def test_clear_all_brings_back_the_plain_list_and_keeps_a_focus(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&q=depot&sort=title&view=table")
    expect(page.locator(".c-table--found")).to_be_visible()
    page.get_by_role("button", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(page.locator('[data-part="static"]')).to_be_visible()
    expect(status(page)).to_have_text(f"{len(pool.values)} entries")
    expect(status(page)).to_be_focused()
    expect(page.locator('[data-part="query"]')).to_have_value("")
    expect(page.locator('[data-part="chosen"]')).to_be_hidden()
    assert (query_of(page), page.locator("commons-explore input:checked").count()) == ("", 0)


def test_taking_back_the_query_empties_its_field(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/?kind=case-study&q=depot")
    page.get_by_role("button", name="Remove Search: depot").click()
    expect(page.locator('[data-part="query"]')).to_have_value("")
    assert query_of(page) == "kind=case-study"


def _newest(pool: Pool, id: str) -> tuple[int, int, Key]:
    place = pool.data["ids"].index(id)
    return (
        -int(pool.data["reviewed"][place].replace("-", "")),
        -int(pool.data["published"][place].replace("-", "")),
        reading_order(pool.data["titles"][place]),
    )


@pytest.mark.parametrize("sort", ["newest", "title", "evidence"])
def test_a_list_can_be_sorted(visit: Visit, made: Callable[[int], Served], sort: str) -> None:
    served = made(100)
    pool = Pool.of(served)
    page = visit(f"{served.address}/explore/?kind=practice&kind=case-study")
    expect(page.locator(".c-results .c-card").first).to_be_visible()
    page.locator('[data-part="sort"]').select_option(sort)
    page.wait_for_url(f"**&sort={sort}")
    ids = pool.ids({"kind": ["practice", "case-study"]})
    grades = list(pool.labels["evidence"])
    keys: dict[str, Callable[[str], Any]] = {
        "newest": lambda id: _newest(pool, id),
        "title": lambda id: reading_order(pool.titles()[id]),
        "evidence": lambda id: min((grades.index(grade) for grade in pool.values[id]["evidence"]), default=99),
    }
    expected = sorted(ids, key=keys[sort])
    expect(page.locator(".c-results .c-card").first).to_have_attribute("data-id", expected[0])
    assert shown(page) == expected[:100]


def test_cards_and_table_show_the_same_entries(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice")
    expected = pool.ids({"kind": ["practice"]})
    expect(page.locator(".c-results .c-card")).to_have_count(len(expected[:100]))
    page.locator('[data-part="view"]').select_option("table")
    rows = page.locator(".c-table--found tbody tr")
    expect(rows).to_have_count(len(expected[:100]))
    assert page.locator(".c-table--found tbody td:first-child a").all_inner_texts() == [pool.titles()[id] for id in expected[:100]]
    assert page.locator(".c-table--found th").all_inner_texts() == ["Title", "Kind", "Where", "Evidence", "Reviewed", "Compare"]
    assert re.fullmatch(r"\d{1,2} [A-Z][a-z]+ \d{4}", rows.first.locator("td").nth(4).inner_text())
    assert query_of(page) == "kind=practice&view=table"


def test_the_table_says_all_on_a_phone(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=case-study&view=table", width=390)
    rows = page.locator(".c-table--found tbody tr")
    expect(rows).to_have_count(len(pool.ids({"kind": ["case-study"]})[:100]))
    cells = "cells => cells.filter(cell => cell.textContent && !cell.checkVisibility()).map(cell => cell.dataset.label)"
    hidden = page.eval_on_selector_all(".c-table--found td", cells)
    assert (hidden, sideways(page)) == ([], 0)


def test_a_long_facet_has_a_field_that_finds_among_its_options(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/")
    places = unfold(page, "government")
    places.get_by_role("searchbox", name="Find in Government").fill("ind")
    expected = [label for label in pool.labels["government"].values() if "ind" in label.lower()]
    expect(places.locator("li:visible .c-facet__label")).to_have_text(expected)
    places.locator('input[value="in"]').check()
    expect(status(page)).to_have_text(told(len(pool.ids({"government": ["in"]}))))
    # The data come with the first choice: what was typed, and where the reader is, must outlast that.
    expect(places.get_by_role("searchbox")).to_have_value("ind")
    expect(places.locator('input[value="in"]')).to_be_focused()
    expect(places.locator("li:visible .c-facet__label")).to_have_text(expected)


@pytest.mark.parametrize("typed", ["cote", "CÔTE d", "d’ivoire"])
def test_what_is_typed_without_its_accents_finds(visit: Visit, address: str, typed: str) -> None:
    page = visit(f"{address}/explore/")
    places = unfold(page, "government")
    places.get_by_role("searchbox", name="Find in Government").fill(typed)
    expect(places.locator("li:visible .c-facet__label")).to_have_text(["Côte d'Ivoire"])


def test_a_coalition_brings_its_own_terms_and_takes_them_away(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/")
    expect(facet(page, "term")).to_be_hidden()
    box(page, "coalition", "lg-cta").check()
    own = {value: label for value, label in pool.labels["term"].items() if value.startswith("lg-cta/")}
    expect(facet(page, "term")).to_be_visible()
    term = unfold(page, "term")
    expect(term.locator("li:visible .c-facet__label")).to_have_text(list(own.values()))
    value = next(iter(own))
    term.locator(f'input[value="{value}"]').check()
    expect(status(page)).to_have_text(told(len(pool.ids({"coalition": ["lg-cta"], "term": [value]}))))
    box(page, "coalition", "lg-cta").uncheck()
    expect(facet(page, "term")).to_be_hidden()
    assert query_of(page) == ""


def test_a_term_in_an_address_stands_on_its_own(visit: Visit, address: str, pool: Pool) -> None:
    value = next(value for value in pool.labels["term"] if value.startswith("lg-cta/"))
    page = visit(f"{address}/explore/?term={value}")
    expect(status(page)).to_have_text(told(len(pool.ids({"term": [value]}))))
    expect(facet(page, "term").locator(f'input[value="{value}"]')).to_be_checked()
    box(page, "kind", "practice").check()
    expect(status(page)).to_have_text(told(len(pool.ids({"term": [value], "kind": ["practice"]}))))
    assert query_of(page) == f"term={value}&kind=practice"


def test_the_focus_stays_on_a_box_that_is_ticked(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/")
    unfold(page, "region")
    found = box(page, "kind", "practice")
    found.focus()
    page.keyboard.press("Space")
    expect(page.locator(".c-chip")).to_have_count(1)
    expect(found).to_be_focused()
    expect(found).to_be_checked()
    assert facet(page, "region").get_attribute("open") is not None


def test_the_result_is_said_politely(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/")
    box(page, "kind", "bundle").check()
    said = page.get_by_role("status").filter(has_text=told(len(pool.ids({"kind": ["bundle"]}))))
    expect(said).to_be_visible()


def test_nothing_found_says_what_to_do(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/?kind=government&topic=freight")
    expect(page.locator(".c-results .c-empty")).to_have_text("No entry matches all of this. Remove a filter, or look for another word.")
    expect(status(page)).to_have_text("0 entries")


# The address


def test_the_address_restores_every_control(visit: Visit, address: str, pool: Pool) -> None:
    query = (
        "kind=practice&kind=case-study&topic=charging-and-grid&topic=freight&q=grid&like=np"
        "&my-market=importer&sort=title&view=table&compare=india-ev-journey,nepal-ev-import-tax"
    )
    market = next(d for d in pool.data["context"]["dimensions"] if d["name"] == "market")["values"][0]
    page = visit(f"{address}/explore/?{query.replace('importer', market)}")
    expect(page.locator(".c-table--found")).to_be_visible()
    checked = page.eval_on_selector_all(".c-panel input:checked", "boxes => boxes.map(box => [box.name, box.value])")
    assert sorted(checked) == [["kind", "case-study"], ["kind", "practice"], ["topic", "charging-and-grid"], ["topic", "freight"]]
    expect(page.locator('[data-part="query"]')).to_have_value("grid")
    expect(page.locator('[data-part="sort"]')).to_have_value("title")
    expect(page.locator('[data-part="view"]')).to_have_value("table")
    expect(page.locator(".c-place").get_by_label("A government of the pool")).to_have_value("np")
    assert market in [select.input_value() for select in page.locator(".c-place select").all()]
    expect(page.locator(".c-tray a")).to_have_text("Compare 2 entries")
    labels = [pool.labels[name][value] for name, value in (("topic", "charging-and-grid"), ("topic", "freight"), ("government", "np"))]
    chips = ["Practice×", "Case study×", f"{labels[0]}×", f"{labels[1]}×", "Search: grid×", f"Like {labels[2]}×"]
    expect(page.locator(".c-chip")).to_have_text(chips)


def test_the_page_of_a_long_result_is_in_the_address(visit: Visit, address: str, pool: Pool) -> None:
    expected = sorted(pool.values, key=lambda id: reading_order(pool.titles()[id]))
    page = visit(f"{address}/explore/?sort=title&page=2")
    expect(status(page)).to_have_text(f"{len(expected)} entries. Page 2 of {-(-len(expected) // 100)}")
    assert shown(page) == expected[100:200]
    page.get_by_role("navigation", name="Pages of the result").get_by_role("link", name="Next").click()
    page.wait_for_url("**/explore/?sort=title&page=3")
    expect(status(page)).to_be_focused()
    assert shown(page) == expected[200:300]


def test_a_page_beyond_the_last_shows_the_last(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?sort=title&page=99")
    last = -(-len(pool.values) // 100)
    expect(status(page)).to_have_text(f"{len(pool.values)} entries. Page {last} of {last}")


def test_back_and_forward_lead_through_what_was_chosen(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/")
    box(page, "kind", "practice").check()
    page.wait_for_url("**/?kind=practice")
    box(page, "topic", "freight").check()
    page.wait_for_url("**&topic=freight")
    page.go_back()
    expect(status(page)).to_have_text(told(len(pool.ids({"kind": ["practice"]}))))
    expect(box(page, "topic", "freight")).not_to_be_checked()
    page.go_back()
    expect(page.locator('[data-part="static"]')).to_be_visible()
    expect(box(page, "kind", "practice")).not_to_be_checked()
    page.go_forward()
    page.go_forward()
    expect(status(page)).to_have_text(told(len(pool.ids({"kind": ["practice"], "topic": ["freight"]}))))
    expect(box(page, "topic", "freight")).to_be_checked()


def test_the_way_back_from_a_query_leads_to_the_list_before_it(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=case-study")
    page.locator('[data-part="query"]').press_sequentially("depot", delay=20)
    page.wait_for_url("**&q=depot")
    expect(page.locator(".c-results mark").first).to_be_visible()
    page.go_back()
    expect(status(page)).to_have_text(told(len(pool.ids({"kind": ["case-study"]}))))
    expect(page.locator('[data-part="query"]')).to_have_value("")


def test_a_copied_link_shows_the_same_in_another_browser(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/")
    box(page, "kind", "practice").check()
    box(page, "kind", "case-study").check()
    page.locator('[data-part="sort"]').select_option("title")
    page.wait_for_url("**&sort=title")
    page.get_by_role("button", name="Copy link").click()
    expect(page.get_by_role("button", name="Link copied")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="Link copied")).to_be_attached()
    link = page.evaluate("navigator.clipboard.readText()")
    assert link == page.url
    other = visit(link)
    expect(other.locator(".c-results .c-card").first).to_be_visible()
    assert shown(other) == shown(page)
    assert status(other).inner_text() == status(page).inner_text()


def test_what_the_site_does_not_know_is_named_and_left_out(visit: Visit, address: str, pool: Pool) -> None:
    odd = "kind=nonsense&topic=%3Cb%3Eno&ids=nobody&sort=size&view=map&like=atlantis&my-market=moon&compare=nothing"
    page = visit(f"{address}/explore/?kind=practice&{odd}")
    left_out = "Left out, because this site does not know it: nonsense, <b>no, nobody, nothing, size, map, atlantis, moon."
    expect(status(page)).to_have_text(f"{len(pool.ids({'kind': ['practice']}))} entries. {left_out}")
    box(page, "topic", "freight").check()
    page.wait_for_url("**/?kind=practice&topic=freight")


def test_a_sort_by_fit_without_a_place_is_the_usual_order(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&sort=fit")
    expect(status(page)).to_have_text(told(len(pool.ids({"kind": ["practice"]}))))
    expect(page.locator('[data-part="sort"]')).to_have_value("relevance")


def test_ids_show_just_these_in_their_order(visit: Visit, address: str) -> None:
    ids = ["norway-new-car-tax-shift", "rt4", "in", "india-ev-journey"]
    page = visit(f"{address}/explore/?ids={','.join(ids)}")
    expect(status(page)).to_have_text("4 entries")
    assert shown(page) == ids
    expect(page.locator(".c-chip")).to_have_text(["Only chosen entries: 4×"])


def test_a_label_in_any_script_is_text_and_never_an_address(visit: Visit, made: Callable[[int], Served]) -> None:
    served = made(100)
    pool = Pool.of(served)
    odd = {topic: label for topic, label in pool.labels["topic"].items() if not label.startswith("Topic ")}
    assert len(odd) > 2
    page = visit(f"{served.address}/explore/")
    for topic, label in odd.items():
        unfold(page, "topic").get_by_label(label).check()
        expect(status(page)).to_have_text(told(len(pool.ids({"topic": [topic]}))))
        expect(page.get_by_role("button", name=f"Remove {label}", exact=True)).to_have_text(f"{label}×")
        assert query_of(page) == f"topic={topic}"
        unfold(page, "topic").get_by_role("searchbox").fill(label[:5])
        expect(facet(page, "topic").locator("li:visible", has_text=label)).to_be_visible()
        unfold(page, "topic").get_by_role("searchbox").fill("")
        page.get_by_role("button", name="Clear all").click()


def test_titles_in_any_script_are_shown_as_they_are(visit: Visit, made: Callable[[int], Served]) -> None:
    served = made(100)
    page = visit(f"{served.address}/explore/?ids={','.join(f'topic-{n}' for n in range(6))}")
    expect(page.locator(".c-results .c-card__title")).to_have_text(
        ['Städte & "Häfen"', "नगर परिवहन", "ขนส่ง, สะอาด", "城市 <交通>", "Côte d'Ivoire + more", "a=b&c=d"]
    )


# Full text


def test_typing_narrows_the_same_list_with_excerpts_and_marks(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=case-study")
    page.locator('[data-part="query"]').press_sequentially("depot", delay=20)
    page.wait_for_url("**/?kind=case-study&q=depot")
    expect(page.locator(".c-results mark").first).to_be_visible()
    found = shown(page)
    assert found
    assert set(found) < set(pool.ids({"kind": ["case-study"]}))
    assert "depot" in page.locator(".c-results mark").first.inner_text().lower()
    expect(status(page)).to_have_text(told(len(found)))
    assert counts_on(page, "kind")["case-study"] == len(found)


def test_what_is_typed_before_the_script_has_come_is_searched(visit: Visit, address: str) -> None:
    page = visit(f"{address}/")
    late = "**/assets/js/commons-explore.mjs"
    held: list[Route] = []
    page.route(late, lambda route: held.append(route))
    with page.expect_request(late):
        page.goto(f"{address}/explore/", wait_until="commit")
    page.locator('[data-part="query"]').fill("depot")
    held[0].continue_()
    page.wait_for_url("**/explore/?q=depot")
    expect(page.locator(".c-results mark").first).to_be_visible()


@pytest.mark.parametrize(("typed", "meant"), [("hcarging", "charging"), ("depto", "depot"), ("freigth", "freight"), ("bateries", "batteries")])
def test_a_slip_of_the_pen_finds_and_is_told(visit: Visit, address: str, typed: str, meant: str) -> None:
    page = visit(f"{address}/explore/?q={typed}")
    expect(status(page)).to_contain_text(f"No text has “{typed}”; these entries have “{meant}”.")
    assert shown(page)


@pytest.mark.parametrize("beginning", ["electri", "manda", "reg"])
def test_the_beginning_of_a_word_finds(visit: Visit, address: str, beginning: str) -> None:
    page = visit(f"{address}/explore/?q={beginning}")
    expect(page.locator(".c-results mark").first).to_be_visible()
    assert page.locator(".c-results mark").first.inner_text().lower().startswith(beginning)


# Without scripts


def test_without_scripts_the_pages_of_explore_list_every_entry(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/", scripts=False)
    found: list[str] = []
    while True:
        cards = page.eval_on_selector_all(".c-card", "cards => cards.map(card => card.dataset.id)")
        assert len(cards) <= 100
        found += cards
        further = page.locator('.c-pager a[rel="next"]')
        if not further.count():
            break
        further.click()
    assert found == list(pool.values)


def test_without_scripts_every_value_of_a_facet_is_a_link_to_its_whole_list(visit: Visit, own: Served, pool: Pool) -> None:
    page = visit(f"{own.address}/explore/", scripts=False)
    links = page.eval_on_selector_all(
        ".c-panel details li",
        """rows => rows.map(row => {
            const link = row.querySelector("a");
            return [row.closest("details").dataset.facet, link.dataset.value, link.href, row.querySelector(".c-count").textContent];
        })""",
    )
    offered = [found["name"] for found in pool.data["facets"] if found["offered"]]
    assert [(name, value) for name, value, *_ in links] == [(name, value) for name in offered for value in pool.labels[name]]
    wrong = []
    for name, value, href, count in links:
        html = Path(own.site, urlsplit(href).path.removeprefix("/commons/"), "index.html")
        page_text = html.read_text("utf-8") if html.is_file() else ""
        total = re.search(r'data-total="(\d+)"', page_text)
        if not total or not int(total[1]) == int(count) == len(pool.ids({name: [value]})):
            wrong.append((name, value, href))
    assert wrong == []


def test_without_scripts_a_value_is_reached_by_unfolding_and_clicking(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/", width=390, scripts=False)
    unfold(page, "instrument").get_by_role("link").first.click()
    value = next(iter(pool.labels["instrument"]))
    assert urlsplit(page.url).path.endswith(f"/explore/instrument/{value}/")
    assert page.locator(".c-table tbody tr").count() == len(pool.ids({"instrument": [value]}))


def test_without_scripts_nothing_is_offered_that_needs_them(visit: Visit, address: str) -> None:
    for path in ("/explore/", "/practices/", "/topics/freight/", "/coalitions/lg-cta/", "/governments/in/"):
        page = visit(address + path, scripts=False)
        offered = page.locator("commons-explore").locator("input:visible, select:visible, button:visible")
        assert offered.count() == 0, path


# The lists of a kind, a topic, a coalition, a government


@pytest.mark.parametrize(
    ("path", "base"),
    [
        ("/practices/", {"kind": ["practice"]}),
        ("/topics/charging-and-grid/", {"topic": ["charging-and-grid"]}),
        ("/coalitions/lg-cta/", {"coalition": ["lg-cta"]}),
        ("/governments/in/", {"government": ["in"]}),
        ("/explore/level/city/", {"level": ["city"]}),
    ],
)
@pytest.mark.parametrize("width", [390, 1280])
def test_a_list_of_its_own_has_the_same_filters(visit: Visit, address: str, pool: Pool, path: str, base: dict[str, list[str]], width: int) -> None:
    page = visit(address + path, width=width)
    itself = path.split("/")[2]
    page.locator('[data-part="open"]').click()
    sheet = page.get_by_role("dialog", name="Filters")
    expect(sheet).to_be_visible()
    without = {itself} if not path.startswith("/explore") and itself else set()
    inside = [id for id in pool.ids(base) if id not in without]
    name = "evidence" if "kind" in base else "kind"
    assert facet(page, next(iter(base))).count() == 0
    expected = Counter(value for id in inside for value in pool.values[id][name])
    assert {value: n for value, n in counts_on(page, name).items() if n} == dict(expected)
    value, n = expected.most_common(1)[0]
    box(page, name, value).check()
    sheet.get_by_role("button", name=f"Show {n}", exact=True).click()
    expect(status(page)).to_have_text(told(n))
    assert shown(page) == [id for id in inside if value in pool.values[id][name]][:100]
    assert query_of(page) == f"{name}={value}"
    assert sideways(page) == 0
    page.reload()
    expect(status(page)).to_have_text(told(n))


# Phone, keyboard, zoom, motion


def test_the_sheet_of_a_phone_keeps_the_focus_and_gives_it_back(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/", width=390)
    opener = page.get_by_role("button", name="Filters")
    opener.focus()
    page.keyboard.press("Enter")
    sheet = page.get_by_role("dialog", name="Filters")
    expect(sheet).to_be_visible()
    outside = []
    for _ in range(60):
        page.keyboard.press("Tab")
        # Between the last and the first stop a browser may give the focus to itself.
        if page.evaluate("document.activeElement !== document.body && !document.activeElement.closest('dialog[open]')"):
            outside.append(page.evaluate("document.activeElement.outerHTML"))
    assert outside == []
    box(page, "kind", "practice").focus()
    page.keyboard.press("Space")
    expect(sheet.get_by_role("button", name=f"Show {len(pool.ids({'kind': ['practice']}))}", exact=True)).to_be_visible()
    page.keyboard.press("Escape")
    expect(sheet).to_be_hidden()
    expect(opener).to_be_focused()
    assert sideways(page) == 0


def test_the_sheet_can_be_cleared_without_losing_the_focus(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice", width=390)
    page.get_by_role("button", name="Filters").click()
    sheet = page.get_by_role("dialog", name="Filters")
    sheet.get_by_role("button", name="Clear all").focus()
    page.keyboard.press("Enter")
    expect(sheet.get_by_role("button", name=f"Show {len(pool.values)}")).to_be_visible()
    assert page.evaluate("!!document.activeElement.closest('dialog[open]')")


def test_explore_is_used_by_keyboard_alone_with_the_focus_in_sight(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/?kind=practice")
    expect(page.locator(".c-results .c-card").first).to_be_visible()
    unseen: list[str] = []
    reached: set[str] = set()
    for _ in range(110):
        page.keyboard.press("Tab")
        seen = page.evaluate(
            """() => {
                const focused = document.activeElement;
                const one = focused.matches(".md-option") ? focused.nextElementSibling : focused, style = getComputedStyle(one);
                const drawn = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 1 || style.boxShadow !== "none";
                const at = one.getBoundingClientRect();
                const kind = one.type === "checkbox" ? "box" : one.tagName === "SUMMARY" ? "facet" : one.className.split(" ")[0];
                const part = one.dataset.part ?? kind;
                return [drawn, focused.matches(":focus-visible"), at.width > 1 && at.height > 1, part, one.outerHTML.slice(0, 120)];
            }"""
        )
        drawn, focused, there, part, html = seen
        reached.add(part)
        if not (drawn and focused and there):
            unseen.append(html)
    assert unseen == []
    assert {"box", "facet", "query", "sort", "view", "c-chip", "c-card__compare"} <= reached


@pytest.mark.parametrize("width", [390, 1280])
def test_every_target_is_large_enough_for_a_finger(visit: Visit, address: str, width: int) -> None:
    page = visit(f"{address}/explore/?kind=practice&kind=case-study&sort=title", width=width)
    if width == 390:
        page.get_by_role("button", name="Filters").click()
    page.eval_on_selector_all("details.c-facet", "all => all.forEach(one => { one.open = true; })")
    small = page.eval_on_selector_all(
        "a[href], button, input, select, summary, label:has(input)",
        # Links in a line of text, and those that fill a card, are not held to this; a switch of colours is its label.
        """all => all.filter(one => one.checkVisibility({ visibilityProperty: true })
            && !one.matches(".c-card__title a, .c-skip, .md-footer a, .md-option")).map(one => {
            const at = (one.matches("label") ? one : one.closest("label:has(input[type=checkbox])") ?? one).getBoundingClientRect();
            return at.width < 24 || at.height < 24 ? `${one.outerHTML.slice(0, 90)} ${Math.round(at.width)}x${Math.round(at.height)}` : "";
        }).filter(Boolean)""",
    )
    assert small == []


def test_nothing_is_lost_at_four_hundred_percent(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&topic=freight", width=320)
    page.set_viewport_size({"width": 320, "height": 256})
    buttons = [page.get_by_role("button", name=name) for name in ("Filters", "Clear all", "Copy link")]
    for control in (*(page.locator(f'[data-part="{part}"]') for part in ("query", "sort", "view")), *buttons):
        control.scroll_into_view_if_needed()
        at = control.bounding_box()
        assert at
        assert at["x"] >= 0
        assert at["x"] + at["width"] <= 320
    page.get_by_role("button", name="Filters").click()
    last = unfold(page, "review").locator("input").last
    last.check()
    n = len(pool.ids({"kind": ["practice"], "topic": ["freight"], "review": [last.input_value()]}))
    page.get_by_role("dialog").get_by_role("button", name=f"Show {n}", exact=True).click()
    expect(status(page)).to_have_text(told(n))
    assert sideways(page) == 0


def test_nothing_moves_for_those_who_do_not_want_it(visit: Visit, address: str) -> None:
    page = visit(f"{address}/explore/", width=390)
    page.emulate_media(reduced_motion="reduce")
    page.get_by_role("button", name="Filters").click()
    moving = page.evaluate(
        """[...document.querySelectorAll("*")].filter(one => {
            const style = getComputedStyle(one);
            const long = (text) => text.split(",").some((part) => parseFloat(part) * (part.includes("ms") ? 1 : 1000) > 1);
            return long(style.transitionDuration) || long(style.animationDuration) || style.scrollBehavior === "smooth";
        }).map(one => one.outerHTML.slice(0, 80))"""
    )
    assert moving == []


@pytest.mark.parametrize("palette", ["light", "dark"])
def test_print_of_a_filtered_list_is_clean(visit: Visit, address: str, pool: Pool, palette: str) -> None:
    page = visit(f"{address}/explore/?kind=practice&topic=freight&compare=india-ev-journey", palette=palette)
    expected = pool.ids({"kind": ["practice"], "topic": ["freight"]})
    expect(page.locator(".c-results .c-card")).to_have_count(len(expected[:100]))
    page.emulate_media(media="print")
    for gone in (".md-header", ".md-tabs", ".md-footer", ".c-bar", ".c-panel", ".c-tray", ".c-skip", "button", "input", "select"):
        assert page.locator(f"{gone}:visible").count() == 0, gone
    expect(page.get_by_text(f"Filtered by: Practice, {pool.labels['topic']['freight']}")).to_be_visible()
    expect(status(page)).to_be_visible()
    assert page.locator(".c-results .c-card__title:visible").all_inner_texts() == [pool.titles()[id] for id in expected[:100]]
    colour = page.locator(".c-results .c-card__title").first.evaluate("title => getComputedStyle(title).color")
    assert max(map(int, re.findall(r"\d+", colour)[:3])) < 100, "dark ink on white paper"


def test_print_of_an_entry_leaves_out_a_list_that_nobody_filtered(visit: Visit, address: str) -> None:
    page = visit(f"{address}/topics/freight/")
    page.emulate_media(media="print")
    assert page.locator(".c-own-list:visible").count() == 0


# What may fail


@pytest.mark.parametrize("body", [None, b"{", b"{}", b'{"format": 99}'])
def test_without_the_data_the_plain_list_and_a_notice_stand(visit: Visit, own: Served, breaks: Broken, body: bytes | None) -> None:
    breaks["explore/entries.json"] = body
    page = visit(f"{own.address}/explore/?kind=practice&q=depot", errors=True)
    expect(status(page)).to_have_text("The filters could not be loaded, so this is the plain list. Check the connection and load the page again.")
    assert page.locator('[data-part="static"] .c-card:visible').count() == 100
    assert page.locator('.c-panel a[data-value="practice"]').is_visible()


def test_a_choice_that_cannot_be_carried_out_leaves_links_that_can(visit: Visit, own: Served, breaks: Broken) -> None:
    page = visit(f"{own.address}/explore/", errors=True)
    breaks["explore/entries.json"] = None
    page.locator('input[value="practice"]').focus()
    page.keyboard.press("Space")
    expect(status(page)).to_contain_text("The filters could not be loaded")
    expect(page.locator('.c-panel a[data-value="practice"]')).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_url("**/practices/")


def test_on_a_phone_the_links_stand_below_the_list_when_the_data_are_missing(visit: Visit, own: Served, breaks: Broken) -> None:
    breaks["explore/entries.json"] = None
    page = visit(f"{own.address}/explore/", width=390, errors=True)
    page.get_by_role("button", name="Filters").click()
    expect(status(page)).to_contain_text("The filters could not be loaded")
    expect(page.locator('.c-panel a[data-value="practice"]')).to_be_visible()


def test_an_own_list_without_the_data_says_so(visit: Visit, own: Served, breaks: Broken) -> None:
    breaks["explore/entries.json"] = b"no"
    page = visit(f"{own.address}/topics/freight/", errors=True)
    page.locator('[data-part="query"]').fill("depot")
    expect(status(page)).to_contain_text("The filters could not be loaded")
    assert page.locator(".c-own-list .c-more a").is_visible()


@pytest.mark.parametrize("lost", ["pagefind/pagefind.js", "pagefind/pagefind-entry.json"])
def test_without_the_text_index_titles_are_searched_and_a_notice_says_so(visit: Visit, own: Served, pool: Pool, breaks: Broken, lost: str) -> None:
    breaks[lost] = None
    page = visit(f"{own.address}/explore/?kind=challenge&q=depots grids", errors=True)
    expected = [id for id in pool.ids({"kind": ["challenge"]}) if all(word in pool.titles()[id].lower() for word in ("depots", "grids"))]
    expect(status(page)).to_have_text(told(len(expected)))
    expect(status(page)).to_contain_text("The search in texts could not be loaded; only titles are searched.")
    assert expected
    assert shown(page) == expected[:100]
    expect(page.locator(".c-results .c-card__summary").first).not_to_be_empty()


def test_an_index_joined_of_parts_finds_what_the_whole_one_finds(
    visit: Visit, own: Served, pool: Pool, serve: Callable[..., Served], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    parted = shutil.copytree(own.site, tmp_path / "site", copy_function=os.link)
    for path in (parted / "explore").glob("*.json"):
        path.unlink()  # a link: writing to it would change the other site
    monkeypatch.setattr(sys.modules["macros.search.full_text"], "LARGEST", 300)
    write_search(parted, own_site(), full_text(parted))
    found = []
    for address in (own.address, serve(parted).address):
        page = visit(f"{address}/explore/?q=depot")
        expect(page.locator(".c-results mark").first).to_be_visible()
        expect(status(page)).to_have_text(re.compile(r"^\d+ entries$"))
        found.append(sorted(shown(page)))
    assert found[0] == found[1]
    assert len(found[0]) > 1
    assert sorted(path.name for path in (parted / "pagefind").iterdir() if path.is_dir()) == ["fragment", "index"]


@pytest.mark.parametrize("body", [None, b"{"])
def test_without_the_list_of_words_a_search_goes_on(visit: Visit, own: Served, breaks: Broken, body: bytes | None) -> None:
    breaks["explore/words.json"] = body
    page = visit(f"{own.address}/explore/?q=hcarging", errors=True)
    expect(status(page)).to_have_text(re.compile(r"^\d+ entries$"))


def test_without_the_summaries_cards_have_titles(visit: Visit, own: Served, pool: Pool, breaks: Broken) -> None:
    breaks["explore/summaries.json"] = None
    page = visit(f"{own.address}/explore/?kind=practice", errors=True)
    expected = pool.ids({"kind": ["practice"]})
    expect(status(page)).to_have_text(told(len(expected)))
    assert page.locator(".c-results .c-card__title").all_inner_texts() == [pool.titles()[id] for id in expected[:100]]


# A place like mine


def scores(page: Page) -> list[int]:
    """How many dimensions the note of each card calls the same, less those that differ."""

    def said(note: str, name: str) -> int:
        found = re.search(rf"{name}: (.*?)\.(?= [A-Z]|$)", note)
        return len(re.findall(r"\([^()]*(?:\([^()]*\))?[^()]*\)", found[1])) if found else 0

    return [said(note, "Same") - said(note, "Differs") for note in page.locator(".c-results .c-card__note").all_inner_texts()]


def test_picking_a_government_orders_by_fit_and_says_it_in_words(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&kind=case-study")
    expect(page.locator(".c-results .c-card").first).to_be_visible()
    page.locator(".c-place summary").click()
    page.get_by_label("A government of the pool").focus()
    page.get_by_label("A government of the pool").select_option("np")
    page.wait_for_url("**&like=np")
    expect(page.locator('[data-part="sort"]')).to_have_value("fit")
    notes = page.locator(".c-results .c-card__note")
    expect(notes).to_have_count(min(100, len(pool.ids({"kind": ["practice", "case-study"]}))))
    first = page.locator(".c-results .c-card", has=page.locator('a[href$="/nepal-ev-import-tax/"]')).locator(".c-card__note").inner_text()
    assert first.startswith(f"Compared with {pool.labels['government']['np']}. Same: Level of government (National), Region (Asia)")
    found = scores(page)
    assert found == sorted(found, reverse=True)
    assert found[0] > found[-1]
    said = " ".join(notes.all_inner_texts())
    assert all(word in said for word in ("Same: ", "Differs: ", "Not known: ", "yours is "))
    expect(page.get_by_label("A government of the pool")).to_be_focused()


def test_relevance_can_still_be_chosen_beside_a_place(visit: Visit, address: str, pool: Pool) -> None:
    page = visit(f"{address}/explore/?kind=practice&like=np")
    expect(page.locator('[data-part="sort"]')).to_have_value("fit")
    page.locator('[data-part="sort"]').select_option("relevance")
    page.wait_for_url("**&sort=relevance")
    expect(page.locator(".c-results .c-card").first).to_have_attribute("data-id", pool.ids({"kind": ["practice"]})[0])
    assert shown(page) == pool.ids({"kind": ["practice"]})[:100]
    assert page.locator(".c-results .c-card__note").count()


def test_a_reader_can_describe_a_place_that_is_not_in_the_pool(visit: Visit, address: str, pool: Pool) -> None:
    dimensions = {d["name"]: d for d in pool.data["context"]["dimensions"]}
    page = visit(f"{address}/explore/?kind=case-study")
    expect(page.locator(".c-results .c-card").first).to_be_visible()
    page.locator(".c-place summary").click()
    for name in ("region", "income"):
        page.locator(".c-place").get_by_label(dimensions[name]["label"]).select_option(dimensions[name]["values"][1])
    page.wait_for_url(f"**&my-region={dimensions['region']['values'][1]}&my-income={dimensions['income']['values'][1]}")
    expect(page.get_by_role("button", name="Remove Like my place")).to_be_visible()
    found = scores(page)
    assert found == sorted(found, reverse=True)
    page.reload()
    expect(page.locator(".c-place").get_by_label(dimensions["income"]["label"])).to_have_value(dimensions["income"]["values"][1])
    assert scores(page) == found
    page.get_by_role("button", name="Forget my place").click()
    page.wait_for_url("**/?kind=case-study")
    expect(page.locator(".c-place summary")).to_be_focused()


# Nothing shifts, nothing shuts anyone out


STILL = ["/practices/tradable-zev-sales-mandate/", "/topics/charging-and-grid/", "/coalitions/lg-cta/", "/explore/", "/practices/"]


@pytest.mark.parametrize("path", STILL)
@pytest.mark.parametrize("width", [390, 1280])
def test_nothing_shifts_after_the_page_is_there(visit: Visit, address: str, path: str, width: int) -> None:
    page = visit(address + path, width=width)
    shifted = page.evaluate(
        """() => new Promise(done => {
            const seen = [], told = (one) => [one.value, one.sources.map(source => source.node?.outerHTML?.slice(0, 90))];
            // What moves while the page still arrives is the page coming; what moves then is a shift.
            const { domInteractive } = performance.getEntriesByType("navigation")[0];
            const late = (list) => list.getEntries().filter(one => one.startTime > domInteractive);
            new PerformanceObserver(list => seen.push(...late(list))).observe({ type: "layout-shift", buffered: true });
            requestAnimationFrame(() => setTimeout(() => done(seen.map(told))));
        })"""
    )
    assert shifted == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_explore_with_its_filters_open_has_no_accessibility_fault(visit: Visit, address: str, width: int, palette: str) -> None:
    page = visit(f"{address}/explore/?kind=practice&kind=case-study&topic=freight&coalition=lg-cta&like=np", width=width, palette=palette)
    expect(page.locator(".c-results > *").first).to_be_attached()
    if width == 390:
        page.get_by_role("button", name="Filters").click()
    page.eval_on_selector_all("details.c-facet", "all => all.forEach(one => { one.open = true; })")
    assert faults(page) == []


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_a_filtered_topic_has_no_accessibility_fault(visit: Visit, address: str, width: int, palette: str) -> None:
    page = visit(f"{address}/topics/charging-and-grid/?kind=practice&compare=india-ev-journey,nepal-ev-import-tax", width=width, palette=palette)
    expect(page.locator(".c-results .c-card").first).to_be_visible()
    assert faults(page) == []
