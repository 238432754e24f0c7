"""Full disks, closed folders, torn caches, two builds at once, a kill at any stage: the site stands, and the next run is right."""

import errno
import hashlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from jinja2 import DictLoader, Environment

from macros.ahead import ENDED
from macros.failures import words_of, words_of_traceback
from macros.kept import read_kept, write_kept, write_whole
from macros.lock import WAITING, alone, free, held, take
from macros.print.editions import editions_of
from macros.project import load
from macros.stage import MANIFEST, NotAStage, stage
from macros.template_store import TemplateStore
from macros.text import Texts
from tests.conftest import Small
from tests.engines import copy_project
from tests.faults import STAGES, command

# 21 November 2026, 12:00 UTC.
MOMENT = "1795262400"
POSIX = pytest.mark.skipif(os.name != "posix", reason="the system has other locks and rights")
SPOILT: dict[str, Callable[[bytes], bytes]] = {
    "torn in half": lambda content: content[: len(content) // 2],
    "empty": lambda content: b"",
    "overwritten": lambda content: b"\xff\0\xfe{[" * (len(content) // 5 + 1),
    "one byte changed": lambda content: content[:-20] + bytes([content[-20] ^ 1]) + content[-19:] if len(content) > 20 else b"",
}


def sums(folder: Path) -> dict[str, str]:
    return {path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.rglob("*") if path.is_file()}


@pytest.fixture(autouse=True)
def one_day(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    for name in ("SITE_NAME", "SITE_URL", "REPO_URL", "COMMONS_DOCS", "COMMONS_DRAFTS"):
        monkeypatch.delenv(name, raising=False)


def commit(project: Path) -> None:
    """A first commit, and a second that changes an entry, so that the past has something to tell."""
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "a"), ("EMAIL", "a@a.test"))}
    days = {"GIT_AUTHOR_DATE": "2026-01-01T12:00:00+00:00", "GIT_COMMITTER_DATE": "2026-01-01T12:00:00+00:00"}
    entry = project / "content/practices/stove-rental.md"
    text = entry.read_text("utf-8")
    entry.write_text(text.replace("title: ", "title: Old ", 1), "utf-8")
    for moment in ("2026-01-01", "2026-02-01"):
        environment = os.environ | names | {name: day.replace("2026-01-01", moment) for name, day in days.items()} | {"GIT_CONFIG_GLOBAL": os.devnull}
        for arguments in (("init", "--quiet"), ("add", "content"), ("commit", "--quiet", "--message=x")):
            subprocess.run(("git", *arguments), cwd=project, env=environment, check=True, capture_output=True)
        entry.write_text(text, "utf-8")


# Caches


def made(project: Path) -> tuple[dict[str, str], dict[str, str]]:
    """The pages and the PDFs of a project, as a build makes them before the engine."""
    loaded = load(project)
    editions = editions_of(loaded)
    stage(loaded, loaded.settings.staged, editions.printed)
    pages = {name: hash for name, hash in sums(loaded.settings.staged).items() if name != MANIFEST}
    return pages, {url: hashlib.sha256(path.read_bytes()).hexdigest() for url, path in editions.files.items()}


@pytest.fixture(scope="module")
def kitchen(tmp_path_factory: pytest.TempPathFactory) -> Path:
    project = copy_project("clean-cooking", tmp_path_factory.mktemp("caches") / "project")
    commit(project)
    return project


@pytest.mark.parametrize("spoil", SPOILT)
def test_everything_that_a_build_kept_may_be_spoilt(kitchen: Path, spoil: str) -> None:
    wanted = made(kitchen)
    assert len(wanted[1]) == 6
    kept = {path for path in (kitchen / ".build").rglob("*") if path.is_file()}
    assert {path.relative_to(kitchen / ".build").parts[0] for path in kept} == {"docs", "history.json", "pdf", "templates", "text.sqlite"}
    for path in kept:
        path.write_bytes(SPOILT[spoil](path.read_bytes()))
    (kitchen / ".build/docs/practices/left-over.md").write_text("No entry makes this page any more.", "utf-8")
    (kitchen / ".build/pdf/left-over.1.pdf").write_bytes(b"")
    assert made(kitchen) == wanted
    assert {path.name.count(".") for path in (kitchen / ".build/pdf").iterdir()} == {3}


def test_files_and_folders_may_stand_in_the_place_of_each_other(kitchen: Path) -> None:
    wanted = made(kitchen)
    shutil.rmtree(kitchen / ".build/docs/practices")
    (kitchen / ".build/docs/practices").write_text("a file", "utf-8")
    (kitchen / ".build/docs/explore/index.md").unlink()
    (kitchen / ".build/docs/explore/index.md").mkdir()
    assert made(kitchen) == wanted


def test_the_torn_list_of_a_folder_elsewhere_removes_nothing(small: Small) -> None:
    small.topic()
    small.stage()
    (small.root / "staged" / MANIFEST).write_text("topics/index.md\nmine.m", "utf-8")
    small.write("staged/mine.md", "Not made by staging.")
    with pytest.raises(NotAStage, match="is torn; remove the folder"):
        small.stage()
    assert (small.root / "staged/mine.md").is_file()


@pytest.mark.parametrize(
    "other",
    [
        "CREATE TABLE text (id INTEGER, words TEXT)",
        "CREATE TABLE text (hash TEXT PRIMARY KEY, sections TEXT NOT NULL, version TEXT NOT NULL)",
        "CREATE VIEW text AS SELECT 'a' AS hash, 'b' AS sections",
    ],
)
def test_a_store_of_texts_from_another_version_is_made_anew(small: Small, tmp_path: Path, other: str) -> None:
    small.topic()
    record = small.project().catalogue.by_id["money"]
    wanted = Texts().sections(record)
    store = tmp_path / "store/text.sqlite"
    store.parent.mkdir()
    with sqlite3.connect(store) as old:
        old.execute(other)
    old.close()
    for _ in range(2):  # the first run may find out only when it writes
        texts = Texts(store)
        assert texts.sections(record) == wanted
        texts.close()
    again = Texts(store)
    assert (again.sections(record), again.rendered) == (wanted, 0)


def test_a_store_of_texts_that_cannot_be_written_is_done_without(small: Small, tmp_path: Path) -> None:
    small.topic()
    record = small.project().catalogue.by_id["money"]
    (tmp_path / "file").write_text("", "utf-8")
    for place in (tmp_path / "file/text.sqlite", tmp_path):
        assert Texts(place).sections(record) == Texts().sections(record)


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_kept_file_is_whole_or_nothing(tmp_path: Path, spoil: str) -> None:
    path = tmp_path / "kept"
    content = b"What was drawn,\nin two lines."
    write_kept(path, content)
    assert read_kept(path) == content
    path.write_bytes(SPOILT[spoil](path.read_bytes()))
    assert read_kept(path) is None


def test_a_write_that_fails_leaves_the_old_file_and_nothing_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_whole(tmp_path / "file", b"old")

    def full(path: Path, content: bytes) -> int:
        path.open("wb").close()
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_whole(tmp_path / "file", b"new")
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == {"file": b"old"}


@pytest.mark.parametrize("spoil", SPOILT)
def test_a_compiled_template_that_is_spoilt_is_compiled_again(tmp_path: Path, spoil: str) -> None:
    for _ in range(2):
        shown = (
            Environment(loader=DictLoader({"a": "{{ 6 * 7 }}"}), bytecode_cache=TemplateStore(tmp_path), autoescape=True).get_template("a").render()
        )
        assert shown == "42"
        (kept,) = tmp_path.iterdir()
        kept.write_bytes(SPOILT[spoil](kept.read_bytes()))


# Words


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (OSError(errno.ENOSPC, "x", "site/a"), "site/a could not be written: there is no room left. Make room on the disk, then run this again."),
        (PermissionError(errno.EACCES, "x", "a"), "a could not be read or written: the system does not allow it."),
        (OSError(errno.EROFS, "x", "a", None, "b"), "b could not be read or written: the system does not allow it."),
        (NotADirectoryError(errno.ENOTDIR, "x", b"a"), "a could not be read or written: a file stands where a folder must be"),
        (OSError(errno.EIO, "Input/output error"), "A file could not be read or written: Input/output error."),
        (FileNotFoundError(errno.ENOENT, "No usable temporary directory found in ['/tmp']"), "No folder for temporary files can be written: "),
        (
            OSError(errno.ECHILD, ENDED),
            "A process of this build was ended from outside, perhaps because the memory was full. Close",
        ),
        (OSError("nothing more is known"), "A file could not be read or written: nothing more is known."),
    ],
)
def test_a_failure_of_the_system_is_told_in_words(error: OSError, said: str) -> None:
    assert words_of(error).startswith(said)


def test_the_traceback_of_an_engine_is_told_in_words() -> None:
    head = "WARNING - x\nTraceback (most recent call last):\n  File 'a', line 1\n"
    assert words_of_traceback(f"{head}OSError: [Errno {errno.ENOSPC}] No space left on device: 'a.js' -> 'site/a.js'\n") == (
        "site/a.js could not be written: there is no room left. Make room on the disk, then run this again."
    )
    closed = words_of_traceback(f"{head}PermissionError: [Errno {errno.EACCES}] Permission denied: 'site'")
    assert closed is not None
    assert closed.startswith("site could not be read or written: the system does not allow it.")
    assert words_of_traceback(f"{head}ChildProcessError: [Errno {errno.ECHILD}] {ENDED}") == words_of(OSError(errno.ECHILD, ENDED))
    assert words_of_traceback(f"{head}ValueError: no such thing") is None
    assert words_of_traceback("OSError: [Errno 28] in a page") is None


# One build at a time


@pytest.fixture
def other_build(tmp_path: Path) -> Iterator[subprocess.Popen[str]]:
    """Another program that is at work in `tmp_path/.build` until it reads a line or is killed."""
    code = "import sys; from pathlib import Path; from macros.lock import take; take(Path(sys.argv[1])); print('has it', flush=True); input()"
    with subprocess.Popen(
        (sys.executable, "-c", code, str(tmp_path / ".build")), stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as running:
        assert running.stdout
        assert running.stdout.readline() == "has it\n"
        yield running
        running.kill()


@POSIX
def test_a_second_build_says_that_it_waits_and_goes_on_when_the_first_is_gone(tmp_path: Path, other_build: subprocess.Popen[str]) -> None:
    told: list[str] = []

    def tell(sentence: str) -> None:
        told.append(sentence)
        os.kill(other_build.pid, signal.SIGKILL)

    with alone(tmp_path / ".build", tell):
        assert told == [WAITING]


@POSIX
def test_a_build_does_not_wait_for_itself_or_for_the_one_that_started_it(
    tmp_path: Path, other_build: subprocess.Popen[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    build = tmp_path / "own/.build"
    assert take(build)
    assert not take(build)
    free(build)
    for name, value in held(tmp_path / ".build").items():
        monkeypatch.setenv(name, value)
    assert not take(tmp_path / ".build")


# Whole builds


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, dict[str, str]]:
    """A project whose site is built, and the site's bytes."""
    project = copy_project("clean-cooking", tmp_path_factory.mktemp("faults") / "project")
    running = subprocess.run(
        (sys.executable, "-m", "macros", "site"),
        cwd=project,
        env={**os.environ, "SOURCE_DATE_EPOCH": MOMENT},
        capture_output=True,
        text=True,
        check=False,
    )
    assert running.returncode == 0, running.stdout + running.stderr
    return project, sums(project / "site")


@POSIX
@pytest.mark.build
def test_killed_at_any_stage_the_site_stands_and_the_next_build_is_right(built: tuple[Path, dict[str, str]], tmp_path: Path) -> None:
    wanted = built[1]
    project = copy_project("clean-cooking", tmp_path / "project")
    for name in ("project/site", "engine"):
        shutil.copytree(built[0] / "site", tmp_path / name)
    (project / "site/marked.txt").write_text("the site that stood", "utf-8")
    done = subprocess.run((sys.executable, "-m", "tests.faults", str(project), str(tmp_path / "engine")), capture_output=True, text=True, check=False)
    ended = dict(line.split("\t") for line in done.stdout.splitlines())
    assert ended == dict.fromkeys(STAGES, str(-signal.SIGKILL)), done.stderr
    assert sums(project / ".build/site-before").keys() >= {"index.html"}
    both = [command(project, "site"), command(project, "site")]
    said = [running.communicate()[0] for running in both]
    assert sum(WAITING in one for one in said) <= 1
    assert [running.returncode for running in both] == [0, 0], said
    assert "Traceback" not in "".join(said)
    assert sums(project / "site") == wanted
    left = sorted(path.name for path in (project / ".build").iterdir())
    assert left == ["docs", "lock", "pdf", "pictures", "site.json", "templates", "text.sqlite"]


@POSIX
@pytest.mark.build
@pytest.mark.parametrize(("room", "gone"), [(0, ""), (0, "pdf"), (2_000, "docs"), (2_000, "pdf"), (30_000, ""), (30_000, "pdf")])
def test_a_full_disk_is_told_in_words_and_leaves_the_site_as_it_was(built: tuple[Path, dict[str, str]], room: int, gone: str) -> None:
    project, wanted = built
    if gone:
        shutil.rmtree(project / ".build" / gone, ignore_errors=True)
    running = command(project, "site", room=room)
    said, _ = running.communicate()
    assert running.returncode == 1, said
    assert "there is no room left" in said
    assert "Traceback" not in said
    assert sums(project / "site") == wanted


@POSIX
@pytest.mark.build
@pytest.mark.parametrize("closed", [".build", ".build/docs", "."])
def test_a_folder_that_may_not_be_written_is_told_in_words(built: tuple[Path, dict[str, str]], closed: str) -> None:
    project, wanted = built
    shutil.rmtree(project / ".build/docs/topics", ignore_errors=True)
    (project / closed).mkdir(parents=True, exist_ok=True)  # another test may have taken it away
    (project / closed).chmod(0o555)
    try:
        running = command(project, "site", only_own_rights=True)
        said, _ = running.communicate()
    finally:
        (project / closed).chmod(0o755)
    assert running.returncode == 1, said
    assert "the system does not allow it" in said
    assert "Traceback" not in said
    assert sums(project / "site") == wanted


@pytest.mark.build
def test_a_file_in_the_place_of_the_build_folder_is_told_in_words(built: tuple[Path, dict[str, str]]) -> None:
    project, wanted = built
    shutil.rmtree(project / ".build", ignore_errors=True)
    (project / ".build").write_text("a file", "utf-8")
    running = command(project, "site")
    said, _ = running.communicate()
    (project / ".build").unlink()
    assert running.returncode == 1, said
    assert "a file stands where a folder must be" in said
    assert "Traceback" not in said
    assert sums(project / "site") == wanted


@POSIX
@pytest.mark.build
def test_a_build_that_fails_before_it_reads_pages_ends_with_all_that_it_began(tmp_path: Path) -> None:
    project = copy_project("clean-cooking", tmp_path / "project")
    (project / "fail.py").write_text("def on_files(files, config):\n    raise SystemExit(3)\n", "utf-8")
    (project / "mkdocs.yml").write_text((project / "mkdocs.yml").read_text("utf-8") + "\nhooks: [fail.py]\n", "utf-8")
    build = (sys.executable, "-m", "mkdocs", "build", "--quiet")
    running = subprocess.Popen(build, cwd=project, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    assert running.wait(120) == 3
    with pytest.raises(ProcessLookupError):
        os.killpg(running.pid, 0)
