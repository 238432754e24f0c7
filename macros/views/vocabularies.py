"""One page with the meaning of every term, so that a word on any page is one tap from its meaning."""

from collections.abc import Iterator

from ..page import Page
from .shapes import Link
from .site import Site


def vocabulary_page(site: Site) -> Iterator[Page]:
    """The page `/vocabulary/`; each term has the anchor `<vocabulary>-<term>`."""
    vocabularies = [site.catalogue.vocabularies[name] for name in sorted(site.catalogue.vocabularies)]
    title = site.strings("vocabulary.title")
    data = {
        "root": "../",
        "title": title,
        "summary": site.strings("vocabulary.intro"),
        "vocabularies": tuple(
            {
                "id": vocabulary.name,
                "title": vocabulary.title,
                "description": vocabulary.description,
                "terms": tuple({"id": f"{vocabulary.name}-{t.id}", "term": t.id, "label": t.label, "meaning": t.meaning} for t in vocabulary.terms.values()),
            }
            for vocabulary in vocabularies
        ),
        "toc": tuple(Link(vocabulary.title, f"#{vocabulary.name}") for vocabulary in vocabularies),
    }
    yield Page("vocabulary/index.md", title, "vocabulary.html", site.strings("vocabulary.intro"), data)
