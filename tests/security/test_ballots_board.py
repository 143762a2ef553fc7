"""B04, B05: an outsider with the standard library alone counts again, and names what was tampered with."""

import copy
import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.governance.voting import DAY, LAWS, PLAIN, START, World, ask, cast_all, finish, lay, open_vote
from tests.security.probe import doors_of_run

from commonweal.foundation import audit
from commonweal.governance import facade
from commonweal.governance.queries import board as boards
from commonweal.governance.rules import bulletin, counting_again, recount, wire
from commonweal.governance.shapes_voting import TWO_THIRDS, Electorate, QuorumRule, Share, Voter, VotingRule
from commonweal.governance.vocabulary import Authority, Base, Choosing, Matter, Method, Recused
from commonweal.kernel.clock import at
from commonweal.site.cli import opening, recounting

Plain = dict[str, Any]
KEPT = Path(__file__).parent / "boards"
SOURCE = Path(recount.__file__).parent


@pytest.fixture
def anchors(monkeypatch: pytest.MonkeyPatch) -> list[Plain]:
    """What others keep of the audit while a vote runs."""
    kept: list[Plain] = []
    really = audit.record

    def record(verb: str, *, subject: tuple[str, Any], details: Plain | None = None, **more: Any) -> None:
        really(verb, subject=subject, details=details, **more)
        if verb in ("voting.opened", "ballot.cast", "poll.closed"):
            kept.extend(recounting._anchors(verb, str(subject[1]), details))

    monkeypatch.setattr(audit, "record", record)
    return kept


def voted(world: World) -> Plain:
    """The board of a vote of five in which two said it again, one of them otherwise."""
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "no", "yes", "no", "yes"])
        cast_all(world, poll, ["yes", "yes"])
    finish(world, question, START + 8 * DAY)
    return json.loads(json.dumps(boards.board(poll)))


def chained(board: Plain) -> Plain:
    """The board with digests made anew, as whoever owns the machine would."""
    before = ""
    for place, ballot in enumerate(board["ballots"], start=1):
        ballot["place"], ballot["before"] = place, before
        ballot["digest"] = before = wire.ballot_digest(board["poll"], ballot)
    board["head"], board["count"] = before, len(board["ballots"])
    board["outcome"] = bulletin.counted_plain(bulletin.count({**board, "gates": []}))
    if board["certified"]:
        board["certified"]["result"] = board["outcome"]["result"]
    return board


def stuffed(board: Plain) -> Plain:
    ghost = {
        **copy.deepcopy(board["ballots"][0]),
        "voter": "partner:ghost",
        "unit": "partner:ghost",
        "receipt": "g" * 20,
    }
    board["ballots"].append(ghost)
    return chained(board)


def dropped(board: Plain) -> Plain:
    del board["ballots"][3]
    return chained(board)


def edited(board: Plain) -> Plain:
    board["ballots"][1]["choice"]["position"] = "yes"
    return board


def edited_and_chained(board: Plain) -> Plain:
    board["ballots"][1]["choice"]["position"] = "no"
    board["ballots"][2]["choice"]["position"] = "no"
    return chained(board)


def enrolled(board: Plain) -> Plain:
    board["electorate"]["voters"].append(
        {**board["electorate"]["voters"][0], "id": "partner:new", "unit": "u"}
    )
    board["electorate"]["in_office"] += 1
    return board


def enrolled_and_digested(board: Plain) -> Plain:
    board = enrolled(board)
    board["electorate_digest"] = wire.digest(board["electorate"])
    return board


def miscounted(board: Plain) -> Plain:
    board["outcome"]["tally"]["yes"] += 1
    return board


def softened(board: Plain) -> Plain:
    board["rule"]["voting"]["threshold"] = {"numerator": 1, "denominator": 10, "over": False}
    return board


def reworded(board: Plain) -> Plain:
    board["text"]["title"] = "Something else"
    return board


def certified_otherwise(board: Plain) -> Plain:
    board["certified"]["result"] = "rejected"
    return board


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("tamper", "named"),
    [
        (stuffed, "not of the electorate"),
        (dropped, "dropped"),
        (edited, "edited: ballot 2"),
        (edited_and_chained, "edited: ballot"),
        (enrolled, "changed electorate"),
        (enrolled_and_digested, "changed electorate: another"),
        (miscounted, "wrong count: tally"),
        (softened, "changed rule"),
        (reworded, "changed text"),
        (certified_otherwise, "wrong decision"),
    ],
)
def test_what_the_operator_changes_is_named(
    tamper: Callable[[Plain], Plain], named: str, anchors: list[Plain]
) -> None:
    """B04: also where every digest on the machine was made anew, by what others kept of the audit."""
    board = voted(lay(partners=5))
    assert len(anchors) == 9
    assert counting_again.verify_twice(board, anchors) == []
    found = recount.verify(tamper(copy.deepcopy(board)), anchors)
    assert any(named in finding for finding in found), found


# ── B05: any rule, any votes, both counts agree ────────────────────────────────────────────────────
shares = st.sampled_from([Share(1, 2, over=True), TWO_THIRDS, Share(3, 4), Share(1, 3)])
rules = st.builds(
    VotingRule,
    method=st.sampled_from(Method),
    threshold=shares,
    base=st.sampled_from(Base),
    quorum=st.builds(
        QuorumRule,
        share=st.one_of(st.none(), shares),
        count=st.integers(0, 3),
        classes=st.sampled_from([{}, {"residents": 1}, {"a": 1, "b": 2}]),
        needs_authority=st.booleans(),
        recused=st.sampled_from(Recused),
    ),
    groups=st.sampled_from(["sector", "jurisdiction"]),
    groups_needed=st.integers(0, 3),
    aside_limit=st.sampled_from([Share(1, 4), Share(0, 1)]),
)
POSITIONS = ["yes", "no", "abstain", "reservations", "stand-aside", "block", "concern", "objection"]


@st.composite
def voters(draw: st.DrawFn) -> list[Voter]:
    many = draw(st.integers(1, 7))
    return [
        Voter(
            id=f"v{n}",
            name=f"V{n}",
            sector=draw(st.sampled_from(["", "a", "b", "c"])),
            jurisdiction=draw(st.sampled_from(["", "x", "y"])),
            unit=draw(st.sampled_from([f"u{n}", "shared", ""])),
            is_resident=draw(st.booleans()),
            authority=draw(st.sampled_from(Authority)),
            is_recused=draw(st.integers(0, 5)) == 0,
        )
        for n in range(many)
    ]


@st.composite
def plain_boards(draw: st.DrawFn, choosing: bool = False) -> Plain:
    roll = draw(voters())
    options = [
        {"key": k, "name": k, "cost_cents": draw(st.integers(1, 9))}
        for k in "pqrst"[: draw(st.integers(2, 5))]
    ]
    keys = [o["key"] for o in options]
    kind = draw(st.sampled_from(Choosing)) if choosing else None
    counting = {
        "seats": draw(st.integers(1, len(keys) - 1)),
        "most": 5,
        "dots": 3,
        "budget_cents": draw(st.integers(1, 25)),
    }
    frozen = wire.Frozen(
        matter=Matter.POSITION,
        article="1",
        voting=draw(rules),
        choosing=kind,
        counting=counting,
        tie=draw(st.sampled_from(["fails", "chair", "lot"])),
        chair=draw(st.sampled_from(["", "v0", "v1"])),
    )
    secret = draw(st.booleans()) and frozen.voting.method in (Method.VOTE, Method.UNANIMOUS)
    said = [_choice(draw, kind, keys) for _ in range(draw(st.integers(0, 9)))]
    ballots = []
    for place, choice in enumerate(said, start=1):
        voter = draw(st.sampled_from(roll))
        ballots.append(
            {
                "place": place,
                "voter": voter.id,
                "unit": voter.has_one_vote_as,
                "choice": choice,
                "receipt": f"r{place}",
            }
        )
    turnout = []
    if secret:
        last = {b["unit"]: b for b in ballots}
        turnout = [{"voter": b["voter"], "unit": b["unit"]} for b in last.values()]
        barred = {v.id for v in roll if v.is_recused or v.authority is Authority.NONE}
        turnout = [t for t in turnout if t["voter"] not in barred]
        ballots = [{**b, "voter": "", "unit": ""} for b in last.values() if b["voter"] not in barred]
    lots = draw(st.permutations(keys if choosing else ["yes", "no"]))
    in_office = len({v.has_one_vote_as for v in roll})
    return {
        "poll": "p",
        "kind": draw(st.sampled_from(["main", "gate"])) if not choosing else "main",
        "rule": frozen.plain(),
        "electorate": wire.electorate_plain(Electorate(tuple(roll), in_office), {}),
        "options": options if choosing else [],
        "lots": list(lots),
        "secret": secret,
        "closed_at": None,
        "ballots": ballots,
        "turnout": turnout,
        "at_closing": {
            "present": draw(st.lists(st.sampled_from([v.id for v in roll]), max_size=3)),
            "recused": [] if secret else draw(st.lists(st.sampled_from([v.id for v in roll]), max_size=1)),
            "notice": draw(st.booleans()),
            "proposer": "v0",
            "judgements": [
                {"about": "v1", "voter": v.id, "is_upheld": draw(st.booleans())}
                for v in roll
                if v.id not in ("v0", "v1")
            ],
        },
        "ratified": {v.id: True for v in roll if draw(st.integers(0, 4)) == 0},
        "gates": [],
    }


def _choice(draw: st.DrawFn, kind: Choosing | None, keys: list[str]) -> Plain:
    if kind is None:
        return {"position": draw(st.sampled_from(POSITIONS)), "reason": draw(st.sampled_from(["", "so"]))}
    if kind in (Choosing.SCHULZE, Choosing.INSTANT_RUNOFF, Choosing.TRANSFERABLE):
        order = draw(st.permutations(keys))[: draw(st.integers(0, len(keys)))]
        cut = draw(st.integers(0, len(order)))
        groups = [sorted(order[:cut])] if cut > 1 else [[o] for o in order[:cut]]
        return {"ranking": [g for g in [*groups, *([o] for o in order[cut:])] if g]}
    if kind in (Choosing.SCORE, Choosing.DOTS):
        if kind is Choosing.DOTS:
            return {"points": {draw(st.sampled_from(keys)): draw(st.integers(1, 3))}}
        return {"points": {k: n for k in keys if (n := draw(st.integers(0, 5)))}}
    return {"approved": [k for k in keys if draw(st.booleans())]}


AGREEING = settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck))


def agree(board: Plain) -> None:
    ours = bulletin.counted_plain(bulletin.count(board))
    theirs = recount.count(json.loads(json.dumps(board)))
    for name in ("result", "tally", "chosen", "gate"):
        assert theirs.get(name) == ours[name], (name, theirs, ours)
    assert (theirs["sums"] or None) == (ours["sums"] or None)


@given(plain_boards())
@AGREEING
def test_both_counts_agree_on_every_question_of_yes_or_no(board: Plain) -> None:
    agree(board)


@given(plain_boards(choosing=True))
@AGREEING
def test_both_counts_agree_on_every_choice_among_options(board: Plain) -> None:
    agree(board)


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.json")), ids=lambda f: f.stem)
def test_a_board_of_years_ago_counts_as_it_did(file: Path) -> None:
    """Stored boards stay as they are: whoever changes the counting sees it here."""
    kept = json.loads(file.read_text(encoding="utf-8"))
    assert counting_again.verify_twice(kept) == []
    kept["ballots"][0]["choice"] = {"position": "block", "reason": "never said"}
    assert recount.verify(kept)


def test_there_are_boards_of_years_ago() -> None:
    assert len(list(KEPT.glob("*.json"))) >= 4


@pytest.mark.parametrize("file", sorted(KEPT.glob("*.json")), ids=lambda f: f.stem)
def test_the_file_alone_recounts_without_us(file: Path, tmp_path: Path) -> None:
    """Copied out with nothing of ours beside it, on a bare interpreter."""
    for name in ("recount.py", "recount_options.py"):
        (tmp_path / name).write_bytes((SOURCE / name).read_bytes())
    done = subprocess.run(
        [sys.executable, "-I", "-c", _ALONE.format(folder=str(tmp_path), board=str(file))],
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert "The recount agrees." in done.stdout


_ALONE = """
import sys
sys.path[:] = [{folder!r}] + [p for p in sys.path if "site-packages" not in p]
import recount
code = recount.main([{board!r}])
assert not [name for name in sys.modules if name.split(".")[0] in ("django", "commonweal")]
sys.exit(code)
"""


def test_the_command_counts_a_file(tmp_path: Path) -> None:
    file = sorted(KEPT.glob("*.json"))[0]
    report = recounting.from_file(file, [])
    assert report.exit_code == 0
    assert "The recount agrees." in report.lines()
    board = json.loads(file.read_text(encoding="utf-8"))
    board["ballots"].pop()
    bad = tmp_path / "bad.json"
    bad.write_text(json.dumps(board), encoding="utf-8")
    assert recounting.from_file(bad, []).exit_code == 1
    bad.write_text("no json", encoding="utf-8")
    with pytest.raises(Exception, match="no board"):
        recounting.from_file(bad, [])


@pytest.mark.django_db
def test_the_facade_recounts_what_is_here() -> None:
    world = lay(LAWS + PLAIN, partners=3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "no", "yes"])
        assert facade.boards_numbered(1) == []
    finish(world, question, START + 8 * DAY)
    (found,) = facade.boards_numbered(1)
    assert facade.recount(found) == []
    assert facade.question_id(1) == question


@pytest.mark.django_db(transaction=True)
def test_the_command_counts_what_is_here_against_the_audit(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """``commonweal recount NUMBER --keep FILE``: then the file alone, with the anchors that were kept."""
    world = lay(LAWS + PLAIN, partners=3)
    with at(START):
        question = ask(world)
        (poll,) = open_vote(world, question)
        cast_all(world, poll, ["yes", "no", "yes"])
    finish(world, question, START + 8 * DAY)
    monkeypatch.setattr(opening, "open_installation", doors_of_run)
    kept = tmp_path / "board.json"
    report = recounting.from_here(1, kept)
    assert report.lines()[-1] == "The recount agrees."
    anchors = kept.with_suffix(".anchors.jsonl")
    assert len(anchors.read_text(encoding="utf-8").splitlines()) == 5
    assert recounting.from_file(kept, [anchors]).exit_code == 0
    boards_kept = json.loads(kept.read_text(encoding="utf-8"))
    kept.write_text(json.dumps([edited_and_chained(boards_kept[0])]), encoding="utf-8")
    assert recounting.from_file(kept, [anchors]).exit_code == 1
