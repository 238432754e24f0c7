"""The adoption trail: who applied a practice, what they changed, who learnt from whom, and the help on offer."""

from collections import Counter
from collections.abc import Iterable

from ..entries.case_study import Application, CaseStudy
from ..pool import Record
from .lists import card_block
from .shapes import Block
from .site import Site

MOST = 6


def who_did_this(record: Record, site: Site) -> Iterable[Block]:
    """The adoption trail of a practice: each case with what it changed and what came of it."""
    cases = site.catalogue.naming(record.id, "applies.practice")
    notes = {
        case.id: _trail_note(application, site)
        for case in cases
        if isinstance(case.entry, CaseStudy)
        for application in case.entry.applies
        if application.practice == record.id
    }
    return card_block("who_did_this", cases, site, notes, facet=("practice", record.id))


def applies(record: Record, site: Site) -> Iterable[Block]:
    """The practices of a case, with what this government changed."""
    if isinstance(record.entry, CaseStudy):
        notes = {application.practice: _trail_note(application, site) for application in record.entry.applies}
        yield from card_block("applies", site.catalogue.named(notes), site, notes)
        learnt = [application.adapted_from for application in record.entry.applies if application.adapted_from]
        yield from card_block("learnt_from", site.catalogue.named(learnt), site)


def help_on_offer(record: Record, site: Site) -> Iterable[Block]:
    """Technical assistance for a challenge, or for the challenges that an entry answers; those for most of them first."""
    challenges = (record.id,) if record.kind == "challenge" else getattr(record.entry, "challenges", ())
    found = sharing(challenges, "technical-assistance", site)
    if record.kind == "challenge":
        return card_block("help_on_offer", found, site, facet=("challenge", record.id))
    return card_block("help_on_offer", found[:MOST], site)


def practices_helped(record: Record, site: Site) -> Iterable[Block]:
    """Practices that answer the challenges of an offer of help; those that answer most of them first."""
    return card_block("practices_helped", sharing(getattr(record.entry, "challenges", ()), "practice", site)[:MOST], site)


def sharing(challenges: Iterable[str], kind: str, site: Site) -> list[Record]:
    """The entries of a kind that name some challenges, by how many of them, then in listing order."""
    found = Counter(other.id for challenge in challenges for other in site.catalogue.naming(challenge, "challenges", kind))
    return sorted(site.catalogue.named(found), key=lambda other: (-found[other.id], site.catalogue.position(other)))


def _trail_note(application: Application, site: Site) -> str:
    parts = []
    if application.changed:
        parts.append(site.strings("trail.changed", text=application.changed))
    if application.result:
        parts.append(site.strings("trail.result", text=application.result))
    return " ".join(parts)
