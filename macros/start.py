"""Where the `commons` command begins. `commons site` sees here whether there is anything to do.

To read the generator takes half a second, which is most of such a run.
"""

import os
import sys
from pathlib import Path

import click

from .clock import set_clock
from .lock import alone
from .settings import NotAProject, find_root, read_settings
from .unchanged import STANDS, is_unchanged, sum_of_sources


def main() -> None:
    """Run the command; see `cli.py`."""
    sources = None
    if sys.argv[1:] == ["site"]:
        try:
            sources, stands = _looked()
        except (NotAProject, OSError):
            stands = False  # the command says what is wrong
        if stands:
            click.echo(STANDS)
            return
    from .cli import main as commons

    commons(prog_name="commons", obj=sources)


def _looked() -> tuple[str, bool]:
    """The sum of all that the site is made from, and whether the site that stands is the one that was built from it."""
    root = find_root(Path.cwd().resolve())
    with alone(root / ".build", lambda sentence: click.echo(sentence, err=True)):
        set_clock(root)
        settings = read_settings(root)
        sources = sum_of_sources(settings)
        # Where the site could not be written, the command says so even if there is nothing to write.
        return sources, os.access(root, os.W_OK) and is_unchanged(settings, (root / "site").resolve(), sources)
