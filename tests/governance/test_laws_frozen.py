"""Never retroactive (7-T9): what was noticed, and what was agreed, is judged by the bylaws of that day."""

from datetime import timedelta
from uuid import UUID

import pytest
from tests.governance.voting import (
    DAY,
    LAWS,
    PLAIN,
    START,
    World,
    ask,
    cast_all,
    finish,
    lay,
    open_vote,
    residents_say,
)

from commonweal.foundation.access import acting
from commonweal.governance.actions import certifying, polling, proposing
from commonweal.governance.models import Mandate, Poll
from commonweal.governance.queries import proposals
from commonweal.governance.vocabulary import Matter, PollKind, Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused

pytestmark = pytest.mark.django_db

NOTICED = PLAIN + "notice_days = 3\n"
GATED = """
[matter.service-standard]
article = "6.4"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
[matter.service-standard.emergency]
openers = ["any"]
threshold = "2/3"
expires_days = 10
review_days = 5
"""


def notice(world: World, question: UUID) -> None:
    with acting(world.backbone):
        polling.give_notice(question, by=world.backbone)


def amended(world: World, text: str, from_day: int, *, agreed: bool = False) -> None:
    """An amendment that is asked on a day and takes force eight days later."""
    with at(START + from_day * DAY):
        change = ask(world, Matter.BYLAWS, effect="bylaws.amend", params={"text": text})
        main, *gates = open_vote(world, change)
        cast_all(world, main, ["yes"] * len(world.voters))
        for gate in gates if agreed else ():
            residents_say(world, gate, ["yes"] * 3)
    assert finish(world, change, START + (from_day + 8) * DAY) is Result.ADOPTED


def test_what_was_noticed_is_decided_as_the_bylaws_said_then() -> None:
    world = lay(LAWS + NOTICED, partners=5)
    harder = LAWS + NOTICED.replace("notice_days = 3", 'notice_days = 30\nthreshold = "3/4"')
    with at(START + 7 * DAY):
        question = ask(world)
        notice(world, question)
        shape = proposals.question(question)
        assert shape is not None
        assert shape.line.opens_from == START + 10 * DAY
    amended(world, harder, 0)
    with at(START + 10 * DAY):
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "no"])
    assert finish(world, question, START + 18 * DAY) is Result.ADOPTED
    assert Poll.objects.get(pk=poll).bylaws_version == 1


def test_a_notice_of_long_ago_keeps_no_old_bylaws() -> None:
    world = lay(LAWS + NOTICED, partners=5)
    with at(START):
        question = ask(world)
        notice(world, question)
    amended(world, LAWS + NOTICED.replace("notice_days = 3", 'notice_days = 3\nthreshold = "3/4"'), 0)
    with at(START + 90 * DAY):
        (poll,) = open_vote(world, question)
    assert Poll.objects.get(pk=poll).bylaws_version == 2


def test_a_yes_is_taken_back_by_the_gate_that_gave_it() -> None:
    """The bylaws asked the residents, and now ask nobody. What the residents agreed to is still theirs."""
    world = lay(LAWS + GATED)
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD)
        main, gate = open_vote(world, question)
        cast_all(world, main, ["yes"] * 5)
        residents_say(world, gate, ["yes"] * 3)
    assert finish(world, question, START + 8 * DAY) is Result.ADOPTED
    mandate = Mandate.objects.get(decision__proposal_id=question)
    without = LAWS + GATED.replace("residents_yes = true\n", "")
    harder = without.replace(
        'text.en = "A majority of those who vote."',
        'text.en = "All."\n[body.residents.assent]\nthreshold = "1/1"',
    )
    amended(world, harder, 9, agreed=True)
    resident = next(iter(world.residents.values()))
    with at(START + 20 * DAY):
        with acting(resident):
            back = proposing.ask_to_withdraw_assent(mandate.id, by=resident, why="It does not work.")
        (poll,) = open_vote(world, back)
        residents_say(world, poll, ["yes", "yes", "no"])
    asked = Poll.objects.get(pk=poll)
    assert asked.body_id == world.bodies["residents"]
    assert asked.bylaws_version == 1
    assert finish(world, back, START + 28 * DAY) is Result.ADOPTED
    mandate.refresh_from_db()
    assert mandate.withdrawn_at is not None


def hurried(world: World, **more: object) -> tuple[Poll, Poll]:
    with at(START):
        question = ask(world, Matter.SERVICE_STANDARD, is_emergency=True)
        main, gate = open_vote(world, question, closes_at=START + timedelta(hours=2), **more)
    return Poll.objects.get(pk=main), Poll.objects.get(pk=gate)


def test_a_hurry_of_the_table_hurries_no_residents() -> None:
    """DOMAIN 7.5: no buy-in, nothing moves; so those whose yes it needs have their time to say it."""
    world = lay(LAWS + GATED)
    main, gate = hurried(world)
    assert (main.closes_at, gate.closes_at) == (START + timedelta(hours=2), START + 7 * DAY)
    with at(START):
        cast_all(world, main.pk, ["yes"] * len(world.voters))
    with at(START + DAY), acting(world.backbone):
        certifying.close(main.pk, by=world.backbone)
        with pytest.raises(Refused, match="still open"):
            certifying.certify(main.proposal_id, by=world.backbone)
    with at(START + 6 * DAY):
        residents_say(world, gate.pk, ["yes", "yes", None])
    assert finish(world, main.proposal_id, START + 7 * DAY) is Result.ADOPTED


def test_in_an_emergency_they_have_the_days_that_the_bylaws_say() -> None:
    world = lay(LAWS + GATED.replace("review_days = 5", "review_days = 5\ngate_days = 2"))
    main, gate = hurried(world)
    assert (main.closes_at, gate.closes_at) == (START + timedelta(hours=2), START + 2 * DAY)
    assert gate.kind == PollKind.GATE.value
