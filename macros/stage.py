"""The pages as one folder of plain Markdown, for any engine: hand-written pages copied, the rest generated.

A file is written only if its bytes change and removed only if nothing makes it any more, so that an
engine that looks at times rebuilds what changed and nothing else.
"""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from .ahead import Each, ahead
from .docs_check import problems_of_docs, url_of
from .figures import NotDrawn
from .kept import put, read_kept, write_kept
from .page import File, Page
from .pool import Record
from .problems import ContentError, Problem
from .project import Project
from .text import Texts, link_of
from .views import Site, entry_page, files, other_pages, page_names
from .views.shapes import Printed

Content = Record | Page | File | Path
MANIFEST = ".staged-by-commons"


class NotAStage(Exception):
    """The folder is no place for staged pages; the message says why."""


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


def stage(project: Project, folder: Path, printed: Mapping[str, tuple[Printed, ...]] | None = None, several: bool = True) -> Staged:
    """Write every page under `folder`; raises ContentError, and writes nothing, if anything is wrong.

    `printed` has the PDFs of each bundle, which its page tells of. `several` processes may work at it, unless this one has threads.
    The folder keeps a list of what was written (`MANIFEST`), and only what stands in it is ever removed. A folder
    that has other things in it, or that is part of the project's own sources, is refused with NotAStage.
    """
    before = _manifest(project, folder)
    errors = [problem for problem in problems(project) if problem.severity == "error"]
    if errors:
        raise ContentError(errors)
    each: Each = ahead if several else map
    texts = Texts(project.texts)
    site = project.site(texts, printed, project.history)
    texts.prepare(site.catalogue.records)
    entries: dict[str, Content] = {f"{link_of(record)}index.md": record for record in site.catalogue.records}
    others: dict[str, Content] = {**dict(_hand_written(project.settings.docs)), **{file.src_uri: file for file in files(site)}}
    names = page_names(site) | others.keys()
    _write_manifest(folder, before | names, before)  # first, so that a run that is cut off can be taken up again
    begun = _begin(folder, entries, site, each)  # by other processes, while this one puts together the pages of lists
    others.update((page.src_uri, page) for page in other_pages(site))
    written = sorted((*begun, *_begin(folder, others, site, each)))
    removed = [name for name in sorted(before - names) if _remove(folder, name)]
    _write_manifest(folder, names, before | names)
    texts.close()
    site.drawings.forget_others()
    return Staged(tuple(written), tuple(removed), len(names), texts.rendered)


def _write_manifest(folder: Path, names: set[str], before: set[str]) -> None:
    if names != before or not (folder / MANIFEST).is_file():
        write_kept(folder / MANIFEST, ("\n".join(sorted(names)) + "\n").encode())


def _manifest(project: Project, folder: Path) -> set[str]:
    """What an earlier run wrote here; raises NotAStage if this is no place for staged pages."""
    settings, place = project.settings, folder.resolve()
    sources = [settings.content, settings.docs, settings.overrides, settings.root / "macros", settings.root / ".git"]
    if settings.root.resolve().is_relative_to(place) or any(
        place.is_relative_to(source.resolve()) or source.resolve().is_relative_to(place) for source in sources
    ):
        raise NotAStage(f"{folder} holds the sources of the project; choose another folder, such as .build/docs")
    if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
        raise NotAStage(f"{folder} is not a folder; remove it, or choose another name")
    if (kept := read_kept(folder / MANIFEST)) is not None:
        return set(kept.decode().split("\n")) - {""}
    if folder.is_dir() and place == settings.staged.resolve():
        return {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file() and path.name != MANIFEST}
    if (folder / MANIFEST).exists():
        raise NotAStage(f"{folder / MANIFEST}, the list of what staging made, is torn; remove the folder, or choose a new one")
    if folder.is_dir() and any(folder.iterdir()):
        raise NotAStage(f"{folder} has things in it that staging did not make; choose an empty or a new folder")
    return set()


def _hand_written(docs: Path) -> Iterator[tuple[str, Path]]:
    for path in sorted(docs.rglob("*")) if docs.is_dir() else ():
        if path.is_file() and not any(part.startswith(".") for part in path.relative_to(docs).parts):
            yield path.relative_to(docs).as_posix(), path


def _clashes(project: Project) -> Iterator[Problem]:
    settings = project.settings
    written = [(url_of(name), path) for name, path in _hand_written(settings.docs) if path.suffix == ".md"]
    generated = {url_of(name) for name in page_names(project.site(), {url.partition("/")[0] for url, _ in written})}
    for url, path in written:
        if url in generated:
            yield Problem(
                path.relative_to(settings.root).as_posix(), 1, 1, "page-clash",
                "a page of this address is generated from the content; found a hand-written one too", "Rename it, or remove it.",
            )  # fmt: skip


def _begin(folder: Path, wanted: Mapping[str, Content], site: Site, each: Each) -> Iterator[str]:
    """Begin to make and write what is wanted, in the order of the names; gives those that were written."""

    def write(item: tuple[str, Content]) -> bool:
        name, content = item
        return _write(folder, name, entry_page(content, site) if isinstance(content, Record) else content)

    def act(item: tuple[str, Content]) -> tuple[bool, dict[str, str], dict[str, str]] | None:
        try:
            return write(item), site.drawings.news(), site.texts.news()
        except NotDrawn:
            return None

    def read() -> Iterator[str]:
        for item, done in zip(ordered, begun, strict=True):
            written, drawn, rendered = done or (write(item), {}, {})
            site.drawings.learn(drawn)
            site.texts.learn(rendered)
            if written:
                yield item[0]

    site.drawings.news()
    ordered = sorted(wanted.items())
    begun = each(act, ordered)
    return read()


def _write(folder: Path, name: str, content: Page | File | Path) -> bool:
    path = folder / name
    new = content.read_bytes() if isinstance(content, Path) else content.content if isinstance(content, File) else content.text().encode()
    try:
        with suppress(FileNotFoundError):
            if path.read_bytes() == new:
                return False
        put(path, new)
    except (FileExistsError, NotADirectoryError, IsADirectoryError):  # what was a page is a folder now, or the other way round
        if path.is_dir():
            shutil.rmtree(path)
        for above in (folder.joinpath(*Path(name).parts[:depth]) for depth in range(1, len(Path(name).parts))):
            if above.is_file():
                above.unlink()
        put(path, new)
    return True


def _remove(folder: Path, name: str) -> bool:
    """Remove a file that staging made, and the folders that it leaves empty."""
    path = folder / name
    if not path.resolve().is_relative_to(folder.resolve()) or not path.is_file():
        return False
    path.unlink()
    for parent in path.parents:
        if parent == folder or any(parent.iterdir()):
            break
        parent.rmdir()
    return True
