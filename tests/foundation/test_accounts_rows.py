"""Accounts of persons served are rows about persons (SECURITY P02, A07, A15): no list, no count."""

from dataclasses import replace
from uuid import UUID

import pytest
from django.db import connection
from tests.foundation.accounts_tools import browser_of, is_in
from tests.people.cast import TERESA, Table, lay_table, register

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.accounts.notices import SENDER, resident_at
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.errors import Conflict
from commonweal.people import actions as people

ADDRESS = "teresa@example.org"


@pytest.fixture
def table(db: None) -> Table:
    return lay_table()


@pytest.fixture
def teresa(table: Table) -> UUID:
    """Teresa Aguilar, known to the hospital, with a page of her own."""
    found = register(TERESA, table.danielle)
    with acting(table.danielle):
        people.give_own_page(found, by=table.danielle, email=ADDRESS)
    return found


def seen() -> bool:
    return Account.objects.filter(email=ADDRESS).exists()


def test_only_those_whom_it_concerns_see_that_there_is_an_account(table: Table, teresa: UUID) -> None:
    with acting(table.danielle):
        assert seen()
    for actor in (table.marcus, table.ines, Actor.public()):
        with acting(actor):
            assert not seen(), actor
            assert not Account.objects.filter(person_id__isnull=False).exists()
            assert not Account.objects.filter(person_id=teresa).update(email="taken@example.org")
            with connection.cursor() as cursor:
                cursor.execute("select count(*) from accounts_account where email = %s", [ADDRESS])
                assert cursor.fetchone() == (0,)
    assert not seen(), "without a context nothing is there"
    with acting(SENDER):
        assert resident_at(ADDRESS) is not None


def test_she_comes_in_and_acts_as_herself(table: Table, teresa: UUID) -> None:
    with acting(SENDER):
        account = resident_at(ADDRESS)
    assert account is not None
    assert Account.objects.to_enter(account.pk) == account
    with acting(SENDER):
        browser = browser_of(account)
    assert is_in(browser)
    assert browser.get("/accounts/passkeys/").status_code == 200
    assert browser.post("/accounts/passkeys/add/options/").status_code == 200


def test_a_closed_account_does_not_enter(table: Table, teresa: UUID) -> None:
    with acting(SENDER):
        account = resident_at(ADDRESS)
        assert account is not None
        Account.objects.filter(pk=account.pk).update(is_active=False)
    assert Account.objects.to_enter(account.pk) is None


def test_a_second_page_at_an_address_is_opened_without_it_and_only_the_address_is_told(
    table: Table, teresa: UUID
) -> None:
    """A17: to the worker of another partner it looks like any other page; the first page is untouched."""
    with acting(table.marcus):
        hers = register(TERESA, table.marcus)
        page = people.give_own_page(hers, by=table.marcus, email=ADDRESS)
    with acting(SENDER):
        assert Account.objects.get(pk=page).email is None
        assert resident_at(ADDRESS).person_id == teresa
        mail = Outbound.objects.get(to=ADDRESS)
    assert (mail.template, mail.person_id) == ("accounts/mail/taken", None)
    assert "Teresa" not in mail.text + mail.subject


def test_whoever_knows_a_person_with_that_address_is_told_so(table: Table, teresa: UUID) -> None:
    sister = register(replace(TERESA, given="Ana"), table.danielle)
    with acting(table.danielle), pytest.raises(Conflict):
        people.give_own_page(sister, by=table.danielle, email=ADDRESS)
