"""What a hand-written page may say to the template engine: call our macros, with plain words, and print the result.

The engines run these pages as templates, and a template that reaches for Python behind a value can do anything that the
build can do. So a page is looked at before anything of it is run, and what is not on the list is refused in words.
"""

from collections.abc import Collection, Iterator
from typing import NamedTuple

from jinja2 import nodes

# Shapes of a template that a page has a use for; macros defined in a page, imports and inheritance are not among them.
_ALLOWED = (
    nodes.Template, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.List, nodes.Tuple, nodes.Dict, nodes.Pair, nodes.Keyword,
    nodes.Call, nodes.If, nodes.CondExpr, nodes.For, nodes.Assign, nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Add,
    nodes.Sub, nodes.Neg, nodes.Concat, nodes.Filter, nodes.Getattr, nodes.Getitem, nodes.Include,
)  # fmt: skip
_FILTERS = frozenset({"capitalize", "default", "e", "escape", "int", "join", "length", "lower", "replace", "round", "safe", "title", "trim", "upper"})
# What the engine offers besides macros and may be read, one step deep: `page.title`.
_READABLE = frozenset({"config", "extra", "loop", "page"})
# Settings in which the engine keeps its own machinery.
_MACHINERY = frozenset({"plugins", "hooks", "theme", "mdx_configs", "validation", "file", "parent", "children", "ancestors"})


class Refused(NamedTuple):
    """Something on a page that may not be there: its line, and what it is."""

    line: int
    what: str


def refused(tree: nodes.Template, macros: Collection[str]) -> Iterator[Refused]:
    """What a parsed page may not say, in order; one a line is enough to find it."""
    seen: set[int] = set()
    for node in _walk(tree):
        what = _what(node, macros)
        if what and node.lineno not in seen:
            seen.add(node.lineno)
            yield Refused(node.lineno, what)


def _walk(node: nodes.Node) -> Iterator[nodes.Node]:
    yield node
    for child in node.iter_child_nodes():
        yield from _walk(child)


def _what(node: nodes.Node, macros: Collection[str]) -> str:
    """What is wrong with a node, or nothing."""
    match node:
        case nodes.Call():
            # A name that is no macro is told by the trial, with the nearest right word.
            ours = isinstance(node.node, nodes.Name) and node.node.name not in _READABLE and not node.dyn_args and not node.dyn_kwargs
            return "" if ours else "a call of something other than a macro"
        case nodes.Filter():
            return "" if node.name in _FILTERS else f"the filter '{node.name}'"
        case nodes.Getattr():
            return "" if _readable(node.node) and not node.attr.startswith("_") and node.attr not in _MACHINERY else f"'.{node.attr}'"
        case nodes.Getitem():
            key = node.arg.value if isinstance(node.arg, nodes.Const) else "_"
            plain = isinstance(key, int) or (isinstance(key, str) and not key.startswith("_") and key not in _MACHINERY)
            return "" if _readable(node.node) and plain else "square brackets"
        case nodes.Include():
            name = node.template.value if isinstance(node.template, nodes.Const) else ""
            # A page beside this one, which is looked at by itself.
            return "" if isinstance(name, str) and name.endswith(".md") and ".." not in name else "an included file that is no page"
        case nodes.Name():
            return f"the name '{node.name}'" if node.name.startswith("_") and node.name != "_" else ""
        case _:
            return "" if isinstance(node, _ALLOWED) else f"a template tag of the kind '{type(node).__name__.lower()}'"


def _readable(node: nodes.Node) -> bool:
    """Whether a value is one of the engine's that may be read, or a part of it."""
    if isinstance(node, nodes.Getattr | nodes.Getitem):
        return _readable(node.node)
    return isinstance(node, nodes.Name) and node.name in _READABLE
