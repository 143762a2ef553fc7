"""A vote in a meeting, by the pages that those in the room use: on a phone, and by the chair's list."""

import re
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, PLAIN, World, ask, gather, lay

from commonweal.foundation.access import acting
from commonweal.governance.models import Ballot, Decision, Poll, Proposal
from commonweal.governance.queries.board import boards_of
from commonweal.governance.rules import recount
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.partners.actions import minuting
from commonweal.partners.models import AgendaItem, Meeting, MeetingRole, MinuteLine, Presence
from commonweal.partners.vocabulary_meetings import ItemState, LineKind, MeetingStage

pytestmark = pytest.mark.django_db

IN_PERSON = """
[matter.roles]
article = "5.3"
text.en = "In a meeting, by those who are there: six of them."
body = "table"
remote = false
quorum = { count = 4 }
"""
CLASSES = """
[matter.roles]
article = "5.4"
text.en = "Two of housing must be there, with authority."
body = "table"
quorum = { count = 2, classes = { housing = 1 }, with_authority = true }
"""


def table(laws: str = LAWS + PLAIN, **more: object) -> World:
    return lay(laws, starts_at=now() - timedelta(days=10), **{"partners": 5, "chair": 0, **more})  # type: ignore[arg-type]


def on_agenda(world: World, meeting: UUID, question: UUID) -> None:
    """The question as the point that is being talked about."""
    with acting(world.backbone):
        AgendaItem.objects.create(
            meeting_id=meeting,
            place=1,
            title="Rides",
            ref=f"proposal:{question}",
            state=ItemState.CURRENT.value,
            started_at=now(),
        )


def page(client: Client, url: str) -> str:
    reply = client.get(url)
    assert reply.status_code == 200, reply
    return re.sub(r"\s+", " ", reply.content.decode())


class Room:
    """A meeting of the table with a question in hand, and a browser for each who sits there."""

    def __init__(self, world: World, *there: int, **asked: object) -> None:
        self.world = world
        self.question = ask(world, **asked)  # type: ignore[arg-type]
        self.meeting = gather(world, *(world.voter(n) for n in there))
        on_agenda(world, self.meeting, self.question)
        self.number = Proposal.objects.get(pk=self.question).number
        self.room = f"/table/meetings/{self.meeting}/room/"
        self.vote = f"/decisions/questions/{self.number}/in/{self.meeting}/"

    def hand(self, place: int) -> Client:
        return browser(self.world.actor(self.world.voter(place)))

    def begin(self) -> Poll:
        assert self.hand(0).post(self.vote, {"act": "begin"}).status_code == 302
        return Poll.objects.get()

    def come(self, place: int) -> None:
        with acting(self.world.backbone):
            Presence.objects.create(
                meeting_id=self.meeting,
                seat_id=self.world.seats[self.world.voter(place)],
                name="x",
                came_at=now(),
            )

    def cast(self, place: int, position: str) -> str:
        """On the phone: from the room to the ballot, and back."""
        client, poll = self.hand(place), Poll.objects.get()
        shown = page(client, self.vote)
        found = re.search(r'name="receipt" value="(\w+)"', shown)
        assert found, shown
        said = {
            "poll": str(poll.pk),
            "voter": self.world.voter(place),
            "receipt": found.group(1),
            "position": position,
        }
        reply = client.post(f"/decisions/questions/{self.number}/vote/", said)
        assert reply.status_code == 200
        return str(reply.content.decode())


def test_a_question_is_put_to_the_vote_cast_and_counted_in_the_room() -> None:
    room = Room(table(), 0, 1, 2, 3)
    assert "Put it to the vote" in page(room.hand(0), room.room)
    others = page(room.hand(1), room.room)
    assert "Who leads the meeting puts it to the vote." in others
    assert "Put it to the vote</button>" not in others
    poll = room.begin()
    assert poll.meeting_id == room.meeting
    assert "Cast our vote" in page(room.hand(1), room.room)
    answer = room.cast(1, "no")
    assert room.room in answer, "back to the room"
    for place in (2, 3):
        room.cast(place, "yes")
    shown = page(room.hand(0), room.room)
    assert "<b>3 of 5</b> have voted" in shown
    for words in ("Yes", ">no<", ">yes<"):
        assert words not in shown.split('aria-labelledby="vote-')[1].split("</section>")[0]
    first = room.hand(0).post(room.vote, {"act": "end"})
    assert first.status_code == 422
    assert "1 who is here has not voted." in first.content.decode()
    assert room.hand(0).post(room.vote, {"act": "end", "asked": "1"}).status_code == 302
    decision = Decision.objects.get()
    assert (decision.adopted, decision.yes, decision.no) == (True, 2, 1)
    assert f"Decision {decision.number}" in page(room.hand(2), room.room)
    line = MinuteLine.objects.get()
    assert line.details["vote"] == {
        "number": room.number,
        "url": f"/decisions/questions/{room.number}/",
        "result": "Adopted",
        "decision": decision.number,
        "yes": 2,
        "no": 1,
        "abstain": 0,
    }
    assert line.item is not None
    struck = {"verb": "strike", "line": str(line.pk), "why": "We would rather not have it."}
    refused = room.hand(0).post(f"/table/meetings/{room.meeting}/do/", struck)
    assert refused.status_code == 403
    assert "A vote that was counted stays in the minutes." in refused.content.decode()
    with acting(room.world.backbone):
        assert [recount.verify(board) for board in boards_of(room.question)] == [[]]


def test_who_put_the_question_does_not_hold_its_vote() -> None:
    world = table()
    room = Room(world, 0, 1, 2, by=1)
    assert room.hand(1).post(room.vote, {"act": "begin"}).status_code == 302
    assert not Poll.objects.exists()
    room.begin()
    assert "End the vote" not in page(room.hand(1), room.vote)
    assert room.hand(1).post(room.vote, {"act": "end", "asked": "1"}).status_code == 403
    assert Poll.objects.get().closed_at is None


def test_who_leads_the_meeting_holds_its_votes() -> None:
    room = Room(table(), 0, 1, 2)
    with acting(room.world.backbone):
        MeetingRole.objects.create(
            meeting_id=room.meeting, part="chair", seat_id=room.world.seats[room.world.voter(2)], name="x"
        )
    room.hand(2).post(room.vote, {"act": "begin"})
    assert Poll.objects.exists()


def test_the_chair_writes_down_a_show_of_hands() -> None:
    room = Room(table(), 0, 1, 2, 3)
    poll = room.begin()
    room.cast(3, "no")
    chair = room.hand(0)
    shown = page(chair, room.vote)
    assert 'name="rest"' in shown
    assert "Voted on a page" in shown
    names = [v["name"] for v in sorted(poll.electorate["voters"], key=lambda v: v["name"])]
    assert names[:3] == ["Partner 0", "Partner 1", "Partner 2"]
    empty = chair.post(room.vote, {"act": "write", "rest": "yes", "provenance": ""})
    assert empty.status_code == 422
    said = {"act": "write", "rest": "yes", "said-1": "abstain", "provenance": "Hands, counted twice."}
    assert chair.post(room.vote, said).status_code == 302
    ballots = {b.voter: (b.choice["position"], b.channel) for b in Ballot.objects.all()}
    voters = [room.world.voter(n) for n in range(4)]
    assert [ballots[v] for v in voters] == [
        ("yes", "meeting"), ("abstain", "meeting"), ("yes", "meeting"), ("no", "page"),
    ]  # fmt: skip
    assert "Change our vote" in page(room.hand(1), room.room)
    room.cast(1, "no")
    chair.post(room.vote, {"act": "end", "asked": "1"})
    assert (Decision.objects.get().yes, Decision.objects.get().no) == (2, 2)


def test_only_who_keeps_the_list_writes_votes_down() -> None:
    room = Room(table(), 0, 1, 2)
    room.begin()
    assert 'name="rest"' not in page(room.hand(1), room.vote)
    said = {"act": "write", "rest": "yes", "provenance": "Hands"}
    assert room.hand(1).post(room.vote, said).status_code == 403
    assert not Ballot.objects.exists()


def test_enough_are_there_by_the_bylaws_own_rule() -> None:
    world = table(LAWS + PLAIN + CLASSES, partners=4)
    room = Room(world, 0, 1, matter=Matter.ROLES)
    shown = page(room.hand(0), room.room)
    assert "Housing: 0 take part; 1 are needed." in shown
    assert "article 5.4" in shown
    assert "Not enough to decide" in shown
    room.come(2)
    assert "Enough to decide" in page(room.hand(0), room.room)
    with acting(world.backbone):
        AgendaItem.objects.update(state=ItemState.DONE.value)
    general = page(room.hand(0), room.room)
    assert "article 5.4" not in general


def test_where_nobody_votes_from_afar_enough_must_be_there_and_only_they_vote() -> None:
    world = table(LAWS + PLAIN + IN_PERSON)
    room = Room(world, 0, 1, 2, matter=Matter.ROLES)
    refused = room.hand(0).post(room.vote, {"act": "begin"}, follow=True)
    assert "3 take part who count; 4 are needed." in refused.content.decode()
    assert not Poll.objects.exists()
    room.come(3)
    room.begin()
    assert "The bylaws have this voted on in a meeting." in page(room.hand(4), room.vote)
    closing = room.hand(0).post(f"/table/meetings/{room.meeting}/do/", {"verb": "close"})
    assert closing.status_code == 403
    assert "A vote is open in this meeting" in closing.content.decode()
    room.hand(0).post(room.vote, {"act": "end", "asked": "1"})
    assert room.hand(0).post(f"/table/meetings/{room.meeting}/do/", {"verb": "close"}).status_code == 302


def test_too_few_end_nothing_while_the_others_can_still_vote() -> None:
    room = Room(table(), 0, 1)
    room.begin()
    room.cast(1, "yes")
    assert "Too few take part so far: 3 are needed." in page(room.hand(0), room.vote)
    assert room.hand(0).post(room.vote, {"act": "end", "asked": "1"}).status_code == 403
    assert Poll.objects.get().closed_at is None
    closing = room.hand(0).post(f"/table/meetings/{room.meeting}/do/", {"verb": "close"})
    assert closing.status_code == 302, "it goes on by phone"


def test_a_secret_vote_is_not_called_out() -> None:
    secret = '\n[matter.roles]\narticle = "5.2"\ntext.en = "In secret."\nbody = "table"\nsecret = true\n'
    room = Room(table(LAWS + PLAIN + secret), 0, 1, 2, matter=Matter.ROLES)
    room.begin()
    shown = page(room.hand(0), room.room)
    assert "in secret" in shown
    assert "Write down who said what" not in shown
    room.cast(1, "yes")
    assert "Partner 1" not in page(room.hand(0), room.vote).split("End the vote")[0].split("<main")[1]


def motion(room: Room, by: int = 0, **more: object) -> MinuteLine:
    said = {
        "kind": "motion",
        "words": "The Table writes to the county.",
        "mover": "Delegate 1",
        "seconder": "Partner 2",
    }
    reply = room.hand(by).post(f"/table/meetings/{room.meeting}/write/", {**said, **more})
    assert reply.status_code == 302, reply.content.decode()
    return MinuteLine.objects.latest("recorded_at")


def test_a_motion_in_the_minutes_becomes_a_decision_by_the_bylaws() -> None:
    room = Room(table(), 0, 1, 2, 3)
    line = motion(room, yes="3", no="1")
    address = f"/decisions/motions/{line.pk}/"
    assert address in page(room.hand(0), room.room)
    chair = room.hand(0)
    form = page(chair, address)
    seats = {n: str(room.world.seats[room.world.voter(n)]) for n in range(5)}
    assert f'value="{seats[1]}" selected' in form
    assert f'value="{seats[2]}" selected' in form
    assert seats[4] not in form, "who is not there moves nothing"
    said = {"matter": "position", "mover": seats[1], "seconder": seats[2], "when": "now"}
    twice = chair.post(address, {**said, "seconder": seats[1]})
    assert twice.status_code == 422
    assert "Somebody else supports it." in twice.content.decode()
    reply = chair.post(address, said)
    assert reply.status_code == 302
    question = Proposal.objects.latest("number")
    assert (question.title, question.effect) == ("The Table writes to the county.", "none")
    assert str(question.proposed_by_seat_id) == seats[1]
    vote = f"/decisions/questions/{question.number}/in/{room.meeting}/"
    assert "The minutes say 3 yes, 1 no, 0 abstained." in page(chair, vote)
    chair.post(vote, {"act": "write", "rest": "yes", "said-3": "no", "provenance": "Hands"})
    chair.post(vote, {"act": "end"})
    decision = Decision.objects.get()
    assert (decision.adopted, decision.yes, decision.no) == (True, 3, 1)
    assert decision.certificate is not None
    line.refresh_from_db()
    assert line.made == question.pk
    assert f"Became question {question.number}" in page(chair, room.room)
    assert chair.post(address, said).status_code == 302
    assert Proposal.objects.count() == 2, "once"


def test_a_motion_that_fails_stands_in_the_register_as_not_adopted() -> None:
    room = Room(table(), 0, 1, 2)
    line = motion(room)
    seat = str(room.world.seats[room.world.voter(1)])
    room.hand(0).post(f"/decisions/motions/{line.pk}/", {"matter": "position", "mover": seat, "when": "now"})
    question = Proposal.objects.latest("number")
    vote = f"/decisions/questions/{question.number}/in/{room.meeting}/"
    room.hand(0).post(vote, {"act": "write", "rest": "no", "provenance": "Hands"})
    room.hand(0).post(vote, {"act": "end"})
    assert Decision.objects.get().adopted is False


def test_no_motion_goes_round_notice_or_the_body_that_decides() -> None:
    noticed = '\n[matter.roles]\narticle = "5.2"\ntext.en = "A week."\nbody = "table"\nnotice_days = 7\n'
    room = Room(table(LAWS + PLAIN + noticed), 0, 1, 2)
    line = motion(room)
    address, seat = f"/decisions/motions/{line.pk}/", str(room.world.seats[room.world.voter(1)])
    refused = room.hand(0).post(address, {"matter": "roles", "mover": seat, "when": "now"})
    assert refused.status_code == 422
    assert "Voting opens 7 days after notice." in refused.content.decode()
    assert Proposal.objects.count() == 1, "nothing half done"
    assert room.hand(0).post(address, {"matter": "roles", "mover": seat, "when": "later"}).status_code == 302
    assert Proposal.objects.latest("number").stage == "talking"


def test_minutes_written_after_the_meeting_put_nothing_to_the_vote() -> None:
    room = Room(table(), 0, 1, 2)
    with acting(room.world.backbone):
        line = minuting.write_line(
            room.meeting,
            by=room.world.backbone,
            kind=LineKind.MOTION,
            words="We all said yes.",
            motion=minuting.Motion("Delegate 1", yes=5),
        )
        Meeting.objects.update(stage=MeetingStage.CLOSED.value, closed_at=now())
    seat = str(room.world.seats[room.world.voter(1)])
    reply = room.hand(0).post(
        f"/decisions/motions/{line}/", {"matter": "position", "mover": seat, "when": "now"}
    )
    assert reply.status_code == 302
    assert Proposal.objects.count() == 1
    assert not Poll.objects.exists()


def test_who_only_listens_moves_nothing() -> None:
    room = Room(table(), 0, 1, 2)
    line = motion(room)
    seat = str(room.world.seats[room.world.voter(1)])
    said = {"matter": "position", "mover": seat, "when": "later"}
    room.hand(2).post(f"/decisions/motions/{line.pk}/", said)
    assert Proposal.objects.count() == 1
