"""Rules on the body: its sections, its links, and what is not allowed in it."""

import re
from collections.abc import Iterator

from ..body import CITE_KEY, Found, heading_title
from ..entries import KINDS
from ..entries.fields import is_web_address
from ..links import entry_of_link
from ..pool import Record
from ..problems import Problem, did_you_mean, listed, nearest, shown
from .scope import Scope, a_kind, at_found, at_line

# Bounds that keep the time to render a text short, whatever it holds; see tests/test_text.py.
MOST_IN_LINE = 5000
MOST_INDENT = 40
MOST_BRACKETS = 1500


# What a body may not hold: the part of `Body` it is found in, the code, what must hold, the fix.
_REFUSED = (
    (
        "notes", "citation-form", "a source must be cited with [@key]; found",
        "List the source in `sources` under a key, and write the key in place of the note.",
    ),
    (
        "tags", "raw-html", "the text must be free of HTML; found",
        "Use Markdown, or put it between backticks (`) to show it as it is.",
    ),
    (
        "images", "image", "the text must have no pictures; found one of",
        "Describe in words what it shows, and link to its page.",
    ),
)  # fmt: skip


def body_sections(record: Record, scope: Scope) -> Iterator[Problem]:
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
            yield at_line(
                record, section.line, "section-unknown",
                f"a section of {a_kind(record.kind)} must be one of {listed(order)}; found '{shown(section.title)}'",
                did_you_mean(section.title, order, "Make it a heading with three hashes inside one of them."),
            )  # fmt: skip
            continue
        if section.title in seen:
            yield at_line(
                record, section.line, "section-twice", f"a section must stand once; '{section.title}' stands on line {seen[section.title]} already",
                "Join the two.",
            )  # fmt: skip
            continue
        seen[section.title] = section.line
        position = order.index(section.title)
        if position < last:
            yield at_line(
                record, section.line, "section-order", f"'{section.title}' must stand above '{order[last]}'; it stands below it",
                f"The order is {listed(order)}.",
            )  # fmt: skip
        last = max(last, position)
        if not section.text.strip():
            hint = f"Write {_small(prescribed[section.title].purpose)}"
            yield at_line(record, section.line, "section-empty", f"'{section.title}' must have text below it; found none", hint)
    end = record.source.body_line + record.source.body.rstrip().count("\n")
    for title, wanted in prescribed.items():
        if wanted.required and title not in seen and title not in misspelt:
            yield at_line(
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
    yield from _too_much(record)
    for found in body.citations:
        if re.sub(r"@[a-z0-9-]+|[;,\s]", "", found.text) and CITE_KEY.search(found.text):
            yield at_found(
                record, found, "citation-form", f"a citation must be keys alone; found '[{shown(found.text)}]'",
                "Write [@key], or [@one; @two]; say the page in the `note` of the source.",
            )  # fmt: skip
    for found in body.high_headings:
        yield _high_heading(record, found)
    for name, code, must, hint in _REFUSED:
        for found in getattr(body, name):
            yield at_found(record, found, code, f"{must} '{shown(found.text, 40)}'", hint)
    for link in body.links:
        yield from _link(record, link, scope)


def _too_much(record: Record) -> Iterator[Problem]:
    """What would take the renderer very long; far beyond what anyone writes."""
    brackets = 0
    for number, line in enumerate(record.source.body.split("\n"), record.source.body_line):
        brackets += line.count("[")
        indent = len(line) - len(line.lstrip())
        if len(line) > MOST_IN_LINE:
            said, hint = f"a line may have {MOST_IN_LINE} characters; this one has {len(line)}", "Begin a new line after each sentence."
        elif line.strip() and indent > MOST_INDENT:
            said, hint = f"a line may be indented by {MOST_INDENT} spaces; this one has {indent}", "Nest lists less deeply."
        elif brackets > MOST_BRACKETS:
            said, hint = f"a text may have {MOST_BRACKETS} opening brackets; this one has more", "Remove what is not needed, or split the entry."
        else:
            continue
        yield at_line(record, number, "text-too-much", said, hint)
        return


def _high_heading(record: Record, found: Found) -> Problem:
    title = heading_title(found.text)
    right = f"{'##' if title in {section.title for section in record.entry.sections} else '###'} {shown(title)}"
    message = f"a heading must begin with two hashes or more; found '{shown(found.text)}'"
    if found.text.startswith("#"):
        return at_found(record, found, "heading-level", message, f"Write `{right}`, or a backslash before the hash if it is no heading.")
    message += ", which the row of signs below it makes a heading"
    return at_found(record, found, "heading-level", message, f"Write `{right}`, or put an empty line between the two if it is no heading.")


def _link(record: Record, link: Found, scope: Scope) -> Iterator[Problem]:
    if link.text.startswith(("https://", "http://")):
        if not is_web_address(link.text):
            yield at_found(
                record, link, "link-unsafe",
                "a web address must name its host in plain letters, with nothing before it, as in https://www.example.org/; "
                f"found '{shown(link.text)}'",
                "Open the page, and copy the address out of the browser's address line.",
            )  # fmt: skip
        return
    target = entry_of_link(link.text)
    if target is None:
        id = re.sub(r"(\.md|\.html)?/?(#.*)?$", "", link.text.rstrip(), count=1).rpartition("/")[2] if len(link.text) < 200 else ""
        kind, found = scope.pool.ids.get(id), f"'{shown(link.text)}'" if link.text else "nothing"
        yield at_found(
            record, link, "link-unsafe",
            f"a link must begin with https:// or http://, or lead to an entry like ../topics/some-id.md; found {found}",
            f"Write ../{KINDS[kind].folder}/{id}.md." if kind else "Write the whole web address, or the way to the file of the entry.",
        )  # fmt: skip
        return
    folder, id = target
    if id not in scope.pool.ids:
        yield at_found(
            record, link, "link-unknown", f"a link must lead to an entry that exists; found '{shown(link.text)}'", scope.id_meant(id)
        )  # fmt: skip
        return
    right = KINDS[scope.pool.ids[id]].folder
    if (folder or record.entry.folder) != right:
        yield at_found(
            record, link, "link-unknown", f"a link must name the folder of the entry; '{id}' lies in {right}, found '{shown(link.text)}'",
            f"Write ../{right}/{id}.md.",
        )  # fmt: skip
