"""Work done ahead of where it is asked for, on all processors, its results in order."""

import errno
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, TypeVar

from .lock import end_with

T = TypeVar("T")
R = TypeVar("R")
# `ahead` itself, or `map`.
Each = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
# Fewer things than this are done sooner by one process.
FEWEST = 64
ENDED = "a process of this build was ended from outside, perhaps because the memory was full"
_act: Callable[[Any], Any] | None = None


def ahead(act: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    """`act` of each thing, in their order; processes that share what this one holds now work ahead of the reader.

    What `act` gives must be picklable; what it raises is raised where its result would be read, or a few things before. A process
    that is ended from outside raises ChildProcessError. Where processes cannot be forked (Windows), or with one processor, or for
    few things, each is done when it is asked for.
    """
    global _act
    if len(things) < FEWEST or processors() < 2 or "fork" not in multiprocessing.get_all_start_methods():
        return map(act, things)
    _act = lambda place: act(things[place])  # noqa: E731 - what the forked processes find
    gc.freeze()  # so that looking for garbage does not copy what the processes share
    context = multiprocessing.get_context("fork")
    pool = ProcessPoolExecutor(processors(), context, initializer=end_with, initargs=(os.getpid(),))
    results = pool.map(_done, range(len(things)), chunksize=8)  # all processes are forked here
    gc.unfreeze()
    _act = None
    return _read(pool, results, len(things))


def _read(pool: ProcessPoolExecutor, results: Iterator[Any], number: int) -> Iterator[Any]:
    """The results; the processes end with the last one, whether or not the reader asks for more."""
    try:
        for _ in range(number - 1):
            yield next(results)
        last = next(results)
    except BrokenProcessPool:
        raise OSError(errno.ECHILD, ENDED) from None
    finally:
        pool.shutdown(cancel_futures=True)
    yield last


def _done(place: int) -> Any:
    assert _act
    return _act(place)


def processors() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
