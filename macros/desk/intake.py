"""From an issue that was filled in as a form to the file of an entry.

The issue is a stranger's: anyone can write anything into one, with a form or without. Its text is only ever a value here. What
cannot be read is left out, and what is missing is told by the check; the entry begins as a draft.
"""

import json
import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from ..entries import KINDS, Entry
from ..front_matter import entry_file
from ..new import completed, propose, taken_ids
from ..pool import Pool
from ..problems import nearest
from ..questions import split
from ..validation import as_id
from .forms import PERSON, PLACE, SOURCES, Asked, asked

MOST_BYTES, MOST_SOURCES = 2_000_000, 40
EMPTY = "_No response_"
LABEL = "kind: "


class NotAForm(Exception):
    """The issue is not one of our forms; the message says what is missing."""


@dataclass(frozen=True)
class Told:
    """An entry as someone told it: its path below the project, the text of its file, and the issue that it comes from."""

    path: str
    text: str
    issue: int


def from_issue(event: Path, pool: Pool, owner: str, today: date) -> Told:
    """The entry of an issue, from the file in which GitHub describes what happened; raises NotAForm."""
    try:
        raw = event.read_bytes()
        issue = json.loads(raw if len(raw) <= MOST_BYTES else b"")["issue"]
        number, body = int(issue["number"]), str(issue["body"] or "")
        names = [str(label["name"]) for label in issue["labels"]]
    except (ValueError, KeyError, TypeError):
        raise NotAForm("the file does not describe an issue") from None
    kinds = [name.removeprefix(LABEL) for name in names if name.startswith(LABEL) and name.removeprefix(LABEL) in KINDS]
    if len(kinds) != 1:
        raise NotAForm(f"the issue must have one label such as '{LABEL}{next(iter(KINDS))}'; it has {len(kinds)}")
    model = KINDS[kinds[0]]
    questions = asked(model, pool)
    answers = read_answers(body, questions)
    if not answers.get("Title"):
        raise NotAForm("the issue must have the headings of its form, with an answer below 'Title'; it has not")
    meta, sections = entry_of(answers, questions, pool, owner, today, model)
    id = propose(answers["Title"], taken_ids(pool), f"issue-{number}")
    return Told(f"content/{model.folder}/{id}.md", entry_file(model, meta, sections), number)


def read_answers(body: str, questions: Collection[Asked]) -> dict[str, str]:
    """The text below each heading of a form. Only the next headings that the form has count; all others belong to the answer."""
    labels = [question.label for question in questions]
    found: dict[str, list[str]] = {}
    here, after = "", 0
    for line in body.replace("\r\n", "\n").split("\n"):
        label = line.removeprefix("### ").strip() if line.startswith("### ") else ""
        if label in labels[after:]:
            here, after = label, labels.index(label) + 1
            found[here] = []
        elif here:
            found[here].append(line)
    texts = {label: "\n".join(lines).strip() for label, lines in found.items()}
    return {label: text for label, text in texts.items() if text and text != EMPTY}


def entry_of(
    answers: Mapping[str, str], questions: Collection[Asked], pool: Pool, owner: str, today: date, model: type[Entry]
) -> tuple[dict[str, Any], dict[str, str]]:
    """Fields and sections from the answers."""
    meta: dict[str, Any] = {"status": "draft"}
    sections: dict[str, str] = {}
    titles = {record.entry.title.lower(): record.id for record in pool.records}
    for question in questions:
        answer = answers.get(question.label, "")
        if question.section:
            if answer or question.required:
                sections[question.section] = answer
        elif question.to and answer:
            outer, _, inner = question.to.partition(".")
            value = _value(question, answer, titles)
            meta[outer] = {inner: value} if inner else value
    if name := _line(answers.get(PERSON, "")):
        place = _line(answers.get(PLACE, ""))
        meta["contributors"] = [{"name": name, **({"organisation": place} if place else {})}]
    if sources := dict(_sources(answers.get(SOURCES, ""), pool)):
        meta["sources"] = sources
    return completed(meta, owner, model, today), sections


def _value(question: Asked, answer: str, titles: Mapping[str, str]) -> Any:
    if question.choices:
        chosen = list(_chosen(answer, question.choices))
        return chosen if question.many else (chosen[0] if chosen else _line(answer))
    if question.many:
        return [titles.get(name.lower()) or titles.get(nearest(name, titles) or "") or as_id(name) or name for name in split(_line(answer))]
    return _line(answer)


def _chosen(answer: str, choices: Mapping[str, str]) -> Iterator[str]:
    """The ids of the labels that GitHub joined with commas; labels may have commas themselves, so the longest that fits is taken."""
    rest = _line(answer)
    while rest:
        label = max((label for label in choices if rest == label or rest.startswith(f"{label}, ")), key=len, default="")
        if label:
            yield choices[label]
            rest = rest[len(label) :].removeprefix(", ")
        else:
            rest = rest.partition(", ")[2]


def _sources(answer: str, pool: Pool) -> Iterator[tuple[str, dict[str, str]]]:
    """One source a line; its parts are known by what they look like, the others come in order."""
    types = pool.vocabularies.get("source-types")
    known = {word.lower(): id for id, term in types.terms.items() for word in (id, term.label)} if types else {}
    lines = [re.sub(r"^\s*(?:[-*+]|\d+[.)])\s+", "", line) for line in answer.split("\n") if line.strip()]
    for number, line in enumerate(lines[:MOST_SOURCES], 1):
        parts = [part.strip() for part in line.split(";") if part.strip()]
        source: dict[str, str] = {}
        for part in parts:
            if re.match(r"https?://", part):
                source["url"] = part
            elif re.fullmatch(r"(19|20)\d\d", part):
                source["year"] = part
            elif part.lower() in known:
                source["type"] = known[part.lower()]
            else:
                name = next((name for name in ("title", "publisher", "note") if name not in source), "note")
                source[name] = f"{source[name]}; {part}" if name in source else part
        yield f"source-{number}", source


def _line(text: str) -> str:
    return " ".join(text.split())
