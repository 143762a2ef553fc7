"""What a decision does: each kind acts once, is undone when its mandate ends, and binds nobody after."""

from datetime import timedelta
from time import sleep
from uuid import UUID

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate
from tests.governance.decided import LAWS, SETUP, answered, bind, decide
from tests.partners.table import Table

from commonweal.foundation.access import acting
from commonweal.foundation.access.facts import record_terms
from commonweal.foundation.access.models import AccessTerms
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.governance import actions, facade
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.governance.models import Delegation, Initiative, Mandate, Stop
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now, today
from commonweal.kernel.errors import BadInput, Refused
from commonweal.partners import actions as partners
from commonweal.partners import facade as table_of
from commonweal.partners.models import Body, Partner, Seat
from commonweal.partners.vocabulary import MemberClass

YEAR = timedelta(days=365)
BOUNDED = """
[matter.delegation]
article = "8.1"
text.en = "A majority."
body = "table"
[matter.delegation.delegation]
words = "Small payments."
limit_cents = 50000
report_days = 30
"""


@pytest.fixture
def bound(table: Table) -> Table:
    bind()
    return table


def sharing(table: Table, **more: object) -> dict[str, object]:
    return {
        "title": "Care partners",
        "tellers": [str(table.hospital)],
        "told": [str(table.pantry)],
        "segments": ["general"],
        "purposes": ["COORD"],
        **more,
    }


def share(table: Table, **more: object) -> UUID:
    return decide("sharing.start", sharing(table), ends_at=now() + YEAR, gate="residents", **more)


def between(table: Table):
    return facade.agreement_between(table.hospital, table.pantry, "general", "COORD")


def live_terms() -> int:
    return AccessTerms.objects.filter(ended_at=None).count()


def end_by_decision(mandate: UUID, **how: object) -> UUID:
    return decide("mandate.withdraw", {"mandate": str(mandate), "why": "It was not right."}, **how)


def test_a_new_agreement_is_written_and_in_force_by_one_decision(bound: Table) -> None:
    mandate = share(bound)
    with acting(THE_COUNT):
        assert between(bound).mandate.id == mandate
        assert live_terms() == 1
        assert between(bound).title == "Care partners"


def test_a_decision_ends_it_and_says_why(bound: Table) -> None:
    mandate = share(bound)
    end_by_decision(mandate)
    with acting(THE_COUNT):
        assert between(bound) is None
        assert live_terms() == 0
        stop = Stop.objects.get()
    assert (stop.ground, stop.why) == ("decision", "It was not right.")


def test_the_residents_take_their_yes_back(bound: Table) -> None:
    mandate = share(bound)
    end_by_decision(mandate, body="residents")
    with acting(THE_COUNT):
        assert Stop.objects.get().ground == "residents"
        assert live_terms() == 0


def test_nobody_withdraws_by_hand_once_bylaws_hold(bound: Table) -> None:
    mandate = share(bound)
    with acting(bound.priya):
        with pytest.raises(Refused) as refused:
            actions.withdraw(mandate, by=bound.priya, why="I would rather not.")
        assert refused.value.verdict.cure
        with pytest.raises(DatabaseError), transaction.atomic():
            Mandate.objects.filter(pk=mandate).update(withdrawn_at=now(), withdrawn_why="Mine.")
        with pytest.raises(DatabaseError), transaction.atomic():
            Stop.objects.create(
                mandate_id=mandate, ground="decision", why="Mine.", recorded_by_id=bound.priya.account_id
            )
        assert live_terms() == 1


def test_a_partner_can_always_stop_telling_and_nobody_starts_it_again(bound: Table) -> None:
    both = sharing(bound, tellers=[str(bound.hospital), str(bound.pantry)])
    both["told"] = [str(bound.hospital), str(bound.pantry)]
    mandate = decide("sharing.start", both, ends_at=now() + YEAR, gate="residents")
    with acting(bound.marcus):
        assert actions.stop_telling(mandate, by=bound.marcus, why="We need to think.") == 1
        assert actions.stop_telling(mandate, by=bound.marcus, why="Again.") == 0
    row = Mandate.objects.get(pk=mandate)
    assert row.withdrawn_at is None
    with acting(bound.priya):
        assert live_terms() == 1, "what others tell goes on"
        with pytest.raises(DatabaseError), transaction.atomic():
            record_terms(
                agreement_id=UUID(row.scope.partition(":")[2]),
                mandate_id=mandate,
                discloser_id=bound.pantry,
                recipient_id=bound.hospital,
                segment=Segment.GENERAL,
                purpose=Purpose.COORD,
                starts_at=row.starts_at,
                ends_at=row.ends_at,
            )
        with pytest.raises(Refused):
            actions.stop_telling(mandate, by=bound.danielle, why="Not mine to say.")


def test_in_an_emergency_it_rests_and_wakes_by_itself(bound: Table) -> None:
    mandate = share(bound)
    with acting(bound.danielle), pytest.raises(Refused):
        actions.let_rest(mandate, by=bound.danielle, why="Alarm.")
    with acting(bound.priya):
        until = actions.let_rest(mandate, by=bound.priya, why="A worker looked up neighbors.")
        assert between(bound) is None
        assert until - now() < timedelta(days=15)
        waking = AccessTerms.objects.get(ended_at=None)
        assert waking.starts_at == until
        assert facade.agreement_between(bound.hospital, bound.pantry, "general", "COORD", until)
        stop = Stop.objects.get()
        assert stop.review_on == localdate() + timedelta(days=7)
        with pytest.raises(Refused):
            actions.let_rest(mandate, by=bound.priya, why="Once more.")


def test_minutes_bind_nobody_once_bylaws_hold(bound: Table) -> None:
    from tests.governance.test_actions import agree
    from tests.governance.test_actions import decide as minutes
    from tests.governance.test_actions import share as by_hand

    with acting(bound.priya):
        agreement = agree(bound)
        with pytest.raises(Refused) as refused:
            by_hand(bound, agreement)
        assert refused.value.verdict.rule == "governance.give.decide-here"
        decision = minutes(bound.priya)
        with pytest.raises(DatabaseError), transaction.atomic():
            Mandate.objects.create(decision_id=decision, matter="measure", scope="need-met", starts_at=now())


def test_only_the_count_gives_and_only_what_was_asked(bound: Table) -> None:
    decision = answered("partner.admit", {"name": "Riverside Clinic", "sector": "health-care"})
    params = {"slug": "riverside-clinic", "name": "Riverside Clinic", "sector": "health-care"}
    with acting(bound.priya), pytest.raises(Refused):
        effects.give(decision, "partner.admit", params, by=bound.priya, starts_at=now())
    with acting(THE_COUNT):
        for kind, given in (
            ("partner.admit", {**params, "name": "Another", "slug": "another"}),
            ("delegation.give", {"slug": "x", "words": "x"}),
        ):
            with pytest.raises((DatabaseError, KeyError, BadInput)), transaction.atomic():
                effects.give(decision, kind, given, by=THE_COUNT, starts_at=now())


def test_an_open_poll_gives_no_decision(bound: Table) -> None:
    with pytest.raises(DatabaseError):
        answered("partner.admit", {"name": "Riverside", "sector": "health-care"}, closed=False)


def test_what_was_not_adopted_does_nothing(bound: Table) -> None:
    with pytest.raises(Refused):
        decide("partner.admit", {"name": "Riverside", "sector": "health-care"}, adopted=False)


def test_an_organization_is_taken_in_and_let_go(bound: Table) -> None:
    mandate = decide("partner.admit", {"name": "Riverside Clinic", "sector": "health-care"})
    row = Partner.objects.get(slug="riverside-clinic")
    assert row.given_under == mandate
    decide("partner.end", {"partner": str(row.pk), "why": "It asked to leave."})
    row.refresh_from_db()
    assert row.left_why == "It asked to leave."


def test_withdrawing_an_admission_lets_it_go(bound: Table) -> None:
    mandate = decide("partner.admit", {"name": "Riverside Clinic", "sector": "health-care"})
    end_by_decision(mandate)
    assert Partner.objects.get(slug="riverside-clinic").left_on == today()


def test_a_body_with_a_seat_ends_with_the_mandate_that_founded_it(bound: Table) -> None:
    mandate = decide(
        "body.found", {"name": "Rides", "kind": "workgroup", "scale": "county", "purpose": "To get there."}
    )
    body = Body.objects.get(slug="rides")
    given = decide("seat.add", {"body": str(body.pk), "partner": str(bound.pantry), "role": "member"})
    assert Mandate.objects.get(pk=given).words == "Rides", "the body is named, not its slug"
    assert len(table_of.seats_of([body.pk])[body.pk]) == 1
    end_by_decision(mandate)
    body.refresh_from_db()
    assert body.ends_on == today()
    assert Seat.objects.get(body=body).ends_on == today()


def test_a_seat_of_a_class_is_filled_and_emptied(bound: Table) -> None:
    with acting(SETUP):
        loretta = partners.welcome_resident_member(
            by=SETUP, name="Loretta Hayes", lives_here=True, is_or_was_served=True
        )
        seat = partners.add_seat(
            Body.objects.get(slug="residents").pk, by=SETUP, member_class=MemberClass.RESIDENT, title="Chair"
        )
    with acting(bound.priya), pytest.raises(Refused):
        partners.fill_seat(seat, by=bound.priya, member_id=loretta)
    mandate = decide("seat.fill", {"seat": str(seat), "member": str(loretta)}, ends_at=now() + YEAR)
    held = table_of.seat(seat).holder
    assert held.name == "Loretta Hayes"
    end_by_decision(mandate)
    assert table_of.seat(seat).holder is None


def test_a_role_that_watches_is_given_for_a_time(bound: Table) -> None:
    who = {"partner": str(bound.backbone), "account": str(bound.priya.account_id), "role": "privacy_officer"}
    with acting(bound.priya), pytest.raises(Refused):
        partners.invite_member(
            bound.backbone, by=bound.priya, name="Mei Hsu", email="mei@example.org", role=Role.PRIVACY_OFFICER
        )
    mandate = decide("role.give", who, ends_at=now() + YEAR)

    def roles() -> set[str]:
        return {m.role for m in table_of.workers_of(bound.backbone)}

    assert "privacy_officer" in roles()
    end_by_decision(mandate)
    assert "privacy_officer" not in roles()


def test_a_delegation_and_an_initiative_live_with_their_mandates(bound: Table) -> None:
    given = decide(
        "delegation.give",
        {"words": "Pay for rides", "limit_dollars": "2000", "report_on": (today() + YEAR).isoformat()},
        matter=Matter.DELEGATION,
    )
    started = decide(
        "initiative.start", {"title": "Rides", "goal": "All get there", "owner": str(bound.pantry)}
    )
    assert Delegation.objects.get(mandate=given).limit_cents == 200_000
    assert Initiative.objects.get(mandate=started).owner_id == bound.pantry
    with acting(THE_COUNT), pytest.raises(DatabaseError), transaction.atomic():
        Delegation.objects.create(
            mandate_id=started, partner_id=bound.backbone, words="More", report_on=today()
        )


def test_a_mandate_acts_once(bound: Table) -> None:
    body = Body.objects.get(slug="table").pk
    mandate = decide("seat.add", {"body": str(body), "partner": str(bound.pantry), "role": "member"})
    with acting(THE_COUNT), pytest.raises(Refused):
        partners.add_seat(body, by=THE_COUNT, partner_id=bound.hospital, under=mandate)


def test_what_begins_later_waits_for_its_day_and_what_ran_out_is_undone(bound: Table) -> None:
    soon = now() + timedelta(days=1)
    decide("partner.admit", {"name": "Riverside", "sector": "health-care"}, starts_at=soon)
    assert not Partner.objects.filter(slug="riverside").exists()
    mandate = decide(
        "body.found",
        {"name": "Rides", "kind": "workgroup", "scale": "county", "purpose": "x"},
        ends_at=now() + timedelta(seconds=0.2),
    )
    sleep(0.3)  # the database asks its own clock
    with acting(THE_COUNT):
        assert effects.start_due(by=THE_COUNT) == []
        assert [m.id for m in effects.undo_due(by=THE_COUNT)] == [mandate]
        assert effects.undo_due(by=THE_COUNT) == []
    assert "rides" not in {b.slug for b in table_of.bodies()}


def test_preview_names_nobody_and_holds_small_numbers_back(bound: Table) -> None:
    with acting(bound.priya):
        shown = effects.preview("sharing.start", effects.read("sharing.start", sharing(bound)))
    said = " ".join([shown.says, *(f"{r.what} {r.today} {r.then}" for r in shown.rows), *shown.stays_closed])
    assert "fewer than 11 people" in said
    assert "what they need" in said
    assert "1 care worker" not in said.replace("11 care", "")
    assert shown.if_undone


@pytest.mark.parametrize(
    "params",
    [{"tellers": []}, {"segments": ["psychotherapy"]}, {"purposes": ["LEGAL"]}, {"told": ["not-an-id"]}],
)
def test_sharing_that_cannot_be_agreed_is_not_put(bound: Table, params: dict[str, object]) -> None:
    with pytest.raises(BadInput):
        effects.read("sharing.start", sharing(bound, **params))


def test_a_shelter_for_victims_tells_nobody(bound: Table) -> None:
    with pytest.raises(BadInput):
        effects.read("sharing.start", sharing(bound, tellers=[str(bound.shelter)]))


def test_a_delegation_stays_inside_what_the_bylaws_let_be_delegated(table: Table) -> None:
    bind(LAWS + BOUNDED)
    said = {"words": "Pay for rides", "report_on": (today() + timedelta(days=20)).isoformat()}
    effects.read("delegation.give", {**said, "limit_dollars": "500"})
    late = (today() + timedelta(days=40)).isoformat()
    for more in ({"limit_dollars": "501"}, {}):
        with pytest.raises(BadInput):
            effects.read("delegation.give", {**said, **more})
    decide("delegation.give", {**said, "limit_dollars": "10", "report_on": late})
    assert Delegation.objects.get().report_on == localdate() + timedelta(days=30)


def test_the_newer_of_two_targets_says_what_holds(bound: Table) -> None:
    """A later decision takes the place of an earlier one that was given without an end."""
    aim = {"measure": "need-met", "due_on": (today() + YEAR).isoformat()}
    decide("target.set", {**aim, "value": "60"})
    newer = decide("target.set", {**aim, "value": "80"}, ends_at=now() + YEAR)
    assert facade.live_mandates("target", ["need-met"])["need-met"].id == newer
