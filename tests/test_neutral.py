"""Nothing in the generator or the theme names a coalition, an organisation, a government, a topic or a segment."""

import re
from pathlib import Path

from tests.conftest import ROOT, own_project

# Words that are also plain English, and how the generator means them.
PLAIN = {"rail": "a side bar", "act": "what someone does", "vancouver": "a style of citation"}


def words_of_the_field() -> set[str]:
    """Names and ids of the pool, and the labels of its segments."""
    pool = own_project().checked.pool
    found: set[str] = set()
    for record in pool.records:
        if record.kind in ("coalition", "organisation", "government", "topic"):
            found.update((record.entry.title, record.id, getattr(record.entry, "short_name", None) or record.id))
    for term in pool.vocabularies["segments"].terms.values():
        found.update((term.id, term.label, term.id.removesuffix("s")))
    return {word for word in found if len(word) > 3 and word.lower() not in PLAIN} | {"ZEV", "zero-emission", "vehicle", "charging"}


def test_the_generator_and_the_theme_are_free_of_the_words_of_one_field() -> None:
    words = "|".join(re.escape(word) for word in sorted(words_of_the_field(), key=len, reverse=True))
    pattern = re.compile(rf"(?<![\w-])({words})(?![\w-])", re.IGNORECASE)
    sources: list[Path] = [
        *ROOT.glob("macros/**/*.py"),
        *(path for ending in ("html", "css", "mjs") for path in ROOT.glob(f"overrides/**/*.{ending}")),
    ]
    assert len(sources) > 50
    found = [
        f"{path.relative_to(ROOT)}:{number}: {match.group()}"
        for path in sources
        for number, line in enumerate(path.read_text("utf-8").split("\n"), 1)
        for match in pattern.finditer(line)
    ]
    assert found == []
