"""What the benchmark makes of what it measured: figures by hand, no clock."""

import pytest

from tools.bench import BESIDE, LEAST, ROUNDS, Build, Cost, against, between, growth, ratios, typical
from tools.bench_page import page


def cost(processor: float, memory: int = 100) -> Cost:
    return Cost(2 * processor, processor, memory)


def build(whole: float, **parts: float) -> Build:
    return cost(whole), {part: cost(used) for part, used in parts.items()}


def test_what_is_compared_runs_in_turns() -> None:
    said: list[str] = []
    ones, others = between(lambda: said.append("one"), lambda: said.append("other"), beside=2)
    assert (len(ones), len(others)) == (ROUNDS, 2 * (ROUNDS + 1))
    assert said == ["other"] * 2 + ["one", "other", "other"] * ROUNDS


def test_each_run_is_set_against_those_beside_it() -> None:
    # A machine that is at half its speed from the second run on, and a run that something else made slow.
    assert against([10, 20, 90], [5, 5, 10, 10]) == pytest.approx(8 / 3)
    assert against([10, 20, 20], [4, 6, 4, 6, 10, 10, 9, 11], beside=2) == 2


def test_cost_that_does_not_grow_has_the_ratio_one() -> None:
    small = [build(speed, stage=speed / 2, tiny=0.01) for speed in (1.0, 1.0, 2.0, 2.0) for _ in range(BESIDE)]
    large = [build(10 * speed, stage=5.5 * speed, tiny=LEAST / 2) for speed in (1.0, 1.5, 2.0)]
    found = dict(growth(large, small, 10))
    assert found == pytest.approx({"": 1.0, ": stage": 1.1})


def test_the_middle_one_of_several_is_typical() -> None:
    assert typical([cost(1, 5), cost(9, 7), cost(2, 6)]) == Cost(4, 2, 7)


@pytest.mark.parametrize(("turned", "says"), [(0.2, "0.200 | 0.25 |"), (0.3, "0.300 | 0.25, **not met** |")])
def test_the_page_says_what_is_met(turned: float, says: str) -> None:
    costs: dict[str, Cost | float] = {
        "check": cost(1),
        "build, clean": cost(10),
        "site, nothing changed": cost(0.5),
        "build, one entry changed": cost(9),
        "files of the site": 1234.0,
    }
    found = ratios({1000: costs}, {"a clean build to plain Material's at 1000": turned})
    assert found["check to a clean build at 1000"] == 0.1
    shown = page(
        {
            "ratios": found,
            "pools": {"1000": {"check": {"seconds": 2.0, "processor": 1.0, "memory": 100}, "files of the site": 1234.0}},
            "paper": {"PDFs": 48},
        }
    )
    assert f"| A clean build to plain Material's at 1000 | {says}" in shown
    assert "| Check | 2.0 | 1.0 | 100 |" in shown
    assert "| Files of the site | 1,234.0 |" in shown
