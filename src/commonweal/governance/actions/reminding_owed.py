"""Reminding those who owe something of its day, as they are of what they took on."""

from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import translation

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import absolute
from commonweal.foundation.messages import send_email
from commonweal.governance.access import may_turn
from commonweal.governance.actions.mailing import SENDER
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import ObligationReminder
from commonweal.governance.queries import obligations as reading
from commonweal.governance.rules.obligations import reminds
from commonweal.governance.shapes_obligations import DayOwed, ObligationShape
from commonweal.kernel.clock import today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


@transaction.atomic
def remind(*, by: Actor) -> int:
    """Mail those who owe what is due; how many letters. Twice on one day tells once. Raises Refused."""
    because = check(may_turn(by))
    day, sent = today(), 0
    for one in reading.obligations(open_only=True):
        for owed in one.days:
            if not owed.is_open or not reminds(owed.due_on, day, reading.last_sent(one.id, owed.due_on)):
                continue
            letters = sum(_tell(account_id, one, owed) for account_id in sorted(_hands(one), key=str))
            ObligationReminder.objects.create(obligation_id=one.id, due_on=owed.due_on, sent_on=day)
            audit.record(
                "obligation.reminded",
                by=by,
                subject=("obligation", one.id),
                words=N_("Reminded someone of what is owed."),
                details={"letters": letters},
                because=because.rule,
            )
            sent += letters
    return sent


def _hands(one: ObligationShape) -> frozenset[UUID]:
    """Who hears of it: those who answer for an activity or do it; else who sits for the partner that owes it,
    and, where nobody does, who administers it."""
    if one.account_ids or one.owes_id is None:
        return one.account_ids
    bodies = [body.id for body in partners.bodies() if not body.is_private]
    seats = [s for found in partners.seats_of(bodies).values() for s in found if s.partner_id == one.owes_id]
    sitting = frozenset(a for s in seats for a in s.account_ids)
    workers = partners.workers_of(one.owes_id)
    return sitting or frozenset(w.account_id for w in workers if w.role == Role.ORG_ADMIN.value)


def _tell(account_id: UUID, one: ObligationShape, owed: DayOwed) -> int:
    account = Account.objects.filter(pk=account_id, is_active=True).exclude(email=None).first()
    if account is None:
        return 0
    with acting(SENDER), translation.override(account.language):
        send_email(
            to=account.email or "",
            template="governance/mail/owed",
            context={
                "name": account.name,
                "table": installation.name(),
                "what": one.words,
                "to": one.to,
                "due_on": owed.due_on,
                "is_late": owed.look == "is-late",
                "url": absolute(reverse("governance:obligation", args=[one.id])),
            },
            language=account.language,
        )
    return 1
