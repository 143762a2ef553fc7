"""C13, P08: an emergency opens a record for an hour, with a reason, in their sight, and is reviewed."""

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from django.db import connection, transaction
from django.test import Client
from tests.people.browsing import text
from tests.security.county import CANARY, PROBER, County

from commonweal.foundation.access import acting
from commonweal.foundation.access.models import AccessGlass
from commonweal.foundation.access.vocabulary import Purpose, Role

OTHERS = (Role.CASE_WORKER, Role.COUNTY_WORKER, Role.COORDINATOR, Role.SUPERVISOR, Role.ORG_ADMIN)
REASON = {"reason": "Brought in unconscious, no papers but a card"}
GIVEN = f"{CANARY['millrace']}given"


@pytest.fixture(scope="module")
def signed_in(county: County) -> None:
    """Everyone's session, begun before what a single test does is undone."""
    for role in (*OTHERS, Role.CLINICIAN, Role.PRIVACY_OFFICER):
        county.browser(role, PROBER)
    county.browser(Role.PRIVACY_OFFICER, "alder-general")
    county.browser(Role.RESIDENT, "millrace")


@pytest.fixture(autouse=True)
def undone(signed_in: None) -> Iterator[None]:
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def teresa(county: County) -> UUID:
    """A person of Millrace, whom nobody at Northbank Rides may see."""
    return county.persons["millrace"]


@pytest.fixture
def clinician(county: County) -> Client:
    return county.browser(Role.CLINICIAN, PROBER)


def test_without_breaking_it_nothing_is_there(clinician: Client, teresa: UUID) -> None:
    assert clinician.get(f"/emergency/{teresa}/record/").status_code == 404
    assert clinician.get(f"/people/{teresa}/").status_code == 404


def test_without_a_reason_it_stays_whole(clinician: Client, teresa: UUID) -> None:
    for reason in ("", "urgent", "          "):
        page = clinician.post(f"/emergency/{teresa}/", {"reason": reason})
        assert page.status_code == 200, "the form again, with what is missing"
    assert clinician.get(f"/emergency/{teresa}/record/").status_code == 404


def test_with_a_reason_it_shows_who_it_is_and_the_person_reads_of_it(
    county: County, clinician: Client, teresa: UUID
) -> None:
    there = clinician.post(f"/emergency/{teresa}/", REASON)
    assert there.url == f"/emergency/{teresa}/record/"
    page = clinician.get(there.url)
    assert GIVEN in text(page)
    assert "p.m.." not in text(page)
    assert "a.m.." not in text(page)
    assert "<dd>en</dd>" not in page.content.decode(), "a language has a name"
    assert "<dd>+1" not in page.content.decode(), "a number as people here write it"
    assert page.headers["Cache-Control"] == "no-store"
    log = text(county.browser(Role.RESIDENT, "millrace").get("/my/seen/"))
    assert "opened your records in an emergency" in log
    assert "Emergency" in log
    assert "Worker clinician" in log


def test_it_ends(county: County, clinician: Client, teresa: UUID) -> None:
    clinician.post(f"/emergency/{teresa}/", REASON)
    with acting(county.actor(PROBER, Role.CLINICIAN, Purpose.EMERG)) as by:
        row = AccessGlass.objects.get(person_id=teresa, account_id=by.account_id)
        assert (row.ends_at - row.starts_at).total_seconds() <= 3600
        AccessGlass.objects.filter(pk=row.pk).update(closed_at=row.starts_at)
    assert clinician.get(f"/emergency/{teresa}/record/").status_code == 404


def test_a_victim_service_provider_stays_shut_and_looks_like_nobody(
    county: County, clinician: Client
) -> None:
    """DOMAIN 2.8: and whoever tries cannot tell that there is a person."""
    for person in (county.persons["safe-harbor"], uuid4()):
        assert clinician.post(f"/emergency/{person}/", REASON).status_code == 302
        page = clinician.get(f"/emergency/{person}/record/")
        assert page.status_code == 404
        assert CANARY["safe-harbor"] not in text(page)


@pytest.mark.parametrize("role", OTHERS)
def test_no_other_role_has_the_hammer(county: County, teresa: UUID, role: Role) -> None:
    browser = county.browser(role, PROBER)
    for path in (f"/emergency/{teresa}/", f"/emergency/{teresa}/record/"):
        assert browser.get(path).status_code == 403
    assert browser.post(f"/emergency/{teresa}/", REASON).status_code == 403


def test_the_sixth_in_an_hour_is_refused(clinician: Client) -> None:
    answers = [clinician.post(f"/emergency/{uuid4()}/", REASON).status_code for _ in range(6)]
    assert answers == [302] * 5 + [403]


def test_another_person_reviews_it_and_the_person_reads_what_came_of_it(
    county: County, clinician: Client, teresa: UUID
) -> None:
    clinician.post(f"/emergency/{teresa}/", REASON)
    officer = county.browser(Role.PRIVACY_OFFICER, PROBER)
    with acting(county.actor(PROBER, Role.PRIVACY_OFFICER, Purpose.AUD)), connection.cursor() as cursor:
        cursor.execute(
            "select id from access_glass where person_id = %s and partner_id = guard.partner()", [teresa]
        )
        glass = cursor.fetchone()[0]
    assert str(glass) in text(officer.get("/")), "it waits on the officer's home"
    page = text(officer.get(f"/emergency/reviews/{glass}/"))
    assert REASON["reason"] in page
    assert GIVEN not in page, "who it is plays no part"
    strangers = county.browser(Role.PRIVACY_OFFICER, "alder-general")
    assert strangers.get(f"/emergency/reviews/{glass}/").status_code == 404
    said = {"was_right": "no", "words": "A card had the daughter's number on it"}
    assert officer.post(f"/emergency/reviews/{glass}/", said).status_code == 302
    assert officer.get(f"/emergency/reviews/{glass}/").status_code == 404, "once"
    assert "it was not right" in text(county.browser(Role.RESIDENT, "millrace").get("/my/seen/"))
