"""Whose numbers a figure shows: a place, or a group of places with the number of those that are counted."""

from collections.abc import Iterator
from dataclasses import dataclass

from ..data.description import Aim
from ..data.series import Counted, Series, steady
from ..entries.coalition import Coalition
from ..pool import Record
from .site import Site


@dataclass(frozen=True)
class Subject:
    """A place by the id of its government (or its name in the data), or a group by its members."""

    id: str
    name: str
    members: tuple[str, ...] = ()

    def years(self, series: Series, indicator: str) -> dict[int, float]:
        """The values that may be compared over the years."""
        return steady(self.counted(series, indicator)) if self.members else series.of(indicator, self.id)

    def counted(self, series: Series, indicator: str) -> dict[int, Counted]:
        """The values of a group with the number of members in each; of a place, each rests on itself."""
        if self.members:
            return series.together(indicator, self.members)
        return {year: Counted(value, 1) for year, value in series.of(indicator, self.id).items()}


def coalition_groups(site: Site) -> Iterator[tuple[Record, Subject]]:
    """Every coalition of which members have numbers."""
    known = set(site.catalogue.series.names)
    for record in site.catalogue.listed("coalition"):
        members = record.entry.members.governments if isinstance(record.entry, Coalition) else ()
        if known & set(members):
            yield record, Subject(record.id, site.short(record), tuple(members))


def region_groups(site: Site) -> Iterator[Subject]:
    """Every region of which countries have numbers; the governments of a region are its countries."""
    series, vocabulary = site.catalogue.series, site.catalogue.vocabularies.get("regions")
    for term in vocabulary.terms if vocabulary else ():
        members = tuple(record.id for record in countries(site) if getattr(record.entry, "region", "") == term)
        if any(member in series.names for member in members):
            yield Subject(term, site.value_label("region", term), members)


def countries(site: Site) -> Iterator[Record]:
    """Governments that data can be joined to: those with a country's code, and no part of another."""
    ids = set(site.catalogue.by_code.values())
    return (record for record in site.catalogue.listed("government") if record.id in ids)


def aims_of(subject: Subject, site: Site) -> Iterator[Aim]:
    """The targets that a place or group has agreed to: as a coalition, as one of its members, or as or in the region that stands for them."""
    progress = site.catalogue.data.progress
    for aim in progress.aims if progress else ():
        coalition = site.catalogue.by_id.get(aim.coalition)
        members = coalition.entry.members.governments if coalition and isinstance(coalition.entry, Coalition) else ()
        government = site.catalogue.by_id.get(subject.id)
        own_region = getattr(government.entry, "region", None) if government else None
        if subject.id in (aim.coalition, *members) or (aim.region and aim.region in (subject.id, own_region)):
            yield aim
