"""The pool as files for other programs: `data/` and what stands beside the pages.

One module a format; each gives paths (relative to the root of the site) with their bytes. The bytes follow from the
content alone: no clock, stable order. What the files are for stands in `views/downloads.py`, which makes the page.
"""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from ..kept import put
from ..views.site import Site
from .bibliography import bibliographies
from .feed import feeds
from .geojson import features
from .json_api import entries_json, schemas
from .listing import fill_in, sums
from .offline import ZIP, archive
from .plain_text import texts
from .sitemap import sitemap
from .skos import vocabularies_jsonld
from .social import pictures
from .spreadsheet import tables

Files = Iterator[tuple[str, bytes]]
EXPORTS: tuple[Callable[[Site], Files], ...] = (
    entries_json, schemas, tables, features, vocabularies_jsonld, bibliographies, feeds, texts, pictures,
)  # fmt: skip

__all__ = ["EXPORTS", "complete_exports", "write_exports", "write_offline", "write_sitemap"]


def write_exports(built: Path, site: Site, anew: bool = True) -> list[str]:
    """Write the downloads that follow from the content alone into a built site and give their names; with `anew` false, files that stand are kept."""
    if not anew and (built / "data" / "entries.json").is_file():
        return []
    return [_write(built, name, content) for export in EXPORTS for name, content in export(site)]


def write_sitemap(built: Path, site: Site, anew: bool = True) -> None:
    """Write what tells search engines of the pages that stand in a built site; with `anew` false, one that stands is kept."""
    if anew or not (built / "sitemap.xml").is_file():
        for name, content in sitemap(built, site):
            _write(built, name, content)


def complete_exports(built: Path, site: Site, written: Sequence[str]) -> None:
    """Write the checksums of the downloads that were `written`, and fill in the page that lists them."""
    if written:
        _write(built, "data/SHA256SUMS", sums(built, written))
    fill_in(built, site)


def write_offline(built: Path, site: Site) -> None:
    """Put the copy that needs no server beside the other downloads of a whole site, with its checksum and its size."""
    (built / ZIP).unlink(missing_ok=True)
    archive(built, built / ZIP)
    names = [path.relative_to(built).as_posix() for path in (built / "data").rglob("*") if path.name not in ("SHA256SUMS", "index.html")]
    _write(built, "data/SHA256SUMS", sums(built, (name for name in names if (built / name).is_file())))
    fill_in(built, site)


def _write(built: Path, name: str, content: bytes) -> str:
    put(built / name, content)
    return name
