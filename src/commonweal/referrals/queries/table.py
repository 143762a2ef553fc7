"""What the Table sees: gaps and burden, without persons; and the facts that measures count."""

from collections import defaultdict
from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Count, Sum

from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.models import BurdenEntry, Gap
from commonweal.referrals.shapes import BurdenShape, GapShape, ReferralFact, Waits
from commonweal.referrals.vocabulary import BurdenAct, GapState, Helped, OutcomeCode, Status

_ANSWERS = (BurdenAct.ANSWER.value, BurdenAct.REFUSE.value)


def gaps(since: datetime) -> list[GapShape]:
    """Gaps of the time since ``since``: unanswered first, then the largest, then by need and reason.

    The database counts people, and holds back every number from 1 to 10 and what would give one away.
    """
    whole, places = _counted(since)
    found = [_gap(row, whole, places) for row in Gap.objects.all()]
    return sorted((gap for gap in found if gap is not None), key=_order)


def _order(gap: GapShape) -> tuple[bool, int, str, str]:
    return (gap.state is not GapState.WAITING, -(gap.people or 0), gap.domain, gap.reason)


_Kind = tuple[str, str]
_Count = tuple[int | None, datetime | None, datetime | None]


def _gap(
    row: Gap, whole: dict[_Kind, _Count], places: dict[_Kind, list[tuple[str, int | None]]]
) -> GapShape | None:
    kind = (row.domain, row.reason)
    if kind not in whole and row.state != GapState.ANSWERED:
        return None
    people, first, last = whole.get(kind, (None, None, None))
    return GapShape(
        id=row.pk,
        domain=NeedDomain(row.domain),
        places=tuple(sorted(places.get(kind, []), key=lambda p: (-(p[1] or 0), p[0]))),
        reason=row.reason,
        people=people,
        first_at=first,
        last_at=last,
        state=GapState(row.state),
        answer=row.answer,
        answered_by=row.answered_by,
        answered_at=row.answered_at,
    )


def _counted(
    since: datetime,
) -> tuple[dict[_Kind, _Count], dict[_Kind, list[tuple[str, int | None]]]]:
    whole: dict[_Kind, _Count] = {}
    places: dict[_Kind, list[tuple[str, int | None]]] = defaultdict(list)
    with connection.cursor() as cursor:
        cursor.execute("select * from guard.unmet_counts(%s)", [since])
        for topic, reason, place, people, first, last in cursor.fetchall():
            if place is None:
                whole[topic, reason] = (people, first, last)
            else:
                places[topic, reason].append((place, people))
    return whole, places


def waits(moment: datetime) -> Waits:
    """What waits too long and what is stuck, as the database counts it for this administrator."""
    with connection.cursor() as cursor:
        cursor.execute("select late, stuck from guard.referral_waits(%s)", [moment])
        late, stuck = cursor.fetchone()
    return Waits(late, stuck)


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
