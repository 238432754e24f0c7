"""Make the fonts for Chinese, Japanese and Korean on paper anew, and the list of letters that paper has fonts for.

The fonts are parts of Noto Sans CJK, which is too large to ship and differs between machines: Han letters with kana in
their Chinese forms, the syllables of Hangul, and the arrows and signs that our other fonts lack. Of the rare Han letters
beyond the main block the first holds those that stand in `content/`. Run it where `commons check` says that such a letter
is in no font: `python -m tools.cjk_fonts` (Debian: `apt-get install fonts-noto-cjk`). The same font file and fontTools give
the same bytes.
"""

import io
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTCollection, TTFont

from macros.letters import LETTERS, written
from macros.print.pdf import FONTS, font_files

ROOT = Path(__file__).parent.parent
SOURCE = Path("/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
HAN, HANGUL, SIGNS = "NotoSansCJK_Han.otf", "NotoSansCJK_Hangul.otf", "NotoSansCJK_Signs.otf"
# Of each the family (one face of the whole font, so that no two have the same name) and the blocks that it has letters of.
PARTS = {
    HAN: ("Noto Sans CJK SC", ((0x2E80, 0x33FF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0xFF00, 0xFFEF))),
    HANGUL: ("Noto Sans CJK KR", ((0xAC00, 0xD7A3),)),
    SIGNS: ("Noto Sans CJK JP", ((0x2000, 0x2E7F),)),
}
RARE = ((0x3400, 0x4DBF), (0x20000, 0x3FFFF))
# Spaces, marks of direction, joiners and selectors: letters without a shape, which every font sets.
SHAPELESS = (0x00AD, 0x034F, 0x061C, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2065), *range(0xFE00, 0xFE10), 0xFEFF)
SPACES = (0x09, 0x0A, 0x0D)


def main() -> int:
    """Write the fonts and the list; gives 1 where the whole font is not on this machine."""
    if not SOURCE.is_file():
        sys.stderr.write(f"{SOURCE} is not there; on Debian: apt-get install fonts-noto-cjk\n")
        return 1
    everyone = letters_of(path for path in font_files() if path.name.startswith(("NotoSans_", "NotoSerif_")))
    more = {HAN: written_in(ROOT / "content") & set(within(RARE))}
    for name, (family, blocks) in PARTS.items():
        made = part(family, {*within(blocks), *more.get(name, ())} - everyone)
        (FONTS / name).write_bytes(made)
        sys.stdout.write(f"{name}: {len(letters_of([FONTS / name]))} letters, {len(made)} bytes\n")
    LETTERS.write_text(written(with_shapeless(letters_of(font_files()))), "ascii")
    return 0


def within(blocks: Iterable[tuple[int, int]]) -> Iterator[int]:
    """The letters of blocks."""
    return (letter for first, last in blocks for letter in range(first, last + 1))


def written_in(folder: Path) -> set[int]:
    """All letters of the texts and vocabularies in a folder."""
    return {ord(letter) for path in folder.rglob("*") if path.suffix in (".md", ".yml") for letter in path.read_text("utf-8")}


def part(family: str, letters: Iterable[int]) -> bytes:
    """A part of the whole font, with the shapes of these letters and no features."""
    number = [font["name"].getDebugName(1) for font in TTCollection(SOURCE, lazy=True)].index(family)
    font = TTFont(SOURCE, fontNumber=number, recalcTimestamp=False)
    options = subset.Options(layout_features=[], hinting=False, notdef_outline=True, name_IDs=[0, 1, 2, 3, 4, 5, 6, 7, 13, 14])
    options.drop_tables += ["vhea", "vmtx", "VORG", "BASE", "GSUB", "GPOS", "GDEF"]
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=letters)
    cutter.subset(font)
    made = io.BytesIO()
    subset.save_font(font, made, options)
    return made.getvalue()


def letters_of(files: Iterable[Path]) -> set[int]:
    """The letters that some of these fonts have a shape for."""
    found = set()
    for path in files:
        with TTFont(path, lazy=True) as font:
            found |= set(font.getBestCmap())
    return found


def with_shapeless(letters: set[int]) -> set[int]:
    """All that can stand in a text of such letters: those that need no shape too, and no letter that controls a machine."""
    return {*(letter for letter in letters if letter >= 0x20), *SPACES, *SHAPELESS}


if __name__ == "__main__":
    sys.exit(main())
