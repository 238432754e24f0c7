"""The field reference, made from the models: what contributors may write, and what each field means."""

import html
import re
import types
from dataclasses import dataclass
from datetime import date
from typing import Any, Literal, Union, get_args, get_origin

from pydantic import BaseModel
from pydantic.fields import FieldInfo

from .entries import KINDS
from .entries.base import Entry, Section
from .entries.fields import CoalitionTerm, SourceKey, Term
from .entries.fields import Reference as ReferenceMark
from .problems import CODES, WARNINGS
from .validation import parts_of
from .views.shapes import Link
from .views.site import Site
from .vocabulary import VocabularyFile


@dataclass(frozen=True)
class FieldLine:
    """One field as a reference shows it; `takes` and `meaning` are HTML, with code marked up."""

    name: str
    required: bool
    takes: str
    meaning: str
    example: str
    terms: tuple[Link, ...] = ()


@dataclass(frozen=True)
class FieldGroup:
    """The fields of a kind, or of a group of fields inside it."""

    id: str
    title: str
    intro: str
    fields: tuple[FieldLine, ...]


@dataclass(frozen=True)
class CodeLine:
    """A code of the check."""

    code: str
    meaning: str
    stops: bool


class Reference:
    """Descriptions of the models, in the words of the interface."""

    def __init__(self, site: Site) -> None:
        self._site = site

    def groups(self, kind: str) -> tuple[FieldGroup, ...]:
        """The fields of a kind (own ones before shared ones), then each group of fields that they hold."""
        model: type[BaseModel] = VocabularyFile if kind == "vocabulary" else KINDS[kind]
        shared = Entry.model_fields if issubclass(model, Entry) else {}
        own = [name for name in model.model_fields if name not in shared]
        first = self._group(kind, model, [*[n for n in model.model_fields if n in shared], *own])
        inner = dict.fromkeys(part for name in model.model_fields for part in parts_of(model.model_fields[name].annotation))
        return (first, *(self._group(f"{kind}-{_spaced(part.__name__).replace(' ', '-')}", part, list(part.model_fields)) for part in inner))

    def sections(self, kind: str) -> tuple[Section, ...]:
        """The prescribed sections of a kind."""
        return KINDS[kind].sections if kind in KINDS else ()

    @staticmethod
    def codes() -> tuple[CodeLine, ...]:
        """Every code of the check, in order of name."""
        return tuple(CodeLine(code, CODES[code], code not in WARNINGS) for code in sorted(CODES))

    def _group(self, id: str, model: type[BaseModel], names: list[str]) -> FieldGroup:
        lines = tuple(self._line(name, model.model_fields[name]) for name in names)
        title = self._site.strings(f"kinds.{id}.one") if id in KINDS else _spaced(model.__name__).capitalize()
        return FieldGroup(f"fields-{id}", title, (model.__doc__ or "").split("\n")[0], lines)

    def _line(self, name: str, field: FieldInfo) -> FieldLine:
        example = field.examples[0] if field.examples else ""
        shown = f"[{', '.join(map(str, example))}]" if isinstance(example, list) else str(example)
        term = _mark(field.annotation, field.metadata, Term)
        vocabulary = self._site.catalogue.vocabularies.get(term.vocabulary) if term else None
        return FieldLine(
            name,
            field.is_required(),
            _with_code(self._takes(field.annotation, field.metadata)),
            _with_code(field.description or ""),
            f"{name}: {shown}" if shown and not isinstance(example, dict) else "",
            (Link(vocabulary.title, f"vocabulary/#{vocabulary.name}"),) if vocabulary else (),
        )

    def _takes(self, annotation: Any, metadata: Any = ()) -> str:
        say = self._site.strings
        for mark in metadata:
            if isinstance(mark, ReferenceMark):
                return say("reference.takes_reference", kinds=" / ".join(mark.kinds)) if mark.kinds else say("reference.takes_any_reference")
            if isinstance(mark, Term):
                return say("reference.takes_term", vocabulary=mark.vocabulary)
            if isinstance(mark, SourceKey):
                return say("reference.takes_source")
            if isinstance(mark, CoalitionTerm):
                return say("reference.takes_own_term")
        origin, arguments = get_origin(annotation), get_args(annotation)
        if hasattr(annotation, "__metadata__"):
            return self._takes(annotation.__origin__, annotation.__metadata__)
        if origin in (Union, types.UnionType):
            return self._takes(next(inner for inner in arguments if inner is not type(None)))
        if origin is tuple:
            return say("reference.takes_list", what=self._takes(arguments[0]))
        if origin is dict:
            return say("reference.takes_mapping")
        if origin is Literal:
            return say("reference.takes_choice", choices=", ".join(map(str, arguments)))
        if isinstance(annotation, type) and issubclass(annotation, BaseModel):
            return say("reference.takes_group") + f" ({_spaced(annotation.__name__)})"
        plain = {date: "takes_date", int: "takes_number", float: "takes_number"}
        return say(f"reference.{plain.get(annotation, 'takes_text')}")


def _mark(annotation: Any, metadata: Any, wanted: type[Term]) -> Term | None:
    """The mark of a field, or of the items of its list."""
    for mark in metadata:
        if isinstance(mark, wanted):
            return mark
    inner = [*getattr(annotation, "__metadata__", ())]
    found = next((mark for mark in inner if isinstance(mark, wanted)), None)
    if found:
        return found
    return next((mark for argument in get_args(annotation) if (mark := _mark(argument, (), wanted))), None)


def _with_code(text: str) -> str:
    """Text as HTML, with what stands in backticks as code."""
    return re.sub(r"`([^`]+)`", r"<code>\1</code>", html.escape(text))


def _spaced(name: str) -> str:
    """`KeyFigure` as `key figure`."""
    return "".join(f" {letter.lower()}" if letter.isupper() else letter for letter in name).strip()
