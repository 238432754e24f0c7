"""The same problems for people, programs, GitHub and code scanning."""

import json
from typing import Any

import pytest

from macros.check import under
from macros.problems import CODES, WARNINGS, Problem
from macros.report import FORMATS, as_github, as_json, as_sarif, as_summary, as_text

ERROR = Problem("content/topics/a b.md", 3, 7, "term-unknown", "`level` must be one of a, b; found 'c'", "Did you mean 'b'?")
WARNING = Problem("content/topics/ä.md", 1, 1, "summary-long", "a summary should be short; it is long")
NASTY = Problem("content/50%,a:b.md", 2, 1, "link-unknown", "100% wrong:\r\n::error::second", "Line one,\nline two: 5%.")


def test_text_is_one_problem_after_another_and_the_count() -> None:
    assert as_text([ERROR, WARNING], 12) == (
        "content/topics/a b.md:3:7: error [term-unknown]: `level` must be one of a, b; found 'c'\n"
        "  Did you mean 'b'?\n"
        "content/topics/ä.md:1:1: warning [summary-long]: a summary should be short; it is long\n"
        "\n"
        "12 files checked: 1 error, 1 warning."
    )


@pytest.mark.parametrize(
    ("problems", "files", "end"),
    [
        ([], 0, "0 files checked, no problems."),
        ([], 1, "1 file checked, no problems."),
        ([ERROR], 1, "1 file checked: 1 error, 0 warnings."),
        ([ERROR, ERROR, WARNING, WARNING], 2, "2 files checked: 2 errors, 2 warnings."),
    ],
)
def test_counts_are_in_the_singular_and_the_plural(problems: list[Problem], files: int, end: str) -> None:
    assert as_text(problems, files).split("\n")[-1] == end


def test_json_has_the_counts_and_every_problem() -> None:
    assert json.loads(as_json([ERROR, WARNING], 12)) == {
        "files": 12,
        "errors": 1,
        "warnings": 1,
        "problems": [
            {
                "path": "content/topics/a b.md", "line": 3, "column": 7, "severity": "error", "code": "term-unknown",
                "message": "`level` must be one of a, b; found 'c'", "hint": "Did you mean 'b'?",
            },
            {
                "path": "content/topics/ä.md", "line": 1, "column": 1, "severity": "warning", "code": "summary-long",
                "message": "a summary should be short; it is long", "hint": "",
            },
        ],
    }  # fmt: skip


def test_json_of_no_problem_is_still_an_object() -> None:
    assert json.loads(as_json([], 3)) == {"files": 3, "errors": 0, "warnings": 0, "problems": []}


def test_json_keeps_letters_as_they_are() -> None:
    assert "ä.md" in as_json([WARNING], 1)


def test_github_gets_one_command_a_problem() -> None:
    assert as_github([ERROR, WARNING], 12) == (
        "::error file=content/topics/a b.md,line=3,col=7,title=term-unknown::`level` must be one of a, b; found 'c'%0ADid you mean 'b'?\n"
        "::warning file=content/topics/ä.md,line=1,col=1,title=summary-long::a summary should be short; it is long"
    )


def test_github_gets_nothing_that_could_be_a_command_of_its_own() -> None:
    assert as_github([NASTY], 1) == (
        "::error file=content/50%25%2Ca%3Ab.md,line=2,col=1,title=link-unknown::100%25 wrong:%0D%0A::error::second%0ALine one,%0Aline two: 5%25."
    )


def test_github_gets_nothing_if_nothing_is_wrong() -> None:
    assert as_github([], 12) == ""


@pytest.fixture
def sarif() -> dict[str, Any]:
    found: dict[str, Any] = json.loads(as_sarif([ERROR, WARNING, NASTY], 12))
    return found


def test_sarif_says_its_version_and_schema(sarif: dict[str, Any]) -> None:
    assert sarif["version"] == "2.1.0"
    assert sarif["$schema"].endswith("sarif-schema-2.1.0.json")
    assert list(sarif) == ["$schema", "version", "runs"]
    assert len(sarif["runs"]) == 1


def test_sarif_lists_every_code_as_a_rule_with_its_level(sarif: dict[str, Any]) -> None:
    driver = sarif["runs"][0]["tool"]["driver"]
    assert driver["name"] == "commons"
    assert [rule["id"] for rule in driver["rules"]] == list(CODES)
    assert [rule["shortDescription"]["text"] for rule in driver["rules"]] == list(CODES.values())
    assert {rule["id"] for rule in driver["rules"] if rule["defaultConfiguration"]["level"] == "warning"} == WARNINGS


def test_every_result_of_sarif_leads_to_its_rule(sarif: dict[str, Any]) -> None:
    rules = sarif["runs"][0]["tool"]["driver"]["rules"]
    results = sarif["runs"][0]["results"]
    assert [rules[result["ruleIndex"]]["id"] for result in results] == [result["ruleId"] for result in results]
    assert [result["ruleId"] for result in results] == ["term-unknown", "summary-long", "link-unknown"]


def test_every_result_of_sarif_has_a_message_a_level_and_a_place(sarif: dict[str, Any]) -> None:
    assert sarif["runs"][0]["results"][0] == {
        "ruleId": "term-unknown",
        "ruleIndex": list(CODES).index("term-unknown"),
        "level": "error",
        "message": {"text": "`level` must be one of a, b; found 'c'. Did you mean 'b'?"},
        "locations": [{"physicalLocation": {"artifactLocation": {"uri": "content/topics/a%20b.md"}, "region": {"startLine": 3, "startColumn": 7}}}],
    }


def test_paths_in_sarif_are_written_as_addresses(sarif: dict[str, Any]) -> None:
    uris = [result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] for result in sarif["runs"][0]["results"]]
    assert uris == ["content/topics/a%20b.md", "content/topics/%C3%A4.md", "content/50%25%2Ca%3Ab.md"]


def test_columns_in_sarif_count_characters(sarif: dict[str, Any]) -> None:
    assert sarif["runs"][0]["columnKind"] == "unicodeCodePoints"


def test_there_are_five_forms() -> None:
    assert {"text": as_text, "json": as_json, "github": as_github, "sarif": as_sarif, "summary": as_summary} == FORMATS


@pytest.mark.parametrize(
    ("paths", "left"),
    [
        ([], ["content/topics/a.md", "content/topics/b.md", "content/topics2/a.md"]),
        (["content/topics"], ["content/topics/a.md", "content/topics/b.md"]),
        (["content/topics/"], ["content/topics/a.md", "content/topics/b.md"]),
        (["content/topics/a.md"], ["content/topics/a.md"]),
        (["content/topics/a"], []),
        (["content/topics/b.md", "content/topics2"], ["content/topics/b.md", "content/topics2/a.md"]),
        (["elsewhere"], []),
    ],
)
def test_a_report_can_be_of_some_files_or_folders(paths: list[str], left: list[str]) -> None:
    all_of_them = [Problem(path, 1, 1, "file-empty", "x") for path in ("content/topics/a.md", "content/topics/b.md", "content/topics2/a.md")]
    assert [problem.path for problem in under(all_of_them, paths)] == left
