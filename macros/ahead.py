"""Work done ahead of where it is asked for, on all processors, its results in order."""

import errno
import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

from .lock import end_with

T = TypeVar("T")
R = TypeVar("R")
# `ahead` itself, or `map`.
Each = Callable[[Callable[[Any], Any], Sequence[Any]], Iterator[Any]]
# Fewer things than this are done sooner by one process.
FEWEST = 64
ENDED = "a process of this build was ended from outside, perhaps because the memory was full"
# Of 20 steps: behind the others. With more of them it has most of its work left when the index is made, which costs more beside it.
_PATIENCE = 4
_act: Callable[[Any], Any] | None = None


def ahead(act: Callable[[T], R], things: Sequence[T]) -> Iterator[R]:
    """`act` of each thing, in their order; processes that share what this one holds now work ahead of the reader.

    What `act` gives must be picklable; what it raises is raised where its result would be read, or a few things before. A process
    that is ended from outside raises ChildProcessError. Where processes cannot be forked (Windows), or with one processor, or for
    few things, each is done when it is asked for.
    """
    if len(things) < FEWEST or not several_can_work():
        return map(act, things)

    def of_place(place: int) -> R:
        return act(things[place])

    global _act
    _act = of_place
    with _frozen():
        pool = ProcessPoolExecutor(processors(), multiprocessing.get_context("fork"), initializer=end_with, initargs=(os.getpid(),))
        results = pool.map(_done, range(len(things)), chunksize=8)
    _act = None
    return _read(pool, results, len(things))


def beside(act: Callable[[], R], patient: bool = False) -> Callable[[], R]:
    """Begin `act` in a process of its own; the function that is given waits for it and gives what it gave, or raises what it raised.

    One that is `patient` lets the others go first, where there are fewer processors than processes.
    Where no process can be forked, it is done when it is asked for. Nothing may run in a thread meanwhile (see `ahead`), and this
    leaves none, so that others can be forked beside it. One that nobody waits for ends with this process.
    """
    if not several_can_work():
        return act
    ours, own = multiprocessing.Pipe(duplex=False)

    def work(parent: int) -> None:
        end_with(parent)
        if patient:
            os.nice(_PATIENCE)
        try:
            told: tuple[bool, Any] = True, act()
        except BaseException as error:
            told = False, error
        own.send(told)

    process = multiprocessing.get_context("fork").Process(target=work, args=(os.getpid(),), daemon=True)
    with _frozen():
        process.start()
    own.close()
    return lambda: _waited(process, ours)


class Gate:
    """What holds a process back until another one opens it."""

    def __init__(self) -> None:
        self._inside, self._outside = multiprocessing.Pipe(duplex=False)

    def wait(self) -> None:
        """Wait until the gate is open; one process does so, once."""
        self._inside.recv()

    def open(self) -> None:
        """Let the other one go on, now or when it comes to wait."""
        self._outside.send(True)


def several_can_work() -> bool:
    """Whether more than one process can work for this one, which is not itself one that works beside another."""
    return processors() > 1 and "fork" in multiprocessing.get_all_start_methods() and not multiprocessing.current_process().daemon


@contextmanager
def _frozen() -> Iterator[None]:
    """Hide what there is from those that look for garbage, so that they do not copy what the processes share."""
    gc.freeze()
    yield
    gc.unfreeze()


def _waited(process: BaseProcess, ours: Connection) -> Any:
    """What the one thing that a process did gave."""
    try:
        done, told = ours.recv()
    except EOFError:
        raise OSError(errno.ECHILD, ENDED) from None
    finally:
        process.terminate()
        process.join()
        ours.close()
    if not done:
        raise told
    return told


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
