"""Tables of decisions, mandates and agreements. What was decided is never rewritten."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from commonweal.governance.vocabulary import Assent, Matter
from commonweal.governance.vocabulary_obligations import AgreementKind
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class Decision(models.Model):
    """What a body decided: certified here from its ballots, or the minutes of a vote held elsewhere."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    number = models.PositiveIntegerField(unique=True)
    title = models.CharField(max_length=200)
    question = models.TextField()
    body = models.CharField(max_length=120)
    decided_on = models.DateField()
    method = models.CharField(max_length=200)
    yes = models.PositiveIntegerField()
    no = models.PositiveIntegerField()
    abstain = models.PositiveIntegerField(default=0)
    residents = models.CharField(max_length=4, choices=[(a.value, a.value) for a in Assent])
    adopted = models.BooleanField()
    reasons = models.TextField(blank=True, default="")
    dissent = models.TextField(blank=True, default="")
    undo = models.TextField(blank=True, default="")
    # Voted here: the question, the version of the bylaws, and the certificate that anybody can recount.
    # Without a question, it is the minutes of a vote held elsewhere.
    proposal = models.OneToOneField(
        "governance.Proposal", on_delete=models.PROTECT, null=True, blank=True, related_name="decision"
    )
    bylaws_version = models.PositiveIntegerField(null=True, blank=True)
    certificate = models.JSONField(null=True, blank=True)
    # Decided alone by whom the table let do so: nobody voted.
    delegation = models.ForeignKey(
        "governance.Delegation", on_delete=models.PROTECT, null=True, blank=True, related_name="decisions"
    )
    # Set by the database: what a private body decided for itself is read by those who sit there.
    is_private = models.BooleanField(default=False, editable=False)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-number"]
        constraints = [
            models.CheckConstraint(
                condition=Q(residents__in=[a.value for a in Assent]), name="decision_assent_known"
            ),
            models.CheckConstraint(
                condition=Q(delegation__isnull=True)
                | Q(proposal__isnull=True, certificate__isnull=True, yes=0, no=0, abstain=0),
                name="decision_delegated_has_no_votes",
            ),
            # Residents who withheld their yes stop it, however the tally stands (DOMAIN 7-T4).
            models.CheckConstraint(
                condition=Q(adopted=False) | ~Q(residents=Assent.NO.value), name="decision_gate_holds"
            ),
        ]

    def __str__(self) -> str:
        return f"Decision {self.number}"


class MandateQuery(models.QuerySet["Mandate"]):
    """Mandates."""

    def live(self, at: datetime) -> "MandateQuery":
        """Those in force at a moment, of decisions that were adopted. One that rests is not."""
        return self.filter(
            Q(starts_at__lte=at)
            & (Q(ends_at=None) | Q(ends_at__gt=at))
            & (Q(withdrawn_at=None) | Q(withdrawn_at__gt=at))
            & (Q(rests_from=None) | Q(rests_from__gt=at) | Q(rests_until__lte=at))
            & Q(decision__adopted=True)
        )


class Mandate(models.Model):
    """The dated, scoped effect of a decision. Half-open: in force from ``starts_at`` up to ``ends_at``."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="mandates")
    matter = models.CharField(max_length=24, choices=[(m.value, m.value) for m in Matter])
    scope = models.CharField(max_length=120)
    words = models.CharField(max_length=300, blank=True, default="")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True, blank=True)
    review_on = models.DateField(null=True, blank=True)
    effect = models.CharField(max_length=40, blank=True, default="")
    params = models.JSONField(default=dict, blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_why = models.CharField(max_length=500, blank=True, default="")
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # Stopped in an emergency: it rests, and wakes by itself when that runs out unless it was withdrawn.
    rests_from = models.DateTimeField(null=True, blank=True)
    rests_until = models.DateTimeField(null=True, blank=True)
    # By the database's own clock: entered, acted (once, never again), and undone after it ended.
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
    taken_at = models.DateTimeField(null=True, blank=True, editable=False)
    undone_at = models.DateTimeField(null=True, blank=True, editable=False)
    # Set by the database: the word of a private body's own decision, read by those who sit there.
    is_private = models.BooleanField(default=False, editable=False)
    recorded_at = models.DateTimeField(default=now, editable=False)

    objects = MandateQuery.as_manager()

    class Meta:
        ordering = ["starts_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(matter__in=[m.value for m in Matter]), name="mandate_matter_known"
            ),
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="mandate_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | ~Q(withdrawn_why=""),
                name="mandate_withdrawal_has_reason",
            ),
            models.CheckConstraint(
                condition=Q(rests_from__isnull=True, rests_until__isnull=True)
                | Q(rests_until__gt=F("rests_from")),
                name="mandate_rest_ends",
            ),
            # Sharing never runs without an end. Ending it, or a position on it, shares nothing.
            models.CheckConstraint(
                condition=~Q(matter=Matter.DATA_SHARING.value)
                | Q(ends_at__isnull=False)
                | Q(effect__in=["mandate.withdraw", "none"]),
                name="mandate_sharing_ends",
            ),
            models.UniqueConstraint(fields=["decision", "matter", "scope"], name="mandate_once"),
        ]
        indexes = [models.Index(fields=["matter", "scope"], name="mandate_of_scope")]

    def __str__(self) -> str:
        return f"{self.matter}: {self.scope}"

    @property
    def ended_at(self) -> datetime | None:
        """When it stopped or will stop: withdrawn, or its end, whichever comes first."""
        ends = [moment for moment in (self.withdrawn_at, self.ends_at) if moment]
        return min(ends) if ends else None


class Agreement(models.Model):
    """What named partners promise each other. What it lets be told sleeps without a live mandate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    title = models.CharField(max_length=200)
    kind = models.CharField(
        max_length=20,
        choices=[(k.value, k.value) for k in AgreementKind],
        default=AgreementKind.DATA_USE.value,
    )
    text = models.TextField(blank=True, default="")
    signed_on = models.DateField(null=True, blank=True)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["title"]

    def __str__(self) -> str:
        return self.title

    @property
    def scope(self) -> str:
        """The scope key of the mandate that it needs."""
        return scope_of_agreement(self.id)


def scope_of_agreement(agreement_id: UUID) -> str:
    """The scope key under which an agreement may be in force."""
    return f"agreement:{agreement_id}"


class Term(models.Model):
    """One line of an agreement: this partner may tell that one, of this segment, for this purpose."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="terms")
    discloser = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    recipient = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    segment = models.CharField(max_length=32)
    purpose = models.CharField(max_length=16)

    class Meta:
        ordering = ["discloser__name", "recipient__name", "segment", "purpose"]
        constraints = [
            models.UniqueConstraint(
                fields=["agreement", "discloser", "recipient", "segment", "purpose"], name="term_once"
            ),
            models.CheckConstraint(condition=~Q(discloser=F("recipient")), name="term_between_two_partners"),
        ]
        indexes = [models.Index(fields=["discloser", "recipient"], name="term_between")]
