"""The landscape: who works with whom on what. One overview with the commitments and the crosswalk, and a page each for the rest.

Everything is derived from the entries on each build; every table stands beside it as CSV.
"""

from collections.abc import Iterator

from ..entries.coalition import Coalition
from ..landscape.matrix import AS_MEMBER, EARLIER, MEMBER, NAMED, Matrix, bodies, commitments, memberships
from ..page import File, Page, csv_file
from ..pool import Record
from .landscape_changes import change_files, change_pages
from .landscape_gaps import gap_files, gap_pages
from .landscape_matrix import Form, matrix_file, matrix_html
from .landscape_overlaps import overlap_files, overlap_pages
from .landscape_page import HOME, PAGES, Part, landscape_page
from .shapes import Block, Link, Row
from .site import Site


def landscape_pages(site: Site) -> Iterator[Page]:
    """The overview with the commitments and the crosswalk, then a page each for members, bodies, overlaps, gaps and changes."""
    yield landscape_page("home", (_commitments(site), _crosswalk(site)), site)
    yield landscape_page("coalitions", (_memberships(site),), site)
    yield landscape_page("bodies", (_bodies(site),), site)
    yield from overlap_pages(site)
    yield from gap_pages(site)
    yield from change_pages(site)


def landscape_names() -> Iterator[str]:
    """The files of `landscape_pages`, without making them."""
    return (f"{url}index.md" for url in PAGES.values())


def landscape_files(site: Site) -> Iterator[File]:
    """The tables of the landscape as CSV."""
    for name, make in (("commitments", commitments), ("memberships", memberships), ("bodies", bodies)):
        yield matrix_file(make(site.catalogue), FORMS[name](site), site, f"{HOME}{name}.csv")
    yield _crosswalk_file(site)
    yield from overlap_files(site)
    yield from gap_files(site)
    yield from change_files(site)


def _form_of_commitments(site: Site) -> Form:
    def label(record: Record) -> str:
        code, theme = getattr(record.entry, "code", None), str(getattr(record.entry, "theme", ""))
        return f"{code}. {theme}" if code else theme

    return Form(
        "commitments",
        ((NAMED, "●"), (AS_MEMBER, "○")),
        label,
        lambda record: site.catalogue.by_id[getattr(record.entry, "coalition", "")],
        lambda record: getattr(record.entry, "governments_note", None) or "",
    )


def _form_of_memberships(site: Site) -> Form:
    return Form("memberships", ((MEMBER, "●"), (EARLIER, "◌")), site.short, note=lambda record: said_of_list(record, site))


def _form_of_bodies(site: Site) -> Form:
    def word(roles: tuple[str, ...]) -> str:
        return ", ".join(site.catalogue.vocabularies["organisation-roles"].label_of(role) for role in roles)

    return Form("bodies", (("role", "●"),), site.short, word=word)


FORMS = {"commitments": _form_of_commitments, "memberships": _form_of_memberships, "bodies": _form_of_bodies}


def said_of_list(record: Record, site: Site) -> str:
    """The date and the completeness of a coalition's newest member list, in one line."""
    if not isinstance(record.entry, Coalition):
        return ""
    found = record.entry.members
    day = site.strings("members.as_of", day=site.strings.partial(found.as_of)) if found.as_of else site.strings("members.undated")
    return f"{day} {site.catalogue.vocabularies['completeness'].label_of(found.completeness)}."


def _matrix_part(name: str, matrix: Matrix, site: Site, notes: tuple[str, ...] = ()) -> Part | None:
    if not matrix.marks:
        return None
    root = "../" if name == "commitments" else "../../"
    return Part(
        name,
        site.strings(f"landscape.{name}.heading"),
        site.strings(f"landscape.{name}.intro"),
        html=matrix_html(matrix, FORMS[name](site), site, root),
        notes=notes,
        file=Link(site.strings("landscape.csv"), f"{HOME}{name}.csv"),
    )


def _commitments(site: Site) -> Part | None:
    """Governments by commitment, with what each list leaves open, said once for all commitments of which it holds."""
    matrix = commitments(site.catalogue)
    said: dict[str, list[str]] = {}
    for action in matrix.columns:
        if note := getattr(action.entry, "governments_note", None):
            said.setdefault(note, []).append(getattr(action.entry, "code", None) or action.entry.title)
    return _matrix_part("commitments", matrix, site, tuple(f"{', '.join(titles)}: {note}" for note, titles in said.items()))


def _memberships(site: Site) -> Part | None:
    matrix = memberships(site.catalogue)
    lists = tuple(f"{site.short(record)}: {said_of_list(record, site)}" for record in matrix.columns)
    listed = {record.id for record in matrix.columns}
    without = [site.short(record) for record in site.catalogue.listed("coalition") if record.id not in listed]
    notes = (*lists, site.strings("landscape.memberships.without", names=", ".join(without))) if without else lists
    return _matrix_part("memberships", matrix, site, notes)


def _bodies(site: Site) -> Part | None:
    return _matrix_part("bodies", bodies(site.catalogue), site)


def _crosswalk(site: Site) -> Part | None:
    """One row a topic, one column a coalition, its own terms in the cells, each leading to the entries under it."""
    catalogue = site.catalogue
    coalitions = catalogue.named(own.coalition.id for own in catalogue.own_terms)
    rows = []
    for topic in catalogue.by_kind["topic"]:
        cells: list[tuple[Link, ...]] = [(site.link(topic),)]
        for coalition in coalitions:
            own = [term for term in catalogue.terms_by_topic.get(topic.id, ()) if term.coalition.id == coalition.id]
            cells.append(tuple(_term_link(term.id, term.term.label, site) for term in own))
        if any(cells[1:]):
            rows.append(Row(tuple(cells)))
    if not rows:
        return None
    header = (site.strings("kinds.topic.one"), *(site.short(coalition) for coalition in coalitions))
    name = "landscape.crosswalk"
    block = Block("crosswalk", "", header=header, rows=tuple(rows))
    file = Link(site.strings("landscape.csv"), f"{HOME}crosswalk.csv")
    return Part("crosswalk", site.strings(f"{name}.heading"), site.strings(f"{name}.intro"), block=block, file=file)


def _term_link(id: str, label: str, site: Site) -> Link:
    count = len(site.catalogue.index("term").get(id, ()))
    return Link(site.strings("landscape.crosswalk.term", label=label, n=count), f"explore/term/{id}/" if count else "")


def _crosswalk_file(site: Site) -> File:
    catalogue = site.catalogue
    rows = [
        (topic.id, topic.entry.title, own.coalition.id, own.term.id, own.term.label, len(catalogue.index("term").get(own.id, ())))
        for topic in catalogue.by_kind["topic"]
        for own in catalogue.terms_by_topic.get(topic.id, ())
    ]
    return csv_file(f"{HOME}crosswalk.csv", ("topic", "title", "coalition", "term", "label", "entries"), rows)
