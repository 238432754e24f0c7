"""What entries can be filtered by, with counts.

Values are ids, never labels. Inside a facet any value will do (OR); every facet given must hold (AND).
The name of a facet is the name it has in addresses (`?topic=a&topic=b&government=c`) and in macros.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from .entries import KINDS

if TYPE_CHECKING:
    from .catalogue import Catalogue
    from .pool import Record
    from .vocabulary import Vocabulary

Values = Callable[["Record", "Catalogue"], Iterable[str]]


def _field(name: str) -> Values:
    """The values of a field, whether it holds one or several."""

    def values(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
        found = getattr(record.entry, name, ())
        return (found,) if isinstance(found, str) else found or ()

    return values


def _coalitions(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    own = getattr(record.entry, "coalition", None)
    return (*record.entry.coalitions, own) if own and own not in record.entry.coalitions else record.entry.coalitions


def _levels(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    return (*_field("levels")(record, catalogue), *_field("level")(record, catalogue))


def _regions(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    own = (*_field("regions")(record, catalogue), *_field("region")(record, catalogue))
    places = (catalogue.get(government) for government in catalogue.governments_of(record))
    return (*own, *(getattr(place.entry, "region") for place in places if place))  # noqa: B009 - only governments have one


def _year(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    return (str(record.entry.reviewed.year),)


def _since(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    period = getattr(record.entry, "period", None)
    return (str(period.start)[:4],) if period and period.start else ()


def _review(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    return ("due" if catalogue.review_is_due(record) else "current",)


def _practices(record: "Record", catalogue: "Catalogue") -> Iterable[str]:
    return tuple(application.practice for application in getattr(record.entry, "applies", ()))


FACETS: dict[str, Values] = {
    "kind": lambda record, catalogue: (record.kind,),
    "topic": lambda record, catalogue: record.entry.topics,
    "coalition": _coalitions,
    "term": lambda record, catalogue: catalogue.terms_of(record),
    "government": lambda record, catalogue: catalogue.governments_of(record),
    "region": _regions,
    "level": _levels,
    "segment": _field("segments"),
    "instrument": _field("instruments"),
    "evidence": _field("evidence"),
    "challenge": _field("challenges"),
    "practice": _practices,
    "action": _field("actions"),
    "since": _since,
    "year": _year,
    "review": _review,
}

# Facets whose values are terms of a vocabulary, with its name.
VOCABULARY_OF: dict[str, str] = {
    "region": "regions",
    "level": "levels",
    "segment": "segments",
    "instrument": "instruments",
    "evidence": "evidence",
}

# Facets whose values are ids of entries, with their kind.
KIND_OF: dict[str, str] = {name: name for name in ("topic", "coalition", "government", "challenge", "practice", "action")}

Query = Mapping[str, Iterable[str]]


def known(name: str, vocabularies: Mapping[str, "Vocabulary"], ids: Mapping[str, str], terms: Iterable[str]) -> list[str]:
    """The values that a facet can have; `ids` gives each id its kind, `terms` are all `coalition/term`."""
    if name == "kind":
        return list(KINDS)
    if name == "term":
        return list(terms)
    if name == "review":
        return ["due", "current"]
    if name in ("since", "year"):
        return [str(year) for year in range(1900, 2101)]
    if name in VOCABULARY_OF:
        found = vocabularies.get(VOCABULARY_OF[name])
        return list(found.terms) if found else []
    if name in KIND_OF:
        return [id for id, kind in ids.items() if kind == KIND_OF[name]]
    raise KeyError(name)


def values(record: "Record", name: str, catalogue: "Catalogue") -> tuple[str, ...]:
    """The values of one facet of an entry, each once, in the order of the entry."""
    found = tuple(FACETS[name](record, catalogue))
    return found if len(found) < 2 else tuple(dict.fromkeys(found))


def counts(records: Iterable["Record"], name: str, catalogue: "Catalogue") -> dict[str, int]:
    """How many of the entries have each value of a facet, by falling count and then by value."""
    counter = Counter(value for record in records for value in catalogue.facet(record, name))
    return dict(sorted(counter.items(), key=lambda item: (-item[1], item[0])))


def options(query: Query, name: str, catalogue: "Catalogue") -> dict[str, int]:
    """What choosing each value of a facet would leave: the other facets of the query hold, this one is open."""
    others = {facet: wanted for facet, wanted in query.items() if facet != name}
    return counts(catalogue.filtered(others), name, catalogue)
