"""The order of titles in lists."""

import pytest

from macros.order import reading_order


@pytest.mark.parametrize(
    "ordered",
    [
        ["Eco-driving", "École", "Écoles de bus", "Electric", "Zéro"],
        ["Đà Nẵng", "Delhi", "Łódź", "Madrid", "Ørsted", "Oslo", "Zürich"],
        ["RT1", "RT2", "RT10"],
        ["apple", "Banana", "cherry"],
        ["दिल्ली", "मुंबई"],
        ['"Buses"', "12 buses", "100 buses", "bus"],
        ["ICLEI – Local", "ICLEI South"],
        ["“A” for all", "a for all"],
        ["India: two plans", "India's plan", "Indian plans"],
        ["", "a"],
    ],
)
def test_titles_stand_where_readers_look_for_them(ordered: list[str]) -> None:
    assert sorted([*ordered[1:], ordered[0]], key=reading_order) == ordered


def test_titles_that_differ_in_an_accent_alone_are_neighbours_in_a_fixed_order() -> None:
    assert sorted(["São", "sao", "Sao", "Sapa"], key=reading_order) == ["Sao", "São", "sao", "Sapa"]
