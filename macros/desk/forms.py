"""Issue forms for people who would rather fill in a form than write a file, and the template of pull requests.

Made from the models and vocabularies, as the check and the reference are; `intake` reads the answers with the same list of
questions, so that a form and its reader cannot differ.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args, get_origin

import yaml
from pydantic.fields import FieldInfo

from ..entries import KINDS, Entry
from ..entries.fields import Reference, Term
from ..pool import Pool
from .comment import CRITERIA, as_criteria

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
    found = [
        Asked("Title", model.model_fields["title"].description or "", "title", required=True, example=_example(model.model_fields["title"])),
        Asked("Summary", model.model_fields["summary"].description or "", "summary", required=True, long=True),
    ]
    names = ["topics", *(name for name, about in model.model_fields.items() if about.is_required() and name not in _SHARED)]
    found += [_of_field(name, model.model_fields[name], pool) for name in names]
    found += [Asked(s.title, s.purpose, section=s.title, required=s.required, long=True) for s in model.sections]
    types = pool.vocabularies.get("source-types")
    kinds = ", ".join(term.label for term in types.terms.values()) if types else "what sort of source it is"
    about = f"One on each line: title; publisher; year; address; {kinds}. In the texts, [@source-1] points to the first of them."
    found += [Asked(SOURCES, about, required=True, long=True, example="Annual outlook; Name of the agency; 2026; https://www.example.org/; Report")]
    found += [Asked(PERSON, "Leave it out if you would rather not be named."), Asked(PLACE, "Leave it out if you speak for yourself.")]
    return tuple(found)


def _of_field(name: str, about: FieldInfo, pool: Pool) -> Asked:
    inner = getattr(about.annotation, "model_fields", None)
    if inner:  # a group of fields: its first one says most
        first = next(iter(inner))
        return Asked(_label(name), inner[first].description or "", f"{name}.{first}", required=True, example=_example(inner[first]))
    marks = [*about.metadata, *(mark for argument in get_args(about.annotation) for mark in getattr(argument, "__metadata__", ()))]
    many = get_origin(about.annotation) is tuple
    term = next((mark.vocabulary for mark in marks if isinstance(mark, Term)), "")
    kinds = next((mark.kinds for mark in marks if isinstance(mark, Reference)), None)
    choices: dict[str, str] = {}
    if term in pool.vocabularies:
        choices = _distinct((known.label, id) for id, known in pool.vocabularies[term].terms.items())
    elif kinds is not None:
        titles = _distinct((record.entry.title, record.id) for record in pool.records if record.kind in kinds and record.entry.status == "published")
        choices = titles if len(titles) <= MOST_CHOICES else {}
    meaning, example = about.description or "", _example(about)
    if kinds is not None:  # a file takes ids; a form takes names
        meaning, example = ("Choose what fits." if choices else "Their names, with commas between them." if many else "The name."), ""
    return Asked(_label(name), meaning, name, required=about.is_required(), many=many, choices=choices, example="" if choices else example)


def _distinct(pairs: Iterator[tuple[str, str]] | Any) -> dict[str, str]:
    """Choices by label; GitHub refuses a label twice, and the label `None`."""
    found: dict[str, str] = {}
    for label, id in pairs:
        found.setdefault(label if label not in found and label.lower() != "none" else f"{label} ({id})", id)
    return found


def _label(name: str) -> str:
    return name.replace("_", " ").capitalize()


def _example(about: FieldInfo) -> str:
    found = (about.examples or [""])[0]
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)


def issue_form(model: type[Entry], pool: Pool) -> str:
    """The form of a kind as GitHub takes it."""
    name = model.kind.replace("-", " ")
    body: list[dict[str, Any]] = [
        {
            "type": "markdown",
            "attributes": {"value": "An editor turns your answers into an entry and asks if something is unclear. Everything here is public."},
        }
    ]
    body += [_element(number, question) for number, question in enumerate(asked(model, pool), 1)]
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


def _element(number: int, question: Asked) -> dict[str, Any]:
    attributes: dict[str, Any] = {"label": question.label, "description": question.about}
    kind = "textarea" if question.long else "input"
    if question.choices:
        kind = "dropdown"
        attributes["options"] = list(question.choices)
        if question.many:
            attributes["multiple"] = True
    elif question.example:
        attributes["placeholder"] = question.example
    return {"type": kind, "id": f"answer-{number}", "attributes": attributes, "validations": {"required": question.required}}


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


def write_forms(folder: Path, pool: Pool, kinds: tuple[str, ...]) -> list[Path]:
    """Write the forms of some kinds, their front page and the template below `.github/`; the bytes depend on content and models alone."""
    forms = {f"ISSUE_TEMPLATE/{number}-{kind}.yml": issue_form(KINDS[kind], pool) for number, kind in enumerate(kinds, 1)}
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
