"""The asked side: see, take on, say yes or no, begin, hold, finish, say that it can't be, name another."""

from uuid import UUID

from django.db import transaction

from commonweal.directory import facade as directory
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.referrals import access
from commonweal.referrals.actions import needs, notices
from commonweal.referrals.actions.asking import end, known_reason
from commonweal.referrals.actions.step import (
    ONE_WAY,
    PLAIN,
    How,
    about,
    already,
    check,
    cost,
    locked,
    may_go,
    move,
    note,
    own_partner,
    party,
    plain_words,
    set_calendar,
    write_audit,
)
from commonweal.referrals.actions.unmet import note_unmet
from commonweal.referrals.events import ReferralAnswered
from commonweal.referrals.models import Candidate, Outcome, Task, TaskEvent
from commonweal.referrals.rules.reasons import Moment, Reason
from commonweal.referrals.vocabulary import (
    COMPLETION_OUTCOMES,
    WORKING,
    BurdenAct,
    Event,
    Follow,
    OutcomeCode,
    Party,
    Status,
    Via,
)


@transaction.atomic
def mark_seen(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """The asked service opened the request; noted once."""
    task = locked(task_id)
    if party(task, by) is not Party.TARGET:
        return
    verdict = check(access.may_speak(by, Party.TARGET))
    if TaskEvent.objects.filter(task=task, kind=Event.SEEN, by_partner_id=own_partner(by)).exists():
        return
    note(task, Event.SEEN, by, how)
    write_audit(
        task, "referral.seen", N_("Opened a request for help, without your name."), by, verdict, how=how
    )


@transaction.atomic
def accept(task_id: UUID, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Say yes. An open request goes to whoever says so first; the next one gets Conflict."""
    task = locked(task_id)
    if already(task, how):
        return
    if task.to_several:
        _claim(task, by, how)
    said = plain_words(words, task.segment)
    verdict = move(task, Status.ACCEPTED, by, how)
    note(task, Event.ACCEPTED, by, how, words=said)
    cost(task, [BurdenAct.READ, BurdenAct.ANSWER], by, how)
    write_audit(task, "referral.accepted", N_("Said yes to helping you."), by, verdict, how=how)
    need_id = task.referral.need_id
    needs.is_being_helped(task, need_id)
    notices.tell_asker(task)
    notices.hand_work_link(task)
    publish(ReferralAnswered(about(task, need_id), True, "", how.occurred_at or now()))


def claim(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """Take on an open request: the same as saying yes to it first."""
    accept(task_id, by=by, how=how)


def _claim(task: Task, by: Actor, how: How) -> None:
    taken = task.owner_id is not None
    if taken and task.owner_id != by.partner_id:
        raise Conflict("Another service has taken this on already.")
    if taken:
        return
    mine = Candidate.objects.filter(task=task, partner_id=own_partner(by)).first()
    if mine is None:
        party(task, by, how)  # NotFound for strangers; the asking side stays on its own side
        return
    if mine.declined_at is not None:
        raise Conflict("You said no to this before. Ask for a new request if you can help after all.")
    task.owner_id, task.owner_name = mine.partner_id, mine.partner_name
    task.service_id, task.service_name = mine.service_id, mine.service_name
    note(task, Event.CLAIMED, by, how, with_intent=False)
    notices.tell_others_taken(task)


@transaction.atomic
def decline(
    task_id: UUID,
    reason: str,
    *,
    by: Actor,
    words: str = "",
    instead: str = "",
    full_until: str = "",
    how: How = PLAIN,
) -> None:
    """Say no, with the reason. What follows from it is set going: gap, capacity, correction of the directory.

    ``instead``: who might help, in the service's words. ``full_until``: see ``report_full``.
    """
    task = locked(task_id)
    if already(task, how):
        return
    known = known_reason(reason, Moment.REFUSE)
    said, named = plain_words(words, task.segment), plain_words(instead, task.segment)
    if named:
        _suggest(task, named, by, how)
    if task.to_several and task.owner_id is None and _others_left(task, known, by):
        _decline_one(task, known, said, by, how)
        return
    verdict = move(task, Status.REJECTED, by, how)
    task.reason, task.reason_words = known.code, said
    note(task, Event.DECLINED, by, how, reason=known.code, words=said, outcome=known.outcome)
    cost(task, [BurdenAct.READ, BurdenAct.REFUSE], by, how)
    write_audit(
        task, "referral.declined", N_("Can’t help you with this."), by, verdict, reason=known.code, how=how
    )
    _follow(task, known, by, full_until)
    notices.tell_asker(task)
    publish(ReferralAnswered(about(task, task.referral.need_id), False, known.code, how.occurred_at or now()))
    end(task, known.outcome, how)


def _others_left(task: Task, known: Reason, by: Actor) -> bool:
    open_ones = Candidate.objects.filter(task=task, declined_at=None)
    return open_ones.exclude(partner_id=own_partner(by)).exists()


def _decline_one(task: Task, known: Reason, said: str, by: Actor, how: How) -> None:
    may = check(may_go(task, Status.REJECTED, by, how))
    Candidate.objects.filter(task=task, partner_id=own_partner(by), declined_at=None).update(
        declined_at=how.occurred_at or now(), reason=known.code
    )
    note(task, Event.DECLINED, by, how, reason=known.code, words=said)
    cost(task, [BurdenAct.READ, BurdenAct.REFUSE], by, how)
    write_audit(
        task, "referral.declined", N_("Can’t help you with this."), by, may, reason=known.code, how=how
    )


def _follow(task: Task, known: Reason, by: Actor, full_until: str) -> None:
    if Follow.GAP in known.follows:
        note_unmet(task, known.code)
    if Follow.CAPACITY in known.follows and task.service_id:
        _tell_directory_full(task, by, full_until)
    if Follow.DIRECTORY in known.follows and task.service_id:
        directory.ask_verification(task.service_id, because=known.words, by=by)


FULL_FOR = {"1w": 7, "1m": 30, "tell": None}
"""How long a service says that it is full, in days; None until it says otherwise."""


def _tell_directory_full(task: Task, by: Actor, full_until: str) -> None:
    days = FULL_FOR.get(full_until)
    assert task.service_id is not None
    directory.report_full(task.service_id, for_days=days, by=by)


@transaction.atomic
def report_full(task_id: UUID, until: str, *, by: Actor, how: How = PLAIN) -> None:
    """Say that there is no room now: the directory shows *full* for that time, and this request is declined.

    ``until``: a key of ``FULL_FOR``.
    """
    if until not in FULL_FOR:
        raise BadInput("until", "choose a week, a month, or that you will tell")
    task = locked(task_id)
    if already(task, how):
        return
    check(may_go(task, Status.REJECTED, by, how))
    note(task, Event.FULL, by, how, with_intent=False)
    cost(task, [BurdenAct.REPORT_FULL], by, how)
    decline(task_id, "full", by=by, full_until=until, how=how)


@transaction.atomic
def start(task_id: UUID, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Tell that service began."""
    task = locked(task_id)
    if already(task, how):
        return
    said = plain_words(words, task.segment)
    verdict = move(task, Status.IN_PROGRESS, by, how)
    note(task, Event.STARTED, by, how, words=said)
    cost(task, [BurdenAct.START], by, how)
    write_audit(task, "referral.started", N_("Began to help you."), by, verdict, how=how)
    notices.tell_asker(task)
    _renew_link(task, how)


@transaction.atomic
def hold(task_id: UUID, reason: str, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Put it on hold, with the reason."""
    task = locked(task_id)
    if already(task, how):
        return
    known = known_reason(reason, Moment.HOLD)
    said = plain_words(words, task.segment)
    verdict = move(task, Status.ON_HOLD, by, how)
    task.reason, task.reason_words = known.code, said
    note(task, Event.HELD, by, how, reason=known.code, words=said)
    cost(task, [BurdenAct.HOLD], by, how)
    write_audit(
        task, "referral.held", N_("Put your request on hold."), by, verdict, reason=known.code, how=how
    )
    notices.tell_asker(task)
    _renew_link(task, how)


@transaction.atomic
def go_on(task_id: UUID, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Tell that nothing has changed: it still begins soon, goes on, or waits. The calendar counts anew."""
    task = locked(task_id)
    if already(task, how):
        return
    said = plain_words(words, task.segment)
    verdict = check(_may_go_on(task, by, how))
    task.heard_at = how.occurred_at or now()
    set_calendar(task)
    note(task, Event.GOES_ON, by, how, words=said)
    cost(task, [BurdenAct.GO_ON], by, how)
    write_audit(task, "referral.goes-on", N_("Told that its help for you goes on."), by, verdict, how=how)
    notices.tell_asker(task)
    _renew_link(task, how)


def _may_go_on(task: Task, by: Actor, how: How) -> Verdict:
    side = party(task, by, how)
    if task.one_way and side is Party.TARGET:
        return ONE_WAY
    if side is not Party.TARGET and task.owner_id != by.partner_id:
        return deny("referral.go-on.not-yours", N_("Only the service that was asked may do this."))
    if Status(task.status) not in WORKING:
        return deny("referral.go-on.ended", N_("Nothing is under way here."))
    return access.may_speak(by, side)


def _renew_link(task: Task, how: How) -> None:
    """Who reports without an account gets a fresh link with each report."""
    if how.via is not Via.ACCOUNT:
        notices.fresh_link(task)


@transaction.atomic
def complete(task_id: UUID, outcome: OutcomeCode, *, by: Actor, words: str = "", how: How = PLAIN) -> None:
    """Tell how it ended. Closed is not met: only the person says whether the need is met."""
    task = locked(task_id)
    if already(task, how):
        return
    if outcome not in COMPLETION_OUTCOMES:
        raise BadInput("outcome", "choose how it ended")
    said = plain_words(words, task.segment)
    verdict = move(task, Status.COMPLETED, by, how)
    _record_outcome(task, outcome, said, by, how)
    note(task, Event.COMPLETED, by, how, words=said, outcome=outcome)
    cost(task, [BurdenAct.FINISH], by, how)
    write_audit(
        task,
        "referral.completed",
        N_("Finished its help for you."),
        by,
        verdict,
        outcome=outcome.value,
        how=how,
    )
    notices.tell_asker(task)
    end(task, outcome, how)


@transaction.atomic
def could_not_help(
    task_id: UUID, reason: str, *, by: Actor, words: str = "", instead: str = "", how: How = PLAIN
) -> None:
    """After a yes: say that it can't be done after all, and why."""
    task = locked(task_id)
    if already(task, how):
        return
    known = known_reason(reason, Moment.FAIL)
    said, named = plain_words(words, task.segment), plain_words(instead, task.segment)
    if named:
        _suggest(task, named, by, how)
    verdict = move(task, Status.FAILED, by, how)
    task.reason, task.reason_words = known.code, said
    if known.outcome:
        _record_outcome(task, known.outcome, said, by, how)
    note(task, Event.FAILED, by, how, reason=known.code, words=said, outcome=known.outcome)
    cost(task, [BurdenAct.FINISH], by, how)
    write_audit(
        task, "referral.failed", N_("Could not help you after all."), by, verdict, reason=known.code, how=how
    )
    _follow(task, known, by, "")
    needs.waits_again(task, task.referral.need_id)
    notices.tell_asker(task)
    end(task, known.outcome, how)


def _record_outcome(task: Task, code: OutcomeCode, words: str, by: Actor, how: How) -> None:
    task.outcome = code.value
    Outcome(
        task=task,
        person_id=task.person_id,
        holder_id=task.holder_id,
        segment=task.segment,
        topic=task.topic,
        code=code.value,
        words=words,
        by_name=by.name,
        via=how.via.value,
        occurred_at=how.occurred_at or now(),
    ).save(force_insert=True)


@transaction.atomic
def suggest(task_id: UUID, whom: str, *, by: Actor, how: How = PLAIN) -> None:
    """Name who might help instead. It only suggests: another partner hears of the person by consent alone."""
    task = locked(task_id)
    if already(task, how):
        return
    named = plain_words(whom, task.segment)
    if not named:
        raise BadInput("whom", "say who might help")
    may = check(ONE_WAY if task.one_way else access.may_speak(by, party(task, by, how)))
    _suggest(task, named, by, how, with_intent=True)
    write_audit(task, "referral.suggested", N_("Named another place that might help you."), by, may, how=how)
    notices.tell_asker(task)


def _suggest(task: Task, named: str, by: Actor, how: How, *, with_intent: bool = False) -> None:
    note(task, Event.SUGGESTED, by, how, words=named, with_intent=with_intent)
    cost(task, [BurdenAct.HAND_ON], by, how)


@transaction.atomic
def not_them(task_id: UUID, *, by: Actor, how: How = PLAIN) -> None:
    """The link reached the wrong reader: it is closed, the request taken back, the asker told.

    Where the reader may not write in these records, the link is closed and the asker told to look.
    """
    seen = Task.objects.filter(pk=task_id).first()
    if seen is not None and access.is_told_by_voice(Segment(seen.segment)):
        _shut_wrong_link(seen, by)
        return
    task = locked(task_id)
    if task.status != Status.REQUESTED.value:
        notices.close_links(task, "wrong reader")
        return
    verdict = move(task, Status.CANCELLED, by, how)
    task.reason = "wrong-reader"
    note(task, Event.NOT_THEM, by, How(Via.LINK, how.intent), reason="wrong-reader")
    write_audit(
        task,
        "referral.wrong-reader",
        N_("Told us that a request reached the wrong reader."),
        by,
        verdict,
        how=how,
    )
    notices.close_links(task, "wrong reader")
    notices.tell_asker(task)
    end(task, None, how)


def _shut_wrong_link(task: Task, by: Actor) -> None:
    side = party(task, by)
    verdict = check(access.may_speak(by, side))
    notices.close_links(task, "wrong reader")
    words = N_("Told us that a request reached the wrong reader.")
    write_audit(task, "referral.wrong-reader", words, by, verdict)
    notices.tell_asker(task, "wrong-reader")
