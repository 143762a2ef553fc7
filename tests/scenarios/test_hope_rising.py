"""Hope Rising: a convener without a vote, a board that can decide for its organizations, four goals."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, electorate, lay, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.governance.actions import certifying
from commonweal.governance.models import Initiative, Proposal
from commonweal.governance.queries import polls
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
from commonweal.kernel.errors import Refused
from commonweal.partners import facade
from commonweal.site.demo.charter_table import Laid, cast, open_vote

pytestmark = pytest.mark.django_db
BOARD = "governing-board"
THREE = dict.fromkeys(("lakeside-hospital", "north-shore-care", "second-start"), "yes")


@pytest.fixture
def laid() -> Laid:
    return lay("hope-rising")


def test_the_convener_keeps_the_calendar_and_has_no_vote(laid: Laid) -> None:
    question = put(laid)
    with at(DAY):
        polls = open_vote(laid, question)
        assert f"partner:{laid.backbone.partner_id}" not in electorate(question)
        laid.people["convener"], laid.members["convener"] = laid.backbone, laid.members["basin-plan"]
        with pytest.raises(Refused):
            cast(laid, polls[0], BOARD, {"convener": "yes"})


def test_there_are_four_goals(laid: Laid) -> None:
    goals = {b.name for b in facade.bodies() if b.kind.value == "workgroup"}
    assert goals == {
        "Goal: health", "Goal: economic development", "Goal: education", "Goal: a healthy environment"
    }  # fmt: skip


def test_a_deputy_who_cannot_decide_does_not_decide_and_the_answer_waits_for_the_one_who_can(
    laid: Laid,
) -> None:
    says = {**THREE, "basin-plan": "yes", "county-school-office": "no", "Bea Quick": "no", "Manny Soto": "no"}
    question = put(laid)
    assert vote(laid, question, says, body=BOARD, certified_after=8) is Result.PENDING_RATIFICATION
    assert mandates(question) == []
    chief, voter = laid.people["basin-plan/chief"], laid.voter(BOARD, "basin-plan")
    with at(DAY + 10 * ONE):
        for wrong in (laid.people["basin-plan"], laid.people["second-start"]):
            with acting(wrong), pytest.raises(Refused):
                certifying.ratify(question, by=wrong, voter=voter, is_behind=True)
        with acting(chief):
            result = certifying.ratify(question, by=chief, voter=voter, is_behind=True, words="We agreed.")
    assert result is Result.ADOPTED
    assert mandates(question)
    counted = polls.polls_of_round(Proposal.objects.get(pk=question))[0]
    said = polls.poll(counted.pk).counted
    assert said is not None
    assert said.outcome.result is Result.ADOPTED, "pages show the count with the answer that came since"
    assert all(said.outcome.steps)


def test_deputies_alone_are_no_quorum(laid: Laid) -> None:
    says = {"second-start": "yes", "basin-plan": "yes", "Bea Quick": "yes", "Manny Soto": "yes"}
    assert vote(laid, put(laid), says, body=BOARD) is Result.NO_QUORUM


def test_an_initiative_starts_by_consensus_and_a_block_stops_it(laid: Laid) -> None:
    start = asked(
        laid,
        matter="initiative",
        effect="initiative.start",
        params={
            "title": "Safe prescribing",
            "goal": "Fewer pills, fewer deaths",
            "owner": "@lakeside-hospital",
        },
    )
    says = {**THREE, "county-school-office": "stand-aside", "Bea Quick": "yes"}
    assert vote(laid, put(laid, start), {**says, "Manny Soto": "block"}, body=BOARD) is Result.REJECTED
    later = DAY + 60 * ONE
    question = put(laid, start, on=later)
    assert vote(laid, question, {**says, "Manny Soto": "yes"}, body=BOARD, on=later) is Result.ADOPTED
    assert Initiative.objects.get(mandate_id=mandates(question)[0].pk).slug == "safe-prescribing"
