"""A board of two partners and two residents, a caucus of the residents, and who acts for them."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from tests.partners.table import SETUP, Table, lay_table

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import allow
from commonweal.partners import actions
from commonweal.partners.actions import calling, running
from commonweal.partners.models import Member
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, SeatRole
from commonweal.partners.vocabulary_meetings import Offer

START = date(2026, 1, 5)


@dataclass(frozen=True)
class World:
    """Ids of bodies and seats, and those who speak from them."""

    table: Table
    board: UUID
    caucus: UUID
    loretta: Actor
    dale: Actor
    of_loretta: UUID
    of_dale: UUID
    of_hospital: UUID
    of_pantry: UUID
    loretta_in_caucus: UUID


def resident(name: str) -> tuple[Actor, UUID]:
    """A resident member who signs in, and their member's id."""
    account = accounts.open_resident_account(
        name=name, email=f"{name.split()[0].casefold()}@neighbors.example", by=SETUP, verdict=allow("t", "t")
    )
    member = actions.welcome_resident_member(
        by=SETUP, name=name, lives_here=True, is_or_was_served=True, account_id=account, joined_on=START
    )
    return Actor(Role.MEMBER, Purpose.GOV, None, account, name=name), member


def lay_world() -> World:
    """Found the bodies and fill their seats."""
    table = lay_table()
    with acting(SETUP):
        (loretta, l_member), (dale, d_member) = resident("Loretta Hayes"), resident("Dale Pruitt")
        board = actions.found_body(
            by=SETUP, slug="board", name="The Table", kind=BodyKind.BOARD, starts_on=START
        )
        caucus = actions.found_body(
            by=SETUP, slug="caucus", name="Residents’ caucus", kind=BodyKind.CAUCUS, starts_on=START
        )

        def seat(body: UUID, member: UUID, role: SeatRole = SeatRole.MEMBER, **of: object) -> UUID:
            made = actions.add_seat(body, by=SETUP, role=role, starts_on=START, **of)
            actions.fill_seat(made, by=SETUP, member_id=member, authority=Authority.FULL, starts_on=START)
            return made

        danielle = Member.objects.get(account_id=table.danielle.account_id).pk
        marcus = Member.objects.get(account_id=table.marcus.account_id).pk
        residents = {"member_class": MemberClass.RESIDENT}
        return World(
            table,
            board,
            caucus,
            loretta,
            dale,
            of_loretta=seat(board, l_member, SeatRole.CHAIR, **residents),
            of_dale=seat(board, d_member, **residents),
            of_hospital=seat(board, danielle, partner_id=table.hospital),
            of_pantry=seat(board, marcus, partner_id=table.pantry),
            loretta_in_caucus=seat(caucus, l_member, SeatRole.FACILITATOR, **residents),
        )


def called(world: World, *, body: UUID | None = None, tell: bool = False, **plan: object) -> UUID:
    """A meeting tomorrow, called by Loretta."""
    at = calling.Place(now() + timedelta(days=1), "Alder Falls Library", (Offer.CHILD_CARE,))
    with acting(world.loretta):
        return calling.call_meeting(
            body or world.board, by=world.loretta, plan=calling.Plan(**plan), at=at, tell=tell
        )


def opened(world: World, **more: object) -> UUID:
    """A meeting that runs."""
    made = called(world, **more)
    with acting(world.loretta):
        running.open_meeting(made, by=world.loretta)
    return made
