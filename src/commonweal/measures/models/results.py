"""Tables of measures: what was computed (inside only), what was released (for everyone), and targets.

Rows of results and releases are frozen: a trigger refuses any change (migration 0002).
"""

from enum import StrEnum

from django.db import models
from django.db.models import Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.measures.vocabulary import Engine, Family, Grain, Shown


def _known(field: str, words: type[StrEnum], name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [w.value for w in words]}), name=name)


class Result(models.Model):
    """One ratio as computed, before disclosure control. Read by the engine alone, shown to nobody.

    ``known_to``: the facts are those recorded up to this moment, so that the same moment always gives the
    same numbers. ``who`` is a partner's id, empty for the whole, ``-`` for requests that nobody took.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    measure = models.SlugField(max_length=60)
    version = models.PositiveSmallIntegerField()
    base = models.SlugField(max_length=40)
    grain = models.CharField(max_length=8)
    starts_on = models.DateField()
    who = models.CharField(max_length=36, blank=True, default="")
    known_to = models.DateTimeField()
    numerator = models.PositiveIntegerField()
    denominator = models.PositiveIntegerField()
    median_days = models.PositiveIntegerField(null=True, blank=True)
    engine = models.CharField(max_length=12)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["measure", "version", "base", "grain", "starts_on", "who", "known_to"],
                name="result_once",
            ),
            models.CheckConstraint(
                condition=Q(numerator__lte=models.F("denominator")), name="result_numerator_within"
            ),
            _known("grain", Grain, "result_grain_known"),
            _known("engine", Engine, "result_engine_known"),
        ]

    def __str__(self) -> str:
        return f"{self.measure} {self.grain} {self.starts_on}"


class Release(models.Model):
    """One publication: what it rests on and by which disclosure rule. ``too_young``: about how many cases
    were left out because they were too young to be judged, to the nearest ten; None for fewer than 11."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    family = models.CharField(max_length=16)
    as_of = models.DateTimeField()
    policy = models.CharField(max_length=80)
    too_young = models.PositiveIntegerField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            _known("family", Family, "release_family_known"),
            models.CheckConstraint(
                condition=Q(too_young__isnull=True) | Q(too_young__gte=10), name="release_too_young_not_small"
            ),
        ]
        ordering = ["recorded_at"]

    def __str__(self) -> str:
        return f"{self.family} {self.as_of:%Y-%m-%d}"


class ReleasedFigure(models.Model):
    """One published count or median; a held one has no number at all. Published once, never changed."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    release = models.ForeignKey(Release, on_delete=models.PROTECT, related_name="figures")
    family = models.CharField(max_length=16)
    grain = models.CharField(max_length=8)
    starts_on = models.DateField()
    who = models.CharField(max_length=36, blank=True, default="")
    what = models.SlugField(max_length=40)
    state = models.CharField(max_length=12)
    value = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["family", "grain", "starts_on", "who", "what"], name="released_once"
            ),
            models.CheckConstraint(
                condition=Q(state=Shown.SHOWN.value, value__isnull=False)
                | (~Q(state=Shown.SHOWN.value) & Q(value__isnull=True)),
                name="released_held_has_no_number",
            ),
            _known("family", Family, "released_family_known"),
            _known("grain", Grain, "released_grain_known"),
            _known("state", Shown, "released_state_known"),
        ]

    def __str__(self) -> str:
        return f"{self.family} {self.starts_on} {self.what}"


class Target(models.Model):
    """Where a decision wants a measure to be: in 100 for a rate, days for a wait. Holds with its mandate."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.OneToOneField("governance.Mandate", on_delete=models.PROTECT, related_name="+")
    measure = models.SlugField(max_length=60)
    value = models.DecimalField(max_digits=6, decimal_places=1)
    due_on = models.DateField()
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(value__gt=0), name="target_above_nothing")]

    def __str__(self) -> str:
        return f"{self.measure}: {self.value}"
