"""Tables of what is kept with seats and bodies: authority, volunteers, invitations, notes, the population.

Notes and words said in a body are read by those who sit there: held by the database (migration ``0007``).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.partners.models.bodies import Body, Holding, Seat
from commonweal.partners.models.membership import Member, Partner
from commonweal.partners.vocabulary import Sector
from commonweal.partners.vocabulary_seats import Answer, Latitude


def _account() -> "models.ForeignKey[object, object]":
    return models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )


class AuthorityWord(models.Model):
    """What a delegate may decide, as the one who sent them said it: in one matter, or in all others (``""``).

    A new word ends the one before it; nothing is rewritten. ``said_by``: who at the organization said so.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    holding = models.ForeignKey(Holding, on_delete=models.PROTECT, related_name="words")
    matter = models.CharField(max_length=40, blank=True, default="")
    latitude = models.CharField(max_length=16, choices=[(one.value, one.value) for one in Latitude])
    bounds = models.CharField(max_length=300, blank=True, default="")
    limit_cents = models.BigIntegerField(null=True, blank=True)
    said_by = models.CharField(max_length=200, blank=True, default="")
    starts_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    recorded_by = _account()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["holding", "matter", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__in=[one.value for one in Latitude]), name="authority_latitude_known"
            ),
            models.CheckConstraint(
                condition=~Q(latitude=Latitude.WITHIN.value) | ~Q(bounds=""),
                name="authority_within_says_where",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="authority_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["holding", "matter"],
                condition=Q(ended_on__isnull=True),
                name="authority_one_word_a_matter",
            ),
        ]


class Enrollment(models.Model):
    """Someone takes part in a body without a seat: the volunteers of a workgroup, hundreds of them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="enrollments")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="enrollments")
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_why = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["body", "joined_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="enrollment_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["body", "member"],
                condition=Q(left_on__isnull=True),
                name="enrollment_once_in_a_body",
            ),
        ]
        indexes = [models.Index(fields=["member"], name="enrollment_of_member")]


class Invitation(models.Model):
    """Someone was asked to sit at a body: an organization, or a human who is then named to members only.

    ``sector``, ``place`` and ``population`` say for whom they would speak. A no keeps the reason given.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="invitations")
    seat = models.ForeignKey(
        Seat, on_delete=models.PROTECT, null=True, blank=True, related_name="invitations"
    )
    whom = models.CharField(max_length=200)
    is_human = models.BooleanField(default=False)
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    sector = models.CharField(
        max_length=24, choices=[(s.value, s.value) for s in Sector], blank=True, default=""
    )
    place = models.CharField(max_length=120, blank=True, default="")
    population = models.CharField(max_length=120, blank=True, default="")
    asked_on = models.DateField()
    asked_by = models.CharField(max_length=200)
    answer = models.CharField(
        max_length=12, choices=[(one.value, one.value) for one in Answer], default=Answer.NONE.value
    )
    reason = models.CharField(max_length=300, blank=True, default="")
    answered_on = models.DateField(null=True, blank=True)
    recorded_by = _account()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-asked_on", "whom"]
        constraints = [
            models.CheckConstraint(
                condition=Q(answer__in=[one.value for one in Answer]), name="invitation_answer_known"
            ),
            models.CheckConstraint(
                condition=Q(answer=Answer.NONE.value, answered_on__isnull=True)
                | (~Q(answer=Answer.NONE.value) & Q(answered_on__gte=F("asked_on"))),
                name="invitation_answered_after_asking",
            ),
        ]


class SeatNote(models.Model):
    """What someone leaves for who sits there after them."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="notes")
    account = _account()
    author_name = models.CharField(max_length=200)
    words = models.TextField()
    written_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-written_at"]


class BodyWord(models.Model):
    """What someone says in a body, to those who sit there and to nobody else."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="words")
    account = _account()
    author_name = models.CharField(max_length=200)
    words = models.TextField()
    said_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["-said_at"]
        indexes = [models.Index(fields=["body", "-said_at"], name="bodyword_of_body")]


class PopulationFigure(models.Model):
    """How many of a hundred neighbors belong to a population, from a published table.

    ``percent`` and ``margin`` are in hundredths; the true figure lies within ``percent`` ± ``margin`` (90 %).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120, blank=True, default="")
    percent = models.DecimalField(max_digits=5, decimal_places=2)
    margin = models.DecimalField(max_digits=5, decimal_places=2, default=0)
    county = models.CharField(max_length=120)
    source = models.CharField(max_length=200)
    year = models.PositiveSmallIntegerField()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["key"]
        constraints = [
            models.CheckConstraint(
                condition=Q(percent__gte=0, percent__lte=100, margin__gte=0), name="population_percent_of_100"
            ),
        ]
