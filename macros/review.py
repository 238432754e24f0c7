"""What a second reader of an entry should look at: how it reads, what it rests on, words that promise, text that is copied.

None of it stops a build, because none of it can be judged without reading. `commons review` prints it.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from .catalogue import Catalogue
from .facets import counts
from .pool import Record
from .reading import Reading, prose, read

# Kinds whose entries are experience, and so need figures that someone can check.
EXPERIENCE = ("practice", "case-study")
PRIMARY = frozenset({"law", "official", "treaty-body", "report", "journal", "dataset"})
RUN = 8
FEWEST = {"practice": 2, "case-study": 3}

_PROMISES = re.compile(
    r"\b(?:game[- ]chang\w+|world[- ]class|cutting[- ]edge|ground-?breaking|revolutionary|best[- ]in[- ]class|state[- ]of[- ]the[- ]art|"
    r"unprecedented|remarkabl[ey]|impressive\w*|seamless\w*|robust|holistic|leverag\w+|unlock\w*|showcas\w+|pioneering|visionary)\b",
    re.IGNORECASE,
)
_CAUSES = re.compile(
    r"\b(?:thanks to|as a result of|led to|resulted in|caused|drove|triggered|because of the (?:policy|law|rule|scheme))\b", re.IGNORECASE
)
_MONEY = re.compile(r"\b(?:USD|EUR|GBP|INR|CNY|JPY|[A-Z]{3}) ?\d[\d.,]*(?: (?:million|billion|trillion|crore|lakh))?")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*\s?%|\b\d{2,}(?:[.,]\d+)*\b")
_QUOTED = re.compile(r"[\"“][^\"“”]*[\"”]")
_WORDS = re.compile(r"[a-z0-9]+(?:[.,'][a-z0-9]+)*")


@dataclass(frozen=True)
class Remark:
    """Something to look at, with its place in the file."""

    path: str
    line: int
    about: str
    text: str


@dataclass(frozen=True)
class Review:
    """An entry measured; `primary` of `sources` are original or official."""

    record: Record
    reading: Reading
    figures: int
    sources: int
    primary: int
    remarks: tuple[Remark, ...]


def review(record: Record, against: "Copies | None" = None) -> Review:
    """Measure an entry, and remark on what a second reader should look at."""
    sources = record.entry.sources.values()
    return Review(
        record,
        read("\n\n".join(section.text for section in record.body.sections)),
        len(record.entry.key_figures),
        len(sources),
        sum(source.type in PRIMARY for source in sources),
        tuple(_remarks(record, against)),
    )


def _remarks(record: Record, against: "Copies | None") -> Iterator[Remark]:
    path, entry = record.source.path, record.entry
    if record.kind == "case-study" and len({source.publisher for source in entry.sources.values()}) < 2:
        yield Remark(path, 1, "sources", "rests on one publisher; look for a second, independent one")
    if record.kind in EXPERIENCE and entry.sources and all(source.type == "news" for source in entry.sources.values()):
        yield Remark(path, 1, "sources", "rests on news alone; look for the original")
    for number, line in enumerate(record.source.body.split("\n"), record.source.body_line):
        yield from (Remark(path, number, about, text) for about, text in _of_line(record, line))
        yield from (Remark(path, number, "copied", text) for text in (against.found(line) if against else ()))


def _of_line(record: Record, line: str) -> Iterator[tuple[str, str]]:
    """What there is to say about one line of text, which is one sentence."""
    text = prose(line).strip()
    if match := _PROMISES.search(text):
        yield "promise", f"“{match.group()}”: say what was done or measured instead"
    if record.kind not in EXPERIENCE or not text or line.lstrip().startswith("#"):
        return
    evidence = getattr(record.entry, "evidence", "")
    if evidence != "independent-evaluation" and (match := _CAUSES.search(text)):
        yield "cause", f"“{match.group()}”: does a source separate this from other causes?"
    if (match := _MONEY.search(text)) and not _YEAR.search(text):
        yield "money", f"“{match.group()}” has no year in its sentence"
    bare = _YEAR.sub("", text)
    if _NUMBER.search(bare) and "[@" not in line and "](" not in line:
        yield "uncited", f"a number without a citation: {text[:90]}"


class Copies:
    """Runs of eight or more words that stand in other texts: sources as read, notes, drafts.

    What stands in quotation marks is marked as another's; `names` may stand anywhere.
    """

    def __init__(self, texts: Iterable[str], names: Iterable[str] = ()) -> None:
        self._runs: set[tuple[str, ...]] = set()
        self._names = [name.lower() for name in names if len(name.split()) > 3]
        for text in texts:
            words = _WORDS.findall(text.lower())
            self._runs.update(tuple(words[start : start + RUN]) for start in range(len(words) - RUN + 1))

    def found(self, line: str) -> Iterator[str]:
        """The runs of a line that stand elsewhere too, each as long as it goes."""
        text = _QUOTED.sub(" / ", prose(line)).lower()
        for name in self._names:
            text = text.replace(name, " / ")
        for piece in text.split(" / "):
            yield from self._found(_WORDS.findall(piece))

    def _found(self, words: list[str]) -> Iterator[str]:
        start = 0
        while start <= len(words) - RUN:
            if tuple(words[start : start + RUN]) not in self._runs:
                start += 1
                continue
            end = start + RUN
            while end < len(words) and tuple(words[end - RUN + 1 : end + 1]) in self._runs:
                end += 1
            yield f"stands elsewhere word for word: {' '.join(words[start:end])}"
            start = end


def read_copies(folders: Iterable[Path], names: Iterable[str] = ()) -> Copies:
    """The texts of all files below some folders; what is not text is passed over."""
    files = (path for folder in folders for path in ([folder] if folder.is_file() else sorted(folder.rglob("*"))) if path.is_file())
    return Copies((path.read_bytes().decode("utf-8", "ignore") for path in files), names)


def names_in(catalogue: Catalogue) -> set[str]:
    """Names that anyone must write alike: of entries, and of sources."""
    titles = {record.entry.title for record in catalogue.records}
    return titles | {source.title for record in catalogue.records for source in record.entry.sources.values()}


def balance(catalogue: Catalogue) -> list[tuple[str, dict[str, int]]]:
    """For each topic how many entries of each kind it has, in listing order."""
    found = {kind: counts(catalogue.by_kind[kind], "topic", catalogue) for kind in (*EXPERIENCE, "challenge", "technical-assistance")}
    return [(topic.id, {kind: number.get(topic.id, 0) for kind, number in found.items()}) for topic in catalogue.by_kind["topic"]]


def islands(catalogue: Catalogue) -> list[Record]:
    """Practices without a case, cases without a practice, challenges and help that nothing answers, in listing order."""
    relations = catalogue.relations

    def alone(record: Record) -> bool:
        if record.kind == "practice":
            return not catalogue.naming(record.id, "applies.practice")
        if record.kind == "case-study":
            return not relations.of(record.id, "applies.practice")
        if record.kind == "challenge":
            return not catalogue.naming(record.id, "challenges")
        return not relations.of(record.id, "challenges")

    return [record for kind in (*EXPERIENCE, "challenge", "technical-assistance") for record in catalogue.by_kind[kind] if alone(record)]
