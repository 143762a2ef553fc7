"""Several options: worked profiles, and properties that a count must have."""

from fractions import Fraction
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.governance.rules.budgeting import equal_shares, greedy, knapsack
from commonweal.governance.rules.ranking import instant_runoff, preferred, schulze, transferable
from commonweal.governance.rules.scoring import approval, dots, score, winners
from commonweal.kernel.errors import BadInput


def strict(**counts: int) -> dict[tuple[tuple[str, ...], ...], int]:
    """``abc=5``: five ballots that like a best, then b, then c."""
    return {tuple((letter,) for letter in order): count for order, count in counts.items()}


# The published example of the method's author: 45 voters, five options (Schulze 2011, example 1).
SCHULZE = strict(acbed=5, adecb=5, bedac=8, cabed=3, caebd=7, cbade=2, dceba=7, ebadc=8)


def test_schulze_orders_its_authors_example() -> None:
    assert schulze(SCHULZE, "abcde") == [("e",), ("a",), ("c",), ("b",), ("d",)]


def test_options_left_out_come_last_and_alike() -> None:
    wins = preferred({(("a",),): 3, (("b", "c"),): 2}, "abc")
    assert wins["a", "b"] == wins["a", "c"] == 3
    assert wins["b", "a"] == 2
    assert wins["b", "c"] == wins["c", "b"] == 0


def test_a_perfect_circle_is_a_tie_and_says_so() -> None:
    assert schulze(strict(abc=1, bca=1, cab=1), "abc") == [("a", "b", "c")]


ballots = st.dictionaries(
    st.permutations("abcd").map(lambda order: tuple((o,) for o in order)), st.integers(1, 9), min_size=1
)


@given(ballots)
def test_who_beats_everyone_comes_first(profile: dict) -> None:
    wins = preferred(profile, "abcd")
    best = [a for a in "abcd" if all(wins[a, b] > wins[b, a] for b in "abcd" if b != a)]
    if best:
        assert schulze(profile, "abcd")[0] == tuple(best)


def test_instant_runoff_takes_the_weakest_out_until_half_is_passed() -> None:
    profile = strict(abc=8, bca=7, cba=5)
    winner, rounds = instant_runoff(profile, "abc", "abc")
    assert winner == "b"
    assert [one.eliminated for one in rounds] == [("c",), ()]
    assert rounds[1].votes == {"a": 8, "b": 12}


def test_a_tie_for_last_falls_by_the_round_before_and_then_by_lot() -> None:
    profile = strict(abc=4, bac=2, cab=2)
    first, _ = instant_runoff(profile, "abc", lots="abc")
    _, rounds = instant_runoff(profile, "abc", lots="bca")
    assert first == "a"
    assert rounds[0].eliminated in {("b",), ("c",)}
    assert instant_runoff(strict(abc=2, bca=2, cab=2), "abc", "abc")[1][0].eliminated == ("c",)
    assert instant_runoff(strict(abc=2, bca=2, cab=2), "abc", "cab")[1][0].eliminated == ("b",)


def test_a_surplus_moves_on_in_fractions() -> None:
    """Ten of sixteen like a best: the quota is six, and four tenths of each of their ballots move on."""
    profile = strict(ab=10, c=3, d=3)
    elected, rounds = transferable(profile, "abcd", 2, "abcd")
    assert elected == ("a", "b")
    assert rounds[0].votes["a"] == 10
    assert rounds[1].votes["b"] == Fraction(4)


@given(ballots, st.integers(1, 3))
def test_as_many_are_elected_as_there_are_seats_and_nobody_twice(profile: dict, seats: int) -> None:
    elected, rounds = transferable(profile, "abcd", seats, "abcd")
    assert len(elected) == seats == len(set(elected))
    for one in rounds:
        assert sum(one.votes.values()) <= sum(profile.values())


def test_sums_and_their_ties() -> None:
    assert approval([["a", "b", "a"], ["a"], []], "abc") == {"a": 2, "b": 1, "c": 0}
    assert score([{"a": 5, "b": 0}, {"b": 3}], "ab", most=5) == {"a": 5, "b": 3}
    assert dots([{"a": 2, "b": 1}, {"b": 3}], "ab", each=3) == {"a": 2, "b": 4}
    assert winners({"a": 5, "b": 3, "c": 3}, seats=2) == (("a",), ("b", "c"))
    assert winners({"a": 5, "b": 3}, seats=2) == (("a", "b"), ())


def test_impossible_ballots_are_refused() -> None:
    with pytest.raises(BadInput):
        dots([{"a": 4}], "ab", each=3)
    with pytest.raises(BadInput):
        dots([{"a": 4, "b": -1}], "ab", each=3)
    with pytest.raises(BadInput):
        score([{"a": 6}], "ab", most=5)
    with pytest.raises(BadInput):
        approval([["z"]], "ab")


COSTS = {"a": 60, "b": 50, "c": 50}


def test_three_ways_to_spend_a_hundred() -> None:
    votes = {"a": 10, "b": 9, "c": 8}
    assert greedy(votes, COSTS, 100, "abc") == ("a",)
    assert knapsack(votes, COSTS, 100, "abc") == ("b", "c")
    # A third of the voters buys its own third of the budget; the majority does not take it all.
    costs = {"a": 30, "b": 30, "c": 30, "z": 30}
    ballots_cast = [list("abc")] * 6 + [["z"]] * 3
    assert greedy(approval(ballots_cast, "abcz"), costs, 90, "abcz") == ("a", "b", "c")
    assert equal_shares(ballots_cast, costs, 90, "abcz") == ("a", "b", "z")


def test_nobody_pays_for_what_they_did_not_choose() -> None:
    assert equal_shares([["a"], [], []], {"a": 60}, 100, "a") == ()
    assert equal_shares([["a"], ["a"], []], {"a": 60}, 100, "a") == ("a",)


@given(
    st.dictionaries(st.sampled_from("abcdefgh"), st.tuples(st.integers(0, 9), st.integers(1, 20))),
    st.integers(0, 60),
)
def test_the_knapsack_is_the_best_of_all_sets(projects: dict[str, tuple[int, int]], budget: int) -> None:
    votes = {p: v for p, (v, _) in projects.items()}
    costs = {p: c for p, (_, c) in projects.items()}
    chosen = knapsack(votes, costs, budget, "abcdefgh")
    sets = (s for n in range(len(votes) + 1) for s in combinations(sorted(votes), n))
    best = max(sum(votes[p] for p in s) for s in sets if sum(costs[p] for p in s) <= budget)
    assert sum(votes[p] for p in chosen) == best
    assert sum(costs[p] for p in chosen) <= budget
