"""Which entries go on paper, in which order: those of a bundle, of facets, of ids, or all that belong to an entry."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from ..catalogue import FRAME, Catalogue
from ..entries.bundle import Bundle
from ..facets import known
from ..pool import Record
from ..problems import did_you_mean
from ..views.site import Site

# Kinds of which every entry has a bundle of its own, without anyone writing it.
GATHERED = ("topic", "coalition", "government")


class NoSelection(Exception):
    """Nothing was selected, or something that is not there; the message says what."""


@dataclass(frozen=True)
class Selection:
    """Entries in the order of printing; `source` is the bundle, topic, coalition or government that they come from."""

    id: str
    title: str
    summary: str
    records: tuple[Record, ...]
    source: Record | None = None
    query: str = ""

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
    catalogue = site.catalogue
    if isinstance(record.entry, Bundle):
        found = bundle_records(record.entry, catalogue)
    elif record.kind in GATHERED:
        found = usable(catalogue.filtered({record.kind: [record.id]}))
    else:
        raise NoSelection(f"'{record.id}' is neither a bundle nor a topic, coalition or government")
    if not found:
        raise NoSelection(f"there is no entry to print for '{record.id}' yet")
    return Selection(record.id, record.entry.title, record.entry.summary, tuple(found), record, "")


def bundle_records(bundle: Bundle, catalogue: Catalogue) -> list[Record]:
    """The published entries of a bundle: those named, then those that match its facets, then those that its steps use."""
    found = catalogue.named(bundle.selection.entries)
    if any(bundle.selection.facets.values()):
        found += usable(catalogue.filtered(bundle.selection.facets))
    found += catalogue.named(id for step in bundle.agenda for id in step.entries)
    return list({record.id: record for record in found}.values())


def usable(records: Iterable[Record]) -> list[Record]:
    """Entries with something to read aloud: not the taxonomy, the members or other bundles."""
    return [record for record in records if record.kind not in FRAME and record.kind != "bundle"]


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
    return Selection(
        "selection", site.strings("print.selection"), site.strings.count("counts.entries", len(records)), records, None, f"ids={','.join(wanted)}"
    )


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
    return Selection("selection", ", ".join(labels), site.strings.count("counts.entries", len(found)), tuple(found), None, address)
