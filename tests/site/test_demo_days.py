"""In the demo a visitor lets days pass; a real installation has no such page, and nothing in it can."""

from datetime import timedelta

import pytest
from django.test import Client
from tests.governance.voting import ask, cast_all, lay, open_vote

from commonweal.foundation.accounts import installation
from commonweal.foundation.database.opening import doors_from_environment
from commonweal.governance import tasks
from commonweal.governance.demo import days
from commonweal.governance.models import Ballot, Decision, Poll, Proposal
from commonweal.kernel.clock import now


@pytest.mark.django_db
def test_a_real_installation_has_no_such_page(client: Client) -> None:
    assert client.get("/demo/days/").status_code == 404
    assert client.post("/demo/days/", {"question": "1"}).status_code == 404


@pytest.mark.django_db(transaction=True)
def test_the_days_of_a_vote_pass_and_its_ballots_stay(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(installation, "demo_is_on", lambda: True)
    world = lay(partners=3)
    (poll,) = open_vote(world, question := ask(world))
    cast_all(world, poll, ["yes", "yes", "no"])
    number = Proposal.objects.get(pk=question).number
    before = list(Ballot.objects.order_by("voter").values_list("voter", "receipt", "recorded_at"))
    page = client.get("/demo/days/").content.decode()
    assert f'name="question" value="{number}"' in page
    assert Poll.objects.get().closes_at > now() + timedelta(days=1)
    answer = client.post("/demo/days/", {"question": str(number)})
    assert answer.headers["Location"] == f"/decisions/questions/{number}/"
    assert Poll.objects.get().closes_at <= now()
    assert list(Ballot.objects.order_by("voter").values_list("voter", "receipt", "recorded_at")) == before
    tasks.count()
    assert Decision.objects.get().adopted
    assert client.post("/demo/days/", {"question": str(number)}).headers["Location"] == "/demo/days/"


@pytest.mark.django_db(transaction=True)
def test_what_does_not_run_does_not_pass() -> None:
    world = lay(partners=3)
    question = Proposal.objects.get(pk=ask(world))
    doors = doors_from_environment()
    assert doors is not None
    assert days.let_pass(doors, question.number) is None
    assert days.let_pass(doors, 999) is None
