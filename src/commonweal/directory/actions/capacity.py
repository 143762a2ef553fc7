"""Telling whether a service has room. The last report counts for 72 hours, or until the day it names."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from commonweal.directory import access
from commonweal.directory.actions.search_index import KEEPER, refresh_search
from commonweal.directory.events import CapacityReported
from commonweal.directory.models import Service
from commonweal.directory.models_search import CapacityReport
from commonweal.directory.queries.owners import partner_of
from commonweal.directory.vocabulary import Capacity
from commonweal.foundation import audit, bus
from commonweal.foundation.access import Actor, acting
from commonweal.kernel.clock import day_of, now
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.words import N_

LONGEST_UNTIL_DAYS = 366


def locked_service(service_id: UUID) -> Service:
    """The service, whoever may see it, locked for this transaction. Raises NotFound."""
    found = Service.objects.select_for_update(of=("self",)).select_related("organization")
    service = found.filter(pk=service_id).first()
    if service is None:
        raise NotFound("service")
    return service


@transaction.atomic
def report_capacity(
    service_id: UUID,
    state: Capacity,
    *,
    by: Actor,
    until: date | None = None,
    available: int | None = None,
    waiting: int | None = None,
    occurred_at: datetime | None = None,
    by_link: bool = False,
) -> UUID:
    """Record what was told about room: ``until`` when it is full or waiting, ``available`` places if counted,
    ``waiting`` people on the list. *Unknown* ``until`` a day: ask again then.

    ``by_link``: the organization answers by the link that was sent to it for this very service.
    Returns the report's id. Raises BadInput for a date that makes no sense, Refused for a stranger.
    """
    moment = occurred_at or now()
    _check(state, until, available, moment)
    if waiting is not None and (waiting < 0 or state is not Capacity.WAITLIST):
        raise BadInput("waiting", N_("A number of people waiting goes with a waiting list."))
    with acting(KEEPER):
        service = locked_service(service_id)
    verdict = access.may_report_capacity(by, partner_of(service), by_link=by_link)
    if not verdict:
        raise Refused(verdict)
    report = CapacityReport.objects.create(
        service_id=service_id,
        capacity=state,
        until=until,
        available=available,
        waiting=waiting,
        occurred_at=moment,
        told_by=by.name,
        partner_id=by.partner_id,
    )
    _carry(service, state, by, moment)
    audit.record(
        "directory.capacity-reported",
        by=by,
        subject=("service", service_id),
        words=N_("told whether a service has room"),
        details={"state": state.value, "until": until, "available": available, "waiting": waiting},
        because=verdict.rule,
    )
    bus.publish(CapacityReported(service_id, state, moment))
    return report.id


def _check(state: Capacity, until: date | None, available: int | None, moment: datetime) -> None:
    if until is not None and (until < day_of(moment) or (until - day_of(moment)).days > LONGEST_UNTIL_DAYS):
        raise BadInput("until", N_("This day has passed, or is more than a year away."))
    if available is not None and available < 0:
        raise BadInput("available", N_("A number of places cannot be less than none."))
    if until is not None and state is Capacity.OPEN:
        raise BadInput("until", N_("A day goes with a waiting list or with being full."))


def _carry(service: Service, state: Capacity, by: Actor, moment: datetime) -> None:
    """The service and its entries carry the latest report; an older one that comes late changes nothing."""
    if service.capacity_at and service.capacity_at > moment:
        return
    with acting(KEEPER):
        Service.objects.filter(pk=service.pk).update(
            capacity=state, capacity_at=moment, capacity_by=by.name, last_modified=now()
        )
        refresh_search([service.pk])
