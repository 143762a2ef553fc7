"""A decision looked at again, as the table said it would be."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.models.decisions import Mandate
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class Review(models.Model):
    """What was found when a mandate was looked at again, and by when it is next. It changes nothing itself:
    what is to end or to change is a question."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.ForeignKey(Mandate, on_delete=models.PROTECT, related_name="reviews")
    looked_on = models.DateField()
    words = models.CharField(max_length=500)
    next_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="review_says_something"),
            models.CheckConstraint(
                condition=Q(next_on__isnull=True) | Q(next_on__gt=F("looked_on")), name="review_next_is_later"
            ),
        ]

    def __str__(self) -> str:
        return self.words[:60]
