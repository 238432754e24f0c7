"""How the landscape has changed, year by year, from dates that stand in the entries; nothing is guessed from a missing date."""

from collections import Counter
from dataclasses import dataclass, field

from ..catalogue import Catalogue
from ..entries.coalition import Coalition, EarlierMembers, Joining, MemberList
from ..pool import Record


@dataclass
class Year:
    """What the entries date to one year; `entries` are new entries by kind, `changes` the numbers of governments by change."""

    year: int
    founded: list[Record] = field(default_factory=list)
    steps: list[tuple[Record, Joining]] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True)
class Difference:
    """An earlier member list of a coalition beside its newest one; a name that appears may have joined at any time between."""

    coalition: Record
    earlier: EarlierMembers
    newest: MemberList
    appeared: tuple[Record, ...]
    gone: tuple[Record, ...]


def years(catalogue: Catalogue) -> tuple[Year, ...]:
    """Every year to which an entry dates a founding, a change of members or its own publication, the latest first."""
    found: dict[int, Year] = {}

    def of(date: str) -> Year:
        return found.setdefault(int(date[:4]), Year(int(date[:4])))

    for record in catalogue.listed("coalition"):
        entry = record.entry
        assert isinstance(entry, Coalition)
        if entry.founded:
            of(entry.founded).founded.append(record)
        for step in entry.joined:
            if step.date:
                of(step.date).steps.append((record, step))
                of(step.date).changes[step.change] += len(step.governments)
    for record in catalogue.listed():
        of(record.entry.published.isoformat()).entries[record.kind] += 1
    for year in found.values():
        year.steps.sort(key=lambda pair: (pair[1].date or "", pair[0].id))
    return tuple(found[year] for year in sorted(found, reverse=True))


def undated(catalogue: Catalogue) -> tuple[tuple[Record, Joining], ...]:
    """Changes of members of which no date was found."""
    return tuple(
        (record, step)
        for record in catalogue.listed("coalition")
        for step in (record.entry.joined if isinstance(record.entry, Coalition) else ())
        if not step.date
    )


def differences(catalogue: Catalogue) -> tuple[Difference, ...]:
    """Each earlier list of governments beside the newest list of the same coalition, where both name governments."""
    found = []
    for record in catalogue.listed("coalition"):
        entry = record.entry
        assert isinstance(entry, Coalition)
        newest = dict.fromkeys(entry.members.governments)
        for earlier in entry.earlier_members if newest else ():
            before = dict.fromkeys(earlier.governments)
            appeared = tuple(catalogue.named((id for id in newest if id not in before), "government"))
            gone = tuple(catalogue.named((id for id in before if id not in newest), "government"))
            if before:
                found.append(Difference(record, earlier, entry.members, appeared, gone))
    return tuple(found)
