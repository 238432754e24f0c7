"""The facts at a glance of an entry: who, where, when, what, how sure, how fresh.

One short function a fact; `FACTS` is their order. A fact without a value is left out, except evidence
and the review date, which every entry that can have them shows.
"""

from collections.abc import Callable, Iterator
from typing import Any

from ..catalogue import FRAME
from ..entries.base import Period
from ..entries.government import CONTEXT, Government
from ..pool import Record
from ..rules import review_due
from .lists import source_numbers
from .shapes import Fact, Link
from .site import Site

# Most kinds have few of the fields: to look where values stand is many times quicker than to ask an entry for what it has not.
Items = Callable[[Record, Site], Iterator[Link]]


def _refs(field: str) -> Items:
    def items(record: Record, site: Site) -> Iterator[Link]:
        found = vars(record.entry).get(field)
        yield from site.links((found,) if isinstance(found, str) else found or ())

    return items


def _terms(field: str, vocabulary: str) -> Items:
    def items(record: Record, site: Site) -> Iterator[Link]:
        found = vars(record.entry).get(field)
        for term in (found,) if isinstance(found, str) else found or ():
            yield site.term(vocabulary, term)

    return items


def _text(field: str) -> Items:
    def items(record: Record, site: Site) -> Iterator[Link]:
        found: Any = vars(record.entry).get(field)
        for text in (found,) if isinstance(found, str) else found or ():
            yield Link(str(text))

    return items


def _where(record: Record, site: Site) -> Iterator[Link]:
    if place := vars(record.entry).get("place"):
        yield Link(place)
    if record.kind in ("case-study", "technical-assistance", "programme"):
        yield from site.links(getattr(record.entry, "governments", ()))
    elif record.kind == "practice":
        yield from site.links(site.catalogue.governments_of(record))


def _regions(record: Record, site: Site) -> Iterator[Link]:
    if record.kind != "coalition":
        for region in site.catalogue.facet(record, "region"):
            yield site.term("regions", region)


def _period(record: Record, site: Site) -> Iterator[Link]:
    period = vars(record.entry).get("period")
    if not isinstance(period, Period):
        return
    start = site.strings.partial(period.start) if period.start else ""
    end = site.strings.partial(period.end) if period.end else ""
    if start and end and start == end:
        yield Link(start)
    elif start or end:
        name = "period.both" if start and end else "period.from" if start else "period.until"
        yield Link(site.strings(name, start=start, end=end))
    if period.note:
        yield Link(period.note.rstrip("."))


def _duration(record: Record, site: Site) -> Iterator[Link]:
    if duration := vars(record.entry).get("duration"):
        yield Link(site.strings("bundle.minutes", n=duration))


def _state(record: Record, site: Site) -> Iterator[Link]:
    entry = record.entry
    if record.kind == "case-study":
        yield site.term("case-states", getattr(entry, "state", ""))
        if note := getattr(entry, "state_note", None):
            yield Link(note.rstrip("."))
        yield Link(site.strings("facts.state_checked", day=site.strings.day(getattr(entry, "state_checked", entry.reviewed))))
    elif record.kind == "programme":
        yield site.term("programme-states", getattr(entry, "state", ""))


def _availability(record: Record, site: Site) -> Iterator[Link]:
    if availability := vars(record.entry).get("availability"):
        yield site.term("availability", availability)
        yield Link(site.strings("facts.state_checked", day=site.strings.day(record.entry.reviewed)))


def _form(record: Record, site: Site) -> Iterator[Link]:
    vocabulary = f"{record.kind}-forms"
    if form := vars(record.entry).get("form"):
        yield site.term(vocabulary, form)


def _founded(record: Record, site: Site) -> Iterator[Link]:
    if founded := vars(record.entry).get("founded"):
        yield Link(site.strings.partial(founded))


def _web(field: str) -> Items:
    def items(record: Record, site: Site) -> Iterator[Link]:
        if url := vars(record.entry).get(field):
            yield Link(url.split("//", 1)[1].removeprefix("www.").split("/")[0], url, external=True)

    return items


def _codes(record: Record, site: Site) -> Iterator[Link]:
    if codes := vars(record.entry).get("codes"):
        for code in (codes.subdivision, codes.iso3, codes.iso2):
            if code:
                yield Link(code)
                return


def _coalitions(record: Record, site: Site) -> Iterator[Link]:
    own = getattr(record.entry, "coalition", None)
    yield from site.links(id for id in record.entry.coalitions if id != own)


def _own_terms(record: Record, site: Site) -> Iterator[Link]:
    if record.kind in FRAME:
        return
    for id in site.catalogue.terms_of(record):
        own = site.catalogue.own_term(id)
        if own and own.coalition.id in (*record.entry.coalitions, getattr(record.entry, "coalition", None)):
            yield Link(f"{site.short(own.coalition)}: {own.term.label}", f"coalitions/{own.coalition.id}/#term-{own.term.id}")


def _reviewed(record: Record, site: Site) -> Iterator[Link]:
    yield Link(site.strings.day(record.entry.reviewed))
    yield Link(site.strings("facts.next_review", day=site.strings.day(review_due(record))))


FACTS: dict[str, Items] = {
    "coalition": _refs("coalition"),
    "form": _form,
    "where": _where,
    "region": _regions,
    "period": _period,
    "founded": _founded,
    "former_name": _text("former_name"),
    "duration": _duration,
    "audience": _text("audience"),
    "level": lambda record, site: (site.term("levels", level) for level in site.catalogue.facet(record, "level")),
    "economy": _terms("economy", "economies"),
    "parent": _refs("parent"),
    "unions": _refs("unions"),
    "segment": _terms("segments", "segments"),
    "instrument": _terms("instruments", "instruments"),
    "providers": _refs("providers"),
    "organisers": _refs("organisers"),
    "programme": _refs("programme"),
    "help_forms": _terms("help_forms", "help-forms"),
    "time_frames": _terms("time_frames", "time-frames"),
    "availability": _availability,
    "languages": _text("languages"),
    "cost": _text("cost"),
    "contact": _web("contact"),
    "state": _state,
    "evidence": _terms("evidence", "evidence"),
    "topics": _refs("topics"),
    "coalitions": _coalitions,
    "part_of": _refs("part_of"),
    "raised_by": _refs("raised_by"),
    "organisations": _refs("organisations"),
    "other_names": _text("other_names"),
    "codes": _codes,
    "url": _web("url"),
    "reviewed": _reviewed,
    "owner": _text("owner"),
    "own_terms": _own_terms,
}

# A fact that holds terms of a vocabulary is named as that vocabulary is, so that another field of knowledge
# has its own word for it.
_NAMED_BY = {"segment": "segments", "instrument": "instruments", "level": "levels", "region": "regions", "economy": "economies"}


def context(record: Record, site: Site) -> Iterator[Fact]:
    """What a government's peers compare themselves by, each fact with its year, its limit and its source."""
    if not isinstance(record.entry, Government):
        return
    numbers = source_numbers(record)
    for name, vocabulary in site.catalogue.vocabularies.items():
        fact = record.entry.context.get(name.removeprefix(CONTEXT)) if name.startswith(CONTEXT) else None
        if fact:
            number = numbers[fact.source]
            said = " ".join(filter(None, (f"({fact.year})" if fact.year else "", (fact.note or "").rstrip("."))))
            cited = Link(site.strings("facts.source", n=number), f"#source-{number}")
            yield Fact(name, vocabulary.label, (site.term(name, fact.value), *((Link(said),) if said else ()), cited))


def facts(record: Record, site: Site) -> tuple[Fact, ...]:
    """The facts at a glance, in order, each with its label; put together once, since pages, texts and paper have them."""
    if record.id not in site.facts:
        site.facts[record.id] = tuple(_facts(record, site))
    return site.facts[record.id]


def _facts(record: Record, site: Site) -> Iterator[Fact]:
    for name, items in FACTS.items():
        if name == "topics":
            yield from context(record, site)
        if links := tuple(items(record, site)):
            vocabulary = site.catalogue.vocabularies.get(_NAMED_BY.get(name, ""))
            yield Fact(name, vocabulary.label if vocabulary else site.strings(f"facts.{name}"), links)
