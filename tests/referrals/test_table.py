"""What the Table sees: gaps and minutes without names, and facts that read the same whenever counted."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Refused
from commonweal.kernel.ids import new_id
from commonweal.referrals import actions, facade
from commonweal.referrals.models import UnmetNeed
from commonweal.referrals.shapes import Ask, ReferralFact
from commonweal.referrals.shapes_past import PastReferral, PastSaid, PastSending, PastStep
from commonweal.referrals.vocabulary import (
    SERVED,
    Event,
    GapState,
    Helped,
    OutcomeCode,
    Provenance,
    Status,
)

from .test_demo import seeded
from .world import CANARY, World, browser

START, END = datetime(2020, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC)


def counter(world: World) -> Actor:
    return Actor(Role.BACKEND_SERVICE, Purpose.OPS, world.table["alder-commons"], name="Measures")


def facts(world: World, as_of: datetime | None = None, salt: str = "one run") -> list[ReferralFact]:
    by = counter(world)
    with acting(by):
        return list(facade.facts(START, END, as_of or now() + timedelta(days=1), by=by, salt=salt))


def past(
    world: World,
    needs: list,
    *stories: tuple[PastStep, ...],
    said: tuple[PastSaid, ...] = (),
    place: str = "Northbank",
) -> None:
    sent = now() - timedelta(days=60)
    rows = [
        PastReferral(
            need.id,
            "Danielle",
            Ask("Food"),
            (PastSending(world.services["ferry-street"], sent, steps, said),),
            place,
        )
        for need, steps in zip(needs, stories, strict=True)
    ]
    with acting(world.danielle) as by:
        actions.record_past(rows, by=by)


def days(count: float) -> datetime:
    return now() - timedelta(days=60 - count)


ACCEPTED = PastStep(Event.ACCEPTED, days(1))
STARTED = PastStep(Event.STARTED, days(3))


def test_the_worked_cohort_of_the_domain_gives_its_figures(world: World) -> None:
    """DOMAIN §1.11 in small, 1 for 10: 20 sent; completed is not served, served is not met."""
    served = (ACCEPTED, STARTED, PastStep(Event.COMPLETED, days(9), outcome=OutcomeCode.RECEIVED_FULL))
    unserved = (ACCEPTED, STARTED, PastStep(Event.COMPLETED, days(9), outcome=OutcomeCode.CLIENT_DECLINED))
    stories = (
        *[served] * 8,
        *[unserved] * 2,
        *[(PastStep(Event.DECLINED, days(2), reason="no-funds"),)] * 3,
        (PastStep(Event.CANCELLED, days(2), reason="asked-another"),),
        *[(ACCEPTED, PastStep(Event.FAILED, days(8), reason="no-one-reached"))] * 2,
        *[(ACCEPTED, STARTED)] * 2,
        (ACCEPTED,),
        (),
        (PastStep(Event.VOIDED, days(1)),),
    )
    past(world, seeded(world, len(stories)), *stories)
    rows = [f for f in facts(world) if f.count_in_sent]
    terminal = {Status.COMPLETED, Status.REJECTED, Status.CANCELLED, Status.FAILED}
    assert len(rows) == 20
    assert sum(f.ever_accepted for f in rows) == 15
    assert sum(f.status in terminal for f in rows) == 16
    assert sum(f.outcome in SERVED for f in rows) == 8
    assert sum(f.status is Status.COMPLETED for f in rows) == 10  # never called a closed loop
    assert all(f.helped is None for f in rows)


def test_facts_as_of_a_day_read_the_same_tomorrow(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask()
    before = now()
    known = facts(world, before)
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
        actions.complete(task_id, OutcomeCode.RECEIVED_FULL, by=marcus)
    with acting(world.danielle) as by:
        actions.record_answer(task_id, Helped.YES, by=by, provenance=Provenance.PHONE)
        actions.void(task_id, by=by)
    assert facts(world, before) == known
    assert known[0].status is Status.REQUESTED
    after = facts(world)
    assert (after[0].status, after[0].count_in_sent) == (Status.ENTERED_IN_ERROR, False)


def test_facts_name_nobody_and_tokens_mean_nothing_in_the_next_run(world: World) -> None:
    world.consent("ferry-street")
    world.ask()
    first, second = facts(world)[0], facts(world, salt="another run")[0]
    assert first.person != second.person
    assert first.key != second.key
    for text in (str(world.teresa), CANARY, "Teresa"):
        assert text not in repr(first)


@pytest.mark.parametrize(
    ("role", "purpose"),
    [(Role.COORDINATOR, Purpose.OPS), (Role.BACKEND_SERVICE, Purpose.COORD), (Role.ORG_ADMIN, Purpose.GOV)],
)
def test_only_measures_count_in_the_facade_and_in_the_database(
    world: World, role: Role, purpose: Purpose
) -> None:
    by = Actor(role, purpose, world.table["alder-general"])
    with acting(by):
        with pytest.raises(Refused):
            facade.facts(START, END, now(), by=by)
        from commonweal.referrals.queries.table import facts as raw

        with pytest.raises(DatabaseError), transaction.atomic():
            list(raw(START, END, now(), "x"))


# ── Gaps ───────────────────────────────────────────────────────────────────────────────────────────
def refuse(world: World, count: int) -> None:
    steps = (PastStep(Event.DECLINED, days(30), reason="no-funds"),)
    past(world, [n for n in seeded(world, count * 2) if n.domain == "food-insecurity"], *[steps] * count)


def test_twenty_no_funds_make_one_gap_and_ten_are_not_told(world: World) -> None:
    refuse(world, 20)
    with acting(Actor(Role.ORG_ADMIN, Purpose.GOV, world.table["alder-commons"])):
        gaps = facade.gaps_summary()
    assert [(g.domain, g.places, g.reason, g.people) for g in gaps] == [
        ("food-insecurity", (("Northbank", 20),), "no-funds", 20)
    ]


def test_a_count_below_eleven_is_held_back_with_its_dates(world: World) -> None:
    refuse(world, 10)
    with acting(Actor(Role.ORG_ADMIN, Purpose.GOV, world.table["alder-commons"])):
        gap = facade.gaps_summary()[0]
        assert (gap.people, gap.first_at, gap.last_at) == (None, None, None)
        assert not UnmetNeed.objects.exists()


PLACES = [
    # people by place, what is shown of the whole, what of each place
    ((20,), 20, {20}),
    ((12, 15), 27, {12, 15}),
    ((15, 10), 25, {None}),  # the 10 would be 25 - 15
    ((15, 6, 7), 28, {15, 13}),  # the two small ones are one place without a name
    ((15, 1, 1), 17, {None}),  # the 2 would be 17 - 15
    ((15, 10, 10), 35, {15, 20}),
    ((5, 4), None, {None}),
    ((6, 7), 13, {13}),
]


@pytest.mark.parametrize(("counts", "whole", "shown"), PLACES)
def test_no_place_gives_another_ones_number_away(
    world: World, counts: tuple[int, ...], whole: int | None, shown: set[int | None]
) -> None:
    steps = (PastStep(Event.DECLINED, days(30), reason="no-funds"),)
    needs = iter([n for n in seeded(world, sum(counts) * 2) if n.domain == "food-insecurity"])
    for place, count in enumerate(counts):
        past(world, [next(needs) for _ in range(count)], *[steps] * count, place=f"Town {place}")
    with acting(Actor(Role.ORG_ADMIN, Purpose.GOV, world.table["alder-commons"])):
        (gap,) = facade.gaps_summary()
    assert gap.people == whole
    assert {count for _, count in gap.places} == shown
    assert {name for name, _ in gap.places} - {""} == {f"Town {n}" for n, c in enumerate(counts) if c > 10}


def test_a_resident_member_sees_the_gaps_and_no_person(world: World) -> None:
    refuse(world, 12)
    with acting(Actor(Role.MEMBER, Purpose.GOV, None, name="Loretta Hayes")):
        (gap,) = facade.gaps_summary()
        assert gap.people == 12
        assert not UnmetNeed.objects.exists()


def test_the_backbone_writes_the_answer_down_and_nobody_else_does(world: World) -> None:
    refuse(world, 12)
    priya = world.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV, name="Priya Nair")
    client = browser(world, priya)
    page = client.get("/referrals/gaps/").content.decode()
    assert "No money or supplies left" in page
    assert ">12" in page
    with acting(priya):
        gap = facade.gaps_summary()[0]
    other = browser(world, world.worker("alder-general", Role.ORG_ADMIN, Purpose.GOV))
    assert other.post(f"/referrals/gaps/{gap.id}/", {"answer": "Ours"}).status_code == 403
    assert client.post(f"/referrals/gaps/{gap.id}/", {"answer": "Item 3 on Thursday."}).status_code == 302
    with acting(priya):
        gap = facade.gaps_summary()[0]
    assert (gap.state, gap.answer, gap.answered_by) == (
        GapState.ANSWERED,
        "Item 3 on Thursday.",
        "Priya Nair",
    )
    with acting(priya) as by, pytest.raises(Exception, match="gap"):
        actions.answer_gap(new_id(), "x", by=by)


def test_minutes_are_shown_to_the_partner_and_to_the_table(world: World) -> None:
    world.consent("ferry-street")
    task_id: UUID = world.ask()
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
    mine = browser(world, world.marcus).get("/referrals/time/").content.decode()
    assert "Ferry Street Pantry" in mine
    others = browser(world, world.rides).get("/referrals/time/").content.decode()
    assert "Ferry Street Pantry" not in others
    priya = world.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV)
    assert "Ferry Street Pantry" in browser(world, priya).get("/referrals/time/").content.decode()
