"""Garbage in rings, which Python looks for by walking through all that it holds, again and again.

A command holds a whole pool to its end and makes hardly any such garbage, so looking costs a fifth of its time and finds
nothing. What lives long (a live preview, a command that watches files) looks as Python does.
"""

import atexit
import gc
from collections.abc import Iterator
from contextlib import contextmanager


def leave() -> None:
    """Look no more, not even at the end of the program; what no other thing holds is still freed at once."""
    gc.disable()
    atexit.register(gc.freeze)


def look_again(past: bool = True) -> None:
    """Look as Python does; without `past` not through what there is by now, which the end of the program frees."""
    if not past:
        gc.freeze()
    gc.enable()


@contextmanager
def left() -> Iterator[None]:
    """Leave garbage in rings for a while."""
    looked = gc.isenabled()
    leave()
    try:
        yield
    finally:
        if looked:
            look_again()
