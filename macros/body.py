"""The body of an entry as text: its sections, citations, links and what is not allowed in it.

Works on Markdown without rendering it, so that a check of ten thousand entries stays quick and every
complaint has a line and a column.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^(#{1,6})[ \t]+(.*?)[ \t]*#*[ \t]*$")
_CODE = re.compile(r"(`+)(?!`)(.+?)(?<!`)\1(?!`)", re.DOTALL)
_CITE = re.compile(r"\[(@[^\]\n]*)\]")
_LINK = re.compile(r"(!?)\[(?:[^\]\\]|\\.)*\]\(\s*<?([^)\s>]*)>?(?:\s+(?:\"[^\"]*\"|'[^']*'))?\s*\)")
_DEFINITION = re.compile(r"^ {0,3}\[[^\]@^]+\]:\s*<?(\S+?)>?(?:\s|$)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]*:[^\s<>]*)>")
_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]*(?=[\s/>])|!--|!\[|\?)[^<>]*>?")
CITE_KEY = re.compile(r"@([a-z0-9-]+)")


@dataclass(frozen=True)
class BodySection:
    """A `## heading` and the Markdown under it; `line` is that of the heading in the file."""

    title: str
    line: int
    text: str


@dataclass(frozen=True)
class Found:
    """Something in the text, with its place in the file."""

    text: str
    line: int
    column: int


@dataclass(frozen=True)
class Body:
    """The text of an entry taken apart; lines count from the top of the file."""

    lead: str
    sections: tuple[BodySection, ...]
    citations: tuple[Found, ...]
    links: tuple[Found, ...]
    images: tuple[Found, ...]
    tags: tuple[Found, ...]
    high_headings: tuple[Found, ...]


def parse(text: str, first_line: int) -> Body:
    """Take the Markdown of a body apart; `first_line` is the line it begins on in its file."""
    lines = text.split("\n")
    plain = _without_code(text)
    starts = [(number, match.group(2)) for number, line in enumerate(plain.split("\n")) if (match := _HEADING.match(line)) and len(match.group(1)) == 2]
    bounds = [number for number, _ in starts] + [len(lines)]
    sections = tuple(
        BodySection(_title(lines[number]), first_line + number, "\n".join(lines[number + 1 : end]).strip("\n"))
        for (number, _), end in zip(starts, bounds[1:], strict=True)
    )

    def at(offset: int, found: str) -> Found:
        return Found(found, first_line + plain.count("\n", 0, offset), offset - plain.rfind("\n", 0, offset))

    links = [(match, 2) for match in _LINK.finditer(plain) if not match.group(1)]
    links += [(match, 1) for pattern in (_DEFINITION, _AUTOLINK) for match in pattern.finditer(plain)]
    return Body(
        lead="\n".join(lines[: bounds[0]]).strip(),
        sections=sections,
        citations=tuple(at(match.start(), match.group(1)) for match in _CITE.finditer(plain)),
        links=tuple(sorted((at(m.start(), m.group(n)) for m, n in links), key=lambda found: (found.line, found.column))),
        images=tuple(at(match.start(), match.group(0)) for match in _LINK.finditer(plain) if match.group(1)),
        tags=tuple(at(m.start(), m.group(0)) for m in _TAG.finditer(plain) if not _AUTOLINK.match(m.group(0))),
        high_headings=tuple(_high_headings(plain, first_line)),
    )


def _high_headings(plain: str, first_line: int) -> Iterator[Found]:
    lines = plain.split("\n")
    for number, line in enumerate(lines):
        match = _HEADING.match(line)
        if match and len(match.group(1)) == 1:
            yield Found(match.group(2), first_line + number, 1)
        elif number and re.fullmatch(r" {0,3}(=+|-{3,})\s*", line) and lines[number - 1].strip() and not _HEADING.match(lines[number - 1]):
            if not lines[number - 1].lstrip().startswith(("|", "-", "*", "+", ">")):
                yield Found(lines[number - 1].strip(), first_line + number - 1, 1)


def _title(line: str) -> str:
    match = _HEADING.match(line)
    return match.group(2) if match else line.strip("# \t")


def _without_code(text: str) -> str:
    """The text with code blanked out, so that offsets, lines and columns stay as they were."""
    lines, fence = [], ""
    for line in text.split("\n"):
        match = _FENCE.match(line)
        if fence:
            if match and match.group(1).startswith(fence) and not line.strip("`~ \t"):
                fence = ""
            lines.append(" " * len(line))
        elif match and not (match.group(1)[0] == "`" and "`" in line.lstrip()[len(match.group(1)) :]):
            fence = match.group(1)
            lines.append(" " * len(line))
        else:
            lines.append(line)
    return _CODE.sub(lambda match: re.sub(r"[^\n]", " ", match.group(0)), "\n".join(lines))
