"""What may stand on a ballot. Anything else is refused before it is sealed or kept."""

from collections.abc import Mapping, Sequence
from typing import Any

from commonweal.governance.rules.wire import Frozen
from commonweal.governance.vocabulary import Choosing, Method, Position
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

MOST_REASON = 500
"""Characters of the reason on a ballot."""

_PLAIN = (Position.YES, Position.NO, Position.ABSTAIN)
POSITIONS: Mapping[Method, tuple[Position, ...]] = {
    Method.VOTE: _PLAIN,
    Method.DOUBLE_MAJORITY: _PLAIN,
    Method.UNANIMOUS: _PLAIN,
    Method.CONSENSUS: (Position.YES, Position.RESERVATIONS, Position.STAND_ASIDE, Position.BLOCK),
    Method.CONSENT: (Position.YES, Position.CONCERN, Position.OBJECTION),
}
"""The positions of each method, in the order of the ballot (DOMAIN §7.4)."""

REASONED = frozenset({Position.BLOCK, Position.OBJECTION})
"""Positions that stand only with a reason."""

RANKED = frozenset({Choosing.SCHULZE, Choosing.INSTANT_RUNOFF, Choosing.TRANSFERABLE})
POINTED = frozenset({Choosing.SCORE, Choosing.DOTS})
BUDGETED = frozenset({Choosing.GREEDY_BUDGET, Choosing.KNAPSACK, Choosing.EQUAL_SHARES})


def read_choice(frozen: Frozen, options: Sequence[str], given: Mapping[str, Any]) -> dict[str, Any]:
    """A clean choice: ``position`` and ``reason``, or ``ranking``, ``approved``, ``points`` with ``reason``.

    Raises BadInput naming what can't stand. An empty ranking or list of approvals is an abstention.
    """
    reason = " ".join(str(given.get("reason", "")).split())[:MOST_REASON]
    if frozen.choosing is None:
        return {"position": _position(frozen, given, reason).value, "reason": reason}
    if frozen.choosing in RANKED:
        return {"ranking": _ranking(options, given.get("ranking")), "reason": reason}
    if frozen.choosing in POINTED:
        return {"points": _points(frozen, options, given.get("points")), "reason": reason}
    return {"approved": _approved(options, given.get("approved")), "reason": reason}


def _position(frozen: Frozen, given: Mapping[str, Any], reason: str) -> Position:
    allowed = POSITIONS[frozen.voting.method]
    said = str(given.get("position", ""))
    if said not in {p.value for p in allowed}:
        raise BadInput("position", N_("Choose one of the answers."))
    position = Position(said)
    if position in REASONED and not reason:
        raise BadInput("reason", N_("Say why. Without a reason it does not stand."))
    return position


def _ranking(options: Sequence[str], given: object) -> list[list[str]]:
    """The liked best first; options that stand together are liked alike, each stands once."""
    if not isinstance(given, list | tuple):
        raise BadInput("ranking", N_("Put the options in order."))
    ranking = [sorted({_option(options, o) for o in (alike if isinstance(alike, list | tuple) else [alike])})
               for alike in given]  # fmt: skip
    named = [option for alike in ranking for option in alike]
    if len(set(named)) != len(named):
        raise BadInput("ranking", N_("An option stands twice."))
    return [alike for alike in ranking if alike]


def _approved(options: Sequence[str], given: object) -> list[str]:
    if not isinstance(given, list | tuple):
        raise BadInput("approved", N_("Choose the options that you approve of."))
    return sorted({_option(options, option) for option in given})


def _points(frozen: Frozen, options: Sequence[str], given: object) -> dict[str, int]:
    if not isinstance(given, Mapping):
        raise BadInput("points", N_("Give points to the options."))
    points = {_option(options, option): value for option, value in given.items()}
    if any(not isinstance(value, int) or isinstance(value, bool) or value < 0 for value in points.values()):
        raise BadInput("points", N_("Points are whole numbers."))
    if frozen.choosing is Choosing.SCORE and any(v > frozen.counting["most"] for v in points.values()):
        raise BadInput("points", N_("Give it from nothing up to the most points."))
    if frozen.choosing is Choosing.DOTS and sum(points.values()) > frozen.counting["dots"]:
        raise BadInput("points", N_("More dots were laid than there are."))
    return {option: value for option, value in sorted(points.items()) if value}


def _option(options: Sequence[str], given: object) -> str:
    if not isinstance(given, str) or given not in options:
        raise BadInput("option", N_("This is not one of the options."))
    return given


def read_counting(
    choosing: Choosing, options: Sequence[Mapping[str, Any]], given: Mapping[str, Any]
) -> dict[str, int]:
    """What counting needs beside the options, with what is left out set to what is usual.

    ``seats`` (1), ``most`` points (5), ``dots`` (3), ``budget_cents``. Raises BadInput.
    """
    keys = [option["key"] for option in options]
    if len(keys) < 2 or len(set(keys)) != len(keys):
        raise BadInput("options", N_("Name at least two options, each once."))
    usual = {"seats": 1}
    if choosing is Choosing.SCORE:
        usual["most"] = 5
    if choosing is Choosing.DOTS:
        usual["dots"] = 3
    found = {name: given.get(name, value) for name, value in usual.items()}
    if choosing in BUDGETED:
        found["budget_cents"] = given.get("budget_cents", 0)
        if any(not isinstance(o.get("cost_cents"), int) or o["cost_cents"] <= 0 for o in options):
            raise BadInput("options", N_("Say what each option costs."))
    if any(not isinstance(value, int) or value < 1 for value in found.values()):
        raise BadInput("counting", N_("Write whole numbers above zero."))
    if found["seats"] >= len(keys):
        raise BadInput("options", N_("There is nothing to choose: as many places as options."))
    return found
