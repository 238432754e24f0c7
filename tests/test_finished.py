"""Pages get all that they need while they are in memory, or afterwards where something else changes them: the site is the same."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.after import finish
from macros.policy import known_scripts, of_page, write_policies
from macros.search.full_text import begin_aside, index, parts_of
from tests.conftest import Small
from tests.engines import mkdocs

PLAIN = b'<html lang="en"><head></head><body><script>menu()</script></body></html>'


def page(number: int) -> str:
    """The article of a list page has no text to be found."""
    mark = " data-pagefind-body" if number % 3 else ""
    article = f'<article><h1 data-pagefind-meta="title">Page {number}</h1><p{mark}>Word{number} of many\ud800.</p></article>'
    return f'<html lang="en"><head></head><body><nav>menu</nav>{article}<script>menu()</script><script>other()</script></body></html>'


def files(site: Path) -> dict[str, bytes]:
    return {path.relative_to(site).as_posix(): path.read_bytes() for path in sorted(site.rglob("*")) if path.is_file()}


def test_a_finished_page_is_indexed_and_guarded_as_one_that_is_read_again(tmp_path: Path) -> None:
    at_once, later = tmp_path / "at-once", tmp_path / "later"
    known = known_scripts(PLAIN)
    for site in (at_once, later):
        site.mkdir()
        (site / "404.html").write_bytes(PLAIN)
        begin_aside(site)
    for number in range(12):
        for site in (at_once, later):
            path = site / f"practices/page-{number}/index.html"
            path.parent.mkdir(parents=True)
            plain = page(number).encode("utf-8", "xmlcharrefreplace")
            path.write_bytes(finish(page(number), site, path, 0, known) if site == at_once else plain)
    assert sorted(index(at_once, aside=True)) == sorted(index(later)) == sorted(f"practices/page-{n}/" for n in range(12) if n % 3)
    done = frozenset((at_once / "practices").rglob("*.html"))
    assert (write_policies(at_once, but=done), write_policies(later)) == (1, 13)
    assert files(at_once) == files(later)


def test_pages_that_are_put_aside_in_two_parts_are_all_indexed(tmp_path: Path) -> None:
    begin_aside(tmp_path)
    for number in range(12):
        finish(page(number), tmp_path, tmp_path / f"practices/page-{number}/index.html", number // 6, frozenset())
    assert sorted(path.name for path in (tmp_path / ".searched").iterdir()) == ["part-0", "part-1"]
    assert sorted(index(tmp_path, aside=True)) == sorted(f"practices/page-{n}/" for n in range(12) if n % 3)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["pagefind"]


def test_what_an_earlier_build_put_aside_is_not_indexed(tmp_path: Path) -> None:
    finish(page(1), tmp_path, tmp_path / "gone/index.html", 0, frozenset())
    begin_aside(tmp_path)
    finish(page(2), tmp_path, tmp_path / "here/index.html", 0, frozenset())
    assert list(index(tmp_path, aside=True)) == ["here/"]


@pytest.mark.parametrize(
    ("pages", "sizes"),
    [
        (0, []),
        (1, [1]),
        (999, [999]),
        (1_000, [500, 500]),
        (3_500, [1_750, 1_750]),
        (3_501, [1_167, 1_167, 1_167]),
        (10_000, [1_667, 1_667, 1_666, 1_667, 1_667, 1_666]),
    ],
)
def test_parts_are_of_one_size_and_two_are_made_of_all_but_a_small_pool(pages: int, sizes: list[int]) -> None:
    parts = parts_of(pages)
    assert parts == sorted(parts)
    assert [parts.count(part) for part in range(len(sizes))] == sizes
    assert len(parts) == pages


@pytest.mark.build
def test_where_something_else_changes_pages_their_policy_is_that_of_what_it_made(small: Small, practice: Callable[..., str]) -> None:
    small.topic()
    small.write("content/practices/pooled-buying.md", practice())
    small.write("docs/index.md", "# Start\n")
    changed = "output.replace('<body', '<body data-changed', 1)"
    small.write("change.py", f"def on_post_page(output, page, config):\n    return {changed}\n")
    done = mkdocs(small.root)
    assert not done.returncode, done.stderr
    site = small.root / "site-mkdocs"
    before = files(site)
    known = known_scripts(before["404.html"])
    small.write("mkdocs.yml", (small.root / "mkdocs.yml").read_text("utf-8") + "\nhooks: [change.py]\n")
    assert not mkdocs(small.root).returncode
    after = files(site)
    pages = [name for name in before if name.endswith("index.html") and b"<article" in before[name]]
    assert "practices/pooled-buying/index.html" in pages
    for name in pages:
        assert after[name] == before[name].replace(b"<body", b"<body data-changed", 1)
        assert after[name] == of_page(after[name], known)
        assert b'http-equiv="Content-Security-Policy"' in after[name]
    assert [name for name in after if name.startswith("pagefind/fragment/")] == [name for name in before if name.startswith("pagefind/fragment/")]
