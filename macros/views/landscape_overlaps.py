"""Overlaps of coalitions: a figure that is drawn on each build, and the pairs as a table."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from ..landscape.overlaps import Overlap, governments_of_coalitions, overlaps, topics_of_coalitions
from ..page import File, Page, csv_file
from ..pool import Record
from ..templates import partial
from .landscape_page import HOME, Part, landscape_page, table_part
from .shapes import Link, Row
from .site import Site

# A figure has at most so many coalitions, those with the longest lists; a table on the page so many pairs.
MOST_IN_FIGURE, MOST_PAIRS = 26, 60
CELL, NAMES = 30, 205
STEPS = 5


@dataclass(frozen=True)
class Cell:
    """A square of the figure: `step` from 1 to STEPS is its shade, 0 none; the diagonal has a coalition's own number."""

    x: int
    y: int
    number: int
    step: int
    own: bool
    says: str


@dataclass(frozen=True)
class Name:
    """A name beside a row and above a column; `at` is the middle of both."""

    text: str
    at: int


def overlap_pages(site: Site) -> Iterator[Page]:
    """The page of overlaps."""
    found = overlaps(site.catalogue)
    governments = _figure("governments", governments_of_coalitions(site.catalogue), {(o.one.id, o.other.id): len(o.governments) for o in found}, site)
    topics = _figure("topics", topics_of_coalitions(site.catalogue), {(o.one.id, o.other.id): len(o.topics) for o in found}, site)
    yield landscape_page("overlaps", (governments, topics, _pairs(found, site)), site)


def overlap_files(site: Site) -> Iterator[File]:
    """Every pair that shares something, with the ids of what it shares."""
    header = ("one", "other", *(f"{name}{end}" for name in ("governments", "topics", "actions", "bodies") for end in ("", "_ids")))
    rows = []
    for o in overlaps(site.catalogue):
        shared = (o.governments, o.topics, o.actions, o.bodies)
        rows.append((o.one.id, o.other.id, *(cell for things in shared for cell in (len(things), " ".join(thing.id for thing in things)))))
    yield csv_file(f"{HOME}overlaps.csv", header, rows)


def _figure(name: str, sets: Mapping[str, set[str]], shared: Mapping[tuple[str, str], int], site: Site) -> Part | None:
    """Coalitions by coalitions with the numbers that they share; none where no two share anything."""
    numbers = {pair: number for pair, number in shared.items() if number}
    if not numbers:
        return None
    tied = {id for pair in numbers for id in pair}
    longest = sorted((r for r in site.catalogue.listed("coalition") if r.id in tied), key=lambda r: -len(sets[r.id]))
    shown = sorted(longest[:MOST_IN_FIGURE], key=site.catalogue.position)
    top = max(numbers.items(), key=lambda item: (item[1], [-site.catalogue.position(site.catalogue.by_id[id]) for id in item[0]]))
    one, other = (site.short(site.catalogue.by_id[id]) for id in top[0])
    finding = site.strings(f"landscape.overlaps.{name}.finding", one=one, other=other, n=top[1])
    size = NAMES + CELL * len(shown) + 2
    figure = {
        "id": f"figure-{name}",
        "title": finding,
        "description": site.strings("landscape.overlaps.description"),
        "size": size,
        "cell": CELL,
        "cells": tuple(_cells(shown, sets, numbers, top[1], site)),
        "names": tuple(Name(site.short(record), NAMES + CELL * n + CELL // 2) for n, record in enumerate(shown)),
        "edge": NAMES - 6,
    }
    notes = (site.strings("landscape.overlaps.left_out", n=len(longest) - len(shown)),) if len(longest) > len(shown) else ()
    return Part(
        f"overlaps-{name}",
        finding,
        site.strings(f"landscape.overlaps.{name}.intro"),
        html=partial(site.settings.overrides, "heat", figure=figure),
        notes=notes,
    )


def _cells(shown: list[Record], sets: Mapping[str, set[str]], numbers: Mapping[tuple[str, str], int], most: int, site: Site) -> Iterator[Cell]:
    for row, one in enumerate(shown):
        for column, other in enumerate(shown):
            place = (NAMES + CELL * column, NAMES + CELL * row)
            if row == column:
                number = len(sets[one.id])
                yield Cell(*place, number, 0, True, site.strings("landscape.overlaps.own", one=site.short(one), n=number))
            elif number := numbers.get((one.id, other.id), 0) or numbers.get((other.id, one.id), 0):
                says = site.strings("landscape.overlaps.cell", one=site.short(one), other=site.short(other), n=number)
                yield Cell(*place, number, -(-number * STEPS // most), False, says)


def _pairs(found: tuple[Overlap, ...], site: Site) -> Part:
    header = [site.strings(f"landscape.overlaps.columns.{name}") for name in ("pair", "governments", "topics", "actions", "bodies")]
    rows = [
        Row(
            (
                (site.link(o.one), site.link(o.other)),
                _counted(o.governments, site),
                _counted(o.topics, site),
                _counted(o.actions, site),
                _counted(o.bodies, site),
            )
        )
        for o in found[:MOST_PAIRS]
    ]
    part = table_part("landscape.overlaps.pairs", header, rows, site, f"{HOME}overlaps.csv")
    return (
        part
        if len(found) <= MOST_PAIRS
        else Part(**{**vars(part), "notes": (site.strings("landscape.overlaps.more", n=MOST_PAIRS, all=len(found)),)})
    )


def _counted(records: tuple[Record, ...], site: Site) -> tuple[Link, ...]:
    """The number of some entries, then the entries."""
    return (Link(f"{len(records)}:"), *(site.link(record) for record in records)) if records else ()
