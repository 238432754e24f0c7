"""What a printed edition says, as plain data: the only thing that the Typst templates read.

Texts are strings; the HTML of entries is well-formed XML in a string. The same data are compiled by the build, the
command line and the browser.
"""

import io
import re
from collections.abc import Iterator
from datetime import date
from typing import Any
from xml.etree import ElementTree

import segno

from ..pool import Record
from ..reading import prose
from ..text import link_of
from ..views.entry import figures, source_lines
from ..views.facts import facts
from ..views.shapes import Fact
from ..views.site import Site
from .selection import Selection

EDITIONS = ("booklet", "guide", "cards")
PAPERS = {"a4": "a4", "letter": "us-letter"}
# Facts that paper leaves out: they stand elsewhere on it, or mean nothing there.
_LEFT_OUT = ("own_terms", "owner", "codes", "other_names", "contact", "url")
# What the back of a card holds, in order: the first section of each group that the entry has.
CARD_SECTIONS = 3
CARD_WORDS = 65
_QUESTION = re.compile(r"^\s*[-*]\s+\*\*(?P<role>[^*:]+):\*\*\s*(?P<text>.+)$", re.MULTILINE)
_VOID = re.compile(r"<(br|hr)>")


def document(selection: Selection, edition: str, paper: str, site: Site, day: date, start: str = "09:00") -> dict[str, Any]:
    """The data of one document; `start` is the time at which the workshop begins."""
    settings, strings, bundle = site.settings, site.strings, selection.bundle
    coalition = site.catalogue.by_id.get(bundle.coalition or "") if bundle else None
    if selection.source and selection.source.kind == "coalition":
        coalition = selection.source
    url = _url(link_of(selection.source) if selection.source else f"explore/?{selection.query}", site)
    data: dict[str, Any] = {
        "edition": edition,
        "paper": PAPERS[paper],
        "lang": settings.language,
        "id": selection.id,
        "title": selection.title,
        "summary": selection.summary,
        "author": settings.citation_author or settings.site_name,
        "keywords": sorted({topic for record in selection.records for topic in record.entry.topics}),
        "coalition": coalition.entry.title if coalition else "",
        "edition-name": (bundle.edition or "") if bundle else "",
        "date": strings.day(day),
        "site": settings.site_url if settings.site_url != "/" else "",
        "site-name": settings.site_name,
        "url": url,
        "qr": _qr(url),
        "licence": settings.licence_name,
        "licence-url": settings.licence_url,
        "cite": strings(
            "print.cite",
            author=settings.citation_author or settings.site_name,
            year=day.year,
            title=selection.title,
            site=settings.site_name,
            url=url,
        ).strip(),
        "words": {key.replace("_", "-"): word for key, word in strings.get("print.words").items()},
        "entries": [_entry(record, site, day) for record in selection.records],
        "inside": {link_of(record): record.id for record in selection.records},
    }
    if edition == "guide":
        data |= _guide(selection, site, start)
    return data


def newest(selection: Selection) -> date:
    """The day of an edition: that on which the newest of its entries was reviewed, so that the same content gives the same bytes."""
    found = [record.entry.reviewed for record in selection.records]
    return max([*found, *([selection.source.entry.reviewed] if selection.source else [])])


def _url(path: str, site: Site) -> str:
    return f"{site.settings.site_url}{path}" if site.settings.site_url != "/" else ""


def _qr(url: str) -> str:
    """A QR code as SVG; empty where the site has no address."""
    if not url:
        return ""
    drawn = io.BytesIO()
    segno.make(url, error="m", boost_error=False).save(drawn, kind="svg", border=1, scale=4, xmldecl=False, nl=False)
    return drawn.getvalue().decode()


def _entry(record: Record, site: Site, day: date) -> dict[str, Any]:
    # The short address is permanent and free of versions; it carries the day of the paper, so that the page can tell what changed.
    url = f"{_url(f'e/{record.id}/', site)}?d={day.isoformat()}" if site.settings.site_url != "/" else ""
    sections = [{"title": s.title, "html": well_formed(s.html)} for s in site.texts.sections(record)]
    return {
        "id": record.id,
        "kind": site.strings(f"kinds.{record.kind}.one"),
        "title": record.entry.title,
        "summary": record.entry.summary,
        "place": site.place(record),
        "evidence": next((item.text for fact in facts(record, site) if fact.name == "evidence" for item in fact.items), ""),
        "facts": [{"label": fact.label, "text": _text(fact)} for fact in facts(record, site) if fact.name not in _LEFT_OUT],
        "figures": [
            {"value": f.value, "claim": f.claim, "year": f.year, "kind": f.kind_label, "source": f.source, "note": f.note}
            for f in figures(record, site)
        ],
        "sections": sections,
        "sources": _sources(record, site),
        "card": list(_card(record)),
        "url": url,
        "short": f"{_url(f'e/{record.id}/', site)}".split("//", 1)[-1],
        "qr": _qr(url),
    }


def _sources(record: Record, site: Site) -> list[dict[str, Any]]:
    found = source_lines(record, site)
    return [
        {"number": s.number, "publisher": s.publisher, "title": s.title, "year": s.year, "type": s.type, "url": s.url, "note": s.note} for s in found
    ]


def _text(fact: Fact) -> str:
    return ", ".join(item.text for item in fact.items if not item.url.startswith("#"))


def well_formed(html: str) -> str:
    """Sanitised HTML as XML; raises ValueError if it is not well-formed after all."""
    found = _VOID.sub(r"<\1/>", html.replace("&nbsp;", "\u00a0"))
    try:
        ElementTree.fromstring(f"<x>{found}</x>")  # noqa: S314 - our own sanitised output
    except ElementTree.ParseError as error:
        raise ValueError(f"the text of an entry is not well-formed: {error}") from None
    return found


def _card(record: Record) -> Iterator[dict[str, str]]:
    """The sections that a kind puts on its cards, else its first ones: of each whole sentences, as many as there is room for."""
    bodies = {section.title: section.text for section in record.body.sections}
    chosen = [section.title for section in record.entry.sections if section.card and section.title in bodies]
    for title in (chosen or list(bodies))[:CARD_SECTIONS]:
        yield {"title": title, "text": beginning(bodies[title], CARD_WORDS)}


def beginning(markdown: str, words: int) -> str:
    """The first sentences of a text, at least one, together at most so many words if the first allows it."""
    sentences = [line.strip() for line in prose(markdown).split("\n") if line.strip()]
    found: list[str] = []
    for sentence in sentences:
        if found and sum(len(one.split()) for one in [*found, sentence]) > words:
            break
        found.append(sentence)
    return " ".join(found)


def questions(selection: Selection) -> list[dict[str, Any]]:
    """The questions of all entries by role, roles in the order in which they first occur."""
    groups: dict[str, list[dict[str, str]]] = {}
    for record in selection.records:
        for section in record.body.sections:
            if section.title == "Questions for discussion":
                for match in _QUESTION.finditer(section.text):
                    text = prose(match["text"]).strip()
                    groups.setdefault(match["role"].strip(), []).append({"text": text, "title": record.entry.title})
    return [{"role": role, "questions": found} for role, found in groups.items()]


def clock(start: str, minutes: int) -> str:
    """The time so many minutes after `start` (`09:00`); past midnight it goes on from 00:00."""
    hours, _, rest = start.partition(":")
    total = (int(hours) * 60 + int(rest) + minutes) % (24 * 60)
    return f"{total // 60:02}:{total % 60:02}"


def _guide(selection: Selection, site: Site, start: str) -> dict[str, Any]:
    """What only the guide has: run sheet with a running clock, objectives, what to prepare, questions by role."""
    bundle = selection.bundle
    steps, passed = [], 0
    methods = site.catalogue.vocabularies.get("methods")
    for step in bundle.agenda if bundle else ():
        named = [{"id": r.id, "title": r.entry.title} for r in site.catalogue.named(step.entries)]
        method = methods.label_of(step.method) if methods else step.method
        steps.append(
            {"begins": clock(start, passed), "title": step.title, "minutes": step.minutes, "method": method, "text": step.text, "entries": named}
        )
        passed += step.minutes
    if not bundle:
        steps, passed = list(_reading_steps(selection, site, start)), 15 * len(selection.records)
    source = selection.source
    texts = site.texts.sections(source) if source and bundle else ()
    return {
        "audience": bundle.audience if bundle else "",
        "objectives": list(bundle.objectives) if bundle else [],
        "duration": site.strings("bundle.minutes", n=passed),
        "minutes": passed,
        "steps": steps,
        "ends": clock(start, passed),
        "sections": [{"title": s.title, "html": well_formed(s.html)} for s in texts],
        "questions": questions(selection),
        "sources": _sources(source, site) if source and bundle else [],
    }


def _reading_steps(selection: Selection, site: Site, start: str) -> Iterator[dict[str, Any]]:
    """A plain agenda for entries without a bundle: a quarter of an hour for each."""
    for number, record in enumerate(selection.records):
        yield {
            "begins": clock(start, 15 * number),
            "title": record.entry.title,
            "minutes": 15,
            "method": site.strings("print.reading_method"),
            "text": site.strings("print.reading_step"),
            "entries": [{"id": record.id, "title": record.entry.title}],
        }
