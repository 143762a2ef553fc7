"""Counting a published board: who took part, what counts, what came of it. Page, certificate and recount
call it.

A board is plain values: the frozen rule and electorate, options and lots, the ballots, and what was true at
closing (``queries.board`` publishes it). Pure, so that a stored board counts alike in years.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from commonweal.governance.rules.choosing import Choice, choose
from commonweal.governance.rules.counting import counted
from commonweal.governance.rules.deciding import COMPLIANT, decide
from commonweal.governance.rules.quorum import quorum
from commonweal.governance.rules.residents import gate_of
from commonweal.governance.rules.wire import Frozen, electorate_of, frozen_of, verdict_of, verdict_plain
from commonweal.governance.shapes_questions import Counted
from commonweal.governance.shapes_voting import Cast, Electorate, Outcome, Tally, Voter
from commonweal.governance.vocabulary import Authority, Gate, Method, PollKind, Position, Result
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

Board = Mapping[str, Any]

FEWEST_SHOWN = 5
"""A secret tally of fewer is not shown (SECURITY B09)."""

_WORST = (Gate.WITHHELD, Gate.NOT_REACHED, Gate.NOT_ASKED, Gate.AFFIRMED)


def count(board: Board) -> Counted:
    """What the ballots on a board come to under its frozen rule, with the assents that it waits for."""
    frozen = frozen_of(board["rule"])
    last = _last_of_each_unit(board)
    electorate = _taking_part(board, last)
    casts = _casts(board, electorate, last)
    gates = board.get("gates", [])
    if frozen.choosing:
        found = _choosing(board, frozen, electorate, last)
    else:
        found = Counted(_deciding(board, frozen, electorate, casts, gates))
    if board["kind"] == PollKind.GATE.value:
        return _hold_back(board, replace(found, gate=_gate(board, frozen, electorate, casts, found)))
    outcome = _with_gates(found.outcome, gates)
    return _hold_back(board, replace(found, outcome=outcome))


def steps_while_open(board: Board) -> tuple[Verdict, ...]:
    """The standing of the rule now, without a tally: the body's make-up, quorum, and notice where it
    counts."""
    frozen = frozen_of(board["rule"])
    electorate = _taking_part(board, _last_of_each_unit(board))
    steps = [_body(board), quorum(electorate, frozen.voting.quorum)]
    if frozen.voting.method is Method.CONSENT and not board["at_closing"].get("notice", True):
        steps.append(deny("governance.notice.missing", N_("Notice was not given in time.")))
    return tuple(steps)


def _recused(board: Board) -> set[str]:
    """Who had stepped out when voting opened, or did before it closed."""
    frozen = {v["id"] for v in board["electorate"]["voters"] if v["is_recused"]}
    return frozen | set(board["at_closing"].get("recused", ()))


def _last_of_each_unit(board: Board) -> list[Mapping[str, Any]]:
    """The ballots that count: of a unit's several the last, those of who stepped out left aside. Secret
    ballots
    are one a unit already."""
    ballots = sorted(board["ballots"], key=lambda b: int(b["place"]))
    if board["secret"]:
        return ballots
    out = _recused(board)
    ballots = [ballot for ballot in ballots if ballot["voter"] not in out]
    last = {ballot["unit"]: ballot for ballot in ballots}
    return [ballot for ballot in ballots if last[ballot["unit"]] is ballot]


def _taking_part(board: Board, last: Sequence[Mapping[str, Any]]) -> Electorate:
    """The electorate with who took part, who stepped out since, and whose organization stands behind it.

    Who stepped out is there, and the rule of the quorum says whether that counts (DOMAIN §7.6).
    """
    frozen = electorate_of(board["electorate"])
    out = _recused(board)
    rows = board["turnout"] if board["secret"] else last
    here = {row["voter"] for row in rows} | set(board["at_closing"].get("present", ())) | out
    said_as = {b["voter"]: b["choice"].get("as") for b in last if not board["secret"]}
    voters = tuple(
        replace(
            voter,
            is_present=voter.id in here,
            is_recused=voter.id in out,
            authority=_authority(voter, said_as.get(voter.id), board.get("ratified", {})),
        )
        for voter in frozen.voters
    )
    return replace(frozen, voters=voters)


def _authority(voter: Voter, said_as: str | None, ratified: Mapping[str, bool]) -> Authority:
    """The authority that counts: as frozen, or less where the one who cast had less; full once ratified."""
    authority = Authority(said_as) if said_as else voter.authority
    return Authority.FULL if authority is Authority.NONE and ratified.get(voter.id) else authority


def _casts(board: Board, electorate: Electorate, last: Sequence[Mapping[str, Any]]) -> list[Cast]:
    """What was said, one a unit. Of a secret poll nobody knows by whom, and no rule for it may ask."""
    if board["rule"]["choosing"]:
        return []
    judged = upheld(board, electorate)
    if board["secret"]:
        takers = [v.id for v in electorate.voters if v.is_present and not v.is_recused]
        names = sorted(set(takers) & {row["voter"] for row in board["turnout"]})
        return [Cast(n, Position(b["choice"]["position"])) for n, b in zip(names, last, strict=False)]
    return [
        Cast(b["voter"], Position(b["choice"]["position"]), b["choice"]["reason"], judged.get(b["voter"]))
        for b in last
    ]


def upheld(board: Board, electorate: Electorate | None = None) -> dict[str, bool]:
    """What the others held of each block or objection: it falls when more than half of them in office, the
    one who asks and the one who blocks left out, found that it is none. Silence upholds it."""
    facts = board["at_closing"]
    judgements = facts.get("judgements", [])
    unit = {v.id: v.has_one_vote_as for v in (electorate or electorate_of(board["electorate"])).voters}
    found: dict[str, bool] = {}
    for about in {j["about"] for j in judgements}:
        barred = {unit.get(about, about), unit.get(facts.get("proposer", ""), "")}
        judges = set(unit.values()) - barred
        against = {unit.get(j["voter"]) for j in judgements if j["about"] == about and not j["is_upheld"]}
        found[about] = 2 * len(against & judges) <= len(judges)
    return found


def _body(board: Board) -> Verdict:
    plain = board["at_closing"].get("body")
    return verdict_of(plain) if plain else COMPLIANT


def _deciding(
    board: Board,
    frozen: Frozen,
    electorate: Electorate,
    casts: Sequence[Cast],
    gates: Sequence[Mapping[str, Any]],
) -> Outcome:
    rule = replace(frozen.voting, needs_residents=bool(gates))
    return decide(
        rule,
        electorate,
        casts,
        worst(Gate(g["answer"]) for g in gates),
        _body(board),
        round_was_held=bool(counted(electorate, casts)),
        notice_was_given=bool(board["at_closing"].get("notice", True)),
        tie_goes_to=_tie_goes_to(board, frozen, casts),
    )


def worst(answers: Any) -> Gate:
    """The answer of several gates together: one that withholds is enough, and each must be asked."""
    given = set(answers)
    return next((answer for answer in _WORST if answer in given), Gate.AFFIRMED)


def _tie_goes_to(board: Board, frozen: Frozen, casts: Sequence[Cast]) -> Position | None:
    if frozen.tie == "lot" and board["lots"]:
        return Position(board["lots"][0])
    if frozen.tie == "chair" and not board["secret"]:
        return next((c.position for c in casts if c.voter == frozen.chair), None)
    return None


def _gate(
    board: Board, frozen: Frozen, electorate: Electorate, casts: Sequence[Cast], found: Counted
) -> Gate:
    """What a body whose assent is asked answered. One that is not made up as the bylaws ask has not."""
    if not _body(board):
        return Gate.NOT_REACHED
    if frozen.voting.method in (Method.VOTE, Method.UNANIMOUS):
        return gate_of(replace(frozen.voting, method=Method.VOTE), electorate, casts)
    heard = counted(electorate, casts)
    answered = found.outcome.tally.cast if frozen.voting.method is Method.DOUBLE_MAJORITY else len(heard)
    if found.outcome.result is Result.NO_QUORUM or not answered:
        return Gate.NOT_REACHED
    return Gate.AFFIRMED if found.outcome.is_adopted else Gate.WITHHELD


def _choosing(
    board: Board, frozen: Frozen, electorate: Electorate, last: Sequence[Mapping[str, Any]]
) -> Counted:
    """Among options: the body and the quorum as ever, and the method's answer in place of a majority."""
    binding = {v.id for v in electorate.voters if v.authority is not Authority.NONE}
    heard = [b["choice"] for b in last if board["secret"] or b["voter"] in binding]
    advisory = len(last) - len(heard)
    chair = next((b["choice"] for b in last if frozen.chair and b["voter"] == frozen.chair), None)
    chosen = choose(frozen, board["options"], heard, board["lots"], chair)
    own = (_body(board), quorum(electorate, frozen.voting.quorum), chosen.step)
    gates = board.get("gates", [])
    result = _result(own, worst(Gate(g["answer"]) for g in gates) if gates else None)
    tally = Tally(yes=len(heard), advisory=advisory)
    steps = (*own, _gate_step(gates[0])) if gates else own
    return Counted(Outcome(result, tally, steps), chosen.options, chosen.sums)


def _result(steps: Sequence[Verdict], gate: Gate | None) -> Result:
    body, there, asked = steps
    if not body:
        return Result.NOT_COMPLIANT
    if not there:
        return Result.NO_QUORUM
    if gate is Gate.WITHHELD or not asked:
        return Result.REJECTED
    return Result.PENDING_RESIDENTS if gate not in (None, Gate.AFFIRMED) else Result.ADOPTED


def _with_gates(outcome: Outcome, gates: Sequence[Mapping[str, Any]]) -> Outcome:
    """The outcome with one step for each body whose assent it needs, in the place of the one for all."""
    if not gates:
        return outcome
    return replace(outcome, steps=(*outcome.steps[:-1], *(_gate_step(gate) for gate in gates)))


def _gate_step(gate: Mapping[str, Any]) -> Verdict:
    answer = Gate(gate["answer"])
    if answer is Gate.AFFIRMED:
        return allow("governance.gate.affirmed", N_("%(body)s said yes."), body=gate["name"])
    if answer is Gate.WITHHELD:
        return deny(
            "governance.gate.withheld",
            N_("%(body)s withheld its yes, so it is not adopted, however the votes stand."),
            N_("Hear their reasons, change the proposal, and ask again."),
            body=gate["name"],
        )
    return deny(
        "governance.gate.waiting",
        N_("%(body)s has not answered, so nothing takes effect yet."),
        N_("Ask them. Enough of them must take part."),
        body=gate["name"],
    )


def _hold_back(board: Board, found: Counted) -> Counted:
    """A secret tally that would tell how each voted is not told; the result is (SECURITY B09)."""
    if not (board["secret"] and board.get("closed_at") and is_telling(board["ballots"])):
        return found
    steps = tuple(_without_numbers(step) for step in found.outcome.steps)
    return replace(
        found, outcome=replace(found.outcome, tally=Tally(), steps=steps), sums=None, is_held_back=True
    )


def is_telling(ballots: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a secret tally would tell how somebody voted: fewer than five, or all alike."""
    said = {_said(ballot["choice"]) for ballot in ballots}
    return len(ballots) < FEWEST_SHOWN or len(said) < 2


def _said(choice: Choice) -> str:
    return str({k: v for k, v in sorted(choice.items()) if k not in ("reason", "salt")})


def _without_numbers(step: Verdict) -> Verdict:
    if not step.rule.startswith(("governance.vote.", "governance.choosing.", "governance.tie.")):
        return step
    words = (
        N_("Enough said yes. The count is held back: it would tell how each voted.")
        if step
        else N_("Not enough said yes. The count is held back: it would tell how each voted.")
    )
    return Verdict(step.allowed, step.rule, words, step.cure)


def counted_plain(found: Counted) -> dict[str, Any]:
    """What a count came to, as a poll and a certificate keep it."""
    votes = found.outcome.tally
    tally = {"yes": votes.yes, "no": votes.no, "abstain": votes.abstain, "advisory": votes.advisory}
    return {
        "result": found.outcome.result.value,
        "tally": None if found.is_held_back else tally,
        "steps": [verdict_plain(step) for step in found.outcome.steps],
        "groups_won": list(found.outcome.groups_won),
        "chosen": list(found.chosen),
        "sums": dict(found.sums) if found.sums else None,
        "gate": found.gate.value if found.gate else None,
        "held_back": found.is_held_back,
    }


def counted_of(plain: Mapping[str, Any]) -> Counted:
    """The count that was kept."""
    tally = Tally(**plain["tally"]) if plain["tally"] else Tally()
    outcome = Outcome(
        Result(plain["result"]),
        tally,
        tuple(verdict_of(step) for step in plain["steps"]),
        tuple(plain["groups_won"]),
    )
    return Counted(
        outcome,
        tuple(plain["chosen"]),
        plain["sums"],
        Gate(plain["gate"]) if plain["gate"] else None,
        plain["held_back"],
    )
