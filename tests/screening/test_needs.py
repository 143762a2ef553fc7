"""Needs: raised by the person's word, moved on with reasons, one at a time."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, IntegrityError, transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role, Segment
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.screening import facade
from commonweal.screening.access import hides
from commonweal.screening.models import Need, NeedMove
from commonweal.screening.vocabulary import Agreed, NeedStatus, Urgency

from .cast import agree_and_consent


def test_a_need_can_be_raised_without_a_screening(stage, ines):
    need_id = facade.raise_need(stage.teresa, NeedDomain.CHILDCARE, by=ines, agreed=Agreed.SPOKEN)
    need = facade.needs([need_id])[need_id]
    assert (need.domain, need.status, need.segment) == (
        NeedDomain.CHILDCARE,
        NeedStatus.OPEN,
        Segment.GENERAL,
    )
    (first,) = facade.moves_of(need_id)
    assert (first.before, first.after, first.by_name) == (None, NeedStatus.OPEN, "Inés Valdivia")


def test_the_same_need_is_not_raised_twice_but_may_become_urgent(stage, ines):
    first = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=ines)
    again = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=ines, urgency=Urgency.URGENT)
    assert first == again
    assert facade.needs([first])[first].urgency is Urgency.URGENT
    facade.set_need_status(first, NeedStatus.MET, by=ines)
    assert facade.raise_need(stage.teresa, NeedDomain.FOOD, by=ines) != first


def test_the_database_holds_one_live_need_a_domain(stage, ines):
    need_id = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=ines)
    twin = Need.objects.get(id=need_id)
    twin.pk = None
    twin._state.adding = True
    with pytest.raises(IntegrityError), transaction.atomic():
        Need.objects.create(
            person_id=twin.person_id, holder_id=twin.holder_id, topic=twin.topic, domain=twin.domain,
            wanted_at=twin.wanted_at, status_since=twin.status_since, agreed=twin.agreed,
        )  # fmt: skip


def test_a_need_moves_and_remembers(stage, ines):
    need_id = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=ines, wanted_at=now() - timedelta(days=9))
    two_days_ago = now() - timedelta(days=2)
    facade.set_need_status(need_id, NeedStatus.BEING_HELPED, by=ines, occurred_at=two_days_ago)
    facade.set_need_status(need_id, NeedStatus.BEING_HELPED, by=ines)
    facade.set_need_status(need_id, NeedStatus.UNMET, by=ines, reason="no place until January")
    assert [(m.before, m.after, m.reason) for m in facade.moves_of(need_id)] == [
        (None, NeedStatus.OPEN, ""),
        (NeedStatus.OPEN, NeedStatus.BEING_HELPED, ""),
        (NeedStatus.BEING_HELPED, NeedStatus.UNMET, "no place until January"),
    ]
    assert facade.moves_of(need_id)[1].occurred_at == two_days_ago
    with pytest.raises(DatabaseError, match="stays written"), transaction.atomic():
        NeedMove.objects.filter(need_id=need_id).update(reason="")


def test_moves_that_the_rules_refuse_change_nothing(stage, ines):
    need_id = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=ines)
    with pytest.raises(Refused) as caught:
        facade.set_need_status(need_id, NeedStatus.WITHDRAWN, by=ines)
    assert caught.value.verdict.rule == "need.move.no-reason"
    with pytest.raises(BadInput):
        facade.set_need_status(need_id, NeedStatus.MET, by=ines, occurred_at=now() + timedelta(hours=1))
    assert facade.needs([need_id])[need_id].status is NeedStatus.OPEN
    assert len(facade.moves_of(need_id)) == 1


def test_needs_come_in_batches_with_a_fixed_number_of_queries(stage, ines, django_assert_num_queries):
    for person in (stage.teresa, stage.harold):
        for domain in (NeedDomain.FOOD, NeedDomain.WORK, NeedDomain.TRANSPORT):
            facade.raise_need(person, domain, by=ines)
    with django_assert_num_queries(1):
        found = facade.needs_of_many([stage.teresa, stage.harold])
    assert {person: len(needs) for person, needs in found.items()} == {stage.teresa: 3, stage.harold: 3}


def test_a_need_about_safety_is_raised_and_moved_quietly(stage, ines):
    need_id = facade.raise_need(stage.teresa, NeedDomain.SAFETY, by=ines)
    assert facade.needs([need_id]) == {}
    facade.set_need_status(need_id, NeedStatus.BEING_HELPED, by=ines)
    assert facade.needs([need_id]) == {}
    with acting(stage.treating):
        assert facade.needs([need_id])[need_id].status is NeedStatus.BEING_HELPED


def test_a_partner_without_consent_can_neither_see_nor_move_a_need(stage):
    with acting(stage.ines):
        need_id = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=stage.ines)
    with acting(stage.marcus):
        assert facade.needs([need_id]) == {}
        with pytest.raises(NotFound):
            facade.set_need_status(need_id, NeedStatus.MET, by=stage.marcus)


def test_with_consent_and_agreement_another_partner_sees_it_and_the_holder_alone_moves_it(stage):
    agree_and_consent(stage)
    with acting(stage.ines):
        food = facade.raise_need(stage.teresa, NeedDomain.FOOD, by=stage.ines)
        safety = facade.raise_need(stage.teresa, NeedDomain.SAFETY, by=stage.ines)
    with acting(stage.marcus):
        assert list(facade.needs([food, safety])) == [food]
        with pytest.raises(NotFound):
            facade.set_need_status(food, NeedStatus.MET, by=stage.marcus)
    program = stage.colleague(Role.BACKEND_SERVICE)
    with acting(program):
        facade.set_need_status(food, NeedStatus.BEING_HELPED, by=program, reason="accepted")
        assert facade.needs([food])[food].status is NeedStatus.BEING_HELPED


def test_a_household_sees_no_row_about_safety_whatever_its_segment():
    person = Actor(Role.RESIDENT, Purpose.SELF)
    assert hides(person, Segment.DOMESTIC_VIOLENCE)
    assert hides(person, Segment.GENERAL, NeedDomain.ELDER_ABUSE.value)
    assert not hides(person, Segment.GENERAL, NeedDomain.FOOD.value)
