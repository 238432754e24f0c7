"""Templates that give the same pages in half the time: partials stand where they are included, data are asked for as data.

A page of a list includes some hundred small partials, and for each Jinja looks it up, makes it a context of its own and hands
what it says through all templates above. Here a small partial is put into the template that includes it before that is
compiled, in a scope of its own, which is what Jinja would have done (only the `loop` around it would be seen from inside); and
a key of plain data is looked up at once, not after it was not found among attributes. The theme's files stay as they are, for
other engines too.
"""

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from contextlib import suppress
from functools import lru_cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, BytecodeCache, Environment, Template, TemplateError, TemplateNotFound, nodes
from jinja2.compiler import CodeGenerator, Frame
from jinja2.meta import find_referenced_templates
from markupsafe import Markup, escape

from .ahead import beside, several_can_work
from .kept_pieces import PARTIALS, Asked, keep_pieces

# A comment or raw text, in which nothing is included; or a line that includes one named partial.
_INCLUDE = re.compile(r'\{#.*?#\}|\{%-?\s*raw\b.*?endraw\s*-?%\}|\{%(-?)\s*include\s+"([^"]+)"\s*(-?)%\}', re.DOTALL)
# A template with a parent or blocks of its own is more than the text that it holds.
_MORE = re.compile(r"\{%-?\s*(?:block|extends)\b")
# Longer ones cost more to compile at each place than to include.
LONGEST = 6_000
# What a template may ask of a dictionary that is no key: its methods.
_OF_DICTIONARIES = frozenset(dir(dict))


class Inlined(BaseLoader):
    """The templates of another loader, with small partials in the place of the lines that include them."""

    def __init__(self, loader: BaseLoader) -> None:
        self._loader = loader

    def list_templates(self) -> list[str]:
        """The names of all templates."""
        return self._loader.list_templates()

    def get_source(self, environment: Environment, template: str) -> tuple[str, str | None, Callable[[], bool] | None]:
        """The text of a template, its file, and whether that still holds the same."""
        source, file, holds = self._loader.get_source(environment, template)
        return self._expanded(source, environment, (template,)), file, holds

    def _expanded(self, source: str, environment: Environment, within: tuple[str, ...]) -> str:
        def put(match: re.Match[str]) -> str:
            before, name, after = match.groups()
            if name is None or name in within or name in PARTIALS:
                return match.group()
            try:
                partial, _, _ = self._loader.get_source(environment, name)
            except TemplateNotFound:
                return match.group()
            if _MORE.search(partial):
                return match.group()
            text = self._expanded(partial.removesuffix("\n"), environment, (*within, name))
            return match.group() if len(text) > LONGEST else f"{{%{before} with %}}{text}{{% endwith {after}%}}"

        return _INCLUDE.sub(put, source)


class Code(CodeGenerator):
    """The program of a template, in which a key of plain data is looked up where it stands, without a call."""

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802 (so Jinja calls it)
        """Write what gives an attribute or a key."""
        if node.attr in _OF_DICTIONARIES:
            super().visit_Getattr(node, frame)
            return
        asked, key = self.temporary_identifier(), repr(node.attr)
        self.write(f"(({asked}[{key}] if {key} in {asked} else undefined(obj={asked}, name={key})) if type({asked} := ")
        self.visit(node.node, frame)
        self.write(f") is dict else environment.getattr({asked}, {key}))")


def quicken(environment: Environment, alike: Callable[[Any], Hashable | None]) -> None:
    """Make the templates of an environment quick; what they print stays the same, byte for byte. `alike` as in `KeptPieces`."""
    assert environment.loader
    environment.loader = Inlined(environment.loader)
    if environment.cache is not None:
        environment.cache.clear()
    environment.code_generator_class = Code
    undefined, value_of = environment.undefined, environment.getattr

    def attribute_of(obj: Any, attribute: str) -> Any:
        if (type(obj) is dict or type(obj) is Asked) and attribute not in _OF_DICTIONARIES:
            return obj[attribute] if attribute in obj else undefined(obj=obj, name=attribute)
        try:
            return getattr(obj, attribute)
        except AttributeError:
            return value_of(obj, attribute)

    environment.getattr = attribute_of  # type: ignore[method-assign]
    environment.filters["e"] = environment.filters["escape"] = escaped
    keep_pieces(environment, alike)


def folder_of(page: Any) -> str | None:
    """The folder of a generated page that stands in no navigation: pages of one folder have the same frame around them."""
    return page.url.rstrip("/").rpartition("/")[0] or None if getattr(page, "generated", False) else None


def name_of(page: Any) -> str:
    """The name of the template that makes a page."""
    return str(page.meta.get("template", "main.html"))


def compile_all(template_of: Callable[[str], Template], pages: Iterable[Any]) -> None:
    """Compile the templates of all pages, so that the processes that make these need not, each for itself."""
    for name in sorted(set(map(name_of, pages))):
        template_of(name)


def compile_beside(environment: Environment, store: BytecodeCache, folder: Path, others: Iterable[str]) -> Callable[[], None]:
    """Begin to compile the templates of pages in `folder`, `others`, and all that these name, in a process of its own, for a quick environment.

    The function that is given waits until the store has them. What cannot be compiled is left to the page that asks for it, and all
    of them are where no process works beside this one.
    """
    environment.bytecode_cache = store
    quicken(environment, lambda page: None)

    def compile_named() -> None:
        waiting = [*sorted(others), *sorted(path.name for path in folder.glob("*.html"))]

        class Noting(Code):
            """Notes which templates one names."""

            def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802 (so Jinja calls it)
                waiting.extend(filter(None, find_referenced_templates(node)))
                super().visit_Template(node, frame)

        environment.code_generator_class = Noting
        for name in waiting:  # grows meanwhile; what was compiled already is at hand
            with suppress(TemplateError, ValueError, OSError):
                environment.get_template(name)

    compiled = beside(compile_named, patient=True) if several_can_work() else lambda: None

    def wait() -> None:
        with suppress(ChildProcessError):  # ended from outside: the rest is compiled where it is asked for
            compiled()

    return wait


@lru_cache(5_000)
def _escaped(text: str) -> Markup:
    return escape(text)


def escaped(value: Any) -> Markup:
    """A value as HTML; pages repeat most of their texts, or others have them."""
    return _escaped(value) if type(value) is str else escape(value)


class RenderedAhead:
    """A template whose pages were made by other processes, in the order in which the engine asks for them."""

    def __init__(self, template: Template, pages: Iterator[tuple[str, str | bytes]]) -> None:
        self.template, self.pages = template, pages

    def render(self, context: dict[str, Any]) -> str:
        """The page of a context; raises RuntimeError if the engine asks in another order."""
        if context["page"] is None:
            return self.template.render(context)
        name, text = next(self.pages)
        if name != context["page"].file.src_uri:
            raise RuntimeError(f"{name} was made ahead; the engine asks for {context['page'].file.src_uri}")
        return text if isinstance(text, str) else text.decode()
