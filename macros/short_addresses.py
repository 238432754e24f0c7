"""The permanent short address of every entry, `/e/<id>/`: what QR codes on paper carry, whatever kind the entry is of.

Each is a small page that leads on without a server's help. They are written after the engine, because ten thousand more
pages would cost it as much as the entries themselves; and after the full-text index, so that they are not in it. They
lead to pages by the way from one to the other, so they work under any path and on any engine's site.
"""

import html
import shutil
from collections.abc import Callable
from pathlib import Path

from .kept import put
from .text import link_of
from .views.site import Site

FOLDER = "e"
_PAGE = """<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<meta name="robots" content="noindex">
<title>{title}</title>{canonical}
<link rel="icon" href="../../assets/images/favicon.png">
<script src="../../assets/js/go-on.js" data-to="../../{url}"></script>
<noscript><meta http-equiv="refresh" content="0; url=../../{url}"></noscript>
</head>
<body><main><h1>{title}</h1><p>{text} <a href="../../{url}">{title}</a></p></main></body>
</html>
"""


def write_short_addresses(built: Path, site: Site, anew: bool = True, finish: Callable[[bytes], bytes] = bytes) -> None:
    """Write a page for each entry and each old id into a built site, where the entry has a page there.

    `finish` gives a page what all pages have. With `anew` false a page that stands is kept, so that a live preview is quick.
    """
    if anew:
        shutil.rmtree(built / FOLDER, ignore_errors=True)
    for record in site.catalogue.records:
        url = link_of(record)
        if not (built / url / "index.html").is_file():
            continue  # a draft, where drafts are not built
        for id in (record.id, *record.entry.aliases):
            page = built / FOLDER / id / "index.html"
            if anew or not page.is_file():
                put(page, finish(short_page(url, record.entry.title, site).encode()))


def short_page(url: str, title: str, site: Site) -> str:
    """The page of a short address that leads to `url` (relative to the root of the site)."""
    address = f"{site.settings.site_url}{url}" if site.settings.site_url != "/" else ""
    canonical = f'\n<link rel="canonical" href="{html.escape(address)}">' if address else ""
    return _PAGE.format(
        language=html.escape(site.settings.language),
        title=html.escape(title),
        canonical=canonical,
        url=html.escape(url),
        text=html.escape(site.strings("redirect.short")),
    )
