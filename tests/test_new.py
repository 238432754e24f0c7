"""A new entry: its id, its file, and what is asked."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from macros.cli import main
from macros.entries import KINDS
from macros.front_matter import entry_file, scalar
from macros.new import NotNew, propose, refuse
from macros.questions import split
from macros.source import read_source
from tests.conftest import Small

SECTIONS = {section.title: "Text." for section in KINDS["challenge"].sections}
AWKWARD = (
    "Depots: the grid", "Ends with a colon:", "Issue #5", "Issue # 5", "#5", "- a list", "-5", "@name", "`code`", "* star", "& more", "!tag", "| bar",
    "> arrow", "%percent", "[bracket", "{brace}", "'single'", '"double"', 'in "the" middle', "back\\slash", "null", "~", "no", "Yes", "12:30", "014",
    "1.10", "2026-01-01", "=", "<<", "? question", ", comma", "...", "---", "हिन्दी: कुल", "বাংলা # ঢাকা", "สวัสดี", "العربية", "Łódź", "日本語", "🚌 bus",
    "two\nlines", "tab\there", "a: b: c", "http://a.test/#x", "key: [v]", "a -- b", "x" * 300,
)  # fmt: skip


@pytest.fixture
def inside(small: Small) -> Iterator[Small]:
    """A small project as the working folder."""
    before = Path.cwd()
    os.chdir(small.root)
    small.topic()
    yield small
    os.chdir(before)


def run(*arguments: str, said: str | None = None) -> Result:
    return CliRunner().invoke(main, arguments, input=said)


@pytest.mark.parametrize("text", AWKWARD)
def test_the_reader_reads_what_was_written(small: Small, text: str) -> None:
    meta = {"title": text, "related": [text, "plain"], "sources": {"one": {"title": text, "note": text}}, "key_figures": [{"claim": text}]}
    path = small.write("content/challenges/one.md", entry_file(KINDS["challenge"], meta, SECTIONS))
    assert read_source(path, small.root).meta == meta


@pytest.mark.parametrize(("value", "written"), [("Plain words, 5% of it", "Plain words, 5% of it"), (2026, "2026"), ("", '""'), ("no", '"no"')])
def test_a_value_has_quotes_only_where_it_needs_them(value: Any, written: str) -> None:
    assert scalar(value) == written


def test_a_file_has_its_fields_in_the_order_of_the_model_and_its_sections_too() -> None:
    meta = {"owner": "Editors", "title": "Slow permits", "topics": ["money", "wages"], "odd": "x", "raised_by": []}
    assert entry_file(KINDS["challenge"], meta, {"Who faces it": "All.", "The problem": "", "Other": "More."}) == (
        "---\ntitle: Slow permits\ntopics: [money, wages]\nowner: Editors\nraised_by: []\nodd: x\n---\n"
        "\n## The problem\n\n## Who faces it\n\nAll.\n\n## Other\n\nMore.\n"
    )


@pytest.mark.parametrize(
    ("title", "taken", "id"),
    [
        ("Slow permits", (), "slow-permits"),
        ("Slow permits", ("slow-permits",), "slow-permits-2"),
        ("Slow permits", ("slow-permits", "slow-permits-2"), "slow-permits-3"),
        ("Łódź: Überlandbusse", (), "odz-uberlandbusse"),
        ("हिन्दी", (), ""),
        ("a" * 70 + " b", (), "a" * 70),
        ("x" * 90, ("x" * 75,), "x" * 75 + "-2"),
        ("CON", (), "con-entry"),
        ("word " * 20, (), "-".join(["word"] * 12)),
    ],
)
def test_an_id_is_proposed_from_the_title(title: str, taken: tuple[str, ...], id: str) -> None:
    assert propose(title, taken) == id


def test_an_id_that_an_entry_had_is_refused_with_a_free_one() -> None:
    with pytest.raises(NotNew) as caught:
        refuse("old-id", {"old-id"})
    assert str(caught.value) == "the id 'old-id' belongs to another entry, or did once; ids are never given twice. Free is old-id-2"


def test_an_id_without_the_right_form_is_refused_with_the_right_one() -> None:
    with pytest.raises(NotNew) as caught:
        refuse("Old Id", set())
    assert str(caught.value) == "an id must have at most 80 lower-case letters, digits and single hyphens; found 'Old Id'; write old-id"


def test_items_stand_between_commas() -> None:
    assert split("a, b,, c ") == ["a", "b", "c"]


def test_a_new_entry_says_what_only_its_author_knows(inside: Small) -> None:
    done = run("new", "challenge", "--title", "Slow permits", "--set", "topics=money", "--set", "summary=It takes long.")
    assert done.exit_code == 0
    assert done.output == (
        "content/challenges/slow-permits.md is written.\n"
        "Only you know what is missing:\n\n"
        "content/challenges/slow-permits.md:10:1: error [section-empty]: 'The problem' must have text below it; found none\n"
        "  Write what goes wrong, with evidence.\n"
        "content/challenges/slow-permits.md:12:1: error [section-empty]: 'Who faces it' must have text below it; found none\n"
        "  Write which governments and which people, and how differently.\n"
        "content/challenges/slow-permits.md:14:1: error [section-empty]: 'What makes it hard' must have text below it; found none\n"
        "  Write why the obvious answer is not enough.\n\n"
        "1 file checked: 3 errors, 0 warnings.\n\n"
        "Fill it in, then run: commons check content/challenges/slow-permits.md\n"
        "\nWhat qualifies:\n"
        "  Useful: A government elsewhere could do something with it.\n"
        "  Sourced: Each fact has a public source; a case has at least two that do not depend on each other.\n"
        "  Fair: It says what did not work, what is disputed and what is not known.\n"
        "  New here: No other entry tells it yet; what belongs to one that does is added there.\n"
        "  Yours to give: It is in your own words, under the licence of the site, with no secrets and nobody's private data.\n"
    )


def test_what_is_required_is_asked_and_a_word_that_is_not_known_is_asked_again(inside: Small) -> None:
    inside.write(
        "content/governments/aa.md",
        """
        ---
        title: Aland
        summary: A place.
        level: national
        region: asia
        published: 2026-01-01
        reviewed: 2026-11-01
        owner: Editors
        ---
        """,
    )
    answers = ["A fine case", "In one sentence.", "Alland", "Aland", "2024", "in-force", "Reported", "planning", "national, city", "a-fine-case"]
    done = run("new", "case-study", "--ask", said="\n".join(answers) + "\n")
    assert "'Alland' is not known here. Did you mean 'aland'?" in done.output
    meta = read_source(inside.root / "content/case-studies/a-fine-case.md", inside.root).meta
    assert {name: meta[name] for name in ("title", "summary", "governments", "period", "state", "evidence", "instruments", "levels")} == {
        "title": "A fine case",
        "summary": "In one sentence.",
        "governments": ["aa"],
        "period": {"start": "2024"},
        "state": "in-force",
        "evidence": "reported",
        "instruments": ["planning"],
        "levels": ["national", "city"],
    }


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--title", "Money"), "the id 'money' belongs to another entry, or did once"),
        (("--id", "x y", "--title", "X"), "write x-y"),
        (("--id", "con", "--title", "X"), "Windows does not keep for devices; found 'con'. Free is con-entry"),
        ((), "an entry must have an id"),
        (("--title", "X", "--set", "titel=Y"), "there is no field 'titel' in a challenge. Did you mean 'title'?"),
        (("--title", "X", "--set", "title"), "--set must hold a name, an equals sign and a value"),
    ],
)
def test_what_cannot_be_made_is_said_in_words_and_nothing_is_written(inside: Small, arguments: tuple[str, ...], said: str) -> None:
    if "Money" in arguments:
        arguments = (*arguments, "--id", "money")
    done = run("new", "challenge", *arguments)
    assert done.exit_code == 2
    assert said in " ".join(done.output.split())
    assert not (inside.root / "content/challenges").exists()


def test_an_id_that_was_published_once_is_refused(inside: Small) -> None:
    run("ledger")
    ledger = inside.root / "content/ledger.txt"
    ledger.write_text(ledger.read_text("utf-8") + "challenges/slow-permits\n", "utf-8")
    done = run("new", "challenge", "--title", "Slow permits", "--id", "slow-permits")
    assert (done.exit_code, "Free is slow-permits-2" in " ".join(done.output.split())) == (2, True)


@pytest.mark.parametrize("kind_of_file", [".md", ".json"])
def test_a_file_of_the_form_becomes_an_entry(inside: Small, kind_of_file: str) -> None:
    meta = {"title": "Slow permits", "summary": "It takes long.", "topics": ["money"]}
    file = inside.root / f"from-form{kind_of_file}"
    draft = {"format": 1, "kind": "challenge", "id": "permits", "meta": meta, "sections": SECTIONS}
    file.write_text(json.dumps(draft) if kind_of_file == ".json" else entry_file(KINDS["challenge"], meta, SECTIONS), "utf-8")
    done = run("new", "challenge", "--from", file.name)
    name = "content/challenges/permits.md" if kind_of_file == ".json" else "content/challenges/slow-permits.md"
    assert done.output.startswith(f"{name} is written.\nThe check has nothing to say; send it.\n\nWhat qualifies:\n")


def test_a_pool_without_criteria_has_none_to_say(inside: Small) -> None:
    (inside.root / "content/vocabulary/criteria.yml").unlink()
    assert "qualifies" not in run("new", "challenge", "--title", "Slow permits").output


@pytest.mark.parametrize("text", ["", "[]", "{", '{"format": 2, "meta": {}, "sections": {}}', '{"format": 1, "meta": []}'])
def test_a_file_that_the_form_did_not_write_is_refused_in_words(inside: Small, text: str) -> None:
    inside.write("draft.json", text)
    done = run("new", "challenge", "--from", "draft.json")
    assert (done.exit_code, "it is neither" in done.output) == (2, True)


def test_a_file_of_another_kind_is_refused(inside: Small) -> None:
    inside.write("draft.json", json.dumps({"format": 1, "kind": "practice", "meta": {}, "sections": {}}))
    assert "write: commons new practice" in run("new", "challenge", "--from", "draft.json").output


def test_a_pool_that_does_not_ask_for_two_publishers_is_not_held_to_it(inside: Small) -> None:
    run("new", "case-study", "--title", "A fine case")
    codes = [problem.code for problem in inside.check().problems]
    (inside.root / "content/vocabulary/criteria.yml").unlink()
    assert [code for code in codes if code != "source-few"] == [problem.code for problem in inside.check().problems]
    assert codes.count("source-few") == 1
