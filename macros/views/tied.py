"""What is tied to an organisation, a government or a topic: read from the entries that name it."""

from collections.abc import Iterable

from ..entries.coalition import Coalition
from ..pool import Record
from .lists import Make, card_block, link_block
from .shapes import Block, Link, Row
from .site import Site


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
    catalogue, facet = site.catalogue, ("government", record.id)
    yield from card_block("cases", catalogue.filtered({"kind": ["case-study"], "government": [record.id]}), site, facet=facet)
    yield from card_block("practices_applied", catalogue.filtered({"kind": ["practice"], "government": [record.id]}), site, facet=facet)
    yield from card_block("commitments_joined", catalogue.naming(record.id, "governments", "action"), site, facet=facet)
    yield from card_block("memberships", catalogue.naming(record.id, "members.governments", "coalition"), site, facet=facet)
    yield from card_block("coalition_roles", catalogue.naming(record.id, "bodies.body", "coalition"), site)
    yield from card_block("help_for_government", catalogue.naming(record.id, "governments", "technical-assistance"), site, facet=facet)
    yield from card_block("programme", catalogue.naming(record.id, "governments", "programme"), site, facet=facet)
    yield from card_block("challenges_raised", catalogue.naming(record.id, "raised_by", "challenge"), site)
    yield from link_block("governments_below", catalogue.naming(record.id, "parent", "government"), site)
    yield from link_block("union_members", catalogue.naming(record.id, "unions", "government"), site)


def tagged(facet: str, kinds: tuple[str, ...]) -> Make:
    """What is tagged with a topic or coalition, a block of cards a kind."""

    def make(record: Record, site: Site) -> Iterable[Block]:
        for kind in kinds:
            found = site.catalogue.filtered({"kind": [kind], facet: [record.id]})
            yield from card_block(f"tagged_{kind.replace('-', '_')}", found, site, facet=(facet, record.id))

    return make


def topic_words(record: Record, site: Site) -> Iterable[Block]:
    """Each coalition's own term for a topic."""
    rows = tuple(
        Row(((site.link(own.coalition),), (Link(own.term.label, f"coalitions/{own.coalition.id}/#term-{own.term.id}"),)))
        for own in site.catalogue.terms_by_topic.get(record.id, ())
    )
    header = (site.strings("crosswalk.coalition"), site.strings("crosswalk.term"))
    yield Block("own-words", site.strings("blocks.own_words"), header=header, rows=rows)
