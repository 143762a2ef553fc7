"""DOMAIN §2.7 and its traps: does what the person said allow this disclosure?"""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from commonweal.foundation.access.vocabulary import DataClass, Purpose, Segment
from commonweal.kernel.ids import named_id
from commonweal.kernel.periods import Interval
from commonweal.people.rules import part2
from commonweal.people.rules.consent import Ask, Party, Provision, Terms, evaluate, laws_of, says
from commonweal.people.rules.validity import Draft, faults
from commonweal.people.vocabulary import TPO_CLASSES, ConsentStatus, How, Law, PartyClass, ProvisionKind

PERMIT, DENY = ProvisionKind.PERMIT, ProvisionKind.DENY
HOME = ZoneInfo("America/Los_Angeles")
START, END = datetime(2026, 1, 1, tzinfo=UTC), datetime(2027, 1, 1, tzinfo=UTC)
NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)

CLINIC = Party(named_id("millrace"), frozenset({PartyClass.TREATING_PROVIDER}), covered=True)
HOSPITAL = Party(named_id("alder-general"), frozenset({PartyClass.TREATING_PROVIDER}), covered=True)
PANTRY = Party(named_id("ferry-street"), frozenset({PartyClass.SOCIAL_SERVICE}))
RIDES = Party(named_id("northbank-rides"), frozenset({PartyClass.SOCIAL_SERVICE}))
SHELTER = Party(named_id("safe-harbor"), frozenset({PartyClass.SOCIAL_SERVICE}), victim_services=True)
ADVOCATE = Party(named_id("advocate"))


def provision(kind=PERMIT, *actors, **more) -> Provision:
    return Provision(kind, frozenset(actors), **more)


def terms(root: Provision, *laws: Law, **more) -> Terms:
    base = Terms(
        id=named_id("consent", repr(root), *laws),
        status=ConsentStatus.ACTIVE,
        laws=frozenset(laws),
        disclosers=frozenset({CLINIC.id}),
        valid=Interval(START, END),
        root=root,
    )
    return replace(base, **more)


def ask(
    recipient: Party, segment=Segment.GENERAL, *, discloser=CLINIC, at=NOON, purpose=Purpose.COORD, **more
) -> Ask:
    data_class = more.pop("data_class", DataClass.D6 if segment is Segment.SUBSTANCE_USE else DataClass.D4)
    return Ask(
        discloser, recipient, purpose, segment, data_class, at, more.pop("laws", laws_of(segment, discloser))
    )


def test_a_health_authorization_does_not_cover_part_2():
    """2-T1: same recipient, same purpose."""
    yes = terms(provision(PERMIT, PANTRY.id), Law.HIPAA)
    assert evaluate(ask(PANTRY), [yes]).verdict
    refused = evaluate(ask(PANTRY, Segment.SUBSTANCE_USE), [yes])
    assert not refused.verdict
    assert refused.verdict.rule == "consent.part2.general-authorization"
    assert refused.verdict.cure


def test_a_tpo_consent_reaches_a_hospital_and_not_a_food_bank():
    """2-T2 and 2-T3: the hospital gets notice and a copy; the pantry gets nothing."""
    tpo = terms(Provision(PERMIT, actors=frozenset(TPO_CLASSES)), Law.HIPAA, Law.PART2)
    assert not evaluate(ask(PANTRY, Segment.SUBSTANCE_USE), [tpo]).verdict
    found = evaluate(ask(HOSPITAL, Segment.SUBSTANCE_USE), [tpo])
    assert found.verdict
    assert found.obligations.notices == (
        "42 CFR part 2 prohibits unauthorized use or disclosure of these records.",
    )
    assert found.obligations.copy_of == (tpo.id,)
    assert not found.obligations.no_redisclosure, "a covered recipient may go on as HIPAA allows"


def test_a_named_pantry_may_receive_and_may_not_pass_on():
    named = terms(provision(PERMIT, PANTRY.id), Law.HIPAA, Law.PART2)
    found = evaluate(ask(PANTRY, Segment.SUBSTANCE_USE), [named])
    assert found.verdict
    assert found.obligations.no_redisclosure
    assert found.obligations.not_in_proceedings
    assert "42CFRPart2" in found.obligations.labels


def test_revoked_at_ten_is_refused_at_ten():
    """2-T4: half-open to the microsecond; what is sent later is asked again at its own moment."""
    ten = datetime(2026, 6, 1, 10, tzinfo=UTC)
    stopped = terms(provision(PERMIT, PANTRY.id), Law.HIPAA, revoked_at=ten)
    assert evaluate(ask(PANTRY, at=ten - timedelta(milliseconds=1)), [stopped]).verdict
    refused = evaluate(ask(PANTRY, at=ten), [stopped])
    assert refused.verdict.rule == "consent.revoked"
    assert not evaluate(ask(PANTRY, at=ten + timedelta(minutes=1)), [stopped]).verdict


def test_the_end_is_outside_and_the_start_inside():
    yes = terms(provision(PERMIT, PANTRY.id), Law.HIPAA)
    assert evaluate(ask(PANTRY, at=START), [yes]).verdict
    assert not evaluate(ask(PANTRY, at=START - timedelta(microseconds=1)), [yes]).verdict
    assert evaluate(ask(PANTRY, at=END), [yes]).verdict.rule == "consent.ended"


def test_a_no_beats_a_yes_from_its_day_on():
    """2-T5: X refused from March 1, midnight at home; Y is not touched."""
    march = datetime(2026, 3, 1, tzinfo=HOME)
    yes = terms(provision(PERMIT, PANTRY.id, RIDES.id), Law.HIPAA)
    no = terms(provision(DENY, PANTRY.id), valid=Interval(march, None))
    assert evaluate(ask(PANTRY, at=march - timedelta(microseconds=1)), [yes, no]).verdict
    assert evaluate(ask(PANTRY, at=march), [yes, no]).verdict.rule == "consent.denied"
    assert evaluate(ask(RIDES, at=march), [yes, no]).verdict


def test_exceptions_to_exceptions():
    """2-T6: permit all, but not safety at home, but that to the named advocate."""
    advocate = provision(PERMIT, ADVOCATE.id)
    safety = provision(DENY, segments=frozenset({Segment.DOMESTIC_VIOLENCE}), exceptions=(advocate,))
    root = provision(PERMIT, exceptions=(safety,))
    cases = (
        (PANTRY, Segment.GENERAL, PERMIT),
        (PANTRY, Segment.DOMESTIC_VIOLENCE, DENY),
        (ADVOCATE, Segment.DOMESTIC_VIOLENCE, PERMIT),
        (ADVOCATE, Segment.GENERAL, PERMIT),
    )
    for recipient, segment, expected in cases:
        assert says(root, ask(recipient, segment)) is expected, (recipient, segment)


def test_among_exceptions_a_no_beats_a_yes():
    root = provision(PERMIT, exceptions=(provision(PERMIT, PANTRY.id), provision(DENY, PANTRY.id)))
    assert says(root, ask(PANTRY)) is DENY


def test_ferpa_needs_its_own_consent():
    school = Party(named_id("alder-schools"), frozenset({PartyClass.SCHOOL}))
    yes = terms(provision(PERMIT, PANTRY.id), Law.HIPAA, disclosers=frozenset({school.id}))
    wanted = ask(PANTRY, discloser=school, laws=laws_of(Segment.GENERAL, school, school=True))
    assert not evaluate(wanted, [yes]).verdict
    assert evaluate(wanted, [replace(yes, laws=frozenset({Law.FERPA}))]).verdict


def test_a_victim_service_provider_discloses_only_to_someone_named():
    disclosers = frozenset({SHELTER.id})
    by_class = terms(provision(PERMIT, PartyClass.SOCIAL_SERVICE), Law.VAWA, disclosers=disclosers)
    named = terms(provision(PERMIT, PANTRY.id), Law.VAWA, disclosers=disclosers)
    endless = replace(named, valid=Interval(START, None))
    wanted = ask(PANTRY, discloser=SHELTER)
    assert not evaluate(wanted, [by_class]).verdict
    assert not evaluate(wanted, [endless]).verdict
    assert evaluate(wanted, [named]).verdict


@pytest.mark.parametrize(
    ("more", "rule"),
    [
        ({"purpose": Purpose.LEGAL}, "consent.bar.legal"),
        ({"data_class": DataClass.D7}, "consent.bar.counseling-notes"),
        ({"segment": Segment.PSYCHOTHERAPY}, "consent.bar.counseling-notes"),
        ({"data_class": DataClass.D3}, "consent.bar.safe-address"),
    ],
)
def test_hard_bars_come_first(more, rule):
    everything = terms(provision(), *Law)
    assert evaluate(ask(PANTRY, **more), [everything]).verdict.rule == rule


def test_what_cannot_be_read_denies():
    """C16, S9: an unknown version stops even a good consent beside it."""
    good = terms(provision(PERMIT, PANTRY.id), Law.HIPAA)
    strange = replace(good, id=named_id("strange"), version=99)
    assert evaluate(ask(PANTRY), [good, strange]).verdict.rule == "consent.unreadable"


@pytest.mark.parametrize("status", [s for s in ConsentStatus if s is not ConsentStatus.ACTIVE])
def test_only_active_consents_count(status):
    yes = terms(provision(PERMIT, PANTRY.id), Law.HIPAA, status=status)
    assert not evaluate(ask(PANTRY), [yes]).verdict


def test_a_consent_speaks_for_its_discloser_only():
    yes = terms(provision(PERMIT, PANTRY.id), Law.HIPAA)
    assert not evaluate(ask(PANTRY, discloser=HOSPITAL), [yes]).verdict


def test_never_asked_and_not_this_are_two_facts():
    assert evaluate(ask(PANTRY), []).verdict.rule == "consent.never-asked"
    other = terms(provision(PERMIT, RIDES.id), Law.HIPAA)
    assert evaluate(ask(PANTRY), [other]).verdict.rule == "consent.no-match"


def test_the_trace_names_the_consent_that_decided():
    yes = terms(provision(PERMIT, PANTRY.id), Law.HIPAA)
    found = evaluate(ask(PANTRY), [yes])
    assert found.consent_ids == (yes.id,)
    assert [(step.rule, step.held) for step in found.trace] == [
        ("consent.permit", True),
        ("consent.law.hipaa", True),
    ]


def test_the_scope_travels_in_words():
    words = part2.scope_words(
        str,
        name="Harold Munn",
        discloser="Millrace Community Clinic",
        recipients=["Alder General Hospital"],
        what=["treatment for alcohol or drugs"],
        why=["to treat you"],
        start=date(2026, 1, 1),
        end=date(2027, 1, 1),
    )
    for part in ("Harold Munn", "Millrace", "Alder General", "2026-01-01", "2027-01-01"):
        assert part in words


DRAFT = Draft(
    discloser=CLINIC,
    recipient_ids=frozenset({PANTRY.id}),
    recipient_classes=frozenset(),
    segments=frozenset({Segment.GENERAL}),
    purposes=frozenset({Purpose.COORD}),
    start=START,
    end=START + timedelta(days=365),
    how=How.SIGNED_ON_SCREEN,
    words="You allow …",
)


@pytest.mark.parametrize(
    ("change", "rule"),
    [
        ({}, None),
        ({"recipient_ids": frozenset()}, "consent.no-recipient"),
        ({"segments": frozenset()}, "consent.no-segment"),
        ({"purposes": frozenset()}, "consent.no-purpose"),
        ({"words": " "}, "consent.no-words"),
        ({"end": None}, "consent.no-end"),
        ({"end": START}, "consent.ends-first"),
        ({"end": START + timedelta(days=800)}, "consent.too-long"),
        ({"recipient_ids": frozenset({CLINIC.id})}, "consent.not-to-itself"),
        ({"purposes": frozenset({Purpose.TREAT, Purpose.LEGAL})}, "consent.purpose-not-offered"),
        ({"segments": frozenset({Segment.PSYCHOTHERAPY})}, "consent.counseling-notes-apart"),
        ({"how": How.BY_PHONE, "witness": "Ana Ruiz"}, "consent.hipaa.unsigned"),
        (
            {"how": How.BY_PHONE, "discloser": PANTRY, "recipient_ids": frozenset({RIDES.id})},
            "consent.no-witness",
        ),
        (
            {
                "how": How.BY_PHONE,
                "discloser": PANTRY,
                "recipient_ids": frozenset({RIDES.id}),
                "witness": "Ana Ruiz",
            },
            None,
        ),
        ({"segments": frozenset({Segment.SUBSTANCE_USE}), "how": How.IN_PERSON}, "consent.part2.unsigned"),
        (
            {"discloser": SHELTER, "recipient_classes": frozenset({PartyClass.SOCIAL_SERVICE})},
            "consent.vawa.not-named",
        ),
        ({"discloser": SHELTER, "end": START + timedelta(days=500)}, "consent.vawa.too-long"),
        ({"school": True, "how": How.IN_PERSON}, "consent.ferpa.unsigned"),
    ],
)
def test_what_a_consent_must_hold(change, rule):
    """DOMAIN §2.2 to §2.5; C15: treatment and court never in one."""
    found = [fault.rule for fault in faults(replace(DRAFT, **change))]
    assert (rule in found) if rule else found == []
