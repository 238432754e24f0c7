"""The parts of an entry's page that follow from other entries: who did this, help on offer, members ...

Each kind has its list of blocks in `BLOCKS`, in reading order; a block without content is left out. The
heading of a block is the string `blocks.<name>`.
"""

from collections.abc import Iterable

from ..pool import Record
from .action import action_parts, served_by
from .coalition import bodies, crosswalk, joined, members
from .coalition_work import commitments, contact, elsewhere, programme_by_date
from .government import progress, statements
from .lists import Make, by_naming, by_reference, card_block, source_numbers
from .maps import member_map
from .related import related
from .shapes import Block, Quote
from .site import Site
from .tied import of_government, roles, tagged, topic_words
from .timeline import timeline
from .trail import applies, help_on_offer, practices_helped, who_did_this
from .workshop import agenda, bundles_with, items, objectives, papers, selection


def quotations(record: Record, site: Site) -> Iterable[Block]:
    """Official wording."""
    numbers = source_numbers(record)
    quotes = tuple(Quote(quote.text, numbers[quote.source], quote.part or "") for quote in record.entry.quotations)
    yield Block("quotations", site.strings("blocks.quotations"), quotes=quotes)


def related_entries(record: Record, site: Site) -> Iterable[Block]:
    """What a reader should see next: stated first, then most alike."""
    return card_block("related", related(record, site.catalogue), site)


_CLOSING: tuple[Make, ...] = (bundles_with, related_entries)

BLOCKS: dict[str, tuple[Make, ...]] = {
    "practice": (
        who_did_this,
        help_on_offer,
        by_reference("commitments", "actions"),
        by_reference("challenges", "challenges"),
        *_CLOSING,
    ),
    "case-study": (
        applies,
        by_naming("adapted_by", "applies.adapted_from"),
        help_on_offer,
        by_reference("commitments", "actions"),
        by_reference("challenges", "challenges"),
        *_CLOSING,
    ),
    "technical-assistance": (
        quotations,
        by_reference("challenges_helped", "challenges"),
        practices_helped,
        by_reference("commitments", "actions"),
        *_CLOSING,
    ),
    "challenge": (
        by_naming("answers", "challenges", "practice", "challenge"),
        by_naming("cases_met", "challenges", "case-study", "challenge"),
        help_on_offer,
        by_reference("commitments", "actions"),
        *_CLOSING,
    ),
    "action": (
        quotations,
        action_parts,
        timeline,
        by_reference("supports", "supports"),
        by_naming("supported_by", "supports"),
        served_by,
        *_CLOSING,
    ),
    "coalition": (
        quotations,
        crosswalk,
        member_map,
        members,
        bodies,
        commitments,
        timeline,
        programme_by_date,
        joined,
        by_naming("parts", "part_of", "coalition"),
        tagged("coalition", ("challenge", "practice", "case-study", "technical-assistance", "programme", "bundle")),
        papers,
        contact,
        elsewhere,
        *_CLOSING,
    ),
    "organisation": (quotations, roles, *_CLOSING),
    "government": (progress, statements, of_government, papers, *_CLOSING),
    "topic": (
        by_naming("narrower", "parent", "topic"),
        tagged("topic", ("challenge", "practice", "case-study", "technical-assistance", "action", "programme", "bundle")),
        topic_words,
        papers,
        *_CLOSING,
    ),
    "programme": (quotations, items, by_reference("commitments", "actions"), *_CLOSING),
    "bundle": (objectives, papers, agenda, selection, *_CLOSING),
}


def blocks(record: Record, site: Site) -> tuple[Block, ...]:
    """The filled blocks of an entry's page, in reading order; nothing is shown twice under one heading."""
    found = (block for make in BLOCKS[record.kind] for block in make(record, site))
    return tuple(block for block in found if block.filled)
