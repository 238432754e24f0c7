"""Data files are made anew from what their publishers offer: the same bytes from the same numbers, and nothing from what does not fit."""

import csv
import hashlib
import io
import json
import os
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.sax.saxutils import escape

import pytest
import yaml
from click.testing import CliRunner, Result

from macros.cli import main
from macros.data.description import Description
from macros.data.original import NotOriginal, fetched, original_of
from macros.data.recipe import Long
from macros.data.renewal import changes_of, places_of, table_of
from macros.data.topology import shapes_of, without_point
from tests.conftest import ROOT, Small

FOLDER = ROOT / "content" / "data"
HEAD = ["region", "category", "parameter", "mode", "powertrain", "year", "unit", "value"]
# Rows of the workbook of 2026 as a public copy of it prints them (CC BY 4.0, IEA): its words, its units, its way to write numbers.
EXCERPT = """region_country,category,parameter,mode,powertrain,year,unit,value,aggregate_group
France,Historical,EV charging points,EVSE,Publicly available fast,2020,charging points,2100.0,Other
Iceland,Historical,EV charging points,EVSE,Publicly available fast,2020,charging points,96.0,Other
Denmark,Historical,EV charging points,EVSE,Publicly available slow,2020,charging points,2900.0,Other
France,Historical,EV charging points,EVSE,Publicly available slow,2020,charging points,31000.0,Other
Iceland,Historical,EV charging points,EVSE,Publicly available slow,2020,charging points,290.0,Other
Denmark,Historical,EV charging points,EVSE,Publicly available ultra-fast,2020,charging points,210.0,Other
Denmark,Historical,EV charging points,EVSE,Publicly available fast,2020,charging points,660.0,Other
France,Historical,EV charging points,EVSE,Publicly available ultra-fast,2020,charging points,1200.0,Other
Iceland,Historical,EV charging points,EVSE,Publicly available ultra-fast,2020,charging points,28.0,Other
Iceland,Historical,EV charging points,EVSE,Publicly available ultra-fast,2020,charging points,28.0,Other
Viet Nam,Historical,EV sales,2 and 3 wheelers,BEV,2018,Vehicles,96000.0,Other
World,Projection-STEPS,EV sales,Cars,EV,2035,Vehicles,55000000.0,_World
Brazil,Historical,price_p25_2025USD,All cars,PHEV,2016,,40000.0,Other
"""
LONG = sorted(path.stem for path in FOLDER.glob("*.yml") if "\nrecipe:\n" in path.read_text("utf-8") and path.with_suffix(".csv").exists())


def described(name: str) -> tuple[Description, Long, list[dict[str, str]]]:
    description = Description.model_validate(yaml.safe_load((FOLDER / f"{name}.yml").read_text("utf-8")))
    assert description.recipe is not None
    assert description.recipe.table is not None
    return description, description.recipe.table, list(csv.DictReader((FOLDER / f"{name}.csv").read_text("utf-8").split("\n")))


def as_published(rows: list[dict[str, str]], description: Description, recipe: Long) -> list[list[str]]:
    """Our rows in the publisher's shape: one value a row, and none that we worked out."""
    assert description.places is not None
    published = []
    for row in rows:
        for column, cell in recipe.cells.items():
            theirs = {name: values[0] for name, values in recipe.keep.items()} | {"mode": "EV", "powertrain": "ALL"} | cell.where
            theirs |= {name: values[0] for name, values in recipe.keep.items()} | {name: row[ours] for ours, name in recipe.by.items()}
            theirs |= {
                "region": row[description.places.name],
                "year": row["year"],
                "unit": cell.unit,
                "value": row[column] and repr(float(row[column])),
            }
            if theirs["value"]:
                published.append([theirs[name] for name in HEAD])
    return published


def as_csv(rows: list[list[str]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([HEAD, *rows])
    return text.getvalue().encode()


def as_workbook(rows: list[list[str]]) -> bytes:
    """A workbook with a sheet of notes before the table; numbers are numbers, words stand once for all cells."""
    words = list(dict.fromkeys(cell for row in rows for cell in row[:5] + row[6:7]))

    def cell(column: int, line: int, text: str) -> str:
        place = f"{'ABCDEFGH'[column]}{line}"
        return f'<c r="{place}"><v>{text}</v></c>' if column in (5, 7) else f'<c r="{place}" t="s"><v>{words.index(text)}</v></c>'

    space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
    ties = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    head = "".join(f'<c r="{"ABCDEFGH"[n]}1" t="inlineStr"><is><t>{name}</t></is></c>' for n, name in enumerate(HEAD))
    table = "".join(f"<row>{''.join(cell(n, line, one) for n, one in enumerate(row) if one)}</row>" for line, row in enumerate(rows, 2))
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("xl/workbook.xml", f'<workbook {space} xmlns:r="{ties}"><sheets><sheet r:id="r1"/><sheet r:id="r2"/></sheets></workbook>')
        links = "".join(f'<Relationship Id="r{n}" Target="worksheets/sheet{n}.xml"/>' for n in (1, 2))
        book.writestr("xl/_rels/workbook.xml.rels", f"<Relationships>{links}</Relationships>")
        book.writestr("xl/sharedStrings.xml", f"<sst {space}>{''.join(f'<si><t>{escape(word)}</t></si>' for word in words)}</sst>")
        notes = '<row><c r="A1" t="inlineStr"><is><t>Read me</t></is></c></row>'
        book.writestr("xl/worksheets/sheet1.xml", f"<worksheet {space}><sheetData>{notes}</sheetData></worksheet>")
        book.writestr("xl/worksheets/sheet2.xml", f"<worksheet {space}><sheetData><row>{head}</row>{table}</sheetData></worksheet>")
    return made.getvalue()


def test_the_tables_with_a_recipe_are_those_of_one_publisher() -> None:
    assert LONG == ["iea-gevo-2026-cars", "iea-gevo-2026-other-modes", "iea-gevo-2026-public-charging"]


@pytest.mark.parametrize("name", LONG)
def test_the_publishers_shape_gives_the_bytes_of_the_file_that_stands(name: str) -> None:
    description, recipe, rows = described(name)
    published = as_published(rows, description, recipe)[::-1]
    made = table_of(original_of([("all.csv", as_csv(published))], recipe), description, recipe, places_of(rows, description, recipe, {}))
    assert made.encode() == (FOLDER / f"{name}.csv").read_bytes()


def test_a_workbook_and_a_folder_of_files_give_the_same_rows_as_one_file() -> None:
    description, recipe, rows = described(LONG[0])
    published = as_published(rows[:40], description, recipe)
    one = original_of([("all.csv", as_csv(published))], recipe)
    two = original_of([("a.csv", as_csv(published[:99])), ("b.csv", as_csv(published[99:]))], recipe)
    known = places_of(rows, description, recipe, {})
    made = table_of(one, description, recipe, known)
    assert made == table_of(two, description, recipe, known)
    assert made == table_of(original_of([("book.xlsx", as_workbook(published))], recipe), description, recipe, known)


def test_rows_of_the_workbook_become_rows_of_ours() -> None:
    description, recipe, rows = described("iea-gevo-2026-public-charging")
    made = table_of(original_of([("x.csv", EXCERPT.encode())], recipe), description, recipe, places_of(rows, description, recipe, {}))
    found = list(csv.DictReader(made.split("\n")))
    assert [(row["entity"], row["slow"], row["fast"], row["ultra_fast"], row["public_points_total"], row["avg_kw_per_ev"]) for row in found] == [
        ("Denmark", "2900", "660", "210", "3770", ""),
        ("France", "31000", "2100", "1200", "34300", ""),
        ("Iceland", "290", "96", "28", "414", ""),
    ]
    standing = {row["entity"]: row for row in rows if row["year"] == "2020"}
    assert all(row[name] == standing[row["entity"]][name] for row in found for name in ("iso3", "entity_type", "slow", "fast", "public_points_total"))


@pytest.mark.parametrize(
    ("before", "after", "said"),
    [
        ("2020,charging points,2100.0", "2020,percent,2100.0", "`fast` must stand in 'charging points'; found 'percent' for France"),
        ("2020,charging points,2100.0", "20x0,charging points,2100.0", "a year must have four digits; found '20x0' for France"),
        ("2020,charging points,2100.0", "2020,charging points,many", "`fast` must be a number; found 'many' for France in 2020"),
        ("ultra-fast,2020,charging points,28.0,Other\nViet", "ultra-fast,2020,charging points,29.0,Other\nViet", "found 28 and 29"),
        ("Denmark,Historical,EV charging points,EVSE,Publicly available fast", "Dennmark,Historical,EV charging points,EVSE,Publicly available fast",
         "the place 'Dennmark' must be known; write its code under `codes`, or its name under `groups`, in the recipe"),
    ],
)  # fmt: skip
def test_units_years_numbers_and_places_that_do_not_fit_are_told(before: str, after: str, said: str) -> None:
    description, recipe, rows = described("iea-gevo-2026-public-charging")
    assert before in EXCERPT
    original = original_of([("x.csv", EXCERPT.replace(before, after).encode())], recipe)
    with pytest.raises(NotOriginal, match=r"as the recipe says") as told:
        table_of(original, description, recipe, places_of(rows, description, recipe, {}))
    assert said in str(told.value)


@pytest.mark.parametrize("found", [b"a,b\n1,2\n", b"PK\x03\x04no workbook", b"\xff\xfe"])
def test_another_file_than_the_publishers_is_refused(found: bytes) -> None:
    _, recipe, _ = described(LONG[0])
    with pytest.raises(NotOriginal, match=r"x must (have a table|be a workbook)"):
        original_of([("x", found)], recipe)


def test_a_workbook_that_declares_entities_is_refused() -> None:
    _, recipe, _ = described(LONG[0])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as book:
        book.writestr("xl/sharedStrings.xml", '<!DOCTYPE x [<!ENTITY a "aaaa">]><sst>&a;</sst>')
    with pytest.raises(NotOriginal, match=r"must declare no entities"):
        original_of([("x.xlsx", made.getvalue())], recipe)


@pytest.mark.parametrize("address", ["http://www.example.org/a.csv", "file:///etc/hostname", "ftp://www.example.org/a"])
def test_nothing_is_fetched_but_over_https(address: str) -> None:
    with pytest.raises(NotOriginal, match=r"https"):
        fetched(address)


def test_changes_are_rows_added_and_gone_and_cells() -> None:
    before = [{"place": "A", "year": "2024", "share": "1"}, {"place": "B", "year": "2024", "share": "2"}]
    after = [{"place": "A", "year": "2024", "share": "3"}, {"place": "C", "year": "2025", "share": "2"}]
    changes = changes_of(before, after, ("place", "year"))
    assert (changes.added, changes.gone, changes.cells) == (("C, 2025",), ("B, 2024",), (("A, 2024", "share", "1", "3"),))


SURVEYS = """
    title: "Surveys"
    publisher: "The agency"
    citation: "Agency (2026)."
    url: https://www.example.org/data
    licence: "CC BY 4.0"
    as_of: "2026-05"
    retrieved: "2026-05"
    origin: "The table of the page."
    changed: "Columns renamed."
    refresh: "Download it."
    sha256: "{number}"
    key: [place, year]
    year: year
    places: {{name: place, code: iso3}}
    columns:
      - {{name: place, label: "Place", required: true}}
      - {{name: iso3, label: "Code", takes: code}}
      - {{name: year, label: "Year", takes: year}}
      - {{name: share, label: "Share", takes: number, least: 0, most: 100}}
    recipe:
      table:
        place: [area]
        year: when
        unit: unit
        value: value
        cells:
          share: {{where: {{what: Share}}, unit: percent}}
        codes: {{Land A: AAA, Land B: BBB}}
        order: [place, year]
"""
PUBLISHED = "area,what,when,unit,value\nLand B,Share,2026,percent,30.0\nLand A,Share,2025,percent,12.5\nLand A,Homes,2025,number,9\n"
MADE = "place,iso3,year,share\nLand A,AAA,2025,12.5\nLand B,BBB,2026,30\n"
STOOD = "place,iso3,year,share\nLand A,AAA,2025,12\n"


@pytest.fixture
def inside(small: Small) -> Iterator[Small]:
    """A project with one table as the working folder, and what its publisher offers beside it."""
    small.topic()
    small.write("content/data/surveys.csv", STOOD.encode())
    small.write("content/data/surveys.yml", SURVEYS.format(number=hashlib.sha256(STOOD.encode()).hexdigest()))
    small.write("published.csv", PUBLISHED.encode())
    before = Path.cwd()
    os.chdir(small.root)
    yield small
    os.chdir(before)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, ["data", *arguments])


def test_a_file_is_made_anew_with_its_number_and_dates_and_says_what_changed(inside: Small) -> None:
    done = run("surveys", "--from", "published.csv", "--as-of", "2026-09", "--retrieved", "2026-11-27")
    assert (done.exit_code, done.output.split("\n")[:4]) == (
        0,
        ["surveys.csv:", "1 added, 0 gone, 1 changed.", "  added: Land B, 2026", "  changed: Land A, 2025: share 12 -> 12.5"],
    )
    assert "No government here has the code of 2 places" in done.output
    assert "The years are 2025 to 2026, before 2025 to 2025" in done.output
    assert (inside.root / "content/data/surveys.csv").read_text("utf-8") == MADE
    described = yaml.safe_load((inside.root / "content/data/surveys.yml").read_text("utf-8"))
    assert (described["as_of"], described["retrieved"]) == ("2026-09", "2026-11-27")
    assert inside.complaints() == []
    again = run("surveys", "--from", "published.csv")
    assert "0 added, 0 gone, 0 changed." in again.output


def test_a_trial_run_and_a_file_that_lacks_what_stood_write_nothing(inside: Small) -> None:
    def stands() -> bool:
        return (inside.root / "content/data/surveys.csv").read_text("utf-8") == STOOD

    assert run("surveys", "--from", "published.csv", "--dry-run").exit_code == 0
    assert stands()
    inside.write("published.csv", PUBLISHED.replace("Land A,Share", "Land A,Other").encode())
    lost = run("surveys", "--from", "published.csv")
    assert (lost.exit_code, stands()) == (1, True)
    assert "Lost: 1 places are gone: Land A." in lost.output
    assert run("surveys", "--from", "published.csv", "--less").exit_code == 0
    assert not stands()


def test_a_cell_out_of_bounds_or_a_file_without_an_address_is_refused(inside: Small) -> None:
    inside.write("published.csv", PUBLISHED.replace("30.0", "300").encode())
    wrong = run("surveys", "--from", "published.csv")
    assert (wrong.exit_code, "`share` must be at most 100; found '300'" in wrong.output) == (1, True)
    without = run("surveys")
    assert (without.exit_code, "give the file with --from. Download it." in without.output.replace("\n", " ")) == (2, True)
    assert run("nothing").exit_code == 2
    assert run("surveys", "--as-of", "May 2026").exit_code == 2
    assert run().output == "surveys: state of 2026-05, taken 2026-05; by recipe\n"


def test_the_shapes_that_stand_are_the_same_and_a_lost_or_moved_one_is_told() -> None:
    text = (FOLDER / "world-atlas-countries-110m.json").read_text("utf-8")
    description = Description.model_validate(yaml.safe_load((FOLDER / "world-atlas-countries-110m.yml").read_text("utf-8")))
    assert description.recipe is not None
    recipe = description.recipe.topology
    assert recipe is not None
    shapes = shapes_of(text, recipe)
    with (FOLDER / "world-atlas-iso-codes.csv").open(encoding="utf-8", newline="") as file:
        codes = {row["iso_numeric"] for row in csv.DictReader(file)}
    assert len(shapes) == 177
    assert without_point(shapes, codes - {"356"}) == ["India"]
    world = json.loads(text)
    world["transform"]["translate"][0] += 1
    world["objects"]["countries"]["geometries"].pop(0)
    moved = shapes_of(json.dumps(world), recipe)
    assert len(moved) == 176
    assert all(moved[name][1] != shapes[name][1] for name in moved)
    with pytest.raises(NotOriginal, match=r"must be TopoJSON with the shapes `countries`"):
        shapes_of("{}", recipe)
