"""The commands that the workflows of the repository call: `changes`, `comment`, `github`, `from-issue`, `sources`, `upkeep`."""

import json
import sys
from datetime import date
from pathlib import Path

import click

from ..check import check, under
from ..problems import Problem
from ..project import Project, load
from ..report import as_summary
from ..settings import find_root
from .changes import NoChanges, changed_pages, collect, read_changes
from .comment import comment
from .forms import labels, write_forms
from .intake import NotAForm, from_issue
from .upkeep import NoReport, addresses, review_issue, sources_issue

FAILURES = (NoChanges, NotAForm, NoReport)


def _project() -> Project:
    return load(find_root(Path.cwd().resolve()), date.today())


def _fail(error: Exception) -> None:
    click.echo(f"Nothing was made: {error}.", err=True)
    sys.exit(1)


@click.command("changes")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path), required=False)
@click.option("--since", default="", metavar="COMMIT", help="Collect the entries that changed since this commit into FOLDER.")
@click.option("--pages", type=click.Path(exists=True, file_okay=False, path_type=Path), help="Copy their pages from this built site into TARGET.")
def changes_command(folder: Path, target: Path | None, since: str, pages: Path | None) -> None:
    """Collect what a pull request changes, or the pages of what was collected."""
    if not since and not (pages and target):
        raise click.UsageError("Give --since COMMIT, or --pages SITE and a TARGET.")
    try:
        if since:
            found = collect(find_root(Path.cwd().resolve()), since, folder)
            click.echo(f"{len(found.files)} changed, {len(found.removed)} removed.")
        if pages and target:
            click.echo(f"{changed_pages(read_changes(folder), pages, target)} pages in {target}.")
    except NoChanges as error:
        _fail(error)


@click.command("comment")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
@click.option("--run", default="", metavar="ADDRESS", help="The run of the workflow that keeps the built pages.")
def comment_command(folder: Path, target: Path, run: str) -> None:
    """Write the comment on what `changes` collected in FOLDER, and its labels, to TARGET."""
    project = _project()
    made = comment(read_changes(folder), project.settings, date.today(), run)
    target.mkdir(parents=True, exist_ok=True)
    (target / "comment.md").write_text(made.text, "utf-8")
    (target / "labels.json").write_text(json.dumps(list(made.labels)) + "\n", "utf-8")
    click.echo(f"{len(made.text)} characters, {len(made.labels)} labels.")


@click.command("github")
@click.argument("folder", type=click.Path(path_type=Path), default=Path(".github"))
def github_command(folder: Path) -> None:
    """Write issue forms and the template of pull requests into FOLDER (.github), from models and vocabularies."""
    written = write_forms(folder, _project().checked.pool)
    click.echo(f"{len(written)} files in {folder}.")


@click.command("from-issue")
@click.argument("event", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.argument("target", type=click.Path(path_type=Path))
def from_issue_command(event: Path, target: Path) -> None:
    """Make the entry of an issue that was filled in as a form; EVENT is the file in which GitHub describes it."""
    project = _project()
    try:
        told = from_issue(event, project.checked.pool, project.settings.citation_author, date.today())
    except NotAForm as error:
        _fail(error)
        return
    target.mkdir(parents=True, exist_ok=True)
    (target / "entry.md").write_text(told.text, "utf-8")
    (target / "path.txt").write_text(f"{told.path}\n", "utf-8")
    (target / "body.md").write_text(_body(project, told.path, told.text, told.issue), "utf-8")
    click.echo(f"{told.path} is made from issue {told.issue}.")


def _body(project: Project, path: str, text: str, issue: int) -> str:
    """The text of the pull request: where it comes from, and what the check says of the entry."""
    place = project.settings.root / path
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_text(text, "utf-8")
    try:
        problems: tuple[Problem, ...] = under(check(project.settings.content, project.settings.root, date.today()).problems, [path])
    finally:
        place.unlink()
    return f"This entry was told in issue #{issue}, and stands as a draft. Closes #{issue}.\n\n{as_summary(problems, 1)}\n"


@click.command("sources")
def sources_command() -> None:
    """Print the addresses of all sources, one a line, for a link checker."""
    click.echo("\n".join(addresses(_project().catalogue)))


@click.command("upkeep")
@click.argument("what", type=click.Choice(["stale", "sources", "labels"]))
@click.argument("report", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False)
def upkeep_command(what: str, report: Path | None) -> None:
    """Print a standing issue from a REPORT: what `commons stale` printed, or lychee's JSON; or the labels as JSON, one a line."""
    if what == "labels":
        click.echo("\n".join(json.dumps(label, ensure_ascii=False) for label in labels(_project().checked.pool)))
        return
    if report is None:
        raise click.UsageError("Give the REPORT.")
    try:
        text = report.read_text("utf-8", "replace")
        click.echo(review_issue(text) if what == "stale" else sources_issue(text, _project().catalogue))
    except NoReport as error:
        _fail(error)


COMMANDS = (changes_command, comment_command, github_command, from_issue_command, sources_command, upkeep_command)
