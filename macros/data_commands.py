"""The command of those who keep the data: `data` makes a file of `content/data/` anew and says what changed."""

import csv
import hashlib
import re
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import click
from pydantic import TypeAdapter, ValidationError

from .data.cells import problems_of_table
from .data.original import NotOriginal, bytes_of, fetched, original_of, originals
from .data.reading import Dataset
from .data.recipe import Shapes
from .data.renewal import Changes, changes_of, losses, places_of, table_of
from .data.topology import shapes_of, without_point
from .entries.fields import PartialDate
from .entries.government import Government
from .failures import words_of
from .kept import write_whole
from .problems import ContentError
from .project import Project, load
from .report import as_text
from .settings import NotAProject, find_root

# Enough to see what sort of change it is; the rest stands in the difference that git shows.
_MOST = 20


@dataclass(frozen=True)
class Renewal:
    """A file made anew: its bytes, what changed, what a maintainer should look at, what it lacks."""

    made: bytes
    changes: Changes
    remarks: tuple[str, ...] = ()
    lost: tuple[str, ...] = ()


def renew(dataset: Dataset, files: Sequence[tuple[str, bytes]], project: Project) -> Renewal:
    """The data file made of publisher's files (name, bytes); raises NotOriginal or ContentError where they do not fit."""
    description, recipe = dataset.description, dataset.description.recipe
    if recipe and recipe.topology:
        return _shapes(dataset, recipe.topology, _only(files), project)
    governments = [record.entry for record in project.checked.pool.records if isinstance(record.entry, Government)]
    if recipe and recipe.table:
        titles = {name: entry.codes.iso3 for entry in governments if entry.codes.iso3 for name in (entry.title, *entry.other_names)}
        original = original_of(files, recipe.table)
        text = table_of(original, description, recipe.table, places_of(dataset.rows, description, recipe.table, titles))
    else:
        text = _text(_only(files))
    if problems := list(problems_of_table(text, dataset.path.name, description)):
        raise ContentError(problems)
    after = list(csv.DictReader(text.split("\n")))
    remarks = []
    if places := description.places:
        known = {entry.codes.iso3 for entry in governments}
        unknown = sorted({f"{row[places.name]} ({row[places.code]})" for row in after if row[places.code] and row[places.code] not in known})
        if unknown:
            remarks.append(f"No government here has the code of {len(unknown)} places, so no page shows them: {', '.join(unknown)}.")
    if description.year:
        was, now = (sorted({row[description.year] for row in rows if row[description.year]}) for rows in (dataset.rows, after))
        if now and was != now:
            years = f"{was[0]} to {was[-1]}" if was else "none"
            remarks.append(f"The years are {now[0]} to {now[-1]}, before {years}; look at title, notes and progress.yml.")
    changes = changes_of(dataset.rows, after, description.key)
    return Renewal(text.encode(), changes, tuple(remarks), tuple(losses(dataset.rows, after, description)))


def _shapes(dataset: Dataset, recipe: Shapes, found: bytes, project: Project) -> Renewal:
    before, after = shapes_of(dataset.text, recipe), shapes_of(_text(found), recipe)
    cells = [(name, "id", before[name][0], after[name][0]) for name in after if name in before and before[name][0] != after[name][0]]
    cells += [(name, "outline", "", "") for name in after if name in before and before[name][1] != after[name][1]]
    added, gone = [name for name in after if name not in before], [name for name in before if name not in after]
    remarks = []
    points = project.checked.pool.data.datasets.get(recipe.points or "")
    if points and recipe.code:
        lacking = without_point(after, {row[recipe.code] for row in points.rows})
        if lacking:
            remarks.append(f"{points.path.name} has no row for {len(lacking)} shapes: {', '.join(lacking)}.")
    lost = (f"{len(gone)} shapes are gone: {', '.join(gone[:10])}",) if gone else ()
    return Renewal(found, Changes(tuple(added), tuple(gone), tuple(cells)), tuple(remarks), lost)


def _only(files: Sequence[tuple[str, bytes]]) -> bytes:
    if len(files) != 1:
        raise NotOriginal(f"one file must be given for this data file; found {len(files)}")
    return files[0][1]


def _text(found: bytes) -> str:
    try:
        return found.decode("utf-8")
    except UnicodeDecodeError:
        raise NotOriginal("the file must be text in UTF-8") from None


def write(dataset: Dataset, made: bytes, as_of: str, retrieved: str) -> None:
    """Put a file made anew in its place, and its number and dates into its description; all else there stays as it is."""
    beside = dataset.path.with_suffix(".yml")
    text = beside.read_text("utf-8")
    for name, value in (("as_of", as_of), ("retrieved", retrieved), ("sha256", hashlib.sha256(made).hexdigest())):
        if value:
            text = re.sub(rf"^{name}:.*$", f'{name}: "{value}"', text, count=1, flags=re.MULTILINE)
    write_whole(dataset.path, made)
    write_whole(beside, text.encode())


def told(changes: Changes) -> list[str]:
    """What changed, in lines: counts first, then the first of each."""
    counts = (("added", changes.added), ("gone", changes.gone), ("changed", changes.cells))
    lines = [", ".join(f"{len(found)} {word}" for word, found in counts) + "."]
    for word, found in (("added", changes.added), ("gone", changes.gone)):
        lines += [f"  {word}: {id}" for id in found[:_MOST]] + [f"  {word}: and {len(found) - _MOST} more"] * (len(found) > _MOST)
    for id, name, before, after in changes.cells[:_MOST]:
        lines.append(f"  changed: {id}: {name}" + (f" {before or '(empty)'} -> {after or '(empty)'}" if before or after else ""))
    return lines + [f"  changed: and {len(changes.cells) - _MOST} more"] * (len(changes.cells) > _MOST)


def _list(project: Project) -> None:
    for name, dataset in sorted(project.checked.pool.data.datasets.items()):
        recipe = dataset.description.recipe
        how = "by recipe, from its address" if recipe and recipe.address else "by recipe" if recipe else "by hand"
        click.echo(f"{name}: state of {dataset.description.as_of}, taken {dataset.description.retrieved}; {how}")


def _files(dataset: Dataset, given: Path | None) -> list[tuple[str, bytes]]:
    recipe = dataset.description.recipe
    if given:
        endings = (".json",) if dataset.path.suffix == ".json" else (".csv", ".xlsx")
        return [(path.name, bytes_of(path)) for path in originals(given, endings)]
    if recipe and recipe.address:
        click.echo(f"Fetching {recipe.address} ...", err=True)
        return [(recipe.address, fetched(recipe.address))]
    raise click.UsageError(
        f"{dataset.name} has no address that always offers the newest file; give the file with --from. {dataset.description.refresh}"
    )


def _date(context: click.Context, parameter: click.Parameter, value: str) -> str:
    try:
        return TypeAdapter(PartialDate).validate_python(value) if value else ""
    except ValidationError:
        raise click.BadParameter(f"it must be a year, month or day as YYYY, YYYY-MM or YYYY-MM-DD; found '{value}'") from None


@click.command("data")
@click.argument("names", nargs=-1, metavar="[NAME]...")
@click.option("--from", "given", type=click.Path(exists=True, path_type=Path), help="What the publisher offers: a file, or a folder of them.")
@click.option("--as-of", default="", metavar="DATE", callback=_date, help="The day, month or year of its state, as the publisher says it.")
@click.option("--retrieved", default="", metavar="DATE", callback=_date, help="When it was taken; by default today.")
@click.option("--dry-run", is_flag=True, help="Say what would change, and write nothing.")
@click.option("--less", is_flag=True, help="Take it even if columns, places or years are gone.")
def data_command(names: tuple[str, ...], given: Path | None, as_of: str, retrieved: str, dry_run: bool, less: bool) -> None:
    """Make the data files NAME anew from what their publishers offer, and say what changed.

    Without a NAME, list the data files with their dates. A file with a recipe in its description is made by it; any other is taken as it is,
    in our form. Units, years, places and every cell are checked first, and nothing is written if one of them does not fit.
    """
    try:
        project = load(find_root(Path.cwd().resolve()), date.today())
        if not names:
            _list(project)
            return
        datasets = project.checked.pool.data.datasets
        for name in names:
            if name not in datasets:
                raise click.UsageError(f"There must be a data file '{name}' that can be read; there are {', '.join(sorted(datasets))}.")
        renewed = [(datasets[name], renew(datasets[name], _files(datasets[name], given), project)) for name in names]
    except NotAProject as error:
        raise click.UsageError(f"{error}.") from None
    except ContentError as error:
        click.echo(as_text(error.problems, 1), err=True)
        sys.exit(1)
    except (NotOriginal, OSError) as error:
        click.echo(f"Nothing was written: {error}.", err=True)
        sys.exit(1)
    for dataset, renewal in renewed:
        click.echo("\n".join([f"{dataset.path.name}:", *told(renewal.changes)]))
        for remark in (*renewal.remarks, *(f"Lost: {lost}." for lost in renewal.lost)):
            click.echo(f"  {remark}")
    if any(renewal.lost for _, renewal in renewed) and not less:
        click.echo("Nothing was written, since values would be lost; give --less if that is right.", err=True)
        sys.exit(1)
    if not dry_run:
        try:
            for dataset, renewal in renewed:
                write(dataset, renewal.made, as_of, retrieved or date.today().isoformat())
        except OSError as error:
            click.echo(f"{words_of(error)} Each file is whole, as it was or as it should be; take content/data as git has it.", err=True)
            sys.exit(1)
        click.echo("Written, with number and dates; now read the description, then run: commons check content/data")


DATA_COMMANDS = (data_command,)
