"""All that paper says of one entry, whatever the document: its facts, texts, sources, card and questions, as plain data."""

import re
from collections.abc import Iterator
from typing import Any
from xml.etree import ElementTree

from ..pool import Record
from ..reading import prose
from ..text import link_of
from ..views.entry import figures, source_lines
from ..views.facts import facts
from ..views.shapes import Fact
from ..views.site import Site

# Facts that paper leaves out: they stand elsewhere on it, or mean nothing there.
_LEFT_OUT = ("own_terms", "owner", "codes", "other_names", "url")
# Facts of which an item may be a sentence, so that commas do not part them.
_SENTENCES = ("period", "state")
# What the back of a card holds: sections that the kind marks for cards, else its first ones.
CARD_SECTIONS = 3
CARD_WORDS = 65
_QUESTION = re.compile(r"^\s*[-*]\s+\*\*(?P<role>[^*:]+):\*\*\s*(?P<text>.+)$", re.MULTILINE)
_LINES = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*+]|\d{1,3}\.)[ \t])")
_ITEM = re.compile(r"^[ \t]*(?:[-*+]|\d{1,3}\.)[ \t]+")
_VOID = re.compile(r"<(br|hr)>")
# Two marks of sources beside each other would read as one number.
_BETWEEN = re.compile(r'(?<=</sup>)(?=<sup class="c-cite">)')
# A word too long for any line may part anywhere (U+200B). Only of signs that no script joins: others break by their own rules.
_TAG = re.compile(r"(<[^>]*>)")
_SIGN = re.compile(r"&(?:[a-zA-Z]+|#x?[0-9a-fA-F]+);|[!-~]")
LONGEST_WORD = 32
_LONG = re.compile(rf"(?:{_SIGN.pattern}){{{LONGEST_WORD},}}")
_NOT_SHOWN = ("id", "url", "day", "reviewed", "topics")


def fragment(record: Record, site: Site) -> dict[str, Any]:
    """All that paper says of one entry, whatever the document."""
    return {name: value if name in _NOT_SHOWN else parted(value) for name, value in _fragment(record, site).items()}


def parted(value: Any) -> Any:
    """Texts and lists of them with a place to part in every word that no line holds; addresses stay as they are."""
    if isinstance(value, dict):
        return {name: one if name in _NOT_SHOWN else parted(one) for name, one in value.items()}
    if isinstance(value, list):
        return [parted(one) for one in value]
    # To look for words of this length is quicker than to count their signs, and nearly all texts have none.
    if not isinstance(value, str) or len(value) < LONGEST_WORD or max(map(len, value.split()), default=0) < LONGEST_WORD or not _LONG.search(value):
        return value
    return "".join(part if n % 2 else _LONG.sub(_part, part) for n, part in enumerate(_TAG.split(value)))


def _part(word: re.Match[str]) -> str:
    return "\u200b".join(_SIGN.findall(word[0]))


def _fragment(record: Record, site: Site) -> dict[str, Any]:
    shown = facts(record, site)
    return {
        "id": record.id,
        "url": link_of(record),
        "kind": site.strings(f"kinds.{record.kind}.one"),
        "title": record.entry.title,
        "summary": record.entry.summary,
        "place": site.place(record),
        "topics": list(record.entry.topics),
        "reviewed": record.entry.reviewed.isoformat(),
        "day": day(record, site),
        "evidence": next((item.text for fact in shown if fact.name == "evidence" for item in fact.items), ""),
        "facts": [{"label": fact.label, "text": _text(fact), "url": _outside(fact)} for fact in shown if fact.name not in _LEFT_OUT],
        "figures": [
            {"value": f.value, "claim": f.claim, "year": f.year, "kind": f.kind_label, "source": f.source, "note": f.note}
            for f in figures(record, site)
        ],
        "sections": sections(record, site),
        "sources": sources(record, site),
        "card": list(_card(record)),
        "questions": list(questions(record)),
    }


def day(record: Record, site: Site) -> str:
    """The day up to which paper has the entry (ISO 8601): that of its last review, or of a later change that git knows."""
    return max(record.entry.reviewed.isoformat(), site.history.last(record.id))


def sections(record: Record, site: Site) -> list[dict[str, str]]:
    """The body of an entry as well-formed XML, section by section."""
    return [{"title": section.title, "html": well_formed(section.html)} for section in site.texts.sections(record)]


def sources(record: Record, site: Site) -> list[dict[str, Any]]:
    """The numbered list of sources."""
    found = source_lines(record, site)
    return [
        {"number": s.number, "publisher": s.publisher, "title": s.title, "year": s.year, "type": s.type, "url": s.url, "note": s.note} for s in found
    ]


def _text(fact: Fact) -> str:
    """A fact in one line, each item once."""
    items = dict.fromkeys(item.text for item in fact.items if not item.url.startswith("#"))
    return ("; " if fact.name in _SENTENCES else ", ").join(items)


def _outside(fact: Fact) -> str:
    """The address outside that a fact gives, which paper prints whole; empty where it gives none."""
    return next((item.url for item in fact.items if item.external), "")


def well_formed(html: str) -> str:
    """Sanitised HTML as XML; raises ValueError if it is not well-formed after all."""
    found = _BETWEEN.sub("<sup>,</sup>", _VOID.sub(r"<\1/>", html.replace("&nbsp;", "\u00a0")))
    try:
        ElementTree.fromstring(f"<x>{found}</x>")  # noqa: S314 - our own sanitised output
    except ElementTree.ParseError as error:
        raise ValueError(f"the text of an entry is not well-formed: {error}") from None
    return found


def _card(record: Record) -> Iterator[dict[str, Any]]:
    """The sections that a kind puts on its cards, else its first ones: the beginning of each, as lines."""
    bodies = {section.title: section.text for section in record.body.sections}
    chosen = [section.title for section in record.entry.sections if section.card and section.title in bodies]
    for title in (chosen or list(bodies))[:CARD_SECTIONS]:
        yield {"title": title, "lines": beginning(bodies[title], CARD_WORDS)}


def beginning(markdown: str, words: int) -> list[dict[str, Any]]:
    """The first paragraphs and items of a text, in whole sentences: at least one, together at most so many words if it allows it.

    Each is `{"text": ..., "item": whether it is an item of a list}`.
    """
    found: list[dict[str, Any]] = []
    left = words
    for line in _LINES.split(markdown):
        item = bool(_ITEM.match(line))
        sentences = [one.strip() for one in prose(_ITEM.sub("", line)).split("\n") if one.strip()]
        fitting: list[str] = []
        for sentence in sentences:
            if (found or fitting) and len(sentence.split()) > left:
                break
            fitting.append(sentence)
            left -= len(sentence.split())
        if fitting:
            found.append({"text": " ".join(fitting), "item": item})
        if len(fitting) < len(sentences):
            break
    return found


def questions(record: Record) -> Iterator[dict[str, str]]:
    """The questions of an entry, each with the role to ask first."""
    for section in record.body.sections:
        if section.title == "Questions for discussion":
            for match in _QUESTION.finditer(section.text):
                yield {"role": match["role"].strip(), "text": prose(match["text"]).strip()}
