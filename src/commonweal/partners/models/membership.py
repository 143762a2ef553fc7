"""Tables of partners and members."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.partners.vocabulary import Kind, MemberKind, Sector


class Partner(models.Model):
    """An organization at the table."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    sector = models.CharField(max_length=24, choices=[(s.value, s.value) for s in Sector])
    kind = models.CharField(
        max_length=16, choices=[(k.value, k.value) for k in Kind], default=Kind.ORGANIZATION.value
    )
    # The limits statement, in the partner's own plain words.
    can_do = models.TextField(blank=True, default="")
    cannot_do = models.TextField(blank=True, default="")
    limits_stated_on = models.DateField(null=True, blank=True)
    languages = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    email = models.EmailField(blank=True, default="")
    phone = models.CharField(max_length=40, blank=True, default="")
    website = models.URLField(blank=True, default="")
    place = models.CharField(max_length=120, blank=True, default="")
    is_victim_service_provider = models.BooleanField(default=False)
    # Partners under common control have one vote together (DOMAIN §7.2).
    controlled_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="affiliates"
    )
    # The mandate that took it in, once bylaws are in force (see ``models.bodies``).
    given_under = models.UUIDField(null=True, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    left_why = models.CharField(max_length=300, blank=True, default="")
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                condition=Q(sector__in=[s.value for s in Sector]), name="partner_sector_known"
            ),
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in Kind]), name="partner_kind_known"),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="partner_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["kind"],
                condition=Q(kind=Kind.BACKBONE.value, left_on__isnull=True),
                name="partner_one_backbone",
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Member(models.Model):
    """A human who takes part. An account is optional: many come to meetings and never sign in."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="members"
    )
    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=200)
    title = models.CharField(max_length=200, blank=True, default="")
    kind = models.CharField(max_length=12, choices=[(k.value, k.value) for k in MemberKind])
    lives_here = models.BooleanField(default=False)
    is_or_was_served = models.BooleanField(default=False)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            # A professional who lives here is not a resident member (DESIGN §2).
            models.CheckConstraint(
                condition=~Q(kind=MemberKind.RESIDENT.value)
                | Q(lives_here=True, is_or_was_served=True, partner__isnull=True),
                name="member_resident_is_served_and_nobodys_employee",
            ),
            models.CheckConstraint(
                condition=~Q(kind=MemberKind.DELEGATE.value) | Q(partner__isnull=False),
                name="member_delegate_has_partner",
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("joined_on")),
                name="member_leaves_after_joining",
            ),
            models.UniqueConstraint(
                fields=["account", "partner"],
                condition=Q(left_on__isnull=True, account__isnull=False),
                nulls_distinct=False,
                name="member_one_for_account",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_resident_member(self) -> bool:
        return self.kind == MemberKind.RESIDENT.value
