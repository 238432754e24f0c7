"""Views turn the catalogue into pages; `pages` is all of them."""

from collections.abc import Iterator

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


def page_names(site: Site) -> set[str]:
    """The files that `pages` makes, without making them."""
    entries = (f"{link_of(record)}index.md" for record in site.catalogue.records)
    own = {"vocabulary/index.md", "data/index.md", "workshop/index.md", "about/statistics/index.md", *progress_names(site), *map_names(site)}
    derived = {*landscape_names(), *needs_names(site)}
    return {*entries, *index_names(site), *explore_names(site), *own, *derived, *redirect_names(site)}
