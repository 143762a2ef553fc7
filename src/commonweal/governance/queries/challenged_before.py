"""Which challenges went before: one and the same does not challenge what was decided again without end."""

from collections.abc import Iterator

from django.db.models import Q

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.models import Decision, Proposal
from commonweal.governance.queries.laws import is_taking_back


def was_decided_again(decision: Decision) -> bool:
    """Whether a decision answered a challenge: what it put into effect rests for no other."""
    question = decision.proposal
    return question is not None and question.challenges_id is not None


def has_challenged(by: Actor, decision: Decision) -> bool:
    """Whether the actor, or one who spoke for the same voter, challenged this, or what it decided again."""
    mine = access.seats_of_account(by)
    voters = {seat.voter_id for seat in mine}
    return any(
        (row.proposed_by_id is not None and row.proposed_by_id == by.account_id) or _voter(row) in voters
        for row in _earlier(decision)
    )


def _voter(row: Proposal) -> str:
    seat = row.proposed_by_seat
    if seat is None:
        return ""
    return f"partner:{seat.partner_id}" if seat.partner_id else f"seat:{seat.pk}"


def _earlier(decision: Decision) -> Iterator[Proposal]:
    """Every challenge of this decision, and of those that it decided again."""
    line: list[Decision] = [decision]
    while (question := line[-1].proposal) is not None and question.challenges is not None:
        line.append(question.challenges)
    rows = Proposal.objects.filter(Q(challenges__in=[d.pk for d in line]))
    for row in rows.select_related("proposed_by_seat", "body", "challenges__proposal"):
        if not is_taking_back(row):
            yield row
