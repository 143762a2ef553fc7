"""Real directories come in: exact counts, a quarantine that tells why, no change the second time."""

from collections.abc import Callable
from pathlib import Path

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role

pytestmark = [pytest.mark.corpus, pytest.mark.django_db]
KEEPER = Actor(Role.OPERATOR, Purpose.ADMIN, name="the keeper")
NUMBERS = ("read", "created", "updated", "unchanged", "not_seen", "quarantined", "repeated", "blank")


@pytest.fixture
def bring_in(shared_data: Path) -> Callable[..., object]:
    from commonweal.exchange.hsds import command
    from commonweal.foundation.intake.progress import silent

    def run(*names: str, **asked: object) -> object:
        paths = [shared_data / "directory" / name for name in names]
        return command.run(paths, by=KEEPER, progress=silent, **asked)  # type: ignore[arg-type]

    return run


def _numbers(report: object) -> tuple[int, ...]:
    return tuple(getattr(report.totals, name) for name in NUMBERS)  # type: ignore[attr-defined]


def _of(report: object, *kinds: str) -> dict[str, tuple[int, ...]]:
    return {kind: tuple(getattr(report.of(kind), n) for n in NUMBERS) for kind in kinds}  # type: ignore[attr-defined]


def _changes(report: object) -> tuple[int, int, int, int]:
    return report.created, report.updated, report.not_seen, report.quarantined_new  # type: ignore[attr-defined]


@pytest.mark.slow
def test_the_four_washington_snapshots_are_a_sequence(bring_in):
    report = bring_in("hsds-washington-dc")

    assert [(part.name, _numbers(part)) for part in report.parts] == [
        ("2020-legacy-export", (27771, 7176, 0, 0, 0, 19743, 0, 2501)),
        ("2021-10-13a", (6909, 3488, 1101, 0, 5035, 2707, 0, 15)),
        ("2022-07-22a", (10664, 5834, 3029, 1936, 561, 618, 36, 171)),
        ("2023-05-31", (25377, 12129, 2054, 8478, 368, 309, 1285, 2059)),
    ]
    assert _of(report.parts[3], "organization", "service", "location") == {
        "organization": (399, 176, 158, 65, 4, 0, 0, 0),
        "service": (1656, 578, 1078, 0, 17, 0, 0, 0),
        "location": (1197, 607, 56, 530, 2, 4, 0, 0),
    }
    assert {part.source for part in report.parts} == {"hsds-washington-dc"}

    again = bring_in("hsds-washington-dc")
    assert _changes(again) == (0, 0, 0, 0)


@pytest.mark.slow
def test_the_first_washington_snapshot_says_what_is_of_another_city_and_what_was_swapped(bring_in):
    from commonweal.directory.models import Location, Service, ServiceAtLocation

    report = bring_in("hsds-washington-dc/2020-legacy-export")

    notes = " ".join(report.warnings)
    assert "service_id and location_id hold each other’s ids" in notes
    assert "6,404 of 6,404 rows of service_area" in notes
    assert "9,356 of 9,364 rows of language" in notes
    with acting(KEEPER):
        assert ServiceAtLocation.objects.count() == 1142
        assert not Location.objects.filter(latitude=0).exists()
        assert len(Service.objects.order_by("source_id").first().source_id) >= 15


@pytest.mark.slow
def test_miami_comes_in_with_its_orphans_held_and_the_second_time_changes_nothing(bring_in):
    from commonweal.directory.models import Phone, Service, TaxonomyTerm
    from commonweal.exchange.hsds import command

    report = bring_in("hsds-miami-211-2019")

    assert _numbers(report) == (80908, 59527, 0, 0, 0, 18814, 2, 2565)
    assert _of(report, "organization", "location", "service", "eligibility", "taxonomy_term") == {
        "organization": (1074, 1074, 0, 0, 0, 0, 0, 0),
        "location": (4089, 1074, 0, 0, 0, 3015, 0, 0),
        "service": (4089, 3642, 0, 0, 0, 447, 0, 0),
        "eligibility": (2244, 0, 0, 0, 0, 2243, 0, 1),
        "taxonomy_term": (1994, 1991, 0, 0, 0, 1, 2, 0),
    }
    first = next(iter(command.waiting(record_type="location")))
    assert (first.file, first.field) == ("locations.csv", "organization_id")
    with acting(KEEPER):
        assert Phone.objects.filter(extension="57471", e164="+13055734200").exists()
        assert not Service.objects.filter(description__contains="\\n").exists()
        assert not Service.objects.filter(description__contains="###").exists()
        assert not TaxonomyTerm.objects.filter(licensed=False).exists()

    again = bring_in("hsds-miami-211-2019")
    assert _changes(again) == (0, 0, 0, 0)
    assert (again.unchanged, again.quarantined) == (59527, 18814)


@pytest.mark.slow
def test_miami_keeps_its_one_confidential_address_from_the_public(bring_in):
    from commonweal.directory.models import Address

    bring_in("hsds-miami-211-2019")

    with acting(KEEPER):
        confidential = set(Address.objects.filter(address_1="Confidential").values_list("id", flat=True))
    with acting(Actor.public()):
        assert not Address.objects.filter(id__in=confidential).exists()


@pytest.mark.parametrize(
    ("folder", "expected"),
    [
        ("ohana-smc-sample/data/sample-csv", (486, 680, 0, 0, 0, 3, 0, 0)),
        ("hsds-transformer-ilao-fl/examples/florida_data", (533, 2025, 0, 0, 0, 1, 0, 0)),
        ("hsds-transformer-ilao-fl/spec/fixtures/base_transformer/output", (148, 134, 0, 0, 0, 0, 0, 14)),
        ("hsds-transformer-ilao-fl/spec/fixtures/custom/ilao/output", (4490, 895, 0, 0, 0, 3608, 0, 20)),
        ("hsds3-uk-mocks/OpenReferralApi/Mocks/V3.0-UK-Default", (84, 38, 0, 0, 0, 5, 40, 1)),
        ("hsds3-uk-mocks/OpenReferralApi/Mocks/V3.0-UK-Warn", (57, 12, 0, 0, 0, 5, 39, 1)),
        ("vendor-exports/data/deprecated_hsds", (38, 43, 0, 0, 0, 1, 0, 0)),
        (
            "vendor-exports/servicenet/src/test/resources/adapters/healthleads/complete",
            (11, 15, 0, 0, 0, 0, 0, 0),
        ),
        (
            "vendor-exports/servicenet/src/test/resources/adapters/smcconnect/complete",
            (16, 26, 0, 0, 0, 2, 0, 0),
        ),
    ],
)
def test_each_small_directory_comes_in_once_and_the_second_time_changes_nothing(bring_in, folder, expected):
    first = bring_in(folder)
    again = bring_in(folder)

    assert _numbers(first) == expected
    assert _changes(again) == (0, 0, 0, 0)


@pytest.mark.parametrize(
    ("mapped", "expected"),
    [("base_transformer", "base_transformer/output/data"), ("custom/ilao", "custom/ilao/output")],
)
def test_the_transformers_expected_output_is_what_its_mapping_gives(bring_in, mapped, expected):
    """The oracle: read the export by its mapping, then its expected HSDS; nothing may change."""
    fixtures = "hsds-transformer-ilao-fl/spec/fixtures"

    ours = bring_in(f"{fixtures}/{mapped}/input", f"{fixtures}/{mapped}/mapping.yaml", source="oracle")
    theirs = bring_in(f"{fixtures}/{expected}", source="oracle")

    assert ours.created > 100
    assert (theirs.created, theirs.updated, theirs.not_seen) == (0, 0, 0)
    assert theirs.unchanged == ours.created
    assert theirs.quarantined == ours.quarantined


@pytest.mark.parametrize("version", ["v3.0", "v3.1-dev"])
def test_the_standards_own_examples_come_in_but_for_their_impossible_latitude(shared_data, version):
    from commonweal.exchange.hsds import command
    from commonweal.foundation.intake.progress import silent

    folder = shared_data / "standards" / "hsds-spec" / version / "examples" / "csv"
    report = command.run([folder], by=KEEPER, source="standard", progress=silent)

    (faulty,) = [row for row in command.waiting() if row.faults[0]["reason"] == "range"]
    assert faulty.reason == "latitude is 100, which is out of range."
    assert report.of("service").created == 1


@pytest.mark.parametrize(
    "folder",
    ["chicago-early-childhood-dedupe", "miami-switchboard-2015", "sf-linksf", "sf-misc", "wa211-dedupe"],
)
def test_what_is_not_hsds_is_refused_with_a_reason(bring_in, folder):
    from commonweal.kernel.errors import BadInput

    with pytest.raises(BadInput):
        bring_in(folder)
