"""How the landscape has changed: year by year, and an earlier list of members beside the newest one."""

from collections.abc import Iterator

from ..entries.coalition import Joining
from ..landscape.changes import Year, differences, undated, years
from ..page import File, Page, csv_file
from ..pool import Record
from .landscape_page import HOME, Part, landscape_page, table_part
from .shapes import Link, Row
from .site import Site


def change_pages(site: Site) -> Iterator[Page]:
    """The page of changes."""
    found = years(site.catalogue)
    yield landscape_page("changes", (_years(found, site), _steps(found, site), _differences(site), _lists(site)), site)


def change_files(site: Site) -> Iterator[File]:
    """Every dated change as a line: a founding, a government that joined or left, and the number of new entries of a kind."""
    rows: list[tuple[object, ...]] = []
    for year in reversed(years(site.catalogue)):
        rows += [(year.year, "founded", record.id, "", 1) for record in year.founded]
        rows += [(step.date, step.change, record.id, government, 1) for record, step in year.steps for government in step.governments]
        rows += [(year.year, "published", kind, "", number) for kind, number in sorted(year.entries.items())]
    rows += [("", step.change, record.id, government, 1) for record, step in undated(site.catalogue) for government in step.governments]
    yield csv_file(f"{HOME}changes.csv", ("date", "change", "where", "government", "number"), rows)


def _changes(site: Site) -> tuple[str, ...]:
    vocabulary = site.catalogue.vocabularies.get("membership-changes")
    return tuple(vocabulary.terms) if vocabulary else ()


def _years(found: tuple[Year, ...], site: Site) -> Part:
    kinds = _changes(site)
    labels = [site.catalogue.vocabularies["membership-changes"].label_of(change) for change in kinds]
    header = [site.strings("landscape.changes.year"), site.strings("landscape.changes.founded"), *labels, site.strings("landscape.changes.entries")]
    rows = []
    for year in found:
        numbers = [(Link(str(year.changes[change])),) if year.changes[change] else () for change in kinds]
        entries = (Link(str(year.entries.total())),) if year.entries else ()
        rows.append(Row(((Link(str(year.year)),), tuple(site.link(record) for record in year.founded), *numbers, entries)))
    return table_part("landscape.changes.years", header, rows, site, f"{HOME}changes.csv")


def _steps(found: tuple[Year, ...], site: Site) -> Part:
    header = [site.strings(f"joined.{name}") for name in ("when", "occasion", "change", "governments")]
    header.insert(1, site.strings("kinds.coalition.one"))
    dated = [pair for year in found for pair in reversed(year.steps)]
    return table_part("landscape.changes.steps", header, [_step(*pair, site) for pair in (*dated, *undated(site.catalogue))], site)


def _step(record: Record, step: Joining, site: Site) -> Row:
    when = site.strings.partial(step.date) if step.date else site.strings("joined.undated")
    term = site.term("membership-changes", step.change)
    return Row(((Link(when),), (site.link(record),), (Link(step.event),), (term,), site.links(step.governments)))


def _differences(site: Site) -> Part:
    header = [site.strings(f"landscape.changes.{name}") for name in ("coalition", "compared", "appeared", "gone")]
    rows = []
    for difference in differences(site.catalogue):
        earlier = _date(difference.earlier.as_of, site)
        lists = site.strings(
            "landscape.changes.two_lists", label=difference.earlier.label, earlier=earlier, newest=_date(difference.newest.as_of, site)
        )
        appeared = tuple(site.link(government) for government in difference.appeared)
        rows.append(
            Row(((site.link(difference.coalition),), (Link(lists),), appeared, tuple(site.link(government) for government in difference.gone)))
        )
    return table_part("landscape.changes.differences", header, rows, site)


def _lists(site: Site) -> Part:
    """The date and the completeness of every coalition's newest list."""
    header = [site.strings(f"landscape.changes.{name}") for name in ("coalition", "as_of", "completeness", "members")]
    rows = []
    for record in site.catalogue.listed("coalition"):
        found = getattr(record.entry, "members")  # noqa: B009 - only coalitions have one
        number = len(found.governments) + len(found.organisations)
        cells = (
            (site.link(record),),
            (Link(_date(found.as_of, site)),),
            (site.term("completeness", found.completeness),),
            (Link(str(number)),) if number else (),
        )
        rows.append(Row(cells))
    return table_part("landscape.changes.lists", header, rows, site)


def _date(date: str | None, site: Site) -> str:
    return site.strings.partial(date) if date else site.strings("landscape.changes.no_date")
