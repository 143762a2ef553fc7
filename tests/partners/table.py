"""A small table for tests, laid through the real actions: the backbone, a hospital, a pantry, a shelter."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts.models import Account, Membership
from commonweal.partners import actions
from commonweal.partners.vocabulary import Kind, Sector

SETUP = Actor(Role.OPERATOR, Purpose.ADMIN, name="setup")


@dataclass(frozen=True)
class Table:
    """Ids of the partners and of those who speak for them."""

    backbone: UUID
    hospital: UUID
    pantry: UUID
    shelter: UUID
    priya: Actor
    danielle: Actor
    marcus: Actor


def someone(partner_id: UUID, name: str, role: Role, purpose: Purpose = Purpose.GOV) -> Actor:
    """An account with a live membership, awake, as an actor."""
    address = f"{name.split()[0].casefold()}@example.org"
    with acting(SETUP):
        invited = actions.invite_member(partner_id, by=SETUP, name=name, email=address, role=role, send=False)
    Account.objects.filter(pk=invited.account_id).update(is_active=True)
    return Actor(role, purpose, partner_id, invited.account_id, name=name)


def lay_table() -> Table:
    """Lay the table inside a setup's transaction."""
    with acting(SETUP):
        ids = [
            actions.join(
                by=SETUP,
                slug=slug,
                name=name,
                sector=sector,
                kind=kind,
                joined_on=date(2026, 1, 5),
                is_victim_service_provider=slug == "safe-harbor",
            )
            for slug, name, sector, kind in (
                ("alder-commons", "Alder Commons", Sector.SOCIAL_SERVICES, Kind.BACKBONE),
                ("alder-general", "Alder General Hospital", Sector.HEALTH_CARE, Kind.ORGANIZATION),
                ("ferry-street", "Ferry Street Pantry", Sector.SOCIAL_SERVICES, Kind.ORGANIZATION),
                ("safe-harbor", "Safe Harbor", Sector.SOCIAL_SERVICES, Kind.ORGANIZATION),
            )
        ]
        backbone, hospital, pantry, shelter = ids
        return Table(
            backbone,
            hospital,
            pantry,
            shelter,
            priya=someone(backbone, "Priya Nair", Role.ORG_ADMIN),
            danielle=someone(hospital, "Danielle Whitfield", Role.COORDINATOR, Purpose.COORD),
            marcus=someone(pantry, "Marcus Odom", Role.ORG_ADMIN),
        )


def membership_of(actor: Actor) -> Membership:
    """The live membership behind an actor."""
    return Membership.objects.get(account_id=actor.account_id, partner_id=actor.partner_id, until=None)
