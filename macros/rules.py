"""Rules that one field alone cannot tell: between fields, between fields and text, between entries.

Each rule is a small generator of problems; `RULES` is the list of them.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from .body import CITE_KEY, Found
from .entries import KINDS
from .entries.base import SUMMARY_CARD
from .entries.bundle import Bundle
from .entries.coalition import Coalition
from .entries.fields import CoalitionTerm, Reference, SourceKey, Term
from .facets import FACETS, known
from .links import entry_of_link
from .marks import Marked, marks
from .pool import Pool, Record
from .problems import Problem, did_you_mean, listed
from .strict_yaml import Path


@dataclass(frozen=True)
class Scope:
    """What rules may look at: the pool, the day, and where each id was claimed first."""

    pool: Pool
    today: date

    @cached_property
    def coalition_terms(self) -> dict[str, tuple[str, ...]]:
        """The term ids of each coalition."""
        return {r.id: tuple(t.id for t in r.entry.crosswalk) for r in self.pool.records if isinstance(r.entry, Coalition)}

    @cached_property
    def claims(self) -> dict[str, list[tuple[str, Record, Path]]]:
        """Who claims an id: (path of the file, record, field), ids of files before old ids."""
        found: dict[str, list[tuple[str, Record, Path]]] = {}
        for record in self.pool.records:
            found.setdefault(record.id, []).append((record.source.path, record, ()))
        for record in self.pool.records:
            for number, old in enumerate(record.entry.aliases):
                found.setdefault(old, []).append((record.source.path, record, ("aliases", number)))
        return found


def _at(record: Record, path: Path, code: str, message: str, hint: str = "", of_key: bool = False) -> Problem:
    place = record.source.place(path, of_key)
    return Problem(record.source.path, place.line, place.column, code, message, hint)


def _found(record: Record, found: Found, code: str, message: str, hint: str = "") -> Problem:
    return Problem(record.source.path, found.line, found.column, code, message, hint)


def _line(record: Record, line: int, code: str, message: str, hint: str = "") -> Problem:
    return Problem(record.source.path, line, 1, code, message, hint)


def duplicate_ids(record: Record, scope: Scope) -> Iterator[Problem]:
    """An id belongs to one file; both are named."""
    claims = scope.claims
    for id, path in [(record.id, ()), *((old, ("aliases", n)) for n, old in enumerate(record.entry.aliases))]:
        others = [name for name, _, field in claims[id] if (name, field) != (record.source.path, path)]
        if others:
            yield _at(
                record, path, "id-duplicate", f"an id must belong to one file; '{id}' also belongs to {listed(others)}",
                "Rename one of them; an id that was published is never given to another entry.",
            )  # fmt: skip


def references(record: Record, scope: Scope) -> Iterator[Problem]:
    """References lead to entries of the right kind; terms and keys exist."""
    seen: set[tuple[Path, str]] = set()
    for marked in marks(record.entry):
        match marked.mark:
            case Reference():
                yield from _reference(record, marked, scope)
            case Term():
                yield from _term(record, marked, scope)
            case SourceKey():
                yield from _source_key(record, marked)
            case CoalitionTerm():
                yield from _coalition_term(record, marked, scope)
        if marked.path and isinstance(marked.path[-1], int):
            twin = (marked.path[:-1], marked.value)
            if twin in seen:
                yield _at(
                    record, marked.path, "reference-twice", f"a list must name each once; '{marked.value}' stands twice",
                    "Remove one of the two.",
                )  # fmt: skip
            seen.add(twin)


def _a(kinds: tuple[str, ...]) -> str:
    """`an action`, `a practice or a challenge`, `an entry`."""
    return " or ".join(f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}" for kind in kinds) or "an entry"


def _reference(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    assert isinstance(marked.mark, Reference)
    kinds, ids = marked.mark.kinds, scope.pool.ids
    if marked.value == record.id:
        yield _at(record, marked.path, "reference-self", f"`{marked.field}` must lead to another entry; it names this one", "Remove it.")
    elif marked.value not in ids:
        right = [id for id, kind in ids.items() if not kinds or kind in kinds]
        yield _at(
            record, marked.path, "reference-unknown",
            f"`{marked.field}` must hold the id of {_a(kinds)}; found '{marked.value}', which no file has",
            did_you_mean(marked.value, right, "Check the file name of the entry that you mean."),
        )  # fmt: skip
    elif kinds and ids[marked.value] not in kinds:
        yield _at(
            record, marked.path, "reference-kind",
            f"`{marked.field}` must hold the id of {_a(kinds)}; '{marked.value}' is {_a((ids[marked.value],))}",
            "Use the field that is made for this kind, or `related`.",
        )  # fmt: skip


def _term(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    assert isinstance(marked.mark, Term)
    name = marked.mark.vocabulary
    vocabulary = scope.pool.vocabularies.get(name)
    if vocabulary is None:
        yield _at(
            record, marked.path, "vocabulary-missing", f"`{marked.field}` takes terms of vocabulary/{name}.yml; there is no such file",
            f"Add the file content/vocabulary/{name}.yml, or leave the field out.",
        )  # fmt: skip
    elif marked.value not in vocabulary.terms:
        terms = list(vocabulary.terms)
        yield _at(
            record, marked.path, "term-unknown", f"`{marked.field}` must be one of {listed(terms, 30)}; found '{marked.value}'",
            did_you_mean(marked.value, terms, f"Meanings stand in content/vocabulary/{name}.yml."),
        )  # fmt: skip


def _keys(keys: list[str]) -> str:
    return f"The keys are {listed(keys)}." if keys else "This entry has no sources yet; add one."


def _source_key(record: Record, marked: Marked) -> Iterator[Problem]:
    keys = list(record.entry.sources)
    if marked.value not in keys:
        yield _at(
            record, marked.path, "source-unknown", f"`{marked.field}` must be a key in `sources`; found '{marked.value}'",
            did_you_mean(marked.value, keys, _keys(keys)),
        )  # fmt: skip


def _coalition_term(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    terms = [f"{coalition}/{term}" for coalition, own in scope.coalition_terms.items() for term in own]
    coalition = marked.value.partition("/")[0]
    unread = scope.pool.ids.get(coalition) == "coalition" and coalition not in scope.coalition_terms
    if marked.value not in terms and not unread:
        yield _at(
            record, marked.path, "coalition-term-unknown", f"`{marked.field}` must hold `coalition/term`; found '{marked.value}'",
            did_you_mean(marked.value, terms, "The terms stand in the `crosswalk` of the coalition."),
        )  # fmt: skip


def sources(record: Record, scope: Scope) -> Iterator[Problem]:
    """Every citation has a source and every source is used."""
    used = {marked.value for marked in marks(record.entry) if isinstance(marked.mark, SourceKey)}
    listed_keys = list(record.entry.sources)
    for citation in record.body.citations:
        keys = CITE_KEY.findall(citation.text)
        used.update(keys)
        for key in keys or [citation.text]:
            if key not in record.entry.sources:
                yield _found(
                    record, citation, "source-unknown", f"a citation must name a key in `sources`; found '{key}'",
                    did_you_mean(key, listed_keys, _keys(listed_keys)),
                )  # fmt: skip
    for key in listed_keys:
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
            "Write the day of the last check.",
        )  # fmt: skip
    checked = getattr(entry, "state_checked", None)
    for name, day in (("published", entry.published), ("reviewed", entry.reviewed), ("state_checked", checked)):
        if day and day > scope.today:
            yield _at(record, (name,), "date-future", f"`{name}` must not lie in the future; found {day}", "Write today's date.")
    period = getattr(entry, "period", None)
    if period and period.start and period.end and period.end < period.start[: len(period.end)]:
        yield _at(
            record, ("period", "end"), "date-order", f"a period must end after it begins ({period.start}); found {period.end}",
            "Exchange the two, or mend one.",
        )  # fmt: skip
    if entry.status == "published" and (due := review_due(record)) <= scope.today:
        yield _at(
            record, ("reviewed",), "review-overdue",
            f"a {entry.kind} must be reviewed every {entry.review_months} months; this one was due on {due}",
            "Check that it still holds, mend what does not, and set `reviewed` to today.",
        )  # fmt: skip


def review_due(record: Record) -> date:
    """The day on which an entry must be checked again."""
    day, months = record.entry.reviewed, record.entry.review_months
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, 28))


def summary(record: Record, scope: Scope) -> Iterator[Problem]:
    """A summary that no card can hold is a warning."""
    length = len(record.entry.summary)
    if length > SUMMARY_CARD:
        yield _at(
            record, ("summary",), "summary-long", f"a summary should have {SUMMARY_CARD} characters to fit a card; it has {length}",
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
            record, record.source.body_line, "text-before-sections", "the text must begin with a `##` section; found text before the first",
            f"Put it under `## {order[0]}`." if order else "Remove it.",
        )  # fmt: skip
    seen: dict[str, int] = {}
    last = -1
    for section in body.sections:
        if section.title not in prescribed:
            yield _line(
                record, section.line, "section-unknown", f"the sections of a {record.kind} are {listed(order)}; found '{section.title}'",
                did_you_mean(section.title, order, "Make it a `###` heading inside one of them."),
            )  # fmt: skip
            continue
        if section.title in seen:
            yield _line(
                record, section.line, "section-twice", f"a section must stand once; '{section.title}' also stands on line {seen[section.title]}",
                "Join the two.",
            )  # fmt: skip
            continue
        seen[section.title] = section.line
        position = order.index(section.title)
        if position < last:
            yield _line(
                record, section.line, "section-order", f"'{section.title}' must come before '{order[last]}'; it comes after it",
                f"The order is {listed(order)}.",
            )  # fmt: skip
        last = max(last, position)
        if not section.text.strip():
            yield _line(
                record, section.line, "section-empty", f"'{section.title}' must have text; it is empty", prescribed[section.title].purpose
            )
    end = record.source.body_line + record.source.body.rstrip("\n").count("\n")
    for section in prescribed.values():
        if section.required and section.title not in seen:
            yield _line(
                record, end, "section-missing", f"the text must have a section '{section.title}'; it is missing",
                f"Add `## {section.title}`: {section.purpose[:1].lower()}{section.purpose[1:]}",
            )  # fmt: skip


def text(record: Record, scope: Scope) -> Iterator[Problem]:
    """Links lead to the web or to entries; no HTML, no pictures, no second title."""
    body = record.body
    for found in body.high_headings:
        yield _found(record, found, "heading-level", f"headings must begin with `##` or more; found '{found.text}' above that", "Write `## ` before it.")
    for found in body.tags:
        yield _found(
            record, found, "raw-html", f"the text must be Markdown; found '{found.text[:40]}'", "Use Markdown, or put it in backticks to show it."
        )
    for found in body.images:
        yield _found(record, found, "image", "the text must have no pictures; found one", "Describe what it shows, and link to its page.")
    for link in body.links:
        yield from _link(record, link, scope)


def _link(record: Record, link: Found, scope: Scope) -> Iterator[Problem]:
    if link.text.startswith(("https://", "http://")):
        return
    target = entry_of_link(link.text)
    if target is None:
        yield _found(
            record, link, "link-unsafe", f"a link must begin with https:// or lead to an entry like ../topics/some-id.md; found '{link.text[:60]}'",
            "Write the whole web address, or the path to the file of the entry.",
        )  # fmt: skip
        return
    folder, id = target
    if id not in scope.pool.ids:
        yield _found(
            record, link, "link-unknown", f"a link must lead to an entry that exists; found '{link.text}'",
            did_you_mean(id, scope.pool.ids, "Check the file name of the entry that you mean."),
        )  # fmt: skip
        return
    right = KINDS[scope.pool.ids[id]].folder
    if (folder or record.entry.folder) != right:
        yield _found(
            record, link, "link-unknown", f"a link must name the folder of the entry; '{id}' is in {right}, found '{link.text}'",
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
    for name in entry.selection.facets:
        if name not in FACETS:
            yield _at(
                record, ("selection", "facets", name), "facet-unknown", f"a facet must be one of {listed(FACETS, 20)}; found '{name}'",
                did_you_mean(name, FACETS), of_key=True,
            )  # fmt: skip
            continue
        values = known(name, scope.pool.vocabularies, scope.pool.ids)
        for number, value in enumerate(entry.selection.facets[name]):
            if values is not None and value not in values:
                yield _at(
                    record, ("selection", "facets", name, number), "facet-unknown", f"the facet '{name}' has no value '{value}'",
                    did_you_mean(value, values, f"There are {listed(values, 20)}."),
                )  # fmt: skip


Rule = Callable[[Record, Scope], Iterator[Problem]]
RULES: tuple[Rule, ...] = (duplicate_ids, references, sources, dates, summary, retirement, body_sections, text, bundles)


def problems_of(record: Record, scope: Scope) -> Iterator[Problem]:
    """What all rules say of one entry."""
    for rule in RULES:
        yield from rule(record, scope)
