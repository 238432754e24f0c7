"""Rules that one field alone cannot tell: between fields, between fields and text, between entries.

Each rule is a small generator of problems; `RULES` is the list of them.
"""

from collections.abc import Callable, Container, Iterator

from ..pool import Record
from ..problems import Problem
from .fields import bundles, dates, reading, retirement, review_due, summary, twins
from .ledger import addresses, permanence
from .letters import letters
from .references import context, cycles, duplicate_ids, references, sources
from .scope import MOST_SUGGESTIONS, Scope
from .text import body_sections, text

__all__ = ["MOST_SUGGESTIONS", "RULES", "Scope", "addresses", "permanence", "problems_of", "review_due", "twins"]

Rule = Callable[[Record, Scope], Iterator[Problem]]
# Every rule with the fields that it cannot do without: it is left out for an entry in which one of them does not hold.
RULES: dict[Rule, frozenset[str]] = {
    duplicate_ids: frozenset(),
    references: frozenset(),
    context: frozenset({"context"}),
    cycles: frozenset({"parent", "replaced_by"}),
    sources: frozenset({"sources"}),
    dates: frozenset({"published", "reviewed", "status", "period", "state_checked"}),
    summary: frozenset({"summary"}),
    reading: frozenset(),
    letters: frozenset(),
    twins: frozenset(),
    retirement: frozenset({"status", "replaced_by"}),
    body_sections: frozenset(),
    text: frozenset(),
    bundles: frozenset({"agenda", "duration", "selection"}),
}


def problems_of(record: Record, scope: Scope, but: Container[Rule] = ()) -> Iterator[Problem]:
    """What all rules say of one entry, or all but some."""
    for rule, needed in RULES.items():
        if rule not in but and not needed & record.broken:
            yield from rule(record, scope)
