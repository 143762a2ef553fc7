"""A meeting that a small table has called: with what waits for the body on its agenda."""

from datetime import timedelta
from uuid import UUID

from django.utils.timezone import localtime

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.words import N_
from commonweal.partners.actions import agendas, calling
from commonweal.partners.queries import agenda, bodies_by_id, meetings
from commonweal.partners.vocabulary_meetings import Offer

SUPPER = (Offer.CHILD_CARE, Offer.MEAL, Offer.STEP_FREE)


def call(body_id: UUID, *, by: Actor) -> None:
    """Call a body together in three days, at six in the evening; nobody gets a letter."""
    day = localtime(now()).replace(hour=18, minute=0, second=0, microsecond=0) + timedelta(days=3)
    where = calling.Place(day, N_("Community room"), SUPPER, ("es",))
    made = calling.call_meeting(body_id, by=by, plan=calling.Plan(minutes=90), at=where, tell=False)
    shape = meetings.meeting(made)
    assert shape is not None
    for matter in agenda.candidates(bodies_by_id([body_id])[body_id], shape):
        agendas.take_up(shape, matter.ref, by=by)
