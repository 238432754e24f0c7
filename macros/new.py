"""A new entry from what its author knows: an id that nobody had, and the fields that need not be asked.

`commons new` asks for what is required; a file of the form (its entry, or its draft as JSON) brings the rest. Entries from
issues and from workshops begin in the same way.
"""

import json
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

from .body import parse
from .entries import KINDS, OFFERED, Entry
from .entries.fields import ID_MAX, RESERVED
from .pool import Pool
from .problems import did_you_mean, listed
from .questions import is_list, split
from .source import read_source
from .validation import as_id

# What the form calls its exports; a later form of them gets another number.
DRAFT_FORMAT = 1
# A proposed id has about as many letters as an address can show, and room for a number behind them.
ID_PROPOSED = 60
ID_LONGEST = ID_MAX - 5


class NotNew(Exception):
    """The entry cannot be made; the message says why and what to do."""


@dataclass
class Given:
    """What is known of an entry before its file is written."""

    id: str = ""
    meta: dict[str, Any] = field(default_factory=dict)
    sections: dict[str, str] = field(default_factory=dict)


def wished_id(title: str) -> str:
    """The id that a title suggests, of whole words; empty if the title has no letter that an id can have."""
    words, id = as_id(title).split("-"), ""
    for word in words:
        if id and len(id) + 1 + len(word) > ID_PROPOSED:
            break
        id = f"{id}-{word}" if id else word[:ID_LONGEST]
    return f"{id}-entry" if id in RESERVED else id


def free_ids(wished: str) -> Iterator[str]:
    """The id, then the id with a number, without end."""
    yield wished
    for number in count(2):
        yield f"{wished}-{number}"


def propose(title: str, taken: Collection[str], otherwise: str = "") -> str:
    """An id made from a title that nobody has or had; if the title has no letter that an id can have, from something else, or none."""
    wished = wished_id(title) or otherwise
    return next(id for id in free_ids(wished) if id not in taken) if wished else ""


def refuse(id: str, taken: Collection[str]) -> None:
    """Raise NotNew for an id that has not the right form, or that an entry has or had."""
    better = as_id(id)
    if id != better or not id:
        raise NotNew(
            f"an id must have at most {ID_MAX} lower-case letters, digits and single hyphens; found '{id}'{f'; write {better}' if better else ''}"
        )
    if id in RESERVED:
        raise NotNew(f"an id must be one that Windows does not keep for devices; found '{id}'. Free is {propose(id, taken)}")
    if id in taken:
        raise NotNew(f"the id '{id}' belongs to another entry, or did once; ids are never given twice. Free is {propose(id, taken)}")


def taken_ids(pool: Pool) -> frozenset[str]:
    """Every id that an entry has, or had before it was renamed, or that stands in the ledger."""
    published = {address.partition("/")[2] for address in pool.ledger or ()}
    return frozenset(pool.ids) | published | {old for record in (*pool.records, *pool.broken) for old in record.entry.aliases}


def read_given(path: Path) -> tuple[str, Given]:
    """The kind (empty if the file does not tell it) and the content of a file of the form; raises NotNew and Unreadable."""
    if path.suffix != ".json":
        source = read_source(path, path.parent)
        return "", Given("", dict(source.meta), {section.title: section.text for section in parse(source.body, source.body_line).sections})
    try:
        draft = json.loads(path.read_text("utf-8"))
    except (ValueError, UnicodeDecodeError):
        draft = None
    meta, sections = (draft.get(name) for name in ("meta", "sections")) if isinstance(draft, dict) else (None, None)
    if not isinstance(draft, dict) or draft.get("format") != DRAFT_FORMAT or not isinstance(meta, dict) or not isinstance(sections, dict):
        raise NotNew(f"{path.name} must be an entry (.md) or a draft (.json) of the form; it is neither")
    texts = {str(title): str(text) for title, text in sections.items() if text}
    return str(draft.get("kind") or ""), Given(str(draft.get("id") or ""), meta, texts)


def with_values(meta: Mapping[str, Any], model: type[Entry], values: Collection[str]) -> dict[str, Any]:
    """Fields with what stands in `name=value` and `name.inner=value`; lists have commas. Raises NotNew."""
    found = dict(meta)
    for pair in values:
        name, sign, value = pair.partition("=")
        outer, _, inner = name.partition(".")
        if not sign:
            raise NotNew(f"--set must hold a name, an equals sign and a value, such as topics=money; found '{pair}'")
        if outer not in model.model_fields:
            raise NotNew(
                f"there is no field '{outer}' in a {model.kind}. "
                + did_you_mean(outer, model.model_fields, f"There are {listed(model.model_fields, 40)}.")
            )
        if inner:
            found[outer] = {**(found[outer] if isinstance(found.get(outer), dict) else {}), inner: value}
        else:
            found[outer] = split(value) if is_list(model.model_fields[outer]) else value
    return found


def completed(meta: Mapping[str, Any], owner: str, model: type[Entry], today: date) -> dict[str, Any]:
    """Fields with what need not be asked: the days are today, the owner is the team that keeps the pool."""
    days = [name for name, known in model.model_fields.items() if known.is_required() and known.annotation is date]
    return {**dict.fromkeys(days, today.isoformat()), "owner": owner, **meta}


def kinds_first() -> list[str]:
    """All kinds, those that outsiders add first."""
    return [*OFFERED, *(kind for kind in KINDS if kind not in OFFERED)]
