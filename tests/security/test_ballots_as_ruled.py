"""Statements as the application's role against what the bylaws ask of a vote: when a proxy was given, who
casts from afar, and who writes down what is called out."""

from datetime import timedelta
from typing import Any

import pytest
from tests.governance.voting import LAWS, PLAIN, ask, cast, gather, lay, open_vote, refused
from tests.security.test_ballots_hands import PROXIES, put

from commonweal.foundation.access import acting
from commonweal.governance.actions import polling
from commonweal.governance.models import Ballot, Proxy
from commonweal.kernel.clock import now, today
from commonweal.partners.models import Holding, MeetingRole

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)
IN_THE_ROOM = PLAIN + "remote = false\n"


def test_a_proxy_is_given_on_the_day_on_which_it_is_written() -> None:
    """Who sat there once writes a proxy of back then: it carries nothing in a vote of today."""
    world = lay(LAWS + PROXIES, partners=4)
    question = ask(world)
    (poll,) = open_vote(world, question)
    giver, carrier = world.voter(0), world.voter(1)
    former, hand = world.actor(giver), world.actor(carrier)
    with acting(former):
        seat = Holding.objects.filter(seat_id=world.seats[giver])
        seat.update(ended_on=today())

    def backdated() -> None:
        Proxy.objects.create(
            proposal_id=question, giver=giver, giver_name="A", carrier=carrier, carrier_name="B",
            words="Yes", recorded_by_id=former.account_id, recorded_at=now() - 9 * DAY,
        )  # fmt: skip

    def both() -> None:
        with acting(former):
            backdated()
        with acting(hand):
            put(poll, giver, hand)()

    assert refused(former, both)
    assert not Ballot.objects.filter(poll_id=poll).exists()


def test_a_proxy_is_not_taken_back_in_the_past() -> None:
    """Who left the seat does not take back today, as if it were then, what who sits there now has given."""
    world = lay(LAWS + PROXIES, partners=4)
    question = ask(world)
    giver, carrier = world.voter(0), world.voter(1)
    former = world.actor(giver)
    with acting(former):
        given = polling.give_proxy(question, by=former, giver=giver, carrier=carrier, words="For us")
        Holding.objects.filter(seat_id=world.seats[giver]).update(ended_on=today())
    assert refused(former, lambda: Proxy.objects.filter(pk=given).update(revoked_at=now() - 9 * DAY))


def test_nobody_casts_from_afar_where_the_bylaws_want_them_in_the_room() -> None:
    world = lay(LAWS + IN_THE_ROOM, partners=4)
    there, away = world.voter(0), world.voter(1)
    meeting = gather(world, there, world.voter(2), world.voter(3))
    (poll,) = open_vote(world, ask(world), meeting_id=meeting)
    assert refused(world.actor(away), put(poll, away, world.actor(away)))
    assert refused(world.actor(away), put(poll, away, world.actor(away), channel="link"))
    cast(world, poll, there, "yes")
    assert not refused(world.actor(world.voter(2)), put(poll, world.voter(2), world.actor(world.voter(2))))


def test_one_who_is_there_carries_the_proxy_of_one_who_is_not() -> None:
    world = lay(LAWS + IN_THE_ROOM + "proxies = 2\n", partners=4)
    giver, carrier = world.voter(0), world.voter(1)
    question = ask(world)
    with acting(world.actor(giver)):
        polling.give_proxy(question, by=world.actor(giver), giver=giver, carrier=carrier, words="For us")
    meeting = gather(world, carrier, world.voter(2), world.voter(3))
    (poll,) = open_vote(world, question, meeting_id=meeting)
    assert refused(world.actor(giver), put(poll, giver, world.actor(giver)))
    assert not refused(world.actor(carrier), put(poll, giver, world.actor(carrier)))


def test_nobody_makes_themselves_the_one_who_takes_notes() -> None:
    world = lay(partners=4, chair=0)
    me, voter = world.actor(world.voter(1)), world.voter(2)
    meeting = gather(world, *world.voters)
    (poll,) = open_vote(world, ask(world), meeting_id=meeting)
    mine: dict[str, Any] = {"meeting_id": meeting, "seat_id": world.seats[world.voter(1)], "name": "Me"}

    def named() -> None:
        MeetingRole.objects.create(part="note-taker", **mine)

    def both() -> None:
        named()
        put(poll, voter, me, channel="meeting", provenance="Hands")()

    assert refused(me, named)
    assert refused(me, both)
    chair = world.actor(world.voter(0))
    with acting(chair):
        named()
    assert not refused(me, put(poll, voter, me, channel="meeting", provenance="Hands"))
    other = world.actor(world.voter(3))
    assert refused(other, lambda: MeetingRole.objects.filter(part="note-taker").update(part="chair"))
