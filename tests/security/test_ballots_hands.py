"""B03, B08 past the application: the database asks whose hand casts. Statements as the application's role."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from tests.governance.test_railroading import SECRET
from tests.governance.voting import (
    LAWS,
    PLAIN,
    SETUP,
    account,
    alternate_of,
    ask,
    cast,
    gather,
    lay,
    open_vote,
    refused,
)

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import casting, polling
from commonweal.governance.models import Ballot, Envelope, PaperEntry, Poll, Proxy, Turnout
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now, today
from commonweal.partners.models import Holding, Member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
PROXIES = PLAIN + "proxies = 2\n"


def unit_of(poll: Poll, voter: str) -> str:
    return next(str(v["unit"] or v["id"]) for v in poll.electorate["voters"] if v["id"] == voter)


def put(poll: UUID, voter: str, hand: Actor, **columns: Any) -> Callable[[], Any]:
    """A ballot written past the application."""

    def write() -> None:
        row = Poll.objects.get(pk=poll)
        Ballot.objects.create(
            **{
                "poll": row,
                "place": row.count + 1,
                "voter": voter,
                "unit": unit_of(row, voter),
                "choice": {"position": "yes"},
                "channel": "page",
                "receipt": f"r{row.count}{voter}"[:60],
                "before": row.head,
                "digest": "y",
                "cast_by_id": hand.account_id,
                "occurred_at": now(),
                **columns,
            }
        )

    return write


def slip(poll: UUID, voter: str, hand: UUID | None, **columns: Any) -> Callable[[], Any]:
    """A sealed ballot written past the application."""

    def write() -> None:
        row = Poll.objects.get(pk=poll)
        Envelope.objects.update_or_create(
            poll=row,
            unit=unit_of(row, voter),
            defaults={
                "voter": voter,
                "sealed": b"x",
                "channel": "page",
                "hand": hand,
                "recorded_on": today(),
                **columns,
            },
        )

    return write


def test_a_ballot_is_put_by_the_hand_that_holds_the_seat() -> None:
    world = lay(partners=3)
    (poll,) = open_vote(world, ask(world))
    mine, theirs = world.voter(0), world.voter(1)
    me = world.actor(mine)
    assert not refused(me, put(poll, mine, me))
    assert refused(me, put(poll, theirs, me)), "another's seat"
    assert refused(me, put(poll, theirs, world.actor(theirs))), "in another's name"
    assert refused(me, put(poll, mine, world.actor(theirs))), "as if another had cast"
    colleague = Actor(Role.MEMBER, Purpose.GOV, me.partner_id, account("Nia Colleague"), name="Nia")
    assert refused(colleague, put(poll, mine, colleague)), "of the same organization, without the seat"
    assert refused(colleague, put(poll, mine, me))
    for role in (Role.ORG_ADMIN, Role.OPERATOR, Role.BACKEND_SERVICE):
        other = Actor(role, Purpose.GOV, me.partner_id, world.backbone.account_id)
        assert refused(other, put(poll, mine, other)), role
    assert refused(THE_COUNT, put(poll, mine, THE_COUNT))
    working = Actor(Role.CASE_WORKER, Purpose.COORD, me.partner_id, me.account_id)
    assert refused(working, put(poll, mine, working)), "for another purpose"


def test_who_left_the_seat_casts_no_more_and_who_took_it_does() -> None:
    world = lay(partners=3)
    (poll,) = open_vote(world, ask(world))
    voter = world.voter(0)
    me = world.actor(voter)
    with acting(SETUP):
        Holding.objects.filter(seat_id=world.seats[voter]).update(ended_on=today())
    assert refused(me, put(poll, voter, me))


def test_an_alternate_does_not_replace_the_holder() -> None:
    world = lay(partners=3)
    voter = world.voter(0)
    alma = alternate_of(world, voter)
    (poll,) = open_vote(world, ask(world))
    assert not refused(alma, put(poll, voter, alma))
    cast(world, poll, voter, "no")
    assert refused(alma, put(poll, voter, alma))


def test_a_proxy_is_given_by_the_seat_and_carried_by_the_one_it_names() -> None:
    world = lay(LAWS + PROXIES, partners=4)
    giver, carrier, third = (world.voter(n) for n in (0, 1, 2))
    question = ask(world)
    (poll,) = open_vote(world, question)
    hand = world.actor(carrier)

    def forged() -> None:
        Proxy.objects.create(
            proposal_id=question, giver=third, giver_name="C", carrier=carrier, carrier_name="B",
            words="All right.", recorded_by_id=hand.account_id,
        )  # fmt: skip

    assert refused(hand, forged), "nobody writes another's proxy"
    assert refused(hand, put(poll, giver, hand))
    with acting(world.actor(giver)):
        polling.give_proxy(question, by=world.actor(giver), giver=giver, carrier=carrier, words="For us.")
    assert not refused(hand, put(poll, giver, hand))
    other = world.actor(third)
    assert refused(other, put(poll, giver, other))
    cast(world, poll, giver, "no")
    assert refused(hand, put(poll, giver, hand)), "the giver came"


def test_paper_is_put_by_the_second_of_two_who_read_the_same() -> None:
    world = lay(partners=3)
    voter = world.voter(0)
    (poll,) = open_vote(world, ask(world))
    officer = Actor(Role.ELECTION_OFFICER, Purpose.GOV, account_id=account("Olive Officer"), name="Olive")
    paper = {"channel": "paper", "provenance": "Box"}
    assert refused(officer, put(poll, voter, officer, **paper)), "no paper was entered"

    def alone() -> None:
        entry = PaperEntry.objects.create(
            poll_id=poll, voter=voter, choice={"position": "yes"}, provenance="Box",
            entered_by_id=world.backbone.account_id, entered_by_name="Priya",
        )  # fmt: skip
        PaperEntry.objects.filter(pk=entry.pk).update(
            checked_by=officer.account_id, settled_at=now(), agreed=True
        )
        put(poll, voter, officer, **paper)()

    assert refused(officer, alone), "nobody enters a paper in another's name"
    with acting(world.backbone):
        entry = casting.enter_paper(
            poll, by=world.backbone, voter=voter, choice={"position": "yes"}, provenance="Box"
        )
    mine = world.actor(voter)
    assert refused(mine, put(poll, voter, mine, **paper))

    def settle(by: Actor) -> Callable[[], Any]:
        def write() -> None:
            PaperEntry.objects.filter(pk=entry).update(
                checked_by=by.account_id, settled_at=now(), agreed=True
            )
            put(poll, voter, by, **paper)()

        return write

    assert refused(mine, settle(mine)), "a voter is no officer"
    assert not refused(officer, settle(officer))
    with acting(officer):
        casting.check_paper(entry, by=officer, choice={"position": "yes"})
    assert refused(officer, put(poll, voter, officer, **paper)), "one paper, one ballot"


def test_votes_of_a_meeting_are_written_by_who_leads_it_of_those_who_are_there() -> None:
    world = lay(partners=4, chair=0)
    chair, absent = world.actor(world.voter(0)), world.voter(3)
    meeting = gather(world, world.voter(0), world.voter(1))
    (poll,) = open_vote(world, ask(world), meeting_id=meeting)
    (elsewhere,) = open_vote(world, ask(world))
    called = {"channel": "meeting", "provenance": "Hands"}
    assert not refused(chair, put(poll, world.voter(1), chair, **called))
    assert refused(chair, put(poll, absent, chair, **called)), "not there"
    assert refused(chair, put(elsewhere, world.voter(1), chair, **called)), "no meeting"
    member = world.actor(world.voter(1))
    assert refused(member, put(poll, world.voter(0), member, **called)), "does not lead it"


def test_a_sealed_ballot_is_put_and_replaced_by_its_own_hand() -> None:
    world = lay(LAWS + SECRET, partners=3)
    voter, other = world.voter(0), world.voter(1)
    me, them = world.actor(voter), world.actor(other)
    (poll,) = open_vote(world, ask(world, Matter.ROLES))
    assert refused(me, slip(poll, other, me.account_id))
    assert refused(me, slip(poll, other, them.account_id))
    assert refused(me, slip(poll, voter, None)), "nobody's hand"
    cast(world, poll, voter, "yes")
    assert refused(them, slip(poll, voter, them.account_id))
    assert refused(THE_COUNT, slip(poll, voter, me.account_id))
    assert not refused(me, slip(poll, voter, me.account_id))
    assert refused(me, slip(poll, voter, None, channel="paper", provenance="Box"))


def test_nobody_is_said_to_have_taken_part_who_did_not() -> None:
    world = lay(LAWS + SECRET, partners=3, chair=0)
    (poll,) = open_vote(world, ask(world, Matter.ROLES), meeting_id=gather(world, *world.voters))
    voter, other = world.voter(0), world.voter(1)
    cast(world, poll, voter, "yes")

    def there(who: str) -> Callable[[], Any]:
        def write() -> None:
            row = Poll.objects.get(pk=poll)
            Turnout.objects.create(poll=row, unit=unit_of(row, who), voter=who)

        return write

    def stuffed() -> None:
        for place, before in ((1, ""), (2, "d1")):
            Ballot.objects.create(
                poll_id=poll, place=place, choice={"position": "yes"}, channel="page",
                receipt=f"r{place}", before=before, digest=f"d{place}",
            )  # fmt: skip

    assert not refused(THE_COUNT, there(voter))
    assert refused(THE_COUNT, there(other)), "cast nothing"
    assert refused(THE_COUNT, stuffed), "more ballots than envelopes"


def test_nobody_sits_down_in_a_seat_by_a_statement() -> None:
    """What the check of the hand rests on: who fills a seat, and whose account a member has."""
    world = lay(partners=3)
    open_vote(world, ask(world))
    voter, other = world.voter(0), world.voter(1)
    me = world.actor(other)
    with acting(SETUP):
        member = Member.objects.get(account_id=me.account_id)
        theirs = Member.objects.get(account_id=world.actor(voter).account_id)
    seat = world.seats[voter]

    def sit_down() -> None:
        Holding.objects.create(
            seat_id=seat, member=member, is_alternate=True, authority="full", starts_on=today()
        )

    def become() -> None:
        Member.objects.filter(pk=theirs.pk).update(account_id=me.account_id)

    def empty() -> None:
        Holding.objects.filter(seat_id=seat).update(ended_on=today())

    def widen() -> None:
        Holding.objects.filter(member=member).update(authority="none")

    assert refused(me, sit_down)
    assert refused(me, become)
    assert refused(me, empty), "nobody empties another's seat"
    assert refused(me, widen), "what one may decide alone is said by who sent one"
    own = Actor(Role.ORG_ADMIN, Purpose.GOV, me.partner_id, me.account_id)
    assert refused(own, sit_down), "another organization's"
    assert not refused(own, widen)
    assert not refused(me, lambda: Holding.objects.filter(member=member).update(ended_on=today()))
