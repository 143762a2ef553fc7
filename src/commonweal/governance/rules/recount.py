"""The outsider's recount: one file, the standard library, none of the engine's code.

    python recount.py board.json [anchors.jsonl ...]

A board is what is published when voting closed. Anchors are lines that others kept earlier or took from
the audit (``{"poll", "verb", "details"}``): what stood at opening, at each cast, at closing. It names
ballots that were inserted, dropped or edited, a changed roll, rule or text, and a wrong outcome.
Exit code 0: all agrees; 1: something does not; 2: unreadable. Options are counted by ``recount_options.py``
beside it.
"""

import hashlib
import json
import sys
from collections.abc import Iterable
from typing import Any

if __package__:
    from commonweal.governance.rules.recount_options import choose
else:  # run as a file of its own
    from recount_options import choose  # type: ignore[import-not-found, no-redef]

Plain = dict[str, Any]
COVERED = ("place", "voter", "unit", "choice", "channel", "provenance", "receipt", "occurred_at", "before")
FOR = ("yes", "reservations")


def digest(value: object) -> str:
    text = json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    return hashlib.sha256(text.encode()).hexdigest()


def verify(board: Plain, anchors: Iterable[Plain] = ()) -> list[str]:
    """Everything that is not as it should be, in words; empty where all agrees."""
    found = [*_frozen(board), *_chain(board), *_roll(board)]
    mine = [a for a in anchors if a.get("poll") == board["poll"]]
    for anchor in mine:
        found += _anchored(board, anchor)
    casts = {
        a["details"]["place"]: a for a in mine if a["verb"] == "ballot.cast" and a["details"].get("place")
    }
    if casts and not board["secret"]:
        places = {b["place"] for b in board["ballots"]}
        found += [f"inserted: ballot {n} was never cast by the record" for n in sorted(places - set(casts))]
    if not board.get("held_back") and board["outcome"] is not None:
        try:
            found += _outcome(board)
        except (KeyError, TypeError, ValueError) as fault:
            found.append(f"edited: a ballot says what no ballot can say ({fault!r})")
    return found


def _frozen(board: Plain) -> list[str]:
    found = []
    for name in ("electorate", "text", "rule"):
        if digest(board[name]) != board[f"{name}_digest"]:
            found.append(f"changed {name}: it is not what was frozen when voting opened")
    return found


def _chain(board: Plain) -> list[str]:
    """Each ballot covers the one before it; the last is the head that was kept at closing."""
    found: list[str] = []
    before = ""
    for place, ballot in enumerate(board["ballots"], start=1):
        if ballot["place"] != place:
            return [*found, f"dropped or inserted: ballot {ballot['place']} stands where {place} belongs"]
        if ballot["before"] != before:
            found.append(f"dropped or inserted: ballot {place} does not follow the one before it")
        hidden = board.get("held_back") and ballot["choice"] is None
        if (
            not hidden
            and digest({"poll": board["poll"], **{n: ballot[n] for n in COVERED}}) != ballot["digest"]
        ):
            found.append(f"edited: ballot {place} is not what was cast")
        before = ballot["digest"]
    if board["closed_at"] and (before, len(board["ballots"])) != (board["head"], board["count"]):
        found.append("dropped or inserted: the last ballot is not the one at closing")
    receipts = [b["receipt"] for b in board["ballots"]]
    if len(set(receipts)) != len(receipts):
        found.append("inserted: two ballots have one receipt")
    return found


def _roll(board: Plain) -> list[str]:
    """Everyone who voted stood in the electorate and had not stepped out; one sealed ballot a unit."""
    unit = {v["id"]: v["unit"] or v["id"] for v in board["electorate"]["voters"]}
    rows = board["turnout"] if board["secret"] else board["ballots"]
    found = [
        f"inserted: {r['voter']} is not of the electorate" for r in rows if unit.get(r["voter"]) != r["unit"]
    ]
    several = len({r["unit"] for r in rows}) != len(rows) or len(rows) != len(board["ballots"])
    if board["secret"] and board["closed_at"] and several:
        found.append("dropped or inserted: as many took part as there are ballots")
    return found


def _anchored(board: Plain, anchor: Plain) -> list[str]:
    """What was kept earlier still holds."""
    said, verb = anchor["details"], anchor["verb"]
    if verb == "voting.opened":
        now = {name: board[f"{name}_digest"] for name in ("electorate", "rule", "text")}
        now["lots"] = digest(board["lots"])
        return [f"changed {n}: another {n} stood at opening" for n in now if n in said and said[n] != now[n]]
    if verb == "ballot.cast" and said.get("place"):
        there = {b["place"]: b["digest"] for b in board["ballots"]}
        if said["place"] not in there:
            return [f"dropped: ballot {said['place']} was cast and is not here"]
        if there[said["place"]] != said["digest"]:
            return [f"edited: ballot {said['place']} is not the one that was cast"]
    if verb == "poll.closed" and (said["head"], said["count"]) != (board["head"], board["count"]):
        return ["rewritten: the ballots are not those at closing"]
    return []


def _outcome(board: Plain) -> list[str]:
    kept = board["outcome"]
    again = count({**board, "gates": [], "ratified": {}})
    untold = ("tally", "sums") if kept.get("held_back") else ()
    found = [
        f"wrong count: {name} is {value}, and {kept[name]} was said"
        for name, value in again.items()
        if name in kept and kept[name] != value and name not in untold
    ]
    said = board.get("certified")
    if said and _with_assents(board) != said["result"]:
        found.append(f"wrong decision: {_with_assents(board)}, and {said['result']} was certified")
    return found


def _with_assents(board: Plain) -> str:
    """The result with what organizations stood behind, and the answers of those whose assent it needs."""
    result = str(count(board)["result"])
    answers = {gate["answer"] for gate in board.get("gates", [])}
    if "withheld" in answers and result not in ("not-compliant", "no-quorum"):
        return "rejected"
    waits = answers - {"affirmed"}
    return "pending-resident-gate" if result == "adopted" and waits else result


def _share(share: Plain, part: int, whole: int) -> bool:
    ours, asked = part * share["denominator"], share["numerator"] * whole
    return whole > 0 and (ours > asked if share["over"] else ours >= asked)


def _least(share: Plain, whole: int) -> int:
    asked = share["numerator"] * whole
    return int(asked // share["denominator"] + 1 if share["over"] else -(-asked // share["denominator"]))


def _voters(board: Plain) -> tuple[dict[str, Plain], list[Plain]]:
    """The electorate as it counts, and the ballots that count: of a unit's several the last."""
    voters = {v["id"]: {**v, "unit": v["unit"] or v["id"]} for v in board["electorate"]["voters"]}
    out = {n for n, v in voters.items() if v["is_recused"]} | set(board["at_closing"].get("recused", []))
    ballots = board["ballots"]
    if not board["secret"]:
        ballots = [b for b in ballots if b["voter"] in voters and b["voter"] not in out]
        last = {b["unit"]: b["place"] for b in ballots}
        ballots = [b for b in ballots if last[b["unit"]] == b["place"]]
    here = {r["voter"] for r in (board["turnout"] if board["secret"] else ballots)}
    here |= out | set(board["at_closing"].get("present", []))
    said_as = {b["voter"]: b["choice"].get("as") for b in ballots if not board["secret"]}
    for name, voter in voters.items():
        voter["here"], voter["is_recused"] = name in here, name in out
        voter["authority"] = said_as.get(name) or voter["authority"]
        if voter["authority"] == "none" and board.get("ratified", {}).get(name):
            voter["authority"] = "full"
    return voters, ballots


def _quorum(rule: Plain, voters: dict[str, Plain], in_office: int) -> bool:
    asked = rule["quorum"]
    counts = [v for v in voters.values() if v["here"]]
    counts = [v for v in counts if asked["recused"] == "count" or not v["is_recused"]]
    counts = [v for v in counts if not asked["needs_authority"] or v["authority"] != "none"]
    there = list({v["unit"]: v for v in counts}.values())
    base = in_office
    if asked["recused"] == "leave-reduced-base":
        base -= sum(v["is_recused"] for v in voters.values())
    needed = max(_least(asked["share"], base) if asked["share"] else 0, asked["count"])
    for name, least in asked["classes"].items():
        if sum(v["is_resident"] if name == "residents" else v["sector"] == name for v in there) < least:
            return False
    return bool(len(there) >= needed)


def _tally(ballots: Iterable[Plain], voters: dict[str, Plain]) -> Plain:
    tally = {"yes": 0, "no": 0, "abstain": 0, "advisory": 0}
    for ballot in ballots:
        said = ballot["choice"]["position"]
        if ballot["voter"] and voters[ballot["voter"]]["authority"] == "none":
            tally["advisory"] += said in FOR
        elif said in FOR:
            tally["yes"] += 1
        elif said in tally:
            tally[said] += 1
    return tally


def count(board: Plain) -> Plain:
    """Result, tally and what was chosen, by the frozen rule alone: assents of others are boards of their
    own."""
    rule, frozen = board["rule"]["voting"], board["rule"]
    voters, ballots = _voters(board)
    body = board["at_closing"].get("body", {"allowed": True})["allowed"]
    there = _quorum(rule, voters, board["electorate"]["in_office"])
    if frozen["choosing"]:
        tally, chosen = _choosing(board, voters, ballots)
        passed = chosen["passed"]
    else:
        tally, chosen = _tally(ballots, voters), {"chosen": [], "sums": None}
        passed = _passes(board, voters, ballots, tally)
    result = "adopted" if passed else "rejected"
    if not passed and not frozen["choosing"] and _could_be_ratified(board, voters, ballots):
        result = "pending-ratification"
    result = "not-compliant" if not body else "no-quorum" if not there else result
    found = {"result": result, "tally": tally, "chosen": chosen["chosen"], "sums": chosen["sums"]}
    if board["kind"] == "gate":
        found["gate"] = _gate(board, body, there, tally, passed, voters, ballots)
    return found


def _could_be_ratified(board: Plain, voters: dict[str, Plain], ballots: list[Plain]) -> bool:
    """Whether it would pass if the organizations of delegates without authority stood behind their yes."""
    waiting = {b["voter"] for b in ballots if b["voter"] and voters[b["voter"]]["authority"] == "none"}
    backed = {b["voter"] for b in ballots if b["voter"] in waiting and b["choice"]["position"] in FOR}
    if not backed:
        return False
    then = {
        name: {**v, "authority": "full" if name in backed else v["authority"]} for name, v in voters.items()
    }
    heard = [b for b in ballots if b["voter"] not in waiting - backed]
    return _passes(board, then, heard, _tally(heard, then))


def _passes(board: Plain, voters: dict[str, Plain], ballots: list[Plain], tally: Plain) -> bool:
    rule = board["rule"]["voting"]
    method = rule["method"]
    if method in ("consensus", "consent"):
        return _agrees(board, voters, ballots)
    if method == "unanimous":
        return bool(tally["yes"]) and tally["yes"] == board["electorate"]["in_office"]
    out = sum(v["is_recused"] for v in voters.values())
    present = {v["unit"] for v in voters.values() if v["here"] and not v["is_recused"]}
    base = {"cast": tally["yes"] + tally["no"], "present": len(present)}.get(
        rule["base"], board["electorate"]["in_office"] - out
    )
    passed = _share(rule["threshold"], tally["yes"], base)
    if method == "double-majority":
        return passed and _groups_won(rule, voters, ballots) >= rule["groups_needed"]
    half = rule["threshold"] == {"numerator": 1, "denominator": 2, "over": True}
    if not passed and half and rule["base"] == "cast" and tally["yes"] == tally["no"] > 0:
        return _tie_is_yes(board, ballots)
    return passed


def _tie_is_yes(board: Plain, ballots: list[Plain]) -> bool:
    frozen = board["rule"]
    if frozen["tie"] == "lot":
        return bool(board["lots"]) and board["lots"][0] == "yes"
    chair = [b["choice"]["position"] for b in ballots if b["voter"] and b["voter"] == frozen["chair"]]
    return frozen["tie"] == "chair" and not board["secret"] and chair == ["yes"]


def _groups_won(rule: Plain, voters: dict[str, Plain], ballots: list[Plain]) -> int:
    name = "jurisdiction" if rule["groups"] == "jurisdiction" else "sector"
    groups: dict[str, list[Plain]] = {}
    for ballot in ballots:
        if voters[ballot["voter"]][name]:
            groups.setdefault(voters[ballot["voter"]][name], []).append(ballot)
    return sum(t["yes"] > t["no"] for t in (_tally(inside, voters) for inside in groups.values()))


def _agrees(board: Plain, voters: dict[str, Plain], ballots: list[Plain]) -> bool:
    """Consensus: no standing block, and few enough aside. Consent: no standing objection after a round."""
    stops = "objection" if board["rule"]["voting"]["method"] == "consent" else "block"
    stands = [b for b in ballots if b["choice"]["position"] == stops and _stands(board, voters, b)]
    if not ballots or stands:
        return False
    if board["rule"]["voting"]["method"] == "consent":
        return bool(board["at_closing"].get("notice", True))
    aside = sum(b["choice"]["position"] == "stand-aside" for b in ballots)
    limit = board["rule"]["voting"]["aside_limit"]
    return bool(aside * limit["denominator"] <= limit["numerator"] * len(ballots))


def _stands(board: Plain, voters: dict[str, Plain], ballot: Plain) -> bool:
    """A block stands with a reason, unless more than half of the others in office found that it is none."""
    facts = board["at_closing"]
    asker = voters.get(facts.get("proposer", ""), {}).get("unit", "")
    judges = {v["unit"] for v in voters.values()} - {ballot["unit"], asker}
    against = {
        voters[j["voter"]]["unit"]
        for j in facts.get("judgements", [])
        if j["about"] == ballot["voter"] and not j["is_upheld"] and j["voter"] in voters
    }
    return bool(ballot["choice"]["reason"].strip()) and 2 * len(against & judges) <= len(judges)


def _gate(
    board: Plain,
    body: bool,
    there: bool,
    tally: Plain,
    passed: bool,
    voters: dict[str, Plain],
    ballots: list[Plain],
) -> str:
    plain = board["rule"]["voting"]["method"] in ("vote", "unanimous")
    agreeing = board["rule"]["voting"]["method"] in ("consensus", "consent")
    answered = len(ballots) if agreeing else tally["yes"] + tally["no"]
    if not (body and there and answered):
        return "not-reached"
    if plain:
        vote = {**board["rule"]["voting"], "method": "vote"}
        board = {**board, "rule": {**board["rule"], "voting": vote, "tie": "fails"}}
        passed = _passes(board, voters, ballots, tally)
    return "affirmed" if passed else "withheld"


def _choosing(board: Plain, voters: dict[str, Plain], ballots: list[Plain]) -> tuple[Plain, Plain]:
    heard = [b for b in ballots if board["secret"] or voters[b["voter"]]["authority"] != "none"]
    chair = next((b["choice"] for b in ballots if b["voter"] and b["voter"] == board["rule"]["chair"]), None)
    chosen = choose(board["rule"], board["options"], [b["choice"] for b in heard], board["lots"], chair)
    tally = {"yes": len(heard), "no": 0, "abstain": 0, "advisory": len(ballots) - len(heard)}
    return tally, chosen


def main(paths: list[str]) -> int:
    """Print what is found; the exit code of the process."""
    try:
        with open(paths[0], encoding="utf-8") as file:
            read = json.load(file)
        lines = [line for path in paths[1:] for line in open(path, encoding="utf-8") if line.strip()]  # noqa: SIM115
        anchors = [json.loads(line) for line in lines]
    except (OSError, ValueError, IndexError) as fault:
        print(f"unreadable: {fault}", file=sys.stderr)
        return 2
    wrong = 0
    for board in read if isinstance(read, list) else [read]:
        findings = verify(board, anchors)
        wrong += bool(findings)
        said = board["outcome"]["result"] if board["outcome"] else "still open"
        print(f"Question {board['question']}, {board['body']['name']}: {board['count']} ballots, {said}.")
        print("\n".join(findings) if findings else "The recount agrees.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
