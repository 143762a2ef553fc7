"""Services that fit a need, with why and what may stand in the way, and whether they can be asked here."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.directory import facade as directory
from commonweal.directory.shapes_search import Hit, SearchQuery
from commonweal.directory.vocabulary import Capacity
from commonweal.partners import facade as partners
from commonweal.people.shapes import PersonShape
from commonweal.referrals.models import Task
from commonweal.referrals.vocabulary import Status
from commonweal.screening.shapes import NeedShape

MOST = 20


@dataclass(frozen=True, slots=True)
class Match:
    """A hit of the directory, seen from a request: can it be asked here, and was it asked before?"""

    hit: Hit
    can_be_asked: bool
    is_full: bool
    asked_before: str = ""


def matches(need: NeedShape, person: PersonShape | None, near: str = "") -> list[Match]:
    """Services for this need near the person, those that can be asked and have room first."""
    asked = asked_for(need.id)
    here = {p.id for p in partners.all_partners()}
    found: dict[UUID, Match] = {}
    for hit in _hits(need, person, near):
        can = hit.partner_id in here
        full = hit.capacity == Capacity.CLOSED
        found.setdefault(hit.service_id, Match(hit, can, full, asked.get(hit.service_id, "")))
    return sorted(found.values(), key=lambda m: (not m.can_be_asked, bool(m.asked_before), m.is_full))


def _hits(need: NeedShape, person: PersonShape | None, near: str) -> Iterable[Hit]:
    where = near or (person.zip or person.place if person else "")
    query = SearchQuery(domain=need.domain, near=where, size=MOST)
    page = directory.find(query)
    if not page.hits and where:
        page = directory.find(SearchQuery(domain=need.domain, size=MOST))
    return page.hits


def asked_for(need_id: UUID) -> dict[UUID, str]:
    """Services that were asked for this need, with the status of the last sending."""
    rows = Task.objects.filter(need_id=need_id, service_id__isnull=False)
    rows = rows.exclude(status__in=[Status.DRAFT, Status.ENTERED_IN_ERROR]).order_by("occurred_at")
    return {service: status for service, status in rows.values_list("service_id", "status") if service}


def services_left(found: Iterable[Match]) -> int:
    """How many fitting services can still be asked; zero is a dead end."""
    return sum(m.can_be_asked and not m.asked_before for m in found)
