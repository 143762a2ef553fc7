"""Reading promises. The register is public: what was promised, and what came of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.timezone import localdate

from commonweal.governance.models.promises import Promise, PromiseWord
from commonweal.governance.rules.promises import stands
from commonweal.governance.shapes_promises import PromiseShape, WordShape
from commonweal.governance.vocabulary_promises import PromiseState, Stands
from commonweal.kernel.clock import now


def promises() -> list[PromiseShape]:
    """All promises, the newest first."""
    return _shapes(Promise.objects.all())


def promise(promise_id: UUID) -> PromiseShape | None:
    """One promise with its history."""
    return next(iter(_shapes(Promise.objects.filter(pk=promise_id))), None)


def of_decision(decision_id: UUID) -> list[PromiseShape]:
    """What was promised with a decision."""
    return _shapes(Promise.objects.filter(decision_id=decision_id))


def of_seat(seat_id: UUID, partner_id: UUID | None = None) -> list[PromiseShape]:
    """Open promises of a seat, or of the partner whose it is."""
    owned = Q(seat_id=seat_id) | (Q(partner_id=partner_id) if partner_id else Q(pk=None))
    return _shapes(Promise.objects.filter(owned, state=PromiseState.OPEN.value))


def late_of_bodies(body_ids: Iterable[UUID]) -> list[PromiseShape]:
    """Late promises of seats of these bodies."""
    rows = Promise.objects.filter(
        seat__body_id__in=set(body_ids), state=PromiseState.OPEN.value, due_on__lt=localdate(now())
    )
    return _shapes(rows)


def counted(found: Iterable[PromiseShape]) -> Counter[Stands]:
    """How many stand how."""
    return Counter(one.stands for one in found)


def _shapes(rows: QuerySet[Promise]) -> list[PromiseShape]:
    found = list(rows.select_related("partner", "seat__partner", "decision"))
    history: dict[UUID, list[WordShape]] = defaultdict(list)
    for w in PromiseWord.objects.filter(promise__in=[row.pk for row in found]):
        history[w.promise_id].append(
            WordShape(PromiseState(w.state), w.words, w.due_on, w.author_name, w.recorded_at)
        )
    today = localdate(now())
    return [
        _shape(row, tuple(history[row.pk]), stands(PromiseState(row.state), row.due_on, today))
        for row in found
    ]


def _shape(row: Promise, history: tuple[WordShape, ...], how: Stands) -> PromiseShape:
    partner = row.partner or (row.seat.partner if row.seat else None)
    owner = f"{row.said_by}, {partner.name}" if partner and partner.name != row.said_by else row.said_by
    return PromiseShape(
        id=row.id,
        words=row.words,
        to_whom=row.to_whom,
        owner=owner,
        seat_id=row.seat_id,
        partner_id=row.partner_id,
        said_on=row.said_on,
        first_due_on=row.first_due_on,
        due_on=row.due_on,
        stands=how,
        latest=history[-1].words if history else "",
        meeting_id=row.meeting_id,
        decision_number=row.decision.number if row.decision else None,
        history=history,
    )
