"""Asking the person *did it help?* by text, where they said that this is safe; else by call or letter."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.links import issue
from commonweal.foundation.messages import Concerns, send_sms
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.vocabulary import Channel, Stand
from commonweal.referrals.actions import notices
from commonweal.referrals.actions.step import How, locked, note, program_of, write_audit
from commonweal.referrals.models import PersonAnswer, Task
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import contact as contacting
from commonweal.referrals.rules import timing
from commonweal.referrals.rules.contact import may_contact
from commonweal.referrals.shapes import ReferralShape
from commonweal.referrals.vocabulary import Event, Helped, Via

BY_TEXT, BY_LETTER = "referral.said.sms", "referral.said.letter"
"""Kinds of links by which a person answers; the subject is the sending."""

ASKED_BY_TEXT = "referrals/sms/helped"
"""The text that asks; whether it is still safe is asked again when it leaves."""

LINK_LIFE = timedelta(days=30)


def may_ask_person(task: Task) -> Verdict:
    """May anything go out to the person about this sending? (trap 1-T11)"""
    return may_contact(contact_prohibited=task.referral.contact_prohibited, segment=Segment(task.segment))


def may_ask_person_shape(found: ReferralShape) -> Verdict:
    """The same question about a request that was read already."""
    return may_contact(contact_prohibited=found.contact_prohibited, segment=found.segment)


def may_text(person_id: UUID, to: str = "") -> Verdict:
    """May a text go to the person now, as the current actor knows them? ``to``: its number."""
    person, contact = people.person(person_id), people.contact(person_id)
    phone = contact.phone if contact else ""
    return contacting.may_text(
        is_known=person is not None and contact is not None,
        has_died=person is not None and Stand.DECEASED in person.standing,
        may_be_mixed_up=person is not None and Stand.DISPUTED in person.standing,
        phone=phone if to in ("", phone) else "",
        is_safe=contact is not None and contact.may(Channel.TEXT),
    )


@transaction.atomic
def ask_person(task_id: UUID, *, by: Actor) -> bool:
    """Ask the person by text, if it is allowed, safe and not too often; returns whether a text was queued.

    Only a real ask is written down. Who cannot be asked by text is kept for a call or a letter.
    """
    task = locked(task_id)
    verdict = may_ask_person(task)
    if not verdict or not _is_time(task):
        return False
    safe = may_text(task.person_id)
    contact = people.contact(task.person_id)
    if not safe or contact is None:
        if safe.rule == contacting.UNSAFE:
            _keep_for_hand(task)
        return False
    task.person_asked_at, task.by_hand_at = now(), None
    task.person_asks += 1
    note(task, Event.PERSON_ASKED, by, How(Via.SMS))
    write_audit(task, "referral.person-asked", N_("Asked you whether the help reached you."), by, verdict)
    if not notices.is_silent():
        send_sms(
            to=contact.phone,
            template=ASKED_BY_TEXT,
            context={"url": person_link(task.pk, task.holder_id, BY_TEXT), "table": settings.COLLABORATIVE},
            language=contact.language,
            person_id=task.person_id,
            concerns=Concerns(notices.CONCERNS, task.pk),
        )
    return True


def _is_time(task: Task) -> bool:
    last = task.person_asked_at
    later = PersonAnswer.objects.filter(task_id=task.pk, helped=Helped.LATER.value).order_by("-occurred_at")
    said_later = later.values_list("occurred_at", flat=True).first()
    near = holidays_near(last or now())
    return timing.may_ask_again(task.person_asks, last, said_later, now(), answer_rule(), zone(), near)


def is_silent_still(task: Task) -> bool:
    """Whether the person was asked as often as allowed and as many days passed as before asking again."""
    rule, last = answer_rule(), task.person_asked_at
    if last is None or task.person_asks < rule.person_asks_most:
        return False
    return timing.due(last, rule.person_again_days, zone(), holidays_near(last)) <= now()


def _keep_for_hand(task: Task) -> None:
    if task.by_hand_at is None:
        task.by_hand_at = now()
        task.save(update_fields=["by_hand_at"])


@transaction.atomic
def leave_to_hand(task_id: UUID, *, by: Actor) -> None:
    """The person was asked as often as the standard allows and is silent: a worker asks by call or letter."""
    task = locked(task_id)
    safe = may_text(task.person_id)
    if may_ask_person(task) and (safe or safe.rule == contacting.UNSAFE):
        _keep_for_hand(task)


def stop_asking(holder_id: UUID, person_id: UUID) -> None:
    """The person has died, or may be mixed up with another: nobody is to call them about help."""
    with acting(program_of(holder_id)):
        Task.objects.filter(holder_id=holder_id, person_id=person_id, by_hand_at__isnull=False).update(
            by_hand_at=None
        )


def person_link(task_id: UUID, holder_id: UUID, kind: str) -> str:
    """A fresh address where the person can answer without signing in."""
    token = issue(kind=kind, subject=task_id, partner_id=holder_id, valid_for=LINK_LIFE)
    return settings.BASE_URL.rstrip("/") + reverse("referral_links:said", args=[token])
