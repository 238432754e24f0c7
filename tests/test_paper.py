"""Paper as a reader holds it: what stands on one page, what a sheet of cards is when it is cut, and what words alone must tell."""

import io
import re
from typing import Any

import pytest
from pypdf import PageObject, PdfReader

from macros.print.document import PAPERS, data_of
from macros.print.fragment import fragment, questions, well_formed
from macros.print.pdf import compile_pdf
from macros.print.selection import of_ids, select
from macros.project import Project
from tests.conftest import own_project

FORUM = "zev-community-style-forum"
MM = 72 / 25.4
# What most printers leave white, and what a cut may miss by.
SAFE = 5 * MM


@pytest.fixture(scope="module")
def pool() -> Project:
    return own_project()


@pytest.fixture(scope="module", params=PAPERS)
def guide(pool: Project, request: pytest.FixtureRequest) -> list[str]:
    """The pages of the guide of a bundle with many entries, letters and digits alone."""
    site = pool.site()
    pdf = compile_pdf(data_of(select(site, FORUM, "", {}), "guide", request.param, site)).pdf
    return [run(page.extract_text()) for page in PdfReader(io.BytesIO(pdf)).pages]


def run(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text.lower()))


def test_every_step_of_a_guide_stands_on_one_page(pool: Project, guide: list[str]) -> None:
    for step in pool.catalogue.by_id[FORUM].entry.agenda:  # type: ignore[attr-defined]
        begins, ends = run(f"{step.title} {step.minutes} minutes"), run(step.text)[-40:]
        assert [n for n, page in enumerate(guide) if begins in page] == [n for n, page in enumerate(guide) if ends in page], step.title


def test_no_page_of_a_guide_is_empty(guide: list[str]) -> None:
    head = run("Guide for the facilitator A forum across levels of government")
    assert all(page.startswith(head) for page in guide)
    assert [n for n, page in enumerate(guide) if len(page) < len(head) + 100] == []


def test_bold_words_that_stand_alone_are_not_left_at_the_foot_of_a_page(guide: list[str]) -> None:
    assert [run("The day before Walk through the agenda") in page for page in guide].count(True) == 1


def test_a_step_asks_one_question_of_each_entry_before_a_second(pool: Project, guide: list[str]) -> None:
    step = next(step for step in pool.catalogue.by_id[FORUM].entry.agenda if step.title == "What has been tried")  # type: ignore[attr-defined]
    first = [f"{found[0]['text']} {found[0]['role']} ({record.entry.title})" for id in step.entries[:3]
             if (found := list(questions(record := pool.catalogue.by_id[id])))]  # fmt: skip
    assert len(first) == 3
    assert [run(f"You may ask {' '.join(first)}") in page for page in guide].count(True) == 1


def test_a_guide_says_what_to_copy_and_leaves_the_number_of_booklets_to_the_preparation(guide: list[str]) -> None:
    text = "".join(guide)
    assert run("The worksheet and the feedback sheet at the end of this guide are for the participants: copy both once for each") in text
    assert run("Print one booklet for each participant") not in text


def test_a_coalition_is_not_named_twice_and_a_plain_agenda_is_one_of_reading(pool: Project) -> None:
    site = pool.site()
    data = data_of(select(site, "zevwise", "", {}), "guide", "a4", site)
    pages = [run(page.extract_text()) for page in PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages]
    assert pages[0].startswith(run("Guide for the facilitator ZEVWISE ZEVWISE Governments, a development bank"))
    assert run("Finance in emerging economies 15 minutes, Silent reading Everyone reads the entry") in "".join(pages)
    data["document"]["title"] = "A day of our own"
    first = PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages[0].extract_text()
    assert run(first).startswith(run("Guide for the facilitator A day of our own ZEVWISE A day of our own Governments"))


@pytest.mark.parametrize("paper", PAPERS)
def test_a_table_with_empty_columns_is_a_sheet_on_a_page_of_its_own(pool: Project, paper: str) -> None:
    site = pool.site()
    pages = PdfReader(io.BytesIO(compile_pdf(data_of(select(site, "charging-guidelines-workshop", "", {}), "guide", paper, site)).pdf)).pages
    lying = [page for page in pages if page.mediabox.width > page.mediabox.height or page.rotation]
    head = run("Guide for the facilitator Writing charging guidelines that last")
    sheets = [run(page.extract_text()).removeprefix(head) for page in lying]
    assert len(sheets) == 2
    assert sheets[0].startswith(run("Comparison sheet (A3; one for each group) Row Question The Netherlands Québec Our country today"))
    assert run("8 What happens at the end of the contract?") in sheets[0]
    assert sheets[1].startswith(run("Outline sheet (A3; one for each country team) Line Subject The rule Who is bound by it How a breach is noticed"))
    assert run("9 Review: when, by whom, on what figures") in sheets[1]
    text = "".join(run(page.extract_text()) for page in pages[:3])
    assert run("Comparison sheet (A3; one for each group): on a page of its own at the end of this guide.") in text
    assert run("Who pays to build it?") not in text


def test_a_sheet_with_more_rows_than_a_page_goes_on_and_other_tables_stay_in_the_text(pool: Project) -> None:
    site = pool.site()
    data = data_of(select(site, "charging-guidelines-workshop", "", {}), "guide", "letter", site)
    row = "<tr><td>{0}</td><td>Row number {0} has words</td><td>{1}</td></tr>"
    table = "<div><table><thead><tr><th>n</th><th>Words</th><th>{0}</th></tr></thead><tbody>{1}</tbody></table></div>"
    long, full = (
        table.format(head, "".join(row.format(n, words) for n in range(count))) for head, words, count in (("Ours", "", 40), ("Theirs", "said", 3))
    )
    data["document"]["sections"] = [{"title": "Preparation", "html": f"{long}<p>Read <em>on</em>.</p>{full}"}]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages]
    sheets = [run(text) for text in pages if "Ours" in text]
    assert len(sheets) > 1
    assert all(run("n Words Ours") in text for text in sheets)
    assert [n for n in range(40) if run(f"{n} Row number {n} has words") not in "".join(sheets)] == []
    assert run("Sheet to fill in: on a page of its own at the end of this guide. Read on. n Words Theirs") in run("".join(pages))


def test_an_address_parts_between_its_words_and_can_be_copied(pool: Project) -> None:
    site = pool.site()
    read = PdfReader(io.BytesIO(compile_pdf(data_of(of_ids(["quebec-curbside-charging"], site), "booklet", "letter", site)).pdf))
    lines = [line for page in read.pages for line in page.extract_text().split("\n")]
    first = next(n for n, line in enumerate(lines) if line.startswith("https://www.lecircuitelectrique.com/aide/"))
    assert lines[first : first + 2] == [
        "https://www.lecircuitelectrique.com/aide/aide-aux-partenaires/4500-bornes/programme-de-subvention-4500-",
        "bornes",
    ]


def test_a_mark_in_the_text_leads_to_the_beginning_of_its_source(pool: Project) -> None:
    site = pool.site()
    read = PdfReader(io.BytesIO(compile_pdf(data_of(of_ids(["gender-inclusive-and-accessible-design"], site), "booklet", "letter", site)).pdf))
    notes = [note.get_object() for page in read.pages for note in page.get("/Annots", [])]
    places = {(place[0].idnum, float(place[3])) for note in notes if "/Dest" in note and isinstance(place := note["/Dest"], list)}
    numbers = {page.indirect_reference.idnum: [(y, text) for _, y, text in marked(page)[0] if re.fullmatch(r"\d+\.", text)] for page in read.pages}  # type: ignore[union-attr]
    found = [[text for y, text in numbers[page] if place - 20 < y < place] for page, place in places]
    assert all(len(near) == 1 for near in found)
    assert {near[0] for near in found} == {
        f"{n}." for n in range(1, len(pool.catalogue.by_id["gender-inclusive-and-accessible-design"].entry.sources) + 1)
    }


def test_paper_says_whom_to_ask(pool: Project) -> None:
    site = pool.site()
    record = pool.catalogue.by_id["lg-cta-ta-charging-planning"]
    assert [fact["url"] for fact in fragment(record, site)["facts"] if fact["label"] == "Ask at"] == ["https://asialedspartnership.org/lg-cta"]
    read = PdfReader(io.BytesIO(compile_pdf(data_of(of_ids([record.id], site), "booklet", "letter", site)).pdf))
    assert run("Ask at https://asialedspartnership.org/lg-cta") in run(read.pages[1].extract_text())
    notes = [note.get_object() for note in read.pages[1].get("/Annots", [])]
    links = [note["/A"]["/URI"] for note in notes if "/URI" in note.get("/A", {})]
    assert "https://asialedspartnership.org/lg-cta" in links


def test_a_fact_says_each_thing_once_and_parts_sentences_clearly(pool: Project) -> None:
    facts = {fact["label"]: fact["text"] for fact in fragment(pool.catalogue.by_id["delhi-women-mobility"], pool.site())["facts"]}
    assert facts["Where"] == "Delhi"
    assert facts["When"] == "Since October 2019; Open to all women from October 2019; a card for residents of Delhi from 2 March 2026"
    assert facts["State"].endswith("; checked on 22 November 2026")


def test_two_sources_beside_each_other_do_not_read_as_one_number() -> None:
    mark = '<sup class="c-cite"><a href="#source-{0}">{0}</a></sup>'
    html = well_formed(f"Result{mark.format(1)}{mark.format(3)}, later{mark.format(4)}.")
    assert re.sub("<[^>]+>", "", html) == "Result1,3, later4."


def test_the_edition_and_the_day_are_told_apart(pool: Project) -> None:
    site = pool.site()
    data = data_of(select(site, FORUM, "", {}), "guide", "a4", site) | {"edition": "booklet", "entries": []}
    data["document"] |= {"day": "2026-11-26"}
    assert "Edition: November 2026, dated 26 November 2026" in PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages[0].extract_text()


def marked(page: PageObject) -> tuple[list[tuple[float, float, str]], set[tuple[float, ...]]]:
    """Where the texts of a page begin, and the short lines on it, both in points from its foot."""
    texts: list[tuple[float, float, str]] = []
    lines: set[tuple[float, ...]] = set()
    ends: list[tuple[float, float]] = []

    def note(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text.strip():
            x, y = tm[4], tm[5]
            texts.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5], text.strip()))

    def draw(operator: bytes, operands: Any, cm: list[float], tm: list[float]) -> None:
        if operator in (b"m", b"l"):
            x, y = map(float, operands)
            ends.append((cm[0] * x + cm[2] * y + cm[4], cm[1] * x + cm[3] * y + cm[5]))
        elif operator == b"S" and len(ends) == 2 and max(abs(ends[0][i] - ends[1][i]) for i in (0, 1)) < 15 * MM:
            lines.add(tuple(round(value, 1) for end in sorted(ends) for value in end))
        if operator in (b"S", b"s", b"f", b"f*", b"B", b"B*", b"b", b"b*", b"n"):
            ends.clear()

    page.extract_text(visitor_text=note, visitor_operand_before=draw)
    return texts, lines


@pytest.mark.parametrize("paper", PAPERS)
def test_a_sheet_of_cards_cut_in_four_has_every_back_behind_its_front(pool: Project, paper: str) -> None:
    site = pool.site()
    records = pool.catalogue.by_kind["case-study"][:6]
    read = PdfReader(io.BytesIO(compile_pdf(data_of(of_ids([record.id for record in records], site), "cards", paper, site)).pdf))
    assert len(read.pages) == 4
    for sheet in (0, 1):
        width, height = (float(side) for side in read.pages[0].mediabox[2:])
        (fronts, marks), (backs, marks_behind) = (marked(read.pages[2 * sheet + n]) for n in (0, 1))
        assert len(marks) == 6
        assert marks == marks_behind == {tuple(round(value, 1) for value in line) for line in marks}
        assert {line for line in marks if abs(line[0] - width / 2) < 0.1 or abs(line[1] - height / 2) < 0.1} == marks
        for x, y, text in (*fronts, *backs):
            assert SAFE < x < width - SAFE, text
            assert SAFE < y < height - SAFE, text
            assert min(abs(x - width / 2), abs(y - height / 2)) > SAFE, text
        for n, record in enumerate(records[4 * sheet : 4 * sheet + 4]):
            left, top = n % 2 == 0, n < 2
            front = "".join(run(text) for x, y, text in fronts if (x < width / 2) == left and (y > height / 2) == top)
            # The sheet is turned on its long edge: what is left in front is right behind.
            back = "".join(run(text) for x, y, text in backs if (x < width / 2) != left and (y > height / 2) == top)
            assert run(record.entry.title) in front
            assert run(record.entry.title) in back
            assert run(record.id) in back


def test_a_step_longer_than_a_page_goes_on_with_every_word(pool: Project) -> None:
    site = pool.site()
    data = data_of(select(site, "charging-guidelines-workshop", "", {}), "guide", "a4", site)
    data["document"]["steps"][1]["text"] = " ".join(f"Sentence number {n} of a step that is too long." for n in range(300))
    pages = [run(page.extract_text()) for page in PdfReader(io.BytesIO(compile_pdf(data).pdf)).pages]
    found = [[n for n in range(300) if run(f"Sentence number {n} of a step") in page] for page in pages]
    held = [numbers for numbers in found if numbers]
    assert len(held) > 2
    # A sentence that a page ends in stands on neither page whole.
    assert len({n for numbers in held for n in numbers}) > 300 - 2 * len(held)
    joined = "".join(re.sub(r"guideforthefacilitatorwritingchargingguidelinesthatlast|\d+$", "", page) for page in pages)
    assert [n for n in range(300) if run(f"Sentence number {n} of a step that is too long") not in joined] == []
