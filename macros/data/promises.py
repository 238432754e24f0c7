"""Whether what `progress.yml` speaks of is there: files, columns, indicators, coalitions, the blanks of its sentences."""

import re
from collections.abc import Iterable, Iterator, Mapping

from ..problems import Problem, did_you_mean, listed, shown
from ..source import Source
from ..strict_yaml import Path
from .description import Description, Progress

BLANKS = ("place", "what", "last", "year", "before", "before_year")


def problems_of_progress(
    source: Source, progress: Progress, described: Mapping[str, Description | None], ids: Mapping[str, str]
) -> Iterator[Problem]:
    """Every name in `progress.yml` that leads nowhere."""

    def unknown(path: Path, what: str, name: str, known: Iterable[str]) -> Iterator[Problem]:
        known = list(known)
        if name not in known:
            place = source.place(path)
            message = f"{what} must exist; found '{shown(name)}'"
            hint = did_you_mean(name, known, f"There are {listed(known, 20)}." if known else "There are none yet.")
            yield Problem(source.path, place.line, place.column, "data-unknown", message, hint)

    def columns(file: str) -> list[str]:
        description = described.get(file)
        return [column.name for column in description.columns] if description else []

    indicators = [indicator.id for indicator in progress.indicators]
    for number, indicator in enumerate(progress.indicators):
        at: Path = ("indicators", number)
        yield from unknown((*at, "file"), "a data file", indicator.file, described)
        if columns(indicator.file):
            together = indicator.together
            named = [indicator.column, *indicator.where, *(together.part if together else ()), *([together.per] if together and together.per else [])]
            for column in named:
                yield from unknown((*at, "column"), f"a column of {indicator.file}", column, columns(indicator.file))
    for number, figure in enumerate(progress.figures):
        for position, id in enumerate(figure.indicators):
            yield from unknown(("figures", number, "indicators", position), "an indicator", id, indicators)
        if figure.total:
            yield from unknown(("figures", number, "total"), "an indicator", figure.total, indicators)
        for name, sentence in figure.findings.model_dump().items():
            for blank in re.findall(r"\{(.*?)\}", sentence):
                yield from unknown(("figures", number, "findings", name), "a blank in a sentence", blank, BLANKS)
    for number, id in enumerate(progress.overview):
        yield from unknown(("overview", number), "an indicator", id, indicators)
    for number, aim in enumerate(progress.aims):
        yield from unknown(("aims", number, "indicator"), "an indicator", aim.indicator, indicators)
        yield from unknown(("aims", number, "coalition"), "a coalition", aim.coalition, [id for id, kind in ids.items() if kind == "coalition"])
    for number, table in enumerate(progress.statements):
        yield from unknown(("statements", number, "file"), "a data file", table.file, described)
        for column in (*table.columns, *(table.link or ()), *table.leave_out, *table.lists, *table.words, *filter(None, (table.remark, table.state))):
            if columns(table.file):
                yield from unknown(("statements", number, "columns"), f"a column of {table.file}", column, columns(table.file))
    if progress.map:
        yield from unknown(("map", "shapes"), "a data file", progress.map.shapes, described)
        yield from unknown(("map", "points"), "a data file", progress.map.points, described)
        for column in (progress.map.code, progress.map.east, progress.map.north):
            if columns(progress.map.points):
                yield from unknown(("map", "points"), f"a column of {progress.map.points}", column, columns(progress.map.points))
