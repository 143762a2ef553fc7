"""Services that fit a need, with why and what may stand in the way, and whether they can be asked here."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from commonweal.directory import facade as directory
from commonweal.directory.shapes_search import Hit, SearchQuery
from commonweal.directory.vocabulary import Capacity
from commonweal.partners import facade as partners
from commonweal.partners.shapes import PartnerShape
from commonweal.people.shapes import PersonShape
from commonweal.referrals.access import ASKERS
from commonweal.referrals.models import Candidate, Task
from commonweal.referrals.vocabulary import Status
from commonweal.screening.shapes import NeedShape

MOST = 20
_MAY_ANSWER = frozenset(role.value for role in ASKERS)


@dataclass(frozen=True, slots=True)
class Match:
    """A hit of the directory, seen from a request: can it be asked here, and was it asked before?"""

    hit: Hit
    can_be_asked: bool
    is_full: bool
    asked_before: str = ""
    is_unheard: bool = False


def matches(need: NeedShape, person: PersonShape | None, near: str = "") -> list[Match]:
    """Services for this need near the person, those that can be asked and have room first."""
    asked = asked_for(need.id)
    here = {p.id: is_heard(p) for p in partners.all_partners()}
    found: dict[UUID, Match] = {}
    for hit in _hits(need, person, near):
        heard = here.get(hit.partner_id) if hit.partner_id else None
        full = hit.capacity == Capacity.CLOSED
        before = asked.get(hit.service_id, "")
        match = Match(hit, bool(heard), full, before, is_unheard=heard is False)
        found.setdefault(hit.service_id, match)
    return sorted(found.values(), key=lambda m: (not m.can_be_asked, bool(m.asked_before), m.is_full))


def is_heard(partner: PartnerShape) -> bool:
    """Whether anybody hears when this partner is asked: a mailbox, or someone who signs in and may answer."""
    return bool(partner.email) or any(w.role in _MAY_ANSWER for w in partners.workers_of(partner.id))


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
    found = {service: status for service, status in rows.values_list("service_id", "status") if service}
    together = Candidate.objects.filter(task__need_id=need_id).exclude(
        task__status__in=[Status.DRAFT, Status.ENTERED_IN_ERROR]
    )
    for service, status in together.values_list("service_id", "task__status"):
        found.setdefault(service, status)
    return found


def services_left(found: Iterable[Match]) -> int:
    """How many fitting services can still be asked; zero is a dead end."""
    return sum(m.can_be_asked and not m.asked_before for m in found)
