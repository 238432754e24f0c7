"""`sitemap.xml` with the dates of the entries instead of the day of the build, and `robots.txt`.

The pages are those that the engine wrote and that may be found: a page that says `noindex` is left out. A date stands only
where one is known: the last review of an entry, the newest review of a list. Source: https://www.sitemaps.org/protocol.html.
"""

import gzip
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote
from xml.sax.saxutils import escape

from ..built import html_files
from ..entries import KINDS
from ..short_addresses import FOLDER as SHORT
from ..text import link_of
from ..views.site import Site
from .json_api import newest

MOST = 50_000
_HEAD = 6_000
_SPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def sitemap(built: Path, site: Site) -> Iterator[tuple[str, bytes]]:
    """The files; none where the site has no address."""
    settings = site.settings
    if not settings.address():
        return
    dates = _dates(site)
    lines = [
        f"<url><loc>{escape(settings.address(quote(page)))}</loc>{f'<lastmod>{dates[page]}</lastmod>' if dates.get(page) else ''}</url>\n"
        for page in sorted(pages(built))
    ]
    parts = [lines[start : start + MOST] for start in range(0, len(lines), MOST)] or [[]]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        yield from _files(name, f'<urlset xmlns="{_SPACE}">\n{"".join(part)}</urlset>\n')
    if len(parts) > 1:
        entries = "".join(f"<sitemap><loc>{escape(settings.address(name))}</loc></sitemap>\n" for name in names)
        yield from _files("sitemap.xml", f'<sitemapindex xmlns="{_SPACE}">\n{entries}</sitemapindex>\n')
    yield "robots.txt", f"User-agent: *\nAllow: /\n\nSitemap: {settings.address('sitemap.xml')}\n".encode()


def pages(built: Path) -> Iterator[str]:
    """The addresses of the pages that search engines may list, relative to the root of the site."""
    for path in html_files(built, but=[built / SHORT]):  # they say `noindex`, every one
        if path.name != "index.html":
            continue
        with path.open("rb") as file:
            head = file.read(_HEAD)
        if b'name="robots" content="noindex"' not in head:
            folder = path.parent.relative_to(built).as_posix()
            yield "" if folder == "." else f"{folder}/"


def _dates(site: Site) -> dict[str, str]:
    catalogue = site.catalogue
    found = {link_of(record): newest([record]) for record in catalogue.listed()}
    found |= {f"{model.folder}/": newest(catalogue.by_kind[kind]) for kind, model in KINDS.items()}
    return found | {name: newest(catalogue.listed()) for name in ("", "explore/", "data/")}


def _files(name: str, body: str) -> Iterator[tuple[str, bytes]]:
    content = f'<?xml version="1.0" encoding="UTF-8"?>\n{body}'.encode()
    yield name, content
    yield f"{name}.gz", gzip.compress(content, mtime=0)
