"""Facts of lower contexts as rows of which it is told how well an element is captured: no names, no ids."""

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from commonweal.measures.queries.cases import CORE_TOPICS, Run, counts, day_of_case, victim_service_providers
from commonweal.measures.shapes_data import OccasionRow, RequestRow
from commonweal.referrals import facade as referrals
from commonweal.referrals.shapes import ReferralFact
from commonweal.screening import facade as screening

_FINAL = frozenset({"completed", "rejected", "cancelled", "failed"})
_ASKED = frozenset({"complete", "partial", "not-asked"})


def requests(run: Run, start: datetime, end: datetime, cut: datetime) -> Iterator[RequestRow]:
    """Requests sent in ``[start, end)`` as known at ``cut``, by who sent and holds them."""
    hidden: frozenset[UUID] = victim_service_providers()
    for fact in referrals.facts(start, end, cut, by=run.by, salt=run.salt):
        if counts(fact, hidden) and fact.status.value not in ("draft", "entered-in-error"):
            yield _row(fact)


def _row(fact: ReferralFact) -> RequestRow:
    accepted = fact.accepted_at is not None
    return RequestRow(
        holder=str(fact.requester_id),
        domain=fact.domain,
        answered=fact.answered_at is not None or fact.status.value in _FINAL,
        known=fact.status.value in _FINAL,
        accepted=accepted,
        began=fact.started_at is not None,
        told=fact.helped is not None,
        met=accepted and fact.helped is not None and fact.helped.value == "yes",
    )


def occasions(run: Run, start: datetime, end: datetime, cut: datetime) -> Iterator[OccasionRow]:
    """Occasions to screen between two days, as known at ``cut``. Who declined is not counted at all."""
    hidden: frozenset[UUID] = victim_service_providers()
    for fact in screening.occasions(day_of_case(start), day_of_case(end), cut, by=run.by, salt=run.salt):
        if fact.holder_id not in hidden and fact.outcome.value in _ASKED:
            yield OccasionRow(
                str(fact.holder_id), fact.outcome.value == "complete", len(fact.assessed) == CORE_TOPICS
            )
