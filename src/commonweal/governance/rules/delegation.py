"""What a delegate may do alone, and when it owes a report. Pure: integer cents, days as arguments."""

from collections.abc import Collection
from datetime import date, timedelta

from commonweal.governance.shapes_delegations import Limits
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

FIRST_NUDGE = timedelta(days=14)
LAST_NUDGE = timedelta(days=3)
LATE_NUDGE = 7
"""Days between reminders of a report that is overdue."""


def dollars(cents: int) -> str:
    """An amount as it is written on pages: whole dollars without cents, others with both digits."""
    return f"${cents // 100:,}" if cents % 100 == 0 else f"${cents // 100:,}.{cents % 100:02d}"


def left(limits: Limits, spent_cents: int) -> int:
    """What may still be spent in all, in cents. Without a sum, nothing may be."""
    return max(0, (limits.in_all_cents or 0) - spent_cents)


def most_in_one(limits: Limits, spent_cents: int) -> int:
    """The most that the next act may cost, in cents."""
    rest = left(limits, spent_cents)
    return rest if limits.act_cents is None else min(rest, limits.act_cents)


def next_report(limits: Limits, answered: Collection[date], ended_on: date | None = None) -> date | None:
    """The day for which the next report is owed: the first day that has none.

    After the end one last report is owed, for what was done since the one before. None: nothing is owed.
    """
    due = limits.report_on
    while due in answered:
        if limits.report_every is None or (ended_on is not None and due >= ended_on):
            return None
        due += timedelta(days=limits.report_every)
    return due


def is_overdue(due: date | None, on: date) -> bool:
    """Whether a report is owed for a day that is past. On the day itself it is not."""
    return due is not None and due < on


def nudges_on(due: date | None, on: date) -> bool:
    """Whether the delegate is reminded on this day: two weeks before, three days before, on the day, and
    each week after it."""
    if due is None:
        return False
    if on > due:
        return (on - due).days % LATE_NUDGE == 0
    return due - on in (FIRST_NUDGE, LAST_NUDGE, timedelta(0))


def may_act(
    limits: Limits,
    *,
    spent_cents: int,
    amount_cents: int,
    acted_on: date,
    today: date,
    starts_on: date,
    is_live: bool,
    report_due: date | None,
    effect: str = "",
) -> Verdict:
    """Whether an act stays within what the table delegated. Each refusal says by how much, and the cure."""
    if not is_live:
        return deny(
            "governance.delegation.ended",
            N_("The table’s delegation is not in force, so nothing is decided under it."),
            N_("Put it to the table as a question."),
        )
    if limits.suspends and is_overdue(report_due, today):
        return deny(
            "governance.delegation.report-overdue",
            N_("A report was due on %(day)s. Until it is written, nothing is decided under this."),
            N_("Write the report; then it goes on."),
            day=report_due,
        )
    if not starts_on <= acted_on <= today:
        return deny(
            "governance.delegation.day",
            N_("The day lies outside of the delegation, or is still to come."),
            N_("Name the day on which you decided it, from the delegation’s first day up to today."),
        )
    if effect and effect not in limits.carries:
        return deny(
            "governance.delegation.effect",
            N_("The table did not let you put this into effect alone."),
            N_("Put it to the table as a question."),
        )
    return _within_the_money(limits, spent_cents, amount_cents)


def _within_the_money(limits: Limits, spent_cents: int, amount_cents: int) -> Verdict:
    if amount_cents < 0:
        return deny("governance.delegation.negative", N_("An amount is not below zero."))
    if limits.act_cents is not None and amount_cents > limits.act_cents:
        return deny(
            "governance.delegation.too-much-at-once",
            N_("%(asked)s is more than one decision under this may cost: at most %(most)s."),
            N_("Put it to the table as a question."),
            asked=dollars(amount_cents),
            most=dollars(limits.act_cents),
        )
    if amount_cents > left(limits, spent_cents):
        return deny(
            "governance.delegation.too-much",
            N_("%(asked)s is more than what is left: %(left)s."),
            N_("Put it to the table as a question."),
            asked=dollars(amount_cents),
            left=dollars(left(limits, spent_cents)),
        )
    return allow("governance.delegation.within", N_("It stays within what the table delegated."))
