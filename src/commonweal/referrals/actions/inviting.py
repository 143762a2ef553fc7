"""Asking the person *did it help?* by text message, where they said that this is safe; else by letter."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.links import issue
from commonweal.foundation.messages import send_sms
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.people.vocabulary import Channel
from commonweal.referrals.actions import notices
from commonweal.referrals.actions.step import How, locked, note, write_audit
from commonweal.referrals.models import Task
from commonweal.referrals.rules.contact import may_contact
from commonweal.referrals.shapes import ReferralShape
from commonweal.referrals.vocabulary import Event, Via

BY_TEXT, BY_LETTER = "referral.said.sms", "referral.said.letter"
"""Kinds of links by which a person answers; the subject is the sending."""

LINK_LIFE = timedelta(days=30)


def may_ask_person(task: Task) -> Verdict:
    """May anything go out to the person about this sending? (trap 1-T11)"""
    return may_contact(contact_prohibited=task.referral.contact_prohibited, segment=Segment(task.segment))


def may_ask_person_shape(found: ReferralShape) -> Verdict:
    """The same question about a request that was read already."""
    return may_contact(contact_prohibited=found.contact_prohibited, segment=found.segment)


@transaction.atomic
def ask_person(task_id: UUID, *, by: Actor) -> bool:
    """Ask the person by text once, if it is allowed and safe; returns whether a text was queued."""
    task = locked(task_id)
    verdict = may_ask_person(task)
    if not verdict or task.person_asked_at is not None:
        return False
    contact = people.contact(task.person_id)
    task.person_asked_at = now()
    if contact is None or not contact.may(Channel.TEXT) or not contact.phone:
        task.save(update_fields=["person_asked_at"])
        return False
    note(task, Event.PERSON_ASKED, by, How(Via.SMS))
    write_audit(task, "referral.person-asked", N_("Asked you whether the help reached you."), by, verdict)
    if not notices.is_silent():
        send_sms(
            to=contact.phone,
            template="referrals/sms/helped",
            context={"url": person_link(task.pk, task.holder_id, BY_TEXT), "table": settings.COLLABORATIVE},
            language=contact.language,
            person_id=task.person_id,
        )
    return True


def person_link(task_id: UUID, holder_id: UUID, kind: str) -> str:
    """A fresh address where the person can answer without signing in."""
    token = issue(kind=kind, subject=task_id, partner_id=holder_id, valid_for=LINK_LIFE)
    return settings.BASE_URL.rstrip("/") + reverse("referral_links:said", args=[token])
