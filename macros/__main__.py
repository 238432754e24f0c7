"""`python -m macros` is the `commons` command, for a folder in which it was not installed."""

from .cli import main

main(prog_name="commons")
