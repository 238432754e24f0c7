"""The theme's partials, rendered outside the engine: what macros print on hand-written pages.

The same file under `overrides/partials/commons/` makes a card on an entry's page (engine) and on the
home page (here), so there is one card. The output is one line, which Markdown leaves alone.
"""

import re
from functools import cache
from pathlib import Path
from typing import Any

import jinja2

from .page import compact


@cache
def _environment(overrides: Path) -> jinja2.Environment:
    # Not escaped by itself, as in the engines; the partials escape with `|e`, and a test feeds them tags.
    return jinja2.Environment(loader=jinja2.FileSystemLoader(overrides), trim_blocks=True)  # noqa: S701


def partial(overrides: Path, name: str, **values: Any) -> str:
    """A partial of the theme with plain values, as HTML on one line."""
    template = _environment(overrides).get_template(f"partials/commons/{name}.html")
    return re.sub(r"\s*\n\s*", " ", template.render(**{key: compact(value) for key, value in values.items()})).strip()
