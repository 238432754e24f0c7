"""How easy a text is to read: the Automated Readability Index, in years of school (about 6 easy, 14 hard).

Smith and Senter, Automated Readability Index, Aerospace Medical Research Laboratories, 1967. It counts letters, words
and sentences only, so that ten thousand entries take no time. It is made for English; texts mostly in other letters
have no grade.
"""

import re
from dataclasses import dataclass

# Below this many words a grade says nothing.
FEWEST_WORDS = 100

_CITATION = re.compile(r" ?\[@[^\[\]\n]*\]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,500})\]\([^()\n]{0,500}\)")
_NO_PROSE = re.compile(r"^(?:#|\||```|~~~).*$", re.MULTILINE)
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+(.*?)[.?!:;]?[ \t]*$", re.MULTILINE)
_WORD = re.compile(r"[^\W_]+(?:['’.,-][^\W_]+)*")
# What may stand inside a word and is no letter of it.
_JOINTS = dict.fromkeys(map(ord, "'’.,-"))
_END = re.compile(r"[.?!](?=[\s\"”)*_]|$)")


@dataclass(frozen=True)
class Reading:
    """A text measured; `grade` is None where it is too short or not in Latin letters."""

    words: int
    sentences: int
    grade: float | None

    @property
    def words_in_sentence(self) -> float:
        """Words in a sentence, on average."""
        return self.words / self.sentences if self.sentences else 0.0


def prose(markdown: str) -> str:
    """The sentences of a text without headings, tables, citations and marks; an item of a list ends as a sentence."""
    text = _LINK.sub(r"\1", _CITATION.sub("", markdown))
    return _ITEM.sub(r"\1.", _NO_PROSE.sub("", text)).replace("*", "").replace("`", "")


def read(markdown: str) -> Reading:
    """Measure a text in Markdown."""
    text = prose(markdown)
    words = _WORD.findall(text)
    signs = "".join(words).translate(_JOINTS)
    letters, latin = len(signs), len(signs.encode("ascii", "ignore"))
    sentences = max(1, len(_END.findall(text)))
    if len(words) < FEWEST_WORDS or latin < 0.8 * letters:
        return Reading(len(words), sentences, None)
    return Reading(len(words), sentences, 4.71 * letters / len(words) + 0.5 * len(words) / sentences - 21.43)
