"""HSDS as JSON: objects, lists, pages and lines say the same as tables."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")


def _uuid(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _service(number: int) -> dict[str, object]:
    n = number * 100
    return {
        "id": _uuid(n),
        "name": f"Pantry {number}",
        "status": "active",
        "last_modified": "2026-01-01T00:00:00Z",
        "organization": {"id": _uuid(1), "name": "Ferry Street Pantry", "description": "Food."},
        "phones": [{"id": _uuid(n + 1), "number": "555-555-0100", "extension": 42,
                    "languages": [{"id": _uuid(n + 2), "name": "Spanish"}]}],
        "schedules": [{"id": _uuid(n + 3), "freq": "WEEKLY", "byday": "MO", "opens_at": "09:00-05:00",
                       "closes_at": "17:00-05:00", "timezone": -5}],
        "service_at_locations": [
            {
                "id": _uuid(n + 4),
                "location": {
                    "id": _uuid(n + 5), "location_type": "physical", "latitude": 42.5, "longitude": -73.5,
                    "addresses": [{"id": _uuid(n + 6), "address_1": "1 Main Street", "city": "Alderton",
                                   "state_province": "NY", "postal_code": "10000", "country": "US",
                                   "address_type": "physical"}],
                },
            }
        ],
        "attributes": [
            {"id": _uuid(n + 7), "taxonomy_term": {"id": _uuid(2), "name": "Food pantry"}}
        ],
        "x_local": "kept",
    }  # fmt: skip


def _numbers(report: object) -> dict[str, int]:
    return {kind: counts.created for kind, counts in report.by_type.items() if counts.created}  # type: ignore[attr-defined]


WHOLE = {
    "taxonomy_term": 1, "organization": 1, "location": 2, "service": 2, "service_at_location": 2,
    "address": 2, "phone": 2, "schedule": 2, "language": 2, "attribute": 2,
}  # fmt: skip


@pytest.fixture
def written(tmp_path: Path) -> Callable[[str, object], Path]:
    def write(name: str, whole: object) -> Path:
        path = tmp_path / "alder-json" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(whole if isinstance(whole, str) else json.dumps(whole), encoding="utf-8")
        return path

    return write


def _page(number: int, of: int, contents: list[object]) -> dict[str, object]:
    return {"total_items": of, "total_pages": of, "page_number": number, "size": 1, "contents": contents}


def test_an_array_a_page_and_lines_bring_the_same(bring_in, written):
    services = [_service(1), _service(2)]
    path = written("services.json", services)

    assert _numbers(bring_in(path, source="json")) == WHOLE
    written("services.json", {"total_pages": 1, "contents": services})
    assert bring_in(path, source="json").unchanged == sum(WHOLE.values())
    lines = written("services.ndjson", "\n".join(json.dumps(s) for s in services))
    again = bring_in(lines, source="json")
    assert (again.created, again.updated, again.not_seen) == (0, 0, 0)


def test_what_is_nested_hangs_on_what_it_was_nested_in(bring_in, written):
    from commonweal.directory import models as m

    bring_in(written("services.json", [_service(1)]), source="json")

    with acting(KEEPER):
        phone, schedule = m.Phone.objects.get(), m.Schedule.objects.get()
        assert str(phone.service_id) == _uuid(100)
        assert phone.extension == "42"
        assert str(m.Language.objects.get().phone_id) == _uuid(101)
        assert m.ServiceNeedDomain.objects.get().domain == "food-insecurity"
        assert (schedule.opens_at.isoformat(), schedule.utc_offset_minutes) == ("09:00:00", -300)
        assert m.Service.objects.get().extra == {"x_local": "kept"}


def test_one_object_is_a_part_and_all_pages_are_the_whole(bring_in, written):
    from commonweal.directory.models import Service

    folder = written("page1.json", _page(1, 2, [_service(1)])).parent
    written("page2.json", _page(2, 2, [_service(2)]))
    bring_in(folder, source="json")
    (folder / "page2.json").unlink()

    bring_in(folder, source="json")
    with acting(KEEPER):
        assert not Service.objects.filter(not_seen_since__isnull=False).exists()

    (folder / "page1.json").unlink()
    written("one.json", _service(1))
    bring_in(folder, source="json")
    with acting(KEEPER):
        assert not Service.objects.filter(not_seen_since__isnull=False).exists()

    (folder / "one.json").unlink()
    written("page1.json", _page(1, 1, [_service(1)]))
    assert bring_in(folder, source="json").of("service").not_seen == 1


def test_a_summary_beside_the_whole_adds_nothing_and_takes_nothing(bring_in, written):
    from commonweal.directory.models import Service

    folder = written("service_full.json", [_service(1) | {"description": "Boxes of food."}]).parent
    written("service_list.json", {"contents": [{"id": _uuid(100), "name": "Pantry 1", "status": "active"}]})

    report = bring_in(folder, source="json")

    assert report.exit_code == 0
    with acting(KEEPER):
        assert Service.objects.get().description == "Boxes of food."


def test_a_broken_record_waits_and_the_others_go_in(bring_in, written):
    from commonweal.exchange.hsds import command

    broken = _service(2) | {"minimum_age": "old"}

    report = bring_in(written("services.json", [_service(1), broken, "not an object"]), source="json")

    assert report.of("service").created == 1
    assert report.exit_code == 3
    rows = {row.row: row for row in command.waiting(record_type="service")}
    assert rows[2].field == "minimum_age"
    assert rows[3].faults[0]["reason"] == "not-an-object"


def test_a_line_that_is_no_json_waits(bring_in, written):
    from commonweal.exchange.hsds import command

    path = written("services.ndjson", json.dumps(_service(1)) + "\n{broken\n")

    report = bring_in(path, source="json")

    assert report.of("service").created == 1
    assert [row.faults[0]["reason"] for row in command.waiting()] == ["bad-json"]


@pytest.mark.parametrize("whole", ["", "42", '"text"', "{", "[1, 2]", '{"a": 1}', '{"openapi": "3.1"}'])
def test_json_that_is_no_directory_is_unusable(bring_in, written, whole):
    from commonweal.kernel.errors import BadInput

    with pytest.raises(BadInput):
        bring_in(written("services.json", whole), source="json")


def test_a_schema_is_not_a_record(bring_in, written):
    from commonweal.kernel.errors import BadInput

    schema = {"$schema": "https://json-schema.org/draft/2020-12/schema", "name": "service", "properties": {}}
    with pytest.raises(BadInput):
        bring_in(written("service.json", schema), source="json")
