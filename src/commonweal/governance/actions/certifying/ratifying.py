"""Organizations stand behind the vote of a delegate who could not decide alone."""

from uuid import UUID

from django.db import transaction

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.actions.certifying.deciding import certify
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.models import Ratification
from commonweal.governance.queries import polls
from commonweal.governance.vocabulary import (
    Result,
    Stage,
)
from commonweal.kernel.errors import Conflict, NotFound
from commonweal.kernel.verdict import deny
from commonweal.kernel.words import N_


@transaction.atomic
def ratify(question_id: UUID, *, by: Actor, voter: str, is_behind: bool, words: str = "") -> Result:
    """Stand, for an organization, behind the vote of its delegate who could not decide alone; or not.

    With enough of them it is certified at once. Raises Refused, NotFound, Conflict where it answered before.
    """
    row = locked(question_id)
    asked = polls.polls_of_round(row)
    known = access.voter_in(asked[0], voter) if asked else None
    if known is None or row.stage != Stage.PENDING_RATIFICATION.value:
        check(deny("governance.ratify.not-waiting", N_("This question does not wait for an organization.")))
    because = check(
        access.may_ratify(by, UUID(voter.partition(":")[2]) if voter.startswith("partner:") else None)
    )
    if voter not in polls.advisory_voters(asked[0]):
        raise NotFound("voter")
    if Ratification.objects.filter(poll=asked[0], voter=voter).exists():
        raise Conflict("This organization has answered.")
    Ratification.objects.create(
        poll=asked[0],
        voter=voter,
        is_behind=is_behind,
        words=words.strip()[:500],
        recorded_by_id=by.account_id,
    )
    audit.record(
        "vote.ratified",
        by=by,
        subject=("question", row.id),
        words=N_("Stood behind a delegate’s vote, or did not."),
        details={"number": row.number, "behind": is_behind},
        because=because.rule,
    )
    return certify(question_id, by=by)
