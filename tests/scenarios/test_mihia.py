"""MiHIA: partners authorize each use of data, four competing systems, smaller cities count."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, electorate, lay, mandates, put, vote

from commonweal.governance import facade as governance
from commonweal.governance.models import Poll
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import at
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
