"""Where the `commons` command begins. `commons site` sees here whether there is anything to do.

To read the generator takes half a second, which is most of such a run.
"""

import os
import sys
from pathlib import Path

import click

from .clock import set_clock
from .lock import take
from .settings import NotAProject, find_root, read_settings
from .unchanged import STANDS, is_unchanged, sum_of_sources


def main() -> None:
    """Run the command; see `cli.py`."""
    if sys.argv[1:] == ["site"] and _stands():
        click.echo(STANDS)
        return
    from .cli import main as commons

    commons(prog_name="commons")


def _stands() -> bool:
    """Whether the site stands as it would be built; False too where that cannot be told, so that the command says what is wrong.

    The folder stays locked until the program ends, so that no other build comes between this look and the command. The command looks
    again: a sum that was made before a wait would be remembered for what was edited since.
    """
    try:
        root = find_root(Path.cwd().resolve())
        take(root / ".build", lambda sentence: click.echo(sentence, err=True))
        set_clock(root)
        settings = read_settings(root)
        return os.access(root, os.W_OK) and is_unchanged(settings, (root / "site").resolve(), sum_of_sources(settings))
    except (NotAProject, OSError):
        return False
