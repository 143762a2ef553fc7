"""What partners offers to higher storeys: ids and shapes in, shapes out."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.partners import access, queries
from commonweal.partners.shapes import BodyShape, MemberShape, MembershipShape, PartnerShape, SeatShape


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


def bodies(on: date | None = None) -> list[BodyShape]:
    """Bodies that stand on a day (by default today), by name."""
    return queries.bodies(on)


def bodies_by_id(ids: Iterable[UUID]) -> dict[UUID, BodyShape]:
    """Bodies by id, also those that ended."""
    return queries.bodies_by_id(ids)


def body_named(slug: str) -> BodyShape | None:
    """The body with this slug, also one that ended."""
    return queries.body_named(slug)


def seats_of(body_ids: Iterable[UUID], on: date | None = None) -> dict[UUID, list[SeatShape]]:
    """Seats by body, with who fills them on a day (by default today)."""
    return queries.seats_of(body_ids, on)


def seat(seat_id: UUID) -> SeatShape | None:
    """One seat with who fills it now."""
    return queries.seat(seat_id)


def seats_with_account(account_id: UUID) -> list[SeatShape]:
    """The seats from which an account may speak now, as holder or alternate."""
    return queries.seats_with_account(account_id)


def days_of_change(body_ids: Iterable[UUID]) -> set[date]:
    """The days on which someone took or left a seat of these bodies, or a seat came or went."""
    return queries.days_of_change(body_ids)


def judge_with(judge: access.Judge) -> None:
    """Let governance say which changes of bodies, seats and partners a mandate allows."""
    access.judge_with(judge)
