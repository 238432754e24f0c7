"""JSON Schemas of all kinds: right in themselves, and right about the pool."""

import json
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft7Validator, Draft202012Validator

from macros.entries import KINDS
from macros.schema import DIALECT, for_editors, schema, write_editor_schemas, write_schemas
from tests.conftest import ROOT, own_project

CHECKED = own_project().checked


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


class AsEditors(yaml.SafeLoader):
    """YAML as editors read it (1.2): numbers and yes or no, but days as text."""


AsEditors.yaml_implicit_resolvers = {
    sign: [(tag, pattern) for tag, pattern in known if tag != "tag:yaml.org,2002:timestamp"]
    for sign, known in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def typed(path: Path) -> object:
    text = path.read_text("utf-8")
    return yaml.load(text.split("\n---\n")[0] if path.suffix == ".md" else text, AsEditors)


@pytest.mark.parametrize("kind", KINDS)
def test_an_editor_has_nothing_to_say_of_the_pool(tmp_path: Path, kind: str) -> None:
    write_editor_schemas(tmp_path, CHECKED.pool.vocabularies)
    made = json.loads((tmp_path / f"{kind}.json").read_text("utf-8"))
    Draft7Validator.check_schema(made)
    validator, files = Draft7Validator(made), sorted((ROOT / "content" / KINDS[kind].folder).glob("*.md"))
    assert files
    assert {path.name: [error.message for error in validator.iter_errors(typed(path))] for path in files} == {path.name: [] for path in files}


def test_an_editor_has_nothing_to_say_of_the_vocabularies(tmp_path: Path) -> None:
    write_editor_schemas(tmp_path, CHECKED.pool.vocabularies)
    validator = Draft7Validator(json.loads((tmp_path / "vocabulary.json").read_text("utf-8")))
    files = sorted((ROOT / "content/vocabulary").glob("*.yml"))
    assert len(files) > 10
    assert [error.message for path in files for error in validator.iter_errors(typed(path))] == []
    assert len(list(validator.iter_errors({"title": "X", "terms": []}))) == 2


def test_an_editor_says_one_thing_of_one_mistake() -> None:
    validator = Draft7Validator(for_editors(schema(KINDS["case-study"], CHECKED.pool.vocabularies)))
    entry = typed(ROOT / "content/case-studies/india-ev-journey.md")
    assert isinstance(entry, dict)
    mistakes: tuple[dict[str, Any], ...] = (
        {"state": "endet"},
        {"titel": "X"},
        {"governments": "in"},
        {"period": {"begin": "2020"}},
        {"sources": {"a": {}}},
        {"topics": [[]]},
    )
    for wrong in mistakes:
        assert [error.json_path for error in validator.iter_errors({**entry, **wrong})] != [], wrong
    assert len(list(validator.iter_errors({**entry, "state": "endet"}))) == 1


def test_the_editor_is_wired_to_the_schemas_that_are_written(tmp_path: Path) -> None:
    written = {path.name for path in write_editor_schemas(tmp_path, CHECKED.pool.vocabularies)}
    settings = re.sub(r"^\s*//.*$", "", (ROOT / ".vscode/settings.json").read_text("utf-8"), flags=re.M)
    assert {Path(name).name for name in json.loads(settings)["yaml.schemas"]} <= written
    folders = [json.loads((tmp_path / f"{kind}.json").read_text("utf-8"))["x-folder"] for kind in KINDS]
    assert folders == [model.folder for model in KINDS.values()]
    assert ".build/schema/" in (ROOT / ".remarkrc.mjs").read_text("utf-8")
    assert "commons schema --editor .build/schema" in (ROOT / "Makefile").read_text("utf-8")
