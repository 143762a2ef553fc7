"""Anyone who takes part puts points on the agenda; what is put off or refused is told with its reason."""

from datetime import date

import pytest
from django.db import transaction
from django.db.utils import IntegrityError
from django.test import Client
from tests.partners.meeting_world import World, called, lay_world
from tests.partners.table import SETUP
from tests.partners.test_meetings_web import browser

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.verdict import allow
from commonweal.partners import actions, queries
from commonweal.partners.actions import agendas, running, taking_part
from commonweal.partners.models import AgendaItem, Enrollment, Member
from commonweal.partners.queries import agenda, meetings, put_off
from commonweal.partners.vocabulary_meetings import PutBy


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


def volunteer(world: World) -> Actor:
    """Nora Finch, on the board's roster without a seat."""
    with acting(SETUP):
        account = accounts.open_resident_account(
            name="Nora Finch", email="nora@neighbors.example", by=SETUP, verdict=allow("t", "t")
        )
        member = actions.welcome_resident_member(
            by=SETUP, name="Nora Finch", lives_here=True, is_or_was_served=True, account_id=account,
            joined_on=date(2026, 1, 5),
        )  # fmt: skip
        taking_part.take_part(world.board, by=SETUP, member_id=member)
    return Actor(Role.MEMBER, Purpose.GOV, None, account, name="Nora Finch")


def put(world: World, made: object, by: Actor, title: str = "A bench at the bus stop") -> AgendaItem:
    with acting(by):
        return AgendaItem.objects.get(pk=agendas.put_item(made, by=by, title=title))  # type: ignore[arg-type]


def test_a_volunteer_puts_a_point_and_nobody_has_to_agree(world: World) -> None:
    nora, made = volunteer(world), called(world)
    row = put(world, made, nora)
    assert (row.state, row.put_by_seat_id) == ("planned", None)
    assert row.put_by_member_id == Member.objects.get(account_id=nora.account_id).pk
    page = Client().get(f"/table/meetings/{made}/").content.decode()
    assert "A bench at the bus stop" in page
    assert "Put by a volunteer" in page
    assert "Nora" not in page


def test_who_takes_part_elsewhere_or_no_longer_puts_nothing(world: World) -> None:
    nora, made = volunteer(world), called(world)
    with acting(SETUP):
        row = Enrollment.objects.get(member__account_id=nora.account_id)
        taking_part.stop_taking_part(row.pk, by=SETUP)
    with pytest.raises(Refused):
        put(world, made, nora)


def test_a_volunteer_neither_orders_nor_puts_off(world: World) -> None:
    nora, made = volunteer(world), called(world)
    row = put(world, made, nora)
    with acting(nora):
        for act in (agendas.defer_item, agendas.refuse_item):
            with pytest.raises(Refused):
                act(row.pk, by=nora, why="Mine")
        with pytest.raises(Refused):
            agendas.move_item(row.pk, by=nora, up=True)


def test_a_volunteers_page_offers_the_form(world: World) -> None:
    nora, made = volunteer(world), called(world)
    url = f"/table/meetings/{made}/"
    client = browser(nora)
    assert "What shall we talk about?" in client.get(url).content.decode()
    assert client.post(f"{url}agenda/", {"title": "Shade", "minutes": "10"}).status_code == 302
    assert AgendaItem.objects.filter(title="Shade", put_by_member__isnull=False).count() == 1


def test_a_refusal_needs_a_reason_and_does_not_come_back(world: World) -> None:
    nora, made = volunteer(world), called(world)
    row, other = put(world, made, nora), put(world, made, world.dale, "Rides at night")
    with acting(world.loretta):
        with pytest.raises(BadInput):
            agendas.refuse_item(row.pk, by=world.loretta, why=" ")
        agendas.refuse_item(row.pk, by=world.loretta, why="The county decides that.")
        agendas.defer_item(other.pk, by=world.loretta, why="Next month.")
        running.open_meeting(made, by=world.loretta)
        running.close_meeting(made, by=world.loretta, tell=False)
        later = called(world)
        shape = meetings.meeting(later)
        assert shape is not None
        found = agenda.candidates(queries.bodies_by_id([world.board])[world.board], shape)
    assert [one.title for one in found if one.ref.startswith("item:")] == ["Rides at night"]


def test_what_was_put_off_is_counted_by_kind_and_read_by_all(world: World) -> None:
    nora, made = volunteer(world), called(world)
    rows = [put(world, made, nora), put(world, made, world.dale, "Rides at night")]
    put(world, made, world.table.marcus, "The freezer")
    with acting(world.loretta):
        agendas.refuse_item(rows[0].pk, by=world.loretta, why="The county decides that.")
        running.open_meeting(made, by=world.loretta)
        agendas.start_item(rows[1].pk, by=world.loretta)
        running.close_meeting(made, by=world.loretta, tell=False)
        found, fates = put_off.log(now().replace(year=2020))
    assert [(f.put_by, f.put, f.done, f.off, f.refused) for f in fates] == [
        (PutBy.RESIDENTS, 1, 1, 0, 0),
        (PutBy.VOLUNTEERS, 1, 0, 0, 1),
        (PutBy.OTHERS, 1, 0, 1, 0),
    ]
    assert {f.title: f.why for f in found} == {
        "A bench at the bus stop": "The county decides that.",
        "The freezer": "There was no time left.",
    }
    page = Client().get("/table/put-off/?body=board").content.decode()
    assert "The county decides that." in page
    assert not any(name in page for name in ("Nora", "Marcus", "Dale", "Ferry Street"))
    assert Client().get("/table/put-off/?body=caucus").status_code == 404


def test_only_what_is_put_off_is_refused(world: World) -> None:
    row = put(world, called(world), world.dale)
    with acting(world.loretta), pytest.raises(IntegrityError), transaction.atomic():
        AgendaItem.objects.filter(pk=row.pk).update(is_refused=True)
