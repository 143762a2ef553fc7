"""Jobs: each partner's calendar, asking people whether it helped, and sweeping after an agreement ended."""

from uuid import UUID

from commonweal.foundation.access import acting
from commonweal.foundation.jobs import job
from commonweal.kernel.clock import now
from commonweal.partners import facade as partners
from commonweal.referrals.actions import calendar, calendar_protected, inviting
from commonweal.referrals.actions.step import program_of
from commonweal.referrals.queries import news

ASK_AT_ONCE = 200


@job(name="referrals.calendar", cron="*/15 * * * *")
def keep_calendar(timestamp: int = 0) -> None:
    """Remind, tell that it is late, escalate, end: for every partner, as that partner. Safe to run twice."""
    for partner in partners.all_partners():
        with acting(program_of(partner.id)) as program:
            due = calendar.due_now(partner.id, now())
            for task_id in due:
                calendar.look(task_id, by=program)
            calendar_protected.look(by=program)


@job(name="referrals.run_out", cron="10,25,40,55 * * * *")
def end_run_out(timestamp: int = 0) -> None:
    """What rested on a yes that ran out ends as if the person had stopped it: links shut, who asked is told.
    Safe to run twice."""
    for partner in partners.all_partners():
        calendar.end_run_out(partner.id)


@job(name="referrals.ask_people", cron="0 15 * * 1-5")
def ask_people(timestamp: int = 0) -> None:
    """Ask people by text whether the help reached them, on working days, as often as the standard allows.

    Who cannot be asked by text, or stays silent, is left to a call or a letter.
    """
    for partner in partners.all_partners():
        after = None
        while after := _ask_some(partner.id, after):
            pass


def _ask_some(partner_id: UUID, after: UUID | None) -> UUID | None:
    """One batch in a transaction of its own; the last sending of it, None at the end."""
    with acting(program_of(partner_id)) as program:
        found = news.to_ask(partner_id, now(), ASK_AT_ONCE, after)
        for task in found:
            if not inviting.ask_person(task.pk, by=program) and inviting.is_silent_still(task):
                inviting.leave_to_hand(task.pk, by=program)
        return found[-1].pk if len(found) == ASK_AT_ONCE else None


@job(name="referrals.sweep")
def sweep() -> None:
    """After an agreement or mandate ended: end what may no longer be seen, for every partner."""
    for partner in partners.all_partners():
        calendar.end_shared(partner.id)
