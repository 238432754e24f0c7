"""Figures: small, well formed, the same bytes each time, with a title, a text alternative and the numbers of the files."""

import re
from functools import cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from macros.figures import Drawings, NotDrawn, for_print
from macros.figures.charts import Drawn, Mark, bars, lines, spark
from macros.figures.drawing import PRINT
from macros.figures.drawing import small as cut
from macros.views.charts import charts_of
from macros.views.numbers import in_table, in_words, plain, rounded
from macros.views.shapes import Chart
from macros.views.site import Site
from macros.views.subjects import Subject
from tests.conftest import Small, own_site


@cache
def site() -> Site:
    return own_site()


def charts(id: str) -> dict[str, Chart]:
    record = site().catalogue.by_id[id]
    return {chart.id: chart for chart in charts_of(Subject(id, record.entry.title), site())}


SPECIFICATIONS: dict[str, dict[str, Any]] = {
    "a line": lines([Drawn({2010: 1, 2011: 2.5, 2025: 40}, "clean 40%")], 2010, 2025, True),
    "a line with a target": lines([Drawn({2024: 1, 2025: 4}, "clean")], 2010, 2025, True, [Mark(30, "30% by 2030")]),
    "four lines that end together": lines([Drawn({2024: 1, 2025: 4}, f"number {n}") for n in range(4)], 2010, 2025, True),
    "nothing but zeros": lines([Drawn({2024: 0, 2025: 0}, "none")], 2010, 2025, False),
    "bars": bars([Drawn({2024: 1e6, 2025: 4e6}, "slow"), Drawn({2025: 10}, "fast")], 2010, 2025),
    "a hostile label": lines([Drawn({2024: 1, 2025: 4}, '<script>"&')], 2010, 2025, True),
    "a small line": spark({2010: 0, 2011: 5, 2013: 7}, 2010, 2025, 100),
}


@pytest.mark.parametrize("name", SPECIFICATIONS)
def test_a_drawing_is_small_well_formed_and_the_same_each_time(name: str) -> None:
    first, second = (Drawings().chart(SPECIFICATIONS[name]) for _ in range(2))
    assert first == second
    root = ElementTree.fromstring(first)
    assert root.tag == "svg"
    assert len(first) < 8_000
    assert {element.tag for element in root.iter()} <= {"svg", "g", "path", "line", "text", "tspan"}
    assert re.findall(r"\d\.\d\d", first) == []
    assert "NaN" not in first


def test_a_label_is_text_whatever_it_holds() -> None:
    drawing = Drawings().chart(SPECIFICATIONS["a hostile label"])
    assert "<script" not in drawing
    assert '<script>"&' in "".join(ElementTree.fromstring(drawing).itertext())


def test_a_missing_year_breaks_the_line_and_a_year_alone_is_a_dot() -> None:
    layers = lines([Drawn({2010: 1, 2011: 2, 2013: 5}, "clean")], 2010, 2015, False)["layer"]
    drawn = [(layer["mark"]["type"], [row["y"] for row in layer["data"]["values"]]) for layer in layers if "y" in layer["data"]["values"][0]]
    assert drawn == [("line", [2010, 2011]), ("circle", [2013])]


def test_no_bar_stands_for_a_missing_value() -> None:
    rows = bars([Drawn({2010: 1}, "a"), Drawn({2012: 0}, "b")], 2010, 2015)["layer"][0]["data"]["values"]
    assert rows == [{"y": 2010, "v": 1, "n": 0}, {"y": 2012, "v": 0, "n": 1}]


def test_each_line_has_a_dash_of_its_own_so_that_none_needs_its_colour() -> None:
    drawing = for_print(Drawings().chart(SPECIFICATIONS["four lines that end together"]))
    paths = [element for element in ElementTree.fromstring(drawing).iter() if element.tag.endswith("path") and element.get("stroke")]
    assert len({path.get("stroke-dasharray") for path in paths}) == 4


def test_a_drawing_for_print_is_black_on_white_and_whole_in_itself() -> None:
    for specification in SPECIFICATIONS.values():
        drawing = for_print(Drawings().chart(specification))
        assert "var(" not in drawing
        assert drawing.startswith('<svg xmlns="http://www.w3.org/2000/svg"')
        assert set(re.findall(r"#[0-9a-f]{6}", drawing)) <= set(PRINT.values())


def test_a_kept_drawing_is_not_drawn_again_and_one_that_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    first = Drawings(tmp_path)
    made = [first.chart(SPECIFICATIONS[name]) for name in ("a line", "bars")]
    assert first.drawn == 2
    second = Drawings(tmp_path)
    assert [second.chart(SPECIFICATIONS["a line"])] == made[:1]
    assert second.drawn == 0
    second.forget_others()
    assert len(list(tmp_path.iterdir())) == 1


def test_a_forked_process_tells_what_it_found_and_draws_nothing_itself(tmp_path: Path) -> None:
    first = Drawings(tmp_path)
    made = first.chart(SPECIFICATIONS["a line"])
    forked = Drawings(tmp_path)
    forked._process = 0
    with pytest.raises(NotDrawn):
        forked.chart(SPECIFICATIONS["bars"])
    assert forked.chart(SPECIFICATIONS["a line"]) == made
    parent = Drawings(tmp_path)
    news = forked.news()
    parent.learn(news)
    assert (list(news.values()), forked.news(), parent.drawn) == ([made], {}, 0)
    parent.forget_others()
    assert [path.stem for path in tmp_path.iterdir()] == list(news)


def test_what_only_vega_needs_is_left_out() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" class="marks" viewBox="0 0 10 10"><g class="root" role="graphics-object" aria-label="x">'
        '<path class="background" d="M0,0h9"/><g transform="translate(0,0)"><path d="M0.123,9.99" stroke="#000" stroke-width="1" opacity="1"/></g>'
        '<text font-size="11px">a &amp; b</text></g></svg>'
    )
    assert (
        cut(svg)
        == '<svg aria-hidden="true" viewBox="0 0 10 10" font-size="11" fill="none"><path d="M0.1,10" stroke="#000"/><text>a &amp; b</text></svg>'
    )


def test_the_title_says_the_finding() -> None:
    assert [chart.title for chart in charts("in").values()] == [
        "India: about 4% of new cars were electric in 2025, up from 0.12% in 2020",
        "India: about 88,000 public charging points in 2025, up from 3,200 in 2020",
        "India: 4.9 electric cars and vans shared a public point in 2025, about as in 2020: charging kept pace with the fleet",
        "India: about 410,000 electric cars in use in 2025, up from 12,000 in 2020",
        "India: about 10% of two- and three-wheelers sold in 2025 were electric, up from 0.82% in 2020",
    ]


def test_the_text_alternative_tells_each_line() -> None:
    assert charts("no")["figure-share"].alt == (
        "Electric share of new car sales, Norway. Electric cars, share of new car sales: 0.28% in 2010, 97% in 2025. "
        "Battery-electric cars, share of new car sales (our estimate): 0.28% in 2010, 95% in 2025. The dotted line is the target 30% by 2030."
    )


def test_the_table_has_the_numbers_of_the_file_and_dashes_for_what_is_missing() -> None:
    share = charts("id")["figure-share"]
    assert share.header == ("Year", "Electric cars, share of new car sales", "Battery-electric cars, share of new car sales (our estimate)")
    assert share.rows[0] == ("2025", "15%", "14.3%")
    assert [row[0] for row in share.rows] == ["2025", "2024", "2023", "2022", "2021", "2020", "2019", "2018", "2017", "2013", "2011"]
    points = charts("in")["figure-points"]
    assert [row for row in points.rows if row[0] == "2017"] == [("2017", "220", "–", "–", "220")]


def test_a_group_says_how_many_of_its_members_are_counted() -> None:
    subject = Subject("some", "Some", ("in", "no", "az"))
    chart = next(charts_of(subject, site(), ("share",)))
    assert chart.notes[0] == "Counted in 2025: 2 of 3. Years in which much fewer were counted are not drawn; the table has them."
    assert chart.header == (
        "Year", "Electric cars, share of new car sales", "Counted", "Battery-electric cars, share of new car sales (our estimate)", "Counted",
    )  # fmt: skip
    assert chart.rows[0][2] == "2"


def test_every_figure_says_whose_it_is_and_that_it_is_provisional() -> None:
    for chart in charts("gb").values():
        assert [source.text for source in chart.sources] == [
            "International Energy Agency (IEA), CC BY 4.0, changed, state of 28 May 2026. Provisional."
        ]
        assert chart.csv == "progress/data/gb.csv"


def test_a_government_without_numbers_has_no_figure() -> None:
    assert charts("az") == {}


@pytest.mark.parametrize(
    ("value", "percent", "said"),
    [
        (4, True, "4%"), (0.021, True, "0.021%"), (24.4, True, "24%"), (97, True, "97%"), (0, True, "0%"), (88100, False, "88,000"),
        (1_249_000, False, "1.2 million"), (76_000_000, False, "76 million"), (999, False, "1,000"), (4.93, False, "4.9"), (35, False, "35"),
    ],
)  # fmt: skip
def test_a_number_in_a_sentence_is_as_rounded_as_its_source(value: float, percent: bool, said: str) -> None:
    assert in_words(value, percent, site().strings) == said


@pytest.mark.parametrize(("cell", "said"), [("8607", "8,607"), ("0.0073", "0.0073"), ("21200000", "21,200,000"), ("4", "4"), ("6.10", "6.1")])
def test_a_number_in_a_table_keeps_its_digits(cell: str, said: str) -> None:
    assert in_table(cell, percent=False) == said


def test_what_we_derived_has_three_digits_and_an_estimate_is_never_nothing() -> None:
    assert in_table("8607", percent=False, derived=True) == "8,610"
    assert in_table("0.0", percent=True, derived=True) == "<0.01%"
    assert in_words(0.0, percent=True, strings=site().strings, derived=True) == "<0.01%"


def test_rounding_keeps_digits_that_matter() -> None:
    assert [rounded(value) for value in (0, 123456, 0.00123, -45.6)] == [0, 120000, 0.0012, -46]
    assert plain(0.1 + 0.2) == "0.3"


def test_a_pool_without_data_has_no_figure_and_no_page_of_progress(small: Small) -> None:
    small.topic()
    small.stage()
    assert not (small.root / "staged/progress").exists()
