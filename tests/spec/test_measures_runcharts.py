"""Run charts and control charts: DOMAIN §6.8, 6-T6, 6-T7."""

import pytest

from commonweal.measures.rules.runcharts import RUN_RULES, anhoej, individuals, proportions, read

SERIES = [50, 52, 49, 50, 51, 48, 55, 56, 54, 57, 50, 58, 53]
FROZEN = [40, 42, 38, 41, 39, 43]
AFTER = [44, 45, 44, 46, 47, 45]
BASELINE = [42, 45, 39, 48, 44, 41, 46, 43, 47, 40, 44]


def test_points_on_the_median_neither_count_nor_break() -> None:
    reading = read(SERIES)
    assert (reading.median, reading.useful, reading.runs, reading.longest) == (52, 12, 4, 5)
    assert not reading.shifts()


def test_counting_the_point_on_the_median_as_below_would_cry_wolf() -> None:
    wrong = read([51.9 if p == 52 else p for p in SERIES], median=52)
    assert wrong.longest == 6
    assert wrong.shifts()


def test_a_shift_is_read_against_the_frozen_baseline() -> None:
    frozen = read(FROZEN).median
    assert frozen == 40.5
    after = read(AFTER, median=frozen)
    assert (after.longest, after.longest_is_above) == (6, True)
    assert after.shifts()


def test_a_median_that_moves_along_calls_the_old_months_the_change() -> None:
    moved = read(FROZEN + AFTER)
    assert moved.median == 43.5
    assert not moved.longest_is_above


@pytest.mark.parametrize(
    ("points", "trend"),
    [
        ([1, 2, 3, 4, 5], 5),
        ([1, 2, 2, 3, 4, 5], 5),  # equal neighbours count once
        ([5, 4, 3, 2, 2, 2, 1, 9], 5),
        ([1, 2, 1, 2, 1], 2),
        ([3, 3, 3], 1),
        ([7], 1),
    ],
)
def test_trends(points: list[float], trend: int) -> None:
    assert read(points).trend == trend
    assert read(points).trends() == (trend >= RUN_RULES.trend)


def test_nothing_to_read_is_refused() -> None:
    with pytest.raises(ValueError, match="needs points"):
        read([])


@pytest.mark.parametrize(("useful", "longest", "crossings"), [(12, 7, 3), (20, 7, 6), (24, 8, 8)])
def test_anhoej(useful: int, longest: int, crossings: int) -> None:
    assert anhoej(useful) == (longest, crossings)


class TestControlCharts:
    def test_frozen_limits_catch_what_contaminated_ones_miss(self) -> None:
        limits = individuals(BASELINE)
        assert (round(limits.centre, 3), round(limits.low, 3), round(limits.high, 3)) == (
            43.545,
            30.777,
            56.313,
        )
        assert limits.signals(60)
        spoiled = individuals([*BASELINE, 60])
        assert (round(spoiled.low, 3), round(spoiled.high, 3)) == (29.440, 60.393)
        assert not spoiled.signals(60)

    def test_limits_of_proportions_vary_with_the_people(self) -> None:
        fifty = proportions(0.30, 50)
        assert (round(fifty.low, 4), round(fifty.high, 4)) == (0.1056, 0.4944)
        assert proportions(0.30, 500).low > fifty.low
        assert proportions(0.02, 20).low == 0
