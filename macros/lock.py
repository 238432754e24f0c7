"""One build at a time in a folder: a second one says so, and waits until the first is done.

The system frees the lock of a program that ends, however it ends, so none is ever left behind; and the programs that a build
starts end with it, so none goes on writing where the next build begins. Where the system has no such locks (Windows), builds are
not kept apart; where it cannot end a program with its parent (all but Linux), the engine of a killed build writes to its end.
"""

import ctypes
import os
import signal
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - Windows
    fcntl = None  # type: ignore[assignment]

WAITING = "Another build is at work in this folder; this one waits until it is done."
# In the environment of an engine that a build starts: the number of the build's process, and the folder that it has locked.
HELD = "COMMONS_LOCKED"
_PR_SET_PDEATHSIG = 1
_held: dict[Path, int] = {}


def take(build: Path, tell: Callable[[str], None] = lambda _: None) -> bool:
    """Lock a build folder until `free`; False if this program, or the one that started it, has it locked already.

    `tell` is given a sentence if another program has it, before the wait.
    """
    build = build.resolve()
    if fcntl is None or build in _held or os.environ.get(HELD, "").partition(" ")[2] == str(build):
        return False
    build.mkdir(parents=True, exist_ok=True)
    file = os.open(build / "lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    try:
        try:
            fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except (BlockingIOError, PermissionError):
            tell(WAITING)
            fcntl.lockf(file, fcntl.LOCK_EX)
    except BaseException:
        os.close(file)
        raise
    _held[build] = file
    return True


def free(build: Path) -> None:
    """Give a build folder free, if this program has locked it."""
    if (file := _held.pop(build.resolve(), None)) is not None:
        os.close(file)


def free_all() -> None:
    """Give every build folder free that this program has locked."""
    for build in tuple(_held):
        free(build)


def held(build: Path | None = None) -> dict[str, str]:
    """What tells an engine to end with this program, and that this program has locked a build folder, if it has."""
    return {HELD: f"{os.getpid()} {build.resolve() if build else ''}"}


def end_with_builder() -> None:
    """In an engine that a build started: end when the build does."""
    if builder := os.environ.get(HELD, "").partition(" ")[0]:
        end_with(int(builder))


def end_with(parent: int) -> None:
    """Have the system kill this program when the one that started it is gone."""
    try:
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, int(getattr(signal, "SIGKILL", 9)), 0, 0, 0)
    except (OSError, AttributeError, TypeError):
        return
    if os.getppid() != parent:
        sys.exit(1)


@contextmanager
def alone(build: Path, tell: Callable[[str], None] = lambda _: None) -> Iterator[None]:
    """Be the only build in a folder."""
    taken = take(build, tell)
    try:
        yield
    finally:
        if taken:
            free(build)
