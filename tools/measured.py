"""Run `mkdocs build` in this folder and say what its parts took: `python measured.py SITE_FOLDER RESULT.json`.

The parts are functions of the generator, timed from outside; what is left is the engine's own. Seconds of the clock.
"""

import functools
import importlib
import json
import sys
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

# What a part is called in the table, and where its function is looked up when it is called.
PARTS = {
    "check": ("macros.project", "check"),
    "stage": ("macros.plugin", "stage"),
    "PDFs": ("macros.plugin", "editions_of"),
    "search index": ("macros.after", "full_text"),
    "search data": ("macros.after", "write_search"),
    "downloads": ("macros.after", "write_exports"),
    "policies": ("macros.after", "write_policies"),
}


def timed(act: Callable[..., Any], part: str, spent: Counter[str]) -> Callable[..., Any]:
    """A function that adds its time to its part."""

    @functools.wraps(act)
    def within(*arguments: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return act(*arguments, **options)
        finally:
            spent[part] += time.perf_counter() - began  # type: ignore[assignment]

    return within


def main() -> None:
    """Build, and write the seconds of each part and of the whole."""
    site, result = sys.argv[1:]
    spent: Counter[str] = Counter()
    for part, (module, name) in PARTS.items():
        place = importlib.import_module(module)
        setattr(place, name, timed(getattr(place, name), part, spent))
    from mkdocs.__main__ import cli

    began = time.perf_counter()
    cli(["build", "--quiet", "--site-dir", site], standalone_mode=False)
    whole = time.perf_counter() - began
    # The index is made by a program of its own beside the downloads, as is what browsers print from: neither takes time of the engine's.
    rest = whole - sum(seconds for part, seconds in spent.items() if part != "search index")
    Path(result).write_text(json.dumps({**spent, "engine and the rest": rest, "whole": whole}), "utf-8")


if __name__ == "__main__":
    main()
