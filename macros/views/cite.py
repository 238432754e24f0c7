"""How to cite an entry: in one line, in three styles, and as BibTeX and RIS to take along.

Names stand as people give them; no style's way to turn names round is known to hold for all of them.
"""

from urllib.parse import quote

import rispy
from pybtex.database import Entry

from ..latex import bibtex, braced, escape
from ..pool import Record
from ..text import link_of
from .shapes import Link
from .site import Site


def authors_of(record: Record, site: Site) -> tuple[str, ...]:
    """Whom to name: the contributors, or whom the site names."""
    settings = site.settings
    return tuple(person.name for person in record.entry.contributors) or (settings.citation_author or settings.site_name,)


def citation(record: Record, site: Site) -> dict[str, object]:
    """How to cite the entry, with its licence and contributors."""
    settings, entry, values = site.settings, record.entry, _values(record, site)
    styles = [{"name": name, "text": form.format(**values).strip()} for name, form in site.strings.get("data.cite_styles").items()]
    files = [
        _file("BibTeX", f"{record.id}.bib", "application/x-bibtex", as_bibtex(record, site), site),
        _file("RIS", f"{record.id}.ris", "application/x-research-info-systems", as_ris(record, site), site),
    ]
    licence = Link(settings.licence_name, settings.licence_url, external=True) if settings.licence_name else None
    people = tuple(", ".join(filter(None, (p.name, p.organisation, p.role))) for p in entry.contributors)
    return {"text": in_one_line(record, site), "styles": styles, "files": files, "licence": licence, "contributors": people}


def in_one_line(record: Record, site: Site) -> str:
    """The entry as a sentence would cite it."""
    return site.strings("cite.text", **_values(record, site)).strip()


def _values(record: Record, site: Site) -> dict[str, object]:
    """What the forms of a citation are filled with."""
    settings, day = site.settings, record.entry.reviewed
    return {
        "authors": ", ".join(authors_of(record, site)),
        "year": day.year,
        "month": site.strings.get("date.months")[day.month - 1],
        "day_number": day.day,
        "day": site.strings.day(day),
        "title": record.entry.title,
        "site": settings.site_name,
        "url": settings.address(link_of(record)) if settings.address() else "",
    }


def _file(name: str, file: str, media: str, text: str, site: Site) -> dict[str, str]:
    """A small file that travels in the page itself, since two more files for each entry would weigh more."""
    label = site.strings("data.cite_file", form=name)
    return {"name": name, "text": text, "file": file, "label": label, "url": f"data:{media};charset=utf-8,{quote(text)}"}


def as_bibtex(record: Record, site: Site) -> str:
    """The entry as BibTeX."""
    entry, day = record.entry, record.entry.reviewed
    fields = [
        ("author", " and ".join(braced(author) for author in authors_of(record, site))),
        ("title", braced(entry.title)),
        ("howpublished", escape(site.settings.site_name)),
        ("year", str(day.year)),
        ("month", str(day.month)),
        ("note", escape(site.strings("facts.reviewed") + " " + site.strings.day(day))),
        ("url", site.settings.address(link_of(record))),
    ]
    return bibtex({record.id: Entry("misc", fields)}).strip() + "\n"


def as_ris(record: Record, site: Site) -> str:
    """The entry as RIS."""
    day = record.entry.reviewed
    item = {
        "type_of_reference": "ELEC",
        "title": record.entry.title,
        "authors": list(authors_of(record, site)),
        "abstract": record.entry.summary,
        "year": str(day.year),
        "date": f"{day:%Y/%m/%d}",
        "publisher": site.settings.site_name,
        "urls": [site.settings.address(link_of(record))],
    }
    text: str = rispy.dumps([item])
    return text.removeprefix("1.\n")
