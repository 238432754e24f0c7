"""Feeds of what is new or newly reviewed: for all, for each kind and for each topic, as Atom and as JSON Feed.

A feed holds the newest entries only (`MOST`); `entries.json` has all. Dates are those of the entries, at midnight UTC.
Sources: RFC 4287 (Atom, written by feedgen), https://www.jsonfeed.org/version/1.1/.
"""

from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time
from typing import Any, NamedTuple

from feedgen.entry import FeedEntry
from feedgen.feed import FeedGenerator

from ..entries import KINDS
from ..json_line import json_line
from ..pool import Record
from ..settings import Settings
from ..text import link_of
from ..views.site import Site

MOST = 50


class Item(NamedTuple):
    """An entry as feeds have it, made once for all of them."""

    atom: FeedEntry
    json: dict[str, Any]


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """`data/feed.xml` and `data/feed.json`, then those of each kind and topic beside their pages; none where the site has no address."""
    if not site.settings.address():
        return
    items: dict[str, Item] = {}

    def both(folder: str, page: str, title: str, records: Iterable[Record]) -> Iterator[tuple[str, bytes]]:
        found = sorted(records, key=lambda record: (_changed(record), record.entry.published, record.id), reverse=True)[:MOST]
        items.update({record.id: _item(record, site) for record in found if record.id not in items})
        shown = [items[record.id] for record in found]
        changed = max((_changed(record) for record in found), default=date(1970, 1, 1))
        yield f"{folder}feed.xml", _atom(f"{folder}feed.xml", page, title, shown, changed, site.settings)
        yield f"{folder}feed.json", _json(f"{folder}feed.json", page, title, shown, site.settings)

    name = site.settings.site_name
    yield from both("data/", "", name, site.catalogue.listed())
    for kind, model in KINDS.items():
        title = site.strings("data.feed_title", site=name, title=site.strings(f"kinds.{kind}.many"))
        yield from both(f"{model.folder}/", f"{model.folder}/", title, site.catalogue.by_kind[kind])
    for topic in site.catalogue.by_kind["topic"]:
        title = site.strings("data.feed_title", site=name, title=topic.entry.title)
        yield from both(link_of(topic), link_of(topic), title, site.catalogue.filtered({"topic": [topic.id]}))


def _atom(own: str, page: str, title: str, items: Iterable[Item], changed: date, settings: Settings) -> bytes:
    feed = FeedGenerator()
    feed.id(settings.address(page))
    feed.title(title)
    feed.link(href=settings.address(page), rel="alternate", type="text/html")
    feed.link(href=settings.address(own), rel="self", type="application/atom+xml")
    feed.author(name=settings.citation_author or settings.site_name)
    feed.language(settings.language)
    if settings.licence_name:
        feed.rights(settings.licence_name)
    feed.updated(_moment(changed))
    for item in items:
        feed.add_entry(item.atom, order="append")
    text: bytes = feed.atom_str(pretty=True)
    return text + b"\n"


def _json(own: str, page: str, title: str, items: Iterable[Item], settings: Settings) -> bytes:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": settings.address(page),
        "feed_url": settings.address(own),
        "language": settings.language,
        "authors": [{"name": settings.citation_author or settings.site_name}],
        "items": [item.json for item in items],
    }
    return (json_line(feed) + "\n").encode()


def _item(record: Record, site: Site) -> Item:
    address, tags = site.settings.address(link_of(record)), _tags(record, site)
    published, changed = _moment(record.entry.published), _moment(_changed(record))
    atom = FeedEntry()
    atom.id(address)
    atom.title(record.entry.title)
    atom.summary(record.entry.summary)
    atom.link(href=address, rel="alternate", type="text/html")
    atom.published(published)
    atom.updated(changed)
    atom.category([{"term": label} for label in tags])
    return Item(
        atom,
        {
            "id": address,
            "url": address,
            "title": record.entry.title,
            "summary": record.entry.summary,
            "content_text": record.entry.summary,
            "date_published": published.isoformat(),
            "date_modified": changed.isoformat(),
            "tags": tags,
        },
    )


def _tags(record: Record, site: Site) -> list[str]:
    return list(dict.fromkeys([site.strings(f"kinds.{record.kind}.one"), *(t.entry.title for t in site.catalogue.named(record.entry.topics))]))


def _changed(record: Record) -> date:
    return max(record.entry.reviewed, record.entry.published)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
