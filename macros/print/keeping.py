"""What the workshop needs without a connection: `workshop/kept.js` names the files that `workshop/keeper.js`, a service
worker of the theme, keeps on the device of a reader who has made a PDF; `workshop/all.json.gz` has the data of all entries.

The compiler and its fonts are not among them: the page keeps those itself when it makes the first PDF.
"""

import hashlib
import json
import re
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

FOLDER = "workshop"
DATA = f"{FOLDER}/all.json.gz"
# Of a pool whose data are larger than this, packed, only what a reader opened is there without a connection.
MOST_BYTES = 5_000_000
_WORKER = f"{FOLDER}/worker.mjs"
_SCRIPTS = "assets/js"
# What the scripts ask for by name, wherever it stands in a built site.
_ASKED = ("explore/entries.json", f"{FOLDER}/print.json", f"{FOLDER}/letters.txt", f"{FOLDER}/templates/*.typ",
          "vendor/lean-qr/index.mjs", "vendor/typst-compiler/program.json", "vendor/typst-compiler/pkg/*.mjs")  # fmt: skip
_LINKED = re.compile(r'(?:href|src)="?\.\./(assets/[^"#?\s>]+)')
_ELEMENT = re.compile(r"<(commons-[a-z]+)\b")
_IMPORTED = re.compile(r'(?:\bfrom|\bimport) ?\(?"(\.{1,2}/[^"]+\.mjs)"')


def packed(files: Mapping[str, bytes]) -> bytes:
    """The data of all entries and bundles by name, as one file; empty where that is too much, without packing more than that."""
    press = zlib.compressobj(6, zlib.DEFLATED, 16 + zlib.MAX_WBITS)
    found: list[bytes] = []
    size = 0
    for name in sorted(files):
        found.append(press.compress((b"," if found else b"{") + json.dumps(name).encode() + b":" + files[name]))
        size += len(found[-1])
        if size > MOST_BYTES:
            return b""
    found.append(press.compress(b"}" if found else b"{}") + press.flush())
    return whole if len(whole := b"".join(found)) <= MOST_BYTES else b""


def write_kept(built: Path) -> int:
    """Write `workshop/kept.js` into a built site; gives the number of files that it names, none where no PDF is made in browsers."""
    target, page = built / FOLDER / "kept.js", built / FOLDER / "index.html"
    if not page.is_file() or not json.loads((built / FOLDER / "print.json").read_bytes())["compiler"]:
        target.unlink(missing_ok=True)
        return 0
    names = sorted({f"{FOLDER}/", *_files(built, page.read_text("utf-8"))})
    version = hashlib.sha256()
    for name in names:
        path = built / name / "index.html" if name.endswith("/") else built / name
        version.update(f"{name}\0".encode() + hashlib.sha256(path.read_bytes()).digest())
    kept = {"version": version.hexdigest()[:16], "files": names, "data": DATA if DATA in names else ""}
    target.write_text(f"self.KEPT = {json.dumps(kept, separators=(',', ':'))};\n", "utf-8")
    return len(names)


def _files(built: Path, page: str) -> Iterator[str]:
    """All that the page asks for once it is there: what it links, its elements and the worker with what they import, and data."""
    linked = [name for name in _LINKED.findall(page) if (built / name).is_file()]
    yield from linked
    scripts = [name for name in linked if name.endswith(".mjs")]
    scripts += [name for element in _ELEMENT.findall(page) if (built / (name := f"{_SCRIPTS}/{element}.mjs")).is_file()]
    yield from _with_imports(built, {_WORKER, *scripts})
    for pattern in (*_ASKED, DATA):
        yield from (path.relative_to(built).as_posix() for path in built.glob(pattern))


def _with_imports(built: Path, scripts: set[str]) -> set[str]:
    """Scripts with all that they import, and what that imports."""
    found: set[str] = set()
    while scripts:
        found |= scripts
        near = {(built / name).parent / wanted for name in scripts for wanted in _IMPORTED.findall((built / name).read_text("utf-8"))}
        scripts = {path.resolve().relative_to(built.resolve()).as_posix() for path in near} - found
    return found
