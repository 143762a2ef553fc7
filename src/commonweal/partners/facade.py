"""What partners offers to higher storeys: ids and shapes in, shapes out."""

from collections.abc import Iterable
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.partners import access, queries
from commonweal.partners.shapes import MemberShape, MembershipShape, PartnerShape


def partner(partner_id: UUID) -> PartnerShape | None:
    """One partner, also one that left; None for an unknown id."""
    return queries.by_ids([partner_id]).get(partner_id)


def partners(ids: Iterable[UUID]) -> dict[UUID, PartnerShape]:
    """Partners by id; unknown ids are left out."""
    return queries.by_ids(ids)


def all_partners() -> list[PartnerShape]:
    """Partners who take part now, by name."""
    return queries.present()


def partner_named(slug: str) -> PartnerShape | None:
    """The partner with this slug, also one that left."""
    return queries.by_slug(slug)


def backbone() -> PartnerShape | None:
    """The neutral convener; None before setup."""
    return queries.backbone()


def acts_for_backbone(actor: Actor) -> bool:
    """Whether the actor administers the backbone, and so keeps the table's records."""
    return access.acts_for_backbone(actor)


def memberships_of(account_id: UUID) -> list[MembershipShape]:
    """In which roles, and for whom, an account may act now."""
    return queries.memberships(account_id=account_id)


def workers_of(partner_id: UUID) -> list[MembershipShape]:
    """Who acts for a partner now, in which role."""
    return queries.memberships(partner_id=partner_id)


def members_of(partner_id: UUID) -> list[MemberShape]:
    """Humans who take part for a partner, with or without an account."""
    return queries.members_of(partner_id)


def resident_members() -> list[MemberShape]:
    """Members who live here and are or were served."""
    return queries.resident_members()
