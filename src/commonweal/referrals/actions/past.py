"""Bringing in referrals that have already run their course, many at once, by the same rules.

For a partner that joins with its own records, and for the demo's two years. Each step is judged by the same
table of moves, each reason by the same list, all free words by the same rule; nobody is told again, no link
is made. Each person finds in their log that records of them were brought in.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.directory import facade as directory
from commonweal.directory.shapes import ServiceShape
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.audit import Entry, record_many
from commonweal.foundation.bulk import insert_many
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.referrals import access
from commonweal.referrals.actions.step import check, own_partner
from commonweal.referrals.actions.stuck import dead_end_of
from commonweal.referrals.models import (
    BurdenEntry,
    Gap,
    Outcome,
    PersonAnswer,
    Referral,
    Task,
    TaskEvent,
    UnmetNeed,
)
from commonweal.referrals.queries.standard import answer_rule, holidays_near, zone
from commonweal.referrals.rules import burden, freetext, reasons, timing
from commonweal.referrals.rules.chain import makes_gap
from commonweal.referrals.rules.machine import may_move
from commonweal.referrals.rules.segment import segment_of
from commonweal.referrals.shapes_past import PastReferral, PastSaid, PastSending, PastStep
from commonweal.referrals.vocabulary import (
    ENDED,
    WORKING,
    BurdenAct,
    Event,
    Helped,
    OutcomeCode,
    Party,
    Status,
    Via,
)
from commonweal.screening import facade as screening
from commonweal.screening.shapes import NeedShape

#: What a step makes of the status, and who makes it; None: the status stays.
_MOVES: dict[Event, tuple[Status, Party] | None] = {
    Event.SEEN: None,
    Event.REMINDED: None,
    Event.LATE: None,
    Event.ESCALATED: None,
    Event.ASKED: None,
    Event.REPLIED: None,
    Event.SUGGESTED: None,
    Event.GIVEN_UP: None,
    Event.ACCEPTED: (Status.ACCEPTED, Party.TARGET),
    Event.DECLINED: (Status.REJECTED, Party.TARGET),
    Event.STARTED: (Status.IN_PROGRESS, Party.TARGET),
    Event.HELD: (Status.ON_HOLD, Party.TARGET),
    Event.COMPLETED: (Status.COMPLETED, Party.TARGET),
    Event.FAILED: (Status.FAILED, Party.TARGET),
    Event.CANCELLED: (Status.CANCELLED, Party.REQUESTER),
    Event.EXPIRED: (Status.CANCELLED, Party.REQUESTER),
    Event.VOIDED: (Status.ENTERED_IN_ERROR, Party.REQUESTER),
}
_MOMENTS = {
    Event.DECLINED: reasons.Moment.REFUSE,
    Event.FAILED: reasons.Moment.FAIL,
    Event.HELD: reasons.Moment.HOLD,
    Event.CANCELLED: reasons.Moment.TAKE_BACK,
    Event.EXPIRED: reasons.Moment.TAKE_BACK,
}
_COSTS: dict[Event, tuple[BurdenAct, ...]] = {
    Event.ACCEPTED: (BurdenAct.READ, BurdenAct.ANSWER),
    Event.DECLINED: (BurdenAct.READ, BurdenAct.REFUSE),
    Event.STARTED: (BurdenAct.START,),
    Event.HELD: (BurdenAct.HOLD,),
    Event.COMPLETED: (BurdenAct.FINISH,),
    Event.FAILED: (BurdenAct.FINISH,),
    Event.ASKED: (BurdenAct.QUESTION,),
    Event.SUGGESTED: (BurdenAct.HAND_ON,),
}


@dataclass
class _Rows:
    """What is to be written, by table."""

    referrals: list[Referral] = field(default_factory=list)
    tasks: list[Task] = field(default_factory=list)
    events: list[TaskEvent] = field(default_factory=list)
    outcomes: list[Outcome] = field(default_factory=list)
    answers: list[PersonAnswer] = field(default_factory=list)
    unmet: list[UnmetNeed] = field(default_factory=list)
    burden: list[BurdenEntry] = field(default_factory=list)

    def write(self) -> None:
        """Everything, parents first; gaps as they are met."""
        insert_many(self.referrals)
        insert_many(self.tasks)
        insert_many(self.events)
        insert_many(self.outcomes)
        insert_many(self.answers)
        insert_many(self.unmet)
        insert_many(self.burden)
        kinds = {(u.topic, u.reason) for u in self.unmet}
        Gap.objects.bulk_create([Gap(domain=d, reason=r) for d, r in sorted(kinds)], ignore_conflicts=True)


@dataclass(frozen=True, slots=True)
class _Known:
    """What the batch refers to."""

    needs: dict[UUID, NeedShape]
    services: dict[UUID, ServiceShape]
    partners: dict[UUID, PartnerShape]
    rule: timing.AnswerRule


@transaction.atomic
def record_past(past: Sequence[PastReferral], *, by: Actor) -> list[UUID]:
    """Keep referrals of the acting partner with their whole history; returns their ids, in order.

    What came back and was not taken up again since (a step ``GIVEN_UP``) is marked as a dead end.
    Only everyday needs: what is specially protected is written one by one. Raises Refused or BadInput at the
    first that breaks a rule, and then keeps none. The needs' own status is for the caller to move.
    """
    verdict = check(access.may_ask(by, Segment.GENERAL))
    known = _look_up(past)
    rows = _Rows()
    ids = [_add_referral(one, known, rows, by) for one in past]
    rows.write()
    _mark_dead_ends(rows)
    record_many(_entries(rows, verdict), by=by)
    return ids


def _entries(rows: _Rows, verdict: Verdict) -> Iterator[Entry]:
    """One for each person: their own log says who wrote what about them (SECURITY P10)."""
    sendings = Counter(task.person_id for task in rows.tasks)
    for person_id, referrals in Counter(one.person_id for one in rows.referrals).items():
        yield Entry(
            "referral.past-recorded",
            ("referrals", str(referrals)),
            N_("Brought in records of earlier requests for help."),
            person_id=person_id,
            because=verdict.rule,
            details={"referrals": referrals, "sendings": sendings[person_id]},
        )


def _mark_dead_ends(rows: _Rows) -> None:
    """As after each end of a live request (``stuck``); what was given up, or is met, is settled."""
    settled = {event.task_id for event in rows.events if event.kind == Event.GIVEN_UP.value}
    settled |= {said.task_id for said in rows.answers if said.task_id and said.helped == Helped.YES.value}
    by_referral: dict[UUID, list[Task]] = {}
    for task in rows.tasks:
        by_referral.setdefault(task.referral_id, []).append(task)
    for chain in by_referral.values():
        found = None if any(task.pk in settled for task in chain) else dead_end_of(chain)
        if found is not None:
            Task.objects.filter(pk=chain[-1].pk).update(stuck=found.value)


def _look_up(past: Sequence[PastReferral]) -> _Known:
    services = directory.services({s.service_id for one in past for s in one.sendings})
    owners = {s.organization.partner_id for s in services.values() if s.organization}
    return _Known(
        needs=screening.needs({one.need_id for one in past}),
        services=services,
        partners=partners.partners({i for i in owners if i is not None}),
        rule=answer_rule(),
    )


def _add_referral(one: PastReferral, known: _Known, rows: _Rows, by: Actor) -> UUID:
    need = known.needs.get(one.need_id)
    if need is None or not one.sendings:
        raise BadInput("need", "no such need, or nobody was asked")
    if segment_of(need.domain, need.segment, to_victim_services=False) is not Segment.GENERAL:
        raise BadInput("need", "specially protected; write it one by one")
    check(freetext.may_write(f"{one.ask.words} {one.ask.area}", Segment.GENERAL))
    holder = own_partner(by)
    first = one.sendings[0].sent_at
    referral = Referral(
        id=new_id(),
        person_id=need.person_id,
        holder_id=holder,
        requester_id=holder,
        topic=need.domain.value,
        need_id=need.id,
        asked_by_account_id=one.asked_by_account,
        asked_by=one.asked_by,
        ask_words=one.ask.words,
        area=one.ask.area,
        place=one.place,
        language=one.ask.language,
        household=one.ask.household,
        getting_around=one.ask.getting_around,
        occurred_at=first,
        recorded_at=first,
    )
    rows.referrals.append(referral)
    tasks = [_add_task(referral, n, s, known, rows, by) for n, s in enumerate(one.sendings, 1)]
    if all(task.ended_at for task in tasks):
        referral.ended_at = max(task.ended_at for task in tasks if task.ended_at)
    return referral.pk


def _add_task(
    referral: Referral, number: int, sending: PastSending, known: _Known, rows: _Rows, by: Actor
) -> Task:
    service = known.services.get(sending.service_id)
    owner_id = service.organization.partner_id if service and service.organization else None
    owner = known.partners.get(owner_id) if owner_id else None
    if service is None or owner is None or owner.is_victim_service_provider:
        raise BadInput("service", "no such service, or one that cannot be asked here")
    task = Task(
        id=new_id(),
        referral_id=referral.pk,
        need_id=referral.need_id,
        number=number,
        person_id=referral.person_id,
        holder_id=referral.holder_id,
        topic=referral.topic,
        owner_id=owner.id,
        service_id=service.id,
        service_name=service.name,
        owner_name=owner.name,
        asked_by=referral.asked_by,
        status=Status.REQUESTED.value,
        status_at=sending.sent_at,
        sent_at=sending.sent_at,
        answer_due_at=_due(sending.sent_at, known.rule),
        occurred_at=sending.sent_at,
        recorded_at=sending.sent_at,
    )
    rows.tasks.append(task)
    _add_event(task, PastStep(Event.DRAFTED, sending.sent_at, referral.asked_by, Via.ACCOUNT), rows, by, True)
    _add_event(task, PastStep(Event.SENT, sending.sent_at, referral.asked_by, Via.ACCOUNT), rows, by, True)
    for step in sending.steps:
        _take(task, referral, step, rows, by)
    for said in sending.said:
        _add_answer(task, said, rows)
    _set_calendar(task, known.rule)
    return task


def _due(sent_at: datetime, rule: timing.AnswerRule) -> datetime:
    return timing.due(sent_at, rule.answer_days, zone(), holidays_near(sent_at))


def _set_calendar(task: Task, rule: timing.AnswerRule) -> None:
    """What is under way is asked about from today on: nobody is late with what nobody asked for then."""
    status, since = Status(task.status), task.status_at
    if status in WORKING:
        since = task.heard_at = now()
        task.late_at = timing.late_from(status, since, rule, zone(), holidays_near(since))
    task.look_at = timing.next_look(status, since, since, rule, zone(), holidays_near(since))


def _take(task: Task, referral: Referral, step: PastStep, rows: _Rows, by: Actor) -> None:
    if step.kind not in _MOVES:
        raise BadInput("step", f"{step.kind.value} is not brought in")
    if step.reason or step.kind in _MOMENTS:
        _check_reason(step)
    check(freetext.may_write(step.words, Segment.GENERAL))
    if step.kind is Event.GIVEN_UP and Status(task.status) not in ENDED:
        raise BadInput("step", "given up while it was open")
    move = _MOVES[step.kind]
    if move is not None:
        end, party = move
        check(may_move(Status(task.status), end, party))
        _set_status(task, end, step)
    _add_event(task, step, rows, by, move is None or move[1] is Party.REQUESTER)
    _add_what_follows(task, referral, step, rows)


def _check_reason(step: PastStep) -> None:
    try:
        reasons.reason(step.reason, _MOMENTS[step.kind])
    except (KeyError, ValueError) as fault:
        raise BadInput("reason", f"{step.reason!r} for {step.kind.value}") from fault


def _set_status(task: Task, end: Status, step: PastStep) -> None:
    task.status, task.status_at = end.value, step.at
    if end in (Status.ACCEPTED, Status.REJECTED):
        task.answered_at = step.at
    if end is Status.IN_PROGRESS and task.started_at is None:
        task.started_at = step.at
    if end in ENDED:
        task.ended_at = step.at
    task.reason = step.reason
    outcome = _outcome(step)
    if outcome and end in (Status.COMPLETED, Status.FAILED):
        task.outcome = outcome.value


def _outcome(step: PastStep) -> OutcomeCode | None:
    if step.kind is Event.COMPLETED and step.outcome is None:
        raise BadInput("outcome", "say how it ended")
    return step.outcome or (reasons.REASONS[step.reason].outcome if step.reason else None)


def _add_event(task: Task, step: PastStep, rows: _Rows, by: Actor, of_asker: bool) -> None:
    task.event_count += 1
    outcome = _outcome(step) if step.kind in (Event.COMPLETED, Event.FAILED, Event.DECLINED) else None
    rows.events.append(
        TaskEvent(
            task_id=task.pk,
            seq=task.event_count,
            person_id=task.person_id,
            holder_id=task.holder_id,
            topic=task.topic,
            kind=step.kind.value,
            status=Status.DRAFT.value if step.kind is Event.DRAFTED else task.status,
            reason=step.reason,
            outcome=outcome.value if outcome else "",
            words=step.words,
            by_partner_id=by.partner_id if of_asker else task.owner_id,
            by_name=step.by_name or (by.name if of_asker else task.owner_name),
            via=step.via.value,
            occurred_at=step.at,
            recorded_at=step.at,
        )
    )


def _add_what_follows(task: Task, referral: Referral, step: PastStep, rows: _Rows) -> None:
    outcome = _outcome(step) if step.kind in (Event.COMPLETED, Event.FAILED) else None
    about = {"person_id": task.person_id, "holder_id": task.holder_id, "topic": task.topic}
    if outcome:
        rows.outcomes.append(
            Outcome(
                task_id=task.pk,
                code=outcome.value,
                by_name=task.owner_name,
                via=step.via.value,
                occurred_at=step.at,
                recorded_at=step.at,
                **about,
            )
        )
    if step.kind in (Event.DECLINED, Event.FAILED, Event.EXPIRED) and makes_gap(step.reason):
        rows.unmet.append(_unmet(task, referral, step.reason, step.at))
    if step.kind is Event.GIVEN_UP and all(row.task_id != task.pk for row in rows.unmet):
        rows.unmet.append(_unmet(task, referral, task.reason or "no-answer", task.status_at))
    if task.owner_id and task.owner_id != task.holder_id:
        rows.burden += [
            BurdenEntry(
                partner_id=task.owner_id,
                act=act.value,
                seconds=burden.SECONDS[act],
                occurred_at=step.at,
                recorded_at=step.at,
            )
            for act in _COSTS.get(step.kind, ())
        ]


def _unmet(task: Task, referral: Referral, reason: str, at: datetime) -> UnmetNeed:
    return UnmetNeed(
        task_id=task.pk,
        person_id=task.person_id,
        holder_id=task.holder_id,
        topic=task.topic,
        need_id=task.need_id,
        place=referral.place,
        reason=reason,
        occurred_at=at,
        recorded_at=at,
    )


def _add_answer(task: Task, said: PastSaid, rows: _Rows) -> None:
    rows.answers.append(
        PersonAnswer(
            person_id=task.person_id,
            holder_id=task.holder_id,
            topic=task.topic,
            need_id=task.need_id,
            task_id=task.pk,
            about_partner_id=task.owner_id,
            helped=said.helped.value,
            words=said.words,
            language=said.language,
            provenance=said.provenance.value,
            taken_by=said.taken_by,
            occurred_at=said.at,
            recorded_at=said.at,
        )
    )
