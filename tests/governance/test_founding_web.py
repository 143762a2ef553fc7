"""Bodies and seats by hand while a table is founded; then the page leads to the question that does it."""

import re
from uuid import UUID

import pytest
from django.test import Client
from tests.governance.decided import SETUP, bind
from tests.governance.test_web import browser
from tests.partners.table import Table

from commonweal.foundation.access import acting
from commonweal.partners import actions as partners
from commonweal.partners import facade as table_of
from commonweal.partners.models import Body, Partner, Seat
from commonweal.partners.vocabulary import BodyKind, MemberClass

BODY = {
    "name": "Food Workgroup",
    "kind": "workgroup",
    "scale": "county",
    "purpose": "That nobody goes hungry.",
}


def text(client: Client, address: str, status: int = 200) -> str:
    answer = client.get(address)
    assert answer.status_code == status, (address, answer.status_code)
    return " ".join(answer.content.decode().split())


@pytest.fixture
def priya(table: Table) -> Client:
    return browser(table.priya)


def loretta() -> UUID:
    with acting(SETUP):
        return partners.welcome_resident_member(
            by=SETUP, name="Loretta Hayes", lives_here=True, is_or_was_served=True
        )


def test_a_body_is_founded_seated_filled_emptied_and_ended_by_hand(table: Table, priya: Client) -> None:
    assert "Found a body" in text(priya, "/table/")
    made = priya.post("/table/found/", BODY)
    assert made.url == "/table/bodies/food-workgroup/"
    assert priya.post("/table/found/", BODY).status_code == 422, "the name is taken"
    assert "/table/bodies/food-workgroup/seat/" in text(priya, made.url)
    both = {"partner": str(table.pantry), "member_class": "resident", "role": "member"}
    assert priya.post(f"{made.url}seat/", both).status_code == 422
    at = priya.post(f"{made.url}seat/", {"member_class": "resident", "role": "co-lead", "has_vote": "on"}).url
    seat = Seat.objects.get()
    assert (seat.role, seat.has_vote, at) == ("co-lead", True, f"/table/seats/{seat.pk}/")
    member = loretta()
    assert priya.post(f"{at}fill/", {"member": str(member)}).status_code == 302
    assert f'href="{at}vacate/"' in text(priya, at)
    assert priya.post(f"{at}vacate/", {"why": ""}).status_code == 422
    assert priya.post(f"{at}vacate/", {"why": "She moved away."}).status_code == 302
    found = table_of.seat(seat.pk)
    assert found is not None
    assert found.holder is None
    assert priya.post(f"{at}end/", {"why": "Too many."}).url == made.url
    assert priya.post(f"{made.url}end/", {"why": "Done."}).status_code == 302
    assert Body.objects.get(slug="food-workgroup").ends_on is not None


def test_a_seat_is_given_and_control_written_down_by_hand(table: Table, priya: Client) -> None:
    with acting(SETUP):
        body = partners.found_body(by=SETUP, slug="hub", name="Hub", kind=_kind("hub"))
        seat = partners.add_seat(body, by=SETUP, partner_id=table.pantry)
    assert "Give it to another organization" in text(priya, f"/table/seats/{seat}/")
    priya.post(f"/table/seats/{seat}/give/", {"partner": str(table.hospital)})
    assert Seat.objects.get(pk=seat).partner_id == table.hospital
    priya.post("/table/partners/ferry-street/control/", {"controlled_by": str(table.hospital)})
    assert "Alder General Hospital controls it" in text(priya, "/table/partners/ferry-street/")
    circle = priya.post("/table/partners/alder-general/control/", {"controlled_by": str(table.pantry)})
    assert circle.status_code == 422


def _kind(value: str) -> BodyKind:
    return BodyKind(value)


PAGES = (
    "/table/found/",
    "/table/bodies/table/seat/",
    "/table/bodies/table/end/",
    "/table/partners/ferry-street/control/",
)


def test_nobody_but_the_backbone_founds(table: Table) -> None:
    with acting(SETUP):
        partners.found_body(by=SETUP, slug="table", name="Table", kind=_kind("board"))
    for page in PAGES:
        assert browser(table.marcus).get(page).status_code == 403, page
        assert browser(table.marcus).post(page, BODY).status_code == 403, page
        assert Client().get(page).status_code in (302, 403), page
    assert Body.objects.count() == 1


@pytest.fixture
def bound(table: Table) -> dict[str, str]:
    """Under bylaws, with a body, a seat of a class and an empty one of a partner; addresses by kind."""
    bind()
    with acting(SETUP):
        body = Body.objects.get(slug="table").pk
        of_class = partners.add_seat(body, by=SETUP, member_class=MemberClass.RESIDENT)
        of_partner = partners.add_seat(body, by=SETUP, partner_id=table.pantry)
    return {
        "body.found": "/table/found/",
        "partner.admit": "/table/join/",
        "seat.add": "/table/bodies/table/seat/",
        "body.end": "/table/bodies/table/end/",
        "seat.end": f"/table/seats/{of_partner}/end/",
        "seat.give": f"/table/seats/{of_partner}/give/",
        "seat.fill": f"/table/seats/{of_class}/vacate/",
        "partner.control": "/table/partners/ferry-street/control/",
        "partner.end": "/table/partners/ferry-street/leave/",
    }


def test_under_bylaws_each_page_leads_to_the_question_with_its_effect_chosen(
    table: Table, bound: dict[str, str], priya: Client
) -> None:
    before = (Body.objects.count(), Seat.objects.count(), Partner.objects.filter(left_on=None).count())
    for kind, address in bound.items():
        page = text(priya, address, 403)
        (led,) = re.findall(r'href="(/decisions/questions/new/\?effect=[^"]+)"', page)
        assert f"effect={kind}" in led
        form = text(priya, led.replace("&amp;", "&"))
        assert 'name="effect" value="' + kind in form
        for asked in re.findall(r"&amp;(body|seat|partner)=([0-9a-f-]{36})", led):
            assert re.search(rf'<option value="{asked[1]}" selected', form), (kind, asked)
        assert priya.post(address, {**BODY, "why": "x", "partner": str(table.hospital)}).status_code == 403
    assert before == (
        Body.objects.count(), Seat.objects.count(), Partner.objects.filter(left_on=None).count()
    )  # fmt: skip


def test_under_bylaws_the_pages_of_the_table_ask_instead_of_doing(
    table: Table, bound: dict[str, str], priya: Client
) -> None:
    assert "Ask to found a body" in text(priya, "/table/")
    assert "Ask for a seat here" in text(priya, "/table/bodies/table/")
    seat = bound["seat.fill"].removesuffix("vacate/")
    assert "Ask to seat someone" in text(priya, seat)
    assert "Ask to let it go" in text(priya, "/table/partners/ferry-street/")
    assert "Ask " not in text(Client(), "/table/bodies/table/"), "a stranger is offered nothing"
