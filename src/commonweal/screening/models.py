"""Tables of instruments, answers, findings and needs. Rows about a person are under row-level security;
what concerns safety, substance use or mental health stands in rows of its own segment."""

from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from commonweal.foundation.access.rows import PersonRow
from commonweal.foundation.access.vocabulary import DataClass
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.ids import new_id
from commonweal.screening.vocabulary import (
    LIVE_NEEDS,
    Agreed,
    Because,
    Mode,
    NeedStatus,
    Outcome,
    ResponseStatus,
    Result,
    Urgency,
    Wish,
)

_LIVE = [status.value for status in LIVE_NEEDS]


def _one_of(column: str, words: Any, *, blank: bool = False) -> Q:
    values = [word.value for word in words]
    return Q(**{f"{column}__in": [*values, ""] if blank else values})


class Instrument(models.Model):
    """A questionnaire as it was loaded: never changed, retired when a newer one takes its place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    key = models.CharField(max_length=60)
    url = models.CharField(max_length=500, blank=True, default="")
    version = models.CharField(max_length=60, blank=True, default="")
    digest = models.CharField(max_length=64, unique=True)
    definition = models.JSONField()
    warnings = models.JSONField(default=list, blank=True)
    shipped = models.BooleanField(default=False)
    loaded_at = models.DateTimeField(default=now, editable=False)
    loaded_by_name = models.CharField(max_length=200, blank=True, default="")
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        db_table = "screening_instrument"
        constraints = [
            models.UniqueConstraint(
                fields=["key"], condition=Q(retired_at__isnull=True), name="screening_instrument_one_current"
            )
        ]


class Row(PersonRow):
    """What every row of this context has."""

    BASE = DataClass.D4

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class Response(Row):
    """One occasion of asking. Always of the general segment: that one was asked tells nothing."""

    instrument = models.ForeignKey(Instrument, on_delete=models.PROTECT, related_name="+")
    status = models.CharField(max_length=20, default=ResponseStatus.IN_PROGRESS.value)
    mode = models.CharField(max_length=12)
    language = models.CharField(max_length=12)
    interpreter = models.BooleanField(default=False)
    asked_on = models.DateField()
    asked_by = models.UUIDField(null=True, blank=True)
    asked_by_name = models.CharField(max_length=200, blank=True, default="")
    changed_at = models.DateTimeField(default=now)
    completed_at = models.DateTimeField(null=True, blank=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    looked_at = models.DateTimeField(null=True, blank=True)
    error_reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "screening_response"
        constraints = [
            models.CheckConstraint(condition=Q(segment="general"), name="screening_response_general"),
            models.CheckConstraint(
                condition=_one_of("status", ResponseStatus), name="screening_response_status"
            ),
            models.CheckConstraint(condition=_one_of("mode", Mode), name="screening_response_mode"),
            models.CheckConstraint(
                condition=_one_of("outcome", Outcome, blank=True), name="screening_response_outcome"
            ),
            models.CheckConstraint(
                condition=~Q(status=ResponseStatus.COMPLETED.value)
                | (Q(completed_at__isnull=False) & ~Q(outcome="")),
                name="screening_response_completed_when",
            ),
            models.CheckConstraint(
                condition=~Q(status=ResponseStatus.IN_ERROR.value) | ~Q(error_reason=""),
                name="screening_response_error_says_why",
            ),
        ]
        indexes = [
            models.Index(fields=["person", "-asked_on"], name="screening_response_person"),
            models.Index(fields=["holder_id", "-completed_at"], name="screening_response_recent"),
        ]


class Answer(Row):
    """What was said to one question, in the segment of the question; or why nothing was."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    link_id = models.CharField(max_length=255)
    question = models.CharField(max_length=60, blank=True, default="")
    codes = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    value = models.CharField(max_length=1000, blank=True, default="")
    absent = models.CharField(max_length=12, blank=True, default="")
    because = models.CharField(max_length=12, blank=True, default="")

    class Meta:
        db_table = "screening_answer"
        constraints = [
            models.UniqueConstraint(fields=["response", "link_id"], name="screening_answer_once"),
            models.CheckConstraint(
                condition=Q(absent__in=["", *(a.value for a in Answered if not a.is_known)]),
                name="screening_answer_absent",
            ),
            models.CheckConstraint(
                condition=_one_of("because", Because, blank=True), name="screening_answer_because"
            ),
            # A silence says which silence it is.
            models.CheckConstraint(
                condition=~Q(codes=[]) | ~Q(value="") | ~Q(absent=""), name="screening_answer_or_reason"
            ),
        ]


class Determination(Row):
    """What the answers of one response show about one domain, by which rule; and what the person wished."""

    response = models.ForeignKey(Response, on_delete=models.PROTECT, related_name="+")
    domain = models.CharField(max_length=40)
    result = models.CharField(max_length=16)
    urgent = models.BooleanField(default=False)
    flags = ArrayField(models.CharField(max_length=16), default=list, blank=True)
    trace = models.JSONField(default=list, blank=True)
    score = models.JSONField(null=True, blank=True)
    rule = models.CharField(max_length=120)
    rule_version = models.CharField(max_length=60)
    wish = models.CharField(max_length=12, blank=True, default="")
    wished_at = models.DateTimeField(null=True, blank=True)
    agreed = models.CharField(max_length=12, blank=True, default="")
    wish_recorded_by = models.UUIDField(null=True, blank=True)

    class Meta:
        db_table = "screening_determination"
        constraints = [
            models.UniqueConstraint(fields=["response", "domain"], name="screening_determination_once"),
            models.CheckConstraint(
                condition=_one_of("domain", NeedDomain), name="screening_determination_domain"
            ),
            models.CheckConstraint(
                condition=_one_of("result", Result), name="screening_determination_result"
            ),
            models.CheckConstraint(
                condition=_one_of("wish", Wish, blank=True), name="screening_determination_wish"
            ),
            models.CheckConstraint(
                condition=Q(wish="") | (Q(wished_at__isnull=False) & ~Q(agreed="")),
                name="screening_wish_says_how",
            ),
            models.CheckConstraint(
                condition=Q(wish="") | Q(result=Result.POSITIVE.value), name="screening_wish_only_with_risk"
            ),
        ]
        indexes = [models.Index(fields=["person", "domain"], name="screening_determination_person")]


class Need(Row):
    """A risk that the person wants help with, or help asked for without a screening."""

    domain = models.CharField(max_length=40)
    status = models.CharField(max_length=16, default=NeedStatus.OPEN.value)
    urgency = models.CharField(max_length=8, default=Urgency.ROUTINE.value)
    wanted_at = models.DateTimeField()
    agreed = models.CharField(max_length=12)
    recorded_by = models.UUIDField(null=True, blank=True)
    recorded_by_name = models.CharField(max_length=200, blank=True, default="")
    determination = models.ForeignKey(
        Determination, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    response = models.ForeignKey(Response, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    status_since = models.DateTimeField()
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "screening_need"
        constraints = [
            # By holder, so that another partner's hidden need cannot be told from a refused insert.
            models.UniqueConstraint(
                fields=["holder_id", "person", "domain"],
                condition=Q(status__in=_LIVE),
                name="screening_need_one_live",
            ),
            models.CheckConstraint(condition=_one_of("domain", NeedDomain), name="screening_need_domain"),
            models.CheckConstraint(condition=_one_of("status", NeedStatus), name="screening_need_status"),
            models.CheckConstraint(condition=_one_of("urgency", Urgency), name="screening_need_urgency"),
            models.CheckConstraint(condition=_one_of("agreed", Agreed), name="screening_need_agreed"),
            models.CheckConstraint(
                condition=~Q(status__in=[NeedStatus.UNMET.value, NeedStatus.WITHDRAWN.value]) | ~Q(reason=""),
                name="screening_need_says_why",
            ),
            models.CheckConstraint(
                condition=Q(status_since__gte=F("wanted_at")), name="screening_need_moves_after_wish"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "status"], name="screening_need_person"),
            models.Index(fields=["holder_id", "status", "-wanted_at"], name="screening_need_live"),
        ]


class NeedMove(Row):
    """One change of a need's status; the first has no ``before``."""

    need = models.ForeignKey(Need, on_delete=models.PROTECT, related_name="+")
    before = models.CharField(max_length=16, blank=True, default="")
    after = models.CharField(max_length=16)
    occurred_at = models.DateTimeField()
    by_account = models.UUIDField(null=True, blank=True)
    by_name = models.CharField(max_length=200, blank=True, default="")
    reason = models.CharField(max_length=500, blank=True, default="")

    class Meta:
        db_table = "screening_need_move"
        constraints = [
            models.CheckConstraint(
                condition=_one_of("before", NeedStatus, blank=True) & _one_of("after", NeedStatus),
                name="screening_need_move_statuses",
            )
        ]
        indexes = [models.Index(fields=["need", "occurred_at"], name="screening_need_move_need")]
