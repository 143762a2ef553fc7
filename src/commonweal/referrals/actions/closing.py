"""The person's word: did it help? Only this makes a need met."""

from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_
from commonweal.referrals import access
from commonweal.referrals.actions import needs
from commonweal.referrals.actions.asking import cancel
from commonweal.referrals.actions.step import PLAIN, How, check, note, program_of, write_audit
from commonweal.referrals.actions.stuck import not_stuck
from commonweal.referrals.events import PersonAnswered
from commonweal.referrals.models import PersonAnswer, Task
from commonweal.referrals.vocabulary import Event, Helped, Provenance, Status, Via

_VIA = {
    Provenance.SELF: Via.ACCOUNT,
    Provenance.SMS: Via.SMS,
    Provenance.LETTER: Via.PAPER,
    Provenance.PHONE: Via.PHONE,
    Provenance.IN_PERSON: Via.PAPER,
}
_TAKEN_DOWN = frozenset({Provenance.PHONE, Provenance.IN_PERSON, Provenance.LETTER})


@transaction.atomic
def record_answer(
    task_id: UUID,
    helped: Helped,
    *,
    by: Actor,
    provenance: Provenance = Provenance.SELF,
    words: str = "",
    language: str = "en",
    how: How = PLAIN,
) -> None:
    """Keep what the person said about one sending, with how it reached us. A later answer stands beside it.

    ``by`` is the person on their own page or by their own link, or the worker who wrote it down; the
    service that helped may not. Raises Refused, NotFound.
    """
    task = Task.objects.filter(pk=task_id).first()
    if task is None:
        raise NotFound("referral")
    side = access.party_of(by, task.holder_id, task.owner_id)
    verdict = check(access.may_take_answer(by, task.person_id, side, provenance))
    said = " ".join(words.split())[:500]
    with acting(_writer(task, by)) as writer:
        fresh = _keep(task, helped, said, language, provenance, by, how)
        if not fresh:
            return
        needs.person_said(_need_of(task), helped, writer)
        if helped is Helped.YES:
            not_stuck(_need_of(task))
    audit.record(
        "referral.person-answered",
        by=by,
        subject=("referral", task.pk),
        person_id=task.person_id,
        words=N_("Kept your answer to: did it help?"),
        because=verdict.rule,
        details={"provenance": provenance.value, "domain": task.topic},
        occurred_at=how.occurred_at,
    )
    publish(
        PersonAnswered(task.person_id, _need_of(task), task.pk, helped, provenance, how.occurred_at or now())
    )


def _need_of(task: Task) -> UUID:
    return Task.objects.filter(pk=task.pk).values_list("need_id", flat=True).get()


def _writer(task: Task, by: Actor) -> Actor:
    """A worker of the asking partner writes with their own hand; for everybody else its program does.

    A person reads their own record and changes it through those who keep it (SECURITY §2.5, R1).
    """
    return by if by.partner_id == task.holder_id else program_of(task.holder_id)


def _keep(
    task: Task, helped: Helped, words: str, language: str, provenance: Provenance, by: Actor, how: How
) -> bool:
    is_taken = provenance in _TAKEN_DOWN and by.person_id != task.person_id
    try:
        with transaction.atomic():
            PersonAnswer(
                person_id=task.person_id,
                holder_id=task.holder_id,
                segment=task.segment,
                topic=task.topic,
                need_id=_need_of(task),
                task_id=task.pk,
                about_partner_id=task.owner_id,
                helped=helped.value,
                words=words,
                language=language,
                provenance=provenance.value,
                taken_by_account_id=by.account_id if is_taken else None,
                taken_by=by.name if is_taken else "",
                intent=how.intent,
                occurred_at=how.occurred_at or now(),
                recorded_at=now(),
            ).save(force_insert=True)
    except IntegrityError:
        if how.intent and PersonAnswer.objects.filter(person_id=task.person_id, intent=how.intent).exists():
            return False
        raise
    return True


@transaction.atomic
def confirm_handoff(
    task_id: UUID, *, by: Actor, provenance: Provenance = Provenance.SELF, how: How = PLAIN
) -> None:
    """The person says that the handoff happened: they know the one who now helps."""
    task = Task.objects.filter(pk=task_id).first()
    if task is None:
        raise NotFound("referral")
    if not task.handoff_to:
        raise BadInput("handoff", "no warm handoff was planned")
    side = access.party_of(by, task.holder_id, task.owner_id)
    verdict = check(access.may_take_answer(by, task.person_id, side, provenance))
    if task.handoff_confirmed_at is not None:
        return
    with acting(_writer(task, by)):
        held = Task.objects.select_for_update().get(pk=task.pk)
        held.handoff_confirmed_at = how.occurred_at or now()
        note(held, Event.PERSON_CONFIRMED, by, How(_VIA[provenance], how.intent, how.occurred_at))
    write_audit(
        task, "referral.handoff-confirmed", N_("Kept that you met the one who helps."), by, verdict, how=how
    )


@transaction.atomic
def withdraw_wish(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """The person on their own page: I don't want this any more. What is open is taken back."""
    task = Task.objects.filter(pk=task_id, segment=Segment.GENERAL.value).first()
    if task is None:
        raise NotFound("referral")
    verdict = check(access.may_take_answer(by, task.person_id, None, Provenance.SELF))
    with acting(program_of(task.holder_id)) as program:
        if Status(task.status) in (Status.REQUESTED, Status.ACCEPTED, Status.IN_PROGRESS, Status.ON_HOLD):
            from_person = How(Via.ACCOUNT, how.intent, how.occurred_at)
            cancel(task.pk, "person-declined", by=program, how=from_person)
        needs.is_unwanted(_need_of(task), program)
        not_stuck(_need_of(task))
    write_audit(
        task,
        "referral.withdrawn-by-person",
        N_("Kept that you don’t want this any more."),
        by,
        verdict,
        how=how,
    )
