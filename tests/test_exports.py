"""The downloads, read by other programs than those that wrote them."""

import codecs
import csv
import io
import json
import re
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import feedparser
import jsonschema
import pytest
import rdflib
from frictionless import Package, system
from lxml import etree  # type: ignore[import-untyped]
from pybtex.database import parse_string

from macros.cells import text_of_cell
from macros.exports import EXPORTS, complete_exports, write_exports, write_sitemap
from macros.exports.json_api import newest
from macros.exports.listing import size
from macros.latex import escape
from macros.project import Project, load
from macros.relations import reference_fields
from macros.short_addresses import write_short_addresses
from macros.views import pages
from tests.conftest import ROOT, TODAY, Small, own_project, own_site
from tests.engines import copy_project

SKOS = rdflib.Namespace("http://www.w3.org/2004/02/skos/core#")
HOSTILE = """
    ---
    title: "=HYPERLINK(\\"https://evil.test\\") {x} 50% & <b>"
    summary: "+1 \\\\ _under_ ^ ~ # $ sum."
    topics: [fuel-supply]
    evidence: counted
    instruments: [rental]
    levels: [ward]
    published: 2026-01-10
    reviewed: 2026-10-01
    owner: "@owner"
    sources:
      one: {title: "Costs } of { 50% & more_", publisher: "A & B, Ltd", year: 2025, url: "https://example.org/a_b?x=1&y=2%20", type: survey}
      two: {title: "-No date", publisher: "Agency", type: survey, note: "Seen; once"}
    key_figures:
      - {claim: "=1+1", value: "-3%", year: 2025, kind: result, source: one}
    ---

    ## The challenge

    See [the case](../case-studies/upper-ward-rental.md) and [@one; @two].

    ## What to do

    Text.

    ## What it takes

    Text.

    ## What happened

    Text.

    ## What did not work

    Text.

    ## Adapting it

    Text.

    ## Questions for discussion

    - **Everyone:** why?
"""


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The pool of another field with an entry that means harm in it."""
    root = copy_project("clean-cooking", tmp_path_factory.mktemp("exports") / "project")
    Small(root).write("content/practices/harm.md", HOSTILE)
    return load(root, TODAY)


@pytest.fixture(scope="module")
def files(kitchens: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All downloads in a folder, as in a built site."""
    built = tmp_path_factory.mktemp("built")
    site = kitchens.site()
    complete_exports(built, site, write_exports(built, site))
    return built


def rows(path: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(path.read_text("utf-8-sig"), newline="")))


def data(path: Path) -> Any:
    return json.loads(path.read_text("utf-8"))


def test_entries_json_follows_its_schema_and_every_entry_the_schema_of_its_kind(files: Path) -> None:
    schemas = {path.name: data(path) for path in (files / "data/schema").glob("*.json")}
    # One document that holds all of them: a schema inside another is found by its `$id`.
    whole = {"$ref": schemas["entries.json"]["$id"], "$defs": schemas}
    validator = jsonschema.Draft202012Validator(whole)
    assert [error.message for error in validator.iter_errors(data(files / "data/entries.json"))] == []


def test_relations_stand_at_both_ends(files: Path) -> None:
    entries = {entry["id"]: entry for entry in data(files / "data/entries.json")["entries"]}
    link = {"field": "applies.practice", "kind": "practice", "id": "stove-rental", "title": "Renting stoves out"}
    back = {"field": "applies.practice", "kind": "case-study", "id": "upper-ward-rental", "title": "Upper Ward rents stoves"}
    assert link in entries["upper-ward-rental"]["names"]
    assert back in entries["stove-rental"]["named_by"]
    ends = {(id, end["field"], end["id"]) for id, entry in entries.items() for end in entry["names"]}
    assert ends == {(end["id"], end["field"], id) for id, entry in entries.items() for end in entry["named_by"]}


def test_drafts_are_in_no_download_and_retired_ids_are_named(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/open.md", practice(aliases="[was-open]"))
    small.write("content/practices/secret.md", practice(status="draft", title="Secret plan", related="[open]"))
    small.write("content/practices/gone.md", practice(status="retired", replaced_by="open"))
    made = {name: content for export in EXPORTS for name, content in export(small.project().site())}
    found = json.loads(made["data/entries.json"])
    assert [entry["id"] for entry in found["entries"]] == ["open", "money"]
    assert (found["moved"], found["retired"]) == ({"was-open": "open"}, {"gone": "open"})
    assert [name for name, content in made.items() if b"Secret plan" in content] == ["practices/secret/index.md"]


def test_an_entry_that_names_a_draft_is_exported_without_it_where_drafts_are_not_built(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/open.md", practice(related="[secret]"))
    small.write("content/practices/secret.md", practice(status="draft", title="Secret plan"))
    made = {name: content for export in EXPORTS for name, content in export(small.project(drafts=False).site())}
    found = {entry["id"]: entry for entry in json.loads(made["data/entries.json"])["entries"]}
    assert sorted(found) == ["money", "open"]
    assert [end["id"] for end in found["open"]["names"]] == ["money"]
    assert [name for name, content in made.items() if b"Secret plan" in content] == []


def test_the_data_package_holds_for_frictionless(files: Path) -> None:
    with system.use_context(trusted=True):
        report = Package(str(files / "data/datapackage.json")).validate()
    assert report.flatten(["name", "type", "note"]) == []
    assert report.stats["tasks"] == len(list((files / "data").rglob("*.csv"))) > 20


def test_the_tables_without_byte_order_marks_are_a_package_with_the_same_rows(files: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(files / "data/tables.zip") as file:
        file.extractall(tmp_path)
    marked = {path.relative_to(files / "data"): path.read_bytes() for path in (files / "data").rglob("*.csv")}
    plain = {path.relative_to(tmp_path): path.read_bytes() for path in tmp_path.rglob("*.csv")}
    assert {name: content.removeprefix(codecs.BOM_UTF8) for name, content in marked.items()} == plain
    assert not any(content.startswith(codecs.BOM_UTF8) for content in plain.values())
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "datapackage.json")).validate()
    assert (report.flatten(["name", "type", "note"]), report.stats["tasks"]) == ([], len(plain))


def test_no_cell_is_a_formula_and_every_cell_gives_its_text_again(files: Path) -> None:
    cells = [cell for path in (files / "data").rglob("*.csv") for row in rows(path) for cell in row.values()]
    assert not [cell for cell in cells if cell.startswith(("=", "@", "\t", "\r")) or (cell[:1] in "+-" and not cell[1:2].isdigit() and cell)]
    harm = next(row for row in rows(files / "data/practice.csv") if row["id"] == "harm")
    assert harm["title"] == '\'=HYPERLINK("https://evil.test") {x} 50% & <b>'
    assert text_of_cell(harm["owner"]) == "@owner"
    assert next(row for row in rows(files / "data/key-figures.csv") if row["entry"] == "harm")["claim"] == "'=1+1"


def test_a_table_of_a_relation_says_what_stands_beside_the_name(files: Path) -> None:
    found = rows(files / "data/relations/case-study-applies-practice.csv")
    assert {row["entry"]: (row["target"], row["target_kind"], row["changed"]) for row in found}["upper-ward-rental"] == (
        "stove-rental", "practice", "Paid in grain.",
    )  # fmt: skip


def test_the_fields_that_name_entries_follow_from_the_models(kitchens: Project) -> None:
    from macros.entries import KINDS

    found = {field.field: (field.kinds, field.part and field.part.__name__) for field in reference_fields(KINDS["case-study"])}
    assert found["applies.practice"] == (("practice",), "Application")
    assert found["governments"] == (("government",), None)
    stated = {(relation.field) for relation in kitchens.catalogue.relations.all()}
    assert stated <= {field.field for model in KINDS.values() for field in reference_fields(model)}


def test_the_bibliography_is_read_again_as_it_was_written(files: Path) -> None:
    found = parse_string((files / "data/bibliography.bib").read_text("utf-8"), "bibtex").entries
    harm = found["ab-2025-costs-of-50-more"]
    assert harm.fields["url"] == "https://example.org/a_b?x=1&y=2%20"
    assert harm.fields["title"] == "{" + r"Costs \textbraceright{} of \textbraceleft{} 50\% \& more\_" + "}"
    assert {item["id"] for item in data(files / "data/bibliography.json")} == set(found)


def test_what_latex_would_run_is_text() -> None:
    assert escape(r"\input{x} $a$ #1 ~^") == r"\textbackslash{}input\textbraceleft{}x\textbraceright{} \$a\$ \#1 \textasciitilde{}\textasciicircum{}"


def test_feeds_are_read_without_a_complaint(files: Path) -> None:
    paths = sorted(files.rglob("feed.xml"))
    assert {path.parent.relative_to(files).as_posix() for path in paths} >= {"data", "practices", "topics/fuel-supply"}
    for path in paths:
        feed = feedparser.parse(path.read_bytes())
        assert not feed.bozo, (path, feed.get("bozo_exception"))
        assert feed.version == "atom10"
        assert all(entry.id and entry.title and entry.updated and entry.link for entry in feed.entries)
        twin = data(path.with_suffix(".json"))
        assert twin["version"] == "https://jsonfeed.org/version/1.1"
        assert [(item["url"], item["title"]) for item in twin["items"]] == [(entry.link, entry.title) for entry in feed.entries]
    newest_first = [entry.updated for entry in feedparser.parse((files / "data/feed.xml").read_bytes()).entries]
    assert newest_first == sorted(newest_first, reverse=True)


def test_feeds_follow_the_schema_of_atom(files: Path) -> None:
    """RFC 4287: its grammar, and what it says only in words of authors, links and ids."""
    schema = etree.RelaxNG(etree.parse(ROOT / "tests/schemas/atom.rng"))
    atom = "{http://www.w3.org/2005/Atom}"
    paths = sorted(files.rglob("feed.xml"))
    assert len(paths) > 10
    for path in paths:
        feed = etree.parse(path)
        assert schema.validate(feed), (path, schema.error_log)
        root = feed.getroot()
        assert root.findall(f"{atom}author") or all(entry.findall(f"{atom}author") for entry in root.findall(f"{atom}entry"))
        assert [link.get("rel") for link in root.findall(f"{atom}link")].count("self") == 1
        for entry in root.findall(f"{atom}entry"):
            assert [link.get("rel", "alternate") for link in entry.findall(f"{atom}link")] == ["alternate"]
        ids = [entry.findtext(f"{atom}id") for entry in root.iter(f"{atom}entry")]
        assert len(set(ids)) == len(ids)


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("<atom:id>u</atom:id>", ""),
        ("2026-01-01T00:00:00Z", "2026-01-01"),
        ("<atom:name>a</atom:name>", ""),
        ('term="a"', ""),
        ("<atom:title>t</atom:title>", "<atom:title>t</atom:title><atom:title>t</atom:title>"),
        ('type="html"', 'type="markdown"'),
    ],
)
def test_the_schema_of_atom_refuses_what_is_wrong(right: str, wrong: str) -> None:
    schema = etree.RelaxNG(etree.parse(ROOT / "tests/schemas/atom.rng"))
    feed = (
        '<atom:feed xmlns:atom="http://www.w3.org/2005/Atom"><atom:title>t</atom:title><atom:id>u</atom:id>'
        "<atom:updated>2026-01-01T00:00:00Z</atom:updated><atom:author><atom:name>a</atom:name></atom:author>"
        '<atom:category term="a"/><atom:subtitle type="html">s</atom:subtitle></atom:feed>'
    )
    assert schema.validate(etree.fromstring(feed)), schema.error_log
    assert right in feed
    assert not schema.validate(etree.fromstring(feed.replace(right, wrong)))


def test_vocabularies_are_skos(files: Path, kitchens: Project) -> None:
    graph = rdflib.Graph().parse(files / "data/vocabularies.jsonld", format="json-ld")
    concepts = set(graph.subjects(rdflib.RDF.type, SKOS.Concept))
    schemes = set(graph.subjects(rdflib.RDF.type, SKOS.ConceptScheme))
    terms = sum(len(vocabulary.terms) for vocabulary in kitchens.catalogue.vocabularies.values())
    assert len(concepts) == terms + len(kitchens.catalogue.by_kind["topic"]) + len(kitchens.catalogue.own_terms)
    assert not concepts & schemes
    for concept in concepts:
        assert len(list(graph.objects(concept, SKOS.prefLabel))) == 1
        assert set(graph.objects(concept, SKOS.inScheme)) <= schemes
    assert set(graph.objects(None, SKOS.relatedMatch)) <= concepts


def test_the_markdown_of_an_entry_has_its_text_with_links_that_hold(files: Path) -> None:
    text = (files / "practices/harm/index.md").read_text("utf-8")
    assert "See [the case](../../case-studies/upper-ward-rental/) and [1, 2]." in text
    assert "1. A & B, Ltd. Costs } of { 50% & more\\_. Survey, 2025. https://example.org/a_b?x=1&y=2%20" in text
    assert text.startswith('# =HYPERLINK("https://evil.test") {x} 50% & \\<b\\>\n')
    assert "https://kitchens.test/pool/practices/harm/index.md" in (files / "llms.txt").read_text("utf-8")


def test_cases_stand_at_the_point_of_their_government(small: Small, kitchens: Project, files: Path) -> None:
    assert not (files / "data/case-studies.geojson").exists()
    project = own_project()
    content = dict(next(export for export in EXPORTS if export.__name__ == "features")(project.site()))
    features = json.loads(content["data/case-studies.geojson"])["features"]
    assert features
    for feature in features:
        point = project.catalogue.by_id[feature["properties"]["point_of"]].entry.point  # type: ignore[attr-defined]
        assert feature["geometry"] == {"type": "Point", "coordinates": [point.longitude, point.latitude]}


def test_the_sitemap_has_dates_of_entries_and_leaves_out_what_may_not_be_found(kitchens: Project, tmp_path: Path) -> None:
    for name, head in {"": "", "practices/harm/": "", "about/": "", "practices/old/": '<meta name="robots" content="noindex">'}.items():
        (tmp_path / name).mkdir(parents=True, exist_ok=True)
        (tmp_path / name / "index.html").write_text(f"<head>{head}</head>", "utf-8")
    write_short_addresses(tmp_path, kitchens.site())
    assert (tmp_path / "e/harm/index.html").is_file()
    write_sitemap(tmp_path, kitchens.site())
    space = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
    found = {url.findtext(f"{space}loc"): url.findtext(f"{space}lastmod") for url in ElementTree.parse(tmp_path / "sitemap.xml").getroot()}
    base = "https://kitchens.test/pool/"
    day = newest(kitchens.catalogue.listed())
    assert found == {base: day, f"{base}about/": None, f"{base}practices/harm/": "2026-10-01"}
    assert f"Sitemap: {base}sitemap.xml" in (tmp_path / "robots.txt").read_text("utf-8")


def test_the_page_lists_every_file_with_its_size_and_checksum(kitchens: Project, tmp_path: Path) -> None:
    page = next(page for page in pages(kitchens.site()) if page.src_uri == "data/index.md")
    listed = [file.file for group in page.data["groups"] for file in group.files]
    rows = "".join(f'<tr data-file="{name}"><td data-size></td></tr>' for name in listed)
    (tmp_path / "data").mkdir()
    (tmp_path / "data/index.html").write_text(rows, "utf-8")
    site = kitchens.site()
    complete_exports(tmp_path, site, write_exports(tmp_path, site))
    shown = (tmp_path / "data/index.html").read_text("utf-8")
    # There is no case with a place, and the copy for a folder is made after all else.
    assert re.findall(r'<tr data-file="([^"]*)" hidden>', shown) == ["data/case-studies.geojson", "data/offline.zip"]
    assert f"<td data-size>{size((tmp_path / 'data/entries.json').stat().st_size, kitchens.site())}</td>" in shown
    inside = {path.relative_to(tmp_path / "data").as_posix() for path in (tmp_path / "data").rglob("*") if path.is_file()}
    summed = {line.split("  ")[1] for line in (tmp_path / "data/SHA256SUMS").read_text("utf-8").splitlines()}
    assert summed == inside - {"SHA256SUMS", "index.html"}
    made = {path.relative_to(tmp_path).as_posix() for path in tmp_path.rglob("*") if path.suffix in (".csv", ".xml", ".txt", ".bib", ".jsonld")}
    assert made - {"sitemap.xml", "robots.txt"} <= set(listed)


def test_two_runs_give_the_same_bytes(kitchens: Project) -> None:
    first, second = ([(name, content) for export in EXPORTS for name, content in export(kitchens.site())] for _ in range(2))
    assert first == second


def test_sizes_are_told_as_people_say_them(kitchens: Project) -> None:
    assert [size(number, kitchens.site()) for number in (10, 1_500, 999_400, 3_440_000)] == ["1 KB", "2 KB", "999 KB", "3.4 MB"]


@pytest.mark.build
def test_the_data_package_of_the_whole_pool_holds(tmp_path: Path) -> None:
    site = own_site()
    complete_exports(tmp_path, site, write_exports(tmp_path, site))
    with system.use_context(trusted=True):
        report = Package(str(tmp_path / "data/datapackage.json")).validate()
    assert report.flatten(["name", "type", "note"]) == []
