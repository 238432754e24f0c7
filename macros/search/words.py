"""The words of the pool, for a query with a slip of the pen: `explore/words.json`, the most frequent first."""

import html
import re
from collections import Counter
from collections.abc import Iterator

from ..views.site import Site

# Letters of any script; shorter words have too many neighbours to guess from.
_WORD = re.compile(r"[^\W\d_]{4,24}")
_TAG = re.compile(r"<[^>]*>")
MOST = 12_000


def words_data(site: Site) -> list[str]:
    """Words that occur in at least two entries or in a title, by falling number of entries, then by the alphabet."""
    counter: Counter[str] = Counter()
    titles: set[str] = set()
    for record in site.catalogue.listed():
        title = set(_words(record.entry.title))
        text = " ".join(html.unescape(_TAG.sub(" ", section.html)) for section in site.texts.sections(record))
        titles |= title
        counter.update(title | set(_words(record.entry.summary)) | set(_words(text)))
    found = (word for word, count in counter.items() if count > 1 or word in titles)
    return sorted(found, key=lambda word: (-counter[word], word))[:MOST]


def _words(text: str) -> Iterator[str]:
    return (word.lower() for word in _WORD.findall(text))
