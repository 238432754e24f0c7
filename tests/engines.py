"""Builds a project with either engine, and reads pages of the built site."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

from bs4 import BeautifulSoup, Tag

from macros.ahead import ahead

ROOT = Path(__file__).resolve().parent.parent
PROJECTS = ROOT / "tests" / "projects"


def copy_project(name: str, target: Path) -> Path:
    """A project under tests/projects with the repository's generator and theme beside it."""
    shutil.copytree(PROJECTS / name, target)
    for folder in ("overrides", "macros"):
        (target / folder).symlink_to(ROOT / folder)
    return target


def copy_repository(target: Path) -> Path:
    """The repository's own content, pages, theme and configuration, for a build that touches nothing of it."""
    target.mkdir(parents=True)
    for name in ("content", "docs"):
        shutil.copytree(ROOT / name, target / name)
    shutil.copy(ROOT / "mkdocs.yml", target)
    for folder in ("overrides", "macros"):
        (target / folder).symlink_to(ROOT / folder)
    return target


def mkdocs(project: Path) -> subprocess.CompletedProcess[str]:
    """Plain `mkdocs build --strict`, into `site-mkdocs`."""
    return _run(project, "mkdocs", "build", "--strict", "--site-dir", str(project / "site-mkdocs"))


def zensical(project: Path) -> subprocess.CompletedProcess[str]:
    """Stage the pages, then build the same folder with Zensical, into `site-zensical`."""
    staged = _run(project, "macros.cli", "stage", ".build/docs")
    if staged.returncode:
        return staged
    done = _run(project, "zensical", "build", "--clean", COMMONS_DOCS=".build/docs")
    if not done.returncode:
        (project / "site").rename(project / "site-zensical")
    return done


def _run(project: Path, module: str, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-c", f"import sys; sys.argv[0] = '{module}'; from {module} import main; main()", *arguments]
    if module in ("mkdocs", "zensical"):
        command = [sys.executable, "-m", module, *arguments]
    clean = {name: value for name, value in os.environ.items() if name not in ("SITE_NAME", "SITE_URL", "REPO_URL", "COMMONS_DOCS")}
    return subprocess.run(
        command,
        cwd=project,
        env={**clean, "NO_MKDOCS_2_WARNING": "1", "COMMONS_DRAFTS": "1", **environment},
        capture_output=True,
        text=True,
        check=False,
        timeout=1_800,
    )


@dataclass(frozen=True)
class BuiltPage:
    """What a reader gets from a page, whatever engine made it."""

    title: str
    description: str
    headings: tuple[tuple[str, str], ...]
    text: str
    links: tuple[str, ...]


@dataclass(frozen=True)
class WholePage:
    """A page with what its frame brings too: every id, and the addresses of the links that are not hidden."""

    page: BuiltPage
    ids: tuple[str, ...]
    targets: tuple[str, ...]


def read_site(site: Path) -> dict[str, WholePage]:
    """Every page of a built site by its name, read on all processors: it takes a while."""
    names = page_names(site)
    return dict(zip(names, ahead(lambda name: read_whole(site / name), names), strict=True))


def read_whole(path: Path) -> WholePage:
    """A page of a built site."""
    soup = BeautifulSoup(path.read_text("utf-8"), "html.parser")
    ids = tuple(str(tag["id"]) for tag in soup.find_all(id=True))
    # The row of a file that this build did not make is hidden (data/offline.zip is made by `commons site`).
    targets = tuple(str(link["href"]) for link in soup.find_all("a", href=True) if not link.find_parent(hidden=True))
    return WholePage(_page(soup), ids, targets)


def read_page(path: Path) -> BuiltPage:
    """What a reader gets from a page of a built site."""
    return _page(BeautifulSoup(path.read_text("utf-8"), "html.parser"))


def _page(soup: BeautifulSoup) -> BuiltPage:
    """What a page says; Zensical's empty skip anchor and what is filled in after the engine are left aside."""
    article = soup.find("article")
    assert isinstance(article, Tag)
    assert soup.title
    for anchor in article.select("#__skip"):
        anchor.decompose()
    for row in article.select("tr[data-file]"):
        row.decompose()  # sizes are filled in after the engine
    description = soup.find("meta", attrs={"name": "description"})
    return BuiltPage(
        soup.title.get_text(),
        str(description.get("content", "")) if isinstance(description, Tag) else "",
        tuple((heading.name, heading.get_text()) for heading in article.find_all(["h1", "h2", "h3", "h4"])),
        " ".join(article.get_text(" ").split()),
        tuple(str(link.get("href", "")) for link in article.find_all("a")),
    )


def page_names(site: Path) -> list[str]:
    """The pages that an engine built, as POSIX paths, sorted; without the short addresses that are written after it."""
    return sorted(name for path in site.rglob("index.html") if not (name := path.relative_to(site).as_posix()).startswith("e/"))
