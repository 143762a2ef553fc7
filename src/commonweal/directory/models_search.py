"""Tables of search and of keeping the directory true: all made from, or said about, directory rows.

None holds a row about a person. A search entry holds only what its ``visibility`` allows to be seen.
"""

from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Q

from commonweal.directory.models import Location, Service
from commonweal.directory.vocabulary import Capacity, Visibility
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.ids import new_id


def _among(name: str, field: str, words: list[str]) -> models.CheckConstraint:
    return models.CheckConstraint(name=name, condition=Q(**{f"{field}__in": words}))


class MinutesOfWeek(models.Field):  # type: ignore[type-arg]
    """An ``int4multirange``: minutes since Monday 00:00 local time at which a place is open."""

    def db_type(self, connection: object) -> str:
        return "int4multirange"


class SearchEntry(models.Model):
    """One line of the search: a service at a place, or a service that has no place to show.

    Made by ``actions.search_index`` in the transaction of the change, and from nothing else, so it needs no
    foreign key in the database. What a list shows of it is its :class:`SearchCard`. ``keys`` are the numbers
    of ``rules.places.search_key``. The three facts ``free``, ``step_free`` and ``no_documents`` are 1 (yes),
    0 (no) or null (unknown). ``week`` is a quick look at the hours that holds until the day before
    ``check_from``; from then on the exact rules on the card decide.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, db_constraint=False, related_name="+")
    location = models.ForeignKey(
        Location, on_delete=models.PROTECT, null=True, db_constraint=False, db_index=False, related_name="+"
    )
    partner_id = models.UUIDField(null=True)
    visibility = models.TextField()
    keys = ArrayField(models.BigIntegerField())
    words = SearchVectorField()
    topics = ArrayField(models.TextField())
    more_topics = ArrayField(models.TextField())
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    languages = ArrayField(models.TextField())
    interpreter = models.BooleanField()
    free = models.SmallIntegerField(null=True)
    step_free = models.SmallIntegerField(null=True)
    no_documents = models.SmallIntegerField(null=True)
    minimum_age = models.IntegerField(null=True)
    maximum_age = models.IntegerField(null=True)
    zone = models.TextField()
    week = MinutesOfWeek()
    hours_known = models.BooleanField()
    remote = models.BooleanField()
    check_from = models.DateField(null=True)
    capacity = models.TextField()
    capacity_at = models.DateTimeField(null=True)
    capacity_until = models.DateField(null=True)
    verified_at = models.DateTimeField(null=True)
    helped = models.IntegerField(default=0)
    asked = models.IntegerField(default=0)

    class Meta:
        constraints: ClassVar = [
            _among("dir_entry_visibility", "visibility", [v.value for v in Visibility]),
            _among("dir_entry_capacity", "capacity", [c.value for c in Capacity]),
        ]
        indexes: ClassVar = [
            models.Index(
                fields=["partner_id"], name="dir_entry_partner_i", condition=Q(partner_id__isnull=False)
            ),
            models.Index(
                fields=["check_from"], name="dir_entry_check_i", condition=Q(check_from__isnull=False)
            ),
        ]


class SearchCard(models.Model):
    """What a list shows of a search entry, as JSON (``rules.card``); beside it, so that entries stay small.

    After a large delivery it is missing until a job, or the first search that shows the entry, makes it.
    """

    id = models.UUIDField(primary_key=True, editable=False)
    card = models.TextField()


class Place(models.Model):
    """A name that people say for where they are, with its middle: from public addresses of the directory.

    ``key`` is the folded name; ``kind`` a ZIP code, a city, a neighborhood or a street.
    """

    class Kind(models.TextChoices):
        CITY = "city"
        ZIP = "zip"
        AREA = "area"
        STREET = "street"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.TextField()
    kind = models.TextField()
    name = models.TextField()
    within = models.TextField(blank=True, default="")
    latitude = models.FloatField()
    longitude = models.FloatField()
    locations = models.IntegerField(default=1)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "within", "kind"], name="dir_place_once"),
            _among("dir_place_kind", "kind", ["city", "zip", "area", "street"]),
        ]


class SynonymWord(models.Model):
    """A phrase that this installation's neighbors say, and the topic it names."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    phrase = models.TextField()
    topic = models.TextField()
    weight = models.FloatField(default=1.0)
    added_at = models.DateTimeField(default=now)
    added_by = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["phrase", "topic"], name="dir_synonym_once"),
            models.CheckConstraint(name="dir_synonym_weight", condition=Q(weight__gt=0, weight__lte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.phrase} → {self.topic}"


class CapacityReport(models.Model):
    """What was told about room, kept for good; the service carries the last one.

    ``until``: how long it is full or keeps a waiting list; with *unknown*, the day on which to ask again.
    ``available`` places, ``waiting`` people on the list.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    capacity = models.TextField()
    until = models.DateField(null=True, blank=True)
    available = models.PositiveIntegerField(null=True, blank=True)
    waiting = models.PositiveIntegerField(null=True, blank=True)
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now)
    told_by = models.TextField(blank=True, default="")
    partner_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [_among("dir_report_capacity", "capacity", [c.value for c in Capacity])]
        indexes: ClassVar = [models.Index(fields=["service", "-occurred_at"], name="dir_report_service_i")]


class VerificationRequest(models.Model):
    """An organization was asked by link whether what is published still holds; and its answer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    sent_to = models.TextField()
    sent_at = models.DateTimeField(default=now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    undelivered_at = models.DateTimeField(null=True, blank=True)
    confirmed = ArrayField(models.TextField(), default=list)
    changed = ArrayField(models.TextField(), default=list)

    class Meta:
        indexes: ClassVar = [models.Index(fields=["service", "-sent_at"], name="dir_verify_service_i")]


class RoomQuestion(models.Model):
    """Somebody who is about to send people asked whether a service has room. Names nobody who is to be sent.

    ``sent_at`` empty: it was asked already by another's question, and this account is told of the answer.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    account_id = models.UUIDField(null=True, blank=True)
    partner_id = models.UUIDField(null=True, blank=True)
    asked_at = models.DateTimeField(default=now)
    sent_to = models.TextField(blank=True, default="")
    sent_at = models.DateTimeField(null=True, blank=True)
    undelivered_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(
                fields=["service", "account_id"],
                condition=Q(answered_at__isnull=True, account_id__isnull=False),
                name="dir_room_question_once",
            )
        ]
        indexes: ClassVar = [models.Index(fields=["service", "-sent_at"], name="dir_room_question_i")]


class SuggestedCorrection(models.Model):
    """What a visitor, or the organization by its link, says is no longer right. Waits for a steward.

    ``said`` is kept as written and shown to stewards only. Who said it is not asked.
    """

    class State(models.TextChoices):
        WAITS = "waits"
        TAKEN = "taken"
        LEFT = "left"

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    fact = models.TextField()
    said = models.TextField()
    from_organization = models.BooleanField(default=False)
    state = models.TextField(default=State.WAITS)
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.TextField(blank=True, default="")
    decision = models.TextField(blank=True, default="")

    class Meta:
        constraints: ClassVar = [_among("dir_correction_state", "state", ["waits", "taken", "left"])]
        indexes: ClassVar = [
            models.Index(fields=["recorded_at"], name="dir_correction_waits_i", condition=Q(state="waits"))
        ]


class UnmetWish(models.Model):
    """Somebody looked and said that nothing would do: a need, a town and a day; no person, no words."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    domain = models.TextField()
    town = models.TextField(blank=True, default="")
    reason = models.TextField(blank=True, default="")
    day = models.DateField()

    class Meta:
        constraints: ClassVar = [_among("dir_wish_domain", "domain", [d.value for d in NeedDomain])]
        indexes: ClassVar = [models.Index(fields=["day", "domain"], name="dir_wish_day_i")]


class HelpedTally(models.Model):
    """How many of those sent to a service in a month said whether it helped, told by the referrals."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    service = models.ForeignKey(Service, on_delete=models.PROTECT, related_name="+")
    month = models.DateField()
    asked = models.PositiveIntegerField()
    helped = models.PositiveIntegerField()

    class Meta:
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["service", "month"], name="dir_helped_once"),
            models.CheckConstraint(name="dir_helped_of_asked", condition=Q(helped__lte=models.F("asked"))),
        ]


__all__ = [
    "CapacityReport",
    "HelpedTally",
    "Place",
    "RoomQuestion",
    "SearchCard",
    "SearchEntry",
    "SuggestedCorrection",
    "SynonymWord",
    "UnmetWish",
    "VerificationRequest",
]
