"""What follows from entries together: relations, crosswalk, facets, filters, related."""

import math
from collections.abc import Callable
from itertools import combinations, product

import pytest

from macros import facets
from macros.catalogue import Catalogue
from macros.check import check
from macros.pool import Record
from macros.views.related import related
from tests.conftest import TODAY, Small, own_project
from tests.engines import PROJECTS


@pytest.fixture(scope="module")
def kitchens() -> Catalogue:
    """The pool of another field of knowledge."""
    root = PROJECTS / "clean-cooking"
    return check(root / "content", root, TODAY).catalogue()


@pytest.fixture(scope="module")
def own() -> Catalogue:
    """The repository's own pool."""
    return own_project().checked.catalogue()


def test_a_relation_is_found_from_both_ends(kitchens: Catalogue) -> None:
    stated = kitchens.relations.of("upper-ward-rental", "applies.practice")
    derived = kitchens.relations.to("stove-rental", "applies.practice")
    assert [(r.source, r.target) for r in stated] == [("upper-ward-rental", "stove-rental")]
    assert derived == stated


def test_every_relation_of_the_pool_is_found_from_both_ends(own: Catalogue) -> None:
    for relation in own.relations.all():
        assert relation in own.relations.of(relation.source)
        assert relation in own.relations.to(relation.target)


def test_an_entry_tagged_once_appears_in_each_coalitions_words(kitchens: Catalogue) -> None:
    assert kitchens.terms_of(kitchens.by_id["upper-ward-rental"]) == ("hearth-league/gas", "smoke-free-circle/breathe")
    assert {r.id for r in kitchens.filtered({"term": ["smoke-free-circle/breathe"]})} >= {"stove-rental", "upper-ward-rental", "wet-dung"}


def test_a_practice_has_the_governments_of_its_cases_and_those_above(kitchens: Catalogue) -> None:
    assert kitchens.facet(kitchens.by_id["stove-rental"], "government") == ("upper-ward", "north-district")
    assert kitchens.facet(kitchens.by_id["stove-rental"], "region") == ("highlands",)


def test_any_value_inside_a_facet_and_every_facet(kitchens: Catalogue) -> None:
    either = kitchens.filtered({"kind": ["practice", "case-study"]})
    both = kitchens.filtered({"kind": ["practice", "case-study"], "topic": ["clean-air"]})
    assert [r.id for r in either] == ["stove-rental", "upper-ward-rental"]
    assert [r.id for r in both] == ["stove-rental"]


def test_filters_agree_with_brute_force(own: Catalogue) -> None:
    queries = [
        {a: [x], b: [y]}
        for a, b in combinations(("kind", "topic", "coalition", "level", "segment"), 2)
        for x, y in product(list(facets.counts(own.listed(), a, own))[:3], list(facets.counts(own.listed(), b, own))[:3])
    ]
    assert len(queries) > 50
    for query in queries:
        expected = [
            r.id for r in own.listed() if all(any(value in facets.FACETS[name](r, own) for value in wanted) for name, wanted in query.items())
        ]
        assert [r.id for r in own.filtered(query)] == expected


def test_options_count_what_choosing_them_would_leave(own: Catalogue) -> None:
    query = {"kind": ["case-study"], "topic": ["freight"]}
    for topic, count in facets.options(query, "topic", own).items():
        assert count == len(own.filtered({"kind": ["case-study"], "topic": [topic]}))


def test_counts_are_ordered_by_number_and_then_by_value(own: Catalogue) -> None:
    found = list(facets.counts(own.listed(), "kind", own).items())
    assert found == sorted(found, key=lambda item: (-item[1], item[0]))
    assert sum(count for _, count in found) == len(list(own.listed()))


def test_related_entries_stated_come_first(own: Catalogue) -> None:
    record = own.by_id["india-ev-journey"]
    found = [r.id for r in related(record, own)]
    stated = [id for id in record.entry.related if id in own.by_id]
    assert found[: len(stated)] == stated
    assert record.id not in found


def test_related_entries_share_more_than_others_do(own: Catalogue) -> None:
    kinds = ("practice", "case-study", "technical-assistance", "challenge")
    facets_of = ("topic", "challenge", "instrument", "segment", "government", "term")
    total = len(own.by_id)

    def shared(one: Record, other: Record) -> int:
        """How much two entries share, in eighths of what a value weighs."""
        values = [(name, value) for name in facets_of for value in own.facet(one, name) if value in own.facet(other, name)]
        return sum(round(8 * math.log(1 + total / len(own.index(name)[value]))) for name, value in values if value in own.index(name))

    seen = 0
    for record in (record for kind in kinds for record in own.by_kind[kind]):
        found = related(record, own)
        linked = {r.target for r in own.relations.of(record.id)} | {r.source for r in own.relations.to(record.id)}
        alike = [other for other in found if other.id not in linked and other.id not in record.entry.related]
        others = [r for kind in kinds for r in own.by_kind[kind] if r.id not in {record.id, *linked, *(other.id for other in found)}]
        most = max((shared(record, other) for other in others), default=0)
        assert all(shared(record, other) >= most for other in alike), record.id
        seen += len(alike)
    assert seen > 200


def test_related_entries_are_the_same_every_time() -> None:
    def answer() -> dict[str, list[str]]:
        catalogue = own_project().checked.catalogue()
        return {r.id: [other.id for other in related(r, catalogue)] for r in catalogue.records}

    assert answer() == answer()


def test_an_entry_is_found_by_its_old_id(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/new-name.md", practice(aliases="[old-name]"))
    found = small.check().catalogue().get("old-name")
    assert found is not None
    assert found.id == "new-name"


def test_the_governments_above_one_are_found_nearest_first(kitchens: Catalogue) -> None:
    assert kitchens.parents("upper-ward") == ("north-district",)
    assert kitchens.parents("north-district") == ()
