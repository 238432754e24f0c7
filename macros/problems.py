"""What can be wrong with content, and how it is said.

`Problem` is one complaint; `CODES` is the list of all of them, which the reference page prints.
A code never changes its meaning once published, because people search for it.

    ContentError          wrong content; carries every problem found
    └── EmbedError        a macro on a hand-written page was called with something that does not exist
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process

CODES: dict[str, str] = {
    "pool-empty": "The content folder holds no entry at all.",
    "path-outside": "The path lies outside the content folder.",
    "path-missing": "There is no file or folder of that name.",
    "symlink": "A link to another place stands where a plain file or folder should be.",
    "not-a-file": "A folder stands where a file should be, or a file where a folder should be.",
    "folder-unknown": "The folder is not one that holds entries.",
    "file-unknown": "The file is not one that belongs in this folder.",
    "file-empty": "The file has no text.",
    "file-too-large": "The file is larger than an entry may be.",
    "file-unreadable": "The file could not be opened.",
    "not-utf8": "The file is not plain text in UTF-8.",
    "control-character": "The file holds an invisible character.",
    "front-matter-missing": "An entry begins with front matter between two lines of three hyphens.",
    "front-matter-open": "The front matter is not closed by a second line of three hyphens.",
    "yaml-syntax": "A line of the fields cannot be read; most often it lacks quotes or has the wrong spaces before it.",
    "yaml-not-fields": "There are no fields with values where they should be.",
    "yaml-duplicate": "The same field stands twice.",
    "yaml-anchor": "A value points to another one (`&name`, `*name`, `<<`); here every value is written out.",
    "yaml-tag": "A value begins with an instruction (`!name`); here every value is plain text.",
    "yaml-depth": "The fields are nested more deeply than any field needs.",
    "yaml-key": "A field name is not plain text.",
    "id-form": "An id (the file name without .md) is lower-case letters, digits and single hyphens.",
    "id-duplicate": "Two files, or a file and an old id, claim the same id.",
    "field-missing": "A field that is required is missing.",
    "field-unknown": "The field is not one of this kind of entry.",
    "field-empty": "A field is written down without a value.",
    "field-value": "The value does not have the form that the field needs.",
    "field-too-long": "The text is longer than the field allows.",
    "list-needed": "The field takes a list.",
    "term-unknown": "The value is not a term of the vocabulary.",
    "vocabulary-missing": "There is no vocabulary file of that name.",
    "vocabulary-duplicate": "A vocabulary holds the same term twice.",
    "reference-unknown": "No entry has this id.",
    "reference-kind": "The entry of this id is of a kind that the field does not take.",
    "reference-self": "An entry points to itself.",
    "reference-twice": "The same id stands twice in one list.",
    "coalition-term-unknown": "The coalition has no such term.",
    "reference-cycle": "Entries name each other in a circle where one must stand above or after the other.",
    "citation-form": "A citation is `[@key]` alone, or several keys with semicolons between them.",
    "text-too-much": "The text is larger than a page can hold: too long a line, too many brackets, or lists nested too deeply.",
    "source-unknown": "The key is not in `sources`.",
    "source-few": "The sources come from fewer publishers than an entry of this kind needs, so they may depend on each other.",
    "source-unused": "A source is listed that nothing points to.",
    "date-order": "Two dates contradict each other.",
    "date-future": "A date that must be past lies in the future.",
    "retired-replacement": "`replaced_by` and `status: retired` belong together.",
    "agenda-minutes": "The minutes of the steps do not add up to the duration.",
    "facet-unknown": "There is no such facet, or no such value of it.",
    "data-undescribed": "A data file has no description beside it, or a description no data file.",
    "data-changed": "The data file is not the one that its description speaks of.",
    "data-columns": "The data file cannot be read as a whole: its first line, the length of a row, its form.",
    "data-value": "A cell of a table does not have the form or the size that its description says.",
    "data-twice": "Two rows of a table are about the same thing.",
    "data-unknown": "The file of figures names a data file, a column, an indicator or a blank that does not exist.",
    "section-missing": "A prescribed section of the body is missing.",
    "section-later": "A draft lacks a section that it must have before it is published.",
    "section-empty": "A section of the body has no text.",
    "section-order": "The sections of the body are not in the prescribed order.",
    "section-unknown": "The section is not one of this kind of entry.",
    "section-twice": "A section stands twice.",
    "text-before-sections": "There is text before the first section.",
    "heading-level": "A heading in the text stands above the sections; they begin with two hashes.",
    "raw-html": "HTML tags do not work in entries.",
    "link-unknown": "The link leads to no entry.",
    "link-draft": "The link leads to a draft, which has no page yet.",
    "link-unsafe": "Links lead to web addresses or to other entries, nothing else.",
    "image": "Entries have no pictures.",
    "file-unsafe": "A file beside the hand-written pages is not what its name says, or holds more than a picture.",
    "letter-without-font": "A letter is in no font that PDFs are set in, so that they show a mark in its place.",
    "text-hard": "The text is hard to read: long words in long sentences.",
    "summary-long": "The summary is too long for a printed card.",
    "review-overdue": "The entry is due for review.",
    "twin": "The title or the summary is much like that of another entry of its kind.",
    "ledger-line": "A line of the ledger is not the address of an entry.",
    "ledger-lost": "An address that was published leads to no entry any more.",
    "ledger-draft": "An entry that was published has become a draft.",
    "ledger-missing": "Published entries are not in the ledger yet.",
    "macro-syntax": "The page uses double braces or a template tag in a way that cannot be read.",
    "macro-unknown": "There is no macro of that name.",
    "macro-argument": "A macro was given something that does not exist.",
    "page-clash": "A hand-written page stands where a generated page goes.",
    "strings-missing": "The file of interface strings lacks a string that is needed.",
}

WARNINGS = frozenset({
    "summary-long", "text-hard", "letter-without-font", "review-overdue", "twin", "source-few", "section-later", "link-draft", "ledger-missing",
})  # fmt: skip


@dataclass(frozen=True, order=True)
class Problem:
    """One complaint: where it is, what must hold and was found, and how to mend it.

    `path` is POSIX and relative to the project; `line` and `column` count from 1.
    """

    path: str
    line: int
    column: int
    code: str
    message: str
    hint: str = ""

    def __post_init__(self) -> None:
        if self.code not in CODES:
            raise ValueError(f"unknown problem code {self.code!r}")
        # A file can have any name; a report must stay printable, one line a problem.
        object.__setattr__(self, "path", printable(self.path))

    @property
    def severity(self) -> str:
        """`error` stops the build, `warning` does not."""
        return "warning" if self.code in WARNINGS else "error"


class ContentError(Exception):
    """Wrong content; `problems` holds every complaint, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(sorted(problems))
        count = len(self.problems)
        super().__init__("\n".join([f"{count} problem{'s' * (count != 1)} in the content", *map(as_line, self.problems)]))


class EmbedError(ContentError):
    """A macro on a hand-written page asked for something that is not there; raised without a place."""

    def __init__(self, message: str, hint: str = "", code: str = "macro-argument") -> None:
        self.code, self.message, self.hint = code, message, hint
        Exception.__init__(self, f"{message}\n  {hint}" if hint else message)
        self.problems = ()


def as_line(problem: Problem) -> str:
    """`path:line:col: error [code]: message`, and the fix on the next line."""
    head = f"{problem.path}:{problem.line}:{problem.column}: {problem.severity} [{problem.code}]: {problem.message}"
    return f"{head}\n  {problem.hint}" if problem.hint else head


def nearest(word: str, choices: Iterable[str]) -> str | None:
    """The choice most like `word`, or None if none is close enough to be what was meant."""
    known = {choice: choice.lower() for choice in choices}
    found = process.extractOne(word.lower(), known, scorer=fuzz.ratio, score_cutoff=65)
    return found[2] if found else None


def did_you_mean(word: str, choices: Iterable[str], otherwise: str = "") -> str:
    """`Did you mean 'x'?` if something is near, else the sentence given."""
    near = nearest(word, choices)
    return f"Did you mean '{near}'?" if near else otherwise


def listed(words: Iterable[str], most: int = 12) -> str:
    """`a, b, c`, cut after `most` with the number left out."""
    words = list(words)
    rest = len(words) - most
    return ", ".join(words[:most]) + (f" and {rest} more" if rest > 0 else "")


def shown(found: object, most: int = 60) -> str:
    """What someone wrote, on one line and cut, so that a message stays readable whatever it quotes."""
    # A few times what is shown is enough to look at; the text may be as large as a file.
    text = str(found)
    words = printable(" ".join(text[: most * 4].split()))
    return f"{words[:most]}…" if len(words) > most or len(text) > most * 4 else words


def printable(text: str) -> str:
    """A text with what cannot be seen or printed written as a code."""
    return text if text.isprintable() else "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode() for sign in text)


def named(path: Sequence[str | int]) -> str:
    """A field by its path, the innermost first and items counted from 1: `value` of item 2 of `key_figures`."""
    words = [f"item {part + 1}" if isinstance(part, int) else f"`{shown(part)}`" for part in reversed(path)]
    return " of ".join(words) or "the entry"
