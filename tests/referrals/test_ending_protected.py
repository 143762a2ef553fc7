"""A withdrawn yes ends specially protected requests too: links shut, asker told, no word of which kind."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.facts import assign
from commonweal.foundation.access.vocabulary import DataClass, Purpose, Role, Segment
from commonweal.foundation.accounts.models import Account
from commonweal.foundation.audit import person_log
from commonweal.foundation.links.models import SignedLink
from commonweal.foundation.messages.models import Outbound
from commonweal.governance import actions as governance
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.people import actions as people
from commonweal.people.vocabulary import How
from commonweal.referrals import actions, tasks
from commonweal.referrals.actions import calendar
from commonweal.referrals.models import Referral, Task, TaskEvent
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Event, Status, Via
from commonweal.screening import facade as screening
from commonweal.screening.actions.needs import need_row
from commonweal.screening.vocabulary import Agreed, Urgency
from people.cast import _keeper, agree

from .world import CANARY, DV, FOOD, World, agree_one_way, herself, lay_world, token_of

HOLDER = "alder-general"
TELLING = (
    "substance",
    "part 2",
    "treatment",
    "protected",
    "violence",
    "safe",
    "harbor",
    "ferry",
    CANARY.lower(),
)


@pytest.fixture
def world(db: None) -> World:
    return lay_world()


@pytest.fixture
def staff(world: World) -> Actor:
    found = world.worker(HOLDER, Role.PART2_STAFF, Purpose.TREAT)
    with acting(world.danielle):
        assert found.account_id is not None
        assign(world.teresa, found.account_id)
    return found


@pytest.fixture
def terms(world: World) -> UUID:
    pair = (HOLDER, "ferry-street")
    return agree(world.table, *pair, segments=("substance-use",), purposes=("TREAT",))


def allow(world: World, *slugs: str) -> UUID:
    return world.consent(
        *slugs,
        segments=(Segment.SUBSTANCE_USE,),
        purposes=(Purpose.TREAT,),
        ends_at=now() + timedelta(days=90),
    )


def treatment_need(world: World, staff: Actor) -> UUID:
    with acting(staff):
        for need in screening.needs_of(world.teresa):
            if need.segment is Segment.SUBSTANCE_USE:
                return need.id
        row = need_row(
            world.teresa, NeedDomain.FOOD, holder_id=world.table[HOLDER], agreed=Agreed.SPOKEN,
            urgency=Urgency.ROUTINE, by=staff,
        )  # fmt: skip
        row.segment, row.data_class = Segment.SUBSTANCE_USE.value, DataClass.D6.value
        row.save(force_insert=True)
    return row.pk


def send(world: World, staff: Actor, slug: str) -> UUID:
    need = treatment_need(world, staff)
    with acting(staff):
        return actions.ask(need, [world.services[slug]], by=staff, ask=FOOD)


def stop(world: World, consent: UUID) -> None:
    with acting(herself(world.teresa)) as teresa:
        people.withdraw_consent(world.teresa, consent, by=teresa, how=How.OWN_PAGE)


def mails_to(world: World, account_id: UUID | None) -> list[Outbound]:
    """That sharing has ended."""
    email = Account.objects.get(pk=account_id).email
    with acting(actions.program_of(world.table[HOLDER])):
        return list(Outbound.objects.filter(to=email, subject="Sharing has ended for a request"))


def test_the_request_ends_its_link_is_shut_and_who_asked_is_told(
    world: World, staff: Actor, terms: UUID
) -> None:
    consent = allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    token = token_of(world)
    stop(world, consent)
    task = world.task(sending, by=staff)
    assert (task.status, task.reason) == (Status.CANCELLED, "consent-ended")
    assert task.consent_ended_at is not None
    assert task.ended_at is not None
    assert task.look_at is None
    assert task.referral.ended_at is not None
    assert not SignedLink.objects.filter(subject_id=sending, closed_at__isnull=True).exists()
    assert Client().get(f"/r/{token}/").status_code == 404
    with acting(staff):
        last = TaskEvent.objects.filter(task_id=sending).latest("seq")
    assert (last.kind, last.seq, last.via) == (Event.CONSENT_ENDED, task.event_count, Via.SYSTEM)
    assert len(mails_to(world, staff.account_id)) == 1


def test_the_mail_is_the_same_as_for_an_everyday_request(world: World, staff: Actor, terms: UUID) -> None:
    everyday = world.consent("ferry-street")
    plain = world.ask(domain=NeedDomain.TRANSPORT)
    stop(world, everyday)
    consent = allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    stop(world, consent)
    (usual,) = mails_to(world, world.danielle.account_id)
    (special,) = mails_to(world, staff.account_id)
    ids = [str(world.task(t, by=by).referral_id) for t, by in ((plain, world.danielle), (sending, staff))]
    assert special.subject == usual.subject
    assert special.text.replace(ids[1], ids[0]) == usual.text
    assert not [word for word in TELLING if word in (special.subject + special.text).lower()]
    assert CANARY not in special.text


def test_a_request_to_a_safe_house_ends_as_well(world: World) -> None:
    agree_one_way(world.table, HOLDER, "safe-harbor", (DV, Segment.GENERAL), Purpose.TREAT)
    say = {"segments": (DV, Segment.GENERAL), "purposes": (Purpose.TREAT,)}
    consent = world.consent("safe-harbor", **say)
    need = world.need(domain=NeedDomain.HOUSING)
    with acting(world.danielle.for_purpose(Purpose.TREAT)) as by:
        sending = actions.ask(need, [world.services["safe-harbor"]], by=by, ask=Ask("A safe room"))
    stop(world, consent)
    task = world.task(sending, by=world.danielle.for_purpose(Purpose.TREAT))
    assert (task.status, task.reason) == (Status.CANCELLED, "consent-ended")
    (mail,) = mails_to(world, world.danielle.account_id)
    assert not [word for word in TELLING if word in (mail.subject + mail.text).lower()]


def test_the_persons_log_says_it_and_names_no_segment(world: World, staff: Actor, terms: UUID) -> None:
    consent = allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    stop(world, consent)
    with acting(herself(world.teresa)):
        lines = [line for line in person_log(world.teresa) if line.because == "referral.consent-ended"]
    assert [(line.words, line.subject_id) for line in lines] == [
        ("Stopped a request, as you asked.", str(sending))
    ]


def test_work_under_way_stays_and_shows_nothing_more(world: World, staff: Actor, terms: UUID) -> None:
    consent = allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    with acting(staff):
        actions.accept(sending, by=staff, how=actions.How(Via.PHONE))
    stop(world, consent)
    task = world.task(sending, by=staff)
    assert task.status == Status.ACCEPTED
    assert task.consent_ended_at is not None
    assert (task.look_at, task.late_at, task.ended_at) == (None, None, None)
    assert len(mails_to(world, staff.account_id)) == 1


def test_what_another_form_still_allows_goes_on(world: World, staff: Actor, terms: UUID) -> None:
    consent = allow(world, "ferry-street")
    allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    stop(world, consent)
    assert world.task(sending, by=staff).status == Status.REQUESTED
    assert mails_to(world, staff.account_id) == []


def test_of_several_it_ends_with_the_last_that_may_see_it(world: World) -> None:
    agree(world.table, HOLDER, "ferry-street", "millrace", segments=("hiv",), purposes=("TREAT",))
    say = {"segments": (Segment.HIV,), "purposes": (Purpose.TREAT,)}
    consents = [world.consent(slug, **say) for slug in ("ferry-street", "millrace")]
    by = world.worker(HOLDER, Role.CLINICIAN, Purpose.TREAT)
    with acting(by):
        row = need_row(
            world.teresa, NeedDomain.FOOD, holder_id=world.table[HOLDER], agreed=Agreed.SPOKEN,
            urgency=Urgency.ROUTINE, by=by,
        )  # fmt: skip
        row.segment, row.data_class = Segment.HIV.value, DataClass.D8.value
        row.save(force_insert=True)
        services = [world.services[slug] for slug in ("ferry-street", "millrace")]
        sending = actions.ask(row.pk, services, by=by, ask=FOOD)
    stop(world, consents[0])
    assert world.task(sending, by=by).status == Status.REQUESTED
    stop(world, consents[1])
    assert world.task(sending, by=by).status == Status.CANCELLED


def test_it_ends_with_the_agreement_too(world: World, staff: Actor, terms: UUID) -> None:
    allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    keeper = _keeper(world.table)
    with acting(keeper):
        governance.withdraw(terms, by=keeper, why="The Table thinks again.")
    tasks.sweep()
    assert world.task(sending, by=staff).status == Status.CANCELLED


@pytest.mark.parametrize("what", ["shut out", "mixed up"])
def test_it_ends_when_the_person_shuts_the_service_out_or_may_be_mixed_up(
    world: World, staff: Actor, terms: UUID, what: str
) -> None:
    allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    if what == "shut out":
        with acting(herself(world.teresa)) as teresa:
            people.restrict(world.teresa, world.table["ferry-street"], by=teresa)
    else:
        with acting(world.danielle) as by:
            people.dispute(world.teresa, by=by)
            people.settle_dispute(world.teresa, by=by)
    assert world.task(sending, by=staff).status == Status.CANCELLED


def test_shutting_a_service_out_ends_an_everyday_request_as_well(world: World) -> None:
    world.consent("ferry-street")
    sending = world.ask()
    with acting(herself(world.teresa)) as teresa:
        people.restrict(world.teresa, world.table["ferry-street"], by=teresa)
    assert world.task(sending).status == Status.CANCELLED


def test_told_twice_it_ends_once(world: World, staff: Actor, terms: UUID) -> None:
    consent = allow(world, "ferry-street")
    send(world, staff, "ferry-street")
    stop(world, consent)
    assert calendar.end_shared(world.table[HOLDER], world.teresa) == 0
    assert len(mails_to(world, staff.account_id)) == 1


# ── Nobody reads more than before ──────────────────────────────────────────────────────────────────
END = "select * from guard.end_protected(null, now(), 'x', 'y')"


def run(statement: str) -> list[tuple[object, ...]]:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall()


def test_the_program_sees_no_protected_request_before_or_after(
    world: World, staff: Actor, terms: UUID
) -> None:
    consent = allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    program = actions.program_of(world.table[HOLDER])
    for before in (True, False):
        with acting(program):
            for model in (Task, Referral, TaskEvent):
                assert not model.objects.exists()
            assert Task.objects.filter(pk=sending).update(status="cancelled") == 0
        if before:
            stop(world, consent)


def test_only_the_program_of_who_asked_ends_it_and_only_where_nobody_may_see_it(
    world: World, staff: Actor, terms: UUID
) -> None:
    allow(world, "ferry-street")
    sending = send(world, staff, "ferry-street")
    for actor in (world.marcus, world.danielle, staff, Actor.public(), herself(world.teresa)):
        with acting(actor), pytest.raises(DatabaseError):
            run(END)
    for partner in (HOLDER, "ferry-street", "northbank-rides"):
        with acting(actions.program_of(world.table[partner])):
            assert run(END) == [], partner
    assert world.task(sending, by=staff).status == Status.REQUESTED


def test_the_owners_eyes_open_for_this_act_alone(world: World, staff: Actor, terms: UUID) -> None:
    """What other functions of the owner count or show is as before: none of them finds a protected row."""
    allow(world, "ferry-street")
    send(world, staff, "ferry-street")
    with acting(actions.program_of(world.table["ferry-street"])):
        assert run("select guard.may_end_protected()") == [(True,)]
        assert run("select count(*) from referrals_task") == [(0,)]
