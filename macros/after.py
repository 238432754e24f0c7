"""What is made after the engine, into the site that it built: files from npm, the search index, the data of Explore,
and in each page what it may load and run.

One place for all ways to build: the plugin calls it after MkDocs, and `commons search` after another engine.
"""

from pathlib import Path

from .policy import write_policies
from .project import Project
from .search import write_search
from .text import Texts
from .vendor import vendor


def after_engine(built: Path, project: Project, anew: bool = True, live: bool = False) -> None:
    """Complete a built site; with `anew` false, what is slow and stands already is kept. Raises IndexFailed.

    A live preview writes a script of its own into each page when it serves it, so its pages have no policy.
    """
    vendor(built, project.settings.root / "node_modules")
    write_search(built, project.site(Texts(project.texts)), anew=anew)
    if not live:
        write_policies(built)
