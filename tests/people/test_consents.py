"""Saying yes, saying no, stopping: what the person said is what the database lets through."""

from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, transaction

from commonweal.foundation.access import acting
from commonweal.foundation.access.models import AccessConsent
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.audit import person_log
from commonweal.foundation.bus import when
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.people import actions, facade
from commonweal.people.events import ConsentGiven, ConsentWithdrawn
from commonweal.people.models import Consent
from commonweal.people.shapes import ConsentDraft
from commonweal.people.vocabulary import How, Law, PartyClass

from .cast import (
    GENERAL,
    TERESA,
    TREATMENT,
    Table,
    agree,
    draft_consent,
    person_self,
    register,
    say_yes,
    withdraw_mandate,
)


@pytest.fixture
def teresa(table: Table):
    agree(table, "alder-general", "ferry-street")
    return register(TERESA, table.danielle)


def sees(actor, person_id) -> bool:
    with acting(actor):
        return facade.person(person_id) is not None


def verdict(
    table: Table, person_id, recipient="ferry-street", segment=GENERAL, purpose=Purpose.COORD, **more
):
    with acting(table.danielle):
        return facade.may_share(person_id, table["alder-general"], table[recipient], segment, purpose, **more)


def test_yes_opens_and_stop_closes_at_once(table: Table, teresa):
    assert not sees(table.marcus, teresa)
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    assert sees(table.marcus, teresa)
    assert verdict(table, teresa)
    with acting(table.danielle):
        actions.withdraw_consent(teresa, consent, by=table.danielle, how=How.BY_PHONE)
    assert not sees(table.marcus, teresa)
    refused = verdict(table, teresa)
    assert refused.rule == "access.no-consent"
    assert refused.words == "Teresa has not said yes to Ferry Street Pantry."
    assert refused.cure % refused.params == "Ask Teresa. The form takes a minute."


def test_the_table_must_agree_as_well(table: Table, teresa):
    say_yes(teresa, table.danielle, table["ferry-street"])
    withdraw_mandate(table, table.mandates["alder-general-ferry-street"])
    assert not sees(table.marcus, teresa)
    refused = verdict(table, teresa)
    assert refused.rule == "access.no-agreement"
    assert "Ferry Street Pantry" in refused.words


def test_a_closed_door_beats_a_yes(table: Table, teresa):
    """S5."""
    say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(person_self(teresa)):
        actions.restrict(teresa, table["ferry-street"], by=person_self(teresa))
    assert not sees(table.marcus, teresa)
    assert verdict(table, teresa).rule == "access.state.restricted"
    with acting(person_self(teresa)):
        actions.lift_restriction(teresa, table["ferry-street"], by=person_self(teresa))
    assert sees(table.marcus, teresa)


def test_she_stops_it_herself(table: Table, teresa):
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    herself = person_self(teresa)
    with acting(herself):
        actions.withdraw_consent(teresa, consent, by=herself, how=How.OWN_PAGE)
        assert not sees(table.marcus, teresa)
        assert {line.words for line in person_log(teresa)} >= {"Stopped sharing, as you asked."}
    with pytest.raises(Refused), acting(herself):
        actions.withdraw_consent(teresa, consent, by=herself, how=How.OWN_PAGE)


def test_nobody_stops_or_gives_for_another(table: Table, teresa):
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    stranger = person_self(register(replace(TERESA, given="Ana"), table.danielle))
    with pytest.raises(NotFound), acting(stranger):
        actions.withdraw_consent(teresa, consent, by=stranger, how=How.OWN_PAGE)
    with pytest.raises(NotFound), acting(stranger):
        actions.give_consent(draft_consent(teresa, table["ferry-street"]), by=stranger)
    with pytest.raises(Refused), acting(table.marcus):
        actions.give_consent(draft_consent(teresa, table["alder-general"]), by=table.marcus)
    outsider = table.worker("northbank-rides")
    with pytest.raises(NotFound), acting(outsider):
        actions.give_consent(draft_consent(teresa, table["northbank-rides"]), by=outsider)


def test_the_events_say_what_others_need(table: Table, teresa):
    given, stopped = [], []
    when(ConsentGiven)(given.append)
    when(ConsentWithdrawn)(stopped.append)
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(table.danielle):
        actions.withdraw_consent(teresa, consent, by=table.danielle, how=How.BY_PHONE)
    assert [(e.consent_id, e.recipient_ids) for e in given] == [(consent, (table["ferry-street"],))]
    assert [(e.consent_id, e.person_id, e.segments) for e in stopped] == [(consent, teresa, (GENERAL,))]


def test_the_answer_comes_back_to_who_asked(table: Table, teresa):
    """Both ways: the pantry's own record of her is seen by the hospital, until she stops it."""
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(table.marcus):
        actions.register(TERESA, by=table.marcus, same_as=teresa)
    with acting(table.danielle):
        assert len(facade.person(teresa).holder_ids) == 2
        actions.withdraw_consent(teresa, consent, by=table.danielle, how=How.IN_PERSON)
        assert facade.person(teresa).holder_ids == (table["alder-general"],)


def test_nothing_comes_back_from_a_shelter(table: Table):
    """DOMAIN §2.5: one way by default, and by name only."""
    teresa = register(TERESA, table.danielle)
    say_yes(teresa, table.danielle, table["safe-harbor"], both_ways=True)
    with acting(table.danielle):
        consent = Consent.objects.get(person_id=teresa)
        assert not consent.both_ways
        ways = set(AccessConsent.objects.filter(person_id=teresa).values_list("recipient_id", flat=True))
        assert ways == {table["safe-harbor"]}


def test_treatment_records_need_their_own_signed_yes(table: Table, teresa):
    """2-T1 end to end: the general yes moves everyday things and not treatment."""
    agree(
        table, "alder-general", "millrace", segments=("general", "substance-use"), purposes=("COORD", "TREAT")
    )
    say_yes(teresa, table.danielle, table["millrace"])
    assert verdict(table, teresa, "millrace")
    assert not verdict(table, teresa, "millrace", TREATMENT, Purpose.TREAT)
    for segments, purposes, where in (
        ((TREATMENT,), (Purpose.COORD,), "consent.more-private-is-for-care"),
        ((GENERAL, TREATMENT), (Purpose.TREAT,), "consent.treatment-records-apart"),
    ):
        with pytest.raises(BadInput) as caught:
            say_yes(teresa, table.danielle, table["millrace"], segments=segments, purposes=purposes)
        assert caught.value.where == where
    with pytest.raises(BadInput) as caught:
        say_yes(
            teresa, table.danielle, table["millrace"],
            segments=(TREATMENT,), purposes=(Purpose.TREAT,), how=How.IN_PERSON,
        )  # fmt: skip
    assert caught.value.where in ("consent.part2.unsigned", "consent.hipaa.unsigned")
    say_yes(teresa, table.danielle, table["millrace"], segments=(TREATMENT,), purposes=(Purpose.TREAT,))
    assert verdict(table, teresa, "millrace", TREATMENT, Purpose.TREAT)


def test_the_notice_and_the_scope_travel(table: Table, teresa):
    """2-T3: both parts, in words, and the ban on passing on for a recipient outside HIPAA."""
    agree(table, "alder-general", "northbank-rides", segments=("substance-use",), purposes=("TREAT",))
    say_yes(
        teresa, table.danielle, table["northbank-rides"], segments=(TREATMENT,), purposes=(Purpose.TREAT,)
    )
    with acting(table.danielle):
        due = facade.obligations_for(
            teresa, table["alder-general"], table["northbank-rides"], TREATMENT, Purpose.TREAT
        )
        nothing = facade.obligations_for(
            teresa, table["alder-general"], table["ferry-street"], GENERAL, Purpose.COORD
        )
    assert due.notices == ("42 CFR part 2 prohibits unauthorized use or disclosure of these records.",)
    assert "Teresa Aguilar" in due.scope[0]
    assert "Northbank Rides" in due.scope[0]
    assert due.no_redisclosure
    assert not nothing


def test_a_class_reaches_its_partners_and_names_none(table: Table, teresa):
    agree(table, "alder-general", "millrace")
    with acting(table.danielle):
        draft = draft_consent(teresa, recipient_classes=(PartyClass.TREATING_PROVIDER,))
        consent = actions.give_consent(draft, by=table.danielle)
        rows = AccessConsent.objects.filter(document_id=consent)
        assert [(row.recipient_id, row.named) for row in rows] == [(table["millrace"], False)]


def test_topics_bind(table: Table, teresa):
    say_yes(teresa, table.danielle, table["ferry-street"], topics=(NeedDomain.FOOD,))
    assert verdict(table, teresa, topic=NeedDomain.FOOD)
    assert not verdict(table, teresa, topic=NeedDomain.HOUSING)


def test_court_can_never_be_agreed_to(table: Table, teresa):
    """C15: refused by the rules, by the facts and by the table itself."""
    with pytest.raises(BadInput):
        say_yes(teresa, table.danielle, table["ferry-street"], purposes=(Purpose.COORD, Purpose.LEGAL))
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(table.danielle):
        row = Consent.objects.get(id=consent)
    row.pk, row.purposes = uuid4(), ["COORD", "LEGAL"]
    with pytest.raises(DatabaseError), transaction.atomic(), acting(table.danielle):
        row.save(force_insert=True)


def test_what_was_said_stays_said(table: Table, teresa):
    consent = say_yes(teresa, table.danielle, table["ferry-street"])
    for change in ({"words": "Something else."}, {"ends_at": now() + timedelta(days=700)}):
        with pytest.raises(DatabaseError), transaction.atomic(), acting(table.danielle):
            Consent.objects.filter(id=consent).update(**change)
    with acting(table.danielle):
        actions.withdraw_consent(teresa, consent, by=table.danielle, how=How.BY_PHONE)
    with pytest.raises(DatabaseError), transaction.atomic(), acting(table.danielle):
        Consent.objects.filter(id=consent).update(revoked_at=None)


def test_no_is_kept_and_shares_nothing(table: Table, teresa):
    with acting(table.danielle):
        actions.decline_consent(draft_consent(teresa, table["ferry-street"]), by=table.danielle)
        (consent,) = facade.consents_of(teresa)
    assert consent.declined
    assert not sees(table.marcus, teresa)


def test_words_come_first(table: Table, teresa):
    with pytest.raises(BadInput) as caught:
        say_yes(teresa, table.danielle, table["ferry-street"], words=" ")
    assert caught.value.where == "consent.no-words"


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_words_name_everything(table: Table, teresa, language):
    draft = ConsentDraft(
        person_id=teresa,
        discloser_id=table["alder-general"],
        recipient_ids=(table["ferry-street"],),
        ends_at=now() + timedelta(days=100),
        how=How.SIGNED_ON_SCREEN,
        words="",
        topics=(NeedDomain.FOOD,),
        language=language,
    )
    with acting(table.danielle):
        words = facade.consent_words(draft)
    assert "Alder General Hospital" in words
    assert "Ferry Street Pantry" in words
    assert ("You can say no." in words) is (language == "en")


def test_a_consent_is_seen_by_those_it_names_alone(table: Table, teresa):
    """2-T8: that a consent about treatment exists tells of treatment; another of another need."""
    agree(table, "alder-general", "millrace", segments=("substance-use",), purposes=("TREAT",))
    say_yes(teresa, table.danielle, table["ferry-street"])
    say_yes(teresa, table.danielle, table["millrace"], segments=(TREATMENT,), purposes=(Purpose.TREAT,))
    with acting(table.marcus):
        assert [c.segments for c in facade.consents_of(teresa)] == [(Segment.GENERAL,)]
    with acting(table.danielle):
        assert len(facade.consents_of(teresa)) == 2
    with acting(person_self(teresa)):
        assert len(facade.consents_of(teresa)) == 2


def test_a_worker_writes_down_a_spoken_yes_with_a_witness(table: Table):
    teresa = register(TERESA, table.marcus)
    with pytest.raises(BadInput):
        say_yes(teresa, table.marcus, table["northbank-rides"], how=How.BY_PHONE)
    consent = say_yes(teresa, table.marcus, table["northbank-rides"], how=How.BY_PHONE, witness="Ana Ruiz")
    with acting(table.marcus):
        assert facade.consents_of(teresa)[0].laws == (Law.GENERAL,)
        assert Consent.objects.get(id=consent).witness == "Ana Ruiz"


def test_the_dead_share_nothing(table: Table, teresa):
    """S7."""
    say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(table.danielle):
        actions.mark_deceased(teresa, by=table.danielle)
        assert facade.person(teresa).standing
        assert facade.consents_of(teresa) == [], "consents are closed"
    assert not sees(table.marcus, teresa)


def test_a_mix_up_freezes_sharing_until_somebody_looked(table: Table, teresa):
    """S8."""
    say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(table.danielle):
        actions.dispute(teresa, by=table.danielle)
    assert not sees(table.marcus, teresa)
    assert sees(table.danielle, teresa), "source records stay apart, each with its holder"
    with acting(table.danielle):
        actions.settle_dispute(teresa, by=table.danielle)
    assert sees(table.marcus, teresa)


def test_a_safe_address_is_for_those_assigned(table: Table, teresa):
    from commonweal.foundation.access.facts import assign
    from commonweal.people.models import SafeAddress

    worker = table.worker("alder-general", Role.CASE_WORKER, Purpose.TREAT)
    with pytest.raises(Refused), acting(worker):
        actions.keep_safe_address(teresa, "9 Hidden Lane", by=worker)
    with acting(table.danielle):
        assign(teresa, worker.account_id)
    with acting(worker):
        actions.keep_safe_address(teresa, "9 Hidden Lane", by=worker)
        assert SafeAddress.objects.get(ended_at=None).address == "9 Hidden Lane"
    colleague = replace(worker, account_id=uuid4())
    for other in (colleague, person_self(teresa), table.marcus, worker.for_purpose(Purpose.COORD)):
        with acting(other):
            assert not SafeAddress.objects.exists(), other


def test_yes_stop_and_yes_again_keeps_all_three(table: Table, teresa):
    """C06: the last one counts, and nothing that was said is lost."""
    first = say_yes(teresa, table.danielle, table["ferry-street"])
    with acting(table.danielle):
        actions.withdraw_consent(teresa, first, by=table.danielle, how=How.BY_PHONE)
    second = say_yes(teresa, table.danielle, table["ferry-street"])
    assert sees(table.marcus, teresa)
    with acting(table.danielle):
        kept = {consent.id: consent.revoked_at is not None for consent in facade.consents_of(teresa)}
    assert kept == {first: True, second: False}
    with acting(person_self(teresa)):
        words = [line.words for line in person_log(teresa)]
    assert words[:3] == [
        "Wrote down that you said yes to sharing.",
        "Stopped sharing, as you asked.",
        "Wrote down that you said yes to sharing.",
    ]


def test_the_least_goes_along(table: Table, teresa):
    """2-T12 at the door of the context."""
    with acting(table.danielle):
        who, how = facade.least_for(teresa, [NeedDomain.FOOD])
    assert (who.given, who.family, who.birth_date) == ("Teresa", "", None)
    assert how.name == "Teresa"
    with acting(table.marcus):
        assert facade.least_for(teresa, [NeedDomain.FOOD]) is None


SAFETY = {"topics": (NeedDomain.SAFETY,), "purposes": (Purpose.TREAT,)}
SAFETY_AT_HOME = Segment.DOMESTIC_VIOLENCE


@pytest.mark.parametrize("topic", [NeedDomain.SAFETY, NeedDomain.ELDER_ABUSE])
def test_a_safety_topic_takes_the_segment_of_safety_at_home(table: Table, teresa, topic):
    consent = say_yes(teresa, table.danielle, table["millrace"], **{**SAFETY, "topics": (topic,)})
    with acting(table.danielle.for_purpose(Purpose.TREAT)):
        (found,) = facade.consents_of(teresa)
    assert found.id == consent
    assert found.segments == (SAFETY_AT_HOME,)
    assert Law.VAWA in found.laws


def test_safety_is_never_asked_for_beside_another_topic(table: Table, teresa):
    both = {**SAFETY, "topics": (NeedDomain.FOOD, NeedDomain.SAFETY)}
    for segments in ((GENERAL,), (GENERAL, SAFETY_AT_HOME), (SAFETY_AT_HOME,)):
        with pytest.raises(BadInput) as caught:
            say_yes(teresa, table.danielle, table["millrace"], **both, segments=segments)
        assert caught.value.where == "consent.safety-apart"


def test_the_table_itself_keeps_no_safety_topic_among_everyday_things(table: Table, teresa):
    consent = say_yes(teresa, table.danielle, table["ferry-street"], topics=(NeedDomain.FOOD,))
    with acting(table.danielle):
        row = Consent.objects.get(id=consent)
    row.pk, row.topics = uuid4(), [NeedDomain.SAFETY.value]
    with pytest.raises(DatabaseError), transaction.atomic(), acting(table.danielle):
        row.save(force_insert=True)
