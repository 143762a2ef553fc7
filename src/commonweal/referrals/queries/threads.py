"""One referral with all that happened to it."""

from collections import defaultdict
from collections.abc import Iterable
from uuid import UUID

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.models import Candidate, PersonAnswer, Referral, Task, TaskEvent
from commonweal.referrals.queries.tasks import shapes
from commonweal.referrals.shapes import AnswerShape, Ask, EventShape, ReferralShape, TaskShape
from commonweal.referrals.vocabulary import Event, Helped, Provenance, Via


def referral_of_task(task_id: UUID) -> ReferralShape | None:
    """The referral that a sending belongs to, or None where there is none that the actor may see."""
    row = Referral.objects.filter(tasks=task_id).first()
    return _referral(row) if row else None


def referral(referral_id: UUID) -> ReferralShape | None:
    """One referral, or None where there is none that the actor may see."""
    row = Referral.objects.filter(pk=referral_id).first()
    return _referral(row) if row else None


def _referral(row: Referral) -> ReferralShape:
    return ReferralShape(
        id=row.pk,
        person_id=row.person_id,
        need_id=row.need_id,
        holder_id=row.holder_id,
        domain=NeedDomain(row.topic),
        segment=Segment(row.segment),
        ask=Ask(row.ask_words, row.area, row.language, row.household, row.getting_around),
        asked_by=row.asked_by,
        asked_by_account=row.asked_by_account_id,
        contact_prohibited=row.contact_prohibited,
        warm_handoff=row.warm_handoff,
        occurred_at=row.occurred_at,
        tasks=tuple(shapes(Task.objects.filter(referral=row).order_by("number"))),
        answers=tuple(answers(PersonAnswer.objects.filter(task__referral=row).order_by("-occurred_at"))),
    )


def answers(rows: Iterable[PersonAnswer]) -> list[AnswerShape]:
    """What a person said, as shapes."""
    return [
        AnswerShape(
            id=row.pk,
            need_id=row.need_id,
            task_id=row.task_id,
            helped=Helped(row.helped),
            words=row.words,
            language=row.language,
            provenance=Provenance(row.provenance),
            taken_by=row.taken_by,
            occurred_at=row.occurred_at,
        )
        for row in rows
    ]


def event_shape(row: TaskEvent) -> EventShape:
    """One line of a thread."""
    return EventShape(
        kind=Event(row.kind),
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        by_name=row.by_name,
        by_partner_id=row.by_partner_id,
        via=Via(row.via),
        reason=row.reason,
        words=row.words,
    )


def events_of(task_ids: Iterable[UUID]) -> dict[UUID, list[EventShape]]:
    """What happened to these sendings, each in its order."""
    threads: dict[UUID, list[EventShape]] = defaultdict(list)
    for row in TaskEvent.objects.filter(task_id__in=list(task_ids)).order_by("task_id", "seq"):
        threads[row.task_id].append(event_shape(row))
    return threads


def candidates_of(task_id: UUID) -> list[tuple[UUID, str, bool]]:
    """Whom an open referral was sent to: partner, name, and whether it has declined."""
    rows = Candidate.objects.filter(task_id=task_id).order_by("partner_name")
    return [(row.partner_id, row.partner_name, row.declined_at is not None) for row in rows]


def chain_of(tasks: Iterable[TaskShape]) -> list[TaskShape]:
    """The sendings that were really made, oldest first."""
    return [t for t in tasks if t.sent_at is not None]
