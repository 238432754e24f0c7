"""Which of thousands of things have most in common with one: what they share is added up for all of them at once.

Each value that things may share is a whole number with a binary digit for each thing that has it. To add the weight of a value to
the sums of all that have it is then a few operations on such numbers, whatever the number of things (bit-sliced sums, after
O'Neil and Quass, "Improved Query Performance with Variant Indexes", SIGMOD 1997), and so is to find the largest sums.
"""

import functools
import operator
from collections.abc import Iterable, Iterator, Sequence

# A weight, and those that have it.
Weighted = tuple[int, int]


def those(places: Iterable[int], size: int) -> int:
    """Some of `size` things as one number; the places begin at 0."""
    digits = bytearray(size // 8 + 1)
    for place in places:
        digits[place >> 3] |= 1 << (place & 7)
    return int.from_bytes(digits, "little")


def nearest(shared: Iterable[Weighted], among: int, most: int) -> list[int]:
    """The places of those with the largest sums, largest first, ties by place; at most `most`, and only of those that share something.

    `shared` has the weight of each value, above 0, and those that have it; `among` are those that are asked for.
    """
    sums = _sums(shared)
    some = functools.reduce(operator.or_, sums, 0)
    digits_of = [digits.to_bytes(some.bit_length() // 8 + 1, "little") for digits in sums]

    def sum_of(place: int) -> int:
        return sum((digits[place >> 3] >> (place & 7) & 1) << number for number, digits in enumerate(digits_of))

    return sorted(_largest(sums, some & among, most), key=lambda place: (-sum_of(place), place))


def _sums(shared: Iterable[Weighted]) -> list[int]:
    """The sum of weights of each, as a number for each binary digit of the sums: of those whose sum has that digit."""
    columns: list[list[int]] = []
    for weight, having in shared:
        columns.extend([] for _ in range(weight.bit_length() - len(columns)))
        for digit in range(weight.bit_length()):
            if weight >> digit & 1:
                columns[digit].append(having)
    sums = []
    carried: list[int] = []
    while columns or carried:
        column = [*(columns.pop(0) if columns else ()), *carried]
        carried = []
        while len(column) > 1:
            one, two, three = column.pop(), column.pop(), column.pop() if column else 0
            either = one ^ two
            column.append(either ^ three)
            carried.append(one & two | either & three)
        sums.extend(column or [0])
    return sums


def _largest(sums: Sequence[int], among: int, most: int) -> list[int]:
    """The places of the `most` largest sums, or of all if there are no more; of equal ones the first."""
    if among.bit_count() <= most:
        return list(_places(among))
    larger, equal = 0, among
    for digits in reversed(sums):
        with_digit = equal & digits
        if (larger | with_digit).bit_count() >= most:
            equal = with_digit
        else:
            larger |= with_digit
            equal ^= with_digit
    wanted = most - larger.bit_count()
    return [*_places(larger), *(place for place, _ in zip(_places(equal), range(wanted), strict=False))]


def _places(those: int) -> Iterator[int]:
    while those:
        first = those & -those
        yield first.bit_length() - 1
        those ^= first
