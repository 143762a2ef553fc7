"""Raising a need and moving it on."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.audit import Entry, record_many
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.people import facade as people
from commonweal.screening.access import keeping, may_raise_need
from commonweal.screening.events import NeedRaised, NeedStatusChanged
from commonweal.screening.models import Need, NeedMove
from commonweal.screening.queries.needs import live_need_in
from commonweal.screening.rules.needs import may_move
from commonweal.screening.rules.segments import segment_of_domain
from commonweal.screening.vocabulary import Agreed, NeedStatus, Urgency

RAISED = ("need.raised", N_("The person wants help with something."))
URGENT = ("need.urgent", N_("A need can’t wait any more."))
MOVED = ("need.moved", N_("Where a need stands was written down."))


def raise_need(
    person_id: UUID,
    domain: NeedDomain,
    *,
    by: Actor,
    agreed: Agreed = Agreed.SPOKEN,
    urgency: Urgency = Urgency.ROUTINE,
    wanted_at: datetime | None = None,
) -> UUID:
    """The person wants help with something, without a screening; returns the need's id.

    A need that the holder already has open in this domain is returned as it is, at most made urgent.
    Raises Refused, NotFound (unknown or hidden person), BadInput (a wish from the future).
    """
    verdict = may_raise_need(by)
    if not verdict:
        raise Refused(verdict)
    assert by.partner_id is not None
    if people.person(person_id) is None:
        raise NotFound(str(person_id))
    if wanted_at is not None and wanted_at > now():
        raise BadInput("wanted_at", N_("This has not happened yet."))
    return open_need(
        person_id, domain, holder_id=by.partner_id, agreed=agreed, urgency=urgency, by=by, wanted_at=wanted_at
    )


def open_need(
    person_id: UUID,
    domain: NeedDomain,
    *,
    holder_id: UUID,
    agreed: Agreed,
    urgency: Urgency,
    by: Actor,
    wanted_at: datetime | None,
    screening_id: UUID | None = None,
    determination_id: UUID | None = None,
) -> UUID:
    """Write the need, in the segment of its domain; for actions that have checked already."""
    segment = segment_of_domain(domain)
    with transaction.atomic(), keeping(by, segment):
        live = live_need_in(person_id, holder_id, domain)
        if live is not None:
            if urgency is Urgency.URGENT and live.urgency != Urgency.URGENT.value:
                live.urgency = urgency.value
                live.save(update_fields=["urgency"])
                _record(URGENT, live, by)
            return live.id
        row = need_row(
            person_id, domain, holder_id=holder_id, agreed=agreed, urgency=urgency, by=by, wanted_at=wanted_at
        )
        row.response_id, row.determination_id = screening_id, determination_id
        try:
            with transaction.atomic():
                row.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict(N_("Somebody else wrote this need down just now.")) from error
        move_row(row, None, NeedStatus.OPEN, row.wanted_at, "", by).save(force_insert=True)
        _record(RAISED, row, by)
        publish(NeedRaised(row.id, person_id, holder_id, domain, segment, urgency, row.wanted_at))
    return row.id


def set_need_status(
    need_id: UUID,
    status: NeedStatus,
    *,
    by: Actor,
    occurred_at: datetime | None = None,
    reason: str = "",
) -> None:
    """Move a need on. Setting the status that it has changes nothing.

    ``occurred_at`` may lie in the past, not before the last move and not in the future. ``reason``
    is required for *unmet* and *withdrawn*. Raises NotFound, Refused, BadInput.
    """
    happened = occurred_at or now()
    if happened > now():
        raise BadInput("occurred_at", N_("This has not happened yet."))
    with transaction.atomic():
        row = _writable(need_id, by)
        before = NeedStatus(row.status)
        if before is status:
            return
        verdict = may_move(before, status, reason)
        if not verdict:
            raise Refused(verdict)
        with keeping(by, Segment(row.segment)):
            row.status, row.reason = status.value, reason.strip()[:500]
            row.status_since = max(happened, row.status_since)
            row.save(update_fields=["status", "reason", "status_since"])
            move_row(row, before, status, happened, row.reason, by).save(force_insert=True)
            _record(MOVED, row, by, because=verdict.rule, occurred_at=happened)
            publish(
                NeedStatusChanged(
                    row.id, row.person_id, Segment(row.segment), before, status, happened, row.reason
                )
            )


def _writable(need_id: UUID, by: Actor) -> Need:
    """The need, locked, where the actor may change it; under treatment where that is what it takes."""
    row = Need.objects.select_for_update().filter(id=need_id).first()
    if row is None:
        with keeping(by, Segment.DOMESTIC_VIOLENCE):
            row = Need.objects.select_for_update().filter(id=need_id).first()
    if row is None:
        raise NotFound(str(need_id))
    return row


def need_row(
    person_id: UUID,
    domain: NeedDomain,
    *,
    holder_id: UUID,
    agreed: Agreed,
    urgency: Urgency,
    by: Actor,
    wanted_at: datetime | None = None,
) -> Need:
    """A need that is not yet written, in the segment of its domain. For acts."""
    return Need(
        person_id=person_id,
        holder_id=holder_id,
        segment=segment_of_domain(domain).value,
        topic=domain.value,
        domain=domain.value,
        urgency=urgency.value,
        wanted_at=wanted_at or now(),
        status_since=wanted_at or now(),
        recorded_at=now(),
        agreed=agreed.value,
        recorded_by=by.account_id,
        recorded_by_name=by.name,
    )


def move_row(
    row: Need, before: NeedStatus | None, after: NeedStatus, happened: datetime, reason: str, by: Actor
) -> NeedMove:
    """One change of a need's status that is not yet written. For acts."""
    return NeedMove(
        person_id=row.person_id,
        holder_id=row.holder_id,
        segment=row.segment,
        topic=row.topic,
        need_id=row.id,
        before=before.value if before else "",
        after=after.value,
        occurred_at=happened,
        recorded_at=now(),
        by_account=by.account_id,
        by_name=by.name,
        reason=reason,
    )


def need_entry(what: tuple[str, str], row: Need, because: str = "") -> Entry:
    """The audit says that, never about what: a domain in it would tell on the person."""
    verb, words = what
    return Entry(verb, ("need", row.id), words, row.person_id, {"status": row.status}, because)


def _record(
    what: tuple[str, str], row: Need, by: Actor, because: str = "", occurred_at: datetime | None = None
) -> None:
    record_many([replace(need_entry(what, row, because), occurred_at=occurred_at)], by=by)
