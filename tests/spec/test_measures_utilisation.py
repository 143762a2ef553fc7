"""Follow-up windows, readmissions, days at home: DOMAIN §6.4, §6.5, 6-T1, 6-T2, 6-T5, 6-T11."""

from datetime import date
from fractions import Fraction

import pytest

from commonweal.measures.rules.utilisation import (
    Days,
    Stay,
    after_emergency,
    after_hospital,
    day_set,
    days_without,
    per_thousand,
    readmissions,
)

MARCH_2 = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("window", "first", "last"),
    [
        (after_hospital(MARCH_2, 7), date(2026, 3, 3), date(2026, 3, 9)),
        (after_emergency(MARCH_2, 7), date(2026, 3, 2), date(2026, 3, 9)),
        (after_hospital(date(2026, 1, 31), 30), date(2026, 2, 1), date(2026, 3, 2)),
    ],
)
def test_windows(window: Days, first: date, last: date) -> None:
    assert window == Days(first, last)
    assert first in window
    assert last in window
    assert last.replace(day=last.day + 1) not in window


def test_the_day_of_discharge_counts_for_the_emergency_room_alone() -> None:
    assert MARCH_2 not in after_hospital(MARCH_2, 7)
    assert MARCH_2 in after_emergency(MARCH_2, 7)


def stays(*days: tuple[int, int, int, int]) -> list[Stay]:
    return [Stay(date(2026, m, a), date(2026, n, b)) for m, a, n, b in days]


CHAIN = stays((1, 1, 1, 5), (1, 20, 1, 22), (2, 10, 2, 12), (3, 20, 3, 21))


class TestReadmissions:
    def test_a_chain(self) -> None:
        found = readmissions(CHAIN, seen_to=date(2026, 4, 20))
        assert (found.index, found.readmitted, found.rate) == (4, 2, Fraction(1, 2))

    def test_the_last_counts_only_when_its_window_lies_in_the_data(self) -> None:
        assert readmissions(CHAIN, seen_to=date(2026, 4, 19)).index == 3

    def test_a_planned_stay_is_no_readmission_but_may_start_a_window(self) -> None:
        planned = [CHAIN[0], Stay(CHAIN[1].admitted, CHAIN[1].discharged, planned=True), *CHAIN[2:]]
        found = readmissions(planned, seen_to=date(2026, 4, 20))
        assert (found.index, found.readmitted) == (4, 1)

    def test_order_of_arrival_does_not_matter(self) -> None:
        assert readmissions(reversed(CHAIN), date(2026, 4, 20)) == readmissions(CHAIN, date(2026, 4, 20))


def test_member_months_and_years_differ_twelvefold() -> None:
    assert round(float(per_thousand(450, 10_800)), 2) == 41.67
    assert per_thousand(450, 10_800, years=True) == 500


class TestDays:
    QUARTER = (date(2026, 1, 1), date(2026, 4, 1))
    HOSPITAL = [(date(2026, 1, 10), date(2026, 1, 20)), (date(2026, 1, 18), date(2026, 1, 25))]
    JAIL = [(date(2026, 2, 1), date(2026, 2, 11))]
    OUTSIDE = [(date(2026, 1, 5), date(2026, 1, 12)), (date(2026, 3, 1), date(2026, 3, 8))]

    def test_stays_that_overlap_are_counted_once(self) -> None:
        assert len(day_set(self.HOSPITAL, self.QUARTER)) == 15
        assert sum((b - a).days for a, b in self.HOSPITAL) == 17

    def test_days_at_home(self) -> None:
        assert days_without(self.QUARTER, self.HOSPITAL, self.JAIL) == 65
        assert days_without(self.QUARTER, self.HOSPITAL, self.JAIL, self.OUTSIDE) == 53

    def test_stretches_are_cut_at_the_window(self) -> None:
        long = [(date(2025, 1, 1), date(2027, 1, 1))]
        assert len(day_set(long, self.QUARTER)) == 90
        assert not day_set([(date(2025, 1, 1), date(2025, 2, 1))], self.QUARTER)

    def test_who_died_on_day_30_brings_30_days(self) -> None:
        assert days_without((date(2026, 1, 1), date(2026, 1, 31)), []) == 30
