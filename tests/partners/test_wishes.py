"""A called meeting takes later wishes: who comes, who sends someone, what they need, what is then to do."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection, transaction
from django.db.utils import IntegrityError
from tests.partners.meeting_world import World, called, lay_world, resident
from tests.partners.table import SETUP
from tests.partners.test_meetings_web import browser

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.partners import actions
from commonweal.partners.actions import calling, coming, feeds, running
from commonweal.partners.models import ActionItem, Meeting, SeatNeeds
from commonweal.partners.queries import wishing, work
from commonweal.partners.rules import wishes
from commonweal.partners.vocabulary import Authority
from commonweal.partners.vocabulary_meetings import Coming, Offer


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def say(
    world: World, made: UUID, seat: UUID, by: Actor, said: Coming | None = Coming.YES, **more: object
) -> None:
    with acting(by):
        coming.say_coming(made, seat, by=by, coming=said, **more)  # type: ignore[arg-type]


def to_do(world: World, made: UUID) -> dict[str, str]:
    with acting(world.loretta):
        return dict(ActionItem.objects.filter(meeting_id=made).values_list("need", "state"))


@pytest.mark.parametrize(
    ("said", "offers", "languages", "expected"),
    [
        ([], [], [], []),
        ([("yes", ["child-care"], "")], ["child-care"], [], [("child-care", 1, True)]),
        ([("yes", ["child-care"], ""), (None, ["child-care"], "")], [], [], [("child-care", 2, False)]),
        ([("no", ["child-care"], "es")], [], [], []),
        (
            [("yes", [], "es"), ("alternate", [], "vi")],
            [],
            ["es"],
            [("interpreter:es", 1, True), ("interpreter:vi", 1, False)],
        ),
        ([("yes", ["interpreter"], "")], [], ["es"], [("interpreter", 1, True)]),
    ],
)  # fmt: skip
def test_needs_are_summed_for_those_who_come(said, offers, languages, expected) -> None:  # type: ignore[no-untyped-def]
    told = [
        wishes.Said(Coming(c) if c else None, frozenset(Offer(o) for o in needs), tongue)
        for c, needs, tongue in said
    ]
    found = wishes.wishes(told, [Offer(o) for o in offers], languages)
    assert [(w.key, w.count, w.is_there) for w in found] == expected


def test_heads_are_counted_and_the_silent_with_them() -> None:
    told = [wishes.Said(Coming.YES), wishes.Said(Coming.NO), wishes.Said(None), wishes.Said(Coming.ALTERNATE)]
    assert wishes.heads(told, filled=7) == wishes.Heads(come=1, alternates=1, cannot=1, silent=4)


def test_a_later_need_becomes_something_to_do_and_is_done_when_it_is_there(world: World) -> None:
    made = called(world)
    say(world, made, world.of_dale, world.dale, needs=[Offer.TRANSPORT, Offer.CHILD_CARE], language="es")
    assert to_do(world, made) == {"transport": "open", "interpreter:es": "open"}, "child care is there"
    say(world, made, world.of_pantry, world.table.marcus, needs=[Offer.TRANSPORT])
    assert len(to_do(world, made)) == 2, "a need is given out once"
    with acting(world.loretta):
        owed = work.of_account(world.loretta.account_id)
        assert sorted(a.words.split(": ")[1] for a in owed) == [
            "A ride there and back",
            "An interpreter (Spanish)",
        ]
        assert not any("Dale" in a.words for a in owed)
        at = calling.Place(
            Meeting.objects.get(pk=made).starts_at, "Library", (Offer.CHILD_CARE, Offer.TRANSPORT), ("es",)
        )
        calling.move_meeting(made, by=world.loretta, at=at, minutes=90, tell=False)
    assert to_do(world, made) == {"transport": "done", "interpreter:es": "done"}


def test_what_nobody_needs_any_more_is_dropped_and_can_come_again(world: World) -> None:
    made = called(world)
    say(world, made, world.of_dale, world.dale, needs=[Offer.MEAL])
    say(world, made, world.of_dale, world.dale, Coming.NO, needs=[Offer.MEAL], words="Salt")
    assert to_do(world, made) == {"meal": "dropped"}
    with acting(world.loretta):
        row = SeatNeeds.objects.get(seat_id=world.of_dale)
        assert (row.needs, row.words, row.coming) == ([], "", "no")
    say(world, made, world.of_dale, world.dale, needs=[Offer.MEAL])
    with acting(world.loretta):
        states = list(ActionItem.objects.filter(need="meal").values_list("state", flat=True))
    assert sorted(states) == ["dropped", "open"]


def test_each_speaks_for_their_own_seat_and_only_before_it_begins(world: World) -> None:
    made = called(world)
    with pytest.raises(Refused):
        say(world, made, world.of_loretta, world.dale)
    say(world, made, world.of_dale, world.loretta, Coming.NO)
    with pytest.raises(BadInput):
        say(world, made, world.of_dale, world.dale, Coming.ALTERNATE)
    with acting(world.loretta):
        running.open_meeting(made, by=world.loretta)
    with pytest.raises(Conflict):
        say(world, made, world.of_dale, world.dale)


def alternate(world: World) -> Actor:
    """Mina, who comes for Dale when he cannot."""
    with acting(SETUP):
        mina, member = resident("Mina Duarte")
        actions.fill_seat(
            world.of_dale, by=SETUP, member_id=member, authority=Authority.FULL, as_alternate=True,
            starts_on=now().date() - timedelta(days=9),
        )  # fmt: skip
    return mina


def test_an_alternate_is_sent_and_told_and_reads_nothing_of_the_holders_needs(world: World) -> None:
    mina, made = alternate(world), called(world)
    say(world, made, world.of_dale, world.dale, Coming.ALTERNATE, words="My knee is bad")
    with acting(SETUP):
        letter = Outbound.objects.get(template="partners/mail/in_place")
    assert letter.to == "mina@neighbors.example"
    assert "PARTSTAT=ACCEPTED" in letter.calendar.replace("\r\n ", "")
    page = browser(mina).get(f"/table/meetings/{made}/coming/").content.decode()
    assert "I come in their place" in page
    assert "knee" not in page
    say(world, made, world.of_dale, mina, Coming.ALTERNATE, needs=[Offer.MEAL])
    assert to_do(world, made) == {"meal": "open"}


def test_the_calendar_of_ones_own_leaves_out_what_one_does_not_come_to(world: World) -> None:
    made = called(world)
    with acting(world.dale):
        token = feeds.open_feed(by=world.dale)
    assert str(made) in (feeds.read_feed(token) or "")
    say(world, made, world.of_dale, world.dale, Coming.NO)
    assert str(made) not in (feeds.read_feed(token) or "")
    say(world, made, world.of_dale, world.dale)
    assert str(made) in (feeds.read_feed(token) or "")


def test_another_day_asks_anew_and_keeps_the_needs(world: World) -> None:
    made = called(world)
    say(world, made, world.of_dale, world.dale, needs=[Offer.CHILD_CARE])
    with acting(world.loretta):
        at = calling.Place(now() + timedelta(days=4), "Library", (Offer.CHILD_CARE,))
        calling.move_meeting(made, by=world.loretta, at=at, minutes=90)
        row = SeatNeeds.objects.get(seat_id=world.of_dale)
        assert (row.coming, row.needs) == ("", ["child-care"])


def test_the_caller_reads_sums_and_no_names(world: World) -> None:
    made = called(world)
    url = f"/table/meetings/{made}/coming/"
    said = {"seat": str(world.of_dale), "coming": "yes", "needs": ["transport"], "language": "vi"}
    assert browser(world.dale).post(url, said | {"words": "Near the door"}).status_code == 302
    mine = browser(world.dale).get(f"/table/meetings/{made}/").content.decode()
    assert "You come" in mine
    assert "Not arranged yet" not in mine, "the others’ needs are for who prepares it"
    sums = browser(world.loretta).get(f"/table/meetings/{made}/").content.decode()
    block = sums.split("Who comes, and what they need")[1].split("What it takes")[0]
    assert "A ride there and back: 1" in block
    assert "Vietnamese" in block
    assert "Near the door" in block
    assert "Dale" not in block
    assert "Near the door" not in browser(world.table.marcus).get(url).content.decode()
    assert browser(world.table.marcus).post(url, said).status_code == 422


def test_the_same_need_is_to_arrange_once_whatever_is_written(world: World) -> None:
    made = called(world)
    with acting(world.loretta):
        one = {
            "body_id": world.board,
            "meeting_id": made,
            "seat_id": world.of_loretta,
            "due_on": now().date(),
        }
        ActionItem.objects.create(words="A", need="meal", **one)
        with pytest.raises(IntegrityError), transaction.atomic():
            ActionItem.objects.create(words="B", need="meal", **one)


def test_a_closed_rooms_needs_stay_inside(world: World) -> None:
    with acting(world.loretta):
        at = calling.Place(now() + timedelta(days=1), "Kitchen")
        made = calling.call_meeting(world.caucus, by=world.loretta, plan=calling.Plan(), at=at, tell=False)
    say(world, made, world.loretta_in_caucus, world.loretta, needs=[Offer.MEAL])
    with acting(world.table.priya), connection.cursor() as cursor:
        cursor.execute("select count(*) from partners_seatneeds")
        assert cursor.fetchone()[0] == 0
        cursor.execute("select count(*) from partners_actionitem where need <> ''")
        assert cursor.fetchone()[0] == 0
    assert browser(world.table.priya).get(f"/table/meetings/{made}/coming/").status_code == 404


def test_who_could_come_at_the_chosen_time_is_not_asked_again(world: World) -> None:
    by = world.loretta
    with acting(by):
        made = calling.call_meeting(world.board, by=by, plan=calling.Plan(), tell=False)
        slot = calling.add_slot(made, by=by, starts_at=now() + timedelta(days=3))
        other = calling.add_slot(made, by=by, starts_at=now() + timedelta(days=4))
    yes, maybe = calling.Could.YES, calling.Could.IF_NEEDED
    for actor, seat, answers in (
        (world.loretta, world.of_loretta, {slot: yes, other: yes}),
        (world.dale, world.of_dale, {slot: maybe, other: yes}),
        (world.table.marcus, world.of_pantry, {other: yes}),
    ):
        with acting(actor):
            calling.answer_slots(made, seat, by=actor, answers=answers)
    with acting(by):
        calling.choose_slot(made, slot, by=by, tell=False)
        known = wishing.coming_of(made)
    assert known == {world.of_loretta: Coming.YES}, "if needed, or another time, is no yes to this one"
    say(world, made, world.of_loretta, by, Coming.NO)
    with acting(by):
        assert wishing.coming_of(made) == {world.of_loretta: Coming.NO}
