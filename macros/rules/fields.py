"""Rules between the fields of one entry: dates, summary, retirement, the agenda of a bundle."""

from calendar import monthrange
from collections.abc import Iterator
from datetime import date

from ..entries.base import SUMMARY_CARD
from ..entries.bundle import Bundle
from ..facets import FACETS, known
from ..pool import Record
from ..problems import Problem, did_you_mean, listed, shown
from ..reading import read
from ..wording import say
from .scope import Ground, Scope, a_kind, at, at_line

# The reading grade above which a text is said to be hard; see macros/reading.py.
HARDEST = 14


def dates(record: Record, ground: Ground) -> Iterator[Problem]:
    """Dates follow each other and lie in the past; an entry long unchecked is a warning."""
    entry = record.entry
    if entry.reviewed < entry.published:
        yield at(
            record, ("reviewed",), "date-order", f"`reviewed` must not be before `published` ({entry.published}); found {entry.reviewed}",
            "Write the day on which someone last checked the entry.",
        )  # fmt: skip
    checked = vars(entry).get("state_checked")
    for name, day in (("published", entry.published), ("reviewed", entry.reviewed), ("state_checked", checked)):
        if day and day > ground.today:
            yield at(record, (name,), "date-future", *say("date-future", name=name, found=day))
    period = vars(entry).get("period")
    if period and period.start and period.end and period.end < period.start[: len(period.end)]:
        yield at(record, ("period", "end"), "date-order", *say("date-order", start=period.start, end=period.end))
    if entry.status == "published" and (due := review_due(record)) <= ground.today:
        yield at(
            record, ("reviewed",), "review-overdue",
            f"{a_kind(entry.kind)} must be checked again every {entry.review_months} months; this one was due on {due}",
            "Check that it still holds, correct what does not, and write the day in `reviewed`.",
        )  # fmt: skip


def review_due(record: Record) -> date:
    """The day on which an entry must be checked again."""
    day, months = record.entry.reviewed, record.entry.review_months
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > date.max.year:
        return date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def summary(record: Record, ground: Ground) -> Iterator[Problem]:
    """A summary that no card can hold is a warning."""
    length = len(record.entry.summary)
    if length > SUMMARY_CARD:
        yield at(record, ("summary",), "summary-long", *say("summary-long", most=SUMMARY_CARD, has=length, over=length - SUMMARY_CARD))


def reading(record: Record, ground: Ground) -> Iterator[Problem]:
    """A text that only specialists can read is a warning."""
    found = read("\n\n".join(section.text for section in record.body.sections))
    if found.grade is not None and found.grade > HARDEST:
        said = say("text-hard", hardest=HARDEST, grade=f"{found.grade:.1f}", words=f"{found.words_in_sentence:.0f}")
        yield at_line(record, record.body.sections[0].line, "text-hard", *said)


def retirement(record: Record, ground: Ground) -> Iterator[Problem]:
    """Only a retired entry is replaced."""
    if record.entry.replaced_by and record.entry.status != "retired":
        yield at(
            record, ("replaced_by",), "retired-replacement", "`replaced_by` must stand only in a retired entry; this one is not retired",
            "Add `status: retired`, or remove `replaced_by`.",
        )  # fmt: skip


def agenda(record: Record, ground: Ground) -> Iterator[Problem]:
    """The steps of an agenda fill the time; a selection names something."""
    entry = record.entry
    if not isinstance(entry, Bundle):
        return
    total = sum(step.minutes for step in entry.agenda)
    if total != entry.duration:
        more = "more" if total > entry.duration else "fewer"
        yield at(
            record, ("agenda",), "agenda-minutes",
            f"the steps must add up to {entry.duration} minutes; they have {total}, {abs(total - entry.duration)} {more}",
            "Change the minutes of a step, or the duration.", of_key=True,
        )  # fmt: skip
    if not entry.selection.entries and not any(entry.selection.facets.values()):
        yield at(
            record, ("selection",), "field-empty", "`selection` must name entries or facets; it names none",
            "List ids under `entries`, or values under `facets`.", of_key=True,
        )  # fmt: skip


def selection(record: Record, scope: Scope) -> Iterator[Problem]:
    """Facets of a selection exist, and their values do."""
    entry = record.entry
    for name, wanted in entry.selection.facets.items() if isinstance(entry, Bundle) else ():
        if name not in FACETS:
            yield at(
                record, ("selection", "facets", name), "facet-unknown", f"a facet must be one of {listed(FACETS, 20)}; found '{shown(name)}'",
                did_you_mean(name, FACETS, "Write one of these, or remove it."), of_key=True,
            )  # fmt: skip
            continue
        values = known(name, scope.pool.vocabularies, scope.pool.ids, scope.coalition_terms)
        for number, value in enumerate(wanted):
            if value not in values:
                yield at(
                    record, ("selection", "facets", name, number), "facet-unknown",
                    f"a value must be one that the facet '{name}' has; found '{shown(value)}'",
                    did_you_mean(value, values, f"There are {listed(values, 20)}." if values else "There are none yet."),
                )  # fmt: skip


def twins(record: Record, scope: Scope) -> Iterator[Problem]:
    """An entry much like another one is a warning that names it."""
    known = scope.twins.get(record.kind)
    for name, twin in known.of(record) if known and record.id in known.number else ():
        title, criterion = shown(twin.entry.title or twin.id), scope.ground.criterion("new")
        said = say("twin", kind=a_kind(record.kind), field=name, path=twin.source.path, title=title, criterion=criterion)
        yield at(record, (name,), "twin", *said)
