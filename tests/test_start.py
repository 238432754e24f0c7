"""`commons site` sees whether there is anything to do before it reads the generator."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from macros.lock import alone
from macros.settings import read_settings
from macros.unchanged import STANDS, remember, sum_of_sources
from tests.conftest import ROOT, Small

# Runs the command, and says which modules that takes long to read were read.
RUN = "import sys, macros.start as s; sys.argv[1:] = {arguments}; code = 0\ntry: s.main()\nexcept SystemExit as end: code = end.code\n"
SAID = "print('read:', *sorted({'pydantic', 'macros.cli', 'jinja2'} & set(sys.modules))); sys.exit(code)"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795262400"}
    code = RUN.format(arguments=list(arguments)) + SAID
    return subprocess.run((sys.executable, "-c", code), cwd=root, env=environment, capture_output=True, text=True, check=False)


@pytest.fixture
def standing(small: Small, monkeypatch: pytest.MonkeyPatch) -> Small:
    """A project whose site is remembered as built from what it is made from."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795262400")
    small.topic()
    small.write("site/index.html", "<p>Start")
    settings = read_settings(small.root)
    remember(settings, small.root / "site", sum_of_sources(settings))
    return small


def test_where_nothing_has_changed_the_generator_is_not_read(standing: Small) -> None:
    done = run(standing.root, "site")
    assert (done.stdout, done.stderr, done.returncode) == (f"{STANDS}\nread:\n", "", 0)


def test_where_something_has_changed_the_command_goes_on(standing: Small) -> None:
    (standing.root / "content/topics/money.md").write_text("no entry\n", "utf-8")
    done = run(standing.root, "site")
    assert done.returncode == 1
    assert "content/topics/money.md:1:1: error" in done.stderr
    assert done.stdout == "read: jinja2 macros.cli pydantic\n"


def test_other_commands_and_their_options_are_left_to_the_command(standing: Small) -> None:
    for arguments in (("check",), ("site", "--help"), ("site", "--nothing")):
        assert "macros.cli" in run(standing.root, *arguments).stdout


def test_outside_a_project_the_command_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "site")
    assert done.returncode == 2
    assert "there is no mkdocs.yml in" in done.stderr


def test_while_another_build_is_at_work_the_command_waits(standing: Small) -> None:
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "SOURCE_DATE_EPOCH": "1795262400"}
    with alone(standing.root / ".build"):
        waiting = subprocess.Popen((sys.executable, "-m", "macros", "site"), cwd=standing.root, env=environment, stderr=subprocess.PIPE, text=True)
        assert waiting.stderr
        assert "another build" in waiting.stderr.readline().lower()
        assert waiting.poll() is None
    assert waiting.wait(30) == 0


def test_no_other_build_comes_between_the_look_and_the_command(standing: Small) -> None:
    (standing.root / "content/topics/money.md").write_text("no entry\n", "utf-8")
    other = "import fcntl; fcntl.lockf(open('.build/lock', 'r+'), fcntl.LOCK_EX | fcntl.LOCK_NB)"
    code = (
        "import subprocess, sys, macros.cli, macros.start; sys.argv[1:] = ['site']\n"
        f"macros.cli.main = lambda **_: print(subprocess.run((sys.executable, '-c', {other!r}), capture_output=True, text=True).stderr)\n"
        "macros.start.main()"
    )
    done = subprocess.run(
        (sys.executable, "-c", code), cwd=standing.root, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True
    )
    assert "BlockingIOError" in done.stdout, done.stderr
