"""An index page for each kind: all its entries, in groups that help to find one, as complete HTML."""

from collections.abc import Callable, Iterable, Iterator

from ..entries import KINDS
from ..facets import counts
from ..links import anchor
from ..page import Page
from ..pool import Record
from .shapes import Block, Link
from .site import Site

# By what the entries of a kind are grouped: the values of a record, most telling first; none for one plain list.
_GROUP_BY: dict[str, Callable[[Record], Iterable[str]]] = {
    "technical-assistance": lambda record: getattr(record.entry, "providers", ())[:1],
    "action": lambda record: (getattr(record.entry, "coalition", ""),),
    "organisation": lambda record: (getattr(record.entry, "form", ""),),
    "government": lambda record: (getattr(record.entry, "region", ""),),
    "programme": lambda record: record.entry.coalitions[:1],
}
_GROUP_VOCABULARY = {"organisation": "organisation-forms", "government": "regions"}


def index_pages(site: Site) -> Iterator[Page]:
    """One index a kind, also for kinds that have no entry yet."""
    for kind in KINDS:
        yield index_page(kind, site)


def index_page(kind: str, site: Site) -> Page:
    """The index of one kind."""
    model, records = KINDS[kind], site.catalogue.by_kind[kind]
    title, intro = site.strings(f"kinds.{kind}.many"), site.strings(f"kinds.{kind}.intro")
    groups = tuple(_groups(kind, records, site))
    several = len(groups) > 1
    data = {
        "root": "../",
        "kind": kind,
        "title": title,
        "summary": intro,
        "count": site.strings.count("counts.entries", len(records)),
        "topics": topic_counts(records, site) if kind not in ("topic", "government", "organisation") else (),
        "topics_label": site.strings("listing.topics"),
        "groups": groups,
        "toc": tuple(Link(group.heading, f"#{group.id}") for group in groups) if several else (),
        "several": several,
        "empty": "" if records else site.strings("listing.empty"),
    }
    return Page(f"{model.folder}/index.md", title, "listing.html", intro, data)


def topic_counts(records: Iterable[Record], site: Site) -> tuple[Link, ...]:
    """The topics of some entries with how many of them each has, leading to the topic."""
    found = counts(records, "topic", site.catalogue)
    return tuple(Link(f"{topic.entry.title} ({found[topic.id]})", site.link(topic).url) for topic in site.catalogue.named(found, "topic"))


def _groups(kind: str, records: tuple[Record, ...], site: Site) -> Iterator[Block]:
    keys = _GROUP_BY.get(kind)
    grouped: dict[str, list[Record]] = {}
    for record in records:
        grouped.setdefault(next(iter(keys(record)), "") if keys else "", []).append(record)
    vocabulary = site.catalogue.vocabularies.get(_GROUP_VOCABULARY.get(kind, ""))
    order = {record.id: number for number, record in enumerate(site.catalogue.records)}
    listed = {r.id: number for number, r in enumerate(site.catalogue.by_kind["coalition"])}

    def place(key: str) -> tuple[int, int, str]:
        number = vocabulary.position(key) if vocabulary else listed.get(key, len(listed) + order.get(key, len(order)))
        return (key == "", number, key)

    for key in sorted(grouped, key=place):
        owner = site.catalogue.by_id.get(key)
        heading = vocabulary.label_of(key) if vocabulary else owner.entry.title if owner else site.strings("listing.others")
        heading = heading if key or len(grouped) > 1 else site.strings(f"kinds.{kind}.many")
        yield Block(f"group-{anchor(key) or 'others'}", heading, cards=site.cards(grouped[key]))
