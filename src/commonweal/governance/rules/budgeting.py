"""Projects under one budget, in whole cents: by votes, as the best filling, and by equal shares.

Ties fall by the order of ``lots``, drawn and published before the count.
"""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction

Costs = Mapping[str, int]


def greedy(votes: Mapping[str, int], costs: Costs, budget: int, lots: Sequence[str]) -> tuple[str, ...]:
    """Projects by their votes; one that no longer fits is passed over, and the next one is looked at."""
    chosen, left = [], budget
    for project in sorted(votes, key=lambda p: (-votes[p], lots.index(p))):
        if costs[project] <= left and votes[project] > 0:
            chosen.append(project)
            left -= costs[project]
    return tuple(chosen)


def knapsack(votes: Mapping[str, int], costs: Costs, budget: int, lots: Sequence[str]) -> tuple[str, ...]:
    """The projects that together have the most votes and fit the budget; of equals the cheaper, then by lot.

    Exact, over the sets that no cheaper and better set beats; fit for the tens of projects of a ballot.
    """
    ordered = sorted((p for p in votes if votes[p] > 0 and costs[p] <= budget), key=lots.index)
    fronts: list[tuple[int, int, tuple[int, ...], tuple[str, ...]]] = [(0, 0, (), ())]
    for place, project in enumerate(ordered):
        grown = [
            (cost + costs[project], won + votes[project], (*key, place), (*inside, project))
            for cost, won, key, inside in fronts
            if cost + costs[project] <= budget
        ]
        fronts = _undominated([*fronts, *grown])
    return max(fronts, key=lambda f: (f[1], -f[0], tuple(-n for n in f[2])))[3]


def _undominated(
    fronts: list[tuple[int, int, tuple[int, ...], tuple[str, ...]]],
) -> list[tuple[int, int, tuple[int, ...], tuple[str, ...]]]:
    kept: list[tuple[int, int, tuple[int, ...], tuple[str, ...]]] = []
    for front in sorted(fronts, key=lambda f: (f[0], -f[1], f[2])):
        if not kept or front[1] > kept[-1][1]:
            kept.append(front)
    return kept


def equal_shares(
    approvals: Iterable[Iterable[str]], costs: Costs, budget: int, lots: Sequence[str]
) -> tuple[str, ...]:
    """The method of equal shares: everyone holds an equal part of the budget, and supporters buy a project
    together, as evenly as they can; the project that costs its supporters least for each one's vote is bought
    next (Peters and Skowron 2020, cardinality utilities). What is left over is the table's to decide."""
    ballots = [frozenset(ballot) for ballot in approvals]
    purse = [Fraction(budget, len(ballots)) for _ in ballots] if ballots else []
    supporters = {p: [n for n, ballot in enumerate(ballots) if p in ballot] for p in costs}
    chosen: list[str] = []
    open_ones = {p for p in costs if supporters[p]}
    while open_ones:
        offers = {p: rho for p in open_ones if (rho := _price(costs[p], [purse[n] for n in supporters[p]]))}
        if not offers:
            break
        project = min(offers, key=lambda p: (offers[p], lots.index(p)))
        for n in supporters[project]:
            purse[n] -= min(purse[n], offers[project])
        chosen.append(project)
        open_ones = set(offers) - {project}
    return tuple(chosen)


def _price(cost: int, purses: Sequence[Fraction]) -> Fraction | None:
    """The least that nobody pays more than, so that all together pay the cost; None where they can't."""
    if sum(purses) < cost:
        return None
    left = Fraction(cost)
    for n, purse in enumerate(sorted(purses)):
        share = left / (len(purses) - n)
        if share <= purse:
            return share
        left -= purse
    return None
