"""Ask once more: a body that has not answered, or everybody after another round of talking."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.polling.freezing import anchor, once_more
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.actions.proposing.held import told
from commonweal.governance.events_voting import VotingOpened
from commonweal.governance.models import Poll, Proposal
from commonweal.governance.vocabulary import Method, PollKind, Result, Stage
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput, NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_


@transaction.atomic
def ask_gate_again(question_id: UUID, body_id: UUID, *, by: Actor, closes_at: datetime | None = None) -> UUID:
    """Ask a body that has not answered again, up to the question's deadline; returns the new poll.

    It is asked under the rule and by the text of the first time. Raises Refused, NotFound, BadInput.
    """
    row = locked(question_id)
    because = check(access.may_ask_gate(by, row, body_id))
    with acting(THE_COUNT):  # which sees also what a private body answered
        before = row.polls.filter(kind=PollKind.GATE.value, body_id=body_id).order_by("-opens_at").first()
    if before is None:
        raise NotFound("poll")
    check(may_ask_again(row, before))
    opens = now()
    ends = min(closes_at or row.waits_until or opens, row.waits_until or opens)
    if ends <= opens:
        raise BadInput("closes_at", N_("Voting closes after it opens, before the deadline."))
    poll = once_more(row, before, opens, ends)
    told(
        row,
        by,
        "gate.asked-again",
        N_("Asked a body again for its yes."),
        because.rule,
        polls=[anchor(poll)],
    )
    publish(VotingOpened(row.id, row.number, (poll.id,)))
    return poll.id


def may_ask_again(row: Proposal, before: Poll) -> Verdict:
    """Whether a body is to be asked again: the question waits for it, and it has not answered."""
    if row.stage != Stage.PENDING_RESIDENTS.value or before.closed_at is None:
        return deny("governance.gate.not-waiting", N_("This question does not wait for an answer."))
    if (before.outcome or {}).get("gate") not in ("not-reached", "not-asked"):
        return deny("governance.gate.answered", N_("This body has answered."))
    return allow("governance.gate.again", N_("It has not answered yet."))


@transaction.atomic
def begin_round(question_id: UUID, *, by: Actor, why: str) -> int:
    """Talk again after a block or an objection stood, instead of ending with a no; returns the round's
    number.

    Only for consensus and consent, before the answer was certified. Raises Refused, NotFound, BadInput.
    """
    row = locked(question_id)
    because = check(access.may_lead(by, row))
    check(may_talk_again(row))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    row.round += 1
    row.stage, row.noticed_at = Stage.TALKING.value, None
    row.save(update_fields=["round", "stage", "noticed_at"])
    told(row, by, "round.begun", N_("Began another round of talking."), because.rule, round=row.round)
    return row.round


def may_talk_again(row: Proposal) -> Verdict:
    """Whether another round may begin: consensus or consent, voted on by all, and no agreement found."""
    last = row.polls.filter(kind=PollKind.MAIN.value).order_by("-opens_at").first()
    if row.stage != Stage.VOTING.value or last is None or last.closed_at is None:
        return deny("governance.round.not-now", N_("A round begins after a vote that found no agreement."))
    if Method(last.rule["voting"]["method"]) not in (Method.CONSENSUS, Method.CONSENT):
        return deny("governance.round.method", N_("Only consensus and consent have rounds."))
    if (last.outcome or {}).get("result") == Result.ADOPTED.value:
        return deny("governance.round.adopted", N_("They agreed: it is certified, not talked over."))
    if row.polls.filter(opens_at__gte=last.opens_at, closed_at=None).exists():
        return deny("governance.round.open", N_("Another body is still voting."))
    return allow("governance.round.again", N_("Talk again, and ask again."))
