"""Thanks: everyone whom the entries credit, with role and organisation, on the entry and on one page."""

from collections.abc import Callable

import pytest

from macros.embeds import Embeds
from macros.views.thanks import Thanked, thanked
from tests.conftest import Small

ANN = "{name: Ann Author, organisation: Ministry of Roads}"
REVIEWER = '{name: Åsa Reader, organisation: "Bus & Tram <b>", role: reviewer}'


@pytest.fixture
def pool(small: Small, practice: Callable[..., str]) -> Small:
    """Two practices, a draft and a retired one, with people to thank."""
    small.topic()
    small.write("content/practices/b-first.md", practice(title="First", contributors=f"[{REVIEWER}, {ANN}, {{name: ann, role: translator}}]"))
    small.write("content/practices/c-second.md", practice(title="Second", contributors=f"[{{{ANN[1:-1]}, role: reviewer}}, {ANN}]"))
    small.write("content/practices/draft.md", practice(title="Third", status="draft", contributors="[{name: Nobody Yet}]"))
    return small


def told(person: Thanked) -> tuple[str, str, str, list[str]]:
    return person.name, person.organisation, person.roles, [entry.text for entry in person.entries]


def test_people_stand_in_the_order_of_names_with_roles_and_entries_of_published_entries(pool: Small) -> None:
    assert [told(person) for person in thanked(pool.project().site())] == [
        ("ann", "", "translator", ["First"]),
        ("Ann Author", "Ministry of Roads", "author, reviewer", ["First", "Second"]),
        ("Åsa Reader", "Bus & Tram <b>", "reviewer", ["First"]),
    ]


def test_the_page_shows_them_as_they_wrote_themselves_with_links_from_the_page(pool: Small) -> None:
    html = str(Embeds(pool.project().site(), lambda: "contribute/thanks/").thanks())
    assert html.count("<li>") == 3
    assert "<strong>Ann Author</strong>, Ministry of Roads (author, reviewer): " in html
    assert "<strong>Åsa Reader</strong>, Bus &amp; Tram &lt;b&gt; (reviewer): " in html
    assert html.count('href="../../practices/b-first/"') == 3
    assert html.count('href="../../practices/c-second/"') == 1
    assert "Nobody" not in html


def test_an_entry_credits_its_people_with_role_and_organisation(pool: Small) -> None:
    pool.stage()
    page = pool.page("practices/b-first")
    assert '"Ann Author, Ministry of Roads, author"' in page


def test_a_pool_that_thanks_nobody_invites(small: Small) -> None:
    small.topic()
    assert 'class="c-empty"' in str(Embeds(small.project().site(), lambda: "contribute/thanks/").thanks())
