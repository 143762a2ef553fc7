"""The demo's work, and who answers for it: of the food workgroup and of the table. One gap, one change."""

from datetime import timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.governance.actions import activities as acts
from commonweal.governance.actions import obligations
from commonweal.governance.vocabulary_obligations import Part
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

DAY = timedelta(days=1)
ACCOUNTABLE, RESPONSIBLE, CONSULTED, INFORMED = (
    Part.ACCOUNTABLE, Part.RESPONSIBLE, Part.CONSULTED, Part.INFORMED,
)  # fmt: skip
WORK: tuple[tuple[str, str, dict[Part, tuple[str, ...]], tuple[str, int, int] | None], ...] = (
    (
        "table", N_("The minutes go out to everyone"),
        {ACCOUNTABLE: ("alder-commons",), RESPONSIBLE: ("alder-commons",), INFORMED: ("hope-street",)},
        (N_("Within a week of each meeting"), 6, 1),
    ),
    (
        "table", N_("Rides and child care for those who come"),
        {ACCOUNTABLE: ("alder-commons",), RESPONSIBLE: ("northbank-rides",), CONSULTED: ("bright-steps",)},
        (N_("Booked two days before each meeting"), -4, 1),
    ),
    (
        "food-workgroup", N_("The list of who has food today"),
        {ACCOUNTABLE: ("ferry-street",), RESPONSIBLE: ("ferry-street", "hope-street"),
         INFORMED: ("alder-general", "millrace")},
        (N_("Each month, checked by telephone"), 17, 1),
    ),
    (
        "food-workgroup", N_("Boxes to those who come home from the hospital"),
        {RESPONSIBLE: ("ferry-street",), CONSULTED: ("alder-general",), INFORMED: ("senior-companions",)},
        None,
    ),
)  # fmt: skip


def seed(keeper: Actor) -> None:
    """Name the work as ``keeper``, give the parts, set the days; then one part goes to somebody else."""
    bodies = {body.slug: body.id for body in partners.bodies()}
    known = {p.slug: p.id for p in partners.all_partners()}
    for slug, words, hands, due in WORK:
        if slug in bodies:
            _begun(bodies[slug], words, hands, due, known, keeper)


def _begun(
    body_id: UUID,
    words: str,
    hands: dict[Part, tuple[str, ...]],
    due: tuple[str, int, int] | None,
    known: dict[str, UUID],
    keeper: Actor,
) -> None:
    with at(now() - 90 * DAY), acting(keeper):
        made = acts.begin(body_id, by=keeper, words=words)
        first = "millrace" if hands.get(ACCOUNTABLE) == ("ferry-street",) else ""
        if first:
            acts.give_part(made, ACCOUNTABLE, by=keeper, partner_id=known[first])
    with at(now() - 40 * DAY), acting(keeper):
        for part, slugs in hands.items():
            for slug in slugs:
                why = N_("The pantry knows first who has food.") if first and part is ACCOUNTABLE else ""
                acts.give_part(made, part, by=keeper, partner_id=known[slug], why=why)
        if due is not None:
            said, days, every = due
            obligations.oblige_for(
                made, by=keeper, words=said, first_due_on=today() + (40 + days) * DAY, every_months=every
            )
