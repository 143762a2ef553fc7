"""Tables of partners and members, bodies and seats."""

from commonweal.partners.models.bodies import Body, Holding, Seat
from commonweal.partners.models.membership import Member, Partner

__all__ = ["Body", "Holding", "Member", "Partner", "Seat"]
