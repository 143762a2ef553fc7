"""Certify what came of a question: it waits for others, or it is decided and its decision entered."""

from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localtime

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance import queries
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions.certifying.giving import give
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.events import DecisionRecorded
from commonweal.governance.events_voting import AnswerWaits, QuestionAnswered
from commonweal.governance.models import Decision, Poll, Proposal
from commonweal.governance.queries import bylaws, polls, ratifying, rounds
from commonweal.governance.queries.board import counting_board
from commonweal.governance.queries.certificates import certificate_of, reasons_said
from commonweal.governance.rules import bulletin
from commonweal.governance.shapes_questions import Counted
from commonweal.governance.vocabulary import (
    Assent,
    Gate,
    Matter,
    Result,
    Stage,
)
from commonweal.kernel.clock import now
from commonweal.kernel.errors import NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

ROUND_WAITS = timedelta(days=14)
"""How long a blocked consensus or consent waits for another round before the calendar certifies a no."""


_ANSWERED = (Stage.ADOPTED.value, Stage.REJECTED.value, Stage.LAPSED.value, Stage.WITHDRAWN.value)


@transaction.atomic
def certify(question_id: UUID, *, by: Actor) -> Result:
    """Certify what came of a question, once every body asked has answered or the deadline is over.

    An answer that waits (for residents, a body below, organizations) is kept with its deadline. Adopted, it
    gives its mandate in this transaction. Again gives the same. Raises Refused while a vote is open,
    NotFound.
    """
    because = check(access.may_count(by))
    with acting(THE_COUNT):
        return _certify(question_id, because, by)


def _certify(question_id: UUID, because: Verdict, by: Actor) -> Result:
    """As the count, which sees also what a private body said."""
    row = locked(question_id)
    if row.stage in _ANSWERED:
        return _kept_result(row)
    asked = polls.polls_of_round(row)
    check(_may_certify(asked))
    main = asked[0]
    check(_may_end_round(by, row, main))
    found = bulletin.count(counting_board(main))
    result = found.outcome.result
    waits = result in (Result.PENDING_RESIDENTS, Result.PENDING_RATIFICATION)
    if waits and not _is_overdue(row, main, result):
        return _wait(row, main, found, because)
    decision = decide(row, main, found)
    told(row, decision, THE_COUNT, because, result)
    return result


def _may_certify(asked: Any) -> Verdict:
    if not asked:
        return deny("governance.certify.not-voted", N_("Nobody has voted on this yet."))
    if any(poll.closed_at is None for poll in asked):
        return deny("governance.certify.open", N_("Voting is still open."), N_("Wait until it closes."))
    return allow("governance.certify.closed", N_("Every body that was asked has voted."))


def _may_end_round(by: Actor, row: Proposal, main: Poll) -> Verdict:
    """A round that found no agreement waits for another one: who leads ends it before, the calendar after."""
    waits = row.stage == Stage.VOTING.value and rounds.found_no_agreement(main)
    if not waits or polls.moment_for(main) >= main.closes_at + ROUND_WAITS or access.may_lead(by, row):
        return allow("governance.certify.round-over", N_("No other round is waited for."))
    return deny(
        "governance.certify.round",
        N_("They found no agreement yet, and may hold another round."),
        N_("Who put the question, who leads the body or the backbone begins it, or ends it with a no."),
    )


def _kept_result(row: Proposal) -> Result:
    decision = Decision.objects.filter(proposal=row).first()
    if decision is None or not decision.certificate:
        raise NotFound("decision")
    return Result(decision.certificate["counted"]["result"])


def _is_overdue(row: Proposal, main: Poll, result: Result) -> bool:
    """Whether the deadline is over, or no organization is left that could bring its yes."""
    if result is Result.PENDING_RATIFICATION and not ratifying.may_still_pass(main):
        return True
    return polls.moment_for(main) >= _deadline(main, result)


def _deadline(main: Poll, result: Result) -> datetime:
    """Until when an answer may wait: as many days after closing as the rule gives."""
    days = main.rule["gate_days"] if result is Result.PENDING_RESIDENTS else main.rule["ratify_days"]
    return main.closes_at + timedelta(days=days)


def _wait(row: Proposal, main: Poll, found: Counted, because: Verdict) -> Result:
    result = found.outcome.result
    stage = {
        Result.PENDING_RESIDENTS: Stage.PENDING_RESIDENTS,
        Result.PENDING_RATIFICATION: Stage.PENDING_RATIFICATION,
    }[result]
    until = _deadline(main, result)
    if (row.stage, row.waits_until) != (stage.value, until):
        row.stage, row.waits_until = stage.value, until
        row.save(update_fields=["stage", "waits_until"])
        audit.record(
            "question.waits",
            by=THE_COUNT,
            subject=("question", row.id),
            words=N_("An answer waits for others."),
            details={"number": row.number, "for": stage.value, "until": until.isoformat()},
            because=because.rule,
        )
        publish(AnswerWaits(row.id, row.number, stage))
    return result


def decide(row: Proposal, main: Poll, found: Counted, override: dict[str, Any] | None = None) -> Decision:
    """Enter the decision with its certificate, and give its mandate where it was adopted."""
    outcome = found.outcome
    adopted = outcome.is_adopted or override is not None
    lapsed = not adopted and outcome.result in (Result.PENDING_RESIDENTS, Result.PENDING_RATIFICATION)
    tally = outcome.tally
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.decision'))")
    yes = 0 if main.rule["choosing"] else tally.yes
    decision = Decision.objects.create(
        number=queries.next_number(),
        title=row.title,
        question=row.question,
        body=main.body.name,
        decided_on=localtime(main.closed_at or now()).date(),
        method=_method_said(main),
        yes=yes,
        no=tally.no,
        abstain=tally.abstain,
        residents=_assent(row, main, adopted).value,
        adopted=adopted,
        reasons=reasons_said(main, found, lapsed=_why_lapsed(main, outcome.result) if lapsed else ""),
        dissent=_dissent(row, main),
        proposal=row,
        bylaws_version=main.bylaws_version,
        certificate=certificate_of(row, main, found, override),
    )
    stage = Stage.ADOPTED if adopted else Stage.LAPSED if lapsed else Stage.REJECTED
    row.stage, row.waits_until = stage.value, None
    row.save(update_fields=["stage", "waits_until"])
    if adopted:
        give(row, main, decision)
    publish(DecisionRecorded(decision.id, decision.number, decision.adopted))
    publish(QuestionAnswered(row.id, row.number, decision.id, outcome.result))
    return decision


def _why_lapsed(main: Poll, result: Result) -> str:
    if result is Result.PENDING_RATIFICATION and not ratifying.may_still_pass(main):
        return "The organizations did not stand behind it, so it lapsed."
    return "Nobody answered before the deadline, so it lapsed."


def _method_said(main: Poll) -> str:
    """The rule in the words of the article that says it, shortened for the register."""
    law = bylaws.version_numbered(main.bylaws_version)
    rule = law.rule(Matter(main.rule["matter"]), main.body.slug) if law else None
    said = rule.text.get("en", "") if rule else ""
    return (f"{main.rule['article']}: {said}" if said else main.rule["article"])[:200]


def _assent(row: Proposal, main: Poll, adopted: bool) -> Assent:
    """The residents' answer as the register keeps it. Where their own body decides, its answer is it."""
    law = bylaws.version_numbered(main.bylaws_version)
    own = law is not None and main.body.slug == law.residents_body
    if own:
        return Assent.YES if adopted else Assent.NO
    for gate in polls.polls_of_round(row)[1:]:
        if gate.rule["assent"] == "residents" and gate.outcome:
            answer = Gate(gate.outcome["gate"])
            return {Gate.AFFIRMED: Assent.YES, Gate.WITHHELD: Assent.NO}.get(answer, Assent.NOT_ASKED)
    return Assent.NOT_ASKED


def _dissent(row: Proposal, main: Poll) -> str:
    """The reasons of those who said no, and of bodies below that withheld their yes: kept, and seen above.

    What was said in a private body stays there: the decision is public.
    """
    said = []
    for poll in polls.polls_of_round(row):
        if poll.is_secret or poll.rule["choosing"] or poll.body.is_private:
            continue
        for ballot in polls.ballots_of(poll):
            against = ballot.choice.get("position") in ("no", "block", "objection", "stand-aside")
            if ballot.is_counted and against and ballot.choice.get("reason"):
                said.append(f"{ballot.voter_name}: {ballot.choice['reason']}")
    return "\n".join(said)


def told(row: Proposal, decision: Decision, by: Actor, because: Verdict, result: Result) -> None:
    audit.record(
        "decision.certified",
        by=by,
        subject=("decision", decision.id),
        words=N_("Certified what the table decided."),
        details={
            "number": decision.number,
            "question": row.number,
            "result": result.value,
            "certificate": (decision.certificate or {}).get("digest", ""),
        },
        because=because.rule,
    )
