"""Keeping entries true: checks by link, corrections, room, and the words of the search."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from directory_rows import NOW, MakeService

from commonweal.directory import facade
from commonweal.directory import models as m
from commonweal.directory.actions import corrections, verification, words
from commonweal.directory.actions.capacity import report_capacity
from commonweal.directory.actions.search_index import KEEPER
from commonweal.directory.events import CapacityReported, ServiceVerified
from commonweal.directory.models_search import CapacityReport, SuggestedCorrection, VerificationRequest
from commonweal.directory.rules.checking import FACTS
from commonweal.directory.shapes_search import SearchQuery
from commonweal.directory.vocabulary import Capacity, MatchKind, VerifiedHow
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.clock import at
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.partners.models import Partner

pytestmark = pytest.mark.django_db
STRANGER = Actor.public()
OTHER = Actor(Role.CASE_WORKER, Purpose.OPS, partner_id=UUID(int=9), name="Somebody else")


@pytest.fixture
def pantry(make: MakeService) -> Any:
    """A partner with one service that can be asked by e-mail."""
    partner = Partner.objects.create(
        name="Ferry Street Pantry", slug="ferry-street", sector="social-services", joined_on=NOW.date()
    )
    service = make(
        "Weekly food box",
        organization="Ferry Street Pantry",
        partner_id=partner.pk,
        email="hello@ferry-street.example",
        days_unchecked=170,
    )
    worker = Actor(Role.CASE_WORKER, Purpose.OPS, partner_id=partner.pk, name="Marcus Odom")
    return service, worker


def link_for(service: UUID) -> str:
    with acting(KEEPER):
        asked = verification.ask_verification(service, by=KEEPER)
    assert asked
    return asked.token


def test_the_organization_gets_one_link_by_mail(pantry: Any) -> None:
    service, _ = pantry
    token = link_for(service)
    with acting(KEEPER):
        mail = Outbound.objects.get()
        assert mail.to == "hello@ferry-street.example"
        assert f"/directory/v/{token}/" in mail.text
        assert token not in mail.subject
    assert VerificationRequest.objects.get().sent_to == mail.to


def test_an_organization_confirms_its_entry_without_an_account(pantry: Any, visitor: Any) -> None:
    service, _ = pantry
    token = link_for(service)
    page = visitor.get(f"/directory/v/{token}/").content.decode()
    assert "No account needed" in page
    assert "Monday: 9:00 am to 5:00 pm" in page
    assert page.count("btn first") == 1
    answers = {f"fact-{code}": "yes" for code in FACTS}
    answer = visitor.post(f"/directory/v/{token}/", answers | {"room": "waitlist", "until": "2026-12-08"})
    assert "checked by you today" in answer.content.decode()
    with acting(KEEPER):
        row = m.Service.objects.get(pk=service)
    assert (row.verified_how, row.verified_at) == (VerifiedHow.ORGANIZATION, NOW)
    hit = facade.find(SearchQuery(need="food"), at=NOW).hits[0]
    assert hit.freshness.words == "Checked by them today"
    assert hit.room.words == "Waiting list until about 2026-12-08"
    assert VerificationRequest.objects.get().answered_at == NOW
    public = visitor.get(f"/directory/services/{service}/").content.decode()
    assert f"confirmed {len(FACTS)} facts themselves" in public


def test_a_change_waits_for_a_person_and_the_entry_is_not_called_checked(pantry: Any, visitor: Any) -> None:
    service, _ = pantry
    token = link_for(service)
    answers = {f"fact-{code}": "yes" for code in FACTS} | {
        "fact-hours": "change",
        "said-hours": "Until 8 now",
    }
    visitor.post(f"/directory/v/{token}/", answers)
    row = SuggestedCorrection.objects.get()
    assert (row.fact, row.said, row.from_organization) == ("hours", "Until 8 now", True)
    with acting(KEEPER):
        assert m.Service.objects.get(pk=service).verified_how == "call"


def test_a_change_without_words_is_asked_for_and_nothing_is_lost(pantry: Any, visitor: Any) -> None:
    service, _ = pantry
    token = link_for(service)
    answer = visitor.post(
        f"/directory/v/{token}/",
        {"fact-hours": "change", "said-hours": "", "fact-phone": "yes", "room": "open"},
    )
    page = answer.content.decode()
    assert answer.status_code == 400
    assert "Say in a few words what is right." in page
    assert re.search(r'name="fact-phone" value="yes" checked', page)
    assert not CapacityReport.objects.exists()


def test_links_end(pantry: Any, visitor: Any) -> None:
    service, _ = pantry
    old = link_for(service)
    new = link_for(service)
    assert visitor.get(f"/directory/v/{old}/").status_code == 404  # a newer one ends the older
    assert visitor.get(f"/directory/v/{new}/").status_code == 200
    assert visitor.get(f"/directory/v/{'x' * 43}/").status_code == 404


def test_who_may_ask_for_a_check(pantry: Any) -> None:
    service, worker = pantry
    with acting(worker):
        assert facade.ask_verification(service, by=worker, because="They moved")
    with acting(STRANGER), pytest.raises(Refused):
        verification.ask_verification(service, by=STRANGER)


def test_without_an_address_nobody_is_asked(make: MakeService) -> None:
    service = make("Food box")
    with acting(KEEPER):
        assert facade.ask_verification(service, by=KEEPER) is False
    assert not VerificationRequest.objects.exists()


def test_a_steward_called(pantry: Any) -> None:
    service, _ = pantry
    heard: list[ServiceVerified] = []
    from commonweal.foundation import bus

    bus.when(ServiceVerified)(heard.append)
    with acting(KEEPER):
        verification.mark_checked(service, VerifiedHow.CALL, by=KEEPER)
    assert heard == [ServiceVerified(service, NOW)]
    assert facade.find(SearchQuery(need="food"), at=NOW).hits[0].freshness.words == "Checked by phone today"
    with acting(OTHER), pytest.raises(Refused):
        verification.mark_checked(service, VerifiedHow.CALL, by=OTHER)


# ------------------------------------------------------------------------------------------------ room


def test_room_is_told_by_ones_own_and_by_nobody_else(pantry: Any) -> None:
    service, worker = pantry
    with acting(worker):
        facade.report_capacity(service, Capacity.OPEN, available=12, by=worker)
    now_ = facade.capacity(service)
    assert (now_.state, now_.available, now_.told_at) == (Capacity.OPEN, 12, NOW)
    for who in (OTHER, STRANGER):
        with acting(who), pytest.raises(Refused):
            facade.report_capacity(service, Capacity.CLOSED, by=who)
    assert facade.capacity(service).state is Capacity.OPEN


def test_room_is_forgotten_after_three_days(pantry: Any) -> None:
    service, worker = pantry
    with acting(worker):
        facade.report_capacity(service, Capacity.OPEN, by=worker)
    with at(NOW + timedelta(hours=72)):
        assert facade.capacity(service).state is Capacity.OPEN
    with at(NOW + timedelta(hours=73)):
        told = facade.capacity(service)
    assert (told.state, told.told_state) == (Capacity.UNKNOWN, Capacity.OPEN)


def test_full_until_a_day_holds_until_then(pantry: Any) -> None:
    service, worker = pantry
    with acting(worker):
        facade.report_full(service, for_days=14, by=worker)
    with at(NOW + timedelta(days=14)):
        assert facade.capacity(service).state is Capacity.CLOSED
    with at(NOW + timedelta(days=15)):
        assert facade.capacity(service).state is Capacity.UNKNOWN


def test_a_late_report_does_not_overrule_a_newer_one(pantry: Any) -> None:
    service, worker = pantry
    with acting(worker):
        report_capacity(service, Capacity.CLOSED, by=worker)
        report_capacity(service, Capacity.OPEN, by=worker, occurred_at=NOW - timedelta(hours=2))
    assert facade.capacity(service).state is Capacity.CLOSED
    assert CapacityReport.objects.count() == 2


@pytest.mark.parametrize(
    ("state", "until"),
    [
        (Capacity.OPEN, date(2026, 12, 1)),
        (Capacity.CLOSED, date(2026, 11, 1)),
        (Capacity.CLOSED, date(2030, 1, 1)),
    ],
)
def test_impossible_days_are_refused(pantry: Any, state: Capacity, until: date) -> None:
    service, worker = pantry
    with acting(worker), pytest.raises(BadInput):
        report_capacity(service, state, until=until, by=worker)


def test_a_report_is_told_to_others(pantry: Any) -> None:
    from commonweal.foundation import bus

    service, worker = pantry
    heard: list[CapacityReported] = []
    bus.when(CapacityReported)(heard.append)
    with acting(worker):
        facade.report_capacity(service, Capacity.CLOSED, by=worker)
    assert heard == [CapacityReported(service, Capacity.CLOSED, NOW)]


# ----------------------------------------------------------------------------------------- corrections


def waiting(service: UUID, fact: str, said: str) -> UUID:
    with acting(STRANGER):
        kept = corrections.suggest_correction(service, fact, said, by=STRANGER)
    assert kept
    return kept


def test_a_steward_takes_a_correction_and_the_search_shows_it(pantry: Any) -> None:
    service, _ = pantry
    row = waiting(service, "who", "Families with children only")
    with acting(KEEPER):
        corrections.settle_correction(row, take=True, new_text="Families with children only", by=KEEPER)
        assert m.Service.objects.get(pk=service).eligibility_description == "Families with children only"
    hit = facade.find(SearchQuery(need="food"), at=NOW).hits[0]
    assert any("Families with children" in s.words for s in hit.obstacles)
    with acting(KEEPER), pytest.raises(Conflict):
        corrections.settle_correction(row, take=False, by=KEEPER)


def test_closed_for_good_ends_the_service(pantry: Any) -> None:
    service, _ = pantry
    row = waiting(service, "closed", "")
    with acting(KEEPER):
        corrections.settle_correction(row, take=True, by=KEEPER)
    assert facade.find(SearchQuery(need="food"), at=NOW).total == 0


def test_leaving_it_changes_nothing(pantry: Any) -> None:
    service, _ = pantry
    row = waiting(service, "offer", "They sell cars now")
    with acting(KEEPER):
        corrections.settle_correction(row, take=False, words="Called: not so", by=KEEPER)
    kept = SuggestedCorrection.objects.get()
    assert (kept.state, kept.decision) == ("left", "Called: not so")
    assert facade.find(SearchQuery(need="food"), at=NOW).total == 1


def test_strangers_settle_nothing(pantry: Any) -> None:
    service, _ = pantry
    row = waiting(service, "closed", "")
    for who in (STRANGER, OTHER):
        with acting(who), pytest.raises(Refused):
            corrections.settle_correction(row, take=True, by=who)


# ------------------------------------------------------------------------------------------------ words


def test_a_steward_teaches_the_search_a_word(make: MakeService) -> None:
    make("Supper", needs=("food-insecurity",))
    assert facade.find(SearchQuery(need="la olla de Rosa"), at=NOW).total == 0
    with acting(KEEPER):
        kept = words.add_synonym("la olla", "hot-meal", by=KEEPER)
    assert facade.find(SearchQuery(need="la olla de Rosa"), at=NOW).total == 1
    with acting(KEEPER):
        words.drop_synonym(kept, by=KEEPER)
    assert facade.find(SearchQuery(need="la olla de Rosa"), at=NOW).total == 0
    with acting(OTHER), pytest.raises(Refused):
        words.add_synonym("x", "hot-meal", by=OTHER)
    with acting(KEEPER), pytest.raises(BadInput):
        words.add_synonym("x", "no-such-topic", by=KEEPER)


def test_a_term_is_mapped_once(db: None) -> None:
    with acting(KEEPER):
        one = words.map_term("Ours", MatchKind.CODE, "F1", NeedDomain.FOOD, by=KEEPER)
        assert words.map_term("Ours", MatchKind.CODE, "F1", NeedDomain.FOOD, by=KEEPER) == one
        words.unmap_term(one, by=KEEPER)
    assert not m.TaxonomyMapping.objects.exists()
