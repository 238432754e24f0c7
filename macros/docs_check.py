"""Hand-written pages, tried before the engine runs: every macro call is made once, and what fails is named.

So a wrong id stops the build with the page, the line and the nearest right word, in either engine, and
together with all other problems.
"""

import re
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import jinja2
import yaml
from jinja2.sandbox import SandboxedEnvironment

from .docs_files import problems_of_file
from .docs_guard import refused
from .embeds import Embeds
from .links import relative
from .problems import EmbedError, Problem, did_you_mean, listed, shown
from .source import Unreadable, read_text
from .views.site import Site

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
# Names that mkdocs-macros itself offers to every page; what stands in them is known only to the engine.
_ENGINE = (
    "config", "context", "environment", "extra", "files", "filters", "fix_url", "git", "macros", "macros_info", "navigation", "now", "page",
    "plugin",
)  # fmt: skip


def problems_of_docs(docs: Path, project: Path, site: Site) -> Iterator[Problem]:
    """What is wrong with the pages under `docs`: how they lie there, and every macro call that fails."""
    for path in sorted(docs.rglob("*")) if docs.is_dir() else ():
        name = path.relative_to(project).as_posix()
        if path.is_symlink():
            yield Problem(name, 1, 1, "symlink", "a page must be a plain file; found a link", "Replace the link by the file itself.")
        elif path.is_file() and path.suffix != ".md":
            yield from problems_of_file(path, name)
        elif path.suffix == ".md":
            try:
                text = read_text(path, name)
            except Unreadable as error:
                yield from error.problems
            else:
                yield from try_page(text, name, url_of(path.relative_to(docs).as_posix()), site)


def url_of(src_uri: str) -> str:
    """The address of a page under `docs`, relative to the root of the site."""
    stem = src_uri.removesuffix(".md")
    if stem.rpartition("/")[2].lower() in ("index", "readme"):
        stem = stem.rpartition("/")[0]
    return relative(f"{stem}/", "").removeprefix("./") if stem else ""


def try_page(text: str, name: str, url: str, site: Site) -> list[Problem]:
    """Render the macros of one page, throw the output away, and tell what failed."""
    front = _FRONT_MATTER.match(text)
    head = front.group(0) if front else ""
    try:
        meta = yaml.safe_load(head.strip().strip("-.")) or {}
    except yaml.YAMLError:
        meta = {}
    if not isinstance(meta, dict) or meta.get("render_macros") is False:
        return []
    return _Trial(text[len(head) :], name, head.count("\n"), meta).run(Embeds(site, lambda: url).macros(), site.settings.docs)


class _Trial:
    """One page on trial; `skipped` is the number of lines above its body."""

    def __init__(self, body: str, name: str, skipped: int, meta: dict[str, Any]) -> None:
        self.body, self.name, self.skipped, self.meta = body, name, skipped, meta
        self.problems: list[Problem] = []
        self.template: jinja2.Template | None = None
        self.calls: dict[tuple[int, str], int] = {}

    def run(self, macros: dict[str, Callable[..., Any]], docs: Path) -> list[Problem]:
        """Make every call once; a failing macro is noted and prints nothing, so that the next is tried too."""
        trial = self

        class Missing(jinja2.ChainableUndefined):
            """A name that does not exist, noted when it is printed or called."""

            def __str__(self) -> str:
                return trial.unknown(self._undefined_name, macros)

            def __call__(self, *args: Any, **kwargs: Any) -> str:  # type: ignore[override]
                return trial.unknown(self._undefined_name, macros)

        def printed(value: Any) -> Any:
            if callable(value) and not isinstance(value, jinja2.Undefined):
                self.note("macro-syntax", "", "a macro must be called with brackets, as in `count()`; found its bare name", "Add the brackets.")
            return value

        environment = SandboxedEnvironment(undefined=Missing, finalize=printed, loader=jinja2.FileSystemLoader(docs))
        environment.globals.update({name: self.watched(name, macro) for name, macro in macros.items()})
        engine = {name: _Anything() for name in _ENGINE}
        try:
            for found in refused(environment.parse(self.body), macros):
                message = f"a page may call macros with plain words, and nothing else; found {found.what}"
                self.note(
                    "macro-syntax", "", message, "Write the words themselves; what macros there are stands in docs/reference/macros.md.", found.line
                )
            if self.problems:
                return self.problems
            self.template = environment.from_string(self.body)
            self.template.render({**engine, **self.meta})
        except jinja2.TemplateSyntaxError as error:
            self.note(
                "macro-syntax", "{", f"a macro call must be written `{{{{ name(...) }}}}`; {error.message}",
                "Close every brace and quote; to show braces as text, put them between {% raw %} and {% endraw %}.", error.lineno,
            )  # fmt: skip
        except jinja2.TemplateNotFound as error:
            self.note("macro-argument", "include", f"an included file must lie in docs/; there is no '{shown(str(error))}'", "Check its name.")
        except Exception as error:  # any slip in a template must become a sentence, not a traceback
            self.note("macro-syntax", "", f"the page must be a template that can be run; {error}", "Compare it with docs/reference/macros.md.")
        return self.problems

    def watched(self, name: str, macro: Callable[..., Any]) -> Callable[..., Any]:
        """A macro that notes what goes wrong in it."""

        def call(*args: Any, **kwargs: Any) -> Any:
            line = self.line()
            nth = self.calls[line, name] = self.calls.get((line, name), 0) + 1
            try:
                return macro(*args, **kwargs)
            except EmbedError as error:
                self.note(error.code, name, f"in `{name}`, {error.message}", error.hint, line, nth)
            except (TypeError, ValueError) as error:
                said = re.sub(r"\w+\.(\w+)\(\)", r"\1", str(error))
                hint = "What each macro takes stands in docs/reference/macros.md."
                self.note("macro-argument", name, f"in `{name}`, the words between the brackets must be those it takes; {said}", hint, line, nth)
            return ""

        return call

    def unknown(self, name: str | None, macros: dict[str, Callable[..., Any]]) -> str:
        """Note a name that does not exist, and print nothing."""
        word = name or ""
        self.note(
            "macro-unknown", word, f"a macro must exist; found '{shown(word)}'", did_you_mean(word, macros, f"The macros are {listed(macros)}.")
        )
        return ""

    def note(self, code: str, word: str, message: str, hint: str, line: int = 0, nth: int = 1) -> None:
        """Keep a problem at the nth time that a word stands on a line of the body."""
        line = line or self.line()
        lines = self.body.split("\n")
        text = lines[line - 1] if line <= len(lines) else ""
        places = [found.start() for found in re.finditer(rf"(?<!\w){re.escape(word)}", text)] if word else []
        column = places[min(nth, len(places)) - 1] + 1 if places else 1
        problem = Problem(self.name, line + self.skipped, column, code, message, hint)
        if problem not in self.problems:
            self.problems.append(problem)

    def line(self) -> int:
        """The line of the body that is being rendered, from 1."""
        frame: Any = sys._getframe()
        while frame is not None:
            if frame.f_code.co_filename == "<template>" and self.template is not None:
                return self.template.get_corresponding_lineno(frame.f_lineno)
            frame = frame.f_back
        return 1


class _Anything(jinja2.ChainableUndefined):
    """What only the engine knows; any use of it passes."""

    def __call__(self, *args: Any, **kwargs: Any) -> "_Anything":  # type: ignore[override]
        return self
