"""Pieces of a template that are the same on many pages: made once, and told by what they asked of the page.

Navigation, tabs, settings and scripts are most of what an engine makes for a page, and they say the same on all pages of a
folder. While such a piece is made, all that it asks of the page and of what the template knows is noted, with the answers.
On the next page of that folder the same questions are asked; if all answers are the same, so is the piece. One that asks
for a title is therefore made anew on each page, whoever changes the theme.
"""

from collections.abc import Callable, Hashable, Iterator
from typing import Any

from jinja2 import Environment, Template
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, Macro
from jinja2.utils import concat, missing

Make = Callable[[Context], Iterator[str]]
Question = tuple[str, str]
Answers = dict[Question, Any]
# Blocks and partials that are worth it. In others every page says something of its own.
BLOCKS = frozenset({"styles", "libs", "fonts", "analytics", "tabs", "footer", "config", "scripts"})
PARTIALS = frozenset({"partials/nav.html", "partials/commons/tools.html"})
# Different forms of a piece in one folder, such as with and without navigation; a piece with more is made on each page.
FORMS = 3
_OF_DICTIONARIES = frozenset(dir(dict))


class Asked(dict[str, Any]):
    """What a page says of itself: told from other data, since what a piece asks of it is noted."""


class KeptPieces:
    """The pieces of an environment. `alike` gives what pages have in common whose links lead to the same places, or None.

    A page that is `alike` others stands in no navigation, and the templates do not walk through all of its `meta`.
    """

    def __init__(self, environment: Environment, alike: Callable[[Any], Hashable | None]) -> None:
        self._environment, self._alike = environment, alike
        self._made: dict[Hashable, list[tuple[Answers, str]]] = {}

    def piece(self, name: str, context: Context, make: Make) -> str:
        """The text of a piece on the page of a context."""
        page = context.resolve("page")
        common = self._alike(page) if page else None
        if common is None or not isinstance(page.meta, Asked) or isinstance(context, Noting):
            return concat(make(context))
        forms = self._made.setdefault((name, common), [])
        for answers, text in forms:
            if all(_same(_answer(question, page, context), answer) for question, answer in answers.items()):
                return text
        if len(forms) == FORMS:
            return concat(make(context))
        notes: Answers = {}
        text = self._noted(context, page, make, notes)
        forms.append((notes, text))
        return text

    def _noted(self, context: Context, page: Any, make: Make, notes: Answers) -> str:
        """The text, made by a context and an environment that note what is asked."""
        environment, getattr, getitem = self._environment, self._environment.getattr, self._environment.getitem

        def noting(give: Callable[[Any, Any], Any]) -> Callable[[Any, Any], Any]:
            def asked(obj: Any, key: Any) -> Any:
                if obj is page.meta:
                    question = ("meta", key)
                    notes[question] = object() if key in _OF_DICTIONARIES else _answer(question, page, context)
                elif obj is page and key != "meta":
                    notes["page", key] = _answer(("page", key), page, context)
                return give(obj, key)

            return asked

        own_names: type[Noting] = type("OwnNames", (Noting,), {"outside": context, "notes": notes})
        own = object.__new__(own_names)
        own.__dict__.update(context.__dict__)
        before, environment.context_class = environment.context_class, own_names
        environment.getattr, environment.getitem = noting(getattr), noting(getitem)  # type: ignore[assignment,method-assign]
        try:
            return concat(make(own))
        finally:
            environment.context_class = before
            environment.getattr, environment.getitem = getattr, getitem  # type: ignore[method-assign]


class Noting(Context):
    """What a template knows, with notes of what it was asked for; a name that the piece itself gave a value is none of them."""

    outside: Context
    notes: Answers

    def resolve_or_missing(self, key: str) -> Any:
        """The value of a name."""
        value = super().resolve_or_missing(key)
        if key != "page" and value is self.outside.resolve_or_missing(key):
            self.notes["name", key] = value
        return value


def _answer(question: Question, page: Any, context: Context) -> Any:
    where, key = question
    if where == "name":
        return context.resolve_or_missing(key)
    return page.meta.get(key, missing) if where == "meta" else getattr(page, key, missing)


def _same(one: Any, other: Any) -> bool:
    """Whether two answers make the same text: plain values that are equal, modules of macros of one name, else the same thing."""
    if one is other:
        return True
    if type(one) is not type(other):
        return False
    if isinstance(one, TemplateModule):
        return bool(one.__name__ == other.__name__)
    if isinstance(one, Macro):
        return bool(one.name == other.name)
    return isinstance(one, str | int | float | list | tuple) and bool(one == other)


class Block:
    """A block as a template calls it, its text in one piece, so that it is not handed on through all templates above word by word."""

    def __init__(self, block: Make, made: Callable[[Context, Make], str]) -> None:
        self.block, self.made = block, made

    def __call__(self, context: Context) -> Iterator[str]:
        """The text of the block."""
        yield self.made(context, self.block)

    def __eq__(self, other: object) -> bool:
        """A template looks for its own block by what it was compiled to."""
        return other is self or other is self.block

    def __hash__(self) -> int:
        return hash(self.block)


class Partial:
    """A template as another one includes it."""

    def __init__(self, template: Template, pieces: KeptPieces) -> None:
        self.template, self.pieces = template, pieces
        self.new_context = template.new_context

    def root_render_func(self, context: Context) -> Iterator[str]:
        """The text of the partial."""
        yield self.pieces.piece(str(self.template.name), context, self.template.root_render_func)


def keep_pieces(environment: Environment, alike: Callable[[Any], Hashable | None]) -> None:
    """Make the pieces of an environment's templates once; what they print stays the same, byte for byte."""
    pieces = KeptPieces(environment, alike)
    template_of = environment.get_template

    def whole(context: Context, make: Make) -> str:
        return concat(make(context))

    def with_blocks(template: Template) -> Template:
        if type(template.globals) is not dict:
            template.globals = dict(template.globals)  # a chain of mappings, which each page and each import would walk through
        for name, block in template.blocks.items():
            if not isinstance(block, Block):
                place = f"{template.name}#{name}"
                made = whole if name not in BLOCKS else lambda context, make, place=place: pieces.piece(place, context, make)
                template.blocks[name] = Block(block, made)
        return template

    def asked(name: Any, *by: Any) -> Any:
        template = with_blocks(template_of(name, *by))
        return Partial(template, pieces) if by and name in PARTIALS else template

    environment.get_template = asked  # type: ignore[assignment,method-assign]
