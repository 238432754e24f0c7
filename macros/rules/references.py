"""Rules on what points elsewhere: ids, references, terms, sources."""

from collections.abc import Iterator
from itertools import islice

from ..body import CITE_KEY
from ..entries.fields import CoalitionTerm, Reference, SourceKey, Term
from ..entries.government import CONTEXT, Government
from ..marks import Marked
from ..pool import Record
from ..problems import Problem, did_you_mean, listed, named, shown
from ..strict_yaml import Path
from ..wording import WORDING, say
from .scope import Ground, Scope, a_kind, at, at_found

# How many of the files that claim one id are named.
MOST_CLAIMS = 12


def duplicate_ids(record: Record, scope: Scope) -> Iterator[Problem]:
    """An id belongs to one file; both are named."""
    mine = record.source.path
    for id, path in [(record.id, ()), *((old, ("aliases", n)) for n, old in enumerate(record.entry.aliases))]:
        claims = scope.claims[id]
        others = list(islice((name for name in claims if name != mine), MOST_CLAIMS))
        if others:
            rest = len(claims) - 1 - len(others)
            named_others = f"{', '.join(others)}{f' and {rest} more' if rest else ''}"
            yield at(record, path, "id-duplicate", *say("id-duplicate", id=id, others=named_others))
        elif path and claims[mine] > 1:
            message = f"an old id must stand once, and not be the id of today; found '{id}' again"
            yield at(record, path, "id-duplicate", message, "Remove it from `aliases`.")


def references(record: Record, scope: Scope) -> Iterator[Problem]:
    """References lead to entries of the right kind, and to a coalition's own terms."""
    for marked in record.marks:
        match marked.mark:
            case Reference():
                yield from _reference(record, marked, scope)
            case CoalitionTerm():
                yield from _coalition_term(record, marked, scope)


def terms(record: Record, ground: Ground) -> Iterator[Problem]:
    """Terms and keys exist; nothing stands twice in one list."""
    seen: set[tuple[Path, str]] = set()
    for marked in record.marks:
        match marked.mark:
            case Term():
                yield from _term(record, marked, ground)
            case SourceKey() if "sources" not in record.broken:
                yield from _source_key(record, marked)
        if marked.path and isinstance(marked.path[-1], int):
            twin = (marked.path[:-1], marked.value)
            if twin in seen:
                yield at(record, marked.path, "reference-twice", *say("reference-twice", found=shown(marked.value)))
            seen.add(twin)


def _reference(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    assert isinstance(marked.mark, Reference)
    kinds, ids, found = marked.mark.kinds, scope.pool.ids, shown(marked.value)
    if marked.value == record.id:
        yield at(record, marked.path, "reference-self", f"{named(marked.path)} must lead to another entry; it leads to this one", "Remove it.")
    elif marked.value not in ids:
        unknown, _ = say("reference-unknown", name=named(marked.path), kinds=a_kind(*kinds), found=found)
        yield at(record, marked.path, "reference-unknown", unknown, scope.id_meant(marked.value, kinds))
    elif kinds and ids[marked.value] not in kinds:
        said = say("reference-kind", name=named(marked.path), kinds=a_kind(*kinds), found=found, kind=a_kind(ids[marked.value]))
        yield at(record, marked.path, "reference-kind", *said)


def _term(record: Record, marked: Marked, ground: Ground) -> Iterator[Problem]:
    assert isinstance(marked.mark, Term)
    name = marked.mark.vocabulary
    vocabulary = ground.vocabularies.get(name)
    if vocabulary is None:
        if name not in ground.unread:
            yield at(
                record, marked.path, "vocabulary-missing", f"{named(marked.path)} must be a term of vocabulary/{name}.yml; there is no such file",
                f"Add the file content/vocabulary/{name}.yml, or remove the field if it need not be given.",
            )  # fmt: skip
    elif marked.value not in vocabulary.terms:
        terms = list(vocabulary.terms)
        said, hint = say("term-unknown", name=named(marked.path), terms=listed(terms, 30), found=shown(marked.value), vocabulary=name)
        yield at(record, marked.path, "term-unknown", said, did_you_mean(marked.value, terms, hint))


def _key_meant(key: str, keys: list[str]) -> str:
    _, hint = WORDING["source-unknown" if keys else "source-unknown.none"]
    return did_you_mean(key, keys, hint.format(keys=listed(keys)))


def _source_key(record: Record, marked: Marked) -> Iterator[Problem]:
    keys = list(record.entry.sources)
    if marked.value not in keys:
        said, _ = say("source-unknown", name=named(marked.path), found=shown(marked.value), keys="")
        yield at(record, marked.path, "source-unknown", said, _key_meant(marked.value, keys))


def _coalition_term(record: Record, marked: Marked, scope: Scope) -> Iterator[Problem]:
    coalition = marked.value.partition("/")[0]
    unread = scope.pool.ids.get(coalition) == "coalition" and coalition not in scope.coalitions_read
    if marked.value not in scope.coalition_terms and not unread:
        yield at(
            record, marked.path, "coalition-term-unknown",
            f"{named(marked.path)} must hold the id of a coalition, a slash and one of its own terms; found '{shown(marked.value)}'",
            scope.term_meant(marked.value),
        )  # fmt: skip


def context(record: Record, ground: Ground) -> Iterator[Problem]:
    """Each fact of a government's context is a term of the vocabulary that its name points to."""
    if not isinstance(record.entry, Government):
        return
    vocabularies = ground.vocabularies
    names = [name.removeprefix(CONTEXT) for name in vocabularies if name.startswith(CONTEXT)]
    for name, fact in record.entry.context.items():
        if CONTEXT + name in vocabularies:
            yield from _term(record, Marked(("context", name, "value"), fact.value, Term(CONTEXT + name)), ground)
        elif CONTEXT + name not in ground.unread:
            yield at(
                record, ("context", name), "term-unknown",
                f"`context` must hold names of the vocabularies {CONTEXT}...; found '{shown(name)}'",
                did_you_mean(name, names, f"There are {listed(names)}." if names else f"There is no file content/vocabulary/{CONTEXT}*.yml."),
                of_key=True,
            )  # fmt: skip


def sources(record: Record, ground: Ground) -> Iterator[Problem]:
    """Every citation has a source, every source is used, and they come from enough publishers if the pool asks for that."""
    used = {marked.value for marked in record.marks if isinstance(marked.mark, SourceKey)}
    known_keys = list(record.entry.sources)
    has, least = len({source.publisher.lower() for source in record.entry.sources.values()}), record.entry.publishers
    if has < least and (criterion := ground.criterion("sourced")):
        said = say("source-few", kind=a_kind(record.kind), least=least, has=has or "none", criterion=criterion)
        yield at(record, ("sources",) if known_keys else (), "source-few", *said, of_key=True)
    meant: dict[str, str] = {}
    for citation in record.body.citations:
        keys = CITE_KEY.findall(citation.text)
        used.update(keys)
        for key in keys or [citation.text]:
            if key not in record.entry.sources:
                if key not in meant:
                    meant[key] = _key_meant(key, known_keys)
                yield at_found(record, citation, "source-unknown", say("source-unknown.text", found=shown(key), keys="")[0], meant[key])
    for key in known_keys if not record.broken else ():
        if key not in used:
            yield at(record, ("sources", key), "source-unused", *say("source-unused", key=key), of_key=True)


def cycles(record: Record, scope: Scope) -> Iterator[Problem]:
    """Nothing stands above itself, or is replaced by itself, by way of others."""
    for name in ("parent", "replaced_by"):
        way, id = [record.id], vars(record.entry).get(name)
        while id and id not in way:
            way.append(id)
            id = getattr(scope.entries.get(id), name, None)
        if id == record.id and len(way) > 1:
            yield at(
                record, (name,), "reference-cycle", f"`{name}` must not lead back to this entry; it does, by way of {listed(way[1:])}",
                "Remove one of the steps.",
            )  # fmt: skip
