"""Who answers for what: exactly one, as who leads the body says; gaps and loads are shown."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from tests.governance.test_questions_web import browser
from tests.governance.voting import World, lay, refused

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import activities as acts
from commonweal.governance.actions import obligations, reminding_owed
from commonweal.governance.models import ActivityPart
from commonweal.governance.queries import activities as reading
from commonweal.governance.queries import obligations as owed_reading
from commonweal.governance.rules import activities as rules
from commonweal.governance.shapes_activities import ActivityShape, HandShape
from commonweal.governance.vocabulary_obligations import Owed, Part
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, Refused

DAY = timedelta(days=1)


def _hand(part: Part, name: str, *, vacant: bool = False) -> HandShape:
    return HandShape(uuid4(), part, name, name, name, vacant, date(2026, 1, 1))


def _done(*hands: HandShape) -> ActivityShape:
    return ActivityShape(uuid4(), "x", uuid4(), "b", "B", "", "", hands, (), (), None, "")


def test_what_lacks_somebody() -> None:
    whole = _done(_hand(Part.ACCOUNTABLE, "A"), _hand(Part.RESPONSIBLE, "B"))
    headless = _done(_hand(Part.RESPONSIBLE, "B"), _hand(Part.CONSULTED, "C"))
    empty = _done(_hand(Part.ACCOUNTABLE, "A", vacant=True), _hand(Part.RESPONSIBLE, "B"))
    idle = _done(_hand(Part.ACCOUNTABLE, "A"))
    found = [(gap.activity, gap.words) for gap in rules.gaps([whole, headless, empty, idle])]
    assert found == [
        (headless, rules.NOBODY_ANSWERS), (empty, rules.EMPTY_SEAT), (idle, rules.NOBODY_DOES),
    ]  # fmt: skip


def test_on_whom_too_much_lies() -> None:
    mine = [_done(_hand(Part.ACCOUNTABLE, "A"), _hand(Part.INFORMED, "C")) for _ in range(4)]
    other = _done(_hand(Part.ACCOUNTABLE, "B"), _hand(Part.RESPONSIBLE, "B"))
    found = {
        load.key: (load.answers, load.does, load.is_over)
        for load in rules.loads(rules.counts([*mine, other]))
    }
    assert found == {"A": (4, 0, False), "B": (1, 1, False)}, "four is twice two, and not more than that"
    more = [*mine, _done(_hand(Part.ACCOUNTABLE, "A"))]
    assert {load.key for load in rules.loads(rules.counts([*more, other])) if load.is_over} == {"A"}
    few = [_done(_hand(Part.ACCOUNTABLE, "A")) for _ in range(3)]
    assert not any(load.is_over for load in rules.loads(rules.counts(few))), "three is nobody's overload"


@pytest.fixture
def world(db: None) -> World:
    return lay(partners=3, residents=1, chair=0, starts_at=now() - 60 * DAY)


def _of(world: World, n: int) -> tuple[Actor, UUID]:
    voter = world.voter(n)
    return world.voters[voter], world.seats[voter]


def _begun(world: World) -> UUID:
    lead, _seat = _of(world, 0)
    with acting(lead):
        return acts.begin(world.bodies["table"], by=lead, words="The minutes go out")


def test_exactly_one_answers_for_it_and_who_did_before_stays_known(world: World) -> None:
    lead, first = _of(world, 0)
    _other, second = _of(world, 1)
    made = _begun(world)
    with acting(lead):
        acts.give_part(made, Part.ACCOUNTABLE, by=lead, seat_id=first)
        with pytest.raises(Conflict):
            acts.give_part(made, Part.ACCOUNTABLE, by=lead, seat_id=first)
        acts.give_part(made, Part.ACCOUNTABLE, by=lead, seat_id=second, why="I am away in May.")
        with pytest.raises(BadInput):
            acts.give_part(made, Part.CONSULTED, by=lead)
    found = reading.one(made)
    assert found is not None
    assert [hand.name for hand in found.with_part(Part.ACCOUNTABLE)] == ["Partner 1"]
    assert [(hand.name, hand.ended_why) for hand in found.before] == [("Partner 0", "I am away in May.")]


def test_only_who_leads_the_body_says_so(world: World) -> None:
    made = _begun(world)
    member, seat = _of(world, 1)
    resident = next(iter(world.residents.values()))
    for actor in (member, resident):
        with acting(actor), pytest.raises(Refused):
            acts.give_part(made, Part.ACCOUNTABLE, by=actor, seat_id=seat)

    def plant(author: Actor) -> None:
        ActivityPart.objects.create(
            activity_id=made, part="informed", seat_id=seat, starts_on=today(), author_id=author.account_id,
            author_name="x",
        )  # fmt: skip

    assert not refused(_of(world, 0)[0], lambda: plant(_of(world, 0)[0]))
    assert refused(member, lambda: plant(member))
    with acting(world.backbone):
        part = acts.give_part(made, Part.INFORMED, by=world.backbone, seat_id=seat)
    assert refused(world.backbone, lambda: ActivityPart.objects.filter(pk=part).update(part="consulted"))
    assert refused(world.backbone, lambda: ActivityPart.objects.filter(pk=part).delete())


def test_its_days_are_owed_by_who_answers_for_it(world: World) -> None:
    lead, _first = _of(world, 0)
    hand, seat = _of(world, 1)
    made = _begun(world)
    with acting(lead):
        acts.give_part(made, Part.ACCOUNTABLE, by=lead, seat_id=seat)
        owed = obligations.oblige_for(
            made, by=lead, words="By Friday", first_due_on=today() + DAY, every_months=1
        )
    with acting(THE_COUNT):
        assert reminding_owed.remind(by=THE_COUNT) == 1
    with acting(lead), pytest.raises(Refused):
        obligations.say_met(owed, today() + DAY, by=lead)
    with acting(hand):
        obligations.say_met(owed, today() + DAY, by=hand)
    with acting(lead):
        obligations.confirm(owed, today() + DAY, by=lead)
        acts.finish(made, by=lead, why="Nobody reads them.")
    found = owed_reading.one(owed)
    assert found is not None
    assert found.now is not None
    assert (found.is_open, found.now.stands) == (False, Owed.MET)


def test_the_matrix_on_its_pages(world: World) -> None:
    lead, seat = _of(world, 0)
    page = browser(lead)
    path = "/decisions/activities/?body=table"
    assert page.post(path, {"words": "The minutes go out", "initiative": ""}).status_code == 302
    made = reading.of_bodies([world.bodies["table"]])[0].id
    shown = page.get(path).content.decode()
    assert "Nobody answers for it." in shown
    one = f"/decisions/activities/{made}/"
    said = {"verb": "give", "part": "accountable", "who": f"seat:{seat}", "why": ""}
    assert page.post(one, said).status_code == 302
    assert page.post(one, {**said, "part": "responsible"}).status_code == 302
    assert page.post(one, {"verb": "date", "words": "", "first_due_on": ""}).status_code == 422
    shown = page.get(path).content.decode()
    assert "Somebody answers for everything that is done here." in shown
    other = browser(_of(world, 1)[0])
    assert "Give a part" not in other.get(one).content.decode()
    assert other.post(one, said).status_code == 403
    assert "See who has which part" in other.get("/table/bodies/table/").content.decode()
    assert browser(world.backbone, Role.ORG_ADMIN).get("/decisions/activities/").status_code == 200
