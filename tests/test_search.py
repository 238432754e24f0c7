"""What the browser searches with: facets as columns, the words of the pool, the full-text index."""

import gzip
import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from macros.catalogue import FRAME, Catalogue
from macros.entries import KINDS
from macros.entries.government import Government
from macros.facets import FACETS
from macros.pool import Pool
from macros.project import load
from macros.search import IndexFailed, full_text, write_search
from macros.search import words as words_module
from macros.search.data import context_data, entries_data, fragments_data, summaries_data
from macros.search.full_text import fragments, index
from macros.search.words import words_data
from macros.settings import read_settings
from macros.strings import read_strings
from macros.text import Texts, link_of
from macros.views import Site
from tests.conftest import ROOT, TODAY, Small, own_site
from tests.engines import copy_project, mkdocs
from tests.synthetic import write_project

# A day after all reviews of the repository's pool.
LATER = date(2027, 1, 1)
SIZE = 400


@pytest.fixture(scope="module", params=["own", "made"])
def site(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Site:
    """The repository's own pool, and one that nobody wrote."""
    if request.param == "own":
        return own_site(LATER)
    return load(write_project(tmp_path_factory.mktemp("made"), SIZE), TODAY).site()


@pytest.fixture(scope="module")
def data(site: Site) -> dict[str, Any]:
    """`entries.json` as a browser reads it, with made-up names of fragments for entries and hand-written pages."""
    found: dict[str, Any] = read({**entries_data(site), "fragments": fragments_data(site, names_of(site))})
    return found


def read(value: Any) -> Any:
    return json.loads(json.dumps(value))


def names_of(site: Site) -> dict[str, str]:
    """Names such as Pagefind gives them; many of them begin alike."""
    urls = [link_of(record) for record in site.catalogue.listed()] + [f"about/{number}/" for number in range(40)]
    return {url: f"en_{number * 2654435761 % 2**28:07x}" for number, url in enumerate(urls)}


def listed(value: int | list[int]) -> list[int]:
    return [value] if isinstance(value, int) else value


def values_of(data: dict[str, Any], name: str) -> list[str]:
    """The values of a facet as the reader in the browser finds them."""
    [facet] = [facet for facet in data["facets"] if facet["name"] == name]
    if "entries" not in facet:
        values: list[str] = facet["values"]
        return values
    return [data["ids"][place] if isinstance(place, int) else place for place in facet["entries"]]


# Columns.


@pytest.mark.parametrize("name", [name for name in FACETS if name != "term"])
def test_a_column_says_what_the_catalogue_says_of_each_entry(site: Site, data: dict[str, Any], name: str) -> None:
    values = values_of(data, name)
    found = [tuple(values[number] for number in listed(cell)) for cell in data["columns"][name]]
    assert found == [site.catalogue.facet(record, name) for record in site.catalogue.listed()]


def test_terms_that_topics_tell_are_left_out_and_told_by_the_topics(site: Site, data: dict[str, Any]) -> None:
    terms, kinds, told = values_of(data, "term"), values_of(data, "kind"), data["terms_of_topics"]
    columns = data["columns"]
    found = []
    for own, topics, kind in zip(columns["term"], columns["topic"], columns["kind"], strict=True):
        by_topic = [] if kinds[kind] in data["frame"] else [term for topic in listed(topics) for term in told[topic]]
        found.append({terms[number] for number in [*listed(own), *by_topic]})
    assert found == [set(site.catalogue.facet(record, "term")) for record in site.catalogue.listed()]
    assert len(told) == len(values_of(data, "topic"))


def test_terms_stand_once_so_that_the_file_is_small(data: dict[str, Any]) -> None:
    stored = sum(len(listed(cell)) for cell in data["columns"]["term"])
    assert stored < len(data["ids"]) / 4


def test_a_value_has_the_label_that_pages_show(site: Site, data: dict[str, Any]) -> None:
    for facet in data["facets"]:
        values = values_of(data, facet["name"])
        labels = facet["labels"]
        if "entries" in facet:
            labels = [
                facet["labels"].get(str(n), data["titles"][place] if isinstance(place, int) else place) for n, place in enumerate(facet["entries"])
            ]
        assert labels == [site.value_label(facet["name"], value) for value in values], facet["name"]


def test_entries_stand_in_listing_order_with_what_a_card_shows(site: Site, data: dict[str, Any]) -> None:
    records = list(site.catalogue.listed())
    assert data["ids"] == [record.id for record in records]
    assert data["titles"] == [record.entry.title for record in records]
    assert [data["places"].get(str(n), "") for n in range(len(records))] == [site.card(record).place for record in records]
    assert [data["codes"].get(str(n), "") for n in range(len(records))] == [getattr(record.entry, "code", None) or "" for record in records]
    assert data["reviewed"] == [record.entry.reviewed.isoformat() for record in records]
    assert data["published"] == [record.entry.published.isoformat() for record in records]


def test_an_address_is_the_folder_of_the_kind_and_the_id(site: Site, data: dict[str, Any]) -> None:
    kinds = values_of(data, "kind")
    found = [f"{data['folders'][kinds[kind]]}/{id}/" for kind, id in zip(data["columns"]["kind"], data["ids"], strict=True)]
    assert found == [link_of(record) for record in site.catalogue.listed()]


def test_summaries_stand_in_the_order_of_the_entries(site: Site, data: dict[str, Any]) -> None:
    by_id = {record.id: record.entry.summary for record in site.catalogue.records}
    assert summaries_data(site) == [by_id[id] for id in data["ids"]]


def test_drafts_and_retired_entries_are_in_no_data(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/known.md", practice(title="Known way"))
    small.write("content/practices/idea.md", practice(title="Idle idea", summary="Undecided.", status="draft"))
    small.write("content/practices/old.md", practice(title="Bygone way", summary="Bygone.", status="retired", replaced_by="known"))
    site = small.project().site()
    found = entries_data(site)
    assert found["ids"] == ["known", "money"]
    said = repr((found, summaries_data(site), words_data(site))).lower()
    assert [word for word in ("idle", "undecided", "bygone") if word in said] == []


def test_a_value_that_is_a_draft_does_not_break_the_columns(small: Small, practice: Callable[..., str]) -> None:
    path = small.topic("coming", "Coming")
    path.write_text(path.read_text("utf-8").replace("owner:", "status: draft\nowner:"), "utf-8")
    small.topic()
    small.write("content/practices/known.md", practice(topics="[coming, money]"))
    site = small.project().site()
    found = read(entries_data(site))
    values = values_of(found, "topic")
    assert [[values[number] for number in listed(cell)] for cell in found["columns"]["topic"]] == [["coming", "money"], []]


def test_a_pool_without_anything_has_empty_data() -> None:
    settings = read_settings(ROOT)
    site = Site(Catalogue(Pool((), {}, {}, ()), TODAY), read_strings(settings.overrides, settings.language), settings, Texts())
    found = entries_data(site)
    assert (found["ids"], found["facets"], found["columns"], found["context"]) == ([], [], {}, {"dimensions": [], "governments": {}})
    assert (summaries_data(site), words_data(site)) == ([], [])


def test_the_frame_is_the_kinds_that_have_no_terms(data: dict[str, Any]) -> None:
    assert set(data["frame"]) == FRAME
    assert data["folders"] == {kind: model.folder for kind, model in KINDS.items()}


# Names of fragments.


def entry_of(name: str, data: dict[str, Any]) -> str | None:
    """The id of the entry that the reader in the browser finds for a name of the index: by its shortest known beginning."""
    places = {begin: place for place, begin in enumerate(data["fragments"])}
    return next((data["ids"][places[name[:n]]] for n in range(1, len(name) + 1) if name[:n] in places), None)


def test_a_name_of_the_index_leads_to_its_entry_and_other_pages_to_none(site: Site, data: dict[str, Any]) -> None:
    ids = {link_of(record): record.id for record in site.catalogue.listed()}
    assert {url: entry_of(name, data) for url, name in names_of(site).items()} == {url: ids.get(url) for url in names_of(site)}


def test_names_are_as_short_as_they_can_be(site: Site, data: dict[str, Any]) -> None:
    names = list(names_of(site).values())
    for short in data["fragments"]:
        assert sum(name.startswith(short) for name in names) == 1
        assert sum(name.startswith(short[:-1]) for name in names) > 1


def test_an_entry_without_a_page_in_the_index_has_no_name(small: Small) -> None:
    small.topic("a", "A")
    small.topic("b", "B")
    assert fragments_data(small.project().site(), {"topics/b/": "en_1234567"}) == ["", "e"]


# Words.


def test_words_are_those_of_a_title_or_of_two_entries_the_most_frequent_first(small: Small, practice: Callable[..., str]) -> None:
    text = "Repeated {} http://sparse.test [link](https://hidden.test) **strong** R&amp;D 12345 ab1cd."
    small.topic("money", "Alpha beta", "\n## What it covers\n\n" + text.format("lonely") + "\n")
    small.topic("people", "Alpha gamma", "\n## What it covers\n\n" + text.format("single") + "\n")
    found = words_data(small.project().site())
    assert found == ["alpha", "belongs", "http", "link", "repeated", "sparse", "strong", "test", "what", "beta", "gamma"]


def test_words_of_any_script_are_kept_in_small_letters(small: Small) -> None:
    small.topic("one", "Ökonomie des Verkehrs", "\n## What it covers\n\nΚίνηση.\n")
    small.topic("two", "ขนสง运输交通方式", "\n## What it covers\n\nΚΊΝΗΣΗ.\n")
    assert {"ökonomie", "verkehrs", "ขนสง运输交通方式", "κίνηση"} <= set(words_data(small.project().site()))


def test_no_more_words_are_sent_than_the_most_frequent(site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = words_data(site)
    assert len(whole) <= words_module.MOST == 12_000
    monkeypatch.setattr(words_module, "MOST", 20)
    assert words_data(site) == whole[:20]


# What places are compared by.


def government(title: str, level: str, context: dict[str, str] | None = None, **fields: str) -> str:
    """A government with facts that a source states."""
    facts = "".join(f"\n  {name}: {{value: {value}, source: list}}" for name, value in (context or {}).items())
    sources = "sources:\n  list: {title: A, publisher: B, type: dataset}\ncontext:" + facts + "\n" if facts else ""
    lines = "".join(f"{key}: {value}\n" for key, value in fields.items())
    return (
        f"---\ntitle: {title}\nsummary: Short.\nlevel: {level}\nregion: asia\n{lines}{sources}"
        "published: 2026-01-01\nreviewed: 2026-11-01\nowner: Editors\n---\n"
    )


@pytest.fixture
def places(small: Small) -> dict[str, Any]:
    """What is known of a country, of a city and of a district in it, and of a city alone."""
    for path in (small.root / "content/vocabulary").glob("context-*.yml"):
        path.unlink()
    for name, terms in (("income", ("low", "high")), ("grid", ("clean", "mixed", "dirty"))):
        lines = "".join(f"  - {{id: {term}, label: {term.title()}, meaning: It is.}}\n" for term in terms)
        small.write(f"content/vocabulary/context-{name}.yml", f"title: {name.title()}\nlabel: {name.title()}\nterms:\n{lines}")
    small.write("content/governments/land.md", government("Land", "national", {"income": "high"}))
    small.write("content/governments/town.md", government("Town", "city", {"grid": "dirty", "income": "low"}, parent="land"))
    small.write("content/governments/ward.md", government("Ward", "city", parent="town"))
    small.write("content/governments/port.md", government("Port", "city", parent="land"))
    small.write("content/governments/isle.md", government("Isle", "city"))
    assert small.complaints() == []
    return context_data(small.project().site())


def known(places: dict[str, Any], id: str) -> dict[str, str]:
    """What is known of a place, in terms."""
    values = {dimension["name"]: dimension["values"] for dimension in places["dimensions"]}
    return {name: values[name][number] for name, number in places["governments"][id].items()}


def test_places_are_compared_by_level_region_and_each_vocabulary_of_context(places: dict[str, Any]) -> None:
    assert [dimension["name"] for dimension in places["dimensions"]] == ["level", "region", "grid", "income"]
    grid = places["dimensions"][2]
    assert grid == {"name": "grid", "label": "Grid", "values": ["clean", "mixed", "dirty"], "labels": ["Clean", "Mixed", "Dirty"]}


@pytest.mark.parametrize(
    ("id", "expected"),
    [
        ("land", {"level": "national", "region": "asia", "income": "high"}),
        ("town", {"level": "city", "region": "asia", "grid": "dirty", "income": "low"}),
        ("ward", {"level": "city", "region": "asia", "grid": "dirty", "income": "low"}),
        ("port", {"level": "city", "region": "asia", "income": "high"}),
        ("isle", {"level": "city", "region": "asia"}),
    ],
    ids=["unknown stays unknown", "its own goes first", "from two above", "from above", "alone"],
)
def test_a_place_has_what_is_known_of_it_or_of_the_one_above(places: dict[str, Any], id: str, expected: dict[str, str]) -> None:
    assert known(places, id) == expected


def test_every_fact_of_the_pool_is_one_that_a_source_states(site: Site) -> None:
    found = context_data(site)
    for id in found["governments"]:
        above = [site.catalogue.by_id[other].entry for other in (id, *site.catalogue.parents(id))]
        stated: dict[str, str] = {}
        for entry in reversed(above):
            assert isinstance(entry, Government)
            assert all(fact.source in entry.sources for fact in entry.context.values())
            stated |= {name: fact.value for name, fact in entry.context.items()} | {"level": entry.level, "region": entry.region}
        assert known(found, id) == stated


# The index of a built site.


def pieces(site: Path) -> list[dict[str, Any]]:
    """Every piece of the index, with the name that a search gives it; read without the code under test."""
    found = []
    for path in sorted((site / "pagefind/fragment").iterdir()):
        raw = gzip.decompress(path.read_bytes())
        found.append(json.loads(raw[raw.index(b"{") :]) | {"name": path.name.removesuffix(".pf_fragment")})
    return found


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small site with a draft and a retired entry in it, built."""
    project = copy_project("clean-cooking", tmp_path_factory.mktemp("search") / "project")
    path = project / "content/practices/stove-rental.md"
    for name, status in (("stove-gift", "status: draft"), ("stove-credit", "status: retired\nreplaced_by: stove-rental")):
        path.with_name(f"{name}.md").write_text(path.read_text("utf-8").replace("\nowner:", f"\n{status}\nowner:"), "utf-8")
    (project / "docs/secret.md").write_text("---\ntitle: Left out\nunsearched: true\n---\n\n# Left out\n", "utf-8")
    done = mkdocs(project)
    assert done.returncode == 0, done.stdout + done.stderr
    return project


# Pages that say something of the whole pool are found too; lists of entries are not, since their entries are.
DERIVED = {
    *(f"/landscape/{part}" for part in ("", "coalitions/", "bodies/", "overlaps/", "gaps/", "changes/")),
    *(f"/needs/{part}" for part in ("", "hearth-league/", "smoke-free-circle/")),
    "/about/statistics/",
}


@pytest.mark.build
def test_each_published_entry_and_page_of_texts_is_indexed_once_and_nothing_else(kitchens: Path) -> None:
    catalogue = load(kitchens).catalogue
    urls = sorted(piece["url"] for piece in pieces(kitchens / "site-mkdocs"))
    assert urls == sorted(["/", *DERIVED, *(f"/{link_of(record)}" for record in catalogue.listed())])
    assert (kitchens / "site-mkdocs/practices/stove-gift/index.html").is_file()


@pytest.mark.build
def test_each_piece_of_the_index_leads_to_the_address_of_its_entry(kitchens: Path) -> None:
    written = json.loads((kitchens / "site-mkdocs/explore/entries.json").read_text("utf-8"))
    folders, kinds = written["folders"], values_of(written, "kind")
    urls = {id: f"/{folders[kinds[kind]]}/{id}/" for id, kind in zip(written["ids"], written["columns"]["kind"], strict=True)}
    found = {piece["url"]: entry_of(piece["name"], written) for piece in pieces(kitchens / "site-mkdocs")}
    assert found == {"/": None} | dict.fromkeys(DERIVED) | {url: id for id, url in urls.items()}


@pytest.mark.build
def test_a_piece_of_the_index_says_title_kind_and_coalitions(kitchens: Path) -> None:
    [piece] = [piece for piece in pieces(kitchens / "site-mkdocs") if piece["url"] == "/practices/stove-rental/"]
    assert (piece["meta"]["title"], piece["meta"]["kind"], piece["meta"]["coalitions"]) == ("Renting stoves out", "Practice", "Hearth League")
    assert "Words about it." in piece["content"]


@pytest.mark.build
def test_the_text_of_an_entry_is_indexed_without_its_lists_of_other_entries(kitchens: Path) -> None:
    [piece] = [piece for piece in pieces(kitchens / "site-mkdocs") if piece["url"] == "/topics/fuel-supply/"]
    assert "Renting stoves out" not in piece["content"]


@pytest.mark.build
def test_the_search_of_the_theme_leaves_no_index(kitchens: Path) -> None:
    site = kitchens / "site-mkdocs"
    assert [path.name for path in site.rglob("search_index*")] == []
    assert sorted(path.name for path in (site / "explore").glob("*.json")) == ["entries.json", "summaries.json", "words.json"]
    assert [path.name for path in (site / "pagefind").iterdir() if path.name.endswith(("-ui.js", ".css"))] == []


@pytest.mark.build
def test_a_preview_keeps_the_index_that_stands_and_makes_the_data_anew(kitchens: Path, tmp_path: Path) -> None:
    built = kitchens / "site-mkdocs"
    before = fragments(built)
    (built / "explore/entries.json").unlink()
    write_search(built, load(kitchens).site(), full_text(built, anew=False))
    assert fragments(built) == before
    assert (built / "explore/entries.json").is_file()


@pytest.mark.build
def test_only_pages_with_a_text_to_be_found_are_read_and_nothing_is_left(tmp_path: Path) -> None:
    for name, mark in {"one": " data-pagefind-body", "two": "", ".searched/old": " data-pagefind-body"}.items():
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "index.html").write_text(
            f"<html lang=en><title>{name}</title><body{mark}><h1>{name}</h1><p>Words.</p></body></html>", "utf-8"
        )
    assert list(index(tmp_path)) == ["one/"]
    assert sorted(path.name for path in tmp_path.iterdir()) == ["one", "pagefind", "two"]
    (tmp_path / "one/index.html").unlink()
    assert list(index(tmp_path)) == ["two/"]  # where no page says what is to be found, all of each is


def small_pages(site: Path, *names: str) -> None:
    for name in names:
        (site / name).mkdir(parents=True)
        text = f"<html lang=en><body><nav>Menu</nav><article data-pagefind-body><h1>{name}</h1><p>Words.</p></article></body></html>"
        (site / name / "index.html").write_text(text, "utf-8")


@pytest.mark.build
def test_what_stands_beside_the_article_is_left_to_the_index_only_where_it_is_to_be_found(tmp_path: Path) -> None:
    small_pages(tmp_path, "a", "b")
    outside = "<html lang=en><body><article data-pagefind-body><h1>b</h1></article><p data-pagefind-body>Outside.</p></body></html>"
    (tmp_path / "b/index.html").write_text(outside, "utf-8")
    index(tmp_path)
    assert {piece["url"]: piece["content"] for piece in pieces(tmp_path)} == {"/a/": "a. Words.", "/b/": "b. Outside."}


@pytest.mark.build
def test_what_is_left_out_before_the_index_is_made_is_what_the_index_leaves_out(tmp_path: Path) -> None:
    parts = [
        "<div data-pagefind-ignore>one <div>two</div> three</div> four",
        '<p class="a > b" data-pagefind-ignore="all">five <b>six</b></p> seven',
        '<nav data-pagefind-ignore><span data-pagefind-meta="kind:Practice">eight</span></nav> nine',
        '<section data-pagefind-ignore="all"><h2 id="ten">ten</h2><span data-pagefind-meta="mood:calm">eleven</span></section>',
        "<p>To write <code>data-pagefind-ignore</code> in a text leaves nothing out, nor does &lt;p data-pagefind-ignore&gt;twelve&lt;/p&gt;</p>",
        "<svg viewBox='0 0 1 1'><title>thirteen</title><path d=''/></svg><svg><svg></svg>fourteen</svg> fifteen",
        '<script type="application/json">{"sixteen": "</p>"}</script><p>seventeen</p>',
        '<h2 id="more">eighteen</h2><p data-pagefind-ignore>nineteen<p>twenty</p>',
        "<p data-pagefind-ignore>twenty-one <div>twenty-two</div></p> twenty-three",
        '<span title="<p data-pagefind-ignore>">twenty-four</span> <p>twenty-five</p>',
        '<ul data-pagefind-ignore="index"><li>twenty-six</ul> <img data-pagefind-ignore alt="twenty-seven"> twenty-eight',
        "<p>thirty<span data-pagefind-ignore>thirty-one</span>thirty-two</p>",
        "thirty-three<div data-pagefind-ignore>thirty-four</div>thirty-five<svg><path d=''/></svg>thirty-six<script>1</script>thirty-seven",
        "<li>thirty-eight<p data-pagefind-ignore>thirty-nine</p>forty</li><td>a</td><td data-pagefind-ignore>b</td><td>c</td>",
        "<div data-pagefind-ignore>twenty-nine",  # its end is missing
    ]

    def found(folder: str, before: str, after: str) -> list[dict[str, Any]]:
        for number in range(len(parts) + 1):
            text = f"{before}<h1>Page {number}</h1>{''.join(parts[:number])}{after}"
            (tmp_path / folder / f"page-{number}").mkdir(parents=True)
            (tmp_path / folder / f"page-{number}/index.html").write_text(text, "utf-8")
        index(tmp_path / folder)
        return sorted(pieces(tmp_path / folder), key=lambda piece: piece["url"])

    within = found("within", "<html lang=en><body><article data-pagefind-body>", "</article></body></html>")
    without = found("without", "<html lang=en><body><div data-pagefind-body>", "</div></body></html>")
    assert len(within) == len(parts) + 1
    assert within == without


@pytest.mark.build
def test_a_folder_without_pages_is_told_in_the_words_of_the_indexer(tmp_path: Path) -> None:
    with pytest.raises(IndexFailed) as caught:
        index(tmp_path)
    assert str(caught.value) == (
        "Error: Pagefind was not able to build an index.\n"
        "Most likely, the directory passed to Pagefind was empty or did not contain any html files."
    )  # fmt: skip


def test_a_piece_of_another_form_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "pagefind/fragment"
    folder.mkdir(parents=True)
    (folder / "en_1234567.pf_fragment").write_bytes(gzip.compress(b'{"url": "/"}'))
    with pytest.raises(IndexFailed, match=r"^en_1234567\.pf_fragment is not a piece of an index that this version knows$"):
        fragments(tmp_path)


@pytest.mark.parametrize("url", ["/a/", "/practices/ökostrom-für-busse/", f"/{'long/' * 100}", f"/{'ü' * 300}/", '/"quoted"/'])
def test_the_address_of_a_page_is_read_from_the_beginning_of_its_piece_however_long_it_is(tmp_path: Path, url: str) -> None:
    piece = json.dumps({"url": url, "content": "Charging at the depot. " * 9_000}, ensure_ascii=False, separators=(",", ":"))
    folder = tmp_path / "pagefind/fragment"
    folder.mkdir(parents=True)
    (folder / "en_1234567.pf_fragment").write_bytes(gzip.compress(b"pagefind_dcd" + piece.encode()))
    assert fragments(tmp_path) == {url.lstrip("/"): "en_1234567"}


@pytest.mark.parametrize(("piece", "said"), [(b'{"content":"a"}', "does not begin with its address"), (b'{"url":"/a', "does not tell the address")])
def test_a_page_of_the_index_without_an_address_is_refused(tmp_path: Path, piece: bytes, said: str) -> None:
    folder = tmp_path / "pagefind/fragment"
    folder.mkdir(parents=True)
    (folder / "en_1234567.pf_fragment").write_bytes(gzip.compress(b"pagefind_dcd" + piece))
    with pytest.raises(IndexFailed, match=said):
        fragments(tmp_path)


def test_a_site_without_an_index_has_no_names(tmp_path: Path) -> None:
    assert fragments(tmp_path) == {}
