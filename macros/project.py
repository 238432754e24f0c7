"""A project as it stands: settings, words, and its content read and checked, once per process.

`define_env` runs once a build in one engine and once a page in the other; both get the same catalogue
from here. Whoever stages anew (a live preview) calls `load` again.
"""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from .ahead import Each
from .catalogue import Catalogue
from .check import Checked, check
from .clock import build_day
from .figures import Drawings
from .git import Repository
from .history import History, read_history
from .settings import Settings, read_settings
from .strings import Strings, read_strings
from .template_store import store_of
from .text import Texts
from .views import Site
from .views.shapes import Printed


@dataclass(frozen=True)
class Project:
    """Settings, interface words and checked content of one project."""

    settings: Settings
    strings: Strings
    checked: Checked
    drafts: bool = False

    @cached_property
    def catalogue(self) -> Catalogue:
        """The catalogue, with drafts only if they were asked for; raises ContentError if the content has errors."""
        return self.checked.catalogue(self.drafts)

    @property
    def texts(self) -> Path:
        """Where rendered entry texts are kept between runs."""
        return self.settings.build / "text.sqlite"

    @cached_property
    def drawings(self) -> Drawings:
        """The figures, kept between runs."""
        return Drawings(self.settings.build / "figures")

    @cached_property
    def history(self) -> History:
        """What changed in each entry, as far as git knows; asked for only where pages or paper are made."""
        aliases = {record.id: record.entry.aliases for record in self.catalogue.records}
        return read_history(Repository(self.settings.root), self.settings.content.name, aliases, self.settings.build / "history.json")

    def site(self, texts: Texts | None = None, printed: Mapping[str, tuple[Printed, ...]] | None = None, history: History | None = None) -> Site:
        """What views need; texts are kept in memory unless a store is given, and nothing is known of the past unless it is given."""
        return Site(self.catalogue, self.strings, self.settings, texts or Texts(), printed or {}, self.drawings, history or History())


def drafts_asked() -> bool:
    """Whether the environment asks for the pages of drafts."""
    return os.environ.get("COMMONS_DRAFTS", "").lower() in ("1", "true", "yes")


_loaded: dict[Path, Project] = {}


def load(root: Path, today: date | None = None, drafts: bool | None = None, each: Each = map) -> Project:
    """Read and check a project anew, and remember it as the current one of its folder.

    Drafts have pages only if someone asks for them, here or with `COMMONS_DRAFTS=1` in the environment. Who has no threads may
    have `ahead` read the entries.
    """
    settings = read_settings(root)
    strings = read_strings(settings.overrides, settings.language, store_of(settings.build))
    checked = check(settings.content, root, today or build_day(), each)
    project = Project(settings, strings, checked, drafts_asked() if drafts is None else drafts)
    _loaded[root] = project
    return project


def current(root: Path) -> Project:
    """The project as it was last loaded in this process; loads it the first time."""
    return _loaded.get(root) or load(root)
