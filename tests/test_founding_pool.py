"""The founding pool holds what the founding documents say, to the name."""

import pytest

from macros.catalogue import Catalogue
from macros.entries.action import Action
from macros.entries.coalition import Coalition
from tests.conftest import own_project

# Road Transport Breakthrough, Priority International Actions for 2023: the columns of collaborating governments.
LISTS = {
    "rt1": "au az kh ca eu fr gw in nl nz no pa se gb",
    "rt2": "kh ca eu fi de gw in jp lt nz no pa kr se gb",
    "rt3": "au kh ca eu fi fr de gw in ie jp nl nz no pa kr se gb",
    "rt4": "au az kh ca eu fi de gw in ie jp lt nz no pa kr se gb",
    "rt5": "az kh ca eu fi de gw in jp lt nl nz no pa kr se gb",
    "rt6": "au az kh ca eu fi de gw in ie jp nl nz no pa kr se gb",
}


@pytest.fixture(scope="module")
def pool() -> Catalogue:
    """The repository's own pool."""
    return own_project().checked.catalogue()


@pytest.mark.parametrize(("action", "count"), zip(LISTS, (14, 15, 18, 18, 17, 18), strict=True))
def test_the_collaborating_governments_are_those_of_the_document(pool: Catalogue, action: str, count: int) -> None:
    entry = pool.by_id[action].entry
    assert isinstance(entry, Action)
    assert list(entry.governments) == LISTS[action].split()
    assert len(entry.governments) == count


def test_the_coalitions_have_their_own_terms(pool: Catalogue) -> None:
    def terms(id: str) -> int:
        entry = pool.by_id[id].entry
        assert isinstance(entry, Coalition)
        return len(entry.crosswalk)

    assert (terms("rt-breakthrough"), terms("zevtc"), terms("lg-cta"), terms("zev-community")) == (6, 5, 6, 4)


def test_fifteen_examples_of_help_stand_under_the_areas_of_the_slides(pool: Catalogue) -> None:
    areas = {
        "public-and-active-transport": 4, "freight": 2, "evs": 2, "charging": 2, "renewables": 3, "standards": 2,
    }  # fmt: skip
    offers = [r.entry for r in pool.listed("technical-assistance") if getattr(r.entry, "providers", ()) == ("lg-cta",)]
    assert len(offers) == 15
    assert all(getattr(offer, "time_frames", ()) == ("short", "medium") for offer in offers)
    assert {area: sum(offer.terms == (f"lg-cta/{area}",) for offer in offers) for area in areas} == areas


def test_a_member_list_that_was_not_found_says_so(pool: Catalogue) -> None:
    entry = pool.by_id["lg-cta"].entry
    assert isinstance(entry, Coalition)
    assert (entry.members.governments, entry.members.completeness) == ((), "not-found")


def test_every_member_list_has_a_source_and_a_date_or_a_word_about_it(pool: Catalogue) -> None:
    for record in pool.listed("coalition"):
        entry = record.entry
        assert isinstance(entry, Coalition)
        for found in (entry.members, *entry.earlier_members):
            if found.governments:
                assert found.sources, record.id
                assert found.as_of or found.note, record.id


@pytest.mark.parametrize(
    ("kind", "least"),
    [("practice", 8), ("case-study", 3), ("topic", 16), ("coalition", 24), ("technical-assistance", 21), ("programme", 12), ("bundle", 1)],
)
def test_the_pool_holds_enough_of_each_kind(pool: Catalogue, kind: str, least: int) -> None:
    assert len(pool.by_kind[kind]) >= least


def test_every_relation_that_models_allow_between_entries_of_use_has_an_instance(pool: Catalogue) -> None:
    fields = {relation.field for relation in pool.relations.all()}
    assert fields >= {
        "applies.practice", "challenges", "actions", "topics", "coalitions", "governments", "coalition", "coordinators", "partners", "supports",
        "bodies.body", "members.governments", "members.organisations", "joined.governments", "crosswalk.topics", "crosswalk.action", "part_of",
        "parent", "unions", "providers", "organisers", "items.entries", "agenda.entries", "selection.entries", "programme", "related", "raised_by",
        "organisations", "earlier_members.governments",
    }  # fmt: skip


def test_every_practice_is_backed_by_a_case_and_answers_a_challenge(pool: Catalogue) -> None:
    for record in pool.listed("practice"):
        assert pool.naming(record.id, "applies.practice"), record.id
        assert pool.relations.of(record.id, "challenges"), record.id
