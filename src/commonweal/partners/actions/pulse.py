"""Was it worth your time? One answer a seat, kept as a count and never as an answer of someone's."""

from uuid import UUID

from django.db import transaction
from django.db.models import F

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.clock import now
from commonweal.kernel.errors import Conflict
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners.actions.rooms import check, gathering
from commonweal.partners.models import PulseTally, PulseTurnout
from commonweal.partners.queries import pulse as queries
from commonweal.partners.rules import burden
from commonweal.partners.vocabulary_meetings import MeetingStage, Side, Worth


@transaction.atomic
def say_worth(meeting_id: UUID, seat_id: UUID, *, by: Actor, worth: Worth) -> None:
    """Say from one's own seat, once, whether a meeting was worth the time; open for a week after it.

    A row for each side and answer stands before the first answer, so that none is made by an answer.
    Raises Refused, Conflict when the seat has answered or the week is over.
    """
    found = gathering(meeting_id, MeetingStage.CLOSED)
    seat = found.seat(seat_id)
    because = check(access.may_speak_from(by, seat))
    if not queries.is_open(found.row.closed_at, now()):
        raise Conflict("The week is over.")
    _made, fresh = PulseTurnout.objects.get_or_create(meeting=found.row, seat_id=seat_id)
    if not fresh:
        raise Conflict("This seat has answered.")
    for side in Side:
        for one in Worth:
            PulseTally.objects.get_or_create(meeting=found.row, side=side.value, worth=one.value)
    side = burden.side_of(seat.sector, seat.member_class)
    # Every row is written, so that the database cannot tell by its bookkeeping which of them grew.
    for one_side in Side:
        for one in Worth:
            grows = 1 if (one_side, one) == (side, worth) else 0
            PulseTally.objects.filter(meeting=found.row, side=one_side.value, worth=one.value).update(
                count=F("count") + grows
            )
    audit.record(
        "meeting.pulse-answered",
        by=by,
        subject=("meeting", meeting_id),
        words=N_("Said whether a meeting was worth the time."),
        because=because.rule,
    )
