"""What a page tells search engines, previews and reference managers."""

import io
import json
from collections.abc import Callable, Iterator
from urllib.parse import unquote

import pytest
import rdflib
import rispy
from PIL import Image
from pybtex.database import parse_string

from macros.entries import KINDS
from macros.exports import social
from macros.exports.social import pictures
from macros.page import Page
from macros.project import Project
from macros.views import head, pages
from macros.views.head import TYPES
from tests.conftest import Small, own_project

SCHEMA = rdflib.Namespace("https://schema.org/")
# The properties that schema.org knows of each type that we use (https://schema.org/, release 29).
THING = {"name", "description", "url", "sameAs", "alternateName", "image"}
WORK = THING | {
    "datePublished",
    "dateModified",
    "license",
    "author",
    "publisher",
    "isPartOf",
    "inLanguage",
    "about",
    "headline",
    "mainEntity",
    "creator",
    "isAccessibleForFree",
}
KNOWN = {
    "WebPage": WORK | {"breadcrumb"}, "CollectionPage": WORK | {"breadcrumb"}, "WebSite": WORK, "Article": WORK,
    "HowTo": WORK | {"step"}, "HowToStep": WORK | {"position", "text"}, "LearningResource": WORK,
    "Dataset": WORK | {"distribution"}, "DataDownload": WORK | {"contentUrl", "encodingFormat"},
    "Organization": THING | {"foundingDate"}, "GovernmentOrganization": THING | {"foundingDate"}, "Person": THING,
    "Event": THING | {"startDate", "endDate", "organizer"}, "Service": THING | {"provider"}, "DefinedTerm": THING | {"inDefinedTermSet"},
    "BreadcrumbList": THING | {"itemListElement"}, "ListItem": THING | {"position", "item"},
}  # fmt: skip


@pytest.fixture(scope="module")
def pool() -> Project:
    return own_project()


@pytest.fixture(scope="module")
def made(pool: Project) -> dict[str, Page]:
    return {page.url: page for page in pages(pool.site())}


def graph_of(page: Page) -> rdflib.Graph:
    linked = json.loads(page.data["head"]["linked"])
    assert linked["@context"] == "https://schema.org"
    return rdflib.Graph().parse(data=json.dumps(linked | {"@context": {"@vocab": str(SCHEMA)}}), format="json-ld")


def test_every_kind_has_a_type() -> None:
    assert set(TYPES) == set(KINDS)


def test_linked_data_uses_only_what_schema_org_knows(pool: Project, made: dict[str, Page]) -> None:
    first = [f"{model.folder}/{pool.catalogue.by_kind[kind][0].id}/" for kind, model in KINDS.items() if pool.catalogue.by_kind[kind]]
    for url in [*first, "practices/", "explore/", "vocabulary/", "compare/", "data/"]:
        graph = graph_of(made[url])
        for node in set(graph.subjects(rdflib.RDF.type, None)):
            types = [str(found).removeprefix(str(SCHEMA)) for found in graph.objects(node, rdflib.RDF.type)]
            said = {str(name).removeprefix(str(SCHEMA)) for name in graph.predicates(node) if name != rdflib.RDF.type}
            assert said <= KNOWN[types[0]], (url, types, said - KNOWN[types[0]])
            assert all(term in rdflib.SDO for term in {*types, *said})  # the vocabulary itself, as rdflib ships it


def test_an_entry_is_a_page_about_something_with_a_way_to_it(made: dict[str, Page]) -> None:
    graph = graph_of(made["practices/charging-tariffs/"])
    page = rdflib.URIRef("http://127.0.0.1:8000/practices/charging-tariffs/")
    about = graph.value(page, SCHEMA.mainEntity)
    assert graph.value(about, rdflib.RDF.type) == SCHEMA.HowTo
    assert str(graph.value(page, SCHEMA.name)) == str(graph.value(about, SCHEMA.headline)) == "Electricity tariffs made for charging"
    steps = {
        str(graph.value(step, SCHEMA.name)): int(str(graph.value(step, SCHEMA.position))) for step in graph.subjects(rdflib.RDF.type, SCHEMA.ListItem)
    }
    assert steps == {"Practices": 1, "Electricity tariffs made for charging": 2}


def test_a_practice_with_numbered_steps_is_a_how_to(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    source = "{one: {title: T, publisher: P, year: 2025, type: report}}"
    steps = "## What to do\n\nFirst [@one]:\n\n1. **Find a buyer.** Ask *all* of them [@one].\n   - A city\n   - A region\n2. Sign & go.\n\nText."
    small.write(
        "content/practices/one.md",
        practice(sources=source).replace("## What to do\n\nText.", steps),
    )
    small.write("content/practices/two.md", practice())
    made = {page.url: page for page in pages(small.project().site())}
    subject = {url: json.loads(made[f"practices/{url}/"].data["head"]["linked"])["@graph"][1] for url in ("one", "two")}
    assert (subject["one"]["@type"], subject["two"]["@type"]) == ("HowTo", "Article")
    assert subject["one"]["step"] == [
        {"@type": "HowToStep", "position": 1, "name": "Find a buyer", "text": "Find a buyer. Ask all of them. A city A region"},
        {"@type": "HowToStep", "position": 2, "text": "Sign & go."},
    ]


def test_no_text_of_an_entry_ends_the_script(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/one.md", practice(title='"</script><script>alert(1)</script>"'))
    page = next(page for page in pages(small.project().site()) if page.url == "practices/one/")
    assert "<" not in page.data["head"]["linked"]
    assert json.loads(page.data["head"]["linked"])["@graph"][0]["name"] == "</script><script>alert(1)</script>"


def test_every_picture_that_a_page_names_is_made_with_the_title(pool: Project, made: dict[str, Page]) -> None:
    named = {page.data["head"]["image"] for page in made.values() if "head" in page.data}
    content = dict(pictures(pool.site()))
    assert named <= set(content)
    assert len(set(content.values())) >= len(pool.catalogue.records)
    assert all(image.startswith(b"\x89PNG") and (image[16:20], image[20:24]) == (b"\0\0\x04\xb0", b"\0\0\x02v") for image in content.values())
    assert max(map(len, content.values())) < 40_000


def test_pictures_are_kept_by_what_they_say_and_others_forgotten(small: Small, practice: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    small.topic()
    small.write("content/practices/one.md", practice())
    first = dict(pictures(small.project().site()))
    assert "assets/social/practices/one.png" in first
    kept = sorted((small.root / ".build/pictures").iterdir())
    kept[0].write_bytes(kept[0].read_bytes()[:-1])
    drawn: list[str] = []
    real = social._drawn

    def counted(wanted: dict[str, dict[str, str]]) -> Iterator[tuple[str, bytes]]:
        drawn.extend(wanted)
        return real(wanted)

    monkeypatch.setattr(social, "_drawn", counted)
    assert dict(pictures(small.project().site())) == first
    assert drawn == [kept[0].name]
    small.write("content/practices/one.md", practice(title="Another title"))
    changed = dict(pictures(small.project().site()))
    assert {name for name in first if first[name] != changed[name]} == {"assets/social/practices/one.png"}
    assert len(list((small.root / ".build/pictures").iterdir())) == len(kept)


def test_a_picture_shows_a_title_of_any_length(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    for id, title in {"short": "Rent", "long": ("Words that fit into a title " * 9)[:120], "deva": "किराये पर चूल्हा"}.items():
        small.write(f"content/practices/{id}.md", practice(title=f'"{title.strip()}"'))
    made = dict(pictures(small.project().site()))
    assert len({made[f"assets/social/practices/{id}.png"] for id in ("short", "long", "deva")}) == 3


@pytest.mark.parametrize(("line", "rows"), [("above", (84, 151)), ("below", (474, 561))])
@pytest.mark.parametrize(
    "words", ["Zero Emission Vehicle Transition Council", "What governments learn from each other on their way, with sources, gjpqy"]
)
def test_a_line_of_a_picture_is_not_cut_through(line: str, rows: tuple[int, int], words: str) -> None:
    [(_, made)] = social._drawn({"key": {"above": "", "below": "", "title": "", line: f"Case study · {words}"}})
    with Image.open(io.BytesIO(made)) as image:
        inked = [y for y in range(30, 630) if len(set(image.convert("L").crop((0, y, 1200, y + 1)).tobytes())) > 1]
    assert inked
    assert rows[0] < min(inked) < max(inked) < rows[1]


@pytest.mark.parametrize("words", ["Words that never end " * 60, "A" * 900])
def test_a_picture_of_words_that_fit_in_no_way_is_made(words: str) -> None:
    [(key, made)] = social._drawn({"key": {"above": words, "below": words, "title": words}})
    assert (key, made[:4]) == ("key", b"\x89PNG")


def test_entries_of_a_large_pool_share_a_picture(small: Small, practice: Callable[..., str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(head, "MOST_PICTURES", 2)
    small.topic()
    for id in ("one", "two"):
        small.write(f"content/practices/{id}.md", practice())
    site = small.project().site()
    assert {head.picture(site.catalogue.by_id[id], site) for id in ("one", "two")} == {"assets/social/practice.png"}
    assert "assets/social/practice.png" in dict(pictures(site))


def test_how_to_cite_stands_in_three_styles_and_two_files(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    people = "[{name: Ana Bé}, {name: Cho D}]"
    small.write("content/practices/one.md", practice(title='"Cost & {use} of 50%"', contributors=people))
    cite = next(page for page in pages(small.project().site()) if page.url == "practices/one/").data["cite"]
    address = "https://commons.test/sub/practices/one/"
    assert {style["name"]: style["text"] for style in cite["styles"]} == {
        "APA": f"Ana Bé, Cho D (2026, November 1). Cost & {{use}} of 50%. Small commons. {address}",
        "Chicago": f"Ana Bé, Cho D. “Cost & {{use}} of 50%.” Small commons. Last reviewed November 1, 2026. {address}.",
        "Vancouver": f"Ana Bé, Cho D. Cost & {{use}} of 50% [Internet]. Small commons; 2026 [reviewed 1 November 2026]. Available from: {address}",
    }
    bibtex, ris = cite["files"]
    assert unquote(bibtex["url"].partition(",")[2]) == bibtex["text"]
    entry = parse_string(bibtex["text"], "bibtex").entries["one"]
    assert entry.fields["title"] == "{" + r"Cost \& \textbraceleft{}use\textbraceright{} of 50\%" + "}"
    assert [str(person) for person in entry.persons["author"]] == ["{Ana Bé}", "{Cho D}"]
    assert entry.fields["url"] == address
    (item,) = rispy.loads(ris["text"])
    assert (item["title"], item["authors"], item["year"], item["urls"]) == ("Cost & {use} of 50%", ["Ana Bé", "Cho D"], "2026", [address])
