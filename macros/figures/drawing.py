"""From a Vega-Lite specification to a small SVG that serves both palettes, kept under the build folder by content hash.

Colours are custom properties of the page (`var(--c-f1)`), which the specification holds as they are; `for_print` puts black
and greys in their place, for paper and for programs that know no custom properties.
"""

import hashlib
import json
import os
import re
from collections.abc import Callable, Mapping
from importlib.metadata import version
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import vl_convert

from ..kept import read_kept, write_kept

# Part of each hash: a drawing is made anew when the way of drawing changes.
VERSION = f"2 {version('vl-convert-python')}"
VEGA_LITE = "6.4"
FONT_SIZE = 11
PRINT = {
    "--c-f1": "#000000", "--c-f2": "#767676", "--c-f3": "#b4b4b4", "--c-f4": "#4a4a4a", "--c-ink": "#000000", "--c-ink-soft": "#333333",
    "--c-line": "#cccccc", "--c-paper": "#ffffff", "--c-land": "#e4e4e4",
}  # fmt: skip
_SVG = "{http://www.w3.org/2000/svg}"
_KEPT = frozenset({"d", "transform", "x", "y", "x2", "y2", "fill", "stroke", "stroke-width", "stroke-dasharray", "text-anchor", "font-weight"})
_NUMBER = re.compile(r"-?\d+\.\d+(?:e-?\d+)?|-?\d+e-?\d+")


class NotDrawn(Exception):
    """A drawing is not known, and this process cannot make it."""


class Drawings:
    """Draws, and remembers what it drew in a folder; without one, in memory.

    The program that draws has threads, which a forked process has not: there, what is not known yet is NotDrawn.
    """

    def __init__(self, folder: Path | None = None) -> None:
        self.drawn = 0
        self._folder = folder
        self._known: dict[str, str] = {}
        self._news: dict[str, str] = {}
        self._process = os.getpid()

    def chart(self, specification: dict[str, Any]) -> str:
        """The SVG of a specification, small and without a text alternative, which the page has beside it."""
        return self.keep(["chart", specification], lambda: small(_drawn(specification)))

    def keep(self, what: Any, draw: Callable[[], str]) -> str:
        """What `draw` makes, or what it made before of the same `what` (plain data); raises NotDrawn."""
        text = json.dumps([VERSION, what], sort_keys=True, ensure_ascii=False)
        key = hashlib.sha256(text.encode()).hexdigest()[:32]
        if key not in self._known:
            path = self._folder / f"{key}.drawing" if self._folder else None
            kept = read_kept(path) if path else None
            if kept is not None:
                self._known[key] = kept.decode()
            elif self._process != os.getpid():
                raise NotDrawn
            else:
                self._known[key] = draw()
                self.drawn += 1
                if path:
                    write_kept(path, self._known[key].encode())
            self._news[key] = self._known[key]
        return self._known[key]

    def news(self) -> dict[str, str]:
        """What this was asked for since it last told, for `learn` in another process."""
        found, self._news = self._news, {}
        return found

    def learn(self, news: Mapping[str, str]) -> None:
        """Know what another process found to be drawn."""
        self._known |= news

    def forget_others(self) -> None:
        """Remove the drawings that nobody asked for since this was made."""
        for path in sorted(self._folder.glob("*.drawing")) if self._folder and self._folder.is_dir() else ():
            if path.stem not in self._known:
                path.unlink(missing_ok=True)


def _drawn(specification: dict[str, Any]) -> str:
    svg: str = vl_convert.vegalite_to_svg(specification, vl_version=VEGA_LITE, allowed_base_urls=[])
    return svg


def for_print(svg: str) -> str:
    """The same drawing in black and greys on white, whole in itself."""
    said = re.sub(r"var\((--c-[a-z0-9-]+)\)", lambda match: PRINT[match.group(1)], svg)
    return said.replace("<svg ", '<svg xmlns="http://www.w3.org/2000/svg" font-family="Noto Sans, sans-serif" ', 1) if "xmlns=" not in said else said


def small(svg: str) -> str:
    """An SVG of Vega without what only Vega needs: roles, classes, empty groups, digits that no eye sees."""
    root = ElementTree.fromstring(svg)  # noqa: S314 - our own drawing
    box = root.get("viewBox", "")
    inner = "".join(_written(child) for child in root)
    return f'<svg aria-hidden="true" viewBox="{_short(box)}" font-size="{FONT_SIZE}" fill="none">{inner}</svg>'


def _written(element: ElementTree.Element) -> str:
    tag = element.tag.removeprefix(_SVG)
    kind = element.get("class", "")
    if kind in ("background", "foreground") or (tag == "path" and not element.get("d")) or element.get("opacity") == "0":
        return ""
    inner = "".join(_written(child) for child in element)
    text = _escaped(element.text) if tag in ("text", "tspan", "title") else ""
    if tag == "g" and not inner:
        return ""
    attributes = {name: _short(value) for name, value in element.attrib.items() if name in _KEPT or (tag == "tspan" and name == "dy")}
    if attributes.get("transform") in ("translate(0,0)", ""):
        del attributes["transform"]
    if attributes.get("stroke-dasharray") in ("1,0", "") or attributes.get("stroke-width") == "1":
        attributes.pop("stroke-dasharray" if attributes.get("stroke-dasharray") in ("1,0", "") else "stroke-width")
    if tag == "g":
        attributes.pop("fill", None)
    if (size := element.get("font-size", "").removesuffix("px")) and size != str(FONT_SIZE):
        attributes["font-size"] = size
    if tag == "g" and not attributes:
        return inner
    said = "".join(f' {name}="{_escaped(value)}"' for name, value in attributes.items())
    return f"<{tag}{said}>{text}{inner}</{tag}>" if text or inner else f"<{tag}{said}/>"


def _short(value: str) -> str:
    """Numbers with one digit after the point at most."""
    return _NUMBER.sub(
        lambda match: (
            f"{round(float(match.group()), 1):g}".replace("-0", "0")
            if abs(float(match.group())) < 0.05
            else f"{round(float(match.group()), 1):.1f}".removesuffix(".0")
        ),
        value,
    )


def _escaped(text: str | None) -> str:
    return (text or "").replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace('"', "&quot;")
