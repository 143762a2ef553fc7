"""Words between the two sides: a question, its answer, a reminder, and the warm handoff."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.referrals import access
from commonweal.referrals.actions import notices
from commonweal.referrals.actions.step import (
    ONE_WAY,
    PLAIN,
    How,
    already,
    check,
    cost,
    locked,
    note,
    party,
    plain_words,
    write_audit,
)
from commonweal.referrals.models import Task
from commonweal.referrals.vocabulary import OPEN, BurdenAct, Event, Party, Status


def _open_to_words(task: Task, by: Actor) -> Verdict:
    side = party(task, by)
    if task.one_way and side is Party.TARGET:
        return ONE_WAY
    verdict = access.may_speak(by, side)
    if verdict and Status(task.status) not in OPEN:
        return deny(
            "referral.speak.ended",
            N_("This request has ended."),
            N_("Call the other side, or send a new request."),
        )
    return verdict


@transaction.atomic
def ask_question(task_id: UUID, words: str, *, by: Actor, how: How = PLAIN) -> None:
    """The service asks before it answers. The asker hears by e-mail that a question waits, not what it is."""
    _speak(task_id, words, Event.ASKED, by, how)


@transaction.atomic
def reply(task_id: UUID, words: str, *, by: Actor, how: How = PLAIN) -> None:
    """The asker answers. The service gets a fresh link, since the first may have run out."""
    _speak(task_id, words, Event.REPLIED, by, how)


def _speak(task_id: UUID, words: str, kind: Event, by: Actor, how: How) -> None:
    task = locked(task_id)
    if already(task, how):
        return
    verdict = check(_open_to_words(task, by))
    said = plain_words(words, task.segment, _names(task, by))
    if not said:
        raise BadInput("words", "write your question")
    note(task, kind, by, how, words=said[:500])
    if kind is Event.ASKED:
        cost(task, [BurdenAct.QUESTION], by, how)
        write_audit(
            task, "referral.asked", N_("Asked a question about a request for you."), by, verdict, how=how
        )
        notices.tell_asker(task, "question")
    else:
        write_audit(
            task, "referral.replied", N_("Answered a question about a request for you."), by, verdict, how=how
        )
        notices.remind_service(task, "reply")


def _names(task: Task, by: Actor) -> list[str]:
    if by.partner_id != task.holder_id:
        return []
    person = people.person(task.person_id)
    return [person.name] if person else []


@transaction.atomic
def remind(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Remind the service by hand; one reminder a day is enough, a second one is refused."""
    task = locked(task_id)
    if already(task, how):
        return
    verdict = check(_may_remind(task, by))
    note(task, Event.REMINDED, by, how)
    write_audit(
        task, "referral.reminded", N_("Reminded a service of a request for you."), by, verdict, how=how
    )
    if Status(task.status) is Status.REQUESTED:
        notices.remind_service(task, "reminder")
    else:
        notices.ask_how_it_goes(task)


@transaction.atomic
def send_link_again(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """A link of the service ran out: a fresh one goes to the address on file, and nowhere else."""
    task = locked(task_id)
    verdict = check(access.may_speak(by, party(task, by, how)))
    if by.partner_id is not None and notices.link_again(task, by.partner_id):
        words = N_("Sent a service a fresh link to a request for you.")
        write_audit(task, "referral.link-sent-again", words, by, verdict, how=how)


def _may_remind(task: Task, by: Actor) -> Verdict:
    verdict = _open_to_words(task, by)
    if not verdict:
        return verdict
    if party(task, by) is not Party.REQUESTER or task.one_way:
        return deny(
            "referral.remind.not-yours", N_("Only the side that asked reminds, and never a safe house.")
        )
    last = task.events.filter(kind=Event.REMINDED).order_by("-seq").first()
    if last is not None and (now() - last.occurred_at).total_seconds() < 24 * 3600:
        return deny(
            "referral.remind.today",
            N_("They were reminded within the last day."),
            N_("Call them, or ask another service."),
        )
    return verdict


@transaction.atomic
def plan_handoff(
    task_id: UUID, receiver: str, *, by: Actor, met_at: datetime | None = None, how: How = PLAIN
) -> None:
    """Warm handoff: name who receives the person and, once it happened, when the three of them spoke."""
    task = locked(task_id)
    if already(task, how):
        return
    verdict = check(_open_to_words(task, by))
    named = " ".join(receiver.split())
    if not named:
        raise BadInput("receiver", "name who receives the person")
    if met_at and met_at > now():
        raise BadInput("met_at", "this is for a talk that has happened")
    task.handoff_to = named[:200]
    if met_at is None:
        task.save(update_fields=["handoff_to"])
        return
    task.handoff_at = met_at
    note(task, Event.MET_TOGETHER, by, how, words=named[:200])
    cost(task, [BurdenAct.HANDOFF], by, how)
    write_audit(
        task, "referral.met", N_("Brought you together with the service in one talk."), by, verdict, how=how
    )
