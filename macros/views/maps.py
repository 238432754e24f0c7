"""Maps of the world: where entries of a kind come from, and who is in a coalition; a table or list says the same beside each."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from ..entries.coalition import Coalition
from ..figures.world import SHADES, World, map_of, world
from ..page import Page
from ..pool import Record
from .shapes import Block, Chart, Link, Swatch
from .site import Site

MAP = "map/"
# The kinds that the page of maps shows, each on a map of its own.
MAPPED = ("case-study", "practice", "action", "coalition")
# From how many on a country has the second and the third shade.
STEPS = (2, 4)
MEMBER, PARTLY, THROUGH = 2, 1, 0


def world_of(site: Site) -> World | None:
    """The shapes and points that the description of progress names, if it names any."""
    progress, datasets = site.catalogue.data.progress, site.catalogue.data.datasets
    if not progress or not progress.map:
        return None
    shapes, table = datasets[progress.map.shapes], datasets[progress.map.points]
    places = progress.map
    points = [(row[places.code], float(row[places.east]), float(row[places.north])) for row in table.rows if row[places.code]]
    return world(shapes.text, points, site.drawings)


def map_pages(site: Site) -> Iterator[Page]:
    """The page with a map of each kind that has places; none where no map is described."""
    maps = tuple(chart for kind in MAPPED if (chart := entries_map(kind, site)))
    if maps:
        title, intro = site.strings("progress.map.page"), site.strings("progress.map.page_intro")
        contents = tuple(Link(chart.label, f"#{chart.id}") for chart in maps)
        data = {"root": "../", "title": title, "summary": intro, "first": (Block("maps", title, charts=maps),), "toc": contents}
        yield Page(f"{MAP}index.md", title, "progress.html", intro, data, hide=("navigation",))


def map_names(site: Site) -> Iterator[str]:
    """The file of `map_pages`, without making it."""
    progress = site.catalogue.data.progress
    if progress and progress.map and any(_countries(record, site) for kind in MAPPED for record in site.catalogue.listed(kind)):
        yield f"{MAP}index.md"


def entries_map(kind: str, site: Site) -> Chart | None:
    """Where the entries of a kind come from, by country; cities and states count for theirs."""
    found = world_of(site)
    counts = Counter(government for record in site.catalogue.listed(kind) for government in dict.fromkeys(_countries(record, site)))
    if not found or not counts:
        return None
    shades = {id: sum(number >= step for step in STEPS) for id, number in counts.items()}
    names = {id: f"{_title(id, site)}: {number}" for id, number in counts.items()}
    order = sorted(counts, key=lambda id: (-counts[id], _title(id, site)))
    many = site.strings(f"kinds.{kind}.many")
    most = ", ".join(f"{_title(id, site)} ({counts[id]})" for id in order[:3])
    title = site.strings(f"progress.map.title.{_form(len(counts))}", n=len(counts), kind=many, most=most)
    steps = ((0, site.strings("progress.map.one", last=STEPS[0] - 1)), (1, site.strings("progress.map.some", first=STEPS[0], last=STEPS[1] - 1)))
    legend = (*steps, (2, site.strings("progress.map.many", first=STEPS[1])))
    return Chart(
        id=f"map-{kind}",
        title=title,
        label=site.strings("progress.map.label", kind=many),
        svg=_drawn(found, shades, names, site),
        alt=site.strings("progress.map.alt", kind=many, list="; ".join(names[id] for id in order)),
        notes=_notes(site),
        header=(site.strings("progress.map.country"), many),
        rows=tuple((_title(id, site), str(counts[id])) for id in order),
        sources=_sources(site),
        legend=tuple(Swatch(SHADES[shade], text) for shade, text in legend),
        wide=True,
    )


def member_map(record: Record, site: Site) -> Iterable[Block]:
    """The members of a coalition: countries, those that are in through a union, and those of which a state or city is in."""
    found = world_of(site)
    if not found or not isinstance(record.entry, Coalition) or not record.entry.members.governments:
        return
    members = [government.id for government in site.catalogue.named(record.entry.members.governments)]
    codes = set(site.catalogue.by_code.values())
    unions = {id for id in members if site.catalogue.naming(id, "unions", "government")}
    shades: dict[str, int] = {}
    for id in members:
        if id in unions:
            for one in site.catalogue.naming(id, "unions", "government"):
                shades[one.id] = max(THROUGH, shades.get(one.id, THROUGH))
        for parent in site.catalogue.parents(id):
            if parent in codes:
                shades[parent] = max(PARTLY, shades.get(parent, PARTLY))
        if id in codes:
            shades[id] = MEMBER
    said = {shade: sorted(_title(id, site) for id, own in shades.items() if own == shade) for shade in (MEMBER, PARTLY, THROUGH)}
    words = {MEMBER: "member", PARTLY: "partly", THROUGH: "through"}
    legend = tuple(Swatch(SHADES[shade], site.strings(f"progress.map.{words[shade]}", n=len(names))) for shade, names in said.items() if names)
    told = " ".join(site.strings(f"progress.map.{words[shade]}_told", list=", ".join(names)) for shade, names in said.items() if names)
    title = site.strings(f"progress.map.members.{_form(len(members))}", n=len(members), group=site.short(record))
    names = {id: _title(id, site) for id in shades}
    chart = Chart(
        id="map-members",
        title=title,
        label=site.strings("progress.map.members_label"),
        svg=_drawn(found, shades, names, site),
        alt=f"{title}. {told}",
        notes=_notes(site),
        sources=_sources(site),
        legend=legend,
        wide=True,
    )
    known = any(id in site.catalogue.series.names for id in members)
    more = Link(site.strings("progress.map.more"), f"progress/{record.id}/") if known else None
    yield Block("member-map", site.strings("progress.map.heading"), charts=(chart,), more=more)


def _form(number: int) -> str:
    return "one" if number == 1 else "other"


def _countries(record: Record, site: Site) -> list[str]:
    codes = set(site.catalogue.by_code.values())
    return [id for id in site.catalogue.governments_of(record) if id in codes]


def _drawn(found: World, shades: Mapping[str, int], names: Mapping[str, str], site: Site) -> str:
    """The map, with ISO numeric codes in place of the ids of governments."""
    numeric = {id: _numeric(id, site) for id in shades}
    return map_of(found, {numeric[id]: shade for id, shade in shades.items() if numeric[id]}, {numeric[id]: name for id, name in names.items()})


def _numeric(id: str, site: Site) -> str:
    return getattr(site.catalogue.by_id[id].entry, "codes").iso_numeric or ""  # noqa: B009 - a government


def _title(id: str, site: Site) -> str:
    return site.catalogue.by_id[id].entry.title


def _notes(site: Site) -> tuple[str, ...]:
    progress = site.catalogue.data.progress
    return (progress.map.note,) if progress and progress.map else ()


def _sources(site: Site) -> tuple[Link, ...]:
    progress = site.catalogue.data.progress
    assert progress
    assert progress.map
    one = site.catalogue.data.datasets[progress.map.shapes].description
    return (Link(one.citation, f"progress/#data-{progress.map.shapes}", one.title),)
