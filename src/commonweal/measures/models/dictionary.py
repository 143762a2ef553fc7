"""What holders say of their data in their own words, and how well an element is captured, in ranges."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.measures.vocabulary_data import Band


class HolderNote(models.Model):
    """What a partner says about one element as it holds it. Added to, never changed: the newest holds."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    element = models.SlugField(max_length=60)
    shows = models.CharField(max_length=600)
    not_shown = models.CharField(max_length=600)
    faults = models.CharField(max_length=600, blank=True, default="")
    said_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_by_name = models.CharField(max_length=200, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(shows="") & ~Q(not_shown=""), name="holder_note_says_both")
        ]
        indexes = [models.Index(fields=["element", "partner", "-recorded_at"], name="holder_note_newest")]

    def __str__(self) -> str:
        return f"{self.element}: {self.shows[:40]}"


class Completeness(models.Model):
    """How often a partner's rows of the last year hold an element: a range, never a number."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    element = models.SlugField(max_length=60)
    band = models.CharField(max_length=12)
    as_of = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["partner", "element"], name="completeness_once"),
            models.CheckConstraint(
                condition=Q(band__in=[b.value for b in Band]), name="completeness_band_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.element}: {self.band}"
