"""Tables of what is owed, and of who answers for what. What was written and said stays."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from commonweal.governance.models.decisions import Agreement
from commonweal.governance.models.mandated import Initiative
from commonweal.governance.vocabulary_obligations import Part, Said
from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id


class AgreementParty(models.Model):
    """A partner that signed an agreement, also one that lets nothing be told."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(Agreement, on_delete=models.PROTECT, related_name="parties")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["agreement", "partner"], name="party_once")]

    def __str__(self) -> str:
        return f"{self.agreement_id}: {self.partner_id}"


class AgreementEnd(models.Model):
    """A party ended an agreement that lets nothing be told, and why. One that does ends by its decision."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.OneToOneField(Agreement, on_delete=models.PROTECT, related_name="end")
    partner = models.ForeignKey("partners.Partner", on_delete=models.PROTECT, related_name="+")
    ended_on = models.DateField()
    why = models.CharField(max_length=500)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        constraints = [models.CheckConstraint(condition=~Q(why=""), name="agreement_end_has_reason")]

    def __str__(self) -> str:
        return self.why[:60]


class Activity(models.Model):
    """Something that is done for a body, or for an initiative, once or again and again."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey("partners.Body", on_delete=models.PROTECT, related_name="+")
    initiative = models.ForeignKey(
        Initiative, on_delete=models.PROTECT, null=True, blank=True, related_name="activities"
    )
    words = models.CharField(max_length=200)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=~Q(words=""), name="activity_says_what"),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | ~Q(ended_why=""), name="activity_end_has_reason"
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ActivityPart(models.Model):
    """A seat or a partner has a part in an activity, from a day on, up to a day. Nothing is taken out."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="parts")
    part = models.CharField(max_length=12, choices=[(p.value, p.value) for p in Part])
    seat = models.ForeignKey(
        "partners.Seat", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    starts_on = models.DateField()
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["starts_on", "recorded_at", "id"]
        constraints = [
            models.CheckConstraint(condition=Q(part__in=[p.value for p in Part]), name="activity_part_known"),
            models.CheckConstraint(
                condition=Q(seat__isnull=True, partner__isnull=False)
                | Q(seat__isnull=False, partner__isnull=True),
                name="activity_part_of_one",
            ),
            models.UniqueConstraint(
                fields=["activity"],
                condition=Q(part=Part.ACCOUNTABLE.value, ended_on__isnull=True),
                name="activity_one_accountable",
            ),
            models.UniqueConstraint(
                fields=["activity", "part", "seat"],
                condition=Q(ended_on__isnull=True, seat__isnull=False),
                name="activity_part_once_seat",
            ),
            models.UniqueConstraint(
                fields=["activity", "part", "partner"],
                condition=Q(ended_on__isnull=True, partner__isnull=False),
                name="activity_part_once_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.part}: {self.activity_id}"


class Obligation(models.Model):
    """What one partner owes another under an agreement; or who answers for an activity, its body.

    ``every_months`` None: once. ``last_on``: nothing is owed after that day.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    agreement = models.ForeignKey(
        Agreement, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, null=True, blank=True, related_name="obligations"
    )
    owes = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    words = models.CharField(max_length=300)
    evidence = models.CharField(max_length=300, blank=True, default="")
    first_due_on = models.DateField()
    every_months = models.PositiveSmallIntegerField(null=True, blank=True)
    last_on = models.DateField(null=True, blank=True)
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["first_due_on", "recorded_at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(
                    agreement__isnull=False, activity__isnull=True, owes__isnull=False, to__isnull=False
                )
                | Q(agreement__isnull=True, activity__isnull=False, owes__isnull=True, to__isnull=True),
                name="obligation_under_one",
            ),
            models.CheckConstraint(
                condition=Q(owes__isnull=True) | ~Q(owes=F("to")), name="obligation_between_two"
            ),
            models.CheckConstraint(condition=~Q(words=""), name="obligation_says_what"),
            models.CheckConstraint(
                condition=Q(every_months__isnull=True) | Q(every_months__gt=0), name="obligation_turns"
            ),
            models.CheckConstraint(
                condition=Q(last_on__isnull=True) | Q(last_on__gte=F("first_due_on")),
                name="obligation_ends_after_first",
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ObligationWord(models.Model):
    """What was said about a day on which something was owed: met, confirmed, not so, waived; or its end."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="said")
    word = models.CharField(max_length=12, choices=[(s.value, s.value) for s in Said])
    due_on = models.DateField(null=True, blank=True)
    said_on = models.DateField()
    words = models.CharField(max_length=500, blank=True, default="")
    partner = models.ForeignKey(
        "partners.Partner", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    author_name = models.CharField(max_length=200)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["recorded_at", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(word__in=[s.value for s in Said]), name="obligation_word_known"
            ),
            models.CheckConstraint(
                condition=Q(word=Said.ENDED.value, due_on__isnull=True)
                | ~Q(word=Said.ENDED.value) & Q(due_on__isnull=False),
                name="obligation_word_about_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(word__in=[Said.WAIVED.value, Said.NOT_SO.value, Said.ENDED.value])
                | ~Q(words=""),
                name="obligation_word_no_has_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.word}: {self.obligation_id}"


class ObligationReminder(models.Model):
    """Who owes was reminded of a day, on a day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    obligation = models.ForeignKey(Obligation, on_delete=models.PROTECT, related_name="reminders")
    due_on = models.DateField()
    sent_on = models.DateField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["obligation", "due_on", "sent_on"], name="obligation_reminded_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.obligation_id}: {self.sent_on}"
