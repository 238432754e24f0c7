"""Dated steps, of an action or of a coalition with its actions."""

from collections.abc import Iterable
from dataclasses import replace

from ..entries.action import Action
from ..entries.base import Milestone
from ..entries.coalition import Coalition
from ..pool import Record
from .lists import source_numbers
from .shapes import Block, Event, Link
from .site import Site


def timeline(record: Record, site: Site) -> Iterable[Block]:
    """The dated steps of an action or coalition, those of a coalition's actions with them; a step that several take is told once."""
    owners = [record, *(site.catalogue.naming(record.id, "coalition", "action") if record.kind == "coalition" else ())]
    events: dict[Event, tuple[Link, ...]] = {}
    for step, owner in steps_of(owners):
        found = event(step, owner, record, site)
        alone = replace(found, links=())
        events[alone] = (*events.get(alone, ()), *found.links)
    yield Block("timeline", site.strings("blocks.timeline"), events=tuple(replace(alone, links=_by_name(links)) for alone, links in events.items()))


def steps_of(owners: Iterable[Record]) -> list[tuple[Milestone, Record]]:
    """The milestones of some entries with their owners, oldest first, a coalition's own before those of its actions."""
    found = [(step, owner) for owner in owners if isinstance(owner.entry, Action | Coalition) for step in owner.entry.milestones]
    return sorted(found, key=lambda pair: (pair[0].date, pair[1].kind != "coalition", pair[1].id))


def event(step: Milestone, owner: Record, page: Record | None, site: Site) -> Event:
    """A step as it stands on a timeline; on its owner's own page it carries the number of its source."""
    return Event(
        when=site.strings.partial(step.date),
        text=step.text,
        mark=step.kind,
        mark_label=site.catalogue.vocabularies["milestone-kinds"].label_of(step.kind),
        source=source_numbers(owner)[step.source] if page and owner.id == page.id else 0,
        links=() if page and owner.id == page.id else (site.link(owner),),
    )


def _by_name(links: Iterable[Link]) -> tuple[Link, ...]:
    return tuple(sorted(links, key=lambda link: link.text.casefold()))
