"""How the pool is covered and how it grows, in numbers; all of them derived from the published entries."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from ..catalogue import FRAME, Catalogue
from ..entries import KINDS
from ..pool import Record

# What someone can use; the kinds of FRAME only say who acts and how subjects are named.
OF_USE = tuple(kind for kind in KINDS if kind not in FRAME)


@dataclass(frozen=True)
class Coverage:
    """How many entries of use have each value of a facet: `numbers[value][kind]`; `without` counts those that have none."""

    facet: str
    numbers: dict[str, Counter[str]]
    without: Counter[str]


@dataclass(frozen=True)
class Month:
    """The entries that appeared in a month (`2026-11`), and how many there were at its end."""

    month: str
    added: int
    total: int


@dataclass(frozen=True)
class Review:
    """How the entries of a kind stand: due for review, and reviewed in time; `oldest` is the day of the oldest review."""

    kind: str
    due: int
    current: int
    oldest: str


def coverage(catalogue: Catalogue, facet: str, kinds: Iterable[str] = OF_USE) -> Coverage:
    """The numbers of a facet over entries of some kinds; an entry with several values counts once under each."""
    numbers: dict[str, Counter[str]] = {}
    without: Counter[str] = Counter()
    for kind in kinds:
        for record in catalogue.listed(kind):
            values = catalogue.facet(record, facet)
            for value in values:
                numbers.setdefault(value, Counter())[kind] += 1
            if not values:
                without[kind] += 1
    return Coverage(facet, numbers, without)


def growth(catalogue: Catalogue) -> tuple[Month, ...]:
    """The months in which published entries first appeared, the earliest first."""
    added = Counter(record.entry.published.isoformat()[:7] for record in catalogue.listed())
    months, total = [], 0
    for month in sorted(added):
        total += added[month]
        months.append(Month(month, added[month], total))
    return tuple(months)


def reviews(catalogue: Catalogue) -> tuple[Review, ...]:
    """The state of review of each kind that has entries."""
    found = []
    for kind in KINDS:
        records = catalogue.by_kind[kind]
        if records:
            due = sum(catalogue.review_is_due(record) for record in records)
            found.append(Review(kind, due, len(records) - due, min(record.entry.reviewed for record in records).isoformat()))
    return tuple(found)


def contributors(catalogue: Catalogue) -> tuple[tuple[str, int, int], ...]:
    """Organisations of contributors with the numbers of their people and of their entries, those with most entries first.

    People who name no organisation count under an empty name.
    """
    people: dict[str, set[str]] = {}
    entries: dict[str, set[str]] = {}
    for record in catalogue.listed():
        for contributor in record.entry.contributors:
            name = contributor.organisation or ""
            people.setdefault(name, set()).add(contributor.name)
            entries.setdefault(name, set()).add(record.id)
    return tuple(sorted(((name, len(people[name]), len(entries[name])) for name in people), key=lambda found: (-found[2], found[0].casefold())))


def owners(catalogue: Catalogue) -> tuple[tuple[str, int], ...]:
    """The teams that keep entries, with the number that each keeps, the largest first."""
    found = Counter(record.entry.owner for record in catalogue.listed())
    return tuple(sorted(found.items(), key=lambda item: (-item[1], item[0].casefold())))


def cited(records: Iterable[Record]) -> tuple[int, int]:
    """How many sources some entries cite in all, and how many of them have an address."""
    sources = [source for record in records for source in record.entry.sources.values()]
    return len(sources), sum(bool(source.url) for source in sources)
