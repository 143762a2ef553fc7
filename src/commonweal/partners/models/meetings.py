"""Tables of meetings: when and where, who could come, the agenda, who was there when, who spoke.

Rows of a private body are read and written by those who sit on it and by nobody else: held by the database
(migration ``0006``), not by these models.
"""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.partners.models.bodies import Body, Named, Seat
from commonweal.partners.models.membership import Member
from commonweal.partners.vocabulary_meetings import (
    Coming,
    Could,
    ItemState,
    MeetingPart,
    MeetingStage,
    Offer,
)


def _choices(kind: type) -> list[tuple[str, str]]:
    return [(one.value, one.value) for one in kind]  # type: ignore[attr-defined]


def _offers() -> "ArrayField[list[str], list[str]]":
    return ArrayField(models.CharField(max_length=16, choices=_choices(Offer)), default=list, blank=True)


class Meeting(models.Model):
    """A meeting of a body. Its time is empty while it is being chosen (``Slot``)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="meetings")
    title = models.CharField(max_length=200, blank=True, default="")
    purpose = models.TextField(blank=True, default="")
    starts_at = models.DateTimeField(null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(default=90)
    prep_minutes = models.PositiveSmallIntegerField(default=0)
    place = models.CharField(max_length=200, blank=True, default="")
    online_url = models.URLField(blank=True, default="")
    offers = _offers()
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    # What a resident member gets for coming and preparing, in cents; empty: nobody is paid.
    stipend_cents = models.PositiveIntegerField(null=True, blank=True)
    stage = models.CharField(
        max_length=12, choices=_choices(MeetingStage), default=MeetingStage.CHOOSING.value
    )
    noticed_at = models.DateTimeField(null=True, blank=True)
    opened_at = models.DateTimeField(null=True, blank=True)
    closed_at = models.DateTimeField(null=True, blank=True)
    cancelled_why = models.CharField(max_length=300, blank=True, default="")
    # SEQUENCE of its calendar file: one more with each change that those invited must learn of.
    sequence = models.PositiveIntegerField(default=0)
    reminded_at = models.DateTimeField(null=True, blank=True)
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["starts_at", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in MeetingStage]), name="meeting_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(stage__in=[MeetingStage.CHOOSING.value, MeetingStage.CANCELLED.value])
                | Q(starts_at__isnull=False),
                name="meeting_called_has_time",
            ),
            models.CheckConstraint(
                condition=~Q(stage=MeetingStage.CANCELLED.value) | ~Q(cancelled_why=""),
                name="meeting_cancelled_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(closed_at__isnull=True) | Q(closed_at__gte=F("opened_at")),
                name="meeting_closes_after_opening",
            ),
            models.CheckConstraint(condition=Q(minutes__gte=5, minutes__lte=720), name="meeting_length"),
        ]
        indexes = [models.Index(fields=["body", "starts_at"], name="meeting_of_body")]

    def __str__(self) -> str:
        return self.title or f"Meeting {self.id}"


class Slot(models.Model):
    """One possible time and place, and what that place offers."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="slots")
    starts_at = models.DateTimeField()
    place = models.CharField(max_length=200, blank=True, default="")
    offers = _offers()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["starts_at", "id"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "starts_at", "place"], name="slot_once"),
        ]

    def __str__(self) -> str:
        return f"{self.starts_at:%Y-%m-%d %H:%M} {self.place}"


class SlotAnswer(models.Model):
    """What one seat says to one slot. Answering again replaces it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slot = models.ForeignKey(Slot, on_delete=models.PROTECT, related_name="answers")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    could = models.CharField(max_length=12, choices=_choices(Could))
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["slot", "seat"], name="slot_answer_once"),
            models.CheckConstraint(condition=Q(could__in=[c.value for c in Could]), name="slot_answer_known"),
        ]

    def __str__(self) -> str:
        return self.could


class SeatNeeds(models.Model):
    """What a seat needs to be able to come, and once the meeting is called whether it comes (empty: unsaid).

    Those who prepare the meeting read the sums; each row is read by who wrote it (``recorded_by``).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="needs")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="+")
    needs = _offers()
    language = models.CharField(max_length=12, blank=True, default="")
    words = models.CharField(max_length=300, blank=True, default="")
    coming = models.CharField(max_length=12, choices=_choices(Coming), blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["meeting", "seat"], name="seat_needs_once"),
            models.CheckConstraint(
                condition=Q(coming__in=["", *(c.value for c in Coming)]), name="seat_coming_known"
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(self.needs)


class MeetingRole(models.Model):
    """Which seat leads, helps talk, keeps time, takes notes."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=12, choices=_choices(MeetingPart))
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)

    class Meta:
        ordering = ["part"]
        constraints = [
            models.UniqueConstraint(fields=["meeting", "part"], name="meeting_part_once"),
            models.CheckConstraint(
                condition=Q(part__in=[p.value for p in MeetingPart]), name="meeting_part_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.name}"


class AgendaItem(Named):
    """A point on the agenda. ``ref`` names the open matter that it came from, ``url`` its page."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="items")
    place = models.PositiveSmallIntegerField()
    title = models.CharField(max_length=200)
    words = models.TextField(blank=True, default="")
    minutes = models.PositiveSmallIntegerField(default=10)
    ref = models.CharField(max_length=80, blank=True, default="")
    url = models.CharField(max_length=200, blank=True, default="")
    put_by_seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    put_by_residents = models.BooleanField(default=False)
    # Who takes part without a seat, and put it there.
    put_by_member = models.ForeignKey(
        Member, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=_choices(ItemState), default=ItemState.PLANNED.value)
    started_at = models.DateTimeField(null=True, blank=True)
    # Seconds that it took before it was last started: an item can be taken up again.
    seconds_before = models.PositiveIntegerField(default=0)
    ended_at = models.DateTimeField(null=True, blank=True)
    deferred_why = models.CharField(max_length=300, blank=True, default="")
    # Put off for good: it is not among the open matters any more. Its reason stays for all to read.
    is_refused = models.BooleanField(default=False)
    put_off_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["place", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=[s.value for s in ItemState]), name="agenda_state_known"
            ),
            models.CheckConstraint(
                condition=~Q(state=ItemState.DEFERRED.value) | ~Q(deferred_why=""),
                name="agenda_deferred_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(is_refused=False) | Q(state=ItemState.DEFERRED.value),
                name="agenda_refused_is_put_off",
            ),
            models.UniqueConstraint(
                fields=["meeting"], condition=Q(state=ItemState.CURRENT.value), name="agenda_one_current"
            ),
        ]

    def __str__(self) -> str:
        return self.title


class Presence(models.Model):
    """From when to when somebody was there: half-open, in the room or remote (DOMAIN 7-T7)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="presences")
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    is_remote = models.BooleanField(default=False)
    came_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["came_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_at__isnull=True) | Q(left_at__gte=F("came_at")),
                name="presence_leaves_after_coming",
            ),
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(left_at__isnull=True, seat__isnull=False),
                name="presence_once_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["seat"], name="presence_of_seat")]

    def __str__(self) -> str:
        return self.name


class Turn(models.Model):
    """Somebody asked to speak, and from when to when did."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    meeting = models.ForeignKey(Meeting, on_delete=models.PROTECT, related_name="turns")
    item = models.ForeignKey(
        AgendaItem, on_delete=models.PROTECT, null=True, blank=True, related_name="turns"
    )
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    name = models.CharField(max_length=200)
    asked_at = models.DateTimeField(default=now)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["asked_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("started_at")),
                name="turn_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["meeting", "seat"],
                condition=Q(seat__isnull=False, started_at__isnull=True, withdrawn_at__isnull=True),
                name="turn_asked_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
