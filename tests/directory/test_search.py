"""Searching as people do: plain words in two languages, every facet, and why each place is shown."""

from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from directory_rows import NOW, MakeService

from commonweal.directory import facade
from commonweal.directory import models as m
from commonweal.directory.actions.search_index import KEEPER, refresh_search
from commonweal.directory.shapes_search import Hit, SearchPage, SearchQuery, Spot
from commonweal.directory.vocabulary import Capacity
from commonweal.foundation.access import acting
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.periods import Month

pytestmark = pytest.mark.django_db
FALLS = Spot(41.80, -77.95, "Alder Falls")


def find(need: str = "", **wishes: Any) -> SearchPage:
    return facade.find(SearchQuery(need=need, **wishes), at=NOW)


def names(page: SearchPage) -> list[str]:
    return [hit.name for hit in page.hits]


def left_out(page: SearchPage) -> dict[str, int]:
    return {left.reason: left.count for left in page.not_shown}


def rules(hit: Hit) -> set[str]:
    return {sentence.rule for sentence in (*hit.why, *hit.obstacles)}


@pytest.mark.parametrize(
    "typed", ["food for this week", "comida", "grosheries", "no tengo que comer", "food pantry", "hungry"]
)
def test_plain_words_find_food(make: MakeService, typed: str) -> None:
    make("Weekly food box")
    make("Rent help", needs=("housing-instability",))
    page = find(typed)
    assert names(page) == ["Weekly food box"]
    assert "why.topic" in rules(page.hits[0])


@pytest.mark.parametrize("typed", ["lus bill", "me cortaron la luz", "light bill", "apagaron la luz"])
def test_plain_words_find_the_light_bill(make: MakeService, typed: str) -> None:
    make("Help with an electric bill")
    make("Weekly food box")
    assert names(find(typed)) == ["Help with an electric bill"]


def test_a_name_is_found_though_it_names_no_need(make: MakeService) -> None:
    make("Evening hours", organization="Millrace House")
    make("Weekly food box")
    assert names(find("millrace")) == ["Evening hours"]


def test_what_was_typed_comes_first(make: MakeService) -> None:
    make("Doctor visits", where=(41.80, -77.95))
    make("Dentist on wheels", where=(41.86, -77.99))
    assert names(find("dentist", spot=FALLS)) == ["Dentist on wheels", "Doctor visits"]


def test_a_need_alone_finds_services_mapped_to_it(make: MakeService) -> None:
    make("Open house", needs=(NeedDomain.ISOLATION.value,))
    make("Weekly food box")
    page = find(domain=NeedDomain.ISOLATION)
    assert names(page) == ["Open house"]
    assert "why.domain" in rules(page.hits[0])


def test_the_nearer_place_comes_first_and_far_ones_do_not_come(make: MakeService) -> None:
    make("Food near", where=(41.802, -77.951))
    make("Food by car", where=(41.88, -77.99))
    make("Food far away", where=(43.0, -75.0))
    page = find("food", spot=FALLS)
    assert names(page) == ["Food near", "Food by car"]
    assert page.hits[0].meters == pytest.approx(236, abs=5)


def test_within_meters_means_meters(make: MakeService) -> None:
    """4-T4: five means five meters."""
    make("Food at the door", where=(41.80, -77.95))
    make("Food down the street", where=(41.8009, -77.95))
    assert names(find("food", spot=FALLS, radius=5)) == ["Food at the door"]
    assert len(find("food", spot=FALLS, radius=150).hits) == 2


@pytest.mark.parametrize(
    "near",
    [
        "Ferry Street, Alder Falls",
        "ferry st",
        "Alder Falls",
        "14991",
        "alder fals",
        "41.80,-77.95",
        "Quarry Hill",
    ],
)
def test_places_are_known_by_the_directorys_own_addresses(make: MakeService, near: str) -> None:
    make("Food near", area="Quarry Hill")
    make("Food far away", where=(43.0, -75.0), town="Northport", street="1 Pier Road")
    page = find("food", near=near)
    assert names(page) == ["Food near"]
    assert not page.place_unknown


def test_an_unknown_place_is_said_and_everything_is_searched(make: MakeService) -> None:
    make("Food near")
    page = find("food", near="Atlantis")
    assert page.place_unknown
    assert names(page) == ["Food near"]


def test_where_nothing_is_near_the_view_opens(make: MakeService) -> None:
    make("Food far away", where=(43.0, -75.0))
    page = find("food", spot=FALLS)
    assert page.widened
    assert names(page) == ["Food far away"]


def test_language_is_a_wish_that_leaves_the_unknown_in(make: MakeService) -> None:
    make("Food in Spanish", languages=("eng", "es"))
    make("Food in English", languages=("eng",))
    make("Food who knows", languages=())
    make("Food with an interpreter", languages=("eng",), interpretation_services="By phone")
    page = find("food", language="spa")
    assert names(page)[-1] == "Food who knows"
    assert set(names(page)) == {"Food in Spanish", "Food with an interpreter", "Food who knows"}
    assert "why.language" in rules(next(h for h in page.hits if h.name == "Food in Spanish"))
    assert "way.language" in rules(page.hits[-1])
    assert left_out(page) == {"language": 1}


def test_open_now(make: MakeService) -> None:
    make("Food open", hours="TU", opens=(9, 17))
    make("Food closed", hours="WE", opens=(9, 17))
    make("Food no hours", hours=None)
    page = find("food", open_now=True)
    assert names(page) == ["Food open"]
    assert page.hits[0].hours.rule == "hours.open"
    assert left_out(page) == {"closed": 1, "hours": 1}


def test_free(make: MakeService) -> None:
    make("Food free", fees_description="Free")
    make("Food for money", fees_description="$5 a box")
    make("Food ask", fees_description="")
    page = find("food", free=True)
    assert names(page) == ["Food free", "Food ask"]
    assert left_out(page) == {"cost": 1}


def test_age(make: MakeService) -> None:
    make("Food for old", minimum_age=60)
    make("Food for young", maximum_age=18)
    make("Food for all")
    assert set(names(find("food", age=18))) == {"Food for young", "Food for all"}
    assert set(names(find("food", age=19))) == {"Food for all"}
    assert set(names(find("food", age=71))) == {"Food for old", "Food for all"}
    assert left_out(find("food", age=71)) == {"age": 1}


def test_no_stairs(make: MakeService) -> None:
    make("Food ramp", access="Ramp at the side")
    make("Food steps", access="Steps at the entrance, not accessible")
    make("Food unknown")
    page = find("food", step_free=True)
    assert names(page) == ["Food ramp", "Food unknown"]
    assert "way.stairs" in rules(page.hits[1])
    assert left_out(page) == {"stairs": 1}


def test_no_papers(make: MakeService) -> None:
    make("Food no ID", documents=("None",))
    make("Food ID", documents=("Photo ID",))
    page = find("food", no_documents=True)
    assert names(page) == ["Food no ID"]
    assert left_out(page) == {"documents": 1}
    assert "way.documents" in rules(next(h for h in find("food").hits if h.name == "Food ID"))


def told(capacity: Capacity, hours: int) -> dict[str, object]:
    return {"capacity": capacity, "capacity_at": NOW - timedelta(hours=hours)}


def test_room_now(make: MakeService) -> None:
    make("Food room", **told(Capacity.OPEN, 1))
    make("Food old news", **told(Capacity.OPEN, 80))
    make("Food full", **told(Capacity.CLOSED, 1))
    make("Food waiting", **told(Capacity.WAITLIST, 1))
    page = find("food", room_now=True)
    assert names(page) == ["Food room", "Food old news"]
    assert [hit.capacity for hit in page.hits] == ["open", "unknown"]
    assert left_out(page) == {"room": 2}
    assert [hit.name for hit in find("food").hits][-1] == "Food full"


def test_every_facet_at_once(make: MakeService) -> None:
    fits = {
        "languages": ("spa",),
        "fees_description": "Free",
        "minimum_age": 18,
        "access": "No stairs",
        "documents": ("None",),
        **told(Capacity.OPEN, 1),
    }
    make("Food that fits", **fits)
    make("Food in English", **{**fits, "languages": ("eng",)})
    make("Food for money", **{**fits, "fees_description": "$5"})
    make("Food for children", **{**fits, "minimum_age": 0, "maximum_age": 12})
    make("Food upstairs", **{**fits, "access": "Steps at the door"})
    make("Food with papers", **{**fits, "documents": ("Photo ID",)})
    make("Food full", **{**fits, **told(Capacity.CLOSED, 1)})
    make("Food closed", hours="SU", **fits)
    make("Food far", where=(43.0, -75.0), **fits)
    make("Rent help", **fits)
    page = find(
        "comida", spot=FALLS, language="spa", open_now=True, free=True, age=40, step_free=True,
        no_documents=True, room_now=True,
    )  # fmt: skip
    assert names(page) == ["Food that fits"]
    assert sum(left_out(page).values()) == 7
    assert page.hits[0].why


def test_unchecked_for_long_is_left_out_and_counted(make: MakeService) -> None:
    make("Food fresh")
    make("Food old", days_unchecked=181)
    page = find("food")
    assert names(page) == ["Food fresh"]
    assert left_out(page) == {"stale": 1}
    assert names(find("food", include_stale=True)) == ["Food fresh", "Food old"]


def test_where_all_are_unchecked_they_are_shown_and_said_to_be(make: MakeService) -> None:
    make("Food old", days_unchecked=400)
    page = find("food")
    assert page.stale_shown
    assert names(page) == ["Food old"]
    assert "way.stale" in rules(page.hits[0])


def test_one_service_at_two_places_is_one_hit_at_the_nearer(make: MakeService) -> None:
    service = make("Food", where=(41.88, -77.95))
    with acting(KEEPER):
        near = m.Location.objects.create(latitude=41.801, longitude=-77.95)
        m.ServiceAtLocation.objects.create(service_id=service, location=near)
        refresh_search([service])
    page = find("food", spot=FALLS)
    assert page.total == 1
    assert page.hits[0].location_id == near.pk


def test_pages_neither_skip_nor_repeat(make: MakeService) -> None:
    """4-T1: the order is total."""
    for number in range(7):
        make(f"Food {number}")
    seen = [hit.service_id for page in (1, 2, 3) for hit in find("food", page=page, size=3).hits]
    assert len(seen) == len(set(seen)) == 7
    assert find("food", size=3).total == 7


def test_the_database_orders_as_the_rules_do(make: MakeService) -> None:
    from commonweal.directory.rules.order import Match, Standing, order_key

    for number in range(24):
        make(
            ["Food box", "Open table", "Supper"][number % 3],
            needs=("food-insecurity",),
            where=(41.80 + (number % 5) * 0.02, -77.95),
            languages=("spa",) if number % 4 else (),
            **told(list(Capacity)[number % 4], 1),
        )
    hits = find("food", spot=FALLS, language="spa", size=50).hits
    standings = [
        Standing(
            match=Match.NAMED if hit.name == "Food box" else Match.DOMAIN,
            unsure="way.language" in rules(hit),
            room=Capacity(hit.capacity),
            meters=hit.meters,
            helped=0,
            asked=0,
            id=hit.entry_id,
        )
        for hit in hits
    ]
    assert len(hits) == 24
    assert [s.id for s in sorted(standings, key=order_key)] == [s.id for s in standings]


def test_what_people_said_moves_a_place_up(make: MakeService, steward: Any) -> None:
    make("Food one")
    better = make("Food two")
    with acting(steward):
        facade.tell_helped(better, Month(2026, 10), helped=30, asked=42, by=steward)
    page = find("food")
    assert names(page) == ["Food two", "Food one"]
    assert "why.helped" in rules(page.hits[0])


def test_a_change_shows_at_once(make: MakeService) -> None:
    service = make("Food box")
    with acting(KEEPER):
        m.Service.objects.filter(pk=service).update(name="Rent help", status="active")
        refresh_search([service])
    assert names(find("food")) == []
    assert names(find("rent")) == ["Rent help"]
    with acting(KEEPER):
        m.Service.objects.filter(pk=service).update(status="defunct")
        refresh_search([service])
    assert names(find("rent")) == []


def test_what_has_ended_is_not_offered(make: MakeService) -> None:
    """4-T7: ``until`` in the past ends the service; ``valid_to`` only makes its hours unsure."""
    ended, unsure = make("Food ended"), make("Food unsure")
    with acting(KEEPER):
        m.Schedule.objects.filter(service_id=ended).update(until=NOW.date() - timedelta(days=1))
        m.Schedule.objects.filter(service_id=unsure).update(valid_to=NOW.date() - timedelta(days=1))
        refresh_search([ended, unsure])
    page = find("food")
    assert names(page) == ["Food unsure"]
    assert page.hits[0].open_state == "unconfirmed"
    assert names(find("food", open_now=True)) == []


def test_cards_that_are_not_made_yet_are_made_when_shown(make: MakeService) -> None:
    from commonweal.directory.models_search import SearchCard, SearchEntry

    service = make("Food box")
    SearchCard.objects.all().delete()
    assert names(find("food")) == ["Food box"]
    assert SearchCard.objects.get().pk == SearchEntry.objects.get(service_id=service).pk


def test_refreshing_everything_changes_nothing(make: MakeService) -> None:
    from commonweal.directory.actions.search_index import fill_cards, refresh_all
    from commonweal.directory.models_search import SearchEntry

    make("Food box", languages=("spa",), documents=("None",), access="Ramp")
    fields = [f.name for f in SearchEntry._meta.fields]
    before = list(SearchEntry.objects.values_list(*fields))
    assert refresh_all() == 1
    fill_cards()
    assert list(SearchEntry.objects.values_list(*fields)) == before


def test_a_worker_matches_a_need_with_partners_only(make: MakeService) -> None:
    from commonweal.partners.models import Partner

    partner = Partner.objects.create(
        name="Ferry Street Pantry", slug="ferry-street", sector="social-services", joined_on=NOW.date()
    )
    make("Food of a partner", partner_id=partner.pk, organization="Ferry Street Pantry")
    make("Food of others")
    everyone = facade.match(NeedDomain.FOOD, at=NOW)
    assert {hit.name for hit in everyone} == {"Food of a partner", "Food of others"}
    (only,) = facade.match(NeedDomain.FOOD, at=NOW, partners_only=True)
    assert only.partner_id == partner.pk
    assert facade.partner_of(only.service_id) == partner.pk
    assert [s.id for s in facade.services_of_partner(partner.pk)] == [only.service_id]


def test_danger_is_noticed(make: MakeService) -> None:
    make("A safe place", needs=(NeedDomain.SAFETY.value,))
    page = find("mi esposo me pega")
    assert page.reading.danger == "violence"
    assert names(page) == ["A safe place"]


@pytest.mark.parametrize(
    "typed", ["'; drop table x; --", "a & b | !c", "%(keys)s", "\x00", "x" * 5000, "\\'", "🍞"]
)
def test_any_text_is_only_text(make: MakeService, typed: str) -> None:
    make("Food box")
    assert find(typed[:200].replace("\x00", "")).total >= 0
    assert isinstance(find(near=typed[:120].replace("\x00", "")).total, int)


def test_unknown_services_are_none() -> None:
    assert facade.service(UUID(int=1)) is None
    assert facade.capacity(UUID(int=1)).state is Capacity.UNKNOWN
