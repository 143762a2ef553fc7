"""The demo's delegation: what the backbone pays for alone, what it paid for, and what it told the Table.

All invented. Built through the acts alone, after ``questions``, whose bylaws hold.
"""

from collections.abc import Mapping
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import certifying, delegating, polling, proposing
from commonweal.governance.demo.questions import DAY, say_in_meeting
from commonweal.governance.models import Delegation
from commonweal.governance.vocabulary import Matter, Position
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_

YES, NO, ABSTAIN = Position.YES, Position.NO, Position.ABSTAIN

MEETINGS: Mapping[str, tuple[Position, str]] = {
    "Dr. Helen Marsh": (YES, ""),
    "Lucía Benítez": (YES, ""),
    "Loretta Hayes": (YES, N_("Nobody should pay to come and be heard.")),
    "Bea Lindholm": (YES, ""),
    "Walt Kessler": (ABSTAIN, ""),
    "Dale Pruitt": (YES, N_("A meal at six brings the people who work until half past five.")),
    "Marcus Odom": (YES, ""),
    "Leo Brandt": (YES, ""),
    "Ray Castillo": (NO, N_("I want to see each bill first.")),
    "Rosa Quintero": (YES, ""),
    "Aisha Grant": (YES, ""),
    "Rev. June Carver": (YES, ""),
    "Henry Obi": (YES, ""),
}

ACTS = (
    (
        24,
        N_("A van and two sitters on Tuesday"),
        N_("One van from Northbank and two sitters in the room next door, for the council’s meeting."),
        N_("Four people wrote that they would come if somebody fetched them, three of them with children."),
        26_840,
    ),
    (
        22,
        N_("Supper for the food workgroup"),
        N_("Soup and bread for twenty-two, from the church kitchen."),
        N_("The meeting runs from five to eight, over everyone’s supper."),
        14_475,
    ),
)


def seed(keeper: Actor, marcus: Actor, loretta: Actor) -> None:
    """The Table lets the backbone pay for what brings people to meetings; the backbone does, and tells it."""
    question = _asked(marcus)
    with at(now() - 39 * DAY):
        with acting(keeper):
            polling.give_notice(question, by=keeper)
            (poll, *_others) = polling.open_voting(question, by=keeper)
        say_in_meeting(poll, keeper, "table", MEETINGS)
    with at(now() - 31 * DAY), acting(THE_COUNT):
        certifying.close(poll, by=THE_COUNT)
        certifying.certify(question, by=THE_COUNT)
    given = Delegation.objects.get(mandate__decision__proposal_id=question).pk
    for days, title, words, reason, cents in ACTS:
        with at(now() - days * DAY), acting(keeper):
            delegating.act(given, by=keeper, title=title, words=words, reason=reason, amount_cents=cents)
    _told(given, keeper, loretta)


def _asked(marcus: Actor) -> UUID:
    with at(now() - 40 * DAY), acting(marcus):
        question = proposing.propose(
            by=marcus,
            matter=Matter.DELEGATION,
            title=N_("What brings people to meetings"),
            question=N_(
                "Shall Alder Commons pay for meals, rides and child care at meetings without asking?"
            ),
            effect="delegation.give",
            params={
                "words": N_("Pay for meals, rides and child care at meetings"),
                "limit_dollars": "2000",
                "act_limit_dollars": "450",
                "report_on": (today() + 31 * DAY).isoformat(),
            },
            sections=[
                ("", N_("Up to $450 at a time, and $2,000 in all. Each payment stands in the register."))
            ],
            ends_on=today() + 130 * DAY,
        )
        proposing.add_gain(
            question,
            by=marcus,
            who=N_("People who work late or have children"),
            gains=N_("They can come, and nobody has to ask for it"),
            bears="",
        )
    return question


def _told(given: UUID, keeper: Actor, loretta: Actor) -> None:
    with at(now() - 11 * DAY), acting(keeper):
        report = delegating.report(
            given,
            by=keeper,
            words=N_(
                "Two meetings, one van, two sitters, one supper. Nine people came who had not come before. "
                "The van stood empty for an hour; next time it makes two rounds."
            ),
        )
    with at(now() - 8 * DAY), acting(loretta):
        delegating.read_report(report, by=loretta, words=N_("Two rounds is right. Send it past Mill Street."))
