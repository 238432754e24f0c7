"""The words of the pool, for a query with a slip of the pen: `explore/words.json`, the most frequent first."""

import html
import re
from collections import Counter

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
        titles |= _words(record.entry.title)
        texts = (html.unescape(_TAG.sub(" ", section.html)) for section in site.texts.sections(record))
        counter.update(_words(" ".join((record.entry.title, record.entry.summary, *texts))))
    found = (word for word, count in counter.items() if count > 1 or word in titles)
    return sorted(found, key=lambda word: (-counter[word], word))[:MOST]


def _words(text: str) -> set[str]:
    return {word.lower() for word in set(_WORD.findall(text))}
