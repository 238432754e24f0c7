"""A check that runs again after each change, and the editors that read what it prints."""

import json
import re
from pathlib import Path

import pytest
import yaml
from watchdog.events import FileClosedEvent, FileModifiedEvent, FileMovedEvent, FileOpenedEvent

from macros.problems import Problem, as_line
from macros.watch import ChangeObserver, Changes, OnlyChanges, watch
from tests.conftest import ROOT


def test_it_runs_once_and_again_after_a_change(tmp_path: Path) -> None:
    runs: list[str] = []

    def run() -> None:
        runs.append(",".join(sorted(path.name for path in tmp_path.iterdir())))
        if len(runs) == 1:
            (tmp_path / "one.md").write_text("text", "utf-8")

    watch((tmp_path, tmp_path / "missing"), run, lambda: len(runs) < 2)
    assert runs == ["", "one.md"]


@pytest.mark.parametrize(
    ("event", "noted"),
    [
        (FileModifiedEvent("content/practices/one.md"), True),
        (FileMovedEvent("content/practices/.one.md.part", "content/practices/one.md"), True),
        (FileModifiedEvent("content/practices/.one.md.swp"), False),
        (FileModifiedEvent("content/practices/one.md~"), False),
        (FileOpenedEvent("content/practices/one.md"), False),
        (FileClosedEvent("content/practices/one.md"), False),
    ],
)
def test_what_an_editor_keeps_for_itself_and_what_only_reads_is_no_change(event: FileModifiedEvent, noted: bool) -> None:
    changes, passed_on = Changes(), Changes()
    changes.on_any_event(event)
    OnlyChanges(passed_on, [Path("content/practices")]).dispatch(event)
    OnlyChanges(passed_on, [Path("content/practices/two.md"), Path("docs")]).dispatch(FileModifiedEvent("content/practices/one.md"))
    assert (changes.event.is_set(), passed_on.event.is_set()) == (noted, noted)


@pytest.mark.parametrize("polling", [False, True])
def test_an_observer_tells_of_a_change_also_where_the_system_tells_nothing(tmp_path: Path, polling: bool) -> None:
    changes, observer = Changes(), ChangeObserver([tmp_path], polling)
    observer.schedule(changes, str(tmp_path), recursive=True)
    observer.start()
    try:
        (tmp_path / "one.md").write_text("text", "utf-8")
        assert changes.event.wait(30)
    finally:
        observer.stop()
        observer.join()


def test_the_task_of_the_editor_reads_what_the_check_prints() -> None:
    task = json.loads((ROOT / ".vscode/tasks.json").read_text("utf-8"))["tasks"][0]
    matcher = task["problemMatcher"]
    line = as_line(
        Problem("content/practices/one.md", 4, 11, "term-unknown", "`evidence` must be one of a, b; found 'c'", "Did you mean 'b'?")
    ).split("\n")[0]
    found = re.match(matcher["pattern"]["regexp"], line)
    assert found
    names = ("file", "line", "column", "severity", "code", "message")
    assert {name: found.group(matcher["pattern"][name]) for name in names} == {
        "file": "content/practices/one.md", "line": "4", "column": "11", "severity": "error", "code": "term-unknown",
        "message": "`evidence` must be one of a, b; found 'c'",
    }  # fmt: skip
    assert re.match(matcher["background"]["beginsPattern"], "Checking.")
    assert re.match(matcher["background"]["endsPattern"], "Checked; waiting for a change.")
    assert task["args"] == ["check", "--watch"]


@pytest.mark.parametrize("name", [".pre-commit-config.yaml", ".pre-commit-hooks.yaml"])
def test_the_hook_takes_changed_entries_and_vocabularies(name: str) -> None:
    found = yaml.safe_load((ROOT / name).read_text("utf-8"))
    hook = found["repos"][0]["hooks"][0] if isinstance(found, dict) else found[0]
    assert hook["entry"].endswith("commons check")
    taken = [
        path for path in ("content/practices/one.md", "content/vocabulary/levels.yml", "docs/index.md", "README.md") if re.search(hook["files"], path)
    ]
    assert taken == ["content/practices/one.md", "content/vocabulary/levels.yml"]
