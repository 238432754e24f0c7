"""Who names whom: every reference as a typed relation, found from either end.

The author writes one side; the field it stands in is the type of the relation.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from .entries.fields import Reference
from .marks import marks
from .pool import Record


@dataclass(frozen=True, order=True)
class Relation:
    """`source` names `target` in its field `field` (`applies.practice`, `members.governments`)."""

    source: str
    field: str
    target: str


class Relations:
    """All relations of a pool, by either end, each list in the order of the files and fields."""

    def __init__(self, records: Iterable[Record]) -> None:
        self._out: dict[str, list[Relation]] = {}
        self._into: dict[str, list[Relation]] = {}
        for record in records:
            for marked in marks(record.entry):
                if isinstance(marked.mark, Reference):
                    relation = Relation(record.id, marked.field, marked.value)
                    self._out.setdefault(record.id, []).append(relation)
                    self._into.setdefault(marked.value, []).append(relation)

    def of(self, id: str, field: str | None = None) -> list[Relation]:
        """Relations that the entry itself states."""
        return [relation for relation in self._out.get(id, ()) if field in (None, relation.field)]

    def to(self, id: str, field: str | None = None) -> list[Relation]:
        """Relations that other entries state about this one."""
        return [relation for relation in self._into.get(id, ()) if field in (None, relation.field)]

    def all(self) -> list[Relation]:
        """Every relation, sorted."""
        return sorted(relation for relations in self._out.values() for relation in relations)
