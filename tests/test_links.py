"""The way from one page to another, as a browser and as POSIX would find it."""

import posixpath
from urllib.parse import urljoin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from macros.links import relative

PARTS = st.lists(st.sampled_from(["a", "b", "c-1", "a.b"]), max_size=4)


@given(PARTS, PARTS, st.booleans())
def test_a_browser_on_the_page_finds_the_target(there: list[str], here: list[str], is_folder: bool) -> None:
    target = "".join(f"{part}/" for part in there) + ("" if is_folder else "file.md")
    page = "".join(f"{part}/" for part in here)
    found = relative(target or "./", page)
    assert urljoin(f"https://site.test/{page}", found) == f"https://site.test/{target}"


@pytest.mark.parametrize("target", ["", "a/", "a/b", "a//b/", "../a/", "./", "a/./b", "a/../b/", "/a/b", "b/#part", "#part", "a/b/c.md#x"])
@pytest.mark.parametrize("page", ["", "a/", "a/b/", "a//b/", "../a/", "./", "/a/"])
def test_any_address_is_taken_as_posix_takes_it(target: str, page: str) -> None:
    path, sign, part = target.partition("#")
    found = posixpath.relpath(path or ".", page or ".")
    wanted = f"{found}{'/' if path.endswith('/') and not found.endswith('/') else ''}{sign}{part}" if path else target or "./"
    assert relative(target, page) == wanted
