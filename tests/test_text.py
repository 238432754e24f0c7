"""Entry text as clean HTML."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from macros.rules.text import MOST_BRACKETS, MOST_IN_LINE, MOST_INDENT
from macros.text import Texts, plain, rebase, render
from tests.conftest import Small

NUMBERS = {"one": 1, "two": 2}


def html(markdown: str) -> str:
    return render(markdown, "practices", NUMBERS)


@pytest.mark.parametrize(
    ("markdown", "expected"),
    [
        ("Fact [@one].", '<p>Fact<sup class="c-cite"><a href="#source-1">1</a></sup>.</p>'),
        ("Fact.[@two; @one]", '<p>Fact.<sup class="c-cite"><a href="#source-2">2</a>, <a href="#source-1">1</a></sup></p>'),
        ("Not [@three]", "<p>Not [@three]</p>"),
        ("[x](../topics/money.md)", '<p><a href="topics/money/">x</a></p>'),
        ("[x](other.md)", '<p><a href="practices/other/">x</a></p>'),
        ("[x](https://a.test/?b=1&c=2)", '<p><a href="https://a.test/?b=1&amp;c=2" rel="noopener nofollow">x</a></p>'),
        ("# One\n\n## Two\n\n### Three", "<h3>One</h3>\n<h3>Two</h3>\n<h3>Three</h3>"),
        ("Text:\n- one\n- two\nmore", "<p>Text:</p>\n<ul>\n<li>one</li>\n<li>two\nmore</li>\n</ul>"),
        ("Text:\n1. one\n2. two", "<p>Text:</p>\n<ol>\n<li>one</li>\n<li>two</li>\n</ol>"),
        ("- a\n  - b\n  - c\n- d", "<ul>\n<li>a<ul>\n<li>b</li>\n<li>c</li>\n</ul>\n</li>\n<li>d</li>\n</ul>"),
        ("1. a\n   - b\n2. c", "<ol>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ol>"),
        ("- a\n    - b", "<ul>\n<li>a<ul>\n<li>b</li>\n</ul>\n</li>\n</ul>"),
        ("- a\n\n  more\n- b", "<ul>\n<li>\n<p>a</p>\n<p>more</p>\n</li>\n<li>\n<p>b</p>\n</li>\n</ul>"),
        ("- a\n\nText", "<ul>\n<li>a</li>\n</ul>\n<p>Text</p>"),
        ("- a\n### H", "<ul>\n<li>a</li>\n</ul>\n<h3>H</h3>"),
        ("    code\n    - code", "<pre><code>code\n- code\n</code></pre>"),
        ("It began in\n2019. It ended.", "<p>It began in\n2019. It ended.</p>"),
        ("```\na\n- b\n```", "<pre><code>a\n- b\n</code></pre>"),
        ("a | b\n--|--:\n1 | 2", None),
    ],
)
def test_markdown_becomes_what_entries_need(markdown: str, expected: str | None) -> None:
    if expected is not None:
        assert html(markdown) == expected
    else:
        assert '<div class="c-table" tabindex="0"><table>' in html(markdown)
        assert '<td align="right">2</td>' in html(markdown)


@pytest.mark.parametrize(
    "attack",
    [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<div onclick='alert(1)'>x</div>",
        "[x](javascript:alert(1))",
        "[x](JaVaScRiPt:alert(1))",
        "[x](java\tscript:alert(1))",
        "[x](&#106;avascript:alert(1))",
        "[x](data:text/html,<script>alert(1)</script>)",
        "[x][y]\n\n[y]: javascript:alert(1)",
        "![x](https://a.test/x.png)",
        "![x][y]\n\n[y]: https://a.test/x.png",
        "<javascript:alert(1)>",
        "<iframe src='https://a.test'></iframe>",
        "<svg/onload=alert(1)>",
        "<style>*{}</style>",
        "<a href='https://a.test' id='__search'>x</a>",
        "x\n\n<!-- <script>alert(1)</script> -->",
        "```html\n<script>alert(1)</script>\n```",
        "[x](//a.test)",
        "[x](../../etc/passwd)",
        "[x](file:///etc/passwd)",
        '[x](https://a.test "onclick=alert(1)")',
        "[x](https://a.test){ onclick=alert(1) }",
        "<details open ontoggle=alert(1)>x</details>",
        "<a@b.test>",
    ],
)
def test_nothing_hostile_survives(attack: str) -> None:
    found = html(attack)
    tags = set(re.findall(r"<([a-z0-9]+)", found))
    assert tags <= {"p", "a", "pre", "code", "em"}
    assert "<script" not in found
    assert not re.search(r"<[^>]*\s(on\w+|id|style|src|title)=", found)
    assert not re.search(r'href="(?!https?://|#source-|practices/|topics/)', found)


def test_links_to_entries_are_rebased_to_the_page_and_others_are_not() -> None:
    text = '<a href="topics/money/">a</a> <a href="https://a.test">b</a> <a href="#source-1">c</a>'
    assert rebase(text, "practices/some/") == '<a href="../../topics/money/">a</a> <a href="https://a.test">b</a> <a href="#source-1">c</a>'


@pytest.mark.parametrize("text", ["*a* [@one] _b_", "a \\* b", "- [x](other.md)\n- &amp; <https://a.test/>", "a | b\n--|--\n1 | *2*"])
def test_a_text_without_code_is_made_as_it_is_beside_code(text: str) -> None:
    code = '<p><code>code</code> and `<sup class="c-cite"><a href="#source-2">2</a></sup></p>'
    assert html(f"{text}\n\n`code` and \\` [@two]") == f"{html(text)}\n{code}"


def test_plain_text_leaves_out_source_numbers() -> None:
    assert plain(html("A *fact* &amp; more [@one].")) == "A fact & more."


@pytest.mark.parametrize("piece", ["[", "[a](", "[@k", "![", "*a ", "_a", "`", "<", "> ", "- ", "a|", "\\", "### a\n", "&#", "~~", "  \n", "[a]: "])
def test_a_text_at_the_bounds_of_the_check_is_rendered(piece: str) -> None:
    """The bounds of `rules/text.py`: brackets, line length, indent. A text that passes them must end."""
    line = (piece * (MOST_IN_LINE // len(piece)))[:MOST_IN_LINE]
    kept = line if line.count("[") < MOST_BRACKETS else piece * (MOST_BRACKETS // max(piece.count("["), 1))
    assert isinstance(html("\n".join([kept, kept[:200]])), str)


def test_a_list_as_deep_as_the_check_allows_is_rendered() -> None:
    assert "deep" in html("\n".join(f"{' ' * indent}- deep" for indent in range(0, MOST_INDENT + 1, 4)))


def test_a_store_can_be_open_twice(small: Small, practice: Callable[..., str], tmp_path: Path) -> None:
    small.topic()
    small.write("content/practices/pooled-buying.md", practice())
    record = small.project().catalogue.by_id["pooled-buying"]
    first, second = Texts(tmp_path / "text.sqlite"), Texts(tmp_path / "text.sqlite")
    assert first.sections(record) == second.sections(record)
    assert (first.rendered, second.rendered) == (1, 0)


@pytest.mark.parametrize("torn", [b"not a store", b"SQLite format 3\0" + b"\0" * 50])
def test_a_torn_store_is_made_anew(small: Small, practice: Callable[..., str], tmp_path: Path, torn: bytes) -> None:
    small.topic()
    small.write("content/practices/pooled-buying.md", practice())
    (tmp_path / "text.sqlite").write_bytes(torn)
    texts = Texts(tmp_path / "text.sqlite")
    assert texts.sections(small.project().catalogue.by_id["pooled-buying"])[0].title == "The challenge"
    texts.close()


@pytest.mark.parametrize(
    "address", ["https://example.org@evil.test/", "https://ехample.org/", "https://example.org/" + "a" * 2000, "https://localhost/", "https:///x"]
)
@pytest.mark.parametrize("way", ["[x]({0})", "> [y]: {0}\n\n[x][y]", "<{0}>"])
def test_a_link_that_hides_its_host_leads_nowhere_however_it_is_written(address: str, way: str) -> None:
    assert "href" not in render(way.format(address), "practices", {})
    assert 'href="https://example.org/"' in render(way.format("https://example.org/"), "practices", {})
