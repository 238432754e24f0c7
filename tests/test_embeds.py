"""Macros on hand-written pages: what they print, and what they say when something does not exist."""

from collections.abc import Callable

import pytest

from macros.docs_check import url_of
from macros.embeds import Embeds
from macros.stage import problems
from tests.conftest import Small


@pytest.fixture
def pool(small: Small, practice: Callable[..., str]) -> Small:
    """Two topics, two practices and a coalition."""
    small.topic("money", "Money")
    small.topic("people", "People")
    small.write("content/practices/pooled-buying.md", practice())
    small.write("content/practices/training.md", practice(title="Train *all* [x]", summary="People learn.", topics="[people]", reviewed="2026-11-02"))
    small.write(
        "content/coalitions/circle.md",
        """
        ---
        title: The Circle
        summary: Some cities.
        short_name: Circle
        form: network
        members: {completeness: not-found}
        crosswalk: [{id: cash, label: Cash, topics: [money]}]
        milestones: [{date: "2025", text: It began., kind: done, source: plan}]
        published: 2026-01-01
        reviewed: 2026-01-01
        owner: Editors
        sources: {plan: {title: Plan, publisher: Circle, type: treaty-body}}
        ---
        ## Why it exists

        Text.

        ## How it works

        Text.
        """,
    )
    return small


def embeds(pool: Small, url: str = "guide/one/") -> Embeds:
    return Embeds(pool.project().site(), lambda: url)


def complaint(pool: Small, text: str) -> str:
    pool.write("docs/guide/page.md", text)
    found = problems(pool.project())
    assert len(found) == 1, found
    return f"{found[0].path}:{found[0].line}:{found[0].column} [{found[0].code}] {found[0].message} | {found[0].hint}"


def test_cards_stand_in_the_order_given_with_links_from_the_page(pool: Small) -> None:
    html = str(embeds(pool).cards("training", "pooled-buying"))
    assert html.index("Train *all* [x]") < html.index("Pooled buying")
    assert 'href="../../practices/training/"' in html
    assert "\n" not in html


def test_cards_by_facets_are_limited_and_sorted(pool: Small) -> None:
    html = str(embeds(pool).cards(kind="practice", sort="newest", limit=1))
    assert "Train" in html
    assert "Pooled buying" not in html


def test_catalogue_prints_all_of_a_kind(pool: Small) -> None:
    assert str(embeds(pool).catalogue("practice")).count("<article") == 2
    assert str(embeds(pool).catalogue("practice", topic="money")).count("<article") == 1


def test_catalogue_without_a_match_says_so(pool: Small) -> None:
    assert embeds(pool).catalogue("case-study") == '<p class="c-empty">No entry matches yet.</p>'


def test_link_keeps_markdown_signs_of_a_title_as_they_are(pool: Small) -> None:
    assert embeds(pool).link("training") == '<a href="../../practices/training/">Train &#42;all&#42; &#91;x&#93;</a>'
    assert embeds(pool, "").link("training", "this") == '<a href="./practices/training/">this</a>'


def test_count_counts_published_entries(pool: Small) -> None:
    found = embeds(pool)
    assert (found.count(), found.count("practice"), found.count(coalition="circle")) == (5, 2, 0)
    assert found.count("practice", topic=["money", "people"]) == 2


def test_crosswalk_timeline_and_vocabulary_print_their_rows(pool: Small) -> None:
    found = embeds(pool)
    assert "Cash" in found.crosswalk("circle")
    assert "1 entry" in found.crosswalk("circle", form="list")
    assert "It began." in found.timeline("circle")
    assert "A country." in found.vocabulary("levels")


@pytest.mark.parametrize(
    ("call", "said"),
    [
        ("cards('trainings')", "in `cards`, there is no entry 'trainings' | Did you mean 'training'?"),
        ("link('trainin')", "in `link`, there is no entry 'trainin' | Did you mean 'training'?"),
        ("count('practise')", "in `count`, the facet 'kind' has no value 'practise' | Did you mean 'practice'?"),
        ("count(topics='money')", "in `count`, there is no facet 'topics' | Did you mean 'topic'?"),
        ("catalogue('practice', topic='monye')", "in `catalogue`, the facet 'topic' has no value 'monye' | Did you mean 'money'?"),
        ("crosswalk('cirle')", "in `crosswalk`, there is no coalition 'cirle' | Did you mean 'circle'?"),
        ("timeline('money')", "in `timeline`, there is no coalition 'money' | The id is the file name without .md."),
        ("vocabulary('level')", "in `vocabulary`, there is no vocabulary 'level' | Did you mean 'levels'?"),
        ("cards('training', topic='money')", "in `cards`, cards takes ids or facets, not both | Write cards('one', 'two') or cards(topic='one')."),
        ("cards(sort='new')", "in `cards`, `sort` must be one of listing, newest, title; found 'new' | Did you mean 'newest'?"),
        ("fields('practise')", "in `fields`, there is no kind 'practise' | Did you mean 'practice'?"),
    ],
)
def test_what_does_not_exist_names_the_page_the_line_and_the_nearest_word(pool: Small, call: str, said: str) -> None:
    text = f"---\ntitle: Page\n---\n\n# Page\n\nText {{{{ {call} }}}}.\n"
    assert complaint(pool, text) == f"docs/guide/page.md:7:9 [macro-argument] {said}"


def test_every_wrong_call_of_a_page_is_named_at_its_own_place(pool: Small) -> None:
    pool.write(
        "docs/page.md",
        "{{ count() }} {{ cards('trainin') }} {{ link('x') }}\n\n{{ nothing }} {{ count }}\n\n{% for i in [1] %}{{ link('y') }}{% endfor %}\n",
    )
    found = [f"{p.line}:{p.column} {p.code} {p.message}" for p in problems(pool.project())]
    assert found == [
        "1:18 macro-argument in `cards`, there is no entry 'trainin'",
        "1:41 macro-argument in `link`, there is no entry 'x'",
        "3:1 macro-syntax a macro must be called with brackets, as in `count()`; found its bare name",
        "3:4 macro-unknown a macro must exist; found 'nothing'",
        "5:22 macro-argument in `link`, there is no entry 'y'",
    ]


@pytest.mark.parametrize(
    "call",
    [
        "link(5)",
        "cards(limit='3')",
        "cards(limit=0)",
        "cards(limit=-1)",
        "cards(['training'])",
        "count(5)",
        "cards(year=12)",
        "cards(review='dueish')",
    ],
)
def test_a_value_of_the_wrong_kind_is_answered_in_words(pool: Small, call: str) -> None:
    said = complaint(pool, f"{{{{ {call} }}}}\n")
    assert "[macro-argument]" in said
    assert "object" not in said
    assert "unhashable" not in said


def test_a_number_is_taken_for_a_year(pool: Small) -> None:
    assert embeds(pool).count(year=2026) == 5  # type: ignore[arg-type]


def test_names_of_the_engine_and_of_the_page_are_left_alone(pool: Small) -> None:
    pool.write("docs/page.md", "---\nmine: 5\n---\n{{ config.site_name }} {{ page.title }} {{ mine }} {{ now() }} {% set x = 1 %}{{ x }}\n")
    assert problems(pool.project()) == ()


def test_pages_that_are_no_text_are_named(pool: Small) -> None:
    pool.write("docs/bytes.md", b"\xff\xfe\x00")
    (pool.root / "docs/folder.md").mkdir()
    (pool.root / "docs/link.md").symlink_to("/etc/passwd")
    codes = {p.path: p.code for p in problems(pool.project())}
    assert codes == {"docs/bytes.md": "not-utf8", "docs/folder.md": "not-a-file", "docs/link.md": "symlink"}


def test_a_macro_that_does_not_exist_is_named(pool: Small) -> None:
    assert complaint(pool, "# Page\n\n{{ card('training') }}\n") == (
        "docs/guide/page.md:3:4 [macro-unknown] a macro must exist; found 'card' | Did you mean 'cards'?"
    )


def test_braces_left_open_are_named(pool: Small) -> None:
    assert complaint(pool, "# Page\n\n{{ cards('training') }\n").startswith("docs/guide/page.md:3:1 [macro-syntax] a macro call must be written")


def test_a_call_without_what_it_needs_is_named(pool: Small) -> None:
    assert "docs/guide/page.md:1:4 [macro-argument] in `catalogue`" in complaint(pool, "{{ catalogue() }}\n")


def test_pages_that_turn_macros_off_are_left_alone(pool: Small) -> None:
    pool.write("docs/page.md", "---\nrender_macros: false\n---\n\n{{ nonsense(\n")
    assert problems(pool.project()) == ()


@pytest.mark.parametrize(
    ("source", "url"),
    [("index.md", ""), ("about/index.md", "about/"), ("about/page.md", "about/page/"), ("page.md", "page/"), ("a/README.md", "a/")],
)
def test_the_address_of_a_page_follows_from_its_file(source: str, url: str) -> None:
    assert url_of(source) == url
