"""The words of the interface: a tree of texts, of which each has a dotted name."""

import pytest

from macros.problems import ContentError
from macros.strings import Strings

STRINGS = Strings({"one": "One", "files": {"a": "A {n}", "feed.xml": "Feed", "b": {"c": ["x", "y"]}}, "": {"d": ""}}, "en.html")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("one", "One"),
        ("files.a", "A {n}"),
        ("files.b", {"c": ["x", "y"]}),
        ("files.b.c", ["x", "y"]),
        (".d", ""),
        ("files.feed.xml", None),
        ("one.two", None),
        ("files.b.c.x", None),
        ("two", None),
        ("", {"d": ""}),
    ],
)
def test_a_name_leads_to_what_stands_there(name: str, expected: object) -> None:
    assert STRINGS.get(name) == expected


def test_a_text_is_filled_and_what_is_none_is_told() -> None:
    assert STRINGS("files.a", n=3) == "A 3"
    for name in ("files", "files.b.c", "files.feed.xml", "none"):
        with pytest.raises(ContentError, match=f"there must be a text '{name}'"):
            STRINGS(name)
