"""How a delivery is handed to the directory: which columns each kind of row has, and what it hangs on.

The reader of a format (HSDS, a vendor's export) turns its rows into these columns; the directory
merges them. Cells travel as text; an empty cell is *nothing said*.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from commonweal.directory.vocabulary import RecordType

__all__ = ["LAYOUTS", "MERGE_ORDER", "Hang", "Layout", "RecordType"]

T = RecordType


class Hang(StrEnum):
    """How a row depends on the rows it names."""

    LOOSE = "loose"  # a reference that leads nowhere is left out
    FIRM = "firm"  # each firm reference, if given, must lead somewhere
    ALL = "all"  # all firm references must be given and lead somewhere
    ANY = "any"  # at least one reference must lead somewhere


@dataclass(frozen=True, slots=True)
class Layout:
    """Columns of one kind of row. ``parents`` maps a reference column to the kind it names.

    A new column goes to the end of ``columns``, where an empty cell changes no row and no id, and its
    migration adds it to the staging table too (``alter table directory_stage_… add column``), and makes the
    view of that anew (``directory_staged_…``).

    ``firm`` lists the references without which the row makes no sense (see :class:`Hang`).
    ``types`` gives the SQL type of columns that are not text. ``repeats``: an id that comes twice
    with other content is another row, since sources number these rows carelessly.
    """

    table: str
    columns: tuple[str, ...]
    parents: Mapping[str, T] = field(default_factory=dict)
    hang: Hang = Hang.LOOSE
    firm: tuple[str, ...] = ()
    types: Mapping[str, str] = field(default_factory=dict)
    repeats: bool = False

    @property
    def all_columns(self) -> tuple[str, ...]:
        """References first, then the rest, as staged."""
        return (*self.parents, *self.columns)


def _any_of(*types: T) -> dict[str, T]:
    return {f"{t.value}_id": t for t in types}


_DATE = "date"

LAYOUTS: dict[T, Layout] = {
    T.TAXONOMY: Layout(
        "directory_taxonomy",
        ("name", "description", "uri", "version", "licensed"),
        types={"licensed": "bool"},
    ),
    T.TAXONOMY_TERM: Layout(
        "directory_taxonomyterm",
        ("code", "name", "description", "taxonomy_name", "language", "term_uri", "licensed"),
        {"taxonomy_id": T.TAXONOMY, "parent_id": T.TAXONOMY_TERM},
        types={"licensed": "bool"},
    ),
    T.UNIT: Layout("directory_unit", ("name", "scheme", "identifier", "uri")),
    T.ORGANIZATION: Layout(
        "directory_organization",
        (
            "name",
            "alternate_name",
            "description",
            "email",
            "website",
            "tax_status",
            "tax_id",
            "year_incorporated",
            "legal_status",
            "logo",
            "uri",
        ),
        {"parent_organization_id": T.ORGANIZATION},
        types={"year_incorporated": "int"},
    ),
    T.ORGANIZATION_IDENTIFIER: Layout(
        "directory_organizationidentifier",
        ("identifier_scheme", "identifier_type", "identifier"),
        _any_of(T.ORGANIZATION),
        Hang.ANY,
        repeats=True,
    ),
    T.PROGRAM: Layout(
        "directory_program",
        ("name", "alternate_name", "description"),
        _any_of(T.ORGANIZATION),
        Hang.FIRM,
        ("organization_id",),
    ),
    T.LOCATION: Layout(
        "directory_location",
        (
            "location_type",
            "url",
            "name",
            "alternate_name",
            "description",
            "transportation",
            "latitude",
            "longitude",
            "external_identifier",
            "external_identifier_type",
            "timezone",
        ),
        _any_of(T.ORGANIZATION),
        Hang.FIRM,
        ("organization_id",),
        {"latitude": "float8", "longitude": "float8"},
    ),
    T.ADDRESS: Layout(
        "directory_address",
        (
            "attention",
            "address_1",
            "address_2",
            "city",
            "region",
            "state_province",
            "postal_code",
            "country",
            "address_type",
        ),
        _any_of(T.LOCATION),
        Hang.ALL,
        ("location_id",),
        repeats=True,
    ),
    T.SERVICE: Layout(
        "directory_service",
        (
            "name",
            "alternate_name",
            "description",
            "url",
            "email",
            "status",
            "interpretation_services",
            "application_process",
            "fees_description",
            "wait_time",
            "fees",
            "accreditations",
            "eligibility_description",
            "minimum_age",
            "maximum_age",
            "assured_date",
            "assurer_email",
            "licenses",
            "alert",
            "source_modified_at",
        ),
        _any_of(T.ORGANIZATION, T.PROGRAM),
        Hang.FIRM,
        ("organization_id",),
        {
            "minimum_age": "numeric",
            "maximum_age": "numeric",
            "assured_date": _DATE,
            "source_modified_at": "timestamptz",
        },
    ),
    T.SERVICE_AT_LOCATION: Layout(
        "directory_serviceatlocation",
        ("description",),
        _any_of(T.SERVICE, T.LOCATION),
        Hang.ALL,
        ("service_id", "location_id"),
    ),
    T.CONTACT: Layout(
        "directory_contact",
        ("name", "title", "department", "email"),
        _any_of(T.ORGANIZATION, T.SERVICE, T.SERVICE_AT_LOCATION, T.LOCATION),
        Hang.ANY,
    ),
    T.PHONE: Layout(
        "directory_phone",
        ("number", "e164", "extension", "type", "description"),
        _any_of(T.LOCATION, T.SERVICE, T.ORGANIZATION, T.CONTACT, T.SERVICE_AT_LOCATION),
        Hang.ANY,
        repeats=True,
    ),
    T.SCHEDULE: Layout(
        "directory_schedule",
        (
            "valid_from",
            "valid_to",
            "dtstart",
            "timezone",
            "utc_offset_minutes",
            "until",
            "count",
            "wkst",
            "freq",
            "interval",
            "byday",
            "byweekno",
            "bymonthday",
            "byyearday",
            "description",
            "opens_at",
            "closes_at",
            "closed",
            "schedule_link",
            "attending_type",
            "notes",
        ),
        _any_of(T.SERVICE, T.LOCATION, T.SERVICE_AT_LOCATION),
        Hang.ANY,
        types={
            "valid_from": _DATE,
            "valid_to": _DATE,
            "dtstart": _DATE,
            "until": _DATE,
            "count": "int",
            "interval": "int",
            "utc_offset_minutes": "int",
            "opens_at": "time",
            "closes_at": "time",
            "closed": "bool",
        },
        repeats=True,
    ),
    T.SERVICE_AREA: Layout(
        "directory_servicearea",
        ("name", "description", "extent", "extent_type", "uri"),
        _any_of(T.SERVICE, T.SERVICE_AT_LOCATION),
        Hang.ANY,
        repeats=True,
    ),
    T.LANGUAGE: Layout(
        "directory_language",
        ("name", "code", "note"),
        _any_of(T.SERVICE, T.LOCATION, T.PHONE),
        Hang.ANY,
        repeats=True,
    ),
    T.ACCESSIBILITY: Layout(
        "directory_accessibility",
        ("description", "details", "url"),
        _any_of(T.LOCATION),
        Hang.ANY,
        repeats=True,
    ),
    T.COST_OPTION: Layout(
        "directory_costoption",
        ("valid_from", "valid_to", "option", "currency", "amount", "amount_description"),
        _any_of(T.SERVICE),
        Hang.ANY,
        types={"valid_from": _DATE, "valid_to": _DATE, "amount": "numeric"},
        repeats=True,
    ),
    T.REQUIRED_DOCUMENT: Layout(
        "directory_requireddocument", ("document", "uri"), _any_of(T.SERVICE), Hang.ANY, repeats=True
    ),
    T.FUNDING: Layout(
        "directory_funding", ("source_of_funds",), _any_of(T.ORGANIZATION, T.SERVICE), Hang.ANY, repeats=True
    ),
    T.URL: Layout(
        "directory_url", ("label", "url"), _any_of(T.ORGANIZATION, T.SERVICE), Hang.ANY, repeats=True
    ),
    T.SERVICE_CAPACITY: Layout(
        "directory_servicecapacity",
        ("available", "maximum", "description", "updated"),
        _any_of(T.SERVICE, T.UNIT),
        Hang.FIRM,
        ("service_id",),
        {"available": "numeric", "maximum": "numeric", "updated": "timestamptz"},
        repeats=True,
    ),
    T.ATTRIBUTE: Layout(
        "directory_attribute",
        ("link_id", "link_entity", "link_type", "value", "label"),
        {"service_id": T.SERVICE, "taxonomy_term_id": T.TAXONOMY_TERM},
        Hang.FIRM,
        ("service_id", "taxonomy_term_id"),
        {"link_id": "uuid"},
        repeats=True,
    ),
    T.METADATA: Layout(
        "directory_metadata",
        (
            "resource_id",
            "resource_type",
            "last_action_date",
            "last_action_type",
            "field_name",
            "previous_value",
            "replacement_value",
            "updated_by",
        ),
        types={"resource_id": "uuid", "last_action_date": _DATE},
        repeats=True,
    ),
}

MERGE_ORDER: tuple[T, ...] = tuple(LAYOUTS)
"""Parents before what hangs on them."""
