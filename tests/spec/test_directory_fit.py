"""Worked examples: age, cost, papers, stairs, room, freshness, distance, order (DOMAIN 4-T4, 4-T8, 4-T10)."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from uuid import UUID

import pytest

from commonweal.directory.rules.fit import (
    Known,
    Way,
    asks_no_documents,
    fits_age,
    is_free,
    is_step_free,
    language_code,
    way_in,
)
from commonweal.directory.rules.freshness import freshness_words, is_stale
from commonweal.directory.rules.order import Match, Standing, order_key, way_step
from commonweal.directory.rules.places import (
    METERS_PER_MILE,
    box_around,
    cells_of,
    cells_over,
    meters_between,
    way_words,
)
from commonweal.directory.rules.reasons import age_words, helped_words
from commonweal.directory.rules.room import room_at, room_words
from commonweal.directory.vocabulary import Capacity, VerifiedHow

NOW = datetime(2026, 11, 22, 15, tzinfo=UTC)
TODAY = NOW.date()

AGES = [  # age, minimum, maximum, fits
    (18, None, 18, True),  # eighteen holds through the whole year of being eighteen
    (19, None, 18, False),
    (17, 18, None, False),
    (18, 18, None, True),
    (0, Decimal("0.5"), None, True),  # a baby of 0 whole years may be half a year old: shown, with the bound
    (40, None, None, True),
    (60, Decimal("60"), Decimal("120"), True),
    (59, Decimal("60"), Decimal("120"), False),
]


@pytest.mark.parametrize(("age", "low", "high", "expected"), AGES)
def test_age(age: int, low: Decimal | None, high: Decimal | None, expected: bool) -> None:
    assert fits_age(age, low, high) is expected


AGE_WORDS = [
    (None, None, None),
    (60, None, "Ages 60 and up"),
    (60, 120, "Ages 60 and up"),
    (0, 17, "Up to age 17"),
    (0.5, 5, "Ages 0.5 to 5"),
    (0, 120, None),
]


@pytest.mark.parametrize(("low", "high", "expected"), AGE_WORDS)
def test_age_in_words(low: float | None, high: float | None, expected: str | None) -> None:
    sentence = age_words(low, high)
    assert (sentence.words if sentence else None) == expected


COSTS = [
    ([], ["Free"], Known.YES),
    ([], ["No cost to you"], Known.YES),
    ([], ["Gratis"], Known.YES),
    ([], ["$0"], Known.YES),
    ([], ["Sliding scale"], Known.NO),
    ([], ["Free for members, $5 for others"], Known.NO),
    ([], ["$25 per visit"], Known.NO),
    ([], ["Ask at the desk"], Known.UNKNOWN),
    ([], [""], Known.UNKNOWN),
    ([], [], Known.UNKNOWN),
    ([Decimal(0)], ["ask"], Known.YES),
    ([Decimal(0), Decimal(5)], ["free"], Known.NO),
    ([None], ["free"], Known.YES),
]


@pytest.mark.parametrize(("amounts", "texts", "expected"), COSTS)
def test_cost(amounts: list[Decimal | None], texts: list[str], expected: Known) -> None:
    assert is_free(amounts, texts) is expected


PAPERS = [
    ([], "", Known.UNKNOWN),
    (["None"], "", Known.YES),
    (["No ID needed"], "", Known.YES),
    (["Photo ID"], "", Known.NO),
    (["Photo ID", "none"], "", Known.NO),
    ([], "Anyone may come. No ID asked.", Known.YES),
    (["Ninguno"], "", Known.YES),
]


@pytest.mark.parametrize(("documents", "eligibility", "expected"), PAPERS)
def test_papers(documents: list[str], eligibility: str, expected: Known) -> None:
    assert asks_no_documents(documents, eligibility) is expected


STAIRS = [
    ([], Known.UNKNOWN),
    (["Wheelchair accessible"], Known.YES),
    (["Ramp at the side door"], Known.YES),
    (["Not wheelchair accessible"], Known.NO),
    (["Sin escalones"], Known.YES),
    (["Braille signs"], Known.UNKNOWN),
]


@pytest.mark.parametrize(("texts", "expected"), STAIRS)
def test_stairs(texts: list[str], expected: Known) -> None:
    assert is_step_free(texts) is expected


WAYS = [
    ("Walk in during open hours", Way.WALK_IN),
    ("Call for an appointment", Way.APPOINTMENT),
    ("No appointment needed", Way.WALK_IN),
    ("Referral required from a doctor", Way.REFERRAL),
    ("Self-referral, walk-ins welcome", Way.WALK_IN),
    ("", Way.UNKNOWN),
    ("Apply online", Way.UNKNOWN),
]


@pytest.mark.parametrize(("text", "expected"), WAYS)
def test_way_in(text: str, expected: Way) -> None:
    assert way_in(text) is expected


@pytest.mark.parametrize(
    ("code", "expected"), [("es", "spa"), ("spa", "spa"), ("es-MX", "spa"), ("EN", "eng"), ("xyz", "xyz")]
)
def test_language_codes(code: str, expected: str) -> None:
    assert language_code(code) == expected


ROOM = [  # told, hours ago, until, what may be said
    (Capacity.OPEN, 71, None, Capacity.OPEN),
    (Capacity.OPEN, 72, None, Capacity.OPEN),
    (Capacity.OPEN, 73, None, Capacity.UNKNOWN),
    (Capacity.CLOSED, 73, None, Capacity.UNKNOWN),
    (Capacity.CLOSED, 500, date(2026, 12, 8), Capacity.CLOSED),
    (Capacity.WAITLIST, 500, date(2026, 11, 22), Capacity.WAITLIST),
    (Capacity.WAITLIST, 500, date(2026, 11, 21), Capacity.UNKNOWN),
    (Capacity.OPEN, 500, date(2026, 12, 8), Capacity.UNKNOWN),  # nobody can promise room for weeks
    (Capacity.UNKNOWN, 1, None, Capacity.UNKNOWN),
    (Capacity.OPEN, -2, None, Capacity.UNKNOWN),  # a report from the future is no report
]


@pytest.mark.parametrize(("told", "hours", "until", "expected"), ROOM)
def test_room(told: Capacity, hours: int, until: date | None, expected: Capacity) -> None:
    assert room_at(told, NOW - timedelta(hours=hours), until, NOW, TODAY) is expected


def test_room_never_told() -> None:
    assert room_at(Capacity.OPEN, None, None, NOW, TODAY) is Capacity.UNKNOWN


def test_room_in_words() -> None:
    assert room_words(Capacity.CLOSED, date(2026, 12, 8)).words == "Full until about 2026-12-08"
    assert room_words(Capacity.OPEN, None, 12).words == "Taking new people, room for 12"
    assert room_words(Capacity.UNKNOWN).words == "Ask if there is room"


FRESH = [
    (None, VerifiedHow.NONE, "", "Nobody has checked this yet. Call first.", True),
    (6, VerifiedHow.CALL, "", "Checked by phone 6 days ago", False),
    (0, VerifiedHow.ORGANIZATION, "", "Checked by them today", False),
    (1, VerifiedHow.PARTNER, "Millrace", "Checked by Millrace yesterday", False),
    (180, VerifiedHow.SOURCE, "", "From their own list, 180 days ago", False),
    (181, VerifiedHow.SOURCE, "", "Not checked for 181 days. Call first.", True),
]


@pytest.mark.parametrize(("days", "how", "by", "words", "stale"), FRESH)
def test_freshness(days: int | None, how: VerifiedHow, by: str, words: str, stale: bool) -> None:
    when = None if days is None else NOW - timedelta(days=days)
    assert freshness_words(when, how, by, NOW).words == words
    assert is_stale(when, NOW) is stale


HELPED = [  # helped, asked, what is said
    (8, 10, []),  # fewer than eleven people answered
    (34, 41, ["Most people sent here say it helped"]),  # seven said no: a number would point at them
    (50, 64, ["50 of 64 people sent here say it helped"]),
    (20, 20, ["20 of 20 people sent here say it helped"]),
    (12, 40, ["12 of 40 people sent here say it helped"]),
    (5, 40, []),
]


@pytest.mark.parametrize(("helped", "asked", "expected"), HELPED)
def test_helped(helped: int, asked: int, expected: list[str]) -> None:
    assert [s.words for s in helped_words(helped, asked)] == expected


def test_distance_over_ground() -> None:
    paris_london = meters_between(48.8566, 2.3522, 51.5074, -0.1278)
    assert paris_london == pytest.approx(343_556, abs=50)
    assert meters_between(40, -89, 40, -89) == 0
    assert meters_between(0, 179.9, 0, -179.9) == pytest.approx(22_239, abs=5)


@pytest.mark.parametrize("meters", [5, 500, 5_000, 50_000, 400_000])
@pytest.mark.parametrize("latitude", [-33.9, 0.0, 40.0, 64.1])
def test_the_box_and_its_cells_hold_the_circle(latitude: float, meters: float) -> None:
    """Proximity is in meters (4-T4): five means five meters; no place within them is missed."""
    box = box_around(latitude, -89.0, meters)
    cells = set(cells_over(box))
    for north, east in ((1, 0), (-1, 0), (0, 1), (0, -1), (0, 0)):
        there = (
            latitude + north * (box.north - latitude) * 0.999,
            -89.0 + east * (box.east + 89.0) * 0.999,
        )
        assert box.south <= there[0] <= box.north
        assert cells & set(cells_of(*there))
    edge = meters_between(latitude, -89.0, box.north, -89.0)
    assert edge == pytest.approx(meters, rel=0.001)


WAY = [
    (60, "About a minute on foot"),
    (480, "About 8 minutes on foot"),
    (1_500, "About 25 minutes on foot"),
    (3 * METERS_PER_MILE, "About 3.0 miles away"),
    (30 * METERS_PER_MILE, "About 30 miles away"),
]


@pytest.mark.parametrize(("meters", "expected"), WAY)
def test_the_way_in_words(meters: float, expected: str) -> None:
    assert way_words(meters).words == expected


def test_steps_of_the_way() -> None:
    assert [way_step(m) for m in (0, 1_000, 1_001, 8_000, 50_000)] == [0, 0, 1, 2, 4]
    assert way_step(None) == 2


def standing(number: int, **kw: object) -> Standing:
    base = {
        "match": Match.OFFERED,
        "unsure": 0,
        "room": Capacity.OPEN,
        "meters": 500.0,
        "helped": 0,
        "asked": 0,
    }
    return Standing(**(base | kw), id=UUID(int=number))  # type: ignore[arg-type]


def test_order_is_need_then_room_then_way_then_help() -> None:
    expected = [
        standing(1, match=Match.NAMED, room=Capacity.CLOSED, meters=90_000.0),
        standing(2, helped=30, asked=33),
        standing(3, helped=3, asked=33),
        standing(4, meters=2_000.0, helped=33, asked=33),
        standing(5, room=Capacity.UNKNOWN, meters=10.0),
        standing(6, room=Capacity.WAITLIST, meters=10.0),
        standing(7, room=Capacity.CLOSED, meters=10.0),
        standing(8, unsure=1),
        standing(9, match=Match.MENTIONED, meters=1.0),
        standing(10, match=Match.DOMAIN, meters=1.0),
    ]
    shuffled = expected[::-1]
    assert sorted(shuffled, key=order_key) == expected


def test_order_is_total() -> None:
    """Equal in all that counts: the id decides, so that no place is skipped or repeated between pages."""
    assert order_key(standing(1)) < order_key(standing(2))
