"""The narrow way past a gate that did not answer, where the bylaws have one."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor, acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.certifying.deciding import decide, told
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.queries import passing, polls
from commonweal.governance.queries.board import counting_board
from commonweal.governance.rules import bulletin
from commonweal.governance.vocabulary import Result
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_


@transaction.atomic
def pass_gate(question_id: UUID, *, by: Actor, why: str) -> Result:
    """Adopt past a gate that did not answer, by the narrow way that the bylaws have: enough of all members
    said yes, and enough time has passed. Logged with its reason; never for sharing about people or
    publishing.

    Raises Refused, NotFound, BadInput without a reason.
    """
    row = locked(question_id)
    because = check(passing.may_pass(by, row))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    main = polls.polls_of_round(row)[0]
    found = bulletin.count(counting_board(main))
    override = {
        "why": why.strip()[:500],
        "by": by.name,
        "at": now().isoformat(),
        "article": main.rule["article"],
    }
    with acting(THE_COUNT):
        decision = decide(row, main, found, override)
    told(row, decision, by, because, found.outcome.result)
    return Result.ADOPTED
