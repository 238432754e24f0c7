"""The clock of a build: the moment that the environment names, or that of the commit that stands, else the machine's."""

import os
from datetime import UTC, date, datetime
from pathlib import Path

from .git import Repository


def build_day() -> date:
    """The day on which pages are made: that of SOURCE_DATE_EPOCH (seconds since 1970, UTC) if it is set, else today.

    Which reviews are due depends on it, so two builds with the same value give the same pages
    (https://reproducible-builds.org/specs/source-date-epoch/).
    """
    given = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(given), UTC).date() if given.isascii() and given.isdigit() else date.today()


def set_clock(root: Path) -> None:
    """Take the time of the commit that stands for the clock, unless the environment names another moment.

    Content that was edited since, perhaps today, belongs to no commit: it is built by the clock of the machine.
    """
    if not os.environ.get("SOURCE_DATE_EPOCH") and (moment := commit_time(root)):
        os.environ["SOURCE_DATE_EPOCH"] = moment


def commit_time(root: Path) -> str:
    """When the commit was made that stands, in seconds since 1970; empty where git does not know, or where content was edited since.

    A build takes it for its clock, so that the same commit gives the same bytes on any day.
    """
    git = Repository(root)
    moment = git.ask("log", "-1", "--format=%ct").strip()
    return moment if moment and not git.ask("status", "--porcelain", "--", "content") else ""
