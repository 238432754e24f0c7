"""A table for each relation: which entry names which, with what is said beside the name.

The relations follow from the models: a field that holds ids is a table, `case-study-applies-practice` for the field
`applies.practice` of case studies. Only published entries stand in it.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pydantic import BaseModel

from ..entries import KINDS
from ..entries.base import Entry
from ..entries.fields import Reference
from ..marks import marks
from ..pool import Record
from ..relations import ReferenceField, reference_fields
from ..strict_yaml import Path
from ..views.downloads import relation_name
from ..views.site import Site
from .columns import Column, columns_of, value_of


@dataclass(frozen=True)
class RelationTable:
    """A relation of a kind; `target` is the kind that all its targets have, empty where there may be several."""

    name: str
    title: str
    kind: str
    target: str
    columns: tuple[Column, ...]
    rows: tuple[tuple[Any, ...], ...]


def relation_tables(site: Site) -> Iterator[RelationTable]:
    """Every relation that an entry of the pool states, kind by kind in the order of their fields."""
    for kind, model in KINDS.items():
        rows = _rows(site.catalogue.by_kind[kind], {found.field: _said(found) for found in reference_fields(model)}, site)
        for found in reference_fields(model):
            if rows.get(found.field):
                yield _table(kind, found, tuple(rows[found.field]), site)


def _table(kind: str, found: ReferenceField, rows: tuple[tuple[Any, ...], ...], site: Site) -> RelationTable:
    names = (Column("entry"), Column("entry_title"), Column("target"), Column("target_kind"), Column("target_title"))
    return RelationTable(
        relation_name(kind, found.field),
        site.strings("data.relation", kind=site.strings(f"kinds.{kind}.many"), field=found.field),
        kind,
        found.kinds[0] if len(found.kinds) == 1 else "",
        (*names, *_said(found)),
        rows,
    )


def _said(found: ReferenceField) -> tuple[Column, ...]:
    """What stands beside the name: the plain fields of the group that it is a part of."""
    if found.part is None:
        return ()
    references = {each.field for each in reference_fields(found.part)}
    return tuple(column for column in columns_of(found.part) if column.name not in references)


def _rows(records: tuple[Record, ...], said: dict[str, tuple[Column, ...]], site: Site) -> dict[str, list[tuple[Any, ...]]]:
    rows: dict[str, list[tuple[Any, ...]]] = {}
    for record in records:
        for marked in marks(record.entry):
            target = site.catalogue.by_id.get(marked.value) if isinstance(marked.mark, Reference) else None
            if target and target.entry.status == "published":
                columns = said[marked.field]
                beside = _part(record.entry, marked.path) if columns else None
                row = (record.id, record.entry.title, target.id, target.kind, target.entry.title)
                rows.setdefault(marked.field, []).append((*row, *(value_of(beside, column.name) for column in columns if beside)))
    return rows


def _part(entry: Entry, path: Path) -> BaseModel | None:
    """The innermost group of a list in which a value stands."""
    value: Any = entry
    before: Any = None
    found: BaseModel | None = None
    for step in path[:-1]:
        value = getattr(value, str(step)) if isinstance(value, BaseModel) else value[step]
        if isinstance(value, BaseModel) and isinstance(before, tuple | dict):
            found = value
        before = value
    return found
