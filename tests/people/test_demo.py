"""The demo's people: the cast with what they said yes to, and neighbors drawn by one lot."""

from collections import Counter
from datetime import date

import pytest

from commonweal.foundation.access import acting
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import Account, DemoCard
from commonweal.governance import demo as governance_demo
from commonweal.partners import demo as partners_demo
from commonweal.people import demo, facade
from commonweal.people.demo.neighbors import SERVED, neighbors

from .cast import GENERAL


@pytest.fixture
def seeded(db: None) -> demo.Seeded:
    with acting(partners_demo.SETUP):
        installation.mark("demo", name="Alder County Health Table")
    partners_demo.seed()
    governance_demo.seed(partners_demo.keeper())
    return demo.seed(most=25)


def test_the_cast_is_there_and_says_what_it_said(seeded: demo.Seeded):
    danielle = partners_demo.actor("Danielle Whitfield")
    with acting(danielle):
        teresa = facade.person(seeded.teresa)
        assert (teresa.name, teresa.language, teresa.age_on(date.today())) == ("Teresa Aguilar", "es", 65)  # noqa: DTZ011
        consents = facade.consents_of(seeded.teresa)
        assert all("Puede decir que no." in consent.words for consent in consents)
        hospital, pantry = (partners_demo.partner_id(s) for s in ("alder-general", "ferry-street"))
        assert facade.may_share(
            seeded.teresa, hospital, pantry, GENERAL, danielle.purpose, topic="food-insecurity"
        )
        assert not facade.may_share(
            seeded.teresa, hospital, pantry, GENERAL, danielle.purpose, topic="stress"
        )
        account = Account.objects.get(person_id=seeded.teresa)
    assert DemoCard.objects.get(account_id=account.pk).order == 40
    assert sum(map(len, seeded.neighbors.values())) == 25


def test_neighbors_are_the_same_each_time_and_as_many_as_promised():
    once, twice = (list(neighbors(date(2026, 11, 22))) for _ in range(2))
    assert once == twice
    assert Counter(n.partner for n in once) == Counter(SERVED)
    assert 2400 <= len(once) <= 2600
    phones = [n.draft.phone for n in once if n.draft.phone]
    assert len(phones) == len(set(phones))
    assert all("-555-01" in phone for phone in phones), "numbers kept for stories"
    tongues = Counter(n.draft.language for n in once)
    assert tongues["en"] > tongues["es"] > tongues["vi"] > 0
