"""Questions put to the table: their text by section, who gains and who bears, what was said about them."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.vocabulary import Fate, Matter, Position, Stage
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class Proposal(models.Model):
    """A question before a body. ``effect`` and ``params`` say what follows from a yes, and all that does."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField()
    matter = models.CharField(max_length=24, choices=[(m.value, m.value) for m in Matter])
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    stage = models.CharField(
        max_length=24, choices=[(s.value, s.value) for s in Stage], default=Stage.DRAFT.value
    )
    # Options to choose among, in the order of the ballot: {"key", "name", "cost_cents"}; empty: yes or no.
    options = models.JSONField(default=list, blank=True)
    # What counting the options needs beside them: {"seats", "most", "dots", "budget_cents"}.
    counting = models.JSONField(default=dict, blank=True)
    # Rounds of talking that began so far; a consensus or consent that was not found begins another.
    round = models.PositiveSmallIntegerField(default=1)
    # Answered by its body, and waiting until then for the residents, a body below, or organizations.
    waits_until = models.DateTimeField(null=True, blank=True)
    effect = models.CharField(max_length=40, blank=True, default="")
    params = models.JSONField(default=dict, blank=True)
    starts_on = models.DateField(null=True, blank=True)
    ends_on = models.DateField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    proposed_by_seat = models.ForeignKey(
        "partners.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    with_partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_emergency = models.BooleanField(default=False)
    noticed_at = models.DateTimeField(null=True, blank=True)
    # The bylaws under which notice was given: what people were told is decided as they said then (7-T9).
    noticed_version = models.PositiveIntegerField(null=True, blank=True)
    stopped_why = models.CharField(max_length=500, blank=True, default="")
    # A challenge puts a decided matter again.
    challenges = models.ForeignKey(
        "governance.Decision", on_delete=models.PROTECT, null=True, blank=True, related_name="challenges"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(stage__in=[s.value for s in Stage]), name="proposal_stage_known"
            ),
            models.CheckConstraint(
                condition=Q(matter__in=[m.value for m in Matter]), name="proposal_matter_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(starts_on__isnull=True) | Q(ends_on__gt=F("starts_on")),
                name="proposal_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"Question {self.number}"


class Section(models.Model):
    """One version of one section of a proposal's text. The last version counts; none is rewritten."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="sections")
    place = models.PositiveSmallIntegerField()
    version = models.PositiveSmallIntegerField(default=1)
    heading = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["place", "version"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "place", "version"], name="section_version_once")
        ]

    def __str__(self) -> str:
        return self.heading or f"Section {self.place}"


class GainLine(models.Model):
    """What a group gains by a yes, and what it bears."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="gains")
    place = models.PositiveSmallIntegerField()
    who = models.CharField(max_length=200)
    gains = models.CharField(max_length=400, blank=True, default="")
    bears = models.CharField(max_length=400, blank=True, default="")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["place"]

    def __str__(self) -> str:
        return self.who


class InputAnswered(models.Model):
    """Something that was said, in its own words, and how this question answers it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="inputs")
    words = models.TextField()
    said_by = models.CharField(max_length=200)
    how_said = models.CharField(max_length=200, blank=True, default="")
    is_answered = models.BooleanField(default=True)
    answer = models.CharField(max_length=400)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.words[:60]


class Comment(models.Model):
    """What somebody says about a section (or the whole), or a partner's right of reply."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="comments")
    section_place = models.PositiveSmallIntegerField(null=True, blank=True)
    # The partner whose lane the question touches answers in its own name, beside the text.
    is_reply = models.BooleanField(default=False)
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seat = models.ForeignKey(
        "partners.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    words = models.TextField()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]

    def __str__(self) -> str:
        return self.words[:60]


class Amendment(models.Model):
    """Another wording of a section, or another effect, and its fate with the reason."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="amendments")
    # Which section; 0: what a yes would do.
    section_place = models.PositiveSmallIntegerField()
    text = models.TextField(blank=True)
    # Of an effect: {"from": …, "to": …}, each with ``params`` and the days that would read otherwise.
    change = models.JSONField(default=dict, blank=True)
    why = models.CharField(max_length=500)
    seat = models.ForeignKey(
        "partners.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    fate = models.CharField(
        max_length=12, choices=[(f.value, f.value) for f in Fate], default=Fate.OPEN.value
    )
    fate_why = models.CharField(max_length=500, blank=True, default="")
    fate_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(fate=Fate.OPEN.value) | ~Q(fate_why=""), name="amendment_fate_has_reason"
            )
        ]

    def __str__(self) -> str:
        return self.text[:60]


class Stance(models.Model):
    """What a voter says openly before the vote, in one round of talking. It is no ballot."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="stances")
    round = models.PositiveSmallIntegerField(default=1)
    voter = models.CharField(max_length=60)
    voter_name = models.CharField(max_length=200)
    position = models.CharField(max_length=16, choices=[(p.value, p.value) for p in Position])
    words = models.CharField(max_length=500, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["round", "recorded_at"]

    def __str__(self) -> str:
        return f"{self.voter_name}: {self.position}"
