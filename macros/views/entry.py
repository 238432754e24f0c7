"""A page for every entry of every kind: facts, figures, text, relations, sources, how to cite it."""

from collections.abc import Iterator
from urllib.parse import quote, urlencode

from ..catalogue import FRAME
from ..page import Page
from ..pool import Record
from ..text import link_of, rebase
from .blocks import blocks
from .cite import citation
from .edition import edition, history_address
from .facts import facts
from .head import head_of_entry
from .lists import source_numbers
from .shapes import Block, Figure, Link, Notice, SourceLine
from .site import Site
from .ways_out import correction_form
from .workshop_page import printable, workshop_link


def entry_pages(site: Site) -> Iterator[Page]:
    """One page an entry, drafts and retired ones too, in the order of the catalogue."""
    for record in site.catalogue.records:
        yield entry_page(record, site)


def entry_page(record: Record, site: Site) -> Page:
    """The page of one entry."""
    url = link_of(record)
    sections = [{"id": s.id, "title": s.title, "html": rebase(s.html, url)} for s in site.texts.sections(record)]
    found = blocks(record, site)
    sources = source_lines(record, site)
    data = {
        "root": "../../",
        "head": head_of_entry(record, site),
        "id": record.id,
        "kind": record.kind,
        "kind_label": site.strings(f"kinds.{record.kind}.one"),
        "kind_link": Link(site.strings(f"kinds.{record.kind}.many"), f"{record.entry.folder}/"),
        "topic": next(iter(site.links(record.entry.topics)), None),
        "place": site.place(record),
        "coalitions": ", ".join(link.text for link in site.links(site.catalogue.facet(record, "coalition"))),
        "code": getattr(record.entry, "code", None),
        "title": record.entry.title,
        "summary": record.entry.summary,
        "noindex": record.entry.status != "published",
        "notices": tuple(notices(record, site)),
        "facts": facts(record, site),
        "figures": figures(record, site),
        "sections": sections,
        "lead": tuple(block for block in found if block.leads),
        "blocks": tuple(block for block in found if block.id != "related" and not block.leads),
        "related": next((block for block in found if block.id == "related"), None),
        "related_last": record.kind in FRAME,
        "explore": (own := own_list(record, site)),
        "count": site.strings.count("counts.entries", int(str(own["total"]))) if own else "",
        "compare": compare_link(record, site),
        "printable": printable(record),
        "workshop": workshop_link(record, site),
        "sources": sources,
        "cite": citation(record, site),
        "edition": edition(record, site),
        "tools": tuple(tools(record, site)),
        "toc": tuple(contents(sections, found, bool(sources), record.kind in FRAME, site)),
        "text": {name: site.strings(f"entry.{name}") for name in _WORDS},
    }
    return Page(f"{url}index.md", record.entry.title, "entry.html", record.entry.summary, data, hide=("navigation",))


# Kinds of which two or more can be set side by side.
COMPARED = ("practice", "case-study", "technical-assistance", "action", "coalition", "government")
_WORDS = ("facts", "figures", "sources", "cite", "source_of", "archived", "licence", "contributors", "tools")


def compare_link(record: Record, site: Site) -> Link | None:
    """The comparison that begins with this entry; none for kinds and states that stand in no list."""
    if record.kind not in COMPARED or record.entry.status != "published":
        return None
    return Link(site.strings("compare.with"), f"compare/?ids={record.id}")


def own_list(record: Record, site: Site) -> dict[str, object] | None:
    """The filter over the entries of a topic, coalition or government; none where it has no entry, or only itself."""
    if record.kind not in ("topic", "coalition", "government"):
        return None
    found = [other for other in site.catalogue.filtered({record.kind: [record.id]}) if other.id != record.id]
    if not found:
        return None
    base = f"{record.kind}={record.id}"
    whole = Link(site.strings.count("explore.among", len(found)), f"explore/{record.kind}/{record.id}/")
    return {"base": base, "layout": "sheet", "total": len(found), "without": record.id, "whole": whole}


def contents(sections: list[dict[str, str]], found: tuple[Block, ...], has_sources: bool, related_last: bool, site: Site) -> Iterator[Link]:
    """The table of contents: what leads, sections, related entries and blocks, sources, citation."""
    yield from (Link(block.heading, f"#{block.id}") for block in found if block.leads)
    for section in sections:
        yield Link(section["title"], f"#{section['id']}")
    related = [Link(block.heading, f"#{block.id}") for block in found if block.id == "related"]
    yield from () if related_last else related
    for block in found:
        if block.id != "related" and not block.leads:
            yield Link(block.heading, f"#{block.id}")
    if has_sources:
        yield Link(site.strings("entry.sources"), "#sources")
    yield Link(site.strings("entry.cite"), "#cite")
    yield from related if related_last else ()


def figures(record: Record, site: Site) -> tuple[Figure, ...]:
    """The key figures, each with the number of its source."""
    numbers = source_numbers(record)
    kinds = site.catalogue.vocabularies.get("figure-kinds")
    return tuple(
        Figure(f.value, f.claim, f.year, f.kind, kinds.label_of(f.kind) if kinds else f.kind, numbers[f.source], f.note or "")
        for f in record.entry.key_figures
    )


def source_lines(record: Record, site: Site) -> tuple[SourceLine, ...]:
    """The numbered list of sources."""
    types = site.catalogue.vocabularies.get("source-types")
    return tuple(
        SourceLine(
            number,
            source.publisher,
            source.title,
            types.label_of(source.type) if types else source.type,
            str(source.year) if source.year else site.strings("entry.undated"),
            source.url or "",
            source.note or "",
            source.archived or "",
        )
        for number, source in enumerate(record.entry.sources.values(), 1)
    )


def notices(record: Record, site: Site) -> Iterator[Notice]:
    """Draft, retired, review overdue: one sentence, one action."""
    entry = record.entry
    if entry.status == "draft":
        there = {section.title for section in record.body.sections}
        left = ", ".join(section.title for section in entry.sections if section.required and section.title not in there)
        yield Notice("draft", " ".join(filter(None, (site.strings("notices.draft"), left and site.strings("notices.left", titles=left)))))
    elif entry.status == "retired":
        successor = site.catalogue.get(entry.replaced_by or "")
        yield Notice("retired", site.strings("notices.retired"), site.link(successor, successor.entry.title) if successor else None)
    elif site.catalogue.review_is_due(record):
        report = correction_form(record, site.strings("tools.confirm"), site, about="") or report_link(record, site)
        yield Notice("overdue", site.strings("notices.overdue", day=site.strings.day(entry.reviewed)), report)


def report_link(record: Record, site: Site) -> Link | None:
    """A new issue in the repository with the entry named; without a repository the form for corrections, if there is one."""
    settings = site.settings
    if not settings.repo_url:
        return correction_form(record, site.strings("tools.report"), site)
    body = site.strings("tools.report_body", title=record.entry.title, path=record.source.path)
    title = site.strings("tools.report_title", id=record.id)
    names = ("issue[title]", "issue[description]") if settings.repo_middle else ("title", "body")
    query = urlencode(dict(zip(names, (title, body), strict=True)))
    return Link(site.strings("tools.report"), f"{settings.repo_url}/{settings.repo_middle}issues/new?{query}", external=True)


def tools(record: Record, site: Site) -> Iterator[Link]:
    """Edit and history, only where a repository is set; report, also where there is a form for it."""
    settings = site.settings
    if settings.repo_url:
        base, path = f"{settings.repo_url}/{settings.repo_middle}", quote(record.source.path)
        yield Link(site.strings("tools.edit"), f"{base}edit/{settings.branch}/{path}", external=True)
        yield Link(site.strings("tools.history"), history_address(record, site), external=True)
    if report := report_link(record, site):
        yield report
