"""A live preview shows the page of an entry as it is saved, and all that follows from it after that."""

import os
import re
import shutil
import socket
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from macros.check import check_again
from macros.page import Page
from macros.preview import RUNNING, Preview, Rest, Running, Whole, look, running
from macros.print.editions import Editions
from macros.problems import ContentError
from macros.views.shapes import Printed
from tests.conftest import Small
from tests.engines import copy_project

POOLED = "content/practices/pooled-buying.md"


@pytest.fixture
def pool(small: Small, practice: Callable[..., str]) -> Small:
    """Two topics, three practices, one of them a draft."""
    small.topic("money", "Money")
    small.topic("people", "People")
    small.write(POOLED, practice())
    small.write("content/practices/training.md", practice(title="Training", summary="People learn.", topics="[people]"))
    small.write("content/practices/unready.md", practice(title="Unready", summary="Not yet.", status="draft"))
    small.write("docs/index.md", "# Start\n")
    return small


class Program:
    """Stands for the program that makes the rest: it ends when it is told to."""

    def __init__(self) -> None:
        self.ended = threading.Event()

    def wait(self) -> int:
        """Wait until it ends."""
        assert self.ended.wait(60)
        return 0


@dataclass
class Author:
    """A preview with everything that it did."""

    small: Small
    shown: list[Page] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    whole: int = 0
    started: list[Program] = field(default_factory=list)
    done: list[int] = field(default_factory=list)
    closed: threading.Event = field(default_factory=threading.Event)

    def __post_init__(self) -> None:
        self.rest = Rest(self._start, lambda: self.done.append(len(self.started)))
        self.preview = Preview(self._whole(), self._again, self.shown.append, self.rest, self.told.append)

    def _start(self) -> Any:
        self.started.append(Program())
        if self.closed.is_set():
            self.started[-1].ended.set()
        return self.started[-1]

    def _whole(self) -> Whole:
        return Whole(self.small.project(drafts=False), Editions({}, {}, 0), look(self.small.root))

    def _again(self) -> Whole:
        self.whole += 1
        return self._whole()

    def save(self, path: str, text: str) -> None:
        """Save a file, so that its time is another one, and let the preview see it."""
        target = self.small.write(path, text)
        later = target.stat().st_mtime_ns + 1_000_000 * (1 + len(self.shown) + len(self.told))
        os.utime(target, ns=(later, later))
        self.preview.build()

    def titles(self) -> list[str]:
        """What was shown since this was asked last."""
        found = [page.title for page in self.shown]
        self.shown.clear()
        return found

    def wait_for(self, count: int) -> None:
        """Wait until so many programs have ended and said so."""
        for _ in range(3000):
            if len(self.done) >= count:
                return
            time.sleep(0.01)
        pytest.fail(f"{len(self.done)} programs ended, not {count}")


@pytest.fixture
def author(pool: Small) -> Iterator[Author]:
    """Someone at work, whose programs all end."""
    found = Author(pool)
    yield found
    found.closed.set()
    for program in found.started:
        program.ended.set()


def test_an_entry_that_is_saved_is_shown_alone_and_the_rest_is_asked_for(author: Author, practice: Callable[..., str]) -> None:
    author.save(POOLED, practice(title="Buying as one"))
    assert author.titles() == ["Buying as one"]
    assert (author.whole, author.told, author.rest.at_work) == (0, [], True)


def test_the_page_shown_is_the_one_that_a_whole_build_makes(author: Author, practice: Callable[..., str]) -> None:
    author.save(POOLED, practice(summary="Cities buy as one.", topics="[money, people]"))
    author.save("content/topics/money.md", (author.small.root / "content/topics/money.md").read_text("utf-8").replace("Text.", "More."))
    shown = {page.src_uri: page.text() for page in author.shown}
    author.small.stage()
    assert shown == {name: (author.small.root / "staged" / name).read_text("utf-8") for name in shown}
    assert sorted(shown) == ["practices/pooled-buying/index.md", "topics/money/index.md"]


def test_mistakes_are_told_at_once_and_the_page_stays_until_they_are_mended(author: Author, practice: Callable[..., str]) -> None:
    author.save(POOLED, practice(topics="[mony]"))
    assert author.titles() == []
    assert author.told == [
        "1 problem in the content\n"
        f"{POOLED}:4:10: error [reference-unknown]: item 1 of `topics` must hold the id of a topic; found 'mony', which no file has\n"
        "  Did you mean 'money'?"
    ]
    author.save("content/practices/training.md", practice(title="Training for all", topics="[people]"))
    assert author.titles() == ["Training for all"]
    assert not author.rest.at_work  # a build would only say the same
    author.save(POOLED, practice(title="Mended"))
    assert author.titles() == ["Mended"]
    assert (author.rest.at_work, author.whole) == (True, 0)


@pytest.mark.parametrize(
    ("text", "code"),
    [("", "file-empty"), ("---\ntitle: [\n", "front-matter-open"), (b"\xff\xfe".decode("latin-1") + "---\n", "front-matter-missing")],
)
def test_a_file_that_cannot_be_read_is_told(author: Author, text: str, code: str) -> None:
    author.save(POOLED, text)
    assert [re.findall(r"\[([a-z-]+)\]", said)[0] for said in author.told] == [code]
    assert author.titles() == []


def test_a_new_entry_is_shown_and_a_draft_is_not(author: Author, practice: Callable[..., str]) -> None:
    author.save("content/practices/repair.md", practice(title="Repair", summary="Mend it."))
    author.save("content/practices/unready.md", practice(title="Still unready", status="draft"))
    assert author.titles() == ["Repair"]
    author.save("content/practices/unready.md", practice(title="Ready", summary="Now it is."))
    assert author.titles() == ["Ready"]
    assert author.whole == 0


def test_what_is_no_entry_or_is_gone_is_built_whole(author: Author, practice: Callable[..., str]) -> None:
    author.save("docs/index.md", "# Begin\n")
    words = author.small.root / "content/vocabulary/levels.yml"
    author.save("content/vocabulary/levels.yml", words.read_text("utf-8") + "\n")
    (author.small.root / "content/practices/training.md").unlink()
    author.preview.build()
    author.save("mkdocs.yml", (author.small.root / "mkdocs.yml").read_text("utf-8") + "\n")
    assert (author.whole, author.titles(), author.started) == (4, [], [])
    author.save(POOLED, practice(title="Again alone"))
    assert (author.whole, author.titles()) == (4, ["Again alone"])


def test_a_whole_build_that_failed_is_tried_at_the_next_change(author: Author, practice: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    def fails() -> Whole:
        raise ContentError(())

    monkeypatch.setattr(author.preview, "whole", fails)
    with pytest.raises(ContentError):
        author.save("docs/index.md", "# {{ nothing() }}\n")
    monkeypatch.undo()
    author.save(POOLED, practice(title="In between"))
    assert (author.whole, author.titles()) == (1, [])


def test_nothing_is_done_where_nothing_changed(author: Author) -> None:
    author.preview.build()
    author.small.write("content/practices/.pooled-buying.md.swp", "an editor's own")
    author.small.write("content/practices/pooled-buying.md~", "an editor's own")
    author.small.write("README.md", "no part of the site")
    author.preview.build()
    assert (author.whole, author.shown, author.started) == (0, [], [])


def test_the_rest_is_made_once_more_for_what_was_saved_meanwhile_and_shows_that_again(author: Author, practice: Callable[..., str]) -> None:
    author.save(POOLED, practice(title="First"))
    for _ in range(3000):
        if author.started:
            break
        time.sleep(0.01)
    author.save(POOLED, practice(title="Second"))
    author.save(POOLED, practice(title="Third"))
    assert author.titles() == ["First", "Second", "Third"]
    author.started[0].ended.set()
    author.wait_for(1)
    author.preview.build()
    assert author.titles() == ["Third"]
    author.started[1].ended.set()
    author.wait_for(2)
    author.preview.build()
    assert (author.titles(), len(author.started), author.rest.at_work) == ([], 2, False)


def test_one_entry_read_again_gives_the_pool_of_a_whole_check(pool: Small, practice: Callable[..., str]) -> None:
    before = pool.check()
    for path in (POOLED, "content/practices/a-new-one.md", "content/practices/unready.md"):
        pool.write(path, practice(title=f"Title of {path}", summary="Another summary."))
        before = check_again(before, pool.root / path, pool.root)
    after = pool.check()
    assert [(r.id, r.entry, r.source.body, r.relations) for r in before.pool.records] == [
        (r.id, r.entry, r.source.body, r.relations) for r in after.pool.records
    ]
    assert before.pool.ids == after.pool.ids
    assert list(before.problems) == [problem for problem in after.problems if problem.code != "twin"]


def test_what_a_program_is_told_of_its_preview_comes_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert running() is None
    printed: dict[str, tuple[Printed, ...]] = {"one": (Printed("booklet", "a4", "bundles/one/one-booklet-a4.pdf", 3, 4000),)}
    told = Running("http://127.0.0.1:8000/sub/", Editions(printed, {"bundles/one/one-booklet-a4.pdf": tmp_path / "x.pdf"}, 0))
    told.keep(tmp_path / "running")
    monkeypatch.setenv(RUNNING, str(tmp_path / "running"))
    assert running() == told
    (tmp_path / "running").write_text("torn", "utf-8")
    assert running() is None


# A whole preview


class Served:
    """A live preview of a project in a program of its own."""

    def __init__(self, project: Path) -> None:
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/pool"
        self.log = project / "preview.log"
        command = (sys.executable, "-m", "mkdocs", "serve", "--dirty", "--livereload", "--dev-addr", f"127.0.0.1:{port}")
        self.program = subprocess.Popen(command, cwd=project, stdout=self.log.open("w"), stderr=subprocess.STDOUT)

    def until(self, url: str, holds: Callable[[str], bool]) -> str:
        """The page of an address, as soon as it is as wanted."""
        said = ""
        for _ in range(1200):
            assert self.program.poll() is None, self.log.read_text("utf-8")
            try:
                with urllib.request.urlopen(f"{self.address}/{url}", timeout=60) as answer:
                    said = answer.read().decode()
            except OSError:
                said = ""
            if holds(said):
                return said
            time.sleep(0.05)
        pytest.fail(f"{url} is not as wanted: {self.log.read_text('utf-8')}\n{said[:2000]}")


def without_epoch(page: str) -> str:
    """A page without the numbers by which the server tells browsers to load it again."""
    return re.sub(r"livereload\(\d+, \d+\)", "", page)


@pytest.mark.build
def test_a_preview_shows_a_saved_entry_then_its_lists_and_follows_all_other_changes(tmp_path: Path) -> None:
    project = copy_project("clean-cooking", tmp_path / "project")
    served = Served(project)
    try:
        entry = next(iter(sorted((project / "content/practices").glob("*.md"))))
        url, text = f"practices/{entry.stem}/", entry.read_text("utf-8")
        served.until(url, lambda page: "<h1" in page)
        title = re.findall(r"^title: (.*)$", text, re.M)[0]
        for number in range(2):
            entry.write_text(text.replace(f"title: {title}", f"title: Renamed {number}"), "utf-8")
            shown = served.until(url, lambda page, number=number: f"Renamed {number}</h1>" in page)  # type: ignore[misc]
        served.until("practices/", lambda page: "Renamed 1" in page)
        assert without_epoch(served.until(url, bool)) == without_epoch(shown)
        entry.write_text(text.replace("title: ", "titel: "), "utf-8")
        served.until(url, lambda page: "Did you mean 'title'?" in served.log.read_text("utf-8") and "Renamed 1</h1>" in page)
        entry.write_text(text, "utf-8")
        served.until(url, lambda page: f"{title}</h1>" in page)
        served.until("practices/", lambda page: "Renamed" not in page and title in page)
        new = entry.with_name("a-new-practice.md")
        new.write_text(text.replace(f"title: {title}", "title: Quite another"), "utf-8")
        served.until("practices/a-new-practice/", lambda page: "Quite another</h1>" in page)
        served.until("practices/", lambda page: "Quite another" in page)
        new.unlink()
        served.until("practices/", lambda page: bool(page) and "Quite another" not in page)
        served.until("practices/a-new-practice/", lambda page: "Quite another</h1>" not in page)
        (project / "docs/by-hand.md").write_text("# Written by hand\n", "utf-8")
        served.until("by-hand/", lambda page: "Written by hand</h1>" in page)
    finally:
        served.program.terminate()
        served.program.wait()
        shutil.rmtree(project / ".build", ignore_errors=True)
    assert "Traceback" not in served.log.read_text("utf-8")
