"""What those who keep a pool do from time to time: keep the ledger, take in what a workshop wrote."""

import sys
from collections.abc import Callable
from datetime import date
from pathlib import Path

import click

from .git import Repository
from .intake import NotTaken, read_notes
from .intake_files import draft, is_drafted, pull_request
from .kept import write_whole
from .ledger import NAME, published_before, written
from .new import free_ids, taken_ids
from .problems import ContentError, listed
from .project import Project, load
from .rules import addresses
from .settings import NotAProject, find_root

# So many characters GitHub takes for the text of a pull request.
MOST_OF_A_REQUEST = 65_536


@click.command("ledger")
def ledger_command() -> None:
    """Add the addresses of all published entries to the ledger, with those that git remembers; nothing is taken away.

    Then `commons check` names every address that a later change loses.
    """
    _run(add_to_ledger)


@click.command("intake")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--into", type=click.Path(file_okay=False, path_type=Path), metavar="DIR", help="Write everything there instead of into the project.")
def intake_command(file: Path, into: Path | None) -> None:
    """Turn FILE, a table of what a workshop wrote (CSV), into draft entries and the text of a pull request.

    Each bundle's page offers such a table. Every mistake is named with its row and column, and then nothing is written.
    """
    _run(lambda project: take_in(project, file.absolute(), into and into.absolute(), date.today()))


EDITORS_COMMANDS = (ledger_command, intake_command)


def _run(work: Callable[[Project], str]) -> None:
    """Do something with the project and say what was done; what is wrong is told in words, with exit code 1 (2 outside a project)."""
    try:
        click.echo(work(load(find_root(Path.cwd().resolve()), date.today())))
    except NotAProject as error:
        raise click.UsageError(f"{error}.") from None
    except (ContentError, NotTaken) as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except OSError as error:
        click.echo(f"A file could not be read or written: {error}.", err=True)
        sys.exit(1)


def add_to_ledger(project: Project) -> str:
    """Add the addresses of all published entries to the ledger, and those that git remembers; gives what was done, in words.

    Raises ContentError if the ledger has mistakes.
    """
    pool, settings = project.checked.pool, project.settings
    if wrong := [problem for problem in pool.problems if problem.path == pool.ledger_path]:
        raise ContentError(wrong)  # to write it anew would lose what could not be read
    before = set(pool.ledger or ())
    there = before | set(addresses(pool))
    after = there | set(published_before(Repository(settings.root), settings.content.name, there))
    new = sorted(after - before)
    write_whole(settings.content / NAME, written(after).encode())
    return f"{settings.content.name}/{NAME}: {len(after)} address{'es' * (len(after) != 1)}, {f'new: {listed(new, 5)}' if new else 'none is new'}."


def take_in(project: Project, file: Path, into: Path | None, today: date) -> str:
    """Write what a table of notes becomes, drafts and the text of a pull request; gives what was done and comes next, in words.

    Drafts go into the content, the text into the build folder, or all of it into `into`. No file that stands is written
    over, and a draft that an earlier run wrote is not written again. Raises NotTaken with every mistake of the table.
    """
    site, settings = project.site(), project.settings
    notes = read_notes(file.read_bytes(), project.catalogue, today)
    content = into or settings.content
    taken = set(taken_ids(project.checked.pool))
    new = sum(_write_draft(content, taken, *draft(note, site, today)) for note in notes if is_drafted(note))
    rest = [note for note in notes if not is_drafted(note)]
    body = (into or settings.build / "intake") / ("notes.md" if into else f"{file.stem}.md")
    if rest:
        body.parent.mkdir(parents=True, exist_ok=True)
        body.write_text(pull_request(rest, site), "utf-8")
    shown = body.relative_to(settings.root) if body.is_relative_to(settings.root) else body
    said = [f"{file.name}: {_notes(len(notes))}. Drafts written: {new}."]
    if rest:
        said.append(f"Text for the pull request, {_notes(len(rest))}: {shown}")
        if body.stat().st_size > MOST_OF_A_REQUEST:
            said.append("It is longer than GitHub takes for one text; split it into several pull requests.")
    said.append("Next: `commons check` says what the drafts lack; then open a pull request with that text.")
    return "\n".join(said)


def _notes(count: int) -> str:
    return f"{count} note{'s' * (count != 1)}"


def _write_draft(content: Path, taken: set[str], folder: str, wished: str, text: str) -> bool:
    """Write a draft under the first id that is free; False if it stands already."""
    for id in free_ids(wished):
        path = content / folder / f"{id}.md"
        if path.is_file() and path.read_text("utf-8") == text:
            return False
        if id not in taken and not path.exists():
            taken.add(id)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")
            return True
    return False
