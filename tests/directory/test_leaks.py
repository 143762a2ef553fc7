"""A stranger never meets what is private, suppressed, not to be referred to, or where a shelter stands."""

from typing import Any
from uuid import UUID

import pytest
from directory_rows import NOW, MakeService

from commonweal.directory import facade
from commonweal.directory import models as m
from commonweal.directory.actions.search_index import KEEPER, refresh_search
from commonweal.directory.models_search import Place, SearchCard, SearchEntry
from commonweal.directory.shapes_search import SearchQuery, Spot
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

pytestmark = pytest.mark.django_db
CANARY = "Kanarienvogel"
PAGES = ("", "&as=print", "&as=csv", "&as=json", "&all=1", "&page=2", "&open=1")
SECRET_STREET, SECRET_TOWN = "77 Kanarienvogel Row", "Kanarienstadt"


def everything_said(visitor: Any, query: str) -> str:
    """All forms of the answer to a question, in both languages."""
    said = ""
    for language in ("en", "es"):
        for form in PAGES:
            answer = visitor.get(f"/directory/?{query}{form}", headers={"accept-language": language})
            assert answer.status_code == 200, (query, form)
            said += answer.content.decode()
    return said


HIDDEN = [
    {"hidden": "private"},
    {"hidden": "suppressed"},
    {"hidden": "do-not-refer"},
    {"visibility": "partners"},
    {"visibility": "private"},
]


@pytest.mark.parametrize("how", HIDDEN, ids=lambda h: str(next(iter(h.values()))))
def test_hidden_services_are_nowhere(make: MakeService, visitor: Any, how: dict[str, str]) -> None:
    make("Food for all")
    before = visitor.get("/directory/?q=food&as=json").json()
    hidden = make(
        f"Food {CANARY}", organization=f"{CANARY} House", street=SECRET_STREET, days_unchecked=300, **how
    )
    for query in (
        "q=food",
        f"q={CANARY}",
        "need=food-insecurity",
        "near=Alder+Falls",
        "q=food&near=Alder+Falls",
    ):
        assert CANARY not in everything_said(visitor, query).replace(f"q={CANARY}", "").replace(
            f'value="{CANARY}"', ""
        ).replace(f"help: {CANARY}", "").replace(f"ayuda: {CANARY}", "").replace(f"%3D{CANARY}", ""), query
    assert (
        visitor.get("/directory/?q=food&as=json").json() == before
    )  # neither in counts nor in what is left out
    assert visitor.get(f"/directory/services/{hidden}/").status_code == 404
    assert facade.service(hidden) is None


def test_absent_and_hidden_look_alike(make: MakeService, visitor: Any) -> None:
    hidden = make(f"Food {CANARY}", hidden="private")
    absent = visitor.get(f"/directory/services/{UUID(int=7)}/")
    there = visitor.get(f"/directory/services/{hidden}/")
    strip = lambda answer: answer.content.decode().replace(str(hidden), "").replace(str(UUID(int=7)), "")  # noqa: E731
    assert there.status_code == absent.status_code == 404
    assert strip(there) == strip(absent)
    said = {"fact": "other", "said": "?"}
    assert visitor.post(f"/directory/services/{hidden}/suggest/", said).status_code == 404


def test_partners_see_what_is_for_partners(make: MakeService) -> None:
    make("Food for all")
    hidden = make("Food for partners", visibility="partners")
    worker = Actor(Role.COORDINATOR, Purpose.COORD, partner_id=UUID(int=5), name="Danielle")
    with acting(worker):
        found = {hit.name for hit in facade.find(SearchQuery(need="food"), at=NOW).hits}
        assert facade.service(hidden)
    assert found == {"Food for all", "Food for partners"}


@pytest.fixture
def shelter(make: MakeService) -> UUID:
    return make(
        "Someone who answers, day and night",
        organization="Safe Harbor",
        needs=("intimate-partner-violence",),
        where=(41.777, -77.888),
        street=SECRET_STREET,
        town=SECRET_TOWN,
        place_hidden="confidential-address",
        phone="555-0151",
    )


def test_a_shelter_is_found_without_its_place(shelter: UUID, visitor: Any) -> None:
    """4-T6: no address, no point, no map, no proximity hit, on the page, the handout, the table."""
    for query in ("q=domestic+violence", "q=me+pega&near=41.7,-77.8", "need=intimate-partner-violence"):
        said = everything_said(visitor, query)
        assert "Someone who answers" in said
        for secret in (CANARY, "Kanarienstadt", "41.77", "77.88", "on foot", "miles away"):
            assert secret not in said, (query, secret)
    page = visitor.get(f"/directory/services/{shelter}/").content.decode()
    assert "The address is kept secret" in page
    assert "555-0151" in page
    for secret in (CANARY, "Kanarienstadt", "41.77", "openstreetmap"):
        assert secret not in page


def test_no_question_about_distance_tells_where_a_shelter_is(shelter: UUID, make: MakeService) -> None:
    make("Food here", where=(41.777, -77.888))
    for spot in (Spot(41.777, -77.888), Spot(41.5, -77.5), Spot(10.0, 10.0)):
        for radius in (5.0, 500.0, 500_000.0):
            page = facade.find(SearchQuery(need="domestic violence", spot=spot, radius=radius), at=NOW)
            assert [(hit.name, hit.meters) for hit in page.hits] == [
                ("Someone who answers, day and night", None)
            ]


def test_a_secret_place_gives_no_name_to_look_for(shelter: UUID) -> None:
    assert not Place.objects.filter(key__contains="kanarien").exists()
    entry = SearchEntry.objects.get(service_id=shelter)
    assert entry.latitude is None
    assert entry.location_id is None
    assert CANARY not in SearchCard.objects.get(pk=entry.pk).card
    assert CANARY.lower() not in str(entry.words).lower()


def test_an_address_that_becomes_secret_is_gone_at_once(make: MakeService, visitor: Any) -> None:
    service = make("Food box", street=SECRET_STREET)
    assert CANARY in everything_said(visitor, "q=food")
    with acting(KEEPER):
        m.Address.objects.update(hidden_reason="confidential-address", visibility="private")
        refresh_search([service])
    assert CANARY not in everything_said(visitor, "q=food")
    assert CANARY not in visitor.get(f"/directory/services/{service}/").content.decode()


def test_hidden_rows_of_a_public_service_stay_hidden(make: MakeService, visitor: Any) -> None:
    service = make("Food box", phone="")
    with acting(KEEPER):
        m.Phone.objects.create(
            service_id=service, number="555-0199", visibility="private", hidden_reason="private"
        )
        m.RequiredDocument.objects.create(service_id=service, document=CANARY, visibility="private")
        m.Schedule.objects.create(
            service_id=service, byday="SU", freq="WEEKLY", description=CANARY, visibility="partners"
        )
        refresh_search([service])
    said = (
        everything_said(visitor, "q=food") + visitor.get(f"/directory/services/{service}/").content.decode()
    )
    assert "555-0199" not in said
    assert CANARY not in said


def test_html_in_a_delivery_does_no_harm(make: MakeService, visitor: Any) -> None:
    """4-T9."""
    evil = '<script>alert(1)</script><img src=x onerror=alert(1)><b>bread</b> & "rolls"'
    service = make(
        "Food <i>box</i>",
        description=evil,
        eligibility_description=evil,
        alert=evil,
        fees_description=evil,
        accreditations=evil,
    )
    for address in ("/directory/?q=food", "/directory/?q=food&as=print", f"/directory/services/{service}/"):
        page = visitor.get(address).content.decode()
        assert "<script>alert" not in page
        assert "onerror=alert" not in page.replace("onerror=alert(1)&gt;", "")
        assert "Food &lt;i&gt;box" in page


def test_what_people_type_is_escaped(make: MakeService, visitor: Any) -> None:
    make("Food box")
    evil = '"><script>alert(1)</script>'
    page = visitor.get("/directory/", {"q": evil, "near": evil, "speaks": evil, "age": evil, "page": evil})
    assert page.status_code == 200
    assert b"<script>alert" not in page.content


def test_a_cell_is_no_formula(make: MakeService, visitor: Any) -> None:
    make("=cmd|' /C calc'!A0 food")
    table = visitor.get("/directory/?q=food&as=csv").content.decode()
    assert "\n=cmd" not in table
    assert "'=cmd" in table


def test_small_counts_of_unmet_needs_are_not_told(make: MakeService, visitor: Any) -> None:
    from commonweal.directory.actions.wishes import say_unmet
    from commonweal.directory.queries import offers
    from commonweal.kernel.domains import NeedDomain

    with acting(Actor.public()):
        for domain, count in ((NeedDomain.UTILITIES, 10), (NeedDomain.FOOD, 11)):
            for _ in range(count):
                say_unmet(domain, "12 Ferry Street, Alder Falls", "", by=Actor.public())
    offers.forget()
    page = visitor.get("/directory/?q=rent").content.decode()
    assert "Food: 11" in page
    assert "Electricity, heat and water: 10" not in page
