"""The words of the interface, from `overrides/strings/<language>.html`.

One file a language, read by the theme (`{% import %}`) and by this module alike, so that a second
language is a second file. It is a template that only sets `strings`, a tree of texts.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

import jinja2

from .problems import ContentError, Problem


@dataclass(frozen=True)
class Strings:
    """A tree of texts; `path` of a text is dotted: `facts.level`."""

    tree: dict[str, Any]
    path: str

    def __call__(self, name: str, **values: object) -> str:
        """The text of a name, with `{value}` filled in; raises ContentError if the file lacks it."""
        found = self.get(name)
        if not isinstance(found, str):
            raise ContentError([Problem(self.path, 1, 1, "strings-missing", f"there must be a text '{name}'; found none", "Add it, as in en.html.")])
        return found.format(**values) if values else found

    def get(self, name: str) -> Any:
        """What stands at a name, or None."""
        return self._by_name.get(name)

    @cached_property
    def _by_name(self) -> dict[str, Any]:
        return dict(_named(self.tree))

    def day(self, day: date) -> str:
        """`21 November 2026`, in the way of the language."""
        return self("date.day", day=day.day, month=self.get("date.months")[day.month - 1], year=day.year)

    def partial(self, text: str) -> str:
        """A year, month or day (`2024`, `2024-03`, `2024-03-11`) in words."""
        parts = text.split("-")
        if len(parts) == 3:
            return self.day(date.fromisoformat(text))
        if len(parts) == 2:
            return self("date.month", month=self.get("date.months")[int(parts[1]) - 1], year=parts[0])
        return text

    def count(self, name: str, number: int) -> str:
        """`1 entry`, `3 entries`: the text `name.one` or `name.other`."""
        return self(f"{name}.{'one' if number == 1 else 'other'}", n=number)


def _named(tree: Mapping[str, Any], above: str = "") -> Iterator[tuple[str, Any]]:
    """All that stands in a tree by its dotted name: texts, lists, and the trees below; what has a dot of its own is told by its tree only."""
    for name, found in tree.items():
        if "." in name:
            continue
        yield f"{above}{name}", found
        if isinstance(found, dict):
            yield from _named(found, f"{above}{name}.")


def read_strings(overrides: Path, language: str, store: jinja2.BytecodeCache | None = None) -> Strings:
    """The texts of a language, of English if that language has no file; `store` keeps it compiled, as the theme needs it too."""
    folder = overrides / "strings"
    name = f"{language}.html" if (folder / f"{language}.html").is_file() else "en.html"
    if not (folder / name).is_file():
        found = Problem(folder.name, 1, 1, "strings-missing", f"there must be a file {folder}/{name}; found none", "Set `custom_dir` of the theme.")
        raise ContentError([found])
    environment = jinja2.Environment(loader=jinja2.FileSystemLoader(overrides), bytecode_cache=store)  # noqa: S701 - no output
    template = environment.get_template(f"strings/{name}")  # as the theme calls it
    return Strings(dict(template.make_module().strings), f"overrides/strings/{name}")  # type: ignore[attr-defined]
