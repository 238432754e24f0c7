"""Which entries a reader of one should see next; the same answer every time.

What the entry states comes first, then what states it, then what is most alike. Alike is counted over
shared facet values, rare ones more than common ones (inverse document frequency), among the entries
that share its rarest values, so that a pool of ten thousand stays quick.
"""

import math

from ..catalogue import Catalogue
from ..pool import Record

MOST = 6
CANDIDATES = 200
_FACETS = ("topic", "challenge", "instrument", "segment", "government", "term")
_KINDS = frozenset({"practice", "case-study", "technical-assistance", "challenge"})


def related(record: Record, catalogue: Catalogue) -> list[Record]:
    """Up to MOST published entries, nearest first; ties by kind and id."""
    stated = [*record.entry.related, *(relation.source for relation in catalogue.relations.to(record.id, "related"))]
    found = [other for other in catalogue.named(stated) if other.id != record.id]
    if record.kind not in _KINDS or len(found) >= MOST:
        return found[: max(MOST, len(record.entry.related))]
    linked = {relation.target for relation in catalogue.relations.of(record.id)} | {r.source for r in catalogue.relations.to(record.id)}
    known = {other.id for other in found} | {record.id} | linked
    return found + [other for other in _alike(record, catalogue) if other.id not in known][: MOST - len(found)]


def _alike(record: Record, catalogue: Catalogue) -> list[Record]:
    keys = {(facet, value): catalogue.index(facet).get(value, frozenset()) for facet in _FACETS for value in catalogue.facet(record, facet)}
    total = len(catalogue.by_id)
    comparable = catalogue.ids_of(_KINDS)
    scores: dict[str, float] = {}
    for _, ids in sorted(keys.items(), key=lambda item: (len(item[1]), item[0])):
        weight = math.log(1 + total / max(len(ids), 1))
        # Once there are candidates enough, later values only add to them: the sets of common values are large.
        found = ids if len(scores) < CANDIDATES else ids.intersection(scores)
        for id in found:
            scores[id] = scores.get(id, 0.0) + weight
    most = MOST * 4
    # Only those that may be among the best are put in order: there are hundreds for each entry.
    able = {id: score for id, score in scores.items() if id in comparable}
    least = sorted(able.values())[-most] - 1e-6 if len(able) > most else 0.0
    best = sorted((-round(score, 9), catalogue.by_id[id].kind, id) for id, score in able.items() if score >= least)
    return [catalogue.by_id[id] for _, _, id in best[:most]]
