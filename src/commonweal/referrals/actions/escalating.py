"""Nobody answers, and the one who asked did not act: tell the first who can be told, and say truly whom.

The one who leads for the person, else who supervises at the asking partner, else who coordinates there, else
its administrator, else the backbone, which hears that something waits and not about whom.
"""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role, Segment
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages import send_email
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.referrals.actions import notices
from commonweal.referrals.actions.step import about, program_of
from commonweal.referrals.events import About
from commonweal.referrals.models import Task
from commonweal.referrals.vocabulary import Whom

TellLead = Callable[[About, UUID | None], str]
"""Tells who leads for the person, unless that is the account named; gives their partner's name, or ''."""

_lead: list[TellLead] = []

_AT_THE_PARTNER = (
    (Whom.SUPERVISOR, Role.SUPERVISOR, "escalated"),
    (Whom.COORDINATOR, Role.COORDINATOR, "escalated"),
    (Whom.ADMINISTRATOR, Role.ORG_ADMIN, "escalated-office"),
)

FOR_THE_PERSON: dict[Whom, str] = {
    Whom.LEAD: N_("Told the one who leads for you that nobody answers."),
    Whom.SUPERVISOR: N_("Told a supervisor that nobody answers."),
    Whom.COORDINATOR: N_("Told a coordinator that nobody answers."),
    Whom.ADMINISTRATOR: N_("Told the organization’s administrator that nobody answers."),
    Whom.BACKBONE: N_("Told the backbone that a request waits, without saying that it is yours."),
    Whom.NOBODY: N_("Found nobody to tell that nobody answers."),
}


@dataclass(frozen=True, slots=True)
class Told:
    """Who was told, and at which partner."""

    whom: Whom
    partner: str = ""


def register_lead(tell: TellLead) -> None:
    """Have ``tell`` asked first; the context above that knows who leads registers itself."""
    _lead[:] = [tell]


def tell(task: Task) -> Told:
    """Tell the first who can be told. The asker is passed over: they were told when it was late."""
    if notices.is_silent():
        return Told(Whom.NOBODY)
    asker = task.referral.asked_by_account_id
    for ask_lead in _lead:
        partner = ask_lead(about(task, task.referral.need_id), asker)
        if partner:
            return Told(Whom.LEAD, partner)
    holder = partners.partner(task.holder_id)
    for whom, role, template in _AT_THE_PARTNER:
        if _mail(task, task.holder_id, role, template, but=asker):
            return Told(whom, holder.name if holder else "")
    return _tell_backbone(task)


def _tell_backbone(task: Task) -> Told:
    backbone = partners.backbone()
    if backbone is None or task.segment == Segment.DOMESTIC_VIOLENCE.value:
        return Told(Whom.NOBODY)
    if _mail(task, backbone.id, Role.ORG_ADMIN, "escalated-table"):
        return Told(Whom.BACKBONE, backbone.name)
    if backbone.email:
        _send(task, backbone.email, "escalated-table", notices.language_of(backbone))
        return Told(Whom.BACKBONE, backbone.name)
    return Told(Whom.NOBODY)


def _mail(task: Task, partner_id: UUID, role: Role, template: str, but: UUID | None = None) -> bool:
    wanted = {w.account_id for w in partners.workers_of(partner_id) if w.role == role.value} - {but}
    found = Account.objects.filter(pk__in=wanted, is_active=True).exclude(email="")
    addresses = [(a.email, a.language) for a in found if a.email]
    for email, language in addresses:
        _send(task, email, template, language)
    return bool(addresses)


def _send(task: Task, email: str, template: str, language: str) -> None:
    opens_it = template == "escalated"
    path = reverse("referrals:thread", args=[task.referral_id]) if opens_it else "/"
    with acting(program_of(task.holder_id)):
        send_email(
            to=email,
            template=f"referrals/mail/{template}",
            context={
                "url": settings.BASE_URL.rstrip("/") + path,
                "table": settings.COLLABORATIVE,
                "asker": notices.asker_of(task),
            },
            language=language,
        )
