"""Acts after a vote: close and count, certify what came of it, ratify, pass a gate, let lapse.

Whoever sets the count going, it is the count that writes: ballots of a secret poll are laid open and a
decision
is entered as ``THE_COUNT``, and the database lets nobody else.
"""

import secrets
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.utils.timezone import localtime, make_aware

from commonweal.foundation import audit
from commonweal.foundation.access import Actor, acting
from commonweal.foundation.bus import publish
from commonweal.governance import access_voting as access
from commonweal.governance import queries, sealing
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import effects
from commonweal.governance.actions.casting import locked_poll
from commonweal.governance.actions.proposing import check, locked
from commonweal.governance.events import DecisionRecorded
from commonweal.governance.events_voting import PollClosed, QuestionAnswered
from commonweal.governance.models import Ballot, Decision, Poll, Proposal, Ratification, Turnout
from commonweal.governance.queries import bylaws, polls, standing
from commonweal.governance.queries.board import counting_board
from commonweal.governance.queries.certificates import certificate_of, reasons_said
from commonweal.governance.rules import bulletin
from commonweal.governance.rules.binding import GATED
from commonweal.governance.rules.counting import base_of
from commonweal.governance.rules.wire import ballot_digest, electorate_of, share_of, verdict_plain
from commonweal.governance.shapes_bylaws import MatterRule
from commonweal.governance.shapes_questions import Counted
from commonweal.governance.vocabulary import (
    Assent,
    Base,
    Channel,
    Gate,
    Matter,
    Result,
    Stage,
)
from commonweal.kernel.clock import held, now
from commonweal.kernel.errors import BadInput, Conflict, NotFound
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

ROUND_WAITS = timedelta(days=14)
"""How long a blocked consensus or consent waits for another round before the calendar certifies a no."""

_ANSWERED = (Stage.ADOPTED.value, Stage.REJECTED.value, Stage.LAPSED.value, Stage.WITHDRAWN.value)


@transaction.atomic
def close(poll_id: UUID, *, by: Actor, present: tuple[str, ...] = ()) -> Counted:
    """Close a poll whose time is over, lay secret ballots open, and count; again gives the count that was
    kept.

    ``present``: in a story that is told with the clock held, those who were there without casting; else the
    list of the meeting says it. A vote held in a meeting is ended by its chair before its time. Raises
    Refused, NotFound.
    """
    row = locked_poll(poll_id)
    if row.outcome:
        return bulletin.counted_of(row.outcome)
    because = check(_may_close(by, row))
    with acting(THE_COUNT):
        found = _close(row, present)
    audit.record(
        "poll.closed",
        by=by,
        subject=("poll", row.id),
        words=N_("Closed a vote and counted it."),
        details={"head": row.head, "count": row.count, "outcome": bulletin.counted_plain(found)["result"]},
        because=because.rule,
    )
    if row.is_secret:
        transaction.on_commit(lambda: sealing.destroy_key(row.id))
    publish(PollClosed(row.id, row.proposal_id, found.gate))
    return found


def _may_close(by: Actor, row: Poll) -> Verdict:
    counting = access.may_count(by)
    if not counting or polls.moment_for(row) >= row.closes_at:
        return counting
    if row.meeting_id is not None:
        return access.may_end_in_meeting(by, row)
    return deny("governance.close.open", N_("Voting is still open."), N_("Wait until it closes."))


def _close(row: Poll, present: tuple[str, ...]) -> Counted:
    if row.is_secret:
        _lay_open(row)
    row.at_closing = {**row.at_closing, **_facts(row, present)}
    row.closed_at = polls.moment_for(row)
    plain = {**counting_board(row), "gates": []}
    found = bulletin.count(plain)
    row.outcome = bulletin.counted_plain(found)
    row.save(update_fields=["at_closing", "closed_at", "outcome", "head", "count"])
    return found


def _facts(row: Poll, present: tuple[str, ...]) -> dict[str, Any]:
    """What counts beside the ballots, as it is now."""
    known = {v.id for v in electorate_of(row.electorate).voters}
    told = set(present) if polls.is_history(row) and held() else set()
    return {
        "present": sorted((told | polls.voters_there(row)) & known),
        "recused": sorted(access.recused_in(row)),
        "body": verdict_plain(standing.may_bind(row.body_id)),
        "notice": row.proposal.noticed_at is not None,
        "judgements": polls.judgements_of(row),
    }


def _lay_open(row: Poll) -> None:
    """Open every envelope, shuffle, and keep the ballots without voter and time; then no envelope is left.

    One statement writes all ballots in the shuffled order, so that neither their place in the table, nor the
    transaction, nor a time says who cast which. Who took part is written in the order of names (B07).
    """
    key = sealing.key_of(row.id)
    envelopes = list(row.envelopes.order_by("unit").values_list("unit", "voter", "sealed"))
    opened = [sealing.unseal(key, bytes(sealed)) for _unit, _voter, sealed in envelopes]
    secrets.SystemRandom().shuffle(opened)
    ballots, before = [], ""
    for place, content in enumerate(opened, start=1):
        plain = {
            "place": place,
            "voter": "",
            "unit": "",
            "choice": {**content["choice"], "salt": content["salt"]},
            "channel": Channel.PAGE.value,
            "provenance": "",
            "receipt": content["receipt"],
            "occurred_at": None,
            "before": before,
        }
        before = ballot_digest(str(row.id), plain)
        ballots.append(Ballot(poll=row, **plain, digest=before))
    Ballot.objects.bulk_create(ballots)
    Turnout.objects.bulk_create(
        Turnout(poll=row, unit=unit, voter=voter) for unit, voter, _ in sorted(envelopes, key=lambda e: e[1])
    )
    row.envelopes.all().delete()
    row.head, row.count = before, len(ballots)


@transaction.atomic
def certify(question_id: UUID, *, by: Actor) -> Result:
    """Certify what came of a question, once every body asked has answered or the deadline is over.

    An answer that waits (for residents, a body below, organizations) is kept with its deadline. Adopted, it
    gives its mandate in this transaction. Again gives the same. Raises Refused while a vote is open,
    NotFound.
    """
    because = check(access.may_count(by))
    with acting(THE_COUNT):
        return _certify(question_id, because)


def _certify(question_id: UUID, because: Verdict) -> Result:
    """As the count, which sees also what a private body said."""
    row = locked(question_id)
    if row.stage in _ANSWERED:
        return _kept_result(row)
    asked = polls.polls_of_round(row)
    check(_may_certify(asked))
    main = asked[0]
    found = bulletin.count(counting_board(main))
    result = found.outcome.result
    waits = result in (Result.PENDING_RESIDENTS, Result.PENDING_RATIFICATION)
    if waits and not _is_overdue(row, main, result):
        return _wait(row, main, found, because)
    decision = _decide(row, main, found)
    _told(row, decision, THE_COUNT, because, result)
    return result


def _may_certify(asked: Any) -> Verdict:
    if not asked:
        return deny("governance.certify.not-voted", N_("Nobody has voted on this yet."))
    if any(poll.closed_at is None for poll in asked):
        return deny("governance.certify.open", N_("Voting is still open."), N_("Wait until it closes."))
    return allow("governance.certify.closed", N_("Every body that was asked has voted."))


def _kept_result(row: Proposal) -> Result:
    decision = Decision.objects.filter(proposal=row).first()
    if decision is None or not decision.certificate:
        raise NotFound("decision")
    return Result(decision.certificate["counted"]["result"])


def _is_overdue(row: Proposal, main: Poll, result: Result) -> bool:
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
    return result


def _decide(row: Proposal, main: Poll, found: Counted, override: dict[str, Any] | None = None) -> Decision:
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
        reasons=reasons_said(main, found, is_lapsed=lapsed),
        dissent=_dissent(row, main),
        proposal=row,
        bylaws_version=main.bylaws_version,
        certificate=certificate_of(row, main, found, override),
    )
    stage = Stage.ADOPTED if adopted else Stage.LAPSED if lapsed else Stage.REJECTED
    row.stage, row.waits_until = stage.value, None
    row.save(update_fields=["stage", "waits_until"])
    if adopted:
        _give(row, main, decision)
    publish(DecisionRecorded(decision.id, decision.number, decision.adopted))
    publish(QuestionAnswered(row.id, row.number, decision.id, outcome.result))
    return decision


def _method_said(main: Poll) -> str:
    """The rule in the words of the article that says it, shortened for the register."""
    law = bylaws.version_numbered(main.bylaws_version)
    rule = law.matters.get(Matter(main.rule["matter"])) if law else None
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


def _give(row: Proposal, main: Poll, decision: Decision) -> None:
    """The mandate of an adopted question: from its day or now, up to its end, with its day of review."""
    law = bylaws.version_numbered(main.bylaws_version)
    rule = law.matters.get(Matter(main.rule["matter"])) if law else None
    starts = max(_at_start(row) or now(), now())
    ends = make_aware(datetime.combine(row.ends_on, time.min)) if row.ends_on else None
    params = {**row.params, **_chosen_params(main)}
    effects.give(
        decision.id,
        row.effect,
        params,
        by=THE_COUNT,
        starts_at=starts,
        ends_at=_bounded(ends, starts, rule, main),
        review_on=row.review_on or _review(rule, main, starts),
        words="" if row.effect != "none" else row.title,
        matter=Matter(row.matter),
    )


def _chosen_params(main: Poll) -> dict[str, Any]:
    """Which options were chosen, for effects that ask."""
    chosen = (main.outcome or {}).get("chosen") or []
    return {"chosen": chosen} if main.rule["choosing"] else {}


def _at_start(row: Proposal) -> datetime | None:
    return make_aware(datetime.combine(row.starts_on, time.min)) if row.starts_on else None


def _bounded(ends: datetime | None, starts: datetime, rule: MatterRule | None, main: Poll) -> datetime | None:
    """The end, no later than the rule lets it run; what was hurried runs out soon (DOMAIN §7.7)."""
    bounds = [ends] if ends else []
    if rule and rule.longest_days:
        bounds.append(starts + timedelta(days=rule.longest_days))
    if rule and rule.emergency and main.rule["emergency"]:
        bounds.append(starts + timedelta(days=rule.emergency.expires_days))
    return min(bounds, default=None)


def _review(rule: MatterRule | None, main: Poll, starts: datetime) -> Any:
    if rule and rule.emergency and main.rule["emergency"]:
        return localtime(starts + timedelta(days=rule.emergency.review_days)).date()
    return localtime(starts + timedelta(days=rule.review_days)).date() if rule and rule.review_days else None


def _told(row: Proposal, decision: Decision, by: Actor, because: Verdict, result: Result) -> None:
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


@transaction.atomic
def pass_gate(question_id: UUID, *, by: Actor, why: str) -> Result:
    """Adopt past a gate that did not say yes, by the narrow way that the bylaws have: enough of all members
    said yes, and enough time has passed. Logged with its reason; never for sharing about people or
    publishing.

    Raises Refused, NotFound, BadInput without a reason.
    """
    row = locked(question_id)
    asked = polls.polls_of_round(row)
    because = check(_may_pass(by, row, list(asked)))
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    main = asked[0]
    found = bulletin.count(counting_board(main))
    override = {"why": why.strip()[:500], "at": now().isoformat(), "article": main.rule["article"]}
    with acting(THE_COUNT):
        decision = _decide(row, main, found, override)
    _told(row, decision, by, because, found.outcome.result)
    return Result.ADOPTED


def _may_pass(by: Actor, row: Proposal, asked: list[Poll]) -> Verdict:
    leading = access.may_lead(by, row)
    if not leading:
        return leading
    if row.stage != Stage.PENDING_RESIDENTS.value or not asked:
        return deny("governance.override.not-waiting", N_("This question does not wait for an answer."))
    path = asked[0].rule["override"]
    if path is None or Matter(row.matter) in GATED:
        return deny("governance.override.no-path", N_("The bylaws have no way past this."))
    if polls.moment_for(asked[0]) < asked[0].closes_at + timedelta(days=path["after_days"]):
        return deny("governance.override.too-soon", N_("The bylaws let more time pass first."))
    found = bulletin.count(counting_board(asked[0]))
    rule = polls.frozen_rule(asked[0])
    electorate = electorate_of(asked[0].electorate)
    whole = base_of(replace(rule.voting, base=Base.MEMBERSHIP), electorate, found.outcome.tally)
    share = share_of(path["threshold"])
    if share is None or not share.is_met(found.outcome.tally.yes, whole):
        return deny("governance.override.too-few", N_("Too few of all members said yes for this."))
    return allow("governance.override.met", N_("The bylaws have this narrow way, and it was met."))
