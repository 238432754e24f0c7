"""Every problem of every file at once, and the catalogue if there is none that stops."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from operator import attrgetter
from pathlib import Path

from .ahead import Each
from .catalogue import Catalogue
from .pool import Pool, Record, Vocabularies, read_pool
from .problems import ContentError, Problem
from .rules import Ground, Scope, permanence, problems_alone, problems_among, problems_of, twins
from .source import Unreadable


@dataclass(frozen=True)
class Checked:
    """A pool with what is wrong in it; `problems` is sorted."""

    pool: Pool
    problems: tuple[Problem, ...]
    today: date

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop the build."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    def catalogue(self, drafts: bool = True) -> Catalogue:
        """The catalogue, with or without the drafts; raises ContentError if anything is wrong."""
        if self.errors:
            raise ContentError(self.errors)
        records = tuple(record for record in self.pool.records if drafts or record.entry.status != "draft")
        return Catalogue(replace(self.pool, records=records), self.today)


def check(content: Path, project: Path, today: date, each: Each = map) -> Checked:
    """Read and check a content folder; never raises for what a contributor wrote.

    `each` reads and judges the entries by themselves; what is told by all together is looked at in their order, by this process.
    """

    def judge(record: Record, vocabularies: Vocabularies, unread: frozenset[str]) -> Iterable[Problem]:
        return problems_alone(record, Ground(vocabularies, unread, today))

    pool = read_pool(content, project, judge, each)
    scope = Scope(pool, today)
    among = (problem for record in (*pool.records, *pool.broken) for problem in problems_among(record, scope))
    found = [*pool.problems, *among, *permanence(pool)]
    return Checked(pool, tuple(sorted(set(found), key=_ORDER)), today)


# The order of Problem itself, told to `sorted` in a way that is quick for many.
_ORDER = attrgetter("path", "line", "column", "code", "message", "hint")


def check_again(checked: Checked, path: Path, project: Path) -> Checked:
    """The same pool with one entry read anew, and what is wrong with it; raises ContentError if that stops a build.

    For a preview, which must be quick: no other entry is judged, and whether two are alike is left to a whole check.
    """
    try:
        pool, record = checked.pool.read_again(path, project)
    except Unreadable as error:
        raise ContentError(error.problems) from None
    found = set(problems_of(record, Scope(pool, checked.today), but=(twins,)))
    if errors := [problem for problem in found if problem.severity == "error"]:
        raise ContentError(errors)
    others = (problem for problem in checked.problems if problem.path != record.source.path)
    return Checked(pool, tuple(sorted((*others, *found), key=_ORDER)), checked.today)


def under(problems: Iterable[Problem], paths: Iterable[str]) -> tuple[Problem, ...]:
    """The problems of some files or folders (POSIX, relative to the project); all of them if none is given."""
    paths = tuple(path.rstrip("/") for path in paths)
    if not paths:
        return tuple(problems)
    return tuple(p for p in problems if any(p.path == path or p.path.startswith(path + "/") for path in paths))
