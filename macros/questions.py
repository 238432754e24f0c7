"""What must be asked of someone who adds an entry, and what an answer means: `commons new` and the forms on GitHub ask the same."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic.fields import FieldInfo

from .entries import Entry
from .entries.fields import Reference, Term
from .problems import listed, nearest
from .vocabulary import Vocabulary, VocabularyTerm


class NotUnderstood(Exception):
    """An answer is none of those that there are; the message says which there are."""


@dataclass(frozen=True)
class Question:
    """A field to fill in: its name (`period.start` in a group), what to write, the terms that it may have, the kinds of entries."""

    name: str
    description: str
    example: str
    required: bool
    terms: Mapping[str, VocabularyTerm]
    kinds: tuple[str, ...] | None
    many: bool


def questions(model: type[Entry], meta: Mapping[str, Any], vocabularies: Mapping[str, Vocabulary]) -> Iterator[Question]:
    """What must be asked: required fields without a value, in the order of the model."""
    for name, known in model.model_fields.items():
        if known.is_required() and name not in meta:
            yield question(model, name, vocabularies)


def question(model: type[Entry], name: str, vocabularies: Mapping[str, Vocabulary]) -> Question:
    """How to ask for a field; for a group of fields, its first one says most."""
    about = model.model_fields[name]
    required, inner = about.is_required(), getattr(about.annotation, "model_fields", None)
    if inner:
        first = next(iter(inner))
        name, about = f"{name}.{first}", inner[first]
    marks = [*about.metadata, *(mark for argument in get_args(about.annotation) for mark in getattr(argument, "__metadata__", ()))]
    term = next((mark.vocabulary for mark in marks if isinstance(mark, Term)), "")
    kinds = next((mark.kinds for mark in marks if isinstance(mark, Reference)), None)
    terms = vocabularies[term].terms if term in vocabularies else {}
    return Question(name, about.description or "", example(about), required, terms, kinds, is_list(about))


def example(known: FieldInfo) -> str:
    """The example of a field, a list with commas."""
    found = (known.examples or [""])[0]
    return ", ".join(map(str, found)) if isinstance(found, list) else str(found)


def is_list(known: FieldInfo) -> bool:
    """Whether a field takes several values."""
    return get_origin(known.annotation) is tuple


def split(text: str) -> list[str]:
    """The items of a list that someone typed with commas."""
    return [item.strip() for item in text.split(",") if item.strip()]


def answer(asked: Question, said: str, titles: Mapping[str, tuple[str, str]]) -> Any:
    """The value that an answer means; raises NotUnderstood if it means none. `titles` are kind and title of each id."""
    items = split(said) if asked.many else [said.strip()]
    if asked.terms:
        labels = {term.label.lower(): id for id, term in asked.terms.items()}
        found = [_meant(item, asked.terms, labels) for item in items]
    elif asked.kinds is not None:
        known = {id: title for id, (kind, title) in titles.items() if not asked.kinds or kind in asked.kinds}
        found = [_meant(item, known, {title.lower(): id for id, title in known.items()}) for item in items]
    else:
        found = items
    return found if asked.many else found[0] if found else ""


def _meant(item: str, ids: Collection[str], labels: Mapping[str, str]) -> str:
    if item in ids:
        return item
    if item.lower() in labels:
        return labels[item.lower()]
    near = nearest(item, [*ids, *labels])
    raise NotUnderstood(
        f"'{item}' is not known here. "
        + (f"Did you mean '{near}'?" if near else f"There are {listed(sorted(ids), 20)}." if ids else "There are none yet; leave it empty.")
    )
