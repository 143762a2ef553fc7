"""A mailed link opens one ballot for the one it was mailed to, and the timetable counts what is over."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from tests.governance.voting import SETUP, START, ask, cast, cast_all, lay, open_vote

from commonweal.foundation.access import acting
from commonweal.foundation.messages.models import Outbound
from commonweal.governance import tasks
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import mailing
from commonweal.governance.models import Ballot, Decision, Poll
from commonweal.kernel.clock import at, today
from commonweal.partners.models import Holding

pytestmark = pytest.mark.django_db


def letters() -> dict[str, str]:
    """The link in each letter, by address."""
    with acting(SETUP):
        mails = Outbound.objects.filter(template="governance/mail/ballot").order_by("queued_at")
        return {m.to: re.search(r"/decisions/ballots/([\w-]{43})/", m.text).group(1) for m in mails}


def test_a_link_casts_one_ballot_for_one_voter(client: Client) -> None:
    world = lay(partners=3)
    question = ask(world)
    (poll,) = open_vote(world, question)
    cast(world, poll, world.voter(2), "no")
    with acting(THE_COUNT):
        assert mailing.send_ballots(poll, by=THE_COUNT) == 2
    found = letters()
    assert len(found) == 2
    token = found["delegate.0@example.org"]
    page = client.get(f"/decisions/ballots/{token}/")
    assert page.status_code == 200
    assert "Rides to the clinic" in page.content.decode()
    receipt = re.search(r'name="receipt" value="(\w+)"', page.content.decode()).group(1)
    said = {"position": "yes", "reason": "", "receipt": receipt, "voter": world.voter(1)}
    for _twice in range(2):
        answer = client.post(f"/decisions/ballots/{token}/", said)
        assert receipt in answer.content.decode()
    ballot = Ballot.objects.get(channel="link")
    assert (ballot.voter, ballot.receipt) == (world.voter(0), receipt)
    assert client.get(f"/decisions/ballots/{'x' * 43}/").status_code == 404
    with acting(SETUP):
        Holding.objects.filter(seat_id=world.seats[world.voter(1)]).update(ended_on=today())
    other = found["delegate.1@example.org"]
    assert client.get(f"/decisions/ballots/{other}/").status_code == 200
    client.post(f"/decisions/ballots/{other}/", {**said, "receipt": "a" * 20})
    assert Ballot.objects.count() == 2, "who left the seat casts no more"


def test_the_timetable_counts_and_certifies_once() -> None:
    world = lay(partners=3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "yes", "no"])
    with at(START + timedelta(days=8)):
        tasks.count()
        tasks.count()
    assert Poll.objects.get().closed_at is not None
    assert Decision.objects.get().adopted


def test_those_who_have_not_voted_are_reminded() -> None:
    world = lay(partners=3)
    question = ask(world)
    (poll,) = open_vote(world, question)
    cast(world, poll, world.voter(0), "yes")
    tasks.remind_voters()
    assert letters() == {}
    with acting(THE_COUNT):
        assert mailing.send_ballots(poll, by=THE_COUNT, reminds=True) == 2
    assert set(letters()) == {"delegate.1@example.org", "delegate.2@example.org"}
