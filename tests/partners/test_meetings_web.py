"""Meetings as those who come use them: by plain forms, on a phone or on the screen of the room."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.foundation.accounts_tools import browser_of
from tests.partners.meeting_world import World, called, lay_world, opened
from tests.partners.table import SETUP, lay_table

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import at, now
from commonweal.partners.actions import agendas, calling, running
from commonweal.partners.models import ActionItem, Meeting, MinuteLine, Presence, Slot, Turn
from commonweal.partners.queries import meetings
from commonweal.partners.vocabulary_meetings import Could, MeetingStage, Offer


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def browser(actor: Actor) -> Client:
    return browser_of(Account.objects.get(pk=actor.account_id))


def _body(reply: object) -> str:
    return reply.content.decode()  # type: ignore[attr-defined]


def test_strangers_read_the_agenda_and_no_names(world: World) -> None:
    made = called(world, title="Rides home")
    with acting(world.loretta):
        agendas.put_item(made, by=world.loretta, title="Who drives at night?")
    page = _body(Client().get(f"/table/meetings/{made}/"))
    assert "Who drives at night?" in page
    assert "Put by residents" in page
    assert "Child care" in page
    assert "Loretta" not in page
    assert "Rides home" in _body(Client().get("/table/meetings/"))
    assert Client().get(f"/table/meetings/{made}/room/").status_code == 302


def test_choosing_a_time_counts_who_could_come_and_invites(world: World) -> None:
    loretta, dale = browser(world.loretta), browser(world.dale)
    said = {"body": str(world.board), "minutes": "90", "prep_minutes": "20"}
    reply = loretta.post("/table/meetings/new/", said)
    assert reply.status_code == 302, _body(reply)
    meeting = Meeting.objects.get()
    url = f"/table/meetings/{meeting.pk}/when/"
    for days, offers in ((3, []), (4, ["child-care"])):
        at = (now() + timedelta(days=days)).strftime("%Y-%m-%dT18:00")
        assert (
            loretta.post(f"{url}add/", {"starts_at": at, "place": "Library", "offers": offers}).status_code
            == 302
        )
    bare, cared = Slot.objects.order_by("starts_at")
    assert "No time is named yet" not in _body(dale.get(url))
    dales = {"seat": str(world.of_dale), f"slot-{bare.pk}": "yes", f"slot-{cared.pk}": "yes"}
    assert dale.post(url, {**dales, "needs": ["child-care"], "language": "es"}).status_code == 302
    page = _body(loretta.get(url))
    assert "1 more if this were there" in page
    assert "Danielle Whitfield" in page.split("Not answered yet")[1]
    assert dale.post(f"{url}{cared.pk}/").status_code == 403, "who leads sets the time"
    assert dale.post(url, {**dales, "seat": str(world.of_loretta)}).status_code == 422
    assert loretta.post(f"{url}{cared.pk}/").status_code == 302
    meeting.refresh_from_db()
    assert (meeting.stage, meeting.offers, meeting.languages) == ("called", ["child-care"], ["es"])


def test_a_meeting_is_called_and_moved_to_a_time_still_to_come(world: World) -> None:
    loretta = browser(world.loretta)
    past = (now() - timedelta(days=2)).strftime("%Y-%m-%dT18:00")
    said = {"body": str(world.board), "minutes": "90", "prep_minutes": "0", "starts_at": past}
    reply = loretta.post("/table/meetings/new/", said)
    assert (reply.status_code, "That time is over." in _body(reply)) == (422, True)
    assert not Meeting.objects.exists(), "and nobody is invited to it"
    made = called(world)
    moved = loretta.post(f"/table/meetings/{made}/change/", {"starts_at": past, "minutes": "60"})
    assert moved.status_code == 422


def test_the_invitation_brings_a_calendar_file_that_moves_and_goes(world: World) -> None:
    made = called(world, tell=True)
    at = calling.Place(now() + timedelta(days=2), "Alder Falls Library")
    with acting(world.loretta):
        calling.move_meeting(made, by=world.loretta, at=at, minutes=60)
        calling.cancel_meeting(made, by=world.loretta, why="Snow.")
    with acting(SETUP):
        sent = list(Outbound.objects.filter(to="loretta@neighbors.example").order_by("queued_at", "id"))
        found = {m.template: m.calendar for m in sent}
        assert Outbound.objects.filter(template="partners/mail/invited").count() == 8
    assert "METHOD:REQUEST" in found["partners/mail/invited"]
    assert "METHOD:CANCEL" in found["partners/mail/cancelled"]
    assert "SEQUENCE:2" in found["partners/mail/cancelled"]
    assert "STATUS:CANCELLED" in found["partners/mail/cancelled"]
    assert f"UID:{made}@commonweal" in found["partners/mail/cancelled"]


def test_only_who_leads_calls_and_runs(world: World) -> None:
    made = called(world)
    dale, marcus = browser(world.dale), browser(world.table.marcus)
    assert dale.get("/table/meetings/new/").status_code == 403
    for verb in ("open", "close"):
        assert dale.post(f"/table/meetings/{made}/do/", {"verb": verb}).status_code in (403, 409)
    assert marcus.post(f"/table/meetings/{made}/change/", {"cancel": "yes", "why": "No."}).status_code == 403
    assert Meeting.objects.get().stage == "called"
    priya = browser(world.table.priya)
    assert priya.post(f"/table/meetings/{made}/do/", {"verb": "open"}).status_code == 302, (
        "the backbone helps"
    )


def _do(client: Client, meeting: object, verb: str, **said: object) -> int:
    return client.post(f"/table/meetings/{meeting}/do/", {"verb": verb, **said}).status_code


def test_a_meeting_in_the_room_from_the_first_to_the_last_press(world: World) -> None:
    made = called(world)
    with acting(world.loretta):
        first = agendas.put_item(made, by=world.loretta, title="Rides at night", minutes=20)
        agendas.put_item(made, by=world.loretta, title="The freezer", minutes=10)
    loretta, dale, marcus = (browser(a) for a in (world.loretta, world.dale, world.table.marcus))
    assert _do(loretta, made, "open") == 302
    assert _do(loretta, made, "come", seat=world.of_loretta) == 302
    assert _do(dale, made, "come-remote", seat=world.of_dale) == 302
    assert _do(dale, made, "come", seat=world.of_pantry) == 403, "nobody comes for another"
    page = _body(dale.get(f"/table/meetings/{made}/room/"))
    assert "Not enough to decide" in page
    assert "2 of those who vote are here" in page
    assert _do(marcus, made, "come", seat=world.of_pantry) == 302
    assert "Enough to decide" in _body(dale.get(f"/table/meetings/{made}/room/now/"))
    assert _do(loretta, made, "start", item=first) == 302
    assert _do(marcus, made, "hand", seat=world.of_pantry) == 302
    assert _do(dale, made, "hand", seat=world.of_dale) == 302
    room = _body(loretta.get(f"/table/meetings/{made}/room/now/"))
    assert room.index("Dale Pruitt") < room.index("Marcus Odom"), "a resident who has not spoken comes first"
    assert "of 20 minutes" in room
    turn = Turn.objects.get(seat_id=world.of_dale)
    assert _do(dale, made, "speak", turn=turn.pk) == 403
    assert _do(loretta, made, "speak", turn=turn.pk) == 302
    line = {"kind": "action", "words": "Ask the night drivers", "seat": str(world.of_pantry)}
    write = f"/table/meetings/{made}/write/"
    assert loretta.post(write, line).status_code == 422, "an action needs its day"
    assert loretta.post(write, {**line, "due_on": "2027-01-15"}).status_code == 302
    assert "by Jan. 15, 2027" in _body(loretta.get(f"/table/meetings/{made}/room/"))
    assert dale.post(write, {**line, "due_on": "2027-01-15"}).status_code == 403
    motion = {"kind": "motion", "words": "We pay drivers $20.", "mover": "Dale Pruitt", "yes": "3", "no": "0"}
    assert loretta.post(write, motion).status_code == 302
    assert MinuteLine.objects.get(kind="motion").details["here"] == 3
    stay = Presence.objects.get(seat_id=world.of_pantry)
    assert _do(dale, made, "leave", presence=stay.pk) == 403
    assert _do(marcus, made, "leave", presence=stay.pk) == 302
    assert "Not enough to decide" in _body(dale.get(f"/table/meetings/{made}/room/now/"))
    assert _do(loretta, made, "close") == 302
    action = ActionItem.objects.get()
    assert (action.words, action.seat_id) == ("Ask the night drivers", world.of_pantry)
    page = _body(dale.get(f"/table/meetings/{made}/minutes/"))
    assert "Ask the night drivers" in page
    assert "3 yes, 0 no" in page
    assert "There was no time left." in page
    assert Client().get(f"/table/meetings/{made}/minutes/").status_code == 404, "not before it is approved"
    assert dale.get(f"/table/meetings/{made}/room/now/").headers["HX-Refresh"] == "true"


def test_what_is_corrected_is_a_new_version_that_the_next_meeting_approves(world: World) -> None:
    made = opened(world)
    loretta = browser(world.loretta)
    write = f"/table/meetings/{made}/write/"
    assert loretta.post(write, {"kind": "note", "words": "Twelve rides."}).status_code == 302
    assert _do(loretta, made, "close") == 302
    assert loretta.post(write, {"kind": "note", "words": "Two were paid."}).status_code == 422
    assert (
        loretta.post(write, {"kind": "note", "words": "Two were paid.", "why": "Forgotten."}).status_code
        == 302
    )
    assert [v.version for v in meetings.versions(made)] == [1, 2]
    following = opened(world)
    approve = {"minutes": made, "in": "room"}
    assert _do(loretta, following, "approve", version=1, **approve) == 409, "there is a newer one"
    assert _do(browser(world.dale), following, "approve", version=2, **approve) == 403
    assert _do(loretta, following, "approve", version=2, **approve) == 302
    page = _body(Client().get(f"/table/meetings/{made}/minutes/"))
    assert "Two were paid." in page
    assert "Version 2, approved" in page
    assert "?version=1" not in page


def test_an_address_of_ones_own_follows_and_ends(world: World) -> None:
    made, closed = called(world, title="Rides home"), called(world, body=world.caucus, title="What we fear")
    loretta = browser(world.loretta)
    page = _body(loretta.post("/table/calendar/"))
    token = page.split("/table/calendar/")[1].split(".ics")[0]
    reply = Client().get(f"/table/calendar/{token}.ics")
    assert reply["Content-Type"].startswith("text/calendar")
    text = _body(reply).replace("\r\n ", "")
    assert f"UID:{made}@commonweal" in text
    assert f"UID:{closed}@commonweal" in text
    assert "Rides home" in text
    assert "What we fear" not in text, "of a private body only day and place"
    loretta.post("/table/calendar/", {"close": "yes"})
    assert Client().get(f"/table/calendar/{token}.ics").status_code == 404
    assert Client().get(f"/table/calendar/{'x' * 43}.ics").status_code == 404


def test_a_calendar_address_shows_only_ones_own_bodies(world: World) -> None:
    made = called(world)
    priya = browser(world.table.priya)
    token = _body(priya.post("/table/calendar/")).split("/table/calendar/")[1].split(".ics")[0]
    assert str(made) not in _body(Client().get(f"/table/calendar/{token}.ics"))


def test_what_was_taken_on_is_settled_by_its_seat_or_who_leads(world: World) -> None:
    made = opened(world)
    loretta, marcus, dale = (browser(a) for a in (world.loretta, world.table.marcus, world.dale))
    line = {"kind": "action", "words": "Count boxes", "seat": str(world.of_pantry), "due_on": "2027-01-15"}
    loretta.post(f"/table/meetings/{made}/write/", line)
    url = f"/table/actions/{ActionItem.objects.get().pk}/"
    assert dale.post(url, {"verb": "done"}).status_code == 403
    assert marcus.post(url, {"verb": "block", "words": ""}).status_code == 422
    assert marcus.post(url, {"verb": "block", "words": "The scale is broken."}).status_code == 302
    assert "The scale is broken." in _body(loretta.get("/table/actions/"))
    assert marcus.post(url, {"verb": "drop", "words": " "}).status_code == 422, "dropping has its reason"
    assert marcus.post(url, {"verb": "done"}).status_code == 302
    assert marcus.post(url, {"verb": "drop", "words": "No."}).status_code == 409


def test_worth_is_asked_of_each_seat_once_and_shown_to_nobody_before_the_week_is_over(world: World) -> None:
    made = opened(world)
    with acting(world.loretta):
        running.close_meeting(made, by=world.loretta, tell=False)
    dale = browser(world.dale)
    url = f"/table/meetings/{made}/"
    assert "Was it worth your time?" in _body(dale.get(url))
    assert dale.post(f"{url}worth/", {"seat": str(world.of_loretta), "worth": "no"}).status_code == 403
    assert dale.post(f"{url}worth/", {"seat": str(world.of_dale), "worth": "no"}).status_code == 302
    assert dale.post(f"{url}worth/", {"seat": str(world.of_dale), "worth": "yes"}).status_code == 409
    page = _body(dale.get(url))
    assert "Was it worth the time?" not in page


def test_pages_without_meetings_say_what_to_do(world: World) -> None:
    for path in ("/table/meetings/", "/table/burden/"):
        assert Client().get(path).status_code == 200
    assert "Nothing is open" in _body(browser(world.dale).get("/table/actions/"))


def test_could_and_offers_have_names_and_stages_are_whole() -> None:
    assert {c.value for c in Could} == {"yes", "if-needed", "no"}
    assert MeetingStage("called") is MeetingStage.CALLED
    assert Offer("child-care") is Offer.CHILD_CARE


def test_digests_and_nudges_go_out_once(world: World) -> None:
    """The agenda two days before, a word about what is due, once a week about what is late; never twice."""
    from commonweal.partners import tasks
    from commonweal.partners.actions import work

    made = called(world)
    with acting(world.loretta):
        agendas.put_item(made, by=world.loretta, title="Rides at night")
        work.take_on(
            world.board,
            world.of_dale,
            by=world.loretta,
            words="Count",
            due_on=(now() + timedelta(days=2)).date(),
        )

    def letters(template: str) -> int:
        with acting(SETUP):
            return Outbound.objects.filter(template=f"partners/mail/{template}").count()

    for _again in range(2):
        tasks.before_meetings()
        tasks.nudge()
    assert (letters("before"), letters("nudge")) == (4, 1)
    with acting(SETUP):
        text = Outbound.objects.filter(template="partners/mail/before").first().text  # type: ignore[union-attr]
    assert "Rides at night" in text
    assert "Count" in text
    with at(now() + timedelta(days=5)):
        tasks.nudge()
        tasks.nudge()
    assert letters("nudge") == 2
    with at(now() + timedelta(days=9)):
        tasks.nudge()
    assert letters("nudge") == 2
    with at(now() + timedelta(days=13)):
        tasks.nudge()
    assert letters("nudge") == 3


def test_a_calendar_travels_with_the_letter_as_an_invitation(world: World) -> None:
    from django.core import mail

    from commonweal.foundation.messages import actions as posting

    called(world, tell=True)
    with acting(SETUP):
        one = Outbound.objects.filter(to="loretta@neighbors.example").get()
        posting.settle(one.pk)
        one.refresh_from_db()
    assert (one.state, one.calendar) == ("sent", ""), "the body is wiped once it left"
    kinds = [part.get_content_type() for part in mail.outbox[0].message().walk()]
    assert "text/calendar" in kinds
    whole = mail.outbox[0].message().as_string()
    assert 'method="REQUEST"' in whole or "method=REQUEST" in whole


@pytest.mark.django_db
def test_where_no_body_stands_yet_a_meeting_can_not_be_called() -> None:
    account = Account.objects.get(pk=lay_table().marcus.account_id)
    answer = browser_of(account).get("/table/meetings/new/")
    assert answer.status_code == 403
    assert "no body yet" in answer.content.decode()
