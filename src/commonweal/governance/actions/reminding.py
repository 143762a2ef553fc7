"""Reminding delegates of the report that they owe the table."""

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.timezone import localdate

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import absolute
from commonweal.foundation.messages import send_email
from commonweal.governance.access import may_turn
from commonweal.governance.actions.mailing import SENDER
from commonweal.governance.queries import delegations as reads
from commonweal.governance.rules import delegation as rules
from commonweal.governance.shapes_delegations import DelegationShape
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Refused
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


@transaction.atomic
def remind_delegates(*, by: Actor) -> int:
    """Mail those who administer a delegate that owes a report, on the days that the rule names; returns how
    many letters. For the daily job; twice on one day tells twice. Raises Refused."""
    because = may_turn(by)
    if not because:
        raise Refused(because)
    today = localdate(now())
    due = [one for one in reads.delegations() if rules.nudges_on(one.report_due, today)]
    for one in due:
        sent = _tell(one)
        audit.record(
            "delegation.reminded",
            by=by,
            subject=("delegation", one.id),
            words=N_("Reminded a delegate of the report that it owes the table."),
            details={"letters": sent, "overdue": one.is_overdue},
            because=because.rule,
        )
    return len(due)


def _tell(one: DelegationShape) -> int:
    workers = [w for w in partners.workers_of(one.partner_id) if w.role == Role.ORG_ADMIN.value]
    accounts = Account.objects.filter(pk__in=[w.account_id for w in workers], is_active=True)
    sent = 0
    for account in accounts.exclude(email=None).order_by("name"):
        with acting(SENDER), translation.override(account.language):
            send_email(
                to=account.email or "",
                template="governance/mail/report_due",
                context={
                    "name": account.name,
                    "table": installation.name(),
                    "what": one.words,
                    "due_on": one.report_due,
                    "is_overdue": one.is_overdue,
                    "is_suspended": one.is_suspended,
                    "url": absolute(reverse("governance:delegation-report", args=[one.id])),
                },
                language=account.language,
            )
        sent += 1
    return sent
