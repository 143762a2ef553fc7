"""Under a delegation: what is decided alone, counted and refused beyond the limits; reports; the end."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.utils.timezone import localdate
from tests.governance.decided import LAWS, bind, decide
from tests.partners.table import Table, lay_table

from commonweal.foundation.access import Actor, acting
from commonweal.governance import facade
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import delegating
from commonweal.governance.models import Bylaws, Decision, DelegatedAct, Delegation, Initiative, Mandate
from commonweal.governance.queries import delegations as reads
from commonweal.governance.shapes_delegations import DelegationShape
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, Conflict, Refused

STRICT = """
[matter.delegation]
article = "8.1"
text.en = "A majority."
body = "table"
[matter.delegation.delegation]
words = "Small payments."
limit_cents = 200000
act_limit_cents = 50000
report_days = 30
suspends = true
"""


@pytest.fixture
def bound(table: Table) -> Table:
    bind()
    return table


def let(**more: object) -> UUID:
    """The backbone may pay for rides: $500 in all, $200 at once, initiatives too."""
    said = {
        "words": "Pay for rides to meetings",
        "limit_dollars": "500",
        "act_limit_dollars": "200",
        "report_on": (localdate() + timedelta(days=60)).isoformat(),
        "carries": ["initiative.start"],
        **more,
    }
    mandate = decide("delegation.give", said)
    return Delegation.objects.get(mandate_id=mandate).pk


def pay(delegation: UUID, by: Actor, cents: int, **more: object) -> UUID:
    said = {"title": "Van on Tuesday", "words": "A van to the council.", "reason": "Four asked.", **more}
    with acting(by):
        return delegating.act(delegation, by=by, amount_cents=cents, **said)


def shown(delegation: UUID) -> DelegationShape:
    found = reads.delegation(delegation)
    assert found is not None
    return found


def rule_of(refused: pytest.ExceptionInfo[Refused]) -> str:
    return refused.value.verdict.rule.rpartition(".")[2]


def test_what_the_delegate_decides_is_its_own_decision_and_is_counted(bound: Table) -> None:
    given = let()
    made = pay(given, bound.priya, 12_050)
    row = Decision.objects.get(pk=made)
    assert (row.body, row.adopted, row.yes, row.delegation_id) == ("Alder Commons", True, 0, given)
    found = shown(given)
    assert (found.spent_cents, found.uses, found.left_cents) == (12_050, 1, 37_950)
    assert found.acts[0].reason == "Four asked."


def test_beyond_a_limit_it_is_refused_with_what_is_left(bound: Table) -> None:
    given = let()
    with pytest.raises(Refused) as once:
        pay(given, bound.priya, 20_001)
    assert rule_of(once) == "too-much-at-once"
    for _ in range(2):
        pay(given, bound.priya, 20_000)
    with pytest.raises(Refused) as more:
        pay(given, bound.priya, 10_001)
    assert "$100" in more.value.verdict.words
    pay(given, bound.priya, 10_000)
    assert shown(given).left_cents == 0


def test_only_the_delegate_acts(bound: Table) -> None:
    given = let()
    for by in (bound.marcus, bound.danielle, THE_COUNT):
        with pytest.raises(Refused):
            pay(given, by, 100)
    theirs = let(words="Mend the van", partner=str(bound.pantry))
    with pytest.raises(Refused):
        pay(theirs, bound.priya, 100)
    made = pay(theirs, bound.marcus, 100)
    assert Decision.objects.get(pk=made).body == "Ferry Street Pantry"


def test_what_it_puts_into_effect_says_so_on_every_line(bound: Table) -> None:
    given = let()
    params = {"title": "Rides home", "goal": "Nobody walks home at night", "owner": str(bound.pantry)}
    made = pay(given, bound.priya, 15_000, effect="initiative.start", params=params)
    row = Initiative.objects.get(slug="rides-home")
    assert (row.mandate.decision_id, row.budget_cents) == (made, 15_000)
    line = facade.decision_line(row.mandate_id)
    assert line is not None
    assert "Alder Commons under the table’s delegation" in line.line
    assert any("The table can end it" in said for said in line.why)
    decide("mandate.withdraw", {"mandate": str(row.mandate_id), "why": "Not now."})
    ended = facade.decision_line(row.mandate_id)
    assert ended is not None
    assert ended.state == "ended"
    assert shown(given).spent_cents == 15_000, "money that was paid stays paid"


def test_it_puts_into_effect_only_what_was_named(bound: Table) -> None:
    given = let(carries=[])
    params = {"title": "Rides home", "goal": "x", "owner": str(bound.pantry)}
    with pytest.raises(Refused) as refused:
        pay(given, bound.priya, 0, effect="initiative.start", params=params)
    assert rule_of(refused) == "effect"
    for never in ("sharing.start", "partner.admit", "bylaws.amend", "delegation.give", "role.give"):
        with pytest.raises(BadInput):
            let(words=f"More {never}", carries=[never])


def test_where_the_bylaws_ask_the_residents_nobody_decides_alone(table: Table) -> None:
    gated = """
[matter.initiative]
article = "7.7"
text.en = "A majority, and the residents."
body = "table"
residents_yes = true
"""
    bind()
    given = let()
    decide("bylaws.amend", {"text": LAWS + gated, "words": "Ask the residents"})
    assert Bylaws.objects.count() == 2
    params = {"title": "Rides home", "goal": "x", "owner": str(table.pantry)}
    with pytest.raises(Refused) as refused:
        pay(given, table.priya, 0, effect="initiative.start", params=params)
    assert rule_of(refused) == "others-yes"
    with pytest.raises(BadInput):
        let(words="Again")


def test_withdrawn_it_is_over_at_once(bound: Table) -> None:
    given = let()
    pay(given, bound.priya, 100)
    decide("mandate.withdraw", {"mandate": str(shown(given).mandate_id), "why": "Enough."})
    with pytest.raises(Refused) as refused:
        pay(given, bound.priya, 100)
    assert rule_of(refused) == "ended"
    assert not shown(given).is_live
    assert Decision.objects.filter(delegation=given).count() == 1, "what was decided stays decided"


def test_past_its_end_it_is_over(bound: Table) -> None:
    soon = (localdate() + timedelta(days=9)).isoformat()
    said = {"words": "Pay", "limit_dollars": "500", "report_on": soon}
    mandate = decide("delegation.give", said, ends_at=now() + timedelta(seconds=0.3))
    given = Delegation.objects.get(mandate_id=mandate).pk
    time.sleep(0.4)
    with pytest.raises(Refused):
        pay(given, bound.priya, 100)


def test_a_report_is_owed_written_and_read(bound: Table) -> None:
    given = let(report_every_days="60")
    pay(given, bound.priya, 4_000)
    with acting(bound.marcus), pytest.raises(Refused):
        delegating.report(given, by=bound.marcus, words="We did.")
    with acting(bound.priya):
        with pytest.raises(BadInput):
            delegating.report(given, by=bound.priya, words="  ")
        made = delegating.report(
            given, by=bound.priya, words="One van. Four people came who could not before."
        )
    report = shown(given).reports[0]
    assert (report.spent_cents, report.uses, report.read_at) == (4_000, 1, None)
    assert shown(given).report_due == localdate() + timedelta(days=120)
    with acting(bound.priya), pytest.raises(Refused):
        delegating.read_report(made, by=bound.priya)
    with acting(bound.marcus), pytest.raises(Refused):
        delegating.read_report(made, by=bound.marcus)


def test_one_report_where_one_is_asked(bound: Table) -> None:
    given = let()
    with acting(bound.priya):
        delegating.report(given, by=bound.priya, words="Nothing yet.")
        with pytest.raises(Conflict):
            delegating.report(given, by=bound.priya, words="Again.")


def test_an_overdue_report_suspends_where_the_bylaws_say_so(table: Table) -> None:
    bind(LAWS + STRICT)
    mandate = decide(
        "delegation.give",
        {"words": "Pay", "limit_dollars": "500", "report_on": (localdate() - timedelta(days=3)).isoformat()},
    )
    given = Delegation.objects.get(mandate_id=mandate).pk
    assert (shown(given).is_suspended, shown(given).limits.act_cents) == (True, 50_000)
    with pytest.raises(Refused) as refused:
        pay(given, table.priya, 100)
    assert rule_of(refused) == "report-overdue"
    with acting(table.priya), pytest.raises(DatabaseError), transaction.atomic():
        _by_statement(given, table.priya, 100)
    with acting(table.priya):
        delegating.report(given, by=table.priya, words="Late, and here it is.")
    pay(given, table.priya, 100)


def _by_statement(given: UUID, by: Actor, cents: int, **more: object) -> None:
    """An act as somebody would write it who goes around the acts."""
    decision = Decision.objects.create(
        number=Decision.objects.count() + 100, title="x", question="x", body="x", decided_on=localdate(),
        method="x", yes=0, no=0, residents="na", adopted=True, delegation_id=given,
        recorded_by_id=by.account_id,
    )  # fmt: skip
    DelegatedAct.objects.create(
        delegation_id=given, decision=decision, amount_cents=cents, acted_on=localdate(),
        recorded_by_id=by.account_id, **more,
    )  # fmt: skip


def refused_by_the_database(given: UUID, by: Actor, cents: int, **more: object) -> bool:
    try:
        with acting(by), transaction.atomic():
            _by_statement(given, by, cents, **more)
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
            transaction.set_rollback(True)
    except DatabaseError as fault:
        return getattr(fault.__cause__, "sqlstate", "") == "42501"
    return False


def test_the_database_holds_the_limits_too(bound: Table) -> None:
    given = let()
    assert not refused_by_the_database(given, bound.priya, 20_000)
    assert refused_by_the_database(given, bound.priya, 20_001)
    assert refused_by_the_database(given, bound.marcus, 100)
    assert refused_by_the_database(given, THE_COUNT, 100)
    assert refused_by_the_database(given, bound.priya, 100, effect="partner.admit")
    elsewhere = replace(bound.priya, account_id=bound.marcus.account_id)
    made = pay(given, bound.priya, 20_000)
    assert elsewhere.account_id != bound.priya.account_id
    with acting(bound.priya), pytest.raises(DatabaseError), transaction.atomic():
        DelegatedAct.objects.filter(decision_id=made).update(amount_cents=0)
    with acting(THE_COUNT), pytest.raises(DatabaseError), transaction.atomic():
        Mandate.objects.create(
            decision_id=made, matter="membership", scope="partner:x", effect="partner.admit", starts_at=now()
        )
    uncounted = Decision(
        number=900, title="x", question="x", body="x", decided_on=localdate(), method="x", yes=0, no=0,
        residents="na", adopted=True, delegation_id=given, recorded_by_id=bound.priya.account_id,
    )  # fmt: skip
    with acting(bound.priya), transaction.atomic(), connection.cursor() as cursor:
        uncounted.save(force_insert=True)
        with pytest.raises(DatabaseError), transaction.atomic():
            cursor.execute("set constraints all immediate")
        transaction.set_rollback(True)


@pytest.mark.django_db(transaction=True)
def test_two_at_once_do_not_spend_more_than_is_left() -> None:
    """Eight connections at once, each wants $100 of $500: by the act, and by statements around it."""
    table = lay_table()
    bind()
    given, around = let(), let(words="Pay for meals")

    def by_act(_: int) -> bool:
        try:
            pay(given, table.priya, 10_000)
        except Refused:
            return False
        finally:
            connection.close()
        return True

    def by_statement(n: int) -> bool:
        try:
            with acting(table.priya), transaction.atomic():
                decision = Decision.objects.create(
                    number=500 + n, title="x", question="x", body="x", decided_on=localdate(), method="x",
                    yes=0, no=0, residents="na", adopted=True, delegation_id=around,
                    recorded_by_id=table.priya.account_id,
                )  # fmt: skip
                time.sleep(0.2)  # all of them have begun before one has ended
                DelegatedAct.objects.create(
                    delegation_id=around, decision=decision, amount_cents=10_000, acted_on=localdate(),
                    recorded_by_id=table.priya.account_id,
                )  # fmt: skip
        except DatabaseError:
            return False
        finally:
            connection.close()
        return True

    for way, of in ((by_act, given), (by_statement, around)):
        with ThreadPoolExecutor(8) as pool:
            done = list(pool.map(way, range(8)))
        assert sum(done) == 5
        assert shown(of).spent_cents == 50_000
