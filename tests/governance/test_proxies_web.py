"""Proxies on their pages: given, taken back, seen; and cast by who carries them."""

import re
from datetime import timedelta

import pytest
from tests.governance.test_questions_web import browser
from tests.governance.voting import LAWS, PLAIN, World, ask, gather, lay, open_vote

from commonweal.governance.models import Ballot, Proposal, Proxy
from commonweal.kernel.clock import now

pytestmark = pytest.mark.django_db

ONE = PLAIN + "proxies = 1\n"


def table(laws: str = LAWS + ONE) -> World:
    return lay(laws, starts_at=now() - timedelta(days=10), partners=4, chair=0)


def asked(world: World) -> tuple[object, str]:
    question = ask(world)
    return question, f"/decisions/questions/{Proposal.objects.get(pk=question).number}/"


def give(world: World, address: str, giver: int, carrier: int, words: str = "Vote yes for us.") -> object:
    prefix = world.voter(giver).partition(":")[2]
    said = {
        "act": "give",
        "voter": world.voter(giver),
        f"{prefix}-carrier": world.voter(carrier),
        f"{prefix}-words": words,
    }
    return browser(world.actor(world.voter(giver))).post(f"{address}proxies/", said)


def body(reply: object) -> str:
    return re.sub(r"\s+", " ", reply.content.decode())  # type: ignore[attr-defined]


def test_a_proxy_is_given_seen_cast_and_overruled_by_ones_own_vote() -> None:
    world = table()
    question, address = asked(world)
    mine, carrier = browser(world.actor(world.voter(1))), browser(world.actor(world.voter(2)))
    assert "Let another vote in your place" in body(mine.get(address))
    shown = body(mine.get(f"{address}proxies/"))
    assert "one voter may carry 1 other vote." in shown
    empty = give(world, address, 1, 2, words="")
    assert empty.status_code == 422  # type: ignore[attr-defined]
    assert not Proxy.objects.exists()
    assert give(world, address, 1, 2).status_code == 302  # type: ignore[attr-defined]
    assert "Partner 2 votes in your place." in body(mine.get(f"{address}proxies/"))
    seen = body(carrier.get(f"{address}proxies/"))
    assert "You vote for Partner 1, who wrote:" in seen
    assert "Vote yes for us." in seen
    assert "Partner 1" in body(browser(world.actor(world.voter(3))).get(f"{address}proxies/"))
    (poll,) = open_vote(world, question)  # type: ignore[arg-type]
    ballot = body(carrier.get(address))
    assert "You carry this vote by proxy. They wrote: “Vote yes for us.”" in ballot
    said = {"poll": str(poll), "voter": world.voter(1), "receipt": "a" * 20, "position": "yes"}
    assert carrier.post(f"{address}vote/", said).status_code == 200
    assert Ballot.objects.get().voter == world.voter(1)
    own = {**said, "receipt": "b" * 20, "position": "no"}
    assert mine.post(f"{address}vote/", own).status_code == 200
    assert carrier.post(f"{address}vote/", {**said, "receipt": "c" * 20}).status_code == 403
    assert Ballot.objects.order_by("place").last().choice["position"] == "no"  # type: ignore[union-attr]


def test_nobody_carries_more_than_the_bylaws_allow_nor_for_themselves() -> None:
    world = table()
    _question, address = asked(world)
    give(world, address, 1, 2)
    third = browser(world.actor(world.voter(3)))
    assert f'value="{world.voter(2)}"' not in body(third.get(f"{address}proxies/"))
    assert give(world, address, 3, 2).status_code == 422  # type: ignore[attr-defined]
    assert give(world, address, 3, 3).status_code == 422  # type: ignore[attr-defined]
    assert Proxy.objects.count() == 1
    assert give(world, address, 1, 2, "Again.").status_code == 302, "one's own is written anew"  # type: ignore[attr-defined]
    assert Proxy.objects.filter(revoked_at=None).count() == 1


def test_a_proxy_is_taken_back_by_who_gave_it_alone() -> None:
    world = table()
    _question, address = asked(world)
    give(world, address, 1, 2)
    proxy = str(Proxy.objects.get().pk)
    other = browser(world.actor(world.voter(2)))
    assert other.post(f"{address}proxies/", {"act": "back", "proxy": proxy}).status_code == 403
    mine = browser(world.actor(world.voter(1)))
    assert mine.post(f"{address}proxies/", {"act": "back", "proxy": "x"}).status_code in (400, 404)
    assert mine.post(f"{address}proxies/", {"act": "back", "proxy": proxy}).status_code == 302
    assert Proxy.objects.get().revoked_at is not None
    assert "Who carries whose vote" not in body(other.get(f"{address}proxies/"))


def test_where_the_bylaws_have_none_the_page_says_so() -> None:
    world = table(LAWS + PLAIN)
    _question, address = asked(world)
    mine = browser(world.actor(world.voter(1)))
    assert "Let another vote in your place" not in body(mine.get(address))
    shown = body(mine.get(f"{address}proxies/"))
    assert "The bylaws have no proxies for this." in shown
    assert "An alternate of the seat may vote." in shown
    assert give(world, address, 1, 2).status_code in (403, 422)  # type: ignore[attr-defined]
    assert not Proxy.objects.exists()


def test_my_proxies_stand_on_one_page() -> None:
    world = table()
    _question, address = asked(world)
    give(world, address, 1, 2)
    mine = body(browser(world.actor(world.voter(1))).get("/decisions/proxies/"))
    assert "Partner 2 votes for Partner 1." in mine
    carrier = body(browser(world.actor(world.voter(2))).get("/decisions/proxies/"))
    assert "Partner 2 votes for Partner 1." in carrier
    assert "Partner 3: nobody else votes in this place." in body(
        browser(world.actor(world.voter(3))).get("/decisions/proxies/")
    )


def test_what_was_answered_is_carried_no_more() -> None:
    world = table()
    question, address = asked(world)
    open_vote(world, question)  # type: ignore[arg-type]
    Proposal.objects.filter(pk=question).update(stage="rejected")
    assert give(world, address, 1, 2).status_code in (403, 422)  # type: ignore[attr-defined]


def test_in_a_meeting_the_carrier_casts_for_who_is_away() -> None:
    world = table(LAWS + ONE + "remote = false\nquorum = { count = 2 }\n")
    question, address = asked(world)
    give(world, address, 1, 2)
    meeting = gather(world, world.voter(0), world.voter(2))
    (poll,) = open_vote(world, question, meeting_id=meeting)  # type: ignore[arg-type]
    carrier = browser(world.actor(world.voter(2)))
    room = body(browser(world.actor(world.voter(0))).get(f"{address}in/{meeting}/"))
    assert "Partner 2 carries this vote, and casts it on a page." in room
    said = {"poll": str(poll), "voter": world.voter(1), "receipt": "a" * 20, "position": "yes"}
    assert carrier.post(f"{address}vote/", said).status_code == 200
    away = browser(world.actor(world.voter(3)))
    mine = {**said, "voter": world.voter(3), "receipt": "b" * 20}
    assert away.post(f"{address}vote/", mine).status_code == 403
