"""What a workshop wrote comes back: a table is read, its mistakes are named, drafts and the text of a pull request are written."""

import csv
import io
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.catalogue import Catalogue
from macros.cli import main
from macros.intake import COLUMNS, KINDS_OF_NOTE, MOST_BYTES, MOST_TEXT, Note, NotTaken, read_notes
from macros.intake_files import ASKED, as_markdown, asked, draft, pull_request, template, write_intake_tables
from macros.project import Project
from macros.text import plain, render
from macros.views.workshop import gathered
from tests.conftest import POOL_DAY, ROOT, TODAY, Small, own_project

GOVERNMENT = """
---
title: {title}
level: city
region: {region}
published: 2026-01-01
summary: A town.
reviewed: 2026-11-01
owner: Editors
---
"""


@pytest.fixture
def town(small: Small, practice: Callable[..., str]) -> Small:
    """A practice, a topic, and a government called New Town."""
    region = small.root.joinpath("content/vocabulary/regions.yml").read_text("utf-8").partition("id: ")[2].split(",")[0].split("\n")[0].strip()
    small.topic()
    small.write("content/practices/pooled-buying.md", practice(aliases="[joint-buying]"))
    small.write("content/governments/new-town.md", GOVERNMENT.format(title="New Town", region=region))
    assert small.complaints() == []
    return small


@pytest.fixture
def catalogue(town: Small) -> Catalogue:
    return town.check().catalogue()


def table(*rows: dict[str, str], delimiter: str = ",", columns: tuple[str, ...] = COLUMNS) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, columns, delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


GOOD = {"id": "pooled-buying", "kind_of_note": "mistake", "text": "The price is that of 2019."}


def run(small: Small, monkeypatch: pytest.MonkeyPatch, raw: bytes, *options: str) -> Result:
    monkeypatch.chdir(small.root)
    monkeypatch.setattr("macros.editors.date", type("Day", (), {"today": staticmethod(lambda: TODAY)}))
    small.write("sheet.csv", raw)
    return CliRunner().invoke(main, ["intake", "sheet.csv", *options])


def complaints(raw: bytes, catalogue: Catalogue) -> list[str]:
    with pytest.raises(NotTaken) as caught:
        read_notes(raw, catalogue, TODAY)
    return list(caught.value.complaints)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_a_table_is_read_as_spreadsheets_save_it(catalogue: Catalogue, mark: bytes, delimiter: str) -> None:
    raw = mark + table(GOOD | {"text": "One, two; three\nand more", "date": "2026-11-20"}, delimiter=delimiter)
    assert read_notes(raw, catalogue, TODAY) == (Note(2, "mistake", "One, two; three\nand more", entry="pooled-buying", day="2026-11-20"),)


def test_the_line_in_which_a_spreadsheet_names_its_sign_is_passed_over(catalogue: Catalogue) -> None:
    assert len(read_notes(b"sep=;\r\n" + table(GOOD, delimiter=";"), catalogue, TODAY)) == 1


def test_an_old_id_stands_for_the_entry_and_a_name_only_for_those_who_agreed(catalogue: Catalogue) -> None:
    rows = [GOOD | {"id": "joint-buying", "name": "Ann Surname", "name_agreed": agreed, "government": "NEW TOWN"} for agreed in ("", "no", "YES")]
    notes = read_notes(table(*rows), catalogue, TODAY)
    assert [(note.entry, note.place, note.name) for note in notes] == [
        ("pooled-buying", "new-town", ""), ("pooled-buying", "new-town", ""), ("pooled-buying", "new-town", "Ann Surname"),
    ]  # fmt: skip


def test_every_mistake_of_every_row_is_named_at_once(catalogue: Catalogue) -> None:
    rows = [
        {"id": "pooled-byuing", "kind_of_note": "mistaek", "text": "x"},
        {"id": "", "kind_of_note": "change", "text": "x", "name_agreed": "maybe", "date": "2026-11-31"},
        {"id": "", "kind_of_note": "experience", "text": "x"},
        {"id": "", "kind_of_note": "next-time", "text": "x", "government": "New Twon", "date": "2027-01-01"},
        {"id": "pooled-buying", "kind_of_note": "same", "text": "x" * (MOST_TEXT + 1), "role": "a\nb", "organisation": "o" * 201},
        {"id": "pooled-buying", "kind_of_note": "same", "role": "Planner"},
    ]
    assert complaints(table(*rows), catalogue) == [
        "row 2, kind_of_note: must be one of same, change, first-step, use, mistake, experience, need, next-time; found 'mistaek'. "
        "Did you mean 'mistake'?",
        "row 2, id: must be the id of an entry; found 'pooled-byuing'. Did you mean 'pooled-buying'?",
        "row 3, id: must be the id of the entry that the note is about; found none. It stands beside the title on the sheet.",
        "row 3, name_agreed: must be yes, no or empty; found 'maybe'. Write yes only if the person said so.",
        "row 3, date: must be a day that exists, as YYYY-MM-DD; found '2026-11-31'.",
        "row 4, government: must name whose experience it is; found nothing.",
        "row 4, role: must say who tells this, such as 'head of planning'; found nothing. People are credited by role and organisation.",
        "row 5, government: must be written as in the pool, if it is there; found 'New Twon'. Did you mean 'new town'?",
        "row 5, date: must not lie in the future; found 2027-01-01.",
        f"row 6, text: must have at most {MOST_TEXT} characters; it has {MOST_TEXT + 1}. Make two rows of it.",
        "row 6, role: must be one line of at most 200 characters; found 'a b'.",
        f"row 6, organisation: must be one line of at most 200 characters; found '{'o' * 60}…'.",
        "row 7, text: must hold what was written; found nothing. Empty the row if nobody wrote anything.",
    ]


@pytest.mark.parametrize(
    ("raw", "said"),
    [
        (b"", [f"row 1 must name the column '{name}'; it does not." for name in ("id", "kind_of_note", "text")]),
        (
            b"id,kind_of_note,txet,text,text\n",
            [
                "row 1 must name columns of the template; found 'txet'. Did you mean 'text'?",
                "row 1 must name each column once; found 'text' 2 times.",
            ],
        ),
        (b"id,kind_of_note,text\n", ["the table must have a row with a text; found none."]),
        (b"id,kind_of_note,text\na,b,c,d\n", ["row 2 must have at most 3 cells; it has 4."]),
        (b"\xff\xfei\x00d\x00", ["the file must be CSV in UTF-8; found something else. Save it again, as 'CSV UTF-8'."]),
        (b"PK\x03\x04\x00", ["the file must be CSV in UTF-8; found something else. Save it again, as 'CSV UTF-8'."]),
        (b"x" * (MOST_BYTES + 100_000), ["the file must have at most 2 MB; it has 2.1. Take the table apart."]),
        (
            b'id,kind_of_note,text\na,b,"' + b"x" * 200_000 + b'"\n',
            ["the table cannot be read at line 2: field larger than field limit (131072). Save it again, as 'CSV UTF-8'."],
        ),
        (b"id,kind_of_note,text\n" + b",,\n" * 5_000, ["the table must have at most 5000 rows; it has 5001. Take it apart."]),
    ],
)  # fmt: skip
def test_a_file_that_is_no_such_table_is_refused_in_words(catalogue: Catalogue, raw: bytes, said: list[str]) -> None:
    assert complaints(raw, catalogue) == said


def test_mistakes_end_the_command_and_nothing_is_written(town: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run(town, monkeypatch, table(GOOD, GOOD | {"id": "x"}), "--into", "out")
    assert (found.exit_code, found.output) == (
        1,
        "1 mistake in the table; nothing was written.\nrow 3, id: must be the id of an entry; found 'x'. It stands beside the title on the sheet.\n",
    )
    assert not (town.root / "out").exists()


EXPERIENCE = {
    "id": "pooled-buying", "kind_of_note": "experience", "government": "New Town", "role": "Head of buying", "organisation": "Town office",
    "name": "Ann Surname", "text": "We bought ten together. It took a year.",
}  # fmt: skip


def test_an_experience_becomes_a_draft_that_lacks_only_what_its_author_knows(town: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    found = run(town, monkeypatch, table(EXPERIENCE, GOOD))
    assert found.exit_code == 0
    assert found.output == (
        "sheet.csv: 2 notes. Drafts written: 1.\nText for the pull request, 1 note: .build/intake/sheet.md\n"
        "Next: `commons check` says what the drafts lack; then open a pull request with that text.\n"
    )
    path = "content/case-studies/new-town-we-bought-ten-together-it-took-a-year.md"
    text = (town.root / path).read_text("utf-8")
    assert "status: draft\ntopics: [money]\n" in text
    assert "\nrelated: [pooled-buying]\ngovernments: [new-town]\n" in text
    assert "\ncontributors:\n  - name: Head of buying\n    organisation: Town office\n    role: told it at a workshop\n" in text
    assert "Ann" not in text
    assert "## What was done\n\nWe bought ten together. It took a year.\n" in text
    problems = town.check().problems
    assert {problem.path for problem in problems} == {path}
    assert {problem.code for problem in problems} <= {"field-missing", "section-empty", "section-missing", "section-later", "source-few"}
    assert {name for problem in problems for name in ("period", "state", "evidence", "instruments") if f"`{name}`" in problem.message} == {
        "period", "state", "evidence", "instruments",
    }  # fmt: skip


def test_a_second_run_writes_no_draft_twice(town: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    run(town, monkeypatch, table(EXPERIENCE, EXPERIENCE | {"text": "We bought ten together. It took a year!"}))
    before = {path: path.read_bytes() for path in (town.root / "content").rglob("*.md")}
    assert len(list((town.root / "content/case-studies").iterdir())) == 2
    monkeypatch.chdir(town.root)
    found = CliRunner().invoke(main, ["intake", "sheet.csv"])
    assert "2 mistakes" not in found.output
    assert {path: path.read_bytes() for path in (town.root / "content").rglob("*.md")} == before


def test_a_need_becomes_a_draft_of_a_challenge_and_a_name_stands_where_the_person_agreed(catalogue: Catalogue, town: Small) -> None:
    row = EXPERIENCE | {"kind_of_note": "need", "name_agreed": "yes", "id": ""}
    folder, id, text = draft(read_notes(table(row), catalogue, TODAY)[0], town.project().site(), TODAY)
    assert (folder, id) == ("challenges", "we-bought-ten-together-it-took-a-year")
    credit = "  - name: Ann Surname\n    organisation: Town office\n    role: Head of buying, told it at a workshop\n"
    assert f"contributors:\n{credit}" in text
    assert "raised_by: [new-town]" in text


def test_everything_goes_into_a_folder_of_ones_own(town: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    assert run(town, monkeypatch, table(EXPERIENCE, GOOD), "--into", "out").exit_code == 0
    written = sorted(path.relative_to(town.root / "out").as_posix() for path in (town.root / "out").rglob("*.md"))
    assert written == ["case-studies/new-town-we-bought-ten-together-it-took-a-year.md", "notes.md"]
    assert not (town.root / "content/case-studies").exists()


def test_notes_are_tasks_under_their_entry_and_their_question(catalogue: Catalogue, town: Small) -> None:
    rows = [
        {"id": "", "kind_of_note": "next-time", "text": "More time."},
        {"id": "", "kind_of_note": "experience", "text": "We tried.", "government": "Far Away", "role": "Mayor"},
        GOOD | {"role": "Planner", "organisation": "Town office", "government": "New Town", "date": "2026-11-20"},
    ]
    assert pull_request(read_notes(table(*rows), catalogue, TODAY), town.project().site()) == (
        "# Notes from a workshop\n\nEach note is a task for whoever keeps the entry: take it up, or say why not, and tick it off. "
        "The words are those of participants, as they were typed.\n"
        "\n## Pooled buying (`content/practices/pooled-buying.md`)\n\n### What was wrong, missing or out of date in an entry?\n"
        "\n- [ ] Row 4\n\n  ```text\n  The price is that of 2019.\n\n  (Planner, Town office, New Town, 20 November 2026)\n  ```\n"
        "\n## About no single entry\n\n### What did your government do that others should know?\n"
        "\n- [ ] Row 3\n\n  ```text\n  We tried.\n\n  (Mayor, Far Away)\n  ```\n"
        "\n### What should be different next time?\n\n- [ ] Row 2\n\n  ```text\n  More time.\n  ```\n"
    )


HOSTILE = [
    '=HYPERLINK("http://evil.test")',
    "'=1+1",
    "@everyone see #1",
    "<script>alert(1)</script> <img src=x onerror=alert(1)>",
    "[a](javascript:alert(1)) ![b](http://evil.test/x.png) <http://evil.test> [@key] [^1] [x]: http://evil.test",
    "```\n# Heading\n```` more\n## What happened\n---\ntitle: x\n---",
    "# One\n## Two\nThree\n=====\n- four\n1. five\n> six\n| a | b |\n| - | - |",
    "{{ 7*7 }} {% include 'x' %}",
    "a\x00b\x1b[31m\u202ec\u2028d",
    "x" * MOST_TEXT,
    "# " * 1500,
    "[" * MOST_TEXT,
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_words_come_out_as_words(town: Small, catalogue: Catalogue, text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if "\x00" in text:
        text = text.replace("\x00", "\x01")  # a file with NUL is refused as a whole
    fields = {"organisation": text[:150].replace("\n", " "), "role": text[:150].replace("\n", " "), "government": "New Town"}
    note = {"id": "pooled-buying", "kind_of_note": "mistake", "text": text, **fields}
    found = run(town, monkeypatch, table(note, note | {"kind_of_note": "experience"}, note | {"kind_of_note": "need"}))
    assert found.exit_code == 0, found.output
    body = (town.root / ".build/intake/sheet.md").read_text("utf-8")
    inside = body.split("- [ ] Row 2\n\n", 1)[1]
    fence = inside.strip().split("text\n")[0]
    assert inside.rstrip().endswith(f"\n  {fence}")
    assert inside.count(fence) == 2
    checked = town.check()
    codes = {problem.code for problem in checked.problems if problem.path.startswith(("content/case", "content/chal"))}
    if text == "[" * MOST_TEXT:
        codes -= {"text-too-much"}  # one word of four thousand brackets: the check names it to the editor
    assert codes <= {"field-missing", "section-empty", "section-missing", "section-later", "text-hard", "twin", "source-few"}
    for path in (*(town.root / "content/case-studies").iterdir(), *(town.root / "content/challenges").iterdir()):
        assert not any(ord(sign) < 32 and sign != "\n" for sign in path.read_text("utf-8"))


def test_words_with_signs_look_in_a_page_as_they_were_written() -> None:
    text = "Costs: <b>5 & 6</b> * 2 [a](b) `c` _d_ #1\n1. one\n- two\n# three\n| e | f |"
    assert plain(render(as_markdown(text), "practices", {})) == " ".join(text.split())


@pytest.fixture(scope="module")
def own() -> Project:
    return own_project()


def test_the_table_of_each_bundle_has_what_the_sheets_ask_and_can_be_taken_in_as_it_is(own: Project, tmp_path: Path) -> None:
    site = own.site()
    bundles = list(own.catalogue.listed("bundle"))
    for bundle in bundles:
        (tmp_path / "bundles" / bundle.id).mkdir(parents=True)
    write_intake_tables(tmp_path, site)
    assert len(list(tmp_path.rglob("intake.csv"))) == len(bundles) > 7
    raw = (tmp_path / "bundles" / bundles[0].id / "intake.csv").read_bytes()
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    entries = gathered(bundles[0], own.catalogue)
    assert [row["id"] for row in rows] == [*(record.id for record in entries for _ in range(3)), "", "", "", "", ""]
    assert [row["question"] for row in rows[:3]] == ["What is the same here", "What we would change", "First step, and who"]
    with pytest.raises(NotTaken, match="must have a row with a text; found none"):
        read_notes(raw, own.catalogue, POOL_DAY)
    filled = raw.decode("utf-8").replace(",same,What is the same here,,,", ",same,What is the same here,,Planner,Nothing").encode()
    assert {note.kind for note in read_notes(filled, own.catalogue, POOL_DAY)} == {"same"}


def test_every_question_on_the_sheets_has_a_kind_of_note(own: Project) -> None:
    site = own.site()
    assert list(ASKED) == list(KINDS_OF_NOTE)
    questions = site.strings.get("print.words.feedback_questions")
    assert sorted(number for number in ASKED.values() if isinstance(number, int)) == list(range(len(questions)))
    assert all(asked(kind, site) for kind in KINDS_OF_NOTE)


def test_a_title_that_a_spreadsheet_would_run_is_only_text_in_the_table(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/pooled-buying.md", practice(title="'=SUM(A1)'"))
    site = small.project().site()
    assert "\r\npooled-buying,'=SUM(A1),same," in template([site.catalogue.by_id["pooled-buying"]], site)


def test_the_columns_and_kinds_of_note_are_documented() -> None:
    page = (ROOT / "docs/contribute/after-a-workshop.md").read_text("utf-8")
    assert [name for name in (*COLUMNS, *KINDS_OF_NOTE) if f"| `{name}` |" not in page] == []
