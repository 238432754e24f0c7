"""What changed in each entry, and on which day, from the versions that git has of its file.

A printed page carries its date; the page on the site says what changed since. What a version holds never changes, so the
comparison of two is kept under the build folder by their blobs, and the versions by the commit: a live preview asks git
only for the commit that stands.
"""

import json
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path, PurePosixPath
from typing import Any

from . import strict_yaml
from .body import parse
from .entries import FOLDERS
from .git import Repository, Version
from .json_line import json_line
from .kept import sum_of, write_whole
from .source import MAX_BYTES

FORMAT = 1
REVIEWED = "reviewed"
# The day it first appeared is not news, whatever it says.
_SILENT = frozenset({"published"})
_KEY = re.compile(r"([a-z][a-z_]*):")
# Fields by name and sections by title.
Parts = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True)
class Change:
    """What one day brought to an entry: names of fields and titles of sections, in the order of the file; `day` is ISO 8601."""

    day: str
    fields: tuple[str, ...] = ()
    sections: tuple[str, ...] = ()

    @property
    def only_reviewed(self) -> bool:
        """Whether someone checked the entry and found it right."""
        return self.fields == (REVIEWED,) and not self.sections


@dataclass(frozen=True)
class History:
    """The changes of each entry by id, newest first; an entry that git does not know, or not all of, is missing."""

    changes: Mapping[str, tuple[Change, ...]] = field(default_factory=dict)

    def of(self, id: str) -> tuple[Change, ...] | None:
        """The changes of an entry, none if it stands as it was first published; None if nobody knows."""
        return self.changes.get(id)

    def last(self, id: str) -> str:
        """The day of the last change of an entry (ISO 8601), empty if there was none or nobody knows."""
        return next((change.day for change in self.changes.get(id, ())), "")


def read_history(repository: Repository, folder: str, aliases: Mapping[str, Iterable[str]], cache: Path) -> History:
    """The history of all entries; `folder` is that of the content, `aliases` are the old ids of each entry of today."""
    head = repository.head()
    if not head:
        return History()
    kept = _read_cache(cache)
    events = kept["events"] if kept.get("head") == head else _events(repository.versions(folder))
    pairs: dict[str, Parts] = {pair: (tuple(parts[0]), tuple(parts[1])) for pair, parts in kept.get("pairs", {}).items()}
    lines = {id: found for id, old in aliases.items() if (found := timeline(id, old, events))}
    wanted = [f"{before} {after}" for line in lines.values() for (_, before), (_, after) in pairwise(line) if before != after]
    new = [pair for pair in dict.fromkeys(wanted) if pair not in pairs]
    pairs.update(zip(new, _compare(new, repository), strict=True))
    if new or kept.get("head") != head:
        _write_cache(cache, {"format": FORMAT, "head": head, "events": events, "pairs": {pair: pairs[pair] for pair in dict.fromkeys(wanted)}})
    return History({id: tuple(changes(line, lambda before, after: pairs[f"{before} {after}"])) for id, line in lines.items()})


# For each id: the place in the order of all versions, the day, the blob.
Events = dict[str, list[tuple[int, str, str]]]


def _events(versions: Iterable[Version]) -> Events:
    """The versions of each id that a file of any kind ever had, oldest first; that a file went away is no version."""
    found: Events = defaultdict(list)
    for place, version in enumerate(versions):
        path = PurePosixPath(version.path)
        if version.blob and path.suffix == ".md" and len(path.parts) > 1 and path.parts[-2] in FOLDERS:
            found[path.stem].append((place, version.day, version.blob))
    return dict(found)


def timeline(id: str, aliases: Iterable[str], events: Events) -> list[tuple[str, str]]:
    """The last version of each day of an entry, oldest first: (day, blob).

    Before the first version under its id it had those of the old id that came last; an old id that went on
    beside it was another entry, which it took over.
    """
    found = events.get(id, [])
    begin = found[0][0] if found else None
    for old in sorted((old for old in aliases if old in events), key=lambda old: -events[old][0][0]):
        before = [event for event in events[old] if begin is None or event[0] < begin]
        if before:
            found, begin = [*before, *found], before[0][0]
    days: list[tuple[str, str]] = []
    for _, day, blob in found:
        if days and days[-1][0] == day:
            days.pop()
        days.append((day, blob))
    return days


def changes(line: list[tuple[str, str]], compare: Callable[[str, str], Parts]) -> Iterator[Change]:
    """The changes between the versions of a timeline, newest first; what differs only in blanks is none."""
    for (_, before), (day, after) in reversed(list(pairwise(line))):
        if before != after:
            fields, sections = compare(before, after)
            if fields or sections:
                yield Change(day, fields, sections)


def _compare(pairs: list[str], repository: Repository) -> list[Parts]:
    """What differs between the two blobs of each pair."""
    texts = repository.texts((blob for pair in pairs for blob in pair.split(" ")), MAX_BYTES) if pairs else iter(())
    return [differing(before, after) for before, after in zip(texts, texts, strict=True)]


def differing(before: str, after: str) -> Parts:
    """The fields and the sections that two versions of an entry's file do not share, in the order of the later one."""
    if before == after:
        return (), ()
    (old_fields, old_body), (new_fields, new_body) = _taken_apart(before), _taken_apart(after)
    fields = [name for name in {**new_fields, **old_fields} if name not in _SILENT and not _same(old_fields.get(name), new_fields.get(name))]
    if old_body == new_body:
        return tuple(fields), ()
    old, new = _sections(old_body), _sections(new_body)
    return tuple(fields), tuple(title for title in {**new, **old} if old.get(title) != new.get(title))


def _taken_apart(text: str) -> tuple[dict[str, str], str]:
    """The lines of each field of the front matter, and the body.

    The lines are compared as they stand, because old versions follow the rules of their own day.
    """
    lines = text.replace("\r\n", "\n").lstrip("\ufeff").split("\n")
    fields: dict[str, str] = {}
    name = ""
    for number, line in enumerate(lines[1:], 1):
        if line.rstrip() == "---":
            return fields, "\n".join(lines[number + 1 :])
        if match := _KEY.match(line):
            name = match.group(1)
            fields[name] = ""
        if name:
            fields[name] += f"{line}\n"
    return {}, text


def _same(before: str | None, after: str | None) -> bool:
    """Whether the lines of a field hold the same value, however they are written."""
    if before == after or before is None or after is None:
        return before == after
    old, new = strict_yaml.read(before), strict_yaml.read(after)
    return not old.complaints and not new.complaints and old.value == new.value


def _sections(body: str) -> dict[str, str]:
    """The words of each section by its title."""
    return {section.title: " ".join(section.text.split()) for section in parse(body, 1).sections}


def _read_cache(path: Path) -> dict[str, Any]:
    """What an earlier run kept; nothing if there is none, or if it is torn or of another format."""
    try:
        kept = json.loads(path.read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    known = isinstance(kept, dict) and kept.get("format") == FORMAT and kept.pop("sum", "") == sum_of(_written(kept))
    return kept if known else {}


def _write_cache(path: Path, kept: Mapping[str, object]) -> None:
    write_whole(path, _written({**kept, "sum": sum_of(_written(kept))}))


def _written(kept: Mapping[str, object]) -> bytes:
    return json_line(kept).encode()
