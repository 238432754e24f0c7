"""Each page says what it may load and run; scripts are named one by one."""

import base64
import hashlib
from pathlib import Path

import pytest

from macros import ahead
from macros.policy import policy, write_policies

THEME = b'scope=new URL("/sub/",location)'
OTHER = b"menu()"


def script(text: bytes) -> bytes:
    return b"<script>" + text + b"</script>"


def hashed(text: bytes) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text).digest()).decode()}'"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A site with the theme's two scripts on its page for what is not found."""
    (tmp_path / "404.html").write_bytes(b"<html><head>" + script(THEME) + b"</head>" + script(OTHER) + b"</html>")
    return tmp_path


def said(site: Path, page: bytes) -> str:
    """The policy that a page gets."""
    (site / "index.html").write_bytes(page)
    assert write_policies(site) == 2
    text = (site / "index.html").read_text("utf-8")
    assert text.count('http-equiv="Content-Security-Policy"') == 1
    assert text.startswith('<html><head>\n<meta http-equiv="Content-Security-Policy" content="')
    return text.partition('content="')[2].partition('"')[0]


def test_a_page_names_the_scripts_of_the_theme_by_their_hashes(site: Path) -> None:
    here = b'scope=new URL("../..",location)'
    assert said(site, b"<html><head>" + script(here) + b"</head>" + script(OTHER)) == policy([here, OTHER])
    assert f"script-src 'self' 'wasm-unsafe-eval' {hashed(here)} {hashed(OTHER)};" in policy([here, OTHER])


@pytest.mark.parametrize(
    "bad",
    [
        b"alert(1)",
        b"menu();alert(1)",
        b'scope=new URL("https://evil.test/",location)',
        b'scope=new URL("../..",location);alert(1)',
        b'scope=new URL("..",location)new URL("\\x2f",location)',
    ],
)
def test_a_script_that_is_not_the_themes_has_no_name(site: Path, bad: bytes) -> None:
    assert said(site, b"<html><head></head>" + script(OTHER) + script(bad)) == policy([OTHER])


def test_nothing_else_may_be_loaded_or_run() -> None:
    assert policy([]) == (
        "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; connect-src 'self' data: blob:; worker-src 'self' blob:; frame-src 'self' blob:; object-src 'none'; "
        "base-uri 'self'; form-action 'self'"
    )


def test_a_second_run_changes_nothing(site: Path) -> None:
    page = b"<html><head>" + script(OTHER) + b"</head>"
    first = said(site, page)
    once = (site / "index.html").read_bytes()
    write_policies(site)
    assert (site / "index.html").read_bytes() == once
    assert first == policy([OTHER])


def test_pages_and_folders_that_have_it_are_not_looked_at(site: Path) -> None:
    for name in ("a/index.html", "a/b/index.html", "c/index.html", "c/d.html", ".hidden/index.html"):
        (site / name).parent.mkdir(exist_ok=True)
        (site / name).write_bytes(b"<html><head></head></html>")
    assert write_policies(site, but={site / "a", site / "c/d.html"}) == 2
    assert sorted(p.relative_to(site).as_posix() for p in site.rglob("*.html") if b"http-equiv" in p.read_bytes()) == ["404.html", "c/index.html"]


def test_a_site_without_a_plain_page_names_no_script(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_bytes(b"<html><head>" + script(OTHER) + b"</head>")
    assert write_policies(tmp_path) == 1
    assert f'content="{policy([])}"' in (tmp_path / "index.html").read_text("utf-8")


@pytest.mark.parametrize("processors", [1, 2])
def test_every_page_of_a_large_site_is_written_and_counted(site: Path, monkeypatch: pytest.MonkeyPatch, processors: int) -> None:
    monkeypatch.setattr(ahead, "processors", lambda: processors)
    for n in range(2 * ahead.FEWEST):
        (site / f"{n}.html").write_bytes(b"<html><head></head>" + script(OTHER))
    assert write_policies(site) == 2 * ahead.FEWEST + 1
    wanted = f'<html><head>\n<meta http-equiv="Content-Security-Policy" content="{policy([OTHER])}"></head><script>menu()</script>'
    assert {(site / f"{n}.html").read_text("utf-8") for n in range(2 * ahead.FEWEST)} == {wanted}
    assert write_policies(site) == 2 * ahead.FEWEST + 1
    assert {(site / f"{n}.html").read_text("utf-8") for n in range(2 * ahead.FEWEST)} == {wanted}
