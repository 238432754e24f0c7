"""Long lists in pages of at most `PAGE` entries, linked with each other; the first page has the address of the list."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from .shapes import Block, Link

PAGE = 100


@dataclass(frozen=True)
class Pager:
    """The way between the pages of a list; `pages` are their numbers, `here` is this one (from 1)."""

    here: int
    pages: tuple[Link, ...]
    before: Link | None = None
    after: Link | None = None


@dataclass(frozen=True)
class Part:
    """One page of a list: its address, the blocks that stand on it, and the way to the others (none for a single page)."""

    number: int
    url: str
    blocks: tuple[Block, ...]
    pager: Pager | None


def page_url(base: str, number: int) -> str:
    """The address of a page of the list at `base` (`topics/` or `explore/topic/money/`)."""
    return base if number == 1 else f"{base}page/{number}/"


def page_count(entries: int) -> int:
    """How many pages a list has; an empty list has one."""
    return max(1, -(-entries // PAGE))


def parts(base: str, blocks: Iterable[Block]) -> Iterator[Part]:
    """The pages of a list that is given as blocks of cards or of rows; a block may go on over several pages."""
    placed = _chunks(tuple(blocks))
    links = tuple(Link(str(number), page_url(base, number)) for number in range(1, len(placed) + 1))
    for index, found in enumerate(placed):
        before = links[index - 1] if index else None
        after = links[index + 1] if index + 1 < len(links) else None
        pager = Pager(index + 1, links, before, after) if len(links) > 1 else None
        yield Part(index + 1, page_url(base, index + 1), found, pager)


def _chunks(blocks: Sequence[Block]) -> list[tuple[Block, ...]]:
    pages: list[list[Block]] = [[]]
    room = PAGE
    for block in blocks:
        start, total = 0, len(block.cards) + len(block.rows)
        while start < total:
            if not room:
                pages.append([])
                room = PAGE
            end = start + room
            pages[-1].append(replace(block, cards=block.cards[start:end], rows=block.rows[start:end]))
            room -= min(end, total) - start
            start = end
    return [tuple(page) for page in pages]
