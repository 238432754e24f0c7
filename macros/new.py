"""A new entry from what its author knows: an id that nobody had, and a file that the check reads.

`commons new` asks for what is required; a file of the form (its entry, or its draft as JSON) brings the rest.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from .body import parse
from .entries import KINDS, Entry
from .entries.fields import ID_MAX, Reference, Term
from .pool import Pool
from .problems import did_you_mean, listed, nearest
from .source import read_source
from .validation import as_id
from .vocabulary import Vocabulary

# What the form calls its exports; a later form of them gets another number.
DRAFT_FORMAT = 1
# A proposed id has about as many letters as an address can show.
ID_PROPOSED = 60


class NotNew(Exception):
    """The entry cannot be made; the message says why and what to do."""


@dataclass
class Given:
    """What is known of an entry before its file is written."""

    id: str = ""
    meta: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Question:
    """A required field that nobody has filled in: its name, what to write, the words it may have."""

    name: str
    description: str
    example: str
    choices: dict[str, str]
    kinds: tuple[str, ...] | None
    many: bool


def propose(title: str, taken: Collection[str]) -> str:
    """An id made from a title that nobody has or had; empty if the title has no letter that an id can have."""
    words, id = as_id(title).split("-"), ""
    for word in words:
        if id and len(id) + 1 + len(word) > ID_PROPOSED:
            break
        id = f"{id}-{word}" if id else word
    number, free = 1, id
    while free and free in taken:
        number += 1
        free = f"{id}-{number}"
    return free


def refuse(id: str, taken: Collection[str]) -> None:
    """Raise NotNew for an id that has not the right form, or that an entry has or had."""
    better = as_id(id)
    if id != better or not id:
        raise NotNew(
            f"an id must have at most {ID_MAX} lower-case letters, digits and single hyphens; found '{id}'{f'; write {better}' if better else ''}"
        )
    if id in taken:
        raise NotNew(f"the id '{id}' belongs to another entry, or did once; ids are never given twice. Free is {propose(id, taken)}")


def taken_ids(pool: Pool) -> frozenset[str]:
    """Every id that an entry has, or had before it was renamed, or that stands in the ledger."""
    published = {address.partition("/")[2] for address in pool.ledger or ()}
    return frozenset(pool.ids) | published | {old for record in (*pool.records, *pool.broken) for old in record.entry.aliases}


def read_given(path: Path) -> tuple[str, Given]:
    """The kind (empty if the file does not tell it) and the content of a file of the form; raises NotNew and Unreadable."""
    if path.suffix != ".json":
        source = read_source(path, path.parent)
        return "", Given("", dict(source.meta), {section.title: section.text for section in parse(source.body, source.body_line).sections})
    try:
        draft = json.loads(path.read_text("utf-8"))
    except (ValueError, UnicodeDecodeError):
        draft = None
    meta, sections = (draft.get(name) for name in ("meta", "sections")) if isinstance(draft, dict) else (None, None)
    if not isinstance(draft, dict) or draft.get("format") != DRAFT_FORMAT or not isinstance(meta, dict) or not isinstance(sections, dict):
        raise NotNew(f"{path.name} must be an entry (.md) or a draft (.json) of the form; it is neither")
    texts = {str(title): str(text) for title, text in sections.items() if text}
    return str(draft.get("kind") or ""), Given(str(draft.get("id") or ""), meta, texts)


def with_values(meta: Mapping[str, Any], model: type[Entry], values: Collection[str]) -> dict[str, Any]:
    """Fields with what stands in `name=value` and `name.inner=value`; lists have commas. Raises NotNew."""
    found = dict(meta)
    for pair in values:
        name, sign, value = pair.partition("=")
        outer, _, inner = name.partition(".")
        if not sign:
            raise NotNew(f"--set must hold a name, an equals sign and a value, such as topics=money; found '{pair}'")
        if outer not in model.model_fields:
            raise NotNew(
                f"there is no field '{outer}' in a {model.kind}. "
                + did_you_mean(outer, model.model_fields, f"There are {listed(model.model_fields, 40)}.")
            )
        if inner:
            found[outer] = {**(found[outer] if isinstance(found.get(outer), dict) else {}), inner: value}
        else:
            found[outer] = split(value) if _is_list(model.model_fields[outer]) else value
    return found


def split(text: str) -> list[str]:
    """The items of a list that someone typed with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def completed(meta: Mapping[str, Any], owner: str, model: type[Entry], today: date) -> dict[str, Any]:
    """Fields with what need not be asked: the days are today, the owner is the team that keeps the pool."""
    days = [name for name, known in model.model_fields.items() if known.is_required() and known.annotation is date]
    return {**dict.fromkeys(days, today.isoformat()), "owner": owner, **meta}


def questions(model: type[Entry], meta: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]) -> Iterator[Question]:
    """What must be asked: required fields without a value, in the order of the model."""
    for name, known in model.model_fields.items():
        if not known.is_required() or name in meta:
            continue
        for inner, about in _answered_by(name, known):
            marks = [*about.metadata, *_marks_within(about.annotation)]
            term = next((mark.vocabulary for mark in marks if isinstance(mark, Term)), "")
            reference = next((mark.kinds for mark in marks if isinstance(mark, Reference)), None)
            terms = vocabularies[term].terms if term in vocabularies else {}
            choices = {id: f"{found.label}: {found.meaning}" for id, found in terms.items()}
            example = (about.examples or [""])[0]
            shown = ", ".join(map(str, example)) if isinstance(example, list) else str(example)
            yield Question(inner, about.description or "", shown, choices, reference, _is_list(about))


def _answered_by(name: str, known: FieldInfo) -> Iterator[tuple[str, FieldInfo]]:
    """The field itself, or for a group of fields the first of them."""
    inner = getattr(known.annotation, "model_fields", None)
    if inner:
        first = next(iter(inner))
        yield f"{name}.{first}", inner[first]
    else:
        yield name, known


def _is_list(known: FieldInfo) -> bool:
    return get_origin(known.annotation) is tuple


def _marks_within(annotation: Any) -> Iterator[Any]:
    for inner in get_args(annotation):
        yield from getattr(inner, "__metadata__", ())


def answer(question: Question, said: str, titles: Mapping[str, tuple[str, str]]) -> Any:
    """The value that an answer means; raises NotNew if it means none. `titles` are kind and title of each id."""
    items = split(said) if question.many else [said.strip()]
    if question.choices:
        labels = {meaning.partition(":")[0].lower(): id for id, meaning in question.choices.items()}
        found = [_meant(item, question.choices, labels) for item in items]
    elif question.kinds is not None:
        known = {id: title for id, (kind, title) in titles.items() if not question.kinds or kind in question.kinds}
        found = [_meant(item, known, {title.lower(): id for id, title in known.items()}) for item in items]
    else:
        found = items
    return found if question.many else found[0] if found else ""


def _meant(item: str, ids: Collection[str], labels: Mapping[str, str]) -> str:
    if item in ids:
        return item
    if item.lower() in labels:
        return labels[item.lower()]
    near = nearest(item, [*ids, *labels])
    raise NotNew(
        f"'{item}' is not known here. "
        + (f"Did you mean '{near}'?" if near else f"There are {listed(sorted(ids), 20)}." if ids else "There are none yet; leave it empty.")
    )


def kinds_first() -> list[str]:
    """All kinds, those that outsiders add first."""
    return sorted(KINDS, key=lambda kind: not KINDS[kind].offered)
