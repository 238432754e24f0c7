"""Runs something again whenever a file below some folders changes: `commons check --watch`."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import ObservedWatch
from watchdog.observers.polling import PollingObserver

# An editor writes a file in several steps; what comes within this time (seconds) is one change.
TOGETHER = 0.2
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})


class Changes(FileSystemEventHandler):
    """Sets an event when something changes that is no hidden or passing file of an editor."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; opening and closing a file is none."""
        if is_change(event):
            self.event.set()


class OnlyChanges(FileSystemEventHandler):
    """Hands changes of some files on to another handler, and nothing else; `among` are files and folders, absolute."""

    def __init__(self, handler: FileSystemEventHandler, among: Iterable[Path]) -> None:
        self.handler, self.among = handler, tuple(among)

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Hand a change on."""
        paths = [Path(str(path)) for path in (event.src_path, event.dest_path) if path]
        if is_change(event) and any(path.is_relative_to(place) for path in paths for place in self.among):
            self.handler.dispatch(event)


class ChangeObserver:
    """An observer that tells its handlers of changes of some files and folders only, as quickly as the system does.

    Some disks (of a network, of a container's host) tell nothing: with `polling` it looks at every file twice a second.
    """

    def __init__(self, among: Iterable[Path], polling: bool) -> None:
        self._among = tuple(among)
        self._observer = PollingObserver(timeout=0.5) if polling else Observer()
        self.start, self.stop, self.join = self._observer.start, self._observer.stop, self._observer.join
        self.unschedule = self._observer.unschedule

    def schedule(self, handler: FileSystemEventHandler, path: str, recursive: bool) -> ObservedWatch:
        """Watch a folder."""
        return self._observer.schedule(OnlyChanges(handler, self._among), path, recursive=recursive)


def is_change(event: FileSystemEvent) -> bool:
    """Whether something changed that is no hidden or passing file of an editor; opening and closing a file is no change."""
    names = (Path(str(path)).name for path in (event.src_path, event.dest_path) if path)
    return event.event_type in _CHANGES and any(not name.startswith(".") and not name.endswith("~") for name in names)


def watch(folders: Iterable[Path], run: Callable[[], None], going: Callable[[], bool] = lambda: True) -> None:
    """Run once, and again after each change below the folders, until `going` says no or the user stops it."""
    changes, observer = Changes(), Observer()
    for folder in folders:
        if folder.is_dir():
            observer.schedule(changes, str(folder), recursive=True)
    observer.start()
    try:
        run()
        while going():
            if changes.event.wait(1.0):
                while changes.event.is_set():
                    changes.event.clear()
                    changes.event.wait(TOGETHER)
                run()
    except KeyboardInterrupt:
        return
    finally:
        observer.stop()
        observer.join()
