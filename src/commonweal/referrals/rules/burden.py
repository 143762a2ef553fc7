"""Minutes of work that a referral asks of the service that is asked.

Estimates in seconds for each act, taken from walking through the form with a stop-watch, not measured on
people; each act is counted once, at the time it is done. The Table sees the sum, each service its own.
"""

from collections.abc import Iterable

from commonweal.referrals.vocabulary import BurdenAct

SECONDS: dict[BurdenAct, int] = {
    BurdenAct.READ: 30,
    BurdenAct.ANSWER: 60,
    BurdenAct.REFUSE: 90,
    BurdenAct.QUESTION: 120,
    BurdenAct.START: 30,
    BurdenAct.HOLD: 45,
    BurdenAct.GO_ON: 15,
    BurdenAct.FINISH: 60,
    BurdenAct.REPORT_FULL: 45,
    BurdenAct.HAND_ON: 60,
    BurdenAct.HANDOFF: 600,
}


def minutes(acts: Iterable[BurdenAct]) -> int:
    """The work of these acts in whole minutes, rounded up: we would rather owe than be owed."""
    return in_minutes(sum(SECONDS[act] for act in acts))


def in_minutes(seconds: int) -> int:
    """Whole minutes for ``seconds``, rounded up."""
    return -(-seconds // 60)


def answer_minutes() -> int:
    """What an answer costs, as told on the form: reading it and saying no, the longer of the two answers."""
    return minutes((BurdenAct.READ, BurdenAct.REFUSE))
