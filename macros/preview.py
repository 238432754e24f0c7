"""A live preview in two steps: the page of an entry that was saved at once, all that follows from it a little later.

The pool stays in memory, so an entry that changed is read, judged and shown by itself. Lists, relations, the search and the
rest are made by a program of its own, as any build makes them, while the author reads on. Whatever else changes (hand-written
pages, the theme, the settings, an entry that went) is built whole.
"""

import contextlib
import gc
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from .check import check_again
from .docs_check import url_of
from .entries import FOLDERS
from .kept import read_kept, write_kept
from .page import Page
from .print.editions import Editions
from .problems import ContentError
from .project import Project
from .settings import Settings
from .stage import Staged
from .text import Texts
from .views.entry import entry_page
from .views.shapes import Printed
from .watch import ChangeObserver

# In the environment of the program that makes the rest: the file that says for which preview.
RUNNING = "COMMONS_PREVIEW"
WATCHED = ("content", "docs", "overrides", "mkdocs.yml")
Looks = dict[str, tuple[int, int]]


def touch_pages_with_macros(docs: Path, staged: Path) -> None:
    """Make hand-written pages that call macros look new: they may show what changed, and --dirty looks only at times."""
    for page in docs.rglob("*.md"):
        if "{{" in page.read_text("utf-8"):
            (staged / page.relative_to(docs)).touch()


def keep_up(settings: Settings, staged: Staged, site: Path, theme_changed: float) -> float:
    """Do what --dirty does not: rebuild all pages after a change of the theme, drop pages whose source is gone.

    `theme_changed` is when the theme was changed last, as far as was known, or 0; given is when it was.
    """
    changed = max((path.stat().st_mtime for path in settings.overrides.rglob("*")), default=0.0)
    if theme_changed and changed != theme_changed:
        for page in settings.staged.rglob("*.md"):
            page.touch()
    elif staged.written or staged.removed:
        touch_pages_with_macros(settings.docs, settings.staged)
    for name in staged.removed:
        (site / url_of(name) / "index.html").unlink(missing_ok=True)
    return changed


@dataclass(frozen=True)
class Running:
    """What a program that makes the rest must know of its preview: its address, and the PDFs that it shows."""

    address: str
    editions: Editions

    def keep(self, path: Path) -> None:
        """Write it down."""
        files = {url: str(file) for url, file in self.editions.files.items()}
        printed = {id: [asdict(one) for one in found] for id, found in self.editions.printed.items()}
        write_kept(path, json.dumps({"address": self.address, "files": files, "printed": printed}).encode())


def running() -> Running | None:
    """The preview that this program works for, if it works for one."""
    kept = read_kept(Path(path)) if (path := os.environ.get(RUNNING)) else None
    if kept is None:
        return None
    found: dict[str, Any] = json.loads(kept)
    printed = {id: tuple(Printed(**one) for one in each) for id, each in found["printed"].items()}
    return Running(found["address"], Editions(printed, {url: Path(file) for url, file in found["files"].items()}, 0))


class Rest:
    """Makes the rest in a program of its own, one at a time, and once more for what was saved meanwhile."""

    def __init__(self, start: Callable[[], "subprocess.Popen[Any]"], done: Callable[[], object]) -> None:
        self._start, self._done = start, done
        self._lock = threading.Lock()
        self._wanted = self._at_work = False

    def want(self) -> None:
        """Make the rest, from what stands in the files now or later."""
        with self._lock:
            self._wanted = True
            if not self._at_work:
                self._at_work = True
                # The system ends the program with the thread that started it, so the thread waits for it.
                threading.Thread(target=self._work, daemon=True).start()

    def _work(self) -> None:
        goes_on = self._goes_on()
        while goes_on:
            self._start().wait()
            goes_on = self._goes_on()
            self._done()

    def _goes_on(self) -> bool:
        with self._lock:
            self._wanted, self._at_work = False, self._wanted
            return self._at_work

    @property
    def at_work(self) -> bool:
        """Whether something is still to come."""
        with self._lock:
            return self._at_work


def start_engine(root: Path, site: Path, kept: Path, more: Mapping[str, str]) -> "subprocess.Popen[Any]":
    """Start the program that brings a previewed site up to the files as they are; `kept` tells it for which preview."""
    command = [sys.executable, "-m", "mkdocs", "build", "--dirty", "--quiet", "--site-dir", str(site)]
    return subprocess.Popen(command, cwd=root, env={**os.environ, **more, RUNNING: str(kept)}, stdin=subprocess.DEVNULL)


@dataclass(frozen=True)
class Whole:
    """What a whole build leaves: the project, its PDFs, and how the files looked when it began."""

    project: Project
    editions: Editions
    seen: Looks


class Preview:
    """Keeps a previewed site up with its files.

    `whole` builds all; `show` puts one page into the site that stands; `tell` is given what is wrong with an entry, which then
    is shown as it was.
    """

    def __init__(self, begun: Whole, whole: Callable[[], Whole], show: Callable[[Page], object], rest: Rest, tell: Callable[[str], object]) -> None:
        self.whole, self.show, self.rest, self.tell = whole, show, rest, tell
        self._begin(begun)

    def _begin(self, whole: Whole) -> None:
        self._root, self._seen = whole.project.settings.root, whole.seen
        self._project: Project | None = whole.project
        self._printed, self._history = whole.editions.printed, whole.project.history
        self._wrong: set[Path] = set()
        self._shown: dict[Path, Page] = {}
        gc.unfreeze()  # the pool before, which may go now
        gc.collect()
        gc.freeze()  # the pool stays as it is, so nobody need walk through it when an entry is shown

    def build(self) -> None:
        """Bring the site up to what changed; raises what a whole build raises."""
        before, self._seen = self._seen, look(self._root)
        changed = {Path(path) for path in before.keys() | self._seen.keys() if before.get(path) != self._seen.get(path)} | self._wrong
        if self._project is None or not all(self._is_entry(path) for path in changed):
            self._project = None
            self._begin(self.whole())
        elif changed:
            self._project = self._with(sorted(changed), self._project)
        elif self.rest.at_work:
            # What the program that ended had read is older than what was saved meanwhile.
            for page in self._shown.values():
                self.show(page)
        else:
            self._shown.clear()

    def _is_entry(self, path: Path) -> bool:
        """Whether a file is that of an entry, and is there."""
        folder = path.relative_to(self._root).parts[:-1]
        return len(folder) == 2 and folder[0] == "content" and folder[1] in FOLDERS and str(path) in self._seen

    def _with(self, paths: Iterable[Path], project: Project) -> Project:
        """The project with some entries as they are now, and their pages shown."""
        read = []
        for path in paths:
            try:
                project = replace(project, checked=check_again(project.checked, path, self._root))
            except ContentError as error:
                self._wrong.add(path)
                self.tell(str(error))
            else:
                self._wrong.discard(path)
                read.append(path)
        site = project.site(Texts(), self._printed, self._history)
        for path in read:
            if record := project.catalogue.by_id.get(path.stem):
                self._shown[path] = entry_page(record, site)
                self.show(self._shown[path])
        if not self._wrong:
            self.rest.want()
        return project


def watch_changes(server: Any, root: Path, told: Path, but: Iterable[str | None]) -> None:
    """Have a server of MkDocs watch what a site is made from, and a folder in which it is told that the rest is made.

    `but` are the paths that it watches already. `COMMONS_POLL=1` in the environment is for disks that tell no changes.
    """
    for path in filter(None, but):
        server.unwatch(path)
    told.mkdir(parents=True, exist_ok=True)
    places = (*(root / name for name in WATCHED), told)
    server.observer = ChangeObserver(places, os.environ.get("COMMONS_POLL") == "1")
    server.watch(str(root), recursive=False)  # for the settings: many editors put a new file in the place of the old one
    for place in places:
        if place.is_dir():
            server.watch(str(place))


def look(root: Path) -> Looks:
    """When each file that a site is made from was last written, in nanoseconds, and its size; hidden files are none."""
    looks = {}
    for entry in _files(root, WATCHED):
        with contextlib.suppress(FileNotFoundError):  # an editor puts files beside the one it saves, for a moment
            found = entry.stat()
            looks[entry.path] = (found.st_mtime_ns, found.st_size)
    return looks


def _files(folder: Path | str, names: tuple[str, ...] = ()) -> Iterator["os.DirEntry[str]"]:
    with os.scandir(folder) as found:
        for entry in found:
            if entry.name.startswith(".") or entry.name.endswith("~") or (names and entry.name not in names):
                continue
            if entry.is_dir(follow_symlinks=bool(names)):  # the theme may be a link, what is in it may not lead in a circle
                yield from _files(entry.path)
            elif entry.is_file():
                yield entry
