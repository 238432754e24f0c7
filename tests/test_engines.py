"""The same folder and configuration, built with both engines, give the same site."""

import re
from collections import Counter
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import pytest
from bs4 import BeautifulSoup

from tests.engines import WholePage, copy_project, copy_repository, mkdocs, page_names, read_page, read_site, zensical

pytestmark = pytest.mark.build

HOSTILE = """
---
title: "Braces {{ 7*7 }} & <b>tags</b> {% raw %}"
summary: "Sum {{ 7*7 }} {{ cycler.__init__.__globals__ }} <script>alert(1)</script>."
topics: [fuel-supply]
evidence: counted
instruments: [rental]
levels: [ward]
published: 2026-01-10
reviewed: 2026-10-01
owner: "{{ 7*7 }}"
---

## The challenge

Braces {{ 7*7 }} and {% include "mkdocs.yml" %} and {# a comment #} stay.

--8<-- "mkdocs.yml"

## What to do

`{{ 7*7 }}` in code stays too.

## What it takes

1 < 2 & 3 > 2, and [a link](https://example.org/?a=1&b=2){ onclick="alert(1)" }.

## What happened

    {{ 7*7 }}

## What did not work

| {{ 7*7 }} | b |
| --- | --- |
| *x* | **y** |

## Adapting it

Devanagari वाहन, Thai ยานยนต์, Arabic مركبة, Chinese 车辆.

## Questions for discussion

- **Everyone:** why?
"""


@pytest.fixture(scope="module")
def repository(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The repository's own pool, built with both engines."""
    project = copy_repository(tmp_path_factory.mktemp("repository") / "project")
    for build in (mkdocs, zensical):
        done = build(project)
        assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pool of another field of knowledge with a hostile entry in it, built with both engines."""
    project = copy_project("clean-cooking", tmp_path_factory.mktemp("kitchens") / "project")
    (project / "content" / "practices" / "braces.md").write_text(HOSTILE.lstrip(), "utf-8")
    for build in (mkdocs, zensical):
        done = build(project)
        assert done.returncode == 0, done.stdout + done.stderr
    return project


@pytest.fixture(scope="module")
def ours(repository: Path) -> dict[str, WholePage]:
    """The pages that MkDocs made."""
    return read_site(repository / "site-mkdocs")


def test_both_engines_make_the_same_pages(repository: Path) -> None:
    assert page_names(repository / "site-mkdocs") == page_names(repository / "site-zensical")


def test_every_page_has_the_same_title_headings_text_and_links(repository: Path, ours: dict[str, WholePage]) -> None:
    theirs = read_site(repository / "site-zensical")
    assert [name for name, whole in ours.items() if whole.page != theirs[name].page] == []


def test_every_link_leads_to_a_page_and_every_anchor_to_a_place(repository: Path, ours: dict[str, WholePage]) -> None:
    ids = {name: set(whole.ids) for name, whole in ours.items()}
    broken = []
    for name, whole in ours.items():
        here = "https://x.test/" + name.removesuffix("index.html")
        for link in whole.targets:
            target = urlsplit(urljoin(here, link))
            page = target.path.lstrip("/") + ("index.html" if target.path.endswith("/") else "")
            if target.netloc != "x.test" or (page not in ours and (repository / "site-mkdocs" / page).is_file()):
                continue
            if page not in ours or (target.fragment and target.fragment not in ids[page]):
                broken.append((name, link))
    assert broken == []


def test_no_id_stands_twice_on_a_page(ours: dict[str, WholePage]) -> None:
    twice = {name: sorted(id for id, times in Counter(whole.ids).items() if times > 1) for name, whole in ours.items()}
    assert {name: ids for name, ids in twice.items() if ids} == {}


def test_without_a_repository_no_page_offers_to_edit_and_a_mistake_is_reported_by_the_form(repository: Path) -> None:
    pages = [(repository / "site-mkdocs" / name).read_text("utf-8") for name in page_names(repository / "site-mkdocs")]
    assert not any("Edit this page" in page for page in pages)
    ways = [way for page in pages for way in re.findall('href="([^"]*)"[^>]*>Report a mistake<', page)]
    assert len(ways) > 400
    assert [way for way in ways if not re.fullmatch(r"\.\./\.\./contribute/correct/\?entry=[a-z0-9-]+&amp;about=wrong", way)] == []


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_entry_text_is_never_a_template(kitchens: Path, engine: str) -> None:
    page = read_page(kitchens / f"site-{engine}" / "practices" / "braces" / "index.html")
    assert page.title.startswith("Braces {{ 7*7 }} & <b>tags</b> {% raw %}")
    assert page.headings[0] == ("h1", "Braces {{ 7*7 }} & <b>tags</b> {% raw %}")
    assert page.description == "Sum {{ 7*7 }} {{ cycler.__init__.__globals__ }} <script>alert(1)</script>."
    assert 'Braces {{ 7*7 }} and {% include "mkdocs.yml" %} and {# a comment #} stay.' in page.text
    assert '--8<-- "mkdocs.yml"' in page.text
    assert page.text.count("{{ 7*7 }}") >= 7
    assert "49" not in page.text


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_entry_text_brings_no_tag_and_no_handler(kitchens: Path, engine: str) -> None:
    soup = BeautifulSoup((kitchens / f"site-{engine}" / "practices" / "braces" / "index.html").read_text("utf-8"), "html.parser")
    assert not [tag for tag in soup.find_all(True) if "alert(1)" in str(tag.attrs.values()) and tag.name != "meta"]
    # Linked data are read by programs and run by none; nothing in them can end their element.
    linked = soup.find_all("script", type="application/ld+json")
    assert [len(linked), "<" in linked[0].get_text()] == [1, False]
    assert not [script for script in soup.find_all("script") if script not in linked and "alert(1)" in script.get_text()]


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_a_hostile_title_stays_text_in_lists_and_macros(kitchens: Path, engine: str) -> None:
    for name in ("practices/index.html", "topics/fuel-supply/index.html", "index.html"):
        text = read_page(kitchens / f"site-{engine}" / name).text
        assert "Braces {{ 7*7 }} & <b>tags</b> {% raw %}" in text, name
        assert "49" not in text


def test_both_engines_agree_on_another_field_of_knowledge(kitchens: Path) -> None:
    names = page_names(kitchens / "site-mkdocs")
    assert names == page_names(kitchens / "site-zensical")
    assert [name for name in names if read_page(kitchens / "site-mkdocs" / name) != read_page(kitchens / "site-zensical" / name)] == []


def test_another_field_of_knowledge_speaks_its_own_words(kitchens: Path) -> None:
    page = read_page(kitchens / "site-mkdocs" / "practices" / "stove-rental" / "index.html")
    assert "Stove Biogas stoves" in page.text
    assert "Kind of place Ward" in page.text
    assert "What it changed: Paid in grain." in page.text
    assert "Hearth League: Gas for all" in page.text


def test_a_coalition_sees_what_nobody_tagged_with_it(kitchens: Path) -> None:
    site = kitchens / "site-mkdocs"
    page = read_page(site / "coalitions" / "smoke-free-circle" / "index.html")
    assert "Breathe easy" in page.text
    lists = [link for link in page.links if "/explore/term/" in link]
    assert lists
    shown = [read_page((site / "coalitions" / "smoke-free-circle" / link / "index.html").resolve()).text for link in lists]
    assert any("Upper Ward rents stoves" in text for text in shown)
