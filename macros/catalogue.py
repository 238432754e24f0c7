"""All entries by id, and what follows from them together.

The narrow waist of the generator: everything behind it reads only this.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from . import facets
from .data.series import Series
from .data.statements import Rows, by_government
from .entries import KINDS
from .entries.action import Action
from .entries.case_study import CaseStudy
from .entries.coalition import Coalition, OwnTerm
from .nearest import those
from .order import Key, reading_order
from .pool import Pool, Record
from .relations import Relations
from .rules import review_due
from .vocabulary import Vocabulary

# Kinds that say who acts and how subjects are named; the others are what a reader can use.
FRAME = frozenset({"coalition", "organisation", "government", "topic"})


@dataclass(frozen=True)
class TermInUse:
    """A coalition's own term with the entries that stand under it."""

    coalition: Record
    term: OwnTerm

    @property
    def id(self) -> str:
        """`coalition/term`, as in the `term` facet."""
        return f"{self.coalition.id}/{self.term.id}"


class Catalogue:
    """Every entry of a pool without errors; `today` decides which reviews are due."""

    def __init__(self, pool: Pool, today: date) -> None:
        self.vocabularies: dict[str, Vocabulary] = pool.vocabularies
        self.data = pool.data
        self.today = today
        place = {kind: number for number, kind in enumerate(KINDS)}
        self.records: tuple[Record, ...] = tuple(sorted(pool.records, key=lambda r: (place[r.kind], r.id)))
        self.by_id: dict[str, Record] = {record.id: record for record in self.records}
        self.aliases: dict[str, str] = {old: record.id for record in self.records for old in record.entry.aliases}
        self.ledger: tuple[str, ...] = tuple(sorted(pool.ledger or ()))
        self.relations = Relations(self.records)
        self._facets: dict[str, dict[str, tuple[str, ...]]] = {name: {} for name in facets.FACETS}
        self._index: dict[str, dict[str, frozenset[str]]] = {}
        self._naming: dict[tuple[str, str, str | None], tuple[Record, ...]] = {}
        self._having: dict[tuple[str, str], int] = {}

    def get(self, id: str) -> Record | None:
        """The entry of an id or of an old id."""
        return self.by_id.get(id) or self.by_id.get(self.aliases.get(id, ""))

    def old_addresses(self) -> dict[str, Record]:
        """The addresses that an entry had before, as `practices/old-id`: of its old ids, and what the ledger has of other folders."""
        old = {f"{record.entry.folder}/{alias}": record for record in self.records for alias in record.entry.aliases}
        published = {address: record for address in self.ledger if (record := self.get(address.partition("/")[2]))}
        return {address: r for address, r in sorted({**published, **old}.items()) if address != f"{r.entry.folder}/{r.id}"}

    @cached_property
    def by_kind(self) -> dict[str, tuple[Record, ...]]:
        """The published entries of each kind, in the order in which they are listed."""
        found: dict[str, list[Record]] = {kind: [] for kind in KINDS}
        for record in self.records:
            if record.entry.status == "published":
                found[record.kind].append(record)
        return {kind: tuple(sorted(records, key=_listing_order)) for kind, records in found.items()}

    def listed(self, kind: str | None = None) -> Iterator[Record]:
        """Published entries, of one kind or all; drafts and retired entries have pages but stand in no list."""
        for name in (kind,) if kind else KINDS:
            yield from self.by_kind[name]

    def filtered(self, query: facets.Query) -> list[Record]:
        """Published entries that match: any value inside a facet, every facet."""
        wanted = {name: tuple(values) for name, values in query.items() if values}
        if not wanted:
            return list(self.listed())
        sets = (set().union(*(self.index(name).get(value, ()) for value in values)) for name, values in wanted.items())
        found = set[str].intersection(*sets)
        return self._in_order(found)

    def index(self, name: str) -> dict[str, frozenset[str]]:
        """The ids of the published entries that have each value of a facet, worked out once."""
        if name not in self._index:
            found: dict[str, set[str]] = {}
            for record in self.ordered:
                for value in self.facet(record, name):
                    found.setdefault(value, set()).add(record.id)
            self._index[name] = {value: frozenset(ids) for value, ids in found.items()}
        return self._index[name]

    def having(self, name: str, value: str) -> int:
        """The published entries that have a value of a facet, as one number with a binary digit for each `position`, worked out once."""
        key = (name, value)
        if key not in self._having:
            self._having[key] = those((self._place[id] for id in self.index(name).get(value, ())), len(self._place))
        return self._having[key]

    @cached_property
    def ordered(self) -> tuple[Record, ...]:
        """All published entries in listing order."""
        return tuple(self.listed())

    @cached_property
    def _place(self) -> dict[str, int]:
        return {record.id: place for place, record in enumerate(self.ordered)}

    def position(self, record: Record) -> int:
        """The place of a published entry in listing order."""
        return self._place[record.id]

    def _in_order(self, ids: Iterable[str]) -> list[Record]:
        return [self.by_id[id] for id in sorted(ids, key=self._place.__getitem__)]

    def facet(self, record: Record, name: str) -> tuple[str, ...]:
        """The values of a facet of an entry, worked out once."""
        known = self._facets[name]
        if record.id not in known:
            known[record.id] = facets.values(record, name, self)
        return known[record.id]

    def named(self, ids: Iterable[str], kind: str | None = None) -> list[Record]:
        """The published entries of some ids, each once, in that order."""
        found = (self.by_id.get(id) for id in dict.fromkeys(ids))
        return [r for r in found if r and r.entry.status == "published" and kind in (None, r.kind)]

    def naming(self, id: str, field: str, kind: str | None = None) -> list[Record]:
        """The published entries that name an id in a field, in listing order."""
        key = (id, field, kind)
        if key not in self._naming:
            found = self.named((relation.source for relation in self.relations.to(id, field)), kind)
            self._naming[key] = tuple(self._in_order(record.id for record in found))
        return list(self._naming[key])

    @cached_property
    def own_terms(self) -> tuple[TermInUse, ...]:
        """Every coalition's own terms, coalitions in listing order, terms in their own order."""
        return tuple(TermInUse(r, term) for r in self.by_kind["coalition"] for term in _crosswalk(r))

    @cached_property
    def terms_by_topic(self) -> dict[str, tuple[TermInUse, ...]]:
        """For each topic, the terms under which coalitions know it."""
        found: dict[str, list[TermInUse]] = {}
        for own in self.own_terms:
            for topic in own.term.topics:
                found.setdefault(topic, []).append(own)
        return {topic: tuple(terms) for topic, terms in found.items()}

    def terms_of(self, record: Record) -> tuple[str, ...]:
        """The crosswalk of an entry that someone can use: each coalition's own terms for its topics, and where one files it itself."""
        if record.kind in FRAME:
            return ()
        by_topic = (own.id for topic in record.entry.topics for own in self.terms_by_topic.get(topic, ()))
        own_action = (own.id for own in self.own_terms if own.term.action == record.id) if isinstance(record.entry, Action) else ()
        return tuple(dict.fromkeys((*record.entry.terms, *own_action, *by_topic)))

    def under(self, term: TermInUse) -> list[Record]:
        """The published entries that stand under a coalition's own term: what someone can use, not the taxonomy itself."""
        return self.filtered({"term": [term.id]})

    def own_term(self, id: str) -> TermInUse | None:
        """The term of `coalition/term`."""
        return self._own_terms_by_id.get(id)

    @cached_property
    def _own_terms_by_id(self) -> dict[str, TermInUse]:
        return {own.id: own for own in reversed(self.own_terms)}

    def governments_of(self, record: Record) -> tuple[str, ...]:
        """The governments an entry is about, with the country of a city or state.

        A practice has those of the cases that applied it; a coalition has its members.
        """
        entry = record.entry
        direct: tuple[str, ...] = getattr(entry, "governments", ())
        if record.kind == "practice":
            cases = (self.by_id[r.source].entry for r in self.relations.to(record.id, "applies.practice"))
            direct = tuple(g for case in cases if isinstance(case, CaseStudy) and case.status == "published" for g in case.governments)
        elif isinstance(entry, Coalition):
            direct = entry.members.governments
        elif record.kind == "government":
            direct = (record.id,)
        return tuple(dict.fromkeys(g for id in direct for g in (id, *self.parents(id))))

    def parents(self, government: str) -> tuple[str, ...]:
        """The governments above one, nearest first."""
        found: list[str] = []
        record = self.by_id.get(government)
        while record and (parent := getattr(record.entry, "parent", None)) and parent not in (*found, government):
            found.append(parent)
            record = self.by_id.get(parent)
        return tuple(found)

    @cached_property
    def by_code(self) -> dict[str, str]:
        """The ids of countries by ISO 3166-1 alpha-3 code; parts of a country carry its code too and are left out."""
        found = ((record.id, getattr(record.entry, "codes", None), getattr(record.entry, "parent", None)) for record in self.listed("government"))
        return {codes.iso3: id for id, codes, parent in found if codes and codes.iso3 and not codes.subdivision and not parent}

    @cached_property
    def series(self) -> Series:
        """The numbers that are followed, by government and year."""
        unions = {record.id: tuple(getattr(record.entry, "unions", ())) for record in self.listed("government")}
        return Series(self.data, self.by_code, unions)

    @cached_property
    def statements(self) -> dict[tuple[str, str], Rows]:
        """What governments decided or announced, by data file and government."""
        return by_government(self.data.datasets, self.data.progress.statements if self.data.progress else (), self.by_code)

    def review_is_due(self, record: Record) -> bool:
        """Whether the entry should have been checked again by now."""
        return review_due(record) <= self.today


def _crosswalk(record: Record) -> tuple[OwnTerm, ...]:
    return record.entry.crosswalk if isinstance(record.entry, Coalition) else ()


def _listing_order(record: Record) -> tuple[int, Key, str]:
    place = getattr(record.entry, "order", None) or getattr(record.entry, "featured", None) or 10_000
    return (place, reading_order(record.entry.title), record.id)
