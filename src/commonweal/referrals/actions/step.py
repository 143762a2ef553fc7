"""One step of a sending: lock the row, check who and what, move it, write it down, count the work."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.referrals import access
from commonweal.referrals.events import About
from commonweal.referrals.models import BurdenEntry, Candidate, Task, TaskEvent
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import burden, freetext, timing
from commonweal.referrals.vocabulary import (
    ENDED,
    OPEN,
    WORKING,
    BurdenAct,
    Event,
    OutcomeCode,
    Party,
    Status,
    Via,
)


@dataclass(frozen=True, slots=True)
class How:
    """How an act reached us: by which way, as which click, and when it really happened.

    ``intent`` is the client's own id of the click; the same click twice happens once.
    """

    via: Via = Via.ACCOUNT
    intent: UUID | None = None
    occurred_at: datetime | None = None


PLAIN = How()


def own_partner(by: Actor) -> UUID:
    """The partner that ``by`` acts for. NotFound for those who act for none."""
    if by.partner_id is None:
        raise NotFound("referral")
    return by.partner_id


def check(verdict: Verdict) -> Verdict:
    """The verdict, or Refused when it says no."""
    if not verdict:
        raise Refused(verdict)
    return verdict


def locked(task_id: UUID) -> Task:
    """The sending, held until the transaction ends. NotFound where the actor may not change it."""
    row = Task.objects.select_for_update().filter(pk=task_id).first()
    if row is None:
        raise NotFound("referral")
    return row


def already(task: Task, how: How) -> bool:
    """Whether this very click has been worked off before. Ask with the row locked."""
    return how.intent is not None and TaskEvent.objects.filter(task=task, intent=how.intent).exists()


def party(task: Task, by: Actor, how: How = PLAIN) -> Party:
    """The side on which ``by`` acts; NotFound for a stranger.

    The asking side may write down what the service said by phone or on paper, and then acts for it.
    """
    candidates: set[UUID] = set()
    if task.to_several and task.owner_id is None:
        candidates = set(Candidate.objects.filter(task=task).values_list("partner_id", flat=True))
    side = access.party_of(by, task.holder_id, task.owner_id, candidates)
    if side is None:
        raise NotFound("referral")
    if side is Party.REQUESTER and how.via in (Via.PHONE, Via.PAPER):
        return Party.TARGET
    return side


ONE_WAY = deny(
    "referral.one-way",
    N_("A safe house is never asked to report about those it serves. Nothing of it is kept here."),
    N_("If the person wants others to know, they tell them."),
)


def about(task: Task, need_id: UUID) -> About:
    """The address of an event."""
    return About(
        task_id=task.pk,
        referral_id=task.referral_id,
        person_id=task.person_id,
        need_id=need_id,
        holder_id=task.holder_id,
        owner_id=task.owner_id,
        domain=NeedDomain(task.topic),
        segment=Segment(task.segment),
    )


def may_go(task: Task, end: Status, by: Actor, how: How) -> Verdict:
    """Whether this actor may take this sending to ``end``."""
    side = party(task, by, how)
    if task.one_way and side is Party.TARGET:
        return ONE_WAY
    is_own = task.owner_id == task.holder_id
    return access.may_act(by, Status(task.status), end, side, is_own_service=is_own)


def move(task: Task, end: Status, by: Actor, how: How) -> Verdict:
    """Take the sending to ``end``; saved by ``note``. Raises Refused with the reason."""
    verdict = check(may_go(task, end, by, how))
    moment = how.occurred_at or now()
    task.status, task.status_at, task.heard_at = end.value, moment, None
    if end in (Status.ACCEPTED, Status.REJECTED):
        task.answered_at = moment
    if end is Status.IN_PROGRESS and task.started_at is None:
        task.started_at = moment
    if end in ENDED:
        task.ended_at = task.ended_at or moment
    set_calendar(task)
    return verdict


def set_calendar(task: Task) -> None:
    """Begin to count anew. One-way sendings are never chased."""
    task.last_step = ""
    plan_look(task)


def counts_from(task: Task) -> datetime:
    """Since when nothing new was heard of this sending."""
    return task.heard_at or task.status_at


def plan_look(task: Task) -> None:
    """Say when the calendar must look at this sending again, and from when it is late after a yes."""
    task.look_at = task.late_at = None
    status, since = Status(task.status), counts_from(task)
    if task.one_way or task.consent_ended_at or status not in OPEN:
        return
    rule, days = answer_rule(), holidays_near(since)
    ahead = [timing.next_look(status, since, now(), rule, zone(), days)]
    if status in WORKING:
        ahead.append(timing.renew_link_at(task.link_until))
        task.late_at = timing.late_from(status, since, rule, zone(), days)
    task.look_at = min((moment for moment in ahead if moment), default=None)


def note(
    task: Task,
    kind: Event,
    by: Actor,
    how: How,
    *,
    words: str = "",
    reason: str = "",
    outcome: OutcomeCode | None = None,
    with_intent: bool = True,
) -> None:
    """Write one line into the thread and save the sending with it."""
    moment = how.occurred_at or now()
    task.event_count += 1
    TaskEvent(
        task=task,
        seq=task.event_count,
        person_id=task.person_id,
        holder_id=task.holder_id,
        segment=task.segment,
        topic=task.topic,
        kind=kind.value,
        status=task.status,
        reason=reason,
        outcome=outcome.value if outcome else "",
        words=words,
        by_partner_id=by.partner_id,
        by_account_id=by.account_id,
        by_name=by.name,
        via=Via.SYSTEM.value if by.role is Role.BACKEND_SERVICE else how.via.value,
        intent=how.intent if with_intent else None,
        occurred_at=moment,
        recorded_at=now(),
    ).save(force_insert=True)
    task.save()


def cost(task: Task, acts: Iterable[BurdenAct], by: Actor, how: How) -> None:
    """Count the work that this asked of the service; work for one's own request is not counted."""
    worker = by.partner_id if how.via in (Via.ACCOUNT, Via.LINK) else task.owner_id
    if worker is None or worker == task.holder_id:
        return
    moment = how.occurred_at or now()
    BurdenEntry.objects.bulk_create(
        BurdenEntry(partner_id=worker, act=act.value, seconds=burden.SECONDS[act], occurred_at=moment)
        for act in acts
    )


def write_audit(
    task: Task, verb: str, words: str, by: Actor, verdict: Verdict, *, how: How = PLAIN, **details: object
) -> None:
    """One audit entry for the act, naming no one, with when it happened, where that is told later."""
    audit.record(
        verb,
        by=by,
        subject=("referral", task.pk),
        person_id=task.person_id,
        words=words,
        because=verdict.rule,
        details={"domain": task.topic, "status": task.status, **details},
        occurred_at=how.occurred_at,
    )


def plain_words(text: str, task_segment: str, names: Iterable[str] = ()) -> str:
    """``text`` trimmed, if it may stand in a thread of this segment. Raises Refused with the cure."""
    words = " ".join(text.split())
    if words:
        check(freetext.may_write(words, Segment(task_segment), names))
    return words


def program_of(partner_id: UUID) -> Actor:
    """The platform acting for a partner where no human is at hand: reminders, bookkeeping."""
    return Actor(Role.BACKEND_SERVICE, Purpose.COORD, partner_id, name="Commonweal")
