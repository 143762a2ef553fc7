"""The asking side: write a request, send it, ask another, remind, take back."""

from collections.abc import Sequence
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.referrals import access
from commonweal.referrals.actions import needs, notices
from commonweal.referrals.actions.consent import may_share
from commonweal.referrals.actions.step import (
    PLAIN,
    How,
    about,
    already,
    check,
    locked,
    may_go,
    move,
    note,
    party,
    plain_words,
    write_audit,
)
from commonweal.referrals.actions.stuck import not_stuck, note_whether_stuck
from commonweal.referrals.actions.unmet import note_unmet
from commonweal.referrals.actions.writing import (
    NO_ASK,
    UNHEARD,
    Chosen,
    Wishes,
    chosen_service,
    draft,
    may_draft,
    need_of,
    new_task,
)
from commonweal.referrals.events import ReferralEnded, ReferralSent
from commonweal.referrals.models import Candidate, Referral, Task, TaskEvent
from commonweal.referrals.queries import matching
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import reasons, timing
from commonweal.referrals.rules.segment import segment_of
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import ENDED, OPEN, Event, OutcomeCode, Party, Status


@transaction.atomic
def send(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Send a written request, if the person allows it. Each asked service gets one mail with its own link.

    Raises Refused with the cure where consent or agreement is missing.
    """
    task = locked(task_id)
    if already(task, how):
        return
    receivers = _receivers(task)
    verdict = check(may_go(task, Status.REQUESTED, by, how))
    for partner_id in receivers:
        check(_is_heard(partner_id))
        verdict = check(_may_tell(task, partner_id))
    moment = how.occurred_at or now()
    rule, days = answer_rule(), holidays_near(moment)
    task.sent_at = moment
    task.answer_due_at = None if task.one_way else timing.due(moment, rule.answer_days, zone(), days)
    move(task, Status.REQUESTED, by, how)
    note(task, Event.SENT, by, how)
    write_audit(
        task, "referral.sent", N_("Asked a service to help you."), by, verdict, owner=task.owner_id, how=how
    )
    for partner_id in receivers:
        notices.ask_service(task, partner_id)
    publish(ReferralSent(about(task, _need_of(task)), moment))


def _receivers(task: Task) -> list[UUID]:
    if task.owner_id:
        return [task.owner_id]
    return list(Candidate.objects.filter(task=task, declined_at=None).values_list("partner_id", flat=True))


def _is_heard(partner_id: UUID) -> Verdict:
    """Asked again when a draft is sent: an address may be gone by then."""
    partner = partners.partner(partner_id)
    if partner is None or not matching.is_heard(partner):
        return UNHEARD
    return allow("referral.service.heard", N_("Somebody there hears of it."))


def _may_tell(task: Task, partner_id: UUID) -> Verdict:
    if partner_id == task.holder_id:
        return allow("referral.share.own", N_("Your own organization holds this already."))
    return may_share(
        task.person_id, task.holder_id, partner_id, Segment(task.segment), NeedDomain(task.topic)
    )


def _need_of(task: Task) -> UUID:
    return task.referral.need_id


@transaction.atomic
def ask(
    need_id: UUID,
    service_ids: Sequence[UUID],
    *,
    by: Actor,
    ask: Ask = NO_ASK,
    wishes: Wishes | None = None,
    how: How = PLAIN,
) -> UUID:
    """Write a request and send it at once; returns the sending's id. Nothing is kept when it is refused."""
    task_id = draft(need_id, service_ids, by=by, ask=ask, wishes=wishes, how=how)
    if not TaskEvent.objects.filter(task_id=task_id, kind=Event.SENT).exists():
        send(task_id, by=by, how=how)
    return task_id


@transaction.atomic
def ask_another(
    referral_id: UUID,
    service_ids: Sequence[UUID],
    *,
    by: Actor,
    wishes: Wishes | None = None,
    how: How = PLAIN,
) -> UUID:
    """Ask another service for the same need: a new sending on the same request. Returns its id.

    What still waits elsewhere is taken back first, so that the person is not promised twice.
    """
    wishes = wishes or Wishes()
    referral = Referral.objects.select_for_update().filter(pk=referral_id).first()
    if referral is None or referral.holder_id != by.partner_id:
        raise NotFound("referral")
    task_id = how.intent or new_id()
    if Task.objects.filter(pk=task_id, referral=referral).exists():
        return task_id
    chosen = [chosen_service(service_id, wishes) for service_id in dict.fromkeys(service_ids)]
    verdict = check(may_draft(need_of(referral.need_id), by, Segment(referral.segment)))
    check(_same_segment(referral, chosen))
    _take_back_waiting(referral, by)
    not_stuck(referral.need_id)
    number = referral.tasks.count() + 1
    task = new_task(referral, task_id, number, chosen, by, wishes, how)
    if referral.ended_at:
        referral.ended_at = None
        referral.save(update_fields=["ended_at"])
    note(task, Event.DRAFTED, by, how, with_intent=False)
    write_audit(task, "referral.drafted", N_("Wrote a request to another service."), by, verdict, how=how)
    send(task.pk, by=by, how=how)
    return task.pk


def _same_segment(referral: Referral, chosen: Sequence[Chosen]) -> Verdict:
    to_victim_services = any(c.partner.is_victim_service_provider for c in chosen)
    segment = segment_of(
        NeedDomain(referral.topic), Segment(referral.segment), to_victim_services=to_victim_services
    )
    if segment.value != referral.segment:
        return deny(
            "referral.segment.differs",
            N_("This place needs more care than the first request had."),
            N_("Write a new request from the person’s need."),
        )
    return allow("referral.segment.same", N_("It is as sensitive as the first request."))


def _take_back_waiting(referral: Referral, by: Actor) -> None:
    waiting = referral.tasks.filter(status=Status.REQUESTED.value)
    for task_id in waiting.values_list("pk", flat=True):
        cancel(task_id, "asked-another", by=by)


@transaction.atomic
def cancel(task_id: UUID, reason: str, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Take a request back. The person's own choice is the reason ``person-declined``."""
    task = locked(task_id)
    if already(task, how):
        return
    known = known_reason(reason, reasons.Moment.TAKE_BACK)
    said = plain_words(words, task.segment)
    verdict = move(task, Status.CANCELLED, by, how)
    task.reason, task.reason_words = known.code, said
    note(task, Event.CANCELLED, by, how, reason=known.code, words=said)
    write_audit(
        task, "referral.cancelled", N_("Took a request back."), by, verdict, reason=known.code, how=how
    )
    if party(task, by) is Party.REQUESTER:
        notices.tell_service_ended(task)
    else:
        notices.tell_asker(task)
    notices.close_links(task, "taken back")
    needs.waits_again(task, task.referral.need_id)
    end(task, known.outcome, how)


@transaction.atomic
def void(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Mark a request as entered by mistake. It drops out of every list and count."""
    task = locked(task_id)
    if already(task, how):
        return
    was_sent = Status(task.status) in OPEN
    verdict = move(task, Status.ENTERED_IN_ERROR, by, how)
    note(task, Event.VOIDED, by, how)
    write_audit(task, "referral.voided", N_("Marked a request as entered by mistake."), by, verdict, how=how)
    if was_sent:
        notices.tell_service_ended(task)
    notices.close_links(task, "entered by mistake")
    end(task, None, how)


@transaction.atomic
def could_not_be_met(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Nobody is left to ask: the need is marked as not met, and the Table gets the question."""
    task = locked(task_id)
    if already(task, how):
        return
    verdict = check(may_give_up(task, by))
    note(task, Event.GIVEN_UP, by, how)
    note_unmet(task, task.reason or "no-answer")
    needs.nobody_is_left(task.referral.need_id, task.reason or "no-answer", by)
    not_stuck(task.referral.need_id)
    write_audit(
        task, "referral.given-up", N_("Wrote down that nobody could help with this."), by, verdict, how=how
    )


def may_give_up(task: Task, by: Actor) -> Verdict:
    """Only who asked, and only when nothing is open any more."""
    verdict = access.may_speak(by, party(task, by))
    open_ones = task.referral.tasks.filter(status__in=[s.value for s in OPEN])
    if verdict and (by.partner_id != task.holder_id or open_ones.exists()):
        return deny(
            "referral.give-up.open",
            N_("Something is still open for this need."),
            N_("Wait for the answer, or take the request back first."),
        )
    return verdict


def end(task: Task, outcome: OutcomeCode | None, how: How) -> None:
    """What every end has in common: the request ends with its last sending, and others hear of it."""
    referral = task.referral
    open_ones = referral.tasks.exclude(status__in=[s.value for s in ENDED]).exclude(pk=task.pk)
    if not open_ones.exists():
        referral.ended_at = task.ended_at
        referral.save(update_fields=["ended_at"])
    note_whether_stuck(task)
    publish(
        ReferralEnded(
            about(task, referral.need_id),
            Status(task.status),
            outcome,
            task.reason,
            how.occurred_at or now(),
        )
    )


def known_reason(code: str, moment: reasons.Moment) -> reasons.Reason:
    try:
        return reasons.reason(code, moment)
    except ValueError as fault:
        raise BadInput("reason", str(fault)) from fault
