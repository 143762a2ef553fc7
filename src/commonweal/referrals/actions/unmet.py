"""A need that could not be met becomes a question to the Table: counted, without names."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.referrals import access
from commonweal.referrals.actions.step import check
from commonweal.referrals.models import Gap, Task, UnmetNeed
from commonweal.referrals.vocabulary import GapState


def note_unmet(task: Task, reason: str) -> None:
    """Keep that this need was not met this time, and see to it that the Table has the question.

    Nothing of the domestic-violence segment is counted anywhere.
    """
    if task.segment == Segment.DOMESTIC_VIOLENCE.value:
        return
    referral = task.referral
    if UnmetNeed.objects.filter(task=task).exists():
        return
    UnmetNeed(
        task=task,
        need_id=referral.need_id,
        person_id=task.person_id,
        holder_id=task.holder_id,
        segment=task.segment,
        topic=task.topic,
        place=referral.place,
        reason=reason,
        occurred_at=task.status_at,
    ).save(force_insert=True)
    Gap.objects.get_or_create(domain=task.topic, place=referral.place, reason=reason)


@transaction.atomic
def answer_gap(gap_id: UUID, answer: str, *, by: Actor) -> None:
    """Write down what the Table answers to a gap. Said again, it replaces what was said before."""
    backbone = partners.backbone()
    is_backbone = backbone is not None and backbone.id == by.partner_id
    verdict = check(access.may_answer_gap(by, is_backbone))
    words = " ".join(answer.split())
    if not words:
        raise BadInput("answer", "write what the Table answers")
    gap = Gap.objects.select_for_update().filter(pk=gap_id).first()
    if gap is None:
        raise NotFound("gap")
    gap.state, gap.answer = GapState.ANSWERED.value, words[:500]
    gap.answered_by, gap.answered_by_account_id, gap.answered_at = by.name, by.account_id, now()
    gap.save()
    audit.record(
        "gap.answered",
        by=by,
        subject=("gap", gap.pk),
        words=N_("Wrote down the Table’s answer to a gap."),
        because=verdict.rule,
    )
