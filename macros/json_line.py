"""JSON as programs read it: on one line, without spaces, letters as they are.

By orjson, since there are millions of values (docs/adr/0005-libraries.md).
"""

from typing import Any

import orjson


def json_line(value: Any) -> str:
    """A tree of lists, mappings with texts as keys, texts and numbers as JSON on one line; raises TypeError for anything else."""
    return orjson.dumps(value).decode()


def from_json(text: str | bytes) -> Any:
    """What stands in a text that is JSON; raises ValueError where it is not."""
    return orjson.loads(text)
