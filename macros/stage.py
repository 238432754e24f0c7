"""The pages as one folder of plain Markdown, for any engine: hand-written pages copied, the rest generated.

A file is written only if its bytes change and removed only if nothing makes it any more, so that an
engine that looks at times rebuilds what changed and nothing else.
"""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .docs_check import problems_of_docs
from .page import Page
from .problems import ContentError, Problem
from .project import Project
from .text import Texts
from .views import page_names, pages


@dataclass(frozen=True)
class Staged:
    """What staging did, as POSIX paths relative to the folder, sorted."""

    written: tuple[str, ...]
    removed: tuple[str, ...]
    pages: int
    rendered: int


def problems(project: Project) -> tuple[Problem, ...]:
    """All problems of a project: of its content, and if that holds, of its hand-written pages."""
    found = project.checked.problems
    if project.checked.errors:
        return found
    settings = project.settings
    docs = problems_of_docs(settings.docs, settings.root, project.site())
    return tuple(sorted((*found, *docs, *_clashes(project))))


def stage(project: Project, folder: Path) -> Staged:
    """Write every page under `folder`; raises ContentError, and writes nothing, if anything is wrong."""
    errors = [problem for problem in problems(project) if problem.severity == "error"]
    if errors:
        raise ContentError(errors)
    texts = Texts(project.settings.build / "text.sqlite")
    site = project.site(texts)
    wanted: dict[str, Page | Path] = dict(_hand_written(project.settings.docs))
    wanted.update((page.src_uri, page) for page in pages(site))
    written = [name for name, content in sorted(wanted.items()) if _write(folder / name, content)]
    removed = sorted(_remove_others(folder, set(wanted)))
    rendered = texts.rendered
    texts.close()
    return Staged(tuple(written), tuple(removed), len(wanted), rendered)


def _hand_written(docs: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(docs.rglob("*")) if docs.is_dir() else ():
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(docs).parts):
            yield path.relative_to(docs).as_posix(), path


def _clashes(project: Project) -> Iterator[Problem]:
    settings = project.settings
    generated = page_names(project.site())
    for name, path in _hand_written(settings.docs):
        if name in generated:
            yield Problem(
                path.relative_to(settings.root).as_posix(), 1, 1, "page-clash",
                "a page of this address is generated from the content; found a hand-written one too", "Rename it, or remove it.",
            )  # fmt: skip


def _write(path: Path, content: Page | Path) -> bool:
    new = content.read_bytes() if isinstance(content, Path) else content.text().encode()
    if path.is_file() and path.read_bytes() == new:
        return False
    if path.is_dir():
        shutil.rmtree(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(new)
    return True


def _remove_others(folder: Path, wanted: set[str]) -> Iterator[str]:
    for path in sorted(folder.rglob("*"), reverse=True):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() and not path.is_symlink():
            if not any(path.iterdir()):
                path.rmdir()
        elif name not in wanted:
            path.unlink()
            yield name
