"""The shapes of a TopoJSON file, by name, so that two of them can be compared."""

import json
from collections.abc import Collection, Iterator
from typing import Any

from ..problems import shown
from .original import NotOriginal
from .recipe import Shapes

# Degrees are compared to two digits, about a kilometre; a file that was only drawn on another grid stays the same.
_DIGITS = 2
Outline = tuple[str, tuple[tuple[float, float], ...]]


def shapes_of(text: str, recipe: Shapes) -> dict[str, Outline]:
    """The id and the outline of each shape by its name; raises NotOriginal if the file has none."""
    try:
        found = json.loads(text)
        arcs = [_points(arc, found.get("transform")) for arc in found["arcs"]]
        shapes = found["objects"][recipe.shapes]["geometries"]
        return {str(shape["properties"][recipe.name]): (str(shape.get("id", "")), tuple(_outline(shape.get("arcs", []), arcs))) for shape in shapes}
    except (ValueError, KeyError, TypeError, IndexError, RecursionError) as error:
        raise NotOriginal(f"the file must be TopoJSON with the shapes `{recipe.shapes}`, each with `{recipe.name}`; {shown(repr(error))}") from None


def without_point(shapes: dict[str, Outline], codes: Collection[str]) -> list[str]:
    """Names of shapes whose id no row of the points has, or that have none."""
    return sorted(name for name, (id, _) in shapes.items() if id not in codes)


def _points(arc: list[list[int]], transform: dict[str, Any] | None) -> list[tuple[float, float]]:
    """The points of an arc in degrees; with a transform, each is told as its distance from the one before."""
    (across, up), (east, north) = (transform["scale"], transform["translate"]) if transform else ((1, 1), (0, 0))
    points, x, y = [], 0.0, 0.0
    for one, two, *_ in arc:
        x, y = (x + one, y + two) if transform else (one, two)
        points.append((round(x * across + east, _DIGITS), round(y * up + north, _DIGITS)))
    return points


def _outline(parts: Any, arcs: list[list[tuple[float, float]]]) -> Iterator[tuple[float, float]]:
    """All points of nested lists of arcs; a negative number is an arc that is walked backwards."""
    if isinstance(parts, list):
        for part in parts:
            yield from _outline(part, arcs)
    else:
        yield from arcs[parts] if parts >= 0 else reversed(arcs[~parts])
