"""Pictures for previews of links (`assets/social/`): of every entry with its title, kind and coalition, of each kind, of the site.

Set by Typst with the fonts of the printed editions; 1200 by 630 pixels, as previews want it, in sixteen colours, some 12 KB.
To set words in such a size takes longest, so a line that many pictures have in common is set once, pictures are kept between
runs by what they say, and in a large pool (`views.head.MOST_PICTURES`) entries that have kind and coalition in common share one.
"""

import io
import json
import tempfile
import zlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from hashlib import sha256
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import typst

from ..kept import read_kept, write_kept
from ..pool import Record
from ..print.editions import WORKERS
from ..print.pdf import FONTS, fonts
from ..views.head import PICTURES, has_own_picture, picture
from ..views.site import Site

if TYPE_CHECKING:  # it takes a while to import, and only what draws a picture needs it
    from PIL.Image import Image

# Half a point for each pixel, set at twice the usual 72 a inch.
_PIXELS_PER_INCH = 144.0
_SIZE = (1200, 630)
_PAPER, _INK, _MARK = (0xFB, 0xFA, 0xF7), (0x1C, 0x25, 0x26), (0x0F, 0x5C, 0x5C)
# The band at the top, and where each line of words begins: pixels from the left and from the top.
_BAND = (0, 0, 1200, 24)
_PLACES = {"above": (96, 84), "title": (96, 160), "below": (96, 474)}
# A line takes the largest type in which all of it fits, if need be in several rows.
_LINE = """
#let data = sys.inputs
#let (height, room, place, sizes) = (
  above: (26pt, 26pt, top, (20pt, 18pt, 16pt, 14pt, 12pt)),
  title: (156pt, 150pt, horizon, (44pt, 38pt, 32pt, 27pt, 23pt, 19pt)),
  below: (36pt, 36pt, bottom, (18pt, 16pt, 14pt, 12pt)),
).at(data.line)
// Letters that reach above the first row or below the last one have some room more.
#set page(width: 504pt, height: height + 8pt, margin: (top: 2pt, rest: 0pt), fill: rgb("#fbfaf7"))
#set text(font: ("Noto Sans", "Noto Sans Devanagari", "Noto Sans Thai", "Noto Sans Arabic"))
#set text(fill: if data.line == "above" { rgb("#0f5c5c") } else { rgb("#1c2526") }, weight: if data.line == "below" { "regular" } else { "bold" })
#let words(size) = text(size: size, data.words)
#box(width: 504pt, height: height, context {
  let fits = sizes.find(size => measure(width: 504pt, words(size)).height <= room)
  align(place, words(if fits == none { sizes.last() } else { fits }))
})
"""
Words = dict[str, str]
# Which of the three it is, and its words.
Line = tuple[str, str]
T = TypeVar("T")


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
    files = sorted((path.name, path.stat().st_size) for path in FONTS.iterdir())
    with_what = [_LINE, _PLACES, _PIXELS_PER_INCH, version("typst"), version("pillow"), files]
    return sha256(json.dumps([with_what, words], sort_keys=True).encode()).hexdigest()[:32]


def _drawn(wanted: Mapping[str, Words]) -> Iterator[tuple[str, bytes]]:
    """The pictures of some words, by the same keys; a line that several have in common is set once."""
    if not wanted:
        return
    by_title: dict[str, dict[str, Words]] = {}
    for key, words in sorted(wanted.items()):
        by_title.setdefault(words["title"], {})[key] = words
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(WORKERS) as pool:
        (world := Path(folder)).joinpath("main.typ").write_text(_LINE, "utf-8")

        def shared(act: Callable[[Sequence[Line]], list[T]], lines: Iterable[Line]) -> Iterator[T]:
            ordered = sorted(lines)
            for part in pool.map(lambda start: act(ordered[start::WORKERS]), range(WORKERS)):
                yield from part

        def whole(titles: Sequence[Line]) -> list[tuple[str, bytes]]:
            made = _set(world, titles)
            return [(key, _put_together(words, {**small, line: image})) for line, image in made for key, words in by_title[line[1]].items()]

        small = dict(shared(lambda part: list(_set(world, part)), {(name, words[name]) for words in wanted.values() for name in ("above", "below")}))
        yield from shared(whole, {("title", title) for title in by_title})


def _set(world: Path, lines: Sequence[Line]) -> Iterator[tuple[Line, "Image"]]:
    """Each line as Typst sets it, in our colours."""
    from PIL import Image

    compiler = typst.Compiler(world / "main.typ", root=world, font_paths=fonts(), package_path=world, package_cache_path=world)
    colours = Image.new("P", (1, 1))
    colours.putpalette(_palette())
    for name, words in lines:
        made = compiler.compile(format="png", ppi=_PIXELS_PER_INCH, sys_inputs={"line": name, "words": words})
        assert isinstance(made, bytes)  # one page
        with Image.open(io.BytesIO(made)) as image:
            yield (name, words), image.convert("RGB").quantize(palette=colours, dither=Image.Dither.NONE)


def _put_together(words: Words, lines: Mapping[Line, "Image"]) -> bytes:
    """A picture as PNG: the band, and each of its lines at its place."""
    from PIL import Image

    found, packed = Image.new("P", _SIZE, 0), io.BytesIO()
    found.putpalette(_palette())
    found.paste(len(_palette()) // 3 - 1, _BAND)
    for name, place in _PLACES.items():
        found.paste(lines[name, words[name]], place)
    found.save(packed, "PNG", bits=4, compress_type=zlib.Z_RLE)  # for flat colours as small as any, and quickest
    return packed.getvalue()


def _palette() -> list[int]:
    """Paper first, then what lies between it and ink, then what lies between it and the mark: red, green and blue of each."""
    return [part for colour in (*_between(_PAPER, _INK, 9), *_between(_PAPER, _MARK, 8)[1:]) for part in colour]


def _between(one: tuple[int, ...], other: tuple[int, ...], steps: int) -> list[tuple[int, ...]]:
    """Colours from one to another, both among them."""
    return [tuple(round(a + (b - a) * step / (steps - 1)) for a, b in zip(one, other, strict=True)) for step in range(steps)]
