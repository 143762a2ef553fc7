"""What the calendar does: remind, say that it is late, tell the coordinator, end what nobody answers.

After a yes it asks how it goes, and renews the link by which a service without an account reports.

Also what ends from outside: the person stopped sharing, their yes ran out, or an agreement is over.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.models import AccessConsent
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import allow
from commonweal.kernel.words import N_
from commonweal.referrals.actions import escalating, notices
from commonweal.referrals.actions.asking import end
from commonweal.referrals.actions.consent import may_still_see
from commonweal.referrals.actions.step import (
    How,
    about,
    counts_from,
    locked,
    move,
    note,
    plan_look,
    program_of,
    write_audit,
)
from commonweal.referrals.actions.unmet import note_unmet
from commonweal.referrals.events import ReferralEscalated
from commonweal.referrals.models import Candidate, Task
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import timing
from commonweal.referrals.rules.timing import Step
from commonweal.referrals.vocabulary import OPEN, WORKING, Event, Status, Via

_BY_RULE = allow("referral.calendar.rule", N_("The Table’s rule about answers says so."))
_SYSTEM = How(Via.SYSTEM)


def due_now(holder_id: UUID, moment: datetime, limit: int = 500) -> list[UUID]:
    """Sendings of this partner that the calendar must look at now, the oldest first."""
    rows = Task.objects.filter(holder_id=holder_id, look_at__lte=moment).order_by("look_at")
    return list(rows.values_list("pk", flat=True)[:limit])


@transaction.atomic
def look(task_id: UUID, *, by: Actor) -> Step | None:
    """Take the step that is due for one sending, if any, and say when to look again. Safe to repeat."""
    task = locked(task_id)
    moment = now()
    if task.look_at is None or task.look_at > moment:
        return None
    status, since, rule = Status(task.status), counts_from(task), answer_rule()
    taken = frozenset({Step(task.last_step)}) if task.last_step else frozenset()
    step = timing.step_due(status, since, moment, taken, rule, zone(), holidays_near(since))
    if step is not None:
        task.last_step = step.value
        plan_look(task)
        _TAKE[step](task, by)
    renew = timing.renew_link_at(task.link_until)
    if status in WORKING and renew is not None and renew <= moment:
        notices.fresh_link(task)
    plan_look(task)
    task.save(update_fields=["look_at", "late_at"])
    return step


def _remind(task: Task, by: Actor) -> None:
    note(task, Event.REMINDED, by, _SYSTEM)
    notices.remind_service(task, "reminder")


def _late(task: Task, by: Actor) -> None:
    note(task, Event.LATE, by, _SYSTEM)
    notices.remind_service(task, "reminder")
    notices.tell_asker(task, "late")


def _escalate(task: Task, by: Actor) -> None:
    told = escalating.tell(task)
    note(task, Event.ESCALATED, by, _SYSTEM, reason=told.whom.value, words=told.partner)
    words = escalating.FOR_THE_PERSON[told.whom]
    write_audit(task, "referral.escalated", words, by, _BY_RULE, told=told.whom.value, partner=told.partner)
    publish(ReferralEscalated(about(task, task.referral.need_id), now()))


def _expire(task: Task, by: Actor) -> None:
    verdict = move(task, Status.CANCELLED, by, _SYSTEM)
    task.reason = "no-answer"
    note(task, Event.EXPIRED, by, _SYSTEM, reason="no-answer")
    write_audit(task, "referral.expired", N_("Ended a request that nobody answered."), by, verdict)
    note_unmet(task, "no-answer")
    notices.close_links(task, "no answer")
    notices.tell_asker(task)
    end(task, None, _SYSTEM)


def _ask_how_it_goes(task: Task, by: Actor) -> None:
    note(task, Event.REMINDED, by, _SYSTEM)
    notices.ask_how_it_goes(task)


def _late_after_yes(task: Task, by: Actor) -> None:
    note(task, Event.LATE, by, _SYSTEM)
    notices.ask_how_it_goes(task)
    notices.tell_asker(task, "late")


_TAKE = {
    Step.REMIND: _remind,
    Step.LATE: _late,
    Step.ESCALATE: _escalate,
    Step.EXPIRE: _expire,
    **dict.fromkeys((Step.ASK_BEGIN, Step.ASK_HOLD, Step.ASK_END), _ask_how_it_goes),
    **dict.fromkeys((Step.BEGIN_LATE, Step.HOLD_LATE, Step.END_LATE), _late_after_yes),
    **dict.fromkeys((Step.BEGIN_ESCALATE, Step.HOLD_ESCALATE, Step.END_ESCALATE), _escalate),
}


_TAKEN_BACK = N_("Stopped a request, as you asked.")
_SHUT = N_("Closed what a service could see.")


@transaction.atomic
def consent_ended(task_id: UUID, *, by: Actor) -> None:
    """The person stopped sharing, or an agreement ended: flag the sending, close its links, tell the asker.

    What was only asked is taken back. What is under way stays under way with the service and the person;
    the service sees nothing more here, and the asker knows why.
    """
    task = locked(task_id)
    if task.consent_ended_at is not None or Status(task.status) not in OPEN | {Status.DRAFT}:
        return
    task.consent_ended_at = now()
    notices.close_links(task, "consent ended")
    if task.status == Status.REQUESTED.value:
        verdict = move(task, Status.CANCELLED, by, _SYSTEM)
        task.reason = "consent-ended"
        note(task, Event.CONSENT_ENDED, by, _SYSTEM, reason="consent-ended")
        write_audit(task, "referral.consent-ended", _TAKEN_BACK, by, verdict)
        end(task, None, _SYSTEM)
    else:
        task.look_at = task.late_at = None
        note(task, Event.CONSENT_ENDED, by, _SYSTEM, reason="consent-ended")
        write_audit(task, "referral.consent-ended", _SHUT, by, _BY_RULE)
    notices.tell_asker(task, "consent-ended")


def end_shared(holder_id: UUID, person_id: UUID | None = None) -> int:
    """End what ``holder_id`` has open with services that may no longer see it; returns how many.

    The database refuses those readings already; this says so to everyone concerned.
    """
    count = 0
    with acting(program_of(holder_id)) as program:
        rows = Task.objects.filter(holder_id=holder_id, status__in=_SHARED, consent_ended_at=None)
        if person_id:
            rows = rows.filter(person_id=person_id)
        for task in rows.order_by("occurred_at"):
            if not any(may_still_see(task, partner_id) for partner_id in _asked(task)):
                consent_ended(task.pk, by=program)
                count += 1
        return count + _end_protected(holder_id, person_id)


RUN_OUT_LOOKS_BACK = timedelta(days=14)
"""For so long after a yes ran out it is looked for what rested on it; far longer than the job ever sleeps."""


def end_run_out(holder_id: UUID) -> int:
    """End what rested on a yes whose time is over, as if the person had stopped it; returns how many.

    What other words still allow stays. The database refuses the readings from the same moment.
    """
    with acting(program_of(holder_id)):
        rows = AccessConsent.objects.filter(
            ends_at__lte=Now(), ends_at__gt=Now() - RUN_OUT_LOOKS_BACK, segment=Segment.GENERAL.value
        )
        persons = sorted(set(rows.values_list("person_id", flat=True)))
        waiting = Task.objects.filter(holder_id=holder_id, status__in=_SHARED, consent_ended_at=None)
        concerned = list(waiting.filter(person_id__in=persons).values_list("person_id", flat=True).distinct())
        count = _end_protected(holder_id, None)
    return count + sum(end_shared(holder_id, person_id) for person_id in concerned)


def _end_protected(holder_id: UUID, person_id: UUID | None) -> int:
    """As ``consent_ended``, for what the program may not see: the database ends it and names no person.

    Mail and link are as of any request, so that neither tells that this one is specially protected.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "select task, referral, asker from guard.end_protected(%s, %s, %s, %s)",
            [person_id, now(), _TAKEN_BACK, _SHUT],
        )
        ended = cursor.fetchall()
    for task_id, referral_id, account_id in ended:
        notices.close_links_of(task_id, "consent ended")
        notices.tell_that_sharing_ended(holder_id, referral_id, account_id)
    return len(ended)


_SHARED = [s.value for s in OPEN]


def _asked(task: Task) -> list[UUID]:
    if task.owner_id:
        return [task.owner_id]
    return list(Candidate.objects.filter(task=task, declined_at=None).values_list("partner_id", flat=True))
