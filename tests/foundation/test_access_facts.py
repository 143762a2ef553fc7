"""Who may say what about a person: nobody vouches for themselves (SECURITY P08, C12, C13, C15, W2)."""

import threading
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.db import DatabaseError, connection, transaction
from django.db.models.functions import Now
from tests.security.probe import administrator, probe_table

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.explain import explain
from commonweal.foundation.access.facts import (
    assign,
    confirm_consent,
    end_standing,
    knows,
    lift_restriction,
    record_consent,
    relate,
    restrict,
    revoke_consent,
    set_standing,
)
from commonweal.foundation.access.models import (
    AccessAssignment,
    AccessCase,
    AccessConsent,
    AccessGlass,
    AccessRelation,
    AccessRestriction,
    AccessStanding,
)
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment
from commonweal.kernel.errors import Refused

HOSPITAL, PANTRY, STRANGER = uuid4(), uuid4(), uuid4()
TABLE = "probe_facts"


def worker(partner: UUID, role: Role = Role.CASE_WORKER, purpose: Purpose = Purpose.COORD) -> Actor:
    return Actor(role, purpose, partner, ACCOUNTS.setdefault((partner, role), uuid4()), name="Worker")


ACCOUNTS: dict[tuple[UUID, Role], UUID] = {}


def herself(person: UUID) -> Actor:
    return Actor(Role.RESIDENT, Purpose.SELF, None, uuid4(), person, name="Teresa Aguilar")


@pytest.fixture
def teresa(db: None) -> UUID:
    """Known to the hospital, which holds one row about her; an agreement binds hospital and pantry."""
    probe_table(TABLE, DataClass.D4).close()
    person = uuid4()
    with acting(worker(HOSPITAL)), connection.cursor() as cursor:
        relate(person)
        cursor.execute(
            f"insert into {TABLE} (id, person_id, holder_id, data_class, topic)"
            " values (%s, %s, %s, 'D4', 'food')",
            [uuid4(), person, HOSPITAL],
        )
    return person


@pytest.fixture(scope="module", autouse=True)
def terms(django_db_setup: None):
    """What a mandate would have put into force; governance is not here to be tested."""
    with administrator() as admin, admin.transaction():
        admin.execute("set local session_replication_role = replica")
        for discloser, recipient in ((HOSPITAL, PANTRY), (PANTRY, HOSPITAL), (HOSPITAL, STRANGER)):
            admin.execute(
                "insert into access_terms (id, agreement_id, mandate_id, discloser_id, recipient_id,"
                " segment, purpose, starts_at) values (gen_random_uuid(), gen_random_uuid(),"
                " gen_random_uuid(), %s, %s,"
                " 'general', 'COORD', now() - interval '1 day')",
                [discloser, recipient],
            )
    yield
    with administrator() as admin:
        admin.execute("delete from access_terms where discloser_id = any(%s)", [[HOSPITAL, PANTRY, STRANGER]])


def sees(actor: Actor, person: UUID) -> bool:
    with acting(actor), connection.cursor() as cursor:
        cursor.execute(f"select count(*) from {TABLE} where person_id = %s", [person])
        return cursor.fetchone() == (1,)


def consent(person: UUID, recipient: UUID, discloser: UUID = HOSPITAL, **more: object) -> UUID:
    document = uuid4()
    values = {"segments": [Segment.GENERAL], "purposes": [Purpose.COORD], **more}
    record_consent(
        document_id=document, person_id=person, recipient_id=recipient, discloser_id=discloser, **values
    )
    return document


def test_a_stranger_cannot_claim_a_known_person(teresa: UUID) -> None:
    for role in Role:
        with acting(worker(STRANGER, role)):
            with pytest.raises(Refused):
                relate(teresa)
            assert not knows(teresa)
    with acting(worker(STRANGER)):
        relate(uuid4())  # someone new is someone new


def test_a_relation_is_not_written_by_hand(teresa: UUID) -> None:
    with acting(worker(STRANGER)), pytest.raises(DatabaseError), transaction.atomic():
        AccessRelation.objects.create(person_id=teresa, partner_id=STRANGER)


def test_a_stranger_cannot_say_that_she_agreed(teresa: UUID) -> None:
    for role in Role:
        for recipient in (STRANGER, PANTRY):
            with acting(worker(STRANGER, role)), pytest.raises(DatabaseError), transaction.atomic():
                consent(teresa, recipient)


def test_what_a_recipient_writes_down_for_itself_sleeps(teresa: UUID) -> None:
    """C12: the pantry knows her already, and writes down that the hospital may tell it more."""
    with acting(worker(HOSPITAL)):
        first = consent(teresa, PANTRY)
    with acting(worker(PANTRY)):
        relate(teresa)
    with acting(worker(HOSPITAL)):
        revoke_consent(first)
    assert not sees(worker(PANTRY), teresa)
    with acting(worker(PANTRY)):
        own = consent(teresa, PANTRY)
        assert AccessConsent.objects.get(document_id=own).confirmed_at is None
        with pytest.raises(Refused):
            confirm_consent(own)
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessConsent.objects.filter(document_id=own).update(confirmed_at=Now())
    assert not sees(worker(PANTRY), teresa)
    with acting(worker(PANTRY)):
        assert not explain(worker(PANTRY), teresa, DataClass.D4, holder_id=HOSPITAL, topic="food")
    with acting(worker(HOSPITAL)):
        assert confirm_consent(own) == 1
    assert sees(worker(PANTRY), teresa)


def test_she_confirms_it_herself(teresa: UUID) -> None:
    with acting(worker(HOSPITAL)):
        back = consent(teresa, HOSPITAL, discloser=PANTRY)
    with acting(herself(teresa)):
        assert confirm_consent(back) == 1


def test_what_she_says_herself_holds_at_once(teresa: UUID) -> None:
    with acting(herself(teresa)):
        consent(teresa, PANTRY)
    assert sees(worker(PANTRY), teresa)


def test_the_way_back_opens_when_the_other_side_receives_her(teresa: UUID) -> None:
    """One form, both ways: the hospital wrote it down; the pantry says its part by taking her in under it."""
    document = uuid4()
    with acting(worker(HOSPITAL)):
        for discloser, recipient in ((HOSPITAL, PANTRY), (PANTRY, HOSPITAL)):
            record_consent(
                document_id=document,
                person_id=teresa,
                recipient_id=recipient,
                discloser_id=discloser,
                segments=[Segment.GENERAL],
                purposes=[Purpose.COORD],
            )
        assert AccessConsent.objects.filter(document_id=document, confirmed_at=None).count() == 1
    with acting(worker(PANTRY)):
        relate(teresa)
        assert not AccessConsent.objects.filter(document_id=document, confirmed_at=None).exists()


def test_a_consent_is_what_it_was(teresa: UUID) -> None:
    with acting(worker(HOSPITAL)):
        document = consent(teresa, PANTRY, ends_at=None)
        for change in (
            {"recipient_id": STRANGER},
            {"segment": "hiv"},
            {"purpose": "TREAT"},
            {"topics": ["housing"]},
            {"person_id": uuid4()},
            {"recorded_by": PANTRY},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                AccessConsent.objects.filter(document_id=document).update(**change)
        revoke_consent(document)
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessConsent.objects.filter(document_id=document).update(revoked_at=None)
    assert not sees(worker(PANTRY), teresa)


def test_who_wrote_it_and_when_comes_from_the_context(teresa: UUID) -> None:
    with acting(worker(HOSPITAL)):
        row = AccessConsent.objects.create(
            person_id=teresa,
            recipient_id=HOSPITAL,
            segment="general",
            purpose="COORD",
            document_id=uuid4(),
            recorded_by=PANTRY,
            confirmed_at=Now(),
        )
        row.refresh_from_db()
        assert (row.recorded_by, row.confirmed_at) == (HOSPITAL, None)


def test_nothing_is_agreed_to_for_a_court(teresa: UUID) -> None:
    """C15: in the code and in the database."""
    with acting(worker(HOSPITAL)):
        with pytest.raises(Refused):
            consent(teresa, PANTRY, purposes=[Purpose.COORD, Purpose.LEGAL])
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessConsent.objects.create(
                person_id=teresa,
                recipient_id=PANTRY,
                segment="general",
                purpose="LEGAL",
                document_id=uuid4(),
            )


def test_whom_she_shut_out_neither_sees_it_nor_undoes_it(teresa: UUID) -> None:
    with acting(worker(HOSPITAL)):
        consent(teresa, PANTRY)
    with acting(worker(PANTRY)):
        relate(teresa)
    with acting(herself(teresa)):
        restrict(teresa, PANTRY)
        restrict(teresa, PANTRY)
        assert AccessRestriction.objects.count() == 1, "twice is once"
    assert not sees(worker(PANTRY), teresa)
    with acting(worker(PANTRY)):
        assert not AccessRestriction.objects.exists()
        lift_restriction(teresa, PANTRY)
        said = explain(worker(PANTRY), teresa, DataClass.D4, holder_id=HOSPITAL, topic="food")
        assert said.rule == "access.no-consent", "the same no as ever"
    assert not sees(worker(PANTRY), teresa)
    with acting(worker(HOSPITAL)):
        said = explain(worker(PANTRY), teresa, DataClass.D4, holder_id=HOSPITAL, topic="food")
        assert said.rule == "access.state.restricted", "who holds the row may know"
        lift_restriction(teresa, PANTRY)
    assert sees(worker(PANTRY), teresa)


def test_a_worker_can_close_the_own_partner_out(teresa: UUID) -> None:
    with acting(worker(HOSPITAL)):
        restrict(teresa, HOSPITAL)
    assert not sees(worker(HOSPITAL), teresa)


def test_explain_tells_a_stranger_nothing(teresa: UUID) -> None:
    """Whether she is known, has died or is mixed up with someone: the same as of an id that nobody has."""
    with acting(worker(HOSPITAL)):
        set_standing(teresa, "deceased")
    for actor in (worker(STRANGER), worker(STRANGER, Role.CLINICIAN, Purpose.TREAT)):
        with acting(actor):
            known = explain(actor, teresa, DataClass.D4, holder_id=HOSPITAL)
            absent = explain(actor, uuid4(), DataClass.D4, holder_id=HOSPITAL)
            assert known == absent
    with acting(worker(HOSPITAL)):
        end_standing(teresa, "deceased")


def test_nobody_assigns_themselves_to_someone_others_brought_in(teresa: UUID) -> None:
    colleague = Actor(Role.COUNTY_WORKER, Purpose.COORD, HOSPITAL, uuid4())
    writer = Actor(Role.CASE_WORKER, Purpose.COORD, HOSPITAL, colleague.account_id)
    assert not sees(colleague, teresa), "a county worker sees those assigned"
    with acting(writer):
        assign(teresa, writer.account_id)
    assert not sees(colleague, teresa)
    with acting(worker(HOSPITAL)):
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessAssignment.objects.filter(person_id=teresa).update(assigned_by=worker(HOSPITAL).account_id)
        AccessAssignment.objects.filter(person_id=teresa).update(ended_at=Now())
        assign(teresa, colleague.account_id)
    assert sees(colleague, teresa)


def test_who_brought_a_person_in_may_assign_themselves(db: None) -> None:
    me = Actor(Role.CASE_WORKER, Purpose.COORD, PANTRY, uuid4())
    person = uuid4()
    with acting(me), connection.cursor() as cursor:
        relate(person)
        assign(person, me.account_id)
        cursor.execute("select %s = any (guard.assigned())", [person])
        assert cursor.fetchone() == (True,)


def test_a_case_needs_a_second_person_who_works_there(teresa: UUID) -> None:
    officer = worker(HOSPITAL, Role.PRIVACY_OFFICER, Purpose.AUD)
    with acting(officer):
        for second in (None, officer.account_id, uuid4()):
            with pytest.raises(DatabaseError), transaction.atomic():
                AccessCase.objects.create(
                    number="7",
                    person_id=teresa,
                    partner_id=HOSPITAL,
                    account_id=officer.account_id,
                    second_account_id=second,
                )


def test_a_standing_ends_once_and_does_not_move(teresa: UUID) -> None:
    with acting(worker(HOSPITAL)):
        set_standing(teresa, "disputed")
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessStanding.objects.filter(person_id=teresa).update(person_id=uuid4())
        with pytest.raises(DatabaseError), transaction.atomic():
            AccessStanding.objects.filter(person_id=teresa).update(kind="of_age")
        end_standing(teresa, "disputed")
    with acting(worker(STRANGER)), pytest.raises(DatabaseError), transaction.atomic():
        set_standing(teresa, "deceased")


def clinician() -> Actor:
    return Actor(Role.CLINICIAN, Purpose.EMERG, HOSPITAL, uuid4())


def broken(actor: Actor, person: UUID, **more: object) -> AccessGlass:
    values = {
        "partner_id": actor.partner_id,
        "account_id": actor.account_id,
        "reason": "found unconscious",
        "ends_at": Now() + timedelta(minutes=30),
        **more,
    }
    return AccessGlass.objects.create(person_id=person, **values)


def test_broken_glass_cannot_be_stretched_backdated_or_reviewed_by_its_breaker(teresa: UUID) -> None:
    actor = clinician()
    with acting(actor):
        row = broken(actor, teresa, ends_at=Now() + timedelta(days=9), starts_at=Now() - timedelta(hours=3))
        row.refresh_from_db()
        assert row.ends_at - row.starts_at == timedelta(minutes=60)
        for change in (
            {"ends_at": Now() + timedelta(days=1)},
            {"reason": "another reason"},
            {"person_id": uuid4()},
            {"starts_at": Now() - timedelta(hours=3)},
            {"reviewed_at": Now(), "review": "all was well"},
        ):
            with pytest.raises(DatabaseError), transaction.atomic():
                AccessGlass.objects.filter(pk=row.pk).update(**change)


@pytest.mark.parametrize("reason", ["", "   ", "x", "\t\n          "])
def test_broken_glass_needs_a_reason_in_words(teresa: UUID, reason: str) -> None:
    actor = clinician()
    with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
        broken(actor, teresa, reason=reason)


def test_only_a_clinician_in_an_emergency_breaks_glass(teresa: UUID) -> None:
    for role in Role:
        for purpose in (Purpose.EMERG, Purpose.TREAT):
            if (role, purpose) == (Role.CLINICIAN, Purpose.EMERG):
                continue
            actor = Actor(role, purpose, HOSPITAL, uuid4())
            with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
                broken(actor, teresa)


@pytest.mark.django_db(transaction=True)
def test_five_times_an_hour_also_for_those_who_press_at_once(teresa: UUID) -> None:
    """C13: twelve at the same moment; five get through, and the next tries to look older than it is."""
    actor, through, stopped = clinician(), [], []

    def press() -> None:
        try:
            with acting(actor):
                through.append(broken(actor, uuid4()))
        except DatabaseError as refusal:
            stopped.append(refusal)
        finally:
            connection.close()

    presses = [threading.Thread(target=press) for _ in range(12)]
    for one in presses:
        one.start()
    for one in presses:
        one.join()
    assert (len(through), len(stopped)) == (5, 7)
    with acting(actor), pytest.raises(DatabaseError), transaction.atomic():
        broken(actor, uuid4(), starts_at=Now() - timedelta(hours=2))
