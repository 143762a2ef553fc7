"""Tables of care teams."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.care.vocabulary import ChosenHow
from commonweal.foundation.access.rows import PersonRow
from commonweal.foundation.access.vocabulary import DataClass
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
