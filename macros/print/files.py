"""What the browser needs to print: the parts of documents, the templates, the fonts; written into a built site.

`workshop/print.json` has the frame, the lists of templates and fonts, and the size of `all.json.gz`, in which all of the
following stands once more (`keeping.py`); `workshop/letters.txt` the letters that the fonts have;
`workshop/entries/<id>.json` what paper says of an entry; `workshop/bundles/<id>.json` the title page, steps and ids of
every bundle, topic, coalition and government that has entries. `docs/adr/0008-print-with-typst.md` says why.
"""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ..kept import put
from ..letters import LETTERS
from ..views.site import Site
from ..views.workshop import GATHERED
from .document import Occasion, as_json, document, frame
from .fragment import fragment
from .keeping import DATA, FOLDER, packed
from .pdf import FONTS, TEMPLATES, font_files
from .selection import NoSelection, of_entry

# Fonts that only some documents need, by a word of their names: those with a letter of these blocks, in the form of a class
# of a regular expression in JavaScript. The browser loads the others always.
NEEDED_FOR = {
    "Devanagari": r"\u0900-\u097f\u1cd0-\u1cff\ua830-\ua83f\ua8e0-\ua8ff\u{11b00}-\u{11b5f}",
    "Thai": r"\u0e00-\u0e7f",
    "Arabic": r"\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufefe\u{10e60}-\u{10eff}\u{1ee00}-\u{1eeff}",
    "Han": r"\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef\u{20000}-\u{3ffff}",
    "Hangul": r"\uac00-\ud7a3",
}


def has_print_files(built: Path) -> bool:
    """Whether a built site has them, from this build or from one before."""
    return (built / FOLDER / "print.json").is_file()


def write_print_files(built: Path, site: Site, compiler: bool) -> None:
    """Write all of it, only where it changes; `compiler` says whether the site has the compiler for the browser."""
    parts = {name: as_json(data).encode() for name, data in _data(site)}
    wanted = {f"{FOLDER}/{name}": content for name, content in parts.items()}
    wanted |= {DATA: whole} if (whole := packed(parts)) else {}
    wanted[f"{FOLDER}/print.json"] = as_json(_manifest(site, compiler, len(whole))).encode()
    wanted |= {f"{FOLDER}/templates/{path.name}": path.read_bytes() for path in TEMPLATES.glob("*.typ")}
    wanted |= {f"{FOLDER}/fonts/{path.name}": path.read_bytes() for path in (*font_files(), FONTS / "OFL.txt")}
    wanted[f"{FOLDER}/{LETTERS.name}"] = LETTERS.read_bytes()
    for name, content in wanted.items():
        path = built / name
        if not path.is_file() or path.read_bytes() != content:
            put(path, content)


def _manifest(site: Site, compiler: bool, kept: int) -> dict[str, Any]:
    return {
        "frame": frame(site),
        "templates": sorted(path.name for path in TEMPLATES.glob("*.typ")),
        "fonts": [{"file": path.name, "bytes": path.stat().st_size, "letters": needed_for(path.name)} for path in font_files()],
        "compiler": compiler,
        "kept": kept,
    }


def _data(site: Site) -> Iterator[tuple[str, dict[str, Any]]]:
    for record in site.catalogue.listed():
        yield f"entries/{record.id}.json", fragment(record, site)
        if record.kind in (*GATHERED, "bundle"):
            try:
                selection = of_entry(record, site)
            except NoSelection:
                continue
            # With the sources as a file has them, so that a copy of the bundle can cite them too.
            cited = [(key, source.model_dump(mode="json", exclude_none=True, exclude_defaults=True)) for key, source in record.entry.sources.items()]
            said = document(selection, site, Occasion())
            yield f"bundles/{record.id}.json", {"document": said, "entries": [r.id for r in selection.records], "cited": cited}


def needed_for(name: str) -> str:
    """The letters of which one makes a document need the font of this file; empty where every document does."""
    return next((letters for word, letters in NEEDED_FOR.items() if re.search(rf"{word}(?![a-z])", name)), "")
