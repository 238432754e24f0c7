"""The `commons` command as its users call it."""

import json
import os
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.cli import main
from tests.conftest import Small


@pytest.fixture
def inside(small: Small) -> Iterator[Small]:
    """A small project as the working folder."""
    before = Path.cwd()
    os.chdir(small.root)
    yield small
    os.chdir(before)


def run(*arguments: str) -> Result:
    return CliRunner().invoke(main, arguments)


def test_a_pool_without_faults_ends_with_0(inside: Small) -> None:
    inside.topic()
    done = run("check")
    assert (done.exit_code, done.output) == (0, "1 file checked, no problems.\n")


def test_an_error_ends_with_1_and_a_warning_with_0(inside: Small) -> None:
    inside.topic()
    text = (inside.root / "content/topics/money.md").read_text("utf-8")
    inside.write("content/topics/money.md", text.replace("reviewed: 2026-11-01", "reviewed: 2021-11-01").replace("2026-01-01", "2021-01-01"))
    assert run("check").exit_code == 0
    assert "warning [review-overdue]" in run("check").output
    inside.write("content/topics/money.md", text.replace("title: Money", "titel: Money"))
    assert run("check").exit_code == 1


def test_a_call_that_is_not_understood_ends_with_2(inside: Small) -> None:
    assert run("check", "--format", "xml").exit_code == 2
    assert run("chekc").exit_code == 2


def test_only_the_problems_of_the_paths_given_are_shown(inside: Small) -> None:
    inside.topic()
    inside.write("content/topics/one.md", "")
    inside.write("content/topics/two.md", "")
    assert "one.md" in run("check", "content/topics/one.md").output
    assert "two.md" not in run("check", "content/topics/one.md").output
    assert "two.md" in run("check", "content/topics").output
    assert run("check", "content/topics/money.md").exit_code == 0


@pytest.mark.parametrize("path", ["../outside.md", "/etc/passwd", "mkdocs.yml", "content/../mkdocs.yml"])
def test_paths_outside_the_content_are_refused(inside: Small, path: str) -> None:
    inside.topic()
    done = run("check", path)
    assert done.exit_code == 2
    assert "[path-outside]" in done.output


def test_a_path_that_is_not_there_is_named(inside: Small) -> None:
    inside.topic()
    assert "content/topics/nothing.md:1:1: error [path-missing]" in run("check", "content/topics/nothing.md").output


def test_an_empty_pool_is_answered_in_words(inside: Small) -> None:
    done = run("check")
    assert done.exit_code == 1
    assert "content:1:1: error [pool-empty]: there must be at least one entry; found none" in done.output


def test_json_can_be_read_by_programs(inside: Small) -> None:
    inside.write("content/topics/one.md", "")
    found = json.loads(run("check", "--format", "json").output)
    assert (found["files"], found["errors"], found["problems"][0]["code"]) == (1, 1, "file-empty")


def test_the_command_works_from_a_folder_below(inside: Small) -> None:
    inside.topic()
    os.chdir(inside.root / "content" / "topics")
    assert run("check", "money.md").exit_code == 0


def test_stage_says_what_it_wrote(inside: Small) -> None:
    inside.topic()
    assert "38 pages in out: 38 written, 0 removed." in run("stage", "out").output
    assert "38 pages in out: 0 written, 0 removed." in run("stage", "out").output


@pytest.mark.parametrize("folder", [".", "..", "content", "docs", "docs/out", "macros/out", "content/topics/x"])
def test_stage_refuses_a_folder_of_the_sources(inside: Small, folder: str) -> None:
    path = inside.topic()
    done = run("stage", folder)
    assert done.exit_code == 2
    assert "choose another folder" in done.output
    assert path.is_file()


def test_stage_refuses_a_folder_with_other_things_in_it_and_removes_only_what_it_made(inside: Small) -> None:
    inside.topic("money", "Money")
    inside.topic("people", "People")
    inside.write("mine/thesis.txt", "work of years")
    assert "that staging did not make" in run("stage", "mine").output
    run("stage", "out")
    inside.write("out/topics/people/note.txt", "kept")
    (inside.root / "content/topics/people.md").unlink()
    assert "1 removed" in run("stage", "out").output
    assert (inside.root / "out/topics/people/note.txt").is_file()
    assert (inside.root / "mine/thesis.txt").read_text() == "work of years"


def test_a_folder_that_is_no_project_is_answered_in_words(tmp_path: Path) -> None:
    before = Path.cwd()
    os.chdir(tmp_path)
    try:
        for command in (("check",), ("site",), ("stage", "x")):
            done = run(*command)
            assert done.exit_code == 2
            assert "there is no mkdocs.yml" in done.output
    finally:
        os.chdir(before)


@pytest.mark.parametrize("text", ["a: [", "- a\n- b\n"])
def test_settings_that_cannot_be_read_are_answered_in_words(inside: Small, text: str) -> None:
    inside.write("mkdocs.yml", text)
    done = run("check")
    assert done.exit_code == 2
    assert "mkdocs.yml" in done.output
    assert "Traceback" not in done.output


def test_stage_with_wrong_content_names_it_and_has_no_traceback(inside: Small) -> None:
    inside.write("content/topics/one.md", "")
    done = run("stage", "out")
    assert done.exit_code == 1
    assert "[file-empty]" in done.output
    assert "Traceback" not in done.output


def test_schema_writes_one_file_a_kind(inside: Small) -> None:
    inside.topic()
    assert run("schema", "out").output == "11 schemas in out.\n"
    assert len(list((inside.root / "out").iterdir())) == 11


def test_stale_lists_what_is_due(inside: Small, practice: Callable[..., str]) -> None:
    inside.topic()
    inside.write("content/practices/old.md", practice(published="2020-01-01", reviewed="2020-01-31"))
    days = (date.today() - date(2021, 7, 31)).days
    count = "1 of 2 entries are due for review.\n"
    assert run("stale").output == f"Editors, practice: 1\n  2021-07-31  {days} days  content/practices/old.md\n{count}"
    assert run("stale", "--kind", "practice", "--owner", "Editors", "--days", str(days)).output == run("stale").output
    for narrower in (("--kind", "topic"), ("--owner", "Others"), ("--days", str(days + 1))):
        assert run("stale", *narrower).output == "0 of 2 entries are due for review.\n"


def test_stale_looks_ahead_and_prints_for_pages_and_programs(inside: Small, practice: Callable[..., str]) -> None:
    inside.topic()
    inside.write("content/practices/old.md", practice(title="Buying | <b>", published="2020-01-01", reviewed="2020-01-31"))
    days = (date.today() - date(2021, 7, 31)).days
    assert run("stale", "--format", "markdown").output == (
        "1 of 2 entries are due for review.\n\n## Editors: practice\n\n| due since | days | entry |\n| --- | ---: | --- |\n"
        f"| 2021-07-31 | {days} | Buying &#124; &#60;b&#62; (`content/practices/old.md`) |\n"
    )
    row = {"day": "2021-07-31", "path": "content/practices/old.md", "days": days, "kind": "practice", "owner": "Editors", "title": "Buying | <b>"}
    assert json.loads(run("stale", "--format", "json").output) == {"entries": 2, "due": [row]}
    assert "topics/money.md" in run("stale", "--days", "-4000").output
