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
from .problems import Problem

MAX_BYTES = 256 * 1024
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")


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


def files(folder: Path, project: Path) -> Iterator[Path | Problem]:
    """The entries of a folder in order of name; links and folders come as problems, hidden files not at all."""
    with os.scandir(folder) as found:
        entries = sorted(found, key=lambda entry: entry.name)
    for entry in entries:
        if entry.name.startswith("."):
            continue
        path = Path(entry.path)
        name = path.relative_to(project).as_posix()
        if entry.is_symlink():
            yield Problem(name, 1, 1, "symlink", "an entry must be a plain file; found a link", "Replace the link by the file itself.")
        elif entry.is_dir():
            yield Problem(
                name, 1, 1, "not-a-file", "an entry must be a file in the folder of its kind; found a folder",
                "Move the files inside it one level up, and remove the folder.",
            )  # fmt: skip
        else:
            yield path


def read_text(path: Path, name: str) -> str:
    """The text of a file with line ends as `\\n` and without a byte order mark; raises Unreadable."""

    def fail(code: str, message: str, hint: str, line: int = 1, column: int = 1) -> Unreadable:
        return Unreadable(Problem(name, line, column, code, message, hint))

    try:
        if path.is_symlink():
            raise fail("symlink", "an entry must be a plain file; found a link", "Replace the link by the file itself.")
        if not path.is_file():
            raise fail("not-a-file", "an entry must be a file; found something else", "Put a Markdown file here.")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise fail(
                "file-too-large", f"a file may have {MAX_BYTES // 1024} KiB; it has {size // 1024} KiB",
                "Shorten the text, or split it into two entries.",
            )  # fmt: skip
        raw = path.read_bytes()
    except OSError as error:
        raise fail("file-unreadable", f"the file must be readable; {error.strerror or error}", "Check its permissions.") from None
    if not raw.strip(b"\xef\xbb\xbf \t\r\n"):
        raise fail("file-empty", "a file must hold text; this one is empty", "Write the entry, or remove the file.")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = raw[: error.start]
        raise fail(
            "not-utf8", "the file must be plain text in UTF-8; found other bytes",
            "Save it again as UTF-8 text; a document of a word processor must be exported first.",
            before.count(b"\n") + 1, error.start - before.rfind(b"\n"),
        ) from None  # fmt: skip
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if found := _CONTROL.search(text):
        before_text = text[: found.start()]
        raise fail(
            "control-character", f"the text must have no control characters; found U+{ord(found.group()):04X}",
            "Delete the invisible character; it often comes from copying out of a PDF.",
            before_text.count("\n") + 1, found.start() - before_text.rfind("\n"),
        )  # fmt: skip
    return text


def read_source(path: Path, project: Path) -> Source:
    """Read one Markdown file with front matter; raises Unreadable with every problem of its form."""
    name = path.relative_to(project).as_posix()
    text = read_text(path, name)
    lines = text.split("\n")
    if lines[0].rstrip() != "---":
        raise Unreadable(
            Problem(
                name, 1, 1, "front-matter-missing", f"the first line must be three hyphens; found '{lines[0][:40]}'",
                "Begin the file with ---, then the fields, then --- again, then the text.",
            )
        )  # fmt: skip
    end = next((number for number, line in enumerate(lines[1:], 1) if line.rstrip() == "---"), None)
    if end is None:
        raise Unreadable(
            Problem(
                name, len(lines), 1, "front-matter-open", "the fields must be closed by a line of three hyphens; found none",
                "Add a line --- between the last field and the text.",
            )
        )  # fmt: skip
    document = read_fields("\n".join(lines[1:end]) + "\n", name, first_line=2)
    return Source(name, document.value, document, "\n".join(lines[end + 1 :]), end + 2)


def read_fields(text: str, name: str, first_line: int = 1) -> strict_yaml.Document:
    """Read a mapping of fields; raises Unreadable with every problem of its form."""
    document = strict_yaml.read(text, first_line)
    problems = [Problem(name, c.place.line, c.place.column, c.code, c.message, c.hint) for c in document.complaints]
    if not problems and not isinstance(document.value, dict):
        problems.append(
            Problem(
                name, first_line, 1, "yaml-not-fields", "there must be fields with values; found something else",
                "Write one field a line: `title: The title`.",
            )
        )  # fmt: skip
    if problems:
        raise Unreadable(*problems)
    return document
