"""Paper: what is selected, what the templates are given, and the PDFs that come of it."""

import io
import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from macros.cli import main
from macros.print.document import EDITIONS, PAPERS, beginning, clock, document, newest, questions, well_formed
from macros.print.pdf import PrintFailed, compile_pdf
from macros.print.selection import NoSelection, of_entry, of_facets, of_ids, select
from macros.project import Project, load
from tests.conftest import POOL_DAY, ROOT, Small

DAY = date(2026, 11, 1)
Text = Callable[[bytes], str]


@pytest.fixture(scope="module")
def pool() -> Project:
    return load(ROOT, POOL_DAY)


def words(text: str) -> list[str]:
    """The words of a text, as they can be found again in a PDF: letters and digits alone."""
    return re.findall(r"[^\W_]+", text.lower())


def text_of(pdf: bytes) -> str:
    """The text of a PDF; a word that was parted at the end of a line is one word again."""
    pages = "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)
    return re.sub(r"(\w)[-\u2010\u00ad]\n(\w)", r"\1\2", pages)


def missing(wanted: str, pdf: bytes) -> list[str]:
    """The words that the text should hold and does not, whatever line ends and hyphens part them."""
    run = "".join(words(text_of(pdf)))
    return [word for word in words(wanted) if word not in run]


def made(small: Small, edition: str = "booklet", ids: str = "pooled-buying", paper: str = "a4") -> bytes:
    site = small.project().site()
    return compile_pdf(document(of_ids(ids.split(","), site), edition, paper, site, DAY))


@pytest.fixture
def one(small: Small, practice: Callable[..., str]) -> Small:
    """A project with a practice."""
    small.topic()
    small.write("content/practices/pooled-buying.md", practice())
    return small


@pytest.mark.parametrize(
    ("start", "minutes", "shown"), [("09:00", 0, "09:00"), ("09:00", 75, "10:15"), ("9:30", 30, "10:00"), ("23:30", 60, "00:30")]
)
def test_the_clock_runs_on(start: str, minutes: int, shown: str) -> None:
    assert clock(start, minutes) == shown


def test_the_beginning_of_a_text_ends_with_a_sentence() -> None:
    text = "First sentence here.\nSecond one [@key] follows.\n\n- A third, in a list\n"
    assert beginning(text, 6) == "First sentence here. Second one follows."
    assert beginning(text, 1) == "First sentence here."
    assert beginning(text, 99) == "First sentence here. Second one follows. A third, in a list."


def test_html_becomes_well_formed_xml() -> None:
    assert well_formed("a<br>b&nbsp;c<hr>") == "a<br/>b\u00a0c<hr/>"
    with pytest.raises(ValueError, match="not well-formed"):
        well_formed("<p>open")


def test_every_text_of_the_pool_is_well_formed(pool: Project) -> None:
    site = pool.site()
    count = sum(bool(well_formed(s.html)) for record in pool.catalogue.records for s in site.texts.sections(record))
    assert count > 500


def test_a_bundle_prints_what_it_names_then_what_its_facets_and_steps_add(pool: Project) -> None:
    site = pool.site()
    for record in pool.catalogue.by_kind["bundle"]:
        found = of_entry(record, site)
        assert [r.id for r in found.records][: len(found.bundle.selection.entries)] == list(found.bundle.selection.entries)  # type: ignore[union-attr]
        assert {id for step in found.bundle.agenda for id in step.entries} <= {r.id for r in found.records}  # type: ignore[union-attr]


def test_every_topic_has_a_bundle_of_its_own(pool: Project) -> None:
    site = pool.site()
    for topic in pool.catalogue.by_kind["topic"]:
        found = of_entry(topic, site)
        assert {r.id for r in found.records} == {
            r.id
            for r in pool.catalogue.filtered({"topic": [topic.id]})
            if r.kind not in ("topic", "coalition", "organisation", "government", "bundle")
        }


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ({}, "name one bundle, or ids, or facets; one of the three"),
        ({"id": "money", "ids": "a"}, "name one bundle, or ids, or facets; one of the three"),
        ({"id": "mony"}, "there is no bundle 'mony'. Did you mean 'money'?"),
        ({"id": "pooled-buying"}, "'pooled-buying' is neither a bundle nor a topic, coalition or government"),
        ({"ids": "pooled-buying,nothing,none"}, "there is no published entry nothing, none"),
        ({"ids": " , "}, "no entry was named"),
        ({"facets": {"topic": ("mony",)}}, "the facet 'topic' has no value 'mony'. Did you mean 'money'?"),
        ({"facets": {"kind": ("case-study",)}}, "no published entry matches these facets"),
    ],
)
def test_what_cannot_be_selected_is_said(one: Small, asked: dict[str, Any], said: str) -> None:
    with pytest.raises(NoSelection, match=re.escape(said)):
        select(one.project().site(), asked.get("id"), asked.get("ids", ""), asked.get("facets", {}))


def test_ids_keep_their_order_and_stand_once(pool: Project) -> None:
    found = of_ids(["nepal-ev-import-tax", "uk-zev-mandate", "nepal-ev-import-tax"], pool.site())
    assert [record.id for record in found.records] == ["nepal-ev-import-tax", "uk-zev-mandate"]
    assert found.query == "ids=nepal-ev-import-tax,uk-zev-mandate"


def test_facets_select_as_everywhere(pool: Project) -> None:
    query = {"kind": ["practice"], "topic": ["freight"]}
    assert list(of_facets(query, pool.site()).records) == pool.catalogue.filtered(query)


def test_questions_are_gathered_by_role(pool: Project) -> None:
    found = questions(of_entry(pool.catalogue.by_id["charging-guidelines-workshop"], pool.site()))
    assert [group["role"] for group in found][:2] == ["City or state", "Utility or grid operator"]
    assert all(group["questions"] for group in found)


@pytest.mark.parametrize("edition", EDITIONS)
@pytest.mark.parametrize("paper", PAPERS)
def test_an_edition_is_a_tagged_pdf_with_language_and_title_and_the_same_bytes_each_time(one: Small, edition: str, paper: str) -> None:
    pdf = made(one, edition, paper=paper)
    read = PdfReader(io.BytesIO(pdf))
    root: Any = read.trailer["/Root"].get_object()
    assert root["/Lang"] == "en"
    assert root["/MarkInfo"]["/Marked"]
    assert read.metadata is not None
    assert read.metadata.title == "A selection of entries"
    assert b"pdfuaid:part" in pdf or "pdfuaid" in read.xmp_metadata.stream.get_data().decode()  # type: ignore[union-attr]
    width = {"a4": 595, "letter": 612}[paper]
    assert {round(float(page.mediabox.width)) for page in read.pages} == {width}
    assert pdf == made(one, edition, paper=paper)


def test_a_booklet_holds_every_word_of_its_entries(pool: Project) -> None:
    site = pool.site()
    selection = of_ids(["nepal-ev-import-tax", "taxes-that-favour-zevs", "lg-cta-ta-charging-planning"], site)
    pdf = compile_pdf(document(selection, "booklet", "a4", site, newest(selection)))
    for record in selection.records:
        texts = [re.sub(r"<[^>]+>", " ", section.html) for section in site.texts.sections(record)]
        entry = record.entry
        texts += [entry.title, entry.summary, *(f"{f.value} {f.claim} {f.note or ''}" for f in entry.key_figures)]
        texts += [f"{source.publisher} {source.title} {source.note or ''}" for source in entry.sources.values()]
        assert missing(" ".join(texts).replace("&amp;", "&").replace("&quot;", '"'), pdf) == []


def test_a_booklet_has_contents_bookmarks_and_links_inside_and_out(pool: Project) -> None:
    site = pool.site()
    selection = of_ids(["nepal-ev-import-tax", "taxes-that-favour-zevs"], site)
    read = PdfReader(io.BytesIO(compile_pdf(document(selection, "booklet", "a4", site, newest(selection)))))
    titles = [item.title for item in read.outline if not isinstance(item, list)]
    assert [record.entry.title for record in selection.records] == titles[:2]
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    out = {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}
    inside = [note for note in notes if "/Dest" in note or ("/A" in note and "/D" in note["/A"])]
    assert any(link.startswith("https://") for link in out)
    assert len(inside) > 10


def test_a_guide_has_a_clock_that_adds_up(pool: Project) -> None:
    site = pool.site()
    record = pool.catalogue.by_id["charging-guidelines-workshop"]
    data = document(of_entry(record, site), "guide", "a4", site, DAY, "08:30")
    assert [step["begins"] for step in data["steps"]][:3] == ["08:30", "08:45", "09:10"]
    assert data["ends"] == clock("08:30", record.entry.duration)  # type: ignore[attr-defined]
    text = text_of(compile_pdf(data))
    assert all(step["begins"] in text for step in data["steps"])
    assert data["ends"] in text


def test_cards_are_four_on_a_page_with_backs_in_order_for_the_long_edge(pool: Project) -> None:
    site = pool.site()
    ids = ["nepal-ev-import-tax", "uk-zev-mandate", "santiago-electric-buses", "quebec-curbside-charging", "norway-new-car-tax-shift"]
    selection = of_ids(ids, site)
    read = PdfReader(io.BytesIO(compile_pdf(document(selection, "cards", "a4", site, newest(selection)))))
    assert len(read.pages) == 4
    places: dict[int, dict[str, float]] = {}
    for number, page in enumerate(read.pages[:2]):
        found: dict[str, float] = {}

        def note(text: str, cm: list[float], tm: list[float], font: Any, size: float, found: dict[str, float] = found) -> None:
            found[text.strip()] = tm[4] * cm[0] + cm[4]

        page.extract_text(visitor_text=note)
        places[number] = found
    front = next(x for text, x in places[0].items() if "Nepal" in text)
    back = next(x for text, x in places[1].items() if "nepal" in text)
    middle = 595 / 2
    assert front < middle < back


def test_a_card_that_would_overflow_names_the_entry_and_the_side(one: Small, practice: Callable[..., str]) -> None:
    sentence = "A sentence that goes on and on with many words of a good length and never comes to its end " * 40
    body = f"## The challenge\n\nText.\n\n## What to do\n\nText.\n\n## What it takes\n\n{sentence}.\n\n## What happened\n\nText.\n\n"
    body += "## What did not work\n\nText.\n\n## Adapting it\n\nText.\n\n## Questions for discussion\n\n- **Everyone:** Why?\n"
    one.write("content/practices/pooled-buying.md", practice(body))
    with pytest.raises(PrintFailed, match="the back of the card of 'pooled-buying' has more text than fits"):
        made(one, "cards")


HOSTILE = '#panic("x") $x^2$ {a} @ref *no* _no_ `raw` #set page() [b] <lab> \\ // c'


@pytest.mark.parametrize("edition", EDITIONS)
def test_hostile_words_come_out_as_text(one: Small, practice: Callable[..., str], edition: str) -> None:
    quoted = HOSTILE.replace("\\", "\\\\").replace('"', '\\"')
    sections = ("The challenge", "What to do", "What it takes", "What happened", "What did not work", "Adapting it", "Questions for discussion")
    words = 'Words `#read("/etc/passwd")` and #include "x" with $y$.'
    body = "\n\n".join(f"## {title}\n\n{words}" for title in sections)
    one.write("content/practices/pooled-buying.md", practice(body, title=f'"{quoted}"', summary=f'"{quoted}"'))
    pdf = made(one, edition)
    assert missing(HOSTILE, pdf) == []
    assert "root:" not in text_of(pdf)


def test_the_world_of_the_compiler_holds_nothing_else(one: Small, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    data = document(of_ids(["pooled-buying"], one.project().site()), "booklet", "a4", one.project().site(), DAY)
    data["edition"] = "../secret"
    assert "secret" not in text_of(compile_pdf(data | {"edition": "booklet"}))


SCRIPTS = {
    "Devanagari": "भारत में इलेक्ट्रिक वाहन",
    "Thai": "รถโดยสารไฟฟ้าในเมือง",
    "Arabic": "الحافلات الكهربائية في المدينة",
    "Vietnamese": "Xe buýt điện ở Hà Nội",
    "Cyrillic": "Электрические автобусы",
    "Greek": "Ηλεκτρικά λεωφορεία",
}


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_beyond_latin_can_be_copied_from_the_page(one: Small, practice: Callable[..., str], script: str) -> None:
    one.write("content/practices/pooled-buying.md", practice(title=SCRIPTS[script]))
    text = text_of(made(one))
    letters = set(re.sub(r"\s", "", SCRIPTS[script]))
    assert letters <= set(text), letters - set(text)


def test_the_command_writes_a_pdf_and_says_so(one: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(one.root)
    run = CliRunner().invoke(main, ["bundle", "--topic", "money", "--edition", "cards", "--paper", "letter", "-o", "out/cards.pdf"])
    assert run.exit_code == 0, run.output
    assert run.output.startswith("out/cards.pdf: 1 entry, ")
    assert (one.root / "out/cards.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bundle", "nothing", "-o", "x.pdf"], "there is no bundle 'nothing'"),
        (["bundle", "mony", "-o", "x.pdf"], "there is no bundle 'mony'. Did you mean 'money'?\n"),
        (["bundle", "-o", "x.pdf"], "name one bundle, or ids, or facets"),
        (["bundle", "money"], "Missing option '-o'"),
        (["bundle", "money", "--start", "25:00", "-o", "x.pdf"], "--start must be a time such as 09:00; found '25:00'."),
        (["bundle", "money", "--edition", "poster", "-o", "x.pdf"], "'poster' is not one of"),
    ],
)
def test_a_command_that_was_not_understood_ends_with_2(one: Small, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str) -> None:
    monkeypatch.chdir(one.root)
    run = CliRunner().invoke(main, arguments)
    assert run.exit_code == 2
    assert said in run.output


def test_a_place_that_cannot_be_written_is_said(one: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(one.root)
    (one.root / "file").write_text("", "utf-8")
    run = CliRunner().invoke(main, ["bundle", "money", "-o", "file/x.pdf"])
    assert run.exit_code == 1
    assert "could not be read or written" in run.output
