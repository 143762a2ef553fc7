"""What an asked service may see of one sending now: the columns that the rules name, and no others."""

from dataclasses import replace
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.partners import facade as partners
from commonweal.people import facade as people
from commonweal.referrals.models import Candidate, Referral, Task
from commonweal.referrals.rules.seeing import before_yes, seen
from commonweal.referrals.shapes import AskShape
from commonweal.referrals.vocabulary import Element, OutcomeCode, Status


def task_for(task_id: UUID, partner_id: UUID) -> Task | None:
    """The sending, if this partner was asked and may still see it; else None."""
    task = Task.objects.filter(pk=task_id).exclude(status=Status.DRAFT).select_related("referral").first()
    if task is None or task.consent_ended_at is not None or task.status == Status.ENTERED_IN_ERROR:
        return None
    if task.owner_id == partner_id:
        return task
    asked = Candidate.objects.filter(task=task, partner_id=partner_id).exists()
    return task if asked else None


def ask_of(task: Task, by: Actor) -> AskShape:
    """The ask as ``by`` may see it now: nothing that names anyone before the yes, first name and phone after.

    Reads contact through people, under the person's consent; a reader who may not see it gets the ask alone.
    """
    referral = task.referral
    domain = NeedDomain(task.topic)
    is_mine = task.owner_id == by.partner_id
    allowed = seen(domain, Status(task.status), is_consent_live=True) if is_mine else before_yes(domain)
    shape = _without_contact(task, referral, by, allowed)
    return _with_contact(shape, task, allowed) if Element.FIRST_NAME in allowed or task.one_way else shape


def _without_contact(task: Task, referral: Referral, by: Actor, allowed: frozenset[Element]) -> AskShape:
    assert by.partner_id is not None
    names = partners.partners([by.partner_id, task.holder_id])
    return AskShape(
        task_id=task.pk,
        for_partner=names[by.partner_id].name,
        asked_by=referral.asked_by,
        asked_by_partner=names[task.holder_id].name,
        asker_phone=names[task.holder_id].phone,
        domain=NeedDomain(task.topic),
        segment=Segment(task.segment),
        status=Status(task.status),
        since=task.sent_at,
        due_at=task.answer_due_at,
        words=referral.ask_words if Element.ASK_WORDS in allowed else "",
        area=referral.area if Element.AREA in allowed else "",
        language=referral.language if Element.LANGUAGE in allowed else "",
        household=referral.household if Element.HOUSEHOLD_SIZE in allowed else 0,
        getting_around=referral.getting_around if Element.GETTING_AROUND in allowed else "",
        is_open_to_several=task.to_several and task.owner_id is None,
        is_one_way=task.one_way,
        handoff_to=task.handoff_to,
        handoff_at=task.handoff_at,
        handoff_confirmed_at=task.handoff_confirmed_at,
        reason=task.reason,
        outcome=OutcomeCode(task.outcome) if task.outcome else None,
    )


def _with_contact(shape: AskShape, task: Task, allowed: frozenset[Element]) -> AskShape:
    contact = people.contact(task.person_id)
    if contact is None:
        return shape
    return replace(
        shape,
        first_name=contact.name.split(" ")[0],
        phone="" if contact.prohibited else contact.phone,
        best_time=contact.best_time,
    )
