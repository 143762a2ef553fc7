"""Rates, intervals, adjustment and comparison: the worked examples of DOMAIN §6.3, §6.6, §6.7, §6.11."""

from math import sqrt

import pytest

from commonweal.measures.rules.intervals import (
    funnel,
    in_hundred,
    points_between,
    risk_ratio,
    wilson,
)
from commonweal.measures.rules.periods import unique_people
from commonweal.measures.rules.standardise import US_2000, adjust, crude

WILSON = [
    (8, 10, 49.02, 94.33),
    (0, 20, 0, 16.11),
    (20, 20, 83.89, 100),
    (11, 40, 16.11, 42.83),
    (45, 60, 62.77, 84.22),
    (120, 400, 25.72, 34.66),
]


@pytest.mark.parametrize(("x", "n", "low", "high"), WILSON)
def test_wilson_table(x: int, n: int, low: float, high: float) -> None:
    band = wilson(x, n)
    assert (round(100 * band.low, 2), round(100 * band.high, 2)) == (low, high)


@pytest.mark.parametrize(("x", "n"), [(8, 10), (0, 20), (20, 20), (1, 2)])
def test_the_wald_interval_is_never_what_comes_out(x: int, n: int) -> None:
    share = x / n
    half = 1.959964 * sqrt(share * (1 - share) / n)
    band = wilson(x, n)
    assert (round(band.low, 4), round(band.high, 4)) != (round(share - half, 4), round(share + half, 4))
    assert 0 <= band.low < band.high <= 1


@pytest.mark.parametrize(("x", "n"), [(0, 0), (5, 4), (-1, 4), (1, -1)])
def test_nobody_to_count_is_refused(x: int, n: int) -> None:
    with pytest.raises(ValueError, match=r"lies between|needs someone"):
        wilson(x, n)


# DOMAIN §6.3: 500 admitted, 30 cannot answer; 329 answered all five; 71 of them food-positive.
SCREENED = [
    ("screened for all, of those who could answer", 329, 500 - 30, 70.0),
    ("food-positive, of those screened", 71, 329, 21.6),
    ("the classic error: food-positive of all admitted", 71, 470, 15.1),
]


@pytest.mark.parametrize(("what", "x", "n", "rate"), SCREENED)
def test_screening_rates_and_their_denominators(what: str, x: int, n: int, rate: float) -> None:
    assert in_hundred(x, n, digits=1) == rate, what


@pytest.mark.parametrize(
    ("x", "n", "rate"), [(1, 8, 13), (1, 200, 1), (1, 201, 0), (93, 137, 68), (2, 3, 67), (199, 200, 100)]
)
def test_halves_round_up_whatever_the_engine_does(x: int, n: int, rate: float) -> None:
    assert in_hundred(x, n) == rate


def test_points_and_percent_are_two_things() -> None:
    points, percent = points_between(0.40, 0.50)
    assert (round(points, 6), round(percent, 6)) == (10, 25)


def test_ratios_are_not_symmetric() -> None:
    assert round(risk_ratio(0.30, 0.20), 4) == 1.5
    assert round(risk_ratio(0.30, 0.20, of_event=False), 4) == 0.875


def test_a_funnel_names_both_bases() -> None:
    assert funnel([100, 80, 60]) == [(80, 80), (60, 75)]


class TestAgeAdjustment:
    """DOMAIN §6.7, 6-T9: crude says that B is 3.4 times A; adjusted, 1.1 times."""

    A = [(20, 20_000), (150, 15_000), (400, 5_000)]
    B = [(5, 5_000), (160, 15_000), (1_800, 20_000)]
    WEIGHTS = [sum(list(US_2000.values())[a:b]) for a, b in ((0, 4), (4, 8), (8, 11))]

    def test_weights(self) -> None:
        assert round(sum(US_2000.values()), 6) == 1
        assert [round(w, 6) for w in self.WEIGHTS] == [0.353346, 0.520267, 0.126387]

    def test_crude_and_adjusted(self) -> None:
        assert (crude(self.A), crude(self.B)) == (14.25, 49.125)
        a, b = adjust(self.A, self.WEIGHTS), adjust(self.B, self.WEIGHTS)
        assert (round(a.per_thousand, 3), round(b.per_thousand, 3)) == (15.667, 17.278)
        assert (round(a.low, 3), round(a.high, 3)) == (14.364, 16.970)

    def test_weights_are_brought_to_one_when_ages_are_left_out(self) -> None:
        adults = adjust(self.A[1:], self.WEIGHTS[1:])
        assert adults.per_thousand == pytest.approx(
            adjust(self.A[1:], [w * 7 for w in self.WEIGHTS[1:]]).per_thousand
        )

    def test_few_events_are_called_unstable(self) -> None:
        assert adjust(self.A, self.WEIGHTS).stable
        assert not adjust([(2, 100), (9, 100), (8, 100)], self.WEIGHTS).stable


def test_the_whole_is_the_union_and_not_the_sum() -> None:
    """6-T10: partners met 120, 90 and 60 people; 210 different ones."""
    people = [set(range(120)), set(range(90, 180)), set(range(150, 210))]
    assert [len(p) for p in people] == [120, 90, 60]
    assert sum(len(p) for p in people) == 270
    assert unique_people(people) == 210
