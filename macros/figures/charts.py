"""The specifications of our charts: lines over years, bars whose parts add up, a small line for a table.

Each line has a dash of its own and its label at its end, each part of a bar its shade, so that no chart needs its colours.
"""

import math
import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from .drawing import FONT_SIZE

WIDTH, HEIGHT, MARGIN = 232, 150, 104
DASHES: tuple[tuple[int, ...], ...] = ((1, 0), (5, 3), (1.5, 2.5), (8, 3, 2, 3))  # type: ignore[assignment]
COLOURS = ("var(--c-f1)", "var(--c-f2)", "var(--c-f4)", "var(--c-ink)")
SHADES = ("var(--c-f1)", "var(--c-f2)", "var(--c-f3)", "var(--c-f4)")
INK, SOFT, LINE, PAPER = "var(--c-ink)", "var(--c-ink-soft)", "var(--c-line)", "var(--c-paper)"
LINE_HEIGHT = 12


@dataclass(frozen=True)
class Drawn:
    """One line of a chart or one part of its bars: values by year, and the label at its end."""

    values: Mapping[int, float]
    label: str


@dataclass(frozen=True)
class Mark:
    """A value that is aimed at."""

    value: float
    label: str


def lines(drawn: Sequence[Drawn], since: int, until: int, percent: bool, aims: Sequence[Mark] = ()) -> dict[str, Any]:
    """Lines over the years `since` to `until`; a year without a value breaks the line, a value alone is a dot."""
    most = _top(max((value for one in drawn for value in one.values.values()), default=0), aims, percent)
    layers: list[dict[str, Any]] = []
    for aim in aims:
        layers.append(
            {"data": {"values": [{"v": aim.value}]}, "mark": {"type": "rule", "color": SOFT, "strokeDash": [1.5, 3]}, "encoding": _only_y(most)}
        )
        label = {"type": "text", "align": "left", "baseline": "bottom", "dy": -2, "x": 2, "text": aim.label, "color": SOFT}
        layers.append({"data": {"values": [{"v": aim.value}]}, "mark": label, "encoding": _only_y(most)})
    x = {"field": "y", "type": "quantitative", "scale": {"domain": [since, until], "nice": False}, "axis": _years(since, until)}
    y = {"field": "v", "type": "quantitative", "scale": {"domain": [0, most], "nice": False}, "axis": _amounts(percent, most)}
    for number, one in enumerate(drawn):
        for run in _runs(one.values, since, until):
            values = [{"y": year, "v": one.values[year]} for year in run]
            line = {"type": "line", "color": COLOURS[number], "strokeWidth": 2.25 if number == 0 else 1.75, "strokeDash": list(DASHES[number])}
            dot = {"type": "circle", "color": COLOURS[number], "size": 18, "opacity": 1}
            layers.append({"data": {"values": values}, "mark": line if len(run) > 1 else dot, "encoding": {"x": x, "y": y}})
    ends = [(one.values[last], one.label) for one in drawn if (last := max((year for year in one.values if since <= year <= until), default=0))]
    signs = [
        {"type": "rule", "color": COLOURS[number], "strokeWidth": 2.25 if number == 0 else 1.75, "strokeDash": list(DASHES[number])}
        for number, one in enumerate(drawn)
        if any(since <= year <= until for year in one.values)
    ]
    layers += _labels(ends, most, signs)
    return _chart(layers)


def bars(drawn: Sequence[Drawn], since: int, until: int) -> dict[str, Any]:
    """Bars for the years `since` to `until`, their parts from the bottom in the order given; nothing stands for a missing value."""
    years = range(since, until + 1)
    sums = {year: sum(one.values[year] for one in drawn if year in one.values) for year in years}
    most = _top(max(sums.values(), default=0), (), False)
    values, ends, base = [], [], 0.0
    last = max((year for year in years if any(year in one.values for one in drawn)), default=until)
    for number, one in enumerate(drawn):
        values += [{"y": year, "v": one.values[year], "n": number} for year in years if year in one.values]
        if last in one.values:
            ends.append((base + one.values[last] / 2, one.label))
            base += one.values[last]
    x = {"field": "y", "type": "ordinal", "scale": {"domain": list(years), "paddingInner": 0.2}, "axis": _years(since, until)}
    y = {"field": "v", "type": "quantitative", "stack": "zero", "scale": {"domain": [0, most], "nice": False}, "axis": _amounts(False, most)}
    fill = {"field": "n", "type": "ordinal", "scale": {"domain": list(range(len(drawn))), "range": list(SHADES[: len(drawn)])}, "legend": None}
    layer = {"data": {"values": values}, "mark": {"type": "bar", "stroke": PAPER, "strokeWidth": 0.5}}
    layers = [{**layer, "encoding": {"x": x, "y": y, "color": fill, "order": {"field": "n"}}}]
    signs = [{"type": "square", "opacity": 1, "size": 40, "color": SHADES[number]} for number, one in enumerate(drawn) if last in one.values]
    return _chart([*layers, *_labels(ends, most, signs)])


def spark(values: Mapping[int, float], since: int, until: int, most: float) -> dict[str, Any]:
    """A line as high as a row of text."""
    x = {"field": "y", "type": "quantitative", "scale": {"domain": [since, until], "nice": False}, "axis": None}
    y = {"field": "v", "type": "quantitative", "scale": {"domain": [0, most], "nice": False}, "axis": None}
    layers = []
    for run in _runs(values, since, until):
        mark = (
            {"type": "line", "color": COLOURS[0], "strokeWidth": 1.5}
            if len(run) > 1
            else {"type": "circle", "color": COLOURS[0], "size": 8, "opacity": 1}
        )
        layers.append({"data": {"values": [{"y": year, "v": values[year]} for year in run]}, "mark": mark, "encoding": {"x": x, "y": y}})
    return {**_chart(layers), "width": 88, "height": 20, "padding": 2}


def _runs(values: Mapping[int, float], since: int, until: int) -> list[list[int]]:
    """The years with a value, cut where one is missing."""
    runs: list[list[int]] = []
    for year in range(since, until + 1):
        if year in values:
            if runs and runs[-1][-1] == year - 1:
                runs[-1].append(year)
            else:
                runs.append([year])
    return runs


def _top(most: float, aims: Sequence[Mark], percent: bool) -> float:
    """A round number that is not below any value."""
    most = max([most, *(aim.value * 1.12 for aim in aims)])
    if most <= 0:
        return 1
    step = 10 ** math.floor(math.log10(most))
    top = next(step * part for part in (1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10) if step * part >= most * 0.9999)
    return float(f"{min(top, 100) if percent and most <= 100 else top:g}")


def _only_y(most: float) -> dict[str, Any]:
    return {"y": {"field": "v", "type": "quantitative", "scale": {"domain": [0, most], "nice": False}}}


def _years(since: int, until: int) -> dict[str, Any]:
    values = [year for year in range(since, until + 1) if year % 5 == 0]
    return {
        "values": values, "format": "d", "title": None, "grid": False, "ticks": True, "tickSize": 4, "labelAngle": 0, "labelFlush": False,
        "domainColor": SOFT, "tickColor": SOFT, "labelOverlap": False,
    }  # fmt: skip


def _amounts(percent: bool, most: float) -> dict[str, Any]:
    text = "datum.label + '%'" if percent else "datum.label"
    kind = {"labelExpr": text, "format": "~r" if percent or most < 1000 else "~s"}
    return {**kind, "title": None, "tickCount": 4, "domain": False, "ticks": False, "gridColor": LINE, "labelPadding": 6}


def _labels(ends: Sequence[tuple[float, str]], most: float, signs: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Labels right of the plot, each with the sign of its line or part, at the height of its value, pushed apart where they would touch."""
    wanted = sorted(
        (HEIGHT * (1 - value / most), number, textwrap.wrap(text, 15, break_long_words=False)) for number, (value, text) in enumerate(ends)
    )
    boxes: list[tuple[float, int, list[str]]] = []
    low = -6.0
    for place, number, said in wanted:
        size = len(said) * LINE_HEIGHT
        top = max(place - size / 2, low)
        boxes.append((top, number, said))
        low = top + size + 2
    over = max(0.0, low - (HEIGHT + 10))
    layers: list[dict[str, Any]] = []
    for top, number, said in boxes:
        middle = round(top - over + LINE_HEIGHT / 2, 1)
        mark = {"type": "text", "align": "left", "baseline": "middle", "text": said, "color": INK, "lineHeight": LINE_HEIGHT}
        sign = signs[number]
        across = {"x": {"value": WIDTH + 3}, "x2": {"value": WIDTH + 18}} if sign["type"] == "rule" else {"x": {"value": WIDTH + 12}}
        layers.append({"data": {"values": [{}]}, "mark": sign, "encoding": {**across, "y": {"value": middle}}})
        layers.append({"data": {"values": [{}]}, "mark": {**mark, "x": WIDTH + 22, "y": middle}, "encoding": {}})
    return layers


def _chart(layers: list[dict[str, Any]]) -> dict[str, Any]:
    words = {"labelColor": SOFT, "labelFontSize": FONT_SIZE, "labelFont": "sans-serif"}
    return {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": HEIGHT,
        "padding": {"left": 34, "top": 10, "right": MARGIN + 6, "bottom": 22},
        "autosize": {"type": "none"},
        "background": None,
        "layer": layers,
        "resolve": {"scale": {"color": "independent"}},
        "config": {"view": {"stroke": None}, "axis": words, "text": {"fontSize": FONT_SIZE, "font": "sans-serif"}},
    }
