"""Bringing in check-ins that were answered long ago, many at once, by the same rules.

For an installation that comes with the history of another system, and for the demo's two years. Rows, audit
entries and events are those of ``start`` and ``finish`` one by one with the clock held at each ``asked_at``;
only what a person answered alone does not wait any more for somebody to look at it.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.audit import Entry, record_many
from commonweal.foundation.bulk import insert_many
from commonweal.foundation.bus import publish
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import at, now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.screening.access import keeping, may_ask_many, may_screen
from commonweal.screening.actions.asking import COMPLETED, DECLINED, STARTED, screening_entry
from commonweal.screening.actions.desk import TOPIC, Desk
from commonweal.screening.actions.needs import MOVED, RAISED, URGENT, move_row, need_entry, need_row
from commonweal.screening.actions.wishing import WISHES
from commonweal.screening.events import NeedRaised, NeedStatusChanged, ScreeningCompleted
from commonweal.screening.models import Answer, Determination, Need, NeedMove, Response
from commonweal.screening.queries.instruments import current
from commonweal.screening.rules.answers import determine, outcome_of, settle, unanswered, wishes
from commonweal.screening.rules.needs import may_move, may_raise, urgency_of
from commonweal.screening.shapes import Determination as DeterminationShape
from commonweal.screening.shapes import Given, InstrumentShape
from commonweal.screening.shapes_past import PastCheckIn, PastNeedMove
from commonweal.screening.vocabulary import (
    AGREED_BY_MODE,
    LIVE_NEEDS,
    NeedStatus,
    Outcome,
    ResponseStatus,
    Result,
    Urgency,
)

_OUTCOMES = {Answered.DECLINED: Outcome.DECLINED, Answered.UNABLE: Outcome.UNABLE}


@dataclass
class _CheckIn:
    """One check-in with the rows that it makes."""

    place: str
    past: PastCheckIn
    form: InstrumentShape
    row: Response
    asker: Actor
    said: Sequence[Given] = ()
    answers: list[Answer] = field(default_factory=list)
    findings: list[tuple[Determination, DeterminationShape]] = field(default_factory=list)
    needs: list[Need] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)

    def then(self, entry: Entry) -> Entry:
        """The entry, as of the moment when the person was asked."""
        return replace(entry, occurred_at=self.past.asked_at)

    @property
    def desk(self) -> Desk:
        return Desk(self.row, self.form, self.asker)


@dataclass
class _Allowed:
    """What answers may be kept about whom: asked once for all persons of the batch."""

    by: Actor
    persons: frozenset[UUID]
    known: dict[Segment, frozenset[UUID]] = field(default_factory=dict)

    def keeps(self, segment: Segment, person_id: UUID) -> bool:
        if segment not in self.known:
            verdicts = may_ask_many(self.by, self.persons, segment)
            self.known[segment] = frozenset(person for person, verdict in verdicts.items() if verdict)
        return person_id in self.known[segment]


@transaction.atomic
def record_past(past: Sequence[PastCheckIn], *, by: Actor) -> list[UUID]:
    """Keep check-ins that the acting partner held long ago, and raise their needs; returns ids, in order.

    Give them oldest first: what a person wanted stays one need while it is live. A few hundred at a time
    keep a transaction short. Raises Refused, NotFound (unknown or hidden person or instrument) or BadInput,
    which names the check-in, at the first that breaks a rule, and then keeps none.
    """
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    persons = frozenset(one.person_id for one in past)
    visible = people.names(persons)
    forms = {key: current(key) for key in {one.instrument_key for one in past}}
    begun = [_begin(number, one, visible, forms, by) for number, one in enumerate(past, 1)]
    insert_many([one.row for one in begun])
    record_many([one.then(screening_entry(STARTED, one.row, verdict.rule)) for one in begun], by=by)
    _keep_declined([one for one in begun if one.past.not_asked], by)
    with keeping(by, Segment.DOMESTIC_VIOLENCE) as keeper:
        finished = [one for one in begun if not one.past.not_asked]
        _keep_finished(finished, _Allowed(keeper, persons), keeper, verdict.rule)
    # An answer is written while its form is open (a trigger sees to it); now all are closed.
    Response.objects.filter(id__in=[one.row.id for one in begun]).update(
        status=ResponseStatus.COMPLETED.value
    )
    for one in begun:
        _tell(one)
    return [one.row.id for one in begun]


def _begin(
    number: int,
    past: PastCheckIn,
    visible: Collection[UUID],
    forms: Mapping[str, InstrumentShape],
    by: Actor,
) -> _CheckIn:
    place = f"check-in {number}"
    _check(place, past)
    if past.person_id not in visible:
        raise NotFound(f"{place}: no such person")
    form = forms[past.instrument_key]
    assert form.id is not None
    assert by.partner_id is not None
    moment = past.asked_at
    asker = by if not past.asked_by else _named(by, past)
    row = Response(
        person_id=past.person_id,
        holder_id=by.partner_id,
        topic=TOPIC,
        instrument_id=form.id,
        mode=past.mode.value,
        language=past.language if past.language in form.languages else form.languages[0],
        interpreter=past.interpreter,
        asked_on=timezone.localdate(moment),
        asked_by=asker.account_id,
        asked_by_name=asker.name,
        recorded_at=moment,
        changed_at=moment,
        completed_at=moment,
        looked_at=moment,
    )
    one = _CheckIn(place, past, form, row, asker)
    with at(moment):
        _answer(one)
    return one


def _check(place: str, past: PastCheckIn) -> None:
    if past.asked_at.tzinfo is None:
        raise BadInput(place, "the moment needs its time zone")
    if past.asked_at > now():
        raise BadInput(place, N_("This date has not come yet."))
    if past.not_asked and past.not_asked not in _OUTCOMES:
        raise BadInput(place, f"“{past.not_asked.value}” is no reason why a person was not asked")
    if past.not_asked and past.givens:
        raise BadInput(place, "it has answers, and says that the person was not asked")


def _named(by: Actor, past: PastCheckIn) -> Actor:
    """The one who asked at that time, in place of the one who brings it in."""
    return Actor(by.role, by.purpose, by.partner_id, past.asked_by_account, name=past.asked_by)


def _answer(one: _CheckIn) -> None:
    """Settle what was said, and the outcome; which of it may be kept is asked later."""
    desk = one.desk
    if one.past.not_asked:
        one.said = unanswered(one.form, one.past.not_asked)
        one.row.outcome = _OUTCOMES[one.past.not_asked].value
    else:
        by_link = {given.link_id: given for given in one.past.givens}
        try:
            for given in by_link.values():
                desk.checked(given)
        except BadInput as fault:
            raise BadInput(f"{one.place}, {fault.where}", fault.what) from fault
        one.said = settle(one.form, by_link.values())
        found = determine(one.form, one.said)
        one.row.outcome = outcome_of(found).value  # rests on what every asker may keep
        one.findings = [(desk.finding_row(finding), finding) for finding in found]
    one.answers = [desk.answer_row(desk.checked(given), given) for given in one.said]


def _keep_declined(declined: Sequence[_CheckIn], by: Actor) -> None:
    insert_many([answer for one in declined for answer in one.answers])
    record_many([one.then(screening_entry(DECLINED, one.row)) for one in declined], by=by)


def _keep_finished(finished: Sequence[_CheckIn], allowed: _Allowed, keeper: Actor, rule: str) -> None:
    live = _live_needs(finished)
    for one in finished:
        one.entries.append(screening_entry(COMPLETED, one.row, rule))
        one.answers = [a for a in one.answers if allowed.keeps(Segment(a.segment), a.person_id)]
        one.findings = [f for f in one.findings if allowed.keeps(f[1].segment, one.row.person_id)]
        with at(one.past.asked_at):
            _wish(one, live)
    insert_many([answer for one in finished for answer in one.answers])
    insert_many([row for one in finished for row, _ in one.findings])
    _write_needs(finished, live)
    record_many([one.then(entry) for one in finished for entry in one.entries], by=keeper)


def _wish(one: _CheckIn, live: "_Live") -> None:
    """Write the wishes onto the findings and raise the needs, as ``wishing.keep_wishes`` does."""
    wanted = wishes(one.form, one.said, [finding for _, finding in one.findings])
    agreed = AGREED_BY_MODE[one.past.mode]
    for row, finding in one.findings:
        wish = wanted.get(finding.domain)
        if wish is None or finding.result is not Result.POSITIVE:
            continue
        row.wish, row.wished_at, row.agreed = wish.value, now(), agreed.value
        row.wish_recorded_by = one.asker.account_id
        if may_raise(finding.result, wish):
            _raise(one, row, finding, live)
    if wanted:
        entry = Entry("screening.wishes", ("screening", one.row.id), WISHES, one.row.person_id)
        one.entries.append(entry)


def _raise(one: _CheckIn, row: Determination, finding: DeterminationShape, live: "_Live") -> None:
    urgency = urgency_of(finding)
    before = live.needs.get((one.row.person_id, finding.domain))
    if before is not None:
        if urgency is Urgency.URGENT and before.urgency != urgency.value:
            before.urgency = urgency.value
            live.made_urgent.add(before.id)
            one.entries.append(need_entry(URGENT, before))
        return
    need = need_row(
        one.row.person_id,
        finding.domain,
        holder_id=one.row.holder_id,
        agreed=AGREED_BY_MODE[one.past.mode],
        urgency=urgency,
        by=one.asker,
    )
    need.response_id, need.determination_id = one.row.id, row.id
    live.needs[one.row.person_id, finding.domain] = need
    one.needs.append(need)
    one.entries.append(need_entry(RAISED, need))


@dataclass
class _Live:
    """The one live need that the holder may have of a person in a domain."""

    needs: dict[tuple[UUID, NeedDomain], Need]
    made_urgent: set[UUID] = field(default_factory=set)


def _live_needs(finished: Sequence[_CheckIn]) -> _Live:
    rows = Need.objects.select_for_update().filter(
        person_id__in={one.row.person_id for one in finished},
        holder_id__in={one.row.holder_id for one in finished},
        status__in=[status.value for status in LIVE_NEEDS],
    )
    return _Live({(row.person_id, NeedDomain(row.domain)): row for row in rows})


def _write_needs(finished: Sequence[_CheckIn], live: _Live) -> None:
    raised = [(need, one) for one in finished for need in one.needs]
    try:
        with transaction.atomic():
            insert_many([need for need, _ in raised])
    except IntegrityError as error:
        raise Conflict(N_("Somebody else wrote this need down just now.")) from error
    insert_many(list(_first_moves(raised)))
    fresh = {need.id for need, _ in raised}
    Need.objects.filter(id__in=live.made_urgent - fresh).update(urgency=Urgency.URGENT.value)


def _first_moves(raised: Iterable[tuple[Need, _CheckIn]]) -> Iterator[NeedMove]:
    for need, one in raised:
        with at(one.past.asked_at):
            yield move_row(need, None, NeedStatus.OPEN, need.wanted_at, "", one.asker)


def _tell(one: _CheckIn) -> None:
    row = one.row
    with at(one.past.asked_at):
        for need in one.needs:
            domain, segment = NeedDomain(need.domain), Segment(need.segment)
            told = (domain, segment, Urgency(need.urgency), need.wanted_at)
            publish(NeedRaised(need.id, need.person_id, need.holder_id, *told))
        publish(ScreeningCompleted(row.id, row.person_id, row.holder_id, now()))


@transaction.atomic
def move_past(moves: Sequence[PastNeedMove], *, by: Actor) -> None:
    """``set_need_status`` for many needs in a few statements: the same rows, entries and events, in order.

    Raises NotFound, Refused or BadInput, which names the move, at the first that breaks a rule, and then
    moves none.
    """
    rows = _needs_to_move({move.need_id for move in moves}, by)
    made: dict[Segment, list[tuple[NeedMove, Entry]]] = {}
    events = []
    for number, move in enumerate(moves, 1):
        if move.occurred_at > now():
            raise BadInput(f"move {number}", N_("This has not happened yet."))
        row = rows.get(move.need_id)
        if row is None:
            raise NotFound(f"move {number}: no such need")
        if row.status != move.status.value:
            before = NeedStatus(row.status)
            made.setdefault(Segment(row.segment), []).append(_move(row, before, move, by))
            told = (Segment(row.segment), before, move.status, move.occurred_at, row.reason)
            events.append(NeedStatusChanged(row.id, row.person_id, *told))
    for segment, pairs in made.items():
        with keeping(by, segment) as keeper:
            _save_status([row for row in rows.values() if row.segment == segment.value])
            insert_many([note for note, _ in pairs])
            record_many([entry for _, entry in pairs], by=keeper)
    for event in events:
        publish(event)


def _needs_to_move(need_ids: Iterable[UUID], by: Actor) -> dict[UUID, Need]:
    """The needs, locked: as the actor sees them, and the others as treatment does."""
    wanted = Need.objects.select_for_update().filter(id__in=list(need_ids))
    rows = {row.id: row for row in wanted}
    if len(rows) < len(set(need_ids)):
        with keeping(by, Segment.DOMESTIC_VIOLENCE):
            rows = {row.id: row for row in wanted.all()} | rows
    return rows


def _move(row: Need, before: NeedStatus, move: PastNeedMove, by: Actor) -> tuple[NeedMove, Entry]:
    verdict = may_move(before, move.status, move.reason)
    if not verdict:
        raise Refused(verdict)
    row.status, row.reason = move.status.value, move.reason.strip()[:500]
    row.status_since = max(move.occurred_at, row.status_since)
    note = move_row(row, before, move.status, move.occurred_at, row.reason, by)
    return note, replace(need_entry(MOVED, row, verdict.rule), occurred_at=move.occurred_at)


def _save_status(rows: Sequence[Need]) -> None:
    columns = zip(*((row.id, row.status, row.reason, row.status_since) for row in rows), strict=True)
    with connection.cursor() as cursor:
        cursor.execute(
            "update screening_need n set status = x.status, reason = x.reason, status_since = x.since"
            " from unnest(%s::uuid[], %s::text[], %s::text[], %s::timestamptz[]) x(id, status, reason, since)"
            " where n.id = x.id",
            [list(column) for column in columns],
        )
