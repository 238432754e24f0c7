"""The benchmark: what check, pages, engine, paper and browser cost, as ratios within one run (`make bench`).

Times of one machine mean little to another, and little to the same machine a minute later; so the table shows ratios
between things that were measured in turns, and the seconds only to tell where they go. Plain Material is built `ROUNDS` times with a
clean build of ours before and after each, and each pool with builds of the one before it, and so is paper: each run is set against
those beside it, and the middle one of the ratios counts. The preview and a site where nothing changed are the best of `ROUNDS` runs;
the rest is measured once.
The pools are synthetic (tests/synthetic.py); paper is measured on the repository's own entries.
"""

import argparse
import functools
import html
import http.client
import http.server
import itertools
import json
import os
import resource
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import TypeVar

import yaml
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT)]

from macros.print.document import data_of  # noqa: E402 - the project is not installed where only the tests' environment stands
from macros.print.editions import make_editions  # noqa: E402
from macros.print.pdf import compile_pdf  # noqa: E402
from macros.print.selection import of_ids  # noqa: E402
from macros.project import load  # noqa: E402
from tests.synthetic import write_project  # noqa: E402
from tools.bench_page import page  # noqa: E402

ROUNDS = 3
# Builds of a smaller pool before and after each build of a larger one.
BESIDE = 3
# Seconds of the processor; how the cost of less grows says nothing.
LEAST = 0.5
# As readers of the benchmark have it: Python keeps the byte code of what it has read.
ENVIRONMENT = {**os.environ, "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}
# What a build keeps for the next one, but for PDFs.
OF_PAGES = ("docs", "figures", "history.json", "pictures", "templates", "text.sqlite")
# Parts of a build that nothing else runs beside; the others run beside the engine or beside each other.
ONE_AFTER_ANOTHER = ("check", "stage", "PDFs", "policies")
# Plain Material puts every page into the navigation of every page, so its cost grows with the square: larger pools would take hours.
LARGEST_FOR_PLAIN = 2000
KEPT = ROOT / "tools" / "benchmark.json"
PAGE = ROOT / "docs" / "about" / "what-it-costs.md"


@dataclass(frozen=True)
class Cost:
    """What a command took: seconds of the clock and of the processor, and its largest memory in MB."""

    seconds: float
    processor: float
    memory: int


T = TypeVar("T")
U = TypeVar("U")
# What a whole build cost, and each of its parts.
Build = tuple[Cost, dict[str, Cost]]


def run(command: list[str], cwd: Path) -> Cost:
    """Run a command in a folder and measure it with the processes that it starts; raises RuntimeError with what it said if it fails.

    The memory is that of the largest of its processes.
    """
    began = time.perf_counter()
    with tempfile.TemporaryFile() as said:
        process = subprocess.Popen(command, cwd=cwd, stdout=said, stderr=said, env={**ENVIRONMENT, "PYTHONPATH": str(cwd)})
        _, status, used = os.wait4(process.pid, 0)
        if os.waitstatus_to_exitcode(status):
            said.seek(0)
            raise RuntimeError(f"{' '.join(command)}: {said.read().decode()[-2000:]}")
    return Cost(time.perf_counter() - began, used.ru_utime + used.ru_stime, used.ru_maxrss // 1024)


def timed(act: Callable[[], object]) -> float:
    """Seconds of the clock."""
    began = time.perf_counter()
    act()
    return time.perf_counter() - began


def build(project: Path) -> Build:
    """A whole `mkdocs build`, and what its parts took; what is left of the time of the processor is the engine's own."""
    result = project / "measured.json"
    cost = run([sys.executable, str(ROOT / "tools" / "measured.py"), "site-bench", str(result)], cwd=project)
    parts = {part: Cost(**found) for part, found in json.loads(result.read_text("utf-8")).items()}
    rest = cost.processor - sum(part.processor for part in parts.values())
    alone = cost.seconds - sum(part.seconds for name, part in parts.items() if name in ONE_AFTER_ANOTHER)
    return cost, {**parts, "engine and the rest": Cost(alone, rest, cost.memory)}


def clean_build(project: Path, aside: Path) -> Build:
    """One build from clean; what an earlier one made is put aside, since to delete it would make this one slow."""
    for name in (".build", "site-bench"):
        if (project / name).exists():
            (project / name).rename(aside / f"{project.name}-{time.monotonic_ns()}-{name}")
    return build(project)


def typical(costs: Sequence[Cost]) -> Cost:
    """The middle one of several costs, and the largest memory of them all."""
    seconds, processor = (statistics.median(getattr(cost, name) for cost in costs) for name in ("seconds", "processor"))
    return Cost(seconds, processor, max(cost.memory for cost in costs))


def between(one: Callable[[], T], other: Callable[[], U], beside: int = 1) -> tuple[list[T], list[U]]:
    """What `ROUNDS` runs of one thing gave, and those of another thing, `beside` of them before each and after the last."""
    ones, others = [], [other() for _ in range(beside)]
    for _ in range(ROUNDS):
        ones.append(one())
        others += [other() for _ in range(beside)]
    return ones, others


def against(ones: Sequence[float], others: Sequence[float], beside: int = 1) -> float:
    """The middle one of the ratios of each value to the mean of those that were measured just before and after it, `beside` of either."""
    return statistics.median(one / statistics.mean(others[n * beside : (n + 2) * beside]) for n, one in enumerate(ones))


def growth(large: Sequence[Build], small: Sequence[Build], times: float) -> Iterator[tuple[str, float]]:
    """How the seconds of the processor that an entry costs grow with a pool that is so many times as large, of the whole and of each part."""

    def costs(builds: Sequence[Build], part: str) -> list[float]:
        return [(parts[part] if part else whole).processor for whole, parts in builds]

    for part in ("", *sorted(large[0][1])):
        if statistics.median(costs(large, part)) > LEAST:
            yield f": {part}" if part else "", against(costs(large, part), costs(small, part), BESIDE) / times


def pool(size: int, folder: Path, browser: str | None, smaller: int | None) -> tuple[dict[str, Cost | float], dict[str, float]]:
    """Check and build a synthetic pool, from clean and with nothing changed; preview it; and plain Material on the same entries.

    It is built in turns with plain Material, unless it is too large for that, and with the `smaller` pool, to tell how cost grows.
    Gives what was measured, and the ratios of what was built in turns.
    """
    project = write_project(folder / str(size), size)
    found: dict[str, Cost | float] = {"check": run([sys.executable, "-m", "macros", "check"], cwd=project)}
    builds: list[Build] = []
    in_turn: dict[str, float] = {}
    if size <= LARGEST_FOR_PLAIN:
        plain, numbers = plain_material(project, folder / f"plain-{size}"), itertools.count()
        command = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir"]
        plains, builds = between(lambda: run([*command, f"site-{next(numbers)}"], cwd=plain), lambda: clean_build(project, folder))
        found["plain Material"] = typical(plains)
        in_turn[f"a clean build to plain Material's at {size}"] = 1 / against(
            [cost.seconds for cost in plains], [whole.seconds for whole, _ in builds]
        )
    if smaller:
        large, small = between(lambda: clean_build(project, folder), lambda: clean_build(folder / str(smaller), folder), BESIDE)
        builds += large
        for part, grown in growth(large, small, size / smaller):
            in_turn[f"build, clean{part}: cost of an entry at {size} to that at {smaller}"] = grown
    if not builds:
        builds = [clean_build(project, folder) for _ in range(ROUNDS)]
    found["build, clean"] = typical([whole for whole, _ in builds])
    found |= {f"build, clean: {part}": typical([parts[part] for _, parts in builds]) for part in sorted(builds[0][1])}
    files = [path for path in (project / "site-bench").rglob("*") if path.is_file()]
    found["files of the site"], found["KB of the site"] = len(files), sum(path.stat().st_size for path in files) // 1000
    site = [sys.executable, "-m", "macros", "site"]
    found["site, once more"] = run(site, cwd=project)
    found["site, nothing changed"] = min((run(site, cwd=project) for _ in range(ROUNDS)), key=lambda cost: cost.seconds)
    entry = sorted((project / "content" / "practices").glob("*.md"))[0]
    entry.write_text(entry.read_text("utf-8").replace("summary: ", "summary: Now ", 1), "utf-8")
    found["build, one entry changed"], _ = build(project)
    shown, rest = preview(project, entry)
    found["preview: seconds from saving an entry to its page"] = shown
    found["preview: seconds from saving an entry to all that follows"] = rest
    if browser:
        found["Explore: KB to open and filter once"] = explored(project / "site-bench", browser)
    # Nothing is deleted until the end: for minutes, ext4 looks for what was deleted lately whenever a file is made.
    return found, in_turn


def preview(project: Path, entry: Path) -> tuple[float, float]:
    """Seconds from saving an entry until the live preview serves its page with the change, and until it has made the rest.

    Both are the best of `ROUNDS`. The data of Explore are made after all pages.
    """
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "mkdocs", "serve", "--dirty", "--livereload", "--dev-addr", f"127.0.0.1:{port}"]
    server = subprocess.Popen(command, cwd=project, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    site = f"http://127.0.0.1:{port}"
    address = f"{site}/practices/{entry.stem}/"
    text = entry.read_text("utf-8")
    try:
        until(address, "Now ", server)
        times, wholes = [], []
        for number in range(ROUNDS):
            word = f"Changed{number}"
            began = time.perf_counter()
            entry.write_text(text.replace("summary: Now ", f"summary: {word} ", 1), "utf-8")
            until(address, word, server)
            times.append(time.perf_counter() - began)
            until(f"{site}/explore/summaries.json", word, server)
            wholes.append(time.perf_counter() - began)
            time.sleep(2)  # a dirty build looks at the clock of files, which some systems keep by the second
        return round(min(times), 2), round(min(wholes), 1)
    finally:
        server.terminate()
        server.wait()


def until(address: str, word: str, server: subprocess.Popen[bytes]) -> None:
    """Wait until a page holds a word; raises RuntimeError if the server stops."""
    while server.poll() is None:
        try:
            with urllib.request.urlopen(address, timeout=60) as answer:  # noqa: S310 - our own address
                if word.encode() in answer.read():
                    return
        except (OSError, http.client.HTTPException):  # it may be written at this moment
            pass
        time.sleep(0.02)
    raise RuntimeError("the live preview stopped")


def explored(site: Path, browser: str) -> int:
    """KB that a browser loads, uncompressed, to open Explore and to choose one value of a filter, which is one click."""
    handler = functools.partial(Quiet, directory=str(site))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=browser, args=["--no-sandbox", "--disable-gpu"])
        page = chromium.new_page()
        begun: list[str] = []
        sizes: dict[str, int] = {}
        page.on("request", lambda request: begun.append(request.url))
        page.on("requestfinished", lambda request: sizes.update({request.url: request.sizes()["responseBodySize"]}))
        page.goto(f"http://127.0.0.1:{server.server_port}/explore/", wait_until="networkidle")
        page.locator("input[type=checkbox][name=kind]").first.check()
        # The page is at rest already, so what the click asks for is waited for by its name.
        quiet = 0
        for _ in range(600):
            page.wait_for_timeout(100)
            quiet = quiet + 1 if any(url.endswith("/explore/entries.json") for url in sizes) and set(begun) == sizes.keys() else 0
            if quiet == 10:
                break
        else:
            raise RuntimeError("Explore did not come to rest in a minute")
        chromium.close()
    server.shutdown()
    return sum(sizes.values()) // 1000


class Quiet(http.server.SimpleHTTPRequestHandler):
    """A server that says nothing."""

    def log_message(self, format: str, *args: object) -> None:
        """Nothing."""


def plain_material(project: Path, target: Path) -> Path:
    """The same entries for Material for MkDocs as it comes: its search, its tags, its navigation, nothing of ours."""
    docs = target / "docs"
    for path in sorted((project / "content").rglob("*.md")):
        _, front, body = path.read_text("utf-8").split("---\n", 2)
        meta = yaml.safe_load(front)
        tags = [str(value) for field in ("topics", "coalitions", "instruments", "levels", "segments", "challenges") for value in meta.get(field, ())]
        page = docs / path.relative_to(project / "content")
        page.parent.mkdir(parents=True, exist_ok=True)
        head = yaml.safe_dump({"title": meta["title"], "tags": tags}, allow_unicode=True)
        page.write_text(f"---\n{head}---\n\n# {meta['title']}\n\n{meta['summary']}\n{body}", "utf-8")
    (docs / "index.md").write_text("# Start\n", "utf-8")
    (target / "mkdocs.yml").write_text(
        "site_name: Plain\nsite_url: http://127.0.0.1:8000/\ntheme: {name: material, font: false}\nplugins: [search, tags]\n", "utf-8"
    )
    return target


def paper(entries: int = 30) -> tuple[dict[str, float], dict[str, float]]:
    """A booklet of about a hundred pages by our templates and by Chromium from the same text; all PDFs; the HTML build; and their ratios."""
    project = load(ROOT)
    site = project.site()
    chosen = [record.id for record in project.catalogue.by_kind["case-study"][:entries]]
    data = data_of(of_ids(chosen, site), "booklet", "a4", site)
    found: dict[str, float] = {"pages of the booklet": compile_pdf(data).pages}
    in_turn: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if chromium := browser():
            page = folder / "booklet.html"
            page.write_text(as_page(data), "utf-8")
            flags = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-pdf-header-footer"]
            asked = [chromium, *flags, f"--user-data-dir={folder}/profile", f"--print-to-pdf={folder}/out.pdf", page.as_uri()]
            subprocess.run(asked, check=True, capture_output=True)  # its first start makes a profile
            theirs, ours = between(
                lambda: timed(lambda: subprocess.run(asked, check=True, capture_output=True)), lambda: timed(lambda: compile_pdf(data))
            )
            found |= {"booklet, our templates": statistics.median(ours), "booklet, Chromium": statistics.median(theirs)}
            in_turn["booklet: ours to Chromium's"] = 1 / against(theirs, ours)
        build = [sys.executable, "-m", "mkdocs", "build", "--quiet", "--site-dir", str(folder / "site")]
        run(build, cwd=ROOT)  # so that those that are measured have their PDFs
        numbers = itertools.count()

        def pages_anew() -> float:
            """Seconds of a build from clean, but with its PDFs."""
            for name in OF_PAGES:
                if (kept := ROOT / ".build" / name).exists():
                    shutil.move(kept, folder / f"{next(numbers)}-{name}")
            return run(build, cwd=ROOT).seconds

        pdfs, pages = between(lambda: timed(lambda: make_editions(site, folder / f"pdfs-{next(numbers)}")), pages_anew)
        found |= {"all PDFs of the pool": statistics.median(pdfs), "HTML build of the pool": statistics.median(pages)}
        in_turn["all PDFs to the HTML build"] = against(pdfs, pages)
        [made, *_] = folder.glob("pdfs-*")
        found["PDFs of the pool"] = len(list(made.iterdir()))
        found["all PDFs, nothing changed"] = timed(lambda: make_editions(site, made))
    return found, in_turn


def browser() -> str | None:
    """Chromium, where there is one."""
    return next((path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None)


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


def ratios(sizes: dict[int, dict[str, Cost | float]], in_turn: dict[str, float]) -> dict[str, float]:
    """What the project promises, each as one number: paper against the browser and the pages, and how cost grows."""
    found = {}
    for small, large in itertools.pairwise(sorted(sizes)):
        a, b = (cost_of(sizes[size], "check").processor / size for size in (small, large))
        found[f"check: cost of an entry at {large} to that at {small}"] = b / a
    found |= in_turn
    for size, costs in sizes.items():
        clean = cost_of(costs, "build, clean").seconds
        for stage in ("check", "site, nothing changed", "build, one entry changed"):
            found[f"{stage} to a clean build at {size}"] = cost_of(costs, stage).seconds / clean
    return {name: round(value, 3) for name, value in found.items()}


def cost_of(costs: dict[str, Cost | float], name: str) -> Cost:
    """The cost of a command."""
    found = costs[name]
    assert isinstance(found, Cost)
    return found


def plain(cost: Cost | float) -> dict[str, float] | float:
    """A cost as JSON holds it."""
    return {name: round(value, 2) for name, value in asdict(cost).items()} if isinstance(cost, Cost) else cost


def main() -> None:
    """Measure, print a table, write JSON, and compare with the last result that was kept."""
    asked = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    asked.add_argument("sizes", nargs="*", type=int, default=[100, 1000], help="numbers of entries")
    asked.add_argument("--keep", action="store_true", help=f"keep the result in {KEPT.relative_to(ROOT)}, and make the page about it")
    given = asked.parse_args()
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    before = json.loads(KEPT.read_text("utf-8"))["ratios"] if KEPT.is_file() else {}
    sizes: dict[int, dict[str, Cost | float]] = {}
    in_turn: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        for smaller, size in itertools.pairwise((None, *given.sizes)):
            sizes[size], found = pool(size, Path(folder), browser(), smaller)
            in_turn |= found
            write(sizes, {}, in_turn, keep=False)  # the largest takes half an hour; if it is stopped, the others are known
        printed, found = paper()  # last, since it is made here, and the memory of a command is never less than what this process had before
        in_turn |= found
    write(sizes, printed, in_turn, given.keep)
    tell(sizes, printed, in_turn, before)


def write(sizes: dict[int, dict[str, Cost | float]], printed: dict[str, float], in_turn: dict[str, float], keep: bool) -> None:
    """Write what is measured as JSON, and if it is to be kept, the page about it."""
    whole = {
        "ratios": ratios(sizes, in_turn),
        "pools": {str(size): {name: plain(cost) for name, cost in costs.items()} for size, costs in sizes.items()},
        "paper": printed,
    }
    text = json.dumps(whole, indent=1) + "\n"
    (ROOT / ".build").mkdir(exist_ok=True)
    (ROOT / ".build" / "bench.json").write_text(text, "utf-8")
    if keep:
        KEPT.write_text(text, "utf-8")
        PAGE.write_text(page(whole), "utf-8")


def tell(sizes: dict[int, dict[str, Cost | float]], printed: dict[str, float], in_turn: dict[str, float], before: dict[str, float]) -> None:
    """Print the table, and each ratio beside the last one that was kept."""
    for size, costs in sizes.items():
        for name, cost in costs.items():
            shown = f"{cost.seconds:8.2f} s {cost.processor:8.2f} s cpu {cost.memory:6d} MB" if isinstance(cost, Cost) else f"{cost:8.2f}"
            print(f"{size:>6} {name:<50}{shown}")  # noqa: T201 - the table is what it is for
    for name, value in printed.items():
        print(f"{'':>6} {name:<50}{value:8.2f}")  # noqa: T201
    for name, ratio in ratios(sizes, in_turn).items():
        was = f"   was {before[name]:.3f}" if name in before else ""
        print(f"{name:<70}{ratio:8.3f}{was}")  # noqa: T201


if __name__ == "__main__":
    main()
