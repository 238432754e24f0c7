"""Data files are made anew from what their publishers offer: the same bytes from the same numbers, and nothing from what does not fit."""

import csv
import errno
import hashlib
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path

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


SHARED = "application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"


def as_workbook(rows: list[list[str]]) -> bytes:
    """A workbook as spreadsheet programs write it: notes before the table, numbers as numbers, each word of the table once for all cells."""
    from macros.data import workbook  # noqa: F401, I001 - it says how openpyxl reads, so it comes first
    import openpyxl

    book = openpyxl.Workbook()
    book.active.append(["Read me"])
    sheet = book.create_sheet("Data")
    for row in [HEAD, *([*row[:5], int(row[5]), row[6], float(row[7])] for row in rows)]:
        sheet.append(row)
    plain, made = io.BytesIO(), io.BytesIO()
    book.save(plain)
    words: dict[str, int] = {}
    with zipfile.ZipFile(plain) as parts, zipfile.ZipFile(made, "w") as written:
        for name in parts.namelist():
            text = parts.read(name).decode()
            if name == "xl/worksheets/sheet2.xml":
                text = re.sub('t="inlineStr"><is><t>(.*?)</t></is>', lambda found: f't="s"><v>{words.setdefault(found[1], len(words))}</v>', text)
            elif name == "[Content_Types].xml":
                text = text.replace("</Types>", f'<Override PartName="/xl/sharedStrings.xml" ContentType="{SHARED}"/></Types>')
            written.writestr(name, text)
        space = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
        written.writestr("xl/sharedStrings.xml", f"<sst {space}>{''.join(f'<si><t>{word}</t></si>' for word in words)}</sst>")
    return made.getvalue()


def spoilt(part: str, change: Callable[[str], str]) -> bytes:
    """A small workbook, one part of which was changed by hand."""
    made, touched = io.BytesIO(), False
    with zipfile.ZipFile(io.BytesIO(as_workbook([]))) as book, zipfile.ZipFile(made, "w") as changed:
        for name in book.namelist():
            text = book.read(name).decode()
            after = change(text) if name == part else text
            touched |= after != text
            changed.writestr(name, after)
    assert touched
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


@pytest.mark.parametrize("found", [b"a,b\n1,2\n", b"PK\x03\x04no workbook", b"\xff\xfe", b"a" * 200_000])
def test_another_file_than_the_publishers_is_refused(found: bytes) -> None:
    _, recipe, _ = described(LONG[0])
    with pytest.raises(NotOriginal, match=r"x must (have a table|be a workbook|be CSV that can be read)"):
        original_of([("x", found)], recipe)


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;">]>'


def bombed(text: str) -> str:
    """A part of a workbook that calls entities in its first text or, where it has none, in its first value of an attribute."""
    head, sign, rest = text.partition("<t>") if "<t>" in text else text.partition('="')
    return BOMB + head.removeprefix('<?xml version="1.0"?>') + sign + "&c;" + rest


@pytest.mark.parametrize(
    "part",
    ["[Content_Types].xml", "xl/workbook.xml", "xl/_rels/workbook.xml.rels", "xl/styles.xml", "xl/sharedStrings.xml", "xl/worksheets/sheet2.xml"],
)
def test_a_workbook_with_a_bomb_of_entities_is_refused_whatever_part_has_it(part: str) -> None:
    _, recipe, _ = described(LONG[0])
    with pytest.raises(NotOriginal, match=r"^x\.xlsx must declare no entities$"):
        original_of([("x.xlsx", spoilt(part, bombed))], recipe)


def test_the_library_reads_every_part_with_the_reader_that_refuses_entities() -> None:
    asked = "import macros.data.workbook, openpyxl; print(openpyxl.DEFUSEDXML, openpyxl.LXML)"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "True False\n"


def test_other_commands_do_not_wait_for_the_library_of_workbooks() -> None:
    asked = "import sys, macros.cli, macros.data_commands; print([name for name in sys.modules if name.startswith(('openpyxl', 'defusedxml'))])"
    done = subprocess.run([sys.executable, "-c", asked], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_a_workbook_that_unpacks_to_too_much_is_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    _, recipe, _ = described(LONG[0])
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as book:
        book.writestr("xl/sharedStrings.xml", bytes(3_000_000))
    assert len(made.getvalue()) < 10_000
    monkeypatch.setattr("macros.data.workbook.MOST_UNPACKED", 2_000_000)
    with pytest.raises(NotOriginal, match=r"^x\.xlsx must be at most 2 MB when it is unpacked$"):
        original_of([("x.xlsx", made.getvalue())], recipe)


@pytest.mark.parametrize(
    ("part", "before", "after"),
    [
        ("xl/workbook.xml", "<sheets>", "<sheets"),
        ("xl/worksheets/sheet2.xml", "</sheetData>", ""),
        ("xl/worksheets/sheet2.xml", 't="s"><v>1</v>', 't="s"><v>99</v>'),
        ("xl/worksheets/sheet2.xml", 'r="A1"', 'r="?"'),
        ("xl/_rels/workbook.xml.rels", "<", "&"),
        ("[Content_Types].xml", "sheet.main", "other"),
    ],
)
def test_a_workbook_whose_parts_are_spoilt_is_refused_in_one_sentence(part: str, before: str, after: str) -> None:
    _, recipe, _ = described(LONG[0])
    book = spoilt(part, lambda text: text.replace(before, after))
    with pytest.raises(NotOriginal, match=r"^x\.xlsx must be a workbook that can be opened$"):
        original_of([("x.xlsx", book)], recipe)


def test_a_sheet_that_claims_to_be_endless_is_read_as_far_as_it_goes() -> None:
    _, recipe, _ = described(LONG[0])
    claimed = spoilt("xl/worksheets/sheet2.xml", lambda text: text.replace('ref="A1:H1"', 'ref="A1:XFD1048576"'))
    assert original_of([("x.xlsx", claimed)], recipe).rows == ()


def test_a_workbook_without_the_table_is_refused_with_the_first_line_of_each_sheet() -> None:
    _, recipe, _ = described(LONG[0])
    lacking = spoilt("xl/sharedStrings.xml", lambda text: text.replace("powertrain", "motor"))
    with pytest.raises(NotOriginal) as told:
        original_of([("x.xlsx", lacking)], recipe)
    assert str(told.value) == (
        "x.xlsx must have a table whose first line names region or region_country, category, mode, parameter, powertrain, unit, value, year; "
        "found Read me; region, category, parameter, mode, motor, year, unit, value"
    )


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


def test_a_disk_that_fills_up_while_it_is_written_leaves_the_table_that_stood(inside: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    def half(path: Path, content: bytes) -> int:
        with path.open("wb") as file:
            file.write(content[: len(content) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))

    monkeypatch.setattr(Path, "write_bytes", half)
    done = run("surveys", "--from", "published.csv")
    assert done.exit_code == 1
    assert "could not be written: there is no room left." in done.output.split("\n")[-2]
    assert (inside.root / "content/data/surveys.csv").read_text("utf-8") == STOOD
    assert sorted(path.name for path in (inside.root / "content/data").iterdir()) == ["surveys.csv", "surveys.yml"]


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
