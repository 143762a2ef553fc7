"""Reports that wait: to be written by a delegate, to be read by the table."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils.formats import date_format
from django.utils.timezone import localdate
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.governance import access_delegation as access
from commonweal.governance.queries import delegations as reads
from commonweal.governance.rules.delegation import FIRST_NUDGE
from commonweal.governance.shapes_delegations import DelegationShape
from commonweal.kernel.clock import now
from commonweal.partners.facade import Candidate
from commonweal.partners.shapes import BodyShape


@dataclass(frozen=True, slots=True)
class Waiting:
    """A report that waits for the reader: to write it (``is_to_write``), or to read it for the table."""

    delegation_id: UUID
    words: str
    partner_name: str
    due_on: date
    is_to_write: bool
    is_overdue: bool


def waiting_for(actor: Actor, ahead: timedelta = FIRST_NUDGE) -> list[Waiting]:
    """The reports that this reader has to write within ``ahead``, or may read for the table; oldest first."""
    if actor.account_id is None:
        return []
    found = [
        _waiting(one, due, is_to_write=True)
        for one in (reads.of_partner(actor.partner_id) if actor.partner_id else [])
        if (due := one.report_due)
        and due <= localdate(now()) + ahead
        and access.may_speak_for_delegate(actor, one.partner_id)
    ]
    for one, report in reads.unread():
        if access.may_read_for_table(actor, reads.body_that_delegated(one.id), one.partner_id):
            found.append(_waiting(one, report.due_on, is_to_write=False))
    return sorted(found, key=lambda each: each.due_on)


def _waiting(one: DelegationShape, due: date, *, is_to_write: bool) -> Waiting:
    return Waiting(one.id, one.words, one.partner_name, due, is_to_write, is_to_write and one.is_overdue)


def for_agenda(body: BodyShape) -> Iterator[Candidate]:
    """Reports that this body has to hear: those it has not read, and those that are overdue."""
    if body.is_private:
        return
    for one, report in reads.unread():
        if _is_of(one, body):
            yield Candidate(
                f"report:{report.pk}",
                _("Report on: %(what)s") % {"what": _(one.words)},
                _("%(who)s has reported what it decided alone.") % {"who": one.partner_name},
                reverse("governance:delegation", args=[one.id]),
                10,
            )
    for one in reads.owing():
        if _is_of(one, body) and one.is_overdue and one.report_due:
            day = date_format(one.report_due, "DATE_FORMAT")
            yield Candidate(
                f"report-due:{one.id}:{one.report_due.isoformat()}",
                _("Report on: %(what)s") % {"what": _(one.words)},
                _("It was due on %(day)s, and has not come.") % {"day": day},
                reverse("governance:delegation", args=[one.id]),
                5,
            )


def _is_of(one: DelegationShape, body: BodyShape) -> bool:
    """Whether the body delegated it; what older minutes delegated is the highest body's."""
    decided_in = reads.body_that_delegated(one.id)
    return decided_in == body.id if decided_in else body.parent_id is None
