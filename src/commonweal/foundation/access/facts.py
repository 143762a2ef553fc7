"""Writing the facts that access rests on. People and governance call this; nothing else may.

Row-level security checks each write again: a consent is recorded by the person or by a partner
in relation to them, terms only by the backbone acting for the table.
"""

from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from commonweal.foundation.access.context import current_actor
from commonweal.foundation.access.models import (
    AccessAssignment,
    AccessConsent,
    AccessRelation,
    AccessRestriction,
    AccessStanding,
    AccessTerms,
)
from commonweal.foundation.access.vocabulary import Purpose, Segment
from commonweal.kernel.errors import Refused
from commonweal.kernel.ids import new_id
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_


def relate(person_id: UUID) -> None:
    """The acting partner begins to know this person: registered now, or received under a live consent.

    Raises Refused when the person is already known elsewhere and has not agreed; the refusal looks
    the same whether or not the id exists.
    """
    with connection.cursor() as cursor:
        cursor.execute("select guard.relate(%s)", [person_id])
        related = cursor.fetchone()[0]
    if not related:
        raise Refused(deny("access.relation", N_("This person has not agreed that you know them.")))


def relate_many(person_ids: Iterable[UUID]) -> None:
    """``relate`` for a batch, in one statement. Raises Refused if any is refused."""
    with connection.cursor() as cursor:
        cursor.execute("select bool_and(guard.relate(x)) from unnest(%s::uuid[]) x", [list(person_ids)])
        if cursor.fetchone()[0] is False:
            raise Refused(deny("access.relation", N_("This person has not agreed that you know them.")))


def record_consent(
    *,
    document_id: UUID,
    person_id: UUID,
    recipient_id: UUID,
    segments: Iterable[Segment],
    purposes: Iterable[Purpose],
    topics: Iterable[str] = (),
    discloser_id: UUID | None = None,
    named: bool = True,
    starts_at: datetime | None = None,
    ends_at: datetime | None = None,
) -> int:
    """Record what the person allowed, one row a segment and purpose; returns how many.

    ``document_id`` is the consent with its words (people). Times default to the database's now; a
    missing end is open. A recipient that records its own consent is believed only once the person or the
    discloser confirms it (``confirm_consent``). Raises Refused for the purpose LEGAL, which nothing in the
    product allows (SECURITY C15).
    """
    purposes = tuple(purposes)
    if Purpose.LEGAL in purposes:
        raise Refused(deny("access.legal", N_("Sharing for a court cannot be agreed to here.")))
    rows = [
        AccessConsent(
            id=new_id(),
            document_id=document_id,
            person_id=person_id,
            recipient_id=recipient_id,
            discloser_id=discloser_id,
            segment=segment.value,
            purpose=purpose.value,
            topics=sorted(topics),
            named=named,
            **({"starts_at": starts_at} if starts_at else {}),
            ends_at=ends_at,
            recorded_by=current_actor().partner_id,
        )
        for segment in segments
        for purpose in purposes
    ]
    return len(AccessConsent.objects.bulk_create(rows))


def confirm_consent(document_id: UUID) -> int:
    """Say yes to what a recipient wrote down for itself; returns how many rows it puts into effect.

    For the person, or the partner that would tell. Where a recipient records its own consent, the database
    lets it sleep until then (SECURITY C12). Receiving the person under the same form (``relate``) says it
    too.
    Raises Refused for the recipient itself.
    """
    waiting = AccessConsent.objects.filter(document_id=document_id, confirmed_at__isnull=True)
    partner_id = current_actor().partner_id
    if partner_id is not None and waiting.filter(recipient_id=partner_id).exists():
        raise Refused(deny("access.confirm", N_("Who would receive the data cannot say yes for the person.")))
    return waiting.filter(revoked_at__isnull=True).update(confirmed_at=Now())


def revoke_consent(document_id: UUID) -> int:
    """End every row of this consent at the database's now; returns how many were live."""
    live = AccessConsent.objects.filter(document_id=document_id, revoked_at__isnull=True)
    return live.update(revoked_at=Now())


def record_terms(
    *,
    agreement_id: UUID,
    mandate_id: UUID,
    discloser_id: UUID,
    recipient_id: UUID,
    segment: Segment,
    purpose: Purpose,
    starts_at: datetime,
    ends_at: datetime | None,
) -> UUID:
    """Record one line of an agreement with the bounds of its mandate; returns the row's id."""
    row = AccessTerms.objects.create(
        agreement_id=agreement_id,
        mandate_id=mandate_id,
        discloser_id=discloser_id,
        recipient_id=recipient_id,
        segment=segment.value,
        purpose=purpose.value,
        starts_at=starts_at,
        ends_at=ends_at,
    )
    return row.id


def end_terms(
    *,
    mandate_id: UUID | None = None,
    agreement_id: UUID | None = None,
    partner_id: UUID | None = None,
    discloser_id: UUID | None = None,
) -> int:
    """End the terms of a mandate, of an agreement, or of a partner that left, at the database's now.

    ``discloser_id``: of these only what this partner tells. Returns how many were live.
    """
    named = [x for x in (mandate_id, agreement_id, partner_id) if x is not None]
    if len(named) != 1:
        raise ValueError("name a mandate, an agreement or a partner, one of them")
    live = AccessTerms.objects.filter(ended_at__isnull=True)
    if discloser_id:
        live = live.filter(discloser_id=discloser_id)
    if mandate_id:
        live = live.filter(mandate_id=mandate_id)
    elif agreement_id:
        live = live.filter(agreement_id=agreement_id)
    else:
        live = live.filter(Q(discloser_id=partner_id) | Q(recipient_id=partner_id))
    return live.update(ended_at=Now())


def restrict(person_id: UUID, partner_id: UUID) -> None:
    """This partner sees this person no more, whatever else was allowed (state S5). Twice is once."""
    with connection.cursor() as cursor:  # a partner that closes itself out cannot read the row back
        cursor.execute(
            "insert into access_restriction (id, person_id, partner_id) values (%s, %s, %s)"
            " on conflict do nothing",
            [new_id(), person_id, partner_id],
        )


def lift_restriction(person_id: UUID, partner_id: UUID) -> None:
    """Take ``restrict`` back."""
    AccessRestriction.objects.filter(
        person_id=person_id, partner_id=partner_id, lifted_at__isnull=True
    ).update(lifted_at=Now())


def set_standing(person_id: UUID, kind: str) -> None:
    """Mark a person ``deceased``, ``disputed``, ``of_age`` or ``unreadable`` (states S6 to S9)."""
    AccessStanding.objects.get_or_create(person_id=person_id, kind=kind, ended_at=None)


def end_standing(person_id: UUID, kind: str) -> None:
    """End ``set_standing``."""
    AccessStanding.objects.filter(person_id=person_id, kind=kind, ended_at__isnull=True).update(
        ended_at=Now()
    )


def assign(person_id: UUID, account_id: UUID) -> None:
    """Assign an account of the acting partner to this person.

    Assigning oneself opens nothing, unless one brought the person in: another account says it (SECURITY C12).
    """
    partner_id = current_actor().partner_id
    if partner_id is None:
        raise Refused(deny("access.assign", N_("Only someone who acts for an organization does this.")))
    AccessAssignment.objects.get_or_create(
        person_id=person_id, partner_id=partner_id, account_id=account_id, ended_at=None
    )


def unassign(person_id: UUID, account_id: UUID) -> None:
    """End ``assign``."""
    AccessAssignment.objects.filter(person_id=person_id, account_id=account_id, ended_at__isnull=True).update(
        ended_at=Now()
    )


def knows(person_id: UUID) -> bool:
    """Whether the acting partner is in relation to this person."""
    return AccessRelation.objects.filter(person_id=person_id, ended_at__isnull=True).exists()
