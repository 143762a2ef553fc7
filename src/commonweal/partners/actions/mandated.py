"""Acts that a decision does to the table, and that it undoes when its mandate ends."""

from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.foundation.accounts import actions as accounts
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access, queries, rules
from commonweal.partners.events import MembershipEnded, SeatVacated
from commonweal.partners.models import Body, Holding, Seat


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


@transaction.atomic
def bound_by(under: UUID, ends_on: date, *, by: Actor) -> None:
    """Write into the body or seat that a mandate made the day on which it ends, so that it stands no longer
    even if nobody is awake to end it. Raises Refused."""
    because = _check(access.may_shape(by, under))
    for kind, rows in (("body", Body.objects), ("seat", Seat.objects)):
        made = rows.filter(given_under=under, ends_on=None, starts_on__lte=ends_on)
        for row_id in list(made.values_list("pk", flat=True)):
            rows.filter(pk=row_id).update(ends_on=ends_on, ended_why=N_("The decision that made it ran out."))
            audit.record(
                f"{kind}.bounded",
                by=by,
                subject=(kind, row_id),
                words=N_("Wrote down the day on which it ends."),
                because=because.rule,
            )


@transaction.atomic
def empty_seat(seat_id: UUID, *, by: Actor, member_id: UUID, why: str, under: UUID) -> None:
    """Let a member whom a mandate seated leave the seat. Nothing changes where they left already."""
    because = _check(access.may_shape(by, under))
    day = today()
    held = (
        Holding.objects.select_for_update()
        .filter(seat_id=seat_id, member_id=member_id, is_alternate=False)
        .filter(Q(ended_on=None) | Q(ended_on__gt=day))
        .first()
    )
    if held is None:
        return
    held.ended_on, held.ended_why = max(day, held.starts_on), why.strip()[:300]
    held.save(update_fields=["ended_on", "ended_why"])
    audit.record(
        "seat.vacated",
        by=by,
        subject=("seat", seat_id),
        words=N_("Someone left a seat."),
        because=because.rule,
    )
    publish(SeatVacated(seat_id))


@transaction.atomic
def give_role(
    account_id: UUID,
    partner_id: UUID,
    role: Role,
    *,
    by: Actor,
    under: UUID,
    until: datetime | None = None,
) -> UUID:
    """Give a role that watches over others to someone who acts for a partner already. Raises Refused,
    NotFound, and BadInput for a role that a partner gives by itself."""
    because = _check(access.may_give_governed(by, under))
    if role not in rules.GIVEN_BY_BACKBONE - rules.GIVEN_BY_PARTNER:
        raise BadInput("role", N_("This role is given by a partner, not by the table."))
    if not queries.memberships(account_id=account_id, partner_id=partner_id):
        raise NotFound("membership")
    return accounts.seat(account_id, partner_id=partner_id, role=role, by=by, verdict=because, until=until)


@transaction.atomic
def end_role(account_id: UUID, partner_id: UUID, role: Role, *, by: Actor, under: UUID, why: str) -> None:
    """End a role that a mandate gave; it is gone with the next request. Raises Refused."""
    because = _check(access.may_give_governed(by, under))
    for found in queries.memberships(account_id=account_id, partner_id=partner_id):
        if found.role == role.value:
            accounts.unseat(found.id, why=why, by=by, verdict=because)
            publish(MembershipEnded(account_id, partner_id, role.value))
