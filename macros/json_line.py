"""JSON as programs read it: on one line, without spaces, letters as they are.

Written by orjson, since there are millions of values; to read them, Python's own module is as quick (docs/adr/0005-libraries.md).
"""

from typing import Any

import orjson


def json_line(value: Any) -> str:
    """A tree of lists, mappings with texts as keys, texts and numbers as JSON on one line; raises TypeError for anything else."""
    return orjson.dumps(value).decode()
