"""Write what was found when a decision was looked at again."""

from datetime import date
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance.actions.proposing import check
from commonweal.governance.models import Mandate, Review
from commonweal.governance.queries import reviews
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.words import N_


@transaction.atomic
def look_again(
    mandate_id: UUID, *, by: Actor, words: str, next_on: date | None, looked_on: date | None = None
) -> UUID:
    """Write what was found, and by when it is next looked at (None: not again before it ends).

    It ends nothing and changes nothing: that is a question. Raises Refused, NotFound, BadInput.
    """
    row = _mandate(mandate_id)
    because = check(reviews.may_look(by, row))
    day = looked_on or today()
    if not words.strip():
        raise BadInput("words", N_("Say what you found, in a sentence."))
    if day > today():
        raise BadInput("looked_on", N_("That day is still to come."))
    if next_on is not None and next_on <= day:
        raise BadInput("next_on", N_("The next look is after this one."))
    made = Review.objects.create(
        mandate=row,
        looked_on=day,
        words=words.strip()[:500],
        next_on=next_on,
        author_id=by.account_id,
        author_name=by.name,
    )
    audit.record(
        "decision.looked-at",
        by=by,
        subject=("mandate", row.pk),
        words=N_("Wrote what was found when a decision was looked at again."),
        details={"decision": row.decision.number, "next": next_on.isoformat() if next_on else None},
        because=because.rule,
    )
    return made.pk


def _mandate(mandate_id: UUID) -> Mandate:
    row = Mandate.objects.select_related("decision__proposal").filter(pk=mandate_id).first()
    if row is None:
        raise NotFound("mandate")
    return row
