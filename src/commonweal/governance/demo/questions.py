"""The demo's questions: the bylaws take force, one question is answered, one is open, one is talked
about, one waits for the meeting in which it is voted on.

Built through the acts alone. The clock is held for what lies in the past; what is open now is open by the
database's own clock, so a visitor can vote.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.governance import charters
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import bylaws, casting, certifying, polling, proposing, talking
from commonweal.governance.vocabulary import Matter, Position
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import SeatShape

DAY = timedelta(days=1)
Said = Mapping[str, tuple[Position, str]]
IN_FORCE = 43
"""Days ago that the bylaws took force here: the day after the last vote that was held elsewhere."""

YES, NO, ABSTAIN = Position.YES, Position.NO, Position.ABSTAIN

TELLERS = ("alder-general", "st-brigid")
TOLD = ("ferry-street", "northbank-rides", "hope-street", "senior-companions", "tanners-ford", "millrace")

RIDES: Mapping[str, Position] = {
    "Dr. Helen Marsh": YES,
    "Lucía Benítez": YES,
    "Loretta Hayes": YES,
    "Bea Lindholm": YES,
    "Walt Kessler": NO,
    "Dale Pruitt": YES,
    "Marcus Odom": YES,
    "Leo Brandt": YES,
    "Ray Castillo": YES,
    "Rosa Quintero": YES,
    "Aisha Grant": YES,
    "Joan Ellery": ABSTAIN,
    "Rev. June Carver": YES,
    "Henry Obi": YES,
}

DAY_HOME: Mapping[str, tuple[Position, str]] = {
    "Dr. Helen Marsh": (YES, N_("We phone twenty times a week for this.")),
    "Keith Sandoval": (YES, N_("With our wards left out whole.")),
    "Bea Lindholm": (YES, ""),
    "Dale Pruitt": (YES, N_("I came home to an empty kitchen once. Once is enough.")),
    "Leo Brandt": (YES, ""),
    "Ray Castillo": (YES, ""),
    "Rosa Quintero": (YES, ""),
    "Aisha Grant": (YES, ""),
    "Rev. June Carver": (YES, N_("We pack the box the day they leave, instead of hoping.")),
    "Henry Obi": (YES, ""),
}

DAY_HOME_COUNCIL: Mapping[str, tuple[Position, str]] = {
    "Dale Pruitt": (YES, N_("I came home to an empty kitchen once. Once is enough.")),
    "Rosa Quintero": (YES, N_("The day, and not one word more.")),
    "Henry Obi": (YES, ""),
    "Sumi Vang": (YES, N_("If people hear in their own language what they say yes to.")),
    "Wanda Brooks": (NO, N_("First show me that nobody can guess the ward from the day.")),
    "Hoa Le": (YES, ""),
}
"""What the Residents’ Council said in its meeting. Loretta, Marisol and Ernest have not voted yet."""


def seed(keeper: Actor, officer: Actor, loretta: Actor, marcus: Actor, lucia: Actor) -> None:
    """Lay the bylaws down, then put the questions. ``keeper`` is the backbone's, ``officer`` reads paper with
    them."""
    with at(now() - IN_FORCE * DAY), acting(keeper):
        bylaws.lay_down(charters.charter("alder").text, by=keeper, words=N_("As the Table adopted them"))
    _winter_rides(keeper, loretta)
    _the_day_home(keeper, officer, loretta, marcus, lucia)
    _the_fund(marcus)
    _interpreters(keeper, loretta)


def _seats(slug: str) -> list[SeatShape]:
    body = partners.body_named(slug)
    assert body is not None
    return partners.seats_of([body.id])[body.id]


def voters_of(slug: str) -> dict[str, str]:
    """The voter for whom each one speaks, by name."""
    return {s.holder.own_name: s.voter_id for s in _seats(slug) if s.holder}


def named_partner(slug: str) -> UUID:
    found = partners.partner_named(slug)
    assert found is not None
    return found.id


def say_in_meeting(poll: UUID, by: Actor, body: str, said: Said) -> None:
    """Write down how those in the room voted."""
    voters = voters_of(body)
    with at(now()), acting(by):
        casting.cast_in_meeting(
            poll,
            by=by,
            choices={voters[name]: {"position": p.value, "reason": why} for name, (p, why) in said.items()},
            provenance=N_("Called one by one in the meeting; the list lies with the backbone."),
        )


def hand_in(poll: UUID, keeper: Actor, officer: Actor, body: str, said: Said) -> None:
    """Ballots on paper in a vote that is open now: each read by two."""
    voters = voters_of(body)
    for name, (position, why) in said.items():
        choice = {"position": position.value, "reason": why}
        with acting(keeper):
            entry = casting.enter_paper(
                poll,
                by=keeper,
                voter=voters[name],
                choice=choice,
                provenance=N_("Handed in at the meeting; the paper lies with the backbone."),
            )
        with acting(officer):
            casting.check_paper(entry, by=officer, choice=choice)


def _winter_rides(keeper: Actor, loretta: Actor) -> None:
    """Answered five weeks ago: certified from its ballots, with an initiative that it started."""
    with at(now() - 41 * DAY), acting(loretta):
        question = proposing.propose(
            by=loretta,
            matter=Matter.INITIATIVE,
            title=N_("Rides through the winter"),
            question=N_("Shall we start rides to the clinic and the pantry from December to March?"),
            effect="initiative.start",
            params={
                "title": N_("Rides through the winter"),
                "goal": N_("From December to March nobody misses the clinic for want of a ride."),
                "owner": str(named_partner("northbank-rides")),
            },
            sections=[("", N_("Two vans on weekdays. The pooled fund pays for fuel."))],
        )
        proposing.add_gain(
            question, by=loretta, who=N_("People without a car"), gains=N_("A ride on the day"), bears=""
        )
        proposing.add_gain(
            question,
            by=loretta,
            who=N_("Northbank Rides"),
            gains="",
            bears=N_("Two drivers, twelve hours a week"),
        )
    with at(now() - 40 * DAY), acting(keeper):
        polling.give_notice(question, by=keeper)
    with at(now() - 39 * DAY):
        with acting(keeper):
            (poll, *_others) = polling.open_voting(question, by=keeper)
        say_in_meeting(poll, keeper, "table", {name: (position, "") for name, position in RIDES.items()})
    with at(now() - 31 * DAY), acting(THE_COUNT):
        certifying.close(poll, by=THE_COUNT)
        certifying.certify(question, by=THE_COUNT)


def _the_day_home(keeper: Actor, officer: Actor, loretta: Actor, marcus: Actor, lucia: Actor) -> None:
    """Voting is open: shall hospitals tell the day on which somebody goes home? A yes opens it at once."""
    with at(now() - 16 * DAY), acting(loretta):
        question = proposing.propose(
            by=loretta,
            matter=Matter.DATA_SHARING,
            title=N_("Share the day people go home?"),
            question=N_(
                "Shall hospitals tell the groups already helping someone which day that person goes home?"
            ),
            effect="sharing.start",
            params={
                "title": N_("The day people go home"),
                "text": N_(
                    "Hospitals tell those whom the person chose on which day the person goes home, "
                    "and where to call. Never the reason, never from a mental health ward."
                ),
                "tellers": [str(named_partner(slug)) for slug in TELLERS],
                "told": [str(named_partner(slug)) for slug in TOLD],
                "segments": ["hospital"],
                "purposes": ["COORD"],
            },
            sections=[
                ("", N_("Only for people who said yes. Only the day, not the reason. For one year.")),
                (
                    N_("What we ask of hospitals"),
                    N_("A clinician writes the planned day when it is known, and the day the person went."),
                ),
            ],
            ends_on=today() + 366 * DAY,
            with_partner_id=named_partner("millrace"),
        )
        _inputs(question, loretta)
        _gains(question, loretta)
    _talk(question, loretta, marcus, lucia)
    with at(now() - 12 * DAY), acting(keeper):
        polling.give_notice(question, by=keeper)
    with at(now() - 3 * DAY), acting(keeper):
        polls = polling.open_voting(question, by=keeper, closes_at=five_in_the_afternoon(now()))
    hand_in(polls[0], keeper, officer, "table", DAY_HOME)
    hand_in(polls[1], keeper, officer, "residents-council", DAY_HOME_COUNCIL)


def five_in_the_afternoon(after: datetime) -> datetime:
    """The first five in the afternoon (22:00 UTC) that leaves a vote open for the seven days of the bylaws,
    at whatever hour the demo is made."""
    day = after + 7 * DAY
    five = day.replace(hour=22, minute=0, second=0, microsecond=0)
    return five if five >= day else five + DAY


def _inputs(question: UUID, by: Actor) -> None:
    for words, who, how, answered, answer in (
        (
            N_("I came home on a Friday. The pantry found out on Tuesday. I ate crackers."),
            N_("A resident of Northbank"),
            N_("In her own words, by phone"),
            True,
            N_("by the whole question"),
        ),
        (
            N_("Tell them the day. Do not tell them why. My business is my business."),
            N_("A resident of Millrace"),
            N_("Written, in Spanish; our translation"),
            True,
            N_("only dates open"),
        ),
        (
            N_("What about people with nobody at home at all?"),
            N_("Sumi Vang, resident member"),
            N_("Said in a meeting"),
            False,
            N_("goes to the housing workgroup, by January 15"),
        ),
    ):
        proposing.answer_input(
            question, by=by, words=words, said_by=who, how_said=how, is_answered=answered, answer=answer
        )


def _gains(question: UUID, by: Actor) -> None:
    for who, gains, bears in (
        (
            N_("People going home"),
            N_("Food and a ride on the day"),
            N_("One more group knows they were away"),
        ),
        (
            N_("Community groups (6)"),
            N_("Fewer wasted trips: about 11 a month"),
            N_("About 2 hours a month each, paid from the pooled fund"),
        ),
        (
            N_("Alder General Hospital"),
            N_("Fewer calls: 20 to 30 hours a month"),
            N_("$3,800 to set up, once"),
        ),
        (
            N_("St. Brigid Medical Center"),
            N_("Few: 9 of the 96 stays"),
            N_("$3,800, once. A net loss; the pooled fund offers $2,400"),
        ),
    ):
        proposing.add_gain(question, by=by, who=who, gains=gains, bears=bears)


def _talk(question: UUID, loretta: Actor, marcus: Actor, lucia: Actor) -> None:
    voters = voters_of("table")
    for who, name, position, words in (
        (marcus, "Marcus Odom", YES, N_("I can plan the boxes instead of guessing.")),
        (
            lucia,
            "Lucía Benítez",
            Position.RESERVATIONS,
            N_("End it after one year, and show us the counts."),
        ),
        (loretta, "Loretta Hayes", YES, N_("Only the day. We will watch that it stays so.")),
    ):
        with at(now() - 14 * DAY), acting(who):
            talking.take_stance(question, by=who, voter=voters[name], position=position, words=words)
    with at(now() - 13 * DAY), acting(marcus):
        talking.comment(question, by=marcus, words=N_("Please write a phone number next to the day."))


FUND: Iterable[tuple[str, str, int]] = (
    ("rides", N_("A third van on Saturdays"), 1_800_000),
    ("bills", N_("Electric bills before the shut-off"), 940_000),
    ("formula", N_("Formula and diapers"), 420_000),
    ("phones", N_("Phones for people coming out of hospital"), 260_000),
)


def _the_fund(marcus: Actor) -> None:
    """Being talked about: how the pooled fund is divided next year."""
    with at(now() - 2 * DAY), acting(marcus):
        question = proposing.propose(
            by=marcus,
            matter=Matter.BUDGET,
            title=N_("Divide the pooled fund"),
            question=N_("Which of these shall the pooled fund pay for next year?"),
            sections=[("", N_("There are $24,000. Every seat holds an equal part of the money."))],
            options=[{"key": key, "name": name, "cost_cents": cents} for key, name, cents in FUND],
            counting={"budget_cents": 2_400_000},
        )
        talking.comment(question, by=marcus, words=N_("The formula shelf was empty three times this fall."))


def _interpreters(keeper: Actor, loretta: Actor) -> None:
    """Announced, and to be voted on in the Table's next meeting."""
    with at(now() - 6 * DAY), acting(loretta):
        question = proposing.propose(
            by=loretta,
            matter=Matter.POSITION,
            title=N_("An interpreter at every meeting"),
            question=N_("Shall there be an interpreter at every meeting that residents come to?"),
            sections=[
                (
                    "",
                    N_("Spanish always, other languages when someone asks a week before."),
                )
            ],
        )
        proposing.add_gain(
            question,
            by=loretta,
            who=N_("Residents who think in another language"),
            gains=N_("They can speak"),
        )
        proposing.add_gain(
            question,
            by=loretta,
            who=N_("Whoever calls a meeting"),
            bears=N_("A week’s notice to the interpreter"),
        )
    with at(now() - 5 * DAY), acting(keeper):
        polling.give_notice(question, by=keeper)
