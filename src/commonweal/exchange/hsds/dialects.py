"""Which table and which column mean what, in HSDS 1.1, 2.0, 3.x and in the dialects met in the wild.

Names are compared in lower case. A name that a dialect puts before each column (``service_name`` in a
table of services) is taken off first.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from commonweal.directory.shapes_intake import RecordType as T
from commonweal.exchange.hsds import cells
from commonweal.exchange.hsds.cells import Cell


@dataclass(frozen=True, slots=True)
class Table:
    """What a table of a delivery holds: its kind of row, values that its name implies, and ``side``
    where its rows are folded into others and have no kind of their own."""

    type: T | None
    implied: Mapping[str, str] = field(default_factory=dict)
    side: str = ""

    label: str = field(init=False, default="")

    def __post_init__(self) -> None:
        """``label`` is the name of the table in a report."""
        object.__setattr__(self, "label", self.side or (self.type.value if self.type else ""))


def _table(kind: T, **implied: str) -> Table:
    return Table(kind, implied)


ELIGIBILITY = Table(T.SERVICE, side="eligibility")
IGNORED = Table(None)

TABLES: dict[str, Table] = {
    "taxonomies": _table(T.TAXONOMY),
    "taxonomy_types": _table(T.TAXONOMY),
    "taxonomy": _table(T.TAXONOMY_TERM),
    "taxonomy_terms": _table(T.TAXONOMY_TERM),
    "taxonomy_term": _table(T.TAXONOMY_TERM),
    "units": _table(T.UNIT),
    "unit": _table(T.UNIT),
    "organizations": _table(T.ORGANIZATION),
    "organization": _table(T.ORGANIZATION),
    "organization_identifiers": _table(T.ORGANIZATION_IDENTIFIER),
    "organization_identifier": _table(T.ORGANIZATION_IDENTIFIER),
    "programs": _table(T.PROGRAM),
    "program": _table(T.PROGRAM),
    "locations": _table(T.LOCATION),
    "location": _table(T.LOCATION),
    "addresses": _table(T.ADDRESS),
    "address": _table(T.ADDRESS),
    "physical_addresses": _table(T.ADDRESS, address_type="physical"),
    "physical_address": _table(T.ADDRESS, address_type="physical"),
    "postal_addresses": _table(T.ADDRESS, address_type="postal"),
    "postal_address": _table(T.ADDRESS, address_type="postal"),
    "mail_addresses": _table(T.ADDRESS, address_type="postal"),
    "eligibility": ELIGIBILITY,
    "eligibilities": ELIGIBILITY,
    "services": _table(T.SERVICE),
    "service": _table(T.SERVICE),
    "services_at_location": _table(T.SERVICE_AT_LOCATION),
    "services_at_locations": _table(T.SERVICE_AT_LOCATION),
    "service_at_location": _table(T.SERVICE_AT_LOCATION),
    "service_at_locations": _table(T.SERVICE_AT_LOCATION),
    "contacts": _table(T.CONTACT),
    "contact": _table(T.CONTACT),
    "phones": _table(T.PHONE),
    "phone": _table(T.PHONE),
    "schedules": _table(T.SCHEDULE),
    "schedule": _table(T.SCHEDULE),
    "regular_schedules": _table(T.SCHEDULE),
    "regular_schedule": _table(T.SCHEDULE),
    "holiday_schedules": _table(T.SCHEDULE, holiday="yes"),
    "holiday_schedule": _table(T.SCHEDULE, holiday="yes"),
    "service_areas": _table(T.SERVICE_AREA),
    "service_area": _table(T.SERVICE_AREA),
    "languages": _table(T.LANGUAGE),
    "language": _table(T.LANGUAGE),
    "accessibility": _table(T.ACCESSIBILITY),
    "accessibility_for_disabilities": _table(T.ACCESSIBILITY),
    "cost_options": _table(T.COST_OPTION),
    "cost_option": _table(T.COST_OPTION),
    "payments_accepted": _table(T.COST_OPTION),
    "payment_accepted": _table(T.COST_OPTION),
    "required_documents": _table(T.REQUIRED_DOCUMENT),
    "required_document": _table(T.REQUIRED_DOCUMENT),
    "funding": _table(T.FUNDING),
    "fundings": _table(T.FUNDING),
    "urls": _table(T.URL),
    "url": _table(T.URL),
    "service_capacity": _table(T.SERVICE_CAPACITY),
    "service_capacities": _table(T.SERVICE_CAPACITY),
    "services_taxonomy": _table(T.ATTRIBUTE, link_entity="service"),
    "service_taxonomy": _table(T.ATTRIBUTE, link_entity="service"),
    "service_attributes": _table(T.ATTRIBUTE, link_entity="service"),
    "other_attributes": _table(T.ATTRIBUTE),
    "attributes": _table(T.ATTRIBUTE),
    "attribute": _table(T.ATTRIBUTE),
    "metadata": _table(T.METADATA),
    "meta_table_descriptions": IGNORED,
    "meta_table_description": IGNORED,
    "taxonomy_terms_types": IGNORED,
}
"""By file or resource name without its ending."""


@dataclass(frozen=True, slots=True)
class Field:
    """Where a column comes from. ``lenient``: a value that cannot be read is set aside, not a fault."""

    names: tuple[str, ...]
    read: Cell = cells.text
    lenient: bool = False


def _f(*names: str, read: Cell = cells.text, lenient: bool = False) -> Field:
    return Field(names, read, lenient)


_NAME = _f("name", read=cells.name)
_ALTERNATE = _f("alternate_name", "alternative_name", read=cells.name)
_EMAIL = _f("email", read=cells.email, lenient=True)
_WEB = _f("url", "website", read=cells.url, lenient=True)
_URI = _f("uri", read=cells.url, lenient=True)
_AGE = cells.number(0, 999)
_BIG = cells.number(-1e12, 1e12)

FIELDS: dict[T, dict[str, Field]] = {
    T.TAXONOMY: {
        "name": _NAME,
        "description": _f("description", "notes"),
        "uri": _f("uri", "reference_url", read=cells.url, lenient=True),
        "version": _f("version", read=cells.code),
    },
    T.TAXONOMY_TERM: {
        "code": _f("code", read=cells.code),
        "name": _f("name", "term", read=cells.name),
        "description": _f("description", "x_description", "taxonomy_x_description"),
        "taxonomy_name": _f("taxonomy", "vocabulary", read=cells.name),
        "language": _f("language", read=cells.code),
        "term_uri": _f("term_uri", read=cells.url, lenient=True),
    },
    T.UNIT: {
        "name": _NAME,
        "scheme": _f("scheme", read=cells.code),
        "identifier": _f("identifier", read=cells.code),
        "uri": _URI,
    },
    T.ORGANIZATION: {
        "name": _NAME,
        "alternate_name": _ALTERNATE,
        "description": _f("description"),
        "email": _EMAIL,
        "website": _f("website", "url", read=cells.url, lenient=True),
        "tax_status": _f("tax_status", read=cells.name),
        "tax_id": _f("tax_id", read=cells.code),
        "year_incorporated": _f("year_incorporated", "date_incorporated", read=cells.year, lenient=True),
        "legal_status": _f("legal_status", read=cells.name),
        "logo": _f("logo", read=cells.url, lenient=True),
        "uri": _URI,
    },
    T.ORGANIZATION_IDENTIFIER: {
        "identifier_scheme": _f("identifier_scheme", read=cells.code),
        "identifier_type": _f("identifier_type", read=cells.code),
        "identifier": _f("identifier", read=cells.code),
    },
    T.PROGRAM: {"name": _NAME, "alternate_name": _ALTERNATE, "description": _f("description")},
    T.LOCATION: {
        "location_type": _f("location_type", read=cells.code),
        "url": _WEB,
        "name": _NAME,
        "alternate_name": _ALTERNATE,
        "description": _f("description", "short_desc"),
        "transportation": _f("transportation"),
        "latitude": _f("latitude", "lat", read=cells.number(-90, 90)),
        "longitude": _f("longitude", "lon", "lng", "long", read=cells.number(-180, 180)),
        "external_identifier": _f("external_identifier", read=cells.code),
        "external_identifier_type": _f("external_identifier_type", read=cells.code),
        "timezone": _f("x_timezone", "timezone", read=cells.code),
    },
    T.SERVICE: {
        "name": _NAME,
        "alternate_name": _ALTERNATE,
        "description": _f("description"),
        "url": _WEB,
        "email": _EMAIL,
        "status": _f("status", read=cells.code),
        "interpretation_services": _f("interpretation_services"),
        "application_process": _f("application_process"),
        "fees_description": _f("fees_description"),
        "wait_time": _f("wait_time"),
        "fees": _f("fees"),
        "accreditations": _f("accreditations", "accrediations"),
        "eligibility_description": _f("eligibility_description", "eligibility"),
        "minimum_age": _f("minimum_age", "min_age", read=_AGE),
        "maximum_age": _f("maximum_age", "max_age", read=_AGE),
        "assured_date": _f("assured_date", read=cells.day),
        "assurer_email": _f("assurer_email", read=cells.email, lenient=True),
        "licenses": _f("licenses"),
        "alert": _f("alert"),
        "source_modified_at": _f("last_modified", read=cells.moment),
    },
    T.SERVICE_AT_LOCATION: {"description": _f("description")},
    T.ADDRESS: {
        "attention": _f("attention", read=cells.name),
        "address_1": _f("address_1", "address", "street", read=cells.name),
        "address_2": _f("address_2", read=cells.name),
        "address_3": _f("address_3", read=cells.name),
        "address_4": _f("address_4", read=cells.name),
        "city": _f("city", read=cells.name),
        "region": _f("region", read=cells.name),
        "state_province": _f("state_province", "state", read=cells.state),
        "postal_code": _f("postal_code", "zip", read=cells.code),
        "country": _f("country", read=cells.state),
        "address_type": _f("address_type", read=cells.code),
    },
    T.CONTACT: {
        "name": _NAME,
        "title": _f("title", read=cells.name),
        "department": _f("department", read=cells.name),
        "email": _EMAIL,
        "phone_number": _f("phone_number", read=cells.code),
        "phone_areacode": _f("phone_areacode", read=cells.code),
        "phone_extension": _f("phone_extension", read=cells.code),
    },
    T.PHONE: {
        "number": _f("number", read=cells.name),
        "extension": _f("extension", read=cells.code),
        "type": _f("type", "number_type", read=cells.code),
        "description": _f("description", read=cells.name),
        "department": _f("department", read=cells.name),
        "language": _f("language", read=cells.name),
    },
    T.SCHEDULE: {
        "valid_from": _f("valid_from", "start_date", read=cells.day),
        "valid_to": _f("valid_to", "end_date", read=cells.day),
        "dtstart": _f("dtstart", read=cells.said),
        "timezone": _f("timezone", read=cells.code),
        "until": _f("until", read=cells.said),
        "count": _f("count", read=cells.whole(0, 100_000)),
        "wkst": _f("wkst", read=cells.code),
        "freq": _f("freq", read=cells.code),
        "interval": _f("interval", read=cells.whole(0, 1000)),
        "byday": _f("byday", read=cells.name),
        "weekday": _f("weekday", read=cells.name),
        "byweekno": _f("byweekno", read=cells.code),
        "bymonthday": _f("bymonthday", read=cells.code),
        "byyearday": _f("byyearday", read=cells.code),
        "description": _f("description", "original_text", "x_schedule"),
        "opens_at": _f("opens_at", read=cells.said),
        "closes_at": _f("closes_at", read=cells.said),
        "closed": _f("closed", read=cells.truth),
        "schedule_link": _f("schedule_link", read=cells.url, lenient=True),
        "attending_type": _f("attending_type", read=cells.name),
        "notes": _f("notes"),
    },
    T.SERVICE_AREA: {
        "name": _f("name", "service_area", "area", read=cells.name),
        "description": _f("description"),
        "extent": _f("extent", read=cells.said),
        "extent_type": _f("extent_type", read=cells.code),
        "uri": _URI,
    },
    T.LANGUAGE: {
        "name": _f("name", "language", read=cells.name),
        "code": _f("code", read=cells.code),
        "note": _f("note"),
    },
    T.ACCESSIBILITY: {
        "description": _f("description", "accessibility"),
        "details": _f("details"),
        "url": _WEB,
    },
    T.COST_OPTION: {
        "valid_from": _f("valid_from", read=cells.day),
        "valid_to": _f("valid_to", read=cells.day),
        "option": _f("option", "payment"),
        "currency": _f("currency", read=cells.code),
        "amount": _f("amount", read=_BIG),
        "amount_description": _f("amount_description"),
    },
    T.REQUIRED_DOCUMENT: {"document": _f("document"), "uri": _URI},
    T.FUNDING: {"source_of_funds": _f("source")},
    T.URL: {"label": _f("label", read=cells.name), "url": _f("url", read=cells.url)},
    T.SERVICE_CAPACITY: {
        "available": _f("available", read=_BIG),
        "maximum": _f("maximum", read=_BIG),
        "description": _f("description"),
        "updated": _f("updated", read=cells.moment),
    },
    T.ATTRIBUTE: {
        "link_id": _f("link_id", read=cells.said),
        "link_entity": _f("link_entity", read=cells.code),
        "link_type": _f("link_type", read=cells.code),
        "value": _f("value"),
        "label": _f("label", read=cells.name),
    },
    T.METADATA: {
        "resource_id": _f("resource_id", read=cells.said),
        "resource_type": _f("resource_type", read=cells.code),
        "last_action_date": _f("last_action_date", read=cells.day),
        "last_action_type": _f("last_action_type", read=cells.code),
        "field_name": _f("field_name", read=cells.code),
        "previous_value": _f("previous_value"),
        "replacement_value": _f("replacement_value"),
        "updated_by": _f("updated_by", read=cells.name),
    },
}

REFERENCE_NAMES: dict[str, tuple[str, ...]] = {
    "parent_id": ("parent_id", "parent_name", "parent_recordid"),
    "taxonomy_term_id": ("taxonomy_term_id", "taxonomy_id", "recordid", "taxonomy_recordid"),
    "taxonomy_id": ("taxonomy_id",),
    "service_id": ("service_id",),
    "organization_id": ("organization_id", "organization_uuid", "organization"),
    "program_id": ("program_id", "program"),
}
"""Other names of a reference column; most have only their own."""

ID_NAMES = ("id", "recordid", "uuid")

BOOKKEEPING = frozenset(
    {
        *("flag", "bookmark", "order", "badge_color", "category_logo", "category_logo_white"),
        *("locations", "services", "phones", "contacts", "contact", "schedule", "schedules", "details"),
        *("address", "addresses", "metadata", "taxonomy", "x_phones", "parent_name", "grandparent_name"),
        *("language_recordid", "code_category_ids", "exclude_vocabulary", "status_sort", "status_x"),
        *("date_added", "multiple_counties", "forms_x_filename", "forms_x_url", "logo_x", "x_uid"),
        *("airs_taxonomy_x",),
    }
)
"""Columns of known systems that repeat what link tables say, or are for their own screens."""

HIDING: dict[str, str] = {
    "private": "private",
    "is_private": "private",
    "isprivate": "private",
    "x_private": "private",
    "visibility": "",
    "x_visibility": "",
    "suppressed": "suppressed",
    "is_suppressed": "suppressed",
    "hidden": "suppressed",
    "is_hidden": "suppressed",
    "do_not_refer": "do-not-refer",
    "x_do_not_refer": "do-not-refer",
    "confidential": "confidential-address",
    "is_confidential": "confidential-address",
    "isconfidential": "confidential-address",
    "confidential_address": "confidential-address",
    "x_confidential": "confidential-address",
    "x_confidential_address": "confidential-address",
    "publish": "!suppressed",
    "published": "!suppressed",
    "is_public": "!private",
    "display_address": "!confidential-address",
}
"""Columns that tell that a row is not for the public. ``!``: when the answer is no. Empty: by its words."""

HIDING_WORDS: dict[str, str] = {
    "private": "private",
    "internal": "private",
    "partners": "partners",
    "members": "partners",
    "suppressed": "suppressed",
    "unpublished": "suppressed",
    "hidden": "suppressed",
    "do not refer": "do-not-refer",
    "do-not-refer": "do-not-refer",
    "confidential": "confidential-address",
}
