"""Facts that access rests on: relations, consents, terms, standing, assignments, cases, broken glass.

People and governance write them through ``facts``; the documents behind them (a consent's
words, an agreement's articles) live in those contexts.
"""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

from commonweal.kernel.ids import new_id


class Fact(models.Model):
    """What all facts share."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    recorded_at = models.DateTimeField(db_default=Now(), editable=False)

    class Meta:
        abstract = True


class AccessRelation(Fact):
    """A partner knows this person: it registered them, or received them under a live consent."""

    person_id = models.UUIDField()
    partner_id = models.UUIDField()
    # Who brought the person in, where they were new to everyone; empty where another partner knew them first.
    account_id = models.UUIDField(null=True)
    since = models.DateTimeField(db_default=Now())
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_relation"
        constraints = [
            models.UniqueConstraint(fields=["person_id", "partner_id"], name="access_relation_once")
        ]


class AccessConsent(Fact):
    """A person allows a recipient one segment for one purpose, in ``[starts_at, ends_at)``.

    ``discloser_id`` empty: from any partner that holds it. ``topics`` empty: all topics;
    else need domains, so that a pantry sees food and not the rest. ``named``: the form names
    this recipient, not a class of recipients. ``confirmed_at`` empty: the recipient wrote it down itself, and
    it allows nothing until the person or the discloser confirms it.
    """

    person_id = models.UUIDField()
    recipient_id = models.UUIDField()
    discloser_id = models.UUIDField(null=True)
    segment = models.TextField()
    purpose = models.TextField()
    topics = ArrayField(models.TextField(), default=list)
    named = models.BooleanField(default=True)
    starts_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)
    document_id = models.UUIDField()
    recorded_by = models.UUIDField(null=True)
    confirmed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_consent"
        indexes = [
            models.Index(fields=["person_id", "recipient_id", "segment"], name="access_consent_person"),
            models.Index(fields=["recipient_id", "person_id"], name="access_consent_recipient"),
            models.Index(fields=["document_id"], name="access_consent_document"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_at__isnull=True) | Q(ends_at__gt=F("starts_at")),
                name="access_consent_ends_after_start",
            ),
            # Nothing in the product allows sharing for a court (SECURITY C15).
            models.CheckConstraint(condition=~Q(purpose="LEGAL"), name="access_consent_never_legal"),
        ]


class AccessTerms(Fact):
    """One line of an agreement: from whom to whom, which segment, for which purpose, under which mandate."""

    agreement_id = models.UUIDField()
    mandate_id = models.UUIDField()
    discloser_id = models.UUIDField()
    recipient_id = models.UUIDField()
    segment = models.TextField()
    purpose = models.TextField()
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_terms"
        indexes = [
            models.Index(
                fields=["recipient_id", "discloser_id", "segment", "purpose"], name="access_terms_pair"
            ),
            models.Index(fields=["mandate_id"], name="access_terms_mandate"),
        ]


class AccessRestriction(Fact):
    """The person asks that this partner does not see them, whatever else was allowed."""

    person_id = models.UUIDField()
    partner_id = models.UUIDField()
    lifted_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_restriction"
        indexes = [models.Index(fields=["partner_id"], name="access_restriction_partner")]
        constraints = [
            models.UniqueConstraint(
                fields=["person_id", "partner_id"],
                condition=Q(lifted_at__isnull=True),
                name="access_restriction_once",
            )
        ]


class AccessStanding(Fact):
    """A state of the person that bounds all reading: deceased, disputed, of_age, unreadable."""

    person_id = models.UUIDField()
    kind = models.TextField(choices=[(k, k) for k in ("deceased", "disputed", "of_age", "unreadable")])
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_standing"
        indexes = [
            models.Index(fields=["kind"], condition=Q(ended_at__isnull=True), name="access_standing_now"),
            models.Index(
                fields=["person_id"], condition=Q(ended_at__isnull=True), name="access_standing_person"
            ),
        ]


class AccessAssignment(Fact):
    """An account is assigned to a person at a partner, by another account."""

    person_id = models.UUIDField()
    partner_id = models.UUIDField()
    account_id = models.UUIDField()
    assigned_by = models.UUIDField(null=True)
    ended_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_assignment"
        indexes = [models.Index(fields=["account_id", "partner_id"], name="access_assignment_account")]


class AccessCase(Fact):
    """A privacy officer's case about a person; a second person is named before anything opens."""

    number = models.TextField()
    person_id = models.UUIDField()
    partner_id = models.UUIDField()
    account_id = models.UUIDField()
    second_account_id = models.UUIDField(null=True)
    closed_at = models.DateTimeField(null=True)

    class Meta:
        db_table = "access_case"
        indexes = [models.Index(fields=["account_id", "partner_id"], name="access_case_account")]


class AccessGlass(Fact):
    """Broken glass: an emergency reading with a reason, an end, a notice and a review."""

    person_id = models.UUIDField()
    partner_id = models.UUIDField()
    account_id = models.UUIDField()
    reason = models.TextField()
    starts_at = models.DateTimeField(db_default=Now())
    ends_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    told_person_at = models.DateTimeField(null=True)
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.UUIDField(null=True)
    review = models.TextField(blank=True, default="")

    class Meta:
        db_table = "access_glass"
        indexes = [models.Index(fields=["account_id", "starts_at"], name="access_glass_account")]
        constraints = [
            models.CheckConstraint(condition=~Q(reason=""), name="access_glass_has_reason"),
        ]
