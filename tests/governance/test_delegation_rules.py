"""What a delegate may do alone, as worked examples: cents, days, and the reports that are owed."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from commonweal.governance.rules import delegation as rules
from commonweal.governance.shapes_delegations import Limits

START, TODAY = date(2026, 3, 2), date(2026, 4, 10)
LIMITS = Limits(in_all_cents=200_000, act_cents=40_000, report_on=date(2026, 5, 31), report_every=90)


def judged(limits: Limits = LIMITS, **more: object) -> str:
    said = {
        "spent_cents": 0,
        "amount_cents": 100,
        "acted_on": TODAY,
        "today": TODAY,
        "starts_on": START,
        "is_live": True,
        "report_due": limits.report_on,
        **more,
    }
    return rules.may_act(limits, **said).rule.rpartition(".")[2]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("spent", "asked", "outcome"),
    [
        (0, 40_000, "within"),
        (0, 40_001, "too-much-at-once"),
        (160_000, 40_000, "within"),
        (160_001, 40_000, "too-much"),
        (200_000, 0, "within"),
        (200_000, 1, "too-much"),
        (0, -1, "negative"),
    ],
)
def test_money_stays_within_one_act_and_all_of_them(spent: int, asked: int, outcome: str) -> None:
    assert judged(spent_cents=spent, amount_cents=asked) == outcome


def test_without_a_sum_nothing_is_spent() -> None:
    free = replace(LIMITS, in_all_cents=None, act_cents=None)
    assert judged(free, amount_cents=0) == "within"
    assert judged(free, amount_cents=1) == "too-much"


@pytest.mark.parametrize(
    ("day", "outcome"),
    [
        (START, "within"),
        (START - timedelta(days=1), "day"),
        (TODAY, "within"),
        (TODAY + timedelta(days=1), "day"),
    ],
)
def test_an_act_lies_between_the_first_day_and_today(day: date, outcome: str) -> None:
    assert judged(acted_on=day) == outcome


def test_what_ended_decides_nothing() -> None:
    assert judged(is_live=False) == "ended"


def test_only_what_the_table_named_is_put_into_effect() -> None:
    assert judged(effect="initiative.start") == "effect"
    assert (
        judged(replace(LIMITS, carries=frozenset({"initiative.start"})), effect="initiative.start")
        == "within"
    )


@pytest.mark.parametrize(
    ("suspends", "today", "outcome"),
    [
        (True, date(2026, 5, 31), "within"),
        (True, date(2026, 6, 1), "report-overdue"),
        (False, date(2026, 6, 1), "within"),
    ],
)
def test_an_overdue_report_stops_it_where_the_bylaws_say_so(
    suspends: bool, today: date, outcome: str
) -> None:
    assert judged(replace(LIMITS, suspends=suspends), today=today, acted_on=today) == outcome


@pytest.mark.parametrize(
    ("answered", "ended", "due"),
    [
        ((), None, date(2026, 5, 31)),
        ((date(2026, 5, 31),), None, date(2026, 8, 29)),
        ((date(2026, 5, 31),), date(2026, 6, 30), date(2026, 8, 29)),
        ((date(2026, 5, 31),), date(2026, 5, 31), None),
        ((date(2026, 5, 31), date(2026, 8, 29)), date(2026, 6, 30), None),
        ((), date(2026, 4, 1), date(2026, 5, 31)),
    ],
)
def test_the_next_report_and_a_last_one_after_the_end(
    answered: tuple[date, ...], ended: date | None, due: date | None
) -> None:
    assert rules.next_report(LIMITS, answered, ended) == due


def test_one_report_where_no_more_are_asked() -> None:
    once = replace(LIMITS, report_every=None)
    assert rules.next_report(once, {once.report_on}) is None


def test_reminders_come_before_on_and_each_week_after_the_day() -> None:
    due = date(2026, 5, 31)
    found = [n for n in range(-20, 22) if rules.nudges_on(due, due + timedelta(days=n))]
    assert found == [-14, -3, 0, 7, 14, 21]
    assert not rules.nudges_on(None, due)


@pytest.mark.parametrize(
    ("cents", "words"), [(200_000, "$2,000"), (24_950, "$249.50"), (5, "$0.05"), (0, "$0")]
)
def test_amounts_in_words(cents: int, words: str) -> None:
    assert rules.dollars(cents) == words
