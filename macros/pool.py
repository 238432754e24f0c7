"""The whole content folder, read: every entry that can be read, and every problem of those that cannot.

Reading never stops at the first mistake: a contributor sees all of them at once.
"""

import re
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from pydantic import ValidationError

from .body import Body, parse
from .entries import FOLDERS, KINDS, Entry
from .entries.fields import ID_MAX, ID_PATTERN
from .problems import Problem, did_you_mean, listed
from .source import Source, Unreadable, files, read_source
from .validation import explain
from .vocabulary import Vocabulary, read_vocabularies

OTHER_FOLDERS = frozenset({"vocabulary", "data"})


@dataclass(frozen=True)
class Record:
    """An entry with its id and the file it came from."""

    id: str
    entry: Entry
    source: Source

    @property
    def kind(self) -> str:
        """The kind, as in `KINDS`."""
        return self.entry.kind

    @cached_property
    def body(self) -> Body:
        """The body taken apart into sections."""
        return parse(self.source.body, self.source.body_line)


@dataclass(frozen=True)
class Pool:
    """What was read.

    `records` are the entries whose fields hold, in order of path; `ids` are the kinds of all entry
    files by id, the broken ones too, so that one broken file does not make every link to it dangle.
    """

    records: tuple[Record, ...]
    vocabularies: dict[str, Vocabulary]
    ids: dict[str, str]
    problems: tuple[Problem, ...]


def read_pool(content: Path, project: Path) -> Pool:
    """Read every file under `content`; never raises for what a contributor wrote."""
    name = _name(content, project)
    if content.is_symlink() or not content.is_dir():
        problem = Problem(
            name, 1, 1, "pool-empty", "there must be a folder of entries; found none", "Make the folder, and an entry in it."
        )
        return Pool((), {}, {}, (problem,))
    vocabularies, problems = read_vocabularies(content / "vocabulary", project)
    records: list[Record] = []
    ids: dict[str, str] = {}
    for folder in sorted(content.iterdir()):
        model = FOLDERS.get(folder.name)
        if folder.name.startswith(".") or (folder.name in OTHER_FOLDERS and not folder.is_symlink()):
            continue
        if problem := _folder_problem(folder, project, model):
            problems.append(problem)
            continue
        assert model is not None
        for path in files(folder, project):
            if isinstance(path, Problem):
                problems.append(path)
                continue
            if problem := _file_problem(path, project):
                problems.append(problem)
                continue
            ids.setdefault(path.stem, model.kind)
            try:
                records.append(_record(path, project, model))
            except Unreadable as error:
                problems.extend(error.problems)
    if not ids and not problems:
        problems.append(
            Problem(
                name, 1, 1, "pool-empty", "there must be at least one entry; found none",
                "Write one; the field reference shows the form of each kind.",
            )
        )  # fmt: skip
    return Pool(tuple(records), vocabularies, ids, tuple(problems))


def _record(path: Path, project: Path, model: type[Entry]) -> Record:
    source = read_source(path, project)
    try:
        entry = model.model_validate(source.meta)
    except ValidationError as error:
        raise Unreadable(*explain(error, source, model)) from None
    return Record(path.stem, entry, source)


def _name(path: Path, project: Path) -> str:
    return path.relative_to(project).as_posix() if path.is_relative_to(project) else path.as_posix()


def _folder_problem(folder: Path, project: Path, model: type[Entry] | None) -> Problem | None:
    name = _name(folder, project)
    if folder.is_symlink():
        return Problem(name, 1, 1, "symlink", "a folder must be a plain folder; found a link", "Replace the link by the folder itself.")
    if model is None:
        known = [kind.folder for kind in KINDS.values()]
        what = "folder" if folder.is_dir() else "file"
        return Problem(
            name, 1, 1, "folder-unknown" if folder.is_dir() else "file-unknown",
            f"the folders here are {listed(known, 20)}; found the {what} '{folder.name}'",
            did_you_mean(folder.name, known, "Move it into the folder of its kind."),
        )  # fmt: skip
    if not folder.is_dir():
        return Problem(name, 1, 1, "not-a-file", "there must be a folder here; found a file", "Make it a folder, with the entry inside.")
    return None


def _file_problem(path: Path, project: Path) -> Problem | None:
    name = _name(path, project)
    if path.suffix != ".md":
        return Problem(
            name, 1, 1, "file-unknown", f"an entry must be a .md file; found '{path.name}'", "Rename it, or move it out of the entries."
        )  # fmt: skip
    if not re.fullmatch(ID_PATTERN, path.stem) or len(path.stem) > ID_MAX:
        better = re.sub(r"[^a-z0-9]+", "-", path.stem.lower()).strip("-")[:ID_MAX].strip("-")
        return Problem(
            name, 1, 1, "id-form",
            f"the file name must be an id of at most {ID_MAX} lower-case letters, digits and single hyphens; found '{path.stem}'",
            f"Rename it to {better}.md." if better else "Give it a short English name.",
        )  # fmt: skip
    return None
