"""Reading order: which of two titles or names comes first in a list.

The browser has this from `Intl.Collator`; Python's standard library has none, so the part that lists need stands here:
capitals and accents do not matter ("Électrique" stands among the Es), and numbers count by their value (2 before 10).
"""

import re
import unicodedata
from functools import cache

_NUMBER = re.compile(r"[0-9]+")
_DIGITS = 12
# From this class on, a combining mark is an accent above, below or across a letter; smaller ones make syllables.
_ACCENT = 200
# Signs in the order in which the Unicode Collation Algorithm (CLDR root) has them; they stand before digits and letters.
_SIGNS = {sign: chr(place) for place, sign in enumerate(" _-,;:!?.'\"()[]{}@*/\\&#%`^+<=>|~$", 1)}
_ALIKE = dict.fromkeys("’‘", "'") | dict.fromkeys("“”„«»", '"') | dict.fromkeys("–—‑", "-")
# Letters that Unicode does not take apart into a letter and a mark, by the letters that readers look under.
_LETTERS = {"đ": "d", "ø": "o", "ł": "l", "ı": "i", "æ": "ae", "œ": "oe"}
_PLAIN = str.maketrans(_LETTERS | _SIGNS | {sign: _SIGNS[plain] for sign, plain in _ALIKE.items()})

Key = tuple[str, str]


@cache
def reading_order(text: str) -> Key:
    """A key to sort by; texts that differ only in capitals or accents keep the order of their characters."""
    plain = "".join(letter for letter in unicodedata.normalize("NFKD", text.casefold()) if unicodedata.combining(letter) < _ACCENT)
    return _NUMBER.sub(lambda found: found[0].zfill(_DIGITS), plain.translate(_PLAIN)), text
