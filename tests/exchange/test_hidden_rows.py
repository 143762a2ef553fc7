"""What is private, suppressed, not to be referred to or at a confidential address stays hidden."""

from uuid import UUID

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
ORGANIZATION = {"id": "11", "name": "Safe Harbor", "description": "Shelter."}
SERVICE = {"id": "31", "organization_id": "11", "name": "Shelter", "status": "active"}
LOCATION = {"id": "21", "organization_id": "11", "name": "The house", "latitude": "42.5", "longitude": "-73"}
AT = {"id": "41", "service_id": "31", "location_id": "21"}
ADDRESS = {"id": "61", "location_id": "21", "address_1": "12 Mill Lane", "city": "Alderton"}
HOTLINE = {"id": "51", "service_id": "31", "location_id": "21", "number": "(555) 555-0100"}
HOURS = {"id": "71", "location_id": "21", "weekday": "Monday", "opens_at": "9:00", "closes_at": "17:00"}


def _sees(actor: Actor) -> dict[str, int]:
    from commonweal.directory import models as m

    with acting(actor):
        return {
            model.__name__: model.objects.count()
            for model in (m.Service, m.Location, m.Address, m.Phone, m.Schedule, m.ServiceAtLocation)
        }


@pytest.fixture
def worker() -> Actor:
    from commonweal.kernel.ids import new_id

    return Actor(Role.CASE_WORKER, Purpose.COORD, partner_id=new_id())


def _delivery(deliver, **changes):
    rows = {
        "organizations": [ORGANIZATION], "services": [SERVICE], "locations": [LOCATION],
        "services_at_location": [AT], "physical_addresses": [ADDRESS], "phones": [HOTLINE],
        "regular_schedules": [HOURS],
    }  # fmt: skip
    return deliver(**(rows | changes))


def test_a_confidential_address_hides_the_place_and_not_the_hotline(bring_in, deliver, worker):
    bring_in(_delivery(deliver, physical_addresses=[ADDRESS | {"confidential": "yes"}]))

    for actor in (Actor.public(), worker):
        assert _sees(actor) == {
            "Service": 1, "Location": 0, "Address": 0, "Phone": 1, "Schedule": 0, "ServiceAtLocation": 0,
        }  # fmt: skip
    assert _sees(KEEPER)["Address"] == 1


def test_an_address_that_says_confidential_hides_its_map_too(bring_in, deliver):
    bring_in(_delivery(deliver, physical_addresses=[ADDRESS | {"address_1": "Confidential"}]))

    assert _sees(Actor.public())["Location"] == 0


@pytest.mark.parametrize(
    ("column", "value", "reason"),
    [
        ("private", "true", "private"),
        ("suppressed", "Y", "suppressed"),
        ("do_not_refer", "1", "do-not-refer"),
        ("visibility", "Do Not Refer", "do-not-refer"),
        ("is_public", "no", "private"),
    ],
)
def test_a_hidden_service_hides_all_that_hangs_on_it(bring_in, deliver, worker, column, value, reason):
    from commonweal.directory.models import Service

    bring_in(_delivery(deliver, services=[SERVICE | {column: value}]))

    assert _sees(Actor.public()) == {
        "Service": 0, "Location": 1, "Address": 1, "Phone": 0, "Schedule": 1, "ServiceAtLocation": 0,
    }  # fmt: skip
    assert _sees(worker)["Service"] == 0
    with acting(KEEPER):
        assert Service.objects.get().hidden_reason == reason


def test_for_partners_only_means_partners(bring_in, deliver, worker):
    bring_in(_delivery(deliver, services=[SERVICE | {"visibility": "partners"}]))

    assert _sees(Actor.public())["Service"] == 0
    assert _sees(worker)["Service"] == 1


def test_what_is_shown_again_comes_back_with_all_that_hangs_on_it(bring_in, deliver):
    bring_in(_delivery(deliver, services=[SERVICE | {"private": "true"}]))
    bring_in(_delivery(deliver, services=[SERVICE | {"private": "false"}]))

    assert _sees(Actor.public()) == {
        "Service": 1, "Location": 1, "Address": 1, "Phone": 1, "Schedule": 1, "ServiceAtLocation": 1,
    }  # fmt: skip


def test_its_own_organization_sees_what_is_hidden(bring_in, deliver, worker):
    from datetime import date

    from commonweal.directory.models import Organization
    from commonweal.partners.models import Partner

    with acting(KEEPER):
        partner = Partner.objects.create(
            slug="safe-harbor", name="Safe Harbor", sector="social-services", joined_on=date(2026, 1, 1)
        )
    bring_in(_delivery(deliver, services=[SERVICE | {"private": "true"}]))
    with acting(KEEPER):
        Organization.objects.update(partner=partner)

    own = Actor(Role.CASE_WORKER, Purpose.COORD, partner_id=partner.id)
    assert _sees(own)["Service"] == 1
    assert _sees(worker)["Service"] == 0


def test_old_values_of_a_hidden_address_stay_hidden(bring_in, deliver):
    from commonweal.directory.models import Metadata

    told = {
        "id": "91", "resource_id": "61", "resource_type": "address", "last_action_date": "2026-01-01",
        "last_action_type": "update", "field_name": "address_1", "previous_value": "12 Mill Lane",
        "replacement_value": "", "updated_by": "Safe Harbor",
    }  # fmt: skip
    confidential = ADDRESS | {"confidential": "yes"}
    bring_in(_delivery(deliver, physical_addresses=[confidential], metadata=[told]))

    with acting(Actor.public()):
        assert not Metadata.objects.exists()


def test_the_quarantine_is_for_those_who_keep_the_directory(bring_in, deliver, worker):
    from commonweal.foundation.intake.models import HeldRow

    bring_in(_delivery(deliver, physical_addresses=[ADDRESS | {"location_id": "99", "confidential": "yes"}]))

    for actor in (Actor.public(), worker):
        with acting(actor):
            assert not HeldRow.objects.exists()
    with acting(KEEPER):
        assert HeldRow.objects.exists()


def test_nobody_can_delete_from_the_directory(bring_in, deliver):
    from commonweal.directory.models import Phone

    bring_in(_delivery(deliver))

    with acting(KEEPER):
        Phone.objects.all()._raw_delete("default")
        assert Phone.objects.count() == 1


def test_nothing_waits_in_the_staging_tables(bring_in, deliver):
    from django.db import connection

    bring_in(_delivery(deliver))

    with acting(KEEPER), connection.cursor() as cursor:
        cursor.execute("select count(*) from directory_staged_address")
        assert cursor.fetchone()[0] == 0


def test_what_is_staged_is_for_the_keeper_alone(db, worker):
    from django.db import connection, transaction
    from django.db.utils import ProgrammingError

    from commonweal.directory.actions.intake import Stage
    from commonweal.directory.shapes_intake import LAYOUTS, RecordType

    cells = ["", *LAYOUTS[RecordType.ADDRESS].all_columns[1:]]
    line = "\t".join([str(UUID(int=7)), "7", "confidential-address", "0", "1", "", "", *cells])
    with acting(KEEPER), connection.cursor() as cursor:
        Stage("alder").take(RecordType.ADDRESS, f"{line}\n".encode())
        cursor.execute("select address_1 from directory_staged_address")
        assert cursor.fetchall() == [("address_1",)]
        for other in (worker, Actor.public()):
            with acting(other):
                cursor.execute("select count(*) from directory_staged_address")
                assert cursor.fetchone()[0] == 0
                with pytest.raises(ProgrammingError, match="permission denied"), transaction.atomic():
                    cursor.execute("select count(*) from directory_stage_address")


def test_only_the_keeper_may_empty_the_staging_tables(db, worker):
    from django.db import connection
    from django.db.utils import ProgrammingError

    with (
        pytest.raises(ProgrammingError, match="only the keeper"),
        acting(worker),
        connection.cursor() as cursor,
    ):
        cursor.execute("select guard.empty_directory_stage()")


def test_the_staging_tables_have_the_columns_of_their_layouts(db):
    from django.db import connection

    from commonweal.directory.shapes_intake import LAYOUTS

    common = ["id", "source_id", "hidden", "file_no", "row_no", "content_hash", "extra"]
    with connection.cursor() as cursor:
        for kind, layout in LAYOUTS.items():
            cursor.execute(
                "select column_name from information_schema.columns where table_name = %s"
                " order by ordinal_position",
                [f"directory_stage_{kind.value}"],
            )
            columns = [row[0] for row in cursor.fetchall()]
            assert columns == [*common, *layout.all_columns]
            cursor.execute(f"select * from directory_staged_{kind.value}")
            assert [column.name for column in cursor.description] == ["place", *columns]


@pytest.mark.parametrize("table", ["service", "location"])
def test_a_service_or_a_place_names_an_organization_that_is_there(bring_in, deliver, table):
    from django.db import IntegrityError, connection, transaction

    bring_in(_delivery(deliver))

    nobody = "update directory_{} set organization_id = '00000000-0000-4000-8000-00000000dead'"
    copied = (
        "insert into directory_{0} select (jsonb_populate_record(one, jsonb_build_object("
        "'id', gen_random_uuid(), 'organization_id', gen_random_uuid()))).* from directory_{0} one"
    )
    with acting(KEEPER), connection.cursor() as cursor:
        for statement in (nobody, copied):
            with pytest.raises(IntegrityError, match="not there"), transaction.atomic():
                cursor.execute(statement.format(table))
        cursor.execute(f"update directory_{table} set changed_at = now()")
        assert cursor.rowcount == 1
