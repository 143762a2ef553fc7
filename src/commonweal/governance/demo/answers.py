"""The demo's questions that were answered and are not over: one waits for an organization, one is sought by
consensus and blocked, one was decided and is challenged. All invented.

Built through the acts alone, after ``questions``, whose bylaws hold.
"""

from collections.abc import Mapping
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.governance.access import THE_COUNT
from commonweal.governance.actions import casting, certifying, polling, proposing, talking
from commonweal.governance.demo.questions import DAY, hand_in, named_partner, say_in_meeting, voters_of
from commonweal.governance.models import Decision
from commonweal.governance.vocabulary import Matter, Position
from commonweal.kernel.clock import at, now
from commonweal.kernel.words import N_

YES, NO, ABSTAIN = Position.YES, Position.NO, Position.ABSTAIN
BLOCK, ASIDE, RESERVATIONS = Position.BLOCK, Position.STAND_ASIDE, Position.RESERVATIONS

PAPERS: Mapping[str, tuple[Position, str]] = {
    "Dr. Helen Marsh": (YES, ""),
    "Lucía Benítez": (YES, N_("Nobody should take two buses and be sent home for a paper.")),
    "Loretta Hayes": (NO, N_("People read it as: do not come.")),
    "Keith Sandoval": (YES, ""),
    "Bea Lindholm": (YES, ""),
    "Walt Kessler": (YES, ""),
    "Dale Pruitt": (NO, ""),
    "Marcus Odom": (NO, N_("We ask for none, and stand beside those who do.")),
    "Leo Brandt": (YES, ""),
    "Ray Castillo": (YES, ""),
    "Rosa Quintero": (ABSTAIN, ""),
    "Aisha Grant": (YES, ""),
    "Joan Ellery": (YES, ""),
    "Rev. June Carver": (NO, ""),
    "Henry Obi": (YES, ""),
}

SATURDAYS: Mapping[str, tuple[Position, str]] = {
    "Dr. Helen Marsh": (NO, N_("Not before we know who holds the key.")),
    "June Petrov": (YES, N_("Our patients go home on Saturdays.")),
    "Loretta Hayes": (YES, ""),
    "Keith Sandoval": (NO, ""),
    "Bea Lindholm": (NO, N_("First one pantry that is open for certain, then two.")),
    "Walt Kessler": (NO, ""),
    "Dale Pruitt": (YES, ""),
    "Leo Brandt": (YES, ""),
    "Ray Castillo": (NO, ""),
    "Rosa Quintero": (YES, N_("Who works all week can come on Saturday.")),
    "Aisha Grant": (YES, ""),
    "Joan Ellery": (NO, ""),
    "Rev. June Carver": (YES, ""),
    "Henry Obi": (ABSTAIN, N_("I am too old to carry boxes two days in a row.")),
}
"""Six yes and six no that count. June Petrov may not decide alone, and for Marcus it goes too far."""

ANYONE_WHO_CALLS: Mapping[str, tuple[Position, str]] = {
    "Dr. Helen Marsh": (YES, ""),
    "Walt Kessler": (
        BLOCK,
        N_("The law gives our office thirty days. We would promise what we can’t keep."),
    ),
    "Bea Lindholm": (ASIDE, N_("We have one line and one nurse. I don’t stop it.")),
    "Dale Pruitt": (YES, N_("Whoever calls on a Friday is hungry on the Friday.")),
    "Ray Castillo": (YES, ""),
    "Rosa Quintero": (YES, ""),
    "Aisha Grant": (RESERVATIONS, N_("Let a call from a machine not count as an answer.")),
    "Rev. June Carver": (YES, ""),
    "Henry Obi": (YES, ""),
}


def seed(keeper: Actor, officer: Actor, loretta: Actor, marcus: Actor, lucia: Actor, leo: Actor) -> None:
    """Put them. ``keeper`` is the backbone's, ``officer`` reads paper with them; the bylaws are in force."""
    _papers(keeper, loretta, lucia)
    _saturdays(keeper, loretta, marcus)
    _the_same_day(keeper, officer, lucia, leo)


def _open(question: UUID, by: Actor) -> UUID:
    with acting(by):
        (poll, *_gates) = polling.open_voting(question, by=by)
    return poll


def _count(poll: UUID, question: UUID) -> None:
    with acting(THE_COUNT):
        certifying.close(poll, by=THE_COUNT)
        certifying.certify(question, by=THE_COUNT)


def _papers(keeper: Actor, loretta: Actor, lucia: Actor) -> None:
    """Adopted three weeks ago, challenged by a resident four days ago: it rests, and is asked again."""
    with at(now() - 32 * DAY), acting(lucia):
        question = proposing.propose(
            by=lucia,
            matter=Matter.DIRECTORY,
            title=N_("Say which places ask for papers"),
            question=N_("Shall the directory say of each place which papers it asks for?"),
            sections=[("", N_("One line on each card: which papers, and what happens without them."))],
        )
        proposing.add_gain(
            question,
            by=lucia,
            who=N_("People who come a long way"),
            gains=N_("No way for nothing"),
            bears=N_("Some will not dare to ask"),
        )
    with at(now() - 31 * DAY):
        poll = _open(question, keeper)
        say_in_meeting(poll, keeper, "table", PAPERS)
    with at(now() - 23 * DAY):
        _count(poll, question)
    decision = Decision.objects.get(proposal_id=question)
    with at(now() - 4 * DAY), acting(loretta):
        proposing.challenge(
            decision.pk,
            by=loretta,
            why=N_(
                "Two neighbors read the line and turned around at the door. No paper had been asked of them."
            ),
        )


def _saturdays(keeper: Actor, loretta: Actor, marcus: Actor) -> None:
    """Voted two weeks ago; it hangs on two organizations whose delegates may not decide it alone."""
    with at(now() - 25 * DAY), acting(loretta):
        question = proposing.propose(
            by=loretta,
            matter=Matter.INITIATIVE,
            title=N_("The shelf on Saturdays"),
            question=N_("Shall Ferry Street and Hope Street open the shelf together on Saturdays?"),
            effect="initiative.start",
            params={
                "title": N_("The shelf on Saturdays"),
                "goal": N_("Who works all week finds a shelf open on Saturday."),
                "owner": str(named_partner("ferry-street")),
            },
            sections=[("", N_("From nine to noon, with two who hold the key. It begins in January."))],
        )
        proposing.add_gain(
            question,
            by=loretta,
            who=N_("People who work on weekdays"),
            gains=N_("A shelf that is open"),
            bears="",
        )
        proposing.add_gain(
            question,
            by=loretta,
            who=N_("Ferry Street Pantry"),
            gains="",
            bears=N_("Three hours each Saturday"),
        )
    with at(now() - 23 * DAY):
        poll = _open(question, keeper)
        say_in_meeting(poll, keeper, "table", SATURDAYS)
        with acting(marcus):
            casting.cast(
                poll,
                by=marcus,
                voter=voters_of("table")["Marcus Odom"],
                choice={
                    "position": YES.value,
                    "reason": N_("I would do it tomorrow. The key and the hours are for our board to give."),
                },
                is_beyond=True,
            )
    with at(now() - 15 * DAY):
        _count(poll, question)


def _the_same_day(keeper: Actor, officer: Actor, lucia: Actor, leo: Actor) -> None:
    """A consensus that is sought now: one blocks it with a reason, which the others judge."""
    with at(now() - 6 * DAY), acting(lucia):
        question = proposing.propose(
            by=lucia,
            matter=Matter.SERVICE_STANDARD,
            title=N_("A call back on the same day"),
            question=N_("Shall everyone whom a neighbor calls for help call back on the same day?"),
            sections=[
                ("", N_("A first word on the day of the call, if only to say when there will be an answer.")),
                (
                    N_("What does not change"),
                    N_("The answer itself may take three working days, as decided."),
                ),
            ],
        )
        proposing.add_gain(
            question,
            by=lucia,
            who=N_("People who call for help"),
            gains=N_("They know that they were heard"),
            bears="",
        )
        talking.comment(
            question, by=lucia, words=N_("We have done it since May. It takes two minutes a call.")
        )
    with at(now() - 2 * DAY):
        poll = _open(question, keeper)
    hand_in(poll, keeper, officer, "table", ANYONE_WHO_CALLS)
    voters = voters_of("table")
    with acting(leo):
        casting.judge_reason(
            poll,
            by=leo,
            about=voters["Walt Kessler"],
            voter=voters["Leo Brandt"],
            is_upheld=False,
            why=N_("A call back is no decision on anyone’s benefits. The law says nothing against it."),
        )
