"""Feeds of what is new or newly reviewed: for all, for each kind and for each topic, as Atom and as JSON Feed.

A feed holds the newest entries only (`MOST`); `entries.json` has all. Dates are those of the entries, at midnight UTC.
Sources: RFC 4287 (Atom, written by feedgen), https://www.jsonfeed.org/version/1.1/.
"""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time

from feedgen.feed import FeedGenerator

from ..entries import KINDS
from ..pool import Record
from ..text import link_of
from ..views.site import Site

MOST = 50


def feeds(site: Site) -> Iterator[tuple[str, bytes]]:
    """`data/feed.xml` and `data/feed.json`, then those of each kind and topic beside their pages; none where the site has no address."""
    if not site.settings.address():
        return
    name = site.settings.site_name
    yield from _both("data/", "", name, site.catalogue.listed(), site)
    for kind, model in KINDS.items():
        title = site.strings("data.feed_title", site=name, title=site.strings(f"kinds.{kind}.many"))
        yield from _both(f"{model.folder}/", f"{model.folder}/", title, site.catalogue.by_kind[kind], site)
    for topic in site.catalogue.by_kind["topic"]:
        title = site.strings("data.feed_title", site=name, title=topic.entry.title)
        yield from _both(link_of(topic), link_of(topic), title, site.catalogue.filtered({"topic": [topic.id]}), site)


def _both(folder: str, page: str, title: str, records: Iterable[Record], site: Site) -> Iterator[tuple[str, bytes]]:
    found = sorted(records, key=lambda record: (_changed(record), record.entry.published, record.id), reverse=True)[:MOST]
    yield f"{folder}feed.xml", _atom(f"{folder}feed.xml", page, title, found, site)
    yield f"{folder}feed.json", _json(f"{folder}feed.json", page, title, found, site)


def _atom(own: str, page: str, title: str, records: list[Record], site: Site) -> bytes:
    settings = site.settings
    feed = FeedGenerator()
    feed.id(settings.address(page))
    feed.title(title)
    feed.link(href=settings.address(page), rel="alternate", type="text/html")
    feed.link(href=settings.address(own), rel="self", type="application/atom+xml")
    feed.author(name=settings.citation_author or settings.site_name)
    feed.language(settings.language)
    if settings.licence_name:
        feed.rights(settings.licence_name)
    feed.updated(_moment(max((_changed(record) for record in records), default=date(1970, 1, 1))))
    for record in records:
        item = feed.add_entry(order="append")
        item.id(settings.address(link_of(record)))
        item.title(record.entry.title)
        item.summary(record.entry.summary)
        item.link(href=settings.address(link_of(record)), rel="alternate", type="text/html")
        item.published(_moment(record.entry.published))
        item.updated(_moment(_changed(record)))
        item.category([{"term": label} for label in _tags(record, site)])
    text: bytes = feed.atom_str(pretty=True)
    return text + b"\n"


def _json(own: str, page: str, title: str, records: list[Record], site: Site) -> bytes:
    settings = site.settings
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": title,
        "home_page_url": settings.address(page),
        "feed_url": settings.address(own),
        "language": settings.language,
        "authors": [{"name": settings.citation_author or settings.site_name}],
        "items": [
            {
                "id": settings.address(link_of(record)),
                "url": settings.address(link_of(record)),
                "title": record.entry.title,
                "summary": record.entry.summary,
                "content_text": record.entry.summary,
                "date_published": _moment(record.entry.published).isoformat(),
                "date_modified": _moment(_changed(record)).isoformat(),
                "tags": _tags(record, site),
            }
            for record in records
        ],
    }
    return (json.dumps(feed, ensure_ascii=False, indent=1) + "\n").encode()


def _tags(record: Record, site: Site) -> list[str]:
    return list(dict.fromkeys([site.strings(f"kinds.{record.kind}.one"), *(t.entry.title for t in site.catalogue.named(record.entry.topics))]))


def _changed(record: Record) -> date:
    return max(record.entry.reviewed, record.entry.published)


def _moment(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)
