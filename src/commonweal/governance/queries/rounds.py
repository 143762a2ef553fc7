"""The rounds of a question: what each came to, and under which rule it is asked next."""

from commonweal.governance.models import Poll, Proposal
from commonweal.governance.rules.consensus import next_asking
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.shapes_voting import VotingRule
from commonweal.governance.vocabulary import Method, PollKind, Result


def came_to(row: Proposal) -> tuple[Result, ...]:
    """What each asking of the deciding body came to so far, oldest first, before any assent of others."""
    kept = row.polls.filter(kind=PollKind.MAIN.value).exclude(closed_at=None).order_by("opens_at")
    return tuple(Result(outcome["result"]) for outcome in kept.values_list("outcome", flat=True) if outcome)


def asked_next(row: Proposal, rule: MatterRule) -> VotingRule:
    """How the deciding body would be asked now: as the matter has it, or by the vote on which a consensus
    falls back."""
    return next_asking(rule.voting, rule.fallback, came_to(row))


def found_no_agreement(main: Poll) -> bool:
    """Whether a closed round of consensus or consent was held in full and found none."""
    seeks = Method(main.rule["voting"]["method"]) in (Method.CONSENSUS, Method.CONSENT)
    return seeks and (main.outcome or {}).get("result") == Result.REJECTED.value
