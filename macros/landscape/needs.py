"""What governments need, the help on offer, and what answers a need: matched by the entries themselves, under topics or own terms."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..catalogue import Catalogue
from ..pool import Record
from .gaps import CLOSED

# An event that is over helps nobody any more.
OVER = "over"


@dataclass(frozen=True)
class Need:
    """A challenge with what answers it: offers of help that can be asked for, practices and cases that name it."""

    challenge: Record
    offers: tuple[Record, ...]
    practices: tuple[Record, ...]
    cases: tuple[Record, ...]


@dataclass(frozen=True)
class Board:
    """What stands under one heading, each list in listing order; `id` is that of the topic or of the own term."""

    id: str
    label: str
    needs: tuple[Need, ...]
    offers: tuple[Record, ...]
    practices: tuple[Record, ...]
    cases: tuple[Record, ...]
    events: tuple[Record, ...]


def need(challenge: Record, catalogue: Catalogue) -> Need:
    """A challenge with what answers it."""
    offers = tuple(offer for offer in catalogue.naming(challenge.id, "challenges", "technical-assistance") if is_open(offer))
    practices, cases = (tuple(catalogue.naming(challenge.id, "challenges", kind)) for kind in ("practice", "case-study"))
    return Need(challenge, offers, practices, cases)


def needs(catalogue: Catalogue, among: Iterable[Record] | None = None) -> tuple[Need, ...]:
    """All challenges, or some of them, with what answers them; those with the fewest answers first."""
    found = [need(record, catalogue) for record in (catalogue.listed("challenge") if among is None else among)]
    return tuple(sorted(found, key=lambda n: (bool(n.offers), bool(n.practices or n.cases), catalogue.position(n.challenge))))


def without_help(found: Iterable[Need]) -> tuple[Need, ...]:
    """Needs for which no help can be asked for."""
    return tuple(need for need in found if not need.offers)


def without_answer(found: Iterable[Need]) -> tuple[Need, ...]:
    """Needs that no practice and no case study answers."""
    return tuple(need for need in found if not need.practices and not need.cases)


def unused_offers(catalogue: Catalogue, among: Iterable[Record] | None = None) -> tuple[Record, ...]:
    """Offers that can be asked for and name no challenge that is in the pool."""
    offers = catalogue.listed("technical-assistance") if among is None else among
    return tuple(offer for offer in offers if is_open(offer) and not catalogue.named(getattr(offer.entry, "challenges", ()), "challenge"))


def is_open(offer: Record) -> bool:
    """Whether an offer of help can be asked for, as far as is known."""
    return getattr(offer.entry, "availability", "") != CLOSED


def boards_of_topics(catalogue: Catalogue) -> tuple[Board, ...]:
    """A board a topic, in listing order; topics under which nothing stands are left out."""
    made = (_board(topic.id, topic.entry.title, "topic", catalogue) for topic in catalogue.listed("topic"))
    return tuple(board for board in made if board.needs or board.offers or board.practices or board.cases or board.events)


def boards_of_coalition(coalition: str, catalogue: Catalogue) -> tuple[Board, ...]:
    """A board for each of a coalition's own terms, in the coalition's order; empty ones too, for they are its own headings."""
    return tuple(_board(own.id, own.term.label, "term", catalogue) for own in catalogue.own_terms if own.coalition.id == coalition)


def _board(id: str, label: str, facet: str, catalogue: Catalogue) -> Board:
    found: dict[str, list[Record]] = {}
    for record in catalogue.filtered({facet: [id]}):
        found.setdefault(record.kind, []).append(record)
    events = tuple(record for record in found.get("programme", ()) if getattr(record.entry, "state", "") != OVER)
    offers = tuple(record for record in found.get("technical-assistance", ()) if is_open(record))
    matched = needs(catalogue, found.get("challenge", ()))
    return Board(id, label, matched, offers, tuple(found.get("practice", ())), tuple(found.get("case-study", ())), events)
