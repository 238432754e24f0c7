"""The MkDocs plugin: stages before MkDocs reads its pages, and watches what pages are made from.

The only module that imports MkDocs.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, Literal

from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger

from .after import after_engine
from .docs_check import url_of
from .print.editions import Editions, editions_of
from .print.pdf import PrintFailed
from .problems import ContentError
from .project import current, load
from .search import IndexFailed
from .settings import Settings
from .stage import Staged, stage

log = get_plugin_logger(__name__)


def touch_pages_with_macros(docs: Path, staged: Path) -> None:
    """Make hand-written pages that call macros look new: they may show what changed, and --dirty looks only at times."""
    for page in docs.rglob("*.md"):
        if "{{" in page.read_text("utf-8"):
            (staged / page.relative_to(docs)).touch()


class CommonsConfig(Config):
    """The plugin has no settings; what it needs stands in `extra.commons`."""


class CommonsPlugin(BasePlugin[CommonsConfig]):
    """Points MkDocs at the staged pages."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a live preview, and whether only changed pages are built; declared so that the plugin outlives a rebuild."""
        self.dirty, self.live = dirty, command == "serve"
        self.theme_changed = 0.0
        self.editions: Editions | None = None

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and stage the content anew, and build from there."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            project = load(root)
            if self.editions is None or not self.dirty:
                self.editions = editions_of(project)
            staged = stage(project, project.settings.staged, self.editions.printed)
        except ContentError as error:
            raise PluginError(str(error)) from None
        except PrintFailed as error:
            raise PluginError(f"A PDF could not be made: {error}.") from None
        if self.dirty:
            self._keep_up(project.settings, staged, Path(config.site_dir))
        log.debug("%s pages staged, %s written, %s removed", staged.pages, len(staged.written), len(staged.removed))
        config.docs_dir = str(project.settings.staged)
        config.edit_uri = f"{project.settings.repo_middle}edit/{project.settings.branch}/docs/" if config.repo_url else None
        return config

    def _keep_up(self, settings: Settings, staged: Staged, site: Path) -> None:
        """Do what --dirty does not: rebuild all pages after a change of the theme, drop pages whose source is gone."""
        changed = max((path.stat().st_mtime for path in settings.overrides.rglob("*")), default=0.0)
        if self.theme_changed and changed != self.theme_changed:
            for page in settings.staged.rglob("*.md"):
                page.touch()
        elif staged.written or staged.removed:
            touch_pages_with_macros(settings.docs, settings.staged)
        self.theme_changed = changed
        for name in staged.removed:
            (site / url_of(name) / "index.html").unlink(missing_ok=True)

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete the site; --dirty keeps the full text, the PDFs and what paper is made from of its first build."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            editions = self.editions.files if self.editions else {}
            after_engine(Path(config.site_dir), current(root), editions, anew=not self.dirty, live=self.live)
        except IndexFailed as error:
            raise PluginError(f"The full-text index could not be made: {error}") from None

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Rebuild when content, hand-written pages or the theme change."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        for name in ("content", "docs", "overrides"):
            if (root / name).is_dir():
                server.watch(str(root / name))
        return server
