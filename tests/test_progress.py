"""The pages of progress and of maps: what stands on them, whom a target is measured for, and the files beside them."""

import csv
import io
import json
import re
from functools import cache
from typing import Any

from macros.data_files import csv_of, series_of, write_data_files
from macros.figures.world import LEFT_OUT, SHADES
from macros.page import Page
from macros.views import page_names, pages
from macros.views.maps import entries_map, map_names, map_pages, member_map, world_of
from macros.views.progress import progress_names, progress_pages, subjects
from macros.views.shapes import Block, PlaceRow
from macros.views.site import Site
from macros.views.subjects import Subject
from tests.conftest import ROOT, Small, own_site


@cache
def site() -> Site:
    return own_site()


@cache
def found() -> dict[str, Page]:
    return {page.url: page for page in (*progress_pages(site()), *map_pages(site()))}


def rows(url: str) -> dict[str, PlaceRow]:
    table: Any = found()[url].data["table"]
    return {row.id: row for row in table["rows"]}


def blocks(url: str) -> dict[str, Block]:
    data: Any = found()[url].data
    return {block.id: block for block in (*data["first"], *data.get("rest", ()))}


def texts(block: Block) -> list[list[str]]:
    return [[" / ".join(link.text for link in cell) for cell in row.cells] for row in block.rows]


def test_the_names_of_the_pages_are_known_without_making_them() -> None:
    assert {*progress_names(site()), *map_names(site())} == {page.src_uri for page in found().values()}


def test_every_coalition_and_region_with_numbers_has_a_page() -> None:
    assert {"progress/zevtc/", "progress/ev30at30/", "progress/asia/", "progress/", "map/"} <= set(found())
    assert "progress/lg-cta/" not in found()


def test_the_overview_has_every_place_with_numbers_and_no_group_of_countries() -> None:
    known = rows("progress/")
    assert {"in", "no", "eu", "bulgaria"} <= set(known)
    assert {"world", "africa", "advanced-economies", "southeast-asia"} & set(known) == set()
    assert len(known) == len(set(site().catalogue.series.names) - site().catalogue.series.aggregates)


def test_a_value_of_an_old_year_says_its_year_and_is_not_added_to_the_newest() -> None:
    cell = rows("progress/")["sc"].cells[0]
    assert (cell.year, cell.above, cell.below) == ("2023", "", "")


def test_a_value_that_is_missing_is_a_dash_and_no_number() -> None:
    cells = rows("progress/")["bulgaria"].cells
    assert [(cell.text, cell.value, cell.above) for cell in cells if cell.text == "–"] == [("–", "", "")] * 6


def test_the_cells_of_the_overview_add_up_to_the_values_of_a_group() -> None:
    """What the browser adds up for `?g=` is what the generator says of the same places."""
    series, known = site().catalogue.series, rows("progress/")
    progress = site().catalogue.data.progress
    assert progress
    chosen = ("in", "th", "no")
    for place, id in enumerate(progress.overview):
        cells = [known[one].cells[place] for one in chosen if known[one].cells[place].above]
        together = series.together(id, chosen).get(2025)
        if together is None:
            assert cells == []
            continue
        above, below = sum(float(cell.above) for cell in cells), sum(float(cell.below) for cell in cells)
        scale = 100 if series.indicators[id].percent else 1
        value = above / below * scale if series.indicators[id].together else above
        assert abs(value - together.value) <= 1e-4 * abs(together.value)
        assert together.counted == len(cells)


def test_a_page_of_a_group_names_the_members_without_numbers() -> None:
    assert "Azerbaijan" in str(found()["progress/rt-breakthrough/"].data["missing"])
    assert set(rows("progress/zevtc/")) == {"ca", "de", "dk", "es", "eu", "fr", "gb", "in", "it", "jp", "kr", "mx", "nl", "no", "se", "us"}


def test_the_distance_to_a_target_is_told_for_the_coalition_and_its_members() -> None:
    lines = {row[0]: row[1:] for row in texts(blocks("progress/ev30at30/")["aim-ev30at30"])}
    assert lines["EV30@30 / 11 of 11 counted"][:3] == ["39% (2025)", "reached", "–"]
    assert lines["India"] == ["4% (2025)", "26 points", "5.2 points", "0.87 points"]
    assert lines["Norway"][1] == "reached"


def test_where_members_are_not_known_their_region_stands_for_them_and_it_is_said() -> None:
    block = blocks("progress/asia/")["aim-lg-cta"]
    assert "Its members were not found" in block.intro
    assert block.header == ("Who", "Now", "To go", "Gained a year, last three years")
    assert {"India", "Thailand", "China"} <= {row[0] for row in texts(block)}


def test_every_data_file_is_told_with_its_licence_and_can_be_led_to() -> None:
    block = blocks("progress/")["data"]
    anchors = {link.id for row in block.rows for cell in row.cells for link in cell if link.id}
    assert anchors == {f"data-{name}" for name in site().catalogue.data.datasets}
    linked = {link for chart in blocks("progress/")["world"].charts for link in (source.url for source in chart.sources)}
    assert linked <= {f"progress/#{anchor}" for anchor in anchors}


def test_the_rows_of_targets_are_those_of_the_file_each_with_its_force_and_source() -> None:
    page = next(page for page in pages(site()) if page.url == "governments/in/")
    data: Any = page.data
    block = next(block for block in data["blocks"] if block.id == "targets-and-policies")
    with (ROOT / "content/data/national-targets.csv").open(encoding="utf-8", newline="") as opened:
        written = [row for row in csv.DictReader(opened) if row["iso3"] == "IND" and row["group"] != "ndc-lts"]
    assert sorted(row.cells[0][0].text for row in block.rows) == sorted(row["measure"] for row in written)
    assert {row.cells[2][0].text for row in block.rows} == {row["type"] for row in written}
    assert all(row.cells[-1][0].url.startswith("https://") for row in block.rows)


def targets_of(government: str) -> Block:
    data: Any = next(page for page in pages(site()) if page.url == f"governments/{government}/").data
    found_block: Block = next(block for block in data["blocks"] if block.id == "targets-and-policies")
    return found_block


def test_what_has_happened_since_a_row_is_a_sentence_for_readers() -> None:
    with (ROOT / "content/data/national-targets.csv").open(encoding="utf-8", newline="") as opened:
        notes = {row["status_note"] for row in csv.DictReader(opened)} - {""}
    assert len(notes) == 17
    assert [note for note in notes if not re.fullmatch(r"[A-Z][^_]*\.", note) or re.search(r"IEA|\brows? \d|https?:|^Note", note)] == []
    told = [[link.text for link in row.cells[0]] for row in targets_of("us").rows]
    assert told[0] == [
        "H.J.Res. 88 disapproves the EPA waiver for California's Advanced Clean Cars II",
        "It bears on California's rule for cars and on the states that follow it; whether courts have decided on it was not checked.",
    ]


def test_what_a_row_covers_is_said_in_words_and_its_years_in_order() -> None:
    cells = [[" ".join(link.text for link in cell) for cell in row.cells] for row in targets_of("us").rows]
    assert {cell[3] for cell in cells} == {
        "Cars and vans", "Medium and heavy vehicles", "Medium and heavy vehicles, buses", "Cars and vans, taxes", "Charging points", "Buses",
        "Cars and vans, medium and heavy vehicles", "Several",
    }  # fmt: skip
    assert "2026, 2035" in {cell[1] for cell in cells}


def test_the_file_of_a_place_has_every_value_as_the_source_writes_it() -> None:
    read = list(csv.DictReader(io.StringIO(csv_of(Subject("in", "India"), site()))))
    share = {row["year"]: row["value"] for row in read if row["indicator"] == "car-share"}
    assert share["2012"] == "0.0073"
    assert {row["licence"] for row in read} == {"CC BY 4.0"}
    assert "" not in {row["value"] for row in read}


def test_every_subject_and_every_table_is_a_file(tmp_path: Any) -> None:
    write_data_files(tmp_path, site())
    names = {path.name for path in (tmp_path / "progress/data").iterdir()}
    assert {f"{subject.id}.csv" for subject in subjects(site())} <= names
    for dataset in site().catalogue.data.datasets.values():
        assert (tmp_path / "progress/data" / dataset.path.name).read_bytes() == dataset.path.read_bytes()


def test_the_years_of_every_place_in_the_table_can_be_drawn() -> None:
    series = json.loads(series_of(site()))
    figures = {figure["id"]: figure for figure in series["figures"]}
    wanted = ["car-share", "points", "per-point", "car-stock", "wheelers-share", "vans-share", "buses-share", "trucks-share"]
    assert list(figures) == wanted
    assert (series["until"], series["unions"]["de"]) == (2025, ["eu"])
    assert set(rows("progress/")) <= {place for figure in figures.values() for place in figure["places"]}
    # From the files: the share and the cars sold of India in 2025, its cars per point and its points, its cars in use.
    cells = [figures[id]["places"]["in"]["2025"] for id in ("car-share", "per-point", "car-stock")]
    assert [figures[id]["kind"] for id in ("car-share", "per-point", "car-stock")] == ["part", "per", "sum"]
    with (ROOT / "content/data/iea-gevo-2026-cars.csv").open(encoding="utf-8", newline="") as file:
        cars = next(row for row in csv.DictReader(file) if (row["iso3"], row["year"]) == ("IND", "2025"))
    with (ROOT / "content/data/iea-gevo-2026-public-charging.csv").open(encoding="utf-8", newline="") as file:
        points = next(row for row in csv.DictReader(file) if (row["iso3"], row["year"]) == ("IND", "2025"))
    assert cells == [
        [float(cars["ev_sales_share_pct"]), float(cars["ev_sales"])],
        [float(points["electric_ldvs_per_point"]), float(points["public_points_total"])],
        [float(cars["ev_stock"])],
    ]


def test_a_map_and_its_table_say_the_same() -> None:
    chart = entries_map("case-study", site())
    assert chart
    titles = re.findall(r"<title>(.*?)</title>", chart.svg)
    assert sorted(titles) == sorted(f"{name}: {number}" for name, number in chart.rows)
    for name, number in chart.rows:
        assert f"{name}: {number}" in chart.alt


def test_the_map_counts_the_cases_of_each_country_and_of_its_cities() -> None:
    chart = entries_map("case-study", site())
    assert chart
    counted = len(site().catalogue.filtered({"kind": ["case-study"], "government": ["in"]}))
    assert ("India", str(counted)) in chart.rows


def test_members_have_the_darkest_shade_and_those_in_through_a_union_the_lightest() -> None:
    block = next(iter(member_map(site().catalogue.by_id["zevtc"], site())))
    chart = block.charts[0]
    assert chart.title == "ZEVTC has 16 members"
    assert re.search(rf'fill="{re.escape(SHADES[2])}"><title>India<', chart.svg)
    assert re.search(rf'fill="{re.escape(SHADES[0])}"><title>Austria<', chart.svg)
    assert "Countries that are members: Canada," in chart.alt
    assert chart.notes[0].startswith("Boundaries follow")


def test_a_state_too_small_for_the_map_is_a_dot() -> None:
    block = next(iter(member_map(site().catalogue.by_id["a2z"], site())))
    assert re.search(r"<circle [^>]*><title>Cabo Verde</title></circle>", block.charts[0].svg)


def test_the_world_is_whole_but_for_what_is_left_out() -> None:
    world = world_of(site())
    assert world
    assert len(world.shapes) == 174
    assert not LEFT_OUT & set(world.shapes)
    assert sum(len(path) for path in world.shapes.values()) < 45_000
    xs = [int(x) for path in world.shapes.values() for x in re.findall(r"M(-?\d+) ", path)]
    assert (min(xs) >= 0, max(xs) <= 900) == (True, True)


def test_a_coalition_whose_members_are_not_known_has_no_map() -> None:
    assert list(member_map(site().catalogue.by_id["lg-cta"], site())) == []


def test_a_pool_without_data_has_none_of_these_pages(small: Small) -> None:
    small.topic()
    other = small.project().site()
    assert {name for name in page_names(other) if name.startswith(("progress/", "map/"))} == set()
    assert list(map_pages(other)) == []
    write_data_files(small.root / "built", other)
    assert not (small.root / "built").exists()
