"""Who takes part in what, as matrices: governments by commitment, governments by coalition, bodies by coalition.

A matrix is sparse: only the cells that say something are held. Its rows and columns are entries in the order in which a
reader finds them.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from ..catalogue import Catalogue
from ..entries.action import Action
from ..entries.coalition import Coalition
from ..pool import Record

# What a cell can say. `NAMED`: the commitment's own document names the government. `AS_MEMBER`: the document names nobody,
# and the government is in the newest member list of the coalition. `MEMBER`, `EARLIER`: in the newest, or only in an
# earlier member list. Cells of bodies hold the ids of their roles instead.
NAMED, AS_MEMBER, MEMBER, EARLIER = "named", "as-member", "member", "earlier"


@dataclass(frozen=True)
class Matrix:
    """Entries by entries; `marks` has what is known for (id of the row, id of the column), first what says most."""

    rows: tuple[Record, ...]
    columns: tuple[Record, ...]
    marks: Mapping[tuple[str, str], tuple[str, ...]]

    def cell(self, row: Record, column: Record) -> tuple[str, ...]:
        """What is known for a row and a column; empty if nothing is."""
        return self.marks.get((row.id, column.id), ())

    @cached_property
    def row_counts(self) -> dict[tuple[str, str], int]:
        """How many columns of a row begin with each mark, by (id of the row, mark)."""
        return _count((row, marks[0]) for (row, _), marks in self.marks.items())

    @cached_property
    def column_counts(self) -> dict[tuple[str, str], int]:
        """How many rows of a column begin with each mark, by (id of the column, mark)."""
        return _count((column, marks[0]) for (_, column), marks in self.marks.items())


def _count(pairs: Iterable[tuple[str, str]]) -> dict[tuple[str, str], int]:
    found: dict[tuple[str, str], int] = {}
    for pair in pairs:
        found[pair] = found.get(pair, 0) + 1
    return found


def commitments(catalogue: Catalogue) -> Matrix:
    """Governments by commitment; commitments stand coalition by coalition, in the coalition's own order.

    Coalitions of which no government is known come last, so that their empty columns do not part those that say something.
    """
    known = {_coalition_of(record) for record in catalogue.listed("action") if getattr(record.entry, "governments", ())}
    order = sorted(catalogue.by_kind["coalition"], key=lambda record: not (record.id in known or members_of(record)))
    place = {record.id: number for number, record in enumerate(order)}
    columns = sorted(
        (record for record in catalogue.listed("action") if _coalition_of(record) in place),
        key=lambda record: (place[_coalition_of(record)], catalogue.position(record)),
    )
    marks: dict[tuple[str, str], tuple[str, ...]] = {}
    for action in columns:
        named = catalogue.named(getattr(action.entry, "governments", ()), "government")
        found = named or catalogue.named(members_of(catalogue.by_id[_coalition_of(action)]), "government")
        marks.update({(government.id, action.id): (NAMED if named else AS_MEMBER,) for government in found})
    return Matrix(_rows(marks, catalogue), tuple(columns), marks)


def memberships(catalogue: Catalogue) -> Matrix:
    """Governments by coalition, of every coalition of which a list with governments was found."""
    columns = [record for record in catalogue.listed("coalition") if members_of(record) or earlier_members_of(record)]
    marks: dict[tuple[str, str], tuple[str, ...]] = {}
    for coalition in columns:
        for mark, ids in ((EARLIER, earlier_members_of(coalition)), (MEMBER, members_of(coalition))):
            marks.update({(government.id, coalition.id): (mark,) for government in catalogue.named(ids, "government")})
    return Matrix(_rows(marks, catalogue), tuple(columns), marks)


def bodies(catalogue: Catalogue) -> Matrix:
    """Organisations, coalitions and governments by the coalitions in which they have a role; roles in the order of the vocabulary.

    Those with a role in most coalitions come first, since they tie the landscape together.
    """
    vocabulary = catalogue.vocabularies.get("organisation-roles")
    found: dict[tuple[str, str], set[str]] = {}
    for coalition in catalogue.listed("coalition"):
        for part in coalition.entry.bodies if isinstance(coalition.entry, Coalition) else ():
            if catalogue.named((part.body,)):
                found.setdefault((part.body, coalition.id), set()).add(part.role)
    marks = {pair: tuple(sorted(roles, key=vocabulary.position if vocabulary else str)) for pair, roles in found.items()}
    number = _count((body, "") for body, _ in marks)
    rows = sorted(catalogue.named(body for body, _ in marks), key=lambda r: (-number[(r.id, "")], r.entry.title.casefold(), r.id))
    columns = tuple(catalogue.named(column for _, column in marks))
    return Matrix(tuple(rows), columns, marks)


def members_of(record: Record) -> tuple[str, ...]:
    """The governments of a coalition's newest member list."""
    return record.entry.members.governments if isinstance(record.entry, Coalition) else ()


def earlier_members_of(record: Record) -> tuple[str, ...]:
    """The governments of a coalition's earlier lists, each once."""
    lists = record.entry.earlier_members if isinstance(record.entry, Coalition) else ()
    return tuple(dict.fromkeys(government for found in lists for government in found.governments))


def _coalition_of(action: Record) -> str:
    return action.entry.coalition if isinstance(action.entry, Action) else ""


def _rows(marks: Iterable[tuple[str, str]], catalogue: Catalogue) -> tuple[Record, ...]:
    """The governments that have a mark, by name."""
    found = catalogue.named(dict.fromkeys(row for row, _ in marks))
    return tuple(sorted(found, key=lambda record: (record.entry.title.casefold(), record.id)))
