"""Emergencies on their pages: who may, why it can't wait, its end in plain sight, and asking to keep it."""

import re
from datetime import timedelta

import pytest
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, PLAIN, World, ask, cast_all, gather, lay

from commonweal.governance.models import Mandate, Poll, Proposal
from commonweal.kernel.clock import now

pytestmark = pytest.mark.django_db

HURRIED = """
[matter.position]
article = "5.1"
text.en = "A majority, announced a week before."
body = "table"
notice_days = 7
[matter.position.emergency]
openers = ["lead"]
threshold = "3/4"
expires_days = 10
review_days = 5
"""


def table(laws: str = LAWS + HURRIED) -> World:
    return lay(laws, starts_at=now() - timedelta(days=10), partners=4, chair=0)


def words(reply: object) -> str:
    return re.sub(r"\s+", " ", reply.content.decode())  # type: ignore[attr-defined]


def put(world: World, place: int, **more: str) -> object:
    said = {
        "effect": "none",
        "matter": "position",
        "question": "Shall we open the hall tonight?",
        "title": "The hall tonight",
        "text": "It is nine below zero.",
        "seat": str(world.seats[world.voter(place)]),
        "step": "put",
        **more,
    }
    return browser(world.actor(world.voter(place))).post("/decisions/questions/new/", said)


def new_page(world: World, place: int) -> str:
    client = browser(world.actor(world.voter(place)))
    return words(client.get("/decisions/questions/new/?effect=none&matter=position"))


def test_who_may_hurry_is_asked_why_and_told_what_it_costs() -> None:
    world = table()
    shown = new_page(world, 0)
    assert "At least 3/4 must say yes." in shown
    assert "ends by itself after 10 days" in shown
    silent = put(world, 0, is_emergency="on")
    assert silent.status_code == 422  # type: ignore[attr-defined]
    assert "Say why it can’t wait." in words(silent)
    assert not Proposal.objects.exists()
    assert put(world, 0, is_emergency="on", why_now="Two slept outside.").status_code == 302  # type: ignore[attr-defined]
    question = Proposal.objects.get()
    assert question.is_emergency
    assert list(question.sections.order_by("place").values_list("text", flat=True)) == [
        "Two slept outside.",
        "It is nine below zero.",
    ]


def test_who_may_not_hurry_reads_why_and_puts_it_as_usual() -> None:
    world = table()
    shown = new_page(world, 1)
    assert "The bylaws name who may hurry this, and you are not among them." in shown
    assert 'name="is_emergency"' not in shown
    put(world, 1, is_emergency="on", why_now="Now.")
    assert not Proposal.objects.get().is_emergency


def test_where_the_bylaws_have_no_emergency_nothing_is_said_of_one() -> None:
    assert "emergency" not in new_page(table(LAWS + PLAIN), 0).casefold().split("<main")[1]


def hurried(world: World) -> str:
    put(world, 0, is_emergency="on", why_now="Two slept outside.")
    return f"/decisions/questions/{Proposal.objects.get().number}/"


def test_an_emergency_is_voted_on_without_notice_and_says_so_everywhere() -> None:
    world = table()
    address = hurried(world)
    chair = browser(world.actor(world.voter(0)))
    shown = words(chair.get(address))
    assert "It is voted on before notice has run, because it can’t wait." in shown
    assert "Open the vote now" in shown
    assert "Give notice of the vote" not in shown
    assert "Emergency" in words(chair.get("/decisions/questions/"))
    chair.post(f"{address}step/", {"act": "hurry", "why": "soon"})
    assert not Poll.objects.exists()
    chair.post(f"{address}step/", {"act": "hurry", "why": "12"})
    poll = Poll.objects.get()
    assert timedelta(hours=11) < poll.closes_at - now() < timedelta(hours=13)
    assert poll.rule["emergency"] is True
    assert poll.rule["voting"]["threshold"]["numerator"] == 3


def test_what_an_emergency_started_shows_its_end_and_is_asked_again_to_last() -> None:
    world = table()
    address = hurried(world)
    chair = browser(world.actor(world.voter(0)))
    number = Proposal.objects.get().number
    meeting = gather(world, *(world.voter(n) for n in range(4)))
    chair.post(f"/decisions/questions/{number}/in/{meeting}/", {"act": "begin"})
    poll = Poll.objects.get()
    cast_all(world, poll.pk, ["yes", "yes", "yes", "yes"])
    chair.post(f"/decisions/questions/{number}/in/{meeting}/", {"act": "end"})
    mandate = Mandate.objects.get()
    assert mandate.ends_at is not None
    assert timedelta(days=9) < mandate.ends_at - now() <= timedelta(days=10)
    other = browser(world.actor(world.voter(1)))
    shown = words(other.get(address))
    assert "What it started ends by itself on" in shown
    assert "The table looks at it again on" in shown
    assert "Ask the table to keep it" in shown
    register = words(other.get(f"/decisions/{mandate.decision.number}/"))
    assert "It was voted on before notice had run." in register
    assert "What it started ends by itself on" in register
    other.post(f"{address}step/", {"act": "keep"})
    again = Proposal.objects.latest("number")
    assert (again.is_emergency, again.question, again.stage) == (
        False,
        "Shall we open the hall tonight?",
        "talking",
    )
    shown = words(other.get(address))
    assert f"Question {again.number} asks the table to keep it" in shown
    assert "Ask the table to keep it</button>" not in shown
    other.post(f"{address}step/", {"act": "keep"})
    assert Proposal.objects.count() == 2
    assert "Give notice of the vote" in words(other.get(f"/decisions/questions/{again.number}/"))


def test_nothing_is_kept_that_no_emergency_started() -> None:
    world = table()
    ask(world)
    number = Proposal.objects.get().number
    address = f"/decisions/questions/{number}/"
    client = browser(world.actor(world.voter(1)))
    reply = client.post(f"{address}step/", {"act": "keep"}, follow=True)
    assert "There is nothing here that an emergency started." in words(reply)
    assert Proposal.objects.count() == 1
