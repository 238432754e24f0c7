"""Paper: what is selected, what the templates are given, and the PDFs that come of it."""

import gzip
import io
import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any

import pytest
from click.testing import CliRunner
from pypdf import PdfReader

from macros.cli import main
from macros.intake_files import asked
from macros.letters import LETTERS, written
from macros.print.document import EDITIONS, LONGEST_CODE, PAPERS, Occasion, codes, data_of
from macros.print.editions import make_editions
from macros.print.files import needed_for, write_print_files
from macros.print.fragment import beginning, parted, questions, well_formed
from macros.print.keeping import packed, write_kept
from macros.print.pdf import PrintFailed, compile_pdf, font_files, fonts
from macros.print.selection import NoSelection, of_entry, of_facets, of_ids, select
from macros.project import Project
from macros.stage import stage
from tests.conftest import ROOT, Small, own_project
from tools.cjk_fonts import letters_of, with_shapeless

DAY = date(2026, 11, 1)
Text = Callable[[bytes], str]


@pytest.fixture(scope="module")
def pool() -> Project:
    return own_project()


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
    return compile_pdf(data_of(of_ids(ids.split(","), site), edition, paper, site, Occasion(day=DAY))).pdf


@pytest.fixture
def one(small: Small, practice: Callable[..., str]) -> Small:
    """A project with a practice."""
    small.topic()
    small.write("content/practices/pooled-buying.md", practice())
    return small


def test_the_beginning_of_a_text_ends_with_a_sentence() -> None:
    text = "First sentence here.\nSecond one [@key] follows.\n\n- A third, in a list\n- **Who:** Does a question keep its mark?\n"
    first = {"text": "First sentence here. Second one follows.", "item": False}
    item = {"text": "A third, in a list", "item": True}
    assert beginning(text, 6) == [first]
    assert beginning(text, 1) == [{"text": "First sentence here.", "item": False}]
    assert beginning(text, 12) == [first, item]
    assert beginning(text, 99) == [first, item, {"text": "Who: Does a question keep its mark?", "item": True}]


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
    assert found.address == "workshop/?ids=nepal-ev-import-tax,uk-zev-mandate"


def test_a_sentence_stands_on_the_page_of_the_table_that_it_leads_to(pool: Project) -> None:
    site = pool.site()
    data = data_of(select(site, "charging-guidelines-workshop", "", {}), "guide", "a4", site)
    table = "<div><table><thead><tr><th>Why</th></tr></thead><tbody><tr><td>Because</td></tr></tbody></table></div>"
    # With so many paragraphs, some of these sentences would stand at the foot of a page.
    data["document"]["sections"] = [
        {"title": "Reasons", "html": "".join(f"<p>Sentence {n} leads to:</p>{table}<p>And so on.</p>" for n in range(60))}
    ]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages]
    ends = [text.split("\n")[-2] for text in pages if "leads to:" in text]
    assert len(ends) > 4
    assert [end for end in ends if end.startswith("Sentence")] == []


def test_facets_select_as_everywhere(pool: Project) -> None:
    query = {"kind": ["practice"], "topic": ["freight"]}
    assert list(of_facets(query, pool.site()).records) == pool.catalogue.filtered(query)


def test_questions_are_told_with_their_role(pool: Project) -> None:
    found = list(questions(pool.catalogue.by_id["charging-concessions-that-follow-demand"]))
    assert [one["role"] for one in found][:2] == ["City or state", "Utility or grid operator"]
    assert all(one["text"].endswith("?") for one in found)


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
    pdf = compile_pdf(data_of(selection, "booklet", "a4", site)).pdf
    for record in selection.records:
        texts = [re.sub(r"<[^>]+>", " ", section.html) for section in site.texts.sections(record)]
        entry = record.entry
        texts += [entry.title, entry.summary, *(f"{f.value} {f.claim} {f.note or ''}" for f in entry.key_figures)]
        texts += [f"{source.publisher} {source.title} {source.note or ''}" for source in entry.sources.values()]
        assert missing(" ".join(texts).replace("&amp;", "&").replace("&quot;", '"'), pdf) == []


def test_a_booklet_has_contents_bookmarks_and_links_inside_and_out(pool: Project) -> None:
    site = pool.site()
    selection = of_ids(["nepal-ev-import-tax", "taxes-that-favour-zevs"], site)
    read = PdfReader(io.BytesIO(compile_pdf(data_of(selection, "booklet", "a4", site)).pdf))
    titles = [item.title for item in read.outline if not isinstance(item, list)]
    assert [record.entry.title for record in selection.records] == titles[:2]
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    out = {note["/A"]["/URI"] for note in notes if "/A" in note and "/URI" in note["/A"]}
    inside = [note for note in notes if "/Dest" in note or ("/A" in note and "/D" in note["/A"])]
    assert any(link.startswith("https://") for link in out)
    assert len(inside) > 10
    # What a screen reader says of a link to a source, and of one to another entry.
    said = [str(note["/Contents"]) for note in inside]
    assert "Source 1" in said
    assert f"Case study {selection.records[0].entry.title}" in said
    assert [text for text in said if re.fullmatch(r"page \d+", text)] == []


def test_a_guide_has_a_clock_that_adds_up(pool: Project) -> None:
    site = pool.site()
    record = pool.catalogue.by_id["charging-guidelines-workshop"]
    text = text_of(compile_pdf(data_of(of_entry(record, site), "guide", "a4", site, Occasion(start="08:30", minutes=(20,)))).pdf)
    run = text[text.index("Run sheet") :]
    minutes = [20, *(step.minutes for step in record.entry.agenda[1:])]  # type: ignore[attr-defined]
    times = [f"{8 + (30 + passed) // 60:02}:{(30 + passed) % 60:02}" for passed in (sum(minutes[:n]) for n in range(len(minutes) + 1))]
    assert re.findall(r"\b\d\d:\d\d\b", run)[: len(times)] == times
    assert f"{sum(minutes)} minutes (08:30 – {times[-1]})" in text


def test_the_clock_goes_on_after_midnight(one: Small) -> None:
    site = one.project().site()
    data = data_of(of_ids(["pooled-buying"], site), "guide", "a4", site, Occasion(start="23:50"))
    assert "15 minutes (23:50 – 00:05)" in text_of(compile_pdf(data).pdf)


def test_a_step_asks_questions_of_its_entries_once(pool: Project) -> None:
    site = pool.site()
    selection = of_ids(["charging-concessions-that-follow-demand"], site)
    text = text_of(compile_pdf(data_of(selection, "guide", "a4", site)).pdf)
    assert text.count("You may ask") == 1
    asked = text[text.index("You may ask") : text.index("Questions for discussion")]
    first = [one["text"] for one in questions(selection.records[0])][:3]
    assert missing(" ".join(first), compile_pdf(data_of(selection, "guide", "a4", site)).pdf) == []
    assert all("".join(words(text)) in "".join(words(asked)) for text in first)


def test_the_worksheet_has_a_row_for_every_entry(pool: Project) -> None:
    site = pool.site()
    records = pool.catalogue.by_kind["case-study"][:25]
    pdf = compile_pdf(data_of(of_ids([r.id for r in records], site), "guide", "letter", site)).pdf
    text = text_of(pdf)
    sheet = "".join(words(text[text.index("Adapt it to your jurisdiction") : text.index("Feedback sheet")]))
    assert [r.id for r in records if "".join(words(r.id)) not in sheet] == []


def test_the_worksheet_asks_for_a_need_in_the_words_of_the_table(one: Small) -> None:
    text = " ".join(text_of(made(one, "guide")).split())
    sheet = text[text.rindex("Adapt it to your jurisdiction") : text.index("Feedback sheet")]
    assert asked("need", one.project().site()) in sheet
    assert "help that you would ask for" in sheet


def test_the_title_the_day_and_the_minutes_can_be_ones_own(one: Small) -> None:
    site = one.project().site()
    occasion = Occasion("Our own day", date(2027, 3, 4), "10:00", (40,))
    data = data_of(of_ids(["pooled-buying"], site), "booklet", "a4", site, occasion)
    text = text_of(compile_pdf(data).pdf)
    assert "Our own day" in text
    assert "4 March 2027" in text
    assert data["document"]["steps"][0]["minutes"] == 40
    pages = PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages
    assert "?d=2027-03-04" in str([note.get_object() for page in pages for note in page.get("/Annots", [])])


def test_cards_are_four_on_a_page_with_backs_in_order_for_the_long_edge(pool: Project) -> None:
    site = pool.site()
    ids = ["nepal-ev-import-tax", "uk-zev-mandate", "santiago-electric-buses", "quebec-curbside-charging", "norway-new-car-tax-shift"]
    selection = of_ids(ids, site)
    read = PdfReader(io.BytesIO(compile_pdf(data_of(selection, "cards", "a4", site)).pdf))
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


@pytest.fixture
def overflowing(practice: Callable[..., str]) -> str:
    """A practice of which one sentence does not fit on a card."""
    sentence = "A sentence that goes on and on with many words of a good length and never comes to its end " * 40
    body = f"## The challenge\n\nText.\n\n## What to do\n\nText.\n\n## What it takes\n\n{sentence}.\n\n## What happened\n\nText.\n\n"
    return practice(body + "## What did not work\n\nText.\n\n## Adapting it\n\nText.\n\n## Questions for discussion\n\n- **Everyone:** Why?\n")


def test_a_card_that_would_overflow_names_the_entry_and_the_side(one: Small, overflowing: str) -> None:
    one.write("content/practices/pooled-buying.md", overflowing)
    with pytest.raises(PrintFailed, match="the back of the card of 'pooled-buying' has more text than fits"):
        made(one, "cards")


def test_a_card_takes_smaller_type_before_it_is_refused(pool: Project) -> None:
    sizes = []
    for title in ("Short", "A title of the greatest length that a title may have, with all that a long title says of what was done and where"):
        site = pool.site()
        data = data_of(of_ids(["nepal-ev-import-tax"], site), "cards", "a4", site)
        data["entries"][0] |= {"title": title, "summary": "Word after word. " * (2 if title == "Short" else 60)}
        found: list[float] = []

        def note(text: str, cm: list[float], tm: list[float], font: Any, size: float, found: list[float] = found) -> None:
            found.extend([size] if "Word" in text else [])

        PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages[0].extract_text(visitor_text=note)
        sizes.append(max(found))
    assert sizes[0] > sizes[1]


def test_the_back_of_a_card_has_fewer_items_rather_than_a_part_of_one(pool: Project) -> None:
    site = pool.site()
    data = data_of(of_ids(["nepal-ev-import-tax"], site), "cards", "letter", site)
    item = "An item that takes about two lines of the card and says something which ends here."
    data["entries"][0]["card"] = [{"title": f"Part {n}", "lines": [{"text": f"{item} {n}{m}", "item": True} for m in "abcdefgh"]} for n in (1, 2, 3)]
    text = PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages[1].extract_text().replace("\n", " ")
    shown = re.findall(r"An item .*? ends here\. (\d\w)", text)
    assert shown[:2] == ["1a", "1b"]
    assert {"1a", "2a", "3a"} <= set(shown)
    assert text.count("An item") == len(shown) < 24


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("short words only", "short words only"),
        ("x" * 31, "x" * 31),
        ("x" * 32, "\u200b".join("x" * 32)),
        ("ก" * 60, "ก" * 60),
        (
            f'<a href="https://example.test/{"y" * 40}">{"y" * 30}&amp;y</a>',
            f'<a href="https://example.test/{"y" * 40}">{chr(0x200B).join([*"y" * 30, "&amp;", "y"])}</a>',
        ),
    ],
)
def test_only_a_word_that_no_line_holds_may_part_anywhere(text: str, shown: str) -> None:
    assert parted(text) == shown
    assert parted({"url": "z" * 40, "lines": [{"text": text}]}) == {"url": "z" * 40, "lines": [{"text": shown}]}


@pytest.mark.parametrize("edition", EDITIONS)
def test_a_word_longer_than_a_line_stays_on_the_page(one: Small, practice: Callable[..., str], edition: str) -> None:
    one.write("content/practices/pooled-buying.md", practice(title="x" * 118, summary=f"Begins {'y' * 200} ends."))
    runs = re.findall("x{15,}|y{15,}", text_of(made(one, edition)).replace("\u200b", ""))
    assert runs
    assert all(len(run) < 118 for run in runs)
    shown = "x" * 118 if edition == "guide" else f"{'x' * 118} {'y' * 200}"  # a guide has only the titles of entries
    assert missing(shown, made(one, edition)) == []


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
    data = data_of(of_ids(["pooled-buying"], one.project().site()), "booklet", "a4", one.project().site())
    data["entries"][0]["sections"][0]["html"] = f'<p><a href="{tmp_path}/secret.txt">x</a><img src="../secret.txt"></img></p>'
    assert "secret" not in text_of(compile_pdf(data).pdf)


CJK = {"Chinese": "电动公交车与充电站", "Japanese": "電気自動車の普及", "Korean": "전기버스 보급"}
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
    assert run.output.startswith("out/cards.pdf: 1 entry, 2 pages, ")
    assert (one.root / "out/cards.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["bundle", "nothing", "-o", "x.pdf"], "there is no bundle 'nothing'"),
        (["bundle", "mony", "-o", "x.pdf"], "there is no bundle 'mony'. Did you mean 'money'?\n"),
        (["bundle", "-o", "x.pdf"], "name one bundle, or ids, or facets"),
        (["bundle", "money"], "Missing option '-o'"),
        (["bundle", "money", "--start", "25:00", "-o", "x.pdf"], "--start must be a time such as 09:00; found '25:00'."),
        (["bundle", "money", "--minutes", "15,x", "-o", "x.pdf"], "--minutes must be numbers of minutes such as 15,20; found '15,x'."),
        (["bundle", "money", "--date", "soon", "-o", "x.pdf"], "'soon' does not match the format '%Y-%m-%d'"),
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


@pytest.mark.parametrize("script", CJK)
def test_chinese_japanese_and_korean_can_be_copied_from_the_page(one: Small, practice: Callable[..., str], script: str) -> None:
    one.write("content/practices/pooled-buying.md", practice(title=CJK[script]))
    assert set(CJK[script]) - {" "} <= set(text_of(made(one)))


def test_no_font_of_the_machine_is_used() -> None:
    assert set(fonts().families()) == {
        "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK JP", "Noto Sans CJK KR", "Noto Sans CJK SC", "Noto Sans Devanagari", "Noto Sans Thai",
        "Noto Serif",
    }  # fmt: skip


def test_a_letter_that_no_font_has_is_shown_as_a_mark(one: Small, practice: Callable[..., str]) -> None:
    one.write("content/practices/pooled-buying.md", practice(title="Money \U0001f4b0 and \u0ba4 \u2265 5"))
    assert "Money \ufffd and \ufffd \u2265 5" in text_of(made(one))


def test_the_list_of_letters_has_what_the_fonts_have() -> None:
    assert LETTERS.read_text("ascii") == written(with_shapeless(letters_of(font_files())))


def test_a_letter_that_only_some_font_has_makes_the_browser_load_it() -> None:
    needed = {path: letters for path in font_files() if (letters := needed_for(path.name))}
    always = letters_of(path for path in font_files() if path not in needed)
    assert len(needed) == 8
    for path, letters in needed.items():
        block = re.compile("[" + re.sub(r"\\u\{(\w+)\}", lambda found: rf"\U{found[1]:0>8}", letters) + "]")
        assert [letter for letter in letters_of([path]) - always if not block.match(chr(letter))] == []
        assert not block.search("\ufffd " + "".join(chr(letter) for letter in range(0x20, 0x600)))


def test_letters_of_the_list_can_be_set(one: Small) -> None:
    """All of the smaller scripts, and every twentieth of the Han letters and of Hangul; a letter without a font would be refused."""
    site = one.project().site()
    data = data_of(of_ids(["pooled-buying"], site), "booklet", "a4", site)
    ranges = [[int(end, 16) for end in part.split("-")] for part in LETTERS.read_text("ascii").split()]
    listed = [letter for ends in ranges for letter in range(ends[0], ends[-1] + 1) if letter > 0x20 and chr(letter) not in "<>&"]
    large = [chr(letter) for letter in listed if 0x4E00 <= letter <= 0x9FFF or 0xAC00 <= letter <= 0xD7A3]
    letters = [*(chr(letter) for letter in listed if letter < 0x2E80), *large[::20]]
    data["entries"][0]["sections"][0]["html"] = f"<p>{' '.join(letters)}</p>"
    assert len(large) == 32148
    assert set(large[::20]) <= set(text_of(compile_pdf(data).pdf))


def test_an_address_too_long_for_a_code_has_none(one: Small) -> None:
    settings = one.project().settings
    said = {"url": f"{settings.site_url}workshop/?ids={'a,' * LONGEST_CODE}", "day": "2026-11-01"}
    assert list(codes(said, ["pooled-buying"], settings)) == ["pooled-buying"]


BUNDLE = """
---
title: Buying together
summary: A short workshop.
topics: [money]
audience: Ten people.
duration: 10
objectives: [One step]
agenda:
  - {title: Read, minutes: 10, method: reading, text: Read it., entries: [pooled-buying]}
selection: {entries: [pooled-buying]}
published: 2026-01-01
reviewed: 2026-11-01
owner: Editors
---

## Preparation

Print it.

## Room and material

A table.
"""


@pytest.fixture
def bundled(one: Small) -> Small:
    """A project with a bundle of one practice."""
    one.write("content/bundles/buying-together.md", BUNDLE)
    return one


def test_every_edition_of_a_bundle_is_made_once_and_anew_only_when_something_in_it_changes(bundled: Small, practice: Callable[..., str]) -> None:
    store = bundled.root / ".build" / "pdf"
    first = make_editions(bundled.project().site(), store)
    assert (first.made, sorted(first.files)) == (
        6,
        sorted(f"bundles/buying-together/buying-together-{edition}-{paper}.pdf" for edition in EDITIONS for paper in PAPERS),
    )
    assert make_editions(bundled.project().site(), store).made == 0
    bundled.topic("people", "People")
    assert make_editions(bundled.project().site(), store).made == 0
    bundled.write("content/practices/pooled-buying.md", practice(summary="Several cities now buy together."))
    again = make_editions(bundled.project().site(), store)
    assert (again.made, len(list(store.iterdir()))) == (6, 6)


def test_what_pages_tell_of_a_pdf_is_true_of_it(bundled: Small) -> None:
    found = make_editions(bundled.project().site(), bundled.root / "pdf")
    for one_of in found.printed["buying-together"]:
        content = found.files[one_of.url].read_bytes()
        assert (one_of.size, one_of.pages) == (len(content), len(PdfReader(io.BytesIO(content)).pages))


def test_the_page_of_a_bundle_links_its_pdfs_with_pages_and_size(bundled: Small) -> None:
    project = bundled.project()
    printed = make_editions(project.site(), bundled.root / "pdf").printed
    stage(project, bundled.root / "staged", printed)
    page = bundled.page("bundles/buying-together")
    one_of = printed["buying-together"][0]
    assert f"{one_of.pages} pages, PDF, {max(1, round(one_of.size / 1000))} KB" in page
    assert one_of.url in page


def test_a_pdf_that_was_torn_is_made_again(bundled: Small) -> None:
    store = bundled.root / "pdf"
    files = make_editions(bundled.project().site(), store).files
    kept = {url: path.read_bytes() for url, path in files.items()}
    torn = next(iter(files.values()))
    torn.rename(torn.with_name(f"{torn.name.split('.')[0]}.torn"))
    again = make_editions(bundled.project().site(), store)
    assert again.made == 1
    assert {url: path.read_bytes() for url, path in again.files.items()} == kept


def test_a_bundle_that_cannot_be_set_stops_the_build_with_its_name(bundled: Small, overflowing: str) -> None:
    bundled.write("content/practices/pooled-buying.md", overflowing)
    with pytest.raises(PrintFailed, match="the back of the card of 'pooled-buying'"):
        make_editions(bundled.project().site(), bundled.root / "pdf")


def test_the_browser_is_given_the_parts_from_which_the_same_document_is_made(bundled: Small) -> None:
    site = bundled.project().site()
    write_print_files(bundled.root / "site", site, compiler=True)
    folder = bundled.root / "site" / "workshop"
    shared = json.loads((folder / "print.json").read_text("utf-8"))
    told = json.loads((folder / "bundles" / "buying-together.json").read_text("utf-8"))
    entries = [json.loads((folder / "entries" / f"{id}.json").read_text("utf-8")) for id in told["entries"]]
    whole = data_of(of_entry(bundled.project().catalogue.by_id["buying-together"], site), "guide", "letter", site)
    assert (shared["frame"], told["document"], entries) == (whole["frame"], whole["document"], whole["entries"])
    assert all((folder / "templates" / name).is_file() for name in shared["templates"])
    assert all((folder / "fonts" / font["file"]).stat().st_size == font["bytes"] for font in shared["fonts"])
    assert sorted(font["file"] for font in shared["fonts"] if not font["letters"]) == [
        "NotoSansCJK_Signs.otf", "NotoSans_400Regular.ttf", "NotoSans_700Bold.ttf",
        "NotoSerif_400Regular.ttf", "NotoSerif_400Regular_Italic.ttf", "NotoSerif_700Bold.ttf",
    ]  # fmt: skip


def test_the_workshop_names_what_a_browser_keeps_of_it_and_nothing_where_it_makes_no_pdf(bundled: Small, monkeypatch: pytest.MonkeyPatch) -> None:
    built = bundled.root / "site"
    page = '<link href="../assets/css/workshop.css"><script src="../assets/js/commons.mjs" type="module"></script><commons-basket>'
    bundled.write("site/workshop/index.html", f"{page}<commons-workshop></commons-workshop><commons-of-no-file></commons-of-no-file>")
    shutil.copytree(ROOT / "overrides" / "assets", built / "assets")
    shutil.copy(ROOT / "overrides/workshop/worker.mjs", built / "workshop")
    write_print_files(built, bundled.project().site(), compiler=True)

    def kept() -> dict[str, Any]:
        named = write_kept(built)
        found: dict[str, Any] = json.loads((built / "workshop/kept.js").read_text("utf-8").removeprefix("self.KEPT = ").removesuffix(";\n"))
        assert named == len(found["files"]) == len(set(found["files"]))
        return found

    first = kept()
    assert all((built / name).exists() for name in first["files"])
    asked = {"workshop/", "workshop/worker.mjs", "workshop/all.json.gz", "workshop/templates/main.typ", "assets/css/workshop.css"}
    scripts = {"commons-basket", "commons-workshop", "workshop-make", "workshop-worker", "kept", "markdown"}
    assert asked | {f"assets/js/{name}.mjs" for name in scripts} <= set(first["files"])
    assert "assets/js/commons-explore.mjs" not in first["files"]
    assert kept() == first
    # All that paper says is there in one file, under the names by which the page asks for it.
    whole = json.loads(gzip.decompress((built / first["data"]).read_bytes()))
    paths = [path for folder in ("entries", "bundles") for path in (built / "workshop" / folder).iterdir()]
    parts = sorted(path.relative_to(built / "workshop").as_posix() for path in paths)
    assert list(whole) == parts
    assert all(whole[name] == json.loads((built / "workshop" / name).read_text("utf-8")) for name in parts)
    # A changed page is another version; too much to keep is left out; without a compiler nothing is kept.
    bundled.write("site/workshop/index.html", f"{page}<commons-workshop>New</commons-workshop>")
    assert kept()["version"] != first["version"]
    monkeypatch.setattr("macros.print.keeping.MOST_BYTES", 10)
    (built / "workshop/all.json.gz").unlink()
    write_print_files(built, bundled.project().site(), compiler=True)
    assert (kept()["data"], json.loads((built / "workshop/print.json").read_text("utf-8"))["kept"]) == ("", 0)
    write_print_files(built, bundled.project().site(), compiler=False)
    assert (write_kept(built), (built / "workshop/kept.js").exists()) == (0, False)


def test_data_are_packed_in_one_piece_and_no_further_than_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    random = Random(1)
    files = {f"entries/{n}.json": json.dumps({"text": random.randbytes(500).hex()}).encode() for n in range(400)}
    whole = b"{" + b",".join(f'"{name}":'.encode() + files[name] for name in sorted(files)) + b"}"
    assert packed(files) == gzip.compress(whole, 6, mtime=0)
    assert packed({}) == gzip.compress(b"{}", 6, mtime=0)
    read = []

    class Noted(dict[str, bytes]):
        def __getitem__(self, name: str) -> bytes:
            read.append(name)
            return super().__getitem__(name)

    monkeypatch.setattr("macros.print.keeping.MOST_BYTES", 100_000)
    assert packed(Noted(files)) == b""
    assert 0 < len(read) < 300
    monkeypatch.setattr("macros.print.keeping.MOST_BYTES", len(gzip.compress(whole, 6, mtime=0)) - 1)
    assert packed(files) == b""
