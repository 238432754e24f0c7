"""What templates receive: small plain things, each with its words already chosen.

Addresses (`url`) are relative to the root of the site, unless `external` says that they are whole.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Link:
    """A text that may lead somewhere, and may be led to by `id`."""

    text: str
    url: str = ""
    title: str = ""
    external: bool = False
    id: str = ""


@dataclass(frozen=True)
class Card:
    """An entry in a list."""

    id: str
    url: str
    kind: str
    kind_label: str
    title: str
    summary: str
    place: str = ""
    chips: tuple[str, ...] = ()
    evidence: str = ""
    note: str = ""
    mark: str = ""


@dataclass(frozen=True)
class Printed:
    """A finished PDF of a bundle: which edition on which paper, its address, its pages, and its size in bytes."""

    edition: str
    paper: str
    url: str
    pages: int
    size: int


@dataclass(frozen=True)
class Fact:
    """One line of the facts at a glance."""

    name: str
    label: str
    items: tuple[Link, ...]


@dataclass(frozen=True)
class Figure:
    """A key figure; `source` is the number in the list of sources."""

    value: str
    claim: str
    year: int
    kind: str
    kind_label: str
    source: int
    note: str = ""


@dataclass(frozen=True)
class SourceLine:
    """One line of the list of sources."""

    number: int
    publisher: str
    title: str
    type: str
    year: str = ""
    url: str = ""
    note: str = ""
    archived: str = ""


@dataclass(frozen=True)
class Quote:
    """Official wording, with the number of its source."""

    text: str
    source: int
    part: str = ""


@dataclass(frozen=True)
class Notice:
    """One sentence and one action."""

    kind: str
    text: str
    link: Link | None = None


@dataclass(frozen=True)
class Row:
    """A row of a table: a list of links in each cell."""

    cells: tuple[tuple[Link, ...], ...]


@dataclass(frozen=True)
class Event:
    """A dated step on a timeline."""

    when: str
    text: str
    mark: str = ""
    mark_label: str = ""
    source: int = 0
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Swatch:
    """One line of a legend; `colour` is one of our custom properties."""

    colour: str
    text: str


@dataclass(frozen=True)
class Chart:
    """A figure with all that belongs to it; `svg` is our own drawing, `rows` its numbers under `header`, `csv` an address."""

    id: str
    title: str
    label: str
    svg: str
    alt: str
    notes: tuple[str, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[tuple[str, ...], ...] = ()
    csv: str = ""
    sources: tuple[Link, ...] = ()
    legend: tuple[Swatch, ...] = ()
    wide: bool = False


@dataclass(frozen=True)
class ValueCell:
    """The newest value of a place in a table: in words, its year if it is an old one, as a number, and what it adds to a group."""

    text: str
    year: str = ""
    value: str = ""
    above: str = ""
    below: str = ""


@dataclass(frozen=True)
class PlaceRow:
    """A place in the overview, with a small drawing of its first indicator."""

    id: str
    name: str
    url: str
    svg: str
    unions: str
    cells: tuple[ValueCell, ...]


@dataclass(frozen=True)
class Block:
    """A part of a page under a heading of its own; a block without content is never made.

    Exactly one of `cards`, `links`, `rows`, `events`, `quotes` and `charts` is filled; `header` names the columns of `rows`.
    With `lines` each item of a cell stands on a line of its own. `more` leads to the whole list where only its beginning
    stands here.
    """

    id: str
    heading: str
    intro: str = ""
    cards: tuple[Card, ...] = ()
    links: tuple[Link, ...] = ()
    header: tuple[str, ...] = ()
    rows: tuple[Row, ...] = ()
    events: tuple[Event, ...] = ()
    quotes: tuple[Quote, ...] = ()
    charts: tuple[Chart, ...] = ()
    lines: bool = False
    more: Link | None = None
    leads: bool = False

    @property
    def filled(self) -> bool:
        """Whether there is anything under the heading."""
        return bool(self.cards or self.links or self.rows or self.events or self.quotes or self.charts)
