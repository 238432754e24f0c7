"""What governments decided or announced: the rows of a table that are about each of them."""

from collections.abc import Iterable, Mapping

from .description import Statements
from .reading import Dataset

Rows = list[dict[str, str]]


def by_government(datasets: Mapping[str, Dataset], tables: Iterable[Statements], governments: Mapping[str, str]) -> dict[tuple[str, str], Rows]:
    """The rows of each table by file and government, the same words only once."""
    found: dict[tuple[str, str], Rows] = {}
    for table in tables:
        places = datasets[table.file].description.places
        for row in datasets[table.file].rows if places else ():
            if places is None or (table.leave_out and all(row.get(name) == value for name, value in table.leave_out.items())):
                continue
            id = places.also.get(row[places.name]) or governments.get(row[places.code])
            if id and dict(row) not in found.setdefault((table.file, id), []):
                found[table.file, id].append(dict(row))
    return found
