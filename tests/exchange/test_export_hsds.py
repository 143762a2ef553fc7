"""What leaves: HSDS 3.1 of what anyone may see, and nothing else."""

import json

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
UUID = "00000000-0000-4000-8000-{:012d}"
ORGANIZATION = {"id": UUID.format(1), "name": "Ferry Street Pantry", "website": "https://example.org"}
SERVICE = {
    "id": UUID.format(2), "organization_id": UUID.format(1), "name": "Food pantry", "status": "active",
    "minimum_age": "18", "x_note": "ours",
}  # fmt: skip
HIDDEN = {"id": UUID.format(3), "organization_id": UUID.format(1), "name": "CANARY shelter", "private": "yes"}
LOCATION = {"id": UUID.format(4), "location_type": "physical", "latitude": "42.5", "longitude": "-73.5"}
AT = {"id": UUID.format(5), "service_id": UUID.format(2), "location_id": UUID.format(4)}
ADDRESS = {
    "id": UUID.format(6),
    "location_id": UUID.format(4),
    "address_1": "1 Main Street",
    "city": "Alderton",
}
PHONES = [
    {"id": UUID.format(7), "service_id": UUID.format(2), "number": "555-555-0100", "extension": "12"},
    {"id": UUID.format(8), "service_id": UUID.format(2), "number": "555-555-0101", "extension": "0042"},
]
TERMS = [
    {"id": "BD-1800.2000", "name": "CANARY licensed words", "vocabulary": "AIRS"},
    {"id": "own-food", "name": "Food pantry", "vocabulary": "Our own words"},
]
SAID = [
    {"id": "1", "service_id": UUID.format(2), "taxonomy_id": "BD-1800.2000"},
    {"id": "2", "service_id": UUID.format(2), "taxonomy_id": "own-food"},
]


def _exported(bring_in, deliver, tmp_path, name="out.json", **tables):
    from commonweal.exchange.hsds import export

    rows = {
        "organizations": [ORGANIZATION], "services": [SERVICE, HIDDEN], "locations": [LOCATION],
        "services_at_location": [AT], "addresses": [ADDRESS], "phones": PHONES, "taxonomy": TERMS,
        "services_taxonomy": SAID,
    }  # fmt: skip
    bring_in(deliver(**(rows | tables)))
    report = export.write(tmp_path / name, KEEPER)
    return report, (tmp_path / name).read_text()


def test_public_services_leave_whole(bring_in, deliver, tmp_path):
    report, text = _exported(bring_in, deliver, tmp_path)

    page = json.loads(text)
    (service,) = page["contents"]
    assert (page["total_items"], page["size"], page["last_page"], report.services) == (1, 1, True, 1)
    assert (service["name"], service["minimum_age"], service["status"]) == ("Food pantry", 18, "active")
    assert service["organization"]["name"] == "Ferry Street Pantry"
    place = service["service_at_locations"][0]["location"]
    assert place["addresses"][0]["city"] == "Alderton"
    assert place["addresses"][0]["country"] == ""


def test_accreditations_come_in_by_either_spelling_and_leave_by_one(bring_in, deliver, tmp_path):
    said = "Accredited by the invented Council on Pantries"
    other = SERVICE | {"id": UUID.format(9), "name": "Food bag"}
    services = [SERVICE | {"accreditations": said}, other | {"accreditations": ""}]
    _, text = _exported(bring_in, deliver, tmp_path, services=services)
    assert [s.get("accreditations") for s in json.loads(text)["contents"]] == [said, None]

    renamed = [SERVICE | {"accrediations": f"{said} (2)"}]
    _, text = _exported(bring_in, deliver, tmp_path, name="again.json", services=renamed)
    assert [s["accreditations"] for s in json.loads(text)["contents"]] == [f"{said} (2)"]


def test_nothing_hidden_or_licensed_leaves(bring_in, deliver, tmp_path):
    report, text = _exported(bring_in, deliver, tmp_path)

    assert "CANARY" not in text
    assert "BD-1800" not in text
    assert "Food pantry" in text
    assert report.left_out["terms of a licensed vocabulary"] == 1


def test_a_confidential_address_does_not_leave(bring_in, deliver, tmp_path):
    secret = ADDRESS | {"address_1": "12 CANARY Lane", "confidential": "yes"}
    _, text = _exported(bring_in, deliver, tmp_path, addresses=[secret])

    assert "CANARY" not in text
    assert "42.5" not in text


def test_what_hsds_cannot_say_is_told(bring_in, deliver, tmp_path):
    report, text = _exported(bring_in, deliver, tmp_path)

    phones = json.loads(text)["contents"][0]["phones"]
    assert [phone.get("extension") for phone in phones] == [12, None]
    assert phones[1]["description"] == "ext. 0042"
    assert report.left_out["extensions that are not plain numbers, kept in the description"] == 1
    assert report.left_out["rows with properties that are not HSDS"] == 1


def test_lines_are_one_service_each(bring_in, deliver, tmp_path):
    _, text = _exported(bring_in, deliver, tmp_path, "out.ndjson")

    assert [json.loads(line)["name"] for line in text.splitlines()] == ["Food pantry"]


def test_an_export_comes_in_again_with_nothing_new_but_its_date(bring_in, deliver, tmp_path):
    phones = PHONES[:1]
    services = [{key: value for key, value in SERVICE.items() if key != "x_note"}]
    words = {"taxonomy": [], "services_taxonomy": [], "services": services, "phones": phones}
    _exported(bring_in, deliver, tmp_path, "out.json", **words)

    again = bring_in(tmp_path / "out.json", source="alder-directory", complete=False)

    assert (again.created, again.quarantined) == (0, 0)
    assert again.updated == again.of("service").updated == 1  # it now brings the moment of its last change


def test_what_vanished_from_its_source_does_not_leave(bring_in, deliver, tmp_path):
    from commonweal.exchange.hsds import export

    other = SERVICE | {"id": UUID.format(9), "name": "Soup"}
    _exported(bring_in, deliver, tmp_path, services=[SERVICE, other])
    bring_in(deliver(services=[other]))

    report = export.write(tmp_path / "later.json", KEEPER)

    assert report.services == 1
    with acting(KEEPER):
        from commonweal.directory.models import Service

        assert Service.objects.count() == 2
