"""Worked examples of codes, threads and the clock."""

from datetime import UTC, datetime, timedelta

import pytest

from commonweal.voice.rules import clock, codes, threads
from commonweal.voice.shapes import Link, Reply
from commonweal.voice.vocabulary import Answering, Kind

T0 = datetime(2026, 3, 2, 12, tzinfo=UTC)


def day(n: int) -> datetime:
    return T0 + timedelta(days=n)


def link(source: str, target: str, made: int, undone: int | None = None, kind: Kind = Kind.GROUPED) -> Link:
    return Link(
        source, target, kind, day(made), "because", day(undone) if undone is not None else None,
        "not so" if undone is not None else "",
    )  # fmt: skip


def reply(target: str, at: int, words: str = "We look") -> Reply:
    return Reply(target, Answering.CONSIDERING, words, day(at))


# ── Codes ──────────────────────────────────────────────────────────────────────────────────────────
def test_a_code_is_six_syllables() -> None:
    assert codes.code_from([0, 1, 2, 57, 58, 59]) == "babe-biti-totu"


@pytest.mark.parametrize(
    ("said", "kept"),
    [
        ("babe-biti-totu", "babebititotu"),
        ("  BABE biti  Totu ", "babebititotu"),
        ("vave-viti-totu", "babebititotu"),
        ("casa-quisa-lusá", "kasakisalusa"),
        ("cama-zapa-lusa", "kamasapalusa"),
        ("bab-biti-totu", ""),
        ("", ""),
        ("1234567890", ""),
        ("babebititotu'; drop table x", ""),
    ],
)
def test_a_code_is_heard_in_two_languages(said: str, kept: str) -> None:
    assert codes.normal(said) == kept


def test_each_code_is_kept_as_it_is() -> None:
    for n in range(codes.ALL):
        code = codes.code_from([n] * 6)
        assert codes.normal(code) == code.replace("-", "")


def test_what_is_no_syllable_makes_no_code() -> None:
    with pytest.raises(ValueError, match="six numbers"):
        codes.code_from([60, 0, 0, 0, 0, 0])


# ── Threads ────────────────────────────────────────────────────────────────────────────────────────
def test_an_input_goes_up_through_groups() -> None:
    links = [
        link("input:a", "group:1", 1),
        link("group:1", "group:2", 2, kind=Kind.MERGED),
        link("group:2", "question:7", 3, kind=Kind.TIED),
    ]
    assert threads.now_in("input:a", links) == ["group:1", "group:2", "question:7"]
    assert [s.link.target for s in threads.steps("input:a", links, []) if s.link] == [
        "group:1", "group:2", "question:7",
    ]  # fmt: skip


def test_who_is_split_off_is_told_nothing_of_what_comes_after() -> None:
    links = [
        link("input:a", "group:1", 1),
        link("input:b", "group:1", 1, undone=5),
        link("input:b", "group:2", 5, kind=Kind.SPLIT),
        link("group:1", "question:7", 8, kind=Kind.TIED),
    ]
    replies = [reply("group:1", 3, "before"), reply("group:1", 6, "after")]
    told = [s.reply.words for s in threads.steps("input:b", links, replies) if s.reply]
    assert told == ["before"]
    assert "question:7" not in threads.now_in("input:b", links)
    assert "question:7" in threads.now_in("input:a", links)


def test_who_was_in_the_question_when_split_off_reads_that_it_was() -> None:
    links = [
        link("input:b", "group:1", 1, undone=5),
        link("group:1", "question:7", 2, kind=Kind.TIED),
        link("input:b", "group:2", 5, kind=Kind.SPLIT),
    ]
    seen = [(s.link.target, s.is_undone) for s in threads.steps("input:b", links, []) if s.link]
    assert seen == [
        ("group:1", False), ("question:7", False), ("group:1", True), ("group:2", False),
    ]  # fmt: skip
    assert threads.now_in("input:b", links) == ["group:2"]


def test_who_comes_later_is_told_what_was_said_from_then_on() -> None:
    links = [link("input:a", "group:1", 9)]
    (step,) = [s for s in threads.steps("input:a", links, [reply("group:1", 3)]) if s.reply]
    assert step.at == day(9)


def test_a_reply_to_one_is_not_told_to_the_others() -> None:
    links = [link("input:a", "group:1", 1), link("input:b", "group:1", 1)]
    assert [s for s in threads.steps("input:b", links, [reply("input:a", 2)]) if s.reply] == []


def test_a_link_that_a_group_lost_before_somebody_came_is_not_theirs() -> None:
    links = [link("group:1", "question:7", 1, undone=4, kind=Kind.TIED), link("input:a", "group:1", 6)]
    assert [s.link.target for s in threads.steps("input:a", links, []) if s.link] == ["group:1"]


@pytest.mark.parametrize(
    ("links", "replies", "first"),
    [
        ([], [], None),
        ([link("input:a", "group:1", 1)], [], None),
        ([link("input:a", "group:1", 1)], [reply("group:1", 4)], 4),
        ([link("input:a", "group:1", 6)], [reply("group:1", 4)], 6),
        ([link("input:a", "question:7", 3, kind=Kind.TIED)], [reply("input:a", 5)], 3),
        ([link("input:a", "group:1", 1, undone=3)], [reply("group:1", 4)], None),
        ([link("input:a", "question:7", 3, undone=4, kind=Kind.TIED)], [], 3),
    ],
)
def test_the_first_answer(links: list[Link], replies: list[Reply], first: int | None) -> None:
    found = threads.first_answer("input:a", links, replies)
    assert found == (day(first) if first is not None else None)


# ── The clock ──────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(
    ("waits", "late"),
    [
        ([], (0, 0)),
        ([(day(0), None)], (1, 30)),
        ([(day(9), None)], (0, 0)),
        ([(day(8), None), (day(0), None)], (2, 30)),
        ([(day(0), day(29))], (0, 0)),
    ],
)
def test_silence_past_the_clock(waits: list, late: tuple[int, int]) -> None:
    """Within 21 days; on day 30. What was said on day 9 waits just 21."""
    assert clock.late(waits, 21, day(30)) == late
