"""The page `/data/`: every file that this site offers to other programs, with date, licence and schema.

The files are made after the engine (`exports/`), from the same lists; their sizes are filled in there.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ..entries import KINDS
from ..entries.fields import Reference
from ..marks import marks
from ..page import Page
from ..pool import Record
from ..relations import reference_fields
from ..text import link_of
from .head import head_of_data
from .shapes import Link
from .site import Site

FOLDER = "data/"
PACKAGE = "data/datapackage.json"


@dataclass(frozen=True)
class Download:
    """A file: its address from the root of the site, its name as shown, what it holds, the day of its newest entry, its schema.

    `licence` is its own, where it is not that of the site.
    """

    file: str
    name: str
    what: str
    date: str
    schema: Link | None = None
    licence: str = ""


@dataclass(frozen=True)
class Group:
    """Files under a heading."""

    id: str
    heading: str
    note: str
    files: tuple[Download, ...]


def downloads_page(site: Site) -> Iterator[Page]:
    """The page."""
    title, intro = site.strings("data.title"), site.strings("data.intro")
    groups = tuple(group for group in _groups(site) if group.files)
    newest = max((max(r.entry.reviewed, r.entry.published).isoformat() for r in site.catalogue.listed()), default="")
    data = {
        "root": "../",
        "head": head_of_data(FOLDER, title, intro, _distribution(site), newest, site),
        "title": title,
        "summary": intro,
        "groups": groups,
        "columns": site.strings.get("data.columns"),
        "none": site.strings("data.none"),
        "licence": Link(site.settings.licence_name, site.settings.licence_url, external=True) if site.settings.licence_name else None,
        "toc": tuple(Link(group.heading, f"#{group.id}") for group in groups),
    }
    yield Page("data/index.md", title, "data.html", intro, data)


def _distribution(site: Site) -> list[tuple[str, str]]:
    """The files that a search engine for data may offer, with their media types."""
    tables = [(f"data/{kind}.csv", "text/csv") for kind in KINDS if site.catalogue.by_kind[kind]]
    return [("data/entries.json", "application/json"), (PACKAGE, "application/json"), *tables]


def _groups(site: Site) -> Iterator[Group]:
    makers = {"whole": _whole, "tables": _tables, "relations": _relations, "progress": _progress, "follow": _follow, "feeds": _feeds}
    for name, files in makers.items():
        yield Group(name, site.strings(f"data.groups.{name}"), site.strings.get(f"data.notes.{name}") or "", tuple(files(site)))


def _named(names: Iterable[str], site: Site, schemas: dict[str, str] | None = None, folder: str = FOLDER) -> Iterator[Download]:
    day = _day(site.catalogue.listed(), site)
    for name in names:
        schema = (schemas or {}).get(name)
        yield Download(f"{folder}{name}", name, site.strings.get("data.files")[name], day, Link(schema.split("/")[-1], schema) if schema else None)


def _whole(site: Site) -> Iterator[Download]:
    names = ("entries.json", "datapackage.json", "case-studies.geojson", "vocabularies.jsonld", "bibliography.bib", "bibliography.json")
    yield from _named(names, site, {"entries.json": "data/schema/entries.json"})
    yield from _named(["llms.txt"], site, folder="")
    yield from _named(["offline.zip", "SHA256SUMS"], site)


def _tables(site: Site) -> Iterator[Download]:
    for kind in KINDS:
        records = site.catalogue.by_kind[kind]
        schema = Link(f"{kind}.json", f"data/schema/{kind}.json")
        yield Download(f"data/{kind}.csv", f"{kind}.csv", site.strings(f"kinds.{kind}.many"), _day(records, site), schema)
    names = ("key-figures.csv", "sources.csv", "tables.zip")
    yield from _named(names, site, dict.fromkeys(names, PACKAGE))


def relation_name(kind: str, field: str) -> str:
    """The name of the table of a relation: `case-study-applies-practice`."""
    return f"{kind}-{field.replace('.', '-').replace('_', '-')}"


def _relations(site: Site) -> Iterator[Download]:
    for kind, model in KINDS.items():
        records = site.catalogue.by_kind[kind]
        used = {marked.field for record in records for marked in marks(record.entry) if isinstance(marked.mark, Reference)}
        for found in reference_fields(model):
            if found.field in used:
                name = relation_name(kind, found.field)
                what = site.strings("data.relation", kind=site.strings(f"kinds.{kind}.many"), field=found.field)
                file = f"data/relations/{name}.csv"
                yield Download(file, f"{name}.csv", what, _day(records, site), Link("datapackage.json", PACKAGE))


def _progress(site: Site) -> Iterator[Download]:
    """The tables of open data, as they are, each with the date and the licence of its publisher."""
    for name, dataset in site.catalogue.data.datasets.items() if site.catalogue.data.progress else ():
        one = dataset.description
        schema = Link(f"{name}.yml", f"progress/data/{name}.yml")
        file = dataset.path.name
        yield Download(f"progress/data/{file}", file, f"{one.title} ({one.publisher})", site.strings.partial(one.as_of), schema, one.licence)


def _follow(site: Site) -> Iterator[Download]:
    yield from _named(["feed.xml", "feed.json"], site)


def _feeds(site: Site) -> Iterator[Download]:
    lists = [(f"{model.folder}/", site.strings(f"kinds.{kind}.many"), site.catalogue.by_kind[kind]) for kind, model in KINDS.items()]
    for topic in site.catalogue.by_kind["topic"]:
        lists.append((link_of(topic), topic.entry.title, tuple(site.catalogue.filtered({"topic": [topic.id]}))))
    for folder, title, records in lists:
        yield Download(f"{folder}feed.xml", f"{folder}feed.xml", site.strings("data.feed_of", title=title), _day(records, site))


def _day(records: Iterable[Record], site: Site) -> str:
    days = [max(record.entry.reviewed, record.entry.published) for record in records]
    return site.strings.day(max(days)) if days else ""
