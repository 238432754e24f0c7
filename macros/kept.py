"""Files that hold only what can be made again: written whole or not at all, and known for torn when they are read.

A disk that filled up, a machine that lost power and another version leave files that look like ours, so each begins with a line
that has the hash of the rest. A build that finds a file to be torn makes its content anew.
"""

import contextlib
import os
from hashlib import sha256
from pathlib import Path


def sum_of(content: bytes) -> str:
    """The hash that tells whether a content is whole."""
    return sha256(content).hexdigest()[:32]


def read_kept(path: Path) -> bytes | None:
    """What was kept in a file; None if there is none, or if it is not as it was written."""
    try:
        first, _, content = path.read_bytes().partition(b"\n")
    except OSError:
        return None
    return content if first == sum_of(content).encode() else None


def write_kept(path: Path, content: bytes) -> None:
    """Keep a content in a file."""
    write_whole(path, f"{sum_of(content)}\n".encode() + content)


def put(path: Path, content: bytes) -> None:
    """Write a file, and its folder only where there is none: to look for the folder of each of ten thousand files takes a while."""
    try:
        path.write_bytes(content)
    except FileNotFoundError:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)


def write_whole(path: Path, content: bytes) -> None:
    """Write a file so that it has all of its new content or still the old one, whatever stops the program."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")  # two programs at once each write their own
    try:
        put(beside, content)
        beside.replace(path)
    except OSError:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise
