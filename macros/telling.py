"""How a command ends that cannot do what it was asked: in words and with an exit code, never with a traceback."""

import functools
import sys
from collections.abc import Callable
from typing import Any

import click

from .failures import words_of
from .print.pdf import PrintFailed
from .print.selection import NoSelection
from .problems import ContentError
from .report import FORMATS
from .search import IndexFailed
from .settings import NotAProject
from .site import EngineFailed
from .stage import NotAStage

# What was not understood (exit code 2), and what failed (exit code 1) with what is said of it.
_NOT_UNDERSTOOD = (NoSelection, NotAStage, NotAProject)
_FAILED: dict[type[Exception], str] = {
    EngineFailed: "{error}\nThe engine stopped before the site was whole; the site that stands was left as it is.",
    PrintFailed: "The PDF could not be made: {error}.",
    IndexFailed: "The full-text index could not be made: {error}",
    OSError: "{error}",
}


def telling(command: Callable[..., Any]) -> Callable[..., Any]:
    """Wrong content ends a command with its problems in words and exit code 1, never with a traceback."""

    @functools.wraps(command)
    def run(*args: Any, **kwargs: Any) -> Any:
        try:
            return command(*args, **kwargs)
        except ContentError as error:
            click.echo(FORMATS["text"](error.problems, 0).replace("0 files checked: ", ""), err=True)
            sys.exit(1)
        except _NOT_UNDERSTOOD as error:
            raise click.UsageError(str(error) if str(error).endswith("?") else f"{error}.") from None
        except tuple(_FAILED) as error:
            said = next(text for kind, text in _FAILED.items() if isinstance(error, kind))
            click.echo(said.format(error=words_of(error) if isinstance(error, OSError) else error), err=True)
            sys.exit(1)

    return run


def tell(sentence: str) -> None:
    """Say what a command is at, beside what it prints."""
    click.echo(sentence, err=True)
