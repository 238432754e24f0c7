"""A figure of a subject: its drawing, a title that says the finding, a text alternative, its numbers, where they come from."""

from collections.abc import Iterator, Mapping

from ..data.description import FigureForm, Indicator
from ..figures.charts import Drawn, Mark, bars, lines
from .numbers import in_table, in_words, plain, rounded
from .shapes import Chart, Link
from .site import Site
from .subjects import Subject, aims_of

# A change of at most this part of the larger value is told as none, since values are rounded to two digits.
SAME = 0.1
# How far back a title looks, in years; at least two, where less is known.
BACK, BACK_LEAST = 5, 2


def charts_of(subject: Subject, site: Site, only: tuple[str, ...] = ()) -> Iterator[Chart]:
    """The figures of a subject that it has numbers for, in the order of the description."""
    progress = site.catalogue.data.progress
    for form in progress.figures if progress else ():
        if (not only or form.id in only) and (chart := _chart(form, subject, site)):
            yield chart


def _chart(form: FigureForm, subject: Subject, site: Site) -> Chart | None:
    series, until = site.catalogue.series, site.catalogue.series.newest
    shown = [series.indicators[id] for id in form.indicators]
    values = {one.id: {y: v for y, v in subject.years(series, one.id).items() if form.since <= y <= until} for one in shown}
    shown = [one for one in shown if values[one.id]]
    if not shown:
        return None
    aims = [aim for aim in aims_of(subject, site) if aim.indicator == form.indicators[0]]
    drawn = [Drawn(values[one.id], _end(one, values[one.id], until, site)) for one in shown]
    if form.form == "lines":
        marks = list({aim.value: Mark(aim.value, aim.label) for aim in reversed(aims)}.values())
        drawing = site.drawings.chart(lines(drawn, form.since, until, shown[0].percent, marks))
    else:
        drawing = site.drawings.chart(bars(drawn, form.since, until))
    main = series.indicators[form.total] if form.total else shown[0]
    total = subject.years(series, main.id) if form.total else values[main.id]
    title = finding(form, main, {y: v for y, v in total.items() if form.since <= y <= until}, subject.name, site)
    columns = [*shown, *([main] if form.total else [])]
    alternative = [f"{form.label}, {subject.name}.", *(_told(one, values[one.id], site) for one in shown)]
    alternative += [site.strings("progress.aim_told", label=aim.label, value=in_words(aim.value, shown[0].percent, site.strings)) for aim in aims]
    return Chart(
        id=f"figure-{form.id}",
        title=title or f"{subject.name}: {form.label}",
        label=form.label,
        svg=drawing,
        alt=" ".join(alternative),
        notes=tuple(_notes(form, main, subject, site)),
        header=tuple(_header(columns, subject, site)),
        rows=tuple(_rows(columns, form.since, subject, site)),
        csv=f"progress/data/{subject.id}.csv",
        sources=tuple(sources(series.sources(one.id for one in columns), site)),
    )


def finding(form: FigureForm, indicator: Indicator, values: Mapping[int, float], place: str, site: Site) -> str:
    """The sentence that a figure's title is: the newest value, against that of five years before or the nearest to it."""
    if not values:
        return ""
    year = max(values)
    earlier = [known for known in values if known <= year - BACK_LEAST]
    before = max((known for known in earlier if known <= year - BACK), default=min(earlier, default=None))
    words = {
        "place": place,
        "what": indicator.short,
        "year": year,
        "last": in_words(values[year], indicator.percent, site.strings, indicator.derived),
    }
    if before is None:
        return form.findings.only.format(**words, before="", before_year="")
    words |= {"before": in_words(values[before], indicator.percent, site.strings, indicator.derived), "before_year": before}
    now, then = values[year], values[before]
    if abs(now - then) <= SAME * max(abs(now), abs(then)) or words["before"] == words["last"]:
        return form.findings.same.format(**words)
    return (form.findings.rose if now > then else form.findings.fell).format(**words)


def _end(indicator: Indicator, values: Mapping[int, float], until: int, site: Site) -> str:
    """The label at the end of a line: its name, its last value, and the year if it is not the newest."""
    last = max(values)
    said = f"{indicator.short} {in_words(values[last], indicator.percent, site.strings, indicator.derived)}"
    return said if last == until else f"{said} ({last})"


def _told(indicator: Indicator, values: Mapping[int, float], site: Site) -> str:
    """One line in words."""
    first, last = min(values), max(values)
    said = {year: in_words(values[year], indicator.percent, site.strings, indicator.derived) for year in (first, last)}
    if first == last:
        return site.strings("progress.told_once", label=indicator.label, last=said[last], year=last)
    return site.strings("progress.told", label=indicator.label, first=said[first], first_year=first, last=said[last], year=last)


def _notes(form: FigureForm, main: Indicator, subject: Subject, site: Site) -> Iterator[str]:
    if subject.members:
        counted = subject.counted(site.catalogue.series, main.id)
        year = max(counted)
        yield site.strings("progress.counted", n=counted[year].counted, of=len(subject.members), year=year)
    for aim in aims_of(subject, site):
        if aim.indicator == form.indicators[0]:
            owner = site.catalogue.by_id[aim.coalition]
            yield site.strings("progress.aim_note", label=aim.label, coalition=site.short(owner), note=aim.note)
    if form.note:
        yield form.note


def _header(columns: list[Indicator], subject: Subject, site: Site) -> Iterator[str]:
    yield site.strings("progress.year")
    for one in columns:
        yield one.label
        if subject.members:
            yield site.strings("progress.counted_head")


def _rows(columns: list[Indicator], since: int, subject: Subject, site: Site) -> Iterator[tuple[str, ...]]:
    """The numbers by year, the newest first; a year in which nothing is known has no row, a value that is not known a dash."""
    series = site.catalogue.series
    counted = {one.id: subject.counted(series, one.id) for one in columns}
    written = {one.id: {} if subject.members else series.as_written(one.id, subject.id) for one in columns}
    for year in range(series.newest, since - 1, -1):
        cells = []
        for one in columns:
            if year not in counted[one.id]:
                cells += ["–"] * (2 if subject.members else 1)
            elif subject.members:
                value = plain(rounded(counted[one.id][year].value, 3))
                cells += [f"{value}%" if one.percent else value, f"{counted[one.id][year].counted}"]
            else:
                cells.append(in_table(written[one.id][year], one.percent, one.derived))
        if any(cell != "–" for cell in cells):
            yield (str(year), *cells)


def sources(names: tuple[str, ...], site: Site) -> Iterator[Link]:
    """Whose the numbers are, each leading to what a reader must know of the file."""
    for name in names:
        one = site.catalogue.data.datasets[name].description
        state = site.strings("progress.provisional") if one.provisional else ""
        said = site.strings("progress.source", publisher=one.publisher, licence=one.licence, as_of=site.strings.partial(one.as_of))
        yield Link(f"{said} {state}".strip(), f"progress/#data-{name}", one.title)
