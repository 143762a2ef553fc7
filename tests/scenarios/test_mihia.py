"""MiHIA: partners authorize each use of data, four competing systems, smaller cities count."""

from datetime import date

import pytest
from tests.scenarios.play import DAY, ONE, asked, electorate, lay, mandates, put, vote

from commonweal.foundation.access import acting
from commonweal.governance import facade as governance
from commonweal.governance.models import Poll
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at, today
from commonweal.measures import actions
from commonweal.measures.queries import analyses
from commonweal.measures.vocabulary_data import Population, Says, Told
from commonweal.site.demo.charter_table import Laid

pytestmark = pytest.mark.django_db
BOARD, HOLDERS, VOICES = "board", "data-holders", "community-voices"
SYSTEMS = ("great-bend", "mill-city", "pine-health", "bay-care")
VOICES_YES = dict.fromkeys(("Wilma Tate", "Kofi Mensah", "Sara Lindell"), "yes")
LARGE = ("great-bend", "mill-city", "state-college", "chemical-works", "great-bend-city")
SMALL = ("pine-town", "bay-town", "marsh-town")


@pytest.fixture
def laid() -> Laid:
    return lay("mihia")


def _told(laid: Laid) -> bool:
    ids = (laid.partner_ids["great-bend"], laid.partner_ids["bay-care"])
    with at(DAY + 45 * ONE):
        return governance.agreement_between(*ids, "general", "COORD", DAY + 45 * ONE) is not None


def test_each_who_holds_data_authorizes_its_use(laid: Laid) -> None:
    question = put(laid)
    yes = dict.fromkeys(SYSTEMS, "yes")
    assert vote(laid, question, yes, body=HOLDERS, gate=VOICES_YES, gate_body=VOICES) is Result.ADOPTED
    assert len(electorate(question)) == 4, "those whose data it is, and nobody else"
    assert mandates(question)
    assert _told(laid)


@pytest.mark.parametrize("fourth", ["no", "abstain", None])
def test_one_of_four_that_does_not_say_yes_keeps_it_closed(laid: Laid, fourth: str | None) -> None:
    question = put(laid)
    says = dict.fromkeys(SYSTEMS[:3], "yes") | ({"bay-care": fourth} if fourth else {})
    assert vote(laid, question, says, body=HOLDERS, gate=VOICES_YES, gate_body=VOICES) is Result.REJECTED
    assert not _told(laid)


def test_another_use_of_the_same_data_is_asked_anew(laid: Laid) -> None:
    first = put(laid)
    yes = dict.fromkeys(SYSTEMS, "yes")
    assert vote(laid, first, yes, body=HOLDERS, gate=VOICES_YES, gate_body=VOICES) is Result.ADOPTED
    ids = (laid.partner_ids["great-bend"], laid.partner_ids["bay-care"])
    with at(DAY + 45 * ONE):
        assert governance.agreement_between(*ids, "general", "PH", DAY + 45 * ONE) is None


def test_the_larger_city_cannot_decide_for_the_smaller_ones(laid: Laid) -> None:
    target = asked(laid, matter="target", effect="none", params={}, days=None, by="pine-town")
    says = dict.fromkeys(LARGE, "yes") | dict.fromkeys(SMALL, "no")
    question = put(laid, target)
    assert vote(laid, question, says, body=BOARD) is Result.REJECTED
    tally = Poll.objects.get(proposal_id=question).outcome["tally"]
    assert (tally["yes"], tally["no"]) == (5, 3), "a majority of those who voted"
    later = DAY + 60 * ONE
    three = {**dict.fromkeys(LARGE[:3], "yes"), "marsh-town": "no"}
    three |= dict.fromkeys(("pine-town", "bay-town", "pine-health", "bay-care"), "yes")
    assert vote(laid, put(laid, target, on=later), three, body=BOARD, on=later) is Result.ADOPTED


def test_each_analysis_is_authorized_on_its_own(laid: Laid) -> None:
    """“After the health care partners authorize how data will be used” (source 002): the table of holders
    decides it, then each answers for its own rows; a no later closes what was told."""
    board = dict.fromkeys(SMALL + LARGE, "yes")
    element = {"element": "need-met", "steward": "@state-college"}
    defined = asked(laid, matter="measure", effect="element.adopt", params=element, days=None, by="bay-care")
    assert vote(laid, put(laid, defined), board, body=BOARD) is Result.ADOPTED
    number = _ask(laid)
    shape = analyses.analysis(number)
    assert shape is not None
    params = {"analysis": str(shape.id)}
    use = asked(laid, effect="analysis.run", params=params, days=365, by="bay-care")
    yes = dict.fromkeys(SYSTEMS, "yes")
    later = DAY + 50 * ONE
    question = put(laid, use, on=later)
    decided = vote(laid, question, yes, body=HOLDERS, gate=VOICES_YES, gate_body=VOICES, on=later)
    assert decided is Result.ADOPTED
    assert _rule(laid, number) == "analysis.blind", (
        "the table decided it, and no holder has answered for its rows"
    )
    for system in SYSTEMS[:3]:
        _answer(laid, number, system, Says.YES)
    assert _rule(laid, number) == "analysis.authorized"
    _answer(laid, number, "mill-city", Says.NO)
    assert _rule(laid, number) == "analysis.blind", (
        "two of four competitors would know each other by subtracting"
    )


def _ask(laid: Laid) -> int:
    by = laid.people["bay-care"]
    with acting(by):
        return actions.ask_analysis(
            by=by,
            title="Opioids",
            question="How many requests end with the need met?",
            purpose="To choose where to begin.",
            population=Population.REQUESTS,
            elements=["need-met"],
            first_day=date(2026, 1, 1),
            last_day=date(2026, 3, 1),
            told=Told.TOGETHER,
            body_id=laid.bodies[HOLDERS],
            holders=[laid.partner_ids[system] for system in SYSTEMS],
            expires_on=today() + 60 * ONE,
        )


def _answer(laid: Laid, number: int, system: str, says: Says) -> None:
    by, shape = laid.people[system], analyses.analysis(number)
    assert shape is not None
    with acting(by):
        actions.answer_analysis(shape.id, by=by, says=says)


def _rule(laid: Laid, number: int) -> str:
    with acting(laid.backbone):  # who answered is read by those at the table
        shape = analyses.analysis(number)
    assert shape is not None
    return shape.may_run.rule
