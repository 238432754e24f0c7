"""The numbers that are followed, by place and year; and those of a group of places, with how many were counted.

A missing value is missing everywhere: it has no key here, and nothing fills it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from .cells import is_left_out
from .description import Indicator
from .reading import Data

Years = dict[int, float]


@dataclass(frozen=True)
class Counted:
    """The value of a group in a year, and how many of its members it rests on."""

    value: float
    counted: int


class Series:
    """Every indicator by place and year; a place is the id of a government, or the name in the data where there is none.

    `newest` is the newest year of any value. `aggregates` are the places that are groups of countries and no government.
    `governments` are ids by ISO 3166-1 alpha-3 code, `unions` the unions of countries that each government belongs to.
    """

    def __init__(self, data: Data, governments: Mapping[str, str], unions: Mapping[str, tuple[str, ...]]) -> None:
        self._data, self._governments, self._unions = data, governments, unions
        indicators = data.progress.indicators if data.progress else ()
        self.indicators: dict[str, Indicator] = {indicator.id: indicator for indicator in indicators}
        self._groups: dict[tuple[str, tuple[str, ...]], dict[int, Counted]] = {}
        self.names: dict[str, str] = {}
        self.aggregates: set[str] = set()
        # For each indicator and place, the rows by year.
        self._rows: dict[str, dict[str, dict[int, Mapping[str, str]]]] = {id: self._read(one) for id, one in self.indicators.items()}
        self.newest: int = max((year for places in self._rows.values() for rows in places.values() for year in rows), default=0)
        self.places: tuple[str, ...] = tuple(sorted(self.names, key=lambda place: (self.names[place].casefold(), place)))

    def _read(self, indicator: Indicator) -> dict[str, dict[int, Mapping[str, str]]]:
        dataset = self._data.datasets.get(indicator.file)
        found: dict[str, dict[int, Mapping[str, str]]] = {}
        if not dataset or not dataset.description.places or not dataset.description.year:
            return found
        places, year = dataset.description.places, dataset.description.year
        for row in dataset.rows:
            if any(row.get(name) != value for name, value in indicator.where.items()):
                continue
            if not row[indicator.column] or is_left_out(indicator.column, row, dataset.description):
                continue
            name = row[places.name]
            place = places.also.get(name) or self._governments.get(row[places.code]) or name
            self.names.setdefault(place, name)
            if not row[places.code] and name not in places.also:
                self.aggregates.add(place)
            found.setdefault(place, {})[int(row[year])] = row
        return found

    def of(self, indicator: str, place: str) -> Years:
        """The known values of a place, by year in order."""
        column = self.indicators[indicator].column
        rows = self._rows[indicator].get(place, {})
        return {year: float(rows[year][column]) for year in sorted(rows)}

    def as_written(self, indicator: str, place: str) -> dict[int, str]:
        """The cells of a place as they stand in the file, by year in order."""
        column = self.indicators[indicator].column
        rows = self._rows[indicator].get(place, {})
        return {year: rows[year][column] for year in sorted(rows)}

    def weights(self, indicator: str, place: str, year: int) -> tuple[float, float] | None:
        """What a place adds to the value of a group, above and below the line; None if it cannot be counted."""
        row = self._rows[indicator].get(place, {}).get(year)
        if row is None:
            return None
        one = self.indicators[indicator]
        value, together = float(row[one.column]), one.together
        if together is None:
            return value, 1.0
        if together.per:
            below = row.get(together.per, "")
            return (value * float(below), float(below)) if below and float(below) > 0 else None
        parts = [row.get(part, "") for part in together.part]
        # The whole follows from a part and its share, so a share of nothing tells nothing of its size.
        if not parts or not parts[0] or value <= 0:
            return None
        part = sum(float(cell) for cell in parts if cell)
        return (part, part / value * (100 if one.percent else 1)) if part > 0 else None

    def together(self, indicator: str, members: Iterable[str]) -> dict[int, Counted]:
        """The value of a group for each year in which a member is known, and the number of members that it rests on.

        A union that has a value of its own stands for those of its members that are in the group, so that none is counted twice.
        """
        wanted, one = tuple(dict.fromkeys(members)), self.indicators[indicator]
        if (indicator, wanted) not in self._groups:
            self._groups[indicator, wanted] = self._together(indicator, wanted, one)
        return self._groups[indicator, wanted]

    def _together(self, indicator: str, wanted: tuple[str, ...], one: Indicator) -> dict[int, Counted]:
        years = sorted({year for place in wanted for year in self._rows[indicator].get(place, {})})
        found: dict[int, Counted] = {}
        for year in years:
            known = {place: pair for place in wanted if (pair := self.weights(indicator, place, year))}
            covered = [place for place in wanted if any(union in known for union in self._unions.get(place, ()))]
            own = [pair for place, pair in known.items() if place not in covered]
            if not own:
                continue
            above, below = sum(pair[0] for pair in own), sum(pair[1] for pair in own)
            value = above if one.together is None else above / below * (100 if one.percent and one.together.part else 1)
            found[year] = Counted(value, len(own) + len(covered))
        return found

    def sources(self, indicators: Iterable[str]) -> tuple[str, ...]:
        """The names of the data files that some indicators come from, each once."""
        return tuple(dict.fromkeys(self.indicators[id].file for id in indicators))


def steady(found: Mapping[int, Counted]) -> Years:
    """The years of a group that can be compared: those that rest on at least three quarters of the most members ever counted."""
    most = max((one.counted for one in found.values()), default=0)
    return {year: one.value for year, one in found.items() if one.counted * 4 >= most * 3}
