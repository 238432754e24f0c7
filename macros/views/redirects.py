"""A page at every old id that leads to the entry's address of today, without a server's help."""

from collections.abc import Iterator

from ..page import Page
from .site import Site


def redirect_pages(site: Site) -> Iterator[Page]:
    """One page an old id, in the folder of the entry that has it now."""
    for record in site.catalogue.records:
        for old in record.entry.aliases:
            data = {
                "root": "../../",
                "target": site.link(record, record.entry.title),
                "text": site.strings("redirect.text"),
                "noindex": True,
            }
            yield Page(f"{record.entry.folder}/{old}/index.md", record.entry.title, "redirect.html", data=data, hide=("navigation", "toc"))


def redirect_names(site: Site) -> Iterator[str]:
    """The files of `redirect_pages`, without making them."""
    return (f"{record.entry.folder}/{old}/index.md" for record in site.catalogue.records for old in record.entry.aliases)
