"""Asking a body: the frozen electorate and rule, and the ballots. Ballots are added and never rewritten.

A proposal is asked of its own body (``main``) and of every body whose assent the bylaws ask for (``gate``):
the residents', and bodies below for which a matter is reserved.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.models.proposals import Proposal
from commonweal.governance.vocabulary import Channel, PollKind
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class Poll(models.Model):
    """One asking of one body, with all that a recount needs, frozen when voting opened (DOMAIN §7.1).

    ``rule`` and ``electorate`` are the wire forms of ``shapes_voting``; ``electorate_digest`` stands in the
    audit chain since opening. ``head`` is the digest of the last ballot. ``outcome`` is kept at closing.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="polls")
    kind = models.CharField(max_length=8, choices=[(k.value, k.value) for k in PollKind])
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    bylaws_version = models.PositiveIntegerField()
    rule = models.JSONField()
    electorate = models.JSONField()
    electorate_digest = models.CharField(max_length=64)
    text_digest = models.CharField(max_length=64)
    options = models.JSONField(default=list, blank=True)
    lots = models.JSONField(default=list, blank=True)
    is_secret = models.BooleanField(default=False)
    # The public half of the key to which secret ballots are sealed; the other half never is in the database.
    sealing_key = models.CharField(max_length=88, blank=True, default="")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    head = models.CharField(max_length=64, blank=True, default="")
    outcome = models.JSONField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["opens_at", "kind"]
        constraints = [
            models.UniqueConstraint(fields=["proposal", "body", "kind", "opens_at"], name="poll_once"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="poll_closes_after_opens"),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in PollKind]), name="poll_kind_known"),
        ]

    def __str__(self) -> str:
        return f"{self.proposal}: {self.kind}"


class Ballot(models.Model):
    """One cast ballot. Of a unit's several the last by ``place`` counts; each is chained to the one before.

    Open polls only: who cast and what is said in it. Secret polls keep sealed ``Envelope`` rows until they
    close, and then shuffled ballots here, without ``voter``, ``unit`` or a time of casting.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ballots")
    place = models.PositiveIntegerField()
    voter = models.CharField(max_length=60, blank=True, default="")
    unit = models.CharField(max_length=60, blank=True, default="")
    # {"position": …, "reason": …} or {"ranking": [[…], …]} or {"approved": […]} or {"points": {…}}
    choice = models.JSONField()
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    provenance = models.CharField(max_length=300, blank=True, default="")
    # What lets the one who cast find it on the board, and a replayed request find its own ballot.
    receipt = models.CharField(max_length=64)
    before = models.CharField(max_length=64, blank=True, default="")
    digest = models.CharField(max_length=64)
    cast_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    occurred_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["poll", "place"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "place"], name="ballot_place_once"),
            models.UniqueConstraint(fields=["poll", "receipt"], name="ballot_receipt_once"),
            models.CheckConstraint(
                condition=~Q(channel=Channel.PAPER.value) | ~Q(provenance=""),
                name="ballot_paper_has_provenance",
            ),
        ]

    def __str__(self) -> str:
        return f"Ballot {self.place}"


class Envelope(models.Model):
    """A secret ballot before closing: who voted, and the sealed choice. A change replaces it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="envelopes")
    unit = models.CharField(max_length=60)
    voter = models.CharField(max_length=60)
    sealed = models.BinaryField()
    channel = models.CharField(max_length=8, choices=[(c.value, c.value) for c in Channel])
    provenance = models.CharField(max_length=300, blank=True, default="")
    recorded_on = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "unit"], name="envelope_one_a_unit")]

    def __str__(self) -> str:
        return "A sealed ballot"


class Turnout(models.Model):
    """Who took part in a secret poll: written at closing, in the order of names, without a time."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="turnout")
    unit = models.CharField(max_length=60)
    voter = models.CharField(max_length=60)

    class Meta:
        ordering = ["voter"]
        constraints = [models.UniqueConstraint(fields=["poll", "unit"], name="turnout_one_a_unit")]

    def __str__(self) -> str:
        return self.voter


class Recusal(models.Model):
    """A conflict of interest that was disclosed or claimed, and what the others held (DOMAIN §7.6)."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="recusals")
    voter = models.CharField(max_length=60)
    voter_name = models.CharField(max_length=200)
    interest = models.CharField(max_length=500)
    is_disclosed_by_self = models.BooleanField(default=True)
    is_conflict = models.BooleanField(null=True, blank=True)
    judged_why = models.CharField(max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [models.UniqueConstraint(fields=["proposal", "voter"], name="recusal_once_a_voter")]

    def __str__(self) -> str:
        return self.voter_name
