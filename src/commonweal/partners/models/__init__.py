"""Tables of partners and members, bodies and seats, meetings and the work between them."""

from commonweal.partners.models.bodies import Body, Holding, Seat
from commonweal.partners.models.meetings import (
    AgendaItem,
    Meeting,
    MeetingRole,
    Presence,
    SeatNeeds,
    Slot,
    SlotAnswer,
    Turn,
)
from commonweal.partners.models.membership import Member, Partner
from commonweal.partners.models.minutes import MinuteLine, MinutesVersion, PulseTally, PulseTurnout
from commonweal.partners.models.seats import (
    AuthorityWord,
    BodyWord,
    Enrollment,
    Invitation,
    PopulationFigure,
    SeatNote,
)
from commonweal.partners.models.work import ActionEvent, ActionItem

__all__ = [
    "ActionEvent",
    "ActionItem",
    "AgendaItem",
    "AuthorityWord",
    "Body",
    "BodyWord",
    "Enrollment",
    "Holding",
    "Invitation",
    "Meeting",
    "MeetingRole",
    "Member",
    "MinuteLine",
    "MinutesVersion",
    "Partner",
    "PopulationFigure",
    "Presence",
    "PulseTally",
    "PulseTurnout",
    "Seat",
    "SeatNeeds",
    "SeatNote",
    "Slot",
    "SlotAnswer",
    "Turn",
]
