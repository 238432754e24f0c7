"""The workshop: what it is, how to print without it, and the bundles that are ready; scripts make a tool of it."""

from collections.abc import Iterator

from ..entries.bundle import Bundle
from ..page import Page
from ..pool import Record
from .paging import PAGE
from .shapes import Link
from .site import Site
from .workshop import gathered, usable

HOME = "workshop/"


def workshop_page(site: Site) -> Iterator[Page]:
    """The one page under `workshop/`."""
    title, intro = site.strings("workshop.title"), site.strings("workshop.intro")
    bundles = site.catalogue.by_kind["bundle"]
    data = {
        "root": "../",
        "title": title,
        "summary": intro,
        "sections": tuple(section.title for section in Bundle.sections),
        "aliases": dict(sorted(site.catalogue.aliases.items())),
        "bundles": site.cards(bundles[:PAGE]),
        "more": Link(site.strings("kinds.bundle.many"), "bundles/") if len(bundles) > PAGE else None,
        "example": bundles[0].id if bundles else "",
        "example_id": next((record.id for record in site.catalogue.listed() if printable(record)), ""),
        "topics": tuple(
            Link(topic.entry.title, f"{HOME}?bundle={topic.id}") for topic in site.catalogue.by_kind["topic"] if workshop_link(topic, site)
        )[:PAGE],
    }
    yield Page(f"{HOME}index.md", title, "workshop.html", intro, data, hide=("navigation", "toc"))


def printable(record: Record) -> bool:
    """Whether an entry can be put into a workshop."""
    return record.entry.status == "published" and bool(usable([record]))


def workshop_link(record: Record, site: Site) -> Link | None:
    """The workshop that begins with the bundle of an entry; none for kinds without one, and where it would be empty."""
    if record.entry.status != "published" or not gathered(record, site.catalogue):
        return None
    return Link(site.strings("workshop.open_bundle"), f"{HOME}?bundle={record.id}")
