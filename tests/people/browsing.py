"""Browsers of workers and of persons, signed in by a real session."""

from uuid import UUID

from django.conf import settings
from django.contrib.sessions.backends.db import SessionStore
from django.http import HttpRequest
from django.test import Client

from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import sessions
from commonweal.foundation.accounts.models import Account, Membership

from .cast import SETUP, Table


def _signed_in(account: Account, factor: sessions.Factor) -> Client:
    request = HttpRequest()
    request.session = SessionStore()
    sessions.begin(request, account, factor)
    request.session.save()
    client = Client()
    client.cookies[settings.SESSION_COOKIE_NAME] = request.session.session_key or ""
    return client


def worker(table: Table, slug: str, role: Role = Role.COORDINATOR, *, language: str = "en") -> Client:
    """A worker's browser."""
    email = f"{slug}-{role.value}-{language}@example.org"
    account = Account.objects.create(kind="staff", name=f"Worker of {slug}", email=email, language=language)
    Membership.objects.create(account=account, partner_id=table[slug], role=role.value)
    return _signed_in(account, sessions.Factor.PASSKEY)


def person(person_id: UUID, *, language: str = "en") -> Client:
    """A person's own browser."""
    with acting(SETUP):
        account = Account.objects.filter(person_id=person_id).first() or Account.objects.create(
            kind="resident",
            name="Teresa Aguilar",
            phone="+15415550118",
            person_id=person_id,
            language=language,
        )
    return _signed_in(account, sessions.Factor.LINK)


def text(response: object) -> str:
    """The page as text, entities read."""
    import html

    return html.unescape(response.content.decode())  # type: ignore[attr-defined]
