"""What a page says about a line: promising is not proven, and chance is not a leader (DOMAIN §6.8)."""

import pytest

from commonweal.measures.rules.findings import Standing, is_best_yet, judge, stands_out
from commonweal.measures.vocabulary import Direction

HIGHER, LOWER, NEITHER = Direction.HIGHER, Direction.LOWER, Direction.NEITHER
BEFORE = [53, 51, 52, 54, 53, 52, 54, 53, 51, 53, 54, 53]


@pytest.mark.parametrize(
    ("after", "direction", "standing", "run"),
    [
        ([57, 62, 58, 65, 68], HIGHER, Standing.PROMISING, 5),
        ([57, 62, 58, 65, 68, 60], HIGHER, Standing.BETTER, 6),
        ([57, 62, 58, 65, 68, 60], LOWER, Standing.WORSE, 6),
        ([57, 62, 58, 65], LOWER, Standing.WORRYING, 4),
        ([40, 41, 42, 40], HIGHER, Standing.WORRYING, 4),
        ([57, 50, 54], HIGHER, Standing.STEADY, 1),
        ([57, 62, 58, 65, 68, 60], NEITHER, Standing.MOVED, 6),
        ([57, 62, 53, 58, 65], HIGHER, Standing.PROMISING, 4),  # the 53 lies on the median
    ],
)
def test_standing(after: list[float], direction: Direction, standing: Standing, run: int) -> None:
    judged = judge([*BEFORE, *after], direction, changed_at=12)
    assert (judged.standing, judged.median, judged.upto) == (standing, 53, 11)
    if standing is not Standing.STEADY:
        assert judged.run == run


def test_too_few_months_say_nothing() -> None:
    assert judge(BEFORE[:9], HIGHER).standing is Standing.TOO_FEW
    assert judge(BEFORE[:9], HIGHER).median is None


def test_without_a_decision_the_first_year_is_the_baseline() -> None:
    assert judge([*BEFORE, 60, 61, 62], HIGHER).upto == 11
    assert judge(BEFORE, HIGHER).upto == 11
    assert judge(BEFORE[:10], HIGHER, changed_at=3).upto == 9


PLACES = {"millrace": (82, 103), "falls": (118, 196), "north": (41, 91), "small": (10, 11)}


@pytest.mark.parametrize(
    ("direction", "better", "who"),
    [(HIGHER, True, "millrace"), (HIGHER, False, "north"), (LOWER, True, "north"), (NEITHER, True, None)],
)
def test_who_stands_out(direction: Direction, better: bool, who: str | None) -> None:
    assert stands_out(PLACES, (251, 401), direction, better=better) == who


def test_chance_is_no_leader() -> None:
    assert stands_out({"a": (12, 18), "b": (11, 19)}, (23, 37), HIGHER, better=True) is None


@pytest.mark.parametrize(
    ("values", "direction", "best"),
    [
        ([50, 52, 51, 53, 54, 60], HIGHER, True),
        ([50, 52, 51, 60, 54, 60], HIGHER, False),
        ([9, 8, 7, 8, 9, 6], LOWER, True),
        ([50, 60], HIGHER, False),
        ([50, 52, 51, 53, 54, 60], NEITHER, False),
    ],
)
def test_best_yet(values: list[float], direction: Direction, best: bool) -> None:
    assert is_best_yet(values, direction) is best
