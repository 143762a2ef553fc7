"""Passkeys, against a client that lies (SECURITY N02, N05, N11)."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from allauth.mfa.models import Authenticator
from cryptography.hazmat.primitives.asymmetric import ec
from django.test import Client
from tests.foundation.accounts_tools import (
    SETUP,
    YES,
    browser_of,
    invited,
    is_in,
    options,
    register,
    sign_in,
    staff,
    with_passkey,
)
from tests.foundation.soft_passkey import SoftPasskey

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import actions, passkeys, tokens
from commonweal.foundation.accounts.models import Account, Invitation, Membership
from commonweal.kernel.clock import at, now

pytestmark = pytest.mark.django_db


def test_an_invitation_ends_in_a_passkey_and_the_passkey_signs_in() -> None:
    danielle = staff()
    passkey = with_passkey(danielle)
    browser = Client()
    reply = sign_in(browser, passkey)
    assert reply.status_code == 302
    assert is_in(browser)


@pytest.mark.parametrize(
    "how",
    [
        {"verified": False},
        {"origin": "https://evil.example"},
        {"origin": "http://testserver.evil.example"},
        {"origin": "https://testserver"},
        {"origin": "http://testserver:8080"},
        {"origin": "http://sub.testserver"},
        {"step": 0},
        {"user_handle": b"6f0c1c9e-6a1d-4a0a-9a70-6f3cb8b1f3aa"},
        {"user_handle": b"not-an-account"},
        {"user_handle": b"\xff\xfe"},
    ],
    ids=str,
)
def test_a_wrong_answer_is_refused_on_the_server(how: dict[str, object]) -> None:
    passkey = with_passkey(staff())
    passkey.count = 5
    assert sign_in(Client(), passkey).status_code == 302
    browser = Client()
    reply = sign_in(browser, passkey, **how)
    assert reply.status_code == 403
    assert not is_in(browser)


def test_a_passkey_of_another_site_is_refused() -> None:
    danielle = staff()
    elsewhere = SoftPasskey(rp_id="evil.example")
    assert register(Client(), invited(danielle), elsewhere).status_code == 403


@pytest.mark.parametrize("how", [{"verified": False}, {"origin": "https://evil.example"}], ids=str)
def test_a_wrong_registration_is_refused(how: dict[str, object]) -> None:
    danielle = staff()
    url = invited(danielle)
    assert register(Client(), url, SoftPasskey(), **how).status_code == 403
    assert passkeys.of(danielle) == []
    assert register(Client(), url, SoftPasskey()).status_code == 302


def test_an_algorithm_that_we_do_not_take_is_refused() -> None:
    assert register(Client(), invited(staff()), SoftPasskey(curve=ec.SECP384R1())).status_code == 403


def test_a_challenge_dies_with_its_first_answer() -> None:
    passkey = with_passkey(staff())
    browser = Client()
    asked = options(browser, "/accounts/sign-in/options/")
    first = {"credential": json.dumps(passkey.get(asked))}
    assert browser.post("/accounts/sign-in/", first).status_code == 302
    browser.post("/accounts/sign-out/")
    assert browser.post("/accounts/sign-in/", first).status_code == 403
    assert Client().post("/accounts/sign-in/", first).status_code == 403

    wrong = {
        "credential": json.dumps(passkey.get(options(browser, "/accounts/sign-in/options/"), verified=False))
    }
    asked = options(browser, "/accounts/sign-in/options/")
    assert browser.post("/accounts/sign-in/", wrong).status_code == 403
    late = {"credential": json.dumps(passkey.get(asked))}
    assert browser.post("/accounts/sign-in/", late).status_code == 403


def test_a_challenge_given_to_another_browser_is_refused() -> None:
    passkey = with_passkey(staff())
    theirs = options(Client(), "/accounts/sign-in/options/")
    mine = Client()
    options(mine, "/accounts/sign-in/options/")
    reply = mine.post("/accounts/sign-in/", {"credential": json.dumps(passkey.get(theirs))})
    assert reply.status_code == 403


def test_a_counter_that_steps_back_means_a_copied_key() -> None:
    passkey = with_passkey(staff())
    passkey.count = 10
    assert sign_in(Client(), passkey).status_code == 302
    assert sign_in(Client(), passkey, step=-5).status_code == 403


def test_a_passkey_without_a_counter_works() -> None:
    passkey = with_passkey(staff())
    for _ in range(2):
        assert sign_in(Client(), passkey, step=0).status_code == 302


def test_the_credential_of_another_account_is_refused() -> None:
    danielle = with_passkey(staff())
    marcus = staff("Marcus Odom")
    with_passkey(marcus)
    assert sign_in(Client(), danielle, user_handle=str(marcus.pk).encode()).status_code == 403


@pytest.mark.parametrize(
    "body", ["", "null", "[]", "{}", '{"response": 1}', '{"id": {}}', '"x"', "{not json", "1" * 5000]
)
def test_nonsense_is_refused_and_never_breaks(body: str) -> None:
    browser = Client()
    options(browser, "/accounts/sign-in/options/")
    assert browser.post("/accounts/sign-in/", {"credential": body}).status_code == 403


def test_a_closed_account_cannot_come_in() -> None:
    danielle = staff()
    passkey = with_passkey(danielle)
    with acting(SETUP):
        actions.close(danielle.pk, why="Left.", by=SETUP, verdict=YES)
    assert sign_in(Client(), passkey).status_code == 403


# Invitations (N11)


def test_an_invitation_works_once() -> None:
    url = invited(staff())
    assert register(Client(), url, SoftPasskey()).status_code == 302
    assert Client().get(url).status_code == 404
    assert Client().post(f"{url}options/").status_code == 404


def test_an_invitation_ends_after_seven_days() -> None:
    url = invited(staff())
    with at(now() + tokens.INVITATION_LASTS - timedelta(seconds=1)):
        assert Client().get(url).status_code == 200
    with at(now() + tokens.INVITATION_LASTS):
        assert Client().get(url).status_code == 404


def test_a_newer_invitation_kills_the_older() -> None:
    danielle = staff()
    older, newer = invited(danielle), invited(danielle)
    assert Client().get(older).status_code == 404
    assert Client().get(newer).status_code == 200


def test_an_invitation_dies_with_its_address_and_with_its_role() -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR)
    membership = Membership.objects.get(account=danielle)
    url = invited(danielle, membership)
    with acting(SETUP):
        actions.change_address(danielle.pk, email="other@example.org", by=SETUP, verdict=YES)
    assert Client().get(url).status_code == 404
    url = invited(Account.objects.get(pk=danielle.pk), membership)
    with acting(SETUP):
        actions.unseat(membership.pk, why="Left.", by=SETUP, verdict=YES)
    assert Client().get(url).status_code == 404


def test_nothing_in_the_form_can_change_what_was_invited() -> None:
    danielle = staff("Danielle Whitfield", Role.ELECTION_OFFICER)
    url = invited(danielle, Membership.objects.get(account=danielle))
    browser, passkey = Client(), SoftPasskey()
    answer = passkey.create(options(browser, f"{url}options/"))
    said = {
        "credential": json.dumps(answer),
        "role": "operator",
        "partner_id": "x",
        "account": "y",
        "email": "evil@example.org",
    }
    assert browser.post(url, said).status_code == 302
    danielle.refresh_from_db()
    assert danielle.email == "danielle@example.org"
    assert [m.role for m in danielle.memberships.all()] == ["election_officer"]


def test_the_challenge_of_one_invitation_serves_no_other() -> None:
    danielle, marcus = staff(), staff("Marcus Odom")
    mine, theirs, browser = invited(danielle), invited(marcus), Client()
    answer = SoftPasskey().create(options(browser, f"{mine}options/"))
    assert browser.post(theirs, {"credential": json.dumps(answer)}).status_code == 403


def test_an_invitation_shuts_out_what_came_before() -> None:
    """The way back after a loss is no weaker than the first way in, and ends the thief's session."""
    danielle = staff()
    stolen = with_passkey(danielle)
    thief = Client()
    sign_in(thief, stolen)
    assert is_in(thief)
    fresh = with_passkey(danielle)
    assert not is_in(thief)
    assert sign_in(Client(), stolen).status_code == 403
    assert sign_in(Client(), fresh).status_code == 302
    assert Authenticator.objects.filter(user=danielle).count() == 1


def test_only_the_hash_of_an_invitation_is_kept() -> None:
    secret = invited(staff()).split("/")[-2]
    row = Invitation.objects.get()
    assert secret not in {str(v) for v in row.__dict__.values()}
    assert row.token_hash == tokens.hashed(secret)


def offered(account: Account, role: Role = Role.ELECTION_OFFICER) -> str:
    """The address of an invitation to one seat more."""
    with acting(SETUP):
        secret = actions.invite(account.pk, None, by=SETUP, verdict=YES, role=role).secret
    return f"/accounts/invitation/{secret}/"


def test_an_invitation_from_elsewhere_touches_neither_passkey_nor_session() -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR)
    passkey = with_passkey(danielle)
    browser = Client()
    sign_in(browser, passkey)
    url = offered(danielle)
    stranger = Client()
    assert b"Sign in" in stranger.get(url).content
    assert stranger.post(f"{url}options/").status_code == 404
    answer = json.dumps(SoftPasskey().create({"publicKey": {"challenge": "AA", "user": {"id": "AA"}}}))
    assert stranger.post(url, {"credential": answer}).status_code == 403
    assert [m.role for m in danielle.memberships.all()] == ["operator"], "nothing is hers before she says so"
    marcus = browser_of(staff("Marcus Odom"))
    assert marcus.post(url).status_code == 403

    assert browser.post(url).status_code == 302
    assert {m.role for m in danielle.memberships.all()} == {"operator", "election_officer"}
    assert is_in(browser)
    assert browser.post(url).status_code == 404
    assert sign_in(Client(), passkey).status_code == 302


def test_two_partners_inviting_a_sleeper_do_not_shut_each_other_out() -> None:
    danielle = staff("Danielle Whitfield", Role.OPERATOR)
    Account.objects.filter(pk=danielle.pk).update(is_active=False)
    membership = Membership.objects.get(account=danielle)
    first, passkey = invited(danielle, membership), SoftPasskey()
    with acting(SETUP):
        second = actions.invite(
            danielle.pk, None, by=SETUP, verdict=YES, partner_id=uuid4(), role=Role.CASE_WORKER
        ).secret
    assert register(Client(), first, passkey).status_code == 302
    page = Client().get(f"/accounts/invitation/{second}/")
    assert b"You have an account already" in page.content
    assert sign_in(Client(), passkey).status_code == 302


# One's own passkeys


def test_adding_a_passkey_needs_a_fresh_proof() -> None:
    danielle = staff()
    first, second = with_passkey(danielle), SoftPasskey()
    browser = Client()
    sign_in(browser, first)
    later = now() + timedelta(minutes=11)
    with at(later - timedelta(minutes=1, seconds=30)):
        assert is_in(browser)
    with at(later):
        assert browser.post("/accounts/passkeys/add/options/").status_code == 403
        assert browser.post("/accounts/passkeys/add/", {"credential": "{}"}).status_code == 403
        before = browser.session.session_key
        answer = first.get(options(browser, "/accounts/sign-in/options/"))
        assert browser.post("/accounts/again/", {"credential": json.dumps(answer)}).status_code == 302
        assert browser.session.session_key != before
        assert register(browser, "/accounts/passkeys/add/", second).status_code == 302
    assert sign_in(Client(), second).status_code == 302


def test_someone_elses_passkey_proves_nothing() -> None:
    danielle, marcus = staff(), staff("Marcus Odom")
    with_passkey(danielle)
    theirs = with_passkey(marcus)
    browser = browser_of(danielle)
    answer = theirs.get(options(browser, "/accounts/sign-in/options/"))
    assert browser.post("/accounts/again/", {"credential": json.dumps(answer)}).status_code == 403


def test_the_last_passkey_stays_and_others_go_with_their_sessions() -> None:
    danielle = staff()
    first, second = with_passkey(danielle), SoftPasskey()
    browser, other = Client(), Client()
    sign_in(browser, first)
    register(browser, "/accounts/passkeys/add/", second)
    sign_in(other, second)
    gone = Authenticator.objects.filter(user=danielle).order_by("pk").last()
    assert browser.post(f"/accounts/passkeys/{gone.pk}/remove/").status_code == 302
    assert is_in(browser)
    assert not is_in(other)
    assert sign_in(Client(), second).status_code == 403
    last = Authenticator.objects.get(user=danielle)
    assert browser.post(f"/accounts/passkeys/{last.pk}/remove/").status_code == 409
    assert sign_in(Client(), first).status_code == 302


def test_nobody_removes_the_passkey_of_another() -> None:
    danielle, marcus = staff(), staff("Marcus Odom")
    with_passkey(danielle)
    with_passkey(marcus)
    theirs = Authenticator.objects.get(user=marcus)
    assert browser_of(danielle).post(f"/accounts/passkeys/{theirs.pk}/remove/").status_code == 409
    assert Authenticator.objects.filter(pk=theirs.pk).exists()
