"""How a decision may be challenged: by whom, until when, with what effect; and those that were made."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.governance import access_voting as access
from commonweal.governance.models import Decision, Mandate, Proposal
from commonweal.governance.queries import bylaws
from commonweal.governance.queries.challenged_before import has_challenged, was_decided_again
from commonweal.governance.queries.laws import is_taking_back
from commonweal.governance.shapes_bylaws import Challenge
from commonweal.governance.vocabulary import Matter, Stage
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

OVER = (Stage.ADOPTED.value, Stage.REJECTED.value, Stage.LAPSED.value, Stage.WITHDRAWN.value)


@dataclass(frozen=True, slots=True)
class ChallengeMade:
    """One challenge: the question that it put, where that stands, and why it was made."""

    decision_id: UUID
    question_number: int
    stage: Stage
    by_name: str
    why: str
    recorded_at: datetime

    @property
    def is_open(self) -> bool:
        """Whether it still waits for its answer."""
        return self.stage.value not in OVER


@dataclass(frozen=True, slots=True)
class ChallengeGround:
    """Whether somebody may challenge a decision now, and what that would do.

    ``until``: the end of the time in which it may be challenged. ``rests``: what it put into effect ends at
    once. ``asks_again``: the same question is asked anew, else whether to withdraw what follows from it.
    """

    verdict: Verdict
    until: datetime
    challengers: frozenset[str]
    rests: bool
    asks_again: bool


def path_of(decision: Decision) -> Challenge | None:
    """How a decision may be challenged: by the bylaws under which it was decided. What was amended since
    takes nobody's challenge away, and gives none. What answered a challenge rests for no other: it holds
    until it is ended."""
    law = bylaws.version_numbered(decision.bylaws_version) if decision.bylaws_version else None
    if law is None or decision.proposal is None:
        return None
    matter, body = Matter(decision.proposal.matter), decision.proposal.body.slug
    then = law.rule(matter, body)
    path = then.challenge if then and bylaws.rule_for(matter, body) is not None else None
    return replace(path, suspends=False) if path and was_decided_again(decision) else path


def ground(by: Actor, decision_id: UUID) -> ChallengeGround | None:
    """Whether this actor may challenge this decision; None where the bylaws have no challenge for it."""
    row = Decision.objects.select_related("proposal").filter(pk=decision_id).first()
    path = path_of(row) if row else None
    if row is None or path is None:
        return None
    live = Mandate.objects.filter(decision=row).live(now()).exists()
    return ChallengeGround(
        verdict=may_challenge(by, row, path),
        until=row.recorded_at + timedelta(days=path.within_days),
        challengers=path.challengers,
        rests=path.suspends and live,
        asks_again=path.suspends or not live,
    )


def may_challenge(by: Actor, decision: Decision, path: Challenge | None) -> Verdict:
    """Put a decided matter again: a seat that the bylaws name, in time, while no challenge waits already."""
    if path is None:
        return deny("governance.challenge.no-path", N_("The bylaws have no challenge for this."))
    if now() >= decision.recorded_at + timedelta(days=path.within_days):
        return deny(
            "governance.challenge.too-late",
            N_("The time in which this could be challenged is over."),
            N_("Who holds a seat can put a new question about it."),
        )
    waiting = next((made for made in challenges_of([decision.pk]).get(decision.pk, ()) if made.is_open), None)
    if waiting is not None:
        return deny(
            "governance.challenge.again",
            N_("It is challenged already: question %(number)s waits for its answer."),
            N_("Speak there, and vote on it."),
            number=waiting.question_number,
        )
    if has_challenged(by, decision):
        return deny(
            "governance.challenge.before",
            N_("You, or who spoke for your seat, challenged this before, and it was decided again."),
            N_("Somebody else may challenge it; or put a new question about it."),
        )
    if any(access.is_of(seat, path.challengers) for seat in access.seats_of_account(by)):
        return allow("governance.challenge.seat", N_("The bylaws let your seat challenge this."))
    return deny(
        "governance.challenge.no-seat",
        N_("The bylaws name who may challenge this, and you are not among them."),
        N_("Ask someone who holds such a seat to challenge it with your reasons."),
    )


def challenges_of(decision_ids: Iterable[UUID]) -> dict[UUID, list[ChallengeMade]]:
    """The challenges of decisions, oldest first. A body that is asked to take its own yes back is none."""
    rows = Proposal.objects.filter(challenges__in=set(decision_ids))
    rows = rows.select_related("proposed_by", "proposed_by_seat__partner", "body", "challenges__proposal")
    found: dict[UUID, list[ChallengeMade]] = {}
    for row in rows.prefetch_related("sections").order_by("recorded_at"):
        decision = row.challenges
        if decision is None or is_taking_back(row):
            continue
        seat = row.proposed_by_seat
        by_seat = seat.partner.name if seat and seat.partner else ""
        sections = sorted(row.sections.all(), key=lambda s: (s.place, -s.version))
        found.setdefault(decision.pk, []).append(
            ChallengeMade(
                decision_id=decision.pk,
                question_number=row.number,
                stage=Stage(row.stage),
                by_name=by_seat or (row.proposed_by.name if row.proposed_by else ""),
                why=sections[0].text if sections else "",
                recorded_at=row.recorded_at,
            )
        )
    return found
