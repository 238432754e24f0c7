"""The documentation says what the code does."""

import re

import pytest
from click.testing import CliRunner

from macros.cli import main
from macros.embeds import Embeds
from macros.entries import KINDS
from macros.problems import CODES
from macros.stage import problems
from tests.conftest import ROOT, own_project, own_site

MACROS_PAGE = (ROOT / "docs/reference/macros.md").read_text("utf-8")


def test_the_hand_written_pages_and_the_pool_have_no_problem() -> None:
    assert [p for p in problems(own_project()) if p.severity == "error"] == []


@pytest.mark.parametrize("name", Embeds(own_site(), lambda: "").macros())
def test_every_macro_is_documented_with_an_example_that_is_built(name: str) -> None:
    section = re.search(rf"^## {name}$(.*?)(?=^## |\Z)", MACROS_PAGE, re.MULTILINE | re.DOTALL)
    assert section, name
    shown = re.search(r"```text\n\{% raw %\}(.*?)\{% endraw %\}\n```", section.group(1), re.DOTALL)
    assert shown, name
    live = section.group(1).replace(shown.group(0), "")
    if name != "problem_codes":  # its example stands on a page of its own
        assert all(line.strip() in live for line in shown.group(1).strip().split("\n"))
    assert f"{name}(" in shown.group(1)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_stands_in_the_field_reference(kind: str) -> None:
    assert f'{{{{ fields("{kind}") }}}}' in (ROOT / "docs/reference/entry-fields.md").read_text("utf-8")


def test_every_code_is_in_the_reference() -> None:
    html = str(Embeds(own_site(), lambda: "").problem_codes())
    assert all(f'<tr id="{code}">' in html for code in CODES)


@pytest.mark.parametrize("name", sorted(main.commands))
def test_every_command_has_help_and_stands_in_the_readme(name: str) -> None:
    shown = CliRunner().invoke(main, [name, "--help"])
    assert shown.exit_code == 0
    assert len(shown.output.split("\n")) > 5
    assert f"commons {name}" in (ROOT / "README.md").read_text("utf-8")


def test_every_make_target_stands_in_the_help() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert targets == set(re.findall(r"^## ([a-z-]+) ", makefile, re.MULTILINE))


def test_prose_has_one_sentence_a_line() -> None:
    doubled = []
    for path in [*ROOT.glob("docs/**/*.md"), *ROOT.glob("*.md")]:
        text = re.sub(r"```.*?```", "", path.read_text("utf-8"), flags=re.DOTALL)
        for line in text.split("\n"):
            if re.match(r"^[A-Z][^|]*[a-z)]\. [A-Z]", line):
                doubled.append(f"{path.relative_to(ROOT)}: {line[:60]}")
    assert doubled == []
