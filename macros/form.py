"""What the form at `/contribute/` works with: the JSON Schema of each kind as fields to fill in, the sentences of the check, the words.

The schema is the one that `commons schema` writes, without what a form has no use for: pointers are filled in, numbers are
typed as text (as in a file), and each field gets its label and its hint. What only editors decide is left out.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from .entries import KINDS, OFFERED, Entry
from .entries.base import SUMMARY_CARD
from .entries.fields import ID_MAX, RESERVED
from .json_line import json_line
from .likeness import SUMMARY_LIKENESS, TITLE_LIKENESS
from .pool import Pool
from .rules.fields import HARDEST
from .rules.scope import a_kind
from .rules.text import MOST_BRACKETS, MOST_IN_LINE, MOST_INDENT
from .schema import schema
from .strings import Strings
from .views import Site
from .wording import CRITERIA, CRITERION, EXAMPLE, FORMS, MEANT, WORDING

FORMAT = 1
FOLDER = "contribute"
# Fields that every entry has and that only editors fill in.
OF_EDITORS = frozenset({"status", "coalitions", "terms", "aliases", "replaced_by", "owner", "quotations"})


def form_data(site: Site, pool: Pool) -> dict[str, Any]:
    """`contribute/form.json`: what all kinds share.

    A new entry must differ from drafts too, which no page and no list has: the form gets their ids, titles and summaries.
    """
    settings, words = site.settings, site.strings
    listed = {record.id for record in site.catalogue.listed()}
    unlisted = [record for record in pool.records if record.id not in listed]
    published = {address.rpartition("/")[2]: f"content/{address}.md" for address in site.catalogue.ledger}
    gone = {id: path for id, path in published.items() if id not in pool.ids}
    renamed = {old: record for record in pool.records for old in record.entry.aliases}
    offered = [KINDS[kind] for kind in OFFERED]
    return {
        "format": FORMAT,
        "kinds": [
            {"kind": m.kind, "label": words(f"kinds.{m.kind}.one"), "about": words(f"kinds.{m.kind}.intro"), "short": bool(m.short)} for m in offered
        ],
        "with_article": {kind: a_kind(kind) for kind in KINDS},
        "any": a_kind(),
        "folders": {kind: model.folder for kind, model in KINDS.items()},
        "reserved": sorted(RESERVED),
        "taken": {**gone, **{old: record.source.path for old, record in renamed.items()}},
        "aliases": {old: record.id for old, record in renamed.items()},
        "unlisted": [{"id": r.id, "kind": r.kind, "title": r.entry.title, "summary": r.entry.summary, "status": r.entry.status} for r in unlisted],
        "owner": settings.citation_author,
        "repository": settings.repo_url,
        "repository_middle": settings.repo_middle,
        "branch": settings.branch,
        "email": settings.email,
        "site_name": settings.site_name,
        "licence": settings.licence_name,
        "bounds": {
            "summary": SUMMARY_CARD, "id": ID_MAX, "hardest": HARDEST, "line": MOST_IN_LINE, "indent": MOST_INDENT, "brackets": MOST_BRACKETS,
            "title_likeness": TITLE_LIKENESS, "summary_likeness": SUMMARY_LIKENESS,
        },
        "criteria": _criteria(pool),
        "messages": WORDING, "forms": FORMS, "example": EXAMPLE, "meant": MEANT, "criterion": CRITERION,
        "words": {**words.get("form"), "counts": words.get("counts"), "facts": words.get("facts"), "date": words.get("date")},
    }  # fmt: skip


def _criteria(pool: Pool) -> dict[str, Any]:
    """What an editor asks of an entry: the title of the list, and its terms by id; empty where the pool does not say."""
    known = pool.vocabularies.get(CRITERIA)
    terms = {id: {"label": term.label, "meaning": term.meaning} for id, term in known.terms.items()} if known else {}
    return {"title": known.title if known else "", "terms": terms}


def kind_data(model: type[Entry], site: Site) -> dict[str, Any]:
    """`contribute/<kind>.json`: the fields and sections of one kind."""
    whole = schema(model, site.catalogue.vocabularies)
    fields = _resolved(whole, whole.get("$defs", {}), site.strings, "")
    fields["properties"] = {name: field for name, field in fields["properties"].items() if name not in OF_EDITORS}
    days = [name for name, field in fields["properties"].items() if field.get("x-form") == "date" and name in whole["required"]]
    return {
        "kind": model.kind,
        "folder": model.folder,
        "order": list(model.model_fields),
        "days": days,
        "fields": {key: fields[key] for key in ("type", "properties", "required")},
        "sections": whole["x-sections"],
        "publishers": model.publishers,
        "short": model.short,
    }


def _resolved(node: Mapping[str, Any], parts: Mapping[str, Any], words: Strings, path: str) -> dict[str, Any]:
    """A node of the schema without pointers and without the choice of nothing, with label and hint for a form."""
    if "$ref" in node:
        rest = {key: value for key, value in node.items() if key != "$ref"}
        return _resolved({**parts[node["$ref"].rpartition("/")[2]], **rest}, parts, words, path)
    if "anyOf" in node:
        inner = next(choice for choice in node["anyOf"] if choice.get("type") != "null")
        return _resolved({**inner, **{key: value for key, value in node.items() if key != "anyOf"}}, parts, words, path)
    name = path.rpartition(".")[2]
    label = words.get(f"form.labels.{path}") or words.get(f"form.labels.{name}") or name.replace("_", " ").capitalize()
    hint = words.get(f"form.hints.{path}") or words.get(f"form.hints.{name}") or node.get("description", "")
    made: dict[str, Any] = {key: value for key, value in node.items() if key not in ("$defs", "default", "title", "additionalProperties")}
    made |= {"title": label, "x-hint": hint}
    if "oneOf" in made:
        made["x-terms"] = [{"id": term["const"], "label": term["title"], "meaning": term["description"]} for term in made.pop("oneOf")]
    if node.get("type") == "integer":
        made |= {"type": "string", "x-form": "whole"}
    elif node.get("format") == "date":
        made["x-form"] = "date"
        made.pop("format")
    elif node.get("type") == "array":
        made["items"] = _resolved(node["items"], parts, words, path)
    elif node.get("type") == "object" and "properties" in node:
        made["properties"] = {key: _resolved(field, parts, words, f"{path}.{key}".lstrip(".")) for key, field in node["properties"].items()}
    elif node.get("type") == "object":
        # pydantic tells the form of the keys as a pattern, and under it that of the values.
        inner = next(iter(node["patternProperties"].values())) if "patternProperties" in node else node["additionalProperties"]
        made.pop("patternProperties", None)
        made |= {"type": "array", "x-keyed": True, "items": _resolved(inner, parts, words, path)}
    return made


def write_form(built: Path, site: Site, pool: Pool) -> None:
    """Write the data of the form into a built site that has its page; the bytes depend on the content alone."""
    folder = built / FOLDER
    if not (folder / "index.html").is_file() or not site.strings.get("form"):
        return
    for name, data in (("form", form_data(site, pool)), *((kind, kind_data(KINDS[kind], site)) for kind in OFFERED)):
        (folder / f"{name}.json").write_text(json_line(data) + "\n", "utf-8")
