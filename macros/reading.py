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
_NO_PROSE = ("#", "|", "```", "~~~")
_ITEM = re.compile(r"[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+(.*?)[.?!:;]?[ \t]*")
# What may stand inside a word and is no letter of it.
_JOINTS = "'’.,-"
_END = re.compile(r"[.?!](?=[\s\"”)*_]|$)")


class _Shapes(dict[int, str]):
    """The shape of each sign: `a` a Latin letter or a digit, `b` one of other letters, `.` a joint, a space for all that ends a word."""

    def __missing__(self, code: int) -> str:
        sign = chr(code)
        self[code] = ("a" if sign.isascii() else "b") if sign.isalnum() else "." if sign in _JOINTS else " "
        return self[code]


_SHAPES = _Shapes()


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
    text = _CITATION.sub("", markdown) if "[@" in markdown else markdown
    text = _LINK.sub(r"\1", text) if "](" in text else text
    return "\n".join(map(_sentence, text.split("\n"))).replace("*", "").replace("`", "")


def _sentence(line: str) -> str:
    """What a line has of sentences."""
    item = _ITEM.fullmatch(line)
    return f"{item.group(1)}." if item else "" if line.startswith(_NO_PROSE) else line


def read(markdown: str) -> Reading:
    """Measure a text in Markdown."""
    text = prose(markdown)
    shapes = f" {text.translate(_SHAPES)} "
    latin = shapes.count("a")
    letters = latin + shapes.count("b")
    for joint in ("..", " .", ". "):  # those that do not stand inside a word
        shapes = shapes.replace(joint, "  ")
    words = shapes.count(" a") + shapes.count(" b")
    sentences = max(1, len(_END.findall(text)))
    if words < FEWEST_WORDS or latin < 0.8 * letters:
        return Reading(words, sentences, None)
    return Reading(words, sentences, 4.71 * letters / words + 0.5 * words / sentences - 21.43)
