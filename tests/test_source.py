"""One file, whatever its bytes: read as text with the place of everything, or refused in words."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

from macros.problems import Problem
from macros.report import as_text
from macros.source import MAX_BYTES, Source, Unreadable, files, name_of, read_fields, read_source, read_text
from macros.strict_yaml import Place
from tests.conftest import Small

LINES = ["---", "title: Zwölf", "topics:", "  - money", "---", "", "## What it covers", "", "Text."]


def said(error: Unreadable) -> list[str]:
    """`line:column code: message | hint` of every problem."""
    return [f"{p.line}:{p.column} {p.code}: {p.message} | {p.hint}" for p in error.problems]


def refusal(folder: Path, raw: bytes) -> list[str]:
    """What is said of a file with these bytes."""
    path = folder / "file.md"
    path.write_bytes(raw)
    with pytest.raises(Unreadable) as caught:
        read_source(path, folder)
    return said(caught.value)


def of(small: Small, code: str) -> list[str]:
    """The lines of the report that have a code."""
    return [line for line in as_text(small.check().problems, 0).split("\n") if f"[{code}]" in line]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["plain", "byte order mark"])
def test_line_ends_and_a_byte_order_mark_make_no_difference(tmp_path: Path, end: str, mark: bytes) -> None:
    path = tmp_path / "file.md"
    path.write_bytes(mark + end.join(LINES).encode() + end.encode())
    source = read_source(path, tmp_path)
    assert source == Source("file.md", {"title": "Zwölf", "topics": ["money"]}, source.document, "\n## What it covers\n\nText.\n", 6)
    assert source.document.keys == {("title",): Place(2, 1), ("topics",): Place(3, 1)}
    assert source.document.values == {(): Place(2, 1), ("title",): Place(2, 8), ("topics",): Place(4, 3), ("topics", 0): Place(4, 5)}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_line_ends_make_no_difference_to_a_report(small: Small, end: str) -> None:
    wrong = ["---", "title: Money", "colour: red", "summary: Money: all of it", "---", "", "<b>Text</b>"]
    small.write("content/topics/money.md", end.join(wrong).encode())
    assert small.complaints() == ["content/topics/money.md:4:15 yaml-syntax"]


@pytest.mark.parametrize("space", ["", " ", "\t", "   "])
def test_spaces_behind_the_hyphens_do_no_harm(tmp_path: Path, space: str) -> None:
    (tmp_path / "file.md").write_text(f"---{space}\ntitle: Money\n---{space}\nText.", "utf-8")
    assert read_source(tmp_path / "file.md", tmp_path).meta == {"title": "Money"}


def test_hyphens_in_the_text_do_not_end_the_fields_again(tmp_path: Path) -> None:
    (tmp_path / "file.md").write_text("---\ntitle: Money\n---\nOne.\n\n---\n\nTwo.\n", "utf-8")
    assert read_source(tmp_path / "file.md", tmp_path).body == "One.\n\n---\n\nTwo.\n"


UTF8 = "not-utf8: the file must be plain text in UTF-8; found bytes that are not"
UTF8_FIX = "Save it again as plain text with the encoding UTF-8; a document of a word processor must be exported first."


@pytest.mark.parametrize(
    ("raw", "place"),
    [
        (b"---\ntitle: Zw\xf6lf\n---\n", "2:10"),
        (b"---\r\ntitle: Zw\xf6lf\r\n---\r\n", "2:10"),
        (b"---\rtitle: Zw\xf6lf\r---\r", "2:10"),
        (b"\xef\xbb\xbf---\ntitle: Zw\xf6lf\n---\n", "2:10"),
        (b"\xef\xbb\xbf\xf6", "1:1"),
        ("---\ntitle: äöü".encode() + b"\xf6\n---\n", "2:11"),
        ("---\ntitle: Zwölf\n---\n".encode("utf-16"), "1:1"),
        (b"---\ntitle: \xed\xa0\x80\n---\n", "2:8"),
        (b"\x80\x02", "1:1"),
    ],
    ids=["latin-1", "CRLF", "CR", "byte order mark", "byte order mark alone", "after long letters", "utf-16", "half a character", "bytes"],
)  # fmt: skip
def test_other_encodings_are_refused_at_their_place(tmp_path: Path, raw: bytes, place: str) -> None:
    assert refusal(tmp_path, raw) == [f"{place} {UTF8} | {UTF8_FIX}"]


@pytest.mark.parametrize(
    ("raw", "place", "sign"),
    [
        (b"---\ntitle: a\x00b\n---\n", "2:9", "0000"),
        ("---\ntitle: Zw\n---\n".encode("utf-16-le"), "1:2", "0000"),
        (b"---\ntitle: a\n---\n\nText\x0c\n", "5:5", "000C"),
        (b"---\ntitle: a\n---\n\nText\x1b[31m\n", "5:5", "001B"),
        ("---\ntitle: ä\x7f\n---\n".encode(), "2:9", "007F"),
        ("---\ntitle: a\x85b\n---\n".encode(), "2:9", "0085"),
        ("---\ntitle: a\u2028b\n---\n".encode(), "2:9", "2028"),
        ("---\r\ntitle: a\r\n---\r\n\r\na\u2029b\r\n".encode(), "5:2", "2029"),
        ("\ufeff\ufeff---\ntitle: a\n---\n".encode(), "1:1", "FEFF"),
        ("---\ntitle: a\uffff\n---\n".encode(), "2:9", "FFFF"),
    ],
)
def test_invisible_characters_are_refused_at_their_place(tmp_path: Path, raw: bytes, place: str, sign: str) -> None:
    assert refusal(tmp_path, raw) == [
        f"{place} control-character: the text must have no invisible characters; found U+{sign}"
        " | Delete it; such characters often come along when text is copied out of a PDF."
    ]


@pytest.mark.parametrize("text", ["a\tb", "a\u00a0b", "a\u200db", "a\u00adb", "مرحبا", "資金", "😀", "e\u0301"])
def test_letters_and_spaces_of_all_scripts_are_kept(tmp_path: Path, text: str) -> None:
    (tmp_path / "file.md").write_text(f"---\ntitle: {text}\n---\n{text}\n", "utf-8")
    source = read_source(tmp_path / "file.md", tmp_path)
    assert (source.meta["title"], source.body) == (text, f"{text}\n")


@pytest.mark.parametrize("raw", [b"", b"\n", b" \t\r\n ", b"\xef\xbb\xbf", b"\xef\xbb\xbf \n"])
def test_a_file_without_a_word_is_empty(tmp_path: Path, raw: bytes) -> None:
    assert refusal(tmp_path, raw) == ["1:1 file-empty: a file must hold text; this one is empty | Write the entry, or remove the file."]


HYPHENS = "Begin the file with a line ---, then the fields, then a line --- again, then the text."


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Text.\n", "'Text.'"),
        ("\n---\ntitle: a\n---\n", "an empty line"),
        (" ---\ntitle: a\n---\n", "'---'"),
        ("----\ntitle: a\n----\n", "'----'"),
        ("+++\ntitle = 1\n+++\n", "'+++'"),
        ("x" * 1000, "'" + "x" * 60 + "…'"),
    ],
)
def test_a_file_without_front_matter_is_told_what_its_first_line_is(tmp_path: Path, text: str, found: str) -> None:
    assert refusal(tmp_path, text.encode()) == [f"1:1 front-matter-missing: the first line must be three hyphens; found {found} | {HYPHENS}"]


@pytest.mark.parametrize(
    ("text", "line"), [("---", 1), ("---\n", 1), ("---\ntitle: a", 2), ("---\ntitle: a\n\nText.\n\n\n", 4), ("---\ntitle: a\n ---\nText.", 4)]
)
def test_fields_that_do_not_end_are_told_at_the_last_line(tmp_path: Path, text: str, line: int) -> None:
    assert refusal(tmp_path, text.encode()) == [
        f"{line}:1 front-matter-open: a line of three hyphens must stand below the last field; found none"
        " | Add a line --- between the last field and the text."
    ]


@pytest.mark.parametrize(
    ("fields", "place", "found"),
    [
        ("", "2:1", "none"),
        ("# a note\n", "2:1", "none"),
        ("~\n", "2:1", "none"),
        ("''\n", "2:1", "none"),
        ("- title\n", "2:1", "a list"),
        ("  [title]\n", "2:3", "a list"),
        ("title:Money\n", "2:1", "'title:Money'"),
        ("\nsome words\n", "3:1", "'some words'"),
    ],
)
def test_front_matter_without_fields_is_told_what_it_is(tmp_path: Path, fields: str, place: str, found: str) -> None:
    assert refusal(tmp_path, f"---\n{fields}---\nText.\n".encode()) == [
        f"{place} yaml-not-fields: there must be fields with their values; found {found}"
        " | Write one field a line, with a space after the colon: `title: Some words`."
    ]


def test_every_problem_of_the_form_is_told_at_once(tmp_path: Path) -> None:
    found = refusal(tmp_path, b"---\na: &x b\na: *x\nc: !d e\n---\n")
    assert [line.partition(": ")[0] for line in found] == ["2:4 yaml-anchor", "3:1 yaml-duplicate", "3:4 yaml-anchor", "4:4 yaml-tag"]


def test_a_file_may_be_as_large_as_the_bound(tmp_path: Path) -> None:
    (tmp_path / "file.md").write_bytes(b"x" * MAX_BYTES)
    assert len(read_text(tmp_path / "file.md", "file.md")) == MAX_BYTES


@pytest.mark.parametrize(("size", "told"), [(MAX_BYTES + 1, 257), (MAX_BYTES + 1025, 258), (10 * MAX_BYTES, 2560)])
def test_a_file_that_is_too_large_is_not_read(tmp_path: Path, size: int, told: int) -> None:
    assert refusal(tmp_path, b"\xff" * size) == [
        f"1:1 file-too-large: a file must have at most 256 KiB; it has {told} KiB | Shorten the text, or split it into two entries."
    ]


LINK = "there must be a plain file here; found a link to another place"


def test_a_link_in_the_place_of_a_file_is_not_followed(small: Small, tmp_path: Path) -> None:
    small.topic()
    (small.root / "content/topics/link.md").symlink_to(small.root / "content/topics/money.md")
    assert of(small, "symlink") == [f"content/topics/link.md:1:1: error [symlink]: {LINK}"]
    with pytest.raises(Unreadable) as caught:
        read_text(small.root / "content/topics/link.md", "link.md")
    assert said(caught.value) == [f"1:1 symlink: {LINK} | Replace the link with the file itself."]


@pytest.mark.parametrize("target", ["/etc/passwd", "/no/such/file", "link.md", "/dev/zero"])
def test_a_link_to_anywhere_is_only_named(small: Small, target: str) -> None:
    small.topic()
    (small.root / "content/topics/link.md").symlink_to(target)
    assert small.complaints() == ["content/topics/link.md:1:1 symlink"]


def test_a_link_in_the_place_of_a_folder_is_not_followed(small: Small, tmp_path: Path) -> None:
    small.topic()
    (small.root / "elsewhere").mkdir()
    small.write("elsewhere/secret.md", "secret")
    (small.root / "content/practices").symlink_to(small.root / "elsewhere")
    assert as_text(small.check().problems, 1) == (
        "content/practices:1:1: error [symlink]: there must be a plain folder here; found a link to another place\n"
        "  Replace the link with the folder itself.\n\n1 file checked: 1 error, 0 warnings."
    )


def test_a_link_in_the_place_of_the_vocabularies_is_not_followed(small: Small) -> None:
    small.topic()
    (small.root / "content/vocabulary").rename(small.root / "elsewhere")
    (small.root / "content/vocabulary").symlink_to(small.root / "elsewhere")
    assert small.complaints() == ["content/vocabulary:1:1 symlink"]
    assert small.check().pool.vocabularies == {}


def test_a_link_in_the_place_of_all_content_is_not_followed(small: Small) -> None:
    small.topic()
    (small.root / "content").rename(small.root / "elsewhere")
    (small.root / "content").symlink_to(small.root / "elsewhere")
    assert small.complaints() == ["content:1:1 symlink"]


def test_without_content_there_is_one_sentence(small: Small) -> None:
    (small.root / "content").rename(small.root / "elsewhere")
    assert as_text(small.check().problems, 0) == (
        "content:1:1: error [pool-empty]: there must be a folder of entries; found none\n"
        "  Make the folder, and an entry in it.\n\n0 files checked: 1 error, 0 warnings."
    )


def test_a_folder_in_the_place_of_a_file_is_named(small: Small) -> None:
    small.topic()
    (small.root / "content/topics/folder.md").mkdir()
    assert as_text(small.check().problems, 1) == (
        "content/topics/folder.md:1:1: error [not-a-file]: there must be a plain file here; found a folder\n"
        "  Move the files inside it one level up, and remove the folder.\n\n1 file checked: 1 error, 0 warnings."
    )


@pytest.mark.parametrize("name", ["data", "practices"])
def test_a_file_in_the_place_of_a_folder_is_named(small: Small, name: str) -> None:
    small.topic()
    small.write(f"content/{name}", "x")
    assert as_text(small.check().problems, 1) == (
        f"content/{name}:1:1: error [not-a-file]: there must be a folder here; found a file\n"
        "  Make it a folder, with the file inside.\n\n1 file checked: 1 error, 0 warnings."
    )


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="this system has no pipes with names")
def test_a_pipe_is_not_opened(small: Small) -> None:
    small.topic()
    os.mkfifo(small.root / "content/topics/pipe.md")
    assert as_text(small.check().problems, 2) == (
        "content/topics/pipe.md:1:1: error [not-a-file]: there must be a plain file here; found something else\n"
        "  Put the file of the entry here.\n\n2 files checked: 1 error, 0 warnings."
    )


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
@pytest.mark.parametrize("path", ["content/topics/money.md", "content/topics", "content"])
def test_what_may_not_be_read_is_named(small: Small, path: str) -> None:
    small.topic()
    (small.root / path).chmod(0)
    try:
        assert f"{path}:1:1 file-unreadable" in small.complaints()
    finally:
        (small.root / path).chmod(0o755)


def refuse(found: Path) -> Callable[[object], NoReturn]:
    """A stand-in for a call of the system that refuses, so that root can try it too."""

    def call(path: object) -> NoReturn:
        assert path == found
        raise PermissionError(13, "Permission denied")

    return call


def test_a_file_that_the_system_keeps_closed_is_told_in_its_words(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    path = small.topic()
    monkeypatch.setattr(Path, "read_bytes", refuse(path))
    with pytest.raises(Unreadable) as caught:
        read_text(path, "money.md")
    assert said(caught.value) == [
        "1:1 file-unreadable: the file must be open for reading; the system says 'Permission denied' | Check who may read the file."
    ]


def test_a_folder_that_the_system_keeps_closed_is_told_in_its_words(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = small.topic().parent
    monkeypatch.setattr("os.scandir", refuse(folder))
    assert list(files(folder, small.root)) == [
        Problem(
            "content/topics", 1, 1, "file-unreadable", "the folder must be open for reading; the system says 'Permission denied'",
            "Check who may read the folder.",
        )
    ]  # fmt: skip


def test_a_content_folder_that_the_system_keeps_closed_is_told_in_its_words(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.topic()
    monkeypatch.setattr(Path, "iterdir", refuse(small.root / "content"))
    assert as_text(small.check().problems, 0) == (
        "content:1:1: error [file-unreadable]: the folder must be open for reading; the system says 'Permission denied'\n"
        "  Check who may read the folder.\n\n0 files checked: 1 error, 0 warnings."
    )


def test_hidden_files_are_passed_over_and_the_others_come_in_order(tmp_path: Path) -> None:
    for name in ("b.md", "a.md", ".hidden.md", "B.md"):
        (tmp_path / name).write_text("x", "utf-8")
    assert list(files(tmp_path, tmp_path)) == [tmp_path / "B.md", tmp_path / "a.md", tmp_path / "b.md"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [
        (b"a.md", "a.md"),
        ("größe.md".encode(), "größe.md"),
        (b"a\nb.md", "a\\nb.md"),
        (b"a\x1b[31m.md", "a\\x1b[31m.md"),
        (b"a\xff.md", "a\\udcff.md"),
        ("a\u202eb.md".encode(), "a\\u202eb.md"),
    ],
)
def test_a_file_with_an_odd_name_is_named_on_one_line_that_can_be_printed(tmp_path: Path, raw: bytes, name: str) -> None:
    path = tmp_path / os.fsdecode(raw)
    assert name_of(path, tmp_path) == name
    assert name_of(path, tmp_path).encode("utf-8")


def test_a_file_outside_the_project_keeps_its_whole_name(tmp_path: Path) -> None:
    assert name_of(Path("/some/where/a.md"), tmp_path) == "/some/where/a.md"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such names")
@pytest.mark.parametrize("raw", [b"a\nb.md", b"\xff\xfe.md", b"a b.md", b"A.md", b"-.md", b"a\xff"])
def test_a_file_with_an_odd_name_is_refused_and_the_report_can_be_printed(small: Small, raw: bytes) -> None:
    small.topic()
    (small.root / "content/topics" / os.fsdecode(raw)).write_text("x", "utf-8")
    report = as_text(small.check().problems, 1)
    assert len(report.encode("utf-8").split(b"\n")) == 4
    assert report.endswith("1 file checked: 1 error, 0 warnings.")


def test_a_place_that_is_not_there_is_that_of_what_is_around_it(tmp_path: Path) -> None:
    (tmp_path / "file.md").write_text("---\ntitle: a\ngroup:\n  inner: [b]\n---\n", "utf-8")
    source = read_source(tmp_path / "file.md", tmp_path)
    assert source.place(("group", "inner", 0)) == Place(4, 11)
    assert source.place(("group", "inner", 7)) == Place(4, 3)
    assert source.place(("group", "other")) == Place(3, 1)
    assert source.place(("group",), of_key=True) == Place(3, 1)
    assert source.place(("nothing", "at", "all")) == Place(2, 1)


def test_fields_of_a_file_without_text_begin_on_its_first_line() -> None:
    assert read_fields("title: a\n", "levels.yml").values == {(): Place(1, 1), ("title",): Place(1, 8)}
