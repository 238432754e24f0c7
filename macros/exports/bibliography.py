"""All sources of the pool, each once, as BibTeX and as CSL-JSON.

Two entries that cite the same address, or the same title of the same publisher and year, cite one source. Its key is
made from publisher, year and title, so that it stays the same as long as these do.
"""

from collections.abc import Iterator
from typing import Any

from pybtex.database import Entry

from ..entries.base import Citation
from ..json_line import json_line
from ..latex import bibtex, braced, escape
from ..links import anchor
from ..views.site import Site

# What a type of source is called in CSL and in BibTeX; types that are not here are documents.
CSL_TYPES = {
    "law": "legislation", "official": "report", "report": "report", "journal": "article-journal", "dataset": "dataset", "news": "article-newspaper",
    "web": "webpage", "presentation": "speech",
}  # fmt: skip
BIBTEX_TYPES = {"official": "techreport", "report": "techreport", "journal": "article"}


def bibliographies(site: Site) -> Iterator[tuple[str, bytes]]:
    """`data/bibliography.bib` and `data/bibliography.json`."""
    found = sources(site)
    yield "data/bibliography.bib", bibtex({key: bibtex_entry(source) for key, source in found.items()}).encode()
    lines = ",\n".join(json_line(csl(key, source)) for key, source in found.items())
    yield "data/bibliography.json", f"[\n{lines}\n]\n".encode()


def sources(site: Site) -> dict[str, Citation]:
    """Every source of the published entries by its key, sorted by key."""
    seen: dict[tuple[str, ...], Citation] = {}
    for record in site.catalogue.listed():
        for source in record.entry.sources.values():
            named = (source.publisher.casefold(), source.title.casefold(), str(source.year or ""))
            seen.setdefault((source.url,) if source.url else named, source)
    found: dict[str, Citation] = {}
    for _, source in sorted(seen.items(), key=lambda item: (_key(item[1]), item[0])):
        key, number = _key(source), 2
        while key in found:
            key, number = f"{_key(source)}-{number}", number + 1
        found[key] = source
    return found


def _key(source: Citation) -> str:
    """`agency-2025-annual-outlook`: ASCII only, because older programs read nothing else in a key."""
    words = [word for text in (source.title,) for word in anchor(text).encode("ascii", "ignore").decode().split("-") if word]
    publisher = anchor(source.publisher).encode("ascii", "ignore").decode().strip("-").split("-")
    return "-".join(filter(None, ("".join(publisher[:2]), str(source.year or "nd"), *words[:4]))) or "source"


def csl(key: str, source: Citation) -> dict[str, Any]:
    """A source as an item of CSL-JSON."""
    return {
        "id": key,
        "type": CSL_TYPES.get(source.type, "document"),
        "title": source.title,
        "author": [{"literal": source.publisher}],
        "publisher": source.publisher,
        **({"issued": {"date-parts": [[source.year]]}} if source.year else {}),
        **({"URL": source.url} if source.url else {}),
        **({"note": source.note} if source.note else {}),
    }


def bibtex_entry(source: Citation) -> Entry:
    """A source as BibTeX; who published it stands as author, in braces, because it is one name."""
    kind = BIBTEX_TYPES.get(source.type, "misc")
    where = {"techreport": "institution", "article": "journal"}.get(kind, "howpublished")
    fields = [
        ("author", braced(source.publisher)),
        ("title", braced(source.title)),
        (where, escape(source.publisher)),
        ("year", str(source.year or "")),
        ("url", source.url or ""),
        ("note", escape(source.note or "")),
    ]
    return Entry(kind, [(name, value) for name, value in fields if value])
