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
from commonweal.people import facade as people
from commonweal.referrals import access
from commonweal.referrals.actions import needs
from commonweal.referrals.actions.step import check, own_partner
from commonweal.referrals.actions.stuck import not_stuck
from commonweal.referrals.models import Gap, Task, UnmetNeed
from commonweal.referrals.rules.segment import segment_of
from commonweal.referrals.vocabulary import GapState
from commonweal.screening import facade as screening

NO_SERVICE = "no-service"


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
    Gap.objects.get_or_create(domain=task.topic, reason=reason)


@transaction.atomic
def nothing_fits(need_id: UUID, *, by: Actor) -> None:
    """No service fits this need, or none is left to ask: the need is not met, and the Table is asked.

    Said twice it counts once. Raises NotFound, Refused.
    """
    need = screening.needs([need_id]).get(need_id)
    if need is None:
        raise NotFound("need")
    verdict = check(access.may_ask(by, segment_of(need.domain, need.segment, to_victim_services=False)))
    if need.segment is Segment.GENERAL and not UnmetNeed.objects.filter(need_id=need_id, task=None).exists():
        place = place_of(need.person_id)
        UnmetNeed(
            need_id=need.id,
            person_id=need.person_id,
            holder_id=own_partner(by),
            topic=need.domain.value,
            place=place,
            reason=NO_SERVICE,
            occurred_at=now(),
        ).save(force_insert=True)
        Gap.objects.get_or_create(domain=need.domain.value, reason=NO_SERVICE)
    needs.nobody_is_left(need.id, "no service fits", by)
    not_stuck(need.id)
    audit.record(
        "need.nothing-fits",
        by=by,
        subject=("need", need.id),
        person_id=need.person_id,
        words=N_("Wrote down that no service fits what you need."),
        because=verdict.rule,
    )


def place_of(person_id: UUID) -> str:
    """Where a need is counted: the town, else the first three digits of the ZIP code."""
    person = people.person(person_id)
    if person is None:
        return ""
    return person.place or (f"{person.zip[:3]}xx" if person.zip else "")


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
