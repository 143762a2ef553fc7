"""The life cycle of a referral: all 90 ordered pairs of the ten states (DOMAIN §1.9, trap 1-T6)."""

import pytest

from commonweal.referrals.rules.machine import MOVES, may_move, next_moves, parse_status
from commonweal.referrals.vocabulary import Party, Status

# R: the side that asks may do it. T: the service that is asked. B: both. A dot: nobody, with a reason.
MATRIX = """
from \\ to         draft requested accepted rejected cancelled in-progress on-hold completed failed in-error
draft             -     R         .        .        .         .           .       .         .      R
requested         .     -         T        T        B         .           .       .         .      R
accepted          .     .         -        .        B         T           T       T         T      R
rejected          .     .         .        -        .         .           .       .         .      R
cancelled         .     .         .        .        -         .           .       .         .      R
in-progress       .     .         .        .        B         -           T       T         T      R
on-hold           .     .         .        .        B         T           -       T         T      R
completed         .     .         .        .        .         .           .       -         .      R
failed            .     .         .        .        .         .           .       .         -      R
entered-in-error  .     .         .        .        .         .           .       .         .      -
"""

PARTIES = {"R": {Party.REQUESTER}, "T": {Party.TARGET}, "B": {Party.REQUESTER, Party.TARGET}, ".": set()}


def _cells() -> list[tuple[str, str, str]]:
    header, *rows = MATRIX.strip().splitlines()
    columns = [c.replace("in-error", "entered-in-error") for c in header.split()[3:]]
    return [
        (row.split()[0], end, letter)
        for row in rows
        for end, letter in zip(columns, row.split()[1:], strict=True)
        if letter != "-"
    ]


CELLS = _cells()
LEGAL = [(start, end) for start, end, letter in CELLS if letter != "."]
REFUSED = [(start, end) for start, end, letter in CELLS if letter == "."]


def test_ninety_pairs_of_which_twenty_six_are_legal_and_sixty_four_refused() -> None:
    assert (len(CELLS), len(LEGAL), len(REFUSED)) == (90, 26, 64)
    assert len(MOVES) == 26


@pytest.mark.parametrize(("start", "end", "letter"), CELLS)
def test_each_pair_is_open_to_exactly_those_whom_the_diagram_names(start: str, end: str, letter: str) -> None:
    allowed = {party for party in Party if may_move(Status(start), Status(end), party)}
    assert allowed == PARTIES[letter]


@pytest.mark.parametrize(("start", "end"), REFUSED)
def test_each_refusal_says_why_in_a_sentence(start: str, end: str) -> None:
    for party in Party:
        verdict = may_move(Status(start), Status(end), party)
        assert verdict.rule == "referral.move.not-legal"
        assert verdict.words.endswith(".")
        assert len(verdict.words.split()) >= 6


@pytest.mark.parametrize(("start", "end", "letter"), [c for c in CELLS if c[2] in "RT"])
def test_the_other_side_hears_that_the_move_is_not_theirs(start: str, end: str, letter: str) -> None:
    other = Party.TARGET if letter == "R" else Party.REQUESTER
    assert may_move(Status(start), Status(end), other).rule == "referral.move.not-yours"


@pytest.mark.parametrize("status", list(Status))
def test_a_state_never_moves_to_itself(status: Status) -> None:
    assert not any(may_move(status, status, party) for party in Party)


@pytest.mark.parametrize("code", ["ready", "received", "REQUESTED", "", "inprogress", "in_progress"])
def test_codes_that_a_referral_task_may_not_have_are_refused(code: str) -> None:
    with pytest.raises(ValueError, match="not a state"):
        parse_status(code)


@pytest.mark.parametrize("status", list(Status))
def test_the_ten_codes_are_read(status: Status) -> None:
    assert parse_status(status.value) is status


@pytest.mark.parametrize("status", [Status.REJECTED, Status.CANCELLED, Status.COMPLETED, Status.FAILED])
def test_what_has_ended_can_only_be_marked_as_a_mistake(status: Status) -> None:
    assert next_moves(status, Party.REQUESTER) == (Status.ENTERED_IN_ERROR,)
    assert next_moves(status, Party.TARGET) == ()
