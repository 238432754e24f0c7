"""Whether a build has anything to do."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.clock import commit_time
from macros.settings import Settings, read_settings
from macros.site import build
from macros.unchanged import is_unchanged, remember, sum_of_site, sum_of_sources
from tests.conftest import Small
from tests.engines import copy_project


@pytest.fixture
def settings(small: Small) -> Settings:
    small.topic()
    small.write("docs/index.md", "# Start\n")
    small.write("site/index.html", "<p>Start")
    return read_settings(small.root)


def a_commit(small: Small) -> None:
    for arguments in (("init", "--quiet"), ("-c", "user.name=a", "-c", "user.email=a@a.test", "commit", "--quiet", "--allow-empty", "--message=x")):
        subprocess.run(("git", *arguments), cwd=small.root, check=True)


CHANGES: dict[str, Callable[[Small], object]] = {
    "an entry": lambda small: small.topic(title="Other words"),
    "a new entry": lambda small: small.topic("more"),
    "an entry that goes": lambda small: (small.root / "content/topics/money.md").unlink(),
    "an entry that is renamed": lambda small: (small.root / "content/topics/money.md").rename(small.root / "content/topics/gold.md"),
    "a page": lambda small: small.write("docs/index.md", "# Begin\n"),
    "the configuration": lambda small: (small.root / "mkdocs.yml").write_text("site_name: Other\n", "utf-8"),
    "the packages": lambda small: small.write("node_modules/.package-lock.json", "{}"),
    "the commit": a_commit,
}


@pytest.mark.parametrize("change", CHANGES)
def test_what_a_site_is_made_from_changes_the_sum(small: Small, settings: Settings, change: str) -> None:
    before = sum_of_sources(settings)
    assert sum_of_sources(settings) == before
    CHANGES[change](small)
    assert sum_of_sources(settings) != before


@pytest.mark.parametrize("name", ["SITE_NAME", "SITE_URL", "REPO_URL", "COMMONS_DRAFTS", "SOURCE_DATE_EPOCH"])
def test_what_the_environment_says_changes_the_sum(settings: Settings, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    monkeypatch.delenv(name, raising=False)
    before = sum_of_sources(settings)
    monkeypatch.setenv(name, "1")
    assert sum_of_sources(settings) != before


def test_the_time_of_a_file_is_no_change_of_what_it_says(small: Small, settings: Settings) -> None:
    before = sum_of_sources(settings)
    os.utime(small.root / "content/topics/money.md", (1, 1))
    assert sum_of_sources(settings) == before


def test_a_site_that_was_changed_is_built_again(small: Small, settings: Settings) -> None:
    site = small.root / "site"
    assert not is_unchanged(settings, site, "sources")
    remember(settings, site, "sources")
    assert is_unchanged(settings, site, "sources")
    assert not is_unchanged(settings, site, "other sources")
    small.write("site/more.html", "More")
    assert not is_unchanged(settings, site, "sources")
    (site / "more.html").unlink()
    assert is_unchanged(settings, site, "sources")
    (site / "index.html").unlink()
    assert not is_unchanged(settings, site, "sources")


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"sources": "sources"}', "\udcff"])
def test_a_torn_note_of_the_last_build_is_none(small: Small, settings: Settings, kept: str) -> None:
    small.write(".build/site.json", kept.encode("utf-8", "surrogateescape"))
    assert not is_unchanged(settings, small.root / "site", "sources")


@pytest.mark.build
def test_a_second_build_does_nothing_and_one_after_a_change_builds(tmp_path: Path) -> None:
    project = copy_project("clean-cooking", tmp_path / "project")
    first = build(project)
    assert first
    before = sum_of_site(project / "site")
    assert build(project) is None
    assert sum_of_site(project / "site") == before
    entry = project / "content/practices/stove-rental.md"
    entry.write_text(entry.read_text("utf-8").replace("title: ", "title: Now ", 1), "utf-8")
    told = subprocess.run((sys.executable, "-m", "macros", "site"), cwd=project, capture_output=True, text=True, check=True)
    assert "site/ is built from " in told.stdout
    told = subprocess.run((sys.executable, "-m", "macros", "site"), cwd=project, capture_output=True, text=True, check=True)
    assert told.stdout == "site/ stands as it would be built: nothing has changed.\n"


def test_the_clock_of_a_build_is_that_of_the_commit_unless_content_was_edited_since(small: Small, settings: Settings) -> None:
    assert commit_time(small.root) == ""
    a_commit(small)
    assert commit_time(small.root) == ""  # the topic is in no commit
    for arguments in (("add", "content"), ("-c", "user.name=a", "-c", "user.email=a@a.test", "commit", "--quiet", "--message=x")):
        subprocess.run(("git", *arguments), cwd=small.root, check=True)
    assert commit_time(small.root).isdigit()
    small.topic(title="Other words")
    assert commit_time(small.root) == ""
