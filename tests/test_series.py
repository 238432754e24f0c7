"""The numbers that are followed: read from the files by brute force and compared, by place and for groups."""

import csv
import random
from functools import cache
from pathlib import Path

import pytest

from macros.catalogue import Catalogue
from macros.data.series import Counted, steady
from macros.entries.coalition import Coalition
from tests.conftest import ROOT, own_project

DATA = ROOT / "content" / "data"


@cache
def pool() -> Catalogue:
    return own_project().checked.catalogue()


def cells(file: str) -> list[dict[str, str]]:
    with (DATA / f"{file}.csv").open(encoding="utf-8", newline="") as opened:
        return list(csv.DictReader(opened))


def place_of(row: dict[str, str]) -> str:
    codes = {record.entry.codes.iso3: record.id for record in pool().listed("government") if _is_country(record)}  # type: ignore[attr-defined]
    return {"European Union": "eu"}.get(row["entity"]) or codes.get(row["iso3"]) or row["entity"]


def _is_country(record: object) -> bool:
    entry = record.entry  # type: ignore[attr-defined]
    return bool(entry.codes.iso3 and not entry.codes.subdivision and not entry.parent)


def test_random_cells_of_the_files_are_the_values_of_the_series() -> None:
    series = pool().series
    drawn = random.Random(7)
    for indicator in series.indicators.values():
        rows = [row for row in cells(indicator.file) if all(row[name] == value for name, value in indicator.where.items())]
        for row in drawn.sample(rows, 60):
            left_out = indicator.id == "vans-share" and row["iso3"] == "ARE"
            known = series.as_written(indicator.id, place_of(row)).get(int(row["year"]))
            assert known == (None if left_out else row[indicator.column] or None), (indicator.id, row)


def test_every_value_of_the_series_stands_in_the_files_and_no_more() -> None:
    series = pool().series
    for indicator in series.indicators.values():
        rows = [row for row in cells(indicator.file) if all(row[name] == value for name, value in indicator.where.items())]
        written = sum(1 for row in rows if row[indicator.column] and not (indicator.id == "vans-share" and row["iso3"] == "ARE"))
        assert written == sum(len(series.of(indicator.id, place)) for place in series.names)


def test_a_missing_value_is_never_a_zero() -> None:
    series = pool().series
    assert 2020 not in series.of("car-share", "Bulgaria")
    assert series.of("car-share", "aa") == {}
    assert series.together("car-share", ["aa"]) == {}
    assert [year for year in range(2010, 2026) if year not in series.of("car-share", "id")] == [2010, 2012, 2014, 2015, 2016]


def test_a_sum_counts_only_members_whose_value_is_known() -> None:
    series = pool().series
    found = series.together("points", ["in", "az", "no"])[2025]
    assert found == Counted(series.of("points", "in")[2025] + series.of("points", "no")[2025], 2)


def test_a_union_stands_for_its_members_and_none_is_counted_twice() -> None:
    series = pool().series
    assert series.together("points", ["eu", "de", "fr", "no"])[2025] == Counted(series.of("points", "eu")[2025] + series.of("points", "no")[2025], 4)
    without = series.together("points", ["de", "fr", "no"])[2025]
    assert without == Counted(sum(series.of("points", place)[2025] for place in ("de", "fr", "no")), 3)


def test_the_share_of_a_group_is_parts_over_wholes_by_brute_force() -> None:
    rows = {(row["iso3"], row["year"]): row for row in cells("iea-gevo-2026-cars")}
    for year in range(2015, 2026):
        chosen = [rows[code, str(year)] for code in ("IND", "THA", "NOR") if rows.get((code, str(year)), {}).get("ev_sales_share_pct")]
        sold = sum(float(row["ev_sales"]) for row in chosen)
        whole = sum(float(row["ev_sales"]) / float(row["ev_sales_share_pct"]) * 100 for row in chosen)
        found = pool().series.together("car-share", ["in", "th", "no"])[year]
        assert found.value == pytest.approx(sold / whole * 100)
        assert found.counted == len(chosen)


def test_the_ratio_of_a_group_is_weighted_by_what_stands_below_its_line() -> None:
    rows = {(row["iso3"], row["year"]): row for row in cells("iea-gevo-2026-public-charging")}
    chosen = [rows[code, "2025"] for code in ("IND", "NOR")]
    points = sum(float(row["public_points_total"]) for row in chosen)
    shared = sum(float(row["public_points_total"]) * float(row["electric_ldvs_per_point"]) for row in chosen)
    assert pool().series.together("per-point", ["in", "no"])[2025].value == pytest.approx(shared / points)


def test_a_group_of_one_has_the_value_of_its_member() -> None:
    series = pool().series
    for id in series.indicators:
        for place in ("in", "no", "gb"):
            own = series.of(id, place)
            for year, found in series.together(id, [place]).items():
                assert found.value == pytest.approx(own[year])


def test_all_members_of_a_list_that_have_numbers_are_counted() -> None:
    record = pool().by_id["zevtc"]
    assert isinstance(record.entry, Coalition)
    assert pool().series.together("car-share", record.entry.members.governments)[2025].counted == 16


def test_years_that_rest_on_much_fewer_members_are_not_compared() -> None:
    found = {2010: Counted(5, 1), 2011: Counted(6, 3), 2012: Counted(9, 4)}
    assert steady(found) == {2011: 6, 2012: 9}
    assert steady({}) == {}


def test_the_tables_are_read_once_a_catalogue(tmp_path: Path) -> None:
    assert pool().series is pool().series
    assert pool().series.newest == 2025
