"""What has most in common with one: the same as when everything is added up one by one."""

import random

import pytest

from macros.nearest import nearest, those


def one_by_one(shared: list[tuple[int, set[int]]], among: set[int], most: int) -> list[int]:
    sums = {place: sum(weight for weight, having in shared if place in having) for place in among}
    return sorted((place for place, total in sums.items() if total), key=lambda place: (-sums[place], place))[:most]


@pytest.mark.parametrize("seed", range(40))
def test_it_finds_what_adding_up_one_by_one_finds(seed: int) -> None:
    chance = random.Random(seed)
    size, most = chance.choice([1, 7, 8, 9, 64, 65, 700]), chance.choice([1, 6, 50])
    everything = range(size)
    shared = [(chance.randint(1, 90), set(chance.sample(everything, chance.randint(0, size)))) for _ in range(chance.randint(0, 25))]
    among = set(chance.sample(everything, chance.randint(0, size)))
    found = nearest([(weight, those(having, size)) for weight, having in shared], those(among, size), most)
    assert found == one_by_one(shared, among, most)


def test_ties_go_by_place_and_what_shares_nothing_is_left_out() -> None:
    shared = [(3, those([1, 2, 5, 6], 8)), (3, those([0, 6], 8))]
    everything = those(range(8), 8)
    assert nearest(shared, everything, 3) == [6, 0, 1]
    assert nearest(shared, everything, 20) == [6, 0, 1, 2, 5]
    assert nearest([], everything, 3) == []
    assert nearest(shared, 0, 3) == []


def test_a_number_has_a_digit_for_each_thing() -> None:
    assert those([0, 3, 9], 10) == 0b1000001001
    assert those([], 10) == 0
