"""What partners owe each other: how it stands follows from what each side said, and each says its own."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import World, lay, refused

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import obligations as acts
from commonweal.governance.actions import recording, reminding_owed
from commonweal.governance.models import ObligationWord
from commonweal.governance.queries import obligations as reading
from commonweal.governance.rules.obligations import days_owed, may_say, months_after, reminds, stands
from commonweal.governance.shapes import TermShape
from commonweal.governance.shapes_obligations import SaidOnce
from commonweal.governance.vocabulary_obligations import AgreementKind, Owed, Said
from commonweal.governance.web.panels_duties import in_pack
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.partners import facade as partners

DAY = timedelta(days=1)
DUE = date(2026, 11, 30)


def _said(*words: tuple[Said, date]) -> list[SaidOnce]:
    return [SaidOnce(word, on) for word, on in words]


@pytest.mark.parametrize(
    ("said", "on", "ended", "how"),
    [
        ([], DUE - 15 * DAY, None, Owed.NOT_DUE),
        ([], DUE - 14 * DAY, None, Owed.DUE_SOON),
        ([], DUE, None, Owed.DUE_SOON),
        ([], DUE + DAY, None, Owed.OVERDUE),
        (_said((Said.MET, DUE)), DUE + DAY, None, Owed.MET),
        (_said((Said.MET, DUE + DAY)), DUE + DAY, None, Owed.MET_LATE),
        (_said((Said.MET, DUE), (Said.CONFIRMED, DUE)), DUE + 9 * DAY, None, Owed.MET),
        (_said((Said.MET, DUE), (Said.NOT_SO, DUE)), DUE + DAY, None, Owed.OVERDUE),
        (_said((Said.WAIVED, DUE)), DUE + DAY, None, Owed.WAIVED),
        ([], DUE + DAY, DUE - DAY, Owed.ENDED),
        ([], DUE + 9 * DAY, DUE + 5 * DAY, Owed.ENDED),
        (_said((Said.MET, DUE)), DUE + DAY, DUE - DAY, Owed.MET),
        ([], DUE - DAY, DUE, Owed.DUE_SOON),
    ],
)
def test_how_a_day_stands(said: list[SaidOnce], on: date, ended: date | None, how: Owed) -> None:
    assert stands(DUE, said, on, ended) is how


def test_the_days_on_which_it_is_owed() -> None:
    assert months_after(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert months_after(date(2026, 11, 30), 3) == date(2027, 2, 28)
    assert days_owed(DUE, None, None, DUE + 99 * DAY) == [DUE]
    assert days_owed(date(2026, 1, 31), 1, None, date(2026, 3, 1)) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31),
    ]  # fmt: skip
    assert days_owed(date(2026, 1, 31), 1, date(2026, 2, 28), date(2026, 9, 1))[-1] == date(2026, 2, 28)


@pytest.mark.parametrize(
    ("on", "sent", "tells"),
    [
        (DUE - 15 * DAY, None, False),
        (DUE - 14 * DAY, None, True),
        (DUE - 13 * DAY, DUE - 14 * DAY, False),
        (DUE - 12 * DAY, None, True),  # the job missed its day
        (DUE - 3 * DAY, DUE - 14 * DAY, True),
        (DUE - 2 * DAY, DUE - 3 * DAY, False),
        (DUE + DAY, DUE - 3 * DAY, True),
        (DUE + 7 * DAY, DUE + DAY, False),
        (DUE + 8 * DAY, DUE + DAY, True),
    ],
)
def test_when_one_is_reminded(on: date, sent: date | None, tells: bool) -> None:
    assert reminds(DUE, on, sent) is tells


def test_what_can_be_said() -> None:
    assert may_say(Said.MET, Owed.OVERDUE, False)
    assert not may_say(Said.MET, Owed.WAIVED, False)
    assert not may_say(Said.CONFIRMED, Owed.OVERDUE, False)
    assert not may_say(Said.NOT_SO, Owed.MET, True)
    assert not may_say(Said.WAIVED, Owed.ENDED, False)


@pytest.fixture
def world(db: None) -> World:
    return lay(partners=3, residents=1, starts_at=now() - 60 * DAY)


def _mine(world: World, n: int) -> tuple[Actor, UUID]:
    voter = world.voter(n)
    return world.voters[voter], UUID(voter.removeprefix("partner:"))


def _owed(world: World, due: date, every: int | None = None) -> tuple[UUID, UUID]:
    """An understanding of the first two partners, and what the first owes the second."""
    by, ids = world.backbone, [_mine(world, n)[1] for n in (0, 1)]
    with acting(by):
        agreement = acts.write_agreement(
            by=by, title="Boxes", kind=AgreementKind.UNDERSTANDING, partner_ids=ids, signed_on=today()
        )
        owed = acts.oblige(
            agreement, by=by, owes_id=ids[0], to_id=ids[1], words="Forty boxes", first_due_on=due,
            every_months=every, evidence="The list of the day",
        )  # fmt: skip
    return agreement, owed


def _now(owed: UUID) -> Owed:
    found = reading.one(owed)
    assert found is not None
    assert found.now is not None
    return found.now.stands


def test_each_side_says_its_own(world: World) -> None:
    due = today() + 3 * DAY
    _agreement, owed = _owed(world, due)
    (giver, _g), (taker, _t), (other, _o) = (_mine(world, n) for n in range(3))
    for wrong in (taker, other, world.backbone):
        with acting(wrong), pytest.raises(Refused):
            acts.say_met(owed, due, by=wrong)
    with acting(giver):
        acts.say_met(owed, due, by=giver, evidence="List of Monday")
        with pytest.raises(Conflict):
            acts.say_met(owed, due, by=giver)
        with pytest.raises(Refused):
            acts.confirm(owed, due, by=giver)
    with acting(taker):
        acts.deny(owed, due, by=taker, why="Only twelve came.")
    assert _now(owed) is Owed.DUE_SOON
    with acting(taker):
        with pytest.raises(BadInput):
            acts.waive(owed, due, by=taker, why=" ")
        acts.waive(owed, due, by=taker, why="The kitchen was closed.")
    page = Client().get(f"/decisions/owed/{owed}/").content.decode()
    assert "The kitchen was closed." in page
    assert "Partner 1" in page
    assert "Delegate 1" not in page


def test_the_database_asks_who_speaks(world: World) -> None:
    due = today()
    _agreement, owed = _owed(world, due)
    (giver, owes), (taker, _t) = _mine(world, 0), _mine(world, 1)

    def write(word: str, author: Actor) -> None:
        ObligationWord.objects.create(
            obligation_id=owed, word=word, due_on=due, said_on=due, words="so", partner_id=owes,
            author_id=author.account_id, author_name="x",
        )  # fmt: skip

    assert not refused(giver, lambda: write("met", giver))
    assert refused(taker, lambda: write("met", taker))
    assert refused(giver, lambda: write("waived", giver))
    assert refused(giver, lambda: write("met", taker)), "nor under another's name"
    assert refused(world.backbone, lambda: write("met", world.backbone))


def test_an_agreement_that_ends_ends_what_is_owed(world: World) -> None:
    agreement, owed = _owed(world, today() - 3 * DAY, every=1)
    assert _now(owed) is Owed.OVERDUE
    (giver, mine), (other, others) = _mine(world, 0), _mine(world, 2)
    with acting(other), pytest.raises(Refused):
        acts.end_agreement(agreement, mine, by=other, why="No.")
    assert others
    with acting(giver):
        acts.end_agreement(agreement, mine, by=giver, why="The freezer is sold.")
    found = reading.one(owed)
    assert found is not None
    assert not found.is_open
    assert (found.ended_on, found.ended_why) == (today(), "The freezer is sold.")
    page = Client().get(f"/decisions/agreements/{agreement}/").content.decode()
    assert "The freezer is sold." in page
    assert "Sleeps" not in page


def test_what_lets_something_be_told_ends_with_its_decision(world: World) -> None:
    ids = [_mine(world, n)[1] for n in (0, 1)]
    with acting(world.backbone):
        agreement = recording.record_agreement(
            by=world.backbone, slug="care", title="Care", terms=[TermShape(*ids, "general", "COORD")]
        )
        owed = acts.oblige(
            agreement, by=world.backbone, owes_id=ids[0], to_id=ids[1], words="A list of readers",
            first_due_on=today() + DAY,
        )  # fmt: skip
        with pytest.raises(BadInput):
            acts.write_agreement(by=world.backbone, title="x", kind=AgreementKind.DATA_USE, partner_ids=ids)
        with pytest.raises(Conflict):
            acts.end_agreement(agreement, ids[0], by=_mine(world, 0)[0], why="x")
    assert _now(owed) is Owed.DUE_SOON


def test_pages_of_an_agreement_a_partner_and_a_seat_show_it(world: World) -> None:
    agreement, owed = _owed(world, today() + 40 * DAY, every=3)
    giver, _mine_id = _mine(world, 0)
    for path in (f"/decisions/agreements/{agreement}/", "/table/partners/partner-0/", "/decisions/owed/"):
        assert "Forty boxes" in Client().get(path).content.decode(), path
    seat = partners.seats_with_account(giver.account_id or agreement)[0]
    body = partners.bodies_by_id([seat.body_id])[seat.body_id]
    assert [item.words for item in in_pack(seat, body)] == ["Forty boxes"]
    page = browser(giver).get(f"/table/seats/{seat.id}/pack/").content.decode()
    assert "Forty boxes" in page
    form = browser(giver).get(f"/decisions/agreements/{agreement}/owed/").content.decode()
    assert form.count('<option value="" selected>–</option>') == 2, "neither side is taken beforehand"
    done = browser(giver).post(
        f"/decisions/owed/{owed}/", {"verb": "met", "due_on": (today() + 40 * DAY).isoformat(), "words": "x"}
    )
    assert done.status_code == 302
    keeper = browser(world.backbone, Role.ORG_ADMIN)
    assert keeper.get("/decisions/agreements/write/").status_code == 200


def test_who_owes_it_is_reminded_once(world: World) -> None:
    _agreement, owed = _owed(world, today() + 10 * DAY)
    with acting(THE_COUNT):
        assert reminding_owed.remind(by=THE_COUNT) == 1
        assert reminding_owed.remind(by=THE_COUNT) == 0
    with at(now() + 12 * DAY), acting(THE_COUNT):
        assert reminding_owed.remind(by=THE_COUNT) == 1
    assert reading.last_sent(owed, today() + 10 * DAY) == today() + 12 * DAY
