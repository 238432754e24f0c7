"""From the complaints of the typed models to sentences that someone who never saw YAML can act on."""

import re
import types
import unicodedata
from collections.abc import Container, Iterator
from typing import Annotated, Any, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic.fields import FieldInfo
from pydantic_core import ErrorDetails

from .entries import Entry
from .entries.fields import ID_MAX, ID_PATTERN
from .lenient import lenient
from .problems import Problem, did_you_mean, listed, named, shown
from .source import Source
from .strict_yaml import Path
from .wording import EXAMPLE, FORMS, say

_BOUNDS = {
    "greater_than_equal": ("least", "ge"),
    "less_than_equal": ("most", "le"),
}
_FORMS = {
    "iso_date": FORMS["date"],
    "whole_number": FORMS["whole"],
    "partial_date": FORMS["partial-date"],
    "reserved_id": FORMS["reserved-id"],
    "web_address": FORMS["web-address"],
    "int_parsing_size": "a smaller number",
    "string_type": "text",
}
_GROUP = frozenset({"model_type", "dict_type", "model_attributes_type"})


def judge(source: Source, model: type[Entry]) -> tuple[Entry, frozenset[str], tuple[Problem, ...]]:
    """The entry, the names of its fields that do not hold, and what is wrong with them.

    An entry lacks the fields that do not hold: they have their default, or None. So the rules can
    still look at the rest, and someone sees at once all that is wrong.
    """
    try:
        return model.model_validate(source.meta), frozenset(), tuple(_empty(source, path, model) for path in _empty_paths(source.meta, ()))
    except ValidationError as error:
        found = list(explain(error, source, model))
        details = error.errors(include_url=False)
    unknown = {detail["loc"] for detail in details if detail["type"] == "extra_forbidden"}
    found += [_empty(source, path, model) for path in _empty_paths(source.meta, (), unknown)]
    broken = frozenset(str(detail["loc"][0]) for detail in details)
    rest = {name: value for name, value in source.meta.items() if name not in broken}
    return lenient(model).model_validate(rest), broken, tuple(dict.fromkeys(found))


def explain(error: ValidationError, source: Source, model: type[BaseModel]) -> Iterator[Problem]:
    """One problem for each complaint of pydantic, at the line of the field it is about."""
    for detail in error.errors(include_url=False):
        # pydantic also calls a list too short if none of its items holds; those are told already.
        if detail["type"] != "too_short" or not detail["input"]:
            yield _explain_one(detail, detail["loc"], source, model)


def _explain_one(detail: ErrorDetails, path: Path, source: Source, model: type[BaseModel]) -> Problem:
    kind, context, given = detail["type"], detail.get("ctx", {}), detail["input"]
    if len(path) > 2 and path[-1] == "[key]" and kind.startswith("string_"):
        return _key(source, path[:-1], context.get("max_length"))
    field, _ = _field(model, path)
    example = _example(field, path)
    if kind == "missing":
        meaning = (field.description or "") if field else ""
        return _problem(source, path[:-1], "field-missing", *say("field-missing", name=named(path), meaning=meaning, example=example))
    if kind == "extra_forbidden":
        known = _known(model, path[:-1])
        return _problem(
            source, path, "field-unknown", f"a field must be one that is known here; found '{shown(path[-1])}'",
            did_you_mean(str(path[-1]), known, f"The fields here are {listed(known, 40)}; remove this one, or say it in the text."), True,
        )  # fmt: skip
    if given is None:
        return _empty(source, path, model)
    if kind == "string_too_long":
        most, has = context["max_length"], len(given)
        return _problem(source, path, "field-too-long", *say("field-too-long", name=named(path), most=most, has=has, over=has - most))
    if kind in ("string_too_short", "too_short"):
        return _problem(source, path, "field-empty", *say("field-empty", name=named(path), example=example))
    if kind == "literal_error":
        known = [str(choice) for choice in get_args(field.annotation)] if field else []
        return _problem(
            source, path, "field-value", f"{named(path)} must be one of {listed(known)}; found {_quoted(given)}",
            did_you_mean(str(given), known, "Write one of these words."),
        )  # fmt: skip
    if kind == "tuple_type":
        return _problem(source, path, "list-needed", f"{named(path)} must be a list; found {_quoted(given)}", _as_list(path, given))
    if kind in _GROUP:
        return _problem(
            source, path, "field-value", f"{named(path)} must be a group of fields; found {_quoted(given)}",
            "Write its fields on the lines below it, one a line, indented by two spaces.",
        )  # fmt: skip
    better = as_id(str(given)) if context.get("pattern") == ID_PATTERN else ""
    said, hint = say(
        "field-value.id" if better else "field-value",
        name=named(path), must=_must(kind, context), found=_quoted(given), better=better, example=example,
    )  # fmt: skip
    if kind == "string_type":
        hint = "If the text begins with a bracket or has a colon in it, put the whole text in double quotes."
    return _problem(source, path, "field-value", said, hint)


def _must(kind: str, context: dict[str, Any]) -> str:
    if kind in _FORMS:
        return _FORMS[kind]
    if kind in _BOUNDS:
        words, bound = _BOUNDS[kind]
        return FORMS[words].format(bound=f"{context[bound]:g}")
    if kind == "string_pattern_mismatch":
        if context["pattern"] == ID_PATTERN:
            return FORMS["id"]
        return FORMS["line" if "\\r\\n" in context["pattern"] else "other"]
    if kind.startswith("date"):
        return FORMS["day"]
    if kind.startswith(("float", "int", "finite")):
        return FORMS["number"]
    return FORMS["other"]


def _key(source: Source, path: Path, most: int | None) -> Problem:
    """The problem of a key that someone gave to one of a group, such as the key of a source."""
    name, key = named(path[:-1]), str(path[-1])
    if most:
        said = say("field-too-long.key", name=name, most=most, has=len(key), over=len(key) - most)
        return _problem(source, path, "field-too-long", *said, of_key=True)
    better = as_id(key)
    said = say("field-value.key" if better else "field-value.key-none", name=name, found=shown(key), better=better)
    return _problem(source, path, "field-value", *said, of_key=True)


def _empty(source: Source, path: Path, model: type[BaseModel]) -> Problem:
    field, _ = _field(model, path)
    if isinstance(path[-1], int):
        hint = "Write a value, or remove the item."
    elif field and field.is_required():
        hint = f"{field.description or 'Write a value.'} {_example(field, path)}".strip()
    else:
        hint = "Write a value, or remove the line."
    return _problem(source, path, "field-empty", f"{named(path)} must have a value; it is empty", hint, True)


def _empty_paths(value: Any, path: Path, but: Container[Path] = ()) -> Iterator[Path]:
    """Where nothing stands behind a name or a hyphen; what stands at a path of `but` is passed over."""
    if path in but:
        return
    if value is None:
        yield path
    elif isinstance(value, dict | list):
        for key, inner in value.items() if isinstance(value, dict) else enumerate(value):
            yield from _empty_paths(inner, (*path, key), but)


def _problem(source: Source, path: Path, code: str, message: str, hint: str, of_key: bool = False) -> Problem:
    place = source.place(path, of_key)
    return Problem(source.path, place.line, place.column, code, message, hint)


def _quoted(given: Any) -> str:
    if isinstance(given, dict):
        return "a group of fields"
    return "a list" if isinstance(given, list | tuple) else f"'{shown(given)}'"


def _as_list(path: Path, given: Any) -> str:
    """How to write as a list what was not one."""
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    if isinstance(given, str) and re.fullmatch(r"[\w][\w ,/-]{0,79}", given):
        return f"Write `{name}: [{given}]`."
    return "Write each item on a line of its own: a hyphen, a space, the item."


def as_id(text: str) -> str:
    """The id nearest to some text, or nothing if it has no letter and no digit that an id can have."""
    plain = unicodedata.normalize("NFKD", text[: ID_MAX * 4].casefold()).encode("ascii", "ignore").decode()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:ID_MAX].strip("-")


def parts_of(annotation: Any) -> Iterator[type[BaseModel]]:
    """The groups of fields that an annotation holds, however deep in lists and options."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    elif get_origin(annotation) is Annotated:
        yield from parts_of(get_args(annotation)[0])
    elif get_origin(annotation) in (Union, types.UnionType, tuple, list, dict):
        for inner in get_args(annotation):
            yield from parts_of(inner)


def _field(model: type[BaseModel], path: Path) -> tuple[FieldInfo | None, Any]:
    """The last field that a path names, and the annotation of what stands at its end."""
    found: FieldInfo | None = None
    annotation: Any = model
    for part in path:
        annotation = _bare(annotation)
        if get_origin(annotation) in (tuple, dict):
            annotation = get_args(annotation)[0 if get_origin(annotation) is tuple else 1]
            continue
        fields = annotation.model_fields if isinstance(annotation, type) and issubclass(annotation, BaseModel) else {}
        if part not in fields:
            return None, None
        found = fields[str(part)]
        annotation = found.annotation
    return found, _bare(annotation)


def _bare(annotation: Any) -> Any:
    """An annotation without its marks and without the option of being left out."""
    if get_origin(annotation) is Annotated:
        return _bare(get_args(annotation)[0])
    if get_origin(annotation) in (Union, types.UnionType):
        return _bare(next(inner for inner in get_args(annotation) if inner is not type(None)))
    return annotation


def _known(model: type[BaseModel], path: Path) -> list[str]:
    """The names of the fields of the group at a path."""
    _, group = _field(model, path)
    return list(group.model_fields)


def _example(field: FieldInfo | None, path: Path) -> str:
    if not field or not field.examples:
        return ""
    example = field.examples[0]
    text = f"[{', '.join(map(str, example))}]" if isinstance(example, list) else example
    name = next((part for part in reversed(path) if isinstance(part, str)), "")
    return EXAMPLE.format(name=name, text=text)
