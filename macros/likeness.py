"""Near-duplicates: an entry whose title or summary is much like that of another one of its kind.

Ten thousand entries must not be compared each with each, so only entries that share rare words are: a word that
many entries have tells nothing.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from unicodedata import category

from rapidfuzz import fuzz, process

from .pool import Record

# From which likeness on (0 to 100) two titles or two summaries are much alike; overrides/assets/js/entry-likeness.mjs finds
# the same twins in the browser.
TITLE_LIKENESS = 90
SUMMARY_LIKENESS = 85
# Texts are compared if they share one of this many of their rarest words, and with no more than so many others.
RAREST = 4
MOST_COMPARED = 20

_WORD = re.compile(r"[^\W_]+")


def plain(text: str) -> str:
    """The words of a text in their alphabetical order; texts with the same words are the same text."""
    return " ".join(sorted(_WORD.findall(text.lower())))


def _numbers(text: str) -> list[str]:
    return [word for word in text.split() if any(category(sign).startswith("N") for sign in word)]


@dataclass
class Likeness:
    """Texts of one kind by their rarest words, to find those much like one of them."""

    texts: list[str]
    least: int

    def __post_init__(self) -> None:
        words = [set(text.split()) for text in self.texts]
        often = Counter(word for found in words for word in found)
        self._rarest = [sorted(found, key=lambda word: (often[word], word))[:RAREST] for found in words]
        self._places: defaultdict[str, list[int]] = defaultdict(list)
        for number, found in enumerate(self._rarest):
            for word in found:
                if len(self._places[word]) <= MOST_COMPARED:
                    self._places[word].append(number)

    def twin(self, number: int) -> int | None:
        """The text most likely to be the same as one of them, or None; different numbers make it another (the forums of two years)."""
        text = self.texts[number]
        shared = Counter(other for word in self._rarest[number] for other in self._places[word] if other != number)
        others = [other for other, _ in shared.most_common(MOST_COMPARED)]
        near = process.extract_iter(text, [self.texts[other] for other in others], scorer=fuzz.ratio, score_cutoff=self.least)
        return next((others[place] for _, _, place in near if _numbers(text) == _numbers(self.texts[others[place]])), None)


@dataclass
class Twins:
    """The near-duplicates among entries of one kind."""

    records: Sequence[Record]

    def __post_init__(self) -> None:
        self.number = {record.id: number for number, record in enumerate(self.records)}
        self.titles = Likeness([plain(record.entry.title or "") for record in self.records], TITLE_LIKENESS)
        self.summaries = Likeness([plain(record.entry.summary or "") for record in self.records], SUMMARY_LIKENESS)

    def of(self, record: Record) -> Iterator[tuple[str, Record]]:
        """The field by which an entry is like another one, with that one; the title is asked first."""
        number = self.number[record.id]
        for name, likeness in (("title", self.titles), ("summary", self.summaries)):
            if (found := likeness.twin(number)) is not None:
                yield name, self.records[found]
                return


def twins_by_kind(records: Iterable[Record]) -> dict[str, Twins]:
    """The entries that outsiders may add, by kind and in the order of their files; retired ones are past."""
    kinds: dict[str, list[Record]] = {}
    for record in sorted(records, key=lambda record: record.source.path):
        if record.entry.offered and record.entry.status != "retired":
            kinds.setdefault(record.kind, []).append(record)
    return {kind: Twins(found) for kind, found in kinds.items()}
