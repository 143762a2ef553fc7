"""Tables of the shared charter: its versions, its draft by parts, and what partners said of it."""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.governance.models.decisions import Mandate
from commonweal.governance.vocabulary_shared_charter import Part, Word
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class SharedCharter(models.Model):
    """A version that the table adopted. In force: the newest whose mandate lives."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    version = models.PositiveIntegerField(unique=True)
    mandate = models.OneToOneField(Mandate, on_delete=models.PROTECT, related_name="shared_charter")
    problem = models.TextField()
    vision = models.TextField()
    mission = models.TextField()
    values = models.TextField()
    words = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-version"]

    def __str__(self) -> str:
        return f"Shared charter {self.version}"


class CharterWriting(models.Model):
    """One wording of one part of the draft; the last one of a part stands, those before are kept."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    part = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Part])
    words = models.TextField()
    after = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(part__in=[p.value for p in Part]), name="charter_writing_part_known"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="charter_writing_says_something"),
            # Each wording follows the one that its author had read: two never follow the same.
            models.UniqueConstraint(fields=["part", "after"], name="charter_writing_in_line"),
            models.UniqueConstraint(
                fields=["part"], condition=Q(after__isnull=True), name="charter_writing_one_first"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.words[:60]}"


class CharterRemark(models.Model):
    """What somebody said about a wording of the draft."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    writing = models.ForeignKey(CharterWriting, on_delete=models.PROTECT, related_name="remarks")
    words = models.CharField(max_length=1000)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="charter_remark_says_something"),
        ]

    def __str__(self) -> str:
        return self.words[:60]


class CharterWord(models.Model):
    """A partner was asked to sign a version, signed it, declined, or took its signature back."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    charter = models.ForeignKey(SharedCharter, on_delete=models.PROTECT, related_name="said")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    word = models.CharField(max_length=12, choices=[(w.value, w.value) for w in Word])
    why = models.CharField(max_length=500, blank=True, default="")
    said_on = models.DateField()
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(word__in=[w.value for w in Word]), name="charter_word_known"),
            models.CheckConstraint(
                condition=~Q(word__in=[Word.DECLINED.value, Word.TAKEN_BACK.value]) | ~Q(why=""),
                name="charter_word_no_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["charter", "partner"], name="charter_word_of_partner")]

    def __str__(self) -> str:
        return f"{self.word}: {self.partner_id}"
