"""Tables of voice. What was said, each link and each act stay; the database refuses to change or delete them.

The words lie in a table of their own (``Said``), read only by those who may; so does how to reach an author.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.voice.vocabulary import Answering, Hand, Kind, Way

HAS_WORDS = r"\S"


class Input(models.Model):
    """That something was said: to which body, when, by which way. Its words are in ``Said``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    way = models.CharField(max_length=12, choices=[(w.value, w.value) for w in Way])
    hand = models.CharField(max_length=12, choices=[(h.value, h.value) for h in Hand])
    # Its author lets everybody read the words.
    is_public = models.BooleanField(default=False)
    # A keyed hash; empty where its author gets no code (in a private body, or moved here from a question).
    code_hash = models.CharField(max_length=64, blank=True, default="")
    # Names one filled form, so that a form sent twice is kept once.
    once = models.UUIDField(null=True, blank=True, unique=True)
    said_at = models.DateTimeField()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["said_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(way__in=[w.value for w in Way]), name="input_way_known"),
            models.CheckConstraint(condition=Q(hand__in=[h.value for h in Hand]), name="input_hand_known"),
            models.UniqueConstraint(
                fields=["code_hash"], condition=~Q(code_hash=""), name="input_code_is_its_own"
            ),
        ]
        indexes = [models.Index(fields=["body", "said_at"], name="input_of_body")]

    def __str__(self) -> str:
        return f"input {self.pk}"


class Said(models.Model):
    """The words as they were said, and who said them if they told. Never edited."""

    input = models.OneToOneField(Input, on_delete=models.PROTECT, primary_key=True, related_name="said")
    words = models.TextField()
    language = models.CharField(max_length=8, default="en")
    name = models.CharField(max_length=200, blank=True, default="")
    where = models.CharField(max_length=200, blank=True, default="")
    # Who wrote it down for another, and how they know it.
    helper_name = models.CharField(max_length=200, blank=True, default="")
    helper = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(words__regex=HAS_WORDS), name="said_has_words"),
        ]

    def __str__(self) -> str:
        return f"what was said in {self.input_id}"


class Redaction(models.Model):
    """The words that are shown instead, so that nobody is harmed; that there were others stays on record."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    input = models.ForeignKey(Input, on_delete=models.PROTECT, related_name="redactions")
    words = models.TextField()
    why = models.CharField(max_length=300)
    by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(why__regex=HAS_WORDS), name="redaction_has_reason"),
        ]

    def __str__(self) -> str:
        return f"redaction of {self.input_id}"


class Contact(models.Model):
    """How an author who asked for it hears when something happens. Empty once they stopped it."""

    input = models.OneToOneField(Input, on_delete=models.PROTECT, primary_key=True, related_name="contact")
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=32, blank=True, default="")
    language = models.CharField(max_length=8, default="en")
    agreed_at = models.DateTimeField()
    stopped_at = models.DateTimeField(null=True, blank=True)
    # What the last letter said, so that the same is not written twice.
    last_told = models.CharField(max_length=64, blank=True, default="")

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(stopped_at__isnull=True) | Q(email="", phone=""), name="contact_stopped_is_gone"
            )
        ]

    def __str__(self) -> str:
        return f"contact of {self.input_id}"


class Group(models.Model):
    """Inputs that ask for the same, under a title that the body gave."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    title = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.title


class Act(models.Model):
    """Inputs were put together, taken apart, merged, linked; or such an act was taken back. Always with
    why."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in Kind])
    why = models.CharField(max_length=400)
    by_name = models.CharField(max_length=200)
    takes_back = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="taken_back"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in Kind]), name="act_kind_known"),
            models.CheckConstraint(condition=Q(why__regex=HAS_WORDS), name="act_has_reason"),
        ]

    def __str__(self) -> str:
        return f"{self.kind}: {self.why[:60]}"


class Link(models.Model):
    """One step upward. Never deleted: an act with its reason undoes it, once."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    source_input = models.ForeignKey(
        Input, on_delete=models.PROTECT, null=True, blank=True, related_name="links"
    )
    source_group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="links"
    )
    target_group = models.ForeignKey(
        Group, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    # What answers it, of a context that says how it is told: its kind and which one.
    target_kind = models.CharField(max_length=24, blank=True, default="")
    target_ref = models.CharField(max_length=120, blank=True, default="")
    act = models.ForeignKey(Act, on_delete=models.PROTECT, related_name="made")
    undone_by = models.ForeignKey(Act, on_delete=models.PROTECT, null=True, blank=True, related_name="undid")

    class Meta:
        ordering = ["act__recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(source_input__isnull=False, source_group__isnull=True)
                | Q(source_input__isnull=True, source_group__isnull=False),
                name="link_from_one",
            ),
            models.CheckConstraint(
                condition=Q(target_group__isnull=False, target_kind="", target_ref="")
                | Q(target_group__isnull=True) & ~Q(target_kind="") & ~Q(target_ref=""),
                name="link_to_one",
            ),
            models.UniqueConstraint(
                fields=["source_input"],
                condition=Q(undone_by__isnull=True, target_group__isnull=False),
                name="link_input_in_one_group",
            ),
            models.UniqueConstraint(
                fields=["source_group"],
                condition=Q(undone_by__isnull=True, target_group__isnull=False),
                name="link_group_in_one_group",
            ),
        ]
        indexes = [models.Index(fields=["target_kind", "target_ref"], name="link_to_what")]

    def __str__(self) -> str:
        return f"link {self.pk}"


class Reply(models.Model):
    """What a body said to an input or to a group; *not now* and *no* always with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    input = models.ForeignKey(Input, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    group = models.ForeignKey(Group, on_delete=models.PROTECT, null=True, blank=True, related_name="replies")
    how = models.CharField(max_length=12, choices=[(a.value, a.value) for a in Answering])
    words = models.CharField(max_length=1000)
    # The same, written for the one who said it in another language.
    words_there = models.CharField(max_length=1000, blank=True, default="")
    language_there = models.CharField(max_length=8, blank=True, default="")
    until = models.DateField(null=True, blank=True)
    by_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(how__in=[a.value for a in Answering]), name="reply_how_known"),
            models.CheckConstraint(condition=Q(words__regex=HAS_WORDS), name="reply_has_words"),
            models.CheckConstraint(
                condition=Q(input__isnull=False, group__isnull=True)
                | Q(input__isnull=True, group__isnull=False),
                name="reply_to_one",
            ),
            models.CheckConstraint(
                condition=~Q(how=Answering.DEFERRED.value) | Q(until__isnull=False),
                name="reply_deferral_has_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.how}: {self.words[:60]}"
