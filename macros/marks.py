"""Finds the marked strings in an entry: references, terms, source keys, coalition terms.

The marks stand in the annotations of the models (`entries/fields.py`), so a new field is checked,
related and exported without a line elsewhere. A walk is compiled once per model.
"""

import types
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any, NamedTuple, Union, get_args, get_origin

from pydantic import BaseModel

from .entries.fields import CoalitionTerm, Reference, SourceKey, Term
from .strict_yaml import Path

Mark = Reference | Term | SourceKey | CoalitionTerm
# Puts the marked strings of a value, which stands at a path, into a list.
_Walk = Callable[[Any, Path, list["Marked"]], None]


class Marked(NamedTuple):
    """A marked string: where it stands in the entry, what it says, what it may be."""

    path: Path
    value: str
    mark: Mark

    @property
    def field(self) -> str:
        """The path without item numbers: `members.governments`."""
        return ".".join(str(part) for part in self.path if isinstance(part, str))


@dataclass(frozen=True, order=True)
class Relation:
    """`source` names `target` in its field `field` (`applies.practice`, `members.governments`)."""

    source: str
    field: str
    target: str


def marks(entry: BaseModel) -> list[Marked]:
    """Every marked string of an entry, in the order of its fields."""
    found: list[Marked] = []
    if walk := _model_walk(type(entry)):
        walk(entry, (), found)
    return found


@cache
def _model_walk(model: type[BaseModel]) -> _Walk | None:
    inner: list[tuple[str, _Walk]] = []
    for name, field in model.model_fields.items():
        walk = _walk(field.annotation, tuple(field.metadata))
        if walk:
            inner.append((name, walk))
    if not inner:
        return None

    def of_model(value: Any, path: Path, said: list[Marked]) -> None:
        for name, walk in inner:
            found = getattr(value, name)
            if found or found == "":  # most fields are empty lists; an empty text is for the rules
                walk(found, (*path, name), said)

    return of_model


def _walk(annotation: Any, metadata: tuple[Any, ...]) -> _Walk | None:
    mark = next((item for item in metadata if isinstance(item, Mark)), None)
    if mark is not None:
        return lambda value, path, said: said.append(Marked(path, value, mark))
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _walk(arguments[0], tuple(arguments[1:]))
    if origin in (Union, types.UnionType):
        return next((walk for walk in (_walk(inner, ()) for inner in arguments if inner is not type(None)) if walk), None)
    if origin is tuple:
        inner_walk = _walk(arguments[0], ())
        return _over(inner_walk, enumerate) if inner_walk else None
    if origin is dict:
        inner_walk = _walk(arguments[1], ())
        return _over(inner_walk, dict.items) if inner_walk else None
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return _model_walk(annotation)
    return None


def _over(walk: _Walk, items: Callable[[Any], Iterable[tuple[str | int, Any]]]) -> _Walk:
    def of_items(value: Any, path: Path, said: list[Marked]) -> None:
        for key, item in items(value):
            walk(item, (*path, key), said)

    return of_items
