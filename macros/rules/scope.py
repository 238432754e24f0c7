"""What rules may look at, and how they say where something is wrong."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from ..body import Found
from ..entries import Entry
from ..entries.coalition import Coalition
from ..likeness import Twins, twins_by_kind
from ..pool import Pool, Record, Vocabularies
from ..problems import Problem, did_you_mean
from ..strict_yaml import Path
from ..wording import CRITERIA, CRITERION, WORDING, say

# A pool in which more ids than this are wrong has a cause that no suggestion mends, and each one takes a look at all ids.
MOST_SUGGESTIONS = 500


@dataclass(frozen=True)
class Ground:
    """What rules about one entry alone may look at: the vocabularies, the names of those that could not be read, and the day."""

    vocabularies: Vocabularies
    unread: frozenset[str]
    today: date

    def criterion(self, id: str) -> str:
        """What an editor asks of an entry, as the pool says it; empty where the pool does not."""
        known = self.vocabularies.get(CRITERIA)
        term = known.terms.get(id) if known else None
        return CRITERION.format(label=term.label, meaning=term.meaning) if term else ""


@dataclass(frozen=True)
class Scope:
    """What rules about entries together may look at: the pool, the day, and what is found out about the pool as a whole, once."""

    pool: Pool
    today: date
    _suggestions: dict[tuple[object, str], str] = field(default_factory=dict, compare=False)

    @cached_property
    def coalition_terms(self) -> dict[str, str]:
        """The label of every `coalition/term`."""
        coalitions = [(record.id, record.entry) for record in self.pool.records if isinstance(record.entry, Coalition)]
        return {f"{id}/{term.id}": term.label for id, entry in coalitions for term in entry.crosswalk}

    @cached_property
    def entries(self) -> dict[str, Entry]:
        """Every entry that could be read, by id."""
        return {record.id: record.entry for record in self.pool.records}

    @cached_property
    def coalitions_read(self) -> frozenset[str]:
        """The coalitions whose own terms are known; the others have a file with mistakes."""
        return frozenset(record.id for record in self.pool.records if record.kind == "coalition")

    @cached_property
    def ground(self) -> Ground:
        """What an entry is judged by alone."""
        return Ground(self.pool.vocabularies, self.pool.unread, self.today)

    @cached_property
    def claims(self) -> dict[str, Counter[str]]:
        """Which files claim an id, as their name or as an old id, and how often each does."""
        found: dict[str, Counter[str]] = {}
        for record in (*self.pool.records, *self.pool.broken):
            for id in (record.id, *record.entry.aliases):
                found.setdefault(id, Counter())[record.source.path] += 1
        return found

    @cached_property
    def twins(self) -> dict[str, Twins]:
        """The near-duplicates of each kind that outsiders may add."""
        return twins_by_kind((*self.pool.records, *self.pool.broken))

    @cached_property
    def new_ids(self) -> dict[str, str]:
        """The id of today for each old one."""
        return {old: record.id for record in self.pool.records for old in record.entry.aliases}

    def id_meant(self, id: str, kinds: tuple[str, ...] = ()) -> str:
        """What someone may have meant by an id that no file has, as a sentence."""
        if id in self.new_ids:
            return say("reference-old", id=self.new_ids[id])[1]
        ids = self.pool.ids
        return self._meant(kinds, id, lambda: [i for i in ids if not kinds or ids[i] in kinds], WORDING["reference-unknown"][1])

    def term_meant(self, term: str) -> str:
        """What someone may have meant by a `coalition/term` that there is not."""
        return self._meant("terms", term, lambda: self.coalition_terms, "The terms stand in the `crosswalk` of the coalition.")

    def _meant(self, among: object, word: str, choices: Callable[[], Iterable[str]], otherwise: str) -> str:
        key = (among, word)
        if key not in self._suggestions and len(self._suggestions) < MOST_SUGGESTIONS:
            self._suggestions[key] = did_you_mean(word, choices(), otherwise)
        return self._suggestions.get(key, otherwise)


def at(record: Record, path: Path, code: str, message: str, hint: str = "", of_key: bool = False) -> Problem:
    """A problem at a field; at its name rather than its value if `of_key`."""
    place = record.source.place(path, of_key)
    return Problem(record.source.path, place.line, place.column, code, message, hint)


def at_found(record: Record, found: Found, code: str, message: str, hint: str = "") -> Problem:
    """A problem at something found in the text."""
    return Problem(record.source.path, found.line, found.column, code, message, hint)


def at_line(record: Record, line: int, code: str, message: str, hint: str = "") -> Problem:
    """A problem at the beginning of a line."""
    return Problem(record.source.path, line, 1, code, message, hint)


def a_kind(*kinds: str) -> str:
    """`an action`, `a practice or a challenge`, `technical assistance`, `an entry`: kinds with their articles."""
    words = [kind.replace("-", " ") if kind == "technical-assistance" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "an entry"
