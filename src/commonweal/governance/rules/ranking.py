"""Options in order: Schulze, instant runoff, single transferable vote. Exact, and the same on every machine.

A ballot is a sequence of sets, the liked best first; options of one set are liked alike, and options that a
ballot leaves out come after all that it names. Lots are drawn before the count, as an order of all options
that is published with the result, so that anyone who counts again breaks every tie alike.

The counting is ours and short, since a recount years later must not hang on somebody's release; a library
(votelib) and elections of others check it in the tests.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import permutations

Ballots = Mapping[tuple[tuple[str, ...], ...], int]
"""Ballots that say the same, and how many there are."""


@dataclass(frozen=True, slots=True)
class Round:
    """One round of a count by elimination: the votes of each option still in, and what the round did."""

    votes: Mapping[str, Fraction]
    elected: tuple[str, ...] = ()
    eliminated: tuple[str, ...] = ()


def preferred(ballots: Ballots, options: Sequence[str]) -> dict[tuple[str, str], int]:
    """How many ballots like the first of each pair better than the second."""
    wins = dict.fromkeys(permutations(options, 2), 0)
    for ballot, count in ballots.items():
        place = {option: n for n, alike in enumerate(ballot) for option in alike}
        last = len(ballot)
        for one, other in wins:
            if place.get(one, last) < place.get(other, last):
                wins[one, other] += count
    return wins


def schulze(ballots: Ballots, options: Sequence[str]) -> list[tuple[str, ...]]:
    """The options from the most liked to the least, ties together.

    A pair's strength is the votes of its winner; of two alike the one with fewer votes against is stronger
    (Schulze 2011; Debian's elections are counted so). An option comes before another whose strongest chain
    of wins against it is weaker than its own.
    """
    wins = preferred(ballots, options)
    strength = {(a, b): (wins[a, b], -wins[b, a]) if wins[a, b] > wins[b, a] else (0, 0) for a, b in wins}
    for via in options:
        for a, b in strength:
            if via not in (a, b):
                strength[a, b] = max(strength[a, b], min(strength[a, via], strength[via, b]))
    better = {a: sum(strength[a, b] < strength[b, a] for b in options if b != a) for a in options}
    return _in_order(better)


def _in_order(beaten_by: Mapping[str, int]) -> list[tuple[str, ...]]:
    places = sorted(set(beaten_by.values()))
    return [tuple(sorted(o for o, n in beaten_by.items() if n == place)) for place in places]


def instant_runoff(ballots: Ballots, options: Sequence[str], lots: Sequence[str]) -> tuple[str, list[Round]]:
    """The option that more than half of the continuing ballots come to like best, and the rounds to it."""
    elected, rounds = transferable(ballots, options, 1, lots)
    return elected[0], rounds


def transferable(
    ballots: Ballots,
    options: Sequence[str],
    seats: int,
    lots: Sequence[str],
) -> tuple[tuple[str, ...], list[Round]]:
    """Options for ``seats`` seats by single transferable vote, and the rounds.

    Droop quota in whole votes; a surplus moves on as the same fraction of each ballot that elected (weighted
    inclusive Gregory, in fractions). A ballot that likes several alike is split evenly among them. Of those
    with the fewest votes, the one that had fewer in the latest round in which they differed goes, else the
    later one by lot.
    """
    papers = [_Paper(ballot, Fraction(count)) for ballot, count in sorted(ballots.items())]
    quota = int(sum(paper.weight for paper in papers)) // (seats + 1) + 1
    running = set(options)
    elected: list[str] = []
    rounds: list[Round] = []
    while len(elected) < seats and running:
        if len(running) + len(elected) <= seats:
            final = _votes(papers, running)
            rest = sorted(running, key=lambda o: (-final[o], lots.index(o)))
            rounds.append(Round(final, elected=tuple(rest)))
            return (*elected, *rest), rounds
        votes = _votes(papers, running)
        over = sorted((o for o in running if votes[o] >= quota), key=lambda o: (-votes[o], lots.index(o)))
        if over:
            winner = over[0]
            rounds.append(Round(votes, elected=(winner,)))
            _pass_surplus(papers, running, winner, (votes[winner] - quota) / votes[winner])
            elected.append(winner)
            running.discard(winner)
        else:
            loser = _fewest(running, votes, rounds, lots)
            rounds.append(Round(votes, eliminated=(loser,)))
            running.discard(loser)
    return tuple(elected), rounds


@dataclass
class _Paper:
    """Ballots of one kind, and how much of them is not used up."""

    ballot: tuple[tuple[str, ...], ...]
    weight: Fraction

    def tops(self, running: set[str]) -> list[str]:
        """The best liked that are still in; several when liked alike."""
        for alike in self.ballot:
            found = sorted(running.intersection(alike))
            if found:
                return found
        return []


def _votes(papers: Iterable[_Paper], running: set[str]) -> dict[str, Fraction]:
    votes = dict.fromkeys(sorted(running), Fraction(0))
    for paper in papers:
        tops = paper.tops(running)
        for option in tops:
            votes[option] += paper.weight / len(tops)
    return votes


def _pass_surplus(papers: Iterable[_Paper], running: set[str], winner: str, part: Fraction) -> None:
    for paper in papers:
        tops = paper.tops(running)
        if winner in tops:
            used = paper.weight / len(tops) * (1 - part)
            paper.weight -= used


def _fewest(
    running: set[str], votes: Mapping[str, Fraction], before: Sequence[Round], lots: Sequence[str]
) -> str:
    least = min(votes[option] for option in running)
    tied = {option for option in running if votes[option] == least}
    for earlier in reversed(before):
        if len(tied) == 1:
            break
        lowest = min(earlier.votes[option] for option in tied)
        tied = {option for option in tied if earlier.votes[option] == lowest}
    return max(tied, key=lots.index)
