"""The MkDocs plugin: stages before MkDocs reads its pages, and watches what pages are made from.

The only module that imports MkDocs.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from subprocess import Popen
from typing import Any, Literal

from jinja2 import Environment, Template
from mkdocs.commands.build import get_context
from mkdocs.config.base import Config
from mkdocs.config.defaults import MkDocsConfig
from mkdocs.exceptions import PluginError
from mkdocs.livereload import LiveReloadServer
from mkdocs.plugins import BasePlugin, get_plugin_logger
from mkdocs.structure.files import File, Files, InclusionLevel
from mkdocs.structure.nav import Navigation
from mkdocs.structure.pages import Page
from mkdocs.structure.toc import get_toc

from . import garbage
from .after import after_engine, begin, finish
from .ahead import ahead
from .clock import set_clock
from .failures import words_of
from .kept import write_whole
from .kept_pieces import Asked
from .lock import end_with_builder, free, free_all, held, take
from .page import Page as GeneratedPage
from .page import front_matter_of
from .policy import PLAIN, known_scripts
from .preview import Looks, Preview, Rest, Running, Whole, keep_up, look, running, start_engine, watch_changes
from .print.editions import Editions, editions_of
from .print.pdf import PrintFailed
from .problems import ContentError
from .project import current, load
from .quick_templates import RenderedAhead, compile_all, compile_beside, folder_of, name_of, quicken
from .search import IndexFailed, parts_of
from .stage import stage
from .template_store import store_of

log = get_plugin_logger(__name__)


class StagedPage(Page):
    """A page of the staged folder: a generated one has data and no text, so neither a YAML parser nor Markdown has work with it."""

    generated = False
    # Whether the data of a page are read only by the process that renders it: those of ten thousand pages take more memory than all else.
    later = False

    def read_source(self, config: MkDocsConfig) -> None:
        """Read a generated page as what it is, any other as MkDocs does."""
        found = front_matter_of(self.file.content_string, with_data=not self.later)
        self.generated = found is not None
        if found is None:
            super().read_source(config)
        else:
            self.markdown, self.meta = "", found

    @contextmanager
    def with_data(self) -> Iterator[None]:
        """Have the data of a page for the time in which it is rendered."""
        before = self.meta
        if self.generated and self.later:
            self.meta = Asked(front_matter_of(self.file.content_string) or before)
        yield
        self.meta = before

    def render(self, config: MkDocsConfig, files: Files) -> None:
        """Make HTML of the text, if there is one."""
        if self.generated and not self.markdown:
            self.content, self.toc, self.present_anchor_ids, self.links_to_anchors = "", get_toc([]), set(), {}
        else:
            super().render(config, files)


class CommonsConfig(Config):
    """The plugin has no settings; what it needs stands in `extra.commons`."""


class CommonsPlugin(BasePlugin[CommonsConfig]):
    """Points MkDocs at the staged pages."""

    def on_startup(self, *, command: Literal["build", "gh-deploy", "serve"], dirty: bool) -> None:
        """Remember whether this is a live preview, and whether only changed pages are built; declared so that the plugin outlives a rebuild."""
        end_with_builder()
        self.preview = running()
        self.serving = command == "serve"  # with threads, beside which no processes may be forked
        self.dirty, self.live = dirty, self.serving or self.preview is not None
        self.theme_changed = 0.0
        self.editions: Editions | None = self.preview.editions if self.preview else None
        self.seen: Looks = {}
        self.compiled: Callable[[], None] = lambda: None
        if not self.serving:
            garbage.leave()

    def on_config(self, config: MkDocsConfig) -> MkDocsConfig:
        """Read, check and stage the content anew, and build from there."""
        root = self.root = Path(config.config_file_path or "mkdocs.yml").resolve().parent
        try:
            take(root / ".build", log.warning if self.live else log.info)
            if self.live:
                self.seen = look(root)
            else:
                set_clock(root)
                if not self.dirty and config.plugins.events["env"] == [self.on_env]:
                    self.compiled = compile_beside(
                        config.theme.get_env(), store_of(root / ".build"), Path(config.theme.dirs[0]), config.theme.static_templates
                    )
            project = load(root, each=map if self.serving else ahead)
            # Another build may have removed PDFs that only this content needs.
            if self.editions is None or not self.dirty or not all(path.is_file() for path in self.editions.files.values()):
                self.editions = editions_of(project)
            staged = stage(project, project.settings.staged, self.editions.printed, several=not self.serving)
        except ContentError as error:
            raise PluginError(str(error)) from None
        except PrintFailed as error:
            raise PluginError(f"A PDF could not be made: {error}.") from None
        except OSError as error:
            raise PluginError(words_of(error)) from None
        if self.dirty:
            self.theme_changed = keep_up(project.settings, staged, Path(config.site_dir), self.theme_changed)
        log.debug("%s pages staged, %s written, %s removed", staged.pages, len(staged.written), len(staged.removed))
        if self.preview:
            config.site_url = self.preview.address
        config.docs_dir = str(project.settings.staged)
        self.begun = begin(Path(config.site_dir), project, self.editions.files, anew=not self.dirty, live=self.live or self.dirty)
        config.edit_uri = f"{project.settings.repo_middle}edit/{project.settings.branch}/docs/" if config.repo_url else None
        return config

    def on_nav(self, nav: Navigation, *, config: MkDocsConfig, files: Files) -> Navigation:
        """Read pages that stand in no navigation in the quick way; remember the navigation, which every page needs."""
        self.nav = nav
        self.begun.go()
        for file in files.documentation_pages():
            if file.page not in nav.pages:
                StagedPage(None, file, config).later = not (self.live or self.dirty)
        return nav

    def on_env(self, env: Environment, *, config: MkDocsConfig, files: Files) -> Environment:
        """Compile templates once, and on a whole build make pages on all processors."""
        self.env, self.files, self.built_with = env, files, config
        self.known: frozenset[bytes] = frozenset()
        self.finished: frozenset[Path] = frozenset()
        env.auto_reload = False  # each build of a live preview has an environment of its own
        env.bytecode_cache = store_of(self.root / ".build")
        if self.live or self.dirty:
            return env
        included = files.documentation_pages(inclusion=InclusionLevel.is_included)
        # Where nothing else changes pages that are made, all that they need is done while they are in memory.
        if config.plugins.events["post_page"] == [self.on_post_page] and config.plugins.events["post_template"] == [self.on_post_template]:
            self.finished = frozenset(Path(file.abs_dest_path) for file in included)
        self.compiled()
        quicken(env, folder_of)
        template_of = env.get_template

        def made(in_part: tuple[int, File]) -> tuple[str, str | bytes]:
            part, file = in_part
            page = file.page
            assert page
            with page.with_data() if isinstance(page, StagedPage) else nullcontext():
                text = self._html(page, included, config, template_of)
            return file.src_uri, finish(text, Path(config.site_dir), Path(file.abs_dest_path), part, self.known) if self.finished else text

        def begun() -> Iterator[tuple[str, str | bytes]]:
            """All pages, begun when the engine asks for the first: by then it has made the page for what is not found."""
            for page in self.nav.pages:
                page.active = False  # the first one is, by now
            compile_all(template_of, (file.page for file in included))
            yield from ahead(made, list(zip(parts_of(len(included)), included, strict=True)))

        pages = begun()

        def asked(name: Any, *by: Any) -> Any:
            """A template that MkDocs asks for; one that another template asks for stays as it is."""
            return template_of(name, *by) if by else RenderedAhead(template_of(name), pages)

        env.get_template = asked  # type: ignore[assignment,method-assign]
        return env

    def _html(self, page: Page, included: Sequence[File], config: MkDocsConfig, template_of: Callable[[str], Template]) -> str:
        """A page as its template makes it."""
        page.active = True
        context = config.plugins.on_page_context(get_context(self.nav, included, config, page), page=page, config=config, nav=self.nav)
        text = template_of(name_of(page)).render(context)
        page.active = False
        return text

    def _show(self, generated: GeneratedPage, config: MkDocsConfig) -> None:
        """Make one page anew in the site that stands; the staged folder is left to the program that makes the rest."""
        file = File.generated(config, generated.src_uri, content=generated.text())
        page = StagedPage(None, file, config)
        page.read_source(config)
        page.render(config, self.files)
        text = self._html(page, self.files.documentation_pages(inclusion=InclusionLevel.is_included), config, self.env.get_template)
        write_whole(Path(file.abs_dest_path), config.plugins.on_post_page(text, page=page, config=config).encode())

    def on_post_template(self, output_content: str, *, template_name: str, config: MkDocsConfig) -> str:
        """Remember which scripts the page names that holds the theme and nothing else."""
        if template_name == PLAIN:
            self.known = known_scripts(output_content.encode())
        return output_content

    def on_post_page(self, output: str, *, page: Page, config: MkDocsConfig) -> str:
        """Forget the data of a page that is made, which a live preview reads before it makes any."""
        if isinstance(page, StagedPage):
            page.meta = {}
        return output

    def on_post_build(self, *, config: MkDocsConfig) -> None:
        """Complete the site; --dirty keeps the full text, the PDFs and what paper is made from of its first build."""
        try:
            after_engine(Path(config.site_dir), current(self.root), self.begun, self.finished, anew=not self.dirty, live=self.live)
        except IndexFailed as error:
            raise PluginError(f"The full-text index could not be made: {error}") from None
        except OSError as error:
            raise PluginError(words_of(error)) from None
        free(self.root / ".build")
        garbage.look_again(past=self.serving)

    def on_build_error(self, *, error: Exception) -> None:
        """Let the next build begin."""
        free_all()
        garbage.look_again()

    def on_serve(self, server: LiveReloadServer, *, config: MkDocsConfig, builder: Callable[..., Any]) -> LiveReloadServer:
        """Keep the site up with content, hand-written pages and the theme."""
        root = self.root
        told = current(root).settings.build / "preview"
        watch_changes(server, root, told, but=(config.docs_dir, config.config_file_path))

        def begun() -> Whole:
            assert self.editions
            return Whole(current(root), self.editions, self.seen)

        def whole() -> Whole:
            builder()
            return begun()

        def start() -> "Popen[Any]":
            Running(server.url, begun().editions).keep(told / "running")
            return start_engine(root, Path(config.site_dir), told / "running", held())

        rest = Rest(start, lambda: write_whole(told / "done", b""))
        server.builder = Preview(begun(), whole, lambda page: self._show(page, self.built_with), rest, log.error).build
        return server
