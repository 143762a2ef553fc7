"""A directory comes in: once, again, changed, faulty, without some of what it had."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")

ORGANIZATION = {"id": "11", "name": "Ferry Street Pantry", "description": "Food for all."}
LOCATION = {
    "id": "21",
    "organization_id": "11",
    "name": "Main hall",
    "latitude": "42.5",
    "longitude": "-73.5",
}
SERVICE = {"id": "31", "organization_id": "11", "name": "Food pantry", "status": "active"}
AT = {"id": "41", "service_id": "31", "location_id": "21"}
PHONE = {"id": "51", "service_id": "31", "number": "(555) 555-0100", "extension": "0042"}


@pytest.fixture
def pantry(deliver: Callable[..., Path]) -> Path:
    return deliver(
        organizations=[ORGANIZATION],
        locations=[LOCATION],
        services=[SERVICE],
        services_at_location=[AT],
        phones=[PHONE],
    )


def _counts(report, kind: str) -> tuple[int, int, int, int]:
    c = report.of(kind)
    return c.created, c.updated, c.unchanged, c.not_seen


def _service():
    from commonweal.directory.models import Service

    with acting(KEEPER):
        return Service.objects.get(source_id="31")


def test_what_is_delivered_is_there_and_the_report_says_so(bring_in, pantry):
    report = bring_in(pantry)

    assert report.exit_code == 0
    assert (report.read, report.created, report.quarantined) == (5, 5, 0)
    assert _counts(report, "service") == (1, 0, 0, 0)
    assert _service().name == "Food pantry"


def test_the_second_time_changes_nothing(bring_in, pantry):
    bring_in(pantry)
    before = _service()

    report = bring_in(pantry)

    assert (report.created, report.updated, report.not_seen, report.quarantined_new) == (0, 0, 0, 0)
    assert report.unchanged == 5
    assert _service().last_modified == before.last_modified


def test_a_newer_delivery_changes_only_what_differs(bring_in, pantry, deliver):
    bring_in(pantry)
    deliver(services=[SERVICE | {"name": "Food pantry and soup"}])

    report = bring_in(pantry)

    assert _counts(report, "service") == (0, 1, 0, 0)
    assert _counts(report, "organization") == (0, 0, 1, 0)
    assert _service().name == "Food pantry and soup"


def test_a_changed_phone_is_a_change_of_its_service(bring_in, pantry, deliver):
    bring_in(pantry)
    before = _service().last_modified
    deliver(phones=[PHONE | {"number": "(555) 555-0199"}])

    bring_in(pantry)

    assert _service().last_modified > before


def test_an_extension_keeps_its_zeros(bring_in, pantry):
    from commonweal.directory.models import Phone

    bring_in(pantry)

    with acting(KEEPER):
        assert Phone.objects.get(source_id="51").extension == "0042"


def test_what_is_no_longer_delivered_is_marked_and_kept_and_comes_back(bring_in, pantry, deliver):
    second = SERVICE | {"id": "32", "name": "Soup"}
    deliver(services=[SERVICE, second])
    bring_in(pantry)
    deliver(services=[second])

    gone = bring_in(pantry)

    assert gone.of("service").not_seen == 1
    assert _service().not_seen_since is not None
    deliver(services=[SERVICE, second])
    back = bring_in(pantry)
    assert back.of("service").updated == 1
    assert _service().not_seen_since is None


def test_a_part_marks_nothing_as_gone(bring_in, pantry, deliver):
    bring_in(pantry)
    deliver(services=[SERVICE | {"id": "32", "name": "Soup"}])

    bring_in(pantry, complete=False)

    assert _service().not_seen_since is None


def test_a_faulty_row_waits_whole_and_the_rest_goes_in(bring_in, pantry, deliver):
    from commonweal.exchange.hsds import command

    deliver(
        services=[
            SERVICE,
            {"id": "32", "organization_id": "11", "name": "", "description": "=cmd|'/C calc'!A0"},
        ]
    )

    report = bring_in(pantry)

    assert report.exit_code == 3
    assert report.of("service").created == 1
    (row,) = command.waiting()
    assert (row.file, row.row, row.field, row.record_id) == ("services.csv", 3, "name", "32")
    assert command.show(row.id)["cells"]["description"] == "=cmd|'/C calc'!A0"


def test_the_same_faulty_row_is_held_once(bring_in, pantry, deliver):
    from commonweal.exchange.hsds import command

    deliver(services=[SERVICE, {"id": "32", "organization_id": "11", "description": "no name"}])
    bring_in(pantry)

    again = bring_in(pantry)

    assert (again.quarantined, again.quarantined_new) == (1, 0)
    assert len(list(command.waiting())) == 1


def test_what_hangs_on_nothing_waits_with_what_it_hangs_on(bring_in, pantry, deliver):
    from commonweal.exchange.hsds import command

    deliver(
        services=[SERVICE, SERVICE | {"id": "32", "organization_id": "99"}],
        phones=[PHONE, PHONE | {"id": "52", "service_id": "32"}, PHONE | {"id": "53", "service_id": "77"}],
    )

    bring_in(pantry)

    reasons = {row.record_id: row.faults[0]["reason"] for row in command.waiting()}
    assert reasons == {"32": "unknown-parent", "52": "held-parent", "53": "unknown-parent"}
    words = {row.record_id: row.reason for row in command.waiting()}
    assert words["32"] == "organization_id is 99, which this source has not delivered."


def test_held_rows_go_in_when_what_they_hang_on_arrives(bring_in, pantry, deliver, keeper):
    from commonweal.exchange.hsds import command

    deliver(services=[SERVICE, SERVICE | {"id": "32", "organization_id": "99"}])
    bring_in(pantry)
    deliver(organizations=[ORGANIZATION, {"id": "99", "name": "Northbank Rides"}])

    bring_in(pantry)

    assert not list(command.waiting())


def test_replay_takes_in_what_can_go_in_now(bring_in, deliver, keeper):
    from commonweal.exchange.hsds import command

    folder = deliver("alder", organizations=[ORGANIZATION], services=[SERVICE | {"organization_id": "99"}])
    bring_in(folder)
    other = deliver("more", organizations=[{"id": "99", "name": "Northbank Rides"}])
    bring_in(other, source="alder", complete=False)

    report = command.replay(by=keeper)

    assert report.created == 1
    assert not list(command.waiting())


def test_a_mended_row_goes_in_and_its_mend_is_remembered(bring_in, pantry, deliver, keeper):
    from commonweal.exchange.hsds import command

    deliver(services=[SERVICE, {"id": "32", "organization_id": "11", "name": "", "description": "Soup"}])
    bring_in(pantry)
    (row,) = command.waiting()

    mended = command.replay(row.id, mended={"name": "Soup kitchen"}, by=keeper)
    again = bring_in(pantry)

    assert mended.of("service").created == 1
    assert (again.created, again.updated, again.quarantined, again.not_seen) == (0, 0, 0, 0)


def test_a_mend_that_does_not_help_leaves_the_row_waiting(bring_in, pantry, deliver, keeper):
    from commonweal.exchange.hsds import command

    deliver(services=[SERVICE, {"id": "32", "organization_id": "11", "name": "", "minimum_age": "x"}])
    bring_in(pantry)
    (row,) = command.waiting()

    report = command.replay(row.id, mended={"name": "Soup"}, by=keeper)

    assert report.exit_code == 3
    (still,) = command.waiting()
    assert still.faults[0]["field"] == "minimum_age"


def test_a_dry_run_judges_everything_and_keeps_nothing(bring_in, pantry, deliver):
    from commonweal.exchange.hsds import command

    deliver(services=[SERVICE, {"id": "32", "description": "no name"}])

    report = bring_in(pantry, dry_run=True)

    assert (report.created, report.quarantined) == (5, 1)
    assert not list(command.waiting())
    with acting(KEEPER):
        from commonweal.directory.models import Service

        assert not Service.objects.exists()


def test_several_folders_are_a_sequence_and_an_old_one_does_not_turn_time_back(bring_in, deliver):
    old = deliver("alder/2025-01-01", organizations=[ORGANIZATION], services=[SERVICE])
    deliver("alder/2026-01-01", organizations=[ORGANIZATION], services=[SERVICE | {"name": "Pantry"}])

    bring_in(old.parent)
    again = bring_in(old.parent)

    assert _service().name == "Pantry"
    assert (again.created, again.updated, again.not_seen) == (0, 0, 0)


def test_a_known_directory_under_a_new_name_is_not_taken_for_another(bring_in, deliver):
    from commonweal.kernel.errors import BadInput

    many = [SERVICE | {"id": str(n), "name": f"Service {n}"} for n in range(100, 130)]
    bring_in(deliver("alder", organizations=[ORGANIZATION], services=many))
    renamed = deliver("downloads-alder", organizations=[ORGANIZATION], services=many)

    with pytest.raises(BadInput, match="--source alder"):
        bring_in(renamed)
    assert bring_in(renamed, source="alder").unchanged == 31


def test_another_directory_under_a_known_name_does_not_make_the_old_one_vanish(bring_in, deliver, tmp_path):
    from commonweal.directory.models import Service
    from commonweal.kernel.errors import BadInput

    many = [SERVICE | {"id": str(n), "name": f"Service {n}"} for n in range(100, 130)]
    bring_in(deliver("a/export-hall", organizations=[ORGANIZATION], services=many))
    other = [SERVICE | {"id": str(n), "name": f"Offer {n}"} for n in range(500, 530)]
    stranger = deliver("b/export-hall", organizations=[ORGANIZATION], services=other)

    with pytest.raises(BadInput, match="no service in common"):
        bring_in(stranger)
    with acting(KEEPER):
        assert not Service.objects.filter(not_seen_since__isnull=False).exists()


def test_folders_of_one_name_in_different_places_are_different_sources(bring_in, deliver):
    deliver("all/north/hall", organizations=[ORGANIZATION])
    whole = deliver("all/south/hall", organizations=[ORGANIZATION | {"name": "South"}]).parent.parent

    report = bring_in(whole)

    assert report.source == "north-hall, south-hall"
    assert (report.created, report.not_seen) == (2, 0)


def test_an_id_of_another_source_is_for_a_human_to_judge(bring_in, deliver):
    from commonweal.exchange.hsds import command

    uuid = "0b0f7bb2-61c4-4dd5-9d5c-4f7f8a9b0c11"
    bring_in(deliver("one", organizations=[ORGANIZATION | {"id": uuid}]), source="one")

    report = bring_in(deliver("two", organizations=[{"id": uuid, "name": "Someone else"}]), source="two")

    assert report.of("organization").quarantined == 1
    assert next(iter(command.waiting())).faults[0]["reason"] == "other-source"


def test_capacity_and_our_own_checks_outlive_a_newer_delivery(bring_in, pantry, deliver):
    from commonweal.directory.models import Service
    from commonweal.kernel.clock import now

    bring_in(pantry)
    with acting(KEEPER):
        Service.objects.filter(source_id="31").update(
            capacity="waitlist", capacity_at=now(), verified_by="Priya Nair"
        )
    deliver(services=[SERVICE | {"name": "Pantry"}])

    bring_in(pantry)

    service = _service()
    assert (service.name, service.capacity, service.verified_by) == ("Pantry", "waitlist", "Priya Nair")


def test_nothing_to_read_is_unusable_input(bring_in, tmp_path):
    from commonweal.kernel.errors import BadInput

    (tmp_path / "empty").mkdir()
    with pytest.raises(BadInput):
        bring_in(tmp_path / "empty")
    with pytest.raises(BadInput, match="no such file"):
        bring_in(tmp_path / "absent")
