"""Hand-written pages, tried before the engine runs: every macro call is made once, and what fails is named.

So a wrong id stops the build with the page, the line and the nearest right word, in either engine, and
together with all other problems.
"""

import re
import traceback
from collections.abc import Iterator
from pathlib import Path

import jinja2

from .embeds import Embeds
from .links import relative
from .problems import EmbedError, Problem, did_you_mean, listed
from .views.site import Site

_FRONT_MATTER = re.compile(r"\A---[ \t]*\n.*?\n(?:---|\.\.\.)[ \t]*\n", re.DOTALL)
# Macros and values that mkdocs-macros itself offers.
_ENGINE = ("config", "context", "environment", "extra", "files", "git", "macros", "macros_info", "navigation", "now", "page", "plugin")


def problems_of_docs(docs: Path, project: Path, site: Site) -> Iterator[Problem]:
    """What is wrong with the macro calls of every Markdown page under `docs`, at most one a page."""
    for path in sorted(docs.rglob("*.md")) if docs.is_dir() else ():
        text = path.read_text("utf-8").replace("\r\n", "\n")
        if problem := try_page(text, path.relative_to(project).as_posix(), url_of(path.relative_to(docs).as_posix()), site):
            yield problem


def url_of(src_uri: str) -> str:
    """The address of a page under `docs`, relative to the root of the site."""
    stem = src_uri.removesuffix(".md")
    if stem.rpartition("/")[2].lower() in ("index", "readme"):
        stem = stem.rpartition("/")[0]
    return relative(f"{stem}/", "").removeprefix("./") if stem else ""


def try_page(text: str, name: str, url: str, site: Site) -> Problem | None:
    """Render the macros of one page and tell what stopped them, or None."""
    front = _FRONT_MATTER.match(text)
    head = front.group(0) if front else ""
    if re.search(r"^render_macros:\s*false\s*$", head, re.MULTILINE):
        return None
    body, skipped = text[len(head) :], head.count("\n")
    macros = Embeds(site, lambda: url).macros()
    environment = jinja2.Environment(undefined=jinja2.ChainableUndefined)  # noqa: S701 - the output is thrown away
    environment.globals.update(macros)

    def problem(code: str, line: int, word: str, message: str, hint: str) -> Problem:
        lines = body.split("\n")
        column = lines[line - 1].find(word) + 1 if word and 0 < line <= len(lines) else 0
        return Problem(name, line + skipped, max(column, 1), code, message, hint)

    try:
        environment.from_string(body).render({})
    except jinja2.TemplateSyntaxError as error:
        return problem(
            "macro-syntax", error.lineno, "{", f"a macro call must be written `{{{{ name(...) }}}}`; {error.message}",
            "Close every brace and quote; to show braces as text, put them between {% raw %} and {% endraw %}.",
        )  # fmt: skip
    except EmbedError as error:
        line, word = _where(error, body, macros)
        return problem(error.code, line, word, f"in `{word}`, {error.message}" if word else error.message, error.hint)
    except jinja2.UndefinedError as error:
        found = re.search(r"'([\w.]+)' is undefined", str(error))
        word = found.group(1) if found else ""
        if word in _ENGINE:
            return None
        line, _ = _where(error, body, macros)
        return problem(
            "macro-unknown", line, word, f"a macro must exist; found '{word}'" if word else str(error),
            did_you_mean(word, macros, f"The macros are {listed(macros)}."),
        )  # fmt: skip
    except Exception as error:  # any slip in a call must become a sentence, not a traceback
        line, word = _where(error, body, macros)
        said = str(error).replace(f"Embeds.{word}()", word)
        hint = "The macros and what they take stand in docs/reference/macros.md."
        return problem("macro-argument", line, word, f"in `{word}`, {said}" if word else said, hint)
    return None


def _where(error: BaseException, body: str, macros: dict[str, object] | object) -> tuple[int, str]:
    """The line of the page on which an exception arose, and the macro called there."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename == "<template>"]
    line = (frames[-1].lineno or 1) if frames else 1
    text = body.split("\n")[line - 1] if line <= body.count("\n") + 1 else ""
    called = [word for word in re.findall(r"(\w+)\s*\(", text) if isinstance(macros, dict) and word in macros]
    return line, called[0] if called else ""
