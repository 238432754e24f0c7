"""Rules between fields, between fields and text, and between entries: what the goldens do not cover."""

from collections.abc import Callable
from datetime import date

import pytest

from macros.entries import KINDS
from macros.pool import Record
from macros.rules import ALONE, AMONG, MOST_SUGGESTIONS, Scope, problems_of, review_due
from tests.conftest import TODAY, Small

HEAD = "title: A\nsummary: B.\npublished: 2026-01-01\nreviewed: 2026-11-01\nowner: Editors\n"
COVERS = "\n## What it covers\n\nText.\n"


def of(small: Small, *codes: str) -> list[str]:
    """`line message | hint` of the problems with these codes."""
    return [f"{p.line} {p.message} | {p.hint}" for p in small.check().problems if p.code in codes]


def topic(small: Small, fields: str, body: str = COVERS, id: str = "wages") -> None:
    small.write(f"content/topics/{id}.md", f"---\n{HEAD}{fields}---\n{body}".encode())


def record(small: Small, id: str) -> Record:
    return next(found for found in small.check().pool.records if found.id == id)


@pytest.mark.parametrize(
    ("reviewed", "due"),
    [
        ("2024-01-15", date(2027, 1, 15)),
        ("2024-12-31", date(2027, 12, 31)),
        ("2024-02-29", date(2027, 2, 28)),
        ("9996-12-31", date(9999, 12, 31)),
        ("9997-01-01", date.max),
        ("9999-12-31", date.max),
    ],
)
def test_a_review_is_due_after_some_months_and_never_beyond_the_calendar(small: Small, reviewed: str, due: date) -> None:
    small.topic()
    path = small.root / "content/topics/money.md"
    path.write_text(path.read_text("utf-8").replace("2026-11-01", reviewed), "utf-8")
    assert review_due(record(small, "money")) == due


@pytest.mark.parametrize(("day", "overdue"), [(date(2029, 10, 31), False), (date(2029, 11, 1), True), (date(2029, 11, 2), True)])
def test_a_review_is_overdue_from_the_day_it_is_due(small: Small, day: date, overdue: bool) -> None:
    small.topic()
    scope = Scope(small.check().pool, day)
    assert [p.code for p in problems_of(record(small, "money"), scope)] == ["review-overdue"] * overdue


@pytest.mark.parametrize("status", ["draft", "retired"])
def test_an_entry_that_is_not_shown_is_never_overdue(small: Small, status: str) -> None:
    topic(small, f"status: {status}\n")
    assert list(problems_of(record(small, "wages"), Scope(small.check().pool, date(2099, 1, 1)))) == []


@pytest.mark.parametrize(
    ("start", "end", "wrong"),
    [
        ("2024", "2024", False),
        ("2024", "2023", True),
        ("2024-05", "2024", False),
        ("2024", "2024-05", False),
        ("2024-05", "2024-04", True),
        ("2024-05-10", "2024-05", False),
        ("2024-05-10", "2024-05-09", True),
        ("2024-05-10", "2024-05-10", False),
        ("2024-05", "2023-12-31", True),
    ],
)
def test_a_period_ends_no_sooner_than_it_begins_as_far_as_is_known(small: Small, start: str, end: str, wrong: bool) -> None:
    fields = f"form: forum\nstate: planned\nperiod: {{start: {start}, end: {end}}}\n"
    small.write("content/programme/visits.md", f"---\n{HEAD}{fields}---\n\n## What it is\n\nText.\n".encode())
    expected = [f"9 `end` must not be before `start` ({start}); found {end} | Exchange the two, or correct one."]
    assert of(small, "date-order") == expected * wrong


def test_the_day_of_the_check_itself_is_not_in_the_future(small: Small) -> None:
    topic(small, "")
    path = small.root / "content/topics/wages.md"
    path.write_text(path.read_text("utf-8").replace("2026-11-01", TODAY.isoformat()), "utf-8")
    assert small.complaints() == []


def test_the_state_of_a_case_cannot_be_checked_in_the_future(small: Small) -> None:
    small.write("content/case-studies/a.md", f"---\n{HEAD}state_checked: 2026-11-22\n---\n".encode())
    assert of(small, "date-future") == []  # other dates of the entry cannot be judged, but ...
    assert "field-missing" in {p.code for p in small.check().problems}


@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_its_right_article(small: Small, kind: str) -> None:
    article = {"technical-assistance": "technical assistance"}.get(kind) or f"{'an' if kind[0] in 'ao' else 'a'} {kind}"
    small.write(f"content/{KINDS[kind].folder}/a.md", "---\ntitle: A\n---\n\n## Zzz\n\nText.\n")
    order = ", ".join(section.title for section in KINDS[kind].sections)
    assert of(small, "section-unknown") == [
        f"5 a section of {article} must be one of {order}; found 'Zzz' | Make it a heading with three hashes inside one of them."
    ]


@pytest.mark.parametrize("kind", KINDS)
def test_the_prescribed_sections_in_their_order_are_all_that_is_asked_of_a_text(small: Small, kind: str) -> None:
    body = "\n".join(f"## {section.title}\n\nText.\n" for section in KINDS[kind].sections)
    small.write(f"content/{KINDS[kind].folder}/a.md", f"---\ntitle: A\n---\n\n{body}")
    assert [p for p in small.check().problems if p.code.startswith(("section", "text", "heading"))] == []


@pytest.mark.parametrize("kind", KINDS)
def test_without_a_text_every_required_section_is_missing_and_no_other(small: Small, kind: str) -> None:
    small.write(f"content/{KINDS[kind].folder}/a.md", "---\ntitle: A\n---\n")
    expected = {f"the text must have a section '{section.title}'; it is missing" for section in KINDS[kind].sections if section.required}
    assert {p.message for p in small.check().problems if p.code == "section-missing"} == expected


def test_a_misspelt_section_is_told_once(small: Small) -> None:
    topic(small, "", "\n## What it cover\n\nText.\n")
    assert small.complaints() == ["content/topics/wages.md:9:1 section-unknown"]


def test_a_section_that_is_there_and_misspelt_again_is_no_excuse_for_another(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/a.md", practice("## What to do\n\nText.\n\n## What to doo\n\nText."))
    assert "the text must have a section 'The challenge'; it is missing" in " ".join(of(small, "section-missing"))
    assert len(of(small, "section-missing")) == 6


@pytest.mark.parametrize("text", ["", " \n", "\n\n\n"])
def test_a_section_of_blank_lines_is_empty(small: Small, text: str) -> None:
    topic(small, "", f"\n## What it covers\n{text}")
    assert of(small, "section-empty") == [
        "9 'What it covers' must have text below it; found none | Write what belongs here, and what belongs to a neighbouring topic."
    ]


def test_a_section_of_code_is_not_empty(small: Small) -> None:
    topic(small, "", "\n## What it covers\n\n```\ncode\n```\n")
    assert small.complaints() == []


@pytest.mark.parametrize(
    ("wrong", "right", "silent"),
    [
        ("published: soon", "published: 2026-11-02", "date-order"),
        ("reviewed: soon", "reviewed: 2020-01-01", "date-order"),
        ("status: done", "status: draft", "retired-replacement"),
        ("sources: none", "sources: {}", "source-unknown"),
        ("summary: " + "x" * 300, "summary: " + "x" * 230, "summary-long"),
    ],
)
def test_a_rule_waits_until_the_fields_it_needs_hold(small: Small, wrong: str, right: str, silent: str) -> None:
    small.topic()

    def codes(line: str) -> set[str]:
        fields = {key: value for key, _, value in (row.partition(": ") for row in HEAD.strip().split("\n"))}
        fields |= {"replaced_by": "money", "quotations": "[{text: Words., source: one}]"}
        key, _, value = line.partition(": ")
        fields[key] = value
        small.write("content/topics/wages.md", ("---\n" + "".join(f"{k}: {v}\n" for k, v in fields.items()) + f"---\n{COVERS}").encode())
        return {problem.code for problem in small.check().problems}

    assert silent in codes(right)
    assert silent not in codes(wrong)


def test_a_source_is_not_called_unused_while_the_fields_that_may_use_it_do_not_hold(small: Small) -> None:
    topic(small, "sources:\n  one: {title: A, publisher: B, type: report}\nkey_figures:\n  - {value: 7%, source: one}\n")
    assert of(small, "source-unused") == []
    assert len(of(small, "field-missing")) == 3


def test_the_minutes_are_not_added_up_while_a_step_does_not_hold(small: Small) -> None:
    fields = (
        "audience: Ten.\nduration: 60\nobjectives: [Learn.]\nagenda:\n  - {title: Read, minutes: long, method: reading, text: Read.}\nselection: {}\n"
    )
    small.write("content/bundles/a.md", f"---\n{HEAD}{fields}---\n\n## Preparation\n\nText.\n\n## Room and material\n\nText.\n".encode())
    assert [p.code for p in small.check().problems] == ["field-value"]


@pytest.mark.parametrize(("minutes", "told"), [(59, "they have 59, 1 fewer"), (61, "they have 61, 1 more"), (60, None)])
def test_the_minutes_of_the_steps_fill_the_workshop(small: Small, minutes: int, told: str | None) -> None:
    fields = (
        "audience: Ten.\nduration: 60\nobjectives: [Learn.]\nselection: {}\n"
        f"agenda:\n  - {{title: Read, minutes: {minutes}, method: reading, text: Read.}}\n"
    )
    small.write("content/bundles/a.md", f"---\n{HEAD}{fields}---\n\n## Preparation\n\nText.\n\n## Room and material\n\nText.\n".encode())
    expected = [f"11 the steps must add up to 60 minutes; {told} | Change the minutes of a step, or the duration."]
    assert of(small, "agenda-minutes") == (expected if told else [])


def test_every_need_of_a_rule_is_a_field_of_some_kind() -> None:
    fields = {name for model in KINDS.values() for name in model.model_fields}
    assert {name for needs in (*ALONE.values(), *AMONG.values()) for name in needs} <= fields


def test_the_text_and_the_references_of_an_entry_with_wrong_fields_are_checked_too(small: Small) -> None:
    topic(small, "colour: red\nrelated: [nothing]\nsources:\n  one: {title: A, publisher: B, type: rumour}\n", "\n<b>Text</b> [@two]\n")
    assert [p.code for p in small.check().problems] == [
        "field-unknown", "reference-unknown", "term-unknown", "raw-html", "section-missing", "text-before-sections", "raw-html", "source-unknown",
    ]  # fmt: skip


def test_an_entry_with_wrong_fields_or_of_another_form_can_be_linked_to(small: Small) -> None:
    topic(small, "colour: red\n", id="broken")
    small.write("content/topics/unreadable.md", "no front matter\n")
    topic(small, "related: [broken, unreadable]\n", "\n## What it covers\n\n[One](broken.md) and [two](unreadable.md).\n")
    assert {p.path for p in small.check().problems} == {"content/topics/broken.md", "content/topics/unreadable.md"}


def test_an_id_of_a_file_with_wrong_fields_is_claimed_all_the_same(small: Small) -> None:
    topic(small, "colour: red\n", id="money")
    topic(small, "aliases: [money]\n")
    assert of(small, "id-duplicate") == [
        "2 an id must belong to one file; 'money' also belongs to content/topics/wages.md"
        " | Rename one of them; an id that was published is never given to another entry.",
        "7 an id must belong to one file; 'money' also belongs to content/topics/money.md"
        " | Rename one of them; an id that was published is never given to another entry.",
    ]


def test_an_id_that_many_claim_names_some_of_them_and_counts_the_others(small: Small) -> None:
    for number in range(20):
        topic(small, "aliases: [cash]\n", id=f"topic-{number:02}")
    named = ", ".join(f"content/topics/topic-{number:02}.md" for number in range(1, 13))
    assert of(small, "id-duplicate")[0] == (
        f"7 an id must belong to one file; 'cash' also belongs to {named} and 7 more"
        " | Rename one of them; an id that was published is never given to another entry."
    )


@pytest.mark.parametrize("aliases", ["[wages]", "[cash, cash]"])
def test_an_old_id_stands_once_and_is_not_the_id_of_today(small: Small, aliases: str) -> None:
    topic(small, f"aliases: {aliases}\n")
    assert set(of(small, "id-duplicate")) == {
        f"7 an old id must stand once, and not be the id of today; found '{aliases.strip('[]').split(',')[0]}' again | Remove it from `aliases`."
    }


def test_an_old_id_is_answered_with_the_new_one(small: Small) -> None:
    topic(small, "aliases: [cash]\n", id="money")
    topic(small, "related: [cash]\n", "\n## What it covers\n\n[Cash](cash.md).\n")
    assert of(small, "reference-unknown", "link-unknown") == [
        "7 item 1 of `related` must hold the id of an entry; found 'cash', which no file has | That is an old id; write 'money'.",
        "12 a link must lead to an entry that exists; found 'cash.md' | That is an old id; write 'money'.",
    ]


@pytest.mark.parametrize(
    "target", ["money.md", "./money.md", "../topics/money.md", "topics/money.md", "../topics/money.md#section-a", "https://a.org", "http://a.org"]
)
def test_a_link_that_leads_somewhere_is_no_problem(small: Small, target: str) -> None:
    small.topic()
    topic(small, "", f"\n## What it covers\n\n[Link]({target}).\n")
    assert small.complaints() == []


@pytest.mark.parametrize(
    ("target", "hint"),
    [
        ("/topics/money/", "Write ../topics/money.md."),
        ("../money", "Write ../topics/money.md."),
        ("money", "Write ../topics/money.md."),
        ("money.html", "Write ../topics/money.md."),
        ("../../content/topics/money.md", "Write ../topics/money.md."),
        ("MAILTO:a@b.org", "Write the whole web address, or the way to the file of the entry."),
        ("x" * 5000, "Write the whole web address, or the way to the file of the entry."),
        ("#what-it-covers", "Write the whole web address, or the way to the file of the entry."),
        ("?money", "Write the whole web address, or the way to the file of the entry."),
    ],
)
def test_a_link_that_was_meant_for_an_entry_is_mended(small: Small, target: str, hint: str) -> None:
    small.topic()
    topic(small, "", f"\n## What it covers\n\n[link]: {target}\n")
    assert [said.rpartition(" | ")[2] for said in of(small, "link-unsafe")] == [hint]


@pytest.mark.parametrize("facets", ["{year: ['2026']}", "{review: [due]}", "{kind: [topic]}", "{level: [city]}", "{topic: [money]}"])
def test_facets_and_values_that_there_are_can_be_selected(small: Small, facets: str) -> None:
    small.topic()
    fields = (
        "audience: Ten.\nduration: 60\nobjectives: [Learn.]\n"
        f"agenda:\n  - {{title: Read, minutes: 60, method: reading, text: Read.}}\nselection:\n  facets: {facets}\n"
    )
    small.write("content/bundles/a.md", f"---\n{HEAD}{fields}---\n\n## Preparation\n\nText.\n\n## Room and material\n\nText.\n".encode())
    assert small.complaints() == []


@pytest.mark.parametrize("selection", ["{}", "{facets: {}}", "{entries: []}", "{facets: {level: []}}"])
def test_a_bundle_must_select_something(small: Small, selection: str) -> None:
    small.topic()
    fields = (
        "audience: Ten.\nduration: 60\nobjectives: [Learn.]\n"
        f"agenda:\n  - {{title: Read, minutes: 60, method: reading, text: Read.}}\nselection: {selection}\n"
    )
    small.write("content/bundles/a.md", f"---\n{HEAD}{fields}---\n\n## Preparation\n\nText.\n\n## Room and material\n\nText.\n".encode())
    assert of(small, "field-empty") == [
        "12 `selection` must name entries or facets; it names none | List ids under `entries`, or values under `facets`."
    ]


def test_a_vocabulary_that_cannot_be_read_is_told_once_and_not_for_every_entry(small: Small) -> None:
    small.write("content/vocabulary/source-types.yml", "title: Types\n")
    topic(small, "sources:\n  one: {title: A, publisher: B, type: report}\n", "\n## What it covers\n\nText [@one].\n")
    assert {p.path for p in small.check().problems} == {"content/vocabulary/source-types.yml"}


def test_terms_of_a_coalition_that_cannot_be_read_are_not_asked_for(small: Small) -> None:
    small.write("content/coalitions/alliance.md", "---\ntitle: Alliance\n---\n")
    topic(small, "terms: [alliance/cash]\n")
    assert of(small, "coalition-term-unknown") == []


def test_a_problem_that_a_rule_finds_twice_is_told_once(small: Small) -> None:
    topic(small, "", "\n## What it covers\n\nText [@a; @a].\n")
    assert small.complaints() == ["content/topics/wages.md:11:6 source-unknown"]


def test_problems_are_in_the_order_of_files_lines_and_columns(small: Small) -> None:
    topic(small, "related: [a-b-c, d-e-f]\n", "\n## What it covers\n\n<b> <i>\n\n<u>\n", id="b")
    topic(small, "related: [a-b-c]\n", id="a")
    problems = small.check().problems
    assert list(problems) == sorted(problems)
    assert [(p.path[-4:], p.line, p.column) for p in problems] == [
        ("a.md", 7, 11), ("b.md", 7, 11), ("b.md", 7, 18), ("b.md", 12, 1), ("b.md", 12, 5), ("b.md", 14, 1),
    ]  # fmt: skip


def test_a_pool_with_more_unknown_ids_than_suggestions_is_still_told_all_of_them(small: Small) -> None:
    small.topic()
    many = MOST_SUGGESTIONS + 10
    topic(small, "related: [" + ", ".join(f"mone-{number}" for number in range(many)) + "]\n")
    hints = [said.rpartition(" | ")[2] for said in of(small, "reference-unknown")]
    assert len(hints) == many
    assert hints.count("Check the file name of the entry that you mean.") >= 10


def test_the_same_wrong_id_is_looked_up_once(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def count(word: str, choices: object, otherwise: str = "") -> str:
        asked.append(word)
        return otherwise

    monkeypatch.setattr("macros.rules.scope.did_you_mean", count)
    for id in ("a", "b", "c"):
        topic(small, "related: [nothing]\n", "\n## What it covers\n\n[One](nothing.md) [two](nothing.md).\n", id=id)
    assert len(of(small, "reference-unknown", "link-unknown")) == 9
    assert asked == ["nothing"]
