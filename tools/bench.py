"""The benchmark: what check, pages, engine, paper and browser cost, as ratios within one run (`make bench`).

Times of one machine mean little to another, and little to the same machine on another day; so the table shows ratios
between things that were measured side by side, and the seconds only to tell where they go. Every figure is the best of
`ROUNDS` runs. The pools are synthetic (tests/synthetic.py); paper is measured on the repository's own entries.
"""

import argparse
import html
import itertools
import json
import os
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from macros.print.document import data_of  # noqa: E402 - the project is not installed where only the tests' environment stands
from macros.print.editions import make_editions  # noqa: E402
from macros.print.pdf import compile_pdf  # noqa: E402
from macros.print.selection import of_ids  # noqa: E402
from macros.project import load  # noqa: E402
from tests.synthetic import write_project  # noqa: E402

ROUNDS = 3
KEPT = ROOT / "docs" / "about" / "benchmark.json"


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of the clock and of the processor, and its largest memory in MB."""

    seconds: float
    processor: float
    memory: int


def command(*arguments: str, cwd: Path) -> Cost:
    """Run a Python module in a folder and measure it alone; raises RuntimeError with what it said if it fails."""
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(
            [sys.executable, "-m", *arguments], cwd=cwd, stdout=said, stderr=said, env={**os.environ, "NO_MKDOCS_2_WARNING": "1"}
        )
        _, status, used = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise RuntimeError(f"{' '.join(arguments)}: {said.read().decode()[-2000:]}")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def best(measure: Callable[[], float], rounds: int = ROUNDS) -> float:
    """The least of several runs: what the machine can do when nothing else wants it."""
    return min(measure() for _ in range(rounds))


def timed(act: Callable[[], object]) -> float:
    """Seconds of the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def pool(size: int, folder: Path) -> dict[str, Cost | int]:
    """Check, stage and build a synthetic pool: from clean, with nothing changed, and with one entry changed."""
    project = write_project(folder / str(size), size)
    found: dict[str, Cost | int] = {"check": command("macros", "check", cwd=project)}
    found["stage, clean"] = command("macros", "stage", ".build/docs", cwd=project)
    found["stage, nothing changed"] = command("macros", "stage", ".build/docs", cwd=project)
    entry = sorted((project / "content" / "practices").glob("*.md"))[0]
    entry.write_text(entry.read_text("utf-8").replace("summary: ", "summary: Now ", 1), "utf-8")
    found["stage, one entry changed"] = command("macros", "stage", ".build/docs", cwd=project)
    found["build, pages staged"] = command("mkdocs", "build", "--quiet", "--site-dir", "site-bench", cwd=project)
    files = [path for path in (project / "site-bench").rglob("*") if path.is_file()]
    found["files of the site"], found["KB of the site"] = len(files), sum(path.stat().st_size for path in files) // 1000
    return found


def paper(entries: int = 30) -> dict[str, float]:
    """A booklet of about a hundred pages by our templates and by Chromium from the same text; all PDFs; the HTML build."""
    project = load(ROOT)
    site = project.site()
    chosen = [record.id for record in project.catalogue.by_kind["case-study"][:entries]]
    data = data_of(of_ids(chosen, site), "booklet", "a4", site)
    made = compile_pdf(data)
    found: dict[str, float] = {"pages of the booklet": made.pages, "booklet, our templates": best(lambda: timed(lambda: compile_pdf(data)))}
    if chromium := next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None):
        with tempfile.TemporaryDirectory() as folder:
            page = Path(folder) / "booklet.html"
            page.write_text(as_page(data), "utf-8")
            flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer"]
            asked = [chromium, *flags, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf", page.as_uri()]
            subprocess.run(asked, check=True, capture_output=True)  # its first start makes a profile
            found["booklet, Chromium"] = best(lambda: timed(lambda: subprocess.run(asked, check=True, capture_output=True)))
    with tempfile.TemporaryDirectory() as folder:
        found["all PDFs of the pool"] = timed(lambda: make_editions(site, Path(folder)))
        found["PDFs of the pool"] = len(list(Path(folder).iterdir()))
        found["all PDFs, nothing changed"] = timed(lambda: make_editions(site, Path(folder)))
        build = ("mkdocs", "build", "--quiet", "--site-dir", str(Path(folder) / "site"))
        found["HTML build of the pool"] = best(lambda: command(*build, cwd=ROOT).seconds, 2)  # the second has its PDFs already
    return found


def as_page(data: dict[str, object]) -> str:
    """The same texts as one plain page with the site's print style, for Chromium."""
    parts = ["<!doctype html><meta charset=utf-8><style>body{font:10pt/1.4 serif}h1{break-before:page}</style>"]
    for entry in data["entries"]:  # type: ignore[attr-defined]
        parts.append(f"<h1>{html.escape(entry['title'])}</h1><p>{html.escape(entry['summary'])}</p>")
        parts += [f"<h2>{html.escape(part['title'])}</h2>{part['html']}" for part in entry["sections"]]
        parts += [
            f"<p>{html.escape(str(line['publisher']))} {html.escape(str(line['title']))} {html.escape(line['url'])}</p>" for line in entry["sources"]
        ]
    return "\n".join(parts)


def ratios(sizes: dict[int, dict[str, Cost | int]], printed: dict[str, float]) -> dict[str, float]:
    """What the project promises, each as one number: paper against the browser and the pages, and how cost grows."""
    found = {}
    if "booklet, Chromium" in printed:
        found["booklet: ours to Chromium's"] = printed["booklet, our templates"] / printed["booklet, Chromium"]
    found["all PDFs to the HTML build"] = printed["all PDFs of the pool"] / printed["HTML build of the pool"]
    ordered = sorted(sizes)
    for small, large in itertools.pairwise(ordered):
        for stage in ("check", "stage, clean", "build, pages staged"):
            a, b = sizes[small][stage], sizes[large][stage]
            assert isinstance(a, Cost)
            assert isinstance(b, Cost)
            found[f"{stage}: cost of an entry at {large} to that at {small}"] = (b.processor / large) / (a.processor / small)
    for size, costs in sizes.items():
        clean = sum(cost.seconds for name, cost in costs.items() if isinstance(cost, Cost) and name in ("stage, clean", "build, pages staged"))
        for stage in ("check", "stage, nothing changed", "stage, one entry changed"):
            cost = costs[stage]
            assert isinstance(cost, Cost)
            found[f"{stage} to a clean build at {size}"] = cost.seconds / clean
    return {name: round(value, 3) for name, value in found.items()}


def plain(cost: Cost | int) -> dict[str, float] | int:
    """A cost as JSON holds it."""
    return {name: round(value, 2) for name, value in asdict(cost).items()} if isinstance(cost, Cost) else cost


def main() -> None:
    """Measure, print a table, write JSON, and compare with the last result that was kept."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("sizes", nargs="*", type=int, default=[100, 1000], help="numbers of entries")
    asked.add_argument("--keep", action="store_true", help=f"keep the ratios in {KEPT.relative_to(ROOT)}")
    given = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    with tempfile.TemporaryDirectory() as folder:
        sizes = {size: pool(size, Path(folder)) for size in given.sizes}
    printed = paper()
    told = ratios(sizes, printed)
    before = json.loads(KEPT.read_text("utf-8"))["ratios"] if KEPT.is_file() else {}
    for size, costs in sizes.items():
        for name, cost in costs.items():
            shown = f"{cost.seconds:8.2f} s {cost.processor:8.2f} s cpu {cost.memory:6d} MB" if isinstance(cost, Cost) else f"{cost:8d}"
            print(f"{size:>6} {name:<32}{shown}")  # noqa: T201 - the table is what it is for
    for name, value in printed.items():
        print(f"{'':>6} {name:<32}{value:8.2f}")  # noqa: T201
    for name, ratio in told.items():
        was = f"   was {before[name]:.3f}" if name in before else ""
        print(f"{name:<70}{ratio:8.3f}{was}")  # noqa: T201
    whole = {
        "ratios": told,
        "pools": {str(size): {name: plain(cost) for name, cost in costs.items()} for size, costs in sizes.items()},
        "paper": printed,
    }
    text = json.dumps(whole, indent=1) + "\n"
    (ROOT / ".build").mkdir(exist_ok=True)
    (ROOT / ".build" / "bench.json").write_text(text, "utf-8")
    if given.keep:
        KEPT.write_text(text, "utf-8")


if __name__ == "__main__":
    main()
