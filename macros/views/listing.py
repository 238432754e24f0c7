"""An index page for each kind: all its entries, in groups that help to find one, as complete HTML."""

from collections.abc import Callable, Iterable, Iterator

from ..entries import KINDS
from ..facets import counts
from ..links import anchor
from ..page import Page
from ..pool import Record
from .explore import listing_data
from .paging import page_count, page_url, parts
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
    """One index a kind, also for kinds that have no entry yet; a long one goes on over several pages."""
    for kind in KINDS:
        yield from _pages_of(kind, site)


def index_names(site: Site) -> Iterator[str]:
    """The files of `index_pages`, without making them."""
    for kind, model in KINDS.items():
        pages = page_count(len(site.catalogue.by_kind[kind]))
        yield from (f"{page_url(f'{model.folder}/', number)}index.md" for number in range(1, pages + 1))


def _pages_of(kind: str, site: Site) -> Iterator[Page]:
    """The index of one kind."""
    records = site.catalogue.by_kind[kind]
    title, intro = site.strings(f"kinds.{kind}.many"), site.strings(f"kinds.{kind}.intro")
    groups = tuple(_groups(kind, records, site))
    several = len(groups) > 1
    for part in parts(f"{KINDS[kind].folder}/", groups):
        data = listing_data(part, title, intro, len(records), site, base=f"kind={kind}") | {
            "kind": kind,
            "topics": topic_counts(records, site) if part.number == 1 and kind not in ("topic", "government", "organisation") else (),
            "topics_label": site.strings("listing.topics"),
            "toc": tuple(Link(group.heading, f"#{group.id}") for group in part.blocks) if several else (),
            "several": several,
        }
        name = title if part.number == 1 else site.strings("explore.page_title", title=title, n=part.number)
        yield Page(f"{part.url}index.md", name, "listing.html", intro, data)


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
