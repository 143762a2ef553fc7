"""The demo's table and its record."""

from datetime import UTC, datetime, timedelta

import pytest

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.rules import policy
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Relation, Segment, class_of
from commonweal.foundation.accounts import installation
from commonweal.foundation.accounts.models import DemoCard
from commonweal.governance import demo, facade
from commonweal.governance.actions import certifying
from commonweal.governance.demo.questions import five_in_the_afternoon
from commonweal.governance.queries import challenging, delegations, judging, proposals, ratifying
from commonweal.governance.vocabulary import Result, Stage
from commonweal.kernel.errors import Conflict
from commonweal.partners import demo as partners_demo
from commonweal.partners import facade as partners


@pytest.fixture
def record(db: None) -> None:
    with acting(partners_demo.SETUP):
        installation.mark("demo", name="Alder County Health Table")
    partners_demo.seed()
    demo.seed(partners_demo.keeper())


def test_twenty_partners_say_what_they_cannot_do(record: None) -> None:
    everyone = partners.all_partners()
    assert len(everyone) == 20
    assert all(p.can_do and p.cannot_do for p in everyone)
    assert len(partners.resident_members()) == 9
    assert [card.account.name for card in DemoCard.objects.select_related("account")] == [
        "Danielle Whitfield",
        "Naomi Fields",
        "Marcus Odom",
        "Dolores Pike",
        "Inés Valdivia",
        "Priya Nair",
        "Ruth Abernathy",
        "Loretta Hayes",
        "Mei Hsu",
    ]


def test_fourteen_decisions_and_what_lives_under_them_today(record: None) -> None:
    assert [d.number for d in facade.decisions()] == list(range(14, 0, -1))
    measures = ["screening-rate", "disposition-known", "need-met", "days-to-service"]
    assert facade.live_mandates("measure", measures).keys() == set(measures)
    assert facade.live_mandate("service-standard", "referral-answer").decision_number == 11
    assert facade.live_mandate("directory", "directory-order").decision_number == 12
    assert facade.live_mandates("target", ["disposition-known", "need-met"]).keys() == {
        "disposition-known",
        "need-met",
    }
    assert facade.live_mandate("publication", "measures-by-partner").decision_number == 14
    hospital, pantry, shelter = (
        partners.partner_named(s).id for s in ("alder-general", "ferry-street", "safe-harbor")
    )
    assert facade.agreement_between(hospital, pantry, "general", "COORD").mandate.decision_number == 7
    assert facade.agreement_between(hospital, shelter, "domestic-violence", "TREAT")
    assert facade.agreement_between(shelter, hospital, "general", "TREAT") is None
    riverbend, clinic = (partners.partner_named(s).id for s in ("riverbend", "millrace"))
    assert facade.agreement_between(riverbend, clinic, "behavioral-health", "TREAT").slug == "clinicians"


def test_every_line_of_the_demos_agreements_opens_something(record: None) -> None:
    """For its purpose some role may read what it shares; else the table decided on nothing."""
    shared = {r for r in policy() if r.relation is Relation.SHARED and r.level > 0}
    readable = {(r.purpose, r.data_class) for r in shared}
    for slug in demo.AGREEMENTS:
        for term in demo._terms(slug):
            kind = class_of(DataClass.D4, Segment(term.segment))
            assert (Purpose(term.purpose), kind) in readable, (slug, term)


def test_a_real_installation_takes_no_demo_accounts(db: None) -> None:
    with acting(Actor.public()):
        installation.mark("real", name="A real table")
        with pytest.raises(Conflict):
            installation.mark("demo", name="A real table")
    with pytest.raises(Conflict):
        partners_demo.seed()


@pytest.mark.parametrize("hour", [0, 12, 21, 22, 23])
def test_the_open_question_stays_open_for_seven_days_at_whatever_hour_the_demo_is_made(hour: int) -> None:
    made = datetime(2026, 11, 22, hour, 30, tzinfo=UTC)
    assert timedelta(days=7) <= five_in_the_afternoon(made) - made < timedelta(days=8)


def test_the_backbone_decided_alone_what_the_table_let_it_and_told_it(record: None) -> None:
    names = ("Priya Nair", "Edith Crane", "Loretta Hayes", "Marcus Odom", "Lucía Benítez")
    keeper, officer, loretta, marcus, lucia = (partners_demo.speaker(name) for name in names)
    demo.put_questions(keeper, officer, loretta, marcus, lucia)
    demo.let_decide_alone(keeper, marcus, loretta)
    (line,) = delegations.delegations()
    found = delegations.delegation(line.id)
    assert (found.is_live, found.uses, found.left_cents) == (True, 2, 158_685)
    assert found.reports[0].read_by_name == "Loretta Hayes"
    assert not found.is_overdue


def test_what_is_answered_and_not_over_can_be_met(record: None) -> None:
    """An answer waits for organizations, a consensus is blocked with a reason, a decision is challenged."""
    names = ("Priya Nair", "Edith Crane", "Loretta Hayes", "Marcus Odom", "Lucía Benítez", "Leo Brandt")
    keeper, officer, loretta, marcus, lucia, leo = (partners_demo.speaker(name) for name in names)
    demo.put_questions(keeper, officer, loretta, marcus, lucia)
    demo.put_answers(keeper, officer, loretta, marcus, lucia, leo)
    by_stage = {line.title: line for line in proposals.lines()}
    saturdays = by_stage["The shelf on Saturdays"]
    assert saturdays.stage is Stage.PENDING_RATIFICATION
    pike = partners_demo.speaker("Dolores Pike")
    assert [one.question_number for one in ratifying.waiting_for(pike)] == [saturdays.number]
    with acting(pike):
        voter = f"partner:{pike.partner_id}"
        assert certifying.ratify(saturdays.id, by=pike, voter=voter, is_behind=True) is Result.ADOPTED
    (block,) = judging.judgings(by_stage["A call back on the same day"].id, marcus)
    assert block.is_open
    assert block.reason.voter_name == "County Human Services"
    assert block.reason.is_upheld
    assert [bool(judge.may) for judge in block.mine] == [True]
    (asked,) = judging.judgings(by_stage["A call back on the same day"].id, lucia)
    assert [bool(judge.may) for judge in asked.mine] == [False], "who asked does not judge"
    (made,) = challenging.challenges_of(d.id for d in facade.decisions()).popitem()[1]
    assert made.is_open
    rides = next(d for d in facade.decisions() if d.title == "Rides through the winter")
    assert challenging.ground(loretta, rides.id).verdict
