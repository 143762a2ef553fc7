"""Terms, authority, who speaks, shares of seats: worked examples."""

from datetime import date
from decimal import Decimal
from fractions import Fraction
from uuid import uuid4

import pytest

from commonweal.kernel.errors import BadInput
from commonweal.partners import rules
from commonweal.partners.shapes import AuthorityShape, PopulationShape, SeatRule, Stint
from commonweal.partners.vocabulary import Authority
from commonweal.partners.vocabulary_seats import Latitude, OnLeaving

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("from_", "until", "months", "terms"),
    [
        (date(2023, 1, 1), date(2024, 6, 30), 36, 0),  # a day under half of three years
        (date(2023, 1, 1), date(2024, 7, 2), 36, 1),  # 548 of 1,096 days: exactly half counts
        (date(2023, 1, 1), date(2026, 1, 1), 36, 1),
        (date(2023, 1, 1), date(2027, 1, 1), 36, 1),  # one term and a third of the next
        (date(2023, 1, 1), date(2029, 1, 1), 36, 2),  # stayed on without being seated anew
        (date(2024, 2, 29), date(2025, 2, 28), 12, 1),  # a term ends on the month's last day
        (date(2026, 1, 1), date(2026, 1, 1), 12, 0),
    ],
)
def test_a_part_of_a_term_counts_from_its_half_on(from_: date, until: date, months: int, terms: int) -> None:
    assert rules.terms_in(from_, until, months, HALF) == terms


def test_bylaws_may_count_every_partial_term_or_none() -> None:
    day, later = date(2023, 1, 1), date(2024, 6, 30)
    assert rules.terms_in(day, later, 36, Fraction(1, 1000)) == 1
    assert rules.terms_in(day, date(2025, 12, 31), 36, Fraction(1)) == 0


FILLED_A_VACANCY = Stint(date(2020, 7, 1), date(2021, 7, 1), date(2023, 7, 1))
FIRST = Stint(date(2021, 9, 1), date(2024, 9, 1), date(2024, 9, 1))
SECOND = Stint(date(2024, 9, 1), None, date(2027, 9, 1))


def test_two_terms_in_a_row_are_the_most_and_a_short_one_before_does_not_count() -> None:
    on = date(2027, 9, 1)
    assert rules.terms_served([FILLED_A_VACANCY, FIRST], 36, date(2024, 9, 1)) == 1
    assert rules.may_serve_again([FILLED_A_VACANCY, FIRST], 36, 2, date(2024, 9, 1))
    refused = rules.may_serve_again([FIRST, SECOND], 36, 2, on)
    assert refused.rule == "partners.term.limit"
    assert refused.params["served"] == 2


def test_a_year_away_begins_the_count_anew() -> None:
    ended = Stint(date(2024, 9, 1), date(2027, 9, 1), date(2027, 9, 1))
    both = [FIRST, ended]
    assert not rules.may_serve_again(both, 36, 2, date(2028, 8, 31))
    assert rules.may_serve_again(both, 36, 2, date(2028, 9, 1))
    back = Stint(date(2028, 9, 1), None, date(2031, 9, 1))
    assert rules.terms_served([*both, back], 36, date(2031, 9, 1)) == 1
    longer = SeatRule(break_months=24)
    assert not rules.may_serve_again(both, 36, 2, date(2028, 9, 1), longer)


def test_changing_place_within_a_term_is_one_term() -> None:
    alternate_then_holder = [
        Stint(date(2022, 1, 1), date(2023, 7, 15), date(2025, 1, 1)),
        Stint(date(2023, 7, 15), date(2025, 1, 1), date(2025, 1, 1)),
    ]
    assert rules.terms_served(alternate_then_holder, 36, date(2025, 1, 1)) == 1


def test_a_seat_without_terms_has_no_limit() -> None:
    assert rules.may_serve_again([FIRST, SECOND], None, 2, date(2030, 1, 1))
    assert rules.may_serve_again([FIRST, SECOND], 36, None, date(2030, 1, 1))


def test_first_terms_are_staggered_so_that_not_all_change_at_once() -> None:
    ends = rules.staggered(date(2026, 1, 1), 9, 36, 3)
    assert sorted(ends) == [date(2027, 1, 1)] * 3 + [date(2028, 1, 1)] * 3 + [date(2029, 1, 1)] * 3
    assert rules.ending_together(ends) == 3
    assert rules.ending_together([date(2027, 1, 1)] * 5 + [None]) == 5
    assert rules.ending_together([]) == 0
    with pytest.raises(ValueError, match="groups"):
        rules.staggered(date(2026, 1, 1), 4, 2, 3)


def _word(matter: str, latitude: Latitude, limit: int | None = None) -> AuthorityShape:
    return AuthorityShape(matter, "", latitude, "so far", limit, "", date(2026, 1, 1), None)


@pytest.mark.parametrize(
    ("matter", "cents", "authority"),
    [
        ("budget", 999_999, Authority.FULL),
        ("budget", 1_000_000, Authority.FULL),
        ("budget", 1_000_001, Authority.NONE),
        ("budget", None, Authority.BOUNDED),
        ("data-sharing", None, Authority.NONE),
        ("bylaws", None, Authority.NONE),
        ("measure", None, Authority.FULL),
    ],
)
def test_the_word_about_a_matter_goes_before_the_word_about_all(
    matter: str, cents: int | None, authority: Authority
) -> None:
    words = {
        "": _word("", Latitude.ALONE),
        "budget": _word("budget", Latitude.WITHIN, 1_000_000),
        "data-sharing": _word("data-sharing", Latitude.AFTER_ASKING),
        "bylaws": _word("bylaws", Latitude.NOT_AT_ALL),
    }
    assert rules.authority_in(words, matter, cents) is authority


def test_nothing_said_is_no_authority_of_any_kind() -> None:
    assert rules.authority_in({}, "budget") is None


def test_the_holder_speaks_and_the_alternate_only_while_the_holder_is_away() -> None:
    holder, first, second = uuid4(), uuid4(), uuid4()
    assert rules.who_speaks(holder, [first, second], {holder, first}) == holder
    assert rules.who_speaks(holder, [first, second], {second, first}) == first
    assert rules.who_speaks(holder, [first, second], {second}) == second
    assert rules.who_speaks(holder, [first], set()) is None
    assert rules.who_speaks(None, [first], {first}) == first


def test_what_speaks_for_more_than_its_partner_stays() -> None:
    default = SeatRule()
    assert rules.on_leaving(speaks_for_more=False, rule=default) is OnLeaving.ENDS
    assert rules.on_leaving(speaks_for_more=True, rule=default) is OnLeaving.VACANT
    strict = SeatRule(on_leaving=OnLeaving.ENDS)
    assert rules.on_leaving(speaks_for_more=True, rule=strict) is OnLeaving.ENDS


def _figure(key: str, percent: str, margin: str = "0", name: str = "") -> PopulationShape:
    return PopulationShape(key, name, Decimal(percent), Decimal(margin), "Alder", "a table", 2022)


def test_a_population_has_fewer_seats_than_the_low_end_of_its_share() -> None:
    figures = [_figure("older", "22.4", "0.6"), _figure("limited-english", "6.0", "1.2")]
    (gap,) = rules.gaps(figures, {}, 20)
    assert (gap.low, gap.high, gap.expected, gap.seats) == (21, 23, 4, 0)
    assert rules.gaps(figures, {"people 65 or older": 4}, 20) == []
    assert [g.seats for g in rules.gaps(figures, {"older": 3}, 20)] == [3]


def test_a_body_too_small_for_a_whole_seat_has_no_gap() -> None:
    assert rules.gaps([_figure("limited-english", "8.0", "0.5")], {}, 12) == []
    assert len(rules.gaps([_figure("limited-english", "9.5", "0.5")], {}, 12)) == 1


def test_gaps_are_told_in_the_order_of_the_list_and_never_by_size() -> None:
    figures = [_figure("children", "15"), _figure("older", "30"), _figure("poor", "20")]
    assert [g.expected for g in rules.gaps(figures, {}, 20)] == [3, 6, 4]


INDEX = [
    {
        "\ufeffST": "1",
        "FIPS": "1001",
        "LOCATION": "Autauga County, Alabama",
        "EP_AGE65": "15.6",
        "MP_AGE65": "0.2",
    },
    {
        "\ufeffST": "1",
        "FIPS": "1003",
        "LOCATION": "Baldwin County, Alabama",
        "EP_AGE65": "-999",
        "EP_POV": "9",
    },
]


def test_a_county_is_found_by_a_code_that_lost_its_zero_or_by_name() -> None:
    for county in ("01001", "1001", "autauga county, alabama"):
        (figure,) = rules.read_figures(INDEX, county=county, source="SVI", year=2022)
        assert (figure.key, figure.percent, figure.margin) == ("older", Decimal("15.60"), Decimal("0.20"))
    (poor,) = rules.read_figures(INDEX, county="01003", source="SVI", year=2018)
    assert poor.key == "poor", "what is missing (-999) is left out"


@pytest.mark.parametrize(
    ("rows", "county", "year", "where"),
    [
        (INDEX, "99999", 2022, "county"),
        (INDEX, "01001", None, "year"),
        ([{"a": "1"}], "01001", 2022, "file"),
        ([{"population": "older", "percent": "many"}], "x", 2022, "percent"),
        ([{"population": "older", "percent": "101"}], "x", 2022, "percent"),
        ([{"population": "older", "percent": "10"}], "x", None, "year"),
    ],
)
def test_a_table_that_cannot_be_used_says_why(rows, county, year, where) -> None:
    with pytest.raises(BadInput) as bad:
        rules.read_figures(rows, county=county, source="s", year=year)
    assert bad.value.where == where


def test_a_plain_table_brings_populations_of_its_own() -> None:
    rows = [
        {
            "population": "Farm workers",
            "percent": "4.5",
            "margin": "1",
            "year": "2024",
            "source": "own count",
        },
        {"population": "older", "percent": "", "year": "2024"},
        {"population": "older", "percent": "21", "year": "2024"},
    ]
    farm, older = rules.read_figures(rows, county="Alder County", source="file.csv", year=None)
    assert (farm.key, farm.name, farm.source, farm.year) == (
        "farm-workers",
        "Farm workers",
        "own count",
        2024,
    )
    assert (older.name, older.source, older.county) == ("", "file.csv", "Alder County")
