"""Lists: complete, in pages of at most a hundred; a page for every value of a facet; blocks that lead to whole lists."""

import re
from collections import Counter
from collections.abc import Callable
from datetime import date
from itertools import groupby
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from macros import facets
from macros.catalogue import Catalogue
from macros.entries import KINDS
from macros.order import reading_order
from macros.page import Page
from macros.pool import Pool, Record
from macros.project import load
from macros.settings import read_settings
from macros.strings import read_strings
from macros.text import Texts, link_of
from macros.views import Site, page_names, pages
from macros.views.facet_lists import OFFERED, UNOFFERED, facet_lists, value_url
from macros.views.lists import MOST_CARDS
from macros.views.paging import PAGE, Part, page_count, page_url, parts
from macros.views.shapes import Block, Card, Link, Row
from tests.conftest import ROOT, TODAY, Small, own_site
from tests.synthetic import write_project

# A day after all reviews of the repository's pool.
LATER = date(2027, 1, 1)
# Of so many entries several kinds, and some values of facets, have more than a page.
SIZE = 700


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Site:
    """A pool that nobody wrote, with lists of several pages and labels of odd characters."""
    return load(write_project(tmp_path_factory.mktemp("large"), SIZE), TODAY).site()


@pytest.fixture(scope="module", params=["own", "large"])
def site(request: pytest.FixtureRequest) -> Site:
    """The repository's own pool, and the large one."""
    if request.param == "own":
        return own_site(LATER)
    found: Site = request.getfixturevalue("large")
    return found


@pytest.fixture(scope="module")
def made(site: Site) -> dict[str, Page]:
    """Every page of a pool by its address."""
    found = list(pages(site))
    assert len({page.url for page in found}) == len(found)
    return {page.url: page for page in found}


def card(number: int) -> Card:
    return Card(f"id-{number}", f"practices/id-{number}/", "practice", "Practice", f"Title {number}", "Summary.")


def cards(count: int, name: str = "one", start: int = 0) -> Block:
    return Block(name, name.title(), cards=tuple(card(number) for number in range(start, start + count)))


def rows(count: int, name: str = "one", start: int = 0) -> Block:
    return Block(name, name.title(), header=("Title",), rows=tuple(Row(((Link(f"{number}"),),)) for number in range(start, start + count)))


def sizes(part: Part) -> list[tuple[str, int]]:
    return [(block.id, len(block.cards or block.rows)) for block in part.blocks]


def page_addresses(base: str, made: dict[str, Page]) -> list[str]:
    """The addresses of the pages of a list, in order."""
    found = [base]
    while f"{base}page/{len(found) + 1}/" in made:
        found.append(f"{base}page/{len(found) + 1}/")
    return found


def groups(page: Page) -> tuple[Block, ...]:
    found: tuple[Block, ...] = page.data["groups"]
    return found


def cards_of(page: Page) -> list[str]:
    """The ids of the entries of a page that shows cards."""
    return [card.id for block in groups(page) for card in block.cards]


def rows_of(page: Page) -> list[str]:
    """The addresses of the entries of a page that shows a table."""
    return [row.cells[0][0].url for block in groups(page) for row in block.rows]


def entries_of(page: Page) -> list[str]:
    """The addresses of the entries of a page that shows cards or a table."""
    return rows_of(page) or [card.url for block in groups(page) for card in block.cards]


def having(site: Site, name: str, value: str) -> list[Record]:
    """The published entries with a value of a facet, found by looking at each of them."""
    return [record for record in site.catalogue.listed() if value in facets.FACETS[name](record, site.catalogue)]


# Pages of long lists.


@pytest.mark.parametrize(("count", "expected"), [(0, [0]), (1, [1]), (100, [100]), (101, [100, 1]), (200, [100, 100]), (250, [100, 100, 50])])
@pytest.mark.parametrize("make", [cards, rows], ids=["cards", "rows"])
def test_a_list_stands_on_pages_of_at_most_a_hundred(make: Callable[[int], Block], count: int, expected: list[int]) -> None:
    found = list(parts("x/", [make(count)]))
    assert [sum(number for _, number in sizes(part)) for part in found] == expected
    assert page_count(count) == len(expected)


@pytest.mark.parametrize("make", [cards, rows], ids=["cards", "rows"])
def test_groups_go_on_over_pages_under_their_heading_and_lose_nothing(make: Callable[[int, str, int], Block]) -> None:
    blocks = [make(60, "one", 0), make(0, "none", 0), make(60, "two", 60), make(130, "three", 120)]
    found = list(parts("x/", blocks))
    assert [sizes(part) for part in found] == [[("one", 60), ("two", 40)], [("two", 20), ("three", 80)], [("three", 50)]]
    assert [block.heading for block in found[1].blocks] == ["Two", "Three"]
    assert [block.header for part in found for block in part.blocks] == [blocks[0].header] * 5
    items = [item for part in found for block in part.blocks for item in (*block.cards, *block.rows)]
    assert items == [item for block in blocks for item in (*block.cards, *block.rows)]


def test_a_list_without_groups_has_one_empty_page() -> None:
    assert list(parts("x/", [])) == [Part(1, "x/", (), None)]


def test_the_first_page_has_the_address_of_the_list() -> None:
    assert [part.url for part in parts("explore/topic/money/", [cards(201)])] == [
        "explore/topic/money/",
        "explore/topic/money/page/2/",
        "explore/topic/money/page/3/",
    ]
    assert [page_url("x/", number) for number in (1, 2, 10)] == ["x/", "x/page/2/", "x/page/10/"]


@pytest.mark.parametrize("count", [0, 1, 100])
def test_a_list_of_one_page_has_no_way_to_others(count: int) -> None:
    assert [part.pager for part in parts("x/", [cards(count)])] == [None]


def test_a_page_leads_to_the_one_before_the_one_after_and_all() -> None:
    links = (Link("1", "x/"), Link("2", "x/page/2/"), Link("3", "x/page/3/"))
    found = [part.pager for part in parts("x/", [cards(201)])]
    assert [(pager.here, pager.pages, pager.before, pager.after) for pager in found if pager] == [
        (1, links, None, links[1]),
        (2, links, links[0], links[2]),
        (3, links, links[1], None),
    ]


# All pages of a pool.


def test_the_names_of_the_pages_are_known_without_making_them(site: Site, made: dict[str, Page]) -> None:
    assert sorted(page_names(site)) == sorted(page.src_uri for page in made.values())


def test_the_names_of_the_pages_below_a_folder_are_known_without_all_others(large: Site) -> None:
    names = page_names(large)
    folders = {folder: set(found) for folder, found in groupby(sorted(names), lambda name: name.partition("/")[0])}
    assert len(folders) > len(KINDS) + 4
    assert all(below <= page_names(large, {folder}) <= names for folder, below in folders.items())
    assert page_names(large, {"needs", "landscape"}) == folders["needs"] | folders["landscape"]
    assert page_names(large, {"reference"}) == set()


def test_a_large_pool_is_paged_in_each_way(large: Site) -> None:
    names = page_names(large)
    assert {"explore/page/7/index.md", "practices/page/2/index.md", "explore/level/city/page/2/index.md"} <= names


def test_no_page_of_a_list_has_more_than_a_hundred_entries(made: dict[str, Page]) -> None:
    listings = [page for page in made.values() if page.template == "listing.html"]
    assert len(listings) > len(KINDS)
    assert [page.url for page in listings if len(cards_of(page)) + len(rows_of(page)) > PAGE] == []


def test_explore_has_every_published_entry_once_in_listing_order(site: Site, made: dict[str, Page]) -> None:
    found = [id for url in page_addresses("explore/", made) for id in cards_of(made[url])]
    assert found == [record.id for record in site.catalogue.listed()]


@pytest.mark.parametrize("kind", KINDS)
def test_the_index_of_a_kind_has_every_published_entry_of_it_once(site: Site, made: dict[str, Page], kind: str) -> None:
    found = [id for url in page_addresses(f"{KINDS[kind].folder}/", made) for id in cards_of(made[url])]
    assert sorted(found) == sorted(r.id for r in site.catalogue.records if r.kind == kind and r.entry.status == "published")


@pytest.mark.parametrize("kind", KINDS)
def test_the_headings_of_an_index_lead_to_the_groups_of_its_own_page(made: dict[str, Page], kind: str) -> None:
    for url in page_addresses(f"{KINDS[kind].folder}/", made):
        contents = [link.url for link in made[url].data["toc"]]
        assert contents in ([], [f"#{group.id}" for group in groups(made[url])])
        assert len({group.id for group in groups(made[url])}) == len(groups(made[url]))


@pytest.mark.parametrize("name", [*OFFERED, *UNOFFERED])
def test_every_value_that_occurs_has_a_page_whose_rows_are_the_entries_that_have_it(site: Site, made: dict[str, Page], name: str) -> None:
    occurring = dict.fromkeys(value for record in site.catalogue.listed() for value in facets.FACETS[name](record, site.catalogue))
    for value in occurring:
        base = value_url(name, value)
        found = [
            url for address in page_addresses(base, made) for url in (rows_of(made[address]) or [f"{base}{id}/" for id in cards_of(made[address])])
        ]
        expected = [link_of(record) for record in site.catalogue.filtered({name: [value]})]
        assert expected == [link_of(record) for record in having(site, name, value)], (name, value)
        # The index of a kind goes by groups; all other lists go in listing order.
        assert (sorted(found), sorted(expected)) == (sorted(expected), sorted(found)) if name == "kind" else found == expected, (name, value)


def test_no_value_has_a_page_that_no_entry_has(site: Site, made: dict[str, Page]) -> None:
    listed = {value_url(facet.name, option.value) for facet in facet_lists(site) for option in facet.options}
    paged = {re.sub(r"page/\d+/$", "", url) for url in made if url.startswith("explore/")} - {"explore/"}
    assert paged == {url for url in listed if url.startswith("explore/")}


def test_the_rows_of_a_value_stand_under_their_kinds(site: Site, made: dict[str, Page]) -> None:
    page = made["explore/review/current/"]
    by_kind = {block.id: [row.cells[0][0].url for row in block.rows] for block in groups(page)}
    assert [block.heading for block in groups(page)] == [site.strings(f"kinds.{kind}.many") for kind in by_kind]
    assert {kind: {url.partition("/")[0] for url in urls} for kind, urls in by_kind.items()} == {kind: {KINDS[kind].folder} for kind in by_kind}


def test_a_page_of_a_list_says_what_filters_the_rest(made: dict[str, Page]) -> None:
    assert made["explore/"].data["explore"]["base"] == ""
    assert made["practices/"].data["explore"]["base"] == "kind=practice"
    assert made["explore/evidence/single-case/"].data["explore"]["base"] == "evidence=single-case"


def test_a_later_page_has_a_title_of_its_own(large: Site) -> None:
    found = {page.url: page for page in pages(large)}
    titles = [found[url].title for url in page_addresses("explore/", found)]
    assert titles == ["Explore", *(f"Explore, page {number}" for number in range(2, len(titles) + 1))]


def test_no_two_pages_of_lists_have_one_title(made: dict[str, Page]) -> None:
    titles = Counter(page.title for page in made.values() if page.template == "listing.html" and not page.url.startswith("explore/term/"))
    assert [title for title, count in titles.items() if count > 1] == []


def test_explore_offers_each_facet_with_the_number_of_entries_of_each_value(site: Site, made: dict[str, Page]) -> None:
    offered = {facet.name: {option.value: option.count for option in facet.options} for facet in made["explore/"].data["facets"]}
    expected = {
        name: Counter(value for record in site.catalogue.listed() for value in set(facets.FACETS[name](record, site.catalogue))) for name in OFFERED
    }
    assert offered == {name: dict(counter) for name, counter in expected.items() if counter}
    assert list(offered) == [name for name in OFFERED if expected[name]]


def test_only_the_first_page_of_explore_offers_facets(large: Site) -> None:
    found = {page.url: page for page in pages(large)}
    assert [url for url in page_addresses("explore/", found) if "facets" in found[url].data] == ["explore/"]


def test_every_value_on_offer_leads_to_a_page(made: dict[str, Page]) -> None:
    assert [option.url for facet in made["explore/"].data["facets"] for option in facet.options if option.url not in made] == []


def test_values_stand_in_reading_order(site: Site) -> None:
    values = {facet.name: [option.value for option in facet.options] for facet in facet_lists(site)}
    labels = {facet.name: [option.label for option in facet.options] for facet in facet_lists(site)}
    assert values["kind"] == [kind for kind in KINDS if kind in values["kind"]]
    assert values["year"] == sorted(values["year"], reverse=True)
    assert labels["government"] == sorted(labels["government"], key=reading_order)
    assert values["topic"] == [record.id for record in site.catalogue.by_kind["topic"] if record.id in values["topic"]]
    for name, vocabulary in facets.VOCABULARY_OF.items():
        assert values[name] == [term for term in site.catalogue.vocabularies[vocabulary].terms if term in values[name]]


# Blocks on the pages of entries.


def blocks(page: Page) -> list[Block]:
    """Every block of an entry's page in reading order."""
    related = [page.data["related"]] if page.data["related"] else []
    return [*page.data["blocks"], *related] if page.data["related_last"] else [*related, *page.data["blocks"]]


@pytest.fixture(scope="module")
def entries(made: dict[str, Page]) -> list[Page]:
    """The pages of entries."""
    return [page for page in made.values() if page.template == "entry.html"]


def test_no_entry_has_a_heading_without_content(entries: list[Page]) -> None:
    assert [(page.url, block.id) for page in entries for block in blocks(page) if not block.filled or not block.heading] == []


def test_the_contents_of_an_entry_name_its_blocks_in_reading_order(entries: list[Page]) -> None:
    for page in entries:
        ids = [f"#{block.id}" for block in blocks(page)]
        assert [link.url for link in page.data["toc"] if link.url in ids] == ids


def test_a_long_block_shows_its_beginning_and_leads_to_all_of_it(site: Site, made: dict[str, Page], entries: list[Page]) -> None:
    cut = [(page, block) for page in entries for block in blocks(page) if block.more and block.cards]
    assert cut
    for page, block in cut:
        assert block.more
        target = urlsplit(block.more.url)
        assert target.path in made, (page.url, block.id)
        [kind] = parse_qs(target.query)["kind"]
        folder = KINDS[kind].folder
        listed = [url for address in page_addresses(target.path, made) for url in rows_of(made[address]) if url.startswith(f"{folder}/")]
        assert block.more.text == site.strings("explore.all", n=len(listed), heading=block.heading)
        assert len(block.cards) == MOST_CARDS
        assert {card.url for card in block.cards} <= set(listed)


def test_a_topic_of_many_entries_shows_the_beginning_of_each_kind(large: Site) -> None:
    topic = next(page for page in pages(large) if page.url == "topics/topic-0/")
    shown = {block.id: len(block.cards) for block in blocks(topic) if block.more}
    kinds = ("challenge", "practice", "case-study", "technical-assistance")
    counts = {kind: len(large.catalogue.filtered({"topic": ["topic-0"], "kind": [kind]})) for kind in kinds}
    assert shown == {f"tagged_{kind.replace('-', '_')}": MOST_CARDS for kind, count in counts.items() if count > MOST_CARDS}


def entry(kind: str, **fields: str) -> str:
    """An entry of a kind with the sections that it must have."""
    meta = {"title": kind.title(), "summary": "Short.", **fields, "published": "2026-01-01", "reviewed": "2026-11-01", "owner": "Editors"}
    sections = [section for section in KINDS[kind].sections if section.required] or KINDS[kind].sections[:1]
    lines = "".join(f"{key}: {value}\n" for key, value in meta.items())
    return f"---\n{lines}---\n\n" + "\n\n".join(f"## {section.title}\n\nText." for section in sections) + "\n"


def faults(small: Small) -> list[str]:
    """What the check says, but for entries that are much alike: here they are, on purpose."""
    return [said for said in small.complaints() if not said.endswith((" twin", " source-few"))]


def case(small: Small, **fields: str) -> str:
    """A case that applied the practice."""
    applied = "[{practice: pooled-buying, changed: It bought less., result: It saved.}]"
    facts = {"topics": "[money]", "governments": "[here]", "period": '{start: "2020"}', "state_checked": "2026-01-01", "applies": applied}
    terms = {"state": first(small, "case-states"), "evidence": "single-case", "instruments": "[demand-aggregation]", "levels": "[city]"}
    return entry("case-study", **facts, **terms, **fields)


def first(small: Small, vocabulary: str) -> str:
    return next(iter(small.check().pool.vocabularies[vocabulary].terms))


@pytest.fixture
def told(small: Small, practice: Callable[..., str]) -> Small:
    """A practice that has been applied, that help is on offer for, and that serves a commitment."""
    small.topic()
    small.write("content/practices/pooled-buying.md", practice(challenges="[dear]", actions="[promise]", related="[leasing]"))
    small.write("content/practices/leasing.md", practice(title="Leasing"))
    small.write("content/challenges/dear.md", entry("challenge", topics="[money]"))
    small.write("content/governments/here.md", entry("government", level="city", region=first(small, "regions")))
    small.write("content/case-studies/town.md", case(small))
    small.write("content/organisations/desk.md", entry("organisation", form=first(small, "organisation-forms")))
    offer = {"help_forms": f"[{first(small, 'help-forms')}]", "availability": first(small, "availability"), "challenges": "[dear]"}
    small.write("content/technical-assistance/advice.md", entry("technical-assistance", topics="[money]", providers="[desk]", **offer))
    club = {"short_name": "CLUB", "form": first(small, "coalition-forms"), "members": "{completeness: not-found}"}
    small.write("content/coalitions/club.md", entry("coalition", **club))
    promise = {"coalition": "club", "form": first(small, "action-forms"), "theme": "Money", "period": '{start: "2023"}'}
    small.write("content/actions/promise.md", entry("action", topics="[money]", **promise))
    return small


def page_of(small: Small, url: str) -> Page:
    assert faults(small) == []
    return next(page for page in pages(small.project().site()) if page.url == url)


def test_a_practice_leads_on_to_related_entries_cases_help_and_commitments_in_this_order(told: Small) -> None:
    found = blocks(page_of(told, "practices/pooled-buying/"))
    assert [(block.id, [card.id for card in block.cards]) for block in found] == [
        ("related", ["leasing", "advice"]),
        ("who_did_this", ["town"]),
        ("help_on_offer", ["advice"]),
        ("commitments", ["promise"]),
        ("challenges", ["dear"]),
    ]


def test_who_did_this_says_what_each_case_changed(told: Small) -> None:
    found = {block.id: block for block in blocks(page_of(told, "practices/pooled-buying/"))}
    assert [card.note for card in found["who_did_this"].cards] == ["What it changed: It bought less. What came of it: It saved."]


def test_a_practice_that_nothing_follows_from_has_no_block(told: Small, practice: Callable[..., str]) -> None:
    told.topic("alone", "Alone")
    told.write("content/practices/lonely.md", practice(title="Lonely", topics="[alone]", instruments="[mandate]", levels="[national]"))
    assert blocks(page_of(told, "practices/lonely/")) == []


# Drafts, retired entries, and pools with little in them.


def words_of(value: object) -> str:
    return repr(value)


def test_drafts_and_retired_entries_stand_in_no_list(told: Small, practice: Callable[..., str]) -> None:
    told.write("content/practices/idea.md", practice(title="Idle idea", status="draft", challenges="[dear]", related="[pooled-buying]"))
    told.write("content/practices/old.md", practice(title="Old way", status="retired", replaced_by="leasing", challenges="[dear]"))
    told.write("content/case-studies/unready.md", case(told, title="Unready town", status="draft"))
    assert faults(told) == []
    found = list(pages(told.project().site()))
    naming = {title: [page.url for page in found if title in words_of(page.data)] for title in ("Idle idea", "Old way", "Unready town")}
    assert naming == {
        "Idle idea": ["practices/idea/"],
        "Old way": ["practices/old/"],
        # A case says what it applied; the practice does not name it.
        "Unready town": ["case-studies/unready/"],
    }
    assert {"practices/idea/", "practices/old/"} <= {page.url for page in found}


def test_a_pool_of_drafts_has_an_explore_page_that_says_so(small: Small) -> None:
    path = small.topic()
    path.write_text(path.read_text("utf-8").replace("owner:", "status: draft\nowner:"), "utf-8")
    page, site = page_of(small, "explore/"), small.project().site()
    assert (page.data["groups"], page.data["count"], page.data["empty"]) == ((), "0 entries", site.strings("explore.empty"))
    assert page_names(site) == {page.src_uri for page in pages(site)}


def empty_site() -> Site:
    settings = read_settings(ROOT)
    return Site(Catalogue(Pool((), {}, {}, ()), TODAY), read_strings(settings.overrides, settings.language), settings, Texts())


def test_a_pool_without_anything_has_its_indexes_and_explore() -> None:
    found = [page.src_uri for page in pages(empty_site())]
    indexes = [f"{model.folder}/index.md" for model in KINDS.values()]
    landscape = ["", "coalitions/", "bodies/", "overlaps/", "gaps/", "changes/"]
    others = ["needs", "about/statistics", "vocabulary", "data", "workshop"]
    assert found == [
        *indexes,
        "explore/index.md",
        "compare/index.md",
        *(f"landscape/{part}index.md" for part in landscape),
        *(f"{name}/index.md" for name in others),
    ]
    assert page_names(empty_site()) == set(found)


def test_a_pool_of_one_kind_has_all_its_pages(small: Small) -> None:
    small.topic()
    site = small.project().site()
    found = {page.url: page for page in pages(site)}
    assert {page.src_uri for page in found.values()} == page_names(site)
    assert [facet.name for facet in found["explore/"].data["facets"]] == ["kind", "year", "review"]
    assert rows_of(found["explore/year/2026/"]) == ["topics/money/"]


def test_a_folder_of_the_lists_is_no_place_for_a_hand_written_page(small: Small) -> None:
    small.topic()
    small.write("docs/explore/year/2026/index.md", "# Mine\n")
    small.write("docs/index.md", "# Start\n")
    with pytest.raises(Exception, match=r"docs/explore/year/2026/index\.md:1:1: error \[page-clash\]"):
        small.stage()


def test_staged_lists_are_found_where_their_links_lead(small: Small, tmp_path: Path) -> None:
    small.topic("a-b", "Städte & “Häfen”, <b>तीन</b>")
    small.stage()
    assert (tmp_path / "staged/explore/year/2026/index.md").is_file()
    assert "Städte & “Häfen”, <b>तीन</b>" in small.page("explore/year/2026")
