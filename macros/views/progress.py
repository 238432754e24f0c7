"""How far governments have come: the overview, and a page for each coalition and region of which numbers are known."""

from collections.abc import Iterator

from ..data.description import Aim
from ..figures.charts import spark
from ..links import anchor
from ..page import Page
from .charts import charts_of
from .numbers import in_words, plain, rounded
from .shapes import Block, Link, PlaceRow, Row, ValueCell
from .site import Site
from .subjects import Subject, coalition_groups, countries, region_groups

HOME = "progress/"
# How many years back the pace towards a target is measured.
PACE = 3


def progress_pages(site: Site) -> Iterator[Page]:
    """The overview, then a page a group; nothing where nothing is followed."""
    progress = site.catalogue.data.progress
    if not progress or not site.catalogue.series.names:
        return
    places = tuple(place for place in site.catalogue.series.places if place not in site.catalogue.series.aggregates)
    figures = tuple(chart for subject in whole_world(site) for chart in charts_of(subject, site))
    found = [
        *([Block("world", site.strings("progress.world"), charts=figures)] if figures else []),
        *_groups(site),
        *_aims(None, site),
        *_about(site),
    ]
    yield _page(HOME, progress.title, progress.intro, places, found, site)
    for subject, back in groups(site):
        charts = tuple(charts_of(subject, site))
        blocks = [Block("figures", site.strings("progress.together", group=subject.name), charts=charts), *_aims(subject, site)]
        intro = site.strings("progress.group_intro", group=subject.name, n=len(subject.members))
        known = tuple(member for member in subject.members if member in site.catalogue.series.names)
        title = site.strings("progress.group_title", group=subject.name)
        yield _page(f"{HOME}{subject.id}/", title, intro, known, blocks, site, subject, back)


def progress_names(site: Site) -> Iterator[str]:
    """The files of `progress_pages`, without making them."""
    if site.catalogue.data.progress and site.catalogue.series.names:
        yield f"{HOME}index.md"
        yield from (f"{HOME}{subject.id}/index.md" for subject, _ in groups(site))


def groups(site: Site) -> Iterator[tuple[Subject, Link | None]]:
    """Coalitions and regions with numbers, each with the link to its own page."""
    for record, subject in coalition_groups(site):
        yield subject, site.link(record, record.entry.title)
    for subject in region_groups(site):
        yield subject, Link(subject.name, f"explore/region/{subject.id}/")


def whole_world(site: Site) -> Iterator[Subject]:
    """The place in the data that stands for the whole world."""
    progress = site.catalogue.data.progress
    if progress and progress.whole and progress.whole in site.catalogue.series.names:
        yield Subject(progress.whole, progress.whole)


def subjects(site: Site) -> Iterator[Subject]:
    """Everything that has numbers of its own: each is one CSV file."""
    series = site.catalogue.series
    for place in series.places:
        yield Subject(place, place_name(place, site))
    for subject, _ in groups(site):
        yield subject


def place_name(place: str, site: Site) -> str:
    """The title of a government, or the name in the data."""
    record = site.catalogue.by_id.get(place)
    return record.entry.title if record else site.catalogue.series.names[place]


def _page(
    url: str, title: str, intro: str, places: tuple[str, ...], found: list[Block], site: Site, group: Subject | None = None, back: Link | None = None
) -> Page:
    progress = site.catalogue.data.progress
    assert progress
    series = site.catalogue.series
    listed = [Link(block.heading, f"#{block.id}") for block in found]
    data = {
        "root": "../" * url.count("/"),
        "title": title,
        "summary": intro,
        "reading": progress.reading,
        "back": back,
        "home": Link(progress.title, HOME) if group else None,
        "first": tuple(block for block in found if block.charts),
        "rest": tuple(block for block in found if not block.charts),
        "table": {
            "caption": site.strings("progress.table", year=series.newest),
            "header": tuple(series.indicators[id].short for id in progress.overview),
            "titles": tuple(series.indicators[id].label for id in progress.overview),
            "rows": tuple(place_row(place, site) for place in sorted(places, key=lambda place: place_name(place, site).casefold())),
        },
        "missing": _missing(places, group, site),
        "toc": (*listed[:1], Link(site.strings("progress.table_heading"), "#places"), *listed[1:]),
    }
    return Page(f"{url}index.md", title, "progress.html", intro, data, hide=("navigation",))


def place_row(place: str, site: Site) -> PlaceRow:
    """The newest numbers of a place; what is older than the newest year says its year."""
    series, progress = site.catalogue.series, site.catalogue.data.progress
    assert progress
    record = site.catalogue.by_id.get(place)
    cells = []
    for id in progress.overview:
        values, percent = series.of(id, place), series.indicators[id].percent
        year = max(values, default=0)
        weights = series.weights(id, place, series.newest) if year == series.newest else None
        cells.append(
            ValueCell(
                in_words(values[year], percent, site.strings, series.indicators[id].derived) if values else "–",
                str(year) if values and year != series.newest else "",
                f"{values[year]:.6g}" if values else "",
                f"{weights[0]:.6g}" if weights else "",
                f"{weights[1]:.6g}" if weights else "",
            )
        )
    first = series.of(progress.overview[0], place)
    since = min((form.since for form in progress.figures), default=series.newest)
    most = 100.0 if series.indicators[progress.overview[0]].percent else max(first.values(), default=1)
    drawing = site.drawings.chart(spark(first, since, series.newest, most)) if len(first) > 1 else ""
    unions = tuple(getattr(record.entry, "unions", ())) if record else ()
    return PlaceRow(anchor(place), place_name(place, site), site.link(record).url if record else "", drawing, " ".join(unions), tuple(cells))


def _missing(places: tuple[str, ...], group: Subject | None, site: Site) -> str:
    """Who has no numbers at all, by name in a group, by number in the overview."""
    if group:
        without = [site.catalogue.by_id[id].entry.title for id in group.members if id not in places and id in site.catalogue.by_id]
        return site.strings("progress.missing_named", names=", ".join(sorted(without))) if without else ""
    without = [record.id for record in countries(site) if record.id not in places]
    return site.strings("progress.missing_count", n=len(without)) if without else ""


def _groups(site: Site) -> Iterator[Block]:
    """Coalitions and regions with the newest numbers of their members together."""
    series, progress = site.catalogue.series, site.catalogue.data.progress
    assert progress
    wanted = [id for id in progress.overview[:5] if not series.indicators[id].derived or series.indicators[id].together is None]
    rows = []
    for subject, _ in groups(site):
        cells: list[tuple[Link, ...]] = [(Link(subject.name, f"{HOME}{subject.id}/"),), (Link(str(len(subject.members))),)]
        for id in wanted:
            found = subject.counted(series, id).get(series.newest)
            if not found:
                cells.append((Link("–"),))
                continue
            said = in_words(found.value, series.indicators[id].percent, site.strings)
            cells.append((Link(said), Link(site.strings("progress.of", n=found.counted, of=len(subject.members)))))
        rows.append(Row(tuple(cells)))
    header = (site.strings("progress.group"), site.strings("progress.members"), *(_head(series.indicators[id].label) for id in wanted))
    if rows:
        yield Block(
            "groups", site.strings("progress.groups"), site.strings("progress.groups_intro", year=series.newest), header=header, rows=tuple(rows)
        )


def _head(text: str) -> str:
    return text[:1].upper() + text[1:]


def _aims(group: Subject | None, site: Site) -> Iterator[Block]:
    """The distance to each target: of every group that has one, or of one group and its members."""
    progress = site.catalogue.data.progress
    for aim in progress.aims if progress else ():
        subject = _who(aim, site)
        if subject and (group is None or group.id in (aim.coalition, aim.region)):
            owner = site.catalogue.by_id[aim.coalition]
            members = (subject, *(Subject(id, place_name(id, site)) for id in sorted(subject.members) if id in site.catalogue.series.names))
            rows = [row for one in (members if group else (subject,)) if (row := _distance(aim, one, site))]
            header = tuple(site.strings(f"progress.distance.{name}") for name in ("who", "now", "gap", *(("need",) if aim.year else ()), "pace"))
            heading = site.strings("progress.distance.heading", label=aim.label, coalition=site.short(owner))
            if rows:
                yield Block(f"aim-{aim.coalition}", heading, aim.note, header=header, rows=tuple(rows), lines=True)


def _who(aim: Aim, site: Site) -> Subject | None:
    """The group that a target is measured for: the coalition, or the region that stands for its members."""
    return next((subject for subject, _ in groups(site) if subject.id == aim.coalition), None) or next(
        (subject for subject, _ in groups(site) if subject.id == aim.region), None
    )


def _distance(aim: Aim, subject: Subject, site: Site) -> Row | None:
    """How far a place or group is from a target, and how fast it came nearer; in points for percentages."""
    series = site.catalogue.series
    values, percent = subject.years(series, aim.indicator), series.indicators[aim.indicator].percent
    if not values:
        return None
    year = max(values)
    gap, then = aim.value - values[year], values.get(year - PACE)
    unit = site.strings("progress.distance.points") if percent else ""

    def said(number: float) -> str:
        return f"{plain(rounded(number))} {unit}".strip()

    now = in_words(values[year], percent, site.strings)
    counted = subject.counted(series, aim.indicator)[year].counted
    where = (
        f"{HOME}{subject.id}/" if subject.members else (site.link(site.catalogue.by_id[subject.id]).url if subject.id in site.catalogue.by_id else "")
    )
    cells: list[tuple[Link, ...]] = [
        (Link(subject.name, where), *((Link(site.strings("progress.of", n=counted, of=len(subject.members))),) if subject.members else ())),
        (Link(f"{now} ({year})"),),
        (Link(said(gap) if gap > 0 else site.strings("progress.distance.reached")),),
    ]
    if aim.year:
        cells.append((Link(said(gap / (aim.year - year)) if gap > 0 and aim.year > year else "–"),))
    cells.append((Link(said((values[year] - then) / PACE) if then is not None else "–"),))
    return Row(tuple(cells))


def _about(site: Site) -> Iterator[Block]:
    """Each data file with its source, licence, state and what a reader must know; it has the anchor `data-<name>`."""
    rows = []
    for name, dataset in site.catalogue.data.datasets.items():
        one = dataset.description
        state = site.strings("progress.data.state", as_of=site.strings.partial(one.as_of), retrieved=site.strings.partial(one.retrieved))
        licence = Link(one.licence, one.licence_url or "", external=bool(one.licence_url))
        first = (Link(one.title, one.url, external=True, id=f"data-{name}"), Link(one.citation))
        known = (*(Link(note) for note in one.notes), Link(site.strings("progress.data.changed", text=one.changed)))
        provisional = [Link(site.strings("progress.provisional"))] if one.provisional else []
        files = (Link(dataset.path.name, f"{HOME}data/{dataset.path.name}"), Link(f"{name}.yml", f"{HOME}data/{name}.yml"))
        rows.append(Row((first, known, (licence, Link(state), *provisional), files)))
    header = tuple(site.strings(f"progress.data.{name}") for name in ("data", "know", "licence", "files"))
    if rows:
        yield Block("data", site.strings("progress.data.heading"), site.strings("progress.data.intro"), header=header, rows=tuple(rows), lines=True)
