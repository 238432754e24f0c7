"""From a printed page to the entry: the short address, and what it says of the time since the print."""

import os
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Served
from tests.engines import copy_project, mkdocs

pytestmark = pytest.mark.browser

Visit = Callable[..., Page]
ENTRY = "practices/stove-rental/"


def git(project: Path, *arguments: str, day: str = "2026-01-01") -> None:
    names = {"GIT_CONFIG_GLOBAL": "/dev/null", "GIT_CONFIG_NOSYSTEM": "1"}
    for who in ("AUTHOR", "COMMITTER"):
        names |= {f"GIT_{who}_NAME": "a", f"GIT_{who}_EMAIL": "a@a.test", f"GIT_{who}_DATE": f"{day}T12:00:00+00:00"}
    subprocess.run(("git", *arguments), cwd=project, env=os.environ | names, check=True, capture_output=True)


@pytest.fixture(scope="module")
def kitchens(tmp_path_factory: pytest.TempPathFactory, serve: Callable[..., Served]) -> Served:
    """Another field of knowledge in a repository: one practice changed on 1 March and on 1 May, and was checked on 1 June 2026."""
    project = copy_project("clean-cooking", tmp_path_factory.mktemp("edition") / "project")
    entry = project / "content" / f"{ENTRY.rstrip('/')}.md"
    text = entry.read_text("utf-8").replace("owner: Kitchen", "aliases: [stoves-for-rent]\nowner: Kitchen")
    git(project, "init", "--quiet", "--initial-branch=main")
    for day, version in {
        "2026-02-01": text.replace("by the month", "by the year"),
        "2026-03-01": text,
        "2026-05-01": (text := text.replace("## What to do\n\nWords", "## What to do\n\nMore words")),
        "2026-06-01": text.replace("reviewed: 2026-10-01", "reviewed: 2026-10-02"),
    }.items():
        entry.write_text(version, "utf-8")
        git(project, "add", "content")
        git(project, "commit", "--quiet", "--message=x", day=day)
    with (project / "mkdocs.yml").open("a", encoding="utf-8") as config:
        config.write("\nextra_javascript: [assets/js/commons.mjs]\n")
    (project / "content/topics/new-topic.md").write_text((project / "content/topics/clean-air.md").read_text("utf-8"), "utf-8")
    done = mkdocs(project)
    assert not done.returncode, done.stderr[-2000:]
    return serve(project / "site-mkdocs")


@pytest.mark.parametrize(
    ("address", "said"),
    [
        (f"{ENTRY}?d=2026-02-10", "This entry has changed since your print of 10 February 2026. See what changed"),
        (f"{ENTRY}?d=2026-03-01", "This entry has changed since your print of 1 March 2026. See what changed"),
        (f"{ENTRY}?d=2026-05-01", "Unchanged since your print of 1 May 2026; it was checked again on 1 June 2026."),
        (f"{ENTRY}?d=2026-06-02", "Unchanged since your print of 2 June 2026; it last changed on 1 May 2026."),
        ("practices/../topics/clean-air/?d=2026-06-02", "Unchanged since your print of 2 June 2026."),
        (f"{ENTRY}?d=9999-01-01", "Your print bears the date 1 January 9999, which is still to come, so this page cannot say what changed since."),
        *(
            (f"{ENTRY}?d={day}", "The address on your print has no date that this page can read, so it cannot say what changed since.")
            for day in ("", "yesterday", "2026-02-31", "2026-2-1", "22.11.2026", "%3Cb%3E", "2026-02-01T00:00:00Z")
        ),
        ("topics/new-topic/?d=2026-02-10", "This entry was reviewed on 1 October 2026, after your print of 10 February 2026, and may have changed."),
        ("topics/new-topic/?d=2026-10-01", "No change is known since your print of 1 October 2026; the last review was on 1 October 2026."),
    ],
)
def test_a_page_says_what_became_of_it_since_the_print(kitchens: Served, visit: Visit, address: str, said: str) -> None:
    page = visit(f"{kitchens.address}/{address}")
    expect(page.get_by_role("status").filter(has_text="print")).to_have_text(said)


def test_without_a_print_a_page_says_nothing_and_keeps_its_changes_closed(kitchens: Served, visit: Visit) -> None:
    page = visit(f"{kitchens.address}/{ENTRY}")
    expect(page.locator("commons-edition")).to_be_empty()
    assert page.locator("#changes").get_attribute("open") is None


def test_the_changes_since_the_print_are_marked_newest_first(kitchens: Served, visit: Visit) -> None:
    page = visit(f"{kitchens.address}/{ENTRY}?d=2026-03-02")
    page.get_by_role("link", name="See what changed").click()
    expect(page.locator("#changes")).to_be_in_viewport()
    assert page.locator("#changes li").all_text_contents() == [
        "1 June 2026: Checked again; nothing else changed (since your print)",
        "1 May 2026: “What to do” (since your print)",
        "1 March 2026: Summary",
    ]


@pytest.mark.parametrize("address", ["e/stove-rental/", "e/stoves-for-rent/", "practices/stoves-for-rent/"])
def test_an_address_on_paper_leads_to_the_entry_with_its_date(kitchens: Served, visit: Visit, address: str) -> None:
    page = visit(f"{kitchens.address}/{address}?d=2026-02-10")
    page.wait_for_url(f"{kitchens.address}/{ENTRY}?d=2026-02-10")
    expect(page.get_by_role("status").filter(has_text="print")).to_contain_text("10 February 2026")


@pytest.mark.parametrize("address", ["e/stove-rental/", "e/stoves-for-rent/", "practices/stoves-for-rent/"])
def test_without_scripts_an_address_on_paper_leads_to_the_entry_and_its_changes_can_be_read(kitchens: Served, visit: Visit, address: str) -> None:
    page = visit(f"{kitchens.address}/{address}?d=2026-02-10", scripts=False)
    page.wait_for_url(f"{kitchens.address}/{ENTRY}")
    page.locator("#changes summary").click()
    expect(page.locator("#changes li").nth(1)).to_have_text("1 May 2026: “What to do”")


def test_an_address_on_paper_works_from_a_folder(kitchens: Served, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(f"file://{kitchens.site}/e/stove-rental/index.html?d=2026-02-10")
    page.wait_for_url(f"file://{kitchens.site}/{ENTRY}index.html?d=2026-02-10")
    page.close()


def test_short_addresses_are_found_by_no_search(kitchens: Served) -> None:
    pages = list((kitchens.site / "e").glob("*/index.html"))
    assert len(pages) > 10
    assert all('<meta name="robots" content="noindex">' in page.read_text("utf-8") for page in pages)
    assert "/e/" not in (kitchens.site / "sitemap.xml").read_text("utf-8")
    entries: Any = (kitchens.site / "explore/entries.json").read_text("utf-8")
    assert '"e/' not in entries
