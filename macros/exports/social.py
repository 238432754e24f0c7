"""Pictures for previews of links (`assets/social/`): one for each kind and coalition that entries have, and one for the site.

A picture for each entry would take a minute for each two thousand entries, so entries that have kind and coalition in common
share one. Set by Typst with the fonts of the printed editions; 1200 by 630 pixels, as previews want it.
"""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import typst

from ..pool import Record
from ..print.pdf import FONTS
from ..views.head import PICTURES, picture
from ..views.site import Site

# Half a point for each pixel, set at twice the usual 72 a inch.
_PIXELS_PER_INCH = 144.0
_PAGE = """
#let data = sys.inputs
#set page(width: 600pt, height: 315pt, margin: 48pt, fill: rgb("#fbfaf7"))
#set text(font: ("Noto Sans", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Arabic"), fill: rgb("#1c2526"))
#place(top + left, dx: -48pt, dy: -48pt, rect(width: 600pt, height: 12pt, fill: rgb("#0f5c5c")))
#text(size: 20pt, fill: rgb("#0f5c5c"), weight: "bold", data.above)
#v(1fr)
#text(size: 44pt, weight: "bold", data.title)
#v(1fr)
#text(size: 18pt, data.below)
"""


def pictures(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every picture that a page names."""
    found = {picture(record, site): _words(record, site) for record in site.catalogue.records}
    for kind in site.catalogue.by_kind:
        found.setdefault(f"{PICTURES}{kind}.png", {"title": site.strings(f"kinds.{kind}.many"), "above": "", "below": site.settings.site_name})
    found[f"{PICTURES}site.png"] = {"title": site.settings.site_name, "above": "", "below": site.settings.description}
    with tempfile.TemporaryDirectory() as folder:
        world = Path(folder)
        (world / "main.typ").write_text(_PAGE, "utf-8")
        compiler = typst.Compiler(world / "main.typ", root=world, font_paths=[FONTS], ignore_system_fonts=True)
        for name, words in sorted(found.items()):
            made = compiler.compile(format="png", ppi=_PIXELS_PER_INCH, sys_inputs=words)
            assert isinstance(made, bytes)  # one page
            yield name, made


def _words(record: Record, site: Site) -> dict[str, str]:
    coalition = next(iter(site.catalogue.named(site.catalogue.facet(record, "coalition"))), None)
    return {
        "title": site.strings(f"kinds.{record.kind}.one"),
        "above": coalition.entry.title if coalition else "",
        "below": site.settings.site_name,
    }
