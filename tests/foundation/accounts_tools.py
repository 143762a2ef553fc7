"""Small cast and short ways for tests of signing in."""

import json
from typing import Any
from uuid import UUID

from django.test import Client
from tests.foundation.soft_passkey import SoftPasskey

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import actions
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.accounts.sessions import Factor
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import allow

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")
YES = allow("test", "A test says so.")


def staff(name: str = "Danielle Whitfield", *roles: Role, partner_id: UUID | None = None) -> Account:
    """Someone who works here, awake, with these roles."""
    with acting(SETUP):
        made = actions.open_staff_account(
            name=name,
            email=f"{name.split()[0].casefold()}@example.org",
            by=SETUP,
            verdict=YES,
            asleep=False,
        )
        for role in roles or (Role.OPERATOR,):
            actions.seat(made, partner_id=partner_id, role=role, by=SETUP, verdict=YES)
    return Account.objects.get(pk=made)


def resident(name: str = "Loretta Hayes", email: str = "loretta@example.org", phone: str = "") -> Account:
    """A resident member."""
    with acting(SETUP):
        made = actions.open_resident_account(name=name, email=email, phone=phone, by=SETUP, verdict=YES)
        actions.seat(made, partner_id=None, role=Role.MEMBER, by=SETUP, verdict=YES)
    return Account.objects.get(pk=made)


def browser_of(account: Account, factor: Factor = Factor.PASSKEY, seat: Membership | None = None) -> Client:
    """A browser in which ``account`` is signed in and sits on its first seat (or on ``seat``)."""
    client = Client()
    account.refresh_from_db()
    client.force_login(account)
    session = client.session
    chosen = seat or Membership.objects.filter(account=account, until=None).order_by("since", "id").first()
    moment = now().timestamp()
    session.update({"began": moment, "seen": moment, "factor": factor.value})
    if chosen is not None:
        session["seat"] = str(chosen.pk)
    elif account.person_id:
        session["seat"] = "self"
    session.save()
    return client


def is_in(client: Client, **headers: Any) -> bool:
    """Whether the browser is signed in, asked by a request that counts as use unless ``headers`` say not."""
    return client.get("/accounts/me/", **headers).status_code == 200


def options(client: Client, url: str) -> dict[str, Any]:
    """A challenge."""
    reply = client.post(url)
    assert reply.status_code == 200, reply.content
    found: dict[str, Any] = json.loads(reply.content)
    return found


def register(client: Client, url: str, passkey: SoftPasskey, **how: Any) -> Any:
    """Answer a challenge for a new passkey at ``url``."""
    answer = passkey.create(options(client, f"{url}options/"), **how)
    return client.post(url, {"credential": json.dumps(answer), "name": "Test key"})


def sign_in(client: Client, passkey: SoftPasskey, **how: Any) -> Any:
    """Sign in with a passkey."""
    answer = passkey.get(options(client, "/accounts/sign-in/options/"), **how)
    return client.post("/accounts/sign-in/", {"credential": json.dumps(answer)})


def invited(account: Account, membership: Membership | None = None) -> str:
    """The address of a fresh invitation."""
    with acting(SETUP):
        secret = actions.invite(
            account.pk, membership.pk if membership else None, by=SETUP, verdict=YES
        ).secret
    return f"/accounts/invitation/{secret}/"


def with_passkey(account: Account) -> SoftPasskey:
    """A passkey that the account registered by invitation."""
    passkey = SoftPasskey()
    reply = register(Client(), invited(account), passkey)
    assert reply.status_code == 302, reply.content
    return passkey
