"""What a matrix of responsibilities lacks, and on whom too much of it lies."""

from collections.abc import Iterable
from fractions import Fraction

from commonweal.governance.shapes_activities import ActivityShape, Counts, Gap, Load
from commonweal.governance.vocabulary_obligations import Part
from commonweal.kernel.words import N_

TWICE = 2
AT_LEAST = 4
"""Fewer than this is nobody's overload, however few the others have."""

NOBODY_ANSWERS = N_("Nobody answers for it.")
EMPTY_SEAT = N_("The seat that answers for it is empty.")
NOBODY_DOES = N_("Nobody does it.")


def gaps(activities: Iterable[ActivityShape]) -> list[Gap]:
    """What lacks somebody: first who answers for it, then who sits in that seat, then who does it."""
    found = []
    for one in activities:
        answers = one.with_part(Part.ACCOUNTABLE)
        if not answers:
            found.append(Gap(one, NOBODY_ANSWERS))
        elif all(hand.is_vacant for hand in answers):
            found.append(Gap(one, EMPTY_SEAT))
        if not one.with_part(Part.RESPONSIBLE):
            found.append(Gap(one, NOBODY_DOES))
    return found


def counts(activities: Iterable[ActivityShape]) -> Counts:
    """How many activities each one answers for and does. Being asked and being told is no load here."""
    found: dict[str, tuple[str, int, int]] = {}
    for one in activities:
        for hand in one.hands:
            name, answers, does = found.get(hand.key, (hand.name, 0, 0))
            answers += hand.part is Part.ACCOUNTABLE
            does += hand.part is Part.RESPONSIBLE
            if answers or does:
                found[hand.key] = (name, answers, does)
    return found


def loads(found: Counts) -> list[Load]:
    """Who carries how much, the most first. Too much: at least four, and more than twice what the others
    carry on average. A sign to share it out, of seats and organizations and never of people."""
    total = sum(answers + does for _name, answers, does in found.values())
    shown = []
    for key, (name, answers, does) in found.items():
        mine = answers + does
        others = len(found) - 1
        usual = Fraction(total - mine, others) if others else Fraction(0)
        shown.append(Load(key, name, answers, does, mine >= AT_LEAST and mine > TWICE * usual))
    return sorted(shown, key=lambda load: (-load.total, load.name))
