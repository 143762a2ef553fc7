"""Bylaws laid down, read at a moment, and what they ask of a body."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from tests.partners.table import SETUP, Table

from commonweal.foundation.access import acting
from commonweal.governance.actions import bylaws as acts
from commonweal.governance.models import Bylaws
from commonweal.governance.queries import bylaws, standing
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import at, now
from commonweal.kernel.errors import BadInput, Conflict, Refused
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, SeatRole, Sector

START = datetime(2026, 3, 2, 12, tzinfo=UTC)
TEXT = """\
name = "Test Table"
residents_body = "residents"

[body.measures]
article = "4.1"
text.en = "Three co-leads from three sectors."
co_leads = 3
cure_days = 60

[matter.data-sharing]
article = "6.2"
text.en = "Two thirds."
body = "measures"
threshold = "2/3"

[matter.bylaws]
article = "9.1"
text.en = "Two thirds."
body = "measures"
threshold = "2/3"
"""


@pytest.fixture
def bodies(table: Table) -> dict[str, UUID]:
    with at(START - timedelta(days=30)), acting(SETUP):
        return {
            slug: partners.found_body(by=SETUP, slug=slug, name=slug.title(), kind=BodyKind.WORKGROUP)
            for slug in ("measures", "residents")
        }


def _lay(text: str = TEXT, starts_at: datetime = START) -> UUID:
    with acting(SETUP):
        return acts.lay_down(text, by=SETUP, starts_at=starts_at)


def _lead(body: UUID, name: str, sector: Sector, on: date) -> UUID:
    """A seat of co-lead for a sector, filled by a resident member."""
    with acting(SETUP):
        member = partners.welcome_resident_member(
            by=SETUP, name=name, lives_here=True, is_or_was_served=True, account_id=None, joined_on=on
        )
        seat = partners.add_seat(
            body,
            by=SETUP,
            member_class=MemberClass.RESIDENT,
            sector=sector,
            role=SeatRole.CO_LEAD,
            starts_on=on,
        )
        partners.fill_seat(seat, by=SETUP, member_id=member, authority=Authority.FULL, starts_on=on)
    return seat


def test_before_any_bylaws_nobody_is_bound(bodies: dict[str, UUID]) -> None:
    assert bylaws.in_force() is None
    assert bylaws.rule_for(Matter.DATA_SHARING) is None
    assert standing.may_bind("measures")


def test_bylaws_hold_from_their_start(bodies: dict[str, UUID]) -> None:
    _lay()
    assert bylaws.in_force(START - timedelta(seconds=1)) is None
    held = bylaws.in_force(START)
    assert held
    assert held.version == 1
    rule = bylaws.rule_for(Matter.DATA_SHARING, START)
    assert rule
    assert rule.article == "6.2"
    assert bylaws.rule_for(Matter.BUDGET, START) is None


def test_bodies_that_are_named_must_exist(table: Table) -> None:
    with pytest.raises(BadInput) as caught:
        _lay()
    assert "measures (line 4): There is no body called measures. Found it first" in caught.value.what
    assert "residents (line 2)" in caught.value.what
    assert not Bylaws.objects.exists()


def test_bylaws_are_laid_down_once(bodies: dict[str, UUID]) -> None:
    _lay()
    with pytest.raises(Conflict):
        _lay()


def test_only_set_up_or_the_backbone_lays_them_down(table: Table, bodies: dict[str, UUID]) -> None:
    with acting(table.marcus), pytest.raises(Refused):
        acts.lay_down(TEXT, by=table.marcus)
    with acting(table.priya):
        acts.lay_down(TEXT, by=table.priya)
    assert bylaws.in_force(now())


def test_a_lead_who_leaves_starts_a_time_to_cure(bodies: dict[str, UUID]) -> None:
    body, began = bodies["measures"], START.date()
    _lead(body, "Ana Ruiz", Sector.HEALTH_CARE, began)
    _lead(body, "Ben Cole", Sector.HOUSING, began)
    third = _lead(body, "Cy Dunn", Sector.EDUCATION, began)
    _lay()
    left = began + timedelta(days=20)
    with acting(SETUP):
        partners.vacate_seat(third, by=SETUP, why="Moved away", ended_on=left)
    assert standing.standing_of(body, left - timedelta(days=1)).is_compliant
    after = standing.standing_of(body, left)
    assert not after.is_compliant
    assert after.cure_by == left + timedelta(days=60)
    assert after.may_bind(left + timedelta(days=59))
    refused = standing.standing_of(body, left + timedelta(days=60)).may_bind(left + timedelta(days=60))
    assert not refused
    assert refused.words == "2 of 3 co-leads stand for different sectors."
    assert refused.cure
    _lead(body, "Dee Ong", Sector.PAYER, left + timedelta(days=61))
    assert standing.standing_of(body, left + timedelta(days=61)).is_compliant


def test_a_body_that_never_was_complete_has_nothing_to_cure(bodies: dict[str, UUID]) -> None:
    _lead(bodies["measures"], "Ana Ruiz", Sector.HEALTH_CARE, START.date())
    _lay()
    assert not standing.standing_of("measures", START.date()).may_bind(START.date())


def test_a_second_vacancy_does_not_start_the_time_anew(bodies: dict[str, UUID]) -> None:
    body, began = bodies["measures"], START.date()
    seats = [
        _lead(body, name, sector, began)
        for name, sector in (("A B", Sector.HEALTH_CARE), ("C D", Sector.HOUSING), ("E F", Sector.EDUCATION))
    ]
    _lay()
    for seat, days in zip(seats[1:], (10, 40), strict=True):
        with acting(SETUP):
            partners.vacate_seat(seat, by=SETUP, why="Left", ended_on=began + timedelta(days=days))
    found = standing.standing_of(body, began + timedelta(days=50))
    assert found.cure_by == began + timedelta(days=70)
