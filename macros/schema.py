"""JSON Schemas of all kinds, made from the models and the vocabularies (JSON Schema 2020-12).

Besides the standard words they carry what a form needs: `x-reference` (kinds an id may have),
`x-vocabulary`, `x-source-key`, `x-coalition-term`, and `x-sections` (the prescribed body).
"""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .entries import KINDS, Entry
from .vocabulary import Vocabulary, VocabularyFile

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def schema(model: type[Entry], vocabularies: Mapping[str, Vocabulary], base: str = "") -> dict[str, Any]:
    """The schema of one kind; terms become a list of choices with label and meaning."""
    made = model.model_json_schema(mode="validation")
    _fill_in(made, vocabularies)
    sections = [{"title": s.title, "purpose": s.purpose, "required": s.required} for s in model.sections]
    return {
        "$schema": DIALECT,
        **({"$id": f"{base}data/schema/{model.kind}.json"} if base else {}),
        **made,
        "title": model.kind,
        "x-folder": model.folder,
        "x-review-months": model.review_months,
        "x-sections": sections,
    }


def _fill_in(node: Any, vocabularies: Mapping[str, Vocabulary]) -> None:
    if isinstance(node, dict):
        vocabulary = vocabularies.get(node.get("x-vocabulary", "")) if isinstance(node.get("x-vocabulary"), str) else None
        if vocabulary:
            node["oneOf"] = [{"const": t.id, "title": t.label, "description": t.meaning} for t in vocabulary.terms.values()]
        for value in list(node.values()):
            _fill_in(value, vocabularies)
    elif isinstance(node, list):
        for value in node:
            _fill_in(value, vocabularies)


def for_editors(node: Any) -> Any:
    """A schema as editors can use it while someone types.

    To the check every value is text; an editor reads `2024` as a number, so where text may stand, so may a number or a yes.
    Choices are one list, so that a wrong word gives one message, and words of the newer dialect are left out, since many
    editors know the older one.
    """
    if isinstance(node, list):
        return [for_editors(value) for value in node]
    if not isinstance(node, dict):
        return node
    if "anyOf" in node:
        choice = next(choice for choice in node["anyOf"] if choice.get("type") != "null")
        return for_editors({**{key: value for key, value in node.items() if key not in ("anyOf", "default")}, **choice})
    made = {key: for_editors(value) for key, value in node.items() if key not in ("$schema", "$id", "default", "oneOf")}
    if "oneOf" in node:
        made |= {"enum": [term["const"] for term in node["oneOf"]], "enumDescriptions": [term["description"] for term in node["oneOf"]]}
    elif node.get("type") == "string" and "enum" not in node:
        made["type"] = ["string", "number", "boolean"]
    return made


def write_editor_schemas(folder: Path, vocabularies: Mapping[str, Vocabulary]) -> list[Path]:
    """Write `<kind>.json` for every kind and `vocabulary.json`, for editors."""
    made = {kind: for_editors(schema(model, vocabularies)) for kind, model in KINDS.items()}
    made["vocabulary"] = for_editors(VocabularyFile.model_json_schema(mode="validation"))
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in made.items():
        (folder / f"{name}.json").write_text(json.dumps(text, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return [folder / f"{name}.json" for name in made]


def write_schemas(folder: Path, vocabularies: Mapping[str, Vocabulary], base: str = "") -> list[Path]:
    """Write `<kind>.json` for every kind; the bytes depend on models and vocabularies alone."""
    folder.mkdir(parents=True, exist_ok=True)
    written = []
    for kind, model in KINDS.items():
        path = folder / f"{kind}.json"
        path.write_text(json.dumps(schema(model, vocabularies, base), ensure_ascii=False, indent=2) + "\n", "utf-8")
        written.append(path)
    return written
