"""Compiled templates, kept between runs with the hash of their bytes: a torn piece of a program must never run."""

import contextlib
from pathlib import Path

from jinja2 import BytecodeCache
from jinja2.bccache import Bucket

from .kept import read_kept, write_kept


class TemplateStore(BytecodeCache):
    """Keeps each compiled template as a file in a folder; Jinja itself sees whether its source has changed."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill a bucket with what was kept, if that is whole."""
        if (kept := read_kept(self._folder / bucket.key)) is not None:
            bucket.bytecode_from_string(kept)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a bucket; where that cannot be, the template is compiled again next time."""
        with contextlib.suppress(OSError):
            write_kept(self._folder / bucket.key, bucket.bytecode_to_string())


def store_of(build: Path) -> TemplateStore:
    """The store of a project, under its folder of what is made."""
    return TemplateStore(build / "templates")
