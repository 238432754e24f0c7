"""The scripts of the theme as one plain script, for pages that are opened from a folder.

Browsers load modules from servers only. Our modules keep to few forms (one import or export a line, names in braces), so
they are set together here: each becomes a function that runs once, after those that it imports. An element that imports
anything else (a package, another folder) is left out, and its page stays as it is without scripts.
"""

import re
from pathlib import Path

_IMPORT = re.compile(r'^import (?:\{ ?([^}]*?) ?\} from )?"\./([a-z0-9-]+)\.mjs";$', re.MULTILINE)
_ANY_IMPORT = re.compile(r"^import\b", re.MULTILINE)
_EXPORT = re.compile(r"^export ((?:async )?function|class|const) (\w+)", re.MULTILINE)
_ANY_EXPORT = re.compile(r"^export\b", re.MULTILINE)
# Where the first script loads the others, they are there already.
_LOADED = re.compile(r"import\(`\./\$\{name\}\.mjs`\)")


# A folder has no page of its own without a server: links that scripts make get the name of the file when they are followed.
_FOLDERS = """addEventListener("click", (event) => {
  const link = event.target.closest?.("a[href]");
  if (link?.protocol === "file:" && link.pathname.endsWith("/")) link.pathname += "index.html";
}, true);
"""


class _NotPlain(Exception):
    """A module has a form that cannot be set together."""


def classic(folder: Path, first: str = "commons") -> str:
    """The script; empty if the first module cannot be set."""
    placed: dict[str, str] = {}
    for path in sorted(folder.glob("commons-*.mjs")):
        try:
            placed |= _with_imports(path.stem, folder, placed, ())
        except _NotPlain:
            continue
    try:
        placed |= _with_imports(first, folder, placed, ())
    except _NotPlain:
        return ""
    return "(() => {\nconst modules = {};\n" + _FOLDERS + "".join(placed.values()) + "})();\n"


def _with_imports(name: str, folder: Path, placed: dict[str, str], above: tuple[str, ...]) -> dict[str, str]:
    """A module with those that it imports before it, without those that are placed already; raises _NotPlain."""
    if name in placed:
        return {}
    path = folder / f"{name}.mjs"
    if name in above or not path.is_file():
        raise _NotPlain(name)
    text = path.read_text("utf-8")
    imports = _IMPORT.findall(text)
    exports = [match.group(2) for match in _EXPORT.finditer(text)]
    if len(imports) != len(_ANY_IMPORT.findall(text)) or len(exports) != len(_ANY_EXPORT.findall(text)):
        raise _NotPlain(name)
    found: dict[str, str] = {}
    for _, wanted in imports:
        found |= _with_imports(wanted, folder, placed | found, (*above, name))
    body = _LOADED.sub("Promise.resolve()", _EXPORT.sub(r"\1 \2", _IMPORT.sub(_import, text)))
    return found | {name: f'modules["{name}"] = (() => {{\n{body}\nreturn {{ {", ".join(exports)} }};\n}})();\n'}


def _import(match: re.Match[str]) -> str:
    names = (match.group(1) or "").replace(" as ", ": ")
    return f'const {{ {names} }} = modules["{match.group(2)}"];' if names else ""
