"""What a coalition does, on its page: its commitments and how far they are, its programme by date, and the ways to it."""

from collections import Counter
from collections.abc import Iterable

from ..entries.action import Action
from ..entries.coalition import Coalition
from ..entries.organisation import Organisation
from ..pool import Record
from .calendar import calendar_url, dated, has_days, of_programme
from .shapes import Block, Event, Link, Row
from .site import Site

# A step that was promised; after its date it is said that nothing tells whether it took place.
PROMISED = "due"
# Roles whose holders can be asked.
ASKED = ("secretariat", "host", "co-host", "coordinator")


def commitments(record: Record, site: Site) -> Iterable[Block]:
    """The commitments of a coalition with their period, who joined, their steps, and what in the pool serves them."""
    catalogue = site.catalogue
    rows = []
    for action in catalogue.naming(record.id, "coalition", "action"):
        entry = action.entry
        assert isinstance(entry, Action)
        number = len(catalogue.named(entry.governments))
        joined = Link(str(number) if number else site.strings("members.none"), title=entry.governments_note or "")
        serving = len(catalogue.index("action").get(action.id, ()))
        served = (
            Link(site.strings.count("counts.entries", serving), f"explore/action/{action.id}/") if serving else Link(site.strings("work.unserved"))
        )
        rows.append(Row(((site.link(action, action.entry.title),), _when(entry, site), (joined,), _steps(entry, site), (served,))))
    header = tuple(site.strings(f"work.columns.{name}") for name in ("commitment", "when", "governments", "steps", "served"))
    yield Block("actions", site.strings("blocks.actions"), site.strings("work.intro"), header=header, rows=tuple(rows))


def _when(entry: Action, site: Site) -> tuple[Link, ...]:
    """The period of a commitment, and whether it is over."""
    start, end = (site.strings.partial(date) if date else "" for date in (entry.period.start, entry.period.end))
    words = [start if start == end else site.strings("period.both", start=start, end=end) if start and end else start or end]
    if entry.period.end and _past(entry.period.end, site):
        words.append(site.strings("work.over"))
    elif entry.period.end:
        words.append(site.strings("work.running"))
    return tuple(Link(word) for word in words if word)


def _steps(entry: Action, site: Site) -> tuple[Link, ...]:
    """How many steps are of each kind, and how many promised ones are past their date."""
    vocabulary = site.catalogue.vocabularies["milestone-kinds"]
    number = Counter(step.kind for step in entry.milestones)
    found = [Link(f"{vocabulary.label_of(kind)}: {number[kind]}") for kind in sorted(number, key=vocabulary.position)]
    late = sum(step.kind == PROMISED and _past(step.date, site) for step in entry.milestones)
    return (*found, Link(site.strings("work.late", n=late))) if late else tuple(found)


def _past(date: str, site: Site) -> bool:
    """Whether a partial date is over on the day of the build: `2023` is from 1 January 2024 on."""
    return date < site.catalogue.today.isoformat()[: len(date)]


def programme_by_date(record: Record, site: Site) -> Iterable[Block]:
    """The programme of a coalition as a timeline, with the calendar of all that has a day or a month."""
    programmes = site.catalogue.filtered({"kind": ["programme"], "coalition": [record.id]})
    found = sorted((event for programme in programmes for event in of_programme(programme)), key=lambda d: (d.start, d.owner.id, d.id))
    events = []
    for item in found:
        end = f" – {site.strings.partial(item.end)}" if item.end and item.end != item.start else ""
        state = str(getattr(item.owner.entry, "state", ""))
        label = site.strings("work.state", state=site.catalogue.vocabularies["programme-states"].label_of(state).lower())
        # The link behind it has the name of the event already.
        title = "" if item.title == item.owner.entry.title else item.title.removeprefix(f"{item.owner.entry.title}: ")
        events.append(Event(site.strings.partial(item.start) + end, title, state, label, links=(site.link(item.owner, item.owner.entry.title),)))
    yield Block(
        "programme-dates", site.strings("blocks.programme_dates"), _of_calendar(record, site), events=tuple(events), more=calendar_link(record, site)
    )


def _of_calendar(record: Record, site: Site) -> str:
    left_out = sum(not has_days(item) for item in dated(record, site))
    return site.strings("calendar.left_out", n=left_out) if left_out else site.strings("calendar.intro")


def calendar_link(record: Record, site: Site) -> Link | None:
    """The calendar of a coalition, where anything has a day or a month."""
    return Link(site.strings("calendar.link"), calendar_url(record)) if any(has_days(item) for item in dated(record, site)) else None


def contact(record: Record, site: Site) -> Iterable[Block]:
    """The ways to a coalition: its own site, and the bodies that run it with theirs; never a person's address."""
    entry = record.entry
    if not isinstance(entry, Coalition):
        return
    links = [Link(site.strings("work.own_site", of=site.short(record)), entry.url, external=True)] if entry.url else []
    for part in sorted((part for part in entry.bodies if part.role in ASKED), key=lambda part: ASKED.index(part.role)):
        for body in site.catalogue.named((part.body,)):
            role = site.catalogue.vocabularies["organisation-roles"].label_of(part.role)
            url = body.entry.url if isinstance(body.entry, Organisation | Coalition) else None
            links.append(Link(f"{role}: {site.short(body)}", site.link(body).url))
            if url:
                links.append(Link(site.strings("work.own_site", of=site.short(body)), url, external=True))
    yield Block("contact", site.strings("blocks.contact"), site.strings("work.contact"), links=tuple(links))


def elsewhere(record: Record, site: Site) -> Iterable[Block]:
    """The coalition on other pages: its board of needs, the landscape, and its list as a bare view for the site of a partner.

    The calendar stands here where there is no programme to stand under.
    """
    links = []
    calendar = calendar_link(record, site)
    if calendar and not site.catalogue.filtered({"kind": ["programme"], "coalition": [record.id]}):
        links.append(calendar)
    if any(own.coalition.id == record.id for own in site.catalogue.own_terms):
        links.append(Link(site.strings("work.needs"), f"needs/{record.id}/"))
    links.append(Link(site.strings("work.landscape"), "landscape/coalitions/"))
    if site.catalogue.index("coalition").get(record.id):
        links.append(Link(site.strings("work.embed"), f"explore/?coalition={record.id}&view=embed"))
    yield Block("elsewhere", site.strings("blocks.elsewhere"), links=tuple(links))
