"""Stops builds on purpose: kills them at a stage, takes away room or rights. Run by `test_faults.py` in programs of their own."""

import contextlib
import ctypes
import os
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from macros import site, stage
from macros.print import editions

# The functions before or after which a build is killed: where each stands, its name, at which call, and whether it is done by then.
STAGES: dict[str, tuple[Any, str, int, bool]] = {
    "before a PDF is kept": (editions, "write_whole", 2, False),
    "while PDFs are kept": (editions, "write_whole", 2, True),
    "before the list of pages": (stage, "_write_manifest", 1, False),
    "among the pages": (stage, "_write", 12, True),
    "before pages are removed": (stage, "_remove", 1, False),
    "before the last list of pages": (stage, "_write_manifest", 2, False),
    "before the engine": (site, "clear", 1, True),
    "after the engine": (site, "write_offline", 1, False),
    "before the swap": (site, "swap", 1, False),
    "after the swap in one step": (site, "_exchange", 1, True),
    "between the two steps of a swap": (Path, "rename", 1, True),
}
_PR_CAPBSET_DROP = 24
_RIGHTS_OF_ROOT = (1, 2, 3)  # CAP_DAC_OVERRIDE, CAP_DAC_READ_SEARCH, CAP_FOWNER


def kill_at_each_stage(project: Path, engine: Path) -> Iterator[tuple[str, int]]:
    """Build once for each stage, and die there; `engine` is what the engine would make. Gives each stage and how the build ended.

    Each build is a process of its own, so that it can die as if the power went.
    """
    for name, (where, function, call, done) in STAGES.items():
        staged = project / ".build/docs"
        staged.mkdir(parents=True, exist_ok=True)
        (staged / "left-over.md").write_text("No entry makes this page any more.", "utf-8")
        (staged / stage.MANIFEST).unlink(missing_ok=True)
        child = os.fork()
        if not child:
            _die_at(where, function, call, done)
            site.subprocess.run = _engine_that_copies(engine)  # type: ignore[attr-defined]
            if function == "rename":
                site._exchange = lambda one, other: False
            site.build(project)
            os._exit(0)
        yield name, os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def _die_at(where: Any, function: str, call: int, done: bool) -> None:
    real, calls, build = getattr(where, function), 0, os.getpid()

    def dies(*args: Any, **kwargs: Any) -> Any:
        nonlocal calls
        calls += 1
        if calls == call and not done:
            os.kill(build, signal.SIGKILL)
        result = real(*args, **kwargs)
        if calls == call:
            os.kill(build, signal.SIGKILL)  # whichever process of the build is at work
        return result

    setattr(where, function, dies)


def _engine_that_copies(made: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    real = subprocess.run

    def run(command: list[str], **options: Any) -> subprocess.CompletedProcess[str]:
        if "mkdocs" not in command:
            return real(command, **options)
        shutil.copytree(made, command[command.index("--site-dir") + 1])
        return subprocess.CompletedProcess(command, 0, "", "")

    return run


def command(project: Path, *arguments: str, room: int | None = None, only_own_rights: bool = False) -> subprocess.Popen[str]:
    """Start `commons`, with something to do; with `room` no file may be larger, with `only_own_rights` the rights of files bind root too."""
    with contextlib.suppress(NotADirectoryError):
        (project / ".build/site.json").unlink(missing_ok=True)

    def before() -> None:
        if room is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (room, room))
        if only_own_rights and os.geteuid() == 0:
            for right in _RIGHTS_OF_ROOT:
                ctypes.CDLL(None).prctl(_PR_CAPBSET_DROP, right, 0, 0, 0)

    return subprocess.Popen(
        (sys.executable, "-m", "macros", *arguments),
        cwd=project,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        preexec_fn=before,
    )


if __name__ == "__main__":
    for told in kill_at_each_stage(Path(sys.argv[1]), Path(sys.argv[2])):
        sys.stdout.write("\t".join(map(str, told)) + "\n")
        sys.stdout.flush()
