"""The ledger: the address of every entry that was ever published, one a line, as `practices/some-id`.

An address that someone printed, cited or linked to must lead somewhere for good. The entries of today cannot tell what was
there before, and not every copy of the project has its history, so the addresses stand in a file of their own beside the
entries. `commons ledger` adds to it and never takes away; lines may stand in any order and twice, so that two branches
merge without a hand (see .gitattributes). A project without the file keeps none.
"""

import re
from collections.abc import Iterable
from pathlib import Path, PurePosixPath

from .entries import FOLDERS
from .entries.fields import ID_MAX, ID_PATTERN
from .git import Repository
from .problems import Problem, shown
from .source import MAX_BYTES, Unreadable, name_of, read_text

NAME = "ledger.txt"
# Fifty thousand addresses.
MAX_LEDGER = 8 * MAX_BYTES
HEAD = """\
# Every address of an entry that was ever published here. `commons ledger` adds to it; nothing is ever taken away.
# `commons check` names each one that leads nowhere any more.
"""
_DRAFT = re.compile(r"^status:[ \t]*[\"']?draft\b", re.MULTILINE)


def read_ledger(content: Path, project: Path) -> tuple[dict[str, int] | None, list[Problem]]:
    """The addresses of the ledger with their lines, None if there is no ledger; and what is wrong with it."""
    path = content / NAME
    name = name_of(path, project)
    if not path.exists() and not path.is_symlink():
        return None, []
    try:
        lines = read_text(path, name, MAX_LEDGER).split("\n")
    except Unreadable as error:
        return None, list(error.problems)
    found: dict[str, int] = {}
    problems = []
    for number, line in enumerate(lines, 1):
        address = line.strip()
        if address and not address.startswith("#"):
            if not is_address(address):
                said = f"a line must be the folder of a kind, a slash and an id; found '{shown(address)}'"
                problems.append(Problem(name, number, 1, "ledger-line", said, "Remove the line, then run `commons ledger`."))
            else:
                found.setdefault(address, number)
    return found, problems


def is_address(address: str) -> bool:
    """Whether a text is the address of an entry, without the slash at its end: `practices/some-id`."""
    folder, _, id = address.partition("/")
    return folder in FOLDERS and len(id) <= ID_MAX and re.fullmatch(ID_PATTERN, id) is not None


def written(addresses: Iterable[str]) -> str:
    """The file for these addresses."""
    return HEAD + "".join(f"{address}\n" for address in sorted(set(addresses)))


def published_before(repository: Repository, folder: str, known: Iterable[str]) -> tuple[str, ...]:
    """The addresses that git knows besides those that are known, of files that were more than a draft in some version."""
    left: dict[str, list[str]] = {}
    there = set(known)
    for version in repository.versions(folder) if repository.head() else ():
        path = PurePosixPath(version.path)
        address = "/".join(path.with_suffix("").parts[-2:])
        if version.blob and path.suffix == ".md" and is_address(address) and address not in there:
            left.setdefault(address, []).append(version.blob)
    blobs = [(address, blob) for address, found in left.items() for blob in found]
    texts = repository.texts((blob for _, blob in blobs), MAX_BYTES) if blobs else iter(())
    return tuple(sorted({address for (address, _), text in zip(blobs, texts, strict=True) if text and not _DRAFT.search(text)}))
