"""The corpus of attacks, built once with each engine: what the check lets through is only text on every page."""

import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from bs4 import BeautifulSoup, Tag

from macros.entries import FOLDERS
from macros.policy import policy, scripts, write_policies
from macros.source import read_source
from macros.text import ATTRIBUTES, TAGS
from tests.attacks import NAMES, attacks
from tests.conftest import Small
from tests.engines import copy_project, mkdocs, page_names, zensical

pytestmark = pytest.mark.build

# Scripts that are data, which no browser runs, and the two small files that travel in the page of an entry, which none opens.
_DATA = ("application/json", "application/ld+json")
KEPT = ("data:application/x-bibtex;charset=utf-8,", "data:application/x-research-info-systems;charset=utf-8,")
# Ends an attribute, a tag, a comment, a script; begins an element, a template, a macro. Nobody else writes these words.
MARK = "\"'></title></script>--><x-attack onattack=1>{{1337*1337}}{%raw%}{#"
SECRET = "words-of-the-configuration"
PLAIN = re.compile(r"[a-z0-9/._-]+|https?://\S+")


def with_mark(meta: Any, holds: Any, root: Any = None) -> int:
    """Put the mark into every text of a tree of fields that still holds with it; gives their number."""
    root = meta if root is None else root
    count = 0
    for key in meta if isinstance(meta, dict) else range(len(meta)):
        value = meta[key]
        if isinstance(value, dict | list):
            count += with_mark(value, holds, root)
        elif isinstance(value, str) and not PLAIN.fullmatch(value):
            for changed in (value + MARK, MARK):
                meta[key] = changed
                if holds(root):
                    count += 1
                    break
                meta[key] = value
    return count


def holds(model: Any) -> Any:
    def test(meta: Any) -> bool:
        try:
            model.model_validate(meta)
        except ValueError:
            return False
        return True

    return test


def mark_fields(project: Path) -> int:
    """The mark in every text of the fields of every entry, and in the words of every vocabulary."""
    count = 0
    for path in sorted((project / "content").rglob("*.md")):
        source = read_source(path, project)
        count += with_mark(source.meta, holds(FOLDERS[path.parent.name]))
        front = yaml.safe_dump(source.meta, allow_unicode=True, sort_keys=False, width=10_000)
        path.write_text(f"---\n{front}---\n{source.body}", "utf-8")
    for path in sorted((project / "content/vocabulary").glob("*.yml")):
        found = yaml.load(path.read_text("utf-8"), Loader=yaml.BaseLoader)
        for group in (found, *found["terms"]):
            for name in {"title", "label", "description", "meaning"} & set(group):
                group[name] += MARK
                count += 1
        path.write_text(yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=10_000), "utf-8")
    return count


def add_texts(project: Path) -> int:
    """A topic for each attack in a text of which the check says nothing; gives their number."""
    small = Small(project)
    count = 0
    for attack in (attack for name in NAMES for attack in attacks(name) if attack.place == "text"):
        if not attack.answer(small):
            count += 1
            small.write(f"content/topics/attack-{count}.md", attack.entry()[1].replace("title: Attack", f"title: Attack {count}").encode())
    return count


@pytest.fixture(scope="module")
def attacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small pool full of attacks, built with both engines."""
    project = copy_project("clean-cooking", tmp_path_factory.mktemp("attacked") / "project")
    config = project / "mkdocs.yml"
    config.write_text(f"{config.read_text('utf-8')}\n# {SECRET}\n", "utf-8")
    assert add_texts(project) > 30
    assert mark_fields(project) > 150
    for build in (mkdocs, zensical):
        done = build(project)
        assert done.returncode == 0, done.stdout + done.stderr
    return project


def is_file_to_keep(element: Tag) -> bool:
    """Whether an element is a citation that a reader can keep as a file: its whole text stands in the address, every sign coded."""
    known = r"data:(application/x-[a-z-]+|application/vnd\.citationstyles\.csl\+json|application/json|text/plain);charset=utf-8,[\w.~%/-]*"
    return element.name == "a" and element.has_attr("download") and re.fullmatch(known, str(element.get("href")), re.ASCII) is not None


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_no_attack_becomes_an_element_an_attribute_or_a_script(attacked: Path, engine: str) -> None:
    site = attacked / f"site-{engine}"
    found = []
    for name in page_names(site):
        for element in BeautifulSoup((site / name).read_text("utf-8"), "html5lib").find_all(True):
            attributes = {key for key in element.attrs if "attack" in key or key.startswith("on") or '"' in key or "'" in key or "{" in key}
            script = element.name == "script" and "attack" in element.get_text() and element.get("type") not in _DATA
            kept = element.get("download") and str(element.get("href")).startswith(KEPT)
            address = not kept and any(
                re.match(r"\s*(javascript|data|vbscript):", str(element.get(key, "")), re.I) for key in ("href", "src", "action")
            )
            if element.name == "x-attack" or attributes or script or address:
                found.append((name, element.name, sorted(attributes)))
    assert found == []


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_text_of_an_entry_has_no_element_but_those_of_a_text(attacked: Path, engine: str) -> None:
    site = attacked / f"site-{engine}"
    found = []
    for name in page_names(site):
        for section in BeautifulSoup((site / name).read_text("utf-8"), "html5lib").select(".c-text"):
            for element in section.find_all(True):
                own = element.name == "h2" or element.get("class") == ["c-table"]
                if not own and (element.name not in TAGS or not set(element.attrs) <= ATTRIBUTES.get(element.name, set())):
                    found.append((name, str(element)[:100]))
    assert found == []


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_no_attack_is_run_and_nothing_is_fetched_into_a_page(attacked: Path, engine: str) -> None:
    found = []
    for path in sorted((attacked / f"site-{engine}").rglob("*")):
        if path.suffix in (".html", ".json", ".xml", ".txt", ".csv"):
            text = path.read_text("utf-8")
            found += [(path.name, word) for word in (str(1337 * 1337), "hacked", SECRET, "uid=0") if word in text]
    assert found == []


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_an_attack_in_a_title_is_shown_as_it_was_written(attacked: Path, engine: str) -> None:
    page = BeautifulSoup((attacked / f"site-{engine}/practices/stove-rental/index.html").read_text("utf-8"), "html5lib")
    heading = page.select_one("article h1")
    assert heading
    assert heading.get_text().endswith(MARK)
    assert page.title
    assert MARK in page.title.get_text()


@pytest.mark.parametrize("engine", ["mkdocs", "zensical"])
def test_the_policy_of_each_page_names_every_script_of_the_theme(attacked: Path, engine: str) -> None:
    site = attacked / f"site-{engine}"
    write_policies(site)
    unnamed = []
    for name in page_names(site):
        page = (site / name).read_bytes()
        said = re.search(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">', page)
        inside = list(scripts(page))
        assert said
        assert len(inside) > 2
        if said.group(1).decode() != policy(inside):
            unnamed.append(name)
    assert unnamed == []


def test_both_engines_make_the_same_pages_of_the_attacks(attacked: Path) -> None:
    assert page_names(attacked / "site-mkdocs") == page_names(attacked / "site-zensical")
