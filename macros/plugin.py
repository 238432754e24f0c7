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

from .problems import ContentError
from .project import load
from .stage import stage

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
        """Remember whether only changed pages are built; declared so that the plugin outlives a rebuild."""
        self.dirty = dirty

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and stage the content anew, and build from there."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            project = load(root)
            staged = stage(project, project.settings.staged)
        except ContentError as error:
            raise PluginError(str(error)) from None
        if self.dirty and staged.written:
            touch_pages_with_macros(project.settings.docs, project.settings.staged)
        log.debug("%s pages staged, %s written, %s removed", staged.pages, len(staged.written), len(staged.removed))
        config.docs_dir = str(project.settings.staged)
        config.edit_uri = f"{project.settings.repo_middle}edit/{project.settings.branch}/docs/" if config.repo_url else None
        return config

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Rebuild when content, hand-written pages or the theme change."""
        root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        for name in ("content", "docs", "overrides"):
            if (root / name).is_dir():
                server.watch(str(root / name))
        return server
