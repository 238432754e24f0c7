"""Views turn the catalogue into pages; `pages` is all of them."""

from collections.abc import Iterator

from ..page import Page
from ..text import link_of
from .downloads import downloads_page
from .entry import entry_pages
from .explore import explore_names, explore_pages
from .listing import index_names, index_pages
from .maps import map_names, map_pages
from .progress import progress_names, progress_pages
from .redirects import redirect_names, redirect_pages
from .site import Site
from .vocabularies import vocabulary_page

__all__ = ["Site", "page_names", "pages"]


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of a site."""
    yield from entry_pages(site)
    yield from index_pages(site)
    yield from explore_pages(site)
    yield from vocabulary_page(site)
    yield from downloads_page(site)
    yield from progress_pages(site)
    yield from map_pages(site)
    yield from redirect_pages(site)


def page_names(site: Site) -> set[str]:
    """The files that `pages` makes, without making them."""
    entries = (f"{link_of(record)}index.md" for record in site.catalogue.records)
    own = {"vocabulary/index.md", "data/index.md", *progress_names(site), *map_names(site)}
    return {*entries, *index_names(site), *explore_names(site), *own, *redirect_names(site)}
