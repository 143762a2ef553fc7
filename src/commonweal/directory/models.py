"""Tables of the directory, named as in HSDS 3.1.

Every row is an :class:`Entry`: it knows its source, carries the visibility that row-level security
enforces, and cannot be deleted by the application: no policy allows it. Foreign keys have partial
indexes only, because most of the optional ones are empty and imports pay for each index. References
between organizations, programs, locations and services are constraints of the database; what merely
hangs on them is checked set by set when it is merged, and since nothing is deleted it cannot come
loose later (a row-by-row check of these took half of an import).
"""

from typing import ClassVar

from django.db import models
from django.db.models import Q

from commonweal.directory.vocabulary import (
    Capacity,
    DomainProvenance,
    HiddenReason,
    LocationType,
    MatchKind,
    ServiceStatus,
    VerifiedHow,
    Visibility,
)
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.ids import new_id


def _one_of(name: str, field: str, words: type) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": [w.value for w in words]}))  # type: ignore[attr-defined]


def _text() -> "models.TextField[str, str]":
    return models.TextField(blank=True, default="")


def _owned_by(
    table: str | type[models.Model],
) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """A reference that may be empty; its index leaves the empty ones out (see ``_index``)."""
    return models.ForeignKey(
        table, on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )


def _hangs_on(
    table: type[models.Model], *, null: bool = True
) -> "models.ForeignKey[models.Model | None, models.Model | None]":
    """As ``_owned_by``, for rows that are looked at only through what they hang on (see above)."""
    return models.ForeignKey(
        table,
        on_delete=models.PROTECT,
        null=null,
        blank=null,
        db_index=False,
        db_constraint=False,
        related_name="+",
    )


def _index(table: str, field: str) -> models.Index:
    short = field.replace("service_at_location", "at").replace("parent_organization", "parent")
    return models.Index(fields=[field], name=f"{table}_{short}_i", condition=Q(**{f"{field}__isnull": False}))


class DirectorySource(models.Model):
    """Who delivers directory data, and when they last did. ``delivered_at`` is when the last complete
    delivery was merged: each row of the source without ``not_seen_since`` was seen then."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=100, unique=True)
    name = _text()
    licence = _text()
    timezone = _text()  # IANA zone of its opening hours, where all its places share one
    delivered_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name or self.slug


class Entry(models.Model):
    """What every row of the directory carries.

    ``id`` is the source's own UUID, or ``named_id`` of source, type and original id. ``source_id`` is
    the original id as text, so that 19 digits stay 19 digits. ``visibility`` is the effective one:
    the strictest of its own and of what it belongs to. ``extra`` keeps what HSDS has no name for.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source = _text()
    source_id = _text()
    visibility = models.TextField(default=Visibility.PUBLIC)
    hidden_reason = _text()
    first_seen_at = models.DateTimeField(default=now)
    changed_at = models.DateTimeField(default=now)
    not_seen_since = models.DateTimeField(null=True, blank=True)
    content_hash = models.UUIDField(null=True, editable=False)
    extra = models.JSONField(null=True, blank=True)

    class Meta:
        abstract = True


class Verifiable(models.Model):
    """Who confirmed the row, when and how."""

    verified_at = models.DateTimeField(null=True, blank=True)
    verified_by = _text()
    verified_how = models.TextField(blank=True, default=VerifiedHow.NONE)

    class Meta:
        abstract = True


class Organization(Entry, Verifiable):
    """Who offers services. ``partner`` where it sits at the table of this collaborative."""

    name = models.TextField()
    alternate_name = _text()
    description = _text()
    email = _text()
    website = _text()
    tax_status = _text()
    tax_id = _text()
    year_incorporated = models.IntegerField(null=True, blank=True)
    legal_status = _text()
    logo = _text()
    uri = _text()
    parent_organization = _owned_by("self")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, db_index=False, related_name="+"
    )

    class Meta:
        indexes: ClassVar = [_index("dir_org", "parent_organization"), _index("dir_org", "partner")]
        constraints: ClassVar = [
            _one_of("dir_org_visibility", "visibility", Visibility),
            _one_of("dir_org_hidden_reason", "hidden_reason", HiddenReason),
        ]

    def __str__(self) -> str:
        return self.name


class OrganizationIdentifier(Entry):
    """EIN, NPI and the like."""

    organization = _hangs_on(Organization)
    identifier_scheme = _text()
    identifier_type = _text()
    identifier = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_oid", "organization")]


class Program(Entry):
    """Services that an organization groups under one name."""

    organization = _owned_by(Organization)
    name = models.TextField()
    alternate_name = _text()
    description = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_program", "organization")]


class Location(Entry, Verifiable):
    """A place. ``timezone`` is an IANA name, ours: HSDS knows offsets only (DOMAIN §4.3)."""

    organization = _hangs_on(Organization)  # a trigger looks whether it is there (sql/organizations.sql)
    location_type = models.TextField(default=LocationType.PHYSICAL)
    url = _text()
    name = _text()
    alternate_name = _text()
    description = _text()
    transportation = _text()
    latitude = models.FloatField(null=True, blank=True)
    longitude = models.FloatField(null=True, blank=True)
    external_identifier = _text()
    external_identifier_type = _text()
    timezone = _text()

    class Meta:
        indexes: ClassVar = [
            _index("dir_location", "organization"),
        ]
        constraints: ClassVar = [
            _one_of("dir_location_visibility", "visibility", Visibility),
            _one_of("dir_location_hidden_reason", "hidden_reason", HiddenReason),
            _one_of("dir_location_type", "location_type", LocationType),
            models.CheckConstraint(
                name="dir_location_on_earth",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Service(Entry, Verifiable):
    """What a neighbor can get.

    ``last_modified`` is when this copy, or anything that belongs to it, last changed here (DOMAIN
    4-T3); ``source_modified_at`` is what the source claims. ``capacity`` is the last report.
    """

    organization = _hangs_on(Organization)  # a trigger looks whether it is there (sql/organizations.sql)
    program = _owned_by(Program)
    name = models.TextField()
    alternate_name = _text()
    description = _text()
    url = _text()
    email = _text()
    status = models.TextField(default=ServiceStatus.ACTIVE)
    interpretation_services = _text()
    application_process = _text()
    fees_description = _text()
    wait_time = _text()
    fees = _text()
    accreditations = _text()
    eligibility_description = _text()
    minimum_age = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    maximum_age = models.DecimalField(max_digits=6, decimal_places=2, null=True, blank=True)
    assured_date = models.DateField(null=True, blank=True)
    assurer_email = _text()
    licenses = _text()
    alert = _text()
    source_modified_at = models.DateTimeField(null=True, blank=True)
    last_modified = models.DateTimeField(default=now)
    capacity = models.TextField(default=Capacity.UNKNOWN)
    capacity_at = models.DateTimeField(null=True, blank=True)
    capacity_by = _text()
    capacity_note = _text()

    class Meta:
        indexes: ClassVar = [
            _index("dir_service", "organization"),
            _index("dir_service", "program"),
            models.Index(fields=["last_modified"], name="dir_service_modified_i"),
        ]
        constraints: ClassVar = [
            _one_of("dir_service_visibility", "visibility", Visibility),
            _one_of("dir_service_hidden_reason", "hidden_reason", HiddenReason),
            _one_of("dir_service_status", "status", ServiceStatus),
            _one_of("dir_service_capacity", "capacity", Capacity),
            models.CheckConstraint(
                name="dir_service_capacity_dated",
                condition=Q(capacity=Capacity.UNKNOWN) | Q(capacity_at__isnull=False),
            ),
            models.CheckConstraint(
                name="dir_service_ages",
                condition=Q(minimum_age__isnull=True)
                | Q(maximum_age__isnull=True)
                | Q(minimum_age__lte=models.F("maximum_age")),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class ServiceAtLocation(Entry):
    """A service as offered at one place."""

    service = _hangs_on(Service, null=False)
    location = _hangs_on(Location, null=False)
    description = _text()

    class Meta:
        indexes: ClassVar = [
            models.Index(fields=["service", "location"], name="dir_sal_service_i"),
            models.Index(fields=["location"], name="dir_sal_location_i"),
        ]


class Address(Entry):
    """A street, postal or virtual address of a location."""

    location = _hangs_on(Location, null=False)
    attention = _text()
    address_1 = _text()
    address_2 = _text()
    city = _text()
    region = _text()
    state_province = _text()
    postal_code = _text()
    country = _text()
    address_type = models.TextField(default=LocationType.PHYSICAL)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["location"], name="dir_address_location_i")]
        constraints: ClassVar = [
            _one_of("dir_address_visibility", "visibility", Visibility),
            _one_of("dir_address_hidden_reason", "hidden_reason", HiddenReason),
            _one_of("dir_address_type", "address_type", LocationType),
        ]


class Contact(Entry):
    """A named human or desk to ask for, as published by the source."""

    organization = _hangs_on(Organization)
    service = _hangs_on(Service)
    service_at_location = _hangs_on(ServiceAtLocation)
    location = _hangs_on(Location)
    name = _text()
    title = _text()
    department = _text()
    email = _text()

    class Meta:
        indexes: ClassVar = [
            _index("dir_contact", f) for f in ("organization", "service", "service_at_location", "location")
        ]


class Phone(Entry):
    """A number as written by the source, and ``e164`` where it could be read. ``extension`` is text."""

    location = _hangs_on(Location)
    service = _hangs_on(Service)
    organization = _hangs_on(Organization)
    contact = _hangs_on(Contact)
    service_at_location = _hangs_on(ServiceAtLocation)
    number = models.TextField()
    e164 = _text()
    extension = _text()
    type = _text()
    description = _text()

    class Meta:
        indexes: ClassVar = [
            _index("dir_phone", f)
            for f in ("location", "service", "organization", "contact", "service_at_location")
        ]


class Schedule(Entry):
    """A rule of opening hours; meaning of the fields in ``shapes.ScheduleShape``. ``closed`` with
    ``valid_from``–``valid_to`` is a holiday closure (HSDS 1.1 ``holiday_schedule``)."""

    service = _hangs_on(Service)
    location = _hangs_on(Location)
    service_at_location = _hangs_on(ServiceAtLocation)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    dtstart = models.DateField(null=True, blank=True)
    timezone = _text()
    utc_offset_minutes = models.IntegerField(null=True, blank=True)
    until = models.DateField(null=True, blank=True)
    count = models.IntegerField(null=True, blank=True)
    wkst = _text()
    freq = _text()
    interval = models.IntegerField(null=True, blank=True)
    byday = _text()
    byweekno = _text()
    bymonthday = _text()
    byyearday = _text()
    description = _text()
    opens_at = models.TimeField(null=True, blank=True)
    closes_at = models.TimeField(null=True, blank=True)
    closed = models.BooleanField(default=False)
    schedule_link = _text()
    attending_type = _text()
    notes = _text()

    class Meta:
        indexes: ClassVar = [
            _index("dir_schedule", f) for f in ("service", "location", "service_at_location")
        ]


class ServiceArea(Entry):
    """Where people must live, or where a service comes to."""

    service = _hangs_on(Service)
    service_at_location = _hangs_on(ServiceAtLocation)
    name = _text()
    description = _text()
    extent = _text()
    extent_type = _text()
    uri = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_area", f) for f in ("service", "service_at_location")]


class Language(Entry):
    """A language spoken. ``code`` is ISO 639-1 or -3, as sent or looked up from the name."""

    service = _hangs_on(Service)
    location = _hangs_on(Location)
    phone = _hangs_on(Phone)
    name = _text()
    code = _text()
    note = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_language", f) for f in ("service", "location", "phone")]


class Accessibility(Entry):
    """What helps, or hinders, people with disabilities at a place."""

    location = _hangs_on(Location)
    description = _text()
    details = _text()
    url = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_access", "location")]


class CostOption(Entry):
    """A price. ``amount`` in units of ``currency`` (ISO 4217)."""

    service = _hangs_on(Service)
    valid_from = models.DateField(null=True, blank=True)
    valid_to = models.DateField(null=True, blank=True)
    option = _text()
    currency = _text()
    amount = models.DecimalField(max_digits=14, decimal_places=2, null=True, blank=True)
    amount_description = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_cost", "service")]


class RequiredDocument(Entry):
    """A paper to bring."""

    service = _hangs_on(Service)
    document = _text()
    uri = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_document", "service")]


class Funding(Entry):
    """Who pays."""

    organization = _hangs_on(Organization)
    service = _hangs_on(Service)
    source_of_funds = _text()  # HSDS calls it ``source``, which here says where a row came from

    class Meta:
        indexes: ClassVar = [_index("dir_funding", f) for f in ("organization", "service")]


class Url(Entry):
    """A further web address."""

    organization = _hangs_on(Organization)
    service = _hangs_on(Service)
    label = _text()
    url = _text()

    class Meta:
        indexes: ClassVar = [_index("dir_url", f) for f in ("organization", "service")]


class Unit(Entry):
    """What a capacity counts: beds, slots, appointments."""

    name = models.TextField()
    scheme = _text()
    identifier = _text()
    uri = _text()


class ServiceCapacity(Entry):
    """A counted capacity as the source published it (``available`` ≤ ``maximum``)."""

    service = _hangs_on(Service)
    unit = _hangs_on(Unit)
    available = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    maximum = models.DecimalField(max_digits=12, decimal_places=2, null=True, blank=True)
    description = _text()
    updated = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes: ClassVar = [_index("dir_capacity", f) for f in ("service", "unit")]


class Taxonomy(Entry):
    """A vocabulary. ``licensed`` ones stay in this installation: never exported, never listed whole."""

    name = models.TextField()
    description = _text()
    uri = _text()
    version = _text()
    licensed = models.BooleanField(default=False)


class TaxonomyTerm(Entry):
    """A word of a vocabulary. ``taxonomy_name`` as the source wrote it, where it named no taxonomy row."""

    taxonomy = _hangs_on(Taxonomy)
    parent = _owned_by("self")
    code = _text()
    name = models.TextField()
    description = _text()
    taxonomy_name = _text()
    language = _text()
    term_uri = _text()
    licensed = models.BooleanField(default=False)

    class Meta:
        indexes: ClassVar = [_index("dir_term", f) for f in ("taxonomy", "parent")]


class Attribute(Entry):
    """A term or a free value said of any other row. ``service`` is filled where that row is a service,
    which nearly all are, so that they can be found and kept whole."""

    link_id = models.UUIDField()
    link_entity = _text()
    link_type = _text()
    service = _hangs_on(Service)
    taxonomy_term = _hangs_on(TaxonomyTerm)
    value = _text()
    label = _text()

    class Meta:
        indexes: ClassVar = [
            _index("dir_attribute", "service"),
            models.Index(fields=["link_id"], name="dir_attribute_link_i", condition=Q(service__isnull=True)),
        ]


class Metadata(Entry):
    """What the source says about changes of a field."""

    resource_id = models.UUIDField()
    resource_type = _text()
    last_action_date = models.DateField(null=True, blank=True)
    last_action_type = _text()
    field_name = _text()
    previous_value = _text()
    replacement_value = _text()
    updated_by = _text()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["resource_id"], name="dir_metadata_resource_i")]


class TaxonomyMapping(models.Model):
    """Which terms mean which need: data that an installation edits (DOMAIN §4.4, many to many)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    taxonomy_name = _text()  # empty: any vocabulary
    match = models.TextField(default=MatchKind.WORDS)
    pattern = models.TextField()
    domain = models.TextField()
    provenance = _text()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["taxonomy_name", "match", "pattern", "domain"], name="dir_mapping_once"
            ),
            _one_of("dir_mapping_match", "match", MatchKind),
            _one_of("dir_mapping_domain", "domain", NeedDomain),
        ]

    def __str__(self) -> str:
        return f"{self.pattern} → {self.domain}"


class ServiceNeedDomain(models.Model):
    """That a service helps with a need, and why we think so."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = _hangs_on(Service, null=False)
    domain = models.TextField()
    provenance = models.TextField(default=DomainProvenance.TERM)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "domain"], name="dir_need_domain_once"),
            _one_of("dir_need_domain_domain", "domain", NeedDomain),
            _one_of("dir_need_domain_provenance", "provenance", DomainProvenance),
        ]


from commonweal.directory import models_search as _search  # noqa: E402, F401  # Django finds models through this module
