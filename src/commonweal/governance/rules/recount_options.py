"""The counting of options for ``recount.py``: written anew from the methods, without the engine's code."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from itertools import combinations
from typing import Any

Plain = dict[str, Any]
RANKED = ("schulze", "instant-runoff", "single-transferable-vote")


def choose(
    rule: Plain, options: Sequence[Plain], choices: list[Plain], lots: Sequence[str], chair: Plain | None
) -> Plain:
    """What is chosen, the sums as text, and whether anything was."""
    keys = [option["key"] for option in options]
    seats = rule["counting"].get("seats", 1)
    said = [c for c in choices if any(c.get(name) for name in ("ranking", "approved", "points"))]
    if not said:
        return {"chosen": [], "sums": None, "passed": False}
    kind = rule["choosing"]
    if kind in ("instant-runoff", "single-transferable-vote"):
        chosen, first = _transferable(keys, said, seats, lots)
        return _answer(chosen, first)
    if kind == "schulze":
        beaten = _schulze(keys, said)
        order = sorted(set(beaten.values()))
        sums = {o: str(order.index(n) + 1) for o, n in beaten.items()}
        return _filled(rule, {o: -n for o, n in beaten.items()}, seats, sums, lots, chair)
    if kind in ("greedy-budget", "knapsack", "equal-shares"):
        costs = {option["key"]: option["cost_cents"] for option in options}
        votes = {o: sum(o in c["approved"] for c in choices) for o in keys}
        fill: Callable[..., list[str]] = {"greedy-budget": _greedy, "knapsack": _knapsack}.get(
            kind, _equal_shares
        )
        return _answer(fill(choices, votes, costs, rule["counting"]["budget_cents"], lots), votes)
    points = "points" in said[0]
    sums = {o: sum(c["points"].get(o, 0) if points else o in c["approved"] for c in choices) for o in keys}
    return _filled(rule, sums, seats, {o: str(n) for o, n in sums.items()}, lots, chair)


def _answer(chosen: Sequence[str], sums: Plain) -> Plain:
    return {"chosen": list(chosen), "sums": {o: str(n) for o, n in sums.items()}, "passed": bool(chosen)}


def _filled(
    rule: Plain, worth: Plain, seats: int, sums: Plain, lots: Sequence[str], chair: Plain | None
) -> Plain:
    """The best ``seats``; who ties for the last place by the rule: nobody, the lots, or the chair's
    ballot."""
    line = sorted(worth.values(), reverse=True)[seats - 1]
    above = [o for o in worth if worth[o] > line]
    tied = [o for o in worth if worth[o] == line]
    left = seats - len(above)
    certain = sorted(above, key=lambda o: (-worth[o], o)) if rule["choosing"] == "schulze" else sorted(above)
    if len(tied) == left:
        rest = sorted(tied)
        whole = [*certain, *rest] if rule["choosing"] == "schulze" else sorted([*certain, *rest])
        return {"chosen": whole, "sums": sums, "passed": True}
    if rule["tie"] == "lot":
        return {"chosen": [*certain, *sorted(tied, key=lots.index)[:left]], "sums": sums, "passed": True}
    liked = sorted((o for o in tied if _likes(chair, o)), key=lambda o: (-_likes(chair, o), o))
    clear = len(liked) == left or (
        len(liked) > left and _likes(chair, liked[left - 1]) > _likes(chair, liked[left])
    )
    if rule["tie"] == "chair" and clear:
        return {"chosen": [*certain, *liked[:left]], "sums": sums, "passed": True}
    return {"chosen": certain, "sums": sums, "passed": False}


def _likes(ballot: Plain | None, option: str) -> int:
    said = ballot or {}
    if "points" in said:
        return int(said["points"].get(option, 0))
    if "approved" in said:
        return int(option in said["approved"])
    order = said.get("ranking", [])
    return max((len(order) - n for n, alike in enumerate(order) if option in alike), default=0)


def _schulze(keys: Sequence[str], choices: list[Plain]) -> dict[str, int]:
    """How many options beat each by the strongest path (winning votes, then fewer against)."""
    prefer = {(a, b): 0 for a in keys for b in keys if a != b}
    for choice in choices:
        place = {o: n for n, alike in enumerate(choice["ranking"]) for o in alike}
        for a, b in prefer:
            prefer[a, b] += place.get(a, len(keys)) < place.get(b, len(keys))
    path = {(a, b): (n, -prefer[b, a]) if n > prefer[b, a] else (0, 0) for (a, b), n in prefer.items()}
    for via in keys:
        for a, b in path:
            if via != a and via != b:
                path[a, b] = max(path[a, b], min(path[a, via], path[via, b]))
    return {a: sum(path[b, a] > path[a, b] for b in keys if b != a) for a in keys}


def _transferable(
    keys: Sequence[str], choices: list[Plain], seats: int, lots: Sequence[str]
) -> tuple[list[str], dict[str, Fraction]]:
    """Droop quota, surplus passed on as the same part of each ballot, ties backwards and then by lot."""
    papers: list[list[Any]] = [[c["ranking"], Fraction(1)] for c in choices if c["ranking"]]
    quota, running = len(papers) // (seats + 1) + 1, set(keys)
    elected: list[str] = []
    history: list[dict[str, Fraction]] = []

    def tops(ranking: Any) -> list[str]:
        return next((found for alike in ranking if (found := sorted(o for o in alike if o in running))), [])

    while len(elected) < seats and running:
        votes = dict.fromkeys(running, Fraction(0))
        for ranking, weight in papers:
            for option in (first := tops(ranking)):
                votes[option] += weight / len(first)
        history.append(votes)
        if len(running) + len(elected) <= seats:
            elected += sorted(running, key=lambda o, v=votes: (-v[o], lots.index(o)))  # type: ignore[misc]
            break
        best = min(running, key=lambda o, v=votes: (-v[o], lots.index(o)))  # type: ignore[misc]
        if votes[best] >= quota:
            for paper in papers:
                if best in (first := tops(paper[0])):
                    paper[1] -= paper[1] / len(first) * quota / votes[best]
            elected.append(best)
            running.discard(best)
        else:
            running.discard(_last(running, history, lots))
    return elected, history[0]


def _last(running: set[str], history: list[dict[str, Fraction]], lots: Sequence[str]) -> str:
    tied = set(running)
    for votes in reversed(history):
        least = min(votes[o] for o in tied)
        tied = {o for o in tied if votes[o] == least}
    return max(tied, key=lots.index)


def _greedy(_choices: Any, votes: Plain, costs: Plain, budget: int, lots: Sequence[str]) -> list[str]:
    chosen: list[str] = []
    for option in sorted(votes, key=lambda o: (-votes[o], lots.index(o))):
        if votes[option] and sum(costs[o] for o in chosen) + costs[option] <= budget:
            chosen.append(option)
    return chosen


def _knapsack(_choices: Any, votes: Plain, costs: Plain, budget: int, lots: Sequence[str]) -> list[str]:
    """The most votes, of equals the cheaper, then the one whose lots come first: every set up to 18
    options is
    tried; beyond that the sets are grown one option at a time and beaten ones left out."""
    usable = sorted((o for o in votes if votes[o] and costs[o] <= budget), key=lots.index)
    worth: Callable[[Sequence[int]], Any] = lambda s: (  # noqa: E731
        sum(votes[usable[n]] for n in s),
        -sum(costs[usable[n]] for n in s),
        tuple(-n for n in s),
    )
    if len(usable) <= 18:
        every = (s for size in range(len(usable) + 1) for s in combinations(range(len(usable)), size))
        best = max((s for s in every if sum(costs[usable[n]] for n in s) <= budget), key=worth)
        return [usable[n] for n in best]
    sets: list[tuple[int, ...]] = [()]
    for n in range(len(usable)):
        grown = [(*s, n) for s in sets if sum(costs[usable[m]] for m in s) + costs[usable[n]] <= budget]
        kept: list[tuple[int, ...]] = []
        for s in sorted([*sets, *grown], key=lambda s: (-worth(s)[1], -worth(s)[0], s)):
            if not kept or worth(s)[0] > worth(kept[-1])[0]:
                kept.append(s)
        sets = kept
    return [usable[n] for n in max(sets, key=worth)]


def _equal_shares(
    choices: list[Plain], votes: Plain, costs: Plain, budget: int, lots: Sequence[str]
) -> list[str]:
    """Everyone holds an equal part of the budget; the project that costs each supporter least is bought
    next."""
    purse = [Fraction(budget, len(choices)) for _ in choices]
    fans = {o: [n for n, c in enumerate(choices) if o in c["approved"]] for o in votes}
    chosen: list[str] = []
    while True:
        offers: dict[str, Fraction] = {}
        for option in votes:
            money = [purse[n] for n in fans[option]]
            if option in chosen or not money or sum(money) < costs[option]:
                continue
            paid, most = Fraction(costs[option]), Fraction(0)
            for n, held in enumerate(sorted(money)):
                most = paid / (len(money) - n)
                if most <= held:
                    break
                paid -= held
            if most:
                offers[option] = most
        if not offers:
            return chosen
        option = min(offers, key=lambda o: (offers[o], lots.index(o)))
        for n in fans[option]:
            purse[n] -= min(purse[n], offers[option])
        chosen.append(option)
