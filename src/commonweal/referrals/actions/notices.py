"""Who is told what, and by which way. A mail says that something waits, never what, for whom or about whom.

All of it is queued by the partner that asked (the holder), so that a mail to a service is judged again,
as the holder's, at the moment it is sent.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.links import close_link, issue
from commonweal.foundation.messages import Concerns, Recheck, send_email
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.referrals.actions.step import plan_look, program_of
from commonweal.referrals.models import Candidate, Task
from commonweal.referrals.queries.standard import holidays_near, zone
from commonweal.referrals.rules import timing
from commonweal.referrals.rules.segment import purpose_of
from commonweal.referrals.vocabulary import OPEN, Status

ANSWER_LINK = "referral.answer"
"""The kind of link by which a service answers; its subject is the sending."""

CONCERNS = "referral.task"
"""What a letter that did not arrive was about: a sending."""

WORK_LINK_LIFE = timedelta(days=30)
"""How long a service can report by one link. Each report without an account brings a fresh one, each question
of ours too, and the calendar sends one before the last runs out, as long as the work goes on."""

_HOW_IT_GOES = {Status.ACCEPTED: "begin", Status.IN_PROGRESS: "going", Status.ON_HOLD: "held"}

_silent: ContextVar[bool] = ContextVar("referral_notices_silent", default=False)


@contextmanager
def silence() -> Iterator[None]:
    """Send nothing inside: for seeds that write history, of which nobody is to be told again."""
    token = _silent.set(True)
    try:
        yield
    finally:
        _silent.reset(token)


def is_silent() -> bool:
    """Whether notices are held back now."""
    return _silent.get()


def ask_service(task: Task, partner_id: UUID) -> None:
    """Mail a fresh link to the asked service."""
    _to_service(task, partner_id, "asked", _answer_life(task))


def remind_service(task: Task, template: str) -> None:
    """Mail another link to every service that still may answer. ``template``: reminder or reply."""
    if task.answered_at is not None:
        hand_work_link(task, template)
        return
    for partner_id in _asked(task):
        _to_service(task, partner_id, template, _answer_life(task))


def ask_how_it_goes(task: Task) -> None:
    """Ask a service that said yes whether help began, still waits, or ended; with a fresh link."""
    hand_work_link(task, _HOW_IT_GOES[Status(task.status)])


def fresh_link(task: Task) -> None:
    """A fresh link to report by, before the last one runs out."""
    hand_work_link(task, "fresh")


def link_again(task: Task, partner_id: UUID) -> bool:
    """A fresh link to the address on file of a service whose last one ran out; whether one was sent."""
    if task.owner_id not in (None, partner_id) or Status(task.status) not in OPEN:
        return False
    if task.answered_at is not None:
        fresh_link(task)
        return True
    return _to_service(task, partner_id, "reminder", _answer_life(task))


def hand_work_link(task: Task, template: str = "accepted") -> None:
    """The link by which a service that said yes reaches the person and reports."""
    if task.owner_id and _to_service(task, task.owner_id, template, WORK_LINK_LIFE):
        task.link_until = now() + WORK_LINK_LIFE
        plan_look(task)
        task.save(update_fields=["link_until", "look_at", "late_at"])


def tell_service_ended(task: Task) -> None:
    """The request has ended; nothing is left to do and nothing to see."""
    for partner_id in _asked(task):
        _to_service(task, partner_id, "ended", None)


def tell_others_taken(task: Task) -> None:
    """Another service was first; thanks."""
    others = Candidate.objects.filter(task=task, declined_at=None).exclude(
        partner_id=task.owner_id or task.holder_id
    )
    for partner_id in others.values_list("partner_id", flat=True):
        _to_service(task, partner_id, "taken", None)


def close_links(task: Task, why: str) -> None:
    """Close every link by which services could answer."""
    close_links_of(task.pk, why)


def close_links_of(task_id: UUID, why: str) -> None:
    """``close_links`` where the sending itself is not to be seen."""
    close_link(kind=ANSWER_LINK, subject=task_id, why=why)


def tell_asker(task: Task, template: str = "answer") -> None:
    """Tell the one who asked that something came in. ``template``: answer, question, late, consent-ended."""
    if not task.one_way:
        _to_asker(task.holder_id, task.referral_id, task.referral.asked_by_account_id, template)


def tell_that_sharing_ended(holder_id: UUID, referral_id: UUID, account_id: UUID | None) -> None:
    """``tell_asker`` of the end of sharing, where the sending itself is not to be seen; one-way ones too."""
    _to_asker(holder_id, referral_id, account_id, "consent-ended")


def tell_of_protected(holder_id: UUID, referral_id: UUID, account_id: UUID | None, template: str) -> None:
    """``tell_asker`` where the sending itself is not to be seen."""
    _to_asker(holder_id, referral_id, account_id, template)


def _to_asker(holder_id: UUID, referral_id: UUID, account_id: UUID | None, template: str) -> None:
    account = _account(account_id)
    if is_silent() or account is None or not account.email:
        return
    url = _absolute(reverse("referrals:thread", args=[referral_id]))
    with acting(program_of(holder_id)):
        send_email(
            to=account.email,
            template=f"referrals/mail/{template}",
            context={"url": url, "table": settings.COLLABORATIVE},
            language=account.language,
        )


def _account(account_id: UUID | None) -> Account | None:
    return Account.objects.filter(pk=account_id, is_active=True).first() if account_id else None


def _asked(task: Task) -> list[UUID]:
    if task.owner_id:
        return [task.owner_id]
    return list(Candidate.objects.filter(task=task, declined_at=None).values_list("partner_id", flat=True))


def _to_service(task: Task, partner_id: UUID, template: str, life: timedelta | None) -> bool:
    """Queue a mail to a service, with a link that works for ``life``; whether there was an address for it."""
    partner = partners.partner(partner_id)
    if is_silent() or partner_id == task.holder_id or partner is None or not partner.email:
        return False
    with acting(program_of(task.holder_id)):
        send_email(
            to=partner.email,
            template=f"referrals/mail/{template}",
            context=_context(task, partner_id, life),
            language=language_of(partner),
            person_id=task.person_id,
            recheck=_recheck(task, partner_id) if life is not None else None,
            concerns=Concerns(CONCERNS, task.pk, partner_id),
        )
    return True


def _context(task: Task, partner_id: UUID, life: timedelta | None) -> Mapping[str, object]:
    found: dict[str, object] = {
        "table": settings.COLLABORATIVE,
        "asker": asker_of(task),
        "due": task.answer_due_at,
    }
    if life is not None:
        token = issue(kind=ANSWER_LINK, subject=task.pk, partner_id=partner_id, valid_for=life)
        found["url"] = _absolute(reverse("referral_links:respond", args=[token]))
    return found


def asker_of(task: Task) -> str:
    """The asking partner's name, where even that tells nothing (2-T8: names are labels too)."""
    if task.segment != Segment.GENERAL.value:
        return ""
    holder = partners.partner(task.holder_id)
    return holder.name if holder else ""


def _recheck(task: Task, partner_id: UUID) -> Recheck:
    segment = Segment(task.segment)
    return Recheck(
        person_id=task.person_id,
        recipient_partner_id=partner_id,
        purpose=purpose_of(segment),
        segment=segment,
        topic=task.topic,
    )


def _answer_life(task: Task) -> timedelta:
    due = task.answer_due_at or now() + timedelta(days=3)
    until = timing.link_valid_until(max(due, now()), zone(), holidays_near(now()))
    return max(until - now(), timedelta(hours=12))


def language_of(partner: PartnerShape) -> str:
    """The language of mails to a partner: Spanish where it speaks no English, else English."""
    spoken = {tag.split("-")[0] for tag in partner.languages}
    return "es" if "es" in spoken and "en" not in spoken else "en"


def _absolute(path: str) -> str:
    return settings.BASE_URL.rstrip("/") + path
