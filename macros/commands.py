"""The commands of those who write and keep entries: `new` and `stale`."""

import sys
from datetime import date
from pathlib import Path

import click

from .ahead import ahead
from .check import under
from .entries import KINDS
from .front_matter import entry_file
from .new import Given, NotNew, completed, kinds_first, propose, read_given, refuse, taken_ids, with_values
from .problems import ContentError
from .project import Project, load
from .questions import NotUnderstood, Question, answer, questions
from .report import as_text
from .settings import NotAProject, find_root
from .source import Unreadable
from .stale import FORMATS as STALE_FORMATS
from .stale import due
from .wording import CRITERIA, CRITERION


def new_entry(project: Project, kind: str, source: Path | None, id: str, values: tuple[str, ...], ask: bool) -> Path:
    """Write the file of a new entry, and say what is left to its author; raises NotNew, and writes nothing, if it cannot be made."""
    said, given = read_given(source) if source else (kind, Given())
    if said and said != kind:
        raise NotNew(f"{source} is of the kind {said}; write: commons new {said}")
    pool, model = project.checked.pool, KINDS[kind]
    taken = taken_ids(pool)
    if id or given.id:
        refuse(id or given.id, taken)
    meta = with_values(given.meta, model, values)
    meta = completed(meta, project.settings.citation_author, model, date.today())
    titles = {record.id: (record.kind, record.entry.title) for record in pool.records}
    if ask:
        for question in questions(model, meta, pool.vocabularies):
            if value := _asked(question, titles):
                outer, _, inner = question.name.partition(".")
                meta[outer] = {inner: value} if inner else value
    id = id or given.id or propose(str(meta.get("title") or ""), taken)
    if ask and not given.id:
        id = click.prompt("Id, which is the file name and the address", default=id or None)
    if not id:
        raise NotNew("an entry must have an id; give one with --id, or a title with --title")
    refuse(id, taken)
    sections = given.sections | {section.title: "" for section in model.sections if section.required and section.title not in given.sections}
    path = project.settings.content / model.folder / f"{id}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(entry_file(model, meta, sections), "utf-8")
    return path


def _asked(question: Question, titles: dict[str, tuple[str, str]]) -> object:
    """The answer to a question, asked again until it can be understood; nothing if it is left for later."""
    click.echo(f"\n{question.name}: {question.description}")
    for term in question.terms.values():
        click.echo(f"  {term.id:24} {term.label}: {term.meaning}")
    if question.kinds is not None:
        click.echo(f"  Write the id or the title of {'entries' if question.many else 'an entry'}{', with commas between them' * question.many}.")
    while True:
        said = click.prompt(f"{question.name}{' (several with commas)' * question.many}", default="", show_default=False)
        if not said.strip():
            return None
        try:
            return answer(question, said, titles)
        except NotUnderstood as error:
            click.echo(f"  {error}")


def tell_what_is_left(root: Path, path: Path) -> None:
    """Print where the new file is, and what the check still misses in it."""
    project = load(root, date.today(), each=ahead)
    name = path.relative_to(root).as_posix()
    left = under(project.checked.problems, [name])
    click.echo(f"{name} is written.")
    if left:
        click.echo("Only you know what is missing:\n")
        click.echo(as_text(left, 1))
        click.echo(f"\nFill it in, then run: commons check {name}")
    else:
        click.echo("The check has nothing to say; send it.")
    if criteria := project.checked.pool.vocabularies.get(CRITERIA):
        click.echo(f"\n{criteria.title}:")
        for term in criteria.terms.values():
            click.echo(f"  {CRITERION.format(label=term.label, meaning=term.meaning)}")


@click.command("new")
@click.argument("kind", type=click.Choice(kinds_first()))
@click.option("--title", default="", help="The title; the id is proposed from it.")
@click.option("--id", default="", help="The id, if not the proposed one.")
@click.option("--set", "values", multiple=True, metavar="NAME=VALUE", help="A field, such as topics=one,two or period.start=2024.")
@click.option("--from", "source", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="A file of the form: the entry, or its draft.")
@click.option("--ask/--no-ask", default=None, help="Whether to ask for what is missing; by default if someone sits at the keyboard.")
def new_command(kind: str, title: str, id: str, values: tuple[str, ...], source: Path | None, ask: bool | None) -> None:
    """Write the file of a new entry of KIND, and say what only its author knows."""
    given = (*([f"title={title}"] if title else []), *values)
    try:
        project = load(find_root(Path.cwd().resolve()), date.today(), each=ahead)
        path = new_entry(project, kind, source, id, given, sys.stdin.isatty() and not source if ask is None else ask)
    except (NotNew, NotAProject) as error:
        raise click.UsageError(f"{error}{'' if str(error).endswith(('.', '?')) else '.'}") from None
    except Unreadable as error:
        click.echo(as_text(error.problems, 1), err=True)
        sys.exit(1)
    tell_what_is_left(project.settings.root, path)


@click.command("stale")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(list(KINDS)), help="Only entries of this kind; may be given several times.")
@click.option("--owner", "owners", multiple=True, metavar="TEAM", help="Only what this team keeps; may be given several times.")
@click.option("--days", default=0, metavar="N", help="Only what has been due for so many days; a negative number looks ahead.")
@click.option("--format", "form", type=click.Choice(list(STALE_FORMATS)), default="text", show_default=True, help="How to print the list.")
def stale_command(kinds: tuple[str, ...], owners: tuple[str, ...], days: int, form: str) -> None:
    """List the entries that are due for review, by owner and kind, the longest overdue first."""
    try:
        project = load(find_root(Path.cwd().resolve()), date.today(), each=ahead)
        catalogue = project.catalogue
    except NotAProject as error:
        raise click.UsageError(f"{error}.") from None
    except ContentError as error:
        click.echo(as_text(error.problems, len(project.checked.pool.ids)), err=True)
        sys.exit(1)
    found = [row for row in due(catalogue, days) if (not kinds or row.kind in kinds) and (not owners or row.owner in owners)]
    click.echo(STALE_FORMATS[form](found, len(list(catalogue.listed()))))


COMMANDS = (new_command, stale_command)
