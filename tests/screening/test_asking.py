"""Asking a person: what is kept, in which rows, and who sees it."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, transaction
from django.utils.timezone import localdate

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.foundation.bus import when
from commonweal.kernel.answers import Answered
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.screening import actions, facade
from commonweal.screening.events import NeedRaised, ScreeningCompleted
from commonweal.screening.models import Answer, Determination, Need, Response
from commonweal.screening.queries import responses
from commonweal.screening.shapes import Given
from commonweal.screening.vocabulary import Mode, NeedStatus, Outcome, ResponseStatus, Result, Urgency, Wish

from .cast import herself

ALL_WELL = {
    "home": "own", "house": "nothing", "food": "enough", "travel": "yes", "utilities": "on",
    "money": "enough", "benefits": "none", "work": "fine", "children": "yes", "company": "yes",
}  # fmt: skip


def given(**answers: str | tuple[str, ...]) -> list[Given]:
    return [
        Given(link.replace("_", "."), (codes,) if isinstance(codes, str) else codes)
        for link, codes in answers.items()
    ]


def results(found) -> dict[NeedDomain, Result]:
    return {one.determination.domain: one.determination.result for one in found.findings}


def test_a_screening_is_begun_kept_half_and_finished(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines, language="es")
    actions.save(screening_id, given(food="short"), by=ines)
    actions.save(screening_id, given(travel="yes"), by=ines)
    assert {g.link_id: g.codes for g in responses.givens_of(screening_id)} == {
        "food": ("short",),
        "travel": ("yes",),
    }
    actions.finish(screening_id, given(utilities="off"), by=ines)
    found = responses.screening(screening_id)
    assert found.status is ResponseStatus.COMPLETED
    assert found.outcome is Outcome.PARTIAL
    assert results(found)[NeedDomain.FOOD] is Result.POSITIVE
    assert results(found)[NeedDomain.TRANSPORT] is Result.NEGATIVE
    assert results(found)[NeedDomain.WORK] is Result.NOT_ASSESSED


def test_what_nobody_asked_is_written_as_not_asked(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(
        screening_id, [Given("food", absent=Answered.UNABLE), *given(work="asked-declined")], by=ines
    )
    kept = {g.link_id: g.absent for g in responses.givens_of(screening_id)}
    assert kept["food"] is Answered.UNABLE
    assert kept["work"] is Answered.DECLINED
    assert kept["travel"] is Answered.NOT_ASKED
    assert "food.help" not in kept


def test_an_answer_that_a_later_one_hides_does_not_count(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.save(screening_id, given(food="short", food_help="yes"), by=ines)
    actions.finish(screening_id, given(food="enough"), by=ines)
    kept = {g.link_id: g for g in responses.givens_of(screening_id)}
    assert kept["food.help"].codes == ()
    assert facade.needs_of(stage.teresa) == []


def test_a_yes_in_the_form_raises_the_need_and_other_risks_stay_risks(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(
        screening_id,
        given(food="hungry", food_help="yes", travel="often-not", money="most-months", money_help="not-now"),
        by=ines,
    )
    (need,) = facade.needs_of(stage.teresa)
    assert (need.domain, need.status, need.urgency) == (NeedDomain.FOOD, NeedStatus.OPEN, Urgency.URGENT)
    assert need.screening_id == screening_id
    wishes = {f.determination.domain: f.wish for f in responses.screening(screening_id).findings}
    assert wishes[NeedDomain.FOOD] is Wish.YES
    assert wishes[NeedDomain.MONEY] is Wish.NOT_NOW
    assert wishes[NeedDomain.TRANSPORT] is None


def test_the_wish_can_be_asked_later(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(screening_id, given(travel="often-not", food="short"), by=ines)
    assert facade.needs_of(stage.teresa) == []
    found = {f.determination.domain: f.id for f in responses.screening(screening_id).findings}
    raised = actions.record_wishes(
        screening_id, {found[NeedDomain.TRANSPORT]: Wish.YES, found[NeedDomain.FOOD]: Wish.HAVE_HELP}, by=ines
    )
    assert [n.id for n in facade.needs_of(stage.teresa)] == raised
    assert facade.needs(raised)[raised[0]].domain is NeedDomain.TRANSPORT


def test_a_wish_about_no_risk_raises_nothing(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(screening_id, given(**ALL_WELL), by=ines)
    found = responses.screening(screening_id)
    assert found.outcome is Outcome.COMPLETE
    actions.record_wishes(screening_id, {f.id: Wish.YES for f in found.findings}, by=ines)
    assert facade.needs_of(stage.teresa) == []


class TestSafety:
    """Answers about safety live in rows of their own, for treatment alone."""

    @pytest.fixture
    def screening_id(self, stage, ines):
        screening_id = actions.start(stage.teresa, by=ines)
        actions.finish(
            screening_id, given(food="short", safety="no", safety_help="yes", food_help="yes"), by=ines
        )
        return screening_id

    def test_rows_take_the_segment_of_the_question(self, stage, screening_id):
        with acting(stage.treating):
            segments = set(
                Answer.objects.filter(link_id__startswith="safety").values_list("segment", "data_class")
            )
            assert segments == {("domestic-violence", "D8")}
            assert Determination.objects.get(domain=NeedDomain.SAFETY).segment == "domestic-violence"
            assert Need.objects.get(domain=NeedDomain.SAFETY).segment == "domestic-violence"
            assert Response.objects.get(id=screening_id).segment == "general"

    def test_coordination_does_not_see_them(self, stage, screening_id):
        assert not Answer.objects.filter(segment="domestic-violence").exists()
        assert NeedDomain.SAFETY not in results(responses.screening(screening_id))
        assert [n.domain for n in facade.needs_of(stage.teresa)] == [NeedDomain.FOOD]

    def test_treatment_sees_them_and_calls_them_quiet(self, stage, screening_id):
        with acting(stage.treating):
            needs = {n.domain: n for n in facade.needs_of(stage.teresa)}
        assert needs[NeedDomain.SAFETY].is_quiet
        assert needs[NeedDomain.SAFETY].urgency is Urgency.URGENT
        assert not needs[NeedDomain.FOOD].is_quiet

    def test_the_persons_own_page_does_not_show_them(self, stage, screening_id):
        with acting(herself(stage.teresa)):
            assert [n.domain for n in facade.needs_of(stage.teresa)] == [NeedDomain.FOOD]
            assert NeedDomain.SAFETY not in results(responses.screening(screening_id))
            assert not any(g.link_id.startswith("safety") for g in responses.givens_of(screening_id))

    def test_no_count_holds_them(self, stage, screening_id):
        (fact,) = counted(stage)
        assert fact.assessed == {"food"}
        assert "violence" not in repr(fact)

    def test_another_partner_sees_nothing_in_any_purpose(self, stage, screening_id):
        for purpose in (Purpose.TREAT, Purpose.COORD):
            with acting(stage.marcus.for_purpose(purpose)):
                assert not Answer.objects.exists()
                assert facade.needs_of(stage.teresa) == []
                with pytest.raises(NotFound):
                    responses.screening(screening_id)

    def test_the_audit_does_not_say_what_about(self, stage, screening_id):
        from commonweal.foundation.audit import person_log

        with acting(herself(stage.teresa)):
            said = " ".join(f"{line}" for line in person_log(stage.teresa))
        assert "safety" not in said
        assert "violence" not in said


def test_whoever_may_not_keep_an_answer_does_not_lose_the_others(stage):
    """Part 2 staff may not write answers about safety: theirs are left out, the rest is kept."""
    staff = stage.colleague(Role.PART2_STAFF)
    with acting(staff):
        screening_id = actions.start(stage.teresa, by=staff)
        actions.finish(screening_id, given(food="short", safety="no"), by=staff)
        assert results(responses.screening(screening_id))[NeedDomain.FOOD] is Result.POSITIVE
    with acting(stage.treating):
        assert not Answer.objects.filter(segment=Segment.DOMESTIC_VIOLENCE.value).exists()
        assert not Determination.objects.filter(segment=Segment.DOMESTIC_VIOLENCE.value).exists()


def test_answers_that_cannot_be_taken_change_nothing(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.save(screening_id, given(food="short"), by=ines)
    for wrong in (given(food="lots"), given(weather="fine"), [Given("food", ("short", "enough"))]):
        with pytest.raises(BadInput):
            actions.save(screening_id, wrong, by=ines)
    assert [g.codes for g in responses.givens_of(screening_id)] == [("short",)]


def test_a_finished_screening_is_not_asked_again(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(screening_id, given(food="short"), by=ines)
    for act in (actions.save, actions.finish):
        with pytest.raises(Conflict):
            act(screening_id, given(food="enough"), by=ines)
    with pytest.raises(DatabaseError, match="stay as they were said"), transaction.atomic():
        Answer.objects.filter(response_id=screening_id).update(codes=["enough"])
    with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
        Determination.objects.filter(response_id=screening_id).update(result="negative")


def test_declining_to_be_asked_is_kept_as_its_own_fact(stage, ines):
    declined = actions.decline(stage.teresa, by=ines)
    unable = actions.decline(stage.harold, by=ines, unable=True)
    assert responses.screening(declined).outcome is Outcome.DECLINED
    assert responses.screening(unable).outcome is Outcome.UNABLE
    assert set(results(responses.screening(declined)).values()) <= {Result.INDETERMINATE}
    assert facade.last_screened([stage.teresa, stage.harold]) == {}


def test_a_mistake_is_kept_and_counted_no_more(stage, ines):
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(screening_id, given(food="short"), by=ines)
    with pytest.raises(BadInput):
        actions.mark_in_error(screening_id, " ", by=ines)
    actions.mark_in_error(screening_id, "These were Harold's answers", by=ines)
    assert facade.screenings_of(stage.teresa) == []
    assert counted(stage) == []
    assert responses.screening(screening_id).status is ResponseStatus.IN_ERROR


def test_paper_keeps_its_own_date_and_no_date_to_come(stage, ines):
    last_week = localdate(now()) - timedelta(days=7)
    screening_id = actions.start(stage.teresa, by=ines, mode=Mode.PAPER, asked_on=last_week)
    assert responses.screening(screening_id).asked_on == last_week
    with pytest.raises(BadInput):
        actions.start(stage.teresa, by=ines, mode=Mode.PAPER, asked_on=localdate(now()) + timedelta(days=2))


REFUSED_ROLES = [
    Role.SUPERVISOR, Role.COUNTY_WORKER, Role.ANALYST, Role.ORG_ADMIN, Role.PRIVACY_OFFICER,
    Role.BACKEND_SERVICE, Role.MEMBER,
]  # fmt: skip


@pytest.mark.parametrize("role", REFUSED_ROLES)
def test_only_those_whose_work_it_is_may_ask(stage, role):
    actor = stage.colleague(role)
    with acting(actor), pytest.raises(Refused):
        actions.start(stage.teresa, by=actor)


def test_nobody_asks_whom_they_cannot_see(stage):
    with acting(stage.marcus), pytest.raises(NotFound):
        actions.start(stage.teresa, by=stage.marcus)
    with acting(stage.marcus), pytest.raises(NotFound):
        facade.raise_need(stage.teresa, NeedDomain.FOOD, by=stage.marcus)


def test_the_events_say_what_happened(stage, ines, monkeypatch):
    from commonweal.foundation import bus

    heard: list[object] = []
    monkeypatch.setitem(bus._listeners, ScreeningCompleted, [heard.append])
    monkeypatch.setitem(bus._listeners, NeedRaised, [heard.append])
    assert when is bus.when
    screening_id = actions.start(stage.teresa, by=ines)
    actions.finish(screening_id, given(food="hungry", food_help="yes"), by=ines)
    raised, completed = heard
    assert isinstance(raised, NeedRaised)
    assert (raised.domain, raised.segment, raised.urgency) == (
        NeedDomain.FOOD,
        Segment.GENERAL,
        Urgency.URGENT,
    )
    assert isinstance(completed, ScreeningCompleted)
    assert completed.screening_id == screening_id


def test_counts_carry_tokens_and_not_persons(stage, ines):
    for person in (stage.teresa, stage.harold):
        screening_id = actions.start(person, by=ines)
        actions.finish(screening_id, given(**ALL_WELL), by=ines)
    first, again = counted(stage), counted(stage)
    assert {f.outcome for f in first} == {Outcome.COMPLETE}
    assert not {f.person for f in first} & {f.person for f in again}
    assert str(stage.teresa) not in repr(first)
    assert {f.person for f in counted(stage, "salt")} == {f.person for f in counted(stage, "salt")}


def counted(stage, salt=None):
    """What a measure may count of today's screenings."""
    counter = Actor(Role.BACKEND_SERVICE, Purpose.OPS, stage.ids["alder-commons"], name="Measures")
    today = localdate(now())
    with acting(counter):
        return list(facade.occasions(today, today + timedelta(days=1), now(), by=counter, salt=salt))


def test_the_public_and_the_analyst_read_nothing(stage, ines):
    actions.finish(actions.start(stage.teresa, by=ines), given(food="short"), by=ines)
    for actor in (Actor.public(), stage.colleague(Role.ANALYST, Purpose.RES)):
        with acting(actor):
            assert not Response.objects.exists()
            assert not Answer.objects.exists()
