"""Where a gap leads: the form for a new entry, or the one that corrects an entry that stands, with what is known filled in."""

from collections.abc import Sequence
from urllib.parse import urlencode

from ..pool import Record
from .shapes import Link
from .site import Site

FORM = "contribute/"
CORRECTION = "contribute/correct/"
# What an address names must leave room for what a reader adds.
MOST_NAMES = 12


def form_link(site: Site, text: str, **query: str) -> Link:
    """A way into the form for a new entry, with what is known of it filled in; nothing where a project has no such page."""
    return Link(text, f"{FORM}?{urlencode(query)}") if site.has_page("contribute/index.md") else Link("")


def correction_form(record: Record, text: str, site: Site, what: str = "", about: str = "wrong") -> Link | None:
    """The form that corrects an entry, with what is missing in it; `about` is empty where the reader must say whether it still holds."""
    if not site.has_page(f"{CORRECTION.rstrip('/')}.md"):
        return None
    asked = {"entry": record.id, "about": about, "what": what}
    return Link(text, f"{CORRECTION}?{urlencode({name: value for name, value in asked.items() if value})}")


def correction(record: Record, text: str, site: Site, what: str = "", about: str = "wrong") -> Link:
    """The same form; where a project has no page for it, the entry's file in the repository, or its own page without one."""
    settings = site.settings
    if form := correction_form(record, text, site, what, about):
        return form
    if not settings.repo_url:
        return Link(text, site.link(record).url)
    return Link(text, f"{settings.repo_url}/{settings.repo_middle}edit/{settings.branch}/{record.source.path}", external=True)


def some(names: Sequence[str], site: Site) -> str:
    """Names in a row, the first of them where there are many."""
    shown = ", ".join(names[:MOST_NAMES])
    return site.strings("landscape.gaps.and_more", names=shown, n=len(names) - MOST_NAMES) if len(names) > MOST_NAMES else shown
