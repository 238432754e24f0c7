"""Staging writes what changed and nothing else."""

import errno
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import yaml

from macros import ahead
from macros.ahead import FEWEST
from macros.page import Page
from macros.problems import ContentError
from macros.project import drafts_asked
from macros.stage import stage
from tests.conftest import Small


@pytest.fixture
def pool(small: Small, practice: Callable[..., str]) -> Small:
    """Two topics and two practices."""
    small.topic("money", "Money")
    small.topic("people", "People")
    small.write("content/practices/pooled-buying.md", practice())
    small.write("content/practices/training.md", practice(title="Training", summary="People learn.", topics="[people]"))
    small.write("docs/index.md", "# Start\n\n{{ cards('training') }}\n")
    small.write("docs/notes/picture.svg", b"<svg/>")
    return small


def test_a_second_run_writes_nothing(pool: Small) -> None:
    first, second = pool.stage(), pool.stage()
    assert len(first.written) == first.pages
    assert (second.written, second.removed, second.rendered) == ((), (), 0)


def test_a_changed_summary_rewrites_only_the_pages_that_show_it(pool: Small, practice: Callable[..., str]) -> None:
    pool.stage()
    before = {path: path.read_text("utf-8") for path in (pool.root / "staged").rglob("*.md")}
    showing = {path.relative_to(pool.root / "staged").as_posix() for path, text in before.items() if "Several cities buy together." in text}
    pool.write("content/practices/pooled-buying.md", practice(summary="Cities buy as one."))
    assert set(pool.stage().written) == showing
    entries = {"practices/pooled-buying/index.md", "practices/training/index.md", "topics/money/index.md"}
    assert showing == {"explore/index.md", "practices/index.md", *entries}


def test_text_is_rendered_once_and_again_only_when_it_changes(pool: Small, practice: Callable[..., str]) -> None:
    assert pool.stage().rendered == 2  # the two topics and the two practices have the same text
    pool.write("content/practices/training.md", practice(title="New title", topics="[people]"))
    assert pool.stage().rendered == 0
    pool.topic("people", "People", "\n## What it covers\n\nOther text.\n")
    assert pool.stage().rendered == 1


def test_an_entry_that_is_gone_leaves_no_page(pool: Small) -> None:
    pool.stage()
    (pool.root / "content/practices/training.md").unlink()
    pool.write("docs/index.md", "# Start\n")
    assert pool.stage().removed == ("explore/topic/people/index.md", "practices/training/index.md")
    assert not (pool.root / "staged/practices/training").exists()


def test_hand_written_pages_and_files_are_copied_as_they_are(pool: Small) -> None:
    pool.stage()
    assert (pool.root / "staged/index.md").read_bytes() == (pool.root / "docs/index.md").read_bytes()
    assert (pool.root / "staged/notes/picture.svg").read_bytes() == b"<svg/>"


def test_wrong_content_writes_nothing(pool: Small) -> None:
    pool.stage()
    pool.write("content/practices/broken.md", "---\ntitle: x\n---\n")
    before = sorted(path for path in (pool.root / "staged").rglob("*"))
    with pytest.raises(ContentError, match="problems in the content"):
        pool.stage()
    assert sorted(path for path in (pool.root / "staged").rglob("*")) == before


def test_the_front_matter_is_ours_and_turns_macros_off(pool: Small, practice: Callable[..., str]) -> None:
    pool.write("content/practices/pooled-buying.md", practice(title='"A: {{ 7*7 }} <i>"', summary='"Tab\tand 😀."'))
    pool.stage()
    for path in (pool.root / "staged/practices").rglob("*.md"):
        head, body = path.read_text("utf-8").removeprefix("---\n").split("\n---\n")
        assert yaml.safe_load(head)["render_macros"] is False
        assert body == ""
    meta = yaml.safe_load(pool.page("practices/pooled-buying").split("---\n")[1])
    assert meta["title"] == "A: {{ 7*7 }} &lt;i&gt;"
    assert meta["commons"]["title"] == "A: {{ 7*7 }} <i>"
    assert meta["commons"]["summary"] == "Tab\tand 😀."


def test_what_a_page_carries_is_read_by_yaml_as_it_was_written() -> None:
    text = "\u2028 \u2029 \x85 \x7f \t \n --- ' \" \\ # : {a} [b] &c *d !e %f 😀 \u0928\u092e \ufeff"
    page = Page("x/index.md", "T", "entry.html", data={"text": text, "list": [text, {"empty": "", "zero": 0, "no": False}]})
    meta = yaml.safe_load(page.text().split("---\n")[1])
    assert meta["commons"] == {"text": text, "list": [text, {"zero": 0}]}


def test_two_runs_from_nothing_give_the_same_bytes(pool: Small) -> None:
    pool.stage("one")
    pool.stage("two")

    def tree(name: str) -> dict[str, bytes]:
        folder: Path = pool.root / name
        return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}

    assert tree("one") == tree("two")


def test_a_hand_written_page_may_not_stand_on_a_generated_one(pool: Small) -> None:
    pool.write("docs/practices/index.md", "# Mine\n")
    with pytest.raises(ContentError, match=r"docs/practices/index\.md:1:1: error \[page-clash\]"):
        pool.stage()


def test_drafts_and_retired_entries_have_pages_but_stand_in_no_list(pool: Small, practice: Callable[..., str]) -> None:
    pool.write("content/practices/idea.md", practice(title="Idea", status="draft"))
    pool.write("content/practices/old.md", practice(title="Old way", status="retired", replaced_by="training"))
    pool.stage()
    assert "This is a draft" in pool.page("practices/idea")
    assert "This entry is retired" in pool.page("practices/old")
    assert '"text":"Training"' in pool.page("practices/old")
    for page in ("practices", "topics/money"):
        assert "Idea" not in pool.page(page)
        assert "Old way" not in pool.page(page)


def test_a_draft_says_what_an_editor_still_writes(pool: Small, practice: Callable[..., str]) -> None:
    body = "## The challenge\n\nText.\n\n## What happened\n\nText."
    pool.write("content/practices/idea.md", practice(body, title="Idea", status="draft"))
    pool.stage()
    left = "What to do, What it takes, What did not work, Adapting it, Questions for discussion"
    assert f"has checked it. An editor still writes: {left}." in pool.page("practices/idea")


def test_a_draft_has_a_page_only_if_it_is_asked_for(pool: Small, practice: Callable[..., str]) -> None:
    pool.write("content/practices/idea.md", practice(title="Idea", status="draft", related="[training]"))
    pool.write("content/practices/next.md", practice(title="Next", summary="It follows.", related="[idea]"))
    stage(pool.project(drafts=False), pool.root / "without")
    stage(pool.project(drafts=True), pool.root / "with")
    assert not (pool.root / "without/practices/idea").exists()
    assert (pool.root / "with/practices/idea/index.md").is_file()
    assert "idea" not in (pool.root / "without/practices/next/index.md").read_text("utf-8")


@pytest.mark.parametrize(("value", "asked"), [("1", True), ("true", True), ("0", False), ("", False)])
def test_the_environment_asks_for_drafts(monkeypatch: pytest.MonkeyPatch, value: str, asked: bool) -> None:
    monkeypatch.setenv("COMMONS_DRAFTS", value)
    assert drafts_asked() is asked


def test_an_old_id_has_a_page_that_leads_to_the_new_one(pool: Small, practice: Callable[..., str]) -> None:
    pool.write("content/practices/training.md", practice(title="Training", topics="[people]", aliases="[teaching]"))
    pool.stage()
    meta = yaml.safe_load(pool.page("practices/teaching").split("---\n")[1])
    assert meta["template"] == "redirect.html"
    assert meta["commons"]["target"] == {"text": "Training", "url": "practices/training/"}
    assert meta["commons"]["noindex"] is True


@pytest.mark.parametrize("number", [FEWEST // 2, 2 * FEWEST])
def test_several_processes_stage_what_one_does(small: Small, monkeypatch: pytest.MonkeyPatch, number: int) -> None:
    for n in range(number):
        small.topic(f"topic-{n}", f"Topic {n}", f"\n## What it covers\n\nText of *{n}*.\n")
    told, found = [], []
    for processors in (1, 2):
        monkeypatch.setattr(ahead, "processors", lambda several=processors: several)
        (small.root / ".build/text.sqlite").unlink(missing_ok=True)
        folder = small.root / f"staged-{processors}"
        told.append(small.stage(folder.name))
        found.append({path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()})
    assert told[0] == told[1]
    assert told[0].rendered == number
    assert found[0] == found[1]
    again = small.stage("staged-2")
    assert (again.written, again.removed, again.rendered) == ((), (), 0)


def test_what_another_process_cannot_write_is_told_as_ever(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ahead, "processors", lambda: 2)
    for n in range(FEWEST):
        small.topic(f"topic-{n}", f"Topic {n}")
    whole = Path.write_bytes

    def full(path: Path, data: bytes) -> int:
        if path.parts[-3:-1] == ("topics", "topic-7"):
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(path))
        return whole(path, data)

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left on device") as caught:
        small.stage()
    assert (caught.value.errno, Path(caught.value.filename).parent.name) == (errno.ENOSPC, "topic-7")
