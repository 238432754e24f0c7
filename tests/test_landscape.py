"""The landscape says what the entries say, cell by cell."""

import csv
import io
from datetime import date

import pytest

from macros.catalogue import Catalogue
from macros.check import check
from macros.entries.coalition import Coalition
from macros.landscape.matrix import bodies, commitments, memberships
from macros.views.landscape import landscape_files, landscape_names, landscape_pages
from macros.views.site import Site
from tests.conftest import ROOT, own_project, own_site
from tests.test_founding_pool import LISTS

KITCHENS = ROOT / "tests/projects/clean-cooking"


@pytest.fixture(scope="module")
def pool() -> Catalogue:
    return own_project().checked.catalogue()


@pytest.fixture(scope="module")
def site() -> Site:
    return own_site()


@pytest.fixture(scope="module")
def kitchens() -> Catalogue:
    return check(KITCHENS / "content", KITCHENS, date(2026, 11, 21)).catalogue()


def test_the_matrix_of_commitments_holds_every_name_of_the_document_and_no_other(pool: Catalogue) -> None:
    matrix = commitments(pool)
    for action, governments in LISTS.items():
        assert {row for (row, column), marks in matrix.marks.items() if column == action and marks == ("named",)} == set(governments.split())
    named = [pair for pair, marks in matrix.marks.items() if marks == ("named",)]
    assert len(named) == 14 + 15 + 18 + 18 + 17 + 18
    assert {column for _, column in named} == set(LISTS)


def test_a_commitment_that_names_nobody_has_the_members_of_its_coalition_marked_as_such(pool: Catalogue) -> None:
    matrix = commitments(pool)
    coalition = pool.by_id["zevtc"].entry
    assert isinstance(coalition, Coalition)
    workstreams = [column.id for column in matrix.columns if column.id.startswith("zevtc-")]
    assert len(workstreams) == 5
    for column in workstreams:
        assert {row for (row, other), marks in matrix.marks.items() if other == column and marks == ("as-member",)} == set(
            coalition.members.governments
        )
    assert [column.id for column in matrix.columns if not any(other == column.id for _, other in matrix.marks)] == [
        "lg-cta-public-transport", "lg-cta-low-carbon-freight", "lg-cta-ev-share", "lg-cta-charging-and-grid",
        "lg-cta-fuel-and-emission-standards", "lg-cta-renewable-energy", "lg-cta-resilience",
    ]  # fmt: skip


def test_the_united_states_stands_in_no_list_of_2023(pool: Catalogue) -> None:
    matrix = commitments(pool)
    assert {marks for (row, column), marks in matrix.marks.items() if row == "us" and column in LISTS} == set()
    assert matrix.row_counts.get(("us", "as-member")) == 5


def test_memberships_are_those_of_the_newest_list_and_earlier_ones_only_where_it_lacks_them(pool: Catalogue) -> None:
    matrix = memberships(pool)
    for column in matrix.columns:
        entry = column.entry
        assert isinstance(entry, Coalition)
        newest = set(entry.members.governments)
        earlier = {government for found in entry.earlier_members for government in found.governments} - newest
        assert {row for (row, other), marks in matrix.marks.items() if other == column.id and marks == ("member",)} == newest
        assert {row for (row, other), marks in matrix.marks.items() if other == column.id and marks == ("earlier",)} == earlier
        assert matrix.column_counts.get((column.id, "member"), 0) == len(newest)


def test_bodies_carry_the_roles_that_coalitions_give_them(pool: Catalogue) -> None:
    matrix = bodies(pool)
    assert matrix.marks[("icct", "zevtc")] == ("secretariat",)
    number = sum(len({part.body for part in record.entry.bodies}) for record in pool.listed("coalition") if isinstance(record.entry, Coalition))
    assert len(matrix.marks) == number
    counts = [sum(1 for row, _ in matrix.marks if row == record.id) for record in matrix.rows]
    assert counts == sorted(counts, reverse=True)


def test_a_pool_with_one_commitment_and_no_member_list_has_a_landscape_too(kitchens: Catalogue) -> None:
    matrix = commitments(kitchens)
    assert {column.id for column in matrix.columns} == {"gas-promise"}
    assert {row.id for row in matrix.rows} == {row for row, _ in matrix.marks}


def test_every_named_page_of_the_landscape_is_made_and_no_other(site: Site) -> None:
    assert {page.src_uri for page in landscape_pages(site)} == set(landscape_names())


def test_the_csv_has_the_same_cells_as_the_matrix(site: Site) -> None:
    files = {file.src_uri: file.content for file in landscape_files(site)}
    rows = list(csv.DictReader(io.StringIO(files["landscape/commitments.csv"].decode("utf-8-sig"))))
    for action, governments in LISTS.items():
        assert {row["id"] for row in rows if row[action] == "named"} == set(governments.split())
    assert {row["lg-cta-resilience"] for row in rows} == {""}


def test_the_crosswalk_as_csv_has_each_topic_of_each_term_once(site: Site) -> None:
    files = {file.src_uri: file.content for file in landscape_files(site)}
    rows = list(csv.DictReader(io.StringIO(files["landscape/crosswalk.csv"].decode("utf-8-sig"))))
    wanted = {(topic, own.coalition.id, own.term.id) for own in site.catalogue.own_terms for topic in own.term.topics}
    assert {(row["topic"], row["coalition"], row["term"]) for row in rows} == wanted
    assert len(rows) == len(wanted)
    for row in rows:
        assert int(row["entries"]) == len(site.catalogue.filtered({"term": [f"{row['coalition']}/{row['term']}"]}))
