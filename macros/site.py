"""The whole build, top to bottom: check, print, stage, engine, and what is made after it; and the swap.

The site is made beside the one that stands and takes its place only when it is whole.
"""

import ctypes
import errno
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from .ahead import ahead
from .clock import set_clock
from .exports import write_offline
from .failures import words_of_traceback
from .lock import alone, held
from .print.editions import editions_of
from .project import load
from .settings import read_settings
from .stage import Staged, stage
from .unchanged import is_unchanged, remember, sum_of_sources


class EngineFailed(Exception):
    """The engine stopped; the message is what it said."""


def build(root: Path, tell: Callable[[str], None] = lambda _: None, waits: Callable[[str], None] = lambda _: None) -> Staged | None:
    """Build `site/`; None if it stands already as it would be built.

    Raises ContentError for wrong content, PrintFailed, OSError, and EngineFailed if MkDocs stops.
    `tell` is given each PDF that is made; `waits` a sentence if another build is at work in the folder, which is waited for.
    """
    with alone(root / ".build", waits):
        return _build(root, tell)


def _build(root: Path, tell: Callable[[str], None]) -> Staged | None:
    set_clock(root)
    if not os.access(root, os.W_OK):  # the swap at the end could not be made
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(root))
    settings = read_settings(root)
    made, site = settings.build / "site", (root / "site").resolve()
    put_back(made, site)
    sources = sum_of_sources(settings)
    if is_unchanged(settings, site, sources):
        return None
    project = load(root, each=ahead)
    staged = stage(project, settings.staged, editions_of(project, tell).printed)
    clear(made)
    # Not --quiet: MkDocs counts only the warnings that it prints, and --strict goes by that count.
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(made)]
    environment = {**os.environ, "NO_MKDOCS_2_WARNING": "1", **held(settings.build)}
    done = subprocess.run(command, cwd=root, env=environment, check=False, capture_output=True, text=True)
    if done.returncode:
        said = [line for line in (done.stdout + done.stderr).split("\n") if line.strip() and not line.startswith(("INFO", "DEBUG"))]
        raise EngineFailed(words_of_traceback("\n".join(said)) or "\n".join(said))
    write_offline(made, project.site())
    swap(made, site)
    remember(settings, site, sources)
    return staged


def swap(made: Path, site: Path) -> None:
    """Put a finished site where the old one stands: in one step where the system can exchange two folders, else in two."""
    if site.exists() and _exchange(made, site):
        shutil.rmtree(made, ignore_errors=True)
        return
    old = before(made)
    clear(old)
    if site.exists():
        site.rename(old)
    try:
        made.rename(site)
    except OSError:
        put_back(made, site)
        raise
    shutil.rmtree(old, ignore_errors=True)


def clear(path: Path) -> None:
    """Remove what a stopped build left, whatever it is; raises OSError if it cannot be removed."""
    if path.is_symlink() or path.is_file():
        path.unlink()
    elif path.exists():
        shutil.rmtree(path)


def put_back(made: Path, site: Path) -> None:
    """Put the old site back if a build was stopped between the two steps of a swap."""
    if before(made).exists() and not site.exists():
        before(made).rename(site)


def before(made: Path) -> Path:
    """Where the old site is for the moment of a swap."""
    return made.parent / "site-before"


def _exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step (Linux: renameat2 with RENAME_EXCHANGE); False where that cannot be done."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (OSError, AttributeError, TypeError):
        return False
    here, exchange = -100, 2  # AT_FDCWD, RENAME_EXCHANGE
    return bool(rename(here, os.fsencode(one), here, os.fsencode(other), exchange) == 0)
