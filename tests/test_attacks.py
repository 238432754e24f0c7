"""Each attack of the corpus is answered in words by the check, or is only text.

`tests/attacks/<name>.yml` holds the attacks, `<name>.txt` what is said of each. `UPDATE_GOLDENS=1` rewrites the latter; the
diff is the review.
"""

import os
import re
from pathlib import Path

import html5lib
import pytest

from macros.body import parse
from macros.problems import CODES
from macros.stage import problems
from macros.text import ATTRIBUTES, TAGS, render
from tests.attacks import FOLDER, NAMES, Attack, attacks, shown
from tests.conftest import Small

TEXTS = [attack for name in NAMES for attack in attacks(name) if attack.place == "text"]


@pytest.mark.parametrize("name", NAMES)
def test_the_check_answers_each_attack_in_words_that_anyone_can_print(small: Small, name: str) -> None:
    small.topic()
    for path in (small.root / "content/vocabulary").iterdir():  # each attack is a check of its own, and these are all that it needs
        if path.stem not in ("levels", "source-types", "figure-kinds"):
            path.unlink()
    answers = [(attack, attack.answer(small)) for attack in attacks(name)]
    said = "\n".join(shown(attack, answer) for attack, answer in answers)
    for line in said.split("\n"):
        assert line.isprintable(), line
        assert len(line) < 400, line
    if os.environ.get("UPDATE_GOLDENS"):
        (FOLDER / f"{name}.txt").write_text(said, "utf-8")
    assert (FOLDER / f"{name}.txt").read_text("utf-8") == said


@pytest.mark.parametrize("attack", TEXTS, ids=[f"{attack.corpus} {number}" for number, attack in enumerate(TEXTS)])
def test_what_the_check_might_miss_has_no_effect_on_a_page_either(attack: Attack) -> None:
    section = parse(f"## A\n\n{attack.what}", 1).sections[0]
    dangers(render(section.text, "topics", {}))


def dangers(text: str) -> None:
    """Fails if rendered text has a tag, an attribute or an address that it may not have, or is no HTML."""
    parser = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False)
    for element in parser.parseFragment(text).iter():
        if element.tag == "DOCUMENT_FRAGMENT":
            continue
        ours = element.tag == "div" and set(element.attrib.items()) == {("class", "c-table"), ("tabindex", "0")}
        assert ours or element.tag in TAGS, text
        assert ours or set(element.attrib) <= ATTRIBUTES.get(element.tag, set()), text
        assert re.match(r"https?://|#source-\d+$|[a-z-]+/[a-z0-9-]+/$", element.get("href", "https://")), text
        assert element.tag != "sup" or element.get("class") in (None, "c-cite"), text


def test_every_code_that_answers_is_one_of_ours() -> None:
    said = "".join((FOLDER / f"{name}.txt").read_text("utf-8") for name in NAMES)
    assert set(re.findall(r": (?:error|warning) \[([a-z-]+)\]: ", said)) <= set(CODES)


def test_a_file_of_fifty_megabytes_is_not_read(small: Small) -> None:
    path = small.topic("large")
    with path.open("r+b") as file:
        file.truncate(50 * 1024 * 1024)
    assert [f"{problem.code}: {problem.message}" for problem in small.check().problems] == [
        "file-too-large: a file must have at most 256 KiB; it has 51200 KiB"
    ]


def test_links_out_of_the_pool_are_refused_whatever_they_lead_to(small: Small, tmp_path_factory: pytest.TempPathFactory) -> None:
    outside = tmp_path_factory.mktemp("outside")
    (outside / "secret.md").write_text(small.topic().read_text("utf-8"), "utf-8")
    links = {
        "content/topics/file.md": outside / "secret.md",
        "content/topics/loop.md": small.root / "content/topics/loop.md",
        "content/topics/zero.md": Path("/dev/zero"),
        "content/topics/nowhere.md": Path("/no/such/file"),
        "content/topics/passwd.md": Path("../../../../etc/passwd"),
        "content/practices": outside,
        "content/vocabulary/more.yml": outside / "secret.md",
        "docs/page.md": outside / "secret.md",
        "docs/picture.png": outside / "secret.md",
    }
    for name, target in links.items():
        (small.root / name).parent.mkdir(exist_ok=True)
        (small.root / name).symlink_to(target)
    assert sorted((problem.path, problem.code) for problem in small.check().problems) == sorted(
        (name, "symlink") for name in links if name.startswith("content/")
    )
    for name in links:
        if name.startswith("content/"):
            (small.root / name).unlink()
    assert sorted((problem.path, problem.code) for problem in problems(small.project())) == [
        ("docs/page.md", "symlink"),
        ("docs/picture.png", "symlink"),
    ]


def test_a_pipe_in_place_of_an_entry_does_not_hang_the_check(small: Small) -> None:
    small.topic()
    os.mkfifo(small.root / "content/topics/pipe.md")
    os.mkfifo(small.root / "content/vocabulary/pipe.yml")
    assert [(problem.path, problem.code) for problem in small.check().problems] == [
        ("content/topics/pipe.md", "not-a-file"),
        ("content/vocabulary/pipe.yml", "not-a-file"),
    ]


BYTES = {
    "not-utf8": [
        b"\xff\xfe---\n",
        b"---\ntitle: \xc0\xaf\n---\n",
        b"---\ntitle: \xed\xa0\x80\n---\n",
        b"\x00\x01\x02\xff",
        b"---\ntitle: a\xf5\n---\n",
    ],
    "control-character": [b"---\ntitle: a\x00b\n---\n", b"---\ntitle: a\x1bb\n---\n", "---\ntitle: a\u202eb\n---\n".encode(), b"---\n\x08\n---\n"],
    "front-matter-missing": [b"%PDF-1.7\n", b"GIF89a<script>alert(1)</script>\n", b"PK\x03\x04".replace(b"\x03\x04", b"--") + b"\n", b"#!/bin/sh\n"],
    "file-empty": [b"", b"\xef\xbb\xbf", b"\n \r\n"],
}


@pytest.mark.parametrize(("code", "raw"), [(code, raw) for code, many in BYTES.items() for raw in many])
def test_bytes_that_are_no_text_are_answered(small: Small, code: str, raw: bytes) -> None:
    small.topic()
    small.write("content/topics/attack.md", raw)
    assert small.complaints()[0].endswith(f" {code}")


YAML_BOMBS = {
    "yaml-depth": ["a: " + "[" * 50_000, "a: " + "{a: " * 20_000, "\n".join("  " * depth + "a:" for depth in range(300)), "- " * 20_000],
    "yaml-anchor": ["a: &a [x]\n" + "\n".join(f"a{n}: &a{n} [{'*a' + str(n - 1 or '') + ', ' * 0}]" for n in range(1, 400)), "a: &a\n  b: *a"],
    "field-too-long": ["title: " + "x" * 200_000, "owner: '" + "\u0939" * 60_000 + "'", "summary: |\n" + "  x\n" * 50_000],
    "field-unknown": ["\n".join(f"f{number}: x" for number in range(10_000))],
}


@pytest.mark.parametrize(("code", "front"), [(code, front) for code, many in YAML_BOMBS.items() for front in many], ids=lambda given: str(given)[:20])
def test_front_matter_that_grows_is_answered(small: Small, code: str, front: str) -> None:
    small.topic()
    small.write("content/topics/attack.md", f"---\n{front}\n---\n\n## What it covers\n\nText.\n".encode())
    assert code in {problem.code for problem in small.check().problems}


DEEP = {
    "quotes": "> " * 2400 + "x",
    "emphasis": "*_" * 2400 + "x",
    "stars": "*" * 4900,
    "brackets": "[" * 1400 + "x" + "]" * 1400,
    "links": "[" * 700 + "x" + "](https://example.org/)" * 100,
    "pictures": "![" * 700 + "x" + "](a)" * 700,
    "ticks": "".join("`" * number + " " for number in range(1, 99)),
    "lists": "\n".join(" " * min(depth, 40) + "- x" for depth in range(300)),
    "table": "|" * 4900 + "\n" + "|-" * 2400 + "\n" + "|x" * 2400,
    "rows": "| a | b |\n| --- | --- |\n" + "| c | d |\n" * 1500,
    "entities": "&amp;" * 900 + "&" * 900,
    "backslashes": "\\" * 4900,
    "angles": "<" * 4900 + "\n\n" + "<a " * 1600,
    "references": "\n\n".join(f"[{number}]: https://example.org/{number}" for number in range(3000)),
    "fences": "```\n" * 2000,
    "rules": "* * *\n\n" * 2000,
    "headings": "### x\n\n" * 2000,
    "numbers": "\n".join(f"{number}. x" for number in range(2000)),
}


@pytest.mark.parametrize("name", DEEP)
def test_text_that_nests_or_repeats_without_end_is_rendered_or_refused(small: Small, name: str) -> None:
    small.topic(body=f"\n## What it covers\n\n{DEEP[name]}\n")
    checked = small.check()
    if not checked.errors:
        dangers(render(checked.pool.records[0].body.sections[0].text, "topics", {}))
