"""Overlaps, gaps, needs, changes and coverage: against brute force on the repository's pool, and by hand on a small one."""

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any
from urllib.parse import parse_qsl

import pytest

from macros.catalogue import FRAME, Catalogue
from macros.entries import KINDS
from macros.form import kind_data
from macros.landscape import gaps
from macros.landscape.changes import differences, undated, years
from macros.landscape.coverage import contributors, coverage, growth, reviews
from macros.landscape.needs import boards_of_coalition, boards_of_topics, needs, unused_offers, without_answer, without_help
from macros.landscape.overlaps import actions_of_coalitions, overlaps, topics_of_coalitions
from macros.views.landscape_gaps import gap_pages
from macros.views.needs import needs_names, needs_pages
from macros.views.shapes import Link
from macros.views.site import Site
from macros.views.statistics import numbers
from macros.views.timeline import timeline
from macros.views.ways_out import correction, form_link
from tests.conftest import POOL_DAY, Small, own_project, own_site

COALITION = """
---
title: {id}
summary: A coalition.
short_name: {id}
form: political-forum
topics: [{topics}]
members: {{governments: [{members}], as_of: 2026-01-01, completeness: complete, sources: [one]}}
joined: [{joined}]
published: 2026-01-01
reviewed: 2026-11-01
owner: Editors
sources: {{one: {{title: A list, publisher: An agency, year: 2026, url: "https://agency.test/", type: web}}}}
---

## Why it exists

Text [@one].

## How it works

Text.
"""
ACTION = """
---
title: {id}
summary: A commitment.
topics: [{topics}]
coalition: {coalition}
form: workstream
theme: Theme
period: {{start: "2023"}}
governments: [{governments}]
published: 2026-01-01
reviewed: 2026-11-01
owner: Editors
---

## What was agreed

Text.

## How it is taken forward

Text.
"""
GOVERNMENT = """
---
title: {id}
summary: A place.
level: national
region: {region}
published: 2026-01-01
reviewed: 2026-11-01
owner: Editors
---
"""


@pytest.fixture(scope="module")
def pool() -> Catalogue:
    return own_project().checked.catalogue()


@pytest.fixture(scope="module")
def site() -> Site:
    return own_site()


@pytest.fixture
def few(small: Small, practice: Callable[..., str]) -> Catalogue:
    """Two coalitions, three governments of two regions, two topics, a practice under one of them."""
    small.topic("money", "Money")
    small.topic("power", "Power")
    for id, region in (("aa", "asia"), ("bb", "asia"), ("cc", "africa")):
        small.write(f"content/governments/{id}.md", GOVERNMENT.format(id=id.upper(), region=region))
    step = "{date: 2024-05, event: Summit, change: joined, governments: [bb], source: one}"
    small.write("content/coalitions/north.md", COALITION.format(id="north", topics="money, power", members="aa, bb", joined=step))
    small.write("content/coalitions/south.md", COALITION.format(id="south", topics="money", members="bb, cc", joined=""))
    small.write("content/actions/one.md", ACTION.format(id="one", topics="power", coalition="north", governments="aa"))
    small.write("content/practices/pooled.md", practice(topics="[money]"))
    checked = small.check()
    assert [problem.message for problem in checked.problems if problem.severity == "error"] == []
    return checked.catalogue()


def test_two_coalitions_share_what_stands_in_both(few: Catalogue) -> None:
    (found,) = overlaps(few)
    assert (found.one.id, found.other.id) == ("north", "south")
    assert [record.id for record in found.governments] == ["bb"]
    assert [record.id for record in found.topics] == ["money"]
    assert (found.actions, found.bodies) == ((), ())


def test_a_topic_with_a_commitment_and_no_practice_is_a_gap(few: Catalogue) -> None:
    assert [record.id for record in gaps.promised_without_practice(few)] == ["power"]


def test_a_topic_with_a_practice_and_no_help_is_a_gap(few: Catalogue) -> None:
    assert [record.id for record in gaps.practised_without_help(few)] == ["money"]


def test_a_commitment_that_nothing_serves_is_a_gap(few: Catalogue) -> None:
    assert [record.id for record in gaps.unserved_actions(few)] == ["one"]


def test_a_region_with_governments_and_no_case_is_a_gap_and_one_without_governments_is_not(few: Catalogue) -> None:
    assert gaps.regions_without_case(few) == ("africa", "asia")


def test_a_commitment_lacks_the_regions_of_which_it_names_nobody(few: Catalogue) -> None:
    assert gaps.actions_without_region(few) == {"one": ("africa",)}
    assert gaps.actions_without_government(few) == ()


def test_where_a_commitment_names_no_government_the_members_of_its_coalition_count(small: Small, few: Catalogue) -> None:
    small.write("content/actions/two.md", ACTION.format(id="two", topics="power", coalition="north", governments=""))
    small.write("content/actions/three.md", ACTION.format(id="three", topics="power", coalition="south", governments=""))
    assert gaps.actions_without_region(small.check().catalogue()) == {"one": ("africa",), "two": ("africa",)}


def test_a_government_of_one_coalition_alone_is_named_under_it(few: Catalogue) -> None:
    assert {id: [record.id for record in alone] for id, alone in gaps.reached_by_one(few).items()} == {"north": ["aa"], "south": ["cc"]}


def test_a_year_has_what_entries_date_to_it(few: Catalogue) -> None:
    found = {year.year: year for year in years(few)}
    assert sorted(found) == [2024, 2026]
    assert found[2024].changes == Counter(joined=1)
    assert found[2026].entries == Counter(topic=2, government=3, coalition=2, action=1, practice=1)
    assert undated(few) == ()


def test_nothing_is_due_before_its_day_and_all_is_after_it(few: Catalogue) -> None:
    assert gaps.due(few) == ()
    assert [len(found) for found in (growth(few), reviews(few), contributors(few))] == [1, 5, 0]
    assert sum(review.due for review in reviews(few)) == 0


def test_overlaps_are_those_of_every_pair_compared(pool: Catalogue) -> None:
    actions, topics = actions_of_coalitions(pool), topics_of_coalitions(pool)
    found = {(o.one.id, o.other.id): o for o in overlaps(pool)}
    pairs = 0
    for one, other in combinations(pool.by_kind["coalition"], 2):
        members = [set(getattr(record.entry, "members").governments) for record in (one, other)]  # noqa: B009
        bodies = [{part.body for part in getattr(record.entry, "bodies")} for record in (one, other)]  # noqa: B009
        wanted = (members[0] & members[1], topics[one.id] & topics[other.id], actions[one.id] & actions[other.id], bodies[0] & bodies[1])
        if any(wanted):
            pairs += 1
            o = found[(one.id, other.id)]
            assert tuple({record.id for record in shared} for shared in (o.governments, o.topics, o.actions, o.bodies)) == wanted
        else:
            assert (one.id, other.id) not in found
    assert pairs == len(found)


def test_gaps_of_the_pool_are_those_of_brute_force(pool: Catalogue) -> None:
    def having(kind: str, topic: str) -> int:
        return sum(topic in record.entry.topics and getattr(record.entry, "availability", "") != "closed" for record in pool.listed(kind))

    topics = [record.id for record in pool.listed("topic")]
    assert [r.id for r in gaps.promised_without_practice(pool)] == [t for t in topics if having("action", t) and not having("practice", t)]
    assert [r.id for r in gaps.practised_without_help(pool)] == [t for t in topics if having("practice", t) and not having("technical-assistance", t)]
    lists = {r.id: set(getattr(r.entry, "members").governments) for r in pool.listed("coalition")}  # noqa: B009
    for id, alone in gaps.reached_by_one(pool).items():
        others = set().union(*(members for other, members in lists.items() if other != id))
        assert {record.id for record in alone} == lists[id] - others
    assert {id for id, members in lists.items() if members - set().union(*(m for other, m in lists.items() if other != id))} == set(
        gaps.reached_by_one(pool)
    )
    for topic, missing in gaps.topics_without_case(pool).items():
        cases = [record for record in pool.listed("case-study") if topic in record.entry.topics]
        assert cases
        assert set(missing) == set(gaps.regions(pool)) - {region for record in cases for region in pool.facet(record, "region")}


def test_the_commitments_without_known_governments_are_those_of_the_group_whose_members_were_not_found(pool: Catalogue) -> None:
    assert {getattr(record.entry, "coalition", "") for record in gaps.actions_without_government(pool)} == {"lg-cta"}
    assert len(gaps.actions_without_government(pool)) == 7


def test_the_commitments_without_a_region_are_those_of_brute_force(pool: Catalogue) -> None:
    region = {record.id: getattr(record.entry, "region") for record in pool.listed("government")}  # noqa: B009
    wanted = {}
    for action in pool.listed("action"):
        owner = pool.by_id[getattr(action.entry, "coalition")]  # noqa: B009
        who = getattr(action.entry, "governments") or getattr(owner.entry, "members").governments  # noqa: B009
        if who and (missing := {found for found in region.values() if found} - {region[id] for id in who}):
            wanted[action.id] = missing
    assert {id: set(missing) for id, missing in gaps.actions_without_region(pool).items()} == wanted
    assert {id: missing for id, missing in wanted.items() if id.startswith("zevtc")} == {
        f"zevtc-{name}": {"africa", "oceania"}
        for name in ("battery-supply-chains", "infrastructure", "global-transition", "tracking-progress", "across-workstreams")
    }


def ways_out(site: Site) -> list[tuple[str, str]]:
    """The part and the address of every row of the pages of gaps and needs that has a way out; a row without one has an empty address."""
    head = site.strings("landscape.gaps.way_out")
    found = []
    for page in (*gap_pages(site), *needs_pages(site)):
        parts: Any = page.data["parts"]
        for part in parts:
            if part.block and part.block.header[-1] == head:
                found += [(part.id, row.cells[-1][0].url) for row in part.block.rows]
    return found


@pytest.mark.parametrize("day", [POOL_DAY, date(2031, 1, 1)], ids=["today", "years later"])
def test_every_gap_leads_to_a_form_that_takes_all_that_its_address_says(day: date) -> None:
    site = own_site(day)
    ways = ways_out(site)
    assert len(ways) > 35
    seen = set()
    for part, address in ways:
        page, _, query = address.partition("?")
        asked = dict(parse_qsl(query, strict_parsing=True))
        if page == "contribute/":
            kind = asked.pop("kind")
            fields = kind_data(KINDS[kind], site)["fields"]["properties"]
            for name, id in asked.items():
                field = fields[f"{name}s"]
                assert site.catalogue.by_id[id].kind in field["items"]["x-reference"], (part, address)
        else:
            assert page == "contribute/correct/", (part, address)
            assert site.catalogue.by_id[asked["entry"]].entry.status == "published"
            assert asked.get("about", "") == ("" if part == "due" else "wrong")
            assert asked.get("what", "").endswith(":") == (part != "due")
            assert len(address) < 1000
        seen.add((part, *asked))
    assert {part for part, *_ in seen} >= {"practised-without-help", "topics-without-case", "actions-without-region", "actions-without-government"}
    assert ("due", "entry") in seen or day == POOL_DAY


def test_the_rows_of_gaps_fill_in_what_lacks_something(site: Site) -> None:
    ways = {address for _, address in ways_out(site)}
    assert "contribute/?kind=technical-assistance&topic=hydrogen" in ways
    assert "contribute/?kind=practice&action=zevtc-across-workstreams" in ways
    assert (
        "contribute/correct/?entry=zevtc-infrastructure&about=wrong"
        "&what=No+government+takes+part+from%3A+Africa%2C+Oceania.+These+do%2C+and+are+missing+here%3A"
    ) in ways


def test_where_a_project_has_no_form_a_gap_leads_to_the_file_or_to_the_page_of_the_entry(small: Small, few: Catalogue) -> None:
    site = small.project().site()
    record = site.catalogue.by_id["one"]
    assert correction(record, "Text", site) == Link("Text", "actions/one/")
    elsewhere = replace(site, settings=replace(site.settings, repo_url="https://git.test/org/site"))
    assert correction(record, "Text", elsewhere) == Link("Text", "https://git.test/org/site/edit/main/content/actions/one.md", external=True)
    assert form_link(site, "Text", kind="practice") == Link("")


def test_a_difference_of_two_lists_is_what_only_one_of_them_names(pool: Catalogue) -> None:
    first = next(difference for difference in differences(pool) if difference.coalition.id == "zevtc")
    assert [record.id for record in first.appeared] == ["de", "us"]
    assert [record.id for record in first.gone] == ["us-ca"]


def test_changes_of_members_are_counted_once_each(pool: Catalogue) -> None:
    steps = [step for record in pool.listed("coalition") for step in getattr(record.entry, "joined")]  # noqa: B009
    assert sum(year.changes.total() for year in years(pool)) == sum(len(step.governments) for step in steps if step.date)
    assert sum(len(step.governments) for _, step in undated(pool)) == sum(len(step.governments) for step in steps if not step.date)
    assert sum(year.entries.total() for year in years(pool)) == len(list(pool.listed()))


def test_unmatched_needs_are_those_that_no_entry_names(pool: Catalogue) -> None:
    named = {id for offer in pool.listed("technical-assistance") for id in getattr(offer.entry, "challenges", ())}
    answered = {id for kind in ("practice", "case-study") for record in pool.listed(kind) for id in getattr(record.entry, "challenges", ())}
    found = needs(pool)
    assert {need.challenge.id for need in without_help(found)} == {record.id for record in pool.listed("challenge")} - named
    assert {need.challenge.id for need in without_answer(found)} == {record.id for record in pool.listed("challenge")} - answered
    assert {offer.id for offer in unused_offers(pool)} == {
        o.id for o in pool.listed("technical-assistance") if not getattr(o.entry, "challenges", ())
    }
    assert [bool(need.offers) for need in found] == sorted(bool(need.offers) for need in found)


def test_a_board_has_every_entry_under_its_heading(pool: Catalogue) -> None:
    for board in boards_of_topics(pool):
        for kind, records in (("practice", board.practices), ("case-study", board.cases)):
            assert [r.id for r in records] == [r.id for r in pool.filtered({"topic": [board.id], "kind": [kind]})]
    assert [board.label for board in boards_of_coalition("zevtc", pool)] == [
        "Battery Supply Chains", "Infrastructure", "Supporting a Global Transition", "Tracking Progress", "Across all workstreams",
    ]  # fmt: skip


def test_every_named_board_is_made_and_no_other(site: Site) -> None:
    assert {page.src_uri for page in needs_pages(site)} == set(needs_names(site))


@pytest.mark.parametrize("facet", ["topic", "region", "evidence"])
def test_coverage_counts_each_entry_once_under_each_value(pool: Catalogue, facet: str) -> None:
    counted = coverage(pool, facet)
    for value, kinds in counted.numbers.items():
        for kind, number in kinds.items():
            assert number == len(pool.filtered({facet: [value], "kind": [kind]}))
    for kind, number in counted.without.items():
        assert number == sum(not pool.facet(record, facet) for record in pool.listed(kind))
    assert not any(kind in FRAME for kinds in counted.numbers.values() for kind in kinds)


def test_the_numbers_for_reports_add_up(site: Site) -> None:
    found = numbers(site)
    assert sum(counted["entries"] for counted in found["kind"].values()) == len(list(site.catalogue.listed()))
    assert list(found["growth"].values())[-1]["total"] == len(list(site.catalogue.listed()))
    assert sum(counted["due"] + counted["current"] for counted in found["review"].values()) == len(list(site.catalogue.listed()))


def test_a_step_that_several_commitments_take_stands_once_on_the_timeline_with_all_of_them(site: Site) -> None:
    (block,) = timeline(site.catalogue.by_id["lg-cta"], site)
    assert len({(event.when, event.text, event.mark) for event in block.events}) == len(block.events)
    (shared,) = (event for event in block.events if len(event.links) > 1)
    assert shared.text == "Member countries endorse the communiqué as a whole at COP29 or at the Environmentally Sustainable Transport Forum."
    assert [link.text.partition(":")[0] for link in shared.links] == [f"LG-CTA ambition {number}" for number in range(1, 8)]
