"""Ten thousand entries are checked: all of them, and nothing else is told."""

from collections import Counter
from collections.abc import Callable

import pytest

from tests.conftest import Small

pytestmark = pytest.mark.build

TOPICS = 100
PRACTICES = 9_900


@pytest.fixture
def large(small: Small, practice: Callable[..., str]) -> Callable[..., Small]:
    """A pool of ten thousand entries; what is given replaces lines of every practice, with its number filled in."""

    def make(**fields: str) -> Small:
        for number in range(TOPICS):
            small.topic(f"topic-{number}", f"Topic {number}")
        folder = small.root / "content/practices"
        folder.mkdir()
        for number in range(PRACTICES):
            values = {"title": f"Practice {number}", "summary": f"What {number} cities do.", "topics": f"[topic-{number % TOPICS}]"}
            values |= {"related": f"[practice-{(number + 1) % PRACTICES}]"}
            values |= {name: value.format(number) for name, value in fields.items()}
            (folder / f"practice-{number}.md").write_text(practice(**values), "utf-8")
        return small

    return make


def test_ten_thousand_entries_are_checked(large: Callable[..., Small]) -> None:
    checked = large().check()
    assert (len(checked.pool.ids), len(checked.pool.records), checked.problems) == (TOPICS + PRACTICES, TOPICS + PRACTICES, ())


def test_ten_thousand_entries_are_related(large: Callable[..., Small]) -> None:
    catalogue = large().check().catalogue()
    assert len(catalogue.naming("topic-0", "topics")) == PRACTICES // TOPICS
    assert [record.id for record in catalogue.naming("practice-0", "related")] == [f"practice-{PRACTICES - 1}"]


def test_ten_thousand_entries_with_mistakes_are_all_told(large: Callable[..., Small]) -> None:
    checked = large(
        topics="[topik-{0}-x]",
        related="[practise-{0}-y]",
        challenges="[nothing-{0}]",
        terms="[alliance-{0}/cash]",
        aliases="[the-same]",
        evidence="sure-{0}",
    ).check()
    assert len(checked.pool.ids) == TOPICS + PRACTICES
    assert Counter(problem.code for problem in checked.problems) == {
        "reference-unknown": 3 * PRACTICES,
        "coalition-term-unknown": PRACTICES,
        "id-duplicate": PRACTICES,
        "term-unknown": PRACTICES,
    }


def test_ten_thousand_entries_that_cannot_be_read_are_all_told(large: Callable[..., Small]) -> None:
    checked = large(title="Number {0}: a title", evidence="", colour="red").check()
    assert Counter(problem.code for problem in checked.problems) == {"yaml-syntax": PRACTICES}
    assert (len(checked.pool.ids), len(checked.pool.records)) == (TOPICS + PRACTICES, TOPICS)
