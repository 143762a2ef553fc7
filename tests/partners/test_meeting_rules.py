"""Best time, quorum at a minute, whose turn, ranges and what is held back: pure rules, worked examples."""

from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

import pytest

from commonweal.partners.rules import burden, calendar_file, presence, slots, speaking
from commonweal.partners.vocabulary import Authority, MemberClass, Sector
from commonweal.partners.vocabulary_meetings import Could, Offer, Side, Worth

EVENING = datetime(2026, 11, 19, 18, 0, tzinfo=UTC)


def _seats(n: int, residents: int = 0, needs: frozenset[Offer] = frozenset()) -> list[slots.Asked]:
    return [slots.Asked(uuid4(), i < residents, needs if i < residents else frozenset()) for i in range(n)]


def _choice(at: datetime, said: dict[UUID, Could], *offers: Offer) -> slots.Choice:
    return slots.Choice(uuid4(), at, frozenset(offers), said)


def test_a_time_at_which_no_resident_could_come_stands_behind() -> None:
    seats = _seats(6, residents=2)
    residents, others = seats[:2], seats[2:]
    noon = _choice(EVENING - timedelta(hours=6), {s.seat_id: Could.YES for s in others})
    evening = _choice(EVENING, {s.seat_id: Could.YES for s in [*residents, *others[:2]]})
    best = slots.ranked([noon, evening], seats, needed=4)
    assert [s.id for s in best] == [evening.id, noon.id]
    assert (best[0].can, best[0].residents) == (4, 2)


def test_needs_that_a_place_does_not_meet_keep_someone_away() -> None:
    seats = _seats(4, residents=2, needs=frozenset({Offer.CHILD_CARE}))
    everyone = {s.seat_id: Could.YES for s in seats}
    bare = _choice(EVENING, everyone)
    cared = _choice(EVENING + timedelta(days=1), everyone, Offer.CHILD_CARE)
    best, worst = slots.ranked([bare, cared], seats, needed=3)
    assert best.id == cared.id
    assert (worst.can, worst.unmet, worst.lacking, worst.has_quorum) == (2, 2, (Offer.CHILD_CARE,), False)


def test_silence_and_no_count_alike_and_an_if_counts_less_than_a_yes() -> None:
    seats = _seats(3)
    a, b, c = (s.seat_id for s in seats)
    early = _choice(EVENING, {a: Could.YES, b: Could.IF_NEEDED, c: Could.NO})
    late = _choice(EVENING + timedelta(days=1), {a: Could.YES, b: Could.YES})
    best = slots.ranked([early, late], seats, needed=2)
    assert [(s.can, s.firm) for s in best] == [(2, 2), (2, 1)]


def test_who_left_at_1840_is_not_there_at_1845() -> None:
    """DOMAIN 7-T7."""
    units = [uuid4() for _ in range(15)]
    chairs = [presence.Chair(u, f"p:{u}", True, i < 3, Authority.FULL) for i, u in enumerate(units)]
    at = datetime(2026, 11, 19, 18, 40, tzinfo=UTC)
    stays = [presence.Stay(u, EVENING, None) for u in units[:7]] + [presence.Stay(units[7], EVENING, at)]
    before = presence.quorum_now(chairs, presence.there_at(stays, at - timedelta(minutes=1)))
    after = presence.quorum_now(chairs, presence.there_at(stays, at + timedelta(minutes=5)))
    assert (before.here, before.needed, before.is_met) == (8, 8, True)
    assert (after.here, after.needed, after.is_met, after.short) == (7, 8, False, 1)
    assert presence.there_at(stays, at) == frozenset(units[:7]), "the minute of leaving is half-open"


@pytest.mark.parametrize(("in_office", "needed"), [(14, 8), (15, 8), (16, 9)])
def test_a_quorum_is_a_majority_of_those_in_office(in_office: int, needed: int) -> None:
    assert presence.majority_of(in_office) == needed


def test_two_delegates_of_one_organization_count_once_and_a_seat_without_vote_not() -> None:
    a, b, c = uuid4(), uuid4(), uuid4()
    chairs = [
        presence.Chair(a, "unit:x", True, False, Authority.FULL),
        presence.Chair(b, "unit:x", True, False, Authority.NONE),
        presence.Chair(c, "unit:y", False, False, Authority.FULL),
    ]
    found = presence.quorum_now(chairs, frozenset({a, b, c}))
    assert (found.here, found.in_office, found.with_authority) == (1, 1, 1)


def test_minutes_there_are_cut_to_the_meeting_and_add_up() -> None:
    seat = uuid4()
    stays = [
        presence.Stay(seat, EVENING - timedelta(minutes=10), EVENING + timedelta(minutes=30)),
        presence.Stay(seat, EVENING + timedelta(minutes=60), None),
    ]
    assert presence.minutes_there(stays, EVENING, EVENING + timedelta(minutes=90)) == {seat: 60}


def test_first_voices_and_residents_speak_first() -> None:
    def hand(n: int, *, resident: bool = False, spoke: int = 0, seconds: int = 0) -> speaking.Hand:
        return speaking.Hand(UUID(int=n), EVENING + timedelta(seconds=n), resident, spoke, seconds)

    often, new, neighbor, twice_short, heard = (
        hand(1, spoke=2, seconds=300),
        hand(2),
        hand(3, resident=True),
        hand(4, spoke=2, seconds=60),
        hand(5, resident=True, spoke=1, seconds=500),
    )
    found = speaking.in_turn([often, new, neighbor, twice_short, heard])
    assert [h.turn_id.int for h in found] == [3, 2, 5, 4, 1]


def test_a_side_that_speaks_more_than_twice_its_share_is_named_and_nobody_else() -> None:
    voices = [speaking.Voice("health", 900, 4), speaking.Voice("residents", 100, 5)]
    found = speaking.is_lopsided(voices)
    assert found is not None
    assert found.side == "health"
    assert (
        speaking.is_lopsided([speaking.Voice("health", 300, 4), speaking.Voice("residents", 10, 5)]) is None
    )
    assert (
        speaking.is_lopsided([speaking.Voice("health", 600, 4), speaking.Voice("residents", 600, 5)]) is None
    )


def test_residents_count_as_residents_whatever_the_sector() -> None:
    assert burden.side_of(Sector.HEALTH_CARE, MemberClass.RESIDENT) is Side.RESIDENTS
    assert burden.side_of(Sector.PAYER, None) is Side.HEALTH
    assert burden.side_of(Sector.FAITH, None) is Side.COMMUNITY
    assert burden.side_of(None, MemberClass.VOLUNTEER) is Side.COMMUNITY


def test_shares_are_ranges_that_hold_the_share() -> None:
    parts = {Side.HEALTH: 44.5, Side.COMMUNITY: 20, Side.PUBLIC: 25.5, Side.RESIDENTS: 10}
    seats = {Side.HEALTH: 5, Side.COMMUNITY: 6, Side.PUBLIC: 4, Side.RESIDENTS: 5}
    found = {s.side: s for s in burden.shares(parts, seats)}
    assert (found[Side.HEALTH].low, found[Side.HEALTH].high, found[Side.HEALTH].seats) == (40, 50, 25)
    assert burden.shares({Side.HEALTH: 4}, seats) == [], "of fewer than five a range would be a name"
    for share in range(101):
        low, high = burden._around(share)
        assert low <= share <= high
        assert high - low == 10


def test_hours_of_two_seats_would_be_somebodys_own() -> None:
    found = burden.hours({Side.HEALTH: [120, 150, 210, 600], Side.RESIDENTS: [300, 420]})
    health, residents = found
    assert (health.low, health.high) == (2.0, 5.5)
    assert (residents.low, residents.high, residents.seats) == (None, None, 2)


def _tally(**answers: tuple[int, int]) -> dict[tuple[Side, Worth], int]:
    found = {}
    for side, (yes, no) in answers.items():
        found[Side(side), Worth.YES] = yes
        found[Side(side), Worth.NO] = no
    return found


def test_fewer_than_five_answers_are_held_back() -> None:
    assert burden.pulses(_tally(health=(2, 2))).whole is None
    assert burden.pulses(_tally(health=(3, 2))).whole == burden.Pulse(None, 3, 5)


def test_one_mind_is_held_back_since_it_tells_what_each_said() -> None:
    assert burden.pulses(_tally(health=(7, 0))).whole is None


@pytest.mark.parametrize(
    ("answers", "shown"),
    [
        ({"health": (5, 4), "community": (7, 6), "residents": (6, 3)}, 3),
        # One hidden group could be subtracted from the whole.
        ({"health": (5, 4), "community": (7, 6), "residents": (1, 2)}, 0),
        # Two hidden groups of together four could be narrowed down.
        ({"health": (5, 4), "public": (1, 1), "residents": (1, 1)}, 0),
        ({"health": (5, 4), "public": (2, 1), "residents": (1, 2)}, 1),
        # A group of one mind is hidden like a small one.
        ({"health": (9, 0), "public": (3, 3), "residents": (3, 4)}, 0),
    ],
)
def test_no_group_is_found_by_subtraction(answers: dict[str, tuple[int, int]], shown: int) -> None:
    found = burden.pulses(_tally(**answers))
    assert len(found.by_side) == shown
    hidden = found.whole.of - sum(p.of for p in found.by_side) if found.whole and found.by_side else 0
    assert hidden == 0 or hidden >= burden.LEAST


def test_a_calendar_file_folds_and_escapes() -> None:
    entry = calendar_file.Dated(
        "one@commonweal",
        2,
        EVENING,
        90,
        "The Table; food, housing",
        EVENING,
        place="Alder Falls Library, 1 Main St",
        words="Niños\nbienvenidos " + "x" * 200,
        url="http://localhost/table/meetings/1/",
    )
    text = calendar_file.calendar_file(
        [entry],
        sending=calendar_file.Sending.REQUEST,
        organizer=calendar_file.Guest("The Table", "table@example.org"),
        guests=[calendar_file.Guest('Inés "Nina" Valdivia', "ines@example.org")],
    )
    lines = text.split("\r\n")
    assert "METHOD:REQUEST" in lines
    assert "SEQUENCE:2" in lines
    assert "DTSTART:20261119T180000Z" in lines
    assert "DTEND:20261119T193000Z" in lines
    assert r"SUMMARY:The Table\; food\, housing" in lines
    assert max(len(line.encode()) for line in lines) <= 75
    assert "\nBEGIN:VALARM" not in text
    assert "ines@example.org" in text.replace("\r\n ", "")
