"""The calendar of specially protected requests, by a program that may see none of them.

The one who asked is told when nobody answers, and that it ended; a service is not reminded: a mail to it is
judged anew by person and segment when it leaves, and both are hidden here. Mails are those of any request.

Nobody else is told, on purpose. That somebody asked for help of this kind is itself protected (for substance
use 42 CFR 2.13(c): not even presence is acknowledged), so a line in a supervisor's list, a count for the
backbone or a gap with a place would tell it by being there. Whoever may read the request sees its state and
its lateness where it is read. A service is not asked either whether it answers: the question would say that
somebody waits.
"""

from datetime import datetime
from uuid import UUID

from django.db import connection, transaction

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_
from commonweal.referrals.actions import notices
from commonweal.referrals.actions.step import own_partner
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import timing
from commonweal.referrals.rules.timing import Step
from commonweal.referrals.vocabulary import WORKING, Status

AT_MOST = 500
EXPIRED = N_("Ended a request that nobody answered.")
_LATE = frozenset({Step.LATE, Step.BEGIN_LATE, Step.HOLD_LATE, Step.END_LATE})


@transaction.atomic
def look(*, by: Actor) -> int:
    """Take what is due for every protected request of the partner for which the program acts; how many were
    looked at. Safe to repeat."""
    holder_id = own_partner(by)
    with connection.cursor() as cursor:
        cursor.execute(
            "select task, status, since, last_step from guard.protected_due(%s, %s)", [now(), AT_MOST]
        )
        due = cursor.fetchall()
    for task_id, status, since, last_step in due:
        _take(holder_id, task_id, Status(status), since, last_step)
    return len(due)


def _take(holder_id: UUID, task_id: UUID, status: Status, since: datetime, last_step: str) -> None:
    moment, rule, days = now(), answer_rule(), holidays_near(since)
    taken = frozenset({Step(last_step)}) if last_step else frozenset()
    step = timing.step_due(status, since, moment, taken, rule, zone(), days)
    kind = "expired" if step is Step.EXPIRE else "late" if step in _LATE else ""
    ahead = timing.next_look(status, since, moment, rule, zone(), days)
    late = timing.late_from(status, since, rule, zone(), days) if status in WORKING else None
    with connection.cursor() as cursor:
        cursor.execute(
            "select referral, asker from guard.protected_step(%s, %s, %s, %s, %s, %s, %s)",
            [task_id, step.value if step else "", kind, moment, ahead, late, EXPIRED],
        )
        told = cursor.fetchone()
    if told is None or not kind:
        return
    if kind == "expired":
        notices.close_links_of(task_id, "no answer")
    referral_id, asker_id = told
    notices.tell_of_protected(holder_id, referral_id, asker_id, "answer" if kind == "expired" else "late")
