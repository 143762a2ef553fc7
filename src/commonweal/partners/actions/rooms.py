"""What acts of meetings share: the meeting under lock, its body and seats, and who may do what with it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access_meetings as access
from commonweal.partners import queries
from commonweal.partners.models import Meeting, MeetingRole
from commonweal.partners.queries import rosters
from commonweal.partners.shapes import BodyShape, SeatShape
from commonweal.partners.vocabulary_meetings import MeetingStage


@dataclass(frozen=True, slots=True)
class Gathering:
    """A meeting under lock."""

    row: Meeting
    body: BodyShape
    seats: list[SeatShape]

    def seat(self, seat_id: UUID) -> SeatShape:
        """A seat of this body. Raises NotFound."""
        found = next((s for s in self.seats if s.id == seat_id), None)
        if found is None:
            raise NotFound("seat")
        return found

    def mine(self, by: Actor) -> list[SeatShape]:
        """The seats from which ``by`` may speak."""
        return access.sits_in(by, self.seats)

    def check_call(self, by: Actor) -> Verdict:
        return check(access.may_call(by, self.body, self.seats))

    def check_run(self, by: Actor) -> Verdict:
        parts = MeetingRole.objects.filter(meeting=self.row).values_list("seat_id", flat=True)
        return check(access.may_run(by, self.body, self.seats, parts))

    def check_part(self, by: Actor) -> Verdict:
        """Whoever sits here or runs the meeting."""
        taking = access.may_take_part(by, self.seats)
        return taking if taking else self.check_run(by)

    def check_table(self, by: Actor) -> Verdict:
        """Whoever sits here, takes part without a seat before the meeting has begun, or runs the meeting."""
        enrolled = self.row.stage != MeetingStage.RUNNING and self.member(by) is not None
        tabling = access.may_table(by, self.body, self.seats, takes_part=enrolled)
        return tabling if tabling else self.check_run(by)

    def member(self, by: Actor) -> UUID | None:
        """The member that takes part in this body without a seat."""
        return rosters.takes_part(self.body.id, by.account_id)


def check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


def body_of(body_id: UUID) -> BodyShape:
    """A body that stands. Raises NotFound."""
    found = queries.bodies_by_id([body_id]).get(body_id)
    if found is None or found.ends_on is not None:
        raise NotFound("body")
    return found


def gathering(meeting_id: UUID, *stages: MeetingStage) -> Gathering:
    """The meeting under lock; raises NotFound, and Conflict unless it is in one of ``stages``."""
    row = Meeting.objects.select_for_update().filter(pk=meeting_id).first()
    if row is None:
        raise NotFound("meeting")
    if stages and row.stage not in stages:
        raise Conflict("The meeting is in another stage.")
    body = queries.bodies_by_id([row.body_id])[row.body_id]
    return Gathering(row, body, queries.seats_of([row.body_id])[row.body_id])


def said(where: str, words: str, most: int = 300) -> str:
    """Words that must not be empty. Raises BadInput."""
    found = " ".join(words.split())
    if not found:
        raise BadInput(where, N_("Write a few words."))
    return found[:most]


def minute_of(moment: datetime) -> datetime:
    """A moment without its seconds."""
    return moment.replace(second=0, microsecond=0)
