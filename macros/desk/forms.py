"""Issue forms for people who would rather fill in a form than write a file, and the template of pull requests.

Made from the models and vocabularies, as the check and the reference are; `intake` reads the answers with the same list of
questions, so that a form and its reader cannot differ.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import yaml

from ..entries import KINDS, OFFERED, Entry
from ..pool import Pool
from ..questions import Question, question
from ..wording import CRITERIA
from .comment import as_criteria

# An entry is chosen from a list only where the list is short enough to read.
MOST_CHOICES = 40
SOURCES, PERSON, PLACE = "Sources", "Your name, as it may be shown", "Where you work"
_SHARED = frozenset({"title", "summary", "published", "reviewed", "state_checked", "owner", "sources"})


@dataclass(frozen=True)
class Asked:
    """One question: its label, what to write, where the answer goes (`to` a field, or a section), and the choices by label."""

    label: str
    about: str
    to: str = ""
    section: str = ""
    required: bool = False
    many: bool = False
    long: bool = False
    choices: Mapping[str, str] = field(default_factory=dict)
    example: str = ""


def asked(model: type[Entry], pool: Pool) -> tuple[Asked, ...]:
    """What a form asks for an entry of a kind, in order; no two questions have the same label."""
    names = ["title", "summary", "topics", *(name for name, about in model.model_fields.items() if about.is_required() and name not in _SHARED)]
    found = [_of_field(question(model, name, pool.vocabularies), pool) for name in names]
    found[1] = replace(found[1], long=True, example="")
    found += [Asked(s.title, s.purpose, section=s.title, required=s.required, long=True) for s in model.sections]
    types = pool.vocabularies.get("source-types")
    kinds = ", ".join(term.label for term in types.terms.values()) if types else "what sort of source it is"
    about = f"One on each line: title; publisher; year; address; {kinds}. In the texts, [@source-1] points to the first of them."
    found += [Asked(SOURCES, about, required=True, long=True, example="Annual outlook; Name of the agency; 2026; https://www.example.org/; Report")]
    found += [Asked(PERSON, "Leave it out if you would rather not be named."), Asked(PLACE, "Leave it out if you speak for yourself.")]
    return tuple(found)


def _of_field(about: Question, pool: Pool) -> Asked:
    choices = _distinct((term.label, id) for id, term in about.terms.items())
    meaning, example = about.description, about.example
    if about.kinds is not None:  # a file takes ids; a form takes names
        known = [record for record in pool.records if record.kind in about.kinds and record.entry.status == "published"]
        choices = _distinct((record.entry.title, record.id) for record in known) if len(known) <= MOST_CHOICES else {}
        meaning, example = ("Choose what fits." if choices else "Their names, with commas between them." if about.many else "The name."), ""
    label = about.name.partition(".")[0].replace("_", " ").capitalize()
    return Asked(label, meaning, about.name, required=about.required, many=about.many, choices=choices, example="" if choices else example)


def _distinct(pairs: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Choices by label; GitHub refuses a label twice, and the label `None`."""
    found: dict[str, str] = {}
    for label, id in pairs:
        found.setdefault(label if label not in found and label.lower() != "none" else f"{label} ({id})", id)
    return found


def issue_form(model: type[Entry], pool: Pool) -> str:
    """The form of a kind as GitHub takes it."""
    name = model.kind.replace("-", " ")
    body: list[dict[str, Any]] = [
        {
            "type": "markdown",
            "attributes": {"value": "An editor turns your answers into an entry and asks if something is unclear. Everything here is public."},
        }
    ]
    body += [_element(number, one) for number, one in enumerate(asked(model, pool), 1)]
    criteria = pool.vocabularies.get(CRITERIA)
    if criteria:
        options = [{"label": f"{term.label}: {term.meaning}", "required": True} for term in criteria.terms.values()]
        body.append({"type": "checkboxes", "id": "criteria", "attributes": {"label": criteria.title, "options": options}})
    form = {
        "name": f"Tell of a new {name}",
        "description": (model.__doc__ or "").split("\n")[0],
        "title": f"New {name}: ",
        "labels": ["new entry", f"kind: {model.kind}"],
        "body": body,
    }
    return f"# Made by `commons github` from the models and vocabularies; change those.\n{_yaml(form)}"


def _element(number: int, one: Asked) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": one.label, "description": one.about}
    kind = "textarea" if one.long else "input"
    if one.choices:
        kind = "dropdown"
        attributes["options"] = list(one.choices)
        if one.many:
            attributes["multiple"] = True
    elif one.example:
        attributes["placeholder"] = one.example
    return {"type": kind, "id": f"answer-{number}", "attributes": attributes, "validations": {"required": one.required}}


def template(pool: Pool) -> str:
    """The template of pull requests: what is asked, then the editors' list."""
    return (
        "<!-- Made by `commons github`; the list comes from content/vocabulary/criteria.yml. -->\n\n"
        "What does this change, and where can it be checked?\n\n\n"
        f"{as_criteria(pool.vocabularies)}\n"
        "The check runs by itself. It names what is missing with line and fix, and a comment shows the entry as it will read.\n"
    )


def labels(pool: Pool) -> list[dict[str, str]]:
    """The labels of issues and pull requests, with what each is for: kinds, topics, and those that the workflows use."""
    found = [
        {"name": "new entry", "color": "0e8a16", "description": "Told by way of a form"},
        {"name": "make pull request", "color": "5319e7", "description": "An editor agrees: a workflow opens a pull request with the entry"},
        {"name": "upkeep: review", "color": "fbca04", "description": "Entries that are due for review"},
        {"name": "upkeep: sources", "color": "fbca04", "description": "Sources whose address no longer answers"},
    ]
    found += [
        {"name": f"kind: {kind}", "color": "006b75", "description": (model.__doc__ or "").split("\n")[0][:100]} for kind, model in KINDS.items()
    ]
    topics = sorted((record for record in pool.records if record.kind == "topic"), key=lambda record: record.id)
    found += [{"name": f"topic: {record.id}"[:50], "color": "1d76db", "description": record.entry.title[:100]} for record in topics]
    return found


def write_forms(folder: Path, pool: Pool) -> list[Path]:
    """Write the forms of what outsiders add, and the template of pull requests, below `.github/`; the bytes depend on content and models alone."""
    forms = {f"ISSUE_TEMPLATE/{number}-{kind}.yml": issue_form(KINDS[kind], pool) for number, kind in enumerate(OFFERED, 1)}
    forms["pull_request_template.md"] = template(pool)
    written = []
    for name, text in forms.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        written.append(path)
    return written


def _yaml(value: Any) -> str:
    return str(yaml.safe_dump(value, allow_unicode=True, sort_keys=False, width=100))
