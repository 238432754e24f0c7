"""The form that makes an entry: its rules are those of the check, its files those that the reader takes."""

import json
import re
import shutil
from collections.abc import Callable
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Locator, Page, expect

from macros.check import check
from macros.entries import KINDS
from macros.front_matter import entry_file
from macros.likeness import TITLE_LIKENESS, Likeness, plain
from macros.new import propose, taken_ids
from macros.source import read_source
from tests.browser.test_explore import faults, sideways
from tests.conftest import ROOT
from tests.test_new import AWKWARD

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
TODAY = date.today().isoformat()

MODULES = """async ([root, kind]) => {
  const [check, file, catalogue] = await Promise.all(["entry-check", "entry-file", "catalogue"].map((name) => import(`${root}assets/js/${name}.mjs`)));
  const read = async (name) => (await fetch(`${root}contribute/${name}.json`)).json();
  const [form, about, found] = await Promise.all([read("form"), read(kind), catalogue.loadCatalogue(root)]);
  const pool = check.poolOf(form, found.data, (place) => found.value(place, "kind"), await found.summaries());
  const judge = new check.Check(form, about, pool, new Date().toISOString().slice(0, 10));
  window.proposed = (title) => judge.propose(title);
  window.judged = (id, meta, sections) => ({ text: file.entryFile(about, meta, sections), problems: judge.problems(id, meta, sections, meta.status === "draft") });
}"""  # noqa: E501

GOOD: dict[str, Any] = {
    "title": "Chatteris tries a tram of its own",
    "summary": "A quiet borough built one short line and counted who came.",
    "topics": ["freight"],
    "governments": ["bd"],
    "period": {"start": "2021", "end": "2023-05"},
    "state": "ended",
    "state_checked": "2026-11-01",
    "evidence": "reported",
    "instruments": ["planning"],
    "levels": ["city"],
    "published": "2026-11-01",
    "reviewed": "2026-11-01",
    "owner": "Editors",
    "sources": {
        "source-1": {"title": "Tram report", "publisher": "Borough", "year": "2024", "url": "https://borough.test/report", "type": "report"},
        "source-2": {"title": "Nobody came", "publisher": "Daily paper", "type": "news"},
    },
    "key_figures": [{"claim": "Riders", "value": "12", "year": "2023", "kind": "result", "source": "source-1"}],
}
TEXTS = {section.title: "Short and plain [@source-1; @source-2]." for section in KINDS["case-study"].sections}
SOURCE = GOOD["sources"]["source-1"]
SUMMARY = read_source(ROOT / "content/case-studies/india-ev-journey.md", ROOT).meta["summary"]
LONG = "Notwithstanding considerable administrative complications, intergovernmental organisational responsibilities necessitated "

# What is changed in an entry without faults: fields by name (None: left out), or texts by the title of their section.
WRONG: dict[str, dict[str, Any]] = {
    "title-missing": {"title": None},
    "title-long": {"title": "x" * 121},
    "title-lines": {"title": "one\ntwo"},
    "summary-long": {"summary": "Long words follow here and they go on, " * 6 + "end"},
    "summary-card": {"summary": "It goes on and on, as nobody would want to read it on a card. " * 3 + "It ends after a time."},
    "governments-missing": {"governments": None},
    "government-unknown": {"governments": ["bangladesh-x"]},
    "government-of-other-kind": {"governments": ["freight"]},
    "government-twice": {"governments": ["bd", "bd"]},
    "state-unknown": {"state": "endet"},
    "state-far": {"state": "zzzz"},
    "instrument-unknown": {"instruments": ["plannning"]},
    "period-missing": {"period": None},
    "period-order": {"period": {"start": "2023-05", "end": "2021"}},
    "period-form": {"period": {"start": "May 2021"}},
    "period-day": {"period": {"start": "2021-02-30"}},
    "year-word": {"sources": {"source-1": {**SOURCE, "year": "last year"}}},
    "year-small": {"sources": {"source-1": {**SOURCE, "year": "1066"}}},
    "year-large": {"sources": {"source-1": {**SOURCE, "year": "2999"}}},
    "url-form": {"sources": {"source-1": {**SOURCE, "url": "www.borough.test"}}},
    "url-host": {"sources": {"source-1": {**SOURCE, "url": "https://user@bank.test/"}}},
    "link-host": {"What worked": "See [here](https://bank.test@evil.test/)."},
    "image-elsewhere": {"What worked": "See ![a tram][tram]."},
    "tag-of-other-names": {"What worked": "See <svg:script >x."},
    "url-script": {"sources": {"source-1": {**SOURCE, "url": "javascript:alert(1)"}}},
    "publisher-missing": {"sources": {"source-1": {name: value for name, value in SOURCE.items() if name != "publisher"}}},
    "source-unused": {"sources": {**GOOD["sources"], "source-3": {**SOURCE, "title": "Another"}}},
    "figure-source": {"key_figures": [{**GOOD["key_figures"][0], "source": "source-9"}]},
    "figure-year": {"key_figures": [{name: value for name, value in GOOD["key_figures"][0].items() if name != "year"}]},
    "section-missing": {"What worked": None},
    "section-later": {"What worked": None, "status": "draft"},
    "section-twice": {"What worked": "It ran.\n\n## What happened\n\nAgain."},
    "section-unknown": {"What worked": "It ran.\n\n## Anything else\n\nMore."},
    "section-misspelt": {"What worked": None, "What happened": "It ran.\n\n## What workd\n\nMore."},
    "citation-unknown": {"What worked": "So it is said [@source-7]."},
    "citation-words": {"What worked": "So it is said [@source-1, page 3]."},
    "citation-note": {"What worked": "So it is said [^1]."},
    "html": {"What worked": "It was <b>good</b> & fast."},
    "image": {"What worked": "See ![a tram](https://borough.test/tram.png)."},
    "heading-high": {"What worked": "# Everything\n\nAll of it."},
    "heading-row": {"What worked": "Everything\n===\n\nAll of it."},
    "link-script": {"What worked": "See [here](javascript:alert(1))."},
    "link-page": {"What worked": "See [here](/governments/bd/)."},
    "link-unknown": {"What worked": "See [here](../topics/freigt.md)."},
    "link-folder": {"What worked": "See [here](../practices/bd.md)."},
    "code-is-free": {"What worked": "Write `<b>` and\n\n```\n# no heading\n![x](y)\n```\n"},
    "line-long": {"What worked": "word " * 1001 + "end"},
    "hard": {"What worked": (LONG * 12).strip() + "."},
    "twin-title": {"title": "India's EV journey", "sources": GOOD["sources"]},
    "twin-order": {"title": "Journey: EV (India’s)"},
    "twin-summary": {"summary": f"{SUMMARY.rstrip('.')} !"},
    "no-twin-of-a-broken-title": {"title": "India's EV journey\nOnce more"},
    "state-in-the-future": {"state_checked": "2999-01-01"},
    "key-form": {"sources": {"Odd Key": SOURCE}},
    "key-long": {"sources": {"k" * 81: SOURCE}},
    "key-none": {"sources": {"--": SOURCE}},
    "source-few": {"sources": {"source-1": SOURCE, "source-2": {**SOURCE, "publisher": "BOROUGH"}}},
    "source-none": {"sources": None, "key_figures": None},
    "sources-broken": {"sources": {"source-1": {**SOURCE, "year": "x"}}, "key_figures": [{**GOOD["key_figures"][0], "source": "y"}]},
    "section-order": {"The situation": None, "What worked": "It ran.\n\n## The situation\n\nBad."},
    "section-empty": {"The situation": None, "What was done": "## The situation\n\nBad."},
    "unseen": {"state": "so\u00adon", "What worked": "See [here](so\u200con)."},
    "id-of-old-letters": {"sources": {"Straße": SOURCE}},
}


def test_the_form_and_the_command_say_the_same_of_the_same_mistakes(visit: Visit, address: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "content", tmp_path / "content")
    page = visit(f"{address}/contribute/")
    page.evaluate(MODULES, [f"{address}/", "case-study"])
    told: dict[str, list[tuple[str, str, str, str]]] = {}
    for name, changes in {"no-mistake": {}, **WRONG}.items():
        meta = {**GOOD, **({} if "title" in changes else {"title": f"Chatteris {name} {len(told)} tram"})}
        meta |= {"summary": f"Number {len(told)}: a borough built one short line."} if "summary" not in changes else {}
        texts = dict(TEXTS)
        for part, value in changes.items():
            (texts if part in TEXTS else meta)[part] = value
        meta, texts = ({key: value for key, value in found.items() if value is not None} for found in (meta, texts))
        found = page.evaluate("([id, meta, sections]) => window.judged(id, meta, sections)", [f"zz-{name}", meta, texts])
        told[name] = sorted((p["severity"], p["code"], p["message"], p["hint"]) for p in found["problems"])
        assert found["text"] == entry_file(KINDS["case-study"], meta, texts)
        (tmp_path / f"content/case-studies/zz-{name}.md").write_text(found["text"], "utf-8")
    checked = check(tmp_path / "content", tmp_path, date.today())
    files = {name: [p for p in checked.problems if p.path == f"content/case-studies/zz-{name}.md"] for name in told}
    said = {name: sorted((p.severity, p.code, p.message, p.hint) for p in problems) for name, problems in files.items()}
    differ = [name for name in told if told[name] != said[name]]
    assert {name: told[name] for name in differ} == {name: said[name] for name in differ}
    assert [name for name, problems in told.items() if not problems] == ["no-mistake", "code-is-free"]


def test_the_form_finds_the_twins_that_the_command_finds(visit: Visit, address: str) -> None:
    words, drawn = ["Depot", "grid", "2024", "½", "city", "İl", "Straße", "हिन्दी", "𝔹us"], Random(5)
    words += [one + other for one in "bdgklm" for other in ("an", "el", "ir", "os", "ut")]
    texts = [" ".join(drawn.choices(words, k=drawn.randint(0, 7))) for _ in range(90)]
    texts += [" ".join(drawn.sample(text.split(), len(text.split()))).upper() for text in texts[:40]]
    page = visit(f"{address}/contribute/")
    script = "async ([root, texts, least]) => { const { plain, twin } = await import(`${root}/assets/js/entry-likeness.mjs`), made = texts.map(plain); return made.map((_, n) => twin(made, n, least)); }"  # noqa: E501
    found = page.evaluate(script, [address, texts, TITLE_LIKENESS])
    likeness = Likeness([plain(text) for text in texts], TITLE_LIKENESS)
    twins = [likeness.twin(number) for number in range(len(texts))]
    assert found == [-1 if twin is None else twin for twin in twins]
    assert sum(twin is not None for twin in twins) > 60


def test_the_form_proposes_the_ids_that_the_command_proposes(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/")
    page.evaluate(MODULES, [f"{address}/", "case-study"])
    titles = ["India's EV journey", "Freight", "CON", "Łódź: Straße", "हिन्दी", "x" * 90, "word " * 20, "a" * 55 + " bcde fghi jk", ""]
    taken = taken_ids(check(ROOT / "content", ROOT, date.today()).pool)
    assert [page.evaluate("(title) => window.proposed(title)", title) for title in titles] == [propose(title, taken) for title in titles]


def test_awkward_values_go_through_the_browser_into_a_file_that_the_reader_takes(visit: Visit, address: str, tmp_path: Path) -> None:
    page = visit(f"{address}/contribute/")
    page.evaluate(MODULES, [f"{address}/", "case-study"])
    for text in AWKWARD:
        meta = {"title": text, "governments": [text, "in"], "sources": {"one": {"title": text, "note": text}}, "key_figures": [{"claim": text}]}
        found = page.evaluate("([meta, sections]) => window.judged('', meta, sections).text", [meta, TEXTS])
        assert found == entry_file(KINDS["case-study"], meta, TEXTS)
        path = tmp_path / "one.md"
        path.write_text(found, "utf-8")
        assert read_source(path, tmp_path).meta == meta


def field(page: Page, path: str) -> Locator:
    """The place of a field in the form, by its path: `#/period/start`."""
    return page.locator(f'[data-path="{path}"]')


def fill_in(page: Page) -> None:
    """A case in ten fields, by keyboard and by choice, as someone would who knows it."""
    field(page, "#/title").get_by_role("textbox").fill("Chatteris tries a tram of its own: 2021")
    field(page, "#/summary").get_by_role("textbox").fill("A quiet borough built one short line # and counted who came.")
    find = field(page, "#/governments").get_by_role("combobox")
    find.press_sequentially("bangla")
    find.press("ArrowDown")
    find.press("Enter")
    expect(field(page, "#/governments").get_by_role("button", name="Remove Bangladesh")).to_be_visible()
    field(page, "#/period/start").get_by_role("textbox").fill("2021")
    field(page, "#/state").get_by_role("radio", name=re.compile("^Ended")).check()
    field(page, "#/evidence").get_by_role("radio", name=re.compile("^Reported")).check()
    field(page, "#/instruments").get_by_role("checkbox").first.check()
    page.get_by_role("button", name="Add a source").click()
    field(page, "#/sources/0/title").get_by_role("textbox").fill("Tram: a report")
    field(page, "#/sources/0/publisher").get_by_role("textbox").fill("Borough of Chatteris")
    kind_of_source = field(page, "#/sources/0/type").get_by_role("combobox")
    kind_of_source.select_option("report")
    field(page, "#/sections/What was done").get_by_role("textbox").fill("The borough laid two kilometres of track.")
    field(page, "#/sections/What happened").get_by_role("textbox").fill("Few people came. “We counted twelve”, they said.")


def downloaded(page: Page, button: str, folder: Path) -> Path:
    """The file that a button of the form saves."""
    with page.expect_download() as caught:
        page.get_by_role("button", name=button).click()
    path = folder / caught.value.suggested_filename
    caught.value.save_as(path)
    return path


@pytest.mark.parametrize("width", [390, 1280])
def test_a_case_in_ten_fields_becomes_a_file_that_the_check_takes(visit: Visit, address: str, tmp_path: Path, width: int) -> None:
    page = visit(f"{address}/contribute/", width=width)
    page.get_by_role("button", name="Case study: The short way: ten fields").click()
    fill_in(page)
    page.get_by_role("button", name="Check it").click()
    expect(page.locator(".c-contribute__left")).to_contain_text("It is complete as a draft.")
    expect(page.locator(".c-contribute__left")).to_contain_text(
        "Left to an editor: The situation, What worked, What went wrong, What a peer should change."
    )
    expect(page.locator(".c-contribute__criteria li")).to_have_count(5)
    expect(page.locator(".c-preview h1")).to_have_text("Chatteris tries a tram of its own: 2021")
    expect(page.locator(".c-preview .c-sources li")).to_have_text(re.compile("^Borough of Chatteris .no year.. Tram: a report."))
    assert sideways(page) <= 0
    assert faults(page) == []
    path = downloaded(page, "Download the file", tmp_path)
    assert path.name == "chatteris-tries-a-tram-of-its-own-2021.md"
    shutil.copytree(ROOT / "content", tmp_path / "content")
    path.rename(tmp_path / "content/case-studies" / path.name)
    found = [p for p in check(tmp_path / "content", tmp_path, date.today()).problems if path.name in p.path]
    assert {p.code for p in found} == {"section-later", "source-few"}
    meta = read_source(tmp_path / "content/case-studies" / path.name, tmp_path).meta
    assert meta["summary"] == "A quiet borough built one short line # and counted who came."
    assert (meta["governments"], meta["levels"], meta["status"]) == (["bd"], ["national"], "draft")


def test_what_is_missing_is_said_in_the_words_of_the_check_and_leads_to_its_field(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/?kind=challenge")
    page.get_by_role("button", name="Check it").click()
    left = page.locator(".c-contribute__left")
    expect(left.get_by_role("status")).to_have_text("5 things to mend:")
    expect(left.get_by_role("link")).to_have_text(
        [
            "`title` must be given; it is missing.",
            "`summary` must be given; it is missing.",
            "the text must have a section 'The problem'; it is missing.",
            "the text must have a section 'Who faces it'; it is missing.",
            "the text must have a section 'What makes it hard'; it is missing.",
        ]
    )
    expect(field(page, "#/title").locator(".c-field__message")).to_have_text(
        "`title` must be given; it is missing. A short, plain name; sentence case, no full stop. For example: `title: Pooled procurement`."
    )
    left.get_by_role("link").nth(3).press("Enter")
    expect(field(page, "#/sections/Who faces it").get_by_role("textbox")).to_be_focused()
    assert faults(page) == []


def test_a_draft_survives_a_closed_page_and_goes_into_a_file_and_back(visit: Visit, address: str, tmp_path: Path) -> None:
    page = visit(f"{address}/contribute/?kind=challenge")
    field(page, "#/title").get_by_role("textbox").fill("Trams: nobody comes")
    expect(page.locator(".c-preview h1")).to_have_text("Trams: nobody comes")
    again = page.context.new_page()
    page.close()
    again.goto(f"{address}/contribute/?kind=challenge")
    expect(field(again, "#/title").get_by_role("textbox")).to_have_value("Trams: nobody comes")
    path = downloaded(again, "Save the draft as a file", tmp_path)
    assert json.loads(path.read_text("utf-8"))["meta"]["title"] == "Trams: nobody comes"
    again.on("dialog", lambda dialog: dialog.accept())
    again.goto(f"{address}/contribute/?kind=challenge&topic=freight")
    expect(again.locator(".c-contribute__form > .c-status")).to_have_text(
        "A draft that you began earlier is open. Start anew to begin with what the link fills in."
    )
    expect(field(again, "#/title").get_by_role("textbox")).to_have_value("Trams: nobody comes")
    again.get_by_role("button", name="Start anew").click()
    expect(field(again, "#/title").get_by_role("textbox")).to_have_value("")
    expect(field(again, "#/topics").get_by_role("button", name="Remove Freight")).to_have_count(1)
    odd = tmp_path / "odd.json"
    odd.write_text(
        json.dumps({"format": 1, "kind": "challenge", "meta": {"title": {"a": 1}, "sources": {"a": None}}, "sections": {"__proto__": "x"}})
    )
    field(again, "#/summary").get_by_role("textbox").fill("Nobody.")
    expect(again.locator(".c-preview")).to_contain_text("Nobody.")
    again.locator("input[type=file]").set_input_files(odd)
    expect(again.locator(".c-contribute__form > .c-status")).to_contain_text("This file is no draft of this form.")
    expect(field(again, "#/summary").get_by_role("textbox")).to_have_value("Nobody.")
    again.locator("input[type=file]").set_input_files(path)
    expect(field(again, "#/title").get_by_role("textbox")).to_have_value("Trams: nobody comes")


def test_an_address_fills_in_kind_and_fields(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/?kind=practice&topic=freight&evidence=reported")
    expect(page.locator("#form")).to_have_text("New entry: practice")
    expect(field(page, "#/topics").get_by_role("button", name=re.compile("^Remove "))).to_have_count(1)
    expect(field(page, "#/evidence").get_by_role("radio", name=re.compile("^Reported"))).to_be_checked()


def test_the_text_goes_into_an_address_or_onto_the_clipboard_where_it_is_too_long(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/")
    made = page.evaluate(
        """async (root) => {
          const send = await import(`${root}/assets/js/entry-send.mjs`);
          const form = { repository: "https://git.test/org/site", repository_middle: "", branch: "main", email: "us@site.test", site_name: "Site",
            words: { send: { subject: "{title} for {site}", mail: "{id}:", mail_paste: "Paste {id}" } } };
          return ["a & b\\n", "क".repeat(3000)].map((text) => [send.newFile(form, "practices", "one", text), send.mail(form, "one", "One", text)]);
        }""",
        address,
    )
    assert made == [
        [
            {"address": "https://git.test/org/site/new/main/content/practices?filename=one.md&value=a%20%26%20b%0A", "whole": True},
            {"address": "mailto:us@site.test?subject=One%20for%20Site&body=one%3A%0A%0Aa%20%26%20b%0A", "whole": True},
        ],
        [
            {"address": "https://git.test/org/site/new/main/content/practices?filename=one.md", "whole": False},
            {"address": "mailto:us@site.test?subject=One%20for%20Site&body=Paste%20one", "whole": False},
        ],
    ]


@pytest.mark.parametrize("width", [1280, 390])
def test_a_gap_leads_to_a_message_that_names_the_entry_and_what_it_lacks(visit: Visit, address: str, width: int) -> None:
    page = visit(f"{address}/landscape/gaps/", width)
    page.locator("#part-actions-without-region").get_by_role("link", name="Name one").first.click()
    expect(page.get_by_label("Entry")).to_have_value("ZEVTC workstream: battery supply chains")
    expect(page.get_by_role("link", name="Open ZEVTC workstream: battery supply chains in a new tab")).to_have_attribute(
        "href", "../../actions/zevtc-battery-supply-chains/"
    )
    expect(page.get_by_label("Something is wrong")).to_be_checked()
    what = page.get_by_label("What is right")
    expect(what).to_have_value("No government takes part from: Africa, Oceania. These do, and are missing here:")
    what.press("End")
    what.press_sequentially(" Kenya & others.")
    make = page.get_by_role("button", name="Make the message")
    make.press("Enter")
    source = page.get_by_label("Where it can be checked")
    expect(source).to_be_focused()  # a fact without a source is no correction
    source.fill("https://agency.test/list")
    page.get_by_label("Your name").fill("Ada")
    make.press("Enter")
    expect(page.get_by_role("heading", name="Send it to the editors")).to_be_focused()
    text = (
        "ZEVTC workstream: battery supply chains (content/actions/zevtc-battery-supply-chains.md)\n\n"
        "Something is wrong, out of date or missing.\n\n"
        "No government takes part from: Africa, Oceania. These do, and are missing here: Kenya & others.\n\n"
        "Where it can be checked: https://agency.test/list\n\nFrom: Ada"
    )
    expect(page.locator(".c-correct__text")).to_have_text(text, use_inner_text=True)
    letter = page.get_by_role("link", name="Send by e-mail").get_attribute("href") or ""
    subject, _, body = letter.removeprefix("mailto:?subject=").partition("&body=")
    assert (unquote(subject), unquote(body)) == ("ZEV Commons: Correct: zevtc-battery-supply-chains", text)
    page.get_by_role("button", name="Copy the text").press("Enter")
    expect(page.locator('commons-correct [data-part="status"]')).to_have_text("The text is on the clipboard.")
    assert page.evaluate("navigator.clipboard.readText()") == text
    assert faults(page) == []
    assert sideways(page) == 0


def test_an_entry_that_still_holds_needs_no_source_and_an_unknown_one_is_named_as_it_was_asked_for(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/correct/?entry=no-such-entry")
    expect(page.get_by_label("Entry")).to_have_value("no-such-entry")
    page.get_by_label("All of it still holds.").check()
    page.get_by_role("button", name="Make the message").click()
    expect(page.locator(".c-correct__text")).to_have_text("no-such-entry\n\nAll of it still holds.", use_inner_text=True)


def test_a_correction_goes_into_an_issue_of_either_platform_or_is_pasted_where_it_is_too_long(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/correct/")
    made = page.evaluate(
        """async (root) => {
          const { newIssue } = await import(`${root}/assets/js/commons-correct.mjs`);
          const asked = (middle, text) => newIssue({ repository: "https://git.test/org/site", repository_middle: middle }, "Correct: one", text);
          return [asked("", "a & b"), asked("-/", "a & b"), asked("", "क".repeat(3000))];
        }""",
        address,
    )
    assert made == [
        {"address": "https://git.test/org/site/issues/new?title=Correct%3A%20one&body=a%20%26%20b", "whole": True},
        {
            "address": "https://git.test/org/site/-/issues/new?issue%5Btitle%5D=Correct%3A%20one&issue%5Bdescription%5D=a%20%26%20b",
            "whole": True,
        },
        {"address": "https://git.test/org/site/issues/new?title=Correct%3A%20one", "whole": False},
    ]


def test_without_scripts_the_page_says_what_to_do(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/", scripts=False)
    expect(page.locator("commons-contribute")).to_contain_text("The form needs JavaScript.")
    page = visit(f"{address}/contribute/correct/?entry=icct", scripts=False)
    expect(page.locator("commons-correct")).to_contain_text("The form needs JavaScript. Without it, tell the editors in an e-mail or an issue")
    expect(page.locator("commons-correct form")).to_be_hidden()


def test_the_form_asks_no_other_host(visit: Visit, address: str) -> None:
    page = visit(f"{address}/contribute/")
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.get_by_role("button", name="Practice: Fill in the form").click()
    expect(page.locator(".c-preview h1")).to_be_visible()
    assert asked
    assert [url for url in asked if not url.startswith(address)] == []
