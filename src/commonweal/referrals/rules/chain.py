"""A referral that bounces: services that said no in a row, and the point with nobody left to ask."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from commonweal.kernel.words import N_
from commonweal.referrals.rules.reasons import REASONS
from commonweal.referrals.vocabulary import Follow, OutcomeCode, Status

BOUNCES_IN_A_ROW = 3


@dataclass(frozen=True, slots=True)
class Link:
    """One sending in the chain, oldest first: where it stands, why it ended, and with what outcome."""

    status: Status
    reason: str = ""
    outcome: OutcomeCode | None = None


class DeadEnd(StrEnum):
    """Why a referral is stuck."""

    MANY_REFUSALS = "many-refusals"
    NOBODY_LEFT = "nobody-left"


DEAD_END_WORDS: dict[DeadEnd, str] = {
    DeadEnd.MANY_REFUSALS: N_("Three services in a row could not help."),
    DeadEnd.NOBODY_LEFT: N_("No service that fits is left to ask."),
}


def bounced(link: Link) -> bool:
    """True where the service could not help; not where the person chose, or where we erred."""
    if link.status in (Status.REJECTED, Status.FAILED):
        reason = REASONS.get(link.reason)
        return reason is None or not (reason.is_persons_choice or reason.outcome is OutcomeCode.MOVED_OR_DIED)
    return link.status is Status.CANCELLED and link.reason == "no-answer"


def bounces_in_a_row(chain: Sequence[Link]) -> int:
    """How many sendings, counted back from the newest, came back without help. Errors do not count."""
    count = 0
    for link in reversed(chain):
        if link.status is Status.ENTERED_IN_ERROR:
            continue
        if not bounced(link):
            return count
        count += 1
    return count


def dead_end(chain: Sequence[Link], services_left: int | None) -> DeadEnd | None:
    """Is this referral stuck? ``services_left`` is how many fitting ones were not asked (None: not known)."""
    bounces = bounces_in_a_row(chain)
    if bounces == 0:
        return None
    if services_left == 0:
        return DeadEnd.NOBODY_LEFT
    return DeadEnd.MANY_REFUSALS if bounces >= BOUNCES_IN_A_ROW else None


def makes_gap(reason_code: str) -> bool:
    """Does this reason tell the Table about something that the county lacks?"""
    reason = REASONS.get(reason_code)
    return reason is not None and Follow.GAP in reason.follows


def follows_from(codes: Iterable[str]) -> frozenset[Follow]:
    """All that follows from these reasons together."""
    return frozenset(f for code in codes if code in REASONS for f in REASONS[code].follows)
