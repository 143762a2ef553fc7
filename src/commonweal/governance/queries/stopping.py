"""On which ground someone may end what a decision put into effect, and what was stopped so far."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Purpose, Role
from commonweal.governance import access_voting
from commonweal.governance.models import Decision, Stop, Term
from commonweal.governance.queries import bylaws, laws
from commonweal.governance.queries.decisions import agreement_in
from commonweal.governance.shapes import MandateShape
from commonweal.governance.vocabulary import Assent, Matter, StoppedBy
from commonweal.kernel.clock import now
from commonweal.kernel.verdict import Verdict, allow, deny
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape, SeatShape


@dataclass(frozen=True, slots=True)
class Ground:
    """Whether someone may let a mandate rest, and the days that bound it."""

    verdict: Verdict
    expires_days: int = 0
    review_days: int = 0


@dataclass(frozen=True, slots=True)
class Stopped:
    """How a mandate, or what one party tells under it, was stopped."""

    mandate_id: UUID
    ground: StoppedBy
    why: str
    partner_name: str
    by_name: str
    decision_number: int | None
    until: datetime | None
    review_on: date | None
    recorded_at: datetime


def may_stop_telling(by: Actor, mandate: MandateShape) -> Verdict:
    """A party to an agreement can always stop telling, whatever the table decided."""
    agreement_id = agreement_in(mandate.scope) if mandate.matter is Matter.DATA_SHARING else None
    speaks = by.role is Role.ORG_ADMIN and by.purpose is Purpose.GOV and by.partner_id is not None
    if not speaks:
        return deny(
            "governance.stop.not-yours",
            N_("Only who speaks for a partner stops what the partner tells."),
            N_("Ask the administrator of the organization."),
        )
    if (
        agreement_id is None
        or not Term.objects.filter(agreement_id=agreement_id, discloser_id=by.partner_id).exists()
    ):
        return deny("governance.stop.no-party", N_("Your organization tells nothing under this."))
    return allow("governance.stop.party", N_("A partner can always stop telling."))


def body_that_agreed(mandate: MandateShape) -> BodyShape | None:
    """The body whose yes a mandate needed and got, by the bylaws of its decision; None: none was needed."""
    decision = Decision.objects.filter(pk=mandate.decision_id, residents=Assent.YES.value).first()
    law = laws.law_of(decision) if decision else None
    rule = law.rule(mandate.matter, laws.body_of(decision)) if law and decision else None
    return partners.body_named(rule.gate_body) if rule and rule.gate_body else None


def may_take_assent_back(by: Actor, mandate: MandateShape) -> Verdict:
    """Ask the body that agreed whether it takes its yes back: anyone with a vote there."""
    gate = body_that_agreed(mandate)
    if gate is None:
        return deny("governance.assent.none", N_("No assent was needed for this, so none can be taken back."))
    if any(seat.body_id == gate.id and seat.has_vote for seat in access_voting.seats_of_account(by)):
        return allow("governance.assent.own", N_("You sit on the body whose yes it needed."))
    return deny("governance.assent.not-yours", N_("Only those who sit on the body that said yes ask this."))


def to_rest(by: Actor, mandate: MandateShape) -> Ground:
    """Whether someone may let a mandate rest by the emergency path of the bylaws."""
    decision = Decision.objects.select_related("proposal__body").filter(pk=mandate.decision_id).first()
    rule = bylaws.rule_for(mandate.matter, laws.body_of(decision) if decision else "")
    if rule is None or rule.emergency is None:
        return Ground(
            deny("governance.rest.no-path", N_("The bylaws have no way to stop this in an emergency."))
        )
    if not mandate.is_live(now()) or mandate.rests_from is not None:
        return Ground(
            deny("governance.rest.not-live", N_("It is not in force, or it has rested once already."))
        )
    body = partners.body_named(rule.body)
    if body is None or not _opens(by, rule.emergency.openers, body.id):
        return Ground(
            deny(
                "governance.rest.not-an-opener",
                N_("The bylaws name who may stop this in an emergency, and you are not among them."),
                N_("Ask someone who leads the body that decided it."),
            )
        )
    path = rule.emergency
    return Ground(
        allow("governance.rest.emergency", N_("The bylaws let you stop this for a while, under review.")),
        path.expires_days,
        path.review_days,
    )


def _opens(by: Actor, openers: frozenset[str], body_id: UUID) -> bool:
    if by.purpose is not Purpose.GOV or by.account_id is None:
        return False
    if "backbone" in openers and partners.acts_for_backbone(by):
        return True
    mine = [s for s in partners.seats_with_account(by.account_id) if s.body_id == body_id]
    return any(_is_of(seat, openers) for seat in mine)


def _is_of(seat: SeatShape, kinds: frozenset[str]) -> bool:
    return (
        "any" in kinds
        or ("lead" in kinds and seat.leads)
        or ("resident" in kinds and seat.is_resident)
        or ("partner" in kinds and seat.partner_id is not None)
    )


def stops_of(mandate_ids: Iterable[UUID]) -> dict[UUID, list[Stopped]]:
    """What was stopped, by mandate, oldest first."""
    rows = Stop.objects.filter(mandate_id__in=set(mandate_ids))
    found: dict[UUID, list[Stopped]] = {}
    for row in rows.select_related("partner", "under__decision").order_by("recorded_at"):
        found.setdefault(row.mandate_id, []).append(
            Stopped(
                mandate_id=row.mandate_id,
                ground=StoppedBy(row.ground),
                why=row.why,
                partner_name=row.partner.name if row.partner else "",
                by_name=row.recorded_by_name,
                decision_number=row.under.decision.number if row.under else None,
                until=row.until,
                review_on=row.review_on,
                recorded_at=row.recorded_at,
            )
        )
    return found
