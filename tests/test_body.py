"""The text of an entry taken apart without rendering it, with the line and column of everything."""

import time

import pytest

from macros.body import Body, Found, heading_title, parse
from macros.text import render


def places(found: tuple[Found, ...]) -> list[str]:
    return [f"{one.line}:{one.column} {one.text}" for one in found]


def test_a_body_is_taken_apart() -> None:
    body = parse("\nBefore.\n\n## One\n\nText [@a].\n\n### Inner\n\nMore.\n\n## Two ##\n\n- item\n", 10)
    assert body.lead == "Before."
    assert [(s.title, s.line, s.text) for s in body.sections] == [
        ("One", 13, "Text [@a].\n\n### Inner\n\nMore."),
        ("Two", 21, "- item"),
    ]
    assert places(body.citations) == ["15:6 @a"]


@pytest.mark.parametrize("text", ["", "\n", "\n\n\n"])
def test_nothing_has_no_parts(text: str) -> None:
    assert parse(text, 1) == Body("", (), (), (), (), (), (), ())


@pytest.mark.parametrize(
    ("line", "titles"),
    [
        ("## Title", ["Title"]),
        ("##   Title   ", ["Title"]),
        ("## Title ##", ["Title"]),
        ("##\tTitle", ["Title"]),
        ("##Title", ["Title"]),
        ("## `code` and [link](a.md)", ["`code` and [link](a.md)"]),
        ("##", [""]),
        ("# Title", []),
        ("### Title", []),
        ("\\## Title", []),
        ("    ## Title", []),
        ("- ## Title", []),
        ("> ## Title", []),
        ("`## Title`", []),
        ("text ## Title", []),
    ],
)
def test_a_section_begins_with_two_hashes(line: str, titles: list[str]) -> None:
    assert [section.title for section in parse(f"Text.\n\n{line}\n\nText.\n", 1).sections] == titles


@pytest.mark.parametrize(
    ("begin", "end"), [("```", "```"), ("~~~", "~~~"), ("````", "````"), ("```text", "```"), ("```.py", "```\t"), ("~~~ a", "~~~ ")]
)
def test_what_stands_in_fences_is_code(begin: str, end: str) -> None:
    body = parse(f"## One\n\n{begin}\n## Two\n<b>[link](nowhere)[@key]\n# Three\nFour\n---\n{end}\n\n[@real]\n", 1)
    assert [section.title for section in body.sections] == ["One"]
    assert (body.tags, body.links, body.high_headings, places(body.citations)) == ((), (), (), ["11:1 @real"])


@pytest.mark.parametrize(
    ("begin", "inner"), [("~~~", "```"), ("```", "~~~"), ("````", "```"), ("```", "````"), ("```", "``` text"), ("```", "``"), ("```", " ```")]
)
def test_another_fence_does_not_close_one(begin: str, inner: str) -> None:
    assert parse(f"{begin}\n{inner}\n## One\n{begin}\n", 1).sections == ()


@pytest.mark.parametrize("begin", ["```", " ```", "````", "``` {.a}", "```a b"])
@pytest.mark.parametrize("end", ["", " ```", "`````", "``` a"])
def test_what_the_renderer_shows_as_text_is_no_code(begin: str, end: str) -> None:
    assert [link.text for link in parse(f"{begin}\n\n[a](b)\n\n{end}\n\n[c](d)\n", 1).links] == ["b", "d"]


@pytest.mark.parametrize(
    "text",
    [
        "> [y]: there\n\n[x][y]", "- [y]: there\n\n[x][y]", "1. a\n\n    [y]: there\n\n[x][y]", "[x](there((((a)))))", "[x](there(a)(b)(c)(d)(e))",
        "[{0}]: there\n\n[x][{0}]".format("y" * 300), "[y\nz]: there\n\n[x][y z]", "a `b\n---\n[x](there)` c", "a `b\n***\n[x](there)` c",
        "a | `b\n- | -\n[x](there) | `c", "a | b\n- | -\n`x | y\n[x](there)` c",
    ],
)  # fmt: skip
def test_links_that_the_renderer_makes_are_found_in_odd_places(text: str) -> None:
    assert [link.text[:5] for link in parse(text, 1).links] == ["there"]


def test_a_fence_that_is_not_one_is_text() -> None:
    assert parse("``` a `b`\n## One\n", 1).sections[0].title == "One"


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("`<b>`", []),
        ("``<b> ` <i>``", []),
        ("`a\n<b>`", []),
        ("a ` b <b>", ["1:7 <b>"]),
        ("`a\n\n<b>`", ["3:1 <b>"]),
        ("`a\n- <b>`", ["2:3 <b>"]),
        ("`a\n## <b>`", ["2:4 <b>"]),
        ("## `a\n<b>`", ["2:1 <b>"]),
        ("\\`<b>`", ["1:3 <b>"]),
        ("`a``<b>`", []),
        ("`a` <b> `c`", ["1:5 <b>"]),
        ("``a` <b>", ["1:6 <b>"]),
    ],
)
def test_code_reaches_from_backticks_to_as_many_in_the_same_paragraph(text: str, tags: list[str]) -> None:
    assert places(parse(text, 1).tags) == tags


@pytest.mark.parametrize(
    ("text", "tags"),
    [
        ("<b>", ["1:1 <b>"]),
        ("a </b>", ["1:3 </b>"]),
        ("<br/>", ["1:1 <br/>"]),
        ('<a href="x" onclick="y">', ['1:1 <a href="x" onclick="y">']),
        ("<script\nsrc=x>", ["1:1 <script\nsrc=x>"]),
        ("<!-- note -->", ["1:1 <!-- note -->"]),
        ("<?php ?>", ["1:1 <?php ?>"]),
        ("<![CDATA[x]]>", ["1:1 <![CDATA[x]]>"]),
        ("<x-y >", ["1:1 <x-y >"]),
        ("<img src=x", ["1:1 <img src=x"]),
        ("ä\n\n  <i>", ["3:3 <i>"]),
        ("4 < 5 and 6 > 5", []),
        ("a <- b", []),
        ("<3", []),
        ("1<a", []),
        ("&lt;b&gt;", []),
        ("<https://example.org/>", []),
        ("<someone@example.org>", []),
    ],
)
def test_html_is_found_and_comparisons_are_not(text: str, tags: list[str]) -> None:
    assert places(parse(text, 1).tags) == tags


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("[a](b.md)", ["1:1 b.md"]),
        ("[a]( b.md )", ["1:1 b.md"]),
        ("[a](<b c.md>)", ["1:1 b c.md"]),
        ('[a](b.md "title")', ["1:1 b.md"]),
        ("[a](b.md 'title')", ["1:1 b.md"]),
        ("[a](b c)", ["1:1 b c"]),
        ("[a]()", ["1:1 "]),
        ("[a](\nb.md)", ["1:1 b.md"]),
        ("[a](https://example.org/a_(b))", ["1:1 https://example.org/a_(b)"]),
        ("[a](javascript:alert(1))", ["1:1 javascript:alert(1)"]),
        ("[a [b] c](d.md)", ["1:1 d.md"]),
        ("[a](b.md)[c](d.md)", ["1:1 b.md", "1:10 d.md"]),
        ("[a\nb](c.md)", ["1:1 c.md"]),
        ("[a\\](b.md)", []),
        ("\\[a](b.md)", []),
        ("[a] (b.md)", []),
        ("[a](b.md", []),
        ("a](b.md)", []),
        ("[a][b]\n\n[b]: c.md", ["3:1 c.md"]),
        ("[b]: <c.md> 'title'", ["1:1 c.md"]),
        ("   [b]:   c.md", ["1:1 c.md"]),
        ("[@b]: c.md", []),
        ("[^b]: c", []),
        ("text [b]: c.md", []),
        ("<https://a.org>", ["1:1 https://a.org"]),
        ("<mailto:a@b.org>", ["1:1 mailto:a@b.org"]),
        ("`[a](b.md)`", []),
        ("ü [a](b.md)", ["1:3 b.md"]),
    ],
)
def test_links_are_found_with_their_target(text: str, links: list[str]) -> None:
    assert places(parse(text, 1).links) == links


@pytest.mark.parametrize(
    ("text", "images", "links"),
    [
        ("![a](b.png)", ["1:1 b.png"], []),
        ("[![a](b.png)](c.md)", ["1:2 b.png"], ["1:1 c.md"]),
        ("\\![a](b.md)", [], ["1:3 b.md"]),
        ("!\\[a](b.png)", [], []),
        ("Look! [a](b.md)", [], ["1:7 b.md"]),
    ],
)
def test_pictures_are_told_from_links(text: str, images: list[str], links: list[str]) -> None:
    body = parse(text, 1)
    assert (places(body.images), places(body.links)) == (images, links)


@pytest.mark.parametrize(
    ("text", "citations"),
    [
        ("[@a]", ["1:1 @a"]),
        ("One [@a; @b-2] and [@c].", ["1:5 @a; @b-2", "1:20 @c"]),
        ("[@No Key]", ["1:1 @No Key"]),
        ("[@]", ["1:1 @"]),
        ("[a@b]", []),
        ("@a", []),
        ("[@a\n]", []),
        ("`[@a]`", []),
        ("[[@a]]", ["1:2 @a"]),
    ],
)
def test_citations_are_found(text: str, citations: list[str]) -> None:
    assert places(parse(text, 1).citations) == citations


@pytest.mark.parametrize(
    ("text", "headings"),
    [
        ("# A", ["1:1 # A"]),
        ("#A", ["1:1 #A"]),
        ("Text\n# A  ", ["2:1 # A"]),
        ("A\n===", ["1:1 A"]),
        ("A\n---", ["1:1 A"]),
        ("A\n-", ["1:1 A"]),
        ("  A  \n   ---  ", ["1:1 A"]),
        ("A\n\n---", []),
        ("---", []),
        ("- a\n---", []),
        ("| a |\n---", []),
        ("| a |\n|---|", []),
        ("## A\n---", []),
        ("A\n--- b", []),
        ("A\n    ---", []),
        ("## A", []),
        ("\\# A", []),
        ("C# is a note", []),
    ],
)
def test_headings_above_the_sections_are_found(text: str, headings: list[str]) -> None:
    assert places(parse(text, 1).high_headings) == headings


@pytest.mark.parametrize("line", ["# A", "#A", "## A", "##A", "### A", "A\n===", "A\n---", "A\n-"])
def test_what_counts_as_a_heading_is_what_the_renderer_makes_one(line: str) -> None:
    body = parse(line, 1)
    found = bool(body.high_headings or body.sections) or line.startswith("###")
    assert found is ("<h3>" in render(line, "topics", {}))


@pytest.mark.parametrize(("line", "title"), [("## A", "A"), ("#A#", "A"), ("### A ##", "A"), ("A", "A"), ("##", ""), ("## A # B", "A # B")])
def test_a_heading_has_a_title(line: str, title: str) -> None:
    assert heading_title(line) == title


BOMBS = {
    "open brackets": "[",
    "closed brackets": "](",
    "empty links": "[](",
    "citations": "[@",
    "open definitions": "[a\n",
    "definitions": "[a]: b\n",
    "backticks": "`",
    "backticks in pairs": "`` x ` ",
    "backticks of all lengths": "".join("`" * length + " " for length in range(700)),
    "spaces in a heading": "## a" + " " * 250_000 + "b",
    "hashes": "#",
    "tags": "<a ",
    "angles": "<",
    "letters after an angle": "<a",
    "addresses": "<a:",
    "round brackets": "[](((((",
    "spaces": " ",
    "tabs": "\t",
    "lines": "\n",
    "quotes": "> `a\n",
    "items": "- `a\n",
    "fences": "```\n",
    "rows": "a\n=\n",
    "pictures": "![](x)",
    "backslashes": "\\[",
    "titles": "[a](b 'c ",
}


@pytest.mark.parametrize("piece", BOMBS.values(), ids=BOMBS)
def test_no_text_takes_long(piece: str) -> None:
    text = (piece * (256 * 1024 // len(piece) + 1))[: 256 * 1024]
    begun = time.process_time()
    parse(text, 1)
    assert time.process_time() - begun < 3
