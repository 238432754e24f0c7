"""Which entries a reader of one should see next; the same answer every time.

What the entry states comes first, then what states it, then what is most alike. Alike is counted over
shared facet values, rare ones more than common ones (inverse document frequency).
"""

import functools
import math
import operator

from ..catalogue import Catalogue
from ..nearest import nearest
from ..pool import Record

MOST = 6
# A weight counts in whole steps, of which so many make 1.
_STEPS = 8
_FACETS = ("topic", "challenge", "instrument", "segment", "government", "term")
_KINDS = ("practice", "case-study", "technical-assistance", "challenge")


def related(record: Record, catalogue: Catalogue) -> list[Record]:
    """Up to MOST published entries, nearest first; ties in listing order."""
    stated = [*record.entry.related, *(relation.source for relation in catalogue.relations.to(record.id, "related"))]
    found = [other for other in catalogue.named(stated) if other.id != record.id]
    if record.kind not in _KINDS or len(found) >= MOST:
        return found[: max(MOST, len(record.entry.related))]
    relations = catalogue.relations
    linked = {relation.target for relation in relations.of(record.id)} | {relation.source for relation in relations.to(record.id)}
    known = catalogue.named([record.id, *linked, *(other.id for other in found)])
    return found + _alike(record, known, MOST - len(found), catalogue)


def _alike(record: Record, but: list[Record], most: int, catalogue: Catalogue) -> list[Record]:
    total = len(catalogue.by_id)
    having = [catalogue.having(facet, value) for facet in _FACETS for value in catalogue.facet(record, facet)]
    shared = [(round(_STEPS * math.log(1 + total / those.bit_count())), those) for those in having if those]
    among = functools.reduce(operator.or_, (catalogue.having("kind", kind) for kind in _KINDS))
    for other in but:
        among &= ~(1 << catalogue.position(other))
    return [catalogue.ordered[place] for place in nearest(shared, among, most)]
