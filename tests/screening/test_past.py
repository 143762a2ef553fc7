"""Check-ins of years gone by, brought in at once: the same as asked one by one."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.db import connection

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.audit.models import AuditEntry
from commonweal.foundation.bus import when
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import at, now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.people import actions as people
from commonweal.people.shapes import RecordDraft
from commonweal.screening import actions, facade
from commonweal.screening.events import NeedRaised, NeedStatusChanged, ScreeningCompleted
from commonweal.screening.models import Answer, Determination, Need, NeedMove, Response
from commonweal.screening.shapes import Given
from commonweal.screening.shapes_past import PastCheckIn, PastNeedMove
from commonweal.screening.vocabulary import Mode, NeedStatus, Outcome

START = datetime(2025, 3, 3, 15, tzinfo=UTC)


def given(**answers: str | tuple[str, ...]) -> tuple[Given, ...]:
    return tuple(
        Given(link.replace("_", "."), (said,) if isinstance(said, str) else said)
        for link, said in answers.items()
    )


WEEKS: tuple[tuple[int, dict[str, Any]], ...] = (
    (0, {"givens": given(food="short", food_help="yes", travel="often-not", travel_help="not-now")}),
    (0, {"givens": given(food="enough", food_help="yes", house=("damp",), house_help="yes")}),
    (1, {"givens": given(safety="not-always", safety_help="yes", utilities="behind", utilities_help="yes")}),
    (1, {"givens": ()}),
    (1, {"not_asked": Answered.DECLINED}),
    (2, {"givens": given(home="may-lose")}),
    (2, {"not_asked": Answered.UNABLE}),
    # Asked again: hunger is one need still, power is off by now, and the rest was never said.
    (0, {"givens": given(food="short", food_help="yes", money="some-months", money_help="yes")}),
    (1, {"givens": given(utilities="off", utilities_help="yes"), "mode": Mode.PAPER, "language": "es"}),
    (2, {"givens": (Given("food", absent=Answered.UNABLE), *given(work="asked-declined"))}),
)
"""Whom of three persons, and what was said, a week apart."""


def past(persons: list[UUID]) -> list[PastCheckIn]:
    return [
        PastCheckIn(persons[who], START + timedelta(weeks=week), interpreter=week % 2 == 1, **what)
        for week, (who, what) in enumerate(WEEKS)
    ]


def one_by_one(check_ins: list[PastCheckIn], by: Any) -> list[UUID]:
    """What the worker's pages would have called, with the clock held."""
    ids = []
    for one in check_ins:
        with at(one.asked_at):
            if one.not_asked:
                ids.append(actions.decline(one.person_id, by=by, unable=one.not_asked is Answered.UNABLE))
                continue
            begun = actions.start(
                one.person_id, by=by, mode=one.mode, language=one.language, interpreter=one.interpreter
            )
            actions.finish(begun, one.givens, by=by)
            ids.append(begun)
    return ids


def three_persons(by: Any, family: str) -> list[UUID]:
    drafts = [RecordDraft(f"Person{n}", family) for n in range(3)]
    return people.register_many(drafts, by=by, occurred_at=START - timedelta(days=1))


KEPT = (Response, Answer, Determination, Need, NeedMove)
ALIKE = {"id", "person_id", "response_id", "determination_id", "need_id", "subject_id"}
"""Columns that name this row or its neighbors; ``linked`` compares what hangs on what."""


def written(stage: Any, persons: list[UUID]) -> dict[str, list[tuple[int, str]]]:
    """Every column of every row and audit entry about these persons; ids only as there or not."""
    with acting(stage.treating):
        rows = [r for model in KEPT for r in model.objects.filter(person_id__in=persons)]
        found = {
            model.__name__: sorted(_plain(r, persons) for r in rows if type(r) is model) for model in KEPT
        }
    with acting(stage.colleague(Role.PRIVACY_OFFICER, Purpose.AUD)):
        entries = AuditEntry.objects.filter(person_id__in=persons)
        found["AuditEntry"] = sorted(_plain(entry, persons) for entry in entries)
    assert all(found.values())
    return found


def _plain(row: Any, persons: list[UUID]) -> tuple[int, str]:
    values = {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields}
    if isinstance(row, AuditEntry):  # chained and timed by the database as it is written
        values = {n: v for n, v in values.items() if n not in ("recorded_at", "previous", "number", "hash")}
    shown = {n: v is not None if n in ALIKE else v for n, v in values.items()}
    return persons.index(values["person_id"]), repr(sorted(shown.items()))


def linked(by: Any, persons: list[UUID]) -> list[tuple[Any, ...]]:
    """Which need hangs on which finding of which screening."""
    with acting(by):
        rows = Need.objects.filter(person_id__in=persons).select_related("determination", "response")
        return sorted(
            (
                persons.index(need.person_id),
                need.domain,
                need.determination.domain,
                need.response.asked_on,
                need.determination.response_id == need.response_id,
            )
            for need in rows
        )


@pytest.mark.parametrize("treating", [True, False])
def test_a_batch_leaves_the_same_rows_entries_and_events_as_one_by_one(stage, treating):
    by = stage.treating if treating else stage.ines
    heard: list[Any] = []
    for kind in (ScreeningCompleted, NeedRaised):
        when(kind)(heard.append)
    with acting(by):
        first, second = three_persons(by, "One"), three_persons(by, "Many")
        one_by_one(past(first), by)
        told, heard[:] = list(heard), []
        ids = actions.record_past(past(second), by=by)
    assert len(ids) == len(WEEKS)
    assert written(stage, second) == written(stage, first)
    assert linked(stage.treating, second) == linked(stage.treating, first)

    def plain(events: list[Any], persons: list[UUID]) -> list[tuple[Any, ...]]:
        return [
            (type(e).__name__, persons.index(e.person_id), getattr(e, "domain", ""), e.occurred_at)
            for e in events
        ]

    assert plain(heard, second) == plain(told, first)


def test_moves_of_many_needs_are_those_of_one_by_one(stage):
    by = stage.ines

    def moves(needs: dict[NeedDomain, UUID]) -> list[PastNeedMove]:
        return [
            PastNeedMove(needs[NeedDomain.FOOD], NeedStatus.BEING_HELPED, START + timedelta(days=90)),
            PastNeedMove(needs[NeedDomain.SAFETY], NeedStatus.UNMET, START + timedelta(days=95), "full"),
            PastNeedMove(needs[NeedDomain.FOOD], NeedStatus.MET, START + timedelta(days=120)),
            PastNeedMove(needs[NeedDomain.UTILITIES], NeedStatus.OPEN, START + timedelta(days=121)),
        ]

    def needs_of(persons: list[UUID]) -> dict[NeedDomain, UUID]:
        with acting(stage.treating):
            found = facade.needs_of_many(persons)
        return {need.domain: need.id for each in found.values() for need in each}

    heard: list[NeedStatusChanged] = []
    when(NeedStatusChanged)(heard.append)
    moment = now()
    with acting(by):
        first, second = three_persons(by, "One"), three_persons(by, "Many")
        actions.record_past(past(first), by=by)
        actions.record_past(past(second), by=by)
        with at(moment):
            for move in moves(needs_of(first)):
                actions.set_need_status(
                    move.need_id, move.status, by=by, occurred_at=move.occurred_at, reason=move.reason
                )
            told, heard[:] = list(heard), []
            actions.move_past(moves(needs_of(second)), by=by)
    assert written(stage, second) == written(stage, first)
    assert [(e.before, e.after, e.occurred_at) for e in heard] == [
        (e.before, e.after, e.occurred_at) for e in told
    ]


def test_a_need_that_was_live_before_stays_one_and_can_become_urgent(stage, ines):
    with at(START):
        need = actions.raise_need(stage.teresa, NeedDomain.UTILITIES, by=ines)
    off = PastCheckIn(stage.teresa, START + timedelta(days=3), given(utilities="off", utilities_help="yes"))
    actions.record_past([off], by=ines)
    (found,) = [n for n in facade.needs_of(stage.teresa) if n.domain is NeedDomain.UTILITIES]
    assert (found.id, found.urgency.value) == (need, "urgent")


def test_who_asked_at_that_time_is_kept_beside_who_brought_it_in(stage, ines):
    asker = new_id()
    asked = PastCheckIn(
        stage.teresa,
        START,
        given(food="short", food_help="yes"),
        asked_by="Rosa Lind",
        asked_by_account=asker,
    )
    (screening_id,) = actions.record_past([asked], by=ines)
    (found,) = facade.screenings_of(stage.teresa)
    assert (found.id, found.asked_by_name, found.looked_at) == (screening_id, "Rosa Lind", START)
    (move,) = facade.moves_of(facade.needs_of(stage.teresa)[0].id)
    assert move.by_name == "Rosa Lind"
    with acting(stage.colleague(Role.PRIVACY_OFFICER, Purpose.AUD)):
        entry = AuditEntry.objects.filter(verb="need.raised").latest("recorded_at")
    assert entry.actor_name == ines.name


@pytest.mark.parametrize(
    ("bad", "fault", "says"),
    [
        ({"asked_at": datetime.now(UTC) + timedelta(days=2)}, BadInput, "check-in 2"),
        ({"asked_at": START.replace(tzinfo=None)}, BadInput, "time zone"),
        ({"givens": given(food="never-heard")}, BadInput, "check-in 2, food"),
        ({"givens": given(garden="yes")}, BadInput, "check-in 2, garden"),
        ({"not_asked": Answered.DECLINED, "givens": given(food="short")}, BadInput, "check-in 2"),
        ({"not_asked": Answered.NO}, BadInput, "check-in 2"),
        ({"person_id": new_id()}, NotFound, "check-in 2"),
        ({"instrument_key": "nobody-knows"}, NotFound, "nobody-knows"),
    ],
)
def test_a_batch_with_a_fault_is_kept_not_at_all_and_says_where(stage, ines, bad, fault, says):
    good = PastCheckIn(stage.teresa, START, given(food="short", food_help="yes"))
    with pytest.raises(fault, match=says):
        actions.record_past([good, replace(good, **bad)], by=ines)
    assert Response.objects.count() == 0
    assert facade.needs_of(stage.teresa) == []


def test_a_move_that_is_not_legal_moves_none(stage, ines):
    with at(START):
        need = actions.raise_need(stage.teresa, NeedDomain.FOOD, by=ines)
    met = PastNeedMove(need, NeedStatus.MET, START + timedelta(days=2))
    for bad, fault in (
        (PastNeedMove(need, NeedStatus.WITHDRAWN, START + timedelta(days=3)), Refused),
        (PastNeedMove(new_id(), NeedStatus.MET, START), NotFound),
        (PastNeedMove(need, NeedStatus.OPEN, now() + timedelta(days=3)), BadInput),
    ):
        with pytest.raises(fault):
            actions.move_past([met, bad], by=ines)
    assert facade.needs_of(stage.teresa)[0].status is NeedStatus.OPEN


def test_only_those_who_ask_bring_in_and_only_about_persons_they_see(stage):
    one = PastCheckIn(stage.teresa, START, given(food="short"))
    reader = stage.colleague(Role.SUPERVISOR)
    with acting(reader), pytest.raises(Refused):
        actions.record_past([one], by=reader)
    with acting(stage.marcus), pytest.raises(NotFound):
        actions.record_past([one], by=stage.marcus)


def test_what_the_role_may_not_keep_about_safety_is_left_out(stage):
    coordinator = stage.colleague(Role.COORDINATOR)
    said = given(safety="not-always", safety_help="yes", food="short", food_help="yes")
    with acting(coordinator):
        (batch,) = actions.record_past([PastCheckIn(stage.harold, START, said)], by=coordinator)
        with at(START):
            alone = actions.start(stage.teresa, by=coordinator)
            actions.finish(alone, said, by=coordinator)
    with acting(stage.treating):
        kept = {
            screening_id: sorted(
                Answer.objects.filter(response_id=screening_id).values_list("link_id", "segment")
            )
            for screening_id in (batch, alone)
        }
    assert kept[batch] == kept[alone]


def test_a_hundred_check_ins_take_a_few_statements(stage, ines, django_assert_max_num_queries):
    drafts = [RecordDraft(f"Person{n}", "Lot") for n in range(100)]
    persons = people.register_many(drafts, by=ines)
    said = given(food="short", food_help="yes", travel="often-not", travel_help="yes")
    with django_assert_max_num_queries(40):
        actions.record_past([PastCheckIn(p, START, said) for p in persons], by=ines)
    assert Need.objects.filter(person_id__in=persons).count() == 200
    assert set(Response.objects.values_list("outcome", flat=True)) <= {o.value for o in Outcome}
    assert not Need.objects.exclude(segment=Segment.GENERAL.value).exists()
    assert connection.in_atomic_block
