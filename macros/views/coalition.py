"""What a coalition's page shows besides its text: its own words, its members and how they changed, who runs it."""

from collections.abc import Iterable

from ..entries.coalition import Coalition, MemberList
from ..order import reading_order
from ..pool import Record
from .lists import source_numbers
from .shapes import Block, Link, Row
from .site import Site


def crosswalk(record: Record, site: Site) -> Iterable[Block]:
    """A coalition's own terms, each with our topics and the entries under it."""
    catalogue = site.catalogue
    own = [term for term in catalogue.own_terms if term.coalition.id == record.id]
    if not own:
        return
    rows = []
    for term in own:
        entries = catalogue.under(term)
        action = catalogue.by_id.get(term.term.action or "")
        first = Link(term.term.label, site.link(action).url if action else "", id=f"term-{term.term.id}")
        count = Link(site.strings.count("counts.entries", len(entries)), f"explore/term/{term.id}/" if entries else "")
        rows.append(Row(((first,), site.links(term.term.topics), (count,))))
    header = tuple(site.strings(f"crosswalk.{name}") for name in ("term", "topics", "entries"))
    yield Block("crosswalk", site.strings("blocks.crosswalk"), site.strings("crosswalk.intro"), header=header, rows=tuple(rows))


def members(record: Record, site: Site) -> Iterable[Block]:
    """The member list with its date and completeness, and the earlier lists; "not found" is said as such."""
    entry = record.entry
    if not isinstance(entry, Coalition):
        return
    numbers = source_numbers(record)
    count = len(entry.members.governments)
    heading = site.strings("blocks.members") + (f" ({count})" if count else "")
    yield _member_block("members", heading, entry.members, numbers, site)
    for number, earlier in enumerate(entry.earlier_members, 1):
        heading = f"{earlier.label} ({len(earlier.governments) + len(earlier.organisations)})"
        yield _member_block(f"earlier-members-{number}", heading, earlier, numbers, site)


def _member_block(id: str, heading: str, found: MemberList, numbers: dict[str, int], site: Site) -> Block:
    rows = []
    by_region: dict[str, list[Record]] = {}
    for government in site.catalogue.named(found.governments):
        by_region.setdefault(getattr(government.entry, "region", ""), []).append(government)
    vocabulary = site.catalogue.vocabularies.get("regions")
    for region in sorted(by_region, key=vocabulary.position if vocabulary else str):
        listed = sorted(by_region[region], key=lambda government: reading_order(government.entry.title))
        rows.append(Row(((Link(site.value_label("region", region)),), tuple(site.link(government) for government in listed))))
    if found.organisations:
        rows.append(Row(((Link(site.strings("members.others")),), site.links(found.organisations))))
    said = [
        site.strings("members.as_of", day=site.strings.partial(found.as_of)) if found.as_of else site.strings("members.undated"),
        site.term("completeness", found.completeness).title,
    ]
    if found.note:
        said.append(found.note)
    if found.sources:
        said.append(site.strings("members.sources", numbers=", ".join(str(numbers[key]) for key in found.sources)))
    if not rows:
        rows.append(Row(((Link(site.strings("members.none")),), (Link(site.term("completeness", found.completeness).text),))))
    header = (site.strings("members.region"), site.strings("members.members"))
    return Block(id, heading, " ".join(said), header=header, rows=tuple(rows))


def joined(record: Record, site: Site) -> Iterable[Block]:
    """When members joined or left."""
    entry = record.entry
    if isinstance(entry, Coalition):
        numbers = source_numbers(record)
        header = tuple(site.strings(f"joined.{name}") for name in ("when", "occasion", "change", "governments", "source"))
        rows = tuple(
            Row(
                (
                    (Link(site.strings.partial(step.date) if step.date else site.strings("joined.undated")),),
                    (Link(step.event),),
                    (site.term("membership-changes", step.change),),
                    site.links(step.governments),
                    (Link(str(numbers[step.source]), f"#source-{numbers[step.source]}"),),
                )
            )
            for step in entry.joined
        )
        yield Block("joined", site.strings("blocks.joined"), header=header, rows=rows)


def bodies(record: Record, site: Site) -> Iterable[Block]:
    """Who runs and supports a coalition, by role."""
    entry = record.entry
    if isinstance(entry, Coalition):
        numbers = source_numbers(record)
        rows = []
        for part in entry.bodies:
            body = site.catalogue.by_id[part.body]
            note = [Link(part.note)] if part.note else []
            source = [Link(str(numbers[part.source]), f"#source-{numbers[part.source]}")] if part.source else []
            rows.append(Row(((site.link(body),), (site.term("organisation-roles", part.role),), tuple(note), tuple(source))))
        header = tuple(site.strings(f"bodies.{name}") for name in ("body", "role", "note", "source"))
        yield Block("bodies", site.strings("blocks.bodies"), header=header, rows=tuple(rows))
