"""Work done ahead of where it is asked for, on all processors, its results in order."""

import errno
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
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
    if len(things) < FEWEST or not several_can_work():
        return map(act, things)
    pool, results = _forked(processors(), lambda place: act(things[place]), lambda pool: pool.map(_done, range(len(things)), chunksize=8))
    return _read(pool, results, len(things))


def beside(act: Callable[[], R]) -> Callable[[], R]:
    """Begin `act` in a process of its own; the function that is given waits for it and gives what it gave, or raises what it raised.

    Where no process can be forked, it is done when it is asked for. Nothing may run in a thread meanwhile (see `ahead`).
    """
    if not several_can_work():
        return act
    pool, future = _forked(1, lambda _: act(), lambda pool: pool.submit(_done, 0))
    return lambda: _waited(pool, future)


def several_can_work() -> bool:
    """Whether more than one process can work for this one."""
    return processors() > 1 and "fork" in multiprocessing.get_all_start_methods()


def _forked(number: int, act: Callable[[int], Any], begin: Callable[[ProcessPoolExecutor], T]) -> tuple[ProcessPoolExecutor, T]:
    """Processes that find `act`, and what `begin` gives, in which they are forked."""
    global _act
    _act = act
    gc.freeze()  # so that looking for garbage does not copy what the processes share
    pool = ProcessPoolExecutor(number, multiprocessing.get_context("fork"), initializer=end_with, initargs=(os.getpid(),))
    begun = begin(pool)
    gc.unfreeze()
    _act = None
    return pool, begun


def _waited(pool: ProcessPoolExecutor, future: Future[R]) -> R:
    """What the one thing that a pool did gave."""
    try:
        return future.result()
    except BrokenProcessPool:
        raise OSError(errno.ECHILD, ENDED) from None
    finally:
        pool.shutdown(cancel_futures=True)


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
