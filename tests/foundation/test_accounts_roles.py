"""Roles end at once, seats change the session, forms need a token, the demo meets nobody real (N08, A20)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.auth import authenticate
from django.contrib.sessions.models import Session
from django.core.exceptions import ImproperlyConfigured
from django.test import Client, override_settings
from tests.foundation.accounts_tools import (
    SETUP,
    YES,
    browser_of,
    is_in,
    options,
    resident,
    staff,
    with_passkey,
)

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import actions, installation, sessions, tasks, throttle
from commonweal.foundation.accounts.models import Account, Attempt, DemoCard, Installation, Membership
from commonweal.kernel.clock import at, now
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.kernel.verdict import deny

pytestmark = pytest.mark.django_db


# Roles (N08, A20)


def test_a_role_that_ends_is_gone_with_the_next_request() -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR)
    browser = browser_of(danielle)
    assert is_in(browser)
    with acting(SETUP):
        actions.unseat(Membership.objects.get(account=danielle).pk, why="Left.", by=SETUP, verdict=YES)
    assert not is_in(browser)
    assert browser.get("/accounts/me/").status_code == 302


def test_a_role_that_ends_leaves_the_others_to_choose_from() -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR, Role.MEMBER)
    browser = browser_of(danielle)
    ended = Membership.objects.get(account=danielle, role="operator")
    with acting(SETUP):
        actions.unseat(ended.pk, why="Left.", by=SETUP, verdict=YES)
    reply = browser.get("/")
    assert (reply.status_code, reply.url) == (302, "/accounts/as/")
    remaining = Membership.objects.get(account=danielle, until=None)
    assert browser.post("/accounts/as/", {"seat": str(remaining.pk)}).status_code == 302
    assert b"Member of the table" in browser.get("/accounts/me/").content


def test_closing_an_account_ends_it_everywhere() -> None:
    danielle = staff()
    one, two = browser_of(danielle), browser_of(danielle)
    assert is_in(one)
    assert is_in(two)
    with acting(SETUP):
        actions.close(danielle.pk, why="Lost laptop.", by=SETUP, verdict=YES)
    assert not is_in(one)
    assert not is_in(two)


def test_changing_seats_changes_the_session_and_the_form_tokens() -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR, Role.MEMBER)
    with_seats = browser_of(danielle)
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = with_seats.cookies
    page = browser.get("/accounts/as/")
    token = str(page.context["csrf_token"])
    other = Membership.objects.filter(account=danielle, until=None).order_by("since", "id").last()
    before = browser.session.session_key
    said = {"seat": str(other.pk), "csrfmiddlewaretoken": token}
    assert browser.post("/accounts/as/", said).status_code == 302
    assert browser.session.session_key != before
    late = browser.post("/accounts/sign-out/", {"csrfmiddlewaretoken": token})
    assert late.status_code == 403
    assert "another tab" in late.content.decode()
    assert is_in(browser)


def test_nobody_sits_down_on_the_seat_of_another() -> None:
    danielle, marcus = staff(), staff("Marcus Odom", Role.ELECTION_OFFICER)
    theirs = Membership.objects.get(account=marcus)
    browser = browser_of(danielle)
    for key in (str(theirs.pk), "self", "", str(uuid4()), "' or 1=1"):
        assert browser.post("/accounts/as/", {"seat": key}).status_code == 403
    session = browser.session
    session["seat"] = str(theirs.pk)
    session.save()
    reply = browser.get("/")
    assert (reply.status_code, reply.url) == (302, "/accounts/as/")


def test_the_actor_is_who_sits_where(rf) -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR)
    request = rf.get("/")
    request.user, request.seat = danielle, sessions.seats_of(danielle)[0]
    actor = sessions.actor_for(request, Purpose.ADMIN)
    assert (actor.role, actor.purpose, actor.account_id) == (Role.OPERATOR, Purpose.ADMIN, danielle.pk)
    assert actor.person_id is None
    request.seat = None
    assert sessions.actor_for(request, Purpose.ADMIN).role is Role.PUBLIC


def test_only_a_person_served_acts_for_itself(rf) -> None:
    person = uuid4()
    loretta = resident()
    loretta.person_id = person
    request = rf.get("/")
    request.user = loretta
    as_member, as_self = sessions.seats_of(loretta)
    request.seat = as_self
    assert sessions.actor_for(request, Purpose.SELF).person_id == person
    request.seat = as_member
    assert sessions.actor_for(request, Purpose.SELF).person_id is None


# Forms (N13)


@pytest.mark.parametrize(
    "path",
    [
        "/accounts/sign-in/",
        "/accounts/sign-in/options/",
        "/accounts/sign-out/",
        "/accounts/as/",
        "/accounts/again/",
        "/accounts/passkeys/add/",
        "/accounts/passkeys/add/options/",
        "/accounts/passkeys/1/remove/",
        "/accounts/link/",
        "/accounts/link/abc/",
        "/accounts/invitation/abc/",
        "/accounts/invitation/abc/options/",
        "/demo/",
    ],
)
def test_no_form_is_taken_without_its_token(path: str) -> None:
    browser = Client(enforce_csrf_checks=True)
    browser.cookies = browser_of(staff()).cookies
    for kind, body in (
        ("application/json", "{}"),
        ("text/plain", "a=b"),
        ("application/x-www-form-urlencoded", "a=b"),
    ):
        reply = browser.post(path, body, content_type=kind, headers={"Origin": "https://evil.example"})
        assert reply.status_code == 403, kind


def test_the_way_in_leads_only_to_our_own_pages() -> None:
    passkey = with_passkey(staff())
    for wanted, target in (
        ("/referrals/", "/referrals/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("/accounts/sign-out/", "/"),
    ):
        browser = Client()
        answer = passkey.get(options(browser, "/accounts/sign-in/options/"))
        reply = browser.post("/accounts/sign-in/", {"credential": json.dumps(answer), "next": wanted})
        assert reply.url == target, wanted


# Demo


@pytest.fixture
def demo() -> Account:
    danielle = staff()
    with acting(SETUP):
        installation.mark("demo", name="Alder County Health Table")
    DemoCard.objects.create(account=danielle, order=1, title="Care manager", words="Finds help.")
    return danielle


def test_one_click_signs_in_where_everything_is_invented(demo: Account) -> None:
    with override_settings(DEMO=True):
        browser = Client()
        assert b"Danielle Whitfield" in browser.get("/demo/").content
        assert browser.post("/demo/", {"who": str(demo.pk)}).status_code == 302
        assert is_in(browser)


def test_one_click_ends_with_the_demo(demo: Account) -> None:
    with override_settings(DEMO=True):
        browser = Client()
        browser.post("/demo/", {"who": str(demo.pk)})
        assert is_in(browser)
        for path in ("/accounts/passkeys/add/options/", "/accounts/passkeys/add/"):
            assert browser.post(path).status_code == 403, "a demo visitor must not leave a passkey behind"
    with override_settings(DEMO=True):
        Installation.objects.all().delete()
        assert not is_in(browser)
        assert Client().get("/demo/").status_code == 404


def test_only_those_of_the_cast_can_be_chosen(demo: Account) -> None:
    marcus = staff("Marcus Odom")
    with override_settings(DEMO=True):
        for who in (str(marcus.pk), str(uuid4()), "", "x"):
            browser = Client()
            assert browser.post("/demo/", {"who": who}).status_code == 404
            assert not is_in(browser)


def test_demo_mode_and_real_people_never_meet() -> None:
    with acting(SETUP):
        installation.mark("real", name="A real table")
        with pytest.raises(Conflict):
            installation.mark("demo", name="A real table")
    with override_settings(DEMO=True):
        with pytest.raises(ImproperlyConfigured, match="holds real people"):
            installation.refuse_mixed()
        assert not installation.demo_is_on()
        with pytest.raises(ImproperlyConfigured):
            Client().get("/")
    with override_settings(DEMO=False):
        installation.refuse_mixed()


def test_demo_data_is_not_served_as_real(demo: Account) -> None:
    with override_settings(DEMO=False), pytest.raises(ImproperlyConfigured, match="holds the demo"):
        installation.refuse_mixed()


# Acts


def test_an_act_without_an_allowing_verdict_is_refused() -> None:
    danielle, no = staff(), deny("test", "No.")
    membership = Membership.objects.get(account=danielle).pk
    with acting(SETUP):
        for act in (
            lambda: actions.open_staff_account(name="X", email="x@example.org", by=SETUP, verdict=no),
            lambda: actions.open_resident_account(name="X", email="x@example.org", by=SETUP, verdict=no),
            lambda: actions.seat(danielle.pk, partner_id=None, role=Role.MEMBER, by=SETUP, verdict=no),
            lambda: actions.unseat(membership, why="x", by=SETUP, verdict=no),
            lambda: actions.invite(danielle.pk, None, by=SETUP, verdict=no),
            lambda: actions.close(danielle.pk, why="x", by=SETUP, verdict=no),
            lambda: actions.change_address(danielle.pk, email="y@example.org", by=SETUP, verdict=no),
        ):
            with pytest.raises(Refused):
                act()


@pytest.mark.parametrize("role", [Role.RESIDENT, Role.PROXY, Role.APP, Role.BACKEND_SERVICE, Role.PUBLIC])
def test_some_roles_are_never_given(role: Role) -> None:
    danielle = staff()
    with acting(SETUP), pytest.raises(BadInput):
        actions.seat(danielle.pk, partner_id=None, role=role, by=SETUP, verdict=YES)


def test_an_address_belongs_to_one_account_of_a_kind_however_it_is_written() -> None:
    """And whoever invites it to work does not learn that it opens somebody's own page (SECURITY A17)."""
    danielle = staff()
    with acting(SETUP):
        again = actions.open_staff_account(
            name="Danielle", email=" DANIELLE@Example.ORG", by=SETUP, verdict=YES
        )
        assert again == danielle.pk
        loretta = resident()
        work = actions.open_staff_account(name="L", email="Loretta@example.org", by=SETUP, verdict=YES)
        assert work not in (loretta.pk, danielle.pk)
        with pytest.raises(Conflict):
            actions.change_address(work, email="danielle@example.org", by=SETUP, verdict=YES)


def test_what_is_over_is_swept_up() -> None:
    browser = browser_of(staff())
    throttle.allowed("try", "x", times=1, within=timedelta(minutes=1))
    tasks.sweep()
    assert is_in(browser)
    with at(now() + timedelta(days=2)):
        tasks.sweep()
    assert not Session.objects.exists()
    assert not Attempt.objects.exists()


def test_there_is_no_password_to_guess() -> None:
    danielle = staff()
    assert not danielle.has_usable_password()
    assert not danielle.check_password("")
    with pytest.raises(NotImplementedError):
        danielle.set_password("secret")
    assert authenticate(username="danielle@example.org", password="") is None
