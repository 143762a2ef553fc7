"""The Table's rule about answers, and the calendar by which it is kept."""

from datetime import date, datetime
from functools import cache
from uuid import UUID
from zoneinfo import ZoneInfo

import holidays as public_holidays
from django.conf import settings

from commonweal.governance import facade as governance
from commonweal.referrals.models import AnswerStandard
from commonweal.referrals.rules.timing import AnswerRule

AFTER_YES = (
    "begin_days", "begin_late_days", "begin_escalate_days",
    "hold_days", "hold_late_days", "hold_escalate_days",
    "end_days", "end_late_days", "end_escalate_days", "person_asks_most", "person_again_days",
)  # fmt: skip
"""The days of a rule that count after a yes, by name."""

MATTER, SCOPE = "service-standard", "referral-answer"
"""The mandate that sets how fast a service answers has this matter and scope."""


def zone() -> ZoneInfo:
    """The zone in which the collaborative lives."""
    return ZoneInfo(settings.TIME_ZONE)


def holidays_near(moment: datetime) -> frozenset[date]:
    """Public holidays of this year and the next, where the collaborative lives."""
    return _holidays(moment.astimezone(zone()).year)


@cache
def _holidays(year: int) -> frozenset[date]:
    days = public_holidays.country_holidays(
        settings.COUNTRY, subdiv=settings.SUBDIVISION or None, years=[year, year + 1]
    )
    return frozenset(days)


def answer_rule() -> AnswerRule:
    """How fast an answer is wanted now: by the live mandate, else the usual days, undecided."""
    mandate = governance.live_mandate(MATTER, SCOPE)
    if mandate is None:
        return AnswerRule()
    row = AnswerStandard.objects.filter(mandate_id=mandate.id).first()
    return _as_rule(row) if row else AnswerRule(mandate_id=mandate.id)


def _as_rule(row: AnswerStandard) -> AnswerRule:
    return AnswerRule(
        answer_days=row.answer_days,
        remind_after_days=row.remind_after_days,
        escalate_after_days=row.escalate_after_days,
        expire_after_days=row.expire_after_days,
        **{name: getattr(row, name) for name in AFTER_YES},
        mandate_id=UUID(str(row.mandate_id)),
    )
