"""No address that was ever published is lost."""

import os
import subprocess
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from macros.check import check
from macros.cli import main
from macros.git import Repository
from macros.ledger import HEAD, is_address, published_before, read_ledger, written
from macros.rules import addresses
from tests.conftest import Small, own_project

LEDGER = "content/ledger.txt"


def ledger(small: Small, monkeypatch: pytest.MonkeyPatch) -> Result:
    monkeypatch.chdir(small.root)
    return CliRunner().invoke(main, ["ledger"])


def test_the_ledger_of_the_repository_has_no_mistake_and_loses_nothing() -> None:
    checked = own_project().checked
    assert [problem for problem in checked.problems if problem.path == LEDGER and problem.severity == "error"] == []
    assert checked.pool.ledger
    # Entries that came later stand in it as soon as someone who publishes runs the command.
    assert len(checked.pool.ledger) >= 490
    assert "practices/tradable-zev-sales-mandate" in set(checked.pool.ledger) & set(addresses(checked.pool))


def test_the_command_adds_what_is_published_and_takes_nothing_away(
    small: Small, practice: Callable[..., str], monkeypatch: pytest.MonkeyPatch
) -> None:
    small.topic()
    small.write("content/practices/pooled-buying.md", practice(status="retired"))
    small.write("content/practices/idea.md", practice(status="draft"))
    small.write(LEDGER, "topics/money\npractices/gone\ntopics/money\n")
    found = ledger(small, monkeypatch)
    assert (found.exit_code, found.output) == (0, "content/ledger.txt: 3 addresses, new: practices/pooled-buying.\n")
    assert (small.root / LEDGER).read_text("utf-8") == f"{HEAD}practices/gone\npractices/pooled-buying\ntopics/money\n"
    assert ledger(small, monkeypatch).output == "content/ledger.txt: 3 addresses, none is new.\n"


def test_the_command_begins_a_ledger(small: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    small.topic()
    assert small.complaints() == []
    assert ledger(small, monkeypatch).output == "content/ledger.txt: 1 address, new: topics/money.\n"
    assert small.complaints() == []


@pytest.mark.parametrize("text", [b"topics/money\nno address\n", b"topics/money\n\xff\n"])
def test_the_command_leaves_a_ledger_alone_that_it_cannot_read(small: Small, monkeypatch: pytest.MonkeyPatch, text: bytes) -> None:
    small.topic()
    small.write(LEDGER, text)
    found = ledger(small, monkeypatch)
    assert (found.exit_code, "content/ledger.txt:2:1: error" in found.output) == (1, True)
    assert (small.root / LEDGER).read_bytes() == text


def test_a_ledger_that_is_a_link_is_not_read(small: Small, tmp_path: Path) -> None:
    small.topic()
    (tmp_path / "elsewhere").write_text("topics/lost\n", "utf-8")
    (small.root / LEDGER).symlink_to(tmp_path / "elsewhere")
    assert small.complaints() == ["content/ledger.txt:1:1 symlink"]


def test_a_ledger_may_be_larger_than_an_entry(small: Small) -> None:
    lines = [f"practices/some-entry-with-a-long-name-{number}" for number in range(10_000)]
    small.write(LEDGER, written(lines))
    found, problems = read_ledger(small.root / "content", small.root)
    assert (set(found or ()), problems) == (set(lines), [])


@pytest.mark.parametrize(
    ("address", "is_one"),
    [
        ("topics/money", True),
        ("case-studies/a-1", True),
        ("topic/money", False),
        ("topics/Money", False),
        ("topics/a--b", False),
        ("topics/../money", False),
        ("/topics/money", False),
        ("topics/money/", False),
        ("topics/" + "a" * 81, False),
        ("vocabulary/levels", False),
    ],
)
def test_an_address_is_a_folder_and_an_id(address: str, is_one: bool) -> None:
    assert is_address(address) is is_one


def test_a_renamed_and_a_retired_entry_are_not_lost(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/buying-as-one.md", practice(aliases="[pooled-buying]"))
    small.write("content/practices/old-way.md", practice(title="Old", status="retired"))
    small.write(LEDGER, "topics/money\npractices/pooled-buying\npractices/old-way\npractices/buying-as-one\n")
    assert small.complaints() == []


def test_what_a_broken_file_lacks_is_said_before_its_old_ids_are_missed(small: Small) -> None:
    small.write("content/topics/money.md", "---\naliases: [cash\n---\n")
    small.write(LEDGER, "topics/money\ntopics/cash\n")
    assert {line.split(" ")[1] for line in small.complaints()} == {"yaml-syntax"}


def test_an_old_address_leads_on_from_the_folder_in_which_it_was_published(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/buying-as-one.md", practice(aliases="[pooled-buying]"))
    small.write(LEDGER, "topics/money\npractices/buying-as-one\nchallenges/buying-as-one\nchallenges/pooled-buying\n")
    small.stage()
    for address in ("challenges/buying-as-one", "challenges/pooled-buying", "practices/pooled-buying"):
        assert '"url":"practices/buying-as-one/"' in small.page(address)
    assert not (small.root / "staged/challenges/index.md").read_text("utf-8").count("buying-as-one")


def test_git_remembers_what_the_ledger_forgot(small: Small, practice: Callable[..., str]) -> None:
    def git(*arguments: str) -> None:
        names = {f"GIT_{who}_{what}": "a@a.test" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        subprocess.run(("git", *arguments), cwd=small.root, env=os.environ | names, check=True, capture_output=True)

    git("init", "--quiet", "--initial-branch=main")
    small.topic()
    gone = [
        small.write("content/practices/pooled-buying.md", practice()),
        small.write("content/practices/idea.md", practice(status="draft")),
        small.write("content/practices/not-an-entry.txt", "x"),
        small.write("content/notes/some-note.md", "x"),
    ]
    git("add", "--all")
    git("commit", "--quiet", "--message=x")
    for path in gone:
        path.unlink()
    git("commit", "--quiet", "--all", "--message=x")
    assert published_before(Repository(small.root), "content", ["topics/money"]) == ("practices/pooled-buying",)
    assert published_before(Repository(small.root), "content", ["topics/money", "practices/pooled-buying"]) == ()


def test_ten_thousand_lost_addresses_are_all_told(small: Small) -> None:
    small.topic()
    small.write(LEDGER, written([*(f"practices/gone-{number}" for number in range(10_000)), "topics/money"]))
    problems = check(small.root / "content", small.root, date(2026, 11, 21)).problems
    assert [problem.code for problem in problems] == ["ledger-lost"] * 10_000
