"""Which options are chosen, by each method, and how a tie for the last place falls. Pure.

``lots`` were drawn and published before the vote. Elimination and budgets break every tie by them; a tie of
sums or of a ranking falls as the rule says: it fails, the chair's ballot decides, or the lots.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from commonweal.governance.rules import budgeting, ranking, scoring
from commonweal.governance.rules.wire import Frozen
from commonweal.governance.vocabulary import Choosing
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_

Choice = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chosen:
    """The options chosen, the sums behind them as text, and the step of the rule."""

    options: tuple[str, ...]
    sums: Mapping[str, str]
    step: Verdict


def choose(
    frozen: Frozen,
    options: Sequence[Mapping[str, Any]],
    choices: Sequence[Choice],
    lots: Sequence[str],
    chair: Choice | None = None,
) -> Chosen:
    """What the ballots choose. ``chair``: the chair's own ballot, for a tie that the chair decides."""
    keys = [option["key"] for option in options]
    seats = frozen.counting.get("seats", 1)
    if not any(choice.get(name) for choice in choices for name in ("ranking", "approved", "points")):
        return Chosen((), {}, _nobody())
    if frozen.choosing in (Choosing.INSTANT_RUNOFF, Choosing.TRANSFERABLE):
        return _by_elimination(keys, choices, seats, lots)
    if frozen.choosing is Choosing.SCHULZE:
        order = ranking.schulze(_rankings(choices), keys)
        places = {o: str(n + 1) for n, alike in enumerate(order) for o in alike}
        certain, tied = _from_order(order, seats)
        return _with_ties(frozen, certain, tied, seats, places, lots, chair)
    if frozen.choosing in (Choosing.GREEDY_BUDGET, Choosing.KNAPSACK, Choosing.EQUAL_SHARES):
        return _by_budget(frozen, options, choices, lots)
    sums = _sums(frozen, keys, choices)
    certain, tied = scoring.winners(sums, seats)
    return _with_ties(frozen, certain, tied, seats, {o: str(n) for o, n in sums.items()}, lots, chair)


def _rankings(choices: Sequence[Choice]) -> dict[tuple[tuple[str, ...], ...], int]:
    return dict(
        Counter(tuple(tuple(sorted(alike)) for alike in c["ranking"]) for c in choices if c["ranking"])
    )


def _by_elimination(
    keys: Sequence[str], choices: Sequence[Choice], seats: int, lots: Sequence[str]
) -> Chosen:
    elected, rounds = ranking.transferable(_rankings(choices), keys, seats, lots)
    return Chosen(tuple(elected), {o: str(n) for o, n in rounds[0].votes.items()}, _done(len(elected)))


def _from_order(order: Sequence[Sequence[str]], seats: int) -> tuple[tuple[str, ...], tuple[str, ...]]:
    certain: list[str] = []
    for alike in order:
        if len(certain) + len(alike) > seats:
            return tuple(certain), (tuple(alike) if len(certain) < seats else ())
        certain += alike
    return tuple(certain), ()


def _by_budget(
    frozen: Frozen, options: Sequence[Mapping[str, Any]], choices: Sequence[Choice], lots: Sequence[str]
) -> Chosen:
    costs = {option["key"]: int(option["cost_cents"]) for option in options}
    approvals = [choice["approved"] for choice in choices]
    votes = scoring.approval(approvals, list(costs))
    budget = frozen.counting["budget_cents"]
    if frozen.choosing is Choosing.EQUAL_SHARES:
        found = budgeting.equal_shares(approvals, costs, budget, lots)
    else:
        fill = budgeting.greedy if frozen.choosing is Choosing.GREEDY_BUDGET else budgeting.knapsack
        found = fill(votes, costs, budget, lots)
    sums = {o: str(n) for o, n in votes.items()}
    return Chosen(tuple(found), sums, _done(len(found)) if found else _nobody())


def _sums(frozen: Frozen, keys: Sequence[str], choices: Sequence[Choice]) -> dict[str, int]:
    if frozen.choosing is Choosing.SCORE:
        return scoring.score([c["points"] for c in choices], keys, frozen.counting["most"])
    if frozen.choosing is Choosing.DOTS:
        return scoring.dots([c["points"] for c in choices], keys, frozen.counting["dots"])
    return scoring.approval([c["approved"] for c in choices], keys)


def _with_ties(
    frozen: Frozen,
    certain: Sequence[str],
    tied: Sequence[str],
    seats: int,
    sums: Mapping[str, str],
    lots: Sequence[str],
    chair: Choice | None,
) -> Chosen:
    left = seats - len(certain)
    if not tied or not left:
        return Chosen(tuple(certain), sums, _done(len(certain)))
    if frozen.tie == "lot":
        drawn = sorted(tied, key=lots.index)[:left]
        step = allow(
            "governance.tie.lot",
            N_("A tie; the lots drawn before the vote decide: %(who)s."),
            who=", ".join(drawn),
        )
        return Chosen((*certain, *drawn), sums, step)
    liked = _liked_by(chair, tied) if frozen.tie == "chair" and chair else []
    if len(liked) >= left and _is_clear(chair, liked, left):
        step = allow("governance.tie.chair", N_("A tie; the chair’s ballot decides, as the bylaws say."))
        return Chosen((*certain, *liked[:left]), sums, step)
    return Chosen(tuple(certain), sums, _tie_fails(tied))


def _worth(chair: Choice | None, option: str) -> int:
    """How much the chair's own ballot likes an option: higher is better, 0 is not at all."""
    said = chair or {}
    if "points" in said:
        return int(said["points"].get(option, 0))
    if "approved" in said:
        return int(option in said["approved"])
    order = said.get("ranking", [])
    return next((len(order) - n for n, alike in enumerate(order) if option in alike), 0)


def _liked_by(chair: Choice, tied: Sequence[str]) -> list[str]:
    return sorted((o for o in tied if _worth(chair, o)), key=lambda o: (-_worth(chair, o), o))


def _is_clear(chair: Choice | None, liked: Sequence[str], left: int) -> bool:
    """Whether the chair's ballot tells the last one in from the first one out."""
    return len(liked) == left or _worth(chair, liked[left - 1]) > _worth(chair, liked[left])


def _done(found: int) -> Verdict:
    return allow("governance.choosing.done", N_("%(found)s were chosen."), found=found)


def _nobody() -> Verdict:
    return deny("governance.choosing.nobody", N_("Nobody chose anything."), N_("Ask again."))


def _tie_fails(tied: Sequence[str]) -> Verdict:
    return deny(
        "governance.tie.fails",
        N_("A tie between %(who)s, and the rule decides none."),
        N_("Ask again between these alone."),
        who=", ".join(sorted(tied)),
    )
