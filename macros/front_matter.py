"""Writes an entry as the file that the strict reader takes: `commons new` uses it, and the form in the browser does the same.

Every value is text to the reader, so the only question is when a text needs quotes. The form's own writer is
`overrides/assets/js/entry-file.mjs`; a test holds the two together byte for byte.
"""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from .entries import Entry
from .entries.fields import ID_PATTERN
from .strict_yaml import CONTROL

# What YAML would take for something else at the beginning of a text, or for nothing at all.
_SIGNS = re.compile(r"""[-?:,\[\]{}#&*!|>'"%@`~=<\s]|\.\.\.""")
_NEEDS_QUOTES = re.compile(r":(\s|$)|\s#|\s$|[\t\n]|" + CONTROL.pattern)
_WORDS = re.compile(r"null|true|false|yes|no|on|off|y|n", re.IGNORECASE)
_LONGEST_ROW = 100


def entry_file(model: type[Entry], meta: Mapping[str, Any], sections: Mapping[str, str]) -> str:
    """The text of a file: fields in the order of the model, then the sections that have text, in theirs.

    What the model does not know comes last, so that the check can name it.
    """
    order = [*model.model_fields, *(name for name in meta if name not in model.model_fields)]
    fields = [line for name in order if name in meta for line in _field(name, meta[name], "")]
    titles = [section.title for section in model.sections]
    named = [*(title for title in titles if title in sections), *(title for title in sections if title not in titles)]
    body = "".join(f"\n## {title}\n\n{text}\n" if (text := sections[title].strip()) else f"\n## {title}\n" for title in named)
    return "---\n" + "".join(f"{line}\n" for line in fields) + "---\n" + body


def _field(name: str, value: Any, indent: str) -> Iterator[str]:
    """The lines of one field."""
    if isinstance(value, Mapping):
        yield f"{indent}{scalar(name)}:"
        for key, inner in value.items():
            yield from _field(str(key), inner, f"{indent}  ")
    elif isinstance(value, list | tuple):
        row = f"{indent}{scalar(name)}: [{', '.join(map(str, value))}]"
        if (
            all(isinstance(item, str) and re.fullmatch(ID_PATTERN, item) and not _WORDS.fullmatch(item) for item in value)
            and len(row) <= _LONGEST_ROW
        ):
            yield row
            return
        yield f"{indent}{scalar(name)}:"
        for item in value:
            yield from _item(item, f"{indent}  ")
    else:
        yield f"{indent}{scalar(name)}: {scalar(value)}"


def _item(item: Any, indent: str) -> Iterator[str]:
    if not isinstance(item, Mapping):
        yield f"{indent}- {scalar(item)}"
        return
    lines = [line for key, inner in item.items() for line in _field(str(key), inner, f"{indent}  ")]
    yield f"{indent}- {lines[0][len(indent) + 2 :]}"
    yield from lines[1:]


def scalar(value: Any) -> str:
    """One value as it stands in a file: as it is where that is safe, else in double quotes."""
    text = str(value)
    if not text or _SIGNS.match(text) or _NEEDS_QUOTES.search(text) or _WORDS.fullmatch(text):
        return json.dumps(text, ensure_ascii=False)
    return text
