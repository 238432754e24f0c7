"""What the site takes from npm packages: which files, and where they stand in the built site.

Packages are locked in `package-lock.json`. Where they were not installed, nothing is copied, and the pages that would use
them say what is left out.
"""

import shutil
from pathlib import Path

FOLDER = "vendor"
# For each folder below `vendor/`: the package that it comes from, and which of its files (globs below the package).
VENDORED: dict[str, tuple[str, tuple[str, ...]]] = {
    "jedison": ("jedison", ("dist/umd/jedison.umd.js", "LICENSE")),
    "lean-qr": ("lean-qr", ("index.mjs", "LICENSE")),
    "markdown-it": ("markdown-it", ("dist/browser/markdown-it.esm.min.mjs", "LICENSE")),
    "typst": ("@myriaddreamin/typst.ts", ("dist/esm/*.mjs", "dist/esm/fs/*.mjs", "dist/esm/render/*.mjs", "LICENSE")),
    "typst-compiler": ("@myriaddreamin/typst-ts-web-compiler", ("pkg/*.mjs", "pkg/*.wasm")),
}


def vendor(built: Path, packages: Path) -> tuple[str, ...]:
    """Copy what is installed under `packages` (a `node_modules` folder) into a built site; gives the names that are missing."""
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
            shutil.copyfile(path, place)
    return tuple(missing)
