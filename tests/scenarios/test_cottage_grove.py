"""Cottage Grove: nothing moves forward without the residents."""

import pytest
from tests.scenarios.play import DAY, ONE, asked, lay, mandates, put, vote

from commonweal.governance import facade as governance
from commonweal.governance.models import Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.vocabulary import Matter, Result, Stage
from commonweal.kernel.clock import at
from commonweal.site.demo.charter_table import Laid

pytestmark = pytest.mark.django_db
BODY, GATE = "collaborative", "neighbors"
ORGS = dict.fromkeys(("piedmont-hospital", "fair-homes", "seed-clinic", "grove-city"), "yes")
RESIDENTS = ("Odessa Price", "Minh Pham", "Rosa Leal", "Calvin Hobbs", "Amina Yusuf", "Trudy Lane")
EVERYONE = {**ORGS, **dict.fromkeys(RESIDENTS, "yes")}


@pytest.fixture
def laid() -> Laid:
    return lay("cottage-grove")


def _told(laid: Laid) -> bool:
    ids = (laid.partner_ids["piedmont-hospital"], laid.partner_ids["fair-homes"])
    return governance.agreement_between(*ids, "general", "COORD", DAY + 45 * ONE) is not None


def test_every_matter_waits_for_the_neighbors(laid: Laid) -> None:
    held = bylaws.in_force(DAY)
    assert held is not None
    assert {rule.gate_body for rule in held.matters.values()} == {GATE}
    assert all(rule.override is None for rule in held.matters.values())


def test_all_at_the_table_say_yes_and_it_does_not_move_because_the_neighbors_withhold(laid: Laid) -> None:
    no = dict.fromkeys(RESIDENTS[:4], "no")
    question = put(laid)
    assert vote(laid, question, EVERYONE, body=BODY, gate=no, gate_body=GATE) is Result.REJECTED
    assert mandates(question) == []
    with at(DAY + 45 * ONE):
        assert not _told(laid)


def test_too_few_neighbors_or_silence_is_no_yes_it_waits(laid: Laid) -> None:
    question = put(laid)
    three = dict.fromkeys(RESIDENTS[:3], "yes")
    result = vote(laid, question, EVERYONE, body=BODY, gate=three, gate_body=GATE)
    assert result is Result.PENDING_RESIDENTS
    assert Proposal.objects.get(pk=question).stage != Stage.ADOPTED.value
    assert mandates(question) == []


def test_with_the_neighbors_yes_it_moves(laid: Laid) -> None:
    gate = {**dict.fromkeys(RESIDENTS[:4], "yes"), "Trudy Lane": "no"}
    question = put(laid)
    assert vote(
        laid,
        question,
        ORGS | {"Odessa Price": "yes", "Minh Pham": "yes"},
        body=BODY,
        gate=gate,
        gate_body=GATE,
    ) is (Result.ADOPTED)
    (given,) = mandates(question)
    assert given.matter == Matter.DATA_SHARING.value
    assert given.ends_at is not None
    with at(DAY + 45 * ONE):
        assert _told(laid)


def test_what_shares_nothing_waits_for_them_too(laid: Laid) -> None:
    park = asked(laid, matter="position", effect="none", params={}, days=None, by="grove-city")
    question = put(laid, park)
    no = dict.fromkeys(RESIDENTS[:4], "no")
    assert vote(laid, question, EVERYONE, body=BODY, gate=no, gate_body=GATE) is Result.REJECTED
