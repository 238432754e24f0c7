"""The board of needs: what governments need, the help on offer, and what answers it; what is not matched comes first."""

from collections.abc import Iterator, Sequence

from ..landscape.needs import Board, Need, boards_of_coalition, boards_of_topics, needs, unused_offers, without_answer, without_help
from ..page import File, Page, csv_file
from ..pool import Record
from .landscape_page import Part, parts_page, table_part
from .shapes import Link, Row
from .site import Site
from .ways_out import correction, form_link

HOME = "needs/"
# So many entries stand in a cell, and so many lines in a table of what is not matched; the rest is one tap away.
MOST_IN_CELL, MOST_UNMATCHED = 8, 60


def needs_pages(site: Site) -> Iterator[Page]:
    """The board under the topics of the pool, and one under the own terms of each coalition that has some."""
    pages = _pages(site)
    yield _page("topics", boards_of_topics(site.catalogue), pages, site)
    for record in _coalitions(site):
        yield _page(record.id, boards_of_coalition(record.id, site.catalogue), pages, site)


def needs_names(site: Site) -> Iterator[str]:
    """The files of `needs_pages`, without making them."""
    return (f"{url}index.md" for url in _pages(site).values())


def needs_files(site: Site) -> Iterator[File]:
    """Every need with what answers it, and every offer with the needs that it names."""
    catalogue = site.catalogue
    rows = []
    for n in needs(catalogue):
        answers = (cell for found in (n.offers, n.practices, n.cases) for cell in _cells(found))
        rows.append((n.challenge.id, n.challenge.entry.title, " ".join(n.challenge.entry.topics), *answers))
    header = ("id", "title", "topics", "offers", "offer_ids", "practices", "practice_ids", "cases", "case_ids")
    yield csv_file(f"{HOME}needs.csv", header, rows)
    offers = [
        (record.id, record.entry.title, getattr(record.entry, "availability", ""), *_cells(catalogue.named(getattr(record.entry, "challenges", ()))))
        for record in catalogue.listed("technical-assistance")
    ]
    yield csv_file(f"{HOME}offers.csv", ("id", "title", "availability", "needs", "need_ids"), offers)


def _cells(found: Sequence[Record]) -> tuple[int, str]:
    return len(found), " ".join(record.id for record in found)


def _coalitions(site: Site) -> tuple[Record, ...]:
    return tuple(site.catalogue.named(own.coalition.id for own in site.catalogue.own_terms))


def _pages(site: Site) -> dict[str, str]:
    return {"topics": HOME, **{record.id: f"{HOME}{record.id}/" for record in _coalitions(site)}}


def _page(here: str, boards: tuple[Board, ...], pages: dict[str, str], site: Site) -> Page:
    among = {need.challenge.id: need.challenge for board in boards for need in board.needs}
    offers = {offer.id: offer for board in boards for offer in board.offers}
    whole = here == "topics"
    found = needs(site.catalogue, None if whole else site.catalogue.named(among))
    unused = unused_offers(site.catalogue, None if whole else site.catalogue.named(offers))
    parts = (
        _unmatched("without_help", without_help(found), "technical-assistance", site),
        _unmatched("without_answer", without_answer(found), "practice", site),
        _unused(unused, site),
        _board(here, boards, site),
    )
    labels = {"topics": site.strings("needs.by_topic")} | {record.id: site.short(record) for record in _coalitions(site)}
    title = site.strings("needs.title") if whole else site.strings("needs.title_of", of=labels[here])
    return parts_page(
        pages[here], title, site.strings("needs.intro"), parts, site, tuple(Link(labels[id], url, id=id) for id, url in pages.items()), here
    )


def _unmatched(name: str, found: tuple[Need, ...], kind: str, site: Site) -> Part:
    header = tuple(site.strings(f"needs.columns.{column}") for column in ("need", "offers", "answers", "way_out"))
    fill = site.strings(f"needs.{name}.fill")
    rows = [
        Row(
            (
                (site.link(n.challenge, n.challenge.entry.title),),
                (Link(str(len(n.offers))),),
                (Link(str(len(n.practices) + len(n.cases))),),
                (form_link(site, fill, kind=kind, challenge=n.challenge.id),),
            )
        )
        for n in found[:MOST_UNMATCHED]
    ]
    return table_part(f"needs.{name}", header, rows, site, f"{HOME}needs.csv")


def _unused(found: tuple[Record, ...], site: Site) -> Part:
    header = tuple(site.strings(f"needs.columns.{column}") for column in ("offer", "providers", "way_out"))
    fill = site.strings("needs.unused.fill")
    rows = [
        Row(
            (
                (site.link(offer, offer.entry.title),),
                site.links(getattr(offer.entry, "providers", ())),
                (correction(offer, fill, site, site.strings("needs.unused.ask")),),
            )
        )
        for offer in found[:MOST_UNMATCHED]
    ]
    return table_part("needs.unused", header, rows, site, f"{HOME}offers.csv")


def _board(here: str, boards: tuple[Board, ...], site: Site) -> Part:
    first = "topic" if here == "topics" else "term"
    header = (site.strings(f"needs.columns.{first}"), *(site.strings(f"needs.columns.{name}") for name in ("needs", "help", "practices", "events")))
    rows = []
    for board in boards:
        url = f"topics/{board.id}/" if first == "topic" else f"explore/term/{board.id}/" if any((board.needs, board.offers, board.practices)) else ""
        more = f"explore/{first}/{board.id}/"
        rows.append(
            Row(
                (
                    (Link(board.label, url),),
                    _cut([_need(n, site) for n in board.needs], f"{more}?kind=challenge", site),
                    _cut([site.link(r, r.entry.title) for r in board.offers], f"{more}?kind=technical-assistance", site),
                    _cut([site.link(r, r.entry.title) for r in (*board.practices, *board.cases)], f"{more}?kind=practice&kind=case-study", site),
                    _cut([site.link(r, r.entry.title) for r in board.events], f"{more}?kind=programme", site),
                )
            )
        )
    return table_part("needs.board", header, rows, site)


def _need(n: Need, site: Site) -> Link:
    """A need with the numbers of what answers it."""
    text = site.strings("needs.need", title=n.challenge.entry.title, offers=len(n.offers), answers=len(n.practices) + len(n.cases))
    return site.link(n.challenge, text)


def _cut(links: list[Link], more: str, site: Site) -> tuple[Link, ...]:
    """The beginning of a long list, with the way to all of it."""
    if len(links) <= MOST_IN_CELL:
        return tuple(links)
    return (*links[: MOST_IN_CELL - 1], Link(site.strings("needs.all", n=len(links)), more))
