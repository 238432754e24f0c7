"""The site that stands is replaced only by a whole new one, whatever stops a build."""

import hashlib
import subprocess
import sys
import time
from pathlib import Path

import pytest

from macros import site
from macros.problems import ContentError
from macros.site import EngineFailed, before, build, put_back, swap
from tests.engines import copy_project


def folder(path: Path, text: str) -> Path:
    path.mkdir(parents=True)
    (path / "index.html").write_text(text, "utf-8")
    return path


@pytest.fixture(params=["one step", "two steps"])
def steps(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> str:
    """Both ways to swap: where the system can exchange folders, and where it cannot."""
    if request.param == "two steps":
        monkeypatch.setattr(site, "_exchange", lambda one, other: False)
    return str(request.param)


def test_a_new_site_takes_the_place_of_the_old_one(tmp_path: Path, steps: str) -> None:
    made, stands = folder(tmp_path / ".build/site", "new"), folder(tmp_path / "site", "old")
    (stands / "gone.html").write_text("x", "utf-8")
    swap(made, stands)
    assert [path.name for path in sorted(stands.iterdir())] == ["index.html"]
    assert (stands / "index.html").read_text("utf-8") == "new"
    assert not made.exists()
    assert not before(made).exists()


def test_the_first_site_needs_no_old_one(tmp_path: Path, steps: str) -> None:
    made = folder(tmp_path / ".build/site", "new")
    swap(made, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "new"


def test_a_swap_that_was_stopped_between_its_steps_is_undone(tmp_path: Path) -> None:
    made = folder(tmp_path / ".build/site", "new")
    folder(before(made), "old")
    put_back(made, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "old"
    put_back(made, tmp_path / "site")
    assert (tmp_path / "site/index.html").read_text("utf-8") == "old"


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux can exchange folders in one step")
def test_linux_swaps_in_one_step(tmp_path: Path) -> None:
    one, other = folder(tmp_path / "one", "1"), folder(tmp_path / "other", "2")
    assert site._exchange(one, other)
    assert ((one / "index.html").read_text("utf-8"), (other / "index.html").read_text("utf-8")) == ("2", "1")
    assert not site._exchange(one, tmp_path / "missing")


def state(path: Path) -> dict[str, str]:
    """The hash of every file below a folder."""
    return {file.relative_to(path).as_posix(): hashlib.sha256(file.read_bytes()).hexdigest() for file in sorted(path.rglob("*")) if file.is_file()}


def add_entry(project: Path, name: str) -> None:
    text = (project / "content/topics/clean-air.md").read_text("utf-8").replace("title: ", f"title: {name} ", 1)
    (project / f"content/topics/{name}.md").write_text(text, "utf-8")


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small project with a site that stands."""
    made = copy_project("clean-cooking", tmp_path_factory.mktemp("swap") / "project")
    build(made)
    return made


@pytest.mark.build
def test_wrong_content_and_a_failing_engine_leave_the_site_as_it_was(project: Path) -> None:
    stands = state(project / "site")
    wrong = project / "content/topics/wrong.md"
    wrong.write_text("no entry", "utf-8")
    with pytest.raises(ContentError):
        build(project)
    wrong.unlink()
    assert state(project / "site") == stands
    page = project / "docs/page.md"
    page.write_text("# A\n\n[nowhere](nowhere.md)\n", "utf-8")
    with pytest.raises(EngineFailed):
        build(project)
    page.unlink()
    assert state(project / "site") == stands


@pytest.mark.build
def test_a_build_that_is_killed_in_the_middle_leaves_the_site_as_it_was_and_the_next_one_succeeds(project: Path) -> None:
    stands = state(project / "site")
    add_entry(project, "later")
    command = [sys.executable, "-c", "import sys; from pathlib import Path; from macros.site import build; build(Path(sys.argv[1]))", str(project)]
    running = subprocess.Popen(command, cwd=project, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    for _ in range(6000):
        if (project / ".build/site/index.html").is_file() or running.poll() is not None:
            break
        time.sleep(0.02)
    assert running.poll() is None, "the build ended before it could be killed"
    running.kill()  # not the engine that it started, which must end by itself
    running.wait()
    assert (project / ".build/site/index.html").is_file()
    assert state(project / "site") == stands
    build(project)
    assert (project / "site/topics/later/index.html").is_file()
    assert not (project / ".build/site").exists()
