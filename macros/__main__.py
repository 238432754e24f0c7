"""`python -m macros` is the `commons` command, for a folder in which it was not installed."""

from .start import main

main()
