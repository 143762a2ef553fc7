"""Who decides at which age, and the least that each kind of help needs."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4
from zoneinfo import ZoneInfo

import pytest

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.people.rules.ages import is_of_age, proxy_may_see, school_rights_are_theirs, turns
from commonweal.people.rules.births import Birth, read_birth
from commonweal.people.rules.contacts import email_clean, phone_e164, phone_shown
from commonweal.people.rules.minimum import elements_for, reduced, reduced_contact
from commonweal.people.shapes import ContactShape, PersonShape
from commonweal.people.vocabulary import Channel, DatePrecision, Element

HOME = ZoneInfo("America/Los_Angeles")
BORN = date(2008, 11, 21)
MIDNIGHT = datetime(2026, 11, 21, tzinfo=HOME)


def test_of_age_at_midnight_at_home():
    """2-T10, C17: the minute itself, in the person's own zone."""
    assert turns(BORN, 18, HOME) == MIDNIGHT
    assert not is_of_age(BORN, MIDNIGHT - timedelta(microseconds=1), HOME)
    assert is_of_age(BORN, MIDNIGHT, HOME)
    assert is_of_age(BORN, MIDNIGHT.astimezone(UTC), HOME)


def test_a_leap_day_birthday_comes_on_march_first():
    assert turns(date(2008, 2, 29), 18, HOME) == datetime(2026, 3, 1, tzinfo=HOME)
    assert turns(date(2008, 2, 29), 20, HOME) == datetime(2028, 2, 29, tzinfo=HOME)


def test_the_proxy_ends_and_what_was_asked_alone_stays_hidden():
    before = MIDNIGHT - timedelta(days=30)
    alone = {"born": BORN, "recorded_at": before, "zone": HOME}
    assert proxy_may_see(Segment.GENERAL, at=before, **alone)
    hidden = proxy_may_see(Segment.SUBSTANCE_USE, at=before, **alone)
    assert hidden.rule == "proxy.own-consent"
    assert proxy_may_see(Segment.SUBSTANCE_USE, at=before, named=True, **alone)
    assert proxy_may_see(Segment.GENERAL, at=MIDNIGHT, **alone).rule == "proxy.of-age"
    early = {**alone, "recorded_at": turns(BORN, 10, HOME)}
    assert proxy_may_see(Segment.SUBSTANCE_USE, at=before, **early), "asked by the parent, before that age"


def test_school_rights_pass_at_18_or_with_college():
    young = turns(BORN, 17, HOME)
    assert not school_rights_are_theirs(BORN, young, HOME, post_secondary=False)
    assert school_rights_are_theirs(BORN, young, HOME, post_secondary=True)
    assert school_rights_are_theirs(BORN, MIDNIGHT, HOME, post_secondary=False)


TERESA = PersonShape(
    id=uuid4(),
    given="Teresa",
    family="Aguilar Ríos",
    birth_date=date(1961, 3, 9),
    birth_precision=DatePrecision.DAY,
    language="es",
    phone="+15415550118",
    place="Ferry Street",
    zip="97701",
)


def test_a_pantry_gets_a_first_name_and_no_birth_date():
    """2-T12."""
    least = reduced(TERESA, elements_for([NeedDomain.FOOD]))
    assert (least.given, least.family, least.birth_date, least.zip) == ("Teresa", "", None, "")
    assert least.phone == TERESA.phone
    assert "Aguilar" not in repr(least)
    assert "1961" not in repr(least)


def test_a_year_is_not_a_birth_date():
    year = reduced(TERESA, elements_for([NeedDomain.HOUSING]))
    assert (year.birth_date, year.birth_precision) == (date(1961, 1, 1), DatePrecision.YEAR)
    whole = reduced(TERESA, elements_for([NeedDomain.INSURANCE]))
    assert whole.birth_date == TERESA.birth_date


def test_safety_carries_no_phone_and_keeps_the_warning():
    contact = ContactShape(
        person_id=TERESA.id,
        name="Teresa Aguilar",
        language="es",
        phone="+15415550118",
        address="12 Ferry Street",
        unsafe=frozenset({Channel.TEXT}),
    )
    least = reduced_contact(contact, elements_for([NeedDomain.SAFETY]))
    assert (least.phone, least.address, least.name) == ("", "", "Teresa")
    assert least.unsafe == {Channel.TEXT}


@pytest.mark.parametrize("domain", list(NeedDomain))
def test_every_need_has_its_least(domain):
    elements = elements_for([domain])
    assert Element.LANGUAGE in elements
    assert len(elements) < len(Element)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1961-03-09", Birth(date(1961, 3, 9))),
        ("3/9/1961", Birth(date(1961, 3, 9))),
        ("1961-03", Birth(date(1961, 3, 1), DatePrecision.MONTH)),
        ("03/1961", Birth(date(1961, 3, 1), DatePrecision.MONTH)),
        ("1961", Birth(date(1961, 1, 1), DatePrecision.YEAR)),
        ("", Birth(None, DatePrecision.UNKNOWN)),
    ],
)
def test_birth_dates_as_people_know_them(text, expected):
    assert read_birth(text, date(2026, 11, 22)) == expected


@pytest.mark.parametrize("text", ["2062-03-09", "1820", "2/30/1961", "soon", "1-2-3-4", "٣/٩/1961"])
def test_impossible_birth_dates_are_said(text):
    with pytest.raises(ValueError, match=r".+"):
        read_birth(text, date(2026, 11, 22))


def test_not_asked_is_not_yes():
    contact = ContactShape(person_id=TERESA.id, name="Teresa", language="es", safe=frozenset({Channel.CALL}))
    assert contact.may(Channel.CALL)
    assert not contact.may(Channel.TEXT)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("(541) 555-0118", "+15415550118"),
        ("555-0118", "+15415550118"),
        ("541-555-0118 x12", "+15415550118;ext=12"),
        ("+52 55 1234 5678", "+525512345678"),
        (" ", ""),
    ],
)
def test_phones(text, expected):
    assert phone_e164(text, area="541") == expected


def test_phones_that_are_none():
    for text in ("call me", "12"):
        with pytest.raises(ValueError, match="not a phone"):
            phone_e164(text)
    assert phone_shown("+15415550118") == "(541) 555-0118"


def test_mail_addresses():
    assert email_clean(" Teresa@Example.ORG ") == "Teresa@example.org"
    with pytest.raises(ValueError, match="not a mail"):
        email_clean("teresa at example")
