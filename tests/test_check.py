"""A check finds the same with any number of processors, and begins none beside threads."""

import pickle
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.plugins import PluginCollection

from macros import ahead as processes
from macros import cli, garbage, plugin
from macros.ahead import FEWEST, Each, ahead
from macros.check import Checked, check
from macros.lock import free_all
from macros.problems import ContentError
from macros.rules import MOST_SUGGESTIONS
from macros.strict_yaml import Place
from tests.conftest import TODAY, Small

# Some more ids than suggestions are made for, so that it matters in which order the entries are looked at.
WRONG = MOST_SUGGESTIONS // FEWEST + 2


@pytest.fixture
def messy(small: Small, practice: Callable[..., str]) -> Small:
    """A pool with mistakes of all sorts: in the form, in fields, in texts, between entries."""
    small.topic()
    for n in range(FEWEST):
        wrong = ", ".join(f"buying-{n}x{m}" for m in range(WRONG))
        small.write(f"content/practices/buying-{n}.md", practice(title=f"Buying the {n}th", related=f"[{wrong}]", aliases=f"[old-{n % 60}]"))
    for n in range(8):
        small.topic(f"topic-{n}", body=f"\n## What it covers\n\n<b>Text</b> [@none] [one](nothing-{n}.md) [two](../practices/buying-{n}.md) 𓀀\n")
        small.topic(f"html-{n}", title="[", body="\n# High\n")
        small.write(f"content/topics/fields-{n}.md", f"---\ntitle: Fields\nreviewed: soon\ncolour: red\nrelated: [nothing-{n}]\n---\n\n[a](b)\n")
        small.write(f"content/practices/twin-{n}.md", practice(title="Many cities buy buses together", status="draft"))
        small.write(f"content/practices/empty-{n}.md", b" ")
    small.write("content/vocabulary/broken.yml", "title: [")
    return small


def checked(messy: Small, each: Each) -> Checked:
    return check(messy.root / "content", messy.root, TODAY, each)


def test_several_processes_find_what_one_does(messy: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(processes, "processors", lambda: 2)
    one, several = checked(messy, map), checked(messy, ahead)
    assert several == one
    assert [record.body for record in several.pool.records] == [record.body for record in one.pool.records]
    found = Counter(problem.code for problem in several.problems)
    assert found["reference-unknown"] == FEWEST * WRONG + 8
    assert found.keys() >= {
        "file-empty", "yaml-syntax", "field-value", "field-unknown", "field-missing", "id-duplicate", "twin", "raw-html", "source-unknown",
        "link-unknown", "link-unsafe", "letter-without-font", "section-missing", "text-before-sections",
    }  # fmt: skip
    hints = Counter(problem.hint.split("'")[0] for problem in several.problems if problem.code == "reference-unknown")
    assert hints == {"Did you mean ": MOST_SUGGESTIONS, "Check the file name of the entry that you mean.": FEWEST * WRONG + 8 - MOST_SUGGESTIONS}


def test_what_each_entry_tells_alone_is_found_where_it_is_read(messy: Small) -> None:
    seen: list[int] = []

    def each(act: Callable[[Any], Any], things: Sequence[Any]) -> Any:
        results = list(map(act, things))
        seen.append(sum(problem.code == "raw-html" for _, problems in results for problem in problems))
        return iter(results)

    assert checked(messy, each) == checked(messy, map)
    assert seen == [16]


def test_an_entry_that_comes_from_another_process_is_the_same_with_its_places(messy: Small) -> None:
    pool = checked(messy, map).pool
    for record in (pool.records[0], pool.broken[0]):
        again = pickle.loads(pickle.dumps(record))
        assert again == record
        assert type(again.entry) is type(record.entry)
        assert again.source.place(("title",)) == record.source.place(("title",)) == Place(2, 8)
        assert again.source.document == record.source.document
    assert pool.broken[0].broken


@pytest.mark.parametrize(("options", "expected"), [((), ahead), (("--watch",), map)])
def test_a_check_that_watches_begins_no_processes(monkeypatch: pytest.MonkeyPatch, small: Small, options: tuple[str, ...], expected: Each) -> None:
    asked: list[Each] = []

    def load(root: Path, today: object, each: Each) -> None:
        asked.append(each)
        raise ContentError(())

    monkeypatch.chdir(small.root)
    monkeypatch.setattr(cli, "load", load)
    monkeypatch.setattr(cli, "watch", lambda folders, run: run())
    assert CliRunner().invoke(cli.main, ["check", *options]).exit_code == 1
    assert asked == [expected]


@pytest.mark.parametrize(("command", "expected"), [("build", ahead), ("serve", map)])
def test_a_live_preview_begins_no_processes(monkeypatch: pytest.MonkeyPatch, small: Small, command: Any, expected: Each) -> None:
    asked: list[Each] = []

    def load(root: Path, each: Each) -> None:
        asked.append(each)
        raise ContentError(())

    monkeypatch.setattr(plugin, "load", load)
    monkeypatch.setattr(plugin, "set_clock", lambda root: None)
    monkeypatch.setattr(garbage, "leave", lambda: None)
    commons = plugin.CommonsPlugin()
    commons.on_startup(command=command, dirty=False)
    config = MkDocsConfig(str(small.root / "mkdocs.yml"))
    config.plugins = PluginCollection()
    try:
        with pytest.raises(PluginError):
            commons.on_config(config)
    finally:
        free_all()
    assert asked == [expected]
