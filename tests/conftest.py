"""Fixtures: a small project written as a tree in a string, and the repository's own."""

import os
import re
import textwrap
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

from macros.check import Checked, check
from macros.project import Project, load
from macros.stage import Staged, stage
from macros.views import Site

ROOT = Path(__file__).resolve().parent.parent
# Property-based tests throw the same things every time, and keep nothing between runs: a change fails its own run or none.
settings.register_profile("steady", derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck))
settings.load_profile("steady")
# The day of the tests, for pools that tests write.
TODAY = date(2026, 11, 21)
# The day for the repository's own pool: that of its newest date, so that its tests say the same on every later day.
POOL_DAY = date.fromisoformat(
    max(
        found
        for path in (ROOT / "content").rglob("*.md")
        for found in re.findall(r"^(?:reviewed|state_checked): (\S+)$", path.read_text("utf-8"), re.M)
    )
)

CONFIG = """
site_name: Small commons
site_url: https://commons.test/sub/
theme:
  name: material
  custom_dir: overrides
  language: en
  font: false
plugins: [commons, {macros: {module_name: macros, on_error_fail: true}}]
markdown_extensions: [attr_list, md_in_html, tables, toc]
"""

TOPIC = """
title: {title}
summary: What belongs to {title}.
published: 2026-01-01
reviewed: 2026-11-01
owner: Editors
"""


@cache
def own_project(day: date = POOL_DAY) -> Project:
    """The repository's own project as on a day, read once for all tests of this process, which change nothing in it."""
    return load(ROOT, day)


@cache
def own_site(day: date = POOL_DAY) -> Site:
    """The same, with the texts that were rendered once."""
    return own_project(day).site()


@pytest.fixture(autouse=True)
def own_clock() -> Iterator[None]:
    """A build takes the time of a commit for its clock; the next test does not."""
    before = os.environ.get("SOURCE_DATE_EPOCH")
    yield
    os.environ.pop("SOURCE_DATE_EPOCH", None)
    if before is not None:
        os.environ["SOURCE_DATE_EPOCH"] = before


@dataclass
class Small:
    """A project in a temporary folder, with the repository's theme and vocabularies."""

    root: Path

    def write(self, path: str, text: str | bytes = "") -> Path:
        """Write one file; text is dedented and its first line end dropped."""
        target = self.root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        if isinstance(text, bytes):
            target.write_bytes(text)
        else:
            target.write_text(textwrap.dedent(text).removeprefix("\n"), "utf-8")
        return target

    def topic(self, id: str = "money", title: str = "Money", body: str = "\n## What it covers\n\nText.\n") -> Path:
        """Write a topic without faults."""
        return self.write(f"content/topics/{id}.md", f"---{TOPIC.format(title=title)}---\n{body}")

    def check(self) -> Checked:
        """Read and check the content."""
        return check(self.root / "content", self.root, TODAY)

    def complaints(self) -> list[str]:
        """`path:line:col code` of every problem, in order."""
        return [f"{p.path}:{p.line}:{p.column} {p.code}" for p in self.check().problems]

    def project(self, drafts: bool = True) -> Project:
        """Load the project as on the day of the tests, with its drafts unless told."""
        return load(self.root, TODAY, drafts)

    def stage(self, folder: str = "staged") -> Staged:
        """Stage the pages."""
        return stage(self.project(), self.root / folder)

    def page(self, url: str, folder: str = "staged") -> str:
        """The staged file of an address."""
        return (self.root / folder / url / "index.md").read_text("utf-8")


@pytest.fixture
def small(tmp_path: Path) -> Small:
    """A project without content but with theme, vocabularies and configuration."""
    project = Small(tmp_path)
    project.write("mkdocs.yml", CONFIG)
    (tmp_path / "overrides").symlink_to(ROOT / "overrides")
    (tmp_path / "macros").symlink_to(ROOT / "macros")
    vocabularies = tmp_path / "content" / "vocabulary"
    vocabularies.mkdir(parents=True)
    for path in (ROOT / "content" / "vocabulary").glob("*.yml"):
        (vocabularies / path.name).write_bytes(path.read_bytes())
    return project


@pytest.fixture
def practice() -> Callable[..., str]:
    """The text of a practice without faults; named fields replace lines of its front matter."""

    def text(body: str | None = None, **fields: str) -> str:
        meta = {
            "title": "Pooled buying",
            "summary": "Several cities buy together.",
            "topics": "[money]",
            "evidence": "single-case",
            "instruments": "[demand-aggregation]",
            "levels": "[city]",
            "published": "2026-01-01",
            "reviewed": "2026-11-01",
            "owner": "Editors",
        }
        meta.update(fields)
        sections = (
            "The challenge", "What to do", "What it takes", "What happened", "What did not work", "Adapting it", "Questions for discussion",
        )  # fmt: skip
        written = body if body is not None else "\n\n".join(f"## {title}\n\nText." for title in sections)
        return "---\n" + "".join(f"{key}: {value}\n" for key, value in meta.items()) + f"---\n\n{written}\n"

    return text
