"""What every view needs, and the small pieces that several of them share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from ..catalogue import Catalogue
from ..entries.bundle import Bundle
from ..entries.coalition import Coalition
from ..entries.organisation import Organisation
from ..facets import VOCABULARY_OF
from ..figures import Drawings
from ..history import History
from ..pool import Record
from ..settings import Settings
from ..strings import Strings
from ..text import Texts, link_of
from .shapes import Card, Fact, Link, Printed


@dataclass(frozen=True)
class Site:
    """The catalogue with the words and settings that turn it into pages; `printed` has the PDFs of each bundle."""

    catalogue: Catalogue
    strings: Strings
    settings: Settings
    texts: Texts
    printed: Mapping[str, tuple[Printed, ...]] = field(default_factory=dict)
    drawings: Drawings = field(default_factory=Drawings, compare=False)
    history: History = field(default_factory=History)
    facts: dict[str, tuple[Fact, ...]] = field(default_factory=dict, compare=False, repr=False)
    _cards: dict[str, Card] = field(default_factory=dict, compare=False, repr=False)
    _hand_written: dict[str, bool] = field(default_factory=dict, compare=False, repr=False)

    def link(self, record: Record, text: str = "") -> Link:
        """A link to an entry, by its short name where it has one."""
        return Link(text or self.short(record), link_of(record), record.entry.title if not text else "")

    def links(self, ids: Iterable[str]) -> tuple[Link, ...]:
        """Links to the published entries of some ids."""
        return tuple(self.link(record) for record in self.catalogue.named(ids))

    @staticmethod
    def short(record: Record) -> str:
        """The short name of a coalition or organisation, else the title."""
        entry = record.entry
        return (entry.short_name if isinstance(entry, Coalition | Organisation) else None) or entry.title

    def term(self, vocabulary: str, id: str) -> Link:
        """A term as its label, leading to its meaning."""
        found = self.catalogue.vocabularies[vocabulary].terms[id]
        return Link(found.label, f"vocabulary/#{vocabulary}-{id}", found.meaning)

    def value_label(self, facet: str, value: str) -> str:
        """What readers see for a value of a facet."""
        if facet in VOCABULARY_OF:
            return self.catalogue.vocabularies[VOCABULARY_OF[facet]].label_of(value)
        if facet == "kind":
            return self.strings(f"kinds.{value}.one")
        if facet == "term" and (own := self.catalogue.own_term(value)):
            return own.term.label
        if facet == "review":
            return self.strings(f"review.{value}")
        record = self.catalogue.get(value)
        return self.short(record) if record else value

    def has_page(self, name: str) -> bool:
        """Whether the project has a hand-written page (`contribute/index.md`), looked up once."""
        if name not in self._hand_written:
            self._hand_written[name] = (self.settings.docs / name).is_file()
        return self._hand_written[name]

    def card(self, record: Record, note: str = "") -> Card:
        """An entry as it stands in a list, made once and the same everywhere but for its note."""
        if record.id not in self._cards:
            self._cards[record.id] = self._card(record)
        return replace(self._cards[record.id], note=note) if note else self._cards[record.id]

    def _card(self, record: Record) -> Card:
        return Card(
            id=record.id,
            url=link_of(record),
            kind=record.kind,
            kind_label=self.strings(f"kinds.{record.kind}.one"),
            title=record.entry.title,
            summary=record.entry.summary,
            place=self.place(record),
            chips=tuple(self._chips(record))[:3],
            evidence=self._evidence(record),
            mark=self.strings(f"status.{record.entry.status}") if record.entry.status != "published" else "",
        )

    def cards(self, records: Iterable[Record]) -> tuple[Card, ...]:
        """Entries as they stand in a list."""
        return tuple(self.card(record) for record in records)

    def place(self, record: Record) -> str:
        """Where an entry plays, in few words: the government of a case, the coalition of an action."""
        entry = record.entry
        if record.kind == "case-study":
            governments = [government.entry.title for government in self.catalogue.named(getattr(entry, "governments", ()))]
            place = getattr(entry, "place", None)
            return ", ".join(dict.fromkeys([*([place] if place else []), *governments[: 1 if place else 2]]))
        if record.kind == "action":
            owner = self.catalogue.by_id.get(getattr(entry, "coalition", ""))
            return self.short(owner) if owner else ""
        if record.kind == "government":
            return self.value_label("region", getattr(entry, "region", ""))
        if record.kind == "technical-assistance":
            return ", ".join(self.short(provider) for provider in self.catalogue.named(getattr(entry, "providers", ()))[:2])
        if record.kind == "programme":
            return ", ".join(self.short(coalition) for coalition in self.catalogue.named(entry.coalitions)[:2])
        return ""

    def _chips(self, record: Record) -> Iterable[str]:
        entry = record.entry
        if code := getattr(entry, "code", None):
            yield code
        if isinstance(entry, Bundle):
            yield self.strings("bundle.minutes", n=entry.duration)
        for topic in self.catalogue.named(entry.topics)[:2]:
            yield topic.entry.title
        for facet in ("segment", "level"):
            for value in self.catalogue.facet(record, facet)[:2]:
                yield self.value_label(facet, value)

    def _evidence(self, record: Record) -> str:
        grade = getattr(record.entry, "evidence", None)
        return self.value_label("evidence", grade) if grade else ""
