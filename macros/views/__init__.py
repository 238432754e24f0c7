"""Views turn the catalogue into pages; `pages` is all of them."""

from collections.abc import Iterator

from ..page import Page
from .entry import entry_pages
from .listing import index_pages
from .site import Site
from .vocabularies import vocabulary_page

__all__ = ["Site", "pages"]


def pages(site: Site) -> Iterator[Page]:
    """Every generated page of a site."""
    yield from entry_pages(site)
    yield from index_pages(site)
    yield from vocabulary_page(site)
