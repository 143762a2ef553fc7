"""Tables of bodies, their seats, and the humans who fill them.

A body or a seat comes into being under a mandate once bylaws are in force; ``given_under`` names it. It is no
foreign key because mandates stand a storey above; the database asks for a live one (governance, migrations).
"""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import get_language

from commonweal.kernel.clock import now
from commonweal.kernel.ids import new_id
from commonweal.partners.models.membership import Member, Partner
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, Scale, SeatRole, Sector


class Named(models.Model):
    """A row that the table names in its own words, perhaps in several languages.

    ``translations`` holds them as the charter does: ``{"name": {"en": "The Table", "es": "La Mesa"}}``. The
    column of that name keeps the one that records quote; a page says it as its reader reads (``said``).
    """

    translations = models.JSONField(default=dict, blank=True)

    class Meta:
        abstract = True

    def said(self, what: str) -> str:
        """What a column says, in the reader's language where the table wrote it in that."""
        language = (get_language() or "").split("-")[0]
        return str(self.translations.get(what, {}).get(language) or getattr(self, what))


class Body(Named):
    """A group that meets: the table itself, a council, a workgroup, a hub, a caucus. Bodies nest."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=16, choices=[(k.value, k.value) for k in BodyKind])
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="children"
    )
    scale = models.CharField(
        max_length=16, choices=[(s.value, s.value) for s in Scale], default=Scale.COUNTY.value
    )
    place = models.CharField(max_length=120, blank=True, default="")
    purpose = models.TextField(blank=True, default="")
    # What is said in a private body is read by those who sit on it, and by nobody else.
    is_private = models.BooleanField(default=False)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    given_under = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=[k.value for k in BodyKind]), name="body_kind_known"),
            models.CheckConstraint(condition=Q(scale__in=[s.value for s in Scale]), name="body_scale_known"),
            models.CheckConstraint(
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")), name="body_not_inside_itself"
            ),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="body_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(kind=BodyKind.CAUCUS.value) | Q(is_private=True), name="body_caucus_is_private"
            ),
        ]

    def __str__(self) -> str:
        return self.name


class Seat(Named):
    """A place in a body. It belongs to a partner or to a class of members and outlives whoever fills it."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="seats")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    member_class = models.CharField(
        max_length=16, choices=[(c.value, c.value) for c in MemberClass], blank=True, default=""
    )
    # For which sector the seat speaks; a partner's seat speaks for the partner's own unless this says other.
    sector = models.CharField(
        max_length=24, choices=[(s.value, s.value) for s in Sector], blank=True, default=""
    )
    place = models.CharField(max_length=120, blank=True, default="")
    population = models.CharField(max_length=120, blank=True, default="")
    title = models.CharField(max_length=120, blank=True, default="")
    role = models.CharField(
        max_length=16, choices=[(r.value, r.value) for r in SeatRole], default=SeatRole.MEMBER.value
    )
    has_vote = models.BooleanField(default=True)
    term_months = models.PositiveSmallIntegerField(null=True, blank=True)
    terms_at_most = models.PositiveSmallIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    given_under = models.UUIDField(null=True, blank=True)
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["body", "title", "id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(partner__isnull=False, member_class="")
                | Q(partner__isnull=True) & ~Q(member_class=""),
                name="seat_of_partner_or_class",
            ),
            models.CheckConstraint(condition=Q(role__in=[r.value for r in SeatRole]), name="seat_role_known"),
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=F("starts_on")),
                name="seat_ends_after_start",
            ),
        ]
        indexes = [models.Index(fields=["partner"], name="seat_of_partner")]

    def __str__(self) -> str:
        return self.title or f"{self.role} seat"


class Holding(models.Model):
    """A human in a seat, for a term: its holder, or the alternate who comes when the holder can't.

    ``authority`` is what the one who sent them lets them decide alone; ``bounds`` says where a bounded
    authority ends, in plain words, with ``limit_cents`` where it is money (DOMAIN §7.1).
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    seat = models.ForeignKey(Seat, on_delete=models.PROTECT, related_name="holdings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="holdings")
    is_alternate = models.BooleanField(default=False)
    authority = models.CharField(max_length=8, choices=[(a.value, a.value) for a in Authority])
    bounds = models.CharField(max_length=300, blank=True, default="")
    limit_cents = models.BigIntegerField(null=True, blank=True)
    starts_on = models.DateField()
    term_ends_on = models.DateField(null=True, blank=True)
    ended_on = models.DateField(null=True, blank=True)
    ended_why = models.CharField(max_length=300, blank=True, default="")
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField(default=now, editable=False)

    class Meta:
        ordering = ["seat", "is_alternate", "starts_on"]
        constraints = [
            models.CheckConstraint(
                condition=Q(authority__in=[a.value for a in Authority]), name="holding_authority_known"
            ),
            models.CheckConstraint(
                condition=~Q(authority=Authority.BOUNDED.value) | ~Q(bounds=""),
                name="holding_bounded_says_where",
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=F("starts_on")),
                name="holding_ends_after_start",
            ),
            models.UniqueConstraint(
                fields=["seat"],
                condition=Q(ended_on__isnull=True, is_alternate=False),
                name="holding_one_in_a_seat",
            ),
            models.UniqueConstraint(
                fields=["seat", "member"],
                condition=Q(ended_on__isnull=True),
                name="holding_once_for_a_member",
            ),
        ]
        indexes = [models.Index(fields=["member"], name="holding_of_member")]

    def __str__(self) -> str:
        return f"{self.member} in {self.seat}"
