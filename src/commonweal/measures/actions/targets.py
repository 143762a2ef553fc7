"""The number that a decision set as a target, written down beside its mandate."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.kernel.errors import BadInput, Refused
from commonweal.kernel.words import N_
from commonweal.measures import access
from commonweal.measures.models import Target
from commonweal.measures.rules.definitions import BY_ID
from commonweal.measures.vocabulary import Kind
from commonweal.partners import facade as partners


@transaction.atomic
def set_target(measure: str, value: Decimal, due_on: date, *, mandate_id: UUID, by: Actor) -> None:
    """Write a target down: in 100 for a rate, days for a wait. It holds while its mandate is live, and a
    change takes a new decision. Raises Refused, BadInput."""
    verdict = access.may_set_target(by, partners.acts_for_backbone(by))
    if not verdict:
        raise Refused(verdict)
    definition = BY_ID.get(measure)
    if definition is None:
        raise BadInput("measure", f"there is no measure called {measure}")
    if definition.kind is Kind.RATE and value > 100:
        raise BadInput("value", "a rate goes up to 100 in 100")
    if Target.objects.filter(mandate_id=mandate_id).exists():
        raise BadInput("mandate", "its target is written down already; a change takes a new decision")
    row = Target(mandate_id=mandate_id, measure=measure, value=value, due_on=due_on)
    row.save(force_insert=True)
    audit.record(
        "measure.target-set",
        by=by,
        subject=("measure", measure),
        words=N_("wrote down the target that was decided"),
        because=verdict.rule,
        details={"value": str(value), "due": due_on.isoformat()},
    )
