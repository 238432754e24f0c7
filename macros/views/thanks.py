"""Everyone whom the entries thank, made from their `contributors`."""

from collections.abc import Iterator
from dataclasses import dataclass

from .shapes import Link
from .site import Site


@dataclass(frozen=True)
class Thanked:
    """One person, with the organisation they gave; a person with two organisations stands twice."""

    name: str
    organisation: str
    roles: str
    entries: tuple[Link, ...]


def thanked(site: Site) -> Iterator[Thanked]:
    """The people in the order of their names; the roles and the entries of each in the order of the entries."""
    found: dict[tuple[str, str], tuple[list[str], list[Link]]] = {}
    for record in site.catalogue.listed():
        for person in record.entry.contributors:
            roles, entries = found.setdefault((person.name, person.organisation or ""), ([], []))
            roles.append(person.role)
            entries.append(site.link(record))
    for (name, organisation), (roles, entries) in sorted(found.items(), key=lambda item: (item[0][0].casefold(), item[0])):
        yield Thanked(name, organisation, ", ".join(dict.fromkeys(roles)), tuple(dict.fromkeys(entries)))
