"""What a second reader is told: how a text reads, what it rests on, what in it promises, what is copied."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from macros.cli import main
from macros.reading import FEWEST_WORDS, prose, read
from macros.review import Copies, balance, islands, read_copies, review
from tests.conftest import Small

EASY = "The bus came late. We had to wait. It was cold and dark. " * 12
HARD = (
    "Notwithstanding considerable administrative complexities, intergovernmental coordination arrangements necessitated comprehensive "
    "reconsideration of predetermined implementation responsibilities throughout participating jurisdictions. "
) * 8


def test_an_easy_text_has_a_low_grade_and_a_hard_one_a_high_grade() -> None:
    easy, hard = read(EASY), read(HARD)
    assert easy.grade is not None
    assert hard.grade is not None
    assert easy.grade < 2
    assert hard.grade > 25


def test_the_grade_is_the_published_formula() -> None:
    text = "One two three four. " * 30
    found = read(text)
    letters = len("Onetwothreefour") / 4
    assert (found.words, found.sentences, found.words_in_sentence) == (120, 30, 4.0)
    assert found.grade == pytest.approx(4.71 * letters + 0.5 * 4 - 21.43)


@given(st.text(st.sampled_from("aZ7é日'’.,-_ \n#*!?|"), max_size=60))
def test_a_word_has_joints_only_between_letters(text: str) -> None:
    assert read(text).words == len(re.findall(r"[^\W_]+(?:['’.,-][^\W_]+)*", prose(text)))


@pytest.mark.parametrize("text", ["", "Too short. " * 10, "अध्ययन बताता है कि यह काम करता है। " * 60, "词" * 500])
def test_a_text_that_is_short_or_in_other_letters_has_no_grade(text: str) -> None:
    assert read(text).grade is None


def test_marks_links_citations_headings_and_tables_are_no_prose() -> None:
    text = "### A heading\n\nSee [the **case**](../case-studies/one.md) [@one].\n\n| a | b |\n| - | - |\n\n- An item\n- Another."
    assert prose(text).split() == ["See", "the", "case.", "An", "item.", "Another."]


def test_a_text_just_long_enough_has_a_grade() -> None:
    assert read("word " * (FEWEST_WORDS - 1)).grade is None
    assert read("word " * FEWEST_WORDS).grade is not None


BODY = """
## The situation

Sales rose by 40% in a year.
Sales rose by 40% in 2024 [@one].
It cost USD 3 million [@one].
It cost USD 3 million in 2024 [@one].
The rule led to more sales [@one].
This is a game-changing scheme.

## What was done

Text.
"""
CASE = """---
title: A case
summary: A case.
topics: [money]
governments: [aa]
period: {{start: "2020"}}
state: in-force
state_checked: 2026-01-01
evidence: {evidence}
instruments: [mandate]
levels: [national]
sources:
  one: {{title: A, publisher: B, year: 2024, url: "https://a.test/b", type: {type}}}
published: 2026-01-01
reviewed: 2026-11-01
owner: Editors
---
"""


@pytest.fixture
def told(small: Small) -> Callable[..., list[str]]:
    """`about: text` of every remark on a case with the body above."""

    def remarks(evidence: str = "official-data", type: str = "report", copies: Copies | None = None) -> list[str]:
        small.topic()
        small.write("content/case-studies/one.md", CASE.format(evidence=evidence, type=type) + BODY)
        pool = small.check().pool
        record = next(record for record in (*pool.records, *pool.broken) if record.id == "one")
        return [f"{remark.line} {remark.about}" for remark in review(record, copies).remarks]

    return remarks


def test_a_review_names_what_to_look_at_with_its_line(told: Callable[..., list[str]]) -> None:
    assert told() == ["1 sources", "21 uncited", "23 money", "25 cause", "26 promise"]


def test_a_case_that_was_evaluated_may_speak_of_causes(told: Callable[..., list[str]]) -> None:
    assert "25 cause" not in told(evidence="independent-evaluation")


def test_a_case_that_rests_on_news_alone_is_named(told: Callable[..., list[str]]) -> None:
    assert told(type="news")[:2] == ["1 sources", "1 sources"]


def test_runs_of_eight_words_that_stand_elsewhere_are_named(told: Callable[..., list[str]]) -> None:
    copies = Copies(["Everyone knows that the rule led to more sales, they said, in one year"])
    assert "25 copied" not in told(copies=copies)
    longer = Copies(["they wrote: the one rule of the land led to more sales in all years"])
    assert list(longer.found("For the one rule of the land led to more sales.")) == [
        "stands elsewhere word for word: the one rule of the land led to more sales"
    ]


def test_a_name_may_stand_anywhere() -> None:
    text = "members of the high and low group for clean air in towns met"
    assert list(Copies([text]).found(text))
    assert not list(Copies([text], ["High and low group for clean air"]).found(text))


def test_copies_are_read_from_files_and_folders(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep" / "a.txt").write_text("one two three four five six seven eight nine", "utf-8")
    (tmp_path / "b.bin").write_bytes(b"\xff\xfe\x00")
    assert list(read_copies([tmp_path]).found("One two three four five six seven eight, and more"))


def test_the_command_fails_only_where_text_is_copied(small: Small, practice: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    small.topic(body="\n## What it covers\n\nMoney moves from hand to hand in many small steps every day.\n")
    small.write("content/practices/one.md", practice())
    monkeypatch.chdir(small.root)
    (small.root / "notes.txt").write_text("money moves from hand to hand in many small steps", "utf-8")
    fine = CliRunner().invoke(main, ["review"])
    assert fine.exit_code == 0
    assert "practices/one" in fine.output
    assert "island: practices/one" in fine.output
    copied = CliRunner().invoke(main, ["review", "content/topics", "--against", "notes.txt"])
    assert copied.exit_code == 1
    assert "content/topics/money.md:11: copied: stands elsewhere word for word: money moves from hand to hand in many small steps" in copied.output
    assert "practices/one" not in copied.output


def test_topics_with_few_entries_and_entries_that_stand_alone_are_found(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/one.md", practice())
    catalogue = small.check().catalogue()
    assert balance(catalogue) == [("money", {"practice": 1, "case-study": 0, "challenge": 0, "technical-assistance": 0})]
    assert [record.id for record in islands(catalogue)] == ["one"]


def test_a_hard_text_is_a_warning(small: Small) -> None:
    small.topic(body=f"\n## What it covers\n\n{HARD}\n")
    assert small.complaints() == ["content/topics/money.md:9:1 text-hard"]
