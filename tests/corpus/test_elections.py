"""Real elections, counted again: Debian's of 2006 and Tideman's A77; budgets of real wards (Pabulib)."""

import csv
from collections import Counter
from pathlib import Path

import pytest

from commonweal.governance.rules.budgeting import equal_shares, greedy, knapsack
from commonweal.governance.rules.ranking import instant_runoff, preferred, schulze, transferable
from commonweal.governance.rules.scoring import approval

NONE_OF_THE_ABOVE = "8"


def _debian(file: Path) -> Counter[tuple[tuple[str, ...], ...]]:
    """A tally sheet gives each option's rank in its place; a dash is unranked."""
    ballots: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for line in file.read_text(errors="replace").splitlines():
        if line.startswith("V: "):
            ranks: dict[int, list[str]] = {}
            for place, rank in enumerate(line.split()[1], start=1):
                if rank != "-":
                    ranks.setdefault(int(rank), []).append(str(place))
            ballots[tuple(tuple(ranks[rank]) for rank in sorted(ranks))] += 1
    return ballots


def test_debian_elected_its_leader_of_2006(shared_data: Path) -> None:
    """421 ballots: Anthony Towns (4) before Steve McIntyre (3), both before none of the above (8)."""
    ballots = _debian(shared_data / "deliberation/decision_rules/debian_tally/leader2006_tally.txt")
    assert sum(ballots.values()) == 421
    options = [str(n) for n in range(1, 9)]
    order = schulze(ballots, options)
    assert order[:2] == [("4",), ("3",)]
    wins = preferred(ballots, options)
    assert wins["4", "3"] - wins["3", "4"] > 0
    below = order.index((NONE_OF_THE_ABOVE,))
    for alike in order[below + 1 :]:
        assert all(wins[NONE_OF_THE_ABOVE, option] > wins[option, NONE_OF_THE_ABOVE] for option in alike)


def _hil(file: Path) -> tuple[Counter[tuple[tuple[str, ...], ...]], list[str], int]:
    lines = file.read_text(errors="replace").split("\n")
    options, seats = (int(n) for n in lines[0].split())
    ballots: Counter[tuple[tuple[str, ...], ...]] = Counter()
    for line in lines[1:]:
        numbers = line.split()
        if numbers == ["0"]:
            break
        ballots[tuple((n,) for n in numbers[1:-1])] += int(numbers[0])
    return ballots, [str(n) for n in range(1, options + 1)], seats


def test_an_election_of_tidemans_collection(shared_data: Path) -> None:
    """A77: three candidates, one seat. Whoever beats each other one wins by all three counts."""
    ballots, options, seats = _hil(shared_data / "deliberation/decision_rules/tideman/A77.HIL")
    wins = preferred(ballots, options)
    best = [a for a in options if all(wins[a, b] > wins[b, a] for b in options if b != a)]
    assert (len(options), seats, len(best)) == (3, 1, 1)
    assert schulze(ballots, options)[0] == tuple(best)
    winner, rounds = instant_runoff(ballots, options, options)
    assert rounds[0].votes == {o: sum(n for b, n in ballots.items() if b and b[0] == (o,)) for o in options}
    assert transferable(ballots, options, 1, options)[0] == (winner,)


def _pabulib(file: Path) -> tuple[dict[str, str], dict[str, dict[str, str]], list[list[str]]]:
    meta: dict[str, str] = {}
    projects: dict[str, dict[str, str]] = {}
    votes: list[list[str]] = []
    section, heads = "", []
    for row in csv.reader(file.open(encoding="utf-8-sig"), delimiter=";"):
        if len(row) == 1 and row[0].strip() in ("META", "PROJECTS", "VOTES"):
            section, heads = row[0].strip(), []
        elif not heads:
            heads = row
        elif section == "META":
            meta[row[0]] = row[1]
        elif section == "PROJECTS":
            projects[row[0]] = dict(zip(heads, row, strict=False))
        elif section == "VOTES":
            votes.append(dict(zip(heads, row, strict=False))["vote"].split(","))
    return meta, projects, votes


def _wards(shared_data: Path) -> list[Path]:
    return sorted((shared_data / "deliberation/pabulib/us").glob("*approvals.pb"))


def test_votes_of_real_wards_are_those_that_were_published(shared_data: Path) -> None:
    looked = 0
    for file in _wards(shared_data):
        meta, projects, ballots = _pabulib(file)
        if meta["vote_type"] == "approval" and all("votes" in p for p in projects.values()):
            looked += 1
            sums = approval([[p for p in b if p in projects] for b in ballots], list(projects))
            assert len(ballots) == int(meta["num_votes"]), file.name
            assert sums == {p: int(float(row["votes"])) for p, row in projects.items()}, file.name
    assert looked > 10


def test_real_budgets_are_never_overspent_and_each_rule_keeps_its_word(shared_data: Path) -> None:
    files = _wards(shared_data)
    if not files:
        pytest.skip("no approval ballots here")
    for file in files:
        meta, projects, ballots = _pabulib(file)
        costs = {p: round(float(row["cost"])) for p, row in projects.items()}
        budget, lots = int(float(meta["budget"])), sorted(costs)
        cast = [[p for p in b if p in projects] for b in ballots]
        sums = approval(cast, lots)
        chosen = {
            "greedy": greedy(sums, costs, budget, lots),
            "knapsack": knapsack(sums, costs, budget, lots),
            "shares": equal_shares(cast, costs, budget, lots),
        }
        for name, projects_chosen in chosen.items():
            assert sum(costs[p] for p in projects_chosen) <= budget, (file.name, name)
        won = {name: sum(sums[p] for p in found) for name, found in chosen.items()}
        assert won["knapsack"] >= max(won["greedy"], won["shares"]), file.name
