"""The figures of a government or coalition for paper: the drawings of its page in black and greys, with their titles and sources."""

from collections.abc import Iterator

from ..figures import for_print
from ..pool import Record
from ..views.charts import charts_of
from ..views.site import Site
from ..views.subjects import Subject, coalition_groups

# What fits one page, two beside each other; its page on the site has them all.
MOST = 4


def progress_of(source: Record | None, site: Site) -> list[dict[str, object]]:
    """Title, label, drawing, text alternative, notes and source of each figure; none for a source without numbers."""
    subject = next(_subjects(source, site), None) if source and site.catalogue.data.progress else None
    charts = list(charts_of(subject, site))[:MOST] if subject else []
    return [
        {
            "title": chart.title, "label": chart.label, "svg": for_print(chart.svg), "alt": chart.alt, "notes": list(chart.notes),
            "sources": [link.text for link in chart.sources],
        }
        for chart in charts
    ]  # fmt: skip


def _subjects(source: Record, site: Site) -> Iterator[Subject]:
    if source.kind == "government" and source.id in site.catalogue.series.names:
        yield Subject(source.id, source.entry.title)
    elif source.kind == "coalition":
        yield from (subject for record, subject in coalition_groups(site) if record.id == source.id)
