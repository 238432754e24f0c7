"""The parts of an entry's page that follow from other entries: who did this, help on offer, members ...

Each kind has its list of blocks in `BLOCKS`, in reading order; a block without content is left out. The
heading of a block is the string `blocks.<name>`.
"""

from collections.abc import Callable, Iterable

from ..entries.action import Action
from ..entries.base import Milestone
from ..entries.bundle import Bundle
from ..entries.case_study import Application, CaseStudy
from ..entries.coalition import Coalition, MemberList
from ..entries.programme import Programme
from ..pool import Record
from .related import related
from .shapes import Block, Card, Event, Link, Quote, Row
from .site import Site

Make = Callable[[Record, Site], Iterable[Block]]


def _cards(name: str, records: Iterable[Record], site: Site, notes: dict[str, str] | None = None) -> Iterable[Block]:
    notes = notes or {}
    yield Block(name, site.strings(f"blocks.{name}"), cards=tuple(site.card(record, notes.get(record.id, "")) for record in records))


def _links(name: str, records: Iterable[Record], site: Site) -> Iterable[Block]:
    yield Block(name, site.strings(f"blocks.{name}"), links=tuple(site.link(record) for record in records))


def _by_reference(name: str, field: str, kind: str | None = None) -> Make:
    """Cards of the entries that this one names."""

    def make(record: Record, site: Site) -> Iterable[Block]:
        found = getattr(record.entry, field, ())
        return _cards(name, site.catalogue.named((found,) if isinstance(found, str) else found or (), kind), site)

    return make


def _by_naming(name: str, field: str, kind: str | None = None) -> Make:
    """Cards of the entries that name this one."""
    return lambda record, site: _cards(name, site.catalogue.naming(record.id, field, kind), site)


def _trail_note(application: Application, site: Site) -> str:
    parts = []
    if application.changed:
        parts.append(site.strings("trail.changed", text=application.changed))
    if application.result:
        parts.append(site.strings("trail.result", text=application.result))
    return " ".join(parts)


def who_did_this(record: Record, site: Site) -> Iterable[Block]:
    """The adoption trail of a practice: each case with what it changed and what came of it."""
    cases = site.catalogue.naming(record.id, "applies.practice")
    notes = {
        case.id: _trail_note(application, site)
        for case in cases
        if isinstance(case.entry, CaseStudy)
        for application in case.entry.applies
        if application.practice == record.id
    }
    return _cards("who_did_this", cases, site, notes)


def applies(record: Record, site: Site) -> Iterable[Block]:
    """The practices of a case, with what this government changed."""
    if isinstance(record.entry, CaseStudy):
        notes = {application.practice: _trail_note(application, site) for application in record.entry.applies}
        yield from _cards("applies", site.catalogue.named(notes), site, notes)
        learnt = [application.adapted_from for application in record.entry.applies if application.adapted_from]
        yield from _cards("learnt_from", site.catalogue.named(learnt), site)


def help_on_offer(record: Record, site: Site) -> Iterable[Block]:
    """Technical assistance that names this entry, or a challenge that this entry answers."""
    catalogue = site.catalogue
    challenges = (record.id,) if record.kind == "challenge" else getattr(record.entry, "challenges", ())
    ids = [offer.id for challenge in challenges for offer in catalogue.naming(challenge, "challenges", "technical-assistance")]
    return _cards("help_on_offer", catalogue.named(ids), site)


def practices_helped(record: Record, site: Site) -> Iterable[Block]:
    """Practices that answer the challenges of an offer of help."""
    catalogue = site.catalogue
    ids = [p.id for challenge in getattr(record.entry, "challenges", ()) for p in catalogue.naming(challenge, "challenges", "practice")]
    return _cards("practices_helped", catalogue.named(ids), site)


def bundles_with(record: Record, site: Site) -> Iterable[Block]:
    """Bundles that use the entry, in their selection or in a step."""
    catalogue = site.catalogue
    ids = [b.id for field in ("selection.entries", "agenda.entries") for b in catalogue.naming(record.id, field, "bundle")]
    return _cards("bundles", catalogue.named(ids), site)


def quotations(record: Record, site: Site) -> Iterable[Block]:
    """Official wording."""
    numbers = source_numbers(record)
    quotes = tuple(Quote(quote.text, numbers[quote.source], quote.part or "") for quote in record.entry.quotations)
    yield Block("quotations", site.strings("blocks.quotations"), quotes=quotes)


def source_numbers(record: Record) -> dict[str, int]:
    """The number of each source in the list of sources, from 1."""
    return {key: number for number, key in enumerate(record.entry.sources, 1)}


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
        listed = sorted(by_region[region], key=lambda government: government.entry.title)
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


def crosswalk(record: Record, site: Site) -> Iterable[Block]:
    """A coalition's own terms, each with our topics and the entries under it."""
    catalogue = site.catalogue
    own = [term for term in catalogue.own_terms if term.coalition.id == record.id]
    if not own:
        return
    rows = []
    for term in own:
        entries = [r for r in catalogue.filtered({"term": [term.id]}) if r.kind not in ("topic", "coalition")]
        action = catalogue.by_id.get(term.term.action or "")
        first = Link(term.term.label, link_or_none(action, site), f"term-{term.term.id}")
        rows.append(Row(((first,), site.links(term.term.topics), (Link(site.strings.count("counts.entries", len(entries)), f"#entries-{term.term.id}"),))))
    header = tuple(site.strings(f"crosswalk.{name}") for name in ("term", "topics", "entries"))
    yield Block("crosswalk", site.strings("blocks.crosswalk"), site.strings("crosswalk.intro"), header=header, rows=tuple(rows))
    for term in own:
        entries = [r for r in catalogue.filtered({"term": [term.id]}) if r.kind in ("practice", "case-study", "technical-assistance", "challenge")]
        yield Block(f"entries-{term.term.id}", term.term.label, cards=site.cards(entries))


def link_or_none(record: Record | None, site: Site) -> str:
    """The address of an entry, or nothing."""
    return site.link(record).url if record else ""


def timeline(record: Record, site: Site) -> Iterable[Block]:
    """The dated steps of an action or coalition, those of a coalition's actions with them."""
    found = [(step, record) for step in getattr(record.entry, "milestones", ())]
    if record.kind == "coalition":
        found += [(step, action) for action in site.catalogue.naming(record.id, "coalition", "action") for step in _milestones(action)]
    found.sort(key=lambda pair: (pair[0].date, pair[1].kind != "coalition", pair[1].id))
    yield Block("timeline", site.strings("blocks.timeline"), events=tuple(event(step, owner, record, site) for step, owner in found))


def _milestones(record: Record) -> tuple[Milestone, ...]:
    return record.entry.milestones if isinstance(record.entry, Action | Coalition) else ()


def event(step: Milestone, owner: Record, page: Record | None, site: Site) -> Event:
    """A step as it stands on a timeline; on its owner's own page it carries the number of its source."""
    return Event(
        when=site.strings.partial(step.date),
        text=step.text,
        mark=step.kind,
        mark_label=site.catalogue.vocabularies["milestone-kinds"].label_of(step.kind),
        source=source_numbers(owner)[step.source] if page and owner.id == page.id else 0,
        link=None if page and owner.id == page.id else site.link(owner),
    )


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


def action_parts(record: Record, site: Site) -> Iterable[Block]:
    """Governments, coordinators, partners and products of an action."""
    entry = record.entry
    if not isinstance(entry, Action):
        return
    governments = site.catalogue.named(entry.governments)
    heading = site.strings("blocks.governments") + (f" ({len(governments)})" if governments else "")
    intro = entry.governments_note or ""
    if governments or intro:
        links = tuple(site.link(government) for government in governments) or (Link(site.strings("members.none")),)
        yield Block("governments", heading, intro, links=links)
    yield from _links("coordinators", site.catalogue.named(entry.coordinators), site)
    yield from _links("partners", site.catalogue.named(entry.partners), site)
    numbers = source_numbers(record)
    rows = tuple(
        Row(((Link(p.title),), (Link(p.note or ""),), (Link(str(numbers[p.source]), f"#source-{numbers[p.source]}"),)))
        for p in entry.products
    )
    header = tuple(site.strings(f"products.{name}") for name in ("product", "note", "source"))
    yield Block("products", site.strings("blocks.products"), header=header, rows=rows)


def served_by(record: Record, site: Site) -> Iterable[Block]:
    """What the pool holds for an action: entries that name it, by kind."""
    for kind in ("practice", "case-study", "technical-assistance", "challenge", "programme"):
        yield from _cards(f"served_by_{kind.replace('-', '_')}", site.catalogue.naming(record.id, "actions", kind), site)


def roles(record: Record, site: Site) -> Iterable[Block]:
    """What an organisation does, read from the entries that name it."""
    rows = []
    for relation in site.catalogue.relations.to(record.id):
        source = site.catalogue.by_id[relation.source]
        if source.entry.status != "published":
            continue
        role = site.strings.get("roles." + relation.field.replace(".", "_"))
        if isinstance(source.entry, Coalition) and relation.field == "bodies.body":
            found = [site.term("organisation-roles", part.role) for part in source.entry.bodies if part.body == record.id]
        else:
            found = [Link(role)] if role else []
        if found:
            rows.append(Row((tuple(found), (site.link(source),), (Link(site.strings(f"kinds.{source.kind}.one")),))))
    header = tuple(site.strings(f"roles.columns.{name}") for name in ("role", "where", "kind"))
    unique = tuple(dict.fromkeys(rows))
    yield Block("roles", site.strings("blocks.roles"), header=header, rows=unique)


def of_government(record: Record, site: Site) -> Iterable[Block]:
    """Memberships, commitments, cases, practices, help, events and the governments below one."""
    catalogue = site.catalogue
    yield from _cards("cases", catalogue.filtered({"kind": ["case-study"], "government": [record.id]}), site)
    yield from _cards("practices_applied", catalogue.filtered({"kind": ["practice"], "government": [record.id]}), site)
    yield from _cards("commitments_joined", catalogue.naming(record.id, "governments", "action"), site)
    yield from _cards("memberships", catalogue.naming(record.id, "members.governments", "coalition"), site)
    leads = [r for r in catalogue.naming(record.id, "bodies.body", "coalition")]
    yield from _cards("coalition_roles", leads, site)
    yield from _cards("help_for_government", catalogue.naming(record.id, "governments", "technical-assistance"), site)
    yield from _cards("programme", catalogue.naming(record.id, "governments", "programme"), site)
    yield from _cards("challenges_raised", catalogue.naming(record.id, "raised_by", "challenge"), site)
    yield from _links("governments_below", catalogue.naming(record.id, "parent", "government"), site)
    yield from _links("union_members", catalogue.naming(record.id, "unions", "government"), site)


def tagged(field: str) -> Make:
    """What is tagged with a topic or coalition, by kind."""

    def make(record: Record, site: Site) -> Iterable[Block]:
        facet = "topic" if field == "topics" else "coalition"
        for kind in ("challenge", "practice", "case-study", "technical-assistance", "action", "programme", "bundle"):
            yield from _cards(f"tagged_{kind.replace('-', '_')}", site.catalogue.filtered({"kind": [kind], facet: [record.id]}), site)

    return make


def topic_words(record: Record, site: Site) -> Iterable[Block]:
    """Each coalition's own term for a topic."""
    rows = tuple(
        Row(((site.link(own.coalition),), (Link(own.term.label, f"coalitions/{own.coalition.id}/#term-{own.term.id}"),)))
        for own in site.catalogue.terms_by_topic.get(record.id, ())
    )
    header = (site.strings("crosswalk.coalition"), site.strings("crosswalk.term"))
    yield Block("own-words", site.strings("blocks.own_words"), header=header, rows=rows)


def items(record: Record, site: Site) -> Iterable[Block]:
    """The themes of a programme with the entries that prepare or document them."""
    if isinstance(record.entry, Programme):
        rows = tuple(Row(((Link(item.title),), (Link(item.date or ""),), site.links(item.entries))) for item in record.entry.items)
        header = tuple(site.strings(f"items.{name}") for name in ("title", "date", "entries"))
        yield Block("items", site.strings("blocks.items"), header=header, rows=rows)


def agenda(record: Record, site: Site) -> Iterable[Block]:
    """What participants leave with, the steps of a bundle, and its selection."""
    entry = record.entry
    if not isinstance(entry, Bundle):
        return
    yield Block("objectives", site.strings("blocks.objectives"), links=tuple(Link(objective) for objective in entry.objectives))
    rows = tuple(
        Row(
            (
                (Link(site.strings("bundle.minutes", n=step.minutes)),),
                (Link(step.title),),
                (site.term("methods", step.method),),
                (Link(step.text), *site.links(step.entries)),
            )
        )
        for step in entry.agenda
    )
    header = tuple(site.strings(f"agenda.{name}") for name in ("minutes", "step", "method", "what"))
    yield Block("agenda", site.strings("blocks.agenda"), header=header, rows=rows)
    chosen = site.catalogue.named(entry.selection.entries)
    if entry.selection.facets:
        ids = {record.id for record in chosen}
        chosen += [r for r in site.catalogue.filtered(entry.selection.facets) if r.id not in ids]
    yield from _cards("selection", chosen, site)


def related_entries(record: Record, site: Site) -> Iterable[Block]:
    """What a reader should see next: stated first, then most alike."""
    return _cards("related", related(record, site.catalogue), site)


_CLOSING: tuple[Make, ...] = (bundles_with, related_entries)

BLOCKS: dict[str, tuple[Make, ...]] = {
    "practice": (
        who_did_this,
        help_on_offer,
        _by_reference("commitments", "actions"),
        _by_reference("challenges", "challenges"),
        *_CLOSING,
    ),
    "case-study": (
        applies,
        _by_naming("adapted_by", "applies.adapted_from"),
        help_on_offer,
        _by_reference("commitments", "actions"),
        _by_reference("challenges", "challenges"),
        *_CLOSING,
    ),
    "technical-assistance": (
        quotations,
        _by_reference("challenges_helped", "challenges"),
        practices_helped,
        _by_reference("commitments", "actions"),
        *_CLOSING,
    ),
    "challenge": (
        _by_naming("answers", "challenges", "practice"),
        _by_naming("cases_met", "challenges", "case-study"),
        help_on_offer,
        _by_reference("commitments", "actions"),
        *_CLOSING,
    ),
    "action": (
        quotations,
        action_parts,
        timeline,
        _by_reference("supports", "supports"),
        _by_naming("supported_by", "supports"),
        served_by,
        *_CLOSING,
    ),
    "coalition": (
        quotations,
        crosswalk,
        members,
        bodies,
        _by_naming("actions", "coalition", "action"),
        timeline,
        joined,
        _by_naming("parts", "part_of", "coalition"),
        tagged("coalitions"),
        *_CLOSING,
    ),
    "organisation": (quotations, roles, *_CLOSING),
    "government": (of_government, *_CLOSING),
    "topic": (_by_naming("narrower", "parent", "topic"), tagged("topics"), topic_words, *_CLOSING),
    "programme": (quotations, items, _by_reference("commitments", "actions"), *_CLOSING),
    "bundle": (agenda, *_CLOSING),
}


def blocks(record: Record, site: Site) -> tuple[Block, ...]:
    """The filled blocks of an entry's page, in reading order; nothing is shown twice under one heading."""
    found = (block for make in BLOCKS[record.kind] for block in make(record, site))
    return tuple(block for block in found if block.filled)


__all__ = ["BLOCKS", "Card", "blocks", "event", "source_numbers"]
