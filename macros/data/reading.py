"""The folder `content/data/`, read and checked: every table with its description, and what is wrong with them.

A data file is as much a stranger's text as an entry: it is bounded in size, must be plain UTF-8, and each cell must have
the form that its description says.
"""

import csv
import hashlib
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel, ValidationError

from ..problems import Problem, shown
from ..source import Source, Unreadable, files, name_of, read_fields, read_text
from ..validation import explain
from .cells import problems_of_table
from .description import Description, Progress
from .promises import problems_of_progress

PROGRESS = "progress"
Form = TypeVar("Form", bound=BaseModel)


@dataclass(frozen=True)
class Dataset:
    """A data file with its description; `rows` hold the cells of a table by column, `text` the whole file."""

    name: str
    path: Path
    description: Description
    rows: tuple[Mapping[str, str], ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Data:
    """All data files by name, what is made of them, what is wrong, and the names of all files that were looked at."""

    datasets: dict[str, Dataset] = field(default_factory=dict)
    progress: Progress | None = None
    problems: tuple[Problem, ...] = ()
    files: tuple[str, ...] = ()


def read_data(folder: Path, project: Path, ids: Mapping[str, str]) -> Data:
    """Read every file under `folder`; `ids` are the kinds of all entries by id. Never raises for what a contributor wrote."""
    problems: list[Problem] = []
    found: dict[str, Path] = {}
    for path in files(folder, project) if folder.is_dir() else ():
        if isinstance(path, Problem):
            problems.append(path)
        elif path.suffix not in (".csv", ".json", ".yml"):
            hint = "Say it in the description, or move it elsewhere."
            name = name_of(path, project)
            message = f"a data file must be a .csv or .json file with a .yml file beside it; found '{shown(path.name)}'"
            problems.append(Problem(name, 1, 1, "file-unknown", message, hint))
        else:
            found[path.name] = path
    datasets: dict[str, Dataset] = {}
    described: dict[str, Description | None] = {}
    for path in found.values():
        if path.suffix == ".yml" and path.stem != PROGRESS:
            beside = found.get(f"{path.stem}.csv") or found.get(f"{path.stem}.json")
            source, described[path.stem] = _fields(path, project, Description, problems)
            datasets.update(_table(path, beside, source, described[path.stem], project, ids, problems))
        elif path.suffix != ".yml" and f"{path.stem}.yml" not in found:
            hint = f"Write {path.stem}.yml beside it; docs/reference/data-files.md shows its form."
            message = "a data file must have a description with its source and licence beside it; found none"
            problems.append(Problem(name_of(path, project), 1, 1, "data-undescribed", message, hint))
    progress = None
    if followed := found.get(f"{PROGRESS}.yml"):
        source, progress = _fields(followed, project, Progress, problems)
        if progress and source:
            problems.extend(problems_of_progress(source, progress, described, ids))
    return Data(datasets, progress, tuple(problems), tuple(name_of(path, project) for path in found.values()))


def _fields(path: Path, project: Path, form: type[Form], problems: list[Problem]) -> tuple[Source | None, Form | None]:
    """The file as read and as typed; what is wrong is added to `problems`."""
    name = name_of(path, project)
    try:
        document = read_fields(read_text(path, name), name)
    except Unreadable as error:
        problems.extend(error.problems)
        return None, None
    source = Source(name, document.value, document, "", 1)
    try:
        return source, form.model_validate(document.value)
    except ValidationError as error:
        problems.extend(explain(error, source, form))
        return source, None


def _table(
    path: Path,
    beside: Path | None,
    source: Source | None,
    description: Description | None,
    project: Path,
    ids: Mapping[str, str],
    problems: list[Problem],
) -> Iterator[tuple[str, Dataset]]:
    """The data file of one description, if both can be read."""
    name = name_of(path, project)
    if beside is None:
        message = f"there must be a data file {path.stem}.csv or {path.stem}.json beside the description; found none"
        problems.append(Problem(name, 1, 1, "data-undescribed", message, "Put the file here, or remove the description."))
        return
    if not description or not source:
        return
    for label, government in (description.places.also if description.places else {}).items():
        if ids.get(government) != "government":
            place = source.place(("places", "also", label))
            message = f"`also` must name governments; there is no government '{shown(government)}'"
            problems.append(Problem(name, place.line, place.column, "reference-unknown", message, "The id is the file name without .md."))
    try:
        text = read_text(beside, name_of(beside, project))
    except Unreadable as error:
        problems.extend(error.problems)
        return
    digest = hashlib.sha256(beside.read_bytes()).hexdigest()
    if digest != description.sha256:
        place = source.place(("sha256",))
        message = f"`sha256` must be that of {beside.name}, {digest}; found another one"
        hint = "If the file was changed on purpose, look at dates, notes and columns here, then write the new number."
        problems.append(Problem(name, place.line, place.column, "data-changed", message, hint))
    rows: tuple[Mapping[str, str], ...] = ()
    if beside.suffix == ".csv":
        found = list(problems_of_table(text, name_of(beside, project), description))
        problems.extend(found)
        if found:
            return
        rows = tuple(csv.DictReader(text.split("\n")))
    elif problem := _json_problem(text, name_of(beside, project)):
        problems.append(problem)
        return
    yield path.stem, Dataset(path.stem, beside, description, rows, text if beside.suffix == ".json" else "")


def _json_problem(text: str, name: str) -> Problem | None:
    try:
        json.loads(text)
    except (ValueError, RecursionError) as error:
        line, column = getattr(error, "lineno", 1), getattr(error, "colno", 1)
        return Problem(name, line, column, "data-columns", "the file must be whole JSON; it cannot be read here", "Download it again.")
    return None
