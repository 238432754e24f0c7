"""Gaps of the landscape, each explained, and each with the form that would fill it."""

from collections.abc import Iterable, Iterator

from ..landscape import gaps
from ..page import File, Page, csv_file
from ..pool import Record
from .landscape_page import HOME, Part, landscape_page, table_part
from .shapes import Link, Row
from .site import Site
from .ways_out import correction, form_link, some

MOST_DUE = 100


def gap_pages(site: Site) -> Iterator[Page]:
    """The page of gaps."""
    yield landscape_page("gaps", tuple(_parts(site)), site)


def gap_files(site: Site) -> Iterator[File]:
    """Every gap as a line: which sort, what lacks something, and what it lacks."""
    catalogue = site.catalogue
    rows: list[tuple[str, str, str]] = []
    for name, records in (
        ("promised_without_practice", gaps.promised_without_practice(catalogue)),
        ("practised_without_help", gaps.practised_without_help(catalogue)),
        ("unserved_actions", gaps.unserved_actions(catalogue)),
        ("actions_without_government", gaps.actions_without_government(catalogue)),
        ("due", gaps.due(catalogue)),
    ):
        rows += [(name, record.id, "") for record in records]
    rows += [("regions_without_case", region, "") for region in gaps.regions_without_case(catalogue)]
    for name, found in (
        ("topics_without_case", gaps.topics_without_case(catalogue)),
        ("actions_without_region", gaps.actions_without_region(catalogue)),
    ):
        rows += [(name, id, " ".join(regions)) for id, regions in found.items()]
    rows += [("reached_by_one", id, " ".join(record.id for record in alone)) for id, alone in gaps.reached_by_one(catalogue).items()]
    yield csv_file(f"{HOME}gaps.csv", ("gap", "id", "lacks"), rows)


def _parts(site: Site) -> Iterator[Part]:
    catalogue = site.catalogue
    yield _records("promised_without_practice", gaps.promised_without_practice(catalogue), "practice", "topic", site)
    yield _records("practised_without_help", gaps.practised_without_help(catalogue), "technical-assistance", "topic", site)
    yield _records("unserved_actions", gaps.unserved_actions(catalogue), "practice", "action", site)
    yield _regions_without_case(site)
    yield _by_region("topics_without_case", gaps.topics_without_case(catalogue), "topic", site)
    yield _by_region("actions_without_region", gaps.actions_without_region(catalogue), "action", site)
    yield _records("actions_without_government", gaps.actions_without_government(catalogue), "", "action", site)
    yield _reached_by_one(site)
    yield _due(site)


def _records(name: str, records: Iterable[Record], kind: str, facet: str, site: Site) -> Part:
    """Entries that lack something; the way out is the form of a kind that names the entry, or the entry itself."""
    header = (site.strings(f"kinds.{facet}.one"), site.strings("landscape.gaps.way_out"))
    rows = [Row(((site.link(record, record.entry.title),), (_way_out(name, record, kind, facet, site),))) for record in records]
    return table_part(f"landscape.gaps.{name}", header, rows, site, f"{HOME}gaps.csv")


def _way_out(name: str, record: Record, kind: str, facet: str, site: Site) -> Link:
    text = site.strings(f"landscape.gaps.{name}.fill")
    return (
        form_link(site, text, kind=kind, **{facet: record.id}) if kind else correction(record, text, site, site.strings(f"landscape.gaps.{name}.ask"))
    )


def _regions_without_case(site: Site) -> Part:
    header = (site.strings("members.region"), site.strings("landscape.gaps.way_out"))
    fill = site.strings("landscape.gaps.regions_without_case.fill")
    rows = [
        Row(((site.term("regions", region),), (form_link(site, fill, kind="case-study"),))) for region in gaps.regions_without_case(site.catalogue)
    ]
    return table_part("landscape.gaps.regions_without_case", header, rows, site, f"{HOME}gaps.csv")


def _by_region(name: str, found: dict[str, tuple[str, ...]], kind: str, site: Site) -> Part:
    """Entries with the regions that they do not reach; a topic is filled by a case study, a commitment by a correction."""
    header = (site.strings(f"kinds.{kind}.one"), site.strings("landscape.gaps.missing_regions"), site.strings("landscape.gaps.way_out"))
    fill = site.strings(f"landscape.gaps.{name}.fill")
    rows = []
    for id, missing in found.items():
        record = site.catalogue.by_id[id]
        names = [site.value_label("region", region) for region in missing]
        if kind == "topic":
            way = form_link(site, fill, kind="case-study", topic=id)
        else:
            way = correction(record, fill, site, site.strings(f"landscape.gaps.{name}.ask", regions=", ".join(names)))
        rows.append(Row(((site.link(record, record.entry.title),), tuple(map(Link, names)), (way,))))
    return table_part(f"landscape.gaps.{name}", header, rows, site, f"{HOME}gaps.csv")


def _reached_by_one(site: Site) -> Part:
    columns = ("kinds.coalition.one", "landscape.gaps.number", "landscape.gaps.only_here", "landscape.gaps.way_out")
    header = tuple(site.strings(column) for column in columns)
    fill = site.strings("landscape.gaps.reached_by_one.fill")
    rows = []
    for id, alone in gaps.reached_by_one(site.catalogue).items():
        record = site.catalogue.by_id[id]
        ask = site.strings("landscape.gaps.reached_by_one.ask", names=some([government.entry.title for government in alone], site))
        names = tuple(site.link(government) for government in alone)
        rows.append(Row(((site.link(record),), (Link(str(len(alone))),), names, (correction(record, fill, site, ask),))))
    return table_part("landscape.gaps.reached_by_one", header, rows, site, f"{HOME}gaps.csv")


def _due(site: Site) -> Part:
    found = gaps.due(site.catalogue)
    columns = (f"landscape.gaps.{name}" for name in ("due.entry", "due.kind", "due.reviewed", "due.owner", "way_out"))
    header = tuple(site.strings(column) for column in columns)
    rows = [
        Row(
            (
                (site.link(record, record.entry.title),),
                (Link(site.strings(f"kinds.{record.kind}.one")),),
                (Link(site.strings.day(record.entry.reviewed)),),
                (Link(record.entry.owner),),
                (correction(record, site.strings("landscape.gaps.due.fill"), site, about=""),),
            )
        )
        for record in found[:MOST_DUE]
    ]
    more = Link(site.strings("landscape.gaps.due.all", n=len(found)), "explore/review/due/") if len(found) > MOST_DUE else None
    return table_part("landscape.gaps.due", header, rows, site, f"{HOME}gaps.csv", more)
