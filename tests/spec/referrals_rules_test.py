"""Worked examples of what follows from an answer, when one is late, and who sees what (DOMAIN §1.9-§1.12)."""

from datetime import UTC, date, datetime, timedelta
from itertools import product
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.referrals.rules import (
    burden,
    chain,
    contact,
    freetext,
    reasons,
    seeing,
    segment,
    split,
    timing,
)
from commonweal.referrals.rules.chain import DeadEnd, Link
from commonweal.referrals.rules.reasons import Moment
from commonweal.referrals.rules.split import Part
from commonweal.referrals.rules.timing import AnswerRule, Step
from commonweal.referrals.vocabulary import (
    ENDED,
    OPEN,
    SERVED,
    WORKING,
    BurdenAct,
    Element,
    Follow,
    OutcomeCode,
    Status,
)

ALDER = ZoneInfo("America/New_York")
S, O = Status, OutcomeCode  # noqa: E741


def local(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ALDER)


# ── Due times ──────────────────────────────────────────────────────────────────────────────────────
THANKSGIVING = frozenset({date(2026, 11, 26)})
DUE = [
    # sent                 working days, holidays            answer due, 5 pm
    ("2026-11-16T09:00", 3, frozenset(), "2026-11-19T17:00"),  # Monday: Thursday
    ("2026-11-16T23:59", 3, frozenset(), "2026-11-19T17:00"),  # late in the evening is the same day
    ("2026-11-19T09:00", 3, frozenset(), "2026-11-24T17:00"),  # Thursday: over the weekend, Tuesday
    ("2026-11-20T18:00", 3, frozenset(), "2026-11-25T17:00"),  # Friday evening
    ("2026-11-21T10:00", 3, frozenset(), "2026-11-25T17:00"),  # Saturday, as if Friday
    ("2026-11-24T09:00", 3, THANKSGIVING, "2026-11-30T17:00"),  # a holiday and a weekend between
    ("2026-03-06T09:00", 1, frozenset(), "2026-03-09T17:00"),  # the clocks change on the Sunday
]


@pytest.mark.parametrize(("sent", "days", "holidays", "expected"), DUE)
def test_an_answer_is_due_in_working_days_as_people_live_them(
    sent: str, days: int, holidays: frozenset[date], expected: str
) -> None:
    assert timing.due(local(sent), days, ALDER, holidays) == local(expected)


def test_the_day_is_the_people_s_own_not_the_server_s() -> None:
    late_monday_evening = datetime(2026, 11, 17, 3, 30, tzinfo=UTC)  # still Monday 10:30 pm in Alder County
    assert timing.due(late_monday_evening, 3, ALDER) == local("2026-11-19T17:00")


STEPS = [
    # requested Monday Nov 16, 9 am   now              steps taken               what the calendar asks for
    ("2026-11-18T16:59", (), None),
    ("2026-11-18T17:00", (), Step.REMIND),
    ("2026-11-18T18:00", (Step.REMIND,), None),
    ("2026-11-19T17:00", (Step.REMIND,), Step.LATE),
    ("2026-11-23T17:00", (Step.REMIND, Step.LATE), Step.ESCALATE),
    ("2026-11-23T17:00", (), Step.ESCALATE),  # the job slept: only the furthest step, not three at once
    ("2026-12-07T16:59", (Step.ESCALATE,), None),
    ("2026-12-07T17:00", (Step.ESCALATE,), Step.EXPIRE),
    ("2026-12-09T17:00", (Step.EXPIRE,), None),
]


@pytest.mark.parametrize(("now", "taken", "expected"), STEPS)
def test_reminder_late_escalation_and_end_follow_each_other(
    now: str, taken: tuple[Step, ...], expected: Step | None
) -> None:
    found = timing.step_due(
        S.REQUESTED, local("2026-11-16T09:00"), local(now), frozenset(taken), AnswerRule(), ALDER
    )
    assert found is expected


AFTER_YES = [
    # heard last on Monday Nov 16, 9 am: ask the service, tell the asker that it is late, tell the coordinator
    (S.ACCEPTED, Step.ASK_BEGIN, "2026-11-30T17:00"),  # 10 working days to begin
    (S.ACCEPTED, Step.BEGIN_LATE, "2026-12-07T17:00"),
    (S.ACCEPTED, Step.BEGIN_ESCALATE, "2026-12-14T17:00"),
    (S.ON_HOLD, Step.ASK_HOLD, "2026-11-30T17:00"),
    (S.ON_HOLD, Step.HOLD_LATE, "2026-12-07T17:00"),
    (S.ON_HOLD, Step.HOLD_ESCALATE, "2026-12-14T17:00"),
    (S.IN_PROGRESS, Step.ASK_END, "2026-12-14T17:00"),  # help takes its time: 20, 30 and 40 working days
    (S.IN_PROGRESS, Step.END_LATE, "2026-12-28T17:00"),
    (S.IN_PROGRESS, Step.END_ESCALATE, "2027-01-11T17:00"),
]


@pytest.mark.parametrize(("status", "step", "moment"), AFTER_YES)
def test_after_a_yes_the_calendar_asks_how_it_goes_then_tells_who_asked_then_who_coordinates(
    status: Status, step: Step, moment: str
) -> None:
    since = local("2026-11-16T09:00")
    assert dict(timing.schedule(status, since, AnswerRule(), ALDER))[step] == local(moment)
    found = timing.step_due(status, since, local(moment), frozenset(), AnswerRule(), ALDER)
    assert found is step


LATE_FROM = [
    (S.REQUESTED, "2026-11-19T17:00"),
    (S.ACCEPTED, "2026-12-07T17:00"),
    (S.ON_HOLD, "2026-12-07T17:00"),
    (S.IN_PROGRESS, "2026-12-28T17:00"),
    (S.COMPLETED, None),
    (S.DRAFT, None),
]


@pytest.mark.parametrize(("status", "moment"), LATE_FROM)
def test_each_open_state_has_its_own_day_from_which_it_is_late(status: Status, moment: str | None) -> None:
    found = timing.late_from(status, local("2026-11-16T09:00"), AnswerRule(), ALDER)
    assert found == (local(moment) if moment else None)


@pytest.mark.parametrize("status", sorted(ENDED | {S.DRAFT}))
def test_what_was_not_sent_or_has_ended_is_not_chased(status: Status) -> None:
    assert timing.schedule(status, local("2026-11-16T09:00"), AnswerRule(), ALDER) == ()


@pytest.mark.parametrize("status", sorted(OPEN))
def test_nothing_open_is_forgotten(status: Status) -> None:
    assert timing.schedule(status, local("2026-11-16T09:00"), AnswerRule(), ALDER) != ()


@pytest.mark.parametrize("days", [(0, 15, 20), (15, 15, 20), (10, 20, 20)])
def test_a_rule_after_a_yes_whose_steps_overtake_each_other_is_refused(days: tuple[int, int, int]) -> None:
    for phase in ("begin", "hold", "end"):
        names = (f"{phase}_days", f"{phase}_late_days", f"{phase}_escalate_days")
        with pytest.raises(ValueError, match="follow each other"):
            AnswerRule(**dict(zip(names, days, strict=True)))


def test_a_fresh_link_is_due_three_days_before_the_last_runs_out() -> None:
    assert timing.renew_link_at(local("2026-12-30T09:00")) == local("2026-12-27T09:00")
    assert timing.renew_link_at(None) is None


@given(
    st.datetimes(min_value=datetime(2024, 1, 1), max_value=datetime(2027, 12, 31)),  # noqa: DTZ001
    st.integers(min_value=1, max_value=30),
)
def test_a_due_time_is_a_working_day_and_exactly_that_many_away(moment: datetime, days: int) -> None:
    start = moment.replace(tzinfo=UTC)
    end = timing.due(start, days, ALDER)
    assert end.weekday() < 5
    assert timing.working_days_waited(start, end, ALDER) == days


@pytest.mark.parametrize("order", [(0, 3, 5, 15), (4, 3, 5, 15), (2, 6, 5, 15), (2, 3, 15, 15)])
def test_a_rule_whose_steps_overtake_each_other_is_refused(order: tuple[int, int, int, int]) -> None:
    with pytest.raises(ValueError, match="follow each other"):
        AnswerRule(
            remind_after_days=order[0],
            answer_days=order[1],
            escalate_after_days=order[2],
            expire_after_days=order[3],
        )


AGAIN = [
    # asked so often, last on Monday Mar 1 2027, said *later* on, now, and may a question go out?
    (0, None, None, "2027-03-01T15:00", True),
    (1, "2027-03-01T15:00", None, "2027-03-08T16:59", False),  # five working days of silence first
    (1, "2027-03-01T15:00", None, "2027-03-08T17:00", True),
    (2, "2027-03-01T15:00", None, "2027-06-01T15:00", False),  # never more than the standard allows
    (1, "2027-03-01T15:00", "2027-03-05T12:00", "2027-03-12T11:59", False),  # they said: ask me later
    (1, "2027-03-01T15:00", "2027-03-05T12:00", "2027-03-12T12:00", True),
]


@pytest.mark.parametrize(("asks", "last", "later", "when", "may"), AGAIN)
def test_a_person_is_asked_again_with_measure(
    asks: int, last: str | None, later: str | None, when: str, may: bool
) -> None:
    found = timing.may_ask_again(
        asks,
        local(last) if last else None,
        local(later) if later else None,
        local(when),
        AnswerRule(),
        ALDER,
    )
    assert found is may


def test_no_decision_lets_a_person_be_asked_without_measure() -> None:
    for values in ({"person_asks_most": 6}, {"person_asks_most": -1}, {"person_again_days": 0}):
        with pytest.raises(ValueError, match="with measure"):
            AnswerRule(**values)
    assert not timing.may_ask_again(
        0, None, None, local("2027-03-01T15:00"), AnswerRule(person_asks_most=0), ALDER
    )


TEXT = [
    # known, died, mixed up, number, safe: may a text go out?
    (True, False, False, "+15415550118", True, True),
    (True, False, False, "+15415550118", False, False),
    (True, False, False, "", True, False),
    (True, True, False, "+15415550118", True, False),
    (True, False, True, "+15415550118", True, False),
    (False, False, False, "+15415550118", True, False),
]


@pytest.mark.parametrize(("known", "died", "mixed", "phone", "safe", "may"), TEXT)
def test_a_text_goes_only_to_a_living_person_s_own_safe_number(
    known: bool, died: bool, mixed: bool, phone: str, safe: bool, may: bool
) -> None:
    found = contact.may_text(is_known=known, has_died=died, may_be_mixed_up=mixed, phone=phone, is_safe=safe)
    assert bool(found) is may


ASK = [
    (None, None, None),
    ("2026-11-02T09:00", None, "2026-11-16T09:00"),  # two weeks into the service
    ("2026-11-02T09:00", "2026-11-05T09:00", "2026-11-05T09:00"),  # it ended sooner
    (None, "2026-11-05T09:00", "2026-11-05T09:00"),
]


@pytest.mark.parametrize(("began", "ended", "expected"), ASK)
def test_when_a_person_is_asked_did_it_help(
    began: str | None, ended: str | None, expected: str | None
) -> None:
    found = timing.ask_person_at(local(began) if began else None, local(ended) if ended else None)
    assert found == (local(expected) if expected else None)


# ── Reasons ────────────────────────────────────────────────────────────────────────────────────────
G, E, C, D = Follow.GAP, Follow.ELSEWHERE, Follow.CAPACITY, Follow.DIRECTORY
FOLLOWS = [
    ("no-funds", {G, E}, O.NO_CAPACITY),
    ("full", {G, E, C}, O.NO_CAPACITY),
    ("not-eligible", {G, E}, O.INELIGIBLE),
    ("outside-area", {G, E, D}, O.INELIGIBLE),
    ("not-offered", {E, D}, O.OTHER),
    ("language", {G, E, D}, O.OTHER),
    ("no-one-reached", {E}, O.UNABLE_TO_CONTACT),
    ("person-declined", set(), O.CLIENT_DECLINED),
    ("already-served", set(), O.ALREADY_SERVED),
    ("moved-or-died", set(), O.MOVED_OR_DIED),
    ("declined-after-acceptance", {G, E}, O.OTHER),
    ("other", {E}, O.OTHER),
    ("no-answer", {G, E}, None),
]


@pytest.mark.parametrize(("code", "follows", "outcome"), FOLLOWS)
def test_what_follows_from_each_reason(code: str, follows: set[Follow], outcome: OutcomeCode | None) -> None:
    assert reasons.REASONS[code].follows == follows
    assert reasons.REASONS[code].outcome is outcome


def test_each_refusal_and_failure_has_an_outcome_and_no_status_of_its_own() -> None:
    for moment in (Moment.REFUSE, Moment.FAIL):
        assert all(r.outcome is not None for r in reasons.reasons_for(moment))
    assert not {r.code for r in reasons.REASONS.values()} & {s.value for s in Status}


def test_a_reason_is_given_only_at_its_moment() -> None:
    with pytest.raises(ValueError, match="not a reason here"):
        reasons.reason("no-one-reached", Moment.REFUSE)
    with pytest.raises(ValueError, match="not a reason here"):
        reasons.reason("because", Moment.FAIL)


# ── Chains ─────────────────────────────────────────────────────────────────────────────────────────
no_funds = Link(S.REJECTED, "no-funds")
not_eligible = Link(S.FAILED, "not-eligible")
no_answer = Link(S.CANCELLED, "no-answer")
taken_back = Link(S.CANCELLED, "asked-another")
person_said_no = Link(S.FAILED, "person-declined")
mistake = Link(S.ENTERED_IN_ERROR)
waiting = Link(S.REQUESTED)
CHAINS = [
    # chain, services left, bounces in a row, dead end
    ((), None, 0, None),
    ((waiting,), 0, 0, None),
    ((no_funds,), 4, 1, None),
    ((no_funds,), 0, 1, DeadEnd.NOBODY_LEFT),
    ((no_funds, not_eligible), None, 2, None),
    ((no_funds, not_eligible, no_answer), 5, 3, DeadEnd.MANY_REFUSALS),
    ((no_funds, mistake, not_eligible, no_answer), None, 3, DeadEnd.MANY_REFUSALS),
    ((no_funds, no_funds, taken_back, no_funds), 2, 1, None),
    ((no_funds, no_funds, person_said_no), 0, 0, None),
    ((no_funds, no_funds, no_funds, waiting), 1, 0, None),
]


@pytest.mark.parametrize(("links", "left", "bounces", "end"), CHAINS)
def test_bounce_chains_and_dead_ends(
    links: tuple[Link, ...], left: int | None, bounces: int, end: DeadEnd | None
) -> None:
    assert chain.bounces_in_a_row(links) == bounces
    assert chain.dead_end(links, left) is end


# ── An intermediary splits one referral (1-T13) ────────────────────────────────────────────────────
SPLITS = [
    (
        [
            Part(S.COMPLETED, O.RECEIVED_FULL),
            Part(S.COMPLETED, O.RECEIVED_PARTIAL),
            Part(S.FAILED, O.NO_CAPACITY),
        ],
        S.COMPLETED,
    ),
    ([Part(S.COMPLETED, O.RECEIVED_FULL), Part(S.REQUESTED)], S.IN_PROGRESS),
    ([Part(S.FAILED, O.OTHER), Part(S.REJECTED, O.INELIGIBLE)], S.FAILED),
    ([Part(S.COMPLETED, O.CLIENT_DECLINED), Part(S.FAILED, O.OTHER)], S.FAILED),  # finished is not served
    ([Part(S.CANCELLED), Part(S.CANCELLED)], S.CANCELLED),
    ([Part(S.ENTERED_IN_ERROR), Part(S.COMPLETED, O.ENROLLED)], S.COMPLETED),
    ([Part(S.DRAFT)], None),
    ([], None),
]


@pytest.mark.parametrize(("parts", "expected"), SPLITS)
def test_the_source_of_a_split_referral(parts: list[Part], expected: Status | None) -> None:
    assert split.source_status(parts) is expected
    assert split.counted_as_sent(parts) == (0 if expected is None else 1)


# ── Who sees what ──────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("domain", "status", "live"), list(product(NeedDomain, Status, (True, False))))
def test_no_referral_ever_shows_more_than_the_least(domain: NeedDomain, status: Status, live: bool) -> None:
    seen = seeing.seen(domain, status, is_consent_live=live)
    assert not seen & seeing.NEVER
    contact_seen = bool(seen & {Element.FIRST_NAME, Element.PHONE, Element.BEST_TIME})
    assert contact_seen == (live and status in WORKING)
    assert live or not seen


HOUSEHOLD = [
    (NeedDomain.FOOD, True),
    (NeedDomain.UTILITIES, True),
    (NeedDomain.TRANSPORT, False),
    (NeedDomain.STRESS, False),
]


@pytest.mark.parametrize(("domain", "expected"), HOUSEHOLD)
def test_the_size_of_the_household_goes_only_where_it_is_needed(domain: NeedDomain, expected: bool) -> None:
    assert (Element.HOUSEHOLD_SIZE in seeing.before_yes(domain)) is expected


SEGMENTS = [
    (NeedDomain.FOOD, Segment.GENERAL, False, Segment.GENERAL),
    (NeedDomain.FOOD, Segment.SUBSTANCE_USE, False, Segment.SUBSTANCE_USE),
    (NeedDomain.HOUSING, Segment.GENERAL, True, Segment.DOMESTIC_VIOLENCE),  # the receiver's name tells
    (NeedDomain.SAFETY, Segment.GENERAL, False, Segment.DOMESTIC_VIOLENCE),
    (NeedDomain.ELDER_ABUSE, Segment.BEHAVIORAL_HEALTH, False, Segment.DOMESTIC_VIOLENCE),
]


@pytest.mark.parametrize(("domain", "need_segment", "to_vsp", "expected"), SEGMENTS)
def test_a_referral_takes_the_highest_segment_of_what_goes_into_it(
    domain: NeedDomain, need_segment: Segment, to_vsp: bool, expected: Segment
) -> None:
    assert segment.segment_of(domain, need_segment, to_victim_services=to_vsp) is expected


# ── Free words (C14) ───────────────────────────────────────────────────────────────────────────────
WORDS = [
    # words, segment of the referral, names, the rule that answers
    ("Food boxes and baby formula, weekly", Segment.GENERAL, (), "referral.words.plain"),
    ("Cajas de comida y fórmula para bebé", Segment.GENERAL, (), "referral.words.plain"),
    ("She takes methadone at 7 am", Segment.GENERAL, (), "referral.words.segment"),
    ("Toma METADONA cada mañana", Segment.GENERAL, (), "referral.words.segment"),
    ("Está en recuperación de una adicción", Segment.GENERAL, (), "referral.words.segment"),
    ("She takes methadone at 7 am", Segment.SUBSTANCE_USE, (), "referral.words.plain"),
    ("HIV positive", Segment.SUBSTANCE_USE, (), "referral.words.segment"),
    ("Orden de protección contra su esposo", Segment.GENERAL, (), "referral.words.segment"),
    ("Needs a ride to the method farm", Segment.GENERAL, (), "referral.words.plain"),
    ("Call 555-012-3456", Segment.GENERAL, (), "referral.words.number"),
    ("born 3/9/1955", Segment.GENERAL, (), "referral.words.number"),
    ("SSN 078-05-1120", Segment.GENERAL, (), "referral.words.number"),
    ("write to her at t.aguilar@example.org", Segment.GENERAL, (), "referral.words.number"),
    ("Low salt, family of 3, $140 electric bill, 2 flights", Segment.GENERAL, (), "referral.words.plain"),
    ("Teresa can't carry heavy boxes", Segment.GENERAL, ("Teresa Aguilar",), "referral.words.name"),
    ("señora aguilar, cajas", Segment.GENERAL, ("Teresa Aguilar",), "referral.words.name"),
    ("She can't carry heavy boxes", Segment.GENERAL, ("Teresa Aguilar",), "referral.words.plain"),
]


@pytest.mark.parametrize(("text", "its_segment", "names", "rule"), WORDS)
def test_free_words_may_not_say_more_than_the_referral_may(
    text: str, its_segment: Segment, names: tuple[str, ...], rule: str
) -> None:
    verdict = freetext.may_write(text, its_segment, names)
    assert verdict.rule == rule
    assert verdict.allowed == (rule == "referral.words.plain")
    assert verdict.allowed or verdict.cure


# ── Contact, burden ────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("prohibited", "its_segment"), list(product((True, False), Segment)))
def test_nothing_goes_out_to_a_person_who_asked_for_none_or_who_may_be_watched(
    prohibited: bool, its_segment: Segment
) -> None:
    allowed = not prohibited and its_segment is not Segment.DOMESTIC_VIOLENCE
    assert contact.may_contact(contact_prohibited=prohibited, segment=its_segment).allowed is allowed


def test_every_act_that_we_ask_for_costs_something_and_the_form_tells_how_much() -> None:
    assert set(burden.SECONDS) == set(BurdenAct)
    assert burden.answer_minutes() == 2
    assert burden.minutes([]) == 0
    assert burden.minutes([BurdenAct.READ]) == 1
    assert burden.minutes([BurdenAct.READ, BurdenAct.ANSWER]) == 2


def test_the_states_fall_into_open_and_ended_and_served_is_not_the_same_as_completed() -> None:
    assert OPEN | ENDED | {S.DRAFT} == set(Status)
    assert not OPEN & ENDED
    assert WORKING < OPEN
    assert set(OutcomeCode) > SERVED
    assert O.WAITLISTED not in SERVED


def test_a_link_works_one_working_day_longer_than_the_answer_has_time() -> None:
    assert timing.link_valid_until(local("2026-11-19T17:00"), ALDER) == local("2026-11-20T17:00")
    assert timedelta(days=7) == timing.ASK_AGAIN_AFTER
