"""Pictures for previews of links (`assets/social/`): of every entry with its title, kind and coalition, of each kind, of the site.

Set by Typst with the fonts of the printed editions; 1200 by 630 pixels, as previews want it, in sixteen colours. One takes some
25 ms and 12 KB, so they are kept between runs by what they say, and in a large pool (`views.head.MOST_PICTURES`) entries that
have kind and coalition in common share one.
"""

import io
import json
import tempfile
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path

import typst

from ..kept import read_kept, write_kept
from ..pool import Record
from ..print.editions import WORKERS
from ..print.pdf import FONTS, fonts
from ..views.head import PICTURES, has_own_picture, picture
from ..views.site import Site

# Half a point for each pixel, set at twice the usual 72 a inch.
_PIXELS_PER_INCH = 144.0
_PAPER, _INK, _MARK = (0xFB, 0xFA, 0xF7), (0x1C, 0x25, 0x26), (0x0F, 0x5C, 0x5C)
_PAGE = """
#let data = sys.inputs
#set page(width: 600pt, height: 315pt, margin: (x: 48pt, y: 40pt), fill: rgb("#fbfaf7"))
#set text(font: ("Noto Sans", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Arabic"), fill: rgb("#1c2526"))
#let title(size) = text(size: size, weight: "bold", data.title)
#place(top + left, dx: -48pt, dy: -40pt, rect(width: 600pt, height: 12pt, fill: rgb("#0f5c5c")))
#place(top + left, dy: 4pt, box(width: 504pt, height: 26pt, clip: true, text(size: 20pt, fill: rgb("#0f5c5c"), weight: "bold", data.above)))
#place(top + left, dy: 42pt, context {
  let fits = (44pt, 38pt, 32pt, 27pt, 23pt, 19pt).find(size => measure(width: 504pt, title(size)).height <= 150pt)
  box(width: 504pt, height: 156pt, clip: true, align(horizon, title(if fits == none { 19pt } else { fits })))
})
#place(bottom + left, box(width: 504pt, height: 26pt, clip: true, text(size: 18pt, data.below)))
"""
Words = dict[str, str]


def pictures(site: Site) -> Iterator[tuple[str, bytes]]:
    """Every picture that a page names."""
    found = {picture(record, site): _words(record, site) for record in site.catalogue.records}
    for kind in site.catalogue.by_kind:
        found.setdefault(f"{PICTURES}{kind}.png", {"title": site.strings(f"kinds.{kind}.many"), "above": "", "below": site.settings.site_name})
    found[f"{PICTURES}site.png"] = {"title": site.settings.site_name, "above": "", "below": site.settings.description}
    store = site.settings.build / "pictures"
    keys = {name: _key(words) for name, words in found.items()}
    kept = {key: content for key in set(keys.values()) if (content := read_kept(store / key)) is not None}
    for key, content in _drawn({keys[name]: words for name, words in found.items() if keys[name] not in kept}):
        kept[key] = content
        write_kept(store / key, content)
    for path in store.iterdir():
        if path.name not in kept:
            path.unlink(missing_ok=True)
    yield from ((name, kept[keys[name]]) for name in sorted(found))


def _words(record: Record, site: Site) -> Words:
    coalition = next(iter(site.catalogue.named(site.catalogue.facet(record, "coalition"))), None)
    kind, whose = site.strings(f"kinds.{record.kind}.one"), coalition.entry.title if coalition else ""
    if has_own_picture(site):
        above = " · ".join(filter(None, (kind, whose if whose != record.entry.title else "")))
        return {"title": record.entry.title, "above": above, "below": site.settings.site_name}
    return {"title": kind, "above": whose, "below": site.settings.site_name}


def _key(words: Words) -> str:
    """What a picture is made from, as a hash: its words, the way it is set, the programs and the fonts."""
    with_what = [_PAGE, _PIXELS_PER_INCH, version("typst"), version("pillow"), sorted((path.name, path.stat().st_size) for path in FONTS.iterdir())]
    return sha256(json.dumps([with_what, words], sort_keys=True).encode()).hexdigest()[:32]


def _drawn(wanted: Mapping[str, Words]) -> Iterator[tuple[str, bytes]]:
    """The pictures of some words, by the same keys."""
    if not wanted:
        return
    items = sorted(wanted.items())
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        (Path(folder) / "main.typ").write_text(_PAGE, "utf-8")
        for part in pool.map(lambda start: list(_set(Path(folder), items[start::WORKERS])), range(WORKERS)):
            yield from part


def _set(world: Path, items: Iterable[tuple[str, Words]]) -> Iterator[tuple[str, bytes]]:
    from PIL import Image  # takes a while, and only what draws a picture needs it

    compiler = typst.Compiler(world / "main.typ", root=world, font_paths=fonts(), package_path=world, package_cache_path=world)
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in (*_between(_PAPER, _INK, 9), *_between(_PAPER, _MARK, 8)[1:]) for part in colour])
    for key, words in items:
        made = compiler.compile(format="png", ppi=_PIXELS_PER_INCH, sys_inputs=words)
        assert isinstance(made, bytes)  # one page
        packed = io.BytesIO()
        with Image.open(io.BytesIO(made)) as image:
            image.convert("RGB").quantize(palette=palette, dither=Image.Dither.NONE).save(packed, "PNG", bits=4)
        yield key, packed.getvalue()


def _between(one: tuple[int, ...], other: tuple[int, ...], steps: int) -> list[tuple[int, ...]]:
    """Colours from one to another, both among them."""
    return [tuple(round(a + (b - a) * step / (steps - 1)) for a, b in zip(one, other, strict=True)) for step in range(steps)]
