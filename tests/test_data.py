"""The tables behind figures: what they must be like, and that each says whose it is."""

import csv
import hashlib
import re
from pathlib import Path

import pytest
import yaml

from macros.data import read_data
from macros.data.cells import problems_of_table
from macros.data.description import Description
from tests.conftest import ROOT, Small, own_project

FOLDER = ROOT / "content" / "data"
TABLES = sorted(path for path in FOLDER.iterdir() if path.suffix in (".csv", ".json"))

FORM = Description.model_validate(
    {
        "title": "Surveys", "publisher": "The agency", "citation": "Agency (2026).", "url": "https://www.example.org/data", "licence": "CC BY 4.0",
        "as_of": "2026-05", "retrieved": "2026-11", "origin": "The table of the page.", "changed": "Nothing.", "refresh": "Download it again.",
        "sha256": "0" * 64, "key": ["place", "year"],
        "columns": [
            {"name": "place", "required": True, "label": "Place"},
            {"name": "year", "takes": "year", "label": "Year"},
            {"name": "share", "takes": "number", "least": 0, "most": 100, "label": "Share"},
        ],
        "left_out": [{"column": "share", "where": {"place": "B"}, "reason": "More than the whole."}],
    }
)  # fmt: skip


def complaints(text: str) -> list[str]:
    return [f"{p.line}:{p.column} {p.code}" for p in problems_of_table(text, "content/data/surveys.csv", FORM)]


@pytest.mark.parametrize("path", TABLES, ids=[path.name for path in TABLES])
def test_each_table_says_whose_it_is_when_it_was_taken_and_how_it_is_refreshed(path: Path) -> None:
    described = Description.model_validate(yaml.safe_load(path.with_suffix(".yml").read_text("utf-8")))
    assert described.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    assert all((described.publisher, described.citation, described.licence, described.refresh, described.changed, described.notes))


def test_the_tables_of_the_pool_have_no_problem() -> None:
    pool = own_project().checked.pool
    assert pool.data.problems == ()
    assert sorted(pool.data.datasets) == [path.stem for path in TABLES]
    assert pool.data.progress is not None


def test_a_cell_is_read_as_it_stands_and_an_empty_one_stays_empty() -> None:
    data = own_project().checked.pool.data
    for path in TABLES:
        if path.suffix == ".csv":
            with path.open(encoding="utf-8", newline="") as file:
                assert list(data.datasets[path.stem].rows) == list(csv.DictReader(file))


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("0", None), ("4", None), ("4.25", None), ("1e2", None), ("", None), ("100", None),
        ("100.1", "data-value"), ("-0.1", "data-value"), ("4 %", "data-value"), ("1,5", "data-value"), (" 4", "data-value"), ("nan", "data-value"),
        ("inf", "data-value"), ("1e999", "data-value"), ("007", "data-value"), ("NA", "data-value"), ("..", "data-value"), ("٤", "data-value"),
    ],
)  # fmt: skip
def test_a_number_is_plain_and_in_its_bounds(cell: str, code: str | None) -> None:
    assert complaints(f'place,year,share\nA,2020,"{cell}"\n') == ([f"2:3 {code}"] if code else [])


def test_a_value_that_the_description_leaves_out_may_be_out_of_bounds() -> None:
    assert complaints("place,year,share\nA,2020,200\nB,2020,200\n") == ["2:3 data-value"]


def test_rows_are_told_by_the_line_they_begin_on_however_many_lines_a_cell_has() -> None:
    assert complaints('place,year,share\n"A\nB",2020,1\nC,20,1\n') == ["4:2 data-value"]


def test_a_quote_that_is_never_closed_is_told_and_does_not_end_the_check() -> None:
    assert complaints('place,year,share\n"A,2020,1\n')[0].startswith("2:1 data-columns")


def test_a_hundred_wrong_cells_are_told_by_twenty() -> None:
    assert len(complaints("place,year,share\n" + "".join(f"A{n},20,1\n" for n in range(100)))) == 20


def test_a_pool_without_data_has_none_and_no_problem(small: Small) -> None:
    data = read_data(small.root / "content" / "data", small.root, {})
    assert (data.datasets, data.progress, data.problems) == ({}, None, ())


def test_a_place_without_a_code_must_be_tied_to_a_government_that_exists(small: Small) -> None:
    for name in ("iea-gevo-2026-cars.csv", "iea-gevo-2026-cars.yml"):
        small.write(f"content/data/{name}", (FOLDER / name).read_bytes())
    small.topic()
    assert [re.sub(r":\d+:\d+", "", line) for line in small.complaints()] == ["content/data/iea-gevo-2026-cars.yml reference-unknown"]
