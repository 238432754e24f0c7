"""The columns of a table, read from the model of a kind: what fits in one cell, groups of fields taken apart.

Lists become one cell with `; ` between the values. Lists of groups (milestones, steps) and fields under keys have no column:
they have tables of their own, or stand in `entries.json` alone.
"""

import types
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel

BETWEEN = "; "
_TYPES: dict[type, str] = {int: "integer", float: "number", date: "date", bool: "boolean"}


@dataclass(frozen=True)
class Column:
    """A column: its name (`period.start` for a field of a group), its type in a Table Schema, and what it means."""

    name: str
    type: str = "string"
    description: str = ""

    def described(self) -> dict[str, str]:
        """The column as a field of a Table Schema."""
        return {"name": self.name, "type": self.type} | ({"description": self.description} if self.description else {})


@cache
def columns_of(model: type[BaseModel], prefix: str = "") -> tuple[Column, ...]:
    """The columns of a model, in the order of its fields."""
    found: list[Column] = []
    for name, field in model.model_fields.items():
        inner, several = _inner(field.annotation)
        if isinstance(inner, type) and issubclass(inner, BaseModel):
            found += () if several else columns_of(inner, f"{prefix}{name}.")
        elif inner is not None:
            type_name = "string" if several or not isinstance(inner, type) else _TYPES.get(inner, "string")
            found.append(Column(f"{prefix}{name}", type_name, field.description or ""))
    return tuple(found)


def _inner(annotation: Any) -> tuple[Any, bool]:
    """What a field holds at last, and whether it holds several; None for fields under keys."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _inner(arguments[0])
    if origin in (Union, types.UnionType):
        return _inner(next(inner for inner in arguments if inner is not type(None)))
    if origin is tuple:
        return _inner(arguments[0])[0], True
    return (None, True) if origin is dict else (annotation, False)


def value_of(entry: BaseModel, name: str) -> Any:
    """What stands in the cell of a column; empty where the entry has nothing."""
    value: Any = entry
    for part in name.split("."):
        value = getattr(value, part) if value is not None else None
    return BETWEEN.join(str(item) for item in value) if isinstance(value, tuple) else value
