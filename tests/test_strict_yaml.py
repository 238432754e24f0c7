"""Fields as contributors mean them: what is typed stays typed, everything has a place, tricks are refused."""

import time

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from macros import strict_yaml
from macros.strict_yaml import CONTROL, MAX_DEPTH, Document, Place, control_in, read

READERS = [yaml.SafeLoader, *([yaml.CSafeLoader] if hasattr(yaml, "CSafeLoader") else [])]


@pytest.fixture(params=READERS, ids=lambda reader: str(reader.__name__))
def either_reader(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """The reader of PyYAML that is written in C, and the slower one that stands in where there is no C."""
    monkeypatch.setattr(strict_yaml, "_LOADER", request.param)


def told(text: str, first_line: int = 1) -> list[str]:
    """`line:column code: message | hint` of every complaint."""
    return [f"{c.place.line}:{c.place.column} {c.code}: {c.message} | {c.hint}" for c in read(text, first_line).complaints]


def codes(document: Document) -> list[str]:
    return [complaint.code for complaint in document.complaints]


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    "value",
    [
        "no", "yes", "on", "off", "true", "False", "1.10", "1e3", "12:30", "014", "0x1F", "0o17", "0b1", "1_000", "+1", "-0", ".5", ".inf", ".NaN",
        "2026-11-21", "2026-11-21T12:30:00Z", "=", "nul", "none", "NULLS", "~x", "7%", "a: b".replace(": ", ":"), "https://example.org/#part",
    ],
)  # fmt: skip
def test_a_plain_value_stays_the_text_that_was_typed(value: str) -> None:
    assert read(f"a: {value}\n") == Document({"a": value}, {("a",): Place(1, 1)}, {(): Place(1, 1), ("a",): Place(1, 4)}, [])


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize("value", ["", "~", "null", "Null", "NULL", "# a note"])
def test_nothing_is_nothing(value: str) -> None:
    assert read(f"a: {value}\nb: c\n").value == {"a": None, "b": "c"}


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        ('""', ""),
        ("''", ""),
        ('"~"', "~"),
        ("'null'", "null"),
        ('"no"', "no"),
        ("'It''s'", "It's"),
        ('"a \\"b\\""', 'a "b"'),
        ('"tab\\tend\\nline"', "tab\tend\nline"),
        ("'C:\\money'", "C:\\money"),
        ('"\\u00e9 \\U0001F600"', "é 😀"),
    ],
)
def test_a_value_in_quotes_is_what_stands_between_them(written: str, value: str) -> None:
    assert read(f"a: {written}\n").value == {"a": value}


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    ("written", "value"),
    [
        (">-\n  one\n  two\n", "one two"),
        ("|\n  one\n  two\n", "one\ntwo\n"),
        ("one\n  two\n", "one two"),
        ("|\n  ~\n", "~\n"),
        (">-\n\n", ""),
    ],
)
def test_a_long_text_may_go_on_below(written: str, value: str) -> None:
    assert read(f"a: {written}").value == {"a": value}


@pytest.mark.usefixtures("either_reader")
def test_names_are_text_too() -> None:
    assert read("no: a\n1.10: b\n~: c\ntrue: d\n").value == {"no": "a", "1.10": "b", "~": "c", "true": "d"}


def test_nothing_at_all_is_no_fields() -> None:
    assert read("").value is None
    assert read("# only a note\n") == Document()


@pytest.mark.usefixtures("either_reader")
def test_every_name_and_every_value_has_its_place() -> None:
    document = read(
        "title: Money\n"
        "list:\n"
        "  - one\n"
        "  -   two\n"
        "flow: [a, {b: c}]\n"
        "group:\n"
        "  inner:\n"
        "      deep: 'x'\n"
        "empty:\n"
        "text: >-\n"
        "  words\n"
        "  more\n"
        "ümläut: ü, 😀!\n",
        first_line=10,
    )
    assert document.complaints == []
    assert document.keys == {
        ("title",): Place(10, 1),
        ("list",): Place(11, 1),
        ("flow",): Place(14, 1),
        ("flow", 1, "b"): Place(14, 12),
        ("group",): Place(15, 1),
        ("group", "inner"): Place(16, 3),
        ("group", "inner", "deep"): Place(17, 7),
        ("empty",): Place(18, 1),
        ("text",): Place(19, 1),
        ("ümläut",): Place(22, 1),
    }
    assert document.values == {
        (): Place(10, 1),
        ("title",): Place(10, 8),
        ("list",): Place(12, 3),
        ("list", 0): Place(12, 5),
        ("list", 1): Place(13, 7),
        ("flow",): Place(14, 7),
        ("flow", 0): Place(14, 8),
        ("flow", 1): Place(14, 11),
        ("flow", 1, "b"): Place(14, 15),
        ("group",): Place(16, 3),
        ("group", "inner"): Place(17, 7),
        ("group", "inner", "deep"): Place(17, 13),
        ("empty",): Place(18, 7),
        ("text",): Place(19, 7),
        ("ümläut",): Place(22, 9),
    }


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: 1\nb: 2\na: 3\n", "3:1 yaml-duplicate: a field must stand once; 'a' stands on line 1 already"),
        ("a: 1\n'a': 2\n", "2:1 yaml-duplicate: a field must stand once; 'a' stands on line 1 already"),
        ("a:\n  b: 1\n  c: 2\n  b: 3\n", "4:3 yaml-duplicate: a field must stand once; 'b' stands on line 2 already"),
        ("- {a: 1}\n- {a: 1, b: 2, a: 3}\n", "2:16 yaml-duplicate: a field must stand once; 'a' stands on line 2 already"),
    ],
)
def test_a_field_that_stands_twice_names_both_lines(text: str, complaint: str) -> None:
    assert told(text) == [f"{complaint} | Keep one of the two; for several values, write one list."]


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("a: &name b\n", ["1:4 yaml-anchor"]),
        ("a: &name [b]\n", ["1:4 yaml-anchor"]),
        ("a: *name\n", ["1:4 yaml-anchor"]),
        ("a: [*one, *two]\n", ["1:5 yaml-anchor", "1:11 yaml-anchor"]),
        ("<<: *name\n", ["1:1 yaml-anchor", "1:5 yaml-anchor"]),
        ("<<: {a: b}\n", ["1:1 yaml-anchor"]),
        ("a: !!python/object/apply:os.system ['true']\n", ["1:4 yaml-tag"]),
        ("a: !!str 1\n", ["1:4 yaml-tag"]),
        ("a: !own b\n", ["1:4 yaml-tag"]),
        ("a: ! b\n", ["1:4 yaml-tag"]),
        ("a: !<tag:x,2026:y> b\n", ["1:4 yaml-tag"]),
        ("a: !!set {b, c}\n", ["1:4 yaml-tag"]),
        ("!!map {a: b}\n", ["1:1 yaml-tag"]),
        ("? [a]\n: b\n", ["1:3 yaml-key"]),
        ("{a: b}: c\n", ["1:1 yaml-key"]),
        ("&x a: b\n", ["1:1 yaml-key"]),
        ("*x : b\n", ["1:1 yaml-key"]),
        ("!x a: b\n", ["1:1 yaml-key"]),
        ("{[a]: 1, [b]: 2}\n", ["1:2 yaml-key", "1:10 yaml-key"]),
    ],
)
def test_pointers_instructions_and_odd_names_are_refused(text: str, places: list[str]) -> None:
    assert [f"{c.place.line}:{c.place.column} {c.code}" for c in read(text).complaints] == places


def test_a_quoted_merge_key_is_a_name_like_any_other() -> None:
    assert read("'<<': a\n") == Document({"<<": "a"}, {("<<",): Place(1, 1)}, {(): Place(1, 1), ("<<",): Place(1, 7)}, [])


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize("code", ["\\0", "\\a", "\\e", "\\r", "\\x7f", "\\N", "\\L", "\\P", "\\u200", "\\uFEFF"])
def test_an_invisible_character_as_a_code_is_refused(code: str) -> None:
    document = read(f'a: "x{code}"\n')
    assert codes(document) == (["yaml-syntax"] if code == "\\u200" else ["control-character"])


@pytest.mark.usefixtures("either_reader")
def test_half_a_character_as_a_code_is_refused() -> None:
    assert len(read('a: "\\ud800"\n').complaints) == 1


LAUGHS = "a: &a [lol, lol, lol]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)


@pytest.mark.usefixtures("either_reader")
def test_a_billion_laughs_are_not_laughed() -> None:
    document = read(LAUGHS)
    assert set(codes(document)) == {"yaml-anchor"}
    assert document.value["i"] == [None] * 9


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    "bomb",
    [
        "a: " + "[" * 100_000,
        "a: " + "[" * 50_000 + "]" * 50_000,
        "a: " + "{" * 100_000,
        "a: " + "{a: " * 30_000,
        "a: " + "- " * 10 + "b",
        "a:\n  " + "- " * 50_000 + "b\n",
        "? " * 100_000,
        "? " + "[" * 100_000 + "\n: b\n",
        "[" * 100_000 + ": b\n",
        "\n".join(" " * depth + "a:" for depth in range(500)),
        "\n".join(" " * depth + "- - a:" for depth in range(0, 500, 5)),
    ],
    ids=["brackets", "closed", "braces", "fields", "beside", "hyphens", "question marks", "name", "flow name", "indents", "mixed"],
)
def test_deep_nesting_is_answered_quickly_and_in_words(bomb: str) -> None:
    begun = time.process_time()
    document = read(bomb)
    assert time.process_time() - begun < 1
    assert set(codes(document)) <= {"yaml-depth", "yaml-key", "yaml-syntax"}
    assert len(document.complaints) in (1, 2)


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize("form", ["flow", "block"])
def test_the_deepest_nesting_allowed_is_read(form: str) -> None:
    def nested(depth: int) -> str:
        if form == "flow":
            return "a: " + "[" * (depth - 1) + "x" + "]" * (depth - 1)
        return "a:\n  " + "- " * (depth - 1) + "x\n"

    assert codes(read(nested(MAX_DEPTH))) == []
    assert codes(read(nested(MAX_DEPTH + 1))) == ["yaml-depth"]


DEEP = "fields must not be nested more than 8 deep; found more"


def test_the_sentence_for_deep_nesting_has_the_place() -> None:
    assert told("a: [[[[[[[[[[b]]]]]]]]]]\n") == [
        f"1:11 yaml-depth: {DEEP} | Check the brackets and the spaces at the beginning of lines; no field needs this depth."
    ]


COLUMNS = "fields of one group, and items of one list, must begin in the same column; this line begins in column"
SPACES = "Give this line as many spaces as the lines beside it have."
QUOTES = "must stand in quotes; this one does not"
LISTS = "a list in brackets must have commas between its items and a bracket at its end; this one has not"
LISTS_FIX = "Write `[one, two]`, and put items in quotes that hold a comma, a colon or a bracket."
BRACES = "fields in braces must be parted by commas and closed with a brace; these are not"
BRACES_FIX = "Write one field a line without braces, or put the whole text in quotes if it is meant to begin with a brace."
BEHIND = "nothing may follow a closing quote or bracket on its line; found"
BEHIND_FIX = "Remove it, or put the whole text in quotes, with the other kind of quotes, single or double, inside it."
NO_COLON = "a field must have a colon and a space after its name; found 'c'"
NO_COLON_FIX = "Write `name: value`; if the line goes on with the text above it, indent it by two spaces."
BESIDE = "a list must begin on a new line; found one beside the name of its field"
BESIDE_FIX = "Begin each item on a line of its own with a hyphen and a space, or write `[one, two]`."
NEXT_LINE = "must begin on the next line; found it beside the sign"
NEXT_LINE_FIX = "Begin the text on the next line, indented by two spaces; put it in quotes if it is meant to begin with the sign."
SECOND = "there must be one group of fields; a second one begins here"
SECOND_FIX = "Remove the line that begins with three hyphens, or put its text in quotes."
PLAIN = "Put the text in single quotes, where a backslash is only a backslash."


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("a: One: two\n", f'1:7 a text with a colon and a space in it {QUOTES} | Write `a: "One: two"`.'),
        ('a: Say "no": two\n', f"1:12 a text with a colon and a space in it {QUOTES} | Write `a: 'Say \"no\": two'`."),
        ("a: It's \\\"odd\": two\n", f"1:15 a text with a colon and a space in it {QUOTES} | Write `a: 'It''s \\\"odd\": two'`."),
        ("a: " + "long " * 20 + ": two\n", f"1:104 a text with a colon and a space in it {QUOTES} | Put the whole text in double quotes."),
        ("a:One\nb: c\n", "1:3 a space must follow the colon after the name of a field; found none | Write `a: One`."),
        ("a: b\n\n  c: d\n", f"3:3 {COLUMNS} 3 | {SPACES}"),
        ("a: b\n  https://x.org\n  c: d\n", f"3:3 {COLUMNS} 3 | {SPACES}"),
        ("  a: b\nc: d\n", f"2:1 {COLUMNS} 1 | {SPACES}"),
        ("a:\n  b: c\n d: e\n", f"3:2 {COLUMNS} 2 | {SPACES}"),
        ("a:\n  - b\n - c\n", f"3:2 {COLUMNS} 2 | {SPACES}"),
        ("a:\n  - b\n  c: d\n", f"3:3 {COLUMNS} 3 | {SPACES}"),
        ("a: |\n   b\n  c\n", f"3:3 {COLUMNS} 3 | {SPACES}"),
        ("a: b\nc\nd: e\n", f"2:1 {NO_COLON} | {NO_COLON_FIX}"),
        ("a:\n\t- b\n", "2:1 a line must be indented with spaces; found a tab | Replace each tab with two spaces."),
        ("a: b\n\tc: d\n", "2:1 a line must be indented with spaces; found a tab | Replace each tab with two spaces."),
        ("a:\n  -\tb\n", "2:4 a line must be indented with spaces; found a tab | Replace each tab with two spaces."),
        ('a: "b\nc: d\n', '1:4 a text in quotes must end with the same quote; this one does not end | Add " at the end of the text.'),
        ("a: 'b\nc: d\n", "1:4 a text in quotes must end with the same quote; this one does not end | Add ' at the end of the text."),
        ('a: "b" c\n', f"1:8 {BEHIND} 'c' | {BEHIND_FIX}"),
        ("a: 'It's b'\n", f"1:8 {BEHIND} 's b'' | {BEHIND_FIX}"),
        ("a: [b] c\n", f"1:8 {BEHIND} 'c' | {BEHIND_FIX}"),
        ("a: [b]]\n", f"1:7 {BEHIND} ']' | {BEHIND_FIX}"),
        ("a: [b, c\nd: e\n", f"1:4 {LISTS} | {LISTS_FIX}"),
        ("a: [b,\n", f"1:4 {LISTS} | {LISTS_FIX}"),
        ("a: [b,, c]\n", f"1:7 {LISTS} | {LISTS_FIX}"),
        ("a: [b: c: d]\n", f"1:4 {LISTS} | {LISTS_FIX}"),
        ("a: {b\nc: d\n", f"1:4 {BRACES} | {BRACES_FIX}"),
        ("a: - b\n", f"1:4 {BESIDE} | {BESIDE_FIX}"),
        ("a: @b\n", f"1:4 a text that begins with '@' {QUOTES} | Write `a: \"@b\"`."),
        ("a: `b`\n", f"1:4 a text that begins with '`' {QUOTES} | Write `a: \"`b`\"`."),
        ("a: %b\n", f"1:4 a text that begins with '%' {QUOTES} | Write `a: \"%b\"`."),
        ("a: , b\n", f"1:4 a text that begins with ',' {QUOTES} | Write `a: \", b\"`."),
        ("a: ]b\n", f"1:4 a text that begins with ']' {QUOTES} | Write `a: \"]b\"`."),
        ("a: ? b\n", f"1:4 a text that begins with '?' {QUOTES} | Write `a: \"? b\"`."),
        ("a: *b* c\n", f"1:4 a text that begins with '*' {QUOTES} | Write `a: \"*b* c\"`."),
        ("a: & c\n", f"1:4 a text that begins with '&' {QUOTES} | Write `a: \"& c\"`."),
        ("a: !b!c d\n", f"1:4 a text that begins with '!' {QUOTES} | Write `a: \"!b!c d\"`."),
        ("- @b\n", f"1:3 a text that begins with '@' {QUOTES} | Write `- \"@b\"`."),
        ('a: "\\d"\n', f"1:5 a backslash in double quotes must begin a code of YAML; found '\\d' | {PLAIN}"),
        ('a: "\\xzz"\n', f"1:5 a backslash in double quotes must begin a code of YAML; found '\\x' | {PLAIN}"),
        ("a: | b\n", f"1:4 a text after '|' {NEXT_LINE} | {NEXT_LINE_FIX}"),
        ("a: > b\n", f"1:4 a text after '>' {NEXT_LINE} | {NEXT_LINE_FIX}"),
        ("a: b\n--- c\n", f"2:1 {SECOND} | {SECOND_FIX}"),
        ("a: b\n---\nc: d\n", f"2:1 {SECOND} | {SECOND_FIX}"),
    ],
)  # fmt: skip
def test_a_slip_is_told_with_its_place_and_its_fix(text: str, complaint: str) -> None:
    assert [said.replace(" yaml-syntax:", "") for said in told(text)] == [complaint]


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("a: Issue #5\n", "1:10"),
        ("a: Issue   # 5\nb: c\n", "1:12"),
        ("- Issue #5\n", "1:9"),
        ("a: Issue\n  number #5\n", "2:10"),
        ("a: ~ # nothing\n", "1:6"),
        ("a: [b, c #5\n]\n", "1:10"),
        ("a: ü 😀 #5\n", "1:8"),
    ],
)
def test_a_hash_behind_a_plain_text_would_lose_its_end(text: str, place: str) -> None:
    assert told(text) == [
        f"{place} yaml-syntax: a text must stand in quotes if it has a space and a hash in it; what follows this hash would be lost"
        " | Put the whole text in double quotes; a note must stand on a line of its own."
    ]


@pytest.mark.usefixtures("either_reader")
@pytest.mark.parametrize(
    "text",
    [
        "# note\na: Issue\n",
        "a: Issue#5\n",
        "a: 'Issue #5'\n",
        'a: "Issue" # note\n',
        "a: # note\n  Issue\n",
        "a: Issue\n  # note\nb: c\n",
        "a: [Issue] # note\n",
        "a: |\n  Issue #5\n",
    ],
)
def test_a_hash_elsewhere_does_no_harm(text: str) -> None:
    assert told(text) == []


def test_what_has_no_sentence_of_its_own_still_has_a_place_and_a_fix() -> None:
    assert told("%YAML a\na: b\n", first_line=2)[0].partition(" | ")[0] == (
        "2:7 yaml-syntax: a line must be a field such as `title: Some words`; this one cannot be read"
    )


@pytest.mark.usefixtures("either_reader")
def test_a_character_that_no_reader_takes_is_told_without_a_traceback() -> None:
    assert told("a: \x00\n") == [
        "1:1 yaml-syntax: a line must be a field such as `title: Some words`; this one cannot be read"
        " | Compare it with another entry of the same kind; putting the whole text in double quotes often helps."
    ]


@pytest.mark.parametrize(
    "text",
    [
        " " * 250_000 + "a: b: c\n",
        "a: b\n" + " " * 200_000 + "c: d\n",
        "a: b\n" + " -" * 100_000 + "c: d\n",
        "a: '" + "b " * 120_000,
        "x\n" * 100_000 + "y: z\n",
    ],
    ids=["spaces before a colon", "spaces", "hyphens", "open quote", "no colon"],
)
def test_a_long_line_is_told_quickly(text: str) -> None:
    begun = time.process_time()
    assert codes(read(text)) == ["yaml-syntax"]
    assert time.process_time() - begun < 1


@given(st.text(st.sampled_from("aé\t\n ~\x7f\x85\u115f\u200b\u2028\ufeff\U000e0001"), max_size=12))
def test_the_first_invisible_character_is_found_however_plain_the_text_before_it(text: str) -> None:
    found, expected = control_in(text), CONTROL.search(text)
    assert (found and found.span()) == (expected and expected.span())
