"""North Carolina: workgroups with at least three co-leaders from different sectors."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, lay, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.governance.models import Decision
from commonweal.governance.queries import standing
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners import actions as partners
from commonweal.partners.vocabulary import Authority
from commonweal.site.demo.charter_table import SETUP, Laid, open_vote

pytestmark = pytest.mark.django_db
GROUP = "access-to-care"
SAYS = dict.fromkeys(("piney-health", "tar-river-homes", "foothill-plan"), "yes")


@pytest.fixture
def laid() -> Laid:
    return lay("north-carolina")


def _leave(laid: Laid, who: str) -> None:
    seat = laid.seat_of(GROUP, who)
    with acting(SETUP), at(DAY):
        partners.vacate_seat(seat.id, by=SETUP, why="Found other work", ended_on=DAY.date())


def test_three_co_leads_of_three_sectors_bind(laid: Laid) -> None:
    question = put(laid)
    assert vote(laid, question, SAYS, body=GROUP) is Result.ADOPTED
    assert mandates(question)[0].effect == "service-standard.set"


def test_remove_one_the_vote_is_refused_with_reason_and_cure_restore_it_goes_through(laid: Laid) -> None:
    before = put(laid)
    seat = laid.seat_of(GROUP, "faith-bridge")
    assert vote(laid, before, SAYS, body=GROUP, on=DAY - 50 * ONE) is Result.ADOPTED
    _leave(laid, "faith-bridge")
    within, late = DAY + 59 * ONE, DAY + 60 * ONE
    assert standing.may_bind(GROUP, within), "sixty days from the day of the vacancy"
    question = put(laid, on=late)
    with at(late), pytest.raises(Refused) as caught:
        open_vote(laid, question)
    verdict = caught.value.verdict
    assert verdict.words == "2 of 3 co-leads stand for different sectors."
    assert verdict.cure == "Find a co-lead from a sector that leads nothing here yet."
    with acting(SETUP), at(late):
        partners.fill_seat(
            seat.id,
            by=SETUP,
            member_id=laid.members["faith-bridge"],
            authority=Authority.FULL,
            starts_on=late.date(),
        )
    assert vote(laid, question, SAYS, body=GROUP, on=late) is Result.ADOPTED
    assert Decision.objects.filter(adopted=True).count() == 2, "what was decided before stays decided"


def test_one_who_leaves_while_the_vote_is_open_is_found_when_it_is_certified(laid: Laid) -> None:
    _leave(laid, "faith-bridge")
    question = put(laid, on=DAY + 55 * ONE)
    result = vote(laid, question, SAYS, body=GROUP, on=DAY + 55 * ONE)
    assert result is Result.NOT_COMPLIANT
    assert mandates(question) == []


def test_three_people_of_two_sectors_are_two(laid: Laid) -> None:
    _leave(laid, "faith-bridge")
    with acting(SETUP), at(DAY):
        seat = partners.add_seat(
            laid.bodies[GROUP],
            by=SETUP,
            partner_id=laid.partner_ids["piney-health"],
            role=laid.seat_of(GROUP, "piney-health").role,
        )
        second = partners.add_member(
            laid.partner_ids["piney-health"], by=SETUP, name="Dr. May Poe", title="Doctor"
        )
        partners.fill_seat(seat, by=SETUP, member_id=second, authority=Authority.FULL)
    found = standing.standing_of(GROUP, (DAY + ONE).date())
    assert not found.is_compliant
    assert found.lacking[0].words == "2 of 3 co-leads stand for different sectors."


def test_each_workgroup_speaks_for_itself(laid: Laid) -> None:
    ours = asked(laid, matter="position", effect="none", params={}, by="piney-health", body=GROUP)
    question = put(laid, ours)
    assert vote(laid, question, {**SAYS, "foothill-plan": "no"}, body=GROUP) is Result.ADOPTED
    assert mandates(question)[0].scope == f"position:in-{GROUP}"
