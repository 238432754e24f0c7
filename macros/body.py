"""The body of an entry as text: its sections, citations, links and what is not allowed in it.

Works on Markdown without rendering it, so that a check of ten thousand entries stays quick and every
complaint has a line and a column. The text comes from strangers, so no pattern here may take time that
grows with the square of its length: what could run on is bounded or excludes its own beginning.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

# The renderer takes for code only what stands between two rows of the same signs, at the beginning of their lines.
_FENCE = re.compile(r"(`{3,}|~{3,})[ \t]*\.?[\w#.+-]*[ \t]*$")
_FENCE_END = re.compile(r"(`{3,}|~{3,})[ \t]*$")
# The renderer makes a heading of hashes without a space behind them too.
_HEADING = re.compile(r"(#{1,6})(.*)")
# A line that no paragraph goes on with: one of a heading, a table, a quotation, a list, or a row of signs.
_BLOCK_START = re.compile(r"\s*+(?:#|>|[-*+]\s|\d+[.)]\s|[-=*_ ]+$|$)|[^|]*+\|")
_TICKS = re.compile(r"`+")
# Footnotes, and keys with words before them: what people write who know other ways to cite.
_NOTE = re.compile(r"\[\^[^\[\]\n]+\]|\[[^\[\]\n@]+@[a-z0-9][a-z0-9-]*\](?![(\[])")
_CITE = re.compile(r"\[(@[^\[\]\n]*)\]")
_BRACKET = re.compile(r"\\.|!?\[|\]", re.DOTALL)
_TARGET = re.compile(r"\(([^()]{0,2000}(?:\([^()]{0,200}\)[^()]{0,2000}){0,3})\)")
# The address of a link that stands elsewhere, also inside a quotation or a list.
_DEFINITION = re.compile(r"^[ \t>*+\d.)-]{0,40}\[(?![@^])[^\[\]]{1,5000}\]:\s{0,9}<?([^\s>]+)", re.MULTILINE)
_AUTOLINK = re.compile(r"<([a-zA-Z][a-zA-Z0-9+.-]{0,30}:[^\s<>]*)>")
_TAG = re.compile(r"<(?:/?[a-zA-Z][a-zA-Z0-9-]{0,60}(?::[a-zA-Z][\w-]{0,60})?(?=[\s/>])|!--|!\[|![a-zA-Z]|\?)[^<>]*>?")
# A picture whose address stands elsewhere; inline ones are found with the links.
_PICTURE = re.compile(r"!\[[^\[\]\n]{0,5000}\] ?\[[^\[\]\n]{0,5000}\]")
# So much of an address is looked at where its brackets are not those of a plain one.
_ODD_TARGET = 2100
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
    notes: tuple[Found, ...]


def parse(text: str, first_line: int) -> Body:
    """Take the Markdown of a body apart; `first_line` is the line it begins on in its file."""
    lines = text.split("\n")
    plain_lines = _without_code(lines) if "`" in text or "~~~" in text else lines
    plain = "\n".join(plain_lines) if plain_lines is not lines else text
    begins = list(accumulate((len(line) + 1 for line in plain_lines), initial=0))

    def matches(pattern: re.Pattern[str], *signs: str) -> Iterator[re.Match[str]]:
        """What a pattern finds; a text without the signs that it must have need not be looked through."""
        return pattern.finditer(plain) if all(sign in plain for sign in signs) else iter(())

    def at(offset: int, found: str) -> Found:
        number = bisect_right(begins, offset) - 1
        return Found(found, first_line + number, offset - begins[number] + 1)

    links: list[Found] = []
    images: list[Found] = []
    for offset, is_image, target in _links(plain) if "](" in plain else ():
        (images if is_image else links).append(at(offset, target))
    images += [at(match.start(), match.group(0)) for match in matches(_PICTURE, "![")]
    links += [at(match.start(), match.group(1)) for match in (*matches(_DEFINITION, "]:"), *matches(_AUTOLINK, "<", ":"))]
    lead, sections = _sections(lines, plain_lines, first_line)
    return Body(
        lead=lead,
        sections=sections,
        citations=tuple(at(match.start(), match.group(1)) for match in matches(_CITE, "[@")),
        links=tuple(sorted(links, key=lambda found: (found.line, found.column))),
        images=tuple(sorted(images, key=lambda found: (found.line, found.column))),
        tags=tuple(at(match.start(), match.group(0)) for match in matches(_TAG, "<")),
        high_headings=tuple(_high_headings(plain_lines, first_line)),
        notes=tuple(at(match.start(), match.group(0)) for match in matches(_NOTE, "[")),
    )


def _sections(lines: list[str], plain_lines: list[str], first_line: int) -> tuple[str, tuple[BodySection, ...]]:
    """The text before the first section, and the sections."""
    starts = [number for number, line in enumerate(plain_lines) if line.startswith("##") and not line.startswith("###")]
    bounds = [*starts, len(lines)]
    sections = (
        BodySection(heading_title(lines[start]), first_line + start, "\n".join(lines[start + 1 : end]).strip("\n"))
        for start, end in zip(starts, bounds[1:], strict=True)
    )
    return "\n".join(lines[: bounds[0]]).strip(), tuple(sections)


def _links(plain: str) -> Iterator[tuple[int, bool, str]]:
    """Links and pictures with their target in round brackets: offset, whether it is a picture, target."""
    opened: list[tuple[int, bool]] = []
    for match in _BRACKET.finditer(plain):
        sign = match.group()
        if sign in ("[", "!["):
            opened.append((match.start(), sign == "!["))
        elif sign == "]" and opened:
            offset, is_image = opened.pop()
            if target := _TARGET.match(plain, match.end()):
                yield offset, is_image, _address(target.group(1).strip())
            elif plain.startswith("(", match.end()) and plain.find(")", match.end(), match.end() + _ODD_TARGET) > 0:
                odd = plain[match.end() + 1 : match.end() + _ODD_TARGET].split(maxsplit=1)
                yield offset, is_image, odd[0] if odd else ""


def _address(target: str) -> str:
    """The address in what stands between the round brackets, without its title."""
    if target.startswith("<"):
        return target[1:].partition(">")[0]
    title = re.search(r"\s[\"']", target)
    return target[: title.start()].rstrip() if title else target


def _high_headings(plain_lines: list[str], first_line: int) -> Iterator[Found]:
    """Lines that are headings of the first level, or of any because of a row of dashes or equals signs below them."""
    for number, line in enumerate(plain_lines):
        if line.startswith("#"):
            if not line.startswith("##"):
                yield Found(line.rstrip(), first_line + number, 1)
        elif number and line.startswith(("=", "-", " ")) and re.fullmatch(r" {0,3}(=+|-+) *", line):
            above = plain_lines[number - 1].strip()
            if above and not above.startswith(("#", "|", "-", "*", "+", ">")):
                yield Found(above, first_line + number - 1, 1)


def heading_title(line: str) -> str:
    """What a heading says, without its hashes."""
    return line.lstrip("#").strip(" \t").rstrip("#").rstrip(" \t")


def _without_code(lines: list[str]) -> list[str]:
    """The lines with code blanked out, so that offsets, lines and columns stay as they were."""
    found: list[str] = []
    block: list[str] = []
    fence = ""
    last_end = {match.group(1): number for number, line in enumerate(lines) if (match := _FENCE_END.match(line))}

    def close_block() -> None:
        found.extend(_without_spans("\n".join(block)).split("\n") if block else ())
        block.clear()

    for number, line in enumerate(lines):
        match = _FENCE.match(line)
        if fence:
            if match and line.rstrip(" \t") == fence:
                fence = ""
            found.append(" " * len(line))
        elif match and last_end.get(match.group(1), 0) > number:
            close_block()
            fence = match.group(1)
            found.append(" " * len(line))
        else:
            if _BLOCK_START.match(line) or (block and (_HEADING.match(block[-1]) or "|" in block[-1])):
                close_block()
            block.append(line)
    close_block()
    return found


def _without_spans(text: str) -> str:
    """One paragraph with its code spans blanked out: from a run of backticks to the next of the same length."""
    runs = [(match.start(), match.end()) for match in _TICKS.finditer(text)]
    if len(runs) < 2:
        return text
    same: dict[int, list[int]] = {}
    for number, (start, end) in enumerate(runs):
        same.setdefault(end - start, []).append(number)
    pieces, written, number = [], 0, 0
    while number < len(runs):
        start, end = runs[number]
        twins = same[end - start]
        place = bisect_right(twins, number)
        escaped = start > 0 and text[start - 1] == "\\"
        if escaped or place == len(twins):
            number += 1
            continue
        after = runs[twins[place]][1]
        pieces += [text[written:start], "\n".join(" " * len(line) for line in text[start:after].split("\n"))]
        written, number = after, twins[place] + 1
    return "".join(pieces) + text[written:]
