"""Two years of requests in one go: by the rules, the same from the same seed, and fast."""

from datetime import UTC, datetime, timedelta
from random import Random

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Refused
from commonweal.people import actions as people
from commonweal.referrals import actions, demo
from commonweal.referrals.models import Task, TaskEvent
from commonweal.referrals.shapes import Ask
from commonweal.referrals.shapes_past import PastReferral, PastSending, PastStep
from commonweal.referrals.vocabulary import Event, Status
from commonweal.screening import facade as screening

from .world import TERESA, World


def seeded(world: World, count: int) -> list:
    from dataclasses import replace

    by = world.danielle
    start = now() - timedelta(days=400)
    with acting(by):
        drafts = [
            replace(TERESA, given=f"Person{n}", family=f"Number{n}", phone="", zip="97701")
            for n in range(count)
        ]
        ids = people.register_many(drafts, by=by)
        for n, person in enumerate(ids):
            domain = (NeedDomain.FOOD, NeedDomain.TRANSPORT)[n % 2]
            screening.raise_need(person, domain, by=by, wanted_at=start + timedelta(days=n % 390))
        found = screening.needs_of_many(ids)
    return [need for person in ids for need in found[person]]


def run(world: World, needs: list, seed: int = 7) -> demo.Told:
    services = {d: [world.services["ferry-street"], world.services["northbank-rides"]] for d in NeedDomain}
    with acting(world.danielle) as by:
        return demo.history(needs, by=by, services=services, rng=Random(seed), until=now())


def test_a_history_obeys_the_rules_and_tells_nobody(world: World) -> None:
    needs = seeded(world, 40)
    told = run(world, needs)
    assert told.referrals >= 35
    assert sum(told.needs.values()) == told.referrals
    with acting(world.danielle):
        assert Outbound.objects.count() == 0
        assert Task.objects.count() == told.sendings
        late_first = TaskEvent.objects.filter(occurred_at__gt=now()).count()
        open_ended = Task.objects.filter(status=Status.COMPLETED, ended_at=None).count()
    assert (late_first, open_ended) == (0, 0)


def test_a_batch_that_breaks_a_rule_is_kept_not_at_all(world: World) -> None:
    sent = datetime(2026, 3, 2, 15, tzinfo=UTC)
    need = world.need()

    def one(*steps: PastStep, words: str = "Food") -> PastReferral:
        return PastReferral(
            need, "Danielle", Ask(words), (PastSending(world.services["ferry-street"], sent, steps),)
        )

    with acting(world.danielle) as by:
        for bad, fault in (
            (one(PastStep(Event.COMPLETED, sent, outcome=None)), (BadInput, Refused)),
            (one(PastStep(Event.DECLINED, sent, reason="because")), BadInput),
            (one(PastStep(Event.STARTED, sent)), Refused),
            (one(words="on methadone"), Refused),
            (one(PastStep(Event.CLAIMED, sent)), BadInput),
        ):
            with pytest.raises(fault):
                actions.record_past([one(), bad], by=by)
        assert Task.objects.count() == 0


def test_the_same_seed_tells_the_same(world: World) -> None:
    needs = seeded(world, 12)
    teller = [demo._Teller(Random(3), now().replace(microsecond=0), {}, {}) for _ in range(2)]
    services = [world.services["ferry-street"], world.services["northbank-rides"]]
    first, second = (
        [t.referral(need, list(services), world.danielle, "Northbank").sendings for need in needs]
        for t in teller
    )
    assert first == second
