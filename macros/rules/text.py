"""Rules on the body: its sections, its links, and what is not allowed in it."""

import re
from collections.abc import Iterator

from ..body import CITE_KEY, Found, heading_title
from ..entries import KINDS
from ..entries.fields import is_web_address
from ..links import entry_of_link
from ..pool import Record
from ..problems import Problem, did_you_mean, listed, nearest, shown
from ..wording import say
from .scope import Ground, Scope, a_kind, at_found, at_line

# Bounds that keep the time to render a text short, whatever it holds; see tests/test_text.py.
MOST_IN_LINE = 5000
MOST_INDENT = 40
MOST_BRACKETS = 1500


# What a body may not hold: the part of `Body` it is found in, the code, and the message.
_REFUSED = (
    ("notes", "citation-form", "citation-form.note"),
    ("tags", "raw-html", "raw-html"),
    ("images", "image", "image"),
)


def body_sections(record: Record, ground: Ground) -> Iterator[Problem]:
    """The prescribed sections are there, in order, each with text."""
    prescribed = {section.title: section for section in record.entry.sections}
    order, body = list(prescribed), record.body
    if body.lead:
        yield at_line(
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
            must, hint = say("section-unknown", kind=a_kind(record.kind), titles=listed(order), found=shown(section.title))
            yield at_line(record, section.line, "section-unknown", must, did_you_mean(section.title, order, hint))
            continue
        if section.title in seen:
            yield at_line(record, section.line, "section-twice", *say("section-twice", title=section.title, line=seen[section.title]))
            continue
        seen[section.title] = section.line
        position = order.index(section.title)
        if position < last:
            said = say("section-order", title=section.title, above=order[last], titles=listed(order))
            yield at_line(record, section.line, "section-order", *said)
        last = max(last, position)
        if not section.text.strip():
            said = say("section-empty", title=section.title, purpose=_small(prescribed[section.title].purpose))
            yield at_line(record, section.line, "section-empty", *said)
    end = record.source.body_line + record.source.body.rstrip().count("\n")
    for title, wanted in prescribed.items():
        if wanted.required and title not in seen and title not in misspelt:
            code = "section-later" if record.entry.status == "draft" else "section-missing"
            yield at_line(record, end, code, *say(code, title=title, purpose=_small(wanted.purpose)))


def _small(sentence: str) -> str:
    return sentence[:1].lower() + sentence[1:]


def _first_text_line(record: Record) -> int:
    body = record.source.body
    return record.source.body_line + body[: len(body) - len(body.lstrip())].count("\n")


def text(record: Record, ground: Ground) -> Iterator[Problem]:
    """Citations have their form; no HTML, no pictures, no second title."""
    body = record.body
    yield from _too_much(record)
    for found in body.citations:
        if re.sub(r"@[a-z0-9-]+|[;,\s]", "", found.text) and CITE_KEY.search(found.text):
            yield at_found(record, found, "citation-form", *say("citation-form", found=shown(found.text)))
    for found in body.high_headings:
        yield _high_heading(record, found)
    for name, code, message in _REFUSED:
        for found in getattr(body, name):
            yield at_found(record, found, code, *say(message, found=shown(found.text, 40)))


def links(record: Record, scope: Scope) -> Iterator[Problem]:
    """Links lead to the web or to entries."""
    for link in record.body.links:
        yield from _link(record, link, scope)


def _too_much(record: Record) -> Iterator[Problem]:
    """What would take the renderer very long; far beyond what anyone writes."""
    brackets = 0
    for number, line in enumerate(record.source.body.split("\n"), record.source.body_line):
        brackets += line.count("[")
        indent = len(line) - len(line.lstrip()) if line[:1].isspace() else 0
        if len(line) > MOST_IN_LINE:
            said = say("text-too-much.line", most=MOST_IN_LINE, has=len(line))
        elif line.strip() and indent > MOST_INDENT:
            said = say("text-too-much.indent", most=MOST_INDENT, has=indent)
        elif brackets > MOST_BRACKETS:
            said = say("text-too-much.brackets", most=MOST_BRACKETS)
        else:
            continue
        yield at_line(record, number, "text-too-much", *said)
        return


def _high_heading(record: Record, found: Found) -> Problem:
    title = heading_title(found.text)
    right = f"{'##' if title in {section.title for section in record.entry.sections} else '###'} {shown(title)}"
    said = say("heading-level" if found.text.startswith("#") else "heading-level.row", found=shown(found.text), right=right)
    return at_found(record, found, "heading-level", *said)


def _link(record: Record, link: Found, scope: Scope) -> Iterator[Problem]:
    if link.text.startswith(("https://", "http://")):
        if not is_web_address(link.text):
            yield at_found(record, link, "link-unsafe", *say("link-unsafe.host", found=shown(link.text)))
        return
    target = entry_of_link(link.text)
    if target is None:
        id = re.sub(r"(\.md|\.html)?/?(#.*)?$", "", link.text.rstrip(), count=1).rpartition("/")[2] if len(link.text) < 200 else ""
        kind, found = scope.pool.ids.get(id), f"'{shown(link.text)}'" if link.text else "nothing"
        said, hint = say("link-unsafe", found=found)
        yield at_found(record, link, "link-unsafe", said, f"Write ../{KINDS[kind].folder}/{id}.md." if kind else hint)
        return
    folder, id = target
    if id not in scope.pool.ids:
        yield at_found(record, link, "link-unknown", say("link-unknown", found=shown(link.text))[0], scope.id_meant(id))
        return
    right = KINDS[scope.pool.ids[id]].folder
    if (folder or record.entry.folder) != right:
        yield at_found(record, link, "link-unknown", *say("link-unknown.folder", id=id, folder=right, found=shown(link.text)))
    elif scope.entries.get(id, record.entry).status == "draft" != record.entry.status:
        yield at_found(record, link, "link-draft", *say("link-draft", id=id))
