"""Reading order: which of two titles or names comes first in a list.

The browser has this from `Intl.Collator`; Python's standard library has none, so the part that lists need stands here:
capitals and accents do not matter ("Électrique" stands among the Es), and numbers count by their value (2 before 10).
"""

import re
import unicodedata

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 12
# From this class on, a combining mark is an accent above, below or across a letter; smaller ones make syllables.
_ACCENT = 200
# Letters that Unicode does not take apart into a letter and a mark, by the letters that readers look under; and typographic
# signs by their plain ones, which stand before all letters.
_PLAIN = (
    {"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"}
    | dict.fromkeys("’‘", "'")
    | dict.fromkeys("“”„«»", '"')
    | dict.fromkeys("–—‑", "-")
)
_LETTERS = str.maketrans(_PLAIN)

Key = tuple[str, str]


def reading_order(text: str) -> Key:
    """A key to sort by; texts that differ only in capitals or accents keep the order of their characters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.combining(letter) < _ACCENT)
    return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), plain.translate(_LETTERS)), text
