"""Statistics for reports: coverage, growth, review and contributors, as a page, as CSV and as JSON; all of it derived."""

import json
from collections.abc import Iterator
from datetime import date

from ..entries import KINDS
from ..landscape.coverage import OF_USE, Coverage, cited, contributors, coverage, growth, owners, reviews
from ..page import File, Page, csv_file
from .facet_lists import facet_label, value_url
from .landscape_page import Part, parts_page, table_part
from .shapes import Link, Row
from .site import Site

HOME = "about/statistics/"
FACETS = ("topic", "region", "level", "evidence", "instrument", "segment", "coalition")


def statistics_page(site: Site) -> Iterator[Page]:
    """The page of statistics."""
    parts = (_kinds(site), *(_coverage(coverage(site.catalogue, facet), site) for facet in FACETS), _growth(site), _reviews(site), *_people(site))
    intro = (
        site.strings("statistics.intro", day=site.strings.day(_newest(site))) if any(site.catalogue.listed()) else site.strings("statistics.empty")
    )
    yield parts_page(HOME, site.strings("statistics.title"), intro, parts, site)


def statistics_files(site: Site) -> Iterator[File]:
    """All numbers of the page: one line each as CSV, and as one JSON."""
    found = numbers(site)
    rows = [(of, value, kind, number) for of, values in found.items() for value, kinds in values.items() for kind, number in kinds.items()]
    yield csv_file(f"{HOME}statistics.csv", ("of", "value", "counted", "number"), rows)
    yield File(f"{HOME}statistics.json", (json.dumps(found, ensure_ascii=False, indent=1) + "\n").encode())


def numbers(site: Site) -> dict[str, dict[str, dict[str, int]]]:
    """Every number of the page: what it is of (`topic`, `growth`), the value (`money`, `2026-11`), what is counted, the number."""
    catalogue = site.catalogue
    found: dict[str, dict[str, dict[str, int]]] = {"kind": {kind: {"entries": len(catalogue.by_kind[kind])} for kind in KINDS}}
    for facet in FACETS:
        counted = coverage(catalogue, facet)
        found[facet] = {value: _ordered_counts(counted, value) for value in _values(counted, site)}
        if counted.without:
            found[facet][""] = {kind: counted.without[kind] for kind in OF_USE if counted.without[kind]}
    found["growth"] = {month.month: {"added": month.added, "total": month.total} for month in growth(catalogue)}
    found["review"] = {review.kind: {"due": review.due, "current": review.current} for review in reviews(catalogue)}
    found["contributors"] = {name: {"people": people, "entries": entries} for name, people, entries in contributors(catalogue)}
    found["owner"] = {name: {"entries": number} for name, number in owners(catalogue)}
    return found


def _newest(site: Site) -> date:
    return max(record.entry.reviewed for record in site.catalogue.listed())


def _values(counted: Coverage, site: Site) -> list[str]:
    """The values of a facet, those with most entries first."""
    return sorted(counted.numbers, key=lambda value: (-counted.numbers[value].total(), site.value_label(counted.facet, value).casefold(), value))


def _ordered_counts(counted: Coverage, value: str) -> dict[str, int]:
    return {kind: counted.numbers[value][kind] for kind in OF_USE if counted.numbers[value][kind]}


def _kinds(site: Site) -> Part:
    rows = [Row(((Link(site.strings(f"kinds.{k}.many"), f"{KINDS[k].folder}/"),), (_number(len(site.catalogue.by_kind[k])),))) for k in KINDS]
    sources, addressed = cited(site.catalogue.listed())
    part = table_part(
        "statistics.kinds", (site.strings("explore.facets.kind"), site.strings("statistics.entries")), rows, site, f"{HOME}statistics.csv"
    )
    note = site.strings("statistics.cited", n=sources, addressed=addressed)
    return Part(**{**vars(part), "notes": (note,), "more": Link(site.strings("statistics.json"), f"{HOME}statistics.json")})


def _number(number: int, url: str = "") -> Link:
    return Link(str(number), url)


def _coverage(counted: Coverage, site: Site) -> Part | None:
    if not counted.numbers:
        return None
    kinds = [kind for kind in OF_USE if any(number[kind] for number in counted.numbers.values())]
    label = facet_label(counted.facet, site)
    header = (label, *(site.strings(f"kinds.{kind}.many") for kind in kinds), site.strings("statistics.all"))
    rows = []
    for value in _values(counted, site):
        url = value_url(counted.facet, value)
        cells = [(_number(counted.numbers[value][kind], f"{url}?kind={kind}" if counted.numbers[value][kind] else ""),) for kind in kinds]
        rows.append(Row(((Link(site.value_label(counted.facet, value), url),), *cells, (_number(counted.numbers[value].total()),))))
    if counted.without:
        none = [(_number(counted.without[kind]),) for kind in kinds]
        rows.append(Row(((Link(site.strings("statistics.without")),), *none, (_number(counted.without.total()),))))
    part = table_part("statistics.coverage", header, rows, site, f"{HOME}statistics.csv")
    return Part(**{**vars(part), "id": f"coverage-{counted.facet}", "heading": site.strings("statistics.coverage.by", facet=label)})


def _growth(site: Site) -> Part:
    header = tuple(site.strings(f"statistics.growth.{name}") for name in ("month", "added", "total"))
    rows = [Row(((Link(site.strings.partial(m.month)),), (_number(m.added),), (_number(m.total),))) for m in growth(site.catalogue)]
    return table_part("statistics.growth", header, rows, site, f"{HOME}statistics.csv")


def _reviews(site: Site) -> Part:
    header = tuple(site.strings(f"statistics.reviews.{name}") for name in ("kind", "current", "due", "oldest"))
    rows = [
        Row(((Link(site.strings(f"kinds.{r.kind}.many")),), (_number(r.current),), (_number(r.due),), (Link(site.strings.partial(r.oldest)),)))
        for r in reviews(site.catalogue)
    ]
    return table_part("statistics.reviews", header, rows, site, f"{HOME}statistics.csv")


def _people(site: Site) -> Iterator[Part]:
    """Contributors by organisation, and the teams that keep entries."""
    header = tuple(site.strings(f"statistics.contributors.{name}") for name in ("organisation", "people", "entries"))
    rows = [
        Row(((Link(name or site.strings("statistics.contributors.alone")),), (_number(people),), (_number(entries),)))
        for name, people, entries in contributors(site.catalogue)
    ]
    yield table_part("statistics.contributors", header, rows, site, f"{HOME}statistics.csv")
    header = (site.strings("facts.owner"), site.strings("statistics.entries"))
    yield table_part("statistics.owners", header, [Row(((Link(name),), (_number(number),))) for name, number in owners(site.catalogue)], site)
