"""Where coalitions overlap: governments, topics, commitments and bodies that two of them share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from itertools import combinations

from ..catalogue import Catalogue
from ..entries.action import Action
from ..entries.coalition import Coalition
from ..pool import Record
from .matrix import members_of


@dataclass(frozen=True)
class Overlap:
    """What two coalitions share, `one` before `other` in listing order; at least one of the lists is filled."""

    one: Record
    other: Record
    governments: tuple[Record, ...] = ()
    topics: tuple[Record, ...] = ()
    actions: tuple[Record, ...] = ()
    bodies: tuple[Record, ...] = ()


def overlaps(catalogue: Catalogue) -> tuple[Overlap, ...]:
    """Every pair of coalitions that shares something, those with most governments in common first."""
    place = {record.id: number for number, record in enumerate(catalogue.by_kind["coalition"])}
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for name, sets in (
        ("governments", governments_of_coalitions(catalogue)),
        ("topics", topics_of_coalitions(catalogue)),
        ("actions", actions_of_coalitions(catalogue)),
        ("bodies", bodies_of_coalitions(catalogue)),
    ):
        for thing, owners in _turned(sets).items():
            for pair in combinations(sorted(owners, key=place.__getitem__), 2):
                found.setdefault(pair, {}).setdefault(name, []).append(thing)
    made = (
        Overlap(catalogue.by_id[one], catalogue.by_id[other], **{name: _by_title(ids, catalogue) for name, ids in shared.items()})
        for (one, other), shared in found.items()
    )
    return tuple(
        sorted(made, key=lambda o: (-len(o.governments), -len(o.actions), -len(o.topics), -len(o.bodies), place[o.one.id], place[o.other.id]))
    )


def governments_of_coalitions(catalogue: Catalogue) -> dict[str, set[str]]:
    """The governments in the newest member list of each coalition."""
    return {record.id: {g.id for g in catalogue.named(members_of(record), "government")} for record in catalogue.listed("coalition")}


def topics_of_coalitions(catalogue: Catalogue) -> dict[str, set[str]]:
    """The topics of each coalition: those it is tagged with, and those of its own terms."""
    found = {}
    for record in catalogue.listed("coalition"):
        own = (topic for term in (record.entry.crosswalk if isinstance(record.entry, Coalition) else ()) for topic in term.topics)
        found[record.id] = {topic.id for topic in catalogue.named((*record.entry.topics, *own), "topic")}
    return found


def actions_of_coalitions(catalogue: Catalogue) -> dict[str, set[str]]:
    """The commitments that each coalition is tied to.

    It owns them, is named in them, coordinates them or is a partner, or one of its own commitments supports them or is
    supported by them.
    """
    found: dict[str, set[str]] = {record.id: set() for record in catalogue.listed("coalition")}

    def tie(coalitions: Iterable[str], action: str) -> None:
        for coalition in coalitions:
            if coalition in found:
                found[coalition].add(action)

    for record in catalogue.listed("action"):
        action = record.entry
        assert isinstance(action, Action)
        tie((action.coalition, *action.coalitions, *action.coordinators, *action.partners), record.id)
        for supported in catalogue.named(action.supports, "action"):
            tie((action.coalition,), supported.id)
            tie((getattr(supported.entry, "coalition", ""),), record.id)
    return found


def bodies_of_coalitions(catalogue: Catalogue) -> dict[str, set[str]]:
    """The bodies that have a role in each coalition."""
    return {
        record.id: {body.id for body in catalogue.named(part.body for part in record.entry.bodies)} if isinstance(record.entry, Coalition) else set()
        for record in catalogue.listed("coalition")
    }


def _turned(sets: Mapping[str, set[str]]) -> dict[str, list[str]]:
    """For each thing the coalitions that have it."""
    found: dict[str, list[str]] = {}
    for owner, things in sets.items():
        for thing in sorted(things):
            found.setdefault(thing, []).append(owner)
    return found


def _by_title(ids: Iterable[str], catalogue: Catalogue) -> tuple[Record, ...]:
    return tuple(sorted((catalogue.by_id[id] for id in ids), key=lambda record: (record.entry.title.casefold(), record.id)))
