"""What is free while a table is being founded is refused once its bylaws are in force."""

from dataclasses import dataclass
from uuid import UUID

import pytest
from tests.governance.decided import LAWS, bind, decide
from tests.guards.callers import Filler, Pool, acts, try_acts
from tests.guards.governed_rows import Findings, Watch
from tests.partners.table import SETUP, Table, lay_table

from commonweal.foundation.access import Actor, acting
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import BodyKind, MemberClass

FREE_WHILE_FOUNDING = {
    "governance.actions.bylaws.lay_down",
    "partners.actions.bodies.add_seat",
    "partners.actions.bodies.end_body",
    "partners.actions.bodies.end_seat",
    "partners.actions.bodies.fill_seat",
    "partners.actions.bodies.found_body",
    "partners.actions.membership.join",
}
"""Acts that change what will be governed, and are free before anybody is bound."""


@dataclass(frozen=True)
class Founded:
    """A table, a seat for residents, and a resident who could sit there."""

    table: Table
    seat: UUID
    member: UUID


@pytest.fixture
def founded(db: None) -> Founded:
    """Two bodies with seats, and nobody bound."""
    table = lay_table()
    with acting(SETUP):
        for slug in ("table", "residents"):
            body = partners.found_body(by=SETUP, slug=slug, name=slug.title(), kind=BodyKind.COUNCIL)
            seat = partners.add_seat(body, by=SETUP, member_class=MemberClass.RESIDENT)
            partners.add_seat(body, by=SETUP, partner_id=table.pantry)
        member = partners.welcome_resident_member(
            by=SETUP, name="Loretta Hayes", lives_here=True, is_or_was_served=True
        )
    return Founded(table, seat, member)


def _tried(founded: Founded) -> Findings:
    everyone: dict[str, Actor] = {"the backbone": founded.table.priya, "the set-up": SETUP}
    found = {name: act for name, act in acts().items() if name.startswith(("partners.", "governance."))}
    special = {"text": LAWS, "seat_id": founded.seat, "member_id": founded.member}
    filler = Filler(Pool(everyone.values()), special)
    return try_acts(found, Watch(), everyone, filler, turns=8)


def test_what_is_free_while_founding_is_refused_under_bylaws(founded: Founded) -> None:
    before = _tried(founded)
    changed = {what.split(" as ")[0] for what in before.unguarded}
    assert changed >= FREE_WHILE_FOUNDING, "the walk does not reach what it is about"
    bind()
    decide("partner.admit", {"name": "Riverside", "sector": "health-care"})
    after = _tried(founded)
    assert after.unguarded == {}
    assert {name for name in changed if not {"refused", "conflict"} & after.ended[name].keys()} == set()
