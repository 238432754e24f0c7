"""A page at every old address that leads to the entry's address of today, without a server's help."""

from collections.abc import Iterator

from ..page import Page
from .site import Site


def redirect_pages(site: Site) -> Iterator[Page]:
    """One page an old address, in the folder where the entry was published."""
    for address, record in site.catalogue.old_addresses().items():
        data = {
            "root": "../../",
            "target": site.link(record, record.entry.title),
            "text": site.strings("redirect.text"),
            "noindex": True,
        }
        yield Page(f"{address}/index.md", record.entry.title, "redirect.html", data=data, hide=("navigation", "toc"))


def redirect_names(site: Site) -> Iterator[str]:
    """The files of `redirect_pages`, without making them."""
    return (f"{address}/index.md" for address in site.catalogue.old_addresses())
