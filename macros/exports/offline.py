"""The site as one file to be taken along: `data/offline.zip`, whose pages open from a folder without a server.

What differs from the site on the web: a link to a folder names its `index.html`; the scripts are one plain script; the data
of the filters are scripts; what only a server can give (the full-text index, the compiler of PDFs in the browser) is left
out, and the pages say so; pictures for previews of links are left out too. Times in the file are fixed, so that the same site gives the same bytes.
"""

import re
import zipfile
from pathlib import Path

from .classic import classic

ZIP = "data/offline.zip"
FOLDER = "site"
SCRIPT = "assets/js/offline.js"
_FOR_PDF = ("fonts/", "letters.txt", "templates/", "entries/", "bundles/", "all.json.gz", "keeper.js", "kept.js", "worker.mjs")
_LEFT_OUT = ("pagefind/", "assets/social/", "vendor/", *(f"workshop/{name}" for name in _FOR_PDF), "sitemap", "robots.txt", ZIP)
_DATA = ("explore/entries.json", "explore/summaries.json", "explore/words.json")
_HREF = re.compile(r'(<a [^>]*?href=|<link [^>]*?href=|content="\d+; ?url=)(["\']?)([^"\'>]*)')
_WHOLE = re.compile(r"(?:[a-z][a-z0-9+.-]*:|//|#|$)", re.IGNORECASE)
_MODULE = re.compile(r'<script src="([^"]*)assets/js/commons\.mjs" type="module"></script>')
_POLICY = re.compile(r'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)')
_TIME = (2000, 1, 1, 0, 0, 0)
_COMPRESSED = frozenset({".png", ".jpg", ".webp", ".woff2", ".gz", ".zip", ".pdf"})


def archive(built: Path, target: Path) -> None:
    """Write the file for a built site."""
    script = classic(built / "assets/js")
    with zipfile.ZipFile(target, "w") as file:
        for path in sorted(path for path in built.rglob("*") if path.is_file()):
            name = path.relative_to(built).as_posix()
            if not name.startswith(_LEFT_OUT) and path != target:
                add(file, f"{FOLDER}/{name}", page(path.read_text("utf-8"), bool(script)).encode() if path.suffix == ".html" else path.read_bytes())
        for name in _DATA:
            if (built / name).is_file():
                data = (built / name).read_text("utf-8").strip()
                add(file, f"{FOLDER}/{name}.js", f'(globalThis.commonsData ??= {{}})["{name}"] = {data};\n'.encode())
        if script:
            add(file, f"{FOLDER}/{SCRIPT}", script.encode())


def add(file: zipfile.ZipFile, name: str, content: bytes) -> None:
    """Add a file with a fixed time, compressed where that makes it smaller."""
    kept = Path(name).suffix in _COMPRESSED
    info = zipfile.ZipInfo(name, _TIME)
    info.compress_type = zipfile.ZIP_STORED if kept else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    file.writestr(info, content, compresslevel=None if kept else 6)


def page(text: str, scripts: bool) -> str:
    """A page as it must be to open from a folder."""
    text = _HREF.sub(lambda match: f"{match.group(1)}{match.group(2)}{address(match.group(3))}", text)
    text = _MODULE.sub(rf'<script src="\g<1>{SCRIPT}" defer></script>' if scripts else "", text)
    return _POLICY.sub(lambda match: match.group(1) + match.group(2).replace("'self'", "'self' file:"), text)


def address(href: str) -> str:
    """An address on the site with the `index.html` that a server would have found."""
    if _WHOLE.match(href):
        return href
    found = re.match(r"([^?#]*)(.*)", href, re.DOTALL)
    assert found
    path, rest = found.groups()
    if path.endswith("/"):
        return f"{path}index.html{rest}"
    return f"{path}/index.html{rest}" if path in (".", "..") or path.endswith(("/.", "/..")) else href
