"""What changed in an entry and when, from a repository that the tests make and from versions that they make up."""

import json
import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from macros.git import Repository
from macros.history import Change, History, changes, differing, read_history, timeline
from macros.print.document import newest
from macros.print.selection import of_ids
from macros.views.edition import MOST_CHANGES, edition, words
from tests.conftest import TODAY, Small


@pytest.fixture
def commit(small: Small) -> Callable[..., None]:
    """Commit all that stands, on a day (ISO 8601)."""
    git(small, "init", "--quiet", "--initial-branch=main")

    def make(day: str, *command: str) -> None:
        git(small, "add", "--all")
        git(small, *(command or ("commit", "--quiet", "--message=x", "--allow-empty")), day=day)

    return make


def git(small: Small, *arguments: str, day: str = "2026-01-01") -> str:
    names = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        names |= {f"GIT_{who}_NAME": "a", f"GIT_{who}_EMAIL": "a@a.test", f"GIT_{who}_DATE": f"{day}T12:00:00+00:00"}
    return subprocess.run(("git", *arguments), cwd=small.root, env=os.environ | names, check=True, capture_output=True, text=True).stdout


def history(small: Small, **aliases: list[str]) -> History:
    given = aliases or {"pooled-buying": []}
    return read_history(
        Repository(small.root), "content", {id.replace("_", "-"): old for id, old in given.items()}, small.root / ".build/history.json"
    )


def test_the_days_on_which_fields_and_sections_changed(small: Small, commit: Callable[..., None], practice: Callable[..., str]) -> None:
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    small.write("content/practices/pooled-buying.md", practice(title="Buying as one"))
    commit("2026-04-01")
    small.write("content/practices/pooled-buying.md", practice(title="Buying as one", reviewed="2026-11-02").replace("Text.", "Other.", 1))
    commit("2026-05-01")
    small.write("content/practices/pooled-buying.md", practice(title="Buying as one", reviewed="2026-11-03").replace("Text.", "Other.", 1))
    commit("2026-06-01")
    assert history(small).of("pooled-buying") == (
        Change("2026-06-01", ("reviewed",)),
        Change("2026-05-01", ("reviewed",), ("The challenge",)),
        Change("2026-04-01", ("title",)),
    )


def test_an_entry_that_never_changed_is_known_and_one_that_is_not_committed_is_not(
    small: Small, commit: Callable[..., None], practice: Callable[..., str]
) -> None:
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    found = history(small, pooled_buying=[], other=[])
    assert (found.of("pooled-buying"), found.of("other")) == ((), None)


def test_what_a_branch_brought_counts_on_the_day_of_the_merge(small: Small, commit: Callable[..., None], practice: Callable[..., str]) -> None:
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    git(small, "switch", "--quiet", "--create", "branch")
    small.write("content/practices/pooled-buying.md", practice(summary="Cities buy as one."))
    commit("2026-04-01")
    git(small, "switch", "--quiet", "main")
    commit("2026-05-01", "merge", "--quiet", "--no-ff", "--message=x", "branch")
    assert history(small).of("pooled-buying") == (Change("2026-05-01", ("summary",)),)


@pytest.mark.parametrize("at_once", [True, False])
def test_a_renamed_entry_keeps_its_past(small: Small, commit: Callable[..., None], practice: Callable[..., str], at_once: bool) -> None:
    old = small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    old.write_text(practice(title="Buying together"), "utf-8")
    commit("2026-04-01")
    small.write("content/practices/buying-as-one.md", practice(title="Buying together", aliases="[pooled-buying]"))
    if not at_once:
        commit("2026-05-01")
    old.unlink()
    commit("2026-05-01")
    expected = (Change("2026-05-01", ("aliases",)), Change("2026-04-01", ("title",)))
    assert history(small, buying_as_one=["pooled-buying"]).of("buying-as-one") == expected


def test_an_entry_moved_to_another_kind_keeps_its_past(small: Small, commit: Callable[..., None], practice: Callable[..., str]) -> None:
    old = small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    old.unlink()
    small.write("content/challenges/pooled-buying.md", practice(title="Buying alone"))
    commit("2026-04-01")
    assert history(small).of("pooled-buying") == (Change("2026-04-01", ("title",)),)


def test_an_entry_that_took_another_one_over_keeps_its_own_past() -> None:
    events = {"own": [(0, "2026-01-01", "a"), (3, "2026-03-01", "b")], "other": [(1, "2026-01-02", "x"), (2, "2026-02-01", "y")]}
    assert timeline("own", ["other"], events) == [("2026-01-01", "a"), ("2026-03-01", "b")]


def test_several_old_ids_follow_one_another() -> None:
    events = {"c": [(4, "2026-05-01", "c")], "a": [(0, "2026-01-01", "a1"), (1, "2026-02-01", "a2")], "b": [(2, "2026-03-01", "b")]}
    assert timeline("c", ["a", "b", "never"], events) == [
        ("2026-01-01", "a1"), ("2026-02-01", "a2"), ("2026-03-01", "b"), ("2026-05-01", "c"),
    ]  # fmt: skip


def test_an_id_that_is_not_committed_yet_has_the_past_of_its_old_one() -> None:
    assert timeline("new", ["old"], {"old": [(0, "2026-01-01", "a")]}) == [("2026-01-01", "a")]


def test_several_versions_of_one_day_are_one_change() -> None:
    line = timeline("a", [], {"a": [(0, "2026-01-01", "1"), (1, "2026-02-01", "2"), (2, "2026-02-01", "3"), (3, "2026-03-01", "3")]})
    assert line == [("2026-01-01", "1"), ("2026-02-01", "3"), ("2026-03-01", "3")]
    assert list(changes(line, lambda before, after: ((f"{before}-{after}",), ()))) == [Change("2026-02-01", ("1-3",))]


@pytest.mark.parametrize(
    ("before", "after", "fields", "sections"),
    [
        ("title: a\nowner: b", "title: a\nowner: c", ("owner",), ()),
        ("title: a", 'title:   "a"', (), ()),
        ("list: [a, b]", "list:\n  - a\n  - b", (), ()),
        ("list:\n  - a\n  - b", "list:\n  - b\n  - a", ("list",), ()),
        ("title: a", "title: a\nrelated: [b]", ("related",), ()),
        ("title: a\nrelated: [b]", "title: a", ("related",), ()),
        ("published: 2026-01-01", "published: 2026-01-02", (), ()),
        ("sources:\n  one:\n    title: a: b", "sources:\n  one:\n    title: 'a: b'", ("sources",), ()),  # the old one could not be read
        ("title: a\n---\n## One\n\nText.\n\n## Two\n\nText.", "title: a\n---\n## One\n\nText.\n\n## Two\n\nOther.", (), ("Two",)),
        ("title: a\n---\n## One\n\nText.", "title: a\n---\n\n## One\nText.\n", (), ()),
        ("title: a\n---\n## One\n\nText.\n\n## Two\n\nText.", "title: a\n---\n## Three\n\nText.\n\n## One\n\nText.", (), ("Three", "Two")),
        ("title: a\n---\n```\n## No\n```", "title: a\n---\n```\n## Neither\n```", (), ()),
    ],
)
def test_two_versions_differ_in_fields_and_sections(before: str, after: str, fields: tuple[str, ...], sections: tuple[str, ...]) -> None:
    both = [f"---\n{text}\n---\n" if "---" not in text else f"---\n{text}" for text in (before, after)]
    assert differing(both[0], both[1]) == (fields, sections)


@pytest.mark.parametrize("text", ["", "no front matter", "---\nnever: closed\n", "---\n&a [*a, *a]: x\n---\n", "\x00\ufffd", "---\n" + "a: [" * 4000])
def test_a_version_of_any_form_can_be_compared(text: str) -> None:
    fields, sections = differing(text, "---\ntitle: a\n---\n## One\n\nText.\n")
    assert (fields[:1], sections) == (("title",), ("One",))


def test_a_shallow_clone_knows_nothing(small: Small, commit: Callable[..., None], practice: Callable[..., str], tmp_path: Path) -> None:
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    commit("2026-04-01")
    git(small, "clone", "--quiet", "--depth=1", f"file://{small.root}", f"{tmp_path}/shallow")
    found = read_history(Repository(tmp_path / "shallow"), "content", {"pooled-buying": []}, tmp_path / "shallow/.build/history.json")
    assert found == History()
    assert not (tmp_path / "shallow/.build").exists()


def test_a_folder_without_git_and_a_machine_without_it_know_nothing(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    assert history(small) == History()
    monkeypatch.setenv("PATH", str(small.root))
    assert history(small) == History()


def test_a_project_below_the_root_of_its_repository_has_its_past(small: Small, commit: Callable[..., None], practice: Callable[..., str]) -> None:
    small.write("content/practices/pooled-buying.md", practice(title="In another project"))
    small.write("inner/content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    small.write("content/practices/pooled-buying.md", practice(title="Changed there"))
    commit("2026-04-01")
    found = read_history(Repository(small.root / "inner"), "content", {"pooled-buying": []}, small.root / "history.json")
    assert found.of("pooled-buying") == ()


def test_git_is_asked_for_versions_once_a_commit_and_for_texts_once_a_pair(
    small: Small, commit: Callable[..., None], practice: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    small.write("content/practices/pooled-buying.md", practice(title="Buying as one"))
    commit("2026-04-01")
    first = history(small)
    with monkeypatch.context() as patch:
        patch.setattr(Repository, "versions", lambda *_: pytest.fail("the versions were kept"))
        patch.setattr(Repository, "texts", lambda *_: pytest.fail("the comparison was kept"))
        assert history(small) == first
    small.topic()
    commit("2026-05-01")
    monkeypatch.setattr(Repository, "texts", lambda *_: pytest.fail("the comparison was kept"))
    assert history(small) == first


@pytest.mark.parametrize("kept", ["", "{", "[]", '{"format": 0, "head": "x"}'])
def test_a_torn_or_an_old_cache_is_made_anew(small: Small, commit: Callable[..., None], practice: Callable[..., str], kept: str) -> None:
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    small.write("content/practices/pooled-buying.md", practice(title="Buying as one"))
    commit("2026-04-01")
    small.write(".build/history.json", kept)
    assert history(small).of("pooled-buying") == (Change("2026-04-01", ("title",)),)
    assert json.loads((small.root / ".build/history.json").read_text("utf-8"))["format"] == 1


def test_a_change_is_told_in_words(small: Small) -> None:
    small.topic()
    site = small.project().site()
    assert words(Change("2026-04-01", ("summary", "key_figures", "reviewed", "raised_by"), ("What happened", "<b>")), site) == (
        "Summary, key figures, raised by, “What happened”, “<b>”"
    )
    assert words(Change("2026-04-01", ("reviewed",)), site) == "Checked again; nothing else changed"


def test_the_page_of_an_entry_shows_its_newest_changes(small: Small) -> None:
    small.topic()
    project = small.project()
    days = [date.fromordinal(TODAY.toordinal() - number).isoformat() for number in range(MOST_CHANGES + 5)]
    site = project.site(history=History({"money": tuple(Change(day, ("title",)) for day in days)}))
    found = edition(site.catalogue.by_id["money"], site)
    assert [line.day for line in found.changes] == days[:MOST_CHANGES]
    assert (found.known, found.earlier, found.changes[0].date, found.history) == (True, True, "21 November 2026", "")


def test_without_a_past_the_page_goes_by_the_day_of_review(small: Small) -> None:
    small.topic()
    site = small.project().site()
    found = edition(site.catalogue.by_id["money"], site)
    assert (found.known, found.changes, found.reviewed) == (False, (), "2026-11-01")


def test_a_project_asks_git_where_pages_are_made(small: Small, commit: Callable[..., None], practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/pooled-buying.md", practice())
    commit("2026-03-01")
    small.write("content/practices/pooled-buying.md", practice(title="Buying as one"))
    commit("2026-04-01")
    small.stage()
    assert '"changes":[{"day":"2026-04-01","date":"1 April 2026","text":"Title"}]' in small.page("practices/pooled-buying")


def test_paper_has_the_day_of_its_newest_review_or_change_so_that_what_is_on_it_is_not_said_to_be_newer(small: Small) -> None:
    small.topic("money", "Money")
    small.topic("people", "People")
    project = small.project()

    def day_of(**days: str) -> str:
        site = project.site(history=History({id: (Change(day, ("title",)),) for id, day in days.items()}))
        return newest(of_ids(["money", "people"], site), site)

    assert (day_of(), day_of(money="2026-10-31"), day_of(people="2026-11-05", money="2026-11-03")) == ("2026-11-01", "2026-11-01", "2026-11-05")
