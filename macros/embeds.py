"""What authors of hand-written pages can call: `{{ cards(topic="money", limit=3) }}`.

Every public method is a macro; its name is the word on the page. Names that do not exist raise
EmbedError with the nearest right word; `docs_check` adds the page and the line.
"""

import html
import re
from collections.abc import Callable

from . import facets
from .entries import KINDS
from .links import root_of
from .order import reading_order
from .pool import Record
from .problems import EmbedError, did_you_mean, listed
from .reference import Reference
from .templates import partial
from .views.maps import entries_map
from .views.shapes import Event, Link, Row
from .views.site import Site
from .views.thanks import thanked
from .views.timeline import event, steps_of
from .views.vocabularies import term_lines

FORMS = ("table", "list")
SORTS = ("listing", "newest", "title")


class Embeds:
    """The macros over one site; `page_url` gives the address of the page that is being rendered."""

    def __init__(self, site: Site, page_url: Callable[[], str]) -> None:
        self._site = site
        self._page_url = page_url
        self._reference = Reference(site)

    def macros(self) -> dict[str, Callable[..., str | int]]:
        """Every macro by name."""
        return {
            "catalogue": self.catalogue,
            "cards": self.cards,
            "link": self.link,
            "count": self.count,
            "crosswalk": self.crosswalk,
            "timeline": self.timeline,
            "vocabulary": self.vocabulary,
            "world_map": self.world_map,
            "facet_names": self.facet_names,
            "fields": self.fields,
            "problem_codes": self.problem_codes,
            "thanks": self.thanks,
        }

    def catalogue(self, kind: str, **query: str | list[str]) -> str:
        """All published entries of a kind that match, as cards."""
        return self._cards(self._filtered({"kind": kind, **query}))

    def cards(self, *ids: str, limit: int = 12, sort: str = "listing", **query: str | list[str]) -> str:
        """Cards of some entries: those named, in that order, or those that match facets, at most `limit`."""
        if ids and query:
            raise EmbedError("cards takes ids or facets, not both", "Write cards('one', 'two') or cards(topic='one').")
        if not isinstance(limit, int) or isinstance(limit, bool) or limit < 1:
            raise EmbedError(f"`limit` must be a whole number of at least 1, without quotes; found {limit!r}", "Write it as in limit=6.")
        if ids:
            return self._cards([self._entry(id) for id in ids][:limit])
        if sort not in SORTS:
            raise EmbedError(f"`sort` must be one of {listed(SORTS)}; found '{sort}'", did_you_mean(sort, SORTS))
        records = self._filtered(query)
        if sort == "newest":
            records.sort(key=lambda record: (record.entry.reviewed, record.entry.published), reverse=True)
        elif sort == "title":
            records.sort(key=lambda record: reading_order(record.entry.title))
        return self._cards(records[:limit])

    def link(self, id: str, text: str = "") -> str:
        """A link to an entry, by its title unless another text is given."""
        record = self._entry(id)
        target = self._site.link(record)
        return f'<a href="{self._root}{target.url}">{_inline(text or record.entry.title)}</a>'

    def count(self, kind: str = "", **query: str | list[str]) -> int:
        """How many published entries there are, of a kind and with the facets given."""
        return len(self._filtered({**({"kind": kind} if kind else {}), **query}))

    def crosswalk(self, coalition: str, form: str = "table") -> str:
        """A coalition's own terms with our topics and the number of entries; `form="list"` gives the terms alone."""
        if form not in FORMS:
            raise EmbedError(f"`form` must be one of {listed(FORMS)}; found '{form}'", did_you_mean(str(form), FORMS))
        record = self._entry(coalition, "coalition")
        own = [term for term in self._site.catalogue.own_terms if term.coalition.id == record.id]
        if not own:
            return f'<p class="c-empty">{html.escape(self._site.strings("embeds.crosswalk_missing"))}</p>'
        links = []
        for term in own:
            number = len(self._site.catalogue.under(term))
            target = Link(term.term.label, f"coalitions/{record.id}/#term-{term.term.id}")
            links.append((target, self._site.links(term.term.topics), (Link(self._site.strings.count("counts.entries", number)),)))
        if form == "list":
            rows = [(target, *number) for target, _, number in links]
            return self._partial("terms_list", rows=rows)
        header = [self._site.strings(f"crosswalk.{name}") for name in ("term", "topics", "entries")]
        return self._partial("table", header=header, rows=[Row(((target,), topics, number)) for target, topics, number in links])

    def timeline(self, coalition: str) -> str:
        """The dated steps of a coalition and of its actions, oldest first."""
        record = self._entry(coalition, "coalition")
        catalogue = self._site.catalogue
        owners = [record, *catalogue.naming(record.id, "coalition", "action")]
        events: list[Event] = [event(step, owner, None, self._site) for step, owner in steps_of(owners)]
        return self._partial("timeline", events=events)

    def vocabulary(self, name: str, codes: bool = True) -> str:
        """The terms of a vocabulary with their meanings, and with the words that stand in files unless `codes` is false."""
        vocabularies = self._site.catalogue.vocabularies
        if name not in vocabularies:
            raise EmbedError(f"there is no vocabulary '{name}'", did_you_mean(name, vocabularies, f"There are {listed(vocabularies, 40)}."))
        terms = term_lines(vocabularies[name], anchors=False)
        return self._partial("terms", terms=terms if codes else tuple({**term, "term": ""} for term in terms))

    def world_map(self, kind: str) -> str:
        """A map of where the published entries of a kind come from, with its numbers; nothing where no map is described."""
        if kind not in KINDS:
            raise EmbedError(f"there is no kind '{kind}'", did_you_mean(kind, KINDS, f"The kinds are {listed(KINDS)}."))
        chart = entries_map(kind, self._site)
        return self._partial("chart", chart=chart, ui=self._words) if chart else ""

    def facet_names(self) -> str:
        """The names of all facets, as they stand in addresses and macros."""
        return ", ".join(f"<code>{name}</code>" for name in facets.FACETS)

    def fields(self, kind: str) -> str:
        """The fields of a kind as contributors write them; `fields("vocabulary")` those of a vocabulary file."""
        if kind not in (*KINDS, "vocabulary"):
            raise EmbedError(f"there is no kind '{kind}'", did_you_mean(kind, KINDS, f"The kinds are {listed(KINDS)}."))
        return self._partial("fields", groups=self._reference.groups(kind), sections=self._reference.sections(kind), ui=self._words)

    def problem_codes(self) -> str:
        """Every code of the check with its meaning."""
        return self._partial("codes", codes=self._reference.codes(), ui=self._words)

    def thanks(self) -> str:
        """Everyone whom the published entries thank, with what they did and the entries."""
        people = tuple(thanked(self._site))
        if not people:
            return f'<p class="c-empty">{html.escape(self._site.strings("thanks.none"))}</p>'
        return self._partial("thanks", people=people)

    @property
    def _words(self) -> dict[str, object]:
        return {"strings": self._site.strings.tree}

    @property
    def _root(self) -> str:
        return root_of(self._page_url())

    def _partial(self, name: str, **values: object) -> str:
        return partial(self._site.settings.overrides, name, root=self._root, **values)

    def _cards(self, records: list[Record]) -> str:
        if not records:
            return f'<p class="c-empty">{html.escape(self._site.strings("embeds.none"))}</p>'
        return self._partial("cards", cards=self._site.cards(records))

    def _entry(self, id: str, kind: str | None = None) -> Record:
        catalogue = self._site.catalogue
        if not isinstance(id, str):
            raise EmbedError(f"an id must be a text in quotes; found {id!r}", "Write it as in link('some-id').")
        record = catalogue.get(id)
        if record is None or (kind and record.kind != kind):
            known = [r.id for r in catalogue.records if kind in (None, r.kind)]
            raise EmbedError(f"there is no {kind or 'entry'} '{id}'", did_you_mean(id, known, "The id is the file name without .md."))
        return record

    def _filtered(self, query: dict[str, str | list[str]]) -> list[Record]:
        catalogue = self._site.catalogue
        wanted: dict[str, list[str]] = {}
        for name, given in query.items():
            if name not in facets.FACETS:
                hint = did_you_mean(name, facets.FACETS, f"The facets are {listed(facets.FACETS, 20)}.")
                raise EmbedError(f"there is no facet '{name}'", hint)
            values = [str(value) for value in given] if isinstance(given, list | tuple) else [str(given)]
            terms = [own.id for own in catalogue.own_terms]
            known = facets.known(name, catalogue.vocabularies, {record.id: record.kind for record in catalogue.records}, terms)
            for value in values:
                if value not in known:
                    raise EmbedError(
                        f"the facet '{name}' has no value '{value}'",
                        did_you_mean(value, known, f"There are {listed(known, 20)}." if known else "There are none yet."),
                    )
            wanted[name] = values
        return catalogue.filtered(wanted)


def _inline(text: str) -> str:
    """Text inside an inline tag of a Markdown page, where Markdown would still see stars and brackets."""
    return re.sub(r"[^\w\s.,;:?/'-]", lambda match: f"&#{ord(match.group(0))};", text)
