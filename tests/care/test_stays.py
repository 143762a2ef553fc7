"""The day of going home: told by the hospital, seen where person, table and law allow it, and no longer."""

from datetime import timedelta

import pytest

from commonweal.care import actions, facade
from commonweal.care.models import HospitalStay
from commonweal.care.vocabulary import GoesTo, Ward
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.governance import actions as governance
from commonweal.governance.models import Mandate
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from people.cast import _keeper
from referrals.world import World, agree_one_way, browser, herself

HOSPITAL = (Segment.GENERAL, Segment.HOSPITAL)


def doctor(world: World) -> Actor:
    return world.worker("alder-general", Role.CLINICIAN, Purpose.TREAT, name="Ada Lindqvist")


def told(world: World, ward: Ward = Ward.ANY) -> None:
    with acting(doctor(world)) as by:
        actions.admit(
            world.teresa,
            by=by,
            admitted_on=today() - timedelta(days=3),
            planned_home_on=today() + timedelta(days=1),
            goes_to=GoesTo.HOME,
            ward=ward,
            phone="555-0190",
        )


def seen_by(world: World, reader: Actor) -> list[object]:
    with acting(reader):
        return [s.planned_home_on for s in facade.stays_of([world.teresa]).get(world.teresa, [])]


def test_neither_a_general_yes_nor_a_general_agreement_opens_the_day(world: World) -> None:
    world.consent("ferry-street")
    told(world)
    assert seen_by(world, world.marcus) == []
    world.consent("ferry-street", segments=HOSPITAL)
    assert seen_by(world, world.marcus) == []  # the person may, the table has not


def test_the_day_opens_with_both_and_closes_with_the_mandate(world: World) -> None:
    told(world)
    world.consent("ferry-street", segments=HOSPITAL)
    agree_one_way(world.table, "alder-general", "ferry-street", (Segment.HOSPITAL,), Purpose.COORD)
    assert seen_by(world, world.marcus) == [today() + timedelta(days=1)]
    assert seen_by(world, world.ines) == []
    keeper = _keeper(world.table)
    with acting(keeper):
        last = Mandate.objects.order_by("-recorded_at")[0]
        governance.withdraw(last.pk, by=keeper, why="The residents withdrew their yes.")
    assert seen_by(world, world.marcus) == []


def test_a_stay_on_a_protected_ward_stays_closed_to_the_day(world: World) -> None:
    with pytest.raises(BadInput):
        told(world, Ward.SUBSTANCE_USE)
    told(world, Ward.MENTAL_HEALTH)
    world.consent("ferry-street", segments=HOSPITAL)
    agree_one_way(world.table, "alder-general", "ferry-street", (Segment.HOSPITAL,), Purpose.COORD)
    assert seen_by(world, world.marcus) == []


def test_the_person_sees_what_was_told_and_a_worker_without_the_role_tells_nothing(world: World) -> None:
    told(world)
    assert seen_by(world, herself(world.teresa)) == [today() + timedelta(days=1)]
    with acting(world.danielle) as by, pytest.raises(Refused):
        actions.admit(world.teresa, by=by, admitted_on=today())
    with acting(world.worker("millrace", Role.CLINICIAN, Purpose.TREAT)) as by, pytest.raises(NotFound):
        actions.admit(world.teresa, by=by, admitted_on=today())


def test_days_that_can_not_be_are_refused_and_one_stay_is_open_at_a_time(world: World) -> None:
    with acting(doctor(world)) as by:
        with pytest.raises(BadInput):
            actions.admit(world.teresa, by=by, admitted_on=today() + timedelta(days=1))
        with pytest.raises(BadInput):
            actions.admit(
                world.teresa, by=by, admitted_on=today(), planned_home_on=today() - timedelta(days=1)
            )
    told(world)
    with acting(doctor(world)) as by, pytest.raises(Conflict):
        actions.admit(world.teresa, by=by, admitted_on=today())


def test_a_stay_is_told_until_thirty_days_after_going_home(world: World) -> None:
    told(world)
    with acting(doctor(world)) as by:
        stay = HospitalStay.objects.get()
        actions.tell_home(stay.pk, by=by, went_home_on=today() - timedelta(days=1))
        assert facade.stays_of([world.teresa])[world.teresa][0].is_current(today() + timedelta(days=29))
        assert not facade.stays_of([world.teresa])[world.teresa][0].is_current(today() + timedelta(days=30))


def test_a_clinician_tells_the_day_on_a_page(world: World) -> None:
    page = browser(world, doctor(world))
    address = f"/care/person/{world.teresa}/stay/"
    said = {"admitted_on": today().isoformat(), "goes_to": "home", "ward": "any", "phone": ""}
    assert page.post(address, said).status_code == 302
    with acting(doctor(world)):
        stay = HospitalStay.objects.get()
    assert page.post(address, said).status_code == 422
    later = {"planned_home_on": today().isoformat(), "went_home_on": "", "goes_to": "elsewhere"}
    assert page.post(f"/care/stays/{stay.pk}/", later).status_code == 302
    with acting(doctor(world)):
        assert HospitalStay.objects.get().planned_home_on == today()


def test_the_pages_say_the_planned_day_to_those_who_may_know(world: World) -> None:
    told(world)
    person = f"/people/{world.teresa}/"
    assert "Is to go home on" in browser(world, doctor(world)).get(person).content.decode()
    world.consent("ferry-street", segments=HOSPITAL)
    agree_one_way(world.table, "alder-general", "ferry-street", (Segment.HOSPITAL,), Purpose.COORD)
    assert "The reason for the stay is not told" in browser(world, world.marcus).get(person).content.decode()
