"""The flow goes one way, and only one module knows MkDocs."""

import ast
from pathlib import Path

import pytest

from tests.conftest import ROOT

MODULES = {path.relative_to(ROOT / "macros").as_posix(): path for path in sorted((ROOT / "macros").rglob("*.py"))}
# Stages from left to right; a module may import those of its own stage and of earlier ones.
STAGES = (
    (
        "entries/",
        "data/",
        "figures/",
        "yaml_messages.py",
        "strict_yaml.py",
        "problems.py",
        "source.py",
        "body.py",
        "lenient.py",
        "validation.py",
        "vocabulary.py",
        "marks.py",
        "links.py",
        "order.py",
        "nearest.py",
        "settings.py",
        "reading.py",
        "ahead.py",
        "garbage.py",
        "cells.py",
        "json_line.py",
        "latex.py",
        "letters.py",
        "front_matter.py",
        "wording.py",
        "git.py",
        "clock.py",
        "history.py",
        "ledger.py",
        "kept.py",
        "lock.py",
        "failures.py",
    ),
    (
        "pool.py",
        "relations.py",
        "facets.py",
        "rules/",
        "catalogue.py",
        "intake.py",
        "landscape/",
        "check.py",
        "review.py",
        "report.py",
        "strings.py",
        "schema.py",
        "likeness.py",
        "stale.py",
    ),
    (
        "lists.py",
        "text.py",
        "text_store.py",
        "template_store.py",
        "kept_pieces.py",
        "quick_templates.py",
        "page.py",
        "views/",
        "templates.py",
        "reference.py",
        "embeds.py",
        "project.py",
        "docs_check.py",
        "docs_guard.py",
        "docs_files.py",
        "new.py",
        "questions.py",
    ),
    (
        "stage.py",
        "data_files.py",
        "search/",
        "print/",
        "exports/",
        "vendor.py",
        "built.py",
        "policy.py",
        "desk/",
        "form.py",
        "short_addresses.py",
        "intake_files.py",
    ),
    (
        "after.py",
        "editors.py",
        "site.py",
        "unchanged.py",
        "plugin.py",
        "preview.py",
        "telling.py",
        "cli.py",
        "__init__.py",
        "__main__.py",
        "start.py",
        "watch.py",
        "commands.py",
        "data_commands.py",
    ),
)


def stage_of(name: str) -> int:
    return next(number for number, names in enumerate(STAGES) for known in names if name == known or (known.endswith("/") and name.startswith(known)))


def imports(path: Path) -> list[str]:
    """The modules of the generator that a module imports, as paths below macros/."""
    folder = path.relative_to(ROOT / "macros").parent.parts
    found = []
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = folder[: len(folder) - node.level + 1]
            names = [node.module] if node.module else [alias.name for alias in node.names]
            for name in names:
                target = "/".join((*base, *name.split(".")))
                found.append(f"{target}.py" if f"{target}.py" in MODULES else f"{target}/__init__.py")
    return found


@pytest.mark.parametrize("name", MODULES)
def test_a_module_imports_only_its_own_stage_and_earlier_ones(name: str) -> None:
    later = [target for target in imports(MODULES[name]) if stage_of(target) > stage_of(name)]
    assert later == []


def test_only_the_plugin_imports_mkdocs() -> None:
    found = [name for name, path in MODULES.items() if "mkdocs" in {word.split(".")[0] for word in _outside(path)}]
    assert found == ["plugin.py"]


def _outside(path: Path) -> set[str]:
    tree = ast.parse(path.read_text("utf-8"))
    plain = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    return plain | {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}


def test_no_module_is_long() -> None:
    scripts = {path.name: path for path in (ROOT / "overrides/assets/js").glob("*js")}
    assert len(scripts) > 40
    long = {name: count for name, path in {**MODULES, **scripts}.items() if (count := path.read_text("utf-8").count("\n")) > 250}
    assert long == {}
