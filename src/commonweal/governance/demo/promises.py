"""The demo's promises: kept, under way (written in a meeting), late, broken, withdrawn. All invented."""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.governance.actions import promising
from commonweal.governance.vocabulary_promises import PromiseState
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Said:
    """One promise. Days from today: ``said`` and ``settled`` back, ``due`` on (back if negative)."""

    partner: str
    words: str
    to_whom: str
    said: int
    due: int
    state: PromiseState = PromiseState.OPEN
    settled: int = 0
    why: str = ""
    moved_to: int | None = None


PROMISES: tuple[Said, ...] = (
    Said(
        "alder-commons",
        N_("Child care at every meeting."),
        N_("parents who sit at the table"),
        330,
        -290,
        PromiseState.KEPT,
        20,
        N_("Kept at 11 of 11 meetings."),
    ),
    Said(
        "alder-general",
        N_("The screening form in Vietnamese."),
        N_("families who speak Vietnamese"),
        150,
        -52,
        why=N_("The first translation read badly, and residents sent it back."),
        settled=50,
        moved_to=-3,
    ),
    Said(
        "tanners-ford",
        N_("A place to wash and sleep in Tanner’s Ford this winter."),
        N_("people without a home"),
        200,
        -21,
        PromiseState.BROKEN,
        20,
        N_(
            "The building failed inspection. We are sorry. What happens now: 14 motel rooms, paid by the "
            "pooled fund, from November 23."
        ),
    ),
    Said(
        "blue-heron",
        N_("Rides to the pharmacy for every member."),
        N_("members of the plan"),
        260,
        -30,
        PromiseState.WITHDRAWN,
        60,
        N_("The state now pays for these rides itself, for everyone."),
    ),
    Said(
        "ferry-street",
        N_("Boxes on Saturday mornings too."),
        N_("people who work on weekdays"),
        120,
        -40,
        PromiseState.KEPT,
        44,
        N_("Since October, from eight to eleven."),
    ),
)


def seed(by: Actor) -> None:
    """Make them, each on its day. ``by``: who sets up."""
    for one in PROMISES:
        partner = partners.partner_named(one.partner)
        if partner is not None:
            with acting(by):
                _made(one, partner.id, by)


def _made(one: Said, partner_id: UUID, by: Actor) -> None:
    day = today()
    with at(now() - one.said * DAY):
        made = promising.make_promise(
            by=by,
            words=one.words,
            to_whom=one.to_whom,
            due_on=day + one.due * DAY,
            partner_id=partner_id,
        )
    with at(now() - one.settled * DAY):
        if one.moved_to is not None:
            promising.put_later(made, by=by, due_on=day + one.moved_to * DAY, why=one.why)
        elif one.state is not PromiseState.OPEN:
            promising.say_state(made, one.state, by=by, why=one.why)
