"""Who names whom: every reference as a typed relation, found from either end.

The author writes one side; the field it stands in is the type of the relation.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, get_args, get_origin

from pydantic import BaseModel

from .entries.fields import Reference
from .marks import Relation
from .pool import Record


class Relations:
    """All relations of a pool, by either end, each list in the order of the files and fields."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._out: dict[str, list[Relation]] = {}
        self._into: dict[str, list[Relation]] = {}
        for record in records:
            for relation in record.relations:
                self._out.setdefault(record.id, []).append(relation)
                self._into.setdefault(relation.target, []).append(relation)

    def of(self, id: str, field: str | None = None) -> list[Relation]:
        """Relations that the entry itself states."""
        return [relation for relation in self._out.get(id, ()) if field in (None, relation.field)]

    def to(self, id: str, field: str | None = None) -> list[Relation]:
        """Relations that other entries state about this one."""
        return [relation for relation in self._into.get(id, ()) if field in (None, relation.field)]

    def all(self) -> list[Relation]:
        """Every relation, sorted."""
        return sorted(relation for relations in self._out.values() for relation in relations)


@dataclass(frozen=True)
class ReferenceField:
    """A field of a kind whose values are ids of entries; `part` is the model of the list item that it stands in, if any."""

    field: str
    kinds: tuple[str, ...]
    part: type[BaseModel] | None


def reference_fields(model: type[BaseModel]) -> list[ReferenceField]:
    """The fields of a model through which its entries name others, in the order of the fields."""
    return list(_fields(model, "", None))


def _fields(model: type[BaseModel], prefix: str, part: type[BaseModel] | None) -> Iterator[ReferenceField]:
    for name, field in model.model_fields.items():
        yield from _inside(field.annotation, tuple(field.metadata), f"{prefix}{name}", part, False)


def _inside(annotation: Any, metadata: tuple[Any, ...], path: str, part: type[BaseModel] | None, listed: bool) -> Iterator[ReferenceField]:
    mark = next((item for item in metadata if isinstance(item, Reference)), None)
    origin, arguments = get_origin(annotation), get_args(annotation)
    if mark is not None:
        yield ReferenceField(path, mark.kinds, part)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield from _fields(annotation, f"{path}.", annotation if listed else part)
    elif hasattr(annotation, "__metadata__"):
        yield from _inside(arguments[0], tuple(arguments[1:]), path, part, listed)
    elif origin in (tuple, dict):
        yield from _inside(arguments[-1 if origin is dict else 0], (), path, part, True)
    else:
        for inner in arguments:
            yield from _inside(inner, (), path, part, listed)
