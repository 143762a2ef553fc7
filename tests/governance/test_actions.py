"""Decisions bind: terms of sharing live and die with their mandate, whatever path is taken."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from tests.partners.table import Table

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import record_terms
from commonweal.foundation.access.models import AccessTerms
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.foundation.bus import when
from commonweal.governance import actions, facade
from commonweal.governance.events import MandateWithdrawn
from commonweal.governance.models import Agreement, Decision, Mandate, scope_of_agreement
from commonweal.governance.rules import Vote
from commonweal.governance.shapes import TermShape
from commonweal.governance.vocabulary import Assent, Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Conflict, Refused

YES = Vote(16, 2, 0, Assent.YES, True)


def decide(by: Actor, vote: Vote = YES, title: str = "Share what helps") -> UUID:
    return actions.record_decision(
        by=by,
        title=title,
        question="Shall we?",
        body="The Table",
        decided_on=today(),
        method="Two thirds of votes cast",
        vote=vote,
    )


def agree(table: Table, *, slug: str = "care", discloser: UUID | None = None) -> UUID:
    return actions.record_agreement(
        by=table.priya,
        slug=slug,
        title="Care partners",
        terms=[TermShape(discloser or table.hospital, table.pantry, "general", "COORD")],
    )


def share(table: Table, agreement: UUID, *, days: int = 365, vote: Vote = YES) -> UUID:
    return actions.give_mandate(
        decide(table.priya, vote),
        by=table.priya,
        matter=Matter.DATA_SHARING,
        scope=scope_of_agreement(agreement),
        starts_at=now(),
        ends_at=now() + timedelta(days=days),
    )


def live_terms() -> int:
    return AccessTerms.objects.filter(ended_at=None).count()


def between(table: Table):
    return facade.agreement_between(table.hospital, table.pantry, "general", "COORD")


def test_an_agreement_sleeps_until_a_mandate_names_it(table: Table) -> None:
    with acting(table.priya):
        agreement = agree(table)
        assert between(table) is None
        assert live_terms() == 0
        mandate = share(table, agreement)
        assert between(table).id == agreement
        assert between(table).mandate.id == mandate
        assert live_terms() == 1
        assert facade.agreement_between(table.pantry, table.hospital, "general", "COORD") is None
        assert facade.agreement_between(table.hospital, table.pantry, "hiv", "COORD") is None


def test_terms_carry_the_bounds_of_the_mandate(table: Table) -> None:
    with acting(table.priya):
        share(table, agree(table), days=30)
        terms, mandate = AccessTerms.objects.get(), Mandate.objects.get()
        assert (terms.starts_at, terms.ends_at) == (mandate.starts_at, mandate.ends_at)


def test_withdrawing_ends_everything_at_once_and_is_told(table: Table) -> None:
    told: list[object] = []
    when(MandateWithdrawn)(told.append)
    with acting(table.priya):
        agreement = agree(table)
        mandate = share(table, agreement)
        with pytest.raises(BadInput):
            actions.withdraw(mandate, by=table.priya, why="  ")
        actions.withdraw(mandate, by=table.priya, why="The residents took their yes back.")
        assert live_terms() == 0
        assert between(table) is None
        assert facade.live_mandate("data-sharing", scope_of_agreement(agreement)) is None
        actions.withdraw(mandate, by=table.priya, why="Again")
    assert [event.mandate_id for event in told] == [mandate]
    assert facade.decision_line(mandate).state == "ended"


def test_an_expired_mandate_holds_nothing(table: Table) -> None:
    with acting(table.priya):
        agreement = agree(table)
        actions.give_mandate(
            decide(table.priya),
            by=table.priya,
            matter=Matter.DATA_SHARING,
            scope=scope_of_agreement(agreement),
            starts_at=now() - timedelta(days=365),
            ends_at=now() - timedelta(seconds=1),
        )
        assert between(table) is None
        yesterday = now() - timedelta(days=1)
        assert facade.agreement_between(table.hospital, table.pantry, "general", "COORD", yesterday)


def test_only_the_backbone_keeps_the_record(table: Table) -> None:
    with acting(table.priya):
        agreement, decision = agree(table), decide(table.priya)
        mandate = share(table, agreement)
    for actor in (table.marcus, table.danielle, replace(table.priya, purpose=Purpose.OPS)):
        with acting(actor):
            with pytest.raises(Refused):
                decide(actor)
            with pytest.raises(Refused):
                actions.withdraw(mandate, by=actor, why="No.")
            with pytest.raises(Refused):
                actions.give_mandate(
                    decision, by=actor, matter=Matter.MEASURE, scope="need-met", starts_at=now()
                )


def test_the_residents_no_stops_it_however_the_votes_stand(table: Table) -> None:
    with acting(table.priya):
        with pytest.raises(BadInput):
            decide(table.priya, Vote(12, 0, 0, Assent.NO, True))
        with pytest.raises(Refused) as refused:
            share(table, agree(table), vote=Vote(12, 0, 0, Assent.NOT_ASKED, True))
    assert refused.value.verdict.rule == "governance.bind.residents"


def test_a_shelter_for_victims_tells_nobody_anything(table: Table) -> None:
    with acting(table.priya), pytest.raises(BadInput):
        agree(table, discloser=table.shelter)


def test_decisions_are_numbered_without_gaps_and_dated_in_the_past(table: Table) -> None:
    with acting(table.priya):
        for _ in range(3):
            decide(table.priya)
        with pytest.raises(BadInput):
            actions.record_decision(
                by=table.priya,
                title="Tomorrow",
                question="?",
                body="The Table",
                decided_on=today() + timedelta(days=2),
                method="",
                vote=YES,
            )
    assert [d.number for d in facade.decisions()] == [3, 2, 1]


def test_a_mandate_is_given_once(table: Table) -> None:
    with acting(table.priya):
        decision = decide(table.priya)
        give = {"by": table.priya, "matter": Matter.MEASURE, "scope": "need-met", "starts_at": now()}
        mandate = actions.give_mandate(decision, **give)
        with pytest.raises(Conflict):
            actions.give_mandate(decision, **give)
        assert facade.live_mandate("measure", "need-met").id == mandate
        assert facade.live_mandates("measure", ["need-met", "days-to-service"]).keys() == {"need-met"}


def test_a_decision_line_says_who_and_until_when(table: Table) -> None:
    with acting(table.priya):
        mandate = share(table, agree(table))
        line = facade.decision_line(mandate)
    assert line.state == "decided"
    assert line.url == "/decisions/1/"
    assert "16 of 18" in line.why[0]
    assert "The residents agreed" in line.why[0]
    assert facade.decision_line(None) is None


# Around the actions: what an injected statement, a shell or a careless import would try.


def refused_by_database(work) -> bool:
    try:
        with transaction.atomic():
            work()
            with connection.cursor() as cursor:
                cursor.execute("set constraints all immediate")
                cursor.execute("set constraints all deferred")
    except DatabaseError:
        return True
    return False


def test_terms_without_a_mandate_are_refused_by_the_database(table: Table) -> None:
    with acting(table.priya):
        agreement = agree(table)
        mandate = share(table, agreement)
        line = {
            "agreement_id": agreement,
            "mandate_id": mandate,
            "discloser_id": table.hospital,
            "recipient_id": table.pantry,
            "segment": Segment.GENERAL,
            "purpose": Purpose.COORD,
            "starts_at": now(),
            "ends_at": now() + timedelta(days=1),
        }
        assert not refused_by_database(lambda: record_terms(**line))
        other = actions.give_mandate(
            decide(table.priya), by=table.priya, matter=Matter.MEASURE, scope="need-met", starts_at=now()
        )
        for change in (
            {"segment": Segment.HIV},
            {"purpose": Purpose.TREAT},
            {"discloser_id": table.pantry, "recipient_id": table.hospital},
            {"ends_at": now() + timedelta(days=3650)},
            {"ends_at": None},
            {"starts_at": now() - timedelta(days=3650)},
            {"mandate_id": other},
            {"agreement_id": agree(table, slug="another")},
        ):
            assert refused_by_database(lambda change=change: record_terms(**{**line, **change})), change
        actions.withdraw(mandate, by=table.priya, why="Over.")
        assert refused_by_database(lambda: record_terms(**line))


def test_the_record_is_not_rewritten_by_any_statement(table: Table) -> None:
    with acting(table.priya):
        agreement = agree(table)
        mandate = share(table, agreement)
        refused = [
            lambda: Decision.objects.update(yes=99),
            lambda: Decision.objects.all().delete(),
            lambda: Mandate.objects.filter(pk=mandate).update(ends_at=now() + timedelta(days=9999)),
            lambda: Mandate.objects.filter(pk=mandate).update(scope="agreement:other"),
            lambda: Mandate.objects.filter(pk=mandate).delete(),
            lambda: Agreement.objects.update(title="Another"),
            lambda: Agreement.objects.get().terms.update(segment="hiv"),
            # withdrawn, but its terms left behind
            lambda: Mandate.objects.filter(pk=mandate).update(withdrawn_at=now(), withdrawn_why="x"),
        ]
        for number, work in enumerate(refused):
            assert refused_by_database(work), number


def test_another_administrator_cannot_decide_even_in_sql(table: Table) -> None:
    with acting(table.priya):
        decision = decide(table.priya)
    row = {"decision_id": decision, "matter": "measure", "scope": "need-met", "starts_at": now()}
    for actor in (table.marcus, table.danielle, Actor.public(), replace(table.priya, purpose=Purpose.OPS)):
        with acting(actor):
            assert refused_by_database(lambda: Mandate.objects.create(**row)), actor
    with acting(table.priya):
        assert not refused_by_database(lambda: Mandate.objects.create(**row))


def test_a_mandate_that_the_residents_did_not_agree_to_is_refused_in_sql(table: Table) -> None:
    with acting(table.priya):
        decision = decide(table.priya, Vote(12, 0, 0, Assent.NOT_ASKED, True))
        agreement = agree(table)
        assert refused_by_database(
            lambda: Mandate.objects.create(
                decision_id=decision,
                matter="data-sharing",
                scope=scope_of_agreement(agreement),
                starts_at=now(),
                ends_at=now() + timedelta(days=1),
            )
        )
