"""The world as shapes and points, projected once by Vega; maps are made of them, with what is marked in a shade of its own."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree

import vl_convert

from .drawing import VEGA_LITE, Drawings

WIDTH, HEIGHT = 900, 400
# Units a radian at the equator, and where the equator lies, so that all land but the left out fills the drawing.
SCALE, MIDDLE = 165, 219
RADIUS = 7
# Shades from few to many; each is darker than the one before, in both palettes and on paper.
SHADES = ("var(--c-f3)", "var(--c-f2)", "var(--c-f1)")
# No land on which a government acts; it would take a tenth of the drawing.
LEFT_OUT = frozenset({"010"})
_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class World:
    """Shapes as path data by ISO numeric code (empty for those without a code, together), and a point for each code."""

    shapes: Mapping[str, str]
    points: Mapping[str, tuple[int, int]]


def world(topology: str, points: Sequence[tuple[str, float, float]], drawings: Drawings) -> World:
    """The world of a TopoJSON text and of points (code, degrees east, degrees north); raises ValueError if it cannot be drawn."""
    kept = json.loads(drawings.keep(["world", topology, points, WIDTH, HEIGHT], lambda: _projected(topology, points)))
    return World(kept["shapes"], {code: (x, y) for code, (x, y) in kept["points"].items()})


def map_of(found: World, shades: Mapping[str, int], names: Mapping[str, str]) -> str:
    """The SVG of a world in which some codes have a shade (a place in SHADES); what has no shape is a dot."""
    plain = "".join(path for code, path in found.shapes.items() if code not in shades)
    parts = [f'<path d="{plain}" fill="var(--c-land)"/>']
    for number, shade in enumerate(SHADES):
        codes = sorted(code for code, own in shades.items() if own == number)
        parts += [_named(f'<path d="{found.shapes[code]}" fill="{shade}"', names.get(code, ""), "path") for code in codes if code in found.shapes]
    for code in sorted(shades):
        if code not in found.shapes and code in found.points:
            x, y = found.points[code]
            dot = f'<circle cx="{x}" cy="{y}" r="{RADIUS}" fill="{SHADES[shades[code]]}" stroke="var(--c-ink)"'
            parts.append(_named(dot, names.get(code, ""), "circle"))
    inner = "".join(parts)
    head = f'<svg aria-hidden="true" viewBox="0 0 {WIDTH} {HEIGHT}" fill="none" stroke="var(--c-paper)" stroke-width="1" stroke-linejoin="round">'
    return f"{head}{inner}</svg>"


def _named(opened: str, name: str, tag: str) -> str:
    said = name.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    return f"{opened}><title>{said}</title></{tag}>" if said else f"{opened}/>"


def _projected(topology: str, points: Sequence[tuple[str, float, float]]) -> str:
    """JSON of path data and points, in whole units of a drawing WIDTH wide."""
    shapes: dict[str, Any] = json.loads(topology)
    countries = [one for one in shapes["objects"]["countries"]["geometries"] if one.get("id") not in LEFT_OUT]
    shapes["objects"]["countries"]["geometries"] = countries
    specification = {
        "$schema": "https://vega.github.io/schema/vega-lite/v6.json",
        "width": WIDTH,
        "height": HEIGHT,
        "autosize": {"type": "none"},
        "padding": 0,
        "background": None,
        "projection": {"type": "equalEarth", "rotate": [-11, 0, 0], "scale": SCALE, "translate": [WIDTH / 2, MIDDLE]},
        "config": {"view": {"stroke": None}},
        "layer": [
            {"data": {"values": shapes, "format": {"type": "topojson", "feature": "countries"}}, "mark": "geoshape"},
            {
                "data": {"values": [{"e": east, "n": north} for _, east, north in points]},
                "mark": "circle",
                "encoding": {"longitude": {"field": "e", "type": "quantitative"}, "latitude": {"field": "n", "type": "quantitative"}},
            },
        ],
    }
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    groups = {name: group for group in root.iter(f"{_SVG}g") for name in group.get("class", "").split() if name in ("mark-shape", "mark-symbol")}
    drawn = [path.get("d", "") for path in groups["mark-shape"].iter(f"{_SVG}path")]
    placed = [path.get("transform", "") for path in groups["mark-symbol"].iter(f"{_SVG}path")]
    if len(drawn) != len(countries) or len(placed) != len(points):
        raise ValueError("the map has another number of shapes or points than its data")
    found: dict[str, str] = {}
    for one, path in zip(countries, drawn, strict=True):
        code = str(one.get("id") or "")
        found[code] = found.get(code, "") + _short(path)
    dots = {}
    for (code, _, _), place in zip(points, placed, strict=True):
        x, y = re.findall(r"-?[\d.]+", place)[:2]
        dots[code] = (round(float(x)), round(float(y)))
    return json.dumps({"shapes": found, "points": dots}, sort_keys=True)


def _short(path: str) -> str:
    """Path data in whole units, each step told from the one before; rings that shrink to a line are dropped."""
    return "".join(_ring(ring) for ring in path.split("M") if ring)


def _ring(text: str) -> str:
    corners: list[tuple[int, int]] = []
    for x, y in re.findall(r"(-?[\d.]+(?:e-?\d+)?),(-?[\d.]+(?:e-?\d+)?)", text):
        corner = (round(float(x)), round(float(y)))
        if not corners or corners[-1] != corner:
            corners.append(corner)
    if len(corners) > 1 and corners[0] == corners[-1]:
        corners.pop()
    if len(corners) < 3:
        return ""
    steps = ((x - before_x, y - before_y) for (before_x, before_y), (x, y) in pairwise(corners))
    # A minus parts two numbers as well as a space does.
    said = " ".join(f"{x} {y}" if y >= 0 else f"{x}{y}" for x, y in steps).replace(" -", "-")
    return f"M{corners[0][0]} {corners[0][1]}l{said}z"
