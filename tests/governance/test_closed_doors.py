"""What a private body decides, and how it answers others, stays behind its door, in SQL too."""

import json
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from django.test import Client
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    SETUP,
    START,
    World,
    ask,
    cast,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
    sit,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import actions
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import certifying, polling, proposing
from commonweal.governance.models import Decision, Mandate, Poll
from commonweal.governance.queries import board as boards
from commonweal.governance.queries import proposals
from commonweal.governance.rules import Vote, recount
from commonweal.governance.vocabulary import Assent, Matter, Result
from commonweal.kernel.clock import at, now
from commonweal.partners.models import Body, Meeting, Presence
from commonweal.partners.vocabulary import BodyKind, SeatRole
from commonweal.partners.vocabulary_meetings import MeetingStage

pytestmark = pytest.mark.django_db

GATED = """
[matter.service-standard]
article = "7.1"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
gate_days = 20
"""


def outsiders(world: World) -> list[Actor]:
    return [
        world.backbone,
        world.actor(world.voter(0)),
        Actor(Role.OPERATOR, Purpose.ADMIN, account_id=world.backbone.account_id),
        Actor(Role.PRIVACY_OFFICER, Purpose.AUD, world.backbone_id, world.backbone.account_id),
        Actor.public(),
        SETUP,
    ]


def seen(table: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"select coalesce(string_agg(to_jsonb(t)::text, ' '), '') from {table} t")
        return str(cursor.fetchone()[0])


def caucus() -> tuple[World, Actor, list[tuple[UUID, Actor]]]:
    laws = LAWS + PLAIN.replace('body = "table"', 'body = "caucus"').replace('"5.1"', '"5.9"') + GATED
    with acting(SETUP):
        body = Body.objects.create(
            slug="caucus", name="Caucus", kind=BodyKind.CAUCUS.value, is_private=True,
            starts_on=START.date() - timedelta(days=40),
        ).pk  # fmt: skip
        roles = (SeatRole.CHAIR, SeatRole.MEMBER, SeatRole.MEMBER)
        seats = [sit(body, f"Neighbor {n}", role=role) for n, role in enumerate(roles)]
    world = lay(laws)
    world.residents.update({f"seat:{seat}": actor for seat, actor in seats})
    return world, seats[0][1], seats


@pytest.fixture
def decided() -> tuple[World, Actor]:
    """A caucus that met, voted, and was counted."""
    world, mine, seats = caucus()
    with acting(mine):
        question = proposing.propose(
            by=mine, matter=Matter.POSITION, title="Between us", question="Shall we go?"
        )
        meeting = meet(world)
        (poll,) = polling.open_voting(question, by=mine, meeting_id=meeting)
    for seat, _actor in seats:
        cast(world, poll, f"seat:{seat}", "yes")
    with acting(THE_COUNT):
        certifying.close(poll, by=THE_COUNT)
        assert certifying.certify(question, by=THE_COUNT) is Result.ADOPTED
    return world, mine


def meet(world: World) -> UUID:
    made = Meeting.objects.create(
        body=Body.objects.get(slug="caucus"),
        starts_at=now(),
        opened_at=now(),
        stage=MeetingStage.RUNNING.value,
    )
    for voter in [v for v, actor in world.residents.items() if actor.name.startswith("Neighbor")]:
        Presence.objects.create(
            meeting=made,
            seat_id=UUID(voter.partition(":")[2]),
            name=voter,
            came_at=now() - timedelta(minutes=5),
        )
    return made.pk


def test_what_a_caucus_decided_is_read_there_and_nowhere_else(decided: tuple[World, Actor]) -> None:
    world, mine = decided
    with acting(mine):
        assert Decision.objects.get().title == "Between us"
        assert Mandate.objects.get().words == "Between us"
    for actor in outsiders(world):
        with acting(actor):
            for table in (
                "governance_decision",
                "governance_mandate",
                "governance_poll",
                "governance_proposal",
            ):
                assert "Between us" not in seen(table), (actor.role, table)
            assert not Decision.objects.exists()
            assert not Mandate.objects.exists()
    assert "Between us" not in Client().get("/decisions/").content.decode()


def test_numbers_go_on_past_what_is_closed(decided: tuple[World, Actor]) -> None:
    world, _mine = decided
    with acting(world.backbone):
        actions.record_decision(
            by=world.backbone,
            title="In the open",
            question="Shall we?",
            body="The Table",
            decided_on=START.date() - 60 * DAY,
            method="Majority",
            vote=Vote(9, 0, 0, Assent.YES, True),
        )
        assert Decision.objects.get().number == 2
    assert ask(world, Matter.SERVICE_STANDARD)


def behind_doors(said: list[str | None]) -> tuple[World, UUID, UUID, UUID]:
    world = lay(LAWS + GATED)
    with acting(SETUP):
        Body.objects.filter(slug="residents").update(is_private=True)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, said)
    return world, question, main, gate


def test_of_a_private_gate_the_answer_is_told_and_not_the_tally() -> None:
    world, question, main, gate = behind_doors(["yes", "yes", "no"])
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    resident = next(iter(world.residents.values()))
    with acting(resident):
        assert Poll.objects.get(pk=gate).outcome["tally"]["yes"] == 2
    for actor in outsiders(world):
        with acting(actor):
            assert not Poll.objects.filter(pk=gate).exists(), actor.role
            assert str(gate) not in seen("governance_ballot") + seen("governance_turnout")
            decision = Decision.objects.get()
            assert [g["answer"] for g in decision.certificate["gates"]] == ["affirmed"]
            (theirs,) = [p for p in decision.certificate["polls"] if p["kind"] == "gate"]
            assert (theirs["outcome"], theirs["count"]) == ({"gate": "affirmed"}, None)
            board = boards.board(main)
            assert recount.verify(json.loads(json.dumps(board))) == []
    assert Client().get(f"/decisions/{Decision.objects.get().number}/").status_code == 200


def test_a_question_that_waits_for_a_private_body_says_so_and_asks_again() -> None:
    world, question, _main, gate = behind_doors([None, None, None])
    assert finish(world, question, START + 8 * DAY) is Result.PENDING_RESIDENTS
    for actor in outsiders(world):
        with acting(actor):
            shape = proposals.question(question)
            assert shape is not None
            assert shape.waiting is not None
            assert shape.waiting.whom == ("Residents’ Council",)
    with at(START + 9 * DAY):
        with acting(world.backbone):
            again = polling.ask_gate_again(
                question, world.bodies["residents"], by=world.backbone, closes_at=START + 12 * DAY
            )
        residents_say(world, again, ["yes", "yes", "yes"])
    assert finish(world, question, START + 13 * DAY) is Result.ADOPTED
    assert gate != again
