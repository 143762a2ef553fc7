"""What the Table sees: gaps and burden, without persons; and the facts that measures count."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.models import BurdenEntry, Gap
from commonweal.referrals.shapes import BurdenShape, GapShape, ReferralFact
from commonweal.referrals.vocabulary import BurdenAct, GapState, Helped, OutcomeCode, Status

_ANSWERS = (BurdenAct.ANSWER.value, BurdenAct.REFUSE.value)


def gaps(since: datetime) -> list[GapShape]:
    """Gaps of the time since ``since``: unanswered first, then the largest, then by need and place.

    The database counts people and tells no number from 1 to 10, nor when those were.
    """
    counted = _counted(since)
    found = []
    for row in Gap.objects.all():
        known = counted.get((row.domain, row.place, row.reason))
        if known is None and row.state != GapState.ANSWERED:
            continue
        people, first, last = known or (None, None, None)
        found.append(
            GapShape(
                id=row.pk,
                domain=NeedDomain(row.domain),
                place=row.place,
                reason=row.reason,
                people=people,
                first_at=first,
                last_at=last,
                state=GapState(row.state),
                answer=row.answer,
                answered_by=row.answered_by,
                answered_at=row.answered_at,
            )
        )
    return sorted(found, key=_order)


def _order(gap: GapShape) -> tuple[bool, int, str, str, str]:
    return (gap.state is not GapState.WAITING, -(gap.people or 0), gap.domain, gap.place, gap.reason)


_Counted = dict[tuple[str, str, str], tuple[int | None, datetime | None, datetime | None]]


def _counted(since: datetime) -> _Counted:
    with connection.cursor() as cursor:
        cursor.execute(
            "select topic, place, reason, people, first_at, last_at from guard.unmet_counts(%s)", [since]
        )
        return {(row[0], row[1], row[2]): (row[3], row[4], row[5]) for row in cursor.fetchall()}


def burden(start: datetime, end: datetime, partner_id: UUID | None = None) -> list[BurdenShape]:
    """Work asked of each partner in the period, the most first; of one partner where named."""
    rows = BurdenEntry.objects.filter(occurred_at__gte=start, occurred_at__lt=end)
    if partner_id:
        rows = rows.filter(partner_id=partner_id)
    acts: dict[UUID, list[tuple[str, int, int]]] = defaultdict(list)
    grouped = rows.values_list("partner_id", "act").annotate(Count("id"), Sum("seconds")).order_by("act")
    for partner, act, count, seconds in grouped:
        acts[partner].append((act, count, seconds))
    found = [
        BurdenShape(
            partner_id=partner,
            seconds=sum(seconds for _, _, seconds in lines),
            answers=sum(count for act, count, _ in lines if act in _ANSWERS),
            by_act=tuple(lines),
        )
        for partner, lines in acts.items()
    ]
    return sorted(found, key=lambda b: (-b.seconds, str(b.partner_id)))


def facts(start: datetime, end: datetime, as_of: datetime, salt: str) -> Iterator[ReferralFact]:
    """Sendings sent in ``[start, end)`` as they were recorded by ``as_of``, without identities."""
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.referral_facts(%s, %s, %s, %s)", [start, end, as_of, salt])
        while rows := cursor.fetchmany(5000):
            for row in rows:
                yield _fact(row)


def _fact(row: tuple[object, ...]) -> ReferralFact:
    (
        key,
        person,
        requester,
        target,
        topic,
        status,
        sent,
        answered,
        accepted,
        started,
        ended,
        outcome,
        helped,
        counts,
    ) = row
    return ReferralFact(
        key=str(key),
        person=str(person),
        requester_id=requester,  # type: ignore[arg-type]
        target_id=target,  # type: ignore[arg-type]
        domain=NeedDomain(str(topic)),
        status=Status(str(status)),
        sent_at=sent,  # type: ignore[arg-type]
        answered_at=answered,  # type: ignore[arg-type]
        accepted_at=accepted,  # type: ignore[arg-type]
        started_at=started,  # type: ignore[arg-type]
        ended_at=ended,  # type: ignore[arg-type]
        outcome=OutcomeCode(str(outcome)) if outcome else None,
        helped=Helped(str(helped)) if helped else None,
        count_in_sent=bool(counts),
    )
