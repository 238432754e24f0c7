"""What the pages of the landscape, of the needs and of the statistics share: parts under headings, tables, and files beside them."""

from collections.abc import Iterable
from dataclasses import dataclass

from ..page import Page
from .shapes import Block, Link, Row
from .site import Site

HOME = "landscape/"
PAGES = {
    "home": HOME,
    "coalitions": f"{HOME}coalitions/",
    "bodies": f"{HOME}bodies/",
    "overlaps": f"{HOME}overlaps/",
    "gaps": f"{HOME}gaps/",
    "changes": f"{HOME}changes/",
}


@dataclass(frozen=True)
class Part:
    """A part of a page: HTML that was made from a partial, a table, or both; `file` leads to its table as CSV.

    `none` is said where there is nothing to show, `notes` are what limits what is shown.
    """

    id: str
    heading: str
    intro: str = ""
    html: str = ""
    block: Block | None = None
    none: str = ""
    notes: tuple[str, ...] = ()
    file: Link | None = None
    more: Link | None = None


def table_part(name: str, header: Iterable[str], rows: Iterable[Row], site: Site, file: str = "", more: Link | None = None) -> Part:
    """A part with a table, its words from the strings of `name` (`heading`, `intro`, `none`); `file` is the address of its CSV."""
    found = tuple(rows)
    id = name.rpartition(".")[2].replace("_", "-")
    return Part(
        id,
        site.strings(f"{name}.heading"),
        site.strings(f"{name}.intro"),
        block=Block(id, "", header=tuple(header), rows=found) if found else None,
        none="" if found else site.strings(f"{name}.none"),
        file=Link(site.strings("landscape.csv"), file) if file and found else None,
        more=more,
    )


def parts_page(url: str, title: str, intro: str, parts: Iterable[Part | None], site: Site, pages: Iterable[Link] = (), here: str = "") -> Page:
    """A page of parts; `pages` are those beside it, each with an id, and `here` is the id of this one."""
    found = tuple(part for part in parts if part)
    data = {
        "root": "../" * url.count("/"),
        "title": title,
        "summary": intro,
        "parts": found,
        "empty": "" if found else site.strings("landscape.empty"),
        "pages": tuple(pages),
        "here": here,
    }
    return Page(f"{url}index.md", title, "landscape.html", intro, data, hide=("navigation", "toc"))


def landscape_page(name: str, parts: Iterable[Part | None], site: Site) -> Page:
    """A page of the landscape, its words from the strings."""
    words = f"landscape.pages.{name}"
    pages = (Link(site.strings(f"landscape.pages.{other}.short"), address, id=other) for other, address in PAGES.items())
    return parts_page(PAGES[name], site.strings(f"{words}.title"), site.strings(f"{words}.intro"), parts, site, pages, name)
