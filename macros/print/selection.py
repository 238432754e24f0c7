"""Which entries go on paper, in which order: those of a bundle, of facets, of ids, or all that belong to an entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..entries.bundle import Bundle
from ..facets import known
from ..pool import Record
from ..problems import did_you_mean
from ..text import link_of
from ..views.site import Site
from ..views.workshop import GATHERED, gathered


class NoSelection(Exception):
    """Nothing was selected, or something that is not there; the message says what."""


@dataclass(frozen=True)
class Selection:
    """Entries in the order of printing; `source` is the bundle, topic, coalition or government that they come from.

    `address` is where the same selection stands on the site, relative to its root.
    """

    title: str
    summary: str
    records: tuple[Record, ...]
    address: str
    source: Record | None = None

    @property
    def bundle(self) -> Bundle | None:
        """The agenda that goes with it, if someone wrote one."""
        return self.source.entry if self.source and isinstance(self.source.entry, Bundle) else None


def select(site: Site, id: str | None, ids: str, facets: Mapping[str, Iterable[str]]) -> Selection:
    """What a command or an address asks for: one entry's bundle, ids, or facets; raises NoSelection."""
    wanted = {name: list(values) for name, values in facets.items() if values}
    if sum((bool(id), bool(ids), bool(wanted))) != 1:
        raise NoSelection("name one bundle, or ids, or facets; one of the three")
    if id:
        record = site.catalogue.get(id)
        if record is None:
            known = [r.id for r in site.catalogue.records if r.kind in (*GATHERED, "bundle")]
            raise NoSelection(f"there is no bundle '{id}'. {did_you_mean(id, known)}".rstrip(" ."))
        return of_entry(record, site)
    return of_ids(ids.split(","), site) if ids else of_facets(wanted, site)


def of_entry(record: Record, site: Site) -> Selection:
    """The selection of a bundle; for a topic, coalition or government all of its entries that a workshop can use."""
    if record.kind not in (*GATHERED, "bundle"):
        raise NoSelection(f"'{record.id}' is neither a bundle nor a topic, coalition or government")
    found = gathered(record, site.catalogue)
    if not found:
        raise NoSelection(f"there is no entry to print for '{record.id}' yet")
    return Selection(record.entry.title, record.entry.summary, tuple(found), link_of(record), record)


def of_ids(ids: Iterable[str], site: Site) -> Selection:
    """Entries picked by hand; raises NoSelection with every id that is not there."""
    wanted = list(dict.fromkeys(id.strip() for id in ids if id.strip()))
    found = {id: site.catalogue.get(id) for id in wanted}
    unknown = [id for id, record in found.items() if record is None or record.entry.status != "published"]
    if unknown:
        raise NoSelection(f"there is no published entry {', '.join(unknown)}")
    if not wanted:
        raise NoSelection("no entry was named")
    records = tuple({record.id: record for record in found.values() if record}.values())
    return Selection(site.strings("print.words.selection"), "", records, f"workshop/?ids={','.join(record.id for record in records)}")


def of_facets(query: Mapping[str, Iterable[str]], site: Site) -> Selection:
    """Entries that match facets; raises NoSelection if none does."""
    wanted = {name: list(values) for name, values in query.items() if values}
    catalogue = site.catalogue
    all_ids = {record.id: record.kind for record in catalogue.records}
    for name, values in wanted.items():
        there = known(name, catalogue.vocabularies, all_ids, [own.id for own in catalogue.own_terms])
        if wrong := [value for value in values if value not in there]:
            raise NoSelection(f"the facet '{name}' has no value '{wrong[0]}'. {did_you_mean(wrong[0], there)}".rstrip(" ."))
    found = catalogue.filtered(wanted)
    if not found:
        raise NoSelection("no published entry matches these facets")
    labels = [site.value_label(name, value) for name, values in wanted.items() for value in values]
    address = "&".join(f"{name}={value}" for name, values in wanted.items() for value in values)
    return Selection(", ".join(labels), "", tuple(found), f"explore/?{address}")
