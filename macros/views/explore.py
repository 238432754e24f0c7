"""Explore: all entries with filters, a page for every value of a facet, and the page that sets entries side by side.

All of it is complete HTML; with scripts the same lists are filtered in place (overrides/assets/js/).
"""

from collections.abc import Iterator

from ..page import Page
from ..pool import Record
from .facet_lists import FacetList, Option, facet_lists
from .head import head_of_list
from .paging import Part, page_count, page_url, parts
from .shapes import Block, Link, Row
from .site import Site

HOME = "explore/"
COMPARE = "compare/"


def explore_pages(site: Site) -> Iterator[Page]:
    """Explore and its pages, then those of each value of each facet, then the comparison."""
    lists = facet_lists(site)
    title, intro = site.strings("explore.title"), site.strings("explore.intro")
    records = list(site.catalogue.listed())
    block = Block("entries", site.strings("explore.entries"), cards=site.cards(records))
    for part in parts(HOME, [block] if records else []):
        yield _page(part, title, intro, len(records), site, lists=lists if part.number == 1 else ())
    for facet in lists:
        if facet.name != "kind":
            for option in facet.options:
                yield from _value_pages(facet, option, site)
    yield _compare(site)


def explore_names(site: Site) -> Iterator[str]:
    """The files of `explore_pages`, without making them."""
    lists = [(HOME, len(list(site.catalogue.listed())))]
    lists += [(option.url, option.count) for facet in facet_lists(site) if facet.name != "kind" for option in facet.options]
    for base, count in lists:
        yield from (f"{page_url(base, number)}index.md" for number in range(1, page_count(count) + 1))
    yield f"{COMPARE}index.md"


def listing_data(part: Part, title: str, intro: str, count: int, site: Site, base: str = "") -> dict[str, object]:
    """What the template of a list needs; `base` is the query that all its entries hold (`kind=practice`)."""
    return {
        "root": "../" * part.url.count("/"),
        "head": head_of_list(part.url, title, intro, base.removeprefix("kind=") if base.startswith("kind=") else "", site),
        "title": title,
        "summary": intro,
        "count": site.strings.count("counts.entries", count),
        "groups": part.blocks,
        "several": len(part.blocks) > 1,
        "pager": part.pager,
        "explore": {"base": base, "layout": "sheet", "total": count},
        "empty": "" if count else site.strings("listing.empty" if base.startswith("kind=") else "explore.empty"),
    }


def _page(part: Part, title: str, intro: str, count: int, site: Site, lists: tuple[FacetList, ...] = (), base: str = "") -> Page:
    data = listing_data(part, title, intro, count, site, base)
    name = title if part.number == 1 else site.strings("explore.page_title", title=title, n=part.number)
    if lists:
        data["explore"] = {"base": base, "layout": "panel", "total": count}
        data["facets"] = tuple(facet for facet in lists if facet.offered)
        data["place"] = site.strings("explore.title")
    return Page(f"{part.url}index.md", name, "listing.html", intro, data, hide=("navigation", "toc"))


def _value_pages(facet: FacetList, option: Option, site: Site) -> Iterator[Page]:
    """The entries of one value as a table, the kinds one after another."""
    records = site.catalogue.filtered({facet.name: [option.value]})
    title = site.strings("explore.value_title", facet=facet.label, value=option.label)
    intro = site.strings("explore.value_intro", value=option.label)
    by_kind: dict[str, list[Record]] = {}
    for record in records:
        by_kind.setdefault(record.kind, []).append(record)
    header = tuple(site.strings(f"explore.columns.{name}") for name in ("title", "place", "evidence"))
    blocks = [
        Block(kind, site.strings(f"kinds.{kind}.many"), header=header, rows=tuple(row(record, site) for record in found))
        for kind, found in by_kind.items()
    ]
    for part in parts(option.url, blocks):
        yield _page(part, title, intro, len(records), site, base=f"{facet.name}={option.value}")


def row(record: Record, site: Site) -> Row:
    """An entry as a line of a compact table: title, place, evidence."""
    card = site.card(record)
    return Row(((Link(card.title, card.url),), (Link(card.place),) if card.place else (), (Link(card.evidence),) if card.evidence else ()))


def _compare(site: Site) -> Page:
    title, intro = site.strings("compare.title"), site.strings("compare.intro")
    data = {"root": "../", "head": head_of_list(COMPARE, title, intro, "", site), "title": title, "summary": intro}
    return Page(f"{COMPARE}index.md", title, "compare.html", intro, data, hide=("navigation", "toc"))
