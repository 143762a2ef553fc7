"""Closed loops and waits: DOMAIN §1.11, 1-T7, and maturity: §6.11, 6-T12."""

from datetime import date, timedelta
from fractions import Fraction
from statistics import median

import pytest

from commonweal.kernel.periods import Month
from commonweal.measures.rules.intervals import in_hundred
from commonweal.measures.rules.loop import Cohort, may_be_called_closed
from commonweal.measures.rules.periods import (
    Period,
    matured,
    month,
    parse,
    quarter_of,
    report_date,
    reportable,
)
from commonweal.measures.rules.survival import Wait, curve, median_days
from commonweal.measures.vocabulary import Grain

# 212 written; 6 by mistake and 6 never sent drop out.
COHORT = Cohort(
    by_state={
        "completed": 96, "rejected": 30, "cancelled": 14, "failed": 18, "in-progress": 22, "on-hold": 5,
        "accepted": 7, "requested": 8, "entered-in-error": 6, "draft": 6,
    },
    service_received=84,
    accepted_then_cancelled=6,
)  # fmt: skip

METRICS = [
    ("ever-accepted", "decided", 154, 184, 83.7),
    ("terminal", "sent", 158, 200, 79.0),
    ("service-received", "sent", 84, 200, 42.0),
    ("service-received", "ever-accepted", 84, 154, 54.5),
]


@pytest.mark.parametrize(("numerator", "denominator", "x", "n", "rate"), METRICS)
def test_worked_cohort(numerator: str, denominator: str, x: int, n: int, rate: float) -> None:
    assert (COHORT.count(numerator), COHORT.count(denominator)) == (x, n)
    assert in_hundred(x, n, digits=1) == rate
    assert may_be_called_closed(numerator, denominator)


@pytest.mark.parametrize(("denominator", "n", "rate"), [("sent", 200, 48.0), ("terminal", 158, 60.8)])
def test_completed_is_labelled_and_refused(denominator: str, n: int, rate: float) -> None:
    assert in_hundred(COHORT.count("completed"), COHORT.count(denominator), digits=1) == rate
    verdict = may_be_called_closed("completed", denominator)
    assert not verdict
    assert verdict.words == (
        f"“completed of {denominator}” is not a closed loop: finished is not the same as helped."
    )
    assert "L2" in verdict.cure


@pytest.mark.parametrize(
    ("numerator", "denominator", "tier"),
    [("ever-accepted", "decided", "l1"), ("terminal", "sent", "l2"), ("need-met", "sent", "l4"),
     ("need-met", "ever-accepted", "l4")],
)  # fmt: skip
def test_a_tier_is_always_named(numerator: str, denominator: str, tier: str) -> None:
    assert may_be_called_closed(numerator, denominator).rule == f"measure.loop.{tier}"


def waits(*days: str) -> list[Wait]:
    return [Wait(int(d.rstrip("+")), not d.endswith("+")) for d in days]


class TestKaplanMeier:
    EXAMPLE = waits("2", "3", "3+", "5", "8+", "10", "12", "14+", "21", "30+")

    def test_curve_and_median(self) -> None:
        steps = curve(self.EXAMPLE)
        assert [(s.days, round(float(s.waiting), 4)) for s in steps] == [
            (2, 0.9), (3, 0.8), (5, 0.6857), (10, 0.5486), (12, 0.4114), (21, 0.2057),
        ]  # fmt: skip
        assert median_days(steps) == 12

    def test_the_median_of_finished_waits_would_be_too_short(self) -> None:
        finished = [wait for wait in self.EXAMPLE if wait.over]
        assert median(wait.days for wait in finished) == 7.5  # the example's biased figure
        assert median_days(curve(finished)) == 5
        assert median_days(curve(self.EXAMPLE)) == 12

    def test_not_reached_while_more_than_half_wait(self) -> None:
        assert median_days(curve(waits("3", "9+", "9+", "9+"))) is None
        assert median_days(curve(waits("9+"))) is None
        assert median_days(curve([])) is None

    def test_exactly_half_is_reached(self) -> None:
        steps = curve(waits("4", "7+"))
        assert steps[0].waiting == Fraction(1, 2)
        assert median_days(steps) == 4

    def test_who_is_censored_on_a_day_was_at_risk_on_it(self) -> None:
        assert curve(waits("3", "3+"))[0].waiting == Fraction(1, 2)

    def test_people_counted_together_are_as_good_as_one_by_one(self) -> None:
        assert curve([Wait(3, True, 4), Wait(9, False, 2)]) == curve(waits(*["3"] * 4, *["9+"] * 2))

    def test_help_before_it_was_asked_is_refused(self) -> None:
        with pytest.raises(ValueError, match="before it was asked"):
            curve([Wait(-1, True)])


class TestMaturity:
    def test_young_referrals_are_left_out_and_counted(self) -> None:
        as_of = date(2026, 10, 31)
        sent = [as_of - timedelta(days=d) for d in (0, 12, 29, 30, 31, 200)]
        found = matured(sent, began=lambda day: day, as_of=as_of, days=30)
        assert found.cases == (as_of - timedelta(30), as_of - timedelta(31), as_of - timedelta(200))
        assert found.too_young == 3

    def test_report_date_is_end_and_maturity_and_run_out(self) -> None:
        assert report_date(month(Month(2026, 9)), 30, 5) == date(2026, 11, 4)
        assert report_date(parse("2026-Q3"), 30, 5) == date(2026, 11, 4)
        assert report_date(month(Month(2024, 2)), 0, 0) == date(2024, 2, 29)

    @pytest.mark.parametrize(
        ("as_of", "last", "quarters"),
        [(date(2026, 11, 3), "2026-08", ["2026-Q2"]), (date(2026, 11, 4), "2026-09", ["2026-Q2", "2026-Q3"])],
    )
    def test_a_month_is_told_when_its_youngest_case_is_old_enough(
        self, as_of: date, last: str, quarters: list[str]
    ) -> None:
        months, found = reportable(Month(2026, 3), as_of, 30, 5)
        assert (str(months[0]), str(months[-1])) == ("2026-03", last)
        assert [str(q) for q in found] == quarters  # March alone makes no first quarter

    @pytest.mark.parametrize(
        ("text", "first", "grain"),
        [("2026-07", date(2026, 7, 1), Grain.MONTH), ("2026-Q4", date(2026, 10, 1), Grain.QUARTER)],
    )
    def test_period_names(self, text: str, first: date, grain: Grain) -> None:
        assert parse(text) == Period(first, grain)
        assert str(parse(text)) == text

    @pytest.mark.parametrize("text", ["2026-Q5", "2026-13", "2026", "", "2026-07-01", "Q1-2026"])
    def test_other_names_are_refused(self, text: str) -> None:
        with pytest.raises(ValueError):  # noqa: PT011 — whichever part fails to be a number
            parse(text)

    def test_quarters_hold_their_months(self) -> None:
        assert [str(m) for m in quarter_of(Month(2026, 12)).months] == ["2026-10", "2026-11", "2026-12"]
        assert quarter_of(Month(2026, 12)).last == date(2026, 12, 31)
