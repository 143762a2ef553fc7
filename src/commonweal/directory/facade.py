"""What the directory offers other contexts: ids and shapes in, shapes out.

Who asks is the actor of the transaction; outside of one, anyone.
"""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, timedelta
from uuid import UUID

from commonweal.directory.access import sight
from commonweal.directory.actions import asking_room as _asking_room
from commonweal.directory.actions import capacity as _capacity
from commonweal.directory.actions import helped as _helped
from commonweal.directory.actions import search_index as _index
from commonweal.directory.actions import verification as _verification
from commonweal.directory.actions.intake import Intake, Judged, Merged, Misfit, Stage, leave_no_stage
from commonweal.directory.queries import asking as _asking
from commonweal.directory.queries import pages as _pages
from commonweal.directory.queries import services as _services
from commonweal.directory.queries.published import need_domains as published_needs
from commonweal.directory.queries.published import public_services as published_services
from commonweal.directory.queries.published import rows_by as published_rows
from commonweal.directory.queries.rooms import rooms
from commonweal.directory.queries.state import knows_none_of, source_like, state_hash
from commonweal.directory.queries.words import say
from commonweal.directory.shapes import ServiceShape
from commonweal.directory.shapes_search import CapacityNow, Hit, RoomAsk, SearchPage, SearchQuery
from commonweal.directory.vocabulary import Capacity, RoomAsked
from commonweal.foundation.access import Actor, current_actor
from commonweal.kernel.clock import now, today
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.periods import Month

__all__ = [
    "Intake",
    "Judged",
    "Merged",
    "Misfit",
    "Stage",
    "ask_room",
    "ask_verification",
    "capacities",
    "capacity",
    "find",
    "knows_none_of",
    "leave_no_stage",
    "match",
    "partner_of",
    "published_needs",
    "published_rows",
    "published_services",
    "refresh_search",
    "report_capacity",
    "report_full",
    "room_asks",
    "say",
    "service",
    "services",
    "services_of_partner",
    "source_like",
    "state_hash",
    "tell_helped",
]


def _asker() -> Actor:
    try:
        return current_actor()
    except RuntimeError:
        return Actor.public()


def service(service_id: UUID) -> ServiceShape | None:
    """A service with all that the asker may see of it; ``None`` where it is absent or hidden."""
    return services([service_id]).get(service_id)


def services(service_ids: Iterable[UUID]) -> dict[UUID, ServiceShape]:
    """Services by id, those left out that are absent or hidden."""
    asker = _asker()
    return _services.services(service_ids, sight(asker), own=asker.partner_id)


def services_of_partner(partner_id: UUID) -> tuple[ServiceShape, ...]:
    """What a partner offers, by name."""
    ids = _services.ids_of_partner(partner_id)
    found = services(ids)
    return tuple(found[id_] for id_ in ids if id_ in found)


def partner_of(service_id: UUID) -> UUID | None:
    """The partner behind a service, ``None`` where it is not at the table."""
    found = service(service_id)
    return found.organization.partner_id if found and found.organization else None


def find(query: SearchQuery, at: datetime | None = None) -> SearchPage:
    """Search. Each hit says why it is there and what may stand in the way."""
    return _pages.search_page(query, at or now(), sight(_asker()), _index.cards_for)


def match(
    domain: NeedDomain,
    *,
    near: str = "",
    language: str = "",
    age: int | None = None,
    at: datetime | None = None,
    partners_only: bool = False,
    most: int = 20,
) -> tuple[Hit, ...]:
    """Services for a need, best chance of real help first: for a worker who is about to refer.

    ``near`` is a place in plain words, ``language`` ISO 639-3. ``partners_only`` leaves out organizations
    that are not at the table and so cannot be sent a referral. Room is as last told: ask before sending.
    """
    query = SearchQuery(domain=domain, near=near, language=language, age=age, size=most)
    hits = find(query, at).hits
    return tuple(hit for hit in hits if hit.partner_id is not None or not partners_only)


def capacity(service_id: UUID) -> CapacityNow:
    """Whether a service has room now; unknown where nobody told within 72 hours (DOMAIN 4-T10)."""
    return capacities([service_id])[service_id]


def capacities(service_ids: Sequence[UUID]) -> dict[UUID, CapacityNow]:
    """Room of several services; unknown for ids that are none."""
    return rooms(service_ids, now(), today())


def report_capacity(
    service_id: UUID,
    state: Capacity,
    *,
    by: Actor,
    until: date | None = None,
    available: int | None = None,
) -> UUID:
    """Tell whether a service has room. Raises Refused for those who may not, BadInput for odd dates."""
    return _capacity.report_capacity(service_id, state, by=by, until=until, available=available)


def report_full(service_id: UUID, *, by: Actor, for_days: int | None = None) -> UUID:
    """Tell that a service is full, for some days or until it says otherwise."""
    until = today() + timedelta(days=for_days) if for_days else None
    return _capacity.report_capacity(service_id, Capacity.CLOSED, by=by, until=until)


def room_asks(service_ids: Sequence[UUID]) -> dict[UUID, RoomAsk]:
    """For services whose room is not known: whether the asker may ask them now, and what became of it."""
    return _asking.room_asks(service_ids, _asker(), now(), today())


def ask_room(service_id: UUID, *, by: Actor) -> RoomAsked:
    """Ask a service by mail whether it has room, naming nobody; its answer is told to ``by``."""
    return _asking_room.ask_room(service_id, by=by)


def ask_verification(service_id: UUID, *, by: Actor, because: str = "") -> bool:
    """Ask an organization to confirm its entry; whether there was an address to ask at."""
    return _verification.ask_verification(service_id, by=by, because=because) is not None


def tell_helped(service_id: UUID, month: Month, *, helped: int, asked: int, by: Actor) -> None:
    """Tell how many of those sent to a service in a month say that it helped."""
    _helped.tell_helped(service_id, month, helped=helped, asked=asked, by=by)


def refresh_search(service_ids: Iterable[UUID]) -> int:
    """Make the search show what the rows of these services say now."""
    return _index.refresh_search(service_ids)
