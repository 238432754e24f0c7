"""The filter in the browser finds and counts what plain loops over the content find and count."""

import random
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from macros.catalogue import Catalogue
from macros.entries.government import Government
from macros.facets import FACETS
from macros.order import reading_order
from macros.pool import Record
from macros.project import load
from tests.browser.conftest import Served

pytestmark = pytest.mark.browser

SIZE = 1_000
QUERIES = 200
Query = dict[str, list[str]]


@pytest.fixture(scope="module")
def site(made: Callable[[int], Served]) -> Served:
    """A site of a thousand entries that nobody wrote."""
    return made(SIZE)


@pytest.fixture(scope="module")
def catalogue(site: Served) -> Catalogue:
    """The content of that site, read anew."""
    return load(site.site.parent).catalogue


@pytest.fixture(scope="module")
def page(site: Served, browser: Browser) -> Iterator[Page]:
    """A page of that site, on which its modules can be tried."""
    # The tests write scripts of their own, which the policy of the pages rightly forbids.
    opened = browser.new_page(bypass_csp=True)
    opened.goto(f"{site.address}/")
    yield opened
    opened.close()


@pytest.fixture(scope="module")
def call(site: Served, page: Page) -> Callable[..., Any]:
    """What a function of one of the site's modules gives for plain values."""

    def run(module: str, name: str, *arguments: object) -> Any:
        told = [f"{site.address}/assets/js/{module}.mjs", name, arguments]
        return page.evaluate("async ([module, name, given]) => (await import(module))[name](...given)", told)

    return run


@pytest.fixture(scope="module")
def script(site: Served, page: Page) -> Callable[..., Any]:
    """What a piece of script gives; `catalogue` is the site's own in it, `modules` are `fit` and `state`, `given` is the argument."""

    def run(body: str, given: object = None) -> Any:
        return page.evaluate(
            """async ([address, body, given]) => {
              const from = (name) => import(`${address}/assets/js/${name}.mjs`);
              const [{ loadCatalogue }, fit, state] = await Promise.all(["catalogue", "fit", "state"].map(from));
              const catalogue = await loadCatalogue(`${address}/`);
              return new Function("catalogue", "modules", "given", body)(catalogue, { fit, state }, given);
            }""",
            [site.address, body, given],
        )

    return run


# Filters and counts.


def tabled(catalogue: Catalogue) -> list[tuple[Record, dict[str, frozenset[str]]]]:
    """Every published entry in listing order with its values of each facet."""
    return [(r, {name: frozenset(catalogue.facet(r, name)) for name in FACETS}) for r in catalogue.listed()]


def holds(values: Mapping[str, frozenset[str]], query: Mapping[str, Sequence[str]]) -> bool:
    return all(any(value in values[name] for value in wanted) for name, wanted in query.items())


def queries(catalogue: Catalogue) -> list[tuple[Query, Query, list[str] | None, str]]:
    """Random queries, the same every time: what is chosen, what a page fixes, the entries it is about, the entry it leaves out."""
    chance = random.Random(11)
    occurring = {name: sorted({value for _, values in tabled(catalogue) for value in values[name]}) for name in FACETS}
    ids = [record.id for record in catalogue.listed()]

    def some(names: Sequence[str], most: int) -> Query:
        return {name: chance.sample(occurring[name], min(chance.randint(1, most), len(occurring[name]))) for name in names}

    found = []
    for number in range(QUERIES):
        base_name = chance.choice(["topic", "coalition", "government", "kind", "year"])
        base = some([base_name], 1) if number % 3 == 0 else {}
        names = [name for name in FACETS if name not in base]
        chosen = some(chance.sample(names, chance.randint(0, 4)), 4)
        only = chance.sample(ids, 300) if number % 5 == 0 else None
        without = base[base_name][0] if base and base_name in ("topic", "coalition", "government") else ""
        found.append((chosen, base, only, without))
    return found


@pytest.fixture(scope="module")
def answers(script: Callable[..., Any], catalogue: Catalogue) -> list[dict[str, Any]]:
    """The ids that each query leaves in the browser, and the counts of each facet by value."""
    found: list[dict[str, Any]] = script(
        """return given.map(([chosen, base, only, without]) => {
          const places = only && new Set(only.map((id) => catalogue.placeOf.get(id)));
          const { places: left, counts } = catalogue.filter(chosen, base, places, without);
          const told = ({ name, values }) => [name, Object.fromEntries(values.map((value, n) => [value, counts.get(name)[n]]))];
          return { ids: left.map((place) => catalogue.data.ids[place]), counts: Object.fromEntries(catalogue.facets.map(told)) };
        });""",
        queries(catalogue),
    )
    return found


def test_the_entries_that_a_query_leaves_are_those_that_loops_find(catalogue: Catalogue, answers: list[dict[str, Any]]) -> None:
    entries = tabled(catalogue)
    expected = [
        [r.id for r, values in entries if holds(values, chosen) and holds(values, base) and (only is None or r.id in only) and r.id != without]
        for chosen, base, only, without in queries(catalogue)
    ]
    assert [answer["ids"] for answer in answers] == expected
    assert sum(map(bool, expected)) > QUERIES / 2


def test_a_count_is_the_number_of_entries_that_choosing_the_value_would_leave(catalogue: Catalogue, answers: list[dict[str, Any]]) -> None:
    entries = tabled(catalogue)
    for (chosen, base, only, without), answer in zip(queries(catalogue), answers, strict=True):
        kept = [values for r, values in entries if holds(values, base) and (only is None or r.id in only) and r.id != without]
        for name in FACETS:
            others = {facet: wanted for facet, wanted in chosen.items() if facet != name}
            expected = Counter(value for values in kept if holds(values, others) for value in values[name])
            found = answer["counts"][name]
            assert {value: count for value, count in found.items() if count} == dict(expected), (name, chosen, base)


def test_every_value_that_occurs_has_a_count_also_where_none_is_left(catalogue: Catalogue, answers: list[dict[str, Any]]) -> None:
    occurring = {name: {value for _, values in tabled(catalogue) for value in values[name]} for name in FACETS}
    assert {name: set(counts) for name, counts in answers[0]["counts"].items()} == occurring


@pytest.mark.parametrize("sort", ["newest", "title", "evidence"])
def test_a_sort_puts_entries_in_its_order(catalogue: Catalogue, script: Callable[..., Any], sort: str) -> None:
    listed = list(catalogue.listed())
    place = {record.id: number for number, record in enumerate(listed)}
    by_title = {r.id: n for n, r in enumerate(sorted(listed, key=lambda r: (reading_order(r.entry.title), place[r.id])))}
    grades = list(catalogue.vocabularies["evidence"].terms)
    orders: dict[str, Callable[[Record], Any]] = {
        "newest": lambda r: (-r.entry.reviewed.toordinal(), -r.entry.published.toordinal(), by_title[r.id]),
        "title": lambda r: by_title[r.id],
        "evidence": lambda r: (grades.index(grade) if (grade := getattr(r.entry, "evidence", "")) else len(grades), place[r.id]),
    }
    body = "return catalogue.sorted([...catalogue.data.ids.keys()], given).map((place) => catalogue.data.ids[place]);"
    assert script(body, sort) == [record.id for record in sorted(listed, key=orders[sort])]


def test_titles_stand_where_readers_look_for_them(script: Callable[..., Any]) -> None:
    titles = ["Zoning", "École", "RT10", "rapid bus", "RT2", "Łódź", "Electric bus", "Écoles", "ठाणे", '"Quoted" words', "100 buses", "12 buses"]
    body = """
      const odd = Object.assign(Object.create(catalogue), { data: { titles: given }, size: given.length, ranks: undefined });
      return [...odd.byTitle];
    """
    found = script(body, titles)
    expected = ['"Quoted" words', "12 buses", "100 buses", "École", "Écoles", "Electric bus", "Łódź", "rapid bus", "RT2", "RT10", "Zoning", "ठाणे"]
    assert [title for _, title in sorted(zip(found, titles, strict=True))] == expected == sorted(titles, key=reading_order)


def test_a_label_and_an_address_are_those_of_the_entry(catalogue: Catalogue, script: Callable[..., Any]) -> None:
    found = script(
        "return catalogue.data.ids.map((id, n) => [id, catalogue.url(n).replace(catalogue.root, ''), catalogue.labels(n, 'topic')]);"
    )  # fmt: skip
    titles = {record.id: record.entry.title for record in catalogue.by_kind["topic"]}
    assert found == [[r.id, f"{r.entry.folder}/{r.id}/", [titles[topic] for topic in r.entry.topics]] for r in catalogue.listed()]


# Places like mine.


@pytest.mark.parametrize(
    ("mine", "theirs", "expected"),
    [
        ({}, {"level": 1}, ([], [], [], 0)),
        ({"level": 1}, {"level": 1}, (["level"], [], [], 1)),
        ({"level": 1}, {"level": 0}, ([], ["level"], [], -1)),
        ({"level": 0}, {}, ([], [], ["level"], 0)),
        ({"level": 0}, {"level": 0}, (["level"], [], [], 1)),
        ({"level": 2}, {"level": [0, 2]}, (["level"], [], [], 1)),
        ({"level": 2}, {"level": [0, 1]}, ([], ["level"], [], -1)),
        ({"level": 2}, {"level": []}, ([], [], ["level"], 0)),
        ({"level": 1, "region": 3, "income": 0}, {"level": 1, "region": 2, "grid": 1}, (["level"], ["region"], ["income"], 0)),
    ],
    ids=["nothing said", "same", "differs", "not known", "first term", "one of several", "none of several", "empty list", "what I have not said"],
)
def test_a_fit_counts_what_is_the_same_less_what_differs(call: Callable[..., Any], mine: object, theirs: object, expected: object) -> None:
    found = call("fit", "fit", mine, theirs)
    assert (found["same"], found["differs"], found["unknown"], found["score"]) == expected


@pytest.mark.parametrize(
    ("places", "expected"),
    [
        ([], None),
        ([("a", {"level": 0}), ("b", {"level": 1})], "b"),
        ([("a", {}), ("b", {"level": 0})], "a"),
        ([("a", {"region": 2}), ("b", {"level": 1, "region": 3, "income": 0})], "b"),
        ([("a", {}), ("b", {"level": 1, "region": 3})], "b"),
        ([("a", {"level": 1}), ("b", {"level": 1})], "a"),
    ],
    ids=["none", "the better", "unknown before different", "more is the same", "a tie goes to what is known", "a full tie goes to the first"],
)
def test_the_nearest_of_several_places_is_taken(call: Callable[..., Any], places: list[tuple[str, object]], expected: str | None) -> None:
    found = call("fit", "nearest", {"level": 1, "region": 2, "income": 0}, [{"id": id, "known": known} for id, known in places])
    assert (found and found["id"]) == expected


def test_the_nearest_come_first_then_the_better_known_then_what_is_no_experience(script: Callable[..., Any]) -> None:
    ranks = script(
        """const fits = [{ score: 1, unknown: [] }, { score: 1, unknown: ["a"] }, { score: -3, unknown: [] }, { score: 2, unknown: ["a", "b"] }];
        const found = new Map(fits.entries());
        return [4, 2, 1, 0, 3].sort((a, b) => modules.fit.rankOf(found)(a) - modules.fit.rankOf(found)(b));"""
    )
    assert ranks == [3, 0, 1, 2, 4]


WORDS = {
    "at": "With {place}.",
    "same": "Same: {list}",
    "differs": "Differs: {list}",
    "missing": "Unknown: {list}",
    "value": "{label} ({value}, not {mine})",
}


@pytest.mark.parametrize(
    ("own", "found", "expected"),
    [
        ({"grid": "b"}, {"id": "x", "same": ["grid"], "differs": [], "unknown": [], "known": {"grid": 1}}, "With Place X. Same: Grid (Bé)."),
        (
            {"grid": "a"},
            {"id": "x", "same": [], "differs": ["grid"], "unknown": [], "known": {"grid": 1}},
            "With Place X. Differs: Grid (Bé, not Aa).",
        ),
        ({"grid": "a"}, {"id": "", "same": [], "differs": [], "unknown": ["grid"], "known": {}}, "Unknown: Grid."),
        (
            {"grid": "a", "tax": "n"},
            {"id": "x", "same": ["grid", "tax"], "differs": [], "unknown": [], "known": {"grid": 0, "tax": 0}},
            "With Place X. Same: Grid (Aa), $& “Tax”, {value} (US$$ 1, <b>).",
        ),
        (
            {"tax": "n"},
            {"id": "x", "same": [], "differs": ["tax"], "unknown": [], "known": {"tax": [1]}},
            "With Place X. Differs: $& “Tax”, {value} ($' 2, not US$$ 1, <b>).",
        ),
    ],
    ids=["same", "differs", "not known, no place", "odd labels, same", "odd labels, differs"],
)
def test_a_fit_is_told_in_words(script: Callable[..., Any], own: object, found: object, expected: str) -> None:
    body = """const dimensions = [{ name: "grid", label: "Grid", values: ["a", "b"], labels: ["Aa", "Bé"] },
                                  { name: "tax", label: "$& “Tax”, {value}", values: ["n", "m"], labels: ["US$$ 1, <b>", "$' 2"] }];
      const fake = { dimensions, governments: {}, label: (facet, id) => `Place ${id.toUpperCase()}` };
      return modules.fit.describe(given.found, { like: "", own: given.own }, fake, given.words);"""
    assert script(body, {"own": own, "found": found, "words": WORDS}) == expected


def what_is_known(catalogue: Catalogue, id: str) -> dict[str, str]:
    """What sources say of a government, and where they are silent of the one above it."""
    found: dict[str, str] = {}
    for name in reversed((id, *catalogue.parents(id))):
        entry = catalogue.by_id[name].entry
        assert isinstance(entry, Government)
        found |= {key: fact.value for key, fact in entry.context.items()} | {"level": entry.level, "region": entry.region}
    return found


def best_fit(mine: dict[str, str], record: Record, catalogue: Catalogue) -> tuple[int, int]:
    """The score and the number of unknowns of the nearest of an entry's places."""
    found = []
    for id in catalogue.governments_of(record) or ("",):
        known: dict[str, set[str]] = {name: {value} for name, value in what_is_known(catalogue, id).items()} if id else {}
        known["level"] = set(catalogue.facet(record, "level"))
        unknown = [name for name in mine if not known.get(name)]
        same = [name for name, value in mine.items() if value in known.get(name, ())]
        found.append((2 * len(same) + len(unknown) - len(mine), len(unknown)))
    return max(found, key=lambda one: (one[0], -one[1]))


def test_practices_and_cases_are_ranked_as_loops_rank_them(catalogue: Catalogue, script: Callable[..., Any]) -> None:
    chance = random.Random(5)
    vocabularies = {name.removeprefix("context-"): list(v.terms) for name, v in catalogue.vocabularies.items() if name.startswith("context-")}
    vocabularies |= {"level": list(catalogue.vocabularies["levels"].terms), "region": list(catalogue.vocabularies["regions"].terms)}
    states: list[dict[str, Any]] = [
        {"like": "", "own": {name: chance.choice(vocabularies[name]) for name in chance.sample(sorted(vocabularies), chance.randint(1, 6))}}
        for _ in range(12)
    ] + [{"like": f"place-{number}", "own": {"income": vocabularies["income"][0]} if number % 2 else {}} for number in range(0, 60, 7)]
    found = script(
        """const told = ([place, fit]) => [catalogue.data.ids[place], fit.score, fit.unknown.length];
        return given.map((state) => [...modules.fit.fits(state, catalogue)].map(told));""",
        states,
    )
    told = [record for record in catalogue.listed() if record.kind in ("practice", "case-study")]
    for state, answer in zip(states, found, strict=True):
        mine = (what_is_known(catalogue, state["like"]) if state["like"] else {}) | state["own"]
        assert answer == [[record.id, *best_fit(mine, record, catalogue)] for record in told], state


# The address.

NAMES = ["kind", "topic", "coalition", "term", "government"]
EMPTY = {"facets": {}, "q": "", "sort": "", "view": "cards", "ids": [], "page": 1, "compare": [], "like": "", "own": {}, "embed": False}


@pytest.mark.parametrize(
    ("search", "changed"),
    [
        ("", {}),
        (
            "?kind=practice&topic=a&topic=b&government=in&q=depot&sort=newest",
            {"facets": {"kind": ["practice"], "topic": ["a", "b"], "government": ["in"]}, "q": "depot", "sort": "newest"},
        ),
        ("?topic=a&topic=a&topic=&kind=", {"facets": {"topic": ["a"]}}),
        ("?colour=red&topic=a", {"facets": {"topic": ["a"]}}),
        ("?term=club/money", {"facets": {"term": ["club/money"]}}),
        ("?q=%20%20", {}),
        ("?q=+a+b%2Bc+", {"q": "a b+c"}),
        ("?q=" + "x" * 300, {"q": "x" * 200}),
        ("?ids=a,,b,%20a,c", {"ids": ["a", "b", "c"]}),
        ("?compare=a,b,c,d,e", {"compare": ["a", "b", "c", "d"]}),
        ("?page=3", {"page": 3}),
        ("?page=0", {}),
        ("?page=-2", {}),
        ("?page=two", {}),
        ("?view=table&like=in&my-level=city&my-income=low&my-grid=", {"view": "table", "like": "in", "own": {"level": "city", "income": "low"}}),
    ],
)
def test_an_address_is_read(call: Callable[..., Any], search: str, changed: dict[str, Any]) -> None:
    assert call("state", "read", search, NAMES) == EMPTY | changed


ODD = [
    "a&b=c",
    "#d",
    "\"e\" 'f'",
    "100%",
    "%2C",
    "a+b c",
    "नगर परिवहन",
    "ขนส่ง, สะอาด",
    "城市 <交通>",
    "Côte d'Ivoire",
    "😀",
    "a/b\\c",
    "?x",
    "-",
    "__proto__",
    "e\u0301",
]


@pytest.mark.parametrize("text", ODD)
def test_what_an_address_says_is_read_as_it_was_written(call: Callable[..., Any], text: str) -> None:
    state = EMPTY | {"facets": {"kind": ["practice"], "topic": [text, "b"]}, "q": text, "sort": text, "like": text, "own": {"level": text}, "page": 7}
    assert call("state", "read", call("state", "write", state), NAMES) == state


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, ""),
        ({"sort": "", "view": "cards", "page": 1}, ""),
        ({"facets": {"topic": ["b", "a"], "kind": ["practice"]}}, "?topic=b&topic=a&kind=practice"),
        ({"facets": {"term": ["club/money"]}, "ids": ["a", "b"], "compare": ["a", "b"]}, "?term=club/money&ids=a,b&compare=a,b"),
        (
            {"q": "x y", "like": "in", "own": {"level": "city"}, "sort": "fit", "view": "table", "page": 2},
            "?q=x+y&like=in&my-level=city&sort=fit&view=table&page=2",
        ),
    ],
)
def test_an_address_says_what_is_chosen_and_nothing_else(call: Callable[..., Any], changed: dict[str, Any], expected: str) -> None:
    assert call("state", "write", EMPTY | changed) == expected


def test_what_is_set_aside_to_compare_does_not_change_the_list(call: Callable[..., Any]) -> None:
    assert call("state", "changes", EMPTY | {"compare": ["a"]}) is False
    assert call("state", "changes", EMPTY | {"view": "table"}) is True


@pytest.mark.parametrize(
    ("changed", "left", "unknown"),
    [
        ({"facets": {"topic": ["topic-0", "nothing"], "kind": ["practice"]}}, {"facets": {"topic": ["topic-0"], "kind": ["practice"]}}, ["nothing"]),
        ({"facets": {"topic": ["constructor"], "level": ["__proto__"]}}, {}, ["constructor", "__proto__"]),
        ({"ids": ["case-0", "gone"], "compare": ["gone", "case-1"]}, {"ids": ["case-0"], "compare": ["case-1"]}, ["gone", "gone"]),
        ({"sort": "price", "view": "map"}, {}, ["price", "map"]),
        ({"sort": "fit", "view": "table"}, {"sort": "fit", "view": "table"}, []),
        ({"like": "place-0", "own": {"level": "city"}}, {"like": "place-0", "own": {"level": "city"}}, []),
        ({"like": "nowhere", "own": {"level": "village", "mood": "good"}}, {}, ["nowhere", "village", "good"]),
        ({"like": "constructor", "own": {"toString": "x"}}, {}, ["constructor", "x"]),
    ],
    ids=["values", "names of the language", "ids", "sort and view", "known sort", "known place", "unknown place", "place named as the language"],
)
def test_what_the_site_does_not_know_is_taken_out_and_named(
    script: Callable[..., Any], changed: dict[str, Any], left: dict[str, Any], unknown: list[str]
) -> None:
    found = script("const unknown = modules.state.prune(given, catalogue); return [given, unknown];", EMPTY | changed)
    assert found == [EMPTY | left, unknown]


# A slip of the pen.


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("depot", "depot", True),
        ("depot", "depott", True),
        ("depot", "dept", True),
        ("depot", "edepot", True),
        ("depot", "dapot", True),
        ("depot", "deopt", True),
        ("depot", "edpot", True),
        ("depot", "depto", True),
        ("depot", "de", False),
        ("depot", "dpeto", False),
        ("depot", "dxpox", False),
        ("depot", "potde", False),
        ("depot", "toped", False),
        ("depot", "depotxx", False),
        ("", "", True),
        ("", "a", True),
        ("aab", "aba", True),
        ("abab", "baab", True),
        ("नगर", "नगरी", True),
        ("città", "citta", True),
    ],
)
def test_one_letter_added_left_out_changed_or_exchanged_is_one_slip(call: Callable[..., Any], one: str, other: str, expected: bool) -> None:
    assert (call("text", "oneSlip", one, other), call("text", "oneSlip", other, one)) == (expected, expected)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("tarif", ""),
        ("tairff", "tariff"),
        ("tarifs", "tariff"),
        ("depto", "depot"),
        ("depo", ""),
        ("fleat", "fleet"),
        ("zzzzz", ""),
        ("tariff", ""),
        ("cote", "côte"),
    ],
    ids=[
        "a beginning",
        "exchanged",
        "the more frequent of two",
        "at the end",
        "a beginning too",
        "changed",
        "near none",
        "known",
        "an accent before a slip",
    ],
)
def test_the_most_frequent_word_at_one_slip_is_meant_unless_the_word_is_known(call: Callable[..., Any], word: str, expected: str) -> None:
    assert call("text", "nearestWord", word, ["tariff", "fleet", "depot", "float", "tariffs", "deposit", "core", "côte"]) == expected
