"""From a screening and a referral that really happened to a count: both doors below, no stand-ins."""

from datetime import UTC, datetime

import pytest
from tests.referrals.world import World, herself, lay_world

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import actions as governance
from commonweal.governance.rules import Vote
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import at
from commonweal.measures import actions
from commonweal.measures.models import ReleasedFigure, Result
from commonweal.measures.queries import released
from commonweal.referrals import actions as referrals
from commonweal.referrals.vocabulary import Helped, OutcomeCode
from commonweal.screening import actions as screening
from commonweal.screening import facade as screening_facade
from commonweal.screening.shapes import Given

TODAY = datetime(2026, 11, 22, 15, tzinfo=UTC)
COUNTING = Actor(Role.BACKEND_SERVICE, Purpose.OPS, name="Measures")


def july(day: int) -> datetime:
    return datetime(2026, 7, day, 16, tzinfo=UTC)


@pytest.fixture
def world(db: None) -> World:
    with at(july(1)):
        return lay_world()


def adopt_everything(world: World) -> None:
    keeper = world.worker("alder-commons", Role.ORG_ADMIN, Purpose.GOV, name="Priya Nair")
    with acting(keeper) as by:
        decision = governance.record_decision(
            by=by, title="Count together", question="Shall we?", body="The Table", decided_on=july(1).date(),
            method="majority", vote=Vote(16, 2, 0, Assent.YES, True),
        )  # fmt: skip
        for measure in ("need-met", "disposition-known", "days-to-service", "screening-rate"):
            governance.give_mandate(decision, by=by, matter=Matter.MEASURE, scope=measure, starts_at=july(1))


def a_loop(world: World, *, answered: datetime) -> None:
    """Asked on the 2nd, accepted on the 4th, begun on the 7th, ended on the 20th; then the person's word."""
    with at(july(2)):
        world.consent("ferry-street")
        task = world.ask()
    with at(july(4)), acting(world.marcus) as marcus:
        referrals.accept(task, by=marcus)
    with at(july(7)), acting(world.marcus) as marcus:
        referrals.start(task, by=marcus)
    with at(july(20)), acting(world.marcus) as marcus:
        referrals.complete(task, OutcomeCode.RECEIVED_FULL, by=marcus)
    with at(answered), acting(herself(world.teresa)) as teresa:
        referrals.record_answer(task, Helped.YES, by=teresa)


def counted(measure: str, base: str = "sent") -> tuple[int, int, int | None]:
    with acting(COUNTING):
        row = Result.objects.get(measure=measure, base=base, grain="month", who="")
        return row.numerator, row.denominator, row.median_days


def test_a_loop_that_the_person_closed_is_counted_as_such(world: World) -> None:
    adopt_everything(world)
    a_loop(world, answered=july(24))
    with at(TODAY):
        actions.compute(by=COUNTING)
    assert counted("disposition-known") == (1, 1, None)
    assert counted("need-met") == (1, 1, None)
    assert counted("need-met", "accepted") == (1, 1, None)
    assert counted("days-to-service") == (1, 1, 5)


def test_a_word_that_came_after_the_month_was_told_does_not_change_it(world: World) -> None:
    adopt_everything(world)
    a_loop(world, answered=datetime(2026, 9, 20, 16, tzinfo=UTC))
    with at(TODAY):
        actions.compute(by=COUNTING)
    assert counted("need-met") == (0, 1, None)
    assert counted("disposition-known") == (1, 1, None)


def test_one_person_is_nowhere_to_be_seen(world: World) -> None:
    """SECURITY D05: what one known person adds is visible to nobody."""
    adopt_everything(world)
    with at(TODAY):
        actions.compute(by=COUNTING)
        assert not ReleasedFigure.objects.exists()
        a_loop(world, answered=july(24))
        actions.compute(by=COUNTING)
    shown = ReleasedFigure.objects.exclude(value=None).exclude(value=0)
    assert not shown.exists()
    for shape in released.measures():
        figures = [figure for counts in shape.released.figures.values() for figure in counts.values()]
        assert all(figure.value in (None, 0) for figure in figures)


class TestScreening:
    def screen(self, world: World, **answers: str) -> None:
        givens = [Given(link.replace("_", "."), (code,)) for link, code in answers.items()]
        with acting(world.danielle) as by:
            asked = screening.start(world.teresa, by=by)
            screening.finish(asked, givens, by=by)

    def test_an_occasion_to_ask_is_counted(self, world: World) -> None:
        adopt_everything(world)
        with at(july(3)):
            self.screen(world, food="short", travel="yes")
        with at(TODAY):
            actions.compute(by=COUNTING)
        numerator, denominator, _median = counted("screening-rate", "people")
        assert (numerator, denominator) == (0, 1)  # two of the four, so not all

    def test_occasions_are_for_those_who_count_and_carry_no_identity(self, world: World) -> None:
        with at(july(3)):
            self.screen(world, food="short")
        first, until = july(1).date(), datetime(2026, 8, 1, tzinfo=UTC).date()
        with acting(COUNTING):
            (fact,) = screening_facade.occasions(first, until, TODAY, by=COUNTING, salt="one")
            (other,) = screening_facade.occasions(first, until, TODAY, by=COUNTING, salt="two")
            assert list(screening_facade.occasions(first, until, july(2), by=COUNTING)) == []
        assert str(world.teresa) not in repr(fact)
        assert fact.person != other.person
        assert fact.assessed == {"food"}

    def test_and_the_database_says_so_too(self, world: World) -> None:
        from django.db import DatabaseError, connection

        from commonweal.kernel.errors import Refused

        for actor in (Actor.public(), world.danielle, COUNTING.for_purpose(Purpose.RES)):
            with acting(actor), pytest.raises(Refused):
                screening_facade.occasions(july(1).date(), july(9).date(), TODAY, by=actor)
            refused = pytest.raises(DatabaseError, match="only the measures of the table")
            with refused, acting(actor), connection.cursor() as cursor:
                cursor.execute(
                    "select * from guard.screening_occasions(%s, %s, %s, 'x')",
                    [july(1).date(), july(9).date(), TODAY],
                )
