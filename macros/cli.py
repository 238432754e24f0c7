"""The `commons` command: check, stage, build and describe a pool of entries."""

import os
import re
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click

from . import garbage
from .after import after_engine, begin
from .ahead import Each, ahead
from .check import under
from .clock import set_clock
from .commands import COMMANDS as OF_AUTHORS
from .data_commands import DATA_COMMANDS
from .desk.commands import COMMANDS
from .editors import EDITORS_COMMANDS
from .facets import FACETS
from .lock import alone
from .print.document import EDITIONS, PAPERS, START, Occasion, data_of
from .print.editions import editions_of
from .print.pdf import compile_pdf
from .print.selection import select
from .problems import Problem
from .project import Project, load
from .report import FORMATS, as_review
from .review import names_in, read_copies, review
from .schema import write_editor_schemas, write_schemas
from .settings import find_root
from .site import build
from .stage import problems, stage
from .telling import tell, telling
from .text import Texts
from .unchanged import STANDS
from .watch import watch

# From so many entries on a document takes a while, and the command says that it is at work.
LONG = 20


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.pass_context
def main(context: click.Context) -> None:
    """Check, stage, build and describe a pool of entries. Run it inside a project (a folder with mkdocs.yml)."""
    context.with_resource(garbage.left())


for _command in (*COMMANDS, *OF_AUTHORS, *EDITORS_COMMANDS, *DATA_COMMANDS):
    main.add_command(_command)


@main.command("check")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--format", "form", type=click.Choice(list(FORMATS)), default="text", show_default=True, help="How to print the problems.")
@click.option("--watch", "again", is_flag=True, help="Check again whenever a file changes, until you press Ctrl+C.")
@telling
def check_command(paths: tuple[str, ...], form: str, again: bool) -> None:
    """Report every problem of all files at once, or only those of the PATHs given.

    Exit code 0: no errors (warnings may stand). 1: errors. 2: the command was not understood.
    """
    if not again:
        sys.exit(_check(paths, form, ahead))
    root = find_root(Path.cwd().resolve())

    def run() -> None:
        click.echo("Checking.")
        _check(paths, form, map)  # the watch has threads
        click.echo("Checked; waiting for a change.")

    garbage.look_again()
    watch((root / "content", root / "docs"), run)


def _check(paths: tuple[str, ...], form: str, each: Each) -> int:
    """Print the problems of some paths or of all; gives the exit code."""
    project = _project(each=each)
    root = project.settings.root
    wanted, refused = _inside(paths, root)
    found = [*under(problems(project), wanted), *refused] if wanted or not paths else refused
    pool = project.checked.pool
    files = [*(record.source.path for record in (*pool.records, *pool.broken)), *pool.data.files]
    checked = (
        sum(any(name == path or name.startswith(f"{path}/") for path in wanted) for name in files) if paths else len(pool.ids) + len(pool.data.files)
    )
    click.echo(FORMATS[form](sorted(found), checked))
    return 2 if refused else int(any(problem.severity == "error" for problem in found))


@main.command("stage")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@telling
def stage_command(folder: Path) -> None:
    """Write the pages as plain Markdown to FOLDER, for any engine; only what changed is written."""
    project = _project(as_built=True)
    with alone(project.settings.build, tell):
        staged = stage(project, folder.resolve(), editions_of(project, _tell_pdf).printed)
    click.echo(f"{staged.pages} pages in {folder}: {len(staged.written)} written, {len(staged.removed)} removed.")


@main.command("site")
@click.option("--drafts", is_flag=True, help="Build the pages of drafts too, to look at them.")
@telling
def site_command(drafts: bool) -> None:
    """Check, stage and build `site/`, unless nothing has changed; the old site stands until the new one is whole."""
    if drafts:
        os.environ["COMMONS_DRAFTS"] = "1"
    staged = build(find_root(Path.cwd().resolve()), _tell_pdf, tell)
    click.echo(f"site/ is built from {staged.pages} staged files." if staged else STANDS)


@main.command("review")
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--against", multiple=True, type=click.Path(exists=True, path_type=Path), help="A file or folder; what is copied from it is named.")
@telling
def review_command(paths: tuple[str, ...], against: tuple[Path, ...]) -> None:
    """Print what a second reader should look at: reading level, sources, figures, promises, copied text; then the balance of the pool.

    Exit code 1 if text is copied, else 0: all else is for a reader to judge.
    """
    project = _project()
    wanted, refused = _inside(paths, project.settings.root)
    if refused:
        raise click.UsageError("; ".join(f"{problem.path}: {problem.message}" for problem in refused))
    records = [r for r in project.catalogue.listed() if not paths or any(r.source.path == p or r.source.path.startswith(f"{p}/") for p in wanted)]
    copies = read_copies(against, names_in(project.catalogue)) if against else None
    reviews = [review(record, copies) for record in records]
    click.echo("\n".join(as_review(reviews, project.catalogue if not paths else None)))
    sys.exit(any(remark.about == "copied" for found in reviews for remark in found.remarks))


@main.command("search")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
@telling
def search_command(folder: Path) -> None:
    """Complete FOLDER, a site that another engine built: full-text index, data of Explore, PDFs, files for the browser."""
    project = _project(as_built=True)
    with alone(project.settings.build, tell):
        built = folder.resolve()
        after_engine(built, project, begin(built, project, editions_of(project, _tell_pdf).files))
    click.echo(f"{folder} is complete.")


def _facet_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """An option for each facet: `--topic money --topic standards`."""
    for name in reversed(FACETS):
        command = click.option(f"--{name}", multiple=True, metavar="ID", help=f"Entries with this {name}; may be given several times.")(command)
    return command


@main.command("bundle")
@click.argument("id", required=False)
@click.option("--ids", default="", metavar="A,B", help="Entries by id, in this order.")
@_facet_options
@click.option("--edition", type=click.Choice(EDITIONS), default="booklet", show_default=True, help="For participants, for the facilitator, or cards.")
@click.option("--paper", type=click.Choice(list(PAPERS)), default="a4", show_default=True)
@click.option("--title", default="", help="A title of your own for the cover.")
@click.option("--date", "day", type=click.DateTime(["%Y-%m-%d"]), help="The day on the cover; else that of the newest review or change.")
@click.option("--start", default=START, show_default=True, metavar="HH:MM", help="When the workshop begins; for the guide.")
@click.option("--minutes", "given", default="", metavar="15,20", help="Minutes of the first steps, in order; for the guide.")
@click.option("-o", "--output", "file", type=click.Path(dir_okay=False, path_type=Path), required=True, metavar="FILE", help="Where the PDF goes.")
@telling
def bundle_command(id: str | None, ids: str, edition: str, paper: str, file: Path, **wishes: Any) -> None:
    """Print a bundle, or any selection of entries, as a PDF.

    ID is that of a bundle, topic, coalition or government. Without it, entries are selected by id or by facets.
    """
    occasion = _occasion(wishes.pop("title"), wishes.pop("day"), wishes.pop("start"), wishes.pop("given"))
    project = _project()
    site = project.site(Texts(project.texts), history=project.history)
    selection = select(site, id, ids, wishes)
    entries = site.strings.count("counts.entries", len(selection.records))
    if len(selection.records) >= LONG:
        _tell_pdf(entries)
    made = compile_pdf(data_of(selection, edition, paper, site, occasion))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(made.pdf)
    click.echo(f"{file}: {entries}, {site.strings.count('counts.pages', made.pages)}, {len(made.pdf) // 1000} KB.")


def _occasion(title: str, day: datetime | None, start: str, given: str) -> Occasion:
    """What the options say of a workshop; raises UsageError for a time or minutes that are none."""
    if not re.fullmatch(r"([01]?\d|2[0-3]):[0-5]\d", start):
        raise click.UsageError(f"--start must be a time such as 09:00; found '{start}'.")
    if given and not re.fullmatch(r"[1-9]\d{0,2}(,[1-9]\d{0,2})*", given):
        raise click.UsageError(f"--minutes must be numbers of minutes such as 15,20; found '{given}'.")
    return Occasion(title, day.date() if day else None, start.zfill(5), tuple(int(one) for one in given.split(",") if one))


@main.command("schema")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path))
@click.option("--editor", is_flag=True, help="As editors use them while someone types; see `make editor`.")
@telling
def schema_command(folder: Path, editor: bool) -> None:
    """Write the JSON Schema of every kind to FOLDER."""
    project = _project()
    base = project.settings.site_url if project.settings.site_url != "/" else ""
    vocabularies = project.checked.pool.vocabularies
    written = write_editor_schemas(folder, vocabularies) if editor else write_schemas(folder, vocabularies, base)
    click.echo(f"{len(written)} schemas in {folder}.")


def _tell_pdf(what: str) -> None:
    tell(f"Setting the PDF of {what} ...")


def _project(as_built: bool = False, each: Each = ahead) -> Project:
    """The project as of today; what goes into a site is made as of the day of a build."""
    root = find_root(Path.cwd().resolve())
    if as_built:
        set_clock(root)
    return load(root, None if as_built else date.today(), each=each)


def _inside(paths: tuple[str, ...], root: Path) -> tuple[list[str], list[Problem]]:
    """The paths as the problems name them, and a problem for each that is not there or not inside the project."""
    wanted, refused = [], []
    for given in paths:
        path = (Path.cwd() / given).absolute()
        resolved = Path(path if path.is_symlink() else path.resolve())
        if not any(resolved.is_relative_to(root / name) for name in ("content", "docs")):
            said = "a path must lie in content/ or docs/; this one does not"
            refused.append(Problem(given, 1, 1, "path-outside", said, "Give a path below content/."))
        elif not resolved.exists() and not resolved.is_symlink():
            said = "there must be a file or folder of this name; found none"
            refused.append(Problem(given, 1, 1, "path-missing", said, "Check the spelling."))
        else:
            wanted.append(resolved.relative_to(root).as_posix())
    return wanted, refused


if __name__ == "__main__":
    main()
