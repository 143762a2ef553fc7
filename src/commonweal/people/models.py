"""Tables of persons, what each partner knows of them, and what they allow."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from commonweal.foundation.access.rows import PersonRow
from commonweal.foundation.access.vocabulary import DataClass, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import SAFETY_DOMAINS
from commonweal.kernel.ids import new_id
from commonweal.people.vocabulary import ConsentStatus, DatePrecision, How, Sex, Stand


class Person(models.Model):
    """An empty anchor: a human, of whom the row itself asserts nothing. Facts hang on partners' records.

    Row-level security shows it to those alone who may see a record of the person.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    origin = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        db_table = "people_person"


class Row(PersonRow):
    """What every row of this context has: the person, and when it was true and when it was written."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class SourceRecord(Row):
    """What one partner knows of a person: names, birth, how to reach them. One a partner and person."""

    BASE = DataClass.D2

    given = models.CharField(max_length=120, blank=True, default="")
    family = models.CharField(max_length=120, blank=True, default="")
    suffix = models.CharField(max_length=12, blank=True, default="")
    # Other names: [{"given", "family", "use"}]
    also = models.JSONField(default=list, blank=True)
    birth_date = models.DateField(null=True, blank=True)
    birth_precision = models.CharField(max_length=8, default=DatePrecision.UNKNOWN.value)
    sex = models.CharField(max_length=8, default=Sex.UNKNOWN.value)
    gender_words = models.CharField(max_length=80, blank=True, default="")
    pronouns = models.CharField(max_length=40, blank=True, default="")
    language = models.CharField(max_length=12, blank=True, default="")
    interpreter = models.CharField(max_length=12, default="not-asked")
    phone = models.CharField(max_length=32, blank=True, default="")
    phone_is_shared = models.BooleanField(default=False)
    email = models.CharField(max_length=254, blank=True, default="")
    address = models.CharField(max_length=200, blank=True, default="")
    city = models.CharField(max_length=80, blank=True, default="")
    zip = models.CharField(max_length=10, blank=True, default="")
    place = models.CharField(max_length=80, blank=True, default="")
    # What the person said of each way to reach them: {"text": "no", "call": "yes"}; absent: not asked.
    channels = models.JSONField(default=dict, blank=True)
    best_time = models.CharField(max_length=120, blank=True, default="")
    contact_prohibited = models.BooleanField(default=False)
    household_size = models.PositiveSmallIntegerField(null=True, blank=True)
    household_note = models.CharField(max_length=300, blank=True, default="")
    # The partner's own number for the person; unique there and nowhere else.
    own_number = models.CharField(max_length=64, blank=True, default="")
    # How the record came to this person: registered, or somebody said that it is the same one.
    linked_how = models.CharField(max_length=24, default="registered")
    linked_by = models.UUIDField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    updated_at = models.DateTimeField(default=now)

    class Meta:
        db_table = "people_source_record"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "person"], name="people_record_one_a_holder"),
            models.UniqueConstraint(
                fields=["holder_id", "own_number"],
                condition=~Q(own_number=""),
                name="people_record_own_number",
            ),
            models.CheckConstraint(
                condition=Q(birth_precision__in=[p.value for p in DatePrecision]),
                name="people_birth_precision",
            ),
            models.CheckConstraint(
                condition=Q(birth_date__isnull=True, birth_precision=DatePrecision.UNKNOWN.value)
                | (Q(birth_date__isnull=False) & ~Q(birth_precision=DatePrecision.UNKNOWN.value)),
                name="people_birth_known_or_not",
            ),
            models.CheckConstraint(condition=Q(sex__in=[s.value for s in Sex]), name="people_sex_known"),
            models.CheckConstraint(
                condition=~Q(given="") | ~Q(family="") | ~Q(own_number=""), name="people_record_has_a_name"
            ),
        ]
        indexes = [models.Index(fields=["holder_id", "-updated_at"], name="people_record_recent")]


class RecordVersion(Row):
    """A record as it was before a change: nothing that was known is lost."""

    BASE = DataClass.D2

    record = models.ForeignKey(SourceRecord, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    content = models.JSONField()
    changed_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "people_record_version"
        constraints = [models.UniqueConstraint(fields=["record", "version"], name="people_version_once")]


class SearchKey(PersonRow):
    """One key of a record, for search and the duplicate warning (``rules.keys``); made anew at will."""

    BASE = DataClass.D2

    id = models.BigAutoField(primary_key=True)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    record = models.ForeignKey(SourceRecord, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=160)

    class Meta:
        db_table = "people_search_key"
        indexes = [models.Index(fields=["key", "person"], name="people_search_key_key")]


class SafeAddress(Row):
    """An address that only those assigned to the person read; never on a page of the portal, never sent."""

    BASE = DataClass.D3

    address = models.CharField(max_length=300)
    note = models.CharField(max_length=300, blank=True, default="")
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_safe_address"
        constraints = [
            models.UniqueConstraint(
                fields=["holder_id", "person"],
                condition=Q(ended_at__isnull=True),
                name="people_safe_address_one",
            )
        ]


class KeptApart(Row):
    """Somebody looked and said: these are two people. Beats any score."""

    BASE = DataClass.D2

    other = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="+")
    said_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "people_kept_apart"
        constraints = [
            models.UniqueConstraint(fields=["holder_id", "person", "other"], name="people_kept_apart_once"),
            models.CheckConstraint(condition=~Q(person=F("other")), name="people_kept_apart_two"),
        ]


class StandingNote(Row):
    """Why a person stands as they do: restricted toward a partner, deceased, disputed. The facts that bind
    are kept by ``foundation.access``; this keeps the words and the dates."""

    BASE = DataClass.D2

    kind = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Stand])
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=500, blank=True, default="")
    said_on = models.DateField(null=True, blank=True)
    how = models.CharField(max_length=24, default=How.IN_PERSON.value)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "people_standing_note"
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=[s.value for s in Stand]), name="people_standing_kind_known"
            ),
            models.CheckConstraint(
                condition=~Q(kind=Stand.RESTRICTED.value) | Q(partner__isnull=False),
                name="people_restriction_names_partner",
            ),
            models.UniqueConstraint(
                fields=["person", "kind", "partner"],
                condition=Q(ended_at__isnull=True),
                nulls_distinct=False,
                name="people_standing_once",
            ),
        ]


class Consent(Row):
    """What a person allowed, or declined: to whom, what, why, from when until when, in which words.

    The row is of class D9 whatever it is about. Row-level security shows it to the person, to its holder
    and to the recipients that it names, and to nobody else.
    """

    BASE = DataClass.D9

    discloser = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    recipient_ids = ArrayField(models.UUIDField(), default=list, blank=True)
    recipient_classes = ArrayField(models.CharField(max_length=24), default=list, blank=True)
    segments = ArrayField(models.CharField(max_length=32), default=list)
    purposes = ArrayField(models.CharField(max_length=8), default=list)
    topics = ArrayField(models.CharField(max_length=64), default=list, blank=True)
    # The recipients may also tell the discloser how it goes.
    both_ways = models.BooleanField(default=False)
    laws = ArrayField(models.CharField(max_length=8), default=list)
    status = models.CharField(max_length=16, choices=[(s.value, s.value) for s in ConsentStatus])
    version = models.PositiveSmallIntegerField(default=1)
    words = models.TextField()
    words_version = models.CharField(max_length=16)
    language = models.CharField(max_length=12)
    how = models.CharField(max_length=24, choices=[(h.value, h.value) for h in How])
    signed_name = models.CharField(max_length=200, blank=True, default="")
    signed_for = models.CharField(max_length=200, blank=True, default="")
    witness = models.CharField(max_length=200, blank=True, default="")
    interpreter = models.CharField(max_length=200, blank=True, default="")
    recorded_by = models.UUIDField(null=True, blank=True)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_recorded_at = models.DateTimeField(null=True, blank=True)
    revoked_how = models.CharField(max_length=24, blank=True, default="")
    revoked_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "people_consent"
        ordering = ["-occurred_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(status__in=[s.value for s in ConsentStatus]), name="people_consent_status_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="people_consent_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(words=""), name="people_consent_has_words"),
            # Court is no purpose here, alone or beside another (SECURITY C15).
            models.CheckConstraint(
                condition=~Q(purposes__contains=["LEGAL"]), name="people_consent_never_legal"
            ),
            models.CheckConstraint(
                condition=~Q(status=ConsentStatus.ACTIVE.value)
                | (~Q(segments=[]) & ~Q(purposes=[]) & ~(Q(recipient_ids=[]) & Q(recipient_classes=[]))),
                name="people_consent_names_all",
            ),
            # Treatment records move under a consent that holds what Part 2 asks for, or not at all.
            models.CheckConstraint(
                condition=~Q(status=ConsentStatus.ACTIVE.value)
                | ~Q(segments__contains=["substance-use"])
                | Q(laws__contains=["part2"]),
                name="people_consent_part2",
            ),
            # What concerns safety is never kept as an everyday thing, where a page for everyone shows it.
            models.CheckConstraint(
                condition=~Q(topics__overlap=sorted(d.value for d in SAFETY_DOMAINS))
                | Q(segments=[Segment.DOMESTIC_VIOLENCE.value]),
                name="people_consent_safety_apart",
            ),
        ]
        indexes = [models.Index(fields=["person", "status"], name="people_consent_person")]
