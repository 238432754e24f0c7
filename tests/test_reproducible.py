"""One commit gives one site: other clocks, time zones, languages, hash seeds and paths change no byte; and the copy on a stick."""

import hashlib
import os
import subprocess
import sys
import zipfile
from datetime import date, timedelta
from pathlib import Path

import pytest
from bs4 import BeautifulSoup

from macros.clock import build_day
from macros.exports.classic import classic
from macros.exports.offline import address, page
from tests.conftest import ROOT
from tests.engines import copy_project

# 21 November 2026, 12:00 UTC.
MOMENT = "1795262400"
HERE = {"TZ": "Pacific/Kiritimati", "LANG": "C", "LC_ALL": "C", "PYTHONHASHSEED": "1"}
THERE = {"TZ": "America/Los_Angeles", "LANG": "C.UTF-8", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "77"}
# More than a year later, every review of the project is due, and no meeting is still to come. Files keep their own times.
CLOCK = next(iter(sorted(str(path) for path in Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))), "")
LATER = {"LD_PRELOAD": CLOCK, "FAKETIME": "+500d", "NO_FAKE_STAT": "1"} if CLOCK else {}


def committed(project: Path) -> Path:
    """The project as one commit, the same one wherever it lies; its time is what a build takes for the clock."""
    names = {f"GIT_{who}_{what}": value for who in ("AUTHOR", "COMMITTER") for what, value in (("NAME", "a"), ("EMAIL", "a@a.test"))}
    names |= {"GIT_AUTHOR_DATE": f"{MOMENT} +0000", "GIT_COMMITTER_DATE": f"{MOMENT} +0000", "GIT_CONFIG_GLOBAL": os.devnull}
    for arguments in (("init", "--quiet"), ("add", "content", "docs", "mkdocs.yml"), ("commit", "--quiet", "--message=x")):
        subprocess.run(("git", *arguments), cwd=project, env=os.environ | names, check=True, capture_output=True)
    return project


def built(project: Path, **environment: str) -> Path:
    left_out = ("SITE_NAME", "SITE_URL", "REPO_URL", "COMMONS_DOCS", "COMMONS_DRAFTS", "SOURCE_DATE_EPOCH")
    clean = {name: value for name, value in os.environ.items() if name not in left_out}
    done = subprocess.run(
        [sys.executable, "-m", "macros", "site"],
        cwd=project,
        env={**clean, **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=900,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return project / "site"


def sums(site: Path) -> dict[str, str]:
    return {path.relative_to(site).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest() for path in site.rglob("*") if path.is_file()}


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return built(committed(copy_project("clean-cooking", tmp_path_factory.mktemp("one") / "project")), **HERE)


@pytest.mark.build
def test_two_builds_of_one_commit_are_the_same_bytes(one: Path, tmp_path: Path) -> None:
    other = built(committed(copy_project("clean-cooking", tmp_path / "elsewhere" / "a longer path")), **THERE, **LATER)
    first, second = sums(one), sums(other)
    assert sorted(name for name in first.keys() | second.keys() if first.get(name) != second.get(name)) == []
    assert {"data/offline.zip", "data/entries.json", "sitemap.xml.gz", "pagefind/pagefind.js"} <= first.keys()


@pytest.mark.skipif(not CLOCK, reason="there is no libfaketime; see tools/faketime.sh")
def test_the_second_build_has_another_clock() -> None:
    code = "import datetime; print(datetime.date.today())"
    done = subprocess.run((sys.executable, "-c", code), env={**os.environ, **LATER}, capture_output=True, text=True, check=True)
    assert date.fromisoformat(done.stdout.strip()) - date.today() >= timedelta(days=499)


@pytest.mark.build
def test_every_link_of_the_copy_leads_to_a_file(one: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(one / "data/offline.zip") as file:
        file.extractall(tmp_path)
    site = tmp_path / "site"
    broken = []
    for path in site.rglob("*.html"):
        soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
        for link in [*soup.find_all("a", href=True), *soup.find_all("script", src=True), *soup.find_all("link", href=True)]:
            href = str(link.get("href") or link.get("src"))
            if link.find_parent(hidden=True):  # the row of a file that was not made
                continue
            target = (path.parent / href.partition("#")[0].partition("?")[0]).resolve()
            if path.name != "404.html" and not href.startswith(("http:", "https:", "#", "?", "data:", "mailto:")) and not target.is_file():
                broken.append((path.relative_to(site).as_posix(), href))
    assert broken == []
    assert (site / "practices/stove-rental/index.html").is_file()
    assert (site / "explore/entries.json.js").read_text("utf-8").startswith('(globalThis.commonsData ??= {})["explore/entries.json"] = {"format":')


def test_the_day_of_a_build_can_be_given(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", MOMENT)
    assert build_day() == date(2026, 11, 21)


@pytest.mark.parametrize(
    ("href", "wanted"),
    [
        ("../practices/one/", "../practices/one/index.html"),
        ("../explore/?kind=practice#top", "../explore/index.html?kind=practice#top"),
        ("..", "../index.html"),
        (".", "./index.html"),
        ("../..", "../../index.html"),
        ("./", "./index.html"),
        ("#source-1", "#source-1"),
        ("../data/entries.json", "../data/entries.json"),
        ("https://example.org/a/", "https://example.org/a/"),
        ("data:text/plain,a/", "data:text/plain,a/"),
        ("index.md", "index.md"),
        ("", ""),
    ],
)
def test_links_to_folders_name_their_page(href: str, wanted: str) -> None:
    assert address(href) == wanted


def test_a_page_from_a_folder_has_the_plain_script() -> None:
    before = (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self'; object-src 'none'\">"
        '<a class="x" href="../topics/">T</a><script src="../assets/js/commons.mjs" type="module"></script>'
    )
    after = (
        "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'self' file:; object-src 'none'\">"
        '<a class="x" href="../topics/index.html">T</a><script src="../assets/js/offline.js" defer></script>'
    )
    assert page(before, scripts=True) == after
    assert page(before, scripts=False) == after.replace('<script src="../assets/js/offline.js" defer></script>', "")


def test_every_element_of_the_lists_is_in_the_plain_script() -> None:
    script = classic(ROOT / "overrides/assets/js")
    assert [
        name for name in ("explore", "facet", "place", "compare", "search", "menu") if f'customElements.define("commons-{name}"' not in script
    ] == []
    assert "import {" not in script
    assert 'link.pathname += "index.html"' in script
    assert "export " not in script


def test_an_element_with_a_package_is_left_out_of_the_plain_script(tmp_path: Path) -> None:
    (tmp_path / "commons.mjs").write_text('import { a } from "./a.mjs";\na();\n', "utf-8")
    (tmp_path / "a.mjs").write_text("export const a = () => 1;\nconst b = 2;\n", "utf-8")
    (tmp_path / "commons-far.mjs").write_text('import { far } from "../../vendor/far.mjs";\nexport class Far {}\n', "utf-8")
    (tmp_path / "commons-near.mjs").write_text('import { a as own } from "./a.mjs";\nown();\n', "utf-8")
    script = classic(tmp_path)
    assert "Far" not in script
    assert script.index('modules["a"] =') < script.index("const { a: own } = modules") < script.index('modules["commons"] =')
