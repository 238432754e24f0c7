"""Dated events and steps as a calendar (iCalendar, RFC 5545), one for each coalition and one for the whole programme.

What has a day is an event of that day; what has a month is an event of the whole month whose title says so; what has only a
year is left out, for a bar over a whole year hides the rest, and the page says how many were. Events block no time. The uid
of an event follows from the entry, so that a calendar that is read again changes events instead of doubling them, and the
stamp is the day of the entry's review: the same content gives the same bytes.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from ..entries.programme import Programme
from ..links import anchor
from ..page import File
from ..pool import Record
from ..text import link_of
from .site import Site
from .timeline import steps_of

if TYPE_CHECKING:
    from icalendar import Event

ALL = "programme/calendar.ics"


@dataclass(frozen=True)
class Dated:
    """Something with a date: `start` and `end` are partial dates (`2024`, `2024-08`, `2024-08-21`), `id` is unique in its owner."""

    owner: Record
    id: str
    title: str
    start: str
    end: str = ""
    mark: str = ""


def calendar_files(site: Site) -> Iterator[File]:
    """The calendar of every coalition that has something with a day or a month, and that of the whole programme."""
    for record in site.catalogue.listed("coalition"):
        if any(has_days(found) for found in dated(record, site)):
            yield File(calendar_url(record), calendar(dated(record, site), site.strings("calendar.name", of=site.short(record)), site))
    events = tuple(found for record in site.catalogue.listed("programme") for found in of_programme(record))
    if any(has_days(found) for found in events):
        yield File(ALL, calendar(events, site.strings("calendar.name", of=site.settings.site_name), site))


def calendar_url(coalition: Record) -> str:
    """The address of a coalition's calendar."""
    return f"{link_of(coalition)}calendar.ics"


def dated(coalition: Record, site: Site) -> tuple[Dated, ...]:
    """The programme of a coalition and the steps of it and of its commitments, oldest first."""
    catalogue = site.catalogue
    programmes = catalogue.filtered({"kind": ["programme"], "coalition": [coalition.id]})
    found = [event for record in programmes for event in of_programme(record)]
    found += steps([coalition, *catalogue.naming(coalition.id, "coalition", "action")], site)
    return tuple(sorted(found, key=lambda d: (d.start, d.owner.id, d.id)))


def of_programme(record: Record) -> Iterator[Dated]:
    """The period of a programme event, and its dated items; an item of the same date and entry as the period says more than it."""
    entry = record.entry
    if not isinstance(entry, Programme):
        return
    items = [item for item in entry.items if item.date]
    if (entry.period.start or entry.period.end) and not any(item.date == entry.period.start for item in items):
        yield Dated(record, "period", entry.title, entry.period.start or entry.period.end or "", entry.period.end or "")
    seen: dict[str, int] = {}
    for item in items:
        slug = anchor(item.title) or "item"
        seen[slug] = seen.get(slug, 0) + 1
        id = slug if seen[slug] == 1 else f"{slug}-{seen[slug]}"
        yield Dated(record, id, f"{entry.title}: {item.title}", item.date or "")


def steps(owners: Iterable[Record], site: Site) -> list[Dated]:
    """The dated steps of coalitions and commitments."""
    vocabulary = site.catalogue.vocabularies["milestone-kinds"]
    found: list[Dated] = []
    number: dict[tuple[str, str], int] = {}
    for step, owner in steps_of(owners):
        key = (owner.id, step.date)
        number[key] = number.get(key, 0) + 1
        found.append(
            Dated(owner, f"step-{step.date}-{number[key]}", f"{site.short(owner)}: {step.text}", step.date, mark=vocabulary.label_of(step.kind))
        )
    return found


def has_days(found: Dated) -> bool:
    """Whether a date is exact enough for a calendar: a day or a month."""
    return len(found.start) > 4


def calendar(found: Iterable[Dated], name: str, site: Site) -> bytes:
    """A calendar of what has a day or a month, in the order given."""
    from icalendar import Calendar  # takes a while, and a check makes no calendar

    made = Calendar()
    made.add("prodid", f"-//{site.settings.site_name}//{site.settings.language.upper()}")
    made.add("version", "2.0")
    made.add("x-wr-calname", name)
    for item in found:
        if has_days(item):
            made.add_component(_event(item, site))
    return bytes(made.to_ical())


def _event(item: Dated, site: Site) -> "Event":
    from icalendar import Event

    first, _ = _days(item.start)
    _, last = _days(item.end if len(item.end) > 4 else item.start)
    title = f"{item.title.rstrip('.')} ({item.mark})" if item.mark else item.title
    if len(item.start) == 7:
        title = site.strings("calendar.month", title=title)
    event = Event()
    event.add("uid", f"{item.owner.id}.{item.id}@{urlsplit(site.settings.site_url).hostname or 'localhost'}")
    event.add("dtstamp", datetime.combine(item.owner.entry.reviewed, time(), UTC))
    event.add("dtstart", first)
    event.add("dtend", last + timedelta(days=1))
    event.add("summary", title)
    event.add("description", item.owner.entry.summary)
    event.add("url", site.settings.site_url + link_of(item.owner))
    event.add("transp", "TRANSPARENT")
    return event


def _days(text: str) -> tuple[date, date]:
    """The first and the last day of a day or of a month."""
    if len(text) == 10:
        day = date.fromisoformat(text)
        return day, day
    first = date.fromisoformat(f"{text}-01")
    return first, (first + timedelta(days=31)).replace(day=1) - timedelta(days=1)
