"""What the site takes from npm packages: which files, and where they stand in the built site.

Packages are locked in `package-lock.json`. Where they were not installed, nothing is copied, and the pages that would use
them say what is left out.
"""

import gzip
import json
import os
import shutil
from pathlib import Path

FOLDER = "vendor"
# For each folder below `vendor/`: the package that it comes from, and which of its files (globs below the package).
VENDORED: dict[str, tuple[str, tuple[str, ...]]] = {
    "jedison": ("jedison", ("dist/umd/jedison.umd.js", "LICENSE")),
    "lean-qr": ("lean-qr", ("index.mjs", "LICENSE")),
    "markdown-it": ("markdown-it", ("dist/browser/markdown-it.esm.min.mjs", "LICENSE")),
    "typst-compiler": ("@myriaddreamin/typst-ts-web-compiler", ("pkg/typst_ts_web_compiler.mjs", "pkg/*.wasm")),
}
# Programs are packed, because not every web server packs them on the way; `program.json` beside them says what there is.
PACKED = ".wasm"


def vendor(built: Path, packages: Path) -> tuple[str, ...]:
    """Copy what is installed under `packages` (a `node_modules` folder) into a built site; gives the names that are missing.

    A file that stands already and is as old as its source is left alone.
    """
    missing = []
    for name, (package, patterns) in VENDORED.items():
        source, target = packages / package, built / FOLDER / name
        found = sorted(path for pattern in patterns for path in source.glob(pattern))
        if not found:
            missing.append(name)
            continue
        for path in found:
            place = target / path.relative_to(source)
            place.parent.mkdir(parents=True, exist_ok=True)
            if path.suffix == PACKED:
                _pack(path, place.with_name(f"{place.name}.gz"))
            else:
                shutil.copyfile(path, place)
        if programs := [path for path in found if path.suffix == PACKED]:
            _describe(target, source, programs[0])
    return tuple(missing)


def _pack(path: Path, target: Path) -> None:
    """A file compressed, with no time inside, so that the same file gives the same bytes."""
    if target.is_file() and target.stat().st_mtime_ns == path.stat().st_mtime_ns:
        return
    target.write_bytes(gzip.compress(path.read_bytes(), 6, mtime=0))
    os.utime(target, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))


def _describe(target: Path, source: Path, program: Path) -> None:
    """Write `program.json`: the packed program, its script, its bytes as they are sent, and its version."""
    packed = target / program.relative_to(source).with_name(f"{program.name}.gz")
    script = next(iter(sorted(packed.parent.glob("*.mjs"))), None)
    about = {
        "file": packed.relative_to(target).as_posix(),
        "script": script.relative_to(target).as_posix() if script else "",
        "bytes": packed.stat().st_size,
        "version": json.loads((source / "package.json").read_text("utf-8"))["version"],
    }
    (target / "program.json").write_text(json.dumps(about) + "\n", "utf-8")
