"""The data as files in the built site: each table as it is with its description, and a CSV a place or group with what is drawn of it."""

import csv
import io
import shutil
from pathlib import Path

from .data.series import Counted
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


def _digits(one: Counted) -> str:
    return f"{one.value:.6g}"
