"""What happens to a referral, through its acts."""

from uuid import UUID

import pytest

from commonweal.directory import facade as directory
from commonweal.foundation.access import acting
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.messages.models import Outbound
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.ids import new_id
from commonweal.referrals import actions
from commonweal.referrals.actions import How, Wishes
from commonweal.referrals.models import BurdenEntry, Candidate, Gap, PersonAnswer, Task, TaskEvent, UnmetNeed
from commonweal.referrals.shapes import Ask
from commonweal.referrals.vocabulary import Event, Helped, OutcomeCode, Provenance, Status, Via
from commonweal.screening import facade as screening
from commonweal.screening.vocabulary import NeedStatus

from .world import World, herself


def kinds(world: World, task_id: UUID) -> list[str]:
    with acting(world.danielle):
        return list(TaskEvent.objects.filter(task_id=task_id).order_by("seq").values_list("kind", flat=True))


def need_status(world: World, need_id: UUID) -> NeedStatus:
    with acting(world.danielle):
        return screening.needs([need_id])[need_id].status


@pytest.fixture
def sent(world: World) -> UUID:
    """Danielle asks the pantry for Teresa, who allows it."""
    world.consent("ferry-street")
    return world.ask()


# ── The loop ───────────────────────────────────────────────────────────────────────────────────────
def test_finished_is_not_met_only_the_person_says_so(world: World, sent: UUID) -> None:
    need = world.need()
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        assert need_status(world, need) is NeedStatus.BEING_HELPED
        actions.start(sent, by=marcus)
        actions.complete(sent, OutcomeCode.RECEIVED_FULL, by=marcus)
    assert world.task(sent).status == Status.COMPLETED
    assert need_status(world, need) is NeedStatus.BEING_HELPED
    with acting(herself(world.teresa)) as teresa:
        actions.record_answer(sent, Helped.SOME, by=teresa)
    assert need_status(world, need) is NeedStatus.BEING_HELPED
    with acting(herself(world.teresa)) as teresa:
        actions.record_answer(sent, Helped.YES, by=teresa)
    assert need_status(world, need) is NeedStatus.MET
    assert kinds(world, sent) == ["drafted", "sent", "accepted", "started", "completed"]


def test_a_no_later_opens_the_need_again(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
    for helped, expected in ((Helped.YES, NeedStatus.MET), (Helped.NO, NeedStatus.OPEN)):
        with acting(herself(world.teresa)) as teresa:
            actions.record_answer(sent, helped, by=teresa)
        assert need_status(world, world.need()) is expected


def test_a_draft_leaves_nothing_and_can_be_sent_later(world: World) -> None:
    with acting(world.danielle) as by:
        task_id = actions.draft(world.need(), [world.services["ferry-street"]], by=by, ask=Ask("Food"))
        assert Outbound.objects.count() == 0
        with pytest.raises(Refused) as refused:
            actions.send(task_id, by=by)
    assert refused.value.verdict.rule == "access.no-consent"
    world.consent("ferry-street")
    with acting(world.danielle) as by:
        actions.send(task_id, by=by)
    assert world.task(task_id).status == Status.REQUESTED


def test_without_the_persons_yes_nothing_is_sent_and_nothing_is_kept(world: World) -> None:
    with pytest.raises(Refused) as refused:
        world.ask()
    verdict = refused.value.verdict
    assert verdict.rule == "access.no-consent"
    assert "Teresa" in verdict.words
    assert verdict.cure
    with acting(world.danielle):
        assert Task.objects.count() == 0
        assert Outbound.objects.count() == 0


def test_a_consent_for_food_does_not_send_a_ride(world: World) -> None:
    world.consent("northbank-rides", topics=(NeedDomain.FOOD,))
    with pytest.raises(Refused):
        world.ask("northbank-rides", domain=NeedDomain.TRANSPORT)
    world.consent("northbank-rides", topics=(NeedDomain.TRANSPORT,))
    assert world.ask("northbank-rides", domain=NeedDomain.TRANSPORT)


def test_a_closed_need_is_not_asked_about(world: World, sent: UUID) -> None:
    with acting(world.danielle) as by:
        screening.set_need_status(world.need(), NeedStatus.WITHDRAWN, by=by, reason="She said no.")
        with pytest.raises(Refused) as refused:
            actions.ask(world.task(sent).need_id, [world.services["ferry-street"]], by=by, ask=Ask("Food"))
    assert refused.value.verdict.rule == "referral.need.closed"


# ── Answers and what follows ───────────────────────────────────────────────────────────────────────
def test_a_no_with_no_funds_becomes_a_gap_and_another_service_is_a_new_sending(
    world: World, sent: UUID
) -> None:
    with acting(world.marcus) as marcus:
        actions.decline(sent, "no-funds", by=marcus, instead="Hope Street Church")
    task = world.task(sent)
    assert (task.status, task.reason) == (Status.REJECTED, "no-funds")
    assert Gap.objects.get().reason == "no-funds"
    with acting(world.danielle):
        assert UnmetNeed.objects.get().place == "Ferry Street area"
    world.consent("northbank-rides")
    with acting(world.danielle) as by:
        again = actions.ask_another(task.referral_id, [world.services["northbank-rides"]], by=by)
    assert world.task(again).referral_id == task.referral_id
    assert world.task(again).number == 2
    assert world.task(sent).status == Status.REJECTED


def test_full_shows_in_the_directory_and_the_next_one_is_told_before_asking(world: World, sent: UUID) -> None:
    service = world.services["ferry-street"]
    with acting(world.marcus) as marcus:
        actions.report_full(sent, "1w", by=marcus)
    assert directory.capacity(service).state == "closed"
    assert world.task(sent).reason == "full"
    with pytest.raises(Refused) as refused:
        world.ask("ferry-street", person_id=world.harold)
    assert refused.value.verdict.rule == "referral.service.full"
    world.consent("ferry-street", person_id=world.harold)
    assert world.ask("ferry-street", person_id=world.harold, wishes=Wishes(wants_waitlist=True))


def test_could_not_help_after_a_yes_opens_the_need_again(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        with pytest.raises(Refused) as refused:
            actions.decline(sent, "no-funds", by=marcus)
        assert refused.value.verdict.rule == "referral.move.not-legal"
        actions.could_not_help(sent, "no-one-reached", by=marcus)
    task = world.task(sent)
    assert (task.status, task.outcome) == (Status.FAILED, "unable-to-contact")
    assert need_status(world, world.need()) is NeedStatus.OPEN


@pytest.mark.parametrize(
    "act",
    [
        lambda t, by: actions.decline(t, "because", by=by),
        lambda t, by: actions.decline(t, "no-one-reached", by=by),
        lambda t, by: actions.report_full(t, "soon", by=by),
        lambda t, by: actions.ask_question(t, "  ", by=by),
        lambda t, by: actions.suggest(t, "", by=by),
    ],
)
def test_an_answer_that_says_nothing_is_not_kept(world: World, sent: UUID, act) -> None:
    with acting(world.marcus) as marcus, pytest.raises(BadInput):
        act(sent, marcus)
    assert world.task(sent).status == Status.REQUESTED


def test_the_persons_own_choice_is_no_bounce_and_no_gap(world: World, sent: UUID) -> None:
    with acting(herself(world.teresa)) as teresa:
        actions.withdraw_wish(sent, by=teresa)
    assert world.task(sent).reason == "person-declined"
    assert need_status(world, world.task(sent).need_id) is NeedStatus.WITHDRAWN
    assert not Gap.objects.exists()


def test_nobody_is_left_to_ask(world: World, sent: UUID) -> None:
    with acting(world.danielle) as by, pytest.raises(Refused):
        actions.could_not_be_met(sent, by=by)
    with acting(world.marcus) as marcus:
        actions.decline(sent, "not-eligible", by=marcus)
    with acting(world.danielle) as by:
        actions.could_not_be_met(sent, by=by)
    assert need_status(world, world.task(sent).need_id) is NeedStatus.UNMET


# ── Who may ────────────────────────────────────────────────────────────────────────────────────────
def test_only_the_asked_service_answers_and_strangers_see_nothing(world: World, sent: UUID) -> None:
    with acting(world.danielle) as by, pytest.raises(Refused) as refused:
        actions.accept(sent, by=by)
    assert refused.value.verdict.rule == "referral.move.not-yours"
    with acting(world.rides) as rides, pytest.raises(NotFound):
        actions.accept(sent, by=rides)
    world.consent("northbank-rides")  # sees Teresa's food now, but was not asked
    with acting(world.rides) as rides, pytest.raises(NotFound):
        actions.accept(sent, by=rides)


def test_a_supervisor_reads_and_does_not_act(world: World, sent: UUID) -> None:
    with acting(world.worker("ferry-street", Role.SUPERVISOR)) as boss, pytest.raises(NotFound):
        actions.accept(sent, by=boss)


def test_the_asker_may_write_down_what_the_service_said_by_phone(world: World, sent: UUID) -> None:
    with acting(world.danielle) as by:
        actions.accept(sent, by=by, how=How(Via.PHONE))
        line = TaskEvent.objects.get(task_id=sent, kind=Event.ACCEPTED)
        assert (line.via, line.by_name) == ("phone", "Danielle Whitfield")
    assert world.task(sent).status == Status.ACCEPTED


def test_the_service_never_writes_down_whether_it_helped_and_never_reads_it(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        with pytest.raises(Refused) as refused:
            actions.record_answer(sent, Helped.YES, by=marcus, provenance=Provenance.PHONE)
        assert refused.value.verdict.rule == "referral.answer.target"
    with acting(world.danielle) as by:
        actions.record_answer(sent, Helped.NO, by=by, provenance=Provenance.PHONE, words="Too heavy.")
        kept = PersonAnswer.objects.get()
        assert (kept.taken_by, kept.provenance) == ("Danielle Whitfield", "phone")
    with acting(world.marcus):
        assert PersonAnswer.objects.count() == 0


def test_what_happened_stays_written(world: World, sent: UUID) -> None:
    from django.db import DatabaseError, transaction

    with acting(world.danielle), pytest.raises(DatabaseError), transaction.atomic():
        TaskEvent.objects.filter(task_id=sent).update(words="otherwise")


# ── Consent ends ───────────────────────────────────────────────────────────────────────────────────
def test_when_the_person_stops_the_service_sees_nothing_the_asker_knows_and_the_link_is_shut(
    world: World,
) -> None:
    from commonweal.foundation.links.models import SignedLink
    from commonweal.people import actions as people_actions
    from commonweal.people.vocabulary import How as ConsentHow

    consent = world.consent("ferry-street")
    task_id = world.ask()
    with acting(herself(world.teresa)) as teresa:
        people_actions.withdraw_consent(world.teresa, consent, by=teresa, how=ConsentHow.OWN_PAGE)
    task = world.task(task_id)
    assert (task.status, task.reason) == (Status.CANCELLED, "consent-ended")
    assert task.consent_ended_at is not None
    assert not SignedLink.objects.filter(subject_id=task_id, closed_at__isnull=True).exists()
    with acting(world.marcus) as marcus:
        assert not Task.objects.filter(pk=task_id).exists()
        with pytest.raises(NotFound):
            actions.accept(task_id, by=marcus)


def test_work_under_way_stays_with_the_service_but_shows_nothing_more(world: World) -> None:
    from commonweal.people import actions as people_actions
    from commonweal.people.vocabulary import How as ConsentHow

    consent = world.consent("ferry-street")
    task_id = world.ask()
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
    with acting(world.danielle) as by:
        people_actions.withdraw_consent(world.teresa, consent, by=by, how=ConsentHow.BY_PHONE)
    assert world.task(task_id).status == Status.ACCEPTED
    assert world.task(task_id).consent_ended_at is not None
    with acting(world.marcus):
        assert not Task.objects.filter(pk=task_id).exists()


# ── Double clicks, several at once ─────────────────────────────────────────────────────────────────
def test_the_same_click_twice_happens_once(world: World) -> None:
    world.consent("ferry-street")
    click = How(intent=new_id())
    first = world.ask(how=click)
    assert world.ask(how=click) == first
    answer = How(intent=new_id())
    for _ in range(2):
        with acting(world.marcus) as marcus:
            actions.accept(first, by=marcus, how=answer)
    said = How(intent=new_id())
    for _ in range(2):
        with acting(herself(world.teresa)) as teresa:
            actions.record_answer(first, Helped.SOME, by=teresa, how=said)
    with acting(world.danielle):
        assert Task.objects.count() == 1
        assert PersonAnswer.objects.count() == 1
    assert kinds(world, first).count("accepted") == 1
    assert kinds(world, first).count("sent") == 1


def test_an_open_request_goes_to_the_first_that_says_yes(world: World) -> None:
    world.consent("ferry-street", "northbank-rides")
    task_id = world.ask("ferry-street", "northbank-rides")
    assert world.task(task_id).owner_id is None
    with acting(world.rides) as rides:
        actions.accept(task_id, by=rides)
    with acting(world.marcus) as marcus, pytest.raises(Conflict):
        actions.accept(task_id, by=marcus)
    task = world.task(task_id)
    assert task.owner_id == world.table["northbank-rides"]
    assert kinds(world, task_id) == ["drafted", "sent", "claimed", "accepted"]


def test_an_open_request_is_refused_when_the_last_one_says_no(world: World) -> None:
    world.consent("ferry-street", "northbank-rides")
    task_id = world.ask("ferry-street", "northbank-rides")
    with acting(world.marcus) as marcus:
        actions.decline(task_id, "no-funds", by=marcus)
    assert world.task(task_id).status == Status.REQUESTED
    with acting(world.marcus) as marcus, pytest.raises(Conflict):
        actions.accept(task_id, by=marcus)
    with acting(world.rides) as rides:
        actions.decline(task_id, "outside-area", by=rides)
    assert world.task(task_id).status == Status.REJECTED
    with acting(world.danielle):
        assert Candidate.objects.filter(task_id=task_id, declined_at=None).count() == 1


# ── Words, contact, burden, handoff ────────────────────────────────────────────────────────────────
def test_free_words_carry_no_protected_fact_and_no_name(world: World) -> None:
    world.consent("ferry-street")
    for words, rule in (
        ("She is on methadone", "referral.words.segment"),
        ("Teresa needs food", "referral.words.name"),
        ("call 541-555-0118", "referral.words.number"),
    ):
        with pytest.raises(Refused) as refused:
            world.ask(ask=Ask(words))
        assert refused.value.verdict.rule == rule
    task_id = world.ask()
    with acting(world.marcus) as marcus, pytest.raises(Refused):
        actions.ask_question(task_id, "Is she HIV positive?", by=marcus)


def test_minutes_are_counted_for_the_service_and_not_for_the_asker(world: World, sent: UUID) -> None:
    assert not BurdenEntry.objects.exists()
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        actions.start(sent, by=marcus)
    assert {e.act for e in BurdenEntry.objects.filter(partner_id=world.table["ferry-street"])} == {
        "read",
        "answer",
        "start",
    }
    assert BurdenEntry.objects.count() == 3


def test_a_warm_handoff_names_who_receives_and_the_person_confirms_it(world: World) -> None:
    from commonweal.kernel.clock import now

    world.consent("ferry-street")
    task_id = world.ask(wishes=Wishes(warm_handoff=True, handoff_to="Marcus Odom"))
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
        actions.plan_handoff(task_id, "Marcus Odom", by=marcus, met_at=now())
    with acting(herself(world.teresa)) as teresa:
        actions.confirm_handoff(task_id, by=teresa)
        actions.confirm_handoff(task_id, by=teresa)
    task = world.task(task_id)
    assert task.handoff_at
    assert task.handoff_confirmed_at
    assert kinds(world, task_id).count("person-confirmed") == 1


def test_contact_prohibited_silences_every_way_to_the_person(world: World) -> None:
    world.consent("ferry-street")
    task_id = world.ask(wishes=Wishes(contact_prohibited=True))
    with acting(world.marcus) as marcus:
        actions.accept(task_id, by=marcus)
        actions.start(task_id, by=marcus)
        actions.complete(task_id, OutcomeCode.RECEIVED_FULL, by=marcus)
    program = actions.program_of(world.table["alder-general"])
    with acting(program):
        assert actions.ask_person(task_id, by=program) is False
        assert not Outbound.objects.filter(channel="sms").exists()


def test_the_person_is_asked_once_by_a_text_that_says_nothing(world: World, sent: UUID) -> None:
    with acting(world.marcus) as marcus:
        actions.accept(sent, by=marcus)
        actions.complete(sent, OutcomeCode.RECEIVED_FULL, by=marcus)
    program = actions.program_of(world.table["alder-general"])
    with acting(program):
        assert actions.ask_person(sent, by=program) is True
        assert actions.ask_person(sent, by=program) is False
        text = Outbound.objects.get(channel="sms")
    assert "555" not in text.text
    assert "Ferry" not in text.text
    assert "comida" not in text.text
    assert "/r/said/" in text.text


def test_one_day_one_reminder(world: World, sent: UUID) -> None:
    with acting(world.danielle) as by:
        actions.remind(sent, by=by)
        with pytest.raises(Refused) as refused:
            actions.remind(sent, by=by)
    assert refused.value.verdict.rule == "referral.remind.today"
