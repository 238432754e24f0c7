"""Parts of a full-text index, joined into one of the same form, so that a query over a large pool loads no more than over one part.

Words are read and written one piece at a time, so this takes little memory. The files have the form of Pagefind 1.5.2, which is not
documented; any other version is refused. Beside `pagefind-entry.json`, which names the list of pages of each language, they hold
CBOR, where fields stand by their place:

- the list of pages: [version, pages, pieces, filters, sorts, fields]; a page is [name, number of words], a piece [from, to, name];
- a piece: [words]; a word is [word, pages, spellings with other accents], each of these [spelling, pages]; a page is
  [how many pages after the one before, places, places in fields], where a negative number says which field follows.
"""

import json
import os
import shutil
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from hashlib import sha256
from heapq import merge
from itertools import groupby, pairwise, takewhile
from operator import itemgetter
from pathlib import Path
from typing import Any, NamedTuple

import libipld

from ..json_line import json_line
from ..kept import put
from .pieces import IndexFailed, read_piece, write_piece

VERSION = "1.5.2"
# A piece is closed when it has this many places, as those of Pagefind are.
_LARGE = 20_000
# Where joined pieces stand until those of the first part are gone.
_JOINED = "joined"
_ENTRY = "pagefind-entry.json"

_distance, _places, _in_fields = itemgetter(0), itemgetter(1), itemgetter(2)

# A page as a word has it: its number or how far it is from the one before, places, places in fields.
Page = list[Any]


class Word(NamedTuple):
    """A word with its pages, of which the first has its number among all pages and each other its distance from the one before."""

    word: str
    pages: list[Page]
    spellings: list[list[Any]]


class Listed(NamedTuple):
    """The list of pages of one language in one part."""

    version: str
    pages: list[list[Any]]
    pieces: list[list[str]]
    filters: list[Any]
    sorts: list[Any]
    fields: list[str]


def join(whole: Path, others: Sequence[Path]) -> None:
    """Join the other parts of an index to the first one, which is the whole index then. Raises IndexFailed."""
    parts = [whole, *others]
    entries = [json.loads((part / _ENTRY).read_bytes()) for part in parts]
    (whole / _JOINED).mkdir()
    languages = {}
    for language in sorted({language for entry in entries for language in entry["languages"]}):
        of_it = [(part, entry["languages"][language]) for part, entry in zip(parts, entries, strict=True) if language in entry["languages"]]
        name, pages = _join_language(language, {part: _listed(part, about["hash"]) for part, about in of_it}, whole)
        languages[language] = of_it[0][1] | {"hash": name, "page_count": pages}
        for path in of_it[0][0].glob(f"wasm.{language}.pagefind"):
            path.replace(whole / path.name)
    shutil.rmtree(whole / "index", ignore_errors=True)
    (whole / _JOINED).rename(whole / "index")
    put(whole / _ENTRY, json_line(entries[0] | {"languages": languages}).encode())


def _listed(part: Path, name: str) -> Listed:
    """The list of pages of a part, which is removed."""
    path = part / f"pagefind.{name}.pf_meta"
    found = libipld.decode_dag_cbor(read_piece(path))
    if found[0] != VERSION:
        raise IndexFailed(f"The parts of the index are of Pagefind {found[0]}; this version can join those of Pagefind {VERSION} only.")
    listed = Listed(*found)
    if listed.filters or listed.sorts:
        raise IndexFailed("A page has data-pagefind-filter or data-pagefind-sort; a pool of this size cannot have them.")
    path.unlink()
    return listed


def _join_language(language: str, parts: dict[Path, Listed], whole: Path) -> tuple[str, int]:
    """Write what the parts have of one language into the whole; gives the name of its list of pages, and how many they are."""
    fields = sorted({field for listed in parts.values() for field in listed.fields})
    pages: list[list[Any]] = []
    words = []
    for part, listed in parts.items():
        words.append(_words(part, listed, [fields.index(field) for field in listed.fields], len(pages)))
        pages += listed.pages
        if part != whole:
            _move_pages(language, listed.pages, pages, part, whole)
    pieces = list(_write_words(language, _joined(merge(*words, key=itemgetter(0))), whole / _JOINED))
    _shorten(pieces)
    content = libipld.encode_dag_cbor([*Listed(VERSION, pages, pieces, [], [], fields)])
    name = _name(language, content, 10)
    write_piece(whole / f"pagefind.{name}.pf_meta", content)
    return name, len(pages)


def _move_pages(language: str, moved: Iterable[list[Any]], pages: Iterable[list[Any]], part: Path, whole: Path) -> None:
    """Move the files of the pages of a part; one whose name a page of an earlier part has gets another name."""
    times = Counter(page[0] for page in pages)
    for page in moved:
        path = f"{part}/fragment/{page[0]}.pf_fragment"
        if times[page[0]] > 1:
            page[0] = _name(language, Path(path).read_bytes(), 7, times)
            times[page[0]] += 1
        os.replace(path, f"{whole}/fragment/{page[0]}.pf_fragment")  # noqa: PTH105 (a third of the time, for thousands of files)


def _write_words(language: str, words: Iterable[Word], folder: Path) -> Iterator[list[str]]:
    """Write words in pieces; gives the first word, the last one and the name of each."""
    names: set[str] = set()
    for piece in _divided(words):
        content = libipld.encode_dag_cbor([[[*word] for word in piece]])
        name = _name(language, content, 7, names)
        names.add(name)
        write_piece(folder / f"{name}.pf_index", content)
        yield [piece[0].word, piece[-1].word, name]


def _words(part: Path, listed: Listed, fields: Sequence[int], before: int) -> Iterator[Word]:
    """The words of a part in their order; `fields` are the places of its fields among all, `before` is the number of pages in earlier parts."""
    same = list(fields) == list(range(len(fields)))
    for *_, name in listed.pieces:
        [words] = libipld.decode_dag_cbor(read_piece(part / f"index/{name}.pf_index"))
        for word, pages, spellings in words:
            for places in (pages, *(places for _, places in spellings)):
                if places:
                    places[0][0] += before
                for page in () if same else places:
                    page[2] = [number if number >= 0 else -1 - fields[-1 - number] for number in page[2]]
            yield Word(word, pages, spellings)


def _joined(words: Iterable[Word]) -> Iterator[Word]:
    """Words in their order, each once."""
    for word, found in groupby(words, key=itemgetter(0)):
        first, *others = found
        spellings: dict[str, list[list[Page]]] = {}
        for _, _, there in (first, *others):
            for spelling, pages in there:
                spellings.setdefault(spelling, []).append(pages)
        yield Word(word, _chained([first.pages, *(other.pages for other in others)]), [[s, _chained(pages)] for s, pages in spellings.items()])


def _chained(lists: Sequence[list[Page]]) -> list[Page]:
    """Pages of several parts, one after another."""
    if len(lists) == 1:
        return lists[0]
    chained: list[Page] = []
    last = 0
    for pages in lists:
        if pages:
            pages[0][0] -= last
            last += sum(map(_distance, pages))
            chained += pages
    return chained


def _divided(words: Iterable[Word]) -> Iterator[list[Word]]:
    """Words in pieces of the size that a browser loads at once."""
    piece, size = [], 0
    for word in words:
        piece.append(word)
        size += _size(word.pages)
        if size >= _LARGE:
            yield piece
            piece, size = [], 0
    if piece:
        yield piece


def _size(pages: Sequence[Page]) -> int:
    """How many places a word has, as Pagefind counts: each page is one more, and other spellings are none."""
    return len(pages) + sum(map(len, map(_places, pages))) + sum(map(len, map(_in_fields, pages)))


def _shorten(pieces: Sequence[list[str]]) -> None:
    """Shorten the first and the last word that each piece is said to have to what tells it from its neighbours."""
    for before, after in pairwise(pieces):
        same = takewhile(lambda letters: letters[0] == letters[1], zip(before[1], after[0], strict=False))
        length = len(list(same)) + 1
        if before[1][:length] >= before[0]:
            before[1] = before[1][:length]
        after[0] = after[0][:length]


def _name(language: str, content: bytes, length: int, names: Container[str] = ()) -> str:
    """A name that a content has and none of the given ones is; as long as those of Pagefind."""
    digits = sha256(content).hexdigest()
    return next(name for n in range(len(digits)) if (name := f"{language}_{digits[n : n + length]}") not in names)
