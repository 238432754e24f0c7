"""What the page of an entry tells a reader who comes from paper: what changed, newest first, with the day."""

from dataclasses import dataclass
from urllib.parse import quote

from ..history import REVIEWED, Change
from ..pool import Record
from .site import Site

# So many changes are enough for any print that is still in use; the rest stands in the history of the file.
MOST_CHANGES = 20


@dataclass(frozen=True)
class ChangeLine:
    """A day with what changed on it, in words; `small` says that someone only checked the entry. `day` is ISO 8601."""

    day: str
    date: str
    text: str
    small: bool = False


@dataclass(frozen=True)
class Edition:
    """What is known of the past of an entry; `reviewed` (ISO 8601) stands in for it where `known` is false.

    `history` is the address of its file's history in the repository, empty where there is none.
    """

    reviewed: str
    known: bool
    changes: tuple[ChangeLine, ...] = ()
    earlier: bool = False
    history: str = ""


def edition(record: Record, site: Site) -> Edition:
    """The changes of one entry, as far as git knows them."""
    found = site.history.of(record.id)
    lines = tuple(ChangeLine(c.day, site.strings.partial(c.day), words(c, site), c.only_reviewed) for c in (found or ())[:MOST_CHANGES])
    return Edition(
        record.entry.reviewed.isoformat(),
        found is not None,
        lines,
        len(found or ()) > MOST_CHANGES,
        history_address(record, site),
    )


def history_address(record: Record, site: Site) -> str:
    """The history of an entry's file in the repository, empty where there is none."""
    settings = site.settings
    return f"{settings.repo_url}/{settings.repo_middle}commits/{settings.branch}/{quote(record.source.path)}" if settings.repo_url else ""


def words(change: Change, site: Site) -> str:
    """`Summary, key figures, “What happened”`: the fields by their names, the sections by their titles in quotes."""
    if change.only_reviewed:
        return site.strings("edition.reviewed")
    names = [site.strings.get(f"edition.fields.{name}") or name.replace("_", " ") for name in change.fields if name != REVIEWED]
    titles = [site.strings("edition.section", title=title) for title in change.sections]
    text = site.strings("edition.join").join([*names, *titles])
    return text[:1].upper() + text[1:]
