"""The question that an act is about: held until the act is over, and told of in the audit."""

from uuid import UUID

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance.models import Proposal
from commonweal.kernel.errors import NotFound, Refused
from commonweal.kernel.verdict import Verdict


def check(verdict: Verdict) -> Verdict:
    """The verdict where it allows. Raises Refused."""
    if not verdict:
        raise Refused(verdict)
    return verdict


def locked(question_id: UUID) -> Proposal:
    """The question, held until the transaction ends. Raises NotFound."""
    row = (
        Proposal.objects.select_for_update(of=("self",)).select_related("body").filter(pk=question_id).first()
    )
    if row is None:
        raise NotFound("question")
    return row


def told(row: Proposal, by: Actor, verb: str, words: str, because: str, **details: object) -> None:
    """Put an act on a question into the audit: what was done, and the rule that allowed it."""
    audit.record(
        verb,
        by=by,
        subject=("question", row.id),
        words=words,
        details={"number": row.number, **details},
        because=because,
    )
