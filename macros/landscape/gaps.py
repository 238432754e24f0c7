"""What is missing, derived: each gap is one function over the catalogue, and every one of them can be filled by an entry."""

from collections import Counter

from ..catalogue import Catalogue
from ..facets import counts
from ..pool import Record
from ..rules import review_due
from .matrix import members_of

# An offer that takes no more requests helps nobody.
CLOSED = "closed"


def kinds_by_topic(catalogue: Catalogue) -> dict[str, Counter[str]]:
    """How many published entries of each kind every topic has; offers of help that are closed are not counted."""
    found: dict[str, Counter[str]] = {record.id: Counter() for record in catalogue.listed("topic")}
    for record in catalogue.listed():
        if getattr(record.entry, "availability", "") != CLOSED:
            for topic in record.entry.topics:
                if topic in found:
                    found[topic][record.kind] += 1
    return found


def promised_without_practice(catalogue: Catalogue) -> tuple[Record, ...]:
    """Topics of which commitments speak and no practice does."""
    found = kinds_by_topic(catalogue)
    return tuple(r for r in catalogue.listed("topic") if found[r.id]["action"] and not found[r.id]["practice"])


def practised_without_help(catalogue: Catalogue) -> tuple[Record, ...]:
    """Topics that have a practice, and no help that can be asked for."""
    found = kinds_by_topic(catalogue)
    return tuple(r for r in catalogue.listed("topic") if found[r.id]["practice"] and not found[r.id]["technical-assistance"])


def unserved_actions(catalogue: Catalogue) -> tuple[Record, ...]:
    """Commitments that no practice and no case study serves."""
    return tuple(r for r in catalogue.listed("action") if not any(catalogue.naming(r.id, "actions", kind) for kind in ("practice", "case-study")))


def regions(catalogue: Catalogue) -> tuple[str, ...]:
    """The regions of the vocabulary in which the pool knows a government, in the order of the vocabulary."""
    vocabulary = catalogue.vocabularies.get("regions")
    known = counts(catalogue.listed("government"), "region", catalogue)
    return tuple(region for region in (vocabulary.terms if vocabulary else ()) if region in known)


def regions_without_case(catalogue: Catalogue) -> tuple[str, ...]:
    """Regions with governments and without a case study."""
    known = counts(catalogue.listed("case-study"), "region", catalogue)
    return tuple(region for region in regions(catalogue) if region not in known)


def topics_without_case(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """For each topic that has a case study somewhere, the regions in which it has none; topics without such a region are left out."""
    have: dict[str, set[str]] = {}
    for record in catalogue.listed("case-study"):
        for topic in record.entry.topics:
            have.setdefault(topic, set()).update(catalogue.facet(record, "region"))
    missing = {r.id: tuple(region for region in regions(catalogue) if region not in have[r.id]) for r in catalogue.listed("topic") if r.id in have}
    return {topic: found for topic, found in missing.items() if found}


def actions_without_region(catalogue: Catalogue) -> dict[str, tuple[str, ...]]:
    """For each commitment, the regions of which it has no government: named, or member of its coalition where it names none.

    Commitments of all regions, and those of which no government is known, are left out.
    """
    found = {}
    for record in catalogue.listed("action"):
        owner = catalogue.by_id.get(getattr(record.entry, "coalition", ""))
        ids = getattr(record.entry, "governments", ()) or (members_of(owner) if owner else ())
        reached = {str(getattr(government.entry, "region", "")) for government in catalogue.named(ids, "government")}
        if reached and (missing := tuple(region for region in regions(catalogue) if region not in reached)):
            found[record.id] = missing
    return found


def actions_without_government(catalogue: Catalogue) -> tuple[Record, ...]:
    """Commitments that name no government, of coalitions whose members are not known either."""

    def unknown(record: Record) -> bool:
        owner = catalogue.by_id.get(getattr(record.entry, "coalition", ""))
        return not getattr(record.entry, "governments", ()) and not (owner and members_of(owner))

    return tuple(record for record in catalogue.listed("action") if unknown(record))


def reached_by_one(catalogue: Catalogue) -> dict[str, tuple[Record, ...]]:
    """For each coalition, the governments of its newest list that stand in the newest list of no other."""
    lists = {record.id: catalogue.named(members_of(record), "government") for record in catalogue.listed("coalition")}
    number = Counter(government.id for members in lists.values() for government in members)
    found = {coalition: tuple(government for government in members if number[government.id] == 1) for coalition, members in lists.items()}
    return {coalition: tuple(sorted(alone, key=lambda r: r.entry.title.casefold())) for coalition, alone in found.items() if alone}


def due(catalogue: Catalogue) -> tuple[Record, ...]:
    """Published entries that should have been checked again by now, the longest overdue first."""
    found = (record for record in catalogue.listed() if catalogue.review_is_due(record))
    return tuple(sorted(found, key=lambda record: (review_due(record), record.id)))
