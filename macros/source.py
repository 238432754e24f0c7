"""One file of the content folder, read strictly: `Source(path, meta, places, body)`.

Judges only what can be judged without knowing the kind: where the file lies, its bytes, its front
matter. A file is data from a stranger, so it is bounded in size, must be text, and may not be a link.
"""

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from . import strict_yaml
from .problems import Problem, printable, shown

MAX_BYTES = 256 * 1024
# The line below the last field.
_END = re.compile(r"\n---[^\S\n]*$", re.MULTILINE)
_LINK = ("symlink", "there must be a plain file here; found a link to another place", "Replace the link with the file itself.")


@dataclass(frozen=True)
class Source:
    """A file as read: fields with their places, and the body with the line it begins on.

    `path` is POSIX and relative to the project, `meta` holds only text, lists and mappings.
    """

    path: str
    meta: dict[str, Any]
    document: strict_yaml.Document
    body: str
    body_line: int

    def place(self, field: strict_yaml.Path, of_key: bool = False) -> strict_yaml.Place:
        """Where a field stands; if it is not there, where the nearest field around it stands."""
        while True:
            found = self.document.keys.get(field) if of_key else None
            found = found or self.document.values.get(field)
            if found:
                return found
            if not field:
                return strict_yaml.Place(1, 1)
            field, of_key = field[:-1], True


class Unreadable(Exception):
    """The file could not be read as a source; carries what is wrong with it."""

    def __init__(self, *problems: Problem) -> None:
        self.problems = problems
        super().__init__("; ".join(problem.message for problem in problems))


def name_of(path: Path, project: Path) -> str:
    """How a problem names a file: POSIX, relative to the project, with odd characters written out so that it stays one line."""
    try:
        return printable(path.relative_to(project).as_posix())
    except ValueError:
        return printable(path.as_posix())


def files(folder: Path, project: Path) -> Iterator[Path | Problem]:
    """The entries of a folder in order of name; links and folders come as problems, hidden files not at all."""
    try:
        with os.scandir(folder) as found:
            entries = sorted(found, key=lambda entry: entry.name)
    except OSError as error:
        yield unreadable(name_of(folder, project), "folder", error)
        return
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        if entry.is_symlink():
            yield Problem(name_of(path, project), 1, 1, *_LINK)
        elif entry.is_dir():
            yield Problem(
                name_of(path, project), 1, 1, "not-a-file", "there must be a plain file here; found a folder",
                "Move the files inside it one level up, and remove the folder.",
            )  # fmt: skip
        else:
            yield path


def unreadable(name: str, what: str, error: OSError) -> Problem:
    """The problem of a file or folder that the system would not open."""
    return Problem(
        name, 1, 1, "file-unreadable", f"the {what} must be open for reading; the system says '{error.strerror or error}'",
        f"Check who may read the {what}.",
    )  # fmt: skip


def read_text(path: Path, name: str, most: int = MAX_BYTES) -> str:
    r"""The text of a file of at most so many bytes, with line ends as `\n` and without a byte order mark; raises Unreadable."""

    def fail(code: str, message: str, hint: str, before: str = "") -> Unreadable:
        return Unreadable(Problem(name, before.count("\n") + 1, len(before) - before.rfind("\n"), code, message, hint))

    try:
        if path.is_symlink():
            raise fail(*_LINK)
        if not path.is_file():
            raise fail("not-a-file", "there must be a plain file here; found something else", "Put the file of the entry here.")
        size = path.stat().st_size
        if size > most:
            raise fail(
                "file-too-large", f"a file must have at most {most // 1024} KiB; it has {-(-size // 1024)} KiB",
                "Shorten the text, or split it into two entries.",
            )  # fmt: skip
        raw = path.read_bytes()
    except OSError as error:
        raise Unreadable(unreadable(name, "file", error)) from None
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise fail("file-empty", "a file must hold text; this one is empty", "Write the entry, or remove the file.")
    try:
        text = _with_plain_line_ends(raw.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        # `error.object` lacks the byte order mark that `raw` may have.
        before = _with_plain_line_ends(error.object[: error.start].decode("utf-8"))
        raise fail(
            "not-utf8", "the file must be plain text in UTF-8; found bytes that are not",
            "Save it again as plain text with the encoding UTF-8; a document of a word processor must be exported first.", before,
        ) from None  # fmt: skip
    if found := strict_yaml.control_in(text):
        raise fail(
            "control-character", f"the text must have no invisible characters; found U+{ord(found.group()):04X}",
            "Delete it; such characters often come along when text is copied out of a PDF.", text[: found.start()],
        )  # fmt: skip
    return text


def _with_plain_line_ends(text: str) -> str:
    return text.replace("\r\n", "\n").replace("\r", "\n")


def read_source(path: Path, project: Path) -> Source:
    """Read one Markdown file with front matter; raises Unreadable with every problem of its form."""
    name = name_of(path, project)
    text = read_text(path, name)
    first, _, _ = text.partition("\n")
    if first.rstrip() != "---":
        found = f"'{shown(first)}'" if first.strip() else "an empty line"
        raise Unreadable(
            Problem(
                name, 1, 1, "front-matter-missing", f"the first line must be three hyphens; found {found}",
                "Begin the file with a line ---, then the fields, then a line --- again, then the text.",
            )
        )  # fmt: skip
    end = _END.search(text, len(first))
    if end is None:
        raise Unreadable(
            Problem(
                name, text.rstrip().count("\n") + 1, 1, "front-matter-open",
                "a line of three hyphens must stand below the last field; found none", "Add a line --- between the last field and the text.",
            )
        )  # fmt: skip
    document = read_fields(f"{text[len(first) + 1 : end.start()]}\n", name, first_line=2)
    return Source(name, document.value, document, text[end.end() + 1 :], text.count("\n", 0, end.end()) + 2)


def read_fields(text: str, name: str, first_line: int = 1) -> strict_yaml.Document:
    """Read a mapping of fields; raises Unreadable with every problem of its form."""
    document = strict_yaml.read(text, first_line)
    problems = [Problem(name, c.place.line, c.place.column, c.code, c.message, c.hint) for c in document.complaints]
    if not problems and not isinstance(document.value, dict):
        place = document.values.get((), strict_yaml.Place(first_line, 1))
        found = "a list" if isinstance(document.value, list) else f"'{shown(document.value)}'" if document.value else "none"
        problems.append(
            Problem(
                name, place.line, place.column, "yaml-not-fields", f"there must be fields with their values; found {found}",
                "Write one field a line, with a space after the colon: `title: Some words`.",
            )
        )  # fmt: skip
    if problems:
        raise Unreadable(*problems)
    return document
