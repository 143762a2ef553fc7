"""SECURITY D01, D02, D06, D07: random tables, everything ever published, and an attacker of our own."""

import random
from collections import Counter
from dataclasses import replace
from itertools import combinations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commonweal.kernel.periods import Month
from commonweal.measures.rules.definitions import LAYOUTS
from commonweal.measures.rules.disclosure.lattice import Figures, Key, build
from commonweal.measures.rules.disclosure.suppress import CannotProtectError, primary, protect
from commonweal.measures.rules.disclosure.tables import DEFAULT, Cell, Policy, Sum, Table, Tie
from commonweal.measures.rules.periods import Period, month, quarter_of
from commonweal.measures.vocabulary import WHOLE, Family

from .attack import width

SLOW = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
PUBLIC = replace(DEFAULT, pooled=0)


def guarded(table: Table, policy: Policy) -> list[Cell]:
    return sorted((c for c in primary(table, policy) if policy.is_small(table.counts[c])), key=repr)


@st.composite
def sums_of_parts(draw: st.DrawFn) -> Table:
    """One total and its parts."""
    counts = draw(st.lists(st.integers(0, 40), min_size=2, max_size=6))
    parts = tuple(f"p{i}" for i in range(len(counts)))
    owners = {p: p for p in parts} if draw(st.booleans()) else {}
    values = dict(zip(parts, counts, strict=True)) | {"all": sum(counts)}
    return Table(values, (Sum("all", parts),), owners)


@st.composite
def grids(draw: st.DrawFn) -> Table:
    """Partners by answer, with both margins."""
    rows = draw(st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), min_size=2, max_size=4))
    counts: dict[Cell, int] = {}
    sums = []
    for i, (yes, no) in enumerate(rows):
        counts |= {(i, "yes"): yes, (i, "no"): no, (i, "n"): yes + no}
        sums.append(Sum((i, "n"), ((i, "yes"), (i, "no")), Tie.SPLITS))
    for what in ("yes", "no", "n"):
        counts[("all", what)] = sum(counts[(i, what)] for i in range(len(rows)))
        sums.append(Sum(("all", what), tuple((i, what) for i in range(len(rows)))))
    sums.append(Sum(("all", "n"), (("all", "yes"), ("all", "no")), Tie.SPLITS))
    owners = {cell: f"partner {cell[0]}" for cell in counts if isinstance(cell, tuple) and cell[0] != "all"}
    return Table(counts, tuple(sums), owners)


@given(st.one_of(sums_of_parts(), grids()))
@SLOW
def test_no_reader_pins_a_small_count(table: Table) -> None:
    for policy in (PUBLIC, DEFAULT):
        held = protect(table, policy).hidden
        assert not any(policy.is_small(table.counts[cell]) for cell in table.counts if cell not in held)
        for cell in guarded(table, policy):
            assert width(table, held, cell) >= policy.width, (cell, table.counts, held)


@given(st.one_of(sums_of_parts(), grids()))
@SLOW
def test_nor_do_two_partners_who_pool_their_own_figures(table: Table) -> None:
    held = protect(table).hidden
    names = sorted(set(table.owners.values()))
    for cell in guarded(table, DEFAULT) if names else ():
        if cell not in table.owners:
            continue  # a whole that two know from their own figures tells them of themselves only
        others = [name for name in names if name != table.owners.get(cell)]
        for pair in combinations(others, min(2, len(others))):
            assert width(table, held, cell, known=pair) >= DEFAULT.pooled_width, (cell, pair, table.counts)


def answers_of_one_mind(table: Table, held: frozenset[Cell]) -> list[Cell]:
    """Zeros held back since a group was of one mind; not those that a larger group's shown zero tells."""
    told = {
        part
        for one in table.sums
        if one.tie is Tie.ADDS and not table.counts[one.total] and one.total not in held
        for part in one.parts
    }
    return sorted((c for c in primary(table) if not table.counts[c] and c not in told), key=repr)


@given(grids())
@SLOW
def test_no_reader_knows_for_certain_what_a_group_of_one_mind_said(table: Table) -> None:
    """D06: all or none of a small group is held back, and does not follow from what is shown."""
    held = protect(table).hidden
    for cell in answers_of_one_mind(table, held):
        assert cell in held
        assert width(table, held, cell) >= 1, (cell, table.counts, held)


def test_two_partners_together_do_not_know_either() -> None:
    """A said yes twelve times of twelve. B and C, who know their own, could subtract them from the whole."""
    answers = {"A": (12, 0), "B": (20, 11), "C": (20, 11)}
    counts: dict[Cell, int] = {}
    for who, (yes, no) in (*answers.items(), ("all", (52, 22))):
        counts |= {(who, "yes"): yes, (who, "no"): no, (who, "n"): yes + no}
    splits = [Sum((w, "n"), ((w, "yes"), (w, "no")), Tie.SPLITS) for w in (*answers, "all")]
    wholes = [Sum(("all", what), tuple((w, what) for w in answers)) for what in ("yes", "no", "n")]
    table = Table(counts, (*splits, *wholes), {cell: cell[0] for cell in counts if cell[0] != "all"})
    held = protect(table).hidden
    assert width(table, held, ("A", "no")) >= 1
    assert width(table, held, ("A", "no"), known=("B", "C")) >= 1


@given(sums_of_parts(), st.randoms(use_true_random=False))
@SLOW
def test_nor_does_one_who_kept_every_older_release(table: Table, chance: random.Random) -> None:
    """An older release showed some cells rightly, when the rest was not yet published."""
    shown = frozenset(c for c in table.counts if table.counts[c] > 10 and chance.random() < 0.4)
    held = _protected(table, shown)
    if held is None:
        return
    assert not held & shown
    for cell in guarded(table, PUBLIC):
        assert width(table, held, cell) >= PUBLIC.width


def _protected(table: Table, shown: frozenset[Cell]) -> frozenset[Cell] | None:
    """What is held back beside what was shown before; None where that gives a small one away whatever is."""
    try:
        return protect(table, PUBLIC, shown_before=shown).hidden
    except CannotProtectError as refused:
        everything = frozenset(table.counts) - shown
        if min(width(table, everything, cell) for cell in refused.cells) >= PUBLIC.width:
            raise
        return None


@given(grids(), st.randoms(use_true_random=False))
@SLOW
def test_the_order_in_which_a_table_is_given_changes_nothing(table: Table, chance: random.Random) -> None:
    items, sums = list(table.counts.items()), list(table.sums)
    chance.shuffle(items)
    assert protect(Table(dict(items), tuple(sums), table.owners)).hidden == protect(table).hidden


def a_quarter(chance: random.Random, partners: int, size: float) -> Figures:
    """A quarter of referrals at several partners: months, partners, the whole and the quarter."""
    quarter = quarter_of(Month(2026, 7))
    shares = [chance.choice((0.2, 0.5, 1, 1.5)) for _ in range(partners)]
    found: dict[tuple[Period, str], Counter[str]] = {}
    for who, share in enumerate(shares):
        for one in quarter.months:
            sent = max(0, round(chance.gauss(size * share, size * share * 0.2)))
            accepted = sum(chance.random() < 0.8 for _ in range(sent))
            met = sum(chance.random() < 0.65 for _ in range(accepted))
            counts = {
                "sent": sent, "accepted": accepted, "not-accepted": sent - accepted, "met": met,
                "accepted-not-met": accepted - met, "not-met": sent - met,
            }  # fmt: skip
            for at in ((month(one), f"p{who}"), (month(one), WHOLE), (quarter, f"p{who}"), (quarter, WHOLE)):
                found.setdefault(at, Counter()).update(counts)
    return {at: dict(counts) for at, counts in found.items()}


@pytest.mark.parametrize("seed", range(6))
def test_a_whole_quarter_stands_against_integer_programming(seed: int) -> None:
    optimize = pytest.importorskip("scipy.optimize", reason="SciPy is not installed; the other attack ran")
    numpy = pytest.importorskip("numpy")
    chance = random.Random(seed)
    table = build(a_quarter(chance, 3 + seed % 4, 12), LAYOUTS[Family.REFERRAL])
    held = protect(table).hidden
    free = sorted(held, key=repr)
    place = {cell: i for i, cell in enumerate(free)}
    rows, right = [], []
    for one in table.sums:
        row, known = numpy.zeros(len(free)), 0
        for cell, weight in [(one.total, -1), *((part, 1) for part in one.parts)]:
            if cell in place:
                row[place[cell]] += weight
            else:
                known += weight * table.counts[cell]
        rows.append(row)
        right.append(-known)
    fits = optimize.LinearConstraint(numpy.array(rows), right, right)
    for cell in chance.sample(guarded(table, DEFAULT), 10):
        ends = []
        for sign in (1, -1):
            aim = numpy.zeros(len(free))
            aim[place[cell]] = sign
            found = optimize.milp(aim, constraints=fits, integrality=numpy.ones(len(free)))
            ends.append(sign * found.fun if found.status == 0 else numpy.inf)
        assert ends[1] - ends[0] >= DEFAULT.width, (cell, ends)


@pytest.mark.parametrize("seed", range(4))
def test_the_whole_is_still_worth_reading(seed: int) -> None:
    """Protection that hides everything protects nothing that anyone needs: months of the whole are shown."""
    table = build(a_quarter(random.Random(seed), 8, 15), LAYOUTS[Family.REFERRAL])
    held = protect(table).hidden
    for name in ("2026-07", "2026-08", "2026-09", "2026-Q3"):
        assert not held & {Key(name, WHOLE, what) for what in ("sent", "accepted", "met")}
    shown = [
        k for k in table.counts if isinstance(k, Key) and k.who and k.period == "2026-Q3" and k not in held
    ]
    assert {k.who for k in shown if k.what == "met"}
