"""What the head of a page tells other programs: linked data (schema.org), a picture for previews, feeds.

Entries are described twice: the page (with dates, licence and who keeps it) and what it is about. Only what the entry states
is said; a type that would need more (the place of an event) is still right without it.
"""

from typing import Any

from ..entries import KINDS
from ..json_line import json_line
from ..pool import Record
from ..text import link_of
from .cite import authors_of
from .site import Site
from .steps import steps_of

# What schema.org calls the subject of an entry of each kind; one that tells numbered steps is a HowTo.
TYPES = {
    "practice": "Article", "case-study": "Article", "technical-assistance": "Service", "challenge": "Article", "action": "Article",
    "coalition": "Organization", "organisation": "Organization", "government": "GovernmentOrganization", "topic": "DefinedTerm",
    "programme": "Event", "bundle": "LearningResource",
}  # fmt: skip
PICTURES = "assets/social/"
MOST_PICTURES = 500
Node = dict[str, Any]


def has_own_picture(site: Site) -> bool:
    """Whether each entry has a picture for previews of its own; in a large pool that would cost minutes and many megabytes."""
    return len(site.catalogue.records) <= MOST_PICTURES


def picture(record: Record, site: Site) -> str:
    """The picture for previews: that of the entry, or in a large pool one for all that have kind and coalition in common."""
    if has_own_picture(site):
        return f"{PICTURES}{record.entry.folder}/{record.id}.png"
    coalition = next((found.id for found in site.catalogue.named(site.catalogue.facet(record, "coalition"))), "")
    return f"{PICTURES}{record.kind}{f'-{coalition}' if coalition else ''}.png"


def head_of_entry(record: Record, site: Site) -> dict[str, object]:
    """The head of the page of an entry."""
    entry, settings, url = record.entry, site.settings, link_of(record)
    address = settings.address(url)
    page: Node = {
        "@type": "WebPage",
        "@id": address,
        "url": address,
        "name": entry.title,
        "description": entry.summary,
        "inLanguage": settings.language,
        "datePublished": entry.published.isoformat(),
        "dateModified": entry.reviewed.isoformat(),
        **({"license": settings.licence_url} if settings.licence_url else {}),
        "author": [_author(name, record, site) for name in authors_of(record, site)],
        "publisher": {"@type": "Organization", "name": settings.citation_author or settings.site_name},
        "isPartOf": website(site),
        "breadcrumb": {"@id": f"{address}#breadcrumb"},
        "mainEntity": {"@id": f"{address}#subject"},
    }
    kind = site.strings(f"kinds.{record.kind}.many")
    trail = breadcrumb(address, [(kind, f"{record.entry.folder}/"), (entry.title, url)], site)
    feed = feed_link(url, entry.title, site) if record.kind == "topic" else None
    return _head([page, subject(record, site), trail], picture(record, site), "article", feed) | {
        "text": "index.md",
        "modified": entry.reviewed.isoformat(),
    }


def subject(record: Record, site: Site) -> Node:
    """What an entry is about, as its fields state it."""
    entry, address = record.entry, site.settings.address(link_of(record))
    kind = TYPES[record.kind]
    steps = steps_of(record, site)
    found: Node = {"@type": kind, "@id": f"{address}#subject", "name": entry.title, "description": entry.summary}
    if kind in ("Article", "LearningResource"):
        if kind == "Article":
            found["headline"] = entry.title
        if steps:
            found["@type"] = "HowTo"
            found["step"] = [
                {"@type": "HowToStep", "position": number, **({"name": step.name} if step.name else {}), "text": step.text}
                for number, step in enumerate(steps, 1)
            ]
        found |= {"url": address, "datePublished": entry.published.isoformat(), "dateModified": entry.reviewed.isoformat()}
        found["author"] = [_author(name, record, site) for name in authors_of(record, site)]
        found["image"] = site.settings.address(picture(record, site))
        found["about"] = [{"@type": "DefinedTerm", "name": t.entry.title, "url": site.settings.address(link_of(t))} for t in _topics(record, site)]
        if site.settings.licence_url:
            found["license"] = site.settings.licence_url
    if short := getattr(entry, "short_name", None):
        found["alternateName"] = short
    if (own := getattr(entry, "url", None)) and kind != "DefinedTerm":
        found["sameAs" if kind.endswith("Organization") else "url"] = own
    if founded := getattr(entry, "founded", None):
        found["foundingDate"] = founded
    if kind == "Event" and (period := getattr(entry, "period", None)):
        found |= {name: value for name, value in (("startDate", period.start), ("endDate", period.end)) if value}
        found["organizer"] = _bodies(getattr(entry, "organisers", ()), site)
    if kind == "Service":
        found["provider"] = _bodies(getattr(entry, "providers", ()), site)
    if kind == "DefinedTerm":
        found["inDefinedTermSet"] = site.settings.address(f"{entry.folder}/")
    return {name: value for name, value in found.items() if value not in ([], "")}


def _topics(record: Record, site: Site) -> list[Record]:
    return site.catalogue.named(record.entry.topics)


def _bodies(ids: tuple[str, ...], site: Site) -> list[Node]:
    return [{"@type": TYPES[b.kind], "name": b.entry.title, "url": site.settings.address(link_of(b))} for b in site.catalogue.named(ids)]


def _author(name: str, record: Record, site: Site) -> Node:
    return {"@type": "Person" if record.entry.contributors else "Organization", "name": name}


def website(site: Site) -> Node:
    """The site itself, as a part of what stands on it."""
    return {"@type": "WebSite", "@id": f"{site.settings.address()}#site", "name": site.settings.site_name, "url": site.settings.address() or "./"}


def breadcrumb(address: str, steps: list[tuple[str, str]], site: Site) -> Node:
    """The way from the site to a page: names with addresses relative to the root."""
    items = [{"@type": "ListItem", "position": n, "name": name, "item": site.settings.address(url)} for n, (name, url) in enumerate(steps, 1)]
    return {"@type": "BreadcrumbList", "@id": f"{address}#breadcrumb", "itemListElement": items}


def head_of_list(url: str, title: str, summary: str, kind: str, site: Site) -> dict[str, object]:
    """The head of a list of entries; that of a kind has a feed and a picture of its own."""
    address = site.settings.address(url)
    page = {"@type": "CollectionPage", "@id": address, "url": address, "name": title, "description": summary, "isPartOf": website(site)}
    feed = feed_link(f"{KINDS[kind].folder}/", title, site) if kind else None
    trail = breadcrumb(address, [(title, url)], site)
    return _head([page | {"breadcrumb": {"@id": trail["@id"]}}, trail], f"{PICTURES}{kind or 'site'}.png", "website", feed)


def head_of_data(url: str, title: str, summary: str, files: list[tuple[str, str]], newest: str, site: Site) -> dict[str, object]:
    """The head of the page of downloads: a data set with its files, as address and media type."""
    settings = site.settings
    data: Node = {
        "@type": "Dataset",
        "@id": f"{settings.address(url)}#dataset",
        "name": f"{settings.site_name}: {title}",
        "description": summary,
        "url": settings.address(url),
        **({"license": settings.licence_url} if settings.licence_url else {}),
        "creator": {"@type": "Organization", "name": settings.citation_author or settings.site_name},
        **({"dateModified": newest} if newest else {}),
        "isAccessibleForFree": True,
        "distribution": [{"@type": "DataDownload", "contentUrl": settings.address(file), "encodingFormat": media} for file, media in files],
    }
    return _head([data, breadcrumb(settings.address(url), [(title, url)], site)], f"{PICTURES}site.png", "website", None)


def feed_link(folder: str, title: str, site: Site) -> dict[str, str]:
    """The feed that stands beside a page."""
    return {"url": f"{folder}feed.xml", "title": site.strings("data.feed_title", site=site.settings.site_name, title=title)}


def _head(graph: list[Node], image: str, type: str, feed: dict[str, str] | None) -> dict[str, object]:
    """The pieces as the theme prints them; no `<` in the linked data, so that no text of an entry ends the script."""
    linked = json_line({"@context": "https://schema.org", "@graph": graph})
    return {
        "linked": linked.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029"),
        "image": image,
        "type": type,
        "feed": feed,
    }
