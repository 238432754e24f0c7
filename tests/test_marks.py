"""Every marked string of an entry is found, wherever it stands."""

import types
from collections.abc import Iterator
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import pytest
from pydantic import BaseModel

from macros.entries import KINDS
from macros.entries.fields import CoalitionTerm, Reference, SourceKey, Term
from macros.marks import Marked, marks
from macros.validation import judge
from tests.test_validation import source

MARKS = (Reference, Term, SourceKey, CoalitionTerm)


def full(annotation: Any, metadata: tuple[Any, ...], said: list[Marked], path: tuple[str | int, ...]) -> Any:
    """A value for an annotation with two items in every list, noting every mark with its place; made without the code that is tried."""
    if get_origin(annotation) is Annotated:
        return full(get_args(annotation)[0], (*metadata, *get_args(annotation)[1:]), said, path)
    if get_origin(annotation) in (Union, types.UnionType):
        return full(next(inner for inner in get_args(annotation) if inner is not type(None)), metadata, said, path)
    if get_origin(annotation) is tuple:
        return tuple(full(get_args(annotation)[0], (), said, (*path, number)) for number in range(2))
    if get_origin(annotation) is dict:
        return {key: full(get_args(annotation)[1], (), said, (*path, key)) for key in ("one", "two")}
    if get_origin(annotation) is Literal:
        return get_args(annotation)[0]
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return whole(annotation, said, path)
    value = ".".join(map(str, path))
    said.extend(Marked(path, value, mark) for mark in metadata if isinstance(mark, MARKS))
    return value


def whole(model: type[BaseModel], said: list[Marked], path: tuple[str | int, ...] = ()) -> BaseModel:
    """A model with every field filled in."""
    values = {name: full(field.annotation, tuple(field.metadata), said, (*path, name)) for name, field in model.model_fields.items()}
    return model.model_construct(None, **values)


@pytest.mark.parametrize("kind", KINDS)
def test_every_mark_of_every_field_is_found_with_its_place_and_in_order(kind: str) -> None:
    expected: list[Marked] = []
    entry = whole(KINDS[kind], expected)
    assert list(marks(entry)) == expected
    assert {type(marked.mark) for marked in expected} >= {Reference, SourceKey, CoalitionTerm, Term}


@pytest.mark.parametrize("kind", KINDS)
def test_an_entry_with_nothing_filled_in_has_no_marks(kind: str) -> None:
    entry, _, _ = judge(source("colour: red\n"), KINDS[kind])
    assert list(marks(entry)) == []


def test_a_value_has_the_path_that_leads_to_it() -> None:
    entry, _, _ = judge(
        source(
            "members:\n  governments: [aa, bb]\n  completeness: complete\n"
            "crosswalk:\n  - {id: cash, label: Cash, topics: [money], action: joint}\n"
            "sources:\n  one: {title: A, publisher: B, type: report}\n"
        ),
        KINDS["coalition"],
    )
    assert [(marked.path, marked.value, marked.field) for marked in marks(entry)] == [
        (("sources", "one", "type"), "report", "sources.one.type"),
        (("members", "governments", 0), "aa", "members.governments"),
        (("members", "governments", 1), "bb", "members.governments"),
        (("members", "completeness"), "complete", "members.completeness"),
        (("crosswalk", 0, "topics", 0), "money", "crosswalk.topics"),
        (("crosswalk", 0, "action"), "joint", "crosswalk.action"),
    ]


def kinds_named(model: type[BaseModel]) -> Iterator[str]:
    said: list[Marked] = []
    whole(model, said)
    for marked in said:
        if isinstance(marked.mark, Reference):
            yield from marked.mark.kinds


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_that_a_reference_may_lead_to_exists(kind: str) -> None:
    assert set(kinds_named(KINDS[kind])) <= set(KINDS)


def test_a_model_without_marks_has_none() -> None:
    class Plain(BaseModel):
        title: str
        parts: tuple[dict[str, str | None], ...]

    assert list(marks(Plain(title="a", parts=({"a": "b"},)))) == []
