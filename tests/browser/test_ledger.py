"""Every address that was ever published leads somewhere on the built site."""

import pytest

from macros.ledger import read_ledger
from tests.browser.conftest import Served
from tests.conftest import ROOT

pytestmark = pytest.mark.browser


def test_every_address_of_the_ledger_has_a_page_and_a_short_address(own: Served) -> None:
    published, _ = read_ledger(ROOT / "content", ROOT)
    assert published
    pages = [*published, *(f"e/{address.partition('/')[2]}" for address in published)]
    assert [address for address in pages if not (own.site / address / "index.html").is_file()] == []
