"""JSON Schemas of all kinds: right in themselves, and right about the pool."""

import json
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from macros.check import check
from macros.entries import KINDS
from macros.schema import DIALECT, schema, write_schemas
from tests.conftest import POOL_DAY, ROOT

CHECKED = check(ROOT / "content", ROOT, POOL_DAY)


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_is_valid_and_every_entry_of_the_pool_fits_it(kind: str) -> None:
    made = schema(KINDS[kind], CHECKED.pool.vocabularies)
    Draft202012Validator.check_schema(made)
    validator = Draft202012Validator(made)
    for record in CHECKED.pool.records:
        if record.kind == kind:
            data = record.entry.model_dump(mode="json", exclude_unset=True)
            assert [error.message for error in validator.iter_errors(data)] == [], record.id


@pytest.mark.parametrize("kind", KINDS)
def test_every_field_has_a_description_and_an_example(kind: str) -> None:
    made = schema(KINDS[kind], CHECKED.pool.vocabularies)
    for name, group in {kind: made, **made.get("$defs", {})}.items():
        for field, rules in group.get("properties", {}).items():
            assert rules.get("description"), f"{name}.{field}"
            grouped = "$ref" in json.dumps(rules)
            assert rules.get("examples") or grouped, f"{name}.{field}"


def test_terms_become_choices_with_their_meaning() -> None:
    levels = schema(KINDS["practice"], CHECKED.pool.vocabularies)["properties"]["levels"]["items"]
    assert levels["x-vocabulary"] == "levels"
    assert levels["oneOf"][1] == {"const": "national", "title": "National", "description": "A country."}


def test_references_name_their_kinds_and_sections_are_listed() -> None:
    made = schema(KINDS["practice"], CHECKED.pool.vocabularies, "https://x.test/")
    assert made["properties"]["challenges"]["items"]["x-reference"] == ["challenge"]
    assert made["x-sections"][0]["title"] == "The challenge"
    assert (made["$schema"], made["$id"]) == (DIALECT, "https://x.test/data/schema/practice.json")


def test_schemas_are_written_with_the_same_bytes_twice(tmp_path: Path) -> None:
    first = [path.read_bytes() for path in write_schemas(tmp_path / "a", CHECKED.pool.vocabularies)]
    second = [path.read_bytes() for path in write_schemas(tmp_path / "b", CHECKED.pool.vocabularies)]
    assert first == second
    assert sorted(path.name for path in (tmp_path / "a").iterdir()) == sorted(f"{kind}.json" for kind in KINDS)
