"""What is made after the engine, into the site that it built: files from npm, the search index, the data of Explore.

One place for all ways to build: the plugin calls it after MkDocs, and `commons search` after another engine.
"""

from pathlib import Path

from .project import Project
from .search import write_search
from .text import Texts
from .vendor import vendor


def after_engine(built: Path, project: Project, anew: bool = True) -> None:
    """Complete a built site; with `anew` false, what is slow and stands already is kept (a live preview). Raises IndexFailed."""
    vendor(built, project.settings.root / "node_modules")
    write_search(built, project.site(Texts(project.texts)), anew=anew)
