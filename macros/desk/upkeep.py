"""What must be looked at again: entries that are due for review, and sources whose address no longer answers."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from ..catalogue import Catalogue
from .comment import calm, code

MOST = 300


class NoReport(Exception):
    """The report of the link checker cannot be read; the message says why."""


def addresses(catalogue: Catalogue) -> list[str]:
    """The addresses of all sources of entries that stand in lists, each once."""
    return sorted({source.url for record in catalogue.listed() for source in record.entry.sources.values() if source.url})


def review_issue(listed: str) -> str:
    """The standing issue on entries that are due for review, from what `commons stale` says."""
    lines = [f"    {line.strip()}" for line in listed.split("\n") if line.strip()]
    head = "This list is renewed every week by `commons stale`. Check an entry against its sources, correct it, write the day in `reviewed`."
    return "\n".join([head, "", *(lines or ["    Nothing is due."])]) + "\n"


def sources_issue(report: str, catalogue: Catalogue) -> str:
    """The standing issue on sources that no longer answer, from lychee's report in JSON; raises NoReport."""
    gone = failures(report)
    lines = list(_lines(gone, catalogue))
    head = "This list is renewed every week. An address that fails once may answer tomorrow; one that stays needs a new address or an archived copy."
    return (
        "\n".join([head, "", *(lines[:MOST] or ["All addresses answer."]), *([f"and {len(lines) - MOST} more"] if len(lines) > MOST else [])]) + "\n"
    )


def failures(report: str) -> dict[str, str]:
    """What each address that failed said, by address; raises NoReport."""
    try:
        found = json.loads(report)
        maps = [found.get("error_map") or found.get("fail_map") or {}, found.get("timeout_map") or {}]
        return {str(one["url"]): _said(one.get("status")) for each in maps for many in each.values() for one in many}
    except (ValueError, AttributeError, KeyError, TypeError) as error:
        raise NoReport(f"the report is not one of lychee in JSON ({error})") from None


def _said(status: Any) -> str:
    if isinstance(status, Mapping):
        return str(status.get("text") or status.get("code") or "no answer")
    return str(status or "no answer")


def _lines(gone: Mapping[str, str], catalogue: Catalogue) -> Iterator[str]:
    for record in catalogue.listed():
        for key, source in record.entry.sources.items():
            if source.url and (said := gone.get(source.url) or gone.get(f"{source.url}/")):
                archived = source.archived
                copy = f" Archived copy: `{code(archived)}`" if archived else " No archived copy is known."
                yield f"- [ ] `{code(record.source.path)}`, `{key}`: `{code(source.url)}` ({calm(said)}).{copy}"
