"""Facts of lower contexts, made into cases to be counted: no names, no ids, nothing of safety at home."""

import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.utils.timezone import get_default_timezone, localtime

from commonweal.foundation.access import Actor
from commonweal.kernel.domains import NeedDomain
from commonweal.measures.rules.periods import Period, report_date
from commonweal.measures.shapes import Definition, ReferralCase, ScreeningCase
from commonweal.measures.vocabulary import UNCLAIMED
from commonweal.partners import facade as partners
from commonweal.referrals import facade as referrals
from commonweal.referrals.shapes import ReferralFact
from commonweal.screening import facade as screening
from commonweal.screening.shapes import OccasionFact

_SAFETY = frozenset({NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE})
CORE_TOPICS = 4
"""Food, home, rides and utilities. Safety is asked too, and never counted."""


@dataclass(frozen=True)
class Run:
    """One run of the engine. Its tokens mean nothing in another."""

    by: Actor
    salt: str = field(default_factory=lambda: secrets.token_hex(16))


def known_to(month: Period, definition: Definition) -> datetime:
    """The first moment of the day on which the month may be reported: what is written down later does not
    change it, so it reads the same whenever it is counted."""
    day = report_date(month, definition.look_forward_days, definition.run_out_days)
    return datetime.combine(day, time.min, tzinfo=get_default_timezone())


def referral_cases(run: Run, month: Period, cut: datetime) -> list[ReferralCase]:
    """Referrals sent in the month as they were known at ``cut``."""
    start, end = _bounds(month)
    hidden = victim_service_providers()
    facts = referrals.facts(start, end, cut, by=run.by, salt=run.salt)
    return [_case(fact, cut) for fact in facts if counts(fact, hidden)]


def too_young(run: Run, after: Period, as_of: datetime) -> int:
    """How many referrals were sent since the last month that may be reported."""
    start = _bounds(after)[1]
    hidden = victim_service_providers()
    facts = referrals.facts(start, as_of, as_of, by=run.by, salt=run.salt) if start < as_of else iter(())
    return sum(counts(fact, hidden) for fact in facts)


def counts(fact: ReferralFact, hidden: frozenset[UUID]) -> bool:
    return (
        fact.count_in_sent
        and fact.domain not in _SAFETY
        and fact.requester_id not in hidden
        and fact.target_id not in hidden
    )


def _case(fact: ReferralFact, cut: datetime) -> ReferralCase:
    return ReferralCase(
        sent_on=day_of_case(fact.sent_at),
        seen_to=day_of_case(cut),
        target=str(fact.target_id) if fact.target_id else UNCLAIMED,
        status=fact.status.value,
        accepted=fact.accepted_at is not None,
        served_on=day_of_case(fact.started_at) if fact.started_at else None,
        met=fact.helped is not None and fact.helped.value == "yes",
    )


def screening_cases(run: Run, month: Period, cut: datetime) -> list[ScreeningCase]:
    """People on whom there was an occasion to screen in the month. Who declined or could not answer is not
    counted at all (DOMAIN §6.3); who was not asked, or answered only in part, is."""
    hidden = victim_service_providers()
    facts = screening.occasions(month.first, month.last + timedelta(days=1), cut, by=run.by, salt=run.salt)
    return _together(
        month.first,
        (
            fact
            for fact in facts
            if fact.holder_id not in hidden and fact.outcome.value in ("complete", "partial", "not-asked")
        ),
    )


def _together(month: date, facts: Iterable[OccasionFact]) -> list[ScreeningCase]:
    """One case a person and partner; a topic asked at one screening and another at the next add up."""
    topics: dict[tuple[str, str], set[str]] = {}
    for fact in facts:
        topics.setdefault((fact.person, str(fact.holder_id)), set()).update(fact.assessed)
    return [
        ScreeningCase(month, person, holder, len(asked) == CORE_TOPICS)
        for (person, holder), asked in topics.items()
    ]


def victim_service_providers() -> frozenset[UUID]:
    return frozenset(p.id for p in partners.all_partners() if p.is_victim_service_provider)


def _bounds(month: Period) -> tuple[datetime, datetime]:
    zone = get_default_timezone()
    return month.months[0].bounds(zone)


def day_of_case(moment: datetime) -> date:
    return localtime(moment, get_default_timezone()).date()
