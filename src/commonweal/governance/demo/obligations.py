"""The demo's promises between partners: two agreements in which nothing is told, and what they and the
agreement on data ask of each. Met, confirmed, late, waived, and still to come. All invented."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from commonweal.foundation.access import Actor, acting
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance.actions import obligations as acts
from commonweal.governance.models import Agreement
from commonweal.governance.queries import obligations as reading
from commonweal.governance.vocabulary_obligations import AgreementKind
from commonweal.kernel.clock import at, now, today
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Owes:
    """What is owed under an agreement (by slug). ``due``: days from today. ``became``: what was said of days
    that are over: ``met``, ``confirmed``, ``late`` (met ten days after), ``waived``, or nothing."""

    under: str
    owes: str
    to: str
    words: str
    evidence: str
    due: int
    every: int | None = None
    became: tuple[str, ...] = ()
    why: str = ""


SURPLUS = (
    N_("Food that is left over"),
    N_(
        "The hospital’s kitchen gives what it did not serve, the pantry fetches it, and nobody counts plates."
    ),
    ("alder-general", "ferry-street"),
)
JOINING = (
    N_("Taking part in the Alder County Health Table"),
    N_("What each partner gives so that we can meet, count and be reached."),
    ("alder-commons", "alder-general", "ferry-street", "millrace", "northbank-rides", "tanners-ford"),
)
OWED: tuple[Owes, ...] = (
    Owes(
        "surplus", "alder-general", "ferry-street", N_("Two cold boxes of meals each Friday, for four weeks"),
        N_("The kitchen’s list of the month"), -100, 1, ("confirmed", "late", "confirmed", ""),
    ),
    Owes(
        "surplus", "ferry-street", "alder-general", N_("The boxes come back washed"),
        N_("Counted at the kitchen door"), -20, 3, ("waived",),
        N_("Four boxes were ours to replace anyway."),
    ),
    Owes(
        "joining", "millrace", "alder-commons", N_("One person for the data workgroup"),
        N_("Their name on its list"), -60, None, ("confirmed",),
    ),
    Owes(
        "joining", "northbank-rides", "alder-commons",
        N_("The hours in which rides can be had, checked anew"),
        N_("The day of the check in the directory"), -9, 6,
    ),
    Owes(
        "joining", "tanners-ford", "alder-commons", N_("A room for eight meetings a year"),
        N_("The calendar of the house"), 11, 12,
    ),
    Owes(
        "care-partners", "alder-general", "alder-commons",
        N_("A list of who can read what partners tell, and why"),
        N_("The list, signed by the privacy officer"), 38, 6,
    ),
)  # fmt: skip


def seed(keeper: Actor) -> None:
    """Write them down as ``keeper``, and let each side say its own."""
    known = {p.slug: p.id for p in partners.all_partners()}
    found = Agreement.objects.filter(slug="care-partners").values_list("pk", flat=True).first()
    with at(now() - 130 * DAY), acting(keeper):
        agreements = {
            "surplus": _agreed(keeper, SURPLUS, AgreementKind.UNDERSTANDING, known),
            "joining": _agreed(keeper, JOINING, AgreementKind.PARTICIPATION, known),
        }
    if found is not None:
        agreements["care-partners"] = found
    for one in OWED:
        if one.under in agreements:
            _owed(one, agreements[one.under], known, keeper)


def _agreed(
    keeper: Actor, said: tuple[str, str, tuple[str, ...]], kind: AgreementKind, known: dict[str, UUID]
) -> UUID:
    title, text, slugs = said
    ids = [known[slug] for slug in slugs]
    return acts.write_agreement(by=keeper, title=title, kind=kind, partner_ids=ids, text=text)


def _owed(one: Owes, agreement_id: UUID, known: dict[str, UUID], keeper: Actor) -> None:
    day = today()
    with at(now() - 129 * DAY), acting(keeper):
        made = acts.oblige(
            agreement_id,
            by=keeper,
            owes_id=known[one.owes],
            to_id=known[one.to],
            words=one.words,
            first_due_on=day + one.due * DAY,
            every_months=one.every,
            evidence=one.evidence,
        )
    shape = reading.one(made)
    owes, to = _speaker(known[one.owes]), _speaker(known[one.to])
    if shape is None or owes is None or to is None:
        return
    for due, became in zip(shape.days, one.became, strict=False):
        late = 10 if became == "late" else -1
        with at(now() + (due.due_on - day + late * DAY)):
            if became in ("met", "confirmed", "late"):
                with acting(owes):
                    acts.say_met(made, due.due_on, by=owes)
        if became in ("confirmed", "waived"):
            with at(now() + (due.due_on - day + DAY)), acting(to):
                _received(became, made, one, due.due_on, to)


def _received(became: str, made: UUID, one: Owes, due_on: date, by: Actor) -> None:
    if became == "waived":
        acts.waive(made, due_on, by=by, why=one.why)
    else:
        acts.confirm(made, due_on, by=by)


def _speaker(partner_id: UUID) -> Actor | None:
    """Who sits for a partner at an open body, or administers it."""
    bodies = [body.id for body in partners.bodies() if not body.is_private]
    for seats in partners.seats_of(bodies).values():
        for seat in seats:
            if seat.partner_id == partner_id and seat.holder and seat.holder.account_id:
                hand = seat.holder
                return Actor(Role.MEMBER, Purpose.GOV, account_id=hand.account_id, name=hand.own_name)
    for worker in partners.workers_of(partner_id):
        if worker.role == Role.ORG_ADMIN.value:
            return Actor(Role.ORG_ADMIN, Purpose.GOV, partner_id, worker.account_id, name=worker.account_name)
    return None
