"""The data as files in the built site: each table as it is with its description, and a CSV a place or group with what is drawn of it."""

import csv
import io
import json
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from .data.description import Indicator
from .data.series import Counted
from .links import anchor
from .views.charts import sources
from .views.progress import HOME, subjects
from .views.site import Site
from .views.subjects import Subject

HEADER = ("place", "indicator", "label", "year", "value", "counted", "members", "derived", "file", "licence")


def write_data_files(built: Path, site: Site) -> None:
    """Write `progress/data/` into a built site; nothing where nothing is followed."""
    folder = built / HOME / "data"
    data = site.catalogue.data
    if not data.progress:
        return
    folder.mkdir(parents=True, exist_ok=True)
    for dataset in data.datasets.values():
        shutil.copyfile(dataset.path, folder / dataset.path.name)
        shutil.copyfile(dataset.path.with_suffix(".yml"), folder / f"{dataset.name}.yml")
    for subject in subjects(site):
        (folder / f"{subject.id}.csv").write_text(csv_of(subject, site), "utf-8")
    (folder / "series.json").write_text(series_of(site), "utf-8")


def csv_of(subject: Subject, site: Site) -> str:
    """Every known value of a subject, one a row, each with how many members it rests on; what is not known has no row."""
    series = site.catalogue.series
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADER)
    for id, indicator in series.indicators.items():
        licence = site.catalogue.data.datasets[indicator.file].description.licence
        written = {} if subject.members else series.as_written(id, subject.id)
        for year, one in subject.counted(series, id).items():
            value = written.get(year) or _digits(one)
            derived = "yes" if indicator.derived or subject.members else "no"
            members = len(subject.members) or 1
            rows.writerow((subject.name, id, indicator.label, year, value, one.counted, members, derived, indicator.file, licence))
    return text.getvalue()


def series_of(site: Site) -> str:
    """JSON of what places have over the years, from which a page draws those that a reader chooses, alone and together.

    Places stand under the ids that their rows have in the table of places. A cell is
    the value, and what it rests on in a group: the part that a share is of, or what stands below the line of a ratio.
    """
    series = site.catalogue.series
    records = {place: site.catalogue.by_id.get(place) for place in series.places}
    unions = {anchor(place): list(getattr(record.entry, "unions", ())) for place, record in records.items() if record}
    found = {"until": series.newest, "unions": {place: ids for place, ids in unions.items() if ids}, "figures": list(_figures(site))}
    return json.dumps(found, ensure_ascii=False, separators=(",", ":")) + "\n"


def _figures(site: Site) -> Iterator[dict[str, Any]]:
    """Each figure by what it is about; one that names what it tells of (`{what}`) stands once for each of its indicators."""
    series, progress = site.catalogue.series, site.catalogue.data.progress
    for form in progress.figures if progress else ():
        findings = form.findings.model_dump()
        several = any("{what}" in sentence for sentence in findings.values())
        wanted = (form.total,) if form.total else form.indicators if several else form.indicators[:1]
        # A note may speak of a line that is not drawn here.
        note = form.note if form.total or len(wanted) == len(form.indicators) else ""
        for id in wanted:
            one = series.indicators[id]
            kind = "per" if one.together and one.together.per else "part" if one.together else "sum"
            yield {
                "id": id, "label": one.label, "short": one.short, "percent": one.percent, "kind": kind, "since": form.since, "note": note,
                "findings": findings, "sources": [{"text": link.text, "url": link.url} for link in sources(series.sources([id]), site)],
                "places": {anchor(place): dict(_cells(one, place, form.since, site)) for place in series.places if series.of(id, place)},
            }  # fmt: skip


def _cells(one: Indicator, place: str, since: int, site: Site) -> Iterator[tuple[int, list[float]]]:
    series = site.catalogue.series
    for year, value in series.of(one.id, place).items():
        if year >= since:
            weights = series.weights(one.id, place, year) if one.together else None
            other = (weights[1] if one.together and one.together.per else weights[0]) if weights else None
            yield year, [float(f"{number:.6g}") for number in (value, other) if number is not None]


def _digits(one: Counted) -> str:
    return f"{one.value:.6g}"
