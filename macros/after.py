"""What is made after the engine, into the site that it built: files from npm, PDFs, what the browser prints from, the
search, short addresses, in each page what it may load and run, and last what browsers keep of the workshop.

One place for all ways to build: the plugin calls it after MkDocs, and `commons search` after another engine.
"""

from collections.abc import Mapping
from pathlib import Path

from .ahead import beside
from .data_files import write_data_files
from .exports import complete_exports, write_exports
from .form import write_form
from .intake_files import write_intake_tables
from .policy import write_policies
from .print.editions import copy_editions
from .print.files import has_print_files, write_print_files
from .print.keeping import write_kept
from .project import Project
from .search import full_text, write_search, write_words
from .short_addresses import write_short_addresses
from .text import Texts
from .vendor import vendor


def after_engine(built: Path, project: Project, editions: Mapping[str, Path], anew: bool = True, live: bool = False) -> None:
    """Complete a built site; with `anew` false, what is slow and stands already is kept. Raises IndexFailed.

    `editions` has the PDF for each address, as staging made them. A live preview writes a script of its own into each page
    when it serves it, so its pages have no policy, and no browser keeps them.
    """
    missing = vendor(built, project.settings.root / "node_modules")

    def of_texts() -> None:
        copy_editions(editions, built)
        with_texts = project.site(Texts(project.texts), history=project.history)  # opened by the process that reads them
        if anew or not has_print_files(built):
            write_print_files(built, with_texts, compiler=not {"typst-compiler", "lean-qr"} & set(missing))
        write_words(built, with_texts, anew)

    # Each in a process of its own; a live preview has threads, beside which none may be forked.
    begin = (lambda act: act) if live else beside
    indexed = begin(lambda: full_text(built, anew))
    done = begin(of_texts)
    site = project.site(Texts(project.texts), history=project.history)
    try:
        write_data_files(built, site)
        written = write_exports(built, site, anew=anew)
        write_form(built, site, project.checked.pool)
        write_intake_tables(built, site)
        write_short_addresses(built, site, anew=anew)
    finally:
        try:
            done()
        finally:
            names = indexed()
    write_search(built, site, names)
    complete_exports(built, site, written)
    if not live:
        write_policies(built)
        write_kept(built)
