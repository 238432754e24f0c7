"""Rules that one field alone cannot tell: between fields, between fields and text, between entries.

Each rule is a small generator of problems; `RULES` is the list of them.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from itertools import islice
from pathlib import PurePosixPath

from .body import CITE_KEY, Found, heading_title
from .entries import KINDS
from .entries.base import SUMMARY_CARD
from .entries.bundle import Bundle
from .entries.coalition import Coalition
from .entries.fields import CoalitionTerm, Reference, SourceKey, Term
from .facets import FACETS, known
from .links import entry_of_link
from .marks import Marked, marks
from .pool import Pool, Record
from .problems import Problem, did_you_mean, listed, named, nearest, shown
from .strict_yaml import Path

# A pool in which more ids than this are wrong has a cause that no suggestion mends, and each one takes a look at all ids.
MOST_SUGGESTIONS = 500
# How many of the files that claim one id are named.
MOST_CLAIMS = 12


@dataclass(frozen=True)
class Scope:
    """What rules may look at: the pool, the day, and what is found out about the pool as a whole, once."""

    pool: Pool
    today: date
    _suggestions: dict[tuple[object, str], str] = field(default_factory=dict, compare=False)

    @cached_property
    def coalition_terms(self) -> dict[str, str]:
        """The label of every `coalition/term`."""
        coalitions = [(record.id, record.entry) for record in self.pool.records if isinstance(record.entry, Coalition)]
        return {f"{id}/{term.id}": term.label for id, entry in coalitions for term in entry.crosswalk}

    @cached_property
    def coalitions_read(self) -> frozenset[str]:
        """The coalitions whose own terms are known; the others have a file with mistakes."""
        return frozenset(record.id for record in self.pool.records if record.kind == "coalition")

    @cached_property
    def vocabularies_broken(self) -> frozenset[str]:
        """The vocabularies that have a file, which could not be read."""
        paths = (PurePosixPath(problem.path) for problem in self.pool.problems)
        return frozenset(path.stem for path in paths if path.parent.name == "vocabulary")

    @cached_property
    def claims(self) -> dict[str, Counter[str]]:
        """Which files claim an id, as their name or as an old id, and how often each does."""
        found: dict[str, Counter[str]] = {}
        for record in (*self.pool.records, *self.pool.broken):
            for id in (record.id, *record.entry.aliases):
                found.setdefault(id, Counter())[record.source.path] += 1
        return found

    @cached_property
    def new_ids(self) -> dict[str, str]:
        """The id of today for each old one."""
        return {old: record.id for record in self.pool.records for old in record.entry.aliases}

    def id_meant(self, id: str, kinds: tuple[str, ...] = ()) -> str:
        """What someone may have meant by an id that no file has, as a sentence."""
        if id in self.new_ids:
            return f"That is an old id; write '{self.new_ids[id]}'."
        ids = self.pool.ids
        return self._meant(kinds, id, lambda: [i for i in ids if not kinds or ids[i] in kinds], "Check the file name of the entry that you mean.")

    def term_meant(self, term: str) -> str:
        """What someone may have meant by a `coalition/term` that there is not."""
        return self._meant("terms", term, lambda: self.coalition_terms, "The terms stand in the `crosswalk` of the coalition.")

    def _meant(self, among: object, word: str, choices: Callable[[], Iterable[str]], otherwise: str) -> str:
        key = (among, word)
        if key not in self._suggestions and len(self._suggestions) < MOST_SUGGESTIONS:
            self._suggestions[key] = did_you_mean(word, choices(), otherwise)
        return self._suggestions.get(key, otherwise)


def _at(record: Record, path: Path, code: str, message: str, hint: str = "", of_key: bool = False) -> Problem:
    place = record.source.place(path, of_key)
    return Problem(record.source.path, place.line, place.column, code, message, hint)


def _found(record: Record, found: Found, code: str, message: str, hint: str = "") -> Problem:
    return Problem(record.source.path, found.line, found.column, code, message, hint)


def _line(record: Record, line: int, code: str, message: str, hint: str = "") -> Problem:
    return Problem(record.source.path, line, 1, code, message, hint)


def duplicate_ids(record: Record, scope: Scope) -> Iterator[Problem]:
    """An id belongs to one file; both are named."""
    mine = record.source.path
    for id, path in [(record.id, ()), *((old, ("aliases", n)) for n, old in enumerate(record.entry.aliases))]:
        claims = scope.claims[id]
        others = list(islice((name for name in claims if name != mine), MOST_CLAIMS))
        if others:
            rest = len(claims) - 1 - len(others)
            yield _at(
                record, path, "id-duplicate",
                f"an id must belong to one file; '{id}' also belongs to {', '.join(others)}{f' and {rest} more' if rest else ''}",
                "Rename one of them; an id that was published is never given to another entry.",
            )  # fmt: skip
        elif path and claims[mine] > 1:
            message = f"an old id must stand once, and not be the id of today; found '{id}' again"
            yield _at(record, path, "id-duplicate", message, "Remove it from `aliases`.")


def references(record: Record, scope: Scope) -> Iterator[Problem]:
    """References lead to entries of the right kind; terms and keys exist."""
    seen: set[tuple[Path, str]] = set()
    for marked in marks(record.entry):
        match marked.mark:
            case Reference():
                yield from _reference(record, marked, scope)
            case Term():
                yield from _term(record, marked, scope)
            case SourceKey() if "sources" not in record.broken:
                yield from _source_key(record, marked)
            case CoalitionTerm():
                yield from _coalition_term(record, marked, scope)
        if marked.path and isinstance(marked.path[-1], int):
            twin = (marked.path[:-1], marked.value)
            if twin in seen:
                yield _at(
                    record, marked.path, "reference-twice", f"a list must name each thing once; '{shown(marked.value)}' stands twice",
                    "Remove one of the two.",
                )  # fmt: skip
            seen.add(twin)


def _a(*kinds: str) -> str:
    """`an action`, `a practice or a challenge`, `technical assistance`, `an entry`: kinds with their articles."""
    words = [kind.replace("-", " ") if kind == "technical-assistance" else f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds]
    return " or ".join(filter(None, (", ".join(words[:-1]), words[-1]))) if words else "an entry"


def _reference(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    assert isinstance(marked.mark, Reference)
    kinds, ids, found = marked.mark.kinds, scope.pool.ids, shown(marked.value)
    if marked.value == record.id:
        yield _at(record, marked.path, "reference-self", f"{named(marked.path)} must lead to another entry; it leads to this one", "Remove it.")
    elif marked.value not in ids:
        yield _at(
            record, marked.path, "reference-unknown", f"{named(marked.path)} must hold the id of {_a(*kinds)}; found '{found}', which no file has",
            scope.id_meant(marked.value, kinds),
        )  # fmt: skip
    elif kinds and ids[marked.value] not in kinds:
        yield _at(
            record, marked.path, "reference-kind", f"{named(marked.path)} must hold the id of {_a(*kinds)}; '{found}' is {_a(ids[marked.value])}",
            "Move it to the field that is made for this kind, or to `related`.",
        )  # fmt: skip


def _term(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    assert isinstance(marked.mark, Term)
    name = marked.mark.vocabulary
    vocabulary = scope.pool.vocabularies.get(name)
    if vocabulary is None:
        if name not in scope.vocabularies_broken:
            yield _at(
                record, marked.path, "vocabulary-missing", f"{named(marked.path)} must be a term of vocabulary/{name}.yml; there is no such file",
                f"Add the file content/vocabulary/{name}.yml, or remove the field if it need not be given.",
            )  # fmt: skip
    elif marked.value not in vocabulary.terms:
        terms = list(vocabulary.terms)
        yield _at(
            record, marked.path, "term-unknown", f"{named(marked.path)} must be one of {listed(terms, 30)}; found '{shown(marked.value)}'",
            did_you_mean(marked.value, terms, f"What each word means stands in content/vocabulary/{name}.yml."),
        )  # fmt: skip


def _key_meant(key: str, keys: list[str]) -> str:
    return did_you_mean(key, keys, f"The keys are {listed(keys)}." if keys else "This entry has no `sources` yet; add the source there.")


def _source_key(record: Record, marked: Marked) -> Iterator[Problem]:
    keys = list(record.entry.sources)
    if marked.value not in keys:
        yield _at(
            record, marked.path, "source-unknown", f"{named(marked.path)} must be a key in `sources`; found '{shown(marked.value)}'",
            _key_meant(marked.value, keys),
        )  # fmt: skip


def _coalition_term(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    coalition = marked.value.partition("/")[0]
    unread = scope.pool.ids.get(coalition) == "coalition" and coalition not in scope.coalitions_read
    if marked.value not in scope.coalition_terms and not unread:
        yield _at(
            record, marked.path, "coalition-term-unknown",
            f"{named(marked.path)} must hold the id of a coalition, a slash and one of its own terms; found '{shown(marked.value)}'",
            scope.term_meant(marked.value),
        )  # fmt: skip


def sources(record: Record, scope: Scope) -> Iterator[Problem]:
    """Every citation has a source and every source is used."""
    used = {marked.value for marked in marks(record.entry) if isinstance(marked.mark, SourceKey)}
    known_keys = list(record.entry.sources)
    meant: dict[str, str] = {}
    for citation in record.body.citations:
        keys = CITE_KEY.findall(citation.text)
        used.update(keys)
        for key in keys or [citation.text]:
            if key not in record.entry.sources:
                hint = meant.setdefault(key, meant.get(key) or _key_meant(key, known_keys))
                yield _found(record, citation, "source-unknown", f"a citation must name a key in `sources`; found '{shown(key)}'", hint)
    for key in known_keys if not record.broken else ():
        if key not in used:
            yield _at(
                record, ("sources", key), "source-unused", f"a source must back something; nothing points to '{key}'",
                f"Cite it in the text as [@{key}], or remove it.", of_key=True,
            )  # fmt: skip


def dates(record: Record, scope: Scope) -> Iterator[Problem]:
    """Dates follow each other and lie in the past; an entry long unchecked is a warning."""
    entry = record.entry
    if entry.reviewed < entry.published:
        yield _at(
            record, ("reviewed",), "date-order", f"`reviewed` must not be before `published` ({entry.published}); found {entry.reviewed}",
            "Write the day on which someone last checked the entry.",
        )  # fmt: skip
    checked = getattr(entry, "state_checked", None)
    for name, day in (("published", entry.published), ("reviewed", entry.reviewed), ("state_checked", checked)):
        if day and day > scope.today:
            yield _at(record, (name,), "date-future", f"`{name}` must not lie in the future; found {day}", "Check the year, the month and the day.")
    period = getattr(entry, "period", None)
    if period and period.start and period.end and period.end < period.start[: len(period.end)]:
        yield _at(
            record, ("period", "end"), "date-order", f"`end` must not be before `start` ({period.start}); found {period.end}",
            "Exchange the two, or correct one.",
        )  # fmt: skip
    if entry.status == "published" and (due := review_due(record)) <= scope.today:
        yield _at(
            record, ("reviewed",), "review-overdue",
            f"{_a(entry.kind)} must be checked again every {entry.review_months} months; this one was due on {due}",
            "Check that it still holds, correct what does not, and write the day in `reviewed`.",
        )  # fmt: skip


def review_due(record: Record) -> date:
    """The day on which an entry must be checked again."""
    day, months = record.entry.reviewed, record.entry.review_months
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28)) if year <= date.max.year else date.max


def summary(record: Record, scope: Scope) -> Iterator[Problem]:
    """A summary that no card can hold is a warning."""
    length = len(record.entry.summary)
    if length > SUMMARY_CARD:
        yield _at(
            record, ("summary",), "summary-long", f"a summary should have at most {SUMMARY_CARD} characters, to fit a printed card; it has {length}",
            f"Shorten it by {length - SUMMARY_CARD}.",
        )  # fmt: skip


def retirement(record: Record, scope: Scope) -> Iterator[Problem]:
    """Only a retired entry is replaced."""
    if record.entry.replaced_by and record.entry.status != "retired":
        yield _at(
            record, ("replaced_by",), "retired-replacement", "`replaced_by` must stand only in a retired entry; this one is not retired",
            "Add `status: retired`, or remove `replaced_by`.",
        )  # fmt: skip


def body_sections(record: Record, scope: Scope) -> Iterator[Problem]:
    """The prescribed sections are there, in order, each with text."""
    prescribed = {section.title: section for section in record.entry.sections}
    order, body = list(prescribed), record.body
    if body.lead:
        yield _line(
            record, _first_text_line(record), "text-before-sections",
            f"the text must begin with a section heading; found '{shown(body.lead.splitlines()[0])}'",
            f"Write `## {order[0]}` above it." if order else "Remove it.",
        )  # fmt: skip
    titles = {section.title for section in body.sections}
    misspelt: set[str] = set()
    seen: dict[str, int] = {}
    last = -1
    for section in body.sections:
        if section.title not in prescribed:
            if (meant := nearest(section.title, order)) and meant not in titles:
                misspelt.add(meant)
            yield _line(
                record, section.line, "section-unknown",
                f"a section of {_a(record.kind)} must be one of {listed(order)}; found '{shown(section.title)}'",
                did_you_mean(section.title, order, "Make it a heading with three hashes inside one of them."),
            )  # fmt: skip
            continue
        if section.title in seen:
            yield _line(
                record, section.line, "section-twice", f"a section must stand once; '{section.title}' stands on line {seen[section.title]} already",
                "Join the two.",
            )  # fmt: skip
            continue
        seen[section.title] = section.line
        position = order.index(section.title)
        if position < last:
            yield _line(
                record, section.line, "section-order", f"'{section.title}' must stand above '{order[last]}'; it stands below it",
                f"The order is {listed(order)}.",
            )  # fmt: skip
        last = max(last, position)
        if not section.text.strip():
            hint = f"Write {_small(prescribed[section.title].purpose)}"
            yield _line(record, section.line, "section-empty", f"'{section.title}' must have text below it; found none", hint)
    end = record.source.body_line + record.source.body.rstrip().count("\n")
    for title, wanted in prescribed.items():
        if wanted.required and title not in seen and title not in misspelt:
            yield _line(
                record, end, "section-missing", f"the text must have a section '{title}'; it is missing",
                f"Add a line `## {title}`, and below it: {_small(wanted.purpose)}",
            )  # fmt: skip


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _first_text_line(record: Record) -> int:
    body = record.source.body
    return record.source.body_line + body[: len(body) - len(body.lstrip())].count("\n")


def text(record: Record, scope: Scope) -> Iterator[Problem]:
    """Links lead to the web or to entries; no HTML, no pictures, no second title."""
    body = record.body
    for found in body.high_headings:
        yield _high_heading(record, found)
    for found in body.tags:
        yield _found(
            record, found, "raw-html", f"the text must be free of HTML; found '{shown(found.text, 40)}'",
            "Use Markdown, or put it between backticks (`) to show it as it is.",
        )  # fmt: skip
    for found in body.images:
        yield _found(
            record, found, "image", f"the text must have no pictures; found one of '{shown(found.text)}'",
            "Describe in words what it shows, and link to its page.",
        )  # fmt: skip
    for link in body.links:
        yield from _link(record, link, scope)


def _high_heading(record: Record, found: Found) -> Problem:
    title = heading_title(found.text)
    right = f"{'##' if title in {section.title for section in record.entry.sections} else '###'} {shown(title)}"
    message = f"a heading must begin with two hashes or more; found '{shown(found.text)}'"
    if found.text.startswith("#"):
        return _found(record, found, "heading-level", message, f"Write `{right}`, or a backslash before the hash if it is no heading.")
    message += ", which the row of signs below it makes a heading"
    return _found(record, found, "heading-level", message, f"Write `{right}`, or put an empty line between the two if it is no heading.")


def _link(record: Record, link: Found, scope: Scope) -> Iterator[Problem]:
    if link.text.startswith(("https://", "http://")):
        return
    target = entry_of_link(link.text)
    if target is None:
        id = re.sub(r"(\.md|\.html)?/?(#.*)?$", "", link.text.rstrip(), count=1).rpartition("/")[2] if len(link.text) < 200 else ""
        kind, found = scope.pool.ids.get(id), f"'{shown(link.text)}'" if link.text else "nothing"
        yield _found(
            record, link, "link-unsafe",
            f"a link must begin with https:// or http://, or lead to an entry like ../topics/some-id.md; found {found}",
            f"Write ../{KINDS[kind].folder}/{id}.md." if kind else "Write the whole web address, or the way to the file of the entry.",
        )  # fmt: skip
        return
    folder, id = target
    if id not in scope.pool.ids:
        yield _found(
            record, link, "link-unknown", f"a link must lead to an entry that exists; found '{shown(link.text)}'", scope.id_meant(id)
        )  # fmt: skip
        return
    right = KINDS[scope.pool.ids[id]].folder
    if (folder or record.entry.folder) != right:
        yield _found(
            record, link, "link-unknown", f"a link must name the folder of the entry; '{id}' lies in {right}, found '{shown(link.text)}'",
            f"Write ../{right}/{id}.md.",
        )  # fmt: skip


def bundles(record: Record, scope: Scope) -> Iterator[Problem]:
    """The steps of an agenda fill the time; facets of a selection exist."""
    entry = record.entry
    if not isinstance(entry, Bundle):
        return
    total = sum(step.minutes for step in entry.agenda)
    if total != entry.duration:
        more = "more" if total > entry.duration else "fewer"
        yield _at(
            record, ("agenda",), "agenda-minutes",
            f"the steps must add up to {entry.duration} minutes; they have {total}, {abs(total - entry.duration)} {more}",
            "Change the minutes of a step, or the duration.", of_key=True,
        )  # fmt: skip
    for name, wanted in entry.selection.facets.items():
        if name not in FACETS:
            yield _at(
                record, ("selection", "facets", name), "facet-unknown", f"a facet must be one of {listed(FACETS, 20)}; found '{shown(name)}'",
                did_you_mean(name, FACETS, "Write one of these, or remove it."), of_key=True,
            )  # fmt: skip
            continue
        values = known(name, scope.pool.vocabularies, scope.pool.ids)
        for number, value in enumerate(wanted):
            if values is not None and value not in values:
                yield _at(
                    record, ("selection", "facets", name, number), "facet-unknown",
                    f"a value must be one that the facet '{name}' has; found '{shown(value)}'",
                    did_you_mean(value, values, f"There are {listed(values, 20)}." if values else "There are none yet."),
                )  # fmt: skip


Rule = Callable[[Record, Scope], Iterator[Problem]]
# Every rule with the fields that it cannot do without: it is left out for an entry in which one of them does not hold.
RULES: dict[Rule, frozenset[str]] = {
    duplicate_ids: frozenset(),
    references: frozenset(),
    sources: frozenset({"sources"}),
    dates: frozenset({"published", "reviewed", "status", "period", "state_checked"}),
    summary: frozenset({"summary"}),
    retirement: frozenset({"status", "replaced_by"}),
    body_sections: frozenset(),
    text: frozenset(),
    bundles: frozenset({"agenda", "duration", "selection"}),
}


def problems_of(record: Record, scope: Scope) -> Iterator[Problem]:
    """What all rules say of one entry."""
    for rule, needed in RULES.items():
        if not needed & record.broken:
            yield from rule(record, scope)
