"""Run `mkdocs build` in this folder and say what its parts took: `python measured.py SITE_FOLDER RESULT.json`.

The parts are functions of the generator, measured from outside in whatever process they run: seconds of the clock, seconds of
the processor with those of the processes that they start, and the memory of the largest of these in MB. Some run beside each
other. What is left is the engine's own.
"""

import functools
import importlib
import json
import multiprocessing
import os
import resource
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What a part is called in the table, and where its functions are looked up when they are called.
PARTS = {
    "check": (("macros.project", "check"),),
    "stage": (("macros.plugin", "stage"),),
    "PDFs": (("macros.plugin", "editions_of"),),
    "search index": (("macros.after", "full_text"),),
    "search data": (
        ("macros.after", "entries_data"),
        ("macros.after", "write_search"),
        ("macros.after", "words_data"),
        ("macros.after", "write_words"),
    ),
    "downloads": (("macros.after", "write_exports"), ("macros.after", "write_sitemap"), ("macros.after", "complete_exports")),
    "what browsers print from": (("macros.after", "write_print_files"),),
    "policies": (("macros.after", "write_policies"),),
}


def processor() -> float:
    """Seconds of the processor that this process and those that it started and that ended have had."""
    return sum(used.ru_utime + used.ru_stime for used in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN)))


def forget_peak() -> None:
    """Have the system forget the largest memory of this process, where it can (Linux)."""
    if os.access("/proc/self/clear_refs", os.W_OK):
        Path("/proc/self/clear_refs").write_text("5", "ascii")


def peak() -> int:
    """The largest memory of this process since it was forgotten, in MB."""
    status = Path("/proc/self/status")
    if not status.is_file():
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
    return int(status.read_text("ascii").partition("VmHWM:")[2].split()[0]) // 1024


def measured(act: Callable[..., Any], part: str, notes: Path) -> Callable[..., Any]:
    """A function that notes what it took, also in a process that was forked."""

    @functools.wraps(act)
    def within(*arguments: Any, **options: Any) -> Any:
        multiprocessing.active_children()  # have what ended before counted before, not in this part
        forget_peak()
        began, used, largest = time.perf_counter(), processor(), resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
        try:
            return act(*arguments, **options)
        finally:
            children = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
            memory = max(peak(), children // 1024 if children > largest else 0)
            line = [part, time.perf_counter() - began, processor() - used, memory]
            with notes.open("a", encoding="utf-8") as file:
                file.write(json.dumps(line) + "\n")  # in one piece, so that lines of several processes do not mix

    return within


def main() -> None:
    """Build, and write what each part and the whole took."""
    site, result = sys.argv[1], Path(sys.argv[2])
    notes = result.with_suffix(".notes")
    notes.unlink(missing_ok=True)
    for part, functions in PARTS.items():
        for module, name in functions:
            place = importlib.import_module(module)
            setattr(place, name, measured(getattr(place, name), part, notes))
    from mkdocs.__main__ import cli

    cli(["build", "--quiet", "--site-dir", site], standalone_mode=False)
    found = {part: {"seconds": 0.0, "processor": 0.0, "memory": 0} for part in PARTS}
    for part, seconds, used, memory in map(json.loads, notes.read_text("utf-8").splitlines()):
        before = found[part]
        found[part] = {"seconds": before["seconds"] + seconds, "processor": before["processor"] + used, "memory": max(before["memory"], memory)}
    notes.unlink()
    result.write_text(json.dumps(found), "utf-8")


if __name__ == "__main__":
    main()
