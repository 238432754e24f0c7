"""Rule on the letters of an entry: paper has a font for each."""

from collections.abc import Iterator

from ..letters import INSTEAD, without_font
from ..pool import Record
from ..problems import Problem
from ..strict_yaml import Path
from .scope import Ground, at, at_line

# Letters that a message names.
MOST_LETTERS = 5


def letters(record: Record, ground: Ground) -> Iterator[Problem]:
    """Letters that no font of paper has are a warning, at the first of them."""
    fields = list(_texts(record.source.meta))
    if not without_font("\n".join((record.source.body, *(text for _, text, _ in fields)))):
        return
    body = (((), line, number) for number, line in enumerate(record.source.body.split("\n"), record.source.body_line))
    found = [(path, number, unknown) for path, text, number in (*fields, *body) if (unknown := without_font(text))]
    path, number, _ = found[0]
    every = list(dict.fromkeys(letter for *_, unknown in found for letter in unknown))
    shown = ", ".join(f"{letter} (U+{ord(letter):04X})" for letter in every[:MOST_LETTERS])
    more = f" and {len(every) - MOST_LETTERS} more" if len(every) > MOST_LETTERS else ""
    said = f"every letter should be in a font of paper; none has {shown}{more}"
    hint = f"PDFs show {INSTEAD} instead. Write it in other letters, or ask the editors for a font."
    if path:
        yield at(record, path, "letter-without-font", said, hint)
    else:
        yield at_line(record, number, "letter-without-font", said, hint)


def _texts(value: object, path: Path = ()) -> Iterator[tuple[Path, str, int]]:
    """Every text among fields, with the path to it."""
    if isinstance(value, str):
        yield path, value, 0
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _texts(part, (*path, key))
    elif isinstance(value, list):
        for number, part in enumerate(value):
            yield from _texts(part, (*path, number))
