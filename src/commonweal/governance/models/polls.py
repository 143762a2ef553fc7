"""Asking a body: the frozen electorate and rule, and the ballots. Ballots are added and never rewritten.

A proposal is asked of its own body (``main``) and of every body whose assent the bylaws ask for (``gate``):
the residents', and bodies below for which a matter is reserved.
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

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
    # The text as it was voted on; another round may be about another wording.
    text = models.JSONField(default=dict)
    options = models.JSONField(default=list, blank=True)
    lots = models.JSONField(default=list, blank=True)
    is_secret = models.BooleanField(default=False)
    # The public half of the key to which secret ballots are sealed; the other half never is in the database.
    sealing_key = models.CharField(max_length=88, blank=True, default="")
    opens_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    head = models.CharField(max_length=64, blank=True, default="")
    # How many ballots are chained, and of a secret poll how many units have a sealed one.
    count = models.PositiveIntegerField(default=0)
    # Held in a meeting: who was there is known from it, and the chair ends the vote.
    meeting_id = models.UUIDField(null=True, blank=True)
    # What counts beside the ballots, as it was at closing: who was there, who stepped out, what the others
    # held of blocks, whether notice was given and the body was made up as the bylaws ask.
    at_closing = models.JSONField(default=dict, blank=True)
    # The database's clock when it was opened. A poll that had closed by then tells history (seeds only).
    entered_at = models.DateTimeField(db_default=Now(), editable=False)
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
    # The account that cast it, so that an alternate does not replace the holder; gone with the envelope.
    hand = models.UUIDField(null=True, blank=True)
    # Digests of the requests that were answered, so that a replayed one changes nothing.
    asked = models.JSONField(default=list, blank=True)
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


class PaperEntry(models.Model):
    """A ballot on paper, entered by one person and waiting for a second who enters it again.

    Of a secret poll the choice is sealed. Settled: it became a ballot, or the two entries did not agree.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="papers")
    voter = models.CharField(max_length=60)
    choice = models.JSONField(null=True, blank=True)
    sealed = models.BinaryField(null=True, blank=True)
    provenance = models.CharField(max_length=300)
    entered_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    entered_by_name = models.CharField(max_length=200)
    entered_at = models.DateTimeField(default=now, editable=False)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)
    agreed = models.BooleanField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(provenance=""), name="paper_has_provenance"),
            models.CheckConstraint(
                condition=Q(checked_by__isnull=True) | ~Q(checked_by=F("entered_by")),
                name="paper_checked_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"Paper of {self.voter}"


class BallotLink(models.Model):
    """What a mailed link opens: one voter's ballot in one poll, for the account that it was mailed to."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="links")
    voter = models.CharField(max_length=60)
    account = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["poll", "voter", "account"], name="ballot_link_once")]

    def __str__(self) -> str:
        return self.voter


class Proxy(models.Model):
    """One voter lets another cast in its place, in writing, for one question; casting itself revokes it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    proposal = models.ForeignKey(Proposal, on_delete=models.PROTECT, related_name="proxies")
    giver = models.CharField(max_length=60)
    giver_name = models.CharField(max_length=200)
    carrier = models.CharField(max_length=60)
    carrier_name = models.CharField(max_length=200)
    words = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)
    revoked_at = models.DateTimeField(null=True, blank=True)
    # Set by the database: written with another day than its clock's. It carries nothing in a vote of today.
    tells_history = models.BooleanField(default=False, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.CheckConstraint(condition=~Q(giver=F("carrier")), name="proxy_to_another"),
            models.UniqueConstraint(
                fields=["proposal", "giver"], condition=Q(revoked_at__isnull=True), name="proxy_one_at_a_time"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.giver_name} to {self.carrier_name}"


class Judgement(models.Model):
    """What one voter holds of another's block or objection: is it one? The group judges, not its proposer."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="judgements")
    about = models.CharField(max_length=60)
    voter = models.CharField(max_length=60)
    is_upheld = models.BooleanField()
    why = models.CharField(max_length=500)
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [
            models.UniqueConstraint(fields=["poll", "about", "voter"], name="judgement_once_a_voter"),
            models.CheckConstraint(condition=~Q(about=F("voter")), name="judgement_of_another"),
        ]

    def __str__(self) -> str:
        return f"{self.voter} about {self.about}"


class Ratification(models.Model):
    """Whether an organization stands behind the yes of its delegate, who could not decide alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    poll = models.ForeignKey(Poll, on_delete=models.PROTECT, related_name="ratifications")
    voter = models.CharField(max_length=60)
    is_behind = models.BooleanField()
    words = models.CharField(max_length=500, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [models.UniqueConstraint(fields=["poll", "voter"], name="ratification_once_a_voter")]

    def __str__(self) -> str:
        return self.voter
