"""Disclosure control: the worked examples of DOMAIN §6.9, 6-T8."""

import pytest

from commonweal.kernel.periods import Month
from commonweal.measures.rules.disclosure.audit import leaks, possible
from commonweal.measures.rules.disclosure.bounds import Bounds
from commonweal.measures.rules.disclosure.lattice import Key, Layout, build
from commonweal.measures.rules.disclosure.suppress import CannotProtectError, primary, protect
from commonweal.measures.rules.disclosure.tables import DEFAULT, Policy, Sum, Table, Tie
from commonweal.measures.rules.intervals import in_hundred, wilson
from commonweal.measures.rules.periods import month, quarter_of
from commonweal.measures.vocabulary import WHOLE

GROUPS = Table({"A": 57, "B": 35, "C": 8, "total": 100}, (Sum("total", ("A", "B", "C")),))


def hidden(table: Table, **before: frozenset[object]) -> set[object]:
    return set(protect(table, **before).hidden)


class TestOneSum:
    def test_hiding_the_small_one_alone_gives_it_away(self) -> None:
        assert possible(GROUPS, frozenset({"C"}), "C") == Bounds(8, 8)
        assert leaks(GROUPS, frozenset({"C"}), frozenset({"C"}), DEFAULT) == {"C"}

    def test_so_the_next_smallest_goes_too(self) -> None:
        assert hidden(GROUPS) == {"B", "C"}
        assert possible(GROUPS, frozenset({"B", "C"}), "C") == Bounds(0, 43)

    def test_two_small_ones_that_are_small_together_need_a_third(self) -> None:
        table = Table({"A": 57, "B": 4, "C": 5, "total": 66}, (Sum("total", ("A", "B", "C")),))
        assert possible(table, frozenset({"B", "C"}), "C") == Bounds(0, 9)
        assert hidden(table) == {"A", "B", "C"}

    def test_zero_may_be_shown(self) -> None:
        table = Table({"A": 57, "B": 43, "C": 0, "total": 100}, (Sum("total", ("A", "B", "C")),))
        assert hidden(table) == set()

    def test_a_zero_guards_nothing(self) -> None:
        table = Table({"A": 57, "B": 0, "C": 8, "total": 65}, (Sum("total", ("A", "B", "C")),))
        assert hidden(table) == {"A", "C"}

    def test_ties_fall_the_same_way_on_every_machine(self) -> None:
        counts = {"D": 20, "B": 20, "A": 20, "C": 8, "total": 68}
        names = ("A", "B", "C", "D")
        for order in (names, names[::-1], ("C", "D", "A", "B")):
            assert hidden(Table(dict(counts), (Sum("total", order),))) == {"A", "C"}

    @pytest.mark.parametrize(("count", "small"), [(0, False), (1, True), (10, True), (11, False)])
    def test_small_is_one_to_ten(self, count: int, small: bool) -> None:
        assert DEFAULT.is_small(count) is small


TWO_BY_TWO = {
    ("G1", "yes"): 8, ("G1", "no"): 52, ("G1", "all"): 60,
    ("G2", "yes"): 25, ("G2", "no"): 45, ("G2", "all"): 70,
    ("all", "yes"): 33, ("all", "no"): 97, ("all", "all"): 130,
}  # fmt: skip


def test_two_by_two_with_margins_all_four_inner_cells_must_go() -> None:
    sums = tuple(Sum((g, "all"), ((g, "yes"), (g, "no")), Tie.SPLITS) for g in ("G1", "G2", "all"))
    sums += tuple(Sum(("all", a), (("G1", a), ("G2", a))) for a in ("yes", "no", "all"))
    assert hidden(Table(TWO_BY_TWO, sums)) == {("G1", "yes"), ("G1", "no"), ("G2", "yes"), ("G2", "no")}


class TestWhatWasPublishedBefore:
    def test_all_partners_minus_the_others_is_the_one(self) -> None:
        """All partners 210, without X 203: X is 7, unless one of the totals is held back."""
        table = Table({"all": 210, "without X": 203, "X": 7}, (Sum("all", ("without X", "X")),))
        assert possible(table, frozenset({"X"}), "X") == Bounds(7, 7)
        assert hidden(table) == {"X", "without X"}
        with pytest.raises(CannotProtectError) as refused:
            protect(table, shown_before=frozenset({"all", "without X"}))
        assert refused.value.cells == {"X"}

    def test_a_quarter_minus_two_months_is_the_third(self) -> None:
        """Q1 = 30 and January + February = 24 give March = 6 (6-T8, across releases)."""
        table = Table(
            {"Q1": 30, "Jan": 13, "Feb": 11, "Mar": 6, "Jan-Feb": 24},
            (Sum("Q1", ("Jan", "Feb", "Mar")), Sum("Jan-Feb", ("Jan", "Feb"))),
        )
        before = frozenset({"Jan", "Feb", "Jan-Feb"})
        assert possible(table, frozenset({"Mar"}), "Mar") == Bounds(6, 6)
        assert hidden(table, shown_before=before) == {"Mar", "Q1"}

    def test_what_was_held_back_stays_so(self) -> None:
        assert hidden(GROUPS, hidden_before=frozenset({"A"})) == {"A", "C"}

    def test_the_lattice_sees_to_it_month_by_month(self) -> None:
        months = [month(Month(2026, m)) for m in (1, 2, 3)]
        sent = dict(zip(months, (40, 52, 6), strict=True))
        figures = {(period, WHOLE): {"sent": n} for period, n in sent.items()}
        figures[(quarter_of(Month(2026, 1)), WHOLE)] = {"sent": 98}
        table = build(figures, Layout(splits=()))
        march, quarter = Key("2026-03", WHOLE, "sent"), Key("2026-Q1", WHOLE, "sent")
        first = frozenset({Key("2026-01", WHOLE, "sent"), Key("2026-02", WHOLE, "sent")})
        assert hidden(table, shown_before=first) == {march, quarter}
        assert hidden(table) == {march, Key("2026-01", WHOLE, "sent")}


class TestRatesGiveCountsAway:
    """Why a rate, an interval or a median inherits the mark of its counts."""

    def test_a_rounded_percentage_of_a_known_group(self) -> None:
        assert [x for x in range(61) if in_hundred(x, 60, 1) == 13.3] == [8]

    def test_a_whole_percentage_leaves_only_small_ones_and_eleven(self) -> None:
        assert [x for x in range(451) if in_hundred(x, 450) == 2] == [7, 8, 9, 10, 11]

    def test_an_interval_names_the_count(self) -> None:
        def rounded(x: int) -> tuple[float, float]:
            band = wilson(x, 45)
            return round(100 * band.low, 1), round(100 * band.high, 1)

        assert [x for x in range(46) if rounded(x) == rounded(8)] == [8]

    def test_so_a_rate_needs_all_its_counts(self) -> None:
        protection = protect(GROUPS)
        assert protection.shows("A", "total")
        assert not protection.shows("C", "total")


class TestAnswersOfAGroup:
    @staticmethod
    def answers(yes: int, no: int) -> Table:
        return Table({"n": yes + no, "yes": yes, "no": no}, (Sum("n", ("yes", "no"), Tie.SPLITS),))

    @pytest.mark.parametrize(
        ("yes", "no", "held"),
        [
            (30, 20, set()),
            (12, 3, {"yes", "no"}),  # the three who were not are ten or fewer
            (3, 40, {"yes", "no"}),
            (0, 8, {"n", "yes", "no"}),  # a small group: not even its zero
            (15, 0, {"yes", "no"}),  # all fifteen were of one mind
            (0, 21, {"yes", "no"}),
            (0, 22, set()),
            (40, 0, set()),
            (0, 0, set()),
            (6, 6, {"yes", "no"}),
            (5, 5, {"n", "yes", "no"}),
        ],
    )
    def test_who_is_held_back(self, yes: int, no: int, held: set[str]) -> None:
        assert hidden(self.answers(yes, no)) == held

    def test_the_rest_is_protected_like_a_printed_count(self) -> None:
        assert "no" in primary(self.answers(40, 7))


class TestUnions:
    """A whole that is a union is no sum, but it says something: nobody has more than all."""

    TABLE = Table(
        {"all": 60, "A": 55, "B": 8},
        (Sum("all", ("A", "B"), Tie.UNITES),),
        owners={"A": "A", "B": "B"},
    )

    def test_a_union_leaves_the_small_part_wide(self) -> None:
        assert hidden(self.TABLE) == {"B"}
        assert possible(self.TABLE, frozenset({"B"}), "B") == Bounds(5, 60)

    def test_unless_hardly_anyone_is_left(self) -> None:
        table = Table({"all": 12, "A": 11, "B": 8}, (Sum("all", ("A", "B"), Tie.UNITES),))
        assert possible(table, frozenset({"B"}), "B") == Bounds(1, 12)
        tight = Table({"all": 13, "A": 11, "B": 4}, (Sum("all", ("A", "B"), Tie.UNITES),))
        assert possible(tight, frozenset({"B"}), "B") == Bounds(2, 13)


class TestPartnersWhoPool:
    FOUR = Table(
        {"all": 100, "A": 40, "B": 30, "C": 22, "D": 8},
        (Sum("all", ("A", "B", "C", "D")),),
        owners={name: name for name in "ABCD"},
    )

    def test_two_who_lay_their_figures_together_do_not_find_the_third(self) -> None:
        held = hidden(self.FOUR)
        assert held == {"A", "B", "C", "D"}
        assert possible(self.FOUR, frozenset(held), "D", known=("A", "B")) == Bounds(0, 30)

    def test_for_the_public_alone_less_would_do(self) -> None:
        assert protect(self.FOUR, Policy(pooled=0)).hidden == {"C", "D"}

    def test_among_three_two_always_find_the_third_so_the_total_goes(self) -> None:
        three = Table(
            {"all": 78, "A": 40, "B": 30, "D": 8},
            (Sum("all", ("A", "B", "D")),),
            owners={name: name for name in "ABD"},
        )
        assert hidden(three) == {"A", "B", "D", "all"}


def test_a_table_that_does_not_add_up_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        Table({"A": 1, "B": 2, "all": 4}, (Sum("all", ("A", "B")),))


def test_a_month_in_which_nothing_happened_counts_as_zero() -> None:
    quarter = quarter_of(Month(2026, 7))
    figures = {(quarter, WHOLE): {"sent": 30}, (month(Month(2026, 7)), WHOLE): {"sent": 30}}
    table = build(figures, Layout(splits=()))
    assert table.counts[Key("2026-08", WHOLE, "sent")] == 0
