"""Runs something again whenever a file below some folders changes: `commons check --watch`."""

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer

# An editor writes a file in several steps; what comes within this time (seconds) is one change.
TOGETHER = 0.2
_CHANGES = frozenset({"created", "modified", "deleted", "moved"})


class Changes(FileSystemEventHandler):
    """Sets an event when something changes that is no hidden or passing file of an editor."""

    def __init__(self) -> None:
        self.event = threading.Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Note a change; opening and closing a file is none."""
        names = (Path(str(path)).name for path in (event.src_path, event.dest_path) if path)
        if event.event_type in _CHANGES and any(not name.startswith(".") and not name.endswith("~") for name in names):
            self.event.set()


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
