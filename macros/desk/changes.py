"""What a change holds: its entries as files in a folder, and the names of those that it takes away.

`collect` runs beside the change itself, so what it writes is a stranger's; `read_changes` reads it for data.
"""

import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from ..entries import FOLDERS
from ..entries.fields import ID_MAX, ID_PATTERN
from ..source import MAX_BYTES

FOLDER, REMOVED = "content", "removed.txt"
# A change of more files than this is no contribution to comment on file by file.
MOST = 200
_NAMES = {**dict.fromkeys(FOLDERS, ".md"), "vocabulary": ".yml"}


class NoChanges(Exception):
    """What changed cannot be found out; the message says why."""


@dataclass(frozen=True)
class Changes:
    """The files that a change adds or alters (path below the project and bytes), and the paths that it removes."""

    files: dict[str, bytes]
    removed: tuple[str, ...]
    left_out: int = 0


def is_content(path: str) -> bool:
    """Whether a path is that of an entry or a vocabulary, and nothing else."""
    parts = PurePosixPath(path).parts
    if len(parts) != 3 or parts[0] != FOLDER or parts[1] not in _NAMES or "/".join(parts) != path:
        return False
    stem, suffix = parts[2].removesuffix(_NAMES[parts[1]]), _NAMES[parts[1]]
    return parts[2].endswith(suffix) and len(stem) <= ID_MAX and re.fullmatch(ID_PATTERN, stem) is not None


def collect(root: Path, since: str, target: Path) -> Changes:
    """Write what changed since a commit into a folder; raises NoChanges."""
    if not re.fullmatch(r"[0-9a-f]{40}|[A-Za-z0-9][A-Za-z0-9._/~^-]{0,100}", since):
        raise NoChanges(f"'{since}' is no commit")
    command = ["git", "-C", str(root), "diff", "--name-status", "--no-renames", "-z", f"{since}...HEAD", "--", FOLDER]
    done = subprocess.run(command, capture_output=True, check=False)
    if done.returncode:
        raise NoChanges(done.stderr.decode("utf-8", "replace").strip())
    words = done.stdout.decode("utf-8", "surrogateescape").split("\0")[:-1]
    changed = dict(zip(words[1::2], words[::2], strict=True))
    removed = tuple(sorted(path for path, state in changed.items() if state == "D" and is_content(path)))
    shutil.rmtree(target, ignore_errors=True)
    files = {}
    for path in sorted(path for path, state in changed.items() if state != "D" and is_content(path)):
        if (root / path).is_file() and not (root / path).is_symlink():
            files[path] = (root / path).read_bytes()[: MAX_BYTES + 1]
            (target / path).parent.mkdir(parents=True, exist_ok=True)
            (target / path).write_bytes(files[path])
    target.mkdir(parents=True, exist_ok=True)
    (target / REMOVED).write_text("".join(f"{path}\n" for path in removed), "utf-8")
    return Changes(files, removed)


def read_changes(folder: Path) -> Changes:
    """What `collect` wrote, or what someone made to look like it: only plain files with names of content, only so many and so large."""
    files: dict[str, bytes] = {}
    left_out = 0
    for name in sorted(_NAMES):
        place = folder / FOLDER / name
        if place.is_dir() and not place.is_symlink() and not place.parent.is_symlink():
            for path in sorted(place.iterdir()):
                known = f"{FOLDER}/{name}/{path.name}"
                if not is_content(known) or path.is_symlink() or not path.is_file() or len(files) >= MOST:
                    left_out += 1
                    continue
                with path.open("rb") as file:
                    files[known] = file.read(MAX_BYTES + 1)
    listed = folder / REMOVED
    names: list[str] = []
    if listed.is_file() and not listed.is_symlink():
        with listed.open("rb") as file:
            names = file.read(MAX_BYTES).decode("utf-8", "replace").split("\n")
    removed = tuple(sorted({name for name in names if is_content(name)} - set(files)))
    return Changes(files, removed[:MOST], left_out)


def changed_pages(changes: Changes, built: Path, target: Path) -> int:
    """Copy the built pages of changed entries, with the theme that they need, to look at; gives their number."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    pages = [PurePosixPath(path).with_suffix("").relative_to(FOLDER) for path in changes.files if path.endswith(".md")]
    found = [page for page in pages if (built / page / "index.html").is_file()]
    for page in found:
        (target / page).mkdir(parents=True)
        shutil.copyfile(built / page / "index.html", target / page / "index.html")
    if found:
        shutil.copytree(built / "assets", target / "assets")
    return len(found)
