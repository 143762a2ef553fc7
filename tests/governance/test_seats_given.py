"""A seat that comes with an admission, a seat given to another, and who controls whom: each by a decision."""

from datetime import timedelta
from time import sleep

import pytest
from django.db import DatabaseError, transaction
from tests.governance.decided import SETUP, bind, decide
from tests.partners.table import Table

from commonweal.foundation.access import acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners import actions as partners
from commonweal.partners import facade as table_of
from commonweal.partners.models import Body, Partner, Seat


@pytest.fixture
def bound(table: Table) -> Table:
    bind()
    return table


def body() -> str:
    return str(Body.objects.get(slug="table").pk)


def end(mandate: object) -> None:
    decide("mandate.withdraw", {"mandate": str(mandate), "why": "It was not right."})


def admit(**more: str) -> object:
    said = {
        "name": "Riverside Clinic",
        "sector": "health-care",
        "body": body(),
        "seat_title": "Clinics",
        **more,
    }
    return decide("partner.admit", said)


def test_one_decision_takes_an_organization_in_with_its_seat(bound: Table) -> None:
    mandate = admit()
    row = Partner.objects.get(slug="riverside-clinic")
    seat = Seat.objects.get(partner=row)
    assert (str(seat.body_id), seat.title, seat.given_under) == (body(), "Clinics", mandate)
    end(mandate)
    seat.refresh_from_db()
    row.refresh_from_db()
    assert (row.left_on, seat.ends_on) == (today(), today())


def test_the_preview_says_that_it_has_a_seat_or_none(bound: Table) -> None:
    said = {"name": "Riverside Clinic", "sector": "health-care"}
    with acting(bound.priya):
        without = effects.preview("partner.admit", effects.read("partner.admit", said))
        with_one = effects.preview("partner.admit", effects.read("partner.admit", {**said, "body": body()}))
    assert [(r.what, r.then) for r in without.rows][1:] == [("A seat of its own", "none yet")]
    assert [(r.what, r.today, r.then) for r in with_one.rows][1:] == [
        ("Its seat is in", "–", "Table"),
        ("Seats with a vote", "0", "1"),
    ]


def test_an_admission_carries_one_seat_and_in_the_body_that_was_named(bound: Table) -> None:
    """The database holds it: not another body, not a second seat, not for another organization."""
    mandate = admit()
    row = Partner.objects.get(slug="riverside-clinic")
    for where, whose in (
        (Body.objects.get(slug="residents").pk, row.pk),
        (body(), row.pk),
        (body(), bound.pantry),
    ):
        with acting(THE_COUNT), pytest.raises(DatabaseError), transaction.atomic():
            Seat.objects.create(body_id=where, partner_id=whose, starts_on=today(), given_under=mandate)


def test_one_who_left_comes_back_as_taken_in_anew(bound: Table) -> None:
    end(admit())
    admit()
    assert Partner.objects.get(slug="riverside-clinic-2").left_on is None
    with pytest.raises(BadInput):
        admit(name="Ferry Street Pantry", slug="ferry-street")


def empty_seat(bound: Table) -> Seat:
    with acting(SETUP):
        return Seat.objects.get(pk=partners.add_seat(body(), by=SETUP, partner_id=bound.pantry, title="Food"))


def test_an_empty_seat_is_given_to_another_and_goes_back(bound: Table) -> None:
    seat = empty_seat(bound)
    mandate = decide("seat.give", {"seat": str(seat.pk), "partner": str(bound.hospital)})
    seat.refresh_from_db()
    assert (seat.partner_id, seat.given_under) == (bound.hospital, mandate)
    with acting(SETUP):
        member = table_of.members_of(bound.hospital)[0]
        partners.fill_seat(seat.pk, by=SETUP, member_id=member.id)
    end(mandate)
    found = table_of.seat(seat.pk)
    assert found is not None
    assert (found.partner_id, found.holder) == (bound.pantry, None)


def test_where_the_one_before_is_gone_the_seat_is_taken_away(bound: Table) -> None:
    seat = empty_seat(bound)
    mandate = decide("seat.give", {"seat": str(seat.pk), "partner": str(bound.hospital)})
    decide("partner.end", {"partner": str(bound.pantry), "why": "It asked to leave."})
    end(mandate)
    seat.refresh_from_db()
    assert seat.ends_on == today()


def test_only_an_empty_seat_of_an_organization_is_given(bound: Table) -> None:
    seat = empty_seat(bound)
    with acting(SETUP):
        member = table_of.members_of(bound.pantry)[0]
        partners.fill_seat(seat.pk, by=SETUP, member_id=member.id)
    with pytest.raises(BadInput):
        effects.read("seat.give", {"seat": str(seat.pk), "partner": str(bound.hospital)})
    with acting(bound.priya), pytest.raises(Refused):
        partners.give_seat(seat.pk, bound.hospital, by=bound.priya)
    for by in (bound.priya, THE_COUNT):
        with acting(by), pytest.raises(DatabaseError), transaction.atomic():
            Seat.objects.filter(pk=seat.pk).update(partner_id=bound.hospital)


def test_who_controls_whom_is_decided_and_makes_one_voter(bound: Table) -> None:
    with acting(SETUP):
        for whose in (bound.pantry, bound.hospital):
            partners.add_seat(body(), by=SETUP, partner_id=whose)

    def units() -> set[str]:
        return {s.unit for s in table_of.seats_of([Body.objects.get(slug="table").pk]).popitem()[1]}

    assert len(units()) == 2
    said = {"partner": str(bound.pantry), "controlled_by": str(bound.hospital)}
    mandate = decide("partner.control", said)
    assert len(units()) == 1
    with pytest.raises(BadInput):
        effects.read("partner.control", {"partner": str(bound.hospital), "controlled_by": str(bound.pantry)})
    with pytest.raises(BadInput):
        effects.read("partner.control", said)
    for by in (bound.priya, THE_COUNT):
        with acting(by), pytest.raises(DatabaseError), transaction.atomic():
            Partner.objects.filter(pk=bound.pantry).update(controlled_by_id=None)
    end(mandate)
    assert len(units()) == 2


def test_control_that_ran_out_is_taken_back(bound: Table) -> None:
    said = {"partner": str(bound.pantry), "controlled_by": str(bound.hospital)}
    decide("partner.control", said, ends_at=now() + timedelta(seconds=0.2))
    sleep(0.3)
    with acting(THE_COUNT):
        effects.undo_due(by=THE_COUNT)
    assert table_of.controller_of(bound.pantry) is None
