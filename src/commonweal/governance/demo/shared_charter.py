"""The demo's shared charter: adopted with the bylaws, signed by most, and a next version in the making.

One partner declined with its reason, one took its signature back, some have not answered, and one that came
later has not been asked.
"""

from datetime import UTC, datetime, time, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import access_shared_charter as access
from commonweal.governance.actions import effects
from commonweal.governance.actions import shared_charter as acts
from commonweal.governance.models import Decision
from commonweal.governance.vocabulary_shared_charter import Part
from commonweal.kernel.clock import at, now
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

DAY = timedelta(days=1)
PROBLEM = N_(
    "People in Alder County leave the hospital and come home to an empty kitchen, a cold house, or no house. "
    "They tell their story five times. Each of us sees a part, and nobody has mended it alone."
)
VISION = N_("Nobody in Alder County goes without food, heat, a home or a ride because nobody asked.")
MISSION = N_(
    "We ask each person what they need, send them to whoever can help, and stay until they say that it is "
    "met."
)
VALUES = N_(
    "People decide what is told about them. Each organization has one voice, whatever its size. We say what "
    "we can’t do. We count what the person says, and not what we did."
)
NEXT_MISSION = N_(
    "We ask each person what they need, send them to whoever can help, and stay until they say that it is "
    "met. What we can’t meet we name in public, and ask for together."
)
NEXT_VALUES = N_(
    "People decide what is told about them. Each organization has one voice, whatever its size. Residents "
    "speak first. We say what we can’t do. We count what the person says, and not what we did."
)
DECLINES = ("riverbend", N_("Our lawyers still read the sentence on what is told. We keep to it meanwhile."))
TAKES_BACK = ("tanners-ford", N_("Our new board wants to decide it again. It meets in January."))
SILENT = frozenset({"northbank-rides", "energy-fund"})
UNASKED = frozenset({"bright-steps"})


def seed(keeper: Actor, resident: Actor, delegate: Actor) -> None:
    """Write, adopt, ask and sign, each on its day. ``resident`` and ``delegate`` write the next version."""
    first = {Part.PROBLEM: PROBLEM, Part.VISION: VISION, Part.MISSION: MISSION, Part.VALUES: VALUES}
    decision = Decision.objects.order_by("number").first()
    if decision is None:
        return
    with at(datetime.combine(decision.decided_on, time(17), tzinfo=UTC)):
        written = _written(first, keeper)
        with acting(keeper):
            effects.give(
                decision.pk,
                "charter.adopt",
                {**{part.value: words for part, words in first.items()}, "words": N_("As it was adopted")},
                by=keeper,
                starts_at=now(),
            )
    with at(now() - 70 * DAY):
        _asked(keeper)
    with at(now() - 50 * DAY):
        _signed()
    _goes_on(written, keeper, resident, delegate)


def _written(first: dict[Part, str], keeper: Actor) -> dict[Part, UUID]:
    with acting(keeper):
        return {part: acts.write(part, words, by=keeper, after=None) for part, words in first.items()}


def _asked(keeper: Actor) -> None:
    with acting(keeper):
        for partner in partners.all_partners():
            if partner.slug not in UNASKED:
                acts.ask(partner.id, by=keeper)


def _signed() -> None:
    """Every delegate of the table who may bind the organization signs, but for those who say otherwise."""
    known = {p.id: p.slug for p in partners.all_partners()}
    table = next(body for body in partners.bodies() if body.parent_id is None and not body.is_private)
    for seat in partners.seats_of([table.id])[table.id]:
        slug = known.get(seat.partner_id) if seat.partner_id else None
        hand = seat.holder
        if slug is None or hand is None or hand.account_id is None or slug in SILENT | UNASKED:
            continue
        actor = Actor(Role.MEMBER, Purpose.GOV, account_id=hand.account_id, name=hand.own_name)
        with acting(actor):
            if seat.partner_id and access.may_sign(actor, seat.partner_id):
                _says(slug, seat.partner_id, actor)


def _says(slug: str, partner_id: UUID, actor: Actor) -> None:
    if slug == DECLINES[0]:
        acts.decline(partner_id, by=actor, why=DECLINES[1])
        return
    acts.sign(partner_id, by=actor)
    if slug == TAKES_BACK[0]:
        with at(now() + 30 * DAY):
            acts.take_back(partner_id, by=actor, why=TAKES_BACK[1])


def _goes_on(written: dict[Part, UUID], keeper: Actor, resident: Actor, delegate: Actor) -> None:
    """The next version, as far as it has come: two parts written anew, and what was said of one."""
    with at(now() - 12 * DAY), acting(resident):
        values = acts.write(Part.VALUES, NEXT_VALUES, by=resident, after=written[Part.VALUES])
    with at(now() - 9 * DAY), acting(delegate):
        acts.remark(values, N_("First in what? In meetings we do so already. Say where else."), by=delegate)
        acts.write(Part.MISSION, NEXT_MISSION, by=delegate, after=written[Part.MISSION])
    with at(now() - 6 * DAY), acting(resident):
        acts.remark(values, N_("Wherever it is about us. I would leave it as wide as that."), by=resident)
