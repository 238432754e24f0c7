"""`data/case-studies.geojson`: the cases that can stand on a map (RFC 7946).

A case stands at the point of the first government that it names and that has one. It says where who acted sits, not where
exactly something was done; cases of governments without a point are left out.
"""

from collections.abc import Iterator
from typing import Any

from ..entries.case_study import CaseStudy
from ..entries.government import Government
from ..json_line import json_line
from ..pool import Record
from ..text import link_of
from ..views.site import Site

FILE = "data/case-studies.geojson"


def features(site: Site) -> Iterator[tuple[str, bytes]]:
    """The file; none where no case has a point."""
    found = [feature for record in site.catalogue.by_kind["case-study"] if (feature := _feature(record, site))]
    if found:
        lines = ",\n".join(json_line(feature) for feature in found)
        yield FILE, f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n'.encode()


def _feature(record: Record, site: Site) -> dict[str, Any] | None:
    entry = record.entry
    if not isinstance(entry, CaseStudy):
        return None
    for id in entry.governments:
        place = site.catalogue.by_id[id].entry
        if isinstance(place, Government) and place.point:
            return {
                "type": "Feature",
                "id": record.id,
                "geometry": {"type": "Point", "coordinates": [place.point.longitude, place.point.latitude]},
                "properties": {
                    "title": entry.title,
                    "summary": entry.summary,
                    "url": site.settings.address(link_of(record)),
                    "point_of": id,
                    "governments": list(entry.governments),
                    "topics": list(entry.topics),
                    "state": entry.state,
                    "evidence": entry.evidence,
                },
            }
    return None
