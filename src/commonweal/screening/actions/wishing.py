"""What the person says to *do you want help with this?*, recorded by a human; a yes raises the need."""

from collections.abc import Mapping
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Segment
from commonweal.foundation.audit import record
from commonweal.kernel.clock import now
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.errors import Conflict, NotFound, Refused
from commonweal.kernel.words import N_
from commonweal.screening.access import keeping, may_screen
from commonweal.screening.actions.needs import open_need
from commonweal.screening.models import Determination, Response
from commonweal.screening.queries.responses import finding_of
from commonweal.screening.rules.needs import may_raise, urgency_of
from commonweal.screening.shapes import Determination as DeterminationShape
from commonweal.screening.vocabulary import (
    AGREED_BY_MODE,
    Agreed,
    Mode,
    ResponseStatus,
    Result,
    Wish,
)

WISHES = N_("What help the person wants was written down.")


def record_wishes(screening_id: UUID, said: Mapping[UUID, Wish], *, by: Actor) -> list[UUID]:
    """Record what the person said to each finding (by its id); returns the needs that were raised.

    A later word replaces an earlier one. A need that a *yes* has raised is withdrawn through the
    need itself, never by this. Raises Refused, NotFound, Conflict (not finished yet).
    """
    verdict = may_screen(by)
    if not verdict:
        raise Refused(verdict)
    with transaction.atomic(), keeping(by, Segment.DOMESTIC_VIOLENCE):
        row = Response.objects.select_for_update().filter(id=screening_id).first()
        if row is None:
            raise NotFound(str(screening_id))
        if row.status != ResponseStatus.COMPLETED.value:
            raise Conflict(N_("Finish the questions first."))
        findings = Determination.objects.filter(
            response_id=row.id, id__in=list(said), result=Result.POSITIVE.value
        )
        found = {one.id: finding_of(one).determination for one in findings}
        wishes = {found[key].domain: wish for key, wish in said.items() if key in found}
        # Whoever asks again hears it spoken, however the form was filled.
        agreed = AGREED_BY_MODE[Mode(row.mode)] if row.mode == Mode.PAPER.value else Agreed.SPOKEN
        return keep_wishes(row, found, wishes, agreed=agreed, by=by)


def keep_wishes(
    row: Response,
    found: Mapping[UUID, DeterminationShape],
    said: Mapping[NeedDomain, Wish],
    *,
    agreed: Agreed,
    by: Actor,
) -> list[UUID]:
    """Write the wishes onto their findings and raise the needs; the caller has checked and locked."""
    raised = []
    for determination_id, one in found.items():
        wish = said.get(one.domain)
        if wish is None or one.result is not Result.POSITIVE:
            continue
        with keeping(by, one.segment):
            Determination.objects.filter(id=determination_id).update(
                wish=wish.value, wished_at=now(), agreed=agreed.value, wish_recorded_by=by.account_id
            )
            if may_raise(one.result, wish):
                raised.append(
                    open_need(
                        row.person_id,
                        one.domain,
                        holder_id=row.holder_id,
                        agreed=agreed,
                        urgency=urgency_of(one),
                        by=by,
                        wanted_at=None,
                        screening_id=row.id,
                        determination_id=determination_id,
                    )
                )
    if said:
        record(
            "screening.wishes",
            by=by,
            subject=("screening", row.id),
            person_id=row.person_id,
            words=WISHES,
        )
    return raised
