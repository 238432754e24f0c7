"""The complaints of the typed models in words: what the goldens in `tests/problems/` do not cover."""

from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from macros.entries import KINDS, Entry
from macros.entries.practice import Practice
from macros.entries.topic import Topic
from macros.problems import Problem
from macros.source import Source
from macros.strict_yaml import read
from macros.validation import as_id, explain, judge, parts_of
from macros.vocabulary import VocabularyFile

TOPIC = "title: Money\nsummary: All of it.\npublished: 2026-01-01\nreviewed: 2026-11-01\nowner: Editors\n"
PRACTICE = TOPIC + "evidence: single-case\ninstruments: [grant]\nlevels: [city]\n"


def source(fields: str) -> Source:
    document = read(fields, first_line=2)
    assert document.complaints == []
    return Source("content/topics/money.md", document.value, document, "", 20)


def said(problems: tuple[Problem, ...]) -> list[str]:
    return [f"{p.line}:{p.column} {p.code}: {p.message}" for p in problems]


def of_topic(added: str) -> list[str]:
    """What is said of a topic without faults to which lines are added; the first one is line 7."""
    return said(judge(source(TOPIC + added), Topic)[2])


def of_practice(added: str) -> list[str]:
    """What is said of a practice without faults to which lines are added; the first one is line 10."""
    return said(judge(source(PRACTICE + added), Practice)[2])


@pytest.mark.parametrize(
    "fields",
    [
        "order: 1\n",
        "order: 999\n",
        "status: draft\n",
        "parent: finance\n",
        "topics: []\n",
        "topics: [a, b]\n",
        "other_names: ['~', 'null', \"no\"]\n",
        "aliases: [a, a1, 1a, a-b-c]\n",
        "sources:\n  a-1: {title: A, publisher: B, type: report, year: 1900, url: 'http://example.org/?a=b#c'}\n",
        "sources: {}\n",
        "contributors:\n  - {name: Name Surname}\n",
        "quotations:\n  - {text: Words., source: a}\n",
        "key_figures:\n  - {claim: A, value: 7%, year: 2100, kind: result, source: a}\n",
        "",
    ],
)
def test_good_values_are_taken(fields: str) -> None:
    entry, broken, problems = judge(source(TOPIC + fields), Topic)
    assert (type(entry), broken, problems) == (Topic, frozenset(), ())


@pytest.mark.parametrize("value", ["0", "1000", "-1", "+1", "1.0", "1_0", "014", "0x1F", "1e2", "٣", "one", "9" * 400])
def test_a_whole_number_is_in_plain_digits_and_between_its_bounds(value: str) -> None:
    must = {
        "0": "at least 1", "1000": "at most 999", "-1": "at least 1", "9" * 400: "at most 999",
    }.get(value, "a whole number in plain digits")  # fmt: skip
    shown = value if len(value) < 60 else "9" * 60 + "…"
    assert of_topic(f"order: {value}\n") == [f"7:8 field-value: `order` must be {must}; found '{shown}'"]


def test_a_number_that_no_computer_takes_is_told_as_such() -> None:
    assert of_topic(f"order: {'9' * 5000}\n") == [f"7:8 field-value: `order` must be a smaller number; found '{'9' * 60}…'"]


@pytest.mark.parametrize(
    ("value", "must"),
    [
        ("2026", "a date as YYYY-MM-DD"),
        ("2026-1-1", "a date as YYYY-MM-DD"),
        ("1767225600", "a date as YYYY-MM-DD"),
        ("2026-01-01T00:00:00", "a date as YYYY-MM-DD"),
        ("today", "a date as YYYY-MM-DD"),
        ("2026-02-29", "a date that exists, as YYYY-MM-DD"),
        ("2026-00-10", "a date that exists, as YYYY-MM-DD"),
        ("0000-01-01", "a date that exists, as YYYY-MM-DD"),
        ("[2026-01-01]", None),
    ],
)
def test_a_day_is_written_in_one_way_and_exists(value: str, must: str | None) -> None:
    fields = TOPIC.replace("2026-11-01", value)
    found = f"'{value}'" if must else "a list"
    expected = f"`reviewed` must be {must or 'a date that exists, as YYYY-MM-DD'}; found {found}"
    assert said(judge(source(fields), Topic)[2]) == [f"5:11 field-value: {expected}"]


@pytest.mark.parametrize("value", ["1899", "24", "2024-13", "2024-1", "2024-02-30", "March 2024", "2024/03", "2024-03-11T00"])
def test_a_date_as_exact_as_it_is_known_exists(value: str) -> None:
    fields = TOPIC + f"form: forum\nstate: planned\nperiod: {{start: {value}}}\n"
    assert said(judge(source(fields), KINDS["programme"])[2]) == [
        f"9:17 field-value: `start` of `period` must be a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD; found '{value}'"
    ]


@pytest.mark.parametrize(
    "value",
    ["example.org", "//example.org", "ftp://example.org", "javascript:alert(1)", "https://localhost", "https://a b.org", "https://someone@example.org/",
     "https://example.org/<b>", "HTTPS://EXAMPLE.ORG", "mailto:someone@example.org"],
)  # fmt: skip
def test_a_web_address_is_a_whole_and_plain_one(value: str) -> None:
    fields = TOPIC + f"form: forum\nstate: planned\nurl: '{value}'\n"
    assert said(judge(source(fields), KINDS["programme"])[2]) == [
        f"9:6 field-value: `url` must be a web address that begins with https:// or http://; found '{value}'"
    ]


@pytest.mark.parametrize(
    ("value", "must"),
    [("91", "at most 90"), ("-90.5", "at least -90"), ("nan", "a number"), ("inf", "a number"), ("10,5", "a number"), ("north", "a number")],
)
def test_a_number_is_one(value: str, must: str) -> None:
    fields = TOPIC + f"level: city\nregion: one\npoint:\n  latitude: '{value}'\n  longitude: 0\n"
    assert said(judge(source(fields), KINDS["government"])[2]) == [f"10:13 field-value: `latitude` of `point` must be {must}; found '{value}'"]


@pytest.mark.parametrize(
    ("added", "complaint"),
    [
        ("evidence_: x\n", "10:1 field-unknown: a field must be one that is known here; found 'evidence_'"),
        ("'[key]': x\n", "10:1 field-unknown: a field must be one that is known here; found '[key]'"),
        ("'': x\n", "10:1 field-unknown: a field must be one that is known here; found ''"),
        ("kind: practice\n", "10:1 field-unknown: a field must be one that is known here; found 'kind'"),
        ("model_config: x\n", "10:1 field-unknown: a field must be one that is known here; found 'model_config'"),
        ("__class__: x\n", "10:1 field-unknown: a field must be one that is known here; found '__class__'"),
        ("sources: x\n", "10:10 field-value: `sources` must be a group of fields; found 'x'"),
        ("sources: [x]\n", "10:10 field-value: `sources` must be a group of fields; found a list"),
        ("sources:\n  a: x\n", "11:6 field-value: `a` of `sources` must be a group of fields; found 'x'"),
        ("sources:\n  a: [x]\n", "11:6 field-value: `a` of `sources` must be a group of fields; found a list"),
        ("topics: x\n", "10:9 list-needed: `topics` must be a list; found 'x'"),
        ("topics: {a: b}\n", "10:9 list-needed: `topics` must be a list; found a group of fields"),
        ("topics: [[a]]\n", "10:10 field-value: item 1 of `topics` must be text; found a list"),
        ("topics: [{a: b}]\n", "10:10 field-value: item 1 of `topics` must be text; found a group of fields"),
        ("related: [a, ~]\n", "10:14 field-empty: item 2 of `related` must have a value; it is empty"),
        ("replaced_by:\n", "10:1 field-empty: `replaced_by` must have a value; it is empty"),
    ],
)
def test_what_stands_where_something_else_should_is_named(added: str, complaint: str) -> None:
    assert of_practice(added) == [complaint]


def test_a_list_of_which_no_item_holds_is_not_called_empty_as_well() -> None:
    fields = PRACTICE.replace("[grant]", "[[grant]]").replace("[city]", "[]")
    assert said(judge(source(fields), Practice)[2]) == [
        "8:15 field-value: item 1 of `instruments` must be text; found a list",
        "9:9 field-empty: `levels` must have a value; it is empty",
    ]


@pytest.mark.parametrize("key", ["title", "type", "year", "publisher", "note", "url"])
def test_a_source_may_have_the_key_of_one_of_its_fields(key: str) -> None:
    assert of_topic(f"sources:\n  {key}: {{title: A, type: report, pages: 3}}\n") == [
        f"8:{len(key) + 5} field-missing: `publisher` of `{key}` of `sources` must be given; it is missing",
        f"8:{len(key) + 30} field-unknown: a field must be one that is known here; found 'pages'",
    ]


def test_the_hint_for_such_a_source_is_that_of_its_field() -> None:
    hints = [p.hint for p in judge(source(TOPIC + "sources:\n  type: {title: A, type: report, pages: 3}\n"), Topic)[2]]
    assert hints == [
        "Who published it. For example: `publisher: Name of the agency`.",
        "The fields here are title, publisher, year, url, archived, type, note; remove this one, or say it in the text.",
    ]


@pytest.mark.parametrize(
    ("key", "complaint"),
    [
        ("Annual Report", "8:3 field-value: a key in `sources` must be of lower-case letters, digits and single hyphens; found 'Annual Report'"),
        ("a_b", "8:3 field-value: a key in `sources` must be of lower-case letters, digits and single hyphens; found 'a_b'"),
        ("[key]", "8:3 field-value: a key in `sources` must be of lower-case letters, digits and single hyphens; found '[key]'"),
        ("k" * 81, "8:3 field-too-long: a key in `sources` must have at most 80 characters; it has 81"),
    ],
)
def test_a_key_that_someone_made_up_is_told_at_the_key(key: str, complaint: str) -> None:
    assert of_topic(f"sources:\n  '{key}': {{title: A, publisher: B, type: report}}\n") == [complaint]


def test_a_source_of_an_odd_key_is_read_further() -> None:
    assert of_topic("sources:\n  '[key]': {title: A}\n") == [
        "8:3 field-value: a key in `sources` must be of lower-case letters, digits and single hyphens; found '[key]'",
        "8:12 field-missing: `publisher` of `[key]` of `sources` must be given; it is missing",
        "8:12 field-missing: `type` of `[key]` of `sources` must be given; it is missing",
    ]


REQUIRED = [(kind, name) for kind, model in KINDS.items() for name, field in model.model_fields.items() if field.is_required()]


@pytest.mark.parametrize(("kind", "name"), REQUIRED, ids=[f"{kind}-{name}" for kind, name in REQUIRED])
def test_a_required_field_without_a_value_is_told_together_with_all_others(kind: str, name: str) -> None:
    _, broken, problems = judge(source(f"{name}:\ncolour: red\nstatus: odd\n"), KINDS[kind])
    assert f"2:1 field-empty: `{name}` must have a value; it is empty" in said(problems)
    assert {"colour", "status", name} <= broken


OPTIONAL = [(kind, name) for kind, model in KINDS.items() for name, field in model.model_fields.items() if not field.is_required()]


@pytest.mark.parametrize(("kind", "name"), OPTIONAL, ids=[f"{kind}-{name}" for kind, name in OPTIONAL])
def test_an_optional_field_without_a_value_is_told_too(kind: str, name: str) -> None:
    _, _, problems = judge(source(f"{name}:\n"), KINDS[kind])
    assert [p.message for p in problems if p.code == "field-empty"] == [f"`{name}` must have a value; it is empty"]


def test_an_unknown_field_without_a_value_is_told_once_as_unknown() -> None:
    assert of_topic("evidnce:\nother:\n  inner:\n") == [
        "7:1 field-unknown: a field must be one that is known here; found 'evidnce'",
        "8:1 field-unknown: a field must be one that is known here; found 'other'",
    ]


def test_an_entry_lacks_the_fields_that_do_not_hold_and_keeps_the_others() -> None:
    entry, broken, problems = judge(source(PRACTICE.replace("single-case", "[a]") + "topics: [money]\ncolour: red\norder: 1\n"), Practice)
    assert isinstance(entry, Practice)
    assert broken == {"evidence", "colour", "order"}
    assert entry.model_dump(include={"title", "topics", "evidence"}) == {"title": "Money", "topics": ("money",), "evidence": None}
    assert (entry.kind, entry.sections) == ("practice", Practice.sections)
    assert len(problems) == 3


def test_an_entry_without_a_single_field_that_holds_is_still_one() -> None:
    entry, broken, problems = judge(source("colour: red\n"), Practice)
    assert entry.model_dump(include={"title", "sources", "status"}) == {"title": None, "sources": {}, "status": "published"}
    assert len(problems) == len(broken) == 1 + sum(field.is_required() for field in Practice.model_fields.values())


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_of_every_kind_has_a_description_and_every_value_an_example(kind: str) -> None:
    def check(model: type[BaseModel]) -> None:
        for name, field in model.model_fields.items():
            parts = list(parts_of(field.annotation))
            assert field.description, f"{model.__name__}.{name}"
            assert field.examples or parts, f"{model.__name__}.{name}"
            for part in parts:
                check(part)

    check(KINDS[kind])


@pytest.mark.parametrize("kind", [*KINDS, "vocabulary"])
def test_the_hint_for_a_missing_field_is_its_description_with_an_example(kind: str) -> None:
    model: type[BaseModel] = KINDS.get(kind, VocabularyFile)
    with pytest.raises(ValidationError) as caught:
        model.model_validate({})
    for problem in explain(caught.value, source("a: b\n"), model):
        assert (problem.line, problem.column, problem.code) == (2, 1, "field-missing")
        name = problem.message.split("`")[1]
        field = model.model_fields[name]
        example: Any = field.examples[0] if field.examples else None
        shown = f"[{', '.join(map(str, example))}]" if isinstance(example, list) else example
        assert problem.hint == f"{field.description} For example: `{name}: {shown}`." if example is not None else field.description


@pytest.mark.parametrize(
    ("text", "id"),
    [
        ("Old Name", "old-name"),
        ("Größe & Preis", "grosse-preis"),
        ("Québec_2030", "quebec-2030"),
        ("--a--", "a"),
        ("資金", ""),
        ("", ""),
        ("x" * 100, "x" * 80),
        ("x" * 79 + "-y", "x" * 79),
    ],
)
def test_the_nearest_id_is_found_for_a_name(text: str, id: str) -> None:
    assert as_id(text) == id


def test_parts_are_found_however_deep() -> None:
    found = {part.__name__ for model in KINDS.values() for field in model.model_fields.values() for part in parts_of(field.annotation)}
    assert {"Citation", "KeyFigure", "MemberList", "OwnTerm", "Step", "Selection", "Point", "Codes", "Period"} <= found
    assert not {Entry.__name__, *(model.__name__ for model in KINDS.values())} & found
