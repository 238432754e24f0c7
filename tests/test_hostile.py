"""Whatever lies in the content folder, the check answers with one report and never with a traceback."""

import os
import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from macros.problems import CODES
from macros.report import FORMATS
from tests.conftest import ROOT, Small

SEED = 20261121
NASTY = (
    "---", "\n", "\n---\n", ": ", "- ", "&a ", "*a", "!x ", "{", "}", "[", "]", "'", '"', "|", ">", "#", "## ", "%", "@", "`", "```\n", "~", "\t",
    "\x00", "\x85", "\u2028", "\ufeff", "\u202e", "\ud7ff", "\U0001f600", "<b>", "<!--", "](", "![", "[@", "../", ".md", "\\", "\\u0000", "null",
    "9" * 400, "a" * 3000, "[" * 300, "- " * 300, "title: again\n", "'[key]': x\n", "sources:\n", "{{ 7 * 7 }}", "9999-12-31", "0000-00-00", "-1",
    "1e999", "٣", "<<: ",
)  # fmt: skip


def answers(small: Small) -> list[str]:
    """Every form of the report, each of which can be printed."""
    checked = small.check()
    assert {problem.code for problem in checked.problems} <= set(CODES)
    assert all(problem.line >= 1 and problem.column >= 1 for problem in checked.problems)
    reports = [form(checked.problems, len(checked.pool.ids)) for form in FORMATS.values()]
    for report in reports:
        report.encode("utf-8")
    return reports


def mutations(text: bytes, dice: random.Random) -> bytes:
    """A text with a few pieces changed, lost, doubled, moved or put in; its first line mostly stays."""
    changed = text
    for _ in range(dice.randint(1, 4)):
        at = dice.randrange(min(4, len(changed)), len(changed) + 1)
        before, piece, after = changed[:at], changed[at : at + dice.randint(1, 40)], changed[at:]
        match dice.randrange(20):
            case 0:
                changed = before + dice.randbytes(dice.randint(1, 4)) + after
            case 1:
                lines = changed.split(b"\n")
                lines[1:] = dice.sample(lines[1:], len(lines) - 1)
                changed = b"\n".join(lines)
            case 2 | 3:
                changed = before + after[len(piece) :]
            case 4 | 5:
                changed = before + piece + after
            case 6 | 7:
                changed = before + bytes([dice.randrange(32, 127)]) + after[1:]
            case 8 | 9 | 10:
                lines = changed.split(b"\n")
                line = dice.randrange(1, max(len(lines), 2))
                lines[line : line + 1] = [lines[line].partition(b":")[0] + b": " + dice.choice(NASTY).encode()] if line < len(lines) else []
                changed = b"\n".join(lines)
            case 11 | 12:
                lines = changed.split(b"\n")
                line = dice.randrange(len(lines))
                lines[line : line + dice.randint(1, 3)] = []
                changed = b"\n".join(lines)
            case _:
                changed = before + dice.choice(NASTY).encode() + after
    return changed


def entries() -> list[Path]:
    """One entry of every kind from the founding pool, the first by name that is not small."""
    found = []
    for folder in sorted((ROOT / "content").iterdir()):
        files = sorted(folder.glob("*.md"))
        found += [next((path for path in files if path.stat().st_size > 1500), files[0])] if files else []
    return found


def broken_files(good: str) -> Iterator[tuple[str, bytes]]:
    """Three hundred files, each wrong in one of thirty ways."""
    fields: list[bytes] = [
        b"- a\n", b"text\n", b"a: &a b\nc: *a\n", b"<<: x\n", b"a: !!python/object/apply:os.system [true]\n", b"a: " + b"[" * 100_000 + b"\n",
        b"? [a]\n: b\n", b"a: 1\na: 2\n", b"title: a: b\n", b'title: "a\n', b"title:\n\t- a\n", b"'[key]': x\n", b"\n",
    ]  # fmt: skip
    changes = [
        ("title:", "titel:"), ("single-case", ""), ("[city]", "city"), ("2026-11-01", "9999-12-31"), ("2026-11-01", "never"),
        ("[money]", "[nothing]"), ("Text.", "[a](javascript:x) <b>"), ("## ", "# "), ("## ", ""), ("Text.", "x" * 300_000), ("Editors", "\x00"),
    ]  # fmt: skip
    ways = [b"", b"\n\n", b"\xff\xfe", b"\x00", b"## What to do\n", b"---"]
    ways += [b"---\n" + text + b"---\n" for text in fields]
    ways += [good.replace(old, new).encode() for old, new in changes]
    assert len(ways) == 30
    for number in range(300):
        yield f"content/practices/broken-{number}.md", ways[number % 30]


def test_a_pool_of_broken_files_gets_one_report(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    for name, raw in broken_files(practice()):
        small.write(name, raw)
    found = small.check().problems
    told = [problem.path for problem in found]
    errors = sum(problem.severity == "error" for problem in found)
    assert sorted(set(told)) == sorted(f"content/practices/broken-{number}.md" for number in range(300))
    assert answers(small)[0].endswith(f"\n\n301 files checked: {errors} errors, {len(told) - errors} warnings.")


@pytest.mark.parametrize("path", entries(), ids=[path.parent.name for path in entries()])
def test_a_good_entry_with_random_changes_never_stops_the_check(small: Small, path: Path) -> None:
    dice = random.Random(f"{SEED}{path.name}")
    small.topic()
    for number in range(50):
        small.write(f"content/{path.parent.name}/changed-{number}.md", mutations(path.read_bytes(), dice))
    answers(small)


def test_a_vocabulary_with_random_changes_never_stops_the_check(small: Small, practice: Callable[..., str]) -> None:
    dice = random.Random(SEED)
    small.topic()
    small.write("content/practices/good.md", practice())
    for path in sorted((small.root / "content/vocabulary").iterdir()):
        path.write_bytes(mutations(path.read_bytes(), dice))
    answers(small)


@pytest.mark.skipif(os.name == "nt", reason="Windows refuses such names itself")
def test_random_names_never_stop_the_check(small: Small) -> None:
    dice = random.Random(SEED)
    small.topic()
    for folder in ("content", "content/topics", "content/vocabulary"):
        for _ in range(50):
            raw = bytes(dice.choice([sign for sign in range(1, 256) if sign != ord("/")]) for _ in range(dice.randint(1, 20)))
            if raw not in (b".", b".."):
                small.write(f"{folder}/{os.fsdecode(raw)}{dice.choice(['', '.md', '.yml'])}", b"x")
    answers(small)


@pytest.mark.parametrize(
    ("fields", "body"),
    [
        ("aliases: [" + "a, " * 5000 + "a]\n", ""),
        ("related: [" + "wages, " * 5000 + "a]\n", ""),
        ("".join(f"a{number}: b\n" for number in range(5000)), ""),
        ("sources:\n" + "".join(f"  key-{number}: {{}}\n" for number in range(3000)), ""),
        ("other_names: [" + ", ".join(["~"] * 5000) + "]\n", ""),
        ("", "[@nothing] " * 5000),
        ("", "[link](nothing.md) " * 5000),
        ("", "<b>" * 20000),
        ("", "## Nothing\n\n" * 5000),
        ("", "# Nothing\n\n" * 5000),
        ("summary: " + "a" * 250_000 + "\n", ""),
        ("status: " + "a" * 250_000 + "\n", ""),
        ("a" * 900 + ": b\n", "## " + "a" * 250_000),
    ],
    ids=[
        "old ids",
        "references",
        "fields",
        "sources",
        "nothings",
        "citations",
        "links",
        "tags",
        "sections",
        "titles",
        "long text",
        "long word",
        "long names",
    ],
)
def test_thousands_of_mistakes_in_one_file_are_answered(small: Small, fields: str, body: str) -> None:
    head = "title: a\nsummary: b\npublished: 2026-01-01\nreviewed: 2026-11-01\nowner: c\n"
    if fields.startswith("summary"):
        head = head.replace("summary: b\n", "")
    small.write("content/topics/money.md", f"---\n{head}{fields}---\n\n{body}\n".encode())
    text = answers(small)[0]
    assert max(len(line) for line in text.split("\n")) < 1000
