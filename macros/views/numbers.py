"""Numbers in words: as rounded as their sources are, and never more exact than that."""

import math

from ..strings import Strings


def rounded(value: float, digits: int = 2) -> float:
    """A number cut to some significant digits."""
    if value == 0:
        return 0.0
    return round(value, digits - 1 - math.floor(math.log10(abs(value))))


def plain(value: float) -> str:
    """A number in digits, with thousands set apart and without needless zeros: `88,000`, `6.1`, `0.021`."""
    if abs(value) >= 1000 or value == int(value):
        return f"{value:,.0f}"
    return f"{value:,.10f}".rstrip("0").rstrip(".")


def in_words(value: float, percent: bool, strings: Strings, derived: bool = False) -> str:
    """A rounded number as a sentence has it: `4%`, `88,000`, `21 million`; our estimates of shares have two decimals, so none is nothing."""
    value = rounded(value)
    if derived and percent and value == 0:
        return "<0.01%"
    if percent:
        return f"{plain(value)}%"
    if abs(value) >= 1_000_000:
        return strings("progress.million", n=plain(value / 1_000_000))
    return plain(value)


def in_table(cell: str, percent: bool, derived: bool = False) -> str:
    """A cell of a data file as a table shows it, with all its digits (`8607` as `8,607`); what we derived, with three."""
    value = rounded(float(cell), 3) if derived else float(cell)
    if derived and percent and value == 0:
        return "<0.01%"
    return f"{plain(value)}%" if percent else plain(value)
