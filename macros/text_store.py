"""Where rendered texts are kept between runs: one SQLite file under the build folder, or memory.

Nothing in it is more than a saving of time. A store that is torn or of another form is made anew; one that cannot be written
(a full disk, a folder that is closed) is left, and the run goes on in memory.
"""

import contextlib
import sqlite3
from collections.abc import Mapping
from pathlib import Path

from .kept import sum_of

# Not a database, a torn one, or one with other tables; anything else (locked, full, closed) may be whole.
_SPOILT = frozenset({sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_ERROR, sqlite3.SQLITE_FORMAT})


class TextStore:
    """Texts by key; those that nobody asks for or adds are forgotten by `close`."""

    def __init__(self, path: Path | None = None) -> None:
        self._used: set[str] = set()
        self._path = path
        try:
            self._store = _opened(path)
        except (OSError, sqlite3.Error) as error:
            self._store = self._instead(error)

    def get(self, key: str) -> str | None:
        """The text of a key; None if there is none, or if it is not as it was written."""
        self._used.add(key)
        try:
            row = self._store.execute("SELECT sections FROM text WHERE hash = ?", (key,)).fetchone()
        except sqlite3.Error as error:
            self._store = self._instead(error)
            return None
        first, _, text = str(row[0]).partition(" ") if row else ("", "", "")
        return text if row and first == sum_of(text.encode()) else None

    def put(self, texts: Mapping[str, str]) -> None:
        """Keep some texts by their keys, all in one step."""
        if not texts:
            return
        rows = [(key, f"{sum_of(text.encode())} {text}") for key, text in texts.items()]
        try:
            self._store.execute("BEGIN")
            self._store.executemany("INSERT OR REPLACE INTO text VALUES (?, ?)", rows)
            self._store.execute("COMMIT")
        except sqlite3.Error as error:
            self._store = self._instead(error)

    def close(self) -> None:
        """Forget what nobody used."""
        with contextlib.suppress(sqlite3.Error):
            for (key,) in self._store.execute("SELECT hash FROM text").fetchall():
                if key not in self._used:
                    self._store.execute("DELETE FROM text WHERE hash = ?", (key,))
        self._store.close()

    def _instead(self, error: Exception) -> sqlite3.Connection:
        """An empty store in the place of one that failed; what is spoilt is removed, so that the next run has a new file."""
        if hasattr(self, "_store"):
            self._store.close()
        path, self._path = self._path, None
        if path and getattr(error, "sqlite_errorcode", None) in _SPOILT:
            with contextlib.suppress(OSError, sqlite3.Error):
                for name in (path.name, f"{path.name}-journal"):
                    path.with_name(name).unlink(missing_ok=True)
                return _opened(path)
        return _opened(None)


def _opened(path: Path | None) -> sqlite3.Connection:
    """A store that holds no lock between two writes, so that several readers and writers can have it open."""
    if path:
        path.parent.mkdir(parents=True, exist_ok=True)
    found = sqlite3.connect(path or ":memory:", isolation_level=None)
    try:
        found.execute("PRAGMA synchronous = OFF")
        found.execute("CREATE TABLE IF NOT EXISTS text (hash TEXT PRIMARY KEY, sections TEXT NOT NULL)")
        found.execute("SELECT hash, sections FROM text LIMIT 1").fetchone()
    except sqlite3.Error:
        found.close()
        raise
    return found
