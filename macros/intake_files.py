"""The files that notes of a workshop become: drafts of entries, a text for a pull request, and the table to fill in.

Notes about an entry go into one Markdown text rather than beside the entries: they are work for its editor, not knowledge
yet, and a pull request is where that work is done and remembered. All words of strangers stand in code blocks there, so
that no mention, link or picture in them comes to life; in drafts every sign that Markdown knows is written as its number.
"""

import csv
import io
import re
import textwrap
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from .cells import safe_cell
from .entries import KINDS
from .entries.base import SUMMARY_CARD
from .entries.bundle import Bundle
from .front_matter import entry_file
from .intake import COLUMNS, DRAFTED, HELP_COLUMNS, KINDS_OF_NOTE, Note
from .new import completed, wished_id
from .pool import Record
from .text import link_of
from .views.site import Site
from .views.workshop import INTAKE, gathered

# The section of a draft that the note goes into, for each kind.
SECTIONS = {"case-study": "What was done", "challenge": "The problem"}
# What each kind of note is called on the sheets; a number is that of a question on the feedback sheet.
ASKED = {
    "same": "print.words.worksheet_same",
    "change": "print.words.worksheet_change",
    "first-step": "print.words.worksheet_first",
    "use": 0,
    "mistake": 1,
    "experience": 2,
    "need": "print.words.worksheet_need",
    "next-time": 3,
}
_SIGNS = re.compile(r"[&<>\[\]`*_\\|~#{}!]")
_LINE_START = re.compile(r"^(\s*)([-+=:]|\d+(?=[.)]))", re.MULTILINE)


def asked(kind: str, site: Site) -> str:
    """What the sheet asks for a kind of note, word for word."""
    name = ASKED[kind]
    return str(site.strings.get("print.words.feedback_questions")[name]) if isinstance(name, int) else site.strings(str(name))


def template(records: Iterable[Record], site: Site) -> str:
    """The table to type the sheets into, as CSV with a byte order mark: the rows of the worksheet for each entry, then those of no single entry."""
    header = ("id", HELP_COLUMNS[0], "kind_of_note", HELP_COLUMNS[1], *COLUMNS[2:])
    rows = [(r.id, r.entry.title, kind) for r in records for kind in KINDS_OF_NOTE if isinstance(ASKED[kind], str) and KINDS_OF_NOTE[kind]]
    rows += [("", "", kind) for kind in KINDS_OF_NOTE if not (isinstance(ASKED[kind], str) and KINDS_OF_NOTE[kind])]
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    for id, title, kind in rows:
        writer.writerow([*map(safe_cell, (id, title, kind, asked(kind, site))), *("" for _ in COLUMNS[2:])])
    return f"\ufeff{out.getvalue()}"


def write_intake_tables(built: Path, site: Site) -> None:
    """Write the table of each bundle beside its page in a built site."""
    for record in site.catalogue.records:
        page = built / link_of(record)
        if isinstance(record.entry, Bundle) and page.is_dir():
            (page / INTAKE).write_text(template(gathered(record, site.catalogue), site), "utf-8", newline="")


def is_drafted(note: Note) -> bool:
    """Whether a note becomes a draft: a need, and an experience of a government that the pool knows."""
    return note.kind == "need" or (note.kind == "experience" and bool(note.place))


def draft(note: Note, site: Site, today: date) -> tuple[str, str, str]:
    """The folder, the wished id and the text of the draft of an entry; what only its author knows is left to them."""
    kind = DRAFTED[note.kind]
    model = KINDS[kind]
    place = site.catalogue.by_id[note.place].entry if note.place else None
    words = _cut(" ".join(note.text.split()), 70)
    title = site.strings("intake.title", place=place.title, words=words) if place and kind == "case-study" else words
    about = site.catalogue.by_id[note.entry] if note.entry else None
    fields = {
        "title": _cut(title, 110),
        "summary": _cut(" ".join(note.text.split()), SUMMARY_CARD),
        "status": "draft",
        "topics": list(about.entry.topics) if about else [],
        "coalitions": list(about.entry.coalitions) if about else [],
        "governments" if kind == "case-study" else "raised_by": [note.place] if note.place else [],
        "related": [about.id] if about else [],
        "contributors": [_credit(note, site)],
    }
    meta = completed({name: value for name, value in fields.items() if value}, site.settings.citation_author, model, today)
    sections = {section.title: as_markdown(note.text) if section.title == SECTIONS[kind] else "" for section in model.sections if section.required}
    return model.folder, wished_id(title) or f"{kind}-{note.row}", entry_file(model, meta, sections)


def _credit(note: Note, site: Site) -> dict[str, str]:
    """Who is thanked: by role and organisation, and by name only if they agreed."""
    told = site.strings("intake.told")
    role = f"{note.role}, {told}" if note.name else told
    return {"name": note.name or note.role, **({"organisation": note.organisation} if note.organisation else {}), "role": role}


def pull_request(notes: Iterable[Note], site: Site) -> str:
    """The text of a pull request: every note as a task, under its entry and what it answers, in the order of the pool."""
    by_entry: dict[str, list[Note]] = {}
    for note in notes:
        by_entry.setdefault(note.entry, []).append(note)
    order = [record.id for record in site.catalogue.records if record.id in by_entry]
    text = f"# {site.strings('intake.heading')}\n\n{site.strings('intake.intro')}\n"
    for id in (*order, *([""] if "" in by_entry else [])):
        record = site.catalogue.by_id[id] if id else None
        heading = f"{_inert(record.entry.title)} (`{record.source.path}`)" if record else site.strings("intake.general")
        text += f"\n## {heading}\n"
        for kind in KINDS_OF_NOTE:
            found = [note for note in by_entry[id] if note.kind == kind]
            text += f"\n### {_inert(asked(kind, site))}\n" if found else ""
            text += "".join(_task(note, site) for note in found)
    return text


def _task(note: Note, site: Site) -> str:
    day = site.strings.partial(note.day) if note.day else ""
    credit = ", ".join(filter(None, (note.name, note.role, note.organisation, note.government, day)))
    lines = [*note.text.split("\n"), *(["", f"({credit})"] if credit else [])]
    fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", "\n".join(lines))), default=0))
    inside = "".join(f"  {line}".rstrip() + "\n" for line in lines)
    return f"\n- [ ] {site.strings('intake.row', n=note.row)}\n\n  {fence}text\n{inside}  {fence}\n"


def as_markdown(text: str) -> str:
    """Plain text as Markdown that shows just that: signs by their numbers, each line a paragraph."""
    return "\n\n".join(_paragraph(line) for line in text.split("\n") if line.strip())


def _paragraph(line: str) -> str:
    folded = "\n".join(textwrap.wrap(line, 400, break_long_words=False, break_on_hyphens=False))
    plain = _SIGNS.sub(lambda match: f"&#{ord(match.group())};", folded)
    return _LINE_START.sub(lambda match: f"{match.group(1)}&#{ord(match.group(2)[0])};{match.group(2)[1:]}", plain)


def _inert(text: str) -> str:
    """Words on one line that GitHub takes for no link, no picture and no mention."""
    return _SIGNS.sub(lambda match: f"&#{ord(match.group())};", " ".join(text.split())).replace("@", "@\u2060")


def _cut(text: str, most: int) -> str:
    """The first words of a text, as many as fit, with a sign that there is more."""
    if len(text) <= most:
        return text
    return (text[: most - 1].rpartition(" ")[0] or text[: most - 1]) + "…"
