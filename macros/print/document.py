"""What a printed edition says, as plain data: the only thing that the Typst templates read.

Texts are strings; the HTML of entries is well-formed XML in a string. A document has four parts: the `frame` that all
documents of a site share, the `document` itself (title, day, steps), its `entries`, and the QR `codes`. The browser puts
the same parts together from files of the site (`files.py`); so whatever can be derived from them (clock, questions by
role, links inside, dates in words) is derived in the templates, once.
"""

import io
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

import segno

from ..json_line import json_line
from ..settings import Settings
from ..views.site import Site
from .fragment import day, fragment, sections, sources
from .progress import progress_of
from .selection import Selection

EDITIONS = ("booklet", "guide", "cards")
PAPERS = {"a4": "a4", "letter": "us-letter"}
START = "09:00"
# Minutes for an entry of a selection that has no agenda.
READING_MINUTES = 15
# A longer address makes a QR code that no phone reads from paper; the address is then printed only.
LONGEST_CODE = 300


@dataclass(frozen=True)
class Occasion:
    """What a workshop says of itself over what its selection says; empty parts leave what the selection has.

    `start` is a time of day (`09:30`); `minutes` are those of the first steps, in order.
    """

    title: str = ""
    day: date | None = None
    start: str = START
    minutes: tuple[int, ...] = ()


def data_of(selection: Selection, edition: str, paper: str, site: Site, occasion: Occasion | None = None) -> dict[str, Any]:
    """The data of one document, as `main.typ` reads them."""
    said = document(selection, site, occasion or Occasion())
    shared = frame(site)
    return {
        "edition": edition,
        "paper": PAPERS[paper],
        "frame": shared,
        "document": said,
        "entries": [fragment(record, site) for record in selection.records],
        "codes": codes(said, [record.id for record in selection.records], site.settings),
    }


def frame(site: Site) -> dict[str, Any]:
    """What all documents of a site share: language, names, licence, and the words of the templates."""
    settings, strings = site.settings, site.strings
    methods = site.catalogue.vocabularies.get("methods")
    terms = {id: term.label for id, term in methods.terms.items()} if methods else {}
    return {
        "lang": settings.language,
        "author": settings.citation_author or settings.site_name,
        "site": _address(settings),
        "site-name": settings.site_name,
        "licence": settings.licence_name,
        "licence-url": settings.licence_url,
        "cite": strings("print.cite"),
        "date": strings("date.day"),
        "months": strings.get("date.months"),
        "methods": terms,
        "reading": {"minutes": READING_MINUTES, "method": next(iter(terms), ""), "text": strings("print.reading_step")},
        "words": {key.replace("_", "-"): word for key, word in strings.get("print.words").items()},
    }


def document(selection: Selection, site: Site, occasion: Occasion) -> dict[str, Any]:
    """The title page, the day and the steps of a selection, as the occasion has them."""
    bundle, source = selection.bundle, selection.source
    coalition = site.catalogue.by_id.get(bundle.coalition or "") if bundle else None
    if source and source.kind == "coalition":
        coalition = source
    steps = list(_agenda(selection) if bundle else _reading(selection, site))
    for step, minutes in zip(steps, occasion.minutes, strict=False):
        step["minutes"] = minutes
    return {
        "id": source.id if source else "",
        "title": occasion.title or selection.title,
        "summary": selection.summary,
        "coalition": coalition.entry.title if coalition else "",
        "edition-name": (bundle.edition or "") if bundle else "",
        "day": occasion.day.isoformat() if occasion.day else newest(selection, site),
        "url": f"{_address(site.settings)}{selection.address}" if _address(site.settings) else "",
        "start": occasion.start,
        "audience": bundle.audience if bundle else "",
        "objectives": list(bundle.objectives) if bundle else [],
        "sections": sections(source, site) if source and bundle else [],
        "sources": sources(source, site) if source and bundle else [],
        "progress": progress_of(source, site),
        "steps": steps,
    }


def newest(selection: Selection, site: Site) -> str:
    """The day of an edition (ISO 8601): that of the newest review or change in it, so that the same content gives the same bytes.

    A page says what changed after this day, so a change that is on the paper must not be later.
    """
    return max(day(record, site) for record in (*selection.records, *([selection.source] if selection.source else [])))


def codes(said: Mapping[str, Any], ids: list[str], settings: Settings) -> dict[str, str]:
    """QR codes as SVG: of the document under the empty name, and of each entry's short address.

    The short address is permanent and free of versions; it carries the day of the paper, so that the entry's page can
    tell what has changed since.
    """
    base = _address(settings)
    wanted = {"": said["url"], **{id: f"{base}e/{id}/?d={said['day']}" for id in ids}} if base else {}
    return {id: _qr(url) for id, url in wanted.items() if 0 < len(url) <= LONGEST_CODE}


def _qr(url: str) -> str:
    drawn = io.BytesIO()
    segno.make(url, error="m", boost_error=False, micro=False).save(drawn, kind="svg", border=1, scale=4, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


def _address(settings: Settings) -> str:
    """The address of the site with a slash at its end; empty where it has none."""
    return settings.site_url if settings.site_url != "/" else ""


def _agenda(selection: Selection) -> Iterator[dict[str, Any]]:
    """The steps of a bundle; entries that are not printed with it are left out."""
    printed = {record.id for record in selection.records}
    for step in selection.bundle.agenda if selection.bundle else ():
        named = [id for id in step.entries if id in printed]
        yield {"title": step.title, "minutes": step.minutes, "method": step.method, "text": step.text, "entries": named}


def _reading(selection: Selection, site: Site) -> Iterator[dict[str, Any]]:
    """A plain agenda for entries without a bundle: one step each."""
    reading = frame(site)["reading"]
    for record in selection.records:
        yield {"title": record.entry.title, **reading, "entries": [record.id]}


def as_json(data: Mapping[str, Any]) -> str:
    """Data in the one form in which they are compiled, hashed and served."""
    return json_line(data)
