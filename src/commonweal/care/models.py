"""Tables of care teams and of hospital stays."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.care.vocabulary import ChosenHow, GoesTo
from commonweal.foundation.access.rows import PersonRow
from commonweal.foundation.access.vocabulary import DataClass, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class CareTeamMember(PersonRow):
    """Someone who helps a person, from ``since`` until they leave. ``holder_id`` is their partner."""

    BASE = DataClass.D4

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", editable=False)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    does = models.CharField(max_length=120)
    phone = models.CharField(max_length=40, blank=True, default="")
    languages = models.CharField(max_length=120, blank=True, default="")
    is_lead = models.BooleanField(default=False)
    lead_since = models.DateTimeField(null=True, blank=True)
    chosen_how = models.CharField(max_length=12, blank=True, default="")
    chosen_taken_by = models.CharField(max_length=200, blank=True, default="")
    since = models.DateTimeField(default=now)
    until = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(is_lead=True, until__isnull=True), name="care_one_lead"
            ),
            models.UniqueConstraint(
                fields=["person", "holder_id", "account"],
                condition=Q(until__isnull=True, account__isnull=False),
                name="care_member_once",
            ),
            models.CheckConstraint(
                condition=Q(is_lead=False)
                | Q(lead_since__isnull=False, chosen_how__in=[h.value for h in ChosenHow]),
                name="care_lead_was_chosen",
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="care_leaves_after_joining"
            ),
            models.CheckConstraint(condition=Q(holder_id=F("partner")), name="care_held_by_partner"),
        ]
        indexes = [
            models.Index(fields=["person", "until"], name="care_of_person"),
            models.Index(fields=["account", "until"], name="care_of_account"),
        ]

    def __str__(self) -> str:
        return self.name


class HospitalStay(PersonRow):
    """The days of a hospital stay and nothing of its reason: what those who help at home need to be there.

    In a segment of its own, so that neither a general consent nor a general agreement opens it. A stay on a
    mental health ward is in that segment instead, its days too; one for alcohol or drugs is not written.
    The hospital holds the row.
    """

    BASE = DataClass.D5

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", editable=False)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    admitted_on = models.DateField()
    planned_home_on = models.DateField(null=True, blank=True)
    went_home_on = models.DateField(null=True, blank=True)
    goes_to = models.CharField(
        max_length=12, choices=[(g.value, g.value) for g in GoesTo], default=GoesTo.NOT_SAID.value
    )
    phone = models.CharField(max_length=40, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)
    changed_at = models.DateTimeField(default=now)

    class Meta:
        ordering = ["-admitted_on", "-recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(planned_home_on__isnull=True) | Q(planned_home_on__gte=F("admitted_on")),
                name="care_stay_planned_after_admission",
            ),
            models.CheckConstraint(
                condition=Q(went_home_on__isnull=True) | Q(went_home_on__gte=F("admitted_on")),
                name="care_stay_home_after_admission",
            ),
            models.CheckConstraint(condition=Q(holder_id=F("partner")), name="care_stay_held_by_partner"),
            # The day of a stay never stands in the open segment, whoever writes it.
            models.CheckConstraint(
                condition=~Q(segment=Segment.GENERAL.value), name="care_stay_not_in_the_open"
            ),
            models.UniqueConstraint(
                fields=["person", "holder_id"],
                condition=Q(went_home_on__isnull=True),
                name="care_stay_one_at_a_time",
            ),
        ]
        indexes = [models.Index(fields=["person", "admitted_on"], name="care_stay_of_person")]

    def __str__(self) -> str:
        return f"Stay since {self.admitted_on}"
