"""One meeting as its reader may see it, and what the rooms of meetings share."""

from dataclasses import dataclass
from uuid import UUID

from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from commonweal.foundation.access import Actor
from commonweal.foundation.access.web import actor_of
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.queries import meetings, rosters
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.shapes_meetings import MeetingShape


@dataclass(frozen=True, slots=True)
class Here:
    """One meeting as this reader may see it."""

    shape: MeetingShape
    body: BodyShape
    seats: list[SeatShape]
    actor: Actor

    @property
    def mine(self) -> list[SeatShape]:
        return access.sits_in(self.actor, self.seats)

    @property
    def may_call(self) -> bool:
        return bool(access.may_call(self.actor, self.body, self.seats))

    @property
    def may_run(self) -> bool:
        parts = [part.seat_id for part in self.shape.parts]
        return bool(access.may_run(self.actor, self.body, self.seats, parts))

    @property
    def may_take_part(self) -> bool:
        return bool(self.mine) or self.may_run

    @property
    def may_table(self) -> bool:
        """Put a point on the agenda: also who takes part without a seat, before it begins."""
        enrolled = not self.shape.is_running and rosters.takes_part(self.body.id, self.actor.account_id)
        tabling = access.may_table(self.actor, self.body, self.seats, takes_part=bool(enrolled))
        return bool(tabling) or self.may_run


def here_at(request: HttpRequest, meeting_id: UUID) -> Here:
    """The meeting; absent, and of a closed room, look alike. Raises NotFound."""
    shape = meetings.meeting(meeting_id)
    if shape is None:
        raise NotFound("meeting")
    body = queries.bodies_by_id([shape.body_id])[shape.body_id]
    seats = queries.seats_of([body.id])[body.id]
    actor = actor_of(request)
    if not access.may_hear(actor, body, seats):
        raise NotFound("meeting")
    return Here(shape, body, seats, actor)


def blame(form: Form, fault: BadInput) -> None:
    """Put a fault beside its field."""
    form.add_error(fault.where if fault.where in form.fields else None, _(fault.what))


def page_status(request: HttpRequest) -> int:
    return 422 if request.method == "POST" else 200


def back(request: HttpRequest, meeting_id: UUID) -> HttpResponse:
    """To the room, where it came from there; else to the meeting's page."""
    name = "partners:room" if request.POST.get("in") == "room" else "partners:meeting"
    return redirect(name, meeting_id)
