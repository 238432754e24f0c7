"""Work done ahead of where it is asked for, on all processors, its results in order."""

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from multiprocessing.pool import Pool
from typing import Any, TypeVar

from .lock import end_with

T = TypeVar("T")
R = TypeVar("R")
# `ahead` itself, or `map`.
Each = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
# Fewer things than this are done sooner by one process.
FEWEST = 64
_act: Callable[[Any], Any] | None = None


def ahead(act: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    """`act` of each thing, in their order; processes that share what this one holds now work ahead of the reader.

    What `act` gives must be picklable; what it raises is raised where its result would be read, or a few things before. Where processes cannot be
    forked (Windows), or with one processor, or for few things, each is done when it is asked for.
    """
    global _act
    if len(things) < FEWEST or processors() < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return map(act, things)
    _act = lambda place: act(things[place])  # noqa: E731 - what the forked processes find
    gc.freeze()  # so that looking for garbage does not copy what the processes share
    pool = multiprocessing.get_context("fork").Pool(processors(), initializer=end_with, initargs=(os.getpid(),))
    gc.unfreeze()
    _act = None
    return _results(pool, len(things))


def _results(pool: Pool, number: int) -> Iterator[Any]:
    """The results; the processes end with the last one, whether or not the reader asks for more."""
    with pool:
        results = pool.imap(_done, range(number), chunksize=8)
        for _ in range(number - 1):
            yield next(results)
        last = next(results)
    yield last


def _done(place: int) -> Any:
    assert _act
    return _act(place)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
