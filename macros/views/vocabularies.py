"""One page with the meaning of every term, so that a word on any page is one tap from its meaning."""

from collections.abc import Iterator

from ..page import Page
from ..vocabulary import Vocabulary
from .head import head_of_list
from .shapes import Link
from .site import Site


def vocabulary_page(site: Site) -> Iterator[Page]:
    """The page `/vocabulary/`; each term has the anchor `<vocabulary>-<term>`."""
    vocabularies = [site.catalogue.vocabularies[name] for name in sorted(site.catalogue.vocabularies)]
    title = site.strings("vocabulary.title")
    data = {
        "root": "../",
        "head": head_of_list("vocabulary/", title, site.strings("vocabulary.intro"), "", site),
        "title": title,
        "summary": site.strings("vocabulary.intro"),
        "vocabularies": tuple(
            {
                "id": vocabulary.name,
                "title": vocabulary.title,
                "description": vocabulary.description,
                "terms": term_lines(vocabulary, anchors=True),
            }
            for vocabulary in vocabularies
        ),
        "toc": tuple(Link(vocabulary.title, f"#{vocabulary.name}") for vocabulary in vocabularies),
    }
    yield Page("vocabulary/index.md", title, "vocabulary.html", site.strings("vocabulary.intro"), data)


def term_lines(vocabulary: Vocabulary, anchors: bool) -> tuple[dict[str, str], ...]:
    """The terms of a vocabulary as the partial `terms` takes them; with anchors on the page of all words only."""
    return tuple(
        {"id": f"{vocabulary.name}-{term.id}" if anchors else "", "term": term.id, "label": term.label, "meaning": term.meaning}
        for term in vocabulary.terms.values()
    )
