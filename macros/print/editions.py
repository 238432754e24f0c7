"""The PDFs of all bundles: every edition on every paper, made before the pages, which tell their size and pages.

A PDF is kept under a name made from all that goes into it: its data, the templates, the fonts and the compiler. So a
second run makes none, and a changed entry remakes only the bundles that hold it.
"""

import hashlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from ..kept import sum_of, write_whole
from ..letters import LETTERS
from ..project import Project
from ..text import Texts, link_of
from ..views.shapes import Printed
from ..views.site import Site
from .document import EDITIONS, PAPERS, as_json, data_of
from .pdf import TEMPLATES, compile_pdf, font_files
from .selection import NoSelection, of_entry

# Typst works on several cores by itself when a document is long; two at a time keep both of a small machine busy.
WORKERS = max(2, (os.cpu_count() or 2) // 2)


@dataclass(frozen=True)
class Editions:
    """The PDFs of a project: what pages tell of them, and the file in the store for each address on the site."""

    printed: dict[str, tuple[Printed, ...]]
    files: dict[str, Path]
    made: int


def make_editions(site: Site, store: Path, tell: Callable[[str], None] = lambda _: None) -> Editions:
    """Make what the store lacks of the PDFs of all published bundles, and forget what no bundle uses; raises PrintFailed.

    `tell` is given the address of each PDF that is made.
    """
    store.mkdir(parents=True, exist_ok=True)
    with ThreadPoolExecutor(WORKERS) as pool:  # the first is set while the data of the second are put together
        made = [(one[:3], pool.submit(_keep, one, store, tell)) for one in _wanted(site)]
        done = [(name, *kept.result()) for name, kept in made]
    printed: dict[str, list[Printed]] = {}
    files = {}
    for (id, edition, paper), path, _ in done:
        url = f"{link_of(site.catalogue.by_id[id])}{id}-{edition}-{paper}.pdf"
        pages = int(path.suffixes[-2].lstrip("."))
        printed.setdefault(id, []).append(Printed(edition, paper, url, pages, path.stat().st_size))
        files[url] = path
    for path in set(store.iterdir()) - set(files.values()):
        path.unlink(missing_ok=True)
    return Editions({id: tuple(found) for id, found in printed.items()}, files, sum(new for *_, new in done))


def editions_of(project: Project, tell: Callable[[str], None] = lambda _: None) -> Editions:
    """The PDFs of a project, kept in its `.build/pdf`; raises ContentError and PrintFailed."""
    return make_editions(project.site(Texts(project.texts), history=project.history), project.settings.build / "pdf", tell)


def copy_editions(files: Mapping[str, Path], built: Path) -> None:
    """Put the PDFs into a built site."""
    for url, path in files.items():
        (built / url).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, built / url)


def _wanted(site: Site) -> Iterator[tuple[str, str, str, dict[str, Any]]]:
    for record in site.catalogue.listed():
        if record.kind != "bundle":
            continue
        try:
            data = data_of(of_entry(record, site), EDITIONS[0], next(iter(PAPERS)), site)
        except NoSelection:
            continue
        for edition in EDITIONS:
            for paper, size in PAPERS.items():
                yield record.id, edition, paper, {**data, "edition": edition, "paper": size}


def _keep(one: tuple[str, str, str, dict[str, Any]], store: Path, tell: Callable[[str], None]) -> tuple[Path, bool]:
    """The file of a PDF in the store, and whether it had to be made; its name is `<hash>.<hash of its bytes>.<pages>.pdf`."""
    *name, data = one
    key = hashlib.sha256(f"{world()}\0{as_json(data)}".encode()).hexdigest()[:32]
    for found in store.glob(f"{key}.*.*.pdf"):
        if found.name.split(".")[1] == sum_of(found.read_bytes()):
            return found, False
    tell(", ".join(map(str, name)))
    made = compile_pdf(data)
    path = store / f"{key}.{sum_of(made.pdf)}.{made.pages}.pdf"
    write_whole(path, made.pdf)
    return path, True


@cache
def world() -> str:
    """What a PDF is made with besides its data, as one hash: templates, fonts, compiler."""
    found = hashlib.sha256(f"{version('typst')} {version('pikepdf')}".encode())
    for path in (*sorted(TEMPLATES.glob("*.typ")), *font_files(), LETTERS):
        found.update(path.name.encode() + path.read_bytes())
    return found.hexdigest()
