"""Earlier requests, brought in: dead ends are seen, each person's log says it, and when it happened."""

from datetime import datetime, timedelta
from uuid import UUID

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.audit import person_log
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput
from commonweal.referrals import actions
from commonweal.referrals.models import Task, UnmetNeed
from commonweal.referrals.rules.chain import DeadEnd
from commonweal.referrals.shapes import Ask
from commonweal.referrals.shapes_past import PastReferral, PastSending, PastStep
from commonweal.referrals.vocabulary import Event, Helped, Provenance, Via

from .test_pages import searchable
from .world import World, herself

SERVICES = ("ferry-street", "northbank-rides", "millrace")


def days(count: float) -> datetime:
    return now() - timedelta(days=60 - count)


def refused(world: World, slug: str, *more: PastStep) -> PastSending:
    steps = (PastStep(Event.DECLINED, days(2), reason="no-funds"), *more)
    return PastSending(world.services[slug], days(1), steps)


def bring(world: World, *sendings: PastSending, person_id: UUID | None = None) -> UUID:
    past = PastReferral(world.need(person_id), "Danielle", Ask("Food"), sendings, "Northbank")
    with acting(world.danielle) as by:
        return actions.record_past([past], by=by)[0]


def marks(world: World) -> list[str]:
    with acting(world.danielle):
        return list(Task.objects.exclude(stuck="").values_list("stuck", flat=True))


def test_three_refusals_in_a_row_are_a_dead_end(world: World) -> None:
    searchable(world, "alder-general", NeedDomain.FOOD)
    bring(world, *[refused(world, slug) for slug in SERVICES])
    assert marks(world) == [DeadEnd.MANY_REFUSALS]


def test_one_refusal_is_a_dead_end_only_where_nobody_is_left(world: World) -> None:
    searchable(world, "ferry-street", NeedDomain.FOOD)
    bring(world, refused(world, "ferry-street"))
    assert marks(world) == [DeadEnd.NOBODY_LEFT]


def test_one_refusal_with_others_left_is_none(world: World) -> None:
    for slug in ("ferry-street", "millrace"):
        searchable(world, slug, NeedDomain.FOOD)
    bring(world, refused(world, "ferry-street"))
    assert marks(world) == []


def test_what_is_open_helped_or_given_up_is_none(world: World) -> None:
    yes = PastSending(world.services["millrace"], days(3), (PastStep(Event.ACCEPTED, days(4)),))
    bring(world, refused(world, "ferry-street"), refused(world, "northbank-rides"), yes)
    given_up = PastStep(Event.GIVEN_UP, days(20), via=Via.ACCOUNT)
    sendings = [refused(world, slug) for slug in SERVICES[:2]]
    bring(world, *sendings, refused(world, "millrace", given_up), person_id=world.harold)
    assert marks(world) == []


def test_given_up_it_is_asked_of_the_table(world: World) -> None:
    late = PastStep(Event.EXPIRED, days(30), "Commonweal", Via.SYSTEM, "no-answer")
    given_up = PastStep(Event.GIVEN_UP, days(40), via=Via.ACCOUNT)
    bring(world, PastSending(world.services["millrace"], days(1), (late, given_up)))
    with acting(world.danielle):
        assert [row.reason for row in UnmetNeed.objects.all()] == ["no-answer"]


def test_nothing_is_given_up_while_it_is_open(world: World) -> None:
    sending = PastSending(world.services["millrace"], days(1), (PastStep(Event.GIVEN_UP, days(2)),))
    with pytest.raises(BadInput):
        bring(world, sending)


def test_each_person_finds_it_in_their_log_and_nobody_elses(world: World) -> None:
    rows = [
        PastReferral(world.need(person), "Danielle", Ask("Food"), (refused(world, "millrace"),), "Northbank")
        for person in (world.teresa, world.harold)
    ]
    with acting(world.danielle) as by:
        actions.record_past(rows, by=by)
    for person in (world.teresa, world.harold):
        with acting(herself(person)):
            words = [line.words for line in person_log(person)]
        assert words.count("Brought in records of earlier requests for help.") == 1


def test_what_is_written_down_later_says_when_it_happened(world: World) -> None:
    """A yes by phone, and the person's word, each told on another day than it is written down."""
    world.consent("ferry-street")
    sending = world.ask()
    yesterday = now() - timedelta(days=1)
    with acting(world.danielle) as by:
        actions.accept(sending, by=by, how=actions.How(Via.PHONE, occurred_at=yesterday))
        actions.record_answer(
            sending,
            Helped.SOME,
            by=by,
            provenance=Provenance.PHONE,
            how=actions.How(occurred_at=yesterday),
        )
    with acting(herself(world.teresa)):
        lines = {line.words: line.occurred_at for line in person_log(world.teresa)}
    assert lines["Said yes to helping you."] == yesterday
    assert lines["Kept your answer to: did it help?"] == yesterday
    assert lines["Asked a service to help you."] is None
