"""The page `docs/about/what-it-costs.md`, made from the result of the benchmark that is kept; no figure on it is typed."""

from typing import Any

# What the project wants each ratio to be at most: the words that its name begins with, and the ratio.
GOALS = {
    "booklet: ours to Chromium's": 1 / 3,
    "all PDFs to the HTML build": 1.0,
    "check: cost of an entry": 1.15,
    "build, clean": 1.15,
    "check to a clean build at 10000": 0.1,
    "site, nothing changed to a clean build": 0.1,
    "a clean build to plain Material's at 1000": 0.25,
}

_HEAD = """---
title: What it costs
---

# What it costs

`make bench` measures what check, pages, paper and preview cost, and `make bench KEEP=--keep` writes this page from the result.
Seconds of one machine mean little on another, so ratios within one run come first.
The pools are synthetic: all sizes have the same share of each kind, about 450 words an entry, and real relations.
Plain Material is Material for MkDocs as it comes, on the same entries, with its own search, tags and navigation.
It makes none of our lists, relations, downloads or print files.
Its cost grows with the square of the number of entries, so it is measured only up to 2,000.
Some parts of a build run beside each other, so their seconds add up to more than the whole; their seconds of the processor do not.
Memory is that of the largest process.
The speed of a machine that others use too may change by half within minutes, so what is compared is built in turns.
Plain Material is built three times, with a build of ours before and after each.
Every pool is built three times, with three builds of the smaller one before and after each.
Each is set against those beside it, and the ratio that is told is the middle one of three.
Paper is set against Chromium, and all PDFs against a build of all pages from clean, in the same way.
Seconds of a clean build, of plain Material and of paper are the middle ones of these runs.
Those of a site where nothing changed and of the preview are the best of three, and the rest was measured once.

"""


def page(result: dict[str, Any]) -> str:
    """The page as Markdown; `result` is what `tools/bench.py` writes as JSON."""
    lines = [_HEAD + "## Ratios\n", "| What | Ratio | At most, as we want it |", "| --- | ---: | ---: |"]
    for name, ratio in result["ratios"].items():
        goal = next((most for begins, most in GOALS.items() if name.startswith(begins)), None)
        wanted = "" if goal is None else f"{goal:.2f}" if ratio <= goal else f"{goal:.2f}, **not met**"
        lines.append(f"| {name[0].upper()}{name[1:]} | {ratio:.3f} | {wanted} |")
    for size, costs in result["pools"].items():
        lines += [f"\n## {int(size):,} entries\n", "| What | Seconds | Seconds of the processor | Memory, MB |", "| --- | ---: | ---: | ---: |"]
        for name, cost in costs.items():
            if isinstance(cost, dict):
                lines.append(f"| {name[0].upper()}{name[1:]} | {cost['seconds']:.1f} | {cost['processor']:.1f} | {cost['memory']} |")
        lines += ["\n| Part, count or size | |", "| --- | ---: |"]
        lines += [f"| {name[0].upper()}{name[1:]} | {cost:,.1f} |" for name, cost in costs.items() if not isinstance(cost, dict)]
    lines += ["\n## Paper\n", "Measured on the site's own entries, in seconds if nothing else is said.\n", "| What | |", "| --- | ---: |"]
    lines += [f"| {name[0].upper()}{name[1:]} | {value:,.1f} |" for name, value in result["paper"].items()]
    return "\n".join(lines) + "\n"
