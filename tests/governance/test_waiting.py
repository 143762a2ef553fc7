"""Answers that wait: for residents, for organizations; and the narrow way past."""

from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    START,
    World,
    ask,
    cast,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
    voted,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import certifying, polling
from commonweal.governance.models import Decision, Mandate, Proposal
from commonweal.governance.queries import proposals
from commonweal.governance.vocabulary import Matter, Result, Stage
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners.vocabulary import Authority

pytestmark = pytest.mark.django_db


GATED = """
[matter.service-standard]
article = "6.3"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
gate_days = 20
[matter.service-standard.override]
threshold = "3/4"
after_days = 15
"""


def test_the_residents_withheld_beats_any_tally() -> None:
    """7-T4: 12 to nothing is not adopted."""
    world = lay(LAWS + GATED, partners=12)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 12)
        residents_say(world, gate, ["no", "no", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.REJECTED
    decision = Decision.objects.get()
    assert (decision.yes, decision.adopted, decision.residents) == (12, False, "no")
    assert not Mandate.objects.exists()


def waiting_for_residents(world: World) -> UUID:
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, _gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * len(world.voters))
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RESIDENTS
    return question


def test_no_resident_there_is_pending_then_asked_again_then_adopted() -> None:
    world = lay(LAWS + GATED)
    question = waiting_for_residents(world)
    shape = proposals.question(question)
    assert shape is not None
    assert shape.waiting is not None
    assert shape.waiting.whom == ("Residents’ Council",)
    assert shape.waiting.until == START + 27 * DAY
    resident = next(iter(world.residents.values()))
    with at(START + 9 * DAY):
        with acting(resident):
            again = polling.ask_gate_again(
                question, world.bodies["residents"], by=resident, closes_at=START + 12 * DAY
            )
        residents_say(world, again, ["yes", "abstain", "yes"])
    assert finish(world, question, START + 13 * DAY) is Result.ADOPTED
    assert Decision.objects.get().residents == "yes"


def test_the_deadline_passes_and_it_lapses_with_its_reason() -> None:
    world = lay(LAWS + GATED)
    question = waiting_for_residents(world)
    assert finish(world, question, START + 27 * DAY) is Result.PENDING_RESIDENTS
    assert Proposal.objects.get().stage == Stage.LAPSED.value
    decision = Decision.objects.get()
    assert not decision.adopted
    assert "lapsed" in decision.reasons
    assert finish(world, question, START + 28 * DAY) is Result.PENDING_RESIDENTS
    assert Decision.objects.count() == 1


def test_the_narrow_way_past_the_gate_is_late_large_and_logged() -> None:
    world = lay(LAWS + GATED)
    question = waiting_for_residents(world)
    with at(START + 10 * DAY), acting(world.backbone), pytest.raises(Refused, match="more time"):
        certifying.pass_gate(question, by=world.backbone, why="No resident came twice.")
    with at(START + 23 * DAY), acting(world.backbone):
        assert (
            certifying.pass_gate(question, by=world.backbone, why="No resident came twice.") is Result.ADOPTED
        )
    decision = Decision.objects.get()
    assert decision.residents == "na"
    assert decision.certificate["override"]["why"] == "No resident came twice."


def test_there_is_no_way_past_withheld() -> None:
    world = lay(LAWS + GATED)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["no", "no", "no"])
    finish(world, question, START + 8 * DAY)
    with at(START + 40 * DAY), acting(world.backbone), pytest.raises(Refused):
        certifying.pass_gate(question, by=world.backbone, why="We want it.")


def test_a_delegate_without_authority_waits_for_the_organization() -> None:
    """7-T10."""
    none = Authority.NONE
    world = lay(partners=5, authorities=[Authority.FULL, Authority.FULL, none, none, none])
    question, _poll = voted(world, ["yes", "no", "yes", "no", None])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
    waiting = proposals.question(question).waiting
    assert waiting.whom == ("Partner 2", "Partner 3")
    voter = world.voter(2)
    partner = UUID(voter.partition(":")[2])
    delegate = world.actor(voter)
    with at(START + 9 * DAY):
        with acting(delegate), pytest.raises(Refused):
            certifying.ratify(question, by=delegate, voter=voter, is_behind=True)
        admin = Actor(Role.ORG_ADMIN, Purpose.GOV, partner, delegate.account_id, name="Admin")
        with acting(admin):
            assert certifying.ratify(question, by=admin, voter=voter, is_behind=True) is Result.ADOPTED
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (2, 1)


def test_nobody_stands_behind_it_and_it_lapses() -> None:
    world = lay(partners=3, authorities=[Authority.FULL, Authority.NONE, Authority.NONE])
    question, _poll = voted(world, ["no", "yes", "yes"])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
    assert finish(world, question, START + 38 * DAY) is Result.PENDING_RATIFICATION
    assert Proposal.objects.get().stage == Stage.LAPSED.value


def test_all_who_could_bring_a_yes_have_answered_so_nobody_waits_for_the_deadline() -> None:
    world = lay(partners=4, authorities=[Authority.FULL, Authority.FULL, Authority.NONE, Authority.NONE])
    question, _poll = voted(world, ["yes", "no", "yes", "no"])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
    voter = world.voter(2)
    admin = Actor(
        Role.ORG_ADMIN,
        Purpose.GOV,
        UUID(voter.partition(":")[2]),
        world.actor(voter).account_id,
        name="Admin",
    )
    with at(START + 9 * DAY), acting(admin):
        certifying.ratify(question, by=admin, voter=voter, is_behind=False, words="Our board said no.")
    assert Proposal.objects.get().stage == Stage.LAPSED.value
    assert "did not stand behind it" in Decision.objects.get().reasons


def test_beyond_the_bounds_is_advisory() -> None:
    world = lay(partners=3, authorities=[Authority.BOUNDED] * 3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["no", "yes"])
        cast(world, poll, world.voter(2), "yes", is_beyond=True)
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RATIFICATION
