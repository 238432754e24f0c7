"""What is made beside the engine and after it, into the site that it builds: files from npm, PDFs, downloads and what the browser
prints from, which need no page (`begin`); in each page what it may load and run (`finish`); and from the pages the search, short
addresses, and last what browsers keep of the workshop (`after_engine`).

One place for all ways to build: the plugin calls it while MkDocs is at work, and `commons search` after another engine.
"""

from collections.abc import Callable, Mapping, Set
from functools import partial
from pathlib import Path

from .ahead import Gate, beside
from .data_files import write_data_files
from .exports import complete_exports, write_exports, write_sitemap
from .form import write_form
from .intake_files import write_intake_tables
from .policy import of_page, write_policies
from .print.editions import copy_editions
from .print.files import has_print_files, write_print_files
from .print.keeping import write_kept
from .project import Project
from .search import begin_aside, entries_data, full_text, put_aside, words_data, write_search, write_words
from .short_addresses import FOLDER as SHORT
from .short_addresses import write_short_addresses
from .text import Texts
from .vendor import vendor


class Begun:
    """What was begun beside the engine; it writes nothing into the site before `go`."""

    def __init__(self, built: Path, act: Callable[[Callable[[], None]], list[str]], live: bool) -> None:
        self._built, self._gate, self._gone = built, Gate(), False
        # The engine and then the index are the longest way, so this one is patient.
        self._done = partial(act, self._gate.wait) if live else beside(partial(act, self._gate.wait), patient=True)

    def go(self) -> None:
        """Let it write into the site, which the engine has emptied."""
        if not self._gone:
            self._gone = True
            begin_aside(self._built)
            self._gate.open()

    def done(self) -> list[str]:
        """Wait until all is done, after `go`; gives the names of the downloads, for `after_engine`."""
        return self._done()


def begin(built: Path, project: Project, editions: Mapping[str, Path], anew: bool = True, live: bool = False) -> Begun:
    """Begin what follows from the content alone, in a process beside the engine.

    `editions` has the PDF for each address, as staging made them. With `anew` false, what is slow and stands already is kept.
    A live preview has threads, beside which no process may be forked, so there it is done when it is waited for.
    """

    def of_content(wait: Callable[[], None]) -> list[str]:
        site = project.site(Texts(project.texts), history=project.history)  # opened by the process that reads them
        words = words_data(site) if anew else None
        wait()
        missing = vendor(built, project.settings.root / "node_modules")
        copy_editions(editions, built)
        written = write_exports(built, site, anew=anew)
        if anew or not has_print_files(built):
            write_print_files(built, site, compiler=not {"typst-compiler", "lean-qr"} & set(missing))
        write_words(built, site, words)
        write_data_files(built, site)
        write_form(built, site, project.checked.pool)
        write_intake_tables(built, site)
        return written

    return Begun(built, of_content, live)


def finish(text: str, built: Path, path: Path, part: int, known: Set[bytes]) -> bytes:
    """A page that is just made, for `path` in a built site, with its policy; its article is put aside for the index.

    `part` is the part of the index that it is in (`parts_of`), `known` are the scripts that may run. So no page is read again once it is written.
    """
    page = text.encode("utf-8", "xmlcharrefreplace")
    put_aside(built, path, page, part)
    return of_page(page, known)


def after_engine(built: Path, project: Project, begun: Begun, finished: Set[Path] = frozenset(), anew: bool = True, live: bool = False) -> None:
    """Complete a built site with what was `begun` and what follows from its pages; with `anew` false, what is slow and stands already is kept.

    Pages that are `finished` went through `finish`. Raises IndexFailed. A live preview writes a script of its own into each page
    when it serves it, so its pages have no policy, and no browser keeps them.
    """

    def index() -> dict[str, str]:
        return full_text(built, anew, aside=bool(finished))

    def complete() -> None:
        complete_exports(built, site, written)
        if not live:
            write_policies(built, but={*finished, built / SHORT})

    begun.go()
    site = project.site(history=project.history)
    indexed = index if live else beside(index)
    try:
        write_short_addresses(built, site, anew, finish=bytes if live else partial(of_page, known=frozenset()))
        write_sitemap(built, site, anew)
        entries = entries_data(site)
        written = begun.done()
        if finished:
            complete()
    finally:
        names = indexed()
    if not finished:  # pages were read by the index until now
        complete()
    write_search(built, site, names, entries)
    if not live:
        write_kept(built)
