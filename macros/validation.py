"""From the complaints of the typed models to sentences that someone who never saw YAML can act on."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .entries.fields import ID_PATTERN
from .problems import Problem, did_you_mean, listed
from .source import Source

_NUMBERS = {"greater_than_equal", "less_than_equal", "greater_than", "less_than", "finite_number"}
_GROUP = {"model_type", "dict_type", "model_attributes_type"}
_OWN_FORMS = {"iso_date", "whole_number", "partial_date", "web_address"}


def explain(error: ValidationError, source: Source, model: type[BaseModel]) -> Iterator[Problem]:
    """One problem for each complaint of pydantic, at the line of the field it is about."""
    for detail in error.errors(include_url=False):
        path = tuple(part for part in detail["loc"] if part not in ("[key]",))
        if detail["type"] != "missing" and _value(source.meta, path) is None:
            yield _problem(source, path, "field-empty", f"{_name(path)} must have a value; it is empty", "Write a value, or delete the line.", True)
            continue
        yield _explain_one(detail, path, source, model)


def _explain_one(detail: ErrorDetails, path: tuple[Any, ...], source: Source, model: type[BaseModel]) -> Problem:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    field = _field(model, path)
    example = _example(field, path)
    if kind == "missing":
        meaning = (field.description or "") if field else ""
        return _problem(source, path[:-1], "field-missing", f"{_name(path)} must be given; it is missing", f"{meaning} {example}".strip())
    if kind == "extra_forbidden":
        known = _known(model, path[:-1])
        return _problem(
            source, path, "field-unknown", f"the fields here are {listed(known, 40)}; found '{path[-1]}'",
            did_you_mean(str(path[-1]), known, "Remove the line, or say it in the text."), True,
        )  # fmt: skip
    if kind == "string_too_long":
        most, has = context["max_length"], len(given)
        return _problem(
            source, path, "field-too-long", f"{_name(path)} may have {most} characters; it has {has}", f"Shorten it by {has - most}."
        )  # fmt: skip
    if kind in ("string_too_short", "too_short"):
        return _problem(source, path, "field-empty", f"{_name(path)} must have a value; it is empty", f"Write a value. {example}".strip())
    if kind == "literal_error":
        known = [part.strip(" '") for part in str(context["expected"]).replace(" or ", ", ").split(",")]
        return _problem(
            source, path, "field-value", f"{_name(path)} must be one of {listed(known)}; found '{given}'", did_you_mean(str(given), known)
        )
    if kind in ("tuple_type", "list_type"):
        return _problem(
            source, path, "list-needed", f"{_name(path)} must be a list; found {_shown(given)}",
            f"Write `{path[-1]}: [{given}]`." if isinstance(given, str) else "Begin each item on its own line with a hyphen.",
        )  # fmt: skip
    if kind in _GROUP:
        return _problem(source, path, "field-value", f"{_name(path)} must be a group of fields; found {_shown(given)}", example)
    must = _must(kind, context, field)
    return _problem(source, path, "field-value", f"{_name(path)} must be {must}; found {_shown(given)}", example)


def _must(kind: str, context: dict[str, Any], field: FieldInfo | None) -> str:
    if kind in _OWN_FORMS:
        return {
            "iso_date": "a date as YYYY-MM-DD",
            "whole_number": "a whole number in plain digits",
            "partial_date": "a date that exists, as YYYY, YYYY-MM or YYYY-MM-DD",
            "web_address": "a web address that begins with https:// or http://",
        }[kind]
    if kind == "string_pattern_mismatch":
        if context["pattern"] == ID_PATTERN:
            return "an id: lower-case letters, digits and single hyphens"
        if "\\r\\n" in context["pattern"]:
            return "one line of text"
        return "in the form of the example"
    if kind in _NUMBERS:
        bounds = {"greater_than_equal": "ge", "less_than_equal": "le", "greater_than": "gt", "less_than": "lt"}
        word = {"ge": "at least", "le": "at most", "gt": "more than", "lt": "less than"}
        if kind == "finite_number":
            return "a number"
        return f"{word[bounds[kind]]} {context[bounds[kind]]}"
    if kind.startswith(("date", "datetime")):
        return "a date that exists, as YYYY-MM-DD"
    if kind.startswith(("float", "int")):
        return "a number"
    if kind.startswith("bool"):
        return "true or false"
    if kind == "string_type":
        return "text"
    return "in the form of the example"


def _problem(source: Source, path: tuple[Any, ...], code: str, message: str, hint: str, of_key: bool = False) -> Problem:
    place = source.place(path, of_key)
    return Problem(source.path, place.line, place.column, code, message, hint)


def _name(path: tuple[Any, ...]) -> str:
    """`key_figures, item 2, value`, in backticks, with items counted from 1."""
    words = [f"item {part + 1}" if isinstance(part, int) else f"`{part}`" for part in path]
    return ", ".join(words) or "the entry"


def _shown(given: Any) -> str:
    if isinstance(given, dict):
        return "a group of fields"
    if isinstance(given, list | tuple):
        return "a list"
    text = str(given)
    return f"'{text[:60]}…'" if len(text) > 60 else f"'{text}'"


def _value(meta: Any, path: tuple[Any, ...]) -> Any:
    """The value that stands at a path, or a marker that is not None if the path leads nowhere."""
    for part in path:
        try:
            meta = meta[part]
        except (KeyError, IndexError, TypeError):
            return path
    return meta


def parts_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """The groups of fields that an annotation holds, however deep in lists and options."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is Annotated:
        yield from parts_of(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType, tuple, list, dict):
        for inner in get_args(annotation):
            yield from parts_of(inner)


def _field(model: type[BaseModel], path: tuple[Any, ...]) -> FieldInfo | None:
    found: FieldInfo | None = None
    for part in path:
        if isinstance(part, int) or (found is not None and model is None):
            continue
        if found is not None:
            inner = next(parts_of(found.annotation), None)
            if inner is None:
                return found
            model = inner
        if part not in model.model_fields:
            # A key of a mapping, such as the key of a source: what follows is inside its value.
            continue
        found = model.model_fields[part]
    return found


def _known(model: type[BaseModel], path: tuple[Any, ...]) -> list[str]:
    field = _field(model, path) if path else None
    inner = next(parts_of(field.annotation), model) if field else model
    return list(inner.model_fields)


def _example(field: FieldInfo | None, path: tuple[Any, ...]) -> str:
    if not field or not field.examples:
        return ""
    example = field.examples[0]
    shown = f"[{', '.join(map(str, example))}]" if isinstance(example, list) else example
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    return f"For example: `{name}: {shown}`."
