"""Tables of referrals. Rows about a person stand under row-level security (migration 0002)."""

from typing import Any

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.foundation.access.rows import PersonRow
from commonweal.foundation.access.vocabulary import DataClass
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.ids import new_id
from commonweal.referrals.vocabulary import (
    ENDED,
    BurdenAct,
    Event,
    GapState,
    Helped,
    OutcomeCode,
    Provenance,
    Status,
    Via,
)

_ENDED = sorted(s.value for s in ENDED)


def _known(field: str, words: Any, name: str) -> models.CheckConstraint:
    return models.CheckConstraint(condition=Q(**{f"{field}__in": [w.value for w in words]}), name=name)


def _in_order(phase: str) -> models.CheckConstraint:
    """After a yes: asked, then late, then escalated."""
    condition = (
        Q(**{f"{phase}_days__gt": 0})
        & Q(**{f"{phase}_days__lt": F(f"{phase}_late_days")})
        & Q(**{f"{phase}_late_days__lt": F(f"{phase}_escalate_days")})
    )
    return models.CheckConstraint(condition=condition, name=f"standard_{phase}_in_order")


class AboutPerson(PersonRow):
    """Base of this context's rows about a person: needs and referrals are class D4, like the screening."""

    BASE = DataClass.D4

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    person = models.ForeignKey("people.Person", on_delete=models.PROTECT, related_name="+", editable=False)
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        abstract = True


class AnswerStandard(models.Model):
    """How fast the Table wants an answer, in working days. In force only while its mandate is."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    mandate = models.OneToOneField("governance.Mandate", on_delete=models.PROTECT, related_name="+")
    answer_days = models.PositiveSmallIntegerField()
    remind_after_days = models.PositiveSmallIntegerField()
    escalate_after_days = models.PositiveSmallIntegerField()
    expire_after_days = models.PositiveSmallIntegerField()
    begin_days = models.PositiveSmallIntegerField()
    begin_late_days = models.PositiveSmallIntegerField(default=15)
    begin_escalate_days = models.PositiveSmallIntegerField(default=20)
    hold_days = models.PositiveSmallIntegerField(default=10)
    hold_late_days = models.PositiveSmallIntegerField(default=15)
    hold_escalate_days = models.PositiveSmallIntegerField(default=20)
    end_days = models.PositiveSmallIntegerField(default=20)
    end_late_days = models.PositiveSmallIntegerField(default=30)
    end_escalate_days = models.PositiveSmallIntegerField(default=40)
    # How often the person is asked whether it helped, and after how many days of silence again.
    person_asks_most = models.PositiveSmallIntegerField(default=2)
    person_again_days = models.PositiveSmallIntegerField(default=5)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(remind_after_days__gt=0)
                & Q(remind_after_days__lte=F("answer_days"))
                & Q(answer_days__lte=F("escalate_after_days"))
                & Q(escalate_after_days__lt=F("expire_after_days"))
                & Q(begin_days__gt=0),
                name="standard_steps_in_order",
            ),
            *(_in_order(phase) for phase in ("begin", "hold", "end")),
            models.CheckConstraint(
                condition=Q(person_asks_most__lte=5) & Q(person_again_days__gt=0),
                name="standard_asks_with_measure",
            ),
        ]


class Referral(AboutPerson):
    """A request that a service help a person (FHIR ServiceRequest). ``topic`` is the need's domain."""

    need = models.ForeignKey("screening.Need", on_delete=models.PROTECT, related_name="+")
    # holder_id is the requester; the key makes sure that it is a partner.
    requester = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    asked_by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_by = models.CharField(max_length=200)
    ask_words = models.CharField(max_length=280, blank=True, default="")
    area = models.CharField(max_length=120, blank=True, default="")
    place = models.CharField(max_length=60, blank=True, default="")
    language = models.CharField(max_length=12, default="en")
    household = models.PositiveSmallIntegerField(default=0)
    getting_around = models.CharField(max_length=60, blank=True, default="")
    is_urgent = models.BooleanField(default=False)
    contact_prohibited = models.BooleanField(default=False)
    warm_handoff = models.BooleanField(default=False)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(holder_id=F("requester")), name="referral_held_by_requester"),
            _known("topic", NeedDomain, "referral_domain_known"),
        ]
        indexes = [
            models.Index(fields=["person", "-occurred_at"], name="referral_of_person"),
            models.Index(fields=["need"], name="referral_of_need"),
        ]

    def __str__(self) -> str:
        return f"{self.topic} {self.id}"


class Task(AboutPerson):
    """One sending of a referral to one service, or to the first of several that claims it (FHIR Task).

    ``owner`` empty: an open referral. ``one_way``: to a victim service provider, which reports nothing
    back; the person does, if they wish. What a list shows is kept here, so that a page is one query.
    """

    referral = models.ForeignKey(Referral, on_delete=models.PROTECT, related_name="tasks")
    need = models.ForeignKey("screening.Need", on_delete=models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField(default=1)
    part_of = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts")
    status = models.CharField(max_length=20, default=Status.DRAFT.value)
    status_at = models.DateTimeField(default=now)
    owner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service = models.ForeignKey(
        "directory.Service", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    service_name = models.CharField(max_length=300, blank=True, default="")
    owner_name = models.CharField(max_length=300, blank=True, default="")
    asked_by = models.CharField(max_length=200, blank=True, default="")
    to_several = models.BooleanField(default=False)
    one_way = models.BooleanField(default=False)
    wants_waitlist = models.BooleanField(default=False)
    is_urgent = models.BooleanField(default=False)
    sent_at = models.DateTimeField(null=True, blank=True)
    answer_due_at = models.DateTimeField(null=True, blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True, default="")
    reason_words = models.CharField(max_length=280, blank=True, default="")
    outcome = models.CharField(max_length=32, blank=True, default="")
    handoff_to = models.CharField(max_length=200, blank=True, default="")
    handoff_at = models.DateTimeField(null=True, blank=True)
    handoff_confirmed_at = models.DateTimeField(null=True, blank=True)
    consent_ended_at = models.DateTimeField(null=True, blank=True)
    # The calendar: what was done last, and when to look again.
    last_step = models.CharField(max_length=16, blank=True, default="")
    look_at = models.DateTimeField(null=True, blank=True)
    # From when the calendar counts, where that is later than the change of status: they said that it goes on.
    heard_at = models.DateTimeField(null=True, blank=True)
    # From when, after a yes, it waits longer than the Table promised; before it, ``answer_due_at`` says so.
    late_at = models.DateTimeField(null=True, blank=True)
    # Until when the newest link works by which the service reports; empty where none was mailed.
    link_until = models.DateTimeField(null=True, blank=True)
    # When the person was last asked by message, and how often; since when only a call or a letter can ask.
    person_asked_at = models.DateTimeField(null=True, blank=True)
    person_asks = models.PositiveSmallIntegerField(default=0)
    by_hand_at = models.DateTimeField(null=True, blank=True)
    # A code of ``rules.chain.DeadEnd`` while the request came back and waits for someone to act.
    stuck = models.CharField(max_length=16, blank=True, default="")
    event_count = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            _known("status", Status, "task_status_known"),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "entered-in-error"]) | Q(sent_at__isnull=False),
                name="task_beyond_draft_was_sent",
            ),
            models.CheckConstraint(
                condition=Q(to_several=True) | Q(owner__isnull=False), name="task_unowned_only_if_open"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["accepted", "in-progress", "on-hold", "completed", "failed"])
                | Q(owner__isnull=False, answered_at__isnull=False),
                name="task_accepted_has_owner",
            ),
            models.CheckConstraint(
                condition=Q(status__in=_ENDED, ended_at__isnull=False)
                | (~Q(status__in=_ENDED) & Q(ended_at__isnull=True)),
                name="task_ended_has_its_time",
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["rejected", "failed"]) | ~Q(reason=""),
                name="task_refusal_has_reason",
            ),
            models.CheckConstraint(
                condition=~Q(status="completed") | ~Q(outcome=""), name="task_completed_has_outcome"
            ),
            models.UniqueConstraint(fields=["referral", "number"], name="task_number_once"),
        ]
        indexes = [
            models.Index(fields=["holder_id", "-occurred_at", "-id"], name="task_sent_list"),
            models.Index(fields=["owner", "-sent_at", "-id"], name="task_inbox"),
            models.Index(fields=["person", "-sent_at"], name="task_of_person"),
            models.Index(
                fields=["holder_id", "look_at"], name="task_calendar", condition=Q(look_at__isnull=False)
            ),
            models.Index(
                fields=["holder_id", "answer_due_at"], name="task_waiting", condition=Q(status="requested")
            ),
            models.Index(
                fields=["holder_id", "late_at"], name="task_overdue", condition=Q(late_at__isnull=False)
            ),
            models.Index(
                fields=["holder_id", "by_hand_at"], name="task_by_hand", condition=Q(by_hand_at__isnull=False)
            ),
            models.Index(fields=["holder_id", "-status_at"], name="task_stuck", condition=~Q(stuck="")),
        ]

    def __str__(self) -> str:
        return f"{self.status} {self.id}"


class Candidate(AboutPerson):
    """One of the services that an open referral was sent to; the first to claim it gets it."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="candidates")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    service = models.ForeignKey("directory.Service", on_delete=models.PROTECT, related_name="+")
    service_name = models.CharField(max_length=300)
    partner_name = models.CharField(max_length=300)
    declined_at = models.DateTimeField(null=True, blank=True)
    reason = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["task", "partner"], name="candidate_once")]
        indexes = [models.Index(fields=["partner", "declined_at"], name="candidate_inbox")]


class TaskEvent(AboutPerson):
    """One thing that happened to a sending. Never changed, never removed (trigger in migration 0002)."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="events")
    # The order within the task: two things may happen in one instant.
    seq = models.PositiveIntegerField()
    kind = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    reason = models.CharField(max_length=40, blank=True, default="")
    outcome = models.CharField(max_length=32, blank=True, default="")
    words = models.CharField(max_length=500, blank=True, default="")
    by_partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_name = models.CharField(max_length=200, blank=True, default="")
    via = models.CharField(max_length=12)
    # The client's own id for this click, so that a second click is the same click.
    intent = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            _known("kind", Event, "event_kind_known"),
            _known("status", Status, "event_status_known"),
            _known("via", Via, "event_via_known"),
            models.UniqueConstraint(
                fields=["task", "intent"], condition=Q(intent__isnull=False), name="event_intent_once"
            ),
            models.UniqueConstraint(fields=["task", "seq"], name="event_order"),
        ]
        indexes = [
            models.Index(fields=["holder_id", "-recorded_at"], name="event_news"),
        ]


class Outcome(AboutPerson):
    """What came of a sending, as the service told it. Not whether the need is met."""

    task = models.ForeignKey(Task, on_delete=models.PROTECT, related_name="outcomes")
    code = models.CharField(max_length=32)
    words = models.CharField(max_length=280, blank=True, default="")
    by_name = models.CharField(max_length=200, blank=True, default="")
    via = models.CharField(max_length=12)

    class Meta:
        constraints = [_known("code", OutcomeCode, "outcome_code_known")]
        indexes = [models.Index(fields=["task"], name="outcome_of_task")]


class PersonAnswer(AboutPerson):
    """What the person said to *did it help?* The service that it is about never reads it with a name."""

    need = models.ForeignKey("screening.Need", on_delete=models.PROTECT, related_name="+")
    task = models.ForeignKey(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="answers")
    about_partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    helped = models.CharField(max_length=8)
    words = models.CharField(max_length=500, blank=True, default="")
    language = models.CharField(max_length=12, default="en")
    provenance = models.CharField(max_length=12)
    taken_by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    taken_by = models.CharField(max_length=200, blank=True, default="")
    intent = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            _known("helped", Helped, "answer_helped_known"),
            _known("provenance", Provenance, "answer_provenance_known"),
            models.CheckConstraint(
                condition=~Q(provenance__in=["phone", "in-person"]) | ~Q(taken_by=""),
                name="answer_taken_down_names_who",
            ),
            models.UniqueConstraint(
                fields=["person", "intent"], condition=Q(intent__isnull=False), name="answer_intent_once"
            ),
        ]
        indexes = [
            models.Index(fields=["person", "need", "-occurred_at"], name="answer_of_need"),
            models.Index(fields=["task", "-occurred_at"], name="answer_of_task"),
        ]


class UnmetNeed(AboutPerson):
    """A need that could not be met once: where, and why. Counted for the Table, never shown one by one."""

    # Empty where no service fits at all, so that nobody could even be asked.
    task = models.OneToOneField(Task, on_delete=models.PROTECT, null=True, blank=True, related_name="unmet")
    need = models.ForeignKey("screening.Need", on_delete=models.PROTECT, related_name="+")
    place = models.CharField(max_length=60, blank=True, default="")
    reason = models.CharField(max_length=40)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["need"], condition=Q(task__isnull=True), name="unmet_nothing_fits_once"
            )
        ]
        indexes = [models.Index(fields=["topic", "place", "reason"], name="unmet_by_kind")]


class Gap(models.Model):
    """Unmet needs of one kind for one reason, which the Table owes an answer. Names nobody and no place."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    domain = models.CharField(max_length=40)
    reason = models.CharField(max_length=40)
    state = models.CharField(max_length=10, default=GapState.WAITING.value)
    answer = models.CharField(max_length=500, blank=True, default="")
    answered_by = models.CharField(max_length=200, blank=True, default="")
    answered_by_account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answered_at = models.DateTimeField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["domain", "reason"], name="gap_once"),
            _known("domain", NeedDomain, "gap_domain_known"),
            models.CheckConstraint(
                condition=Q(state="waiting")
                | (Q(state="answered") & ~Q(answer="") & Q(answered_at__isnull=False)),
                name="gap_answered_says_what",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.domain} {self.reason}"


class ListReading(models.Model):
    """A worker saw a person's name in a list on a day, so that the person's log has one line for it.

    Each worker sees their own (migration 0002).
    """

    id = models.BigAutoField(primary_key=True)
    account_id = models.UUIDField()
    person_id = models.UUIDField()
    day = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account_id", "day", "person_id"], name="list_reading_once_a_day")
        ]


class BurdenEntry(models.Model):
    """Seconds of work that one act cost a partner. Names no person and no referral."""

    id = models.BigAutoField(primary_key=True)
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=16)
    seconds = models.PositiveIntegerField()
    occurred_at = models.DateTimeField(default=now)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [_known("act", BurdenAct, "burden_act_known")]
        indexes = [models.Index(fields=["partner", "occurred_at"], name="burden_of_partner")]
