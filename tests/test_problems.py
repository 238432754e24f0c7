"""Every message of the check, word for word: a small pool goes in, the report of `commons check` comes out.

The goldens stand in `tests/problems/`: `files` by path (a path without text is removed), `says` the report.
`UPDATE_GOLDENS=1 pytest tests/test_problems.py` rewrites what they say; the diff is the review.
"""

import itertools
import os
import re
import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from macros.problems import CODES, WARNINGS, ContentError, EmbedError, Problem, as_line, did_you_mean, listed, nearest, shown
from macros.report import as_text
from tests.conftest import ROOT, Small

GOLDENS = sorted((ROOT / "tests/problems").glob("*.yml"))

# Codes that no golden can cause, with the place of their tests.
ELSEWHERE = {
    "path-outside": "an argument of the command: tests/test_cli.py",
    "path-missing": "an argument of the command: tests/test_cli.py",
    "symlink": "not a text: tests/test_source.py",
    "file-too-large": "not a small file: tests/test_source.py",
    "file-unreadable": "not a text: tests/test_source.py",
    "not-utf8": "not a text: tests/test_source.py",
    "macro-syntax": "hand-written pages: tests/test_embeds.py",
    "macro-unknown": "hand-written pages: tests/test_embeds.py",
    "macro-argument": "hand-written pages: tests/test_embeds.py",
    "file-unsafe": "files beside hand-written pages: tests/test_docs_guard.py",
    "page-clash": "hand-written pages: tests/test_stage.py",
    "strings-missing": "the theme: below",
}


def golden(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(path.read_text("utf-8"))
    return found


def report(small: Small, files: dict[str, str | None]) -> str:
    for name, text in files.items():
        if text is None:
            (small.root / name).unlink()
        else:
            small.write(name, text.encode())
    checked = small.check()
    return as_text(checked.problems, len(checked.pool.ids))


@pytest.mark.parametrize("path", GOLDENS, ids=[path.stem for path in GOLDENS])
def test_the_check_says(small: Small, path: Path) -> None:
    found = golden(path)
    says = report(small, found["files"])
    if os.environ.get("UPDATE_GOLDENS"):
        before, _, _ = path.read_text("utf-8").partition("\nsays:")
        path.write_text(f"{before}\nsays: |-\n{textwrap.indent(says, '  ')}\n", "utf-8")
    else:
        assert says == found["says"]


def test_every_code_has_a_golden_or_a_test_elsewhere() -> None:
    told = {code for path in GOLDENS for code in re.findall(r"(?:error|warning) \[([a-z-]+)\]", golden(path)["says"])}
    assert sorted(told | set(ELSEWHERE)) == sorted(CODES)


def test_no_code_is_said_to_be_elsewhere_that_a_golden_has() -> None:
    told = {code for path in GOLDENS for code in re.findall(r"\[([a-z-]+)\]: ", golden(path)["says"])}
    assert told & set(ELSEWHERE) == set()


@pytest.mark.parametrize("code", [code for code in CODES if code not in ELSEWHERE])
def test_every_code_has_a_golden_of_its_name(code: str) -> None:
    said = golden(ROOT / f"tests/problems/{code}.yml")["says"]
    assert f"[{code}]: " in said


# Words that someone who never saw YAML or Python would have to look up.
JARGON = re.compile(
    r"\b(invalid|None|null|dict|tuple|str|strings?|regex|pattern|scalar|mapping|sequence|token|parse|parser|bool|boolean|int|integer|float)\b"
)


@pytest.mark.parametrize("path", GOLDENS, ids=[path.stem for path in GOLDENS])
def test_a_message_is_in_plain_words(path: Path) -> None:
    without_quotes = re.sub(r"'[^'\n]*'|`[^`\n]*`", "", golden(path)["says"])
    assert JARGON.findall(without_quotes) == []


@pytest.mark.parametrize("path", GOLDENS, ids=[path.stem for path in GOLDENS])
def test_a_message_says_what_must_hold_and_the_fix_stands_on_the_next_line(path: Path) -> None:
    for head, hint in itertools.pairwise(golden(path)["says"].split("\n")):
        if re.search(r":\d+:\d+: (error|warning) \[", head):
            assert re.search(r" (must|may|should) ", head), head
            assert re.match(r"  [A-Z].*[.?]$", hint), hint


def test_a_missing_text_of_the_interface_names_its_file(small: Small) -> None:
    small.topic()
    with pytest.raises(ContentError) as caught:
        small.project().strings("no.such.text")
    assert str(caught.value) == (
        "1 problem in the content\n"
        "overrides/strings/en.html:1:1: error [strings-missing]: there must be a text 'no.such.text'; found none\n"
        "  Add it, as in en.html."
    )


def test_a_code_that_is_not_listed_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^unknown problem code 'no-such-code'$"):
        Problem("a.md", 1, 1, "no-such-code", "it must hold; it does not")


def test_a_problem_can_be_printed_whatever_its_file_is_called() -> None:
    assert as_line(Problem("a\nb\udcff.md", 1, 1, "image", "none; one")) == "a\\nb\\udcff.md:1:1: error [image]: none; one"


def test_every_warning_is_a_code() -> None:
    assert set(CODES) >= WARNINGS


def test_content_errors_are_sorted_and_counted() -> None:
    later = Problem("b.md", 1, 1, "image", "no pictures; found one")
    sooner = Problem("a.md", 2, 3, "image", "no pictures; found one", "Remove it.")
    assert str(ContentError([later, sooner])) == (
        "2 problems in the content\n"
        "a.md:2:3: error [image]: no pictures; found one\n  Remove it.\n"
        "b.md:1:1: error [image]: no pictures; found one"
    )  # fmt: skip


def test_an_embed_error_says_its_fix_on_the_next_line() -> None:
    assert str(EmbedError("there is no entry 'a'", "Did you mean 'b'?")) == "there is no entry 'a'\n  Did you mean 'b'?"


def test_a_warning_is_named_as_one() -> None:
    assert as_line(Problem("a.md", 1, 2, "summary-long", "too long")) == "a.md:1:2: warning [summary-long]: too long"


@pytest.mark.parametrize(
    ("word", "choices", "near"),
    [
        ("mony", ["money", "wages"], "money"),
        ("MONEY", ["money"], "money"),
        ("the chalenge", ["The challenge", "What to do"], "The challenge"),
        ("money", [], None),
        ("", ["money"], None),
        ("zzz", ["money"], None),
        ("resaerch-council", ["research-council", "research-centre"], "research-council"),
    ],
)
def test_the_nearest_word_is_found_or_none(word: str, choices: list[str], near: str | None) -> None:
    assert nearest(word, choices) == near


def test_a_suggestion_is_made_or_the_other_sentence_is_said() -> None:
    assert did_you_mean("mony", ["money"]) == "Did you mean 'money'?"
    assert did_you_mean("zzz", ["money"], "Look it up.") == "Look it up."


@pytest.mark.parametrize(("words", "said"), [([], ""), (["a"], "a"), (["a", "b", "c"], "a, b, c"), (["a", "b", "c", "d"], "a, b, c and 1 more")])
def test_a_list_is_cut_with_the_number_left_out(words: list[str], said: str) -> None:
    assert listed(words, 3) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        ("some words", "some words"),
        ("two\nlines  and\tspaces", "two lines and spaces"),
        ("x" * 60, "x" * 60),
        ("x" * 61, "x" * 60 + "…"),
        (" " * 1000 + "x", "…"),
        ("a\u202eb\udcff", "a\\u202eb\\udcff"),
        (1066, "1066"),
    ],
)
def test_what_is_quoted_stays_on_one_line(found: object, said: str) -> None:
    assert shown(found) == said
