"""Reading partners, members and memberships."""

from collections import Counter
from collections.abc import Iterable
from uuid import UUID

from django.db.models import Count, Q

from commonweal.foundation.access import Actor
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.foundation.database.prepared import ask
from commonweal.partners.models import Member, Partner
from commonweal.partners.shapes import MemberShape, MembershipShape, PartnerShape
from commonweal.partners.vocabulary import Kind, MemberKind, Sector


def shape_of(row: Partner) -> PartnerShape:
    """The row, as it crosses the door."""
    return PartnerShape(
        id=row.id,
        slug=row.slug,
        name=row.name,
        sector=Sector(row.sector),
        kind=Kind(row.kind),
        can_do=row.can_do,
        cannot_do=row.cannot_do,
        limits_stated_on=row.limits_stated_on,
        languages=tuple(row.languages),
        email=row.email,
        phone=row.phone,
        website=row.website,
        place=row.place,
        is_victim_service_provider=row.is_victim_service_provider,
        joined_on=row.joined_on,
        left_on=row.left_on,
    )


def known_as(actor: Actor) -> str:
    """How who acts is called where all may read it: by name; who works for a shelter, by the shelter's."""
    works_for = by_ids([actor.partner_id]).get(actor.partner_id) if actor.partner_id else None
    return works_for.name if works_for and works_for.is_victim_service_provider else actor.name


def by_ids(ids: Iterable[UUID]) -> dict[UUID, PartnerShape]:
    """Partners by id, those who left included, since records go on naming them."""
    return {row.id: shape_of(row) for row in Partner.objects.filter(pk__in=set(ids))}


def names(ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names by id. Every page asks for the reader's own."""
    return dict(ask("select id, name from partners_partner where id = any(%s)", [list(set(ids))]))


def by_slug(slug: str) -> PartnerShape | None:
    """The partner with this slug."""
    row = Partner.objects.filter(slug=slug).first()
    return shape_of(row) if row else None


def present() -> list[PartnerShape]:
    """Partners who take part now, by name."""
    return [shape_of(row) for row in Partner.objects.filter(left_on=None).order_by("name")]


def backbone() -> PartnerShape | None:
    """The neutral convener; None before setup."""
    row = Partner.objects.filter(kind=Kind.BACKBONE.value, left_on=None).first()
    return shape_of(row) if row else None


def member_counts() -> dict[UUID, int]:
    """How many members each present partner has."""
    rows = Partner.objects.filter(left_on=None).annotate(n=Count("members", filter=Q(members__left_on=None)))
    return dict(rows.values_list("pk", "n"))


def resident_members() -> list[MemberShape]:
    """Members who live here and are or were served."""
    rows = Member.objects.filter(kind=MemberKind.RESIDENT.value, left_on=None).order_by("name")
    return [member_shape(row) for row in rows]


def members_of(partner_id: UUID) -> list[MemberShape]:
    """Members of a partner, by name."""
    return [
        member_shape(row)
        for row in Member.objects.filter(partner_id=partner_id, left_on=None).order_by("name")
    ]


def member_shape(row: Member) -> MemberShape:
    """The row, as it crosses the door."""
    return MemberShape(
        row.id, row.name, row.title, MemberKind(row.kind), row.partner_id, row.account_id, row.joined_on
    )


def memberships(**of: UUID) -> list[MembershipShape]:
    """Live memberships of an account (``account_id=``) or of a partner (``partner_id=``)."""
    rows = Membership.objects.live().filter(**of).select_related("account").order_by("since", "id")
    return [
        MembershipShape(
            m.pk, m.account_id, m.account.name, m.partner_id, m.role, m.since, m.account.is_active
        )
        for m in rows
    ]


def membership(membership_id: UUID) -> Membership | None:
    """One membership, ended or not."""
    return Membership.objects.filter(pk=membership_id).select_related("account").first()


def account_with_email(email: str) -> Account | None:
    """The account for work of this address."""
    return Account.objects.with_email(email)


def sectors_present() -> Counter[Sector]:
    """How many partners of each sector take part; residents count by their members."""
    found = Counter(Sector(s) for s in Partner.objects.filter(left_on=None).values_list("sector", flat=True))
    residents = Member.objects.filter(kind=MemberKind.RESIDENT.value, left_on=None).count()
    if residents:
        found[Sector.RESIDENTS] += residents
    return found


def given_under(partner_id: UUID) -> UUID | None:
    """The mandate under which a partner was taken in, or ended; None from the founding."""
    return Partner.objects.filter(pk=partner_id).values_list("given_under", flat=True).first()
