"""What a page of the site may load and run, said in the page itself: a Content Security Policy.

A server of plain files cannot send the policy as a header, so it stands in a `<meta>` of every page, before anything that it
governs. Scripts are files of the site; the few that the theme writes into pages are named by their hashes. Only those are
named that stand on the page for what is not found, too: no contributor writes on that page, so a script that got into any
other page by whatever way has no name, and browsers do not run it.
"""

import base64
import hashlib
import re
from collections.abc import Iterable, Iterator, Set
from functools import lru_cache
from pathlib import Path

from .ahead import ahead
from .built import html_files

# The page that holds the theme and nothing else.
PLAIN = "404.html"
_BEGIN, _END = b"<script>", b"</script>"
# The theme writes the way from a page to the root of the site into one script; it is all that may differ.
_ROOT = re.compile(rb'new URL\("[^"\\]*",location\)')
_WAY = re.compile(rb'new URL\("(?:\.|\.\.(?:/\.\.)*)",location\)')
_HEAD = re.compile(rb"<head[^>]*>")
_META = b'<meta http-equiv="Content-Security-Policy"'
_STANDS = re.compile(rb"\s*" + _META + b"[^>]*>")
# WebAssembly is what the full-text search and the typesetter run in; style attributes place what scripts move.
_RULES = (
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'{hashes}",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "connect-src 'self' data: blob:",
    "worker-src 'self' blob:",
    "frame-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
)


def write_policies(built: Path, but: Set[Path] = frozenset()) -> int:
    """Write its policy into every page of a built site but the files and folders that have it; gives the number of pages that were looked at.

    A site without `404.html` names no script.
    """
    plain = built / PLAIN
    known = known_scripts(plain.read_bytes()) if plain.is_file() else frozenset()

    def write(path: Path) -> None:
        page = path.read_bytes()
        with_policy = of_page(page, known, whole=path == plain)
        if with_policy != page:
            path.write_bytes(with_policy)

    return len(list(ahead(write, list(html_files(built, but)))))


def known_scripts(plain: bytes) -> frozenset[bytes]:
    """The scripts of the page that holds the theme and nothing else, without the way to the root of the site."""
    return frozenset(_ROOT.sub(b"", script) for script in scripts(plain))


def scripts(page: bytes) -> Iterator[bytes]:
    """The scripts that stand in a page itself."""
    at = page.find(_BEGIN)
    while at >= 0 and (end := page.find(_END, at)) >= 0:
        yield page[at + len(_BEGIN) : end]
        at = page.find(_BEGIN, end)


def policy(named: Iterable[bytes]) -> str:
    """The policy of a page that names these scripts."""
    return _policy(tuple(dict.fromkeys(named)))


@lru_cache(100)
def _policy(named: tuple[bytes, ...]) -> str:
    """The policy of pages that name the same scripts, as most do."""
    hashes = "".join(f" 'sha256-{base64.b64encode(hashlib.sha256(script).digest()).decode()}'" for script in named)
    return "; ".join(_RULES).format(hashes=hashes)


def of_page(page: bytes, known: Set[bytes], whole: bool = False) -> bytes:
    """A page with its policy, which names those of its scripts that are known; `whole` for the page for what is not found."""
    way = _ROOT if whole else _WAY
    named = [script for script in scripts(page) if way.sub(b"", script) in known]
    head = _HEAD.search(page)
    if not head:
        return page
    meta = b"\n" + _META + f' content="{policy(named)}">'.encode()
    rest = page[head.end() :]
    return page[: head.end()] + meta + (_STANDS.sub(b"", rest, count=1) if _META in rest else rest)
