"""The whole content folder, read: every entry that can be read, and every problem of those that cannot.

Reading never stops at the first mistake: a contributor sees all of them at once.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path, PurePosixPath

from .ahead import Each
from .body import Body, parse
from .data import Data, read_data
from .entries import FOLDERS, KINDS, Entry
from .entries.fields import ID_MAX, ID_PATTERN, RESERVED, Reference
from .ledger import NAME as LEDGER
from .ledger import read_ledger
from .marks import Marked, Relation, marks
from .problems import Problem, did_you_mean, listed, shown
from .source import Source, Unreadable, files, name_of, read_source, unreadable
from .validation import as_id, judge
from .vocabulary import Vocabulary, read_vocabularies
from .wording import say

OTHER_FOLDERS = frozenset({"vocabulary", "data"})
Vocabularies = dict[str, Vocabulary]
# What is wrong with an entry by itself, told by the vocabularies and by the names of those that could not be read.
Judge = Callable[["Record", Vocabularies, frozenset[str]], Iterable[Problem]]


@dataclass(frozen=True)
class Record:
    """An entry with its id and the file it came from.

    `broken` are the names of fields that do not hold; the entry lacks them. Only the rules see such a record.
    """

    id: str
    entry: Entry
    source: Source
    broken: frozenset[str] = frozenset()

    @property
    def kind(self) -> str:
        """The kind, as in `KINDS`."""
        return self.entry.kind

    @cached_property
    def body(self) -> Body:
        """The body taken apart into sections."""
        return parse(self.source.body, self.source.body_line)

    @cached_property
    def marks(self) -> tuple[Marked, ...]:
        """Every marked string of the entry."""
        return tuple(marks(self.entry))

    @cached_property
    def relations(self) -> tuple[Relation, ...]:
        """What the entry names."""
        return tuple(Relation(self.id, marked.field, marked.value) for marked in self.marks if isinstance(marked.mark, Reference))


@dataclass(frozen=True)
class Pool:
    """What was read.

    `records` are the entries whose fields hold, in order of path; `ids` are the kinds of all entry
    files by id, the broken ones too, so that one broken file does not make every link to it dangle.
    `broken` are the entries of which only some fields hold. `data` are the tables behind figures. `ledger` has the line of
    every address that was ever published, or is None where no ledger is kept.
    """

    records: tuple[Record, ...]
    vocabularies: Vocabularies
    ids: dict[str, str]
    problems: tuple[Problem, ...]
    broken: tuple[Record, ...] = ()
    data: Data = field(default_factory=Data)
    ledger: dict[str, int] | None = None
    ledger_path: str = ""

    @cached_property
    def unread(self) -> frozenset[str]:
        """The vocabularies that have a file, which could not be read."""
        return unread_vocabularies(self.problems)

    def read_again(self, path: Path, project: Path) -> tuple["Pool", Record]:
        """The same pool with one entry as its file is now, of one that was there or a new one; raises Unreadable if it does not hold."""
        model = FOLDERS[path.parent.name]
        if problem := _file_problem(path, project):
            raise Unreadable(problem)
        record, complaints = read_record(path, model, project)
        if record.broken:
            raise Unreadable(*complaints)
        others = (other for other in self.records if other.source.path != record.source.path)
        records = tuple(sorted((*others, record), key=lambda one: one.source.path))
        return replace(self, records=records, ids={**self.ids, record.id: record.kind}), record


def read_record(path: Path, model: type[Entry], project: Path) -> tuple[Record, tuple[Problem, ...]]:
    """One entry as it stands in its file, and what is wrong with its fields; raises Unreadable if it cannot be read at all."""
    source = read_source(path, project)
    entry, wrong, complaints = judge(source, model)
    return Record(path.stem, entry, source, wrong), complaints


def unread_vocabularies(problems: Iterable[Problem]) -> frozenset[str]:
    """The vocabularies whose files have a problem."""
    paths = (PurePosixPath(problem.path) for problem in problems if "vocabulary/" in problem.path)  # of thousands, hardly any
    return frozenset(path.stem for path in paths if path.parent.name == "vocabulary")


def read_pool(content: Path, project: Path, judge: Judge = lambda *_: (), each: Each = map) -> Pool:
    """Read every file under `content`; never raises for what a contributor wrote.

    `each` reads the entries, one after another or several at once, and what `judge` says of them is among the problems: what an
    entry tells by itself is found where it is read, so that only what is left must wait for the others.
    """
    name = name_of(content, project)
    if content.is_symlink():
        return Pool((), {}, {}, (Problem(name, 1, 1, "symlink", *_NO_LINK),))
    if not content.is_dir():
        hint = "Make the folder, and an entry in it."
        return Pool((), {}, {}, (Problem(name, 1, 1, "pool-empty", "there must be a folder of entries; found none", hint),))
    try:
        folders = [folder for folder in sorted(content.iterdir()) if not folder.name.startswith(".") and folder.name != LEDGER]
        links = {folder for folder in folders if folder.is_symlink()}
    except OSError as error:
        return Pool((), {}, {}, (unreadable(name, "folder", error),))
    words = content / "vocabulary"
    vocabularies, problems = read_vocabularies(words, project) if words not in links else ({}, [])
    problems += [Problem(name_of(folder, project), 1, 1, "symlink", *_NO_LINK) for folder in sorted(links)]
    records: list[Record] = []
    broken: list[Record] = []
    ids: dict[str, str] = {}
    unread = unread_vocabularies(problems)
    found: list[tuple[Path, type[Entry]]] = []
    for one in _entry_files([folder for folder in folders if folder not in links], project):
        if isinstance(one, Problem):
            problems.append(one)
        else:
            found.append(one)

    def read(file: tuple[Path, type[Entry]]) -> tuple[Record | None, tuple[Problem, ...]]:
        try:
            record, complaints = read_record(*file, project)
        except Unreadable as error:
            return None, error.problems
        return record, (*complaints, *judge(record, vocabularies, unread))

    for (path, model), (record, complaints) in zip(found, each(read, found), strict=True):
        ids.setdefault(path.stem, model.kind)
        if record:
            (broken if record.broken else records).append(record)
        problems.extend(complaints)
    data = read_data(content / "data", project, ids) if content / "data" not in links else Data()
    problems += data.problems
    if not ids and not problems:
        problems.append(
            Problem(
                name, 1, 1, "pool-empty", "there must be at least one entry; found none",
                "Write one; the field reference shows the form of each kind.",
            )
        )  # fmt: skip
    ledger, of_ledger = read_ledger(content, project)
    return Pool(tuple(records), vocabularies, ids, (*problems, *of_ledger), tuple(broken), data, ledger, name_of(content / LEDGER, project))


_NO_LINK = ("there must be a plain folder here; found a link to another place", "Replace the link with the folder itself.")


def _entry_files(folders: list[Path], project: Path) -> Iterator[tuple[Path, type[Entry]] | Problem]:
    """Every file that can be an entry, with its model, and what is wrong with the other files and folders."""
    for folder in folders:
        model = FOLDERS.get(folder.name)
        if problem := _folder_problem(folder, project, model):
            yield problem
        elif model:
            for path in files(folder, project):
                if isinstance(path, Problem):
                    yield path
                else:
                    yield _file_problem(path, project) or (path, model)


def _folder_problem(folder: Path, project: Path, model: type[Entry] | None) -> Problem | None:
    name = name_of(folder, project)
    if model is None and folder.name not in OTHER_FOLDERS:
        known = [kind.folder for kind in KINDS.values()]
        what = "folder" if folder.is_dir() else "file"
        return Problem(
            name, 1, 1, f"{what}-unknown", f"the folders here must be {listed(known, 20)}; found the {what} '{shown(folder.name)}'",
            did_you_mean(folder.name, known, "Move it into the folder of its kind."),
        )  # fmt: skip
    if not folder.is_dir():
        return Problem(name, 1, 1, "not-a-file", "there must be a folder here; found a file", "Make it a folder, with the file inside.")
    return None


def _file_problem(path: Path, project: Path) -> Problem | None:
    if path.suffix != ".md":
        return Problem(
            name_of(path, project), 1, 1, "file-unknown", f"an entry must be a file whose name ends in .md; found '{shown(path.name)}'",
            "Rename it, or move it out of the entries.",
        )  # fmt: skip
    if not re.fullmatch(ID_PATTERN, path.stem) or len(path.stem) > ID_MAX:
        better = as_id(path.stem)
        said, hint = say("id-form", most=ID_MAX, found=shown(path.stem), better=better)
        return Problem(
            name_of(path, project), 1, 1, "id-form", said, hint if better else "Give it a short English name.",
        )  # fmt: skip
    if path.stem in RESERVED:
        return Problem(name_of(path, project), 1, 1, "id-form", *say("id-form.reserved", found=path.stem))
    return None
