"""The comment on a change: what the check says of it, the editors' list, and the changed entries as they will read.

The files of the change are laid over a copy of our own content and go through our own reader, check and renderer; nothing
that the change brings along is run. A comment must not call people, mark other issues or fetch pictures, whatever an entry
says, so entry text goes into it as sanitised HTML on one line with its signs of that kind broken.
"""

import html
import re
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from ..check import Checked, check
from ..pool import Record
from ..problems import Problem
from ..settings import Settings
from ..text import Texts
from ..vocabulary import Vocabulary
from ..wording import CRITERIA
from .changes import Changes

MARK = "<!-- commons -->"
MOST_PROBLEMS, MOST_ENTRIES, MOST_LETTERS = 20, 10, 50_000
_CALLS = re.compile(r"(?<=[@#])(?=\w)|(?<=\bGH)(?=-\d)|(?<=://)|(?<=\bwww)(?=\.)", re.IGNORECASE)


@dataclass(frozen=True)
class Comment:
    """The text of the comment, and the labels that the change gets."""

    text: str
    labels: tuple[str, ...]


def comment(changes: Changes, settings: Settings, today: date, run: str = "") -> Comment:
    """The comment on a change; `run` is the address of the workflow run that keeps the built pages."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        shutil.copytree(settings.content, root / "content", symlinks=True)
        for path in changes.removed:
            (root / path).unlink(missing_ok=True)
        for path, raw in changes.files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(raw)
        checked = check(root / "content", root, today)
    records = [record for record in (*checked.pool.records, *checked.pool.broken) if record.source.path in changes.files]
    criteria = checked.pool.vocabularies.get(CRITERIA)
    text = "\n".join([MARK, *_verdict(checked, changes), *checklist(criteria), *_entries(records, changes), *_pages(run, bool(records))])
    return Comment(text[:MOST_LETTERS] + "\n", labels(records, checked))


def labels(records: Sequence[Record], checked: Checked) -> tuple[str, ...]:
    """`kind: practice`, `topic: money`: the kinds and topics of the changed entries; only names that the pool knows."""
    kinds = {f"kind: {record.kind}" for record in records}
    topics = {topic for record in records for topic in record.entry.topics if checked.pool.ids.get(topic) == "topic"}
    return (*sorted(kinds), *sorted(f"topic: {topic}" for topic in topics))


def checklist(criteria: Vocabulary | None) -> Iterator[str]:
    """The editors' list, from the criteria that the pool keeps as a vocabulary."""
    if criteria:
        yield f"### {calm(criteria.title)}\n"
        yield from (f"- [ ] **{calm(term.label)}**: {calm(term.meaning)}" for term in criteria.terms.values())
        yield ""


def _verdict(checked: Checked, changes: Changes) -> Iterator[str]:
    known = {*changes.files, *changes.removed}
    own = [problem for problem in checked.problems if problem.path in known]
    caused = [problem for problem in checked.errors if problem.path not in known] if changes.removed else []
    errors = sum(problem.severity == "error" for problem in own) + len(caused)
    if not known:
        yield "This change touches no entry.\n"
        return
    files = f"{len(changes.files)} changed, {len(changes.removed)} removed" if changes.removed else f"{len(changes.files)} changed"
    if not errors:
        yield f"**The check has nothing that stops this.** Entries and vocabularies: {files}.\n"
    else:
        yield f"**{errors} thing{'s' * (errors != 1)} to mend before this can go on.** Entries and vocabularies: {files}.\n"
    yield from _problems([*own, *caused])
    if changes.left_out:
        yield f"{changes.left_out} files are left out of this comment: too many, or no plain entries.\n"


def _problems(problems: Sequence[Problem]) -> Iterator[str]:
    for problem in problems[:MOST_PROBLEMS]:
        yield f"- `{code(problem.path)}`, line {problem.line}: {calm(problem.message)}. {calm(problem.hint)}"
    if len(problems) > MOST_PROBLEMS:
        yield f"- and {len(problems) - MOST_PROBLEMS} more; the run of the check has them all."
    if problems:
        yield ""


def _entries(records: Sequence[Record], changes: Changes) -> Iterator[str]:
    texts = Texts()
    room = MOST_LETTERS - 15_000
    for record in records[:MOST_ENTRIES]:
        sections = "".join(f"<h4>{html.escape(s.title)}</h4>{s.html}" for s in texts.sections(record))
        title, summary = (getattr(record.entry, name, None) or "" for name in ("title", "summary"))
        known = record.entry.sources.values()
        sources = "".join(f"<li>{html.escape(f'{s.publisher}: {s.title}')} <code>{html.escape(s.url or '')}</code></li>" for s in known)
        inside = calm_html(f"<p><strong>{html.escape(summary)}</strong></p>{sections}<ol>{sources}</ol>")
        head = f"<details><summary>{calm_html(html.escape(f'{record.kind}: {title}'))} (<code>{code(record.source.path)}</code>)</summary>"
        if len(inside) > room:
            inside = "<p>Too long to show here; the built pages have it.</p>"
        room -= len(inside)
        yield f"{head}{inside}</details>\n"
    if len(records) > MOST_ENTRIES:
        yield f"{len(records) - MOST_ENTRIES} more entries stand in the built pages.\n"


def _pages(run: str, changed: bool) -> Iterator[str]:
    if run.startswith("https://") and re.fullmatch(r"https://[\w./-]+", run):
        what = "The built site, and the changed pages by themselves" if changed else "The built site"
        yield f"{what}, can be downloaded below [the run of the check]({run}), under Artifacts."


def calm(text: str) -> str:
    """Plain text as Markdown that is nothing but text, on one line."""
    words = html.escape(" ".join(text.split()), quote=False)
    return _CALLS.sub("\u2060", re.sub(r"([\\`*_{}\[\]()#+!|~>-])", r"\\\1", words))


def code(text: str) -> str:
    """Plain text for between two backticks, on one line."""
    return " ".join(text.replace("`", "'").split())


def calm_html(text: str) -> str:
    """Sanitised HTML on one line, with its links as words and their addresses beside them, so that a reviewer sees where they lead."""
    without = re.sub(r'<a\b[^>]*?href="([^"#][^"]*)"[^>]*>(.*?)</a>', r"\2 (<code>\1</code>)", text, flags=re.DOTALL)
    plain = re.sub(r"</?(?:a|div)\b[^>]*>", "", without)
    parts = re.split(r"(<code>.*?</code>|<[^>]*>)", plain, flags=re.DOTALL)  # in code, nothing calls anybody
    return "".join(part if part.startswith("<") else _CALLS.sub("\u2060", part) for part in parts).replace("\n", "&#10;")


def as_criteria(vocabularies: Mapping[str, Vocabulary]) -> str:
    """The editors' list alone, for the template of pull requests."""
    return "\n".join(checklist(vocabularies.get(CRITERIA)))
