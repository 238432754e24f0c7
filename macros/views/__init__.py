"""Views turn the catalogue into pages; `pages` is all of them."""

from collections.abc import Callable, Iterator, Set

from ..entries import FOLDERS
from ..page import File, Page
from ..text import link_of
from .calendar import calendar_files
from .downloads import downloads_page
from .entry import entry_page, entry_pages
from .explore import explore_names, explore_pages
from .landscape import landscape_files, landscape_names, landscape_pages
from .listing import index_names, index_pages
from .maps import map_names, map_pages
from .needs import needs_files, needs_names, needs_pages
from .progress import progress_names, progress_pages
from .redirects import redirect_names, redirect_pages
from .site import Site
from .statistics import statistics_files, statistics_page
from .vocabularies import vocabulary_page
from .workshop_page import workshop_page

__all__ = ["Site", "entry_page", "files", "other_pages", "page_names", "pages"]


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of a site."""
    yield from entry_pages(site)
    yield from other_pages(site)


def other_pages(site: Site) -> Iterator[Page]:
    """Every generated page that is not that of an entry."""
    yield from index_pages(site)
    yield from explore_pages(site)
    yield from landscape_pages(site)
    yield from needs_pages(site)
    yield from statistics_page(site)
    yield from vocabulary_page(site)
    yield from downloads_page(site)
    yield from progress_pages(site)
    yield from map_pages(site)
    yield from workshop_page(site)
    yield from redirect_pages(site)


def files(site: Site) -> Iterator[File]:
    """Every generated file that stands beside the pages: tables as CSV, calendars."""
    yield from calendar_files(site)
    yield from landscape_files(site)
    yield from needs_files(site)
    yield from statistics_files(site)


def page_names(site: Site, below: Set[str] | None = None) -> set[str]:
    """The files that `pages` makes, without making them; if folders are given, all of those below one of them, and perhaps others.

    A check asks only for those that a hand-written page may clash with: to count what stands under each facet takes a while.
    """
    asked = [names for folders, names in _NAMES.items() if below is None or not below.isdisjoint(folders)]
    return {name for names in asked for name in names(site)}


def _entry_names(site: Site) -> Iterator[str]:
    yield from (f"{link_of(record)}index.md" for record in site.catalogue.records)
    yield from index_names(site)
    yield from redirect_names(site)


def _own_names(site: Site) -> Iterator[str]:
    yield from (f"{name}/index.md" for name in ("vocabulary", "data", "workshop", "about/statistics"))


# The folders of the root in which pages stand, with the files of those pages.
_NAMES: dict[tuple[str, ...], Callable[[Site], Iterator[str]]] = {
    tuple(FOLDERS): _entry_names,
    ("explore", "compare"): explore_names,
    ("landscape",): lambda site: landscape_names(),
    ("needs",): needs_names,
    ("progress",): progress_names,
    ("map",): map_names,
    ("vocabulary", "data", "workshop", "about"): _own_names,
}
