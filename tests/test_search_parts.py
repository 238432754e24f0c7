"""The full-text index of a large pool: made in parts, and joined into the one that Pagefind would make of all pages."""

import gzip
import json
import shutil
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import libipld
import pytest

from macros.search import IndexFailed
from macros.search.full_text import index
from macros.search.joined import join

pytestmark = pytest.mark.build

# The module, whose name in its package is that of its function.
FULL_TEXT: Any = sys.modules["macros.search.full_text"]
# Places in a piece, so few that a small pool has many pieces; for Pagefind itself a variable of the environment says it.
PIECE = 60
MAGIC = b"pagefind_dcd"
LANGUAGES = ("de", "en", "th")
SPELLINGS = ("café", "cafe", "CAFÉ", "cafè", "naïve", "naive", "façade", "żółw", "Ökostrom", "ökostrom", "zürich")


def text_of(number: int) -> str:
    """Words that all pages have, that some have, that one has, and words with and without their accents."""
    some = " ".join(f"word{n}" for n in range(2, 30) if number % n == 0)
    return f"Depot charging for all buses {number}. {some}. {SPELLINGS[number % len(SPELLINGS)]} {SPELLINGS[number * 7 % len(SPELLINGS)]}."


def write_pages(site: Path, number: int) -> None:
    """Pages of three languages; what is said of each beside its text differs."""
    for n in range(number):
        language = "th" if n % 11 == 5 else "de" if n % 4 == 3 else "en"
        meta = f'<span hidden data-pagefind-meta="kind:Café {n % 3}"></span>' if n % 2 else ""
        if n >= number // 2:
            meta += '<span hidden data-pagefind-meta="coalitions:Depot league"></span>'
        if n == number - 2:
            meta += '<span hidden data-pagefind-meta="alone:Only here"></span>'
        heading = f"<h1>{'การขนส่งสะอาด' if language == 'th' else 'Title of depot'} {n}</h1>"
        folder = site / f"practices/page-{n}"
        folder.mkdir(parents=True)
        (folder / "index.html").write_text(
            f'<html lang="{language}"><body><nav>Menu</nav><article data-pagefind-body>{meta}{heading}'
            f'<p>{text_of(n)}</p><section data-pagefind-weight="0.5"><h2>More</h2><p>{text_of(n + 1)}</p></section></article></body></html>',
            "utf-8",
        )


@pytest.fixture(scope="module")
def small_pieces() -> Iterator[pytest.MonkeyPatch]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("PAGEFIND_UNSTABLE_INDEX_CHUNK_SIZE", str(PIECE))
        patch.setattr("macros.search.joined._LARGE", PIECE)
        yield patch


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, small_pieces: pytest.MonkeyPatch) -> tuple[Path, Path]:
    """The same pages, indexed at once and in four parts."""
    once, parted = (tmp_path_factory.mktemp(name) for name in ("once", "parted"))
    for site, largest in ((once, 50), (parted, 13)):
        write_pages(site, 50)
        small_pieces.setattr(FULL_TEXT, "LARGEST", largest)
        assert sorted(index(site)) == sorted(f"practices/page-{n}/" for n in range(50))
    return once / "pagefind", parted / "pagefind"


# The index as it is on the disk, read without the code under test.


def unpressed(path: Path) -> bytes:
    found = gzip.decompress(path.read_bytes())
    assert found.startswith(MAGIC)
    return found.removeprefix(MAGIC)


def entry(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "pagefind-entry.json").read_text("utf-8"))
    return found


def listed(folder: Path, language: str) -> list[Any]:
    """The list of pages: version, pages, pieces, filters, sorts, fields."""
    found: list[Any] = libipld.decode_dag_cbor(unpressed(folder / f"pagefind.{entry(folder)['languages'][language]['hash']}.pf_meta"))
    return found


def urls(folder: Path, language: str) -> list[str]:
    """The address of each page, in the order of their numbers."""
    return [json.loads(unpressed(folder / f"fragment/{name}.pf_fragment"))["url"] for name, _ in listed(folder, language)[1]]


def words(folder: Path, language: str) -> list[list[tuple[Any, ...]]]:
    """Of each piece the words, each with its places on each address, and so for each of its spellings."""
    addresses = urls(folder, language)

    def places(pages: list[Any]) -> dict[str, Any]:
        found, number = {}, 0
        for n, (distance, *rest) in enumerate(pages):
            assert distance > 0 or n == 0
            number += distance
            found[addresses[number]] = rest
        return found

    pieces = []
    for *_, name in listed(folder, language)[2]:
        [piece] = libipld.decode_dag_cbor(unpressed(folder / f"index/{name}.pf_index"))
        pieces.append([(word, places(pages), {spelling: places(found) for spelling, found in spellings}) for word, pages, spellings in piece])
    return pieces


@pytest.mark.parametrize("language", LANGUAGES)
def test_parts_are_joined_into_the_index_of_all_pages(both: tuple[Path, Path], language: str) -> None:
    once, parted = both
    assert len(listed(once, language)[2]) > 1
    assert words(parted, language) == words(once, language)
    first, second = listed(once, language), listed(parted, language)
    assert [piece[:2] for piece in second[2]] == [piece[:2] for piece in first[2]]
    assert (second[0], second[3:]) == (first[0], first[3:])
    assert sorted(second[1]) == sorted(first[1])
    assert sorted(urls(parted, language)) == sorted(urls(once, language))


def test_the_pages_of_the_test_differ_in_what_makes_joining_hard(both: tuple[Path, Path]) -> None:
    once, parted = both
    assert listed(once, "en")[5] == ["alone", "coalitions", "kind", "title"]
    assert listed(once, "th")[5] == ["coalitions", "kind", "title"]
    found = {word: spellings for piece in words(once, "en") for word, _, spellings in piece}
    assert sorted(found["cafe"]) == ["cafè", "café"]
    assert {len(pages) for piece in words(once, "en") for _, pages, _ in piece} >= {0, 1, 2, len(urls(once, "en"))}
    numbers = [int(url.removeprefix("/practices/page-").removesuffix("/")) for url in urls(parted, "en")]
    assert numbers != sorted(numbers)


def test_the_joined_index_has_the_files_of_one_and_says_how_many_pages_it_has(both: tuple[Path, Path]) -> None:
    once, parted = both
    for folder in both:
        said = entry(folder)["languages"]
        assert {language: about["page_count"] for language, about in said.items()} == {"de": 11, "en": 34, "th": 5}
        names = {name for language in LANGUAGES for *_, name in listed(folder, language)[2]}
        assert {path.stem for path in (folder / "index").iterdir()} == names
        pages = {name for language in LANGUAGES for name, _ in listed(folder, language)[1]}
        assert {path.stem for path in (folder / "fragment").iterdir()} == pages
        assert sum(len(listed(folder, language)[1]) for language in LANGUAGES) == len(pages) == 50
    assert {name for name in entry(once) if entry(once)[name] != entry(parted)[name]} == {"languages"}
    different = {path.name for folder in both for path in folder.glob("*.pf_meta")}
    assert {path.name for path in once.iterdir()} - different == {path.name for path in parted.iterdir()} - different
    assert len(different) == 2 * len(LANGUAGES)
    assert [path.name for path in parted.parent.iterdir() if path.name not in ("pagefind", "practices")] == []


def test_the_same_pages_give_the_same_joined_index(both: tuple[Path, Path], tmp_path: Path, small_pieces: pytest.MonkeyPatch) -> None:
    _, parted = both
    write_pages(tmp_path, 50)
    small_pieces.setattr(FULL_TEXT, "LARGEST", 13)
    index(tmp_path)
    first, second = (
        {path.relative_to(folder): path.read_bytes() for path in folder.rglob("*") if path.is_file()} for folder in (parted, tmp_path / "pagefind")
    )
    assert first == second


def test_no_more_pages_than_one_part_may_have_are_left_to_pagefind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(FULL_TEXT, "join", lambda _, others: asked.append(len(others)))
    write_pages(tmp_path, 9)
    for largest in (9, 8, 3, 2):
        monkeypatch.setattr(FULL_TEXT, "LARGEST", largest)
        index(tmp_path)
    assert asked == [1, 2, 4]


# Parts that were made otherwise.


@pytest.fixture
def parts(tmp_path: Path, small_pieces: pytest.MonkeyPatch) -> list[Path]:
    """Two parts of one language that are not joined yet."""
    found = []
    for n, name in enumerate(("one", "two")):
        site = tmp_path / name
        for number in range(3 * n, 3 * n + 3):
            (site / f"page-{number}").mkdir(parents=True)
            text = f'<html lang="en"><body><article data-pagefind-body><h1>Page {number}</h1><p>{text_of(number)}</p></article></body></html>'
            (site / f"page-{number}/index.html").write_text(text, "utf-8")
        index(site)
        found.append(site / "pagefind")
    return found


def rewrite(folder: Path, change: Any) -> None:
    """Write the list of pages of a part anew, as another one might have it."""
    path = folder / f"pagefind.{entry(folder)['languages']['en']['hash']}.pf_meta"
    found = libipld.decode_dag_cbor(unpressed(path))
    change(found)
    path.write_bytes(gzip.compress(MAGIC + libipld.encode_dag_cbor(found)))


def test_two_pages_of_one_name_stay_two(parts: list[Path]) -> None:
    one, two = parts
    expected = urls(one, "en") + urls(two, "en")
    places: dict[str, dict[str, Any]] = {}
    for folder in parts:
        for word, found, _ in (word for piece in words(folder, "en") for word in piece):
            places.setdefault(word, {}).update(found)
    name = listed(one, "en")[1][1][0]

    def twin(found: list[Any]) -> None:
        (two / f"fragment/{found[1][0][0]}.pf_fragment").rename(two / f"fragment/{name}.pf_fragment")
        found[1][0][0] = name

    rewrite(two, twin)
    join(one, [two])
    names = [found for found, _ in listed(one, "en")[1]]
    assert urls(one, "en") == expected
    assert {word: found for piece in words(one, "en") for word, found, _ in piece} == places
    assert len(set(names)) == 6
    assert [found for found in names if found == name] == [name]
    assert all(found.startswith("en_") and len(found) == len("en_1234567") for found in names)
    assert sorted(path.stem for path in (one / "fragment").iterdir()) == sorted(names)


def test_a_part_of_another_version_is_refused_in_a_sentence(parts: list[Path]) -> None:
    one, two = parts
    rewrite(two, lambda found: found.__setitem__(0, "2.0.0"))
    with pytest.raises(
        IndexFailed, match=r"^The parts of the index are of Pagefind 2\.0\.0; this version can join those of Pagefind 1\.5\.2 only\.$"
    ):
        join(one, [two])


@pytest.mark.parametrize("mark", ["filter", "sort"])
def test_filters_and_sorts_of_pagefind_are_refused_in_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, mark: str) -> None:
    write_pages(tmp_path, 6)
    page = tmp_path / "practices/page-5/index.html"
    page.write_text(page.read_text("utf-8").replace("<h1>", f'<h1 data-pagefind-{mark}="kind">'), "utf-8")
    monkeypatch.setattr(FULL_TEXT, "LARGEST", 4)
    with pytest.raises(IndexFailed, match=r"^A page has data-pagefind-filter or data-pagefind-sort; a pool of this size cannot have them\.$"):
        index(tmp_path)
    assert not (tmp_path / ".searched").exists()


def test_what_pagefind_says_of_a_later_part_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write_pages(tmp_path, 6)
    monkeypatch.setattr(FULL_TEXT, "LARGEST", 4)
    true = FULL_TEXT._parts_aside

    def emptied(site: Path) -> Iterator[Path]:
        for folder in true(site):
            if folder.name == "part-1":
                shutil.rmtree(folder)
                folder.mkdir()
            yield folder

    monkeypatch.setattr(FULL_TEXT, "_parts_aside", emptied)
    with pytest.raises(IndexFailed, match=r"^Error: Pagefind was not able to build an index\.\n"):
        index(tmp_path)
    assert not (tmp_path / ".searched").exists()
