"""The permanent short addresses, written into a site that an engine built."""

from collections.abc import Callable
from pathlib import Path

import pytest

from macros.policy import of_page, write_policies
from macros.short_addresses import short_page, write_short_addresses
from macros.views import Site
from tests.conftest import Small


@pytest.fixture
def site(small: Small, practice: Callable[..., str]) -> Site:
    small.topic("money", "Money")
    small.write("content/practices/pooled-buying.md", practice(title='"A <b> & \\"quotes\\""', aliases="[buying-as-one, joint-buying]"))
    small.write("content/practices/training.md", practice(title="Training", status="retired", replaced_by="pooled-buying"))
    small.write("content/practices/idea.md", practice(title="Idea", status="draft"))
    return small.project().site()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """A site in which an engine made the pages of all entries but the draft."""
    for url in ("topics/money", "practices/pooled-buying", "practices/training"):
        (tmp_path / "site" / url).mkdir(parents=True)
        (tmp_path / "site" / url / "index.html").touch()
    return tmp_path / "site"


def test_every_entry_that_has_a_page_has_a_short_address_and_every_old_id_too(site: Site, built: Path) -> None:
    write_short_addresses(built, site)
    assert sorted(path.name for path in (built / "e").iterdir()) == ["buying-as-one", "joint-buying", "money", "pooled-buying", "training"]
    assert (built / "e/joint-buying/index.html").read_bytes() == (built / "e/pooled-buying/index.html").read_bytes()


def test_a_short_address_leads_on_with_and_without_scripts_and_is_not_to_be_found(site: Site) -> None:
    assert short_page("topics/money/", "A <b>", site) == (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n<meta name="color-scheme" content="light dark">\n'
        '<meta name="robots" content="noindex">\n<title>A &lt;b&gt;</title>\n'
        '<link rel="canonical" href="https://commons.test/sub/topics/money/">\n'
        '<link rel="icon" href="../../assets/images/favicon.png">\n'
        '<script src="../../assets/js/go-on.js" data-to="../../topics/money/"></script>\n'
        '<noscript><meta http-equiv="refresh" content="0; url=../../topics/money/"></noscript>\n</head>\n'
        '<body><main><h1>A &lt;b&gt;</h1><p>The entry stands here: <a href="../../topics/money/">A &lt;b&gt;</a></p></main></body>\n</html>\n'
    )


def test_a_short_address_is_finished_as_all_pages_are(site: Site, built: Path) -> None:
    write_short_addresses(built, site, finish=lambda text: of_page(text, frozenset()))
    finished = {page: page.read_bytes() for page in (built / "e").rglob("*.html")}
    assert len(finished) == 5
    assert {text.count(b"Content-Security-Policy") for text in finished.values()} == {1}
    write_policies(built)
    assert {page: page.read_bytes() for page in finished} == finished


def test_what_no_entry_makes_any_more_goes_and_a_live_preview_keeps_what_stands(site: Site, built: Path) -> None:
    gone, kept = built / "e/gone/index.html", built / "e/money/index.html"
    for page in (gone, kept):
        page.parent.mkdir(parents=True)
        page.write_text("old", "utf-8")
    write_short_addresses(built, site, anew=False)
    assert (gone.read_text("utf-8"), kept.read_text("utf-8"), (built / "e/training/index.html").is_file()) == ("old", "old", True)
    write_short_addresses(built, site)
    assert (gone.exists(), "Money" in kept.read_text("utf-8")) == (False, True)
