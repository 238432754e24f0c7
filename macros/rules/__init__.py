"""Rules that one field alone cannot tell: between fields, between fields and text, between entries.

Each rule is a small generator of problems; `ALONE` and `AMONG` are the lists of them. What an entry tells alone is found where
it is read, by several processes at once; the rest must wait until all are read.
"""

from collections.abc import Callable, Container, Iterator

from ..pool import Record
from ..problems import Problem
from .fields import agenda, dates, reading, retirement, review_due, selection, summary, twins
from .ledger import addresses, permanence
from .letters import letters
from .references import context, cycles, duplicate_ids, references, sources, terms
from .scope import MOST_SUGGESTIONS, Ground, Scope
from .text import body_sections, links, text

__all__ = [
    "ALONE", "AMONG", "MOST_SUGGESTIONS", "Ground", "Scope", "addresses", "permanence", "problems_alone", "problems_among", "problems_of",
    "review_due", "twins",
]  # fmt: skip

Alone = Callable[[Record, Ground], Iterator[Problem]]
Among = Callable[[Record, Scope], Iterator[Problem]]
# Every rule with the fields that it cannot do without: it is left out for an entry in which one of them does not hold.
ALONE: dict[Alone, frozenset[str]] = {
    terms: frozenset(),
    context: frozenset({"context"}),
    sources: frozenset({"sources"}),
    dates: frozenset({"published", "reviewed", "status", "period", "state_checked"}),
    summary: frozenset({"summary"}),
    reading: frozenset(),
    letters: frozenset(),
    retirement: frozenset({"status", "replaced_by"}),
    body_sections: frozenset(),
    text: frozenset(),
    agenda: frozenset({"agenda", "duration", "selection"}),
}
AMONG: dict[Among, frozenset[str]] = {
    duplicate_ids: frozenset(),
    references: frozenset(),
    cycles: frozenset({"parent", "replaced_by"}),
    twins: frozenset(),
    links: frozenset(),
    selection: frozenset({"agenda", "duration", "selection"}),
}


def problems_alone(record: Record, ground: Ground) -> Iterator[Problem]:
    """What the rules about one entry alone say of it."""
    for rule, needed in ALONE.items():
        if not needed & record.broken:
            yield from rule(record, ground)


def problems_among(record: Record, scope: Scope, but: Container[Among] = ()) -> Iterator[Problem]:
    """What the rules about entries together say of one, or all but some of them."""
    for rule, needed in AMONG.items():
        if rule not in but and not needed & record.broken:
            yield from rule(record, scope)


def problems_of(record: Record, scope: Scope, but: Container[Among] = ()) -> Iterator[Problem]:
    """What all rules say of one entry, or all but some."""
    yield from problems_alone(record, scope.ground)
    yield from problems_among(record, scope, but)
