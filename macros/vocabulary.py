"""Closed lists of terms, as files under `content/vocabulary/`: id, label, meaning.

The order of the terms in a file is their order everywhere: in forms, in facets, in sorting.
"""

import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

from pydantic import Field, ValidationError

from .entries.base import Part
from .entries.fields import ID_PATTERN, Key, Line, Text
from .problems import Problem, shown
from .source import Source, Unreadable, files, name_of, read_fields, read_text
from .validation import explain


class VocabularyTerm(Part):
    """One value that may be chosen."""

    id: Key = Field(description="What stands in front matter and addresses.", examples=["national"])
    label: Line = Field(description="What readers see.", examples=["National"])
    meaning: Text = Field(description="When to choose it, in one sentence.", examples=["A country."])


class VocabularyFile(Part):
    """The form of a vocabulary file."""

    title: Line = Field(description="The name of the list.", examples=["Levels of government"])
    label: Line = Field(description="What stands before a value on a page.", examples=["Level of government"])
    description: Text | None = Field(None, description="What the list is for, and where it comes from.", examples=["Who can act."])
    terms: Annotated[tuple[VocabularyTerm, ...], Field(min_length=1)] = Field(description="The terms, in order.")


@dataclass(frozen=True)
class Vocabulary:
    """A closed list, by the id of its terms and in their order."""

    name: str
    title: str
    label: str
    description: str
    terms: dict[str, VocabularyTerm]

    def label_of(self, term: str) -> str:
        """What readers see for a term; the id itself if it is not known."""
        return self.terms[term].label if term in self.terms else term

    def position(self, term: str) -> int:
        """The place of a term in the list, for sorting; unknown terms come last."""
        return list(self.terms).index(term) if term in self.terms else len(self.terms)


def read_vocabularies(folder: Path, project: Path) -> tuple[dict[str, Vocabulary], list[Problem]]:
    """All vocabularies of the folder by name, with what is wrong in their files."""
    found: dict[str, Vocabulary] = {}
    problems: list[Problem] = []
    for path in files(folder, project) if folder.is_dir() else ():
        if isinstance(path, Problem):
            problems.append(path)
            continue
        name = name_of(path, project)
        if path.suffix != ".yml":
            problems.append(Problem(name, 1, 1, "file-unknown", "a vocabulary must be a .yml file; found another file", "Move it elsewhere."))
            continue
        if not re.fullmatch(ID_PATTERN, path.stem):
            problems.append(
                Problem(
                    name, 1, 1, "id-form",
                    f"a file name must be lower-case letters, digits and single hyphens; found '{shown(path.name)}'",
                    "Rename it; the fields that use the vocabulary name it too.",
                )
            )  # fmt: skip
            continue
        try:
            document = read_fields(read_text(path, name), name)
            form = VocabularyFile.model_validate(document.value)
        except Unreadable as error:
            problems.extend(error.problems)
            continue
        except ValidationError as error:
            problems.extend(explain(error, Source(name, document.value, document, "", 1), VocabularyFile))
            continue
        terms: dict[str, VocabularyTerm] = {}
        for number, term in enumerate(form.terms):
            if term.id in terms:
                place = document.values[("terms", number)]
                problems.append(
                    Problem(
                        name, place.line, place.column, "vocabulary-duplicate", f"a term must stand once; '{term.id}' stands twice",
                        "Remove one of the two.",
                    )
                )  # fmt: skip
            terms[term.id] = term
        found[path.stem] = Vocabulary(path.stem, form.title, form.label, form.description or "", terms)
    return found, problems
