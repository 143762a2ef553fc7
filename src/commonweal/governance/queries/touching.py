"""Which bodies below a question touches, by what its yes would do (DESIGN §2: reserved matters)."""

from collections.abc import Mapping
from uuid import UUID

from commonweal.governance import access_voting as access
from commonweal.governance.models import Mandate, Proposal, Term
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape

ABOUT_SOME = frozenset(
    {"sharing.start", "partner.end", "body.end", "seat.add", "seat.end", "seat.fill", "role.give"}
)
"""Effects that are about the partners, bodies and seats which they name, and about nobody else."""


def touches(row: Proposal, body: BodyShape) -> bool:
    """Whether a question reaches what is reserved to a body: the body itself, one inside it, a seat or a
    partner that sits there, as named by what a yes would do, with whom it is asked, or who gains and bears.

    A yes to anything else is for all, and touches every body: silence narrows nothing.
    """
    aims = _aims(row)
    if not aims:
        return True
    found_inside = inside(body.id)
    named = aims | {str(partner) for partner in access.lanes_touched(row)}
    mine = {str(found.id) for found in found_inside}
    for seats in partners.seats_of([found.id for found in found_inside]).values():
        mine |= {str(seat.id) for seat in seats} | {str(seat.partner_id) for seat in seats if seat.partner_id}
    return bool(named & mine)


def inside(body_id: UUID) -> list[BodyShape]:
    """A body and those that stand in it, however deep."""
    standing = partners.bodies()
    found: list[BodyShape] = []
    wanted = {body_id}
    while True:
        new = [b for b in standing if b not in found and (b.id in wanted or b.parent_id in wanted)]
        if not new:
            return found
        found += new
        wanted |= {b.id for b in new}


def _aims(row: Proposal) -> set[str]:
    """The bodies, seats and partners that what a yes would do is about; of an end, what it would end. Empty:
    it is about all."""
    effect, params = row.effect, row.params
    if effect == "mandate.withdraw":
        mandate = Mandate.objects.filter(pk=str(params.get("mandate", ""))).first()
        effect, params = (mandate.effect, mandate.params) if mandate else ("", {})
    if effect not in ABOUT_SOME:
        return set()
    said = _ids(params)
    terms = Term.objects.filter(agreement_id__in=said).values_list("discloser_id", "recipient_id")
    said |= {partner for pair in terms for partner in pair}
    known = {p.id for p in partners.all_partners()} | {b.id for b in partners.bodies()}
    return {str(one) for one in said & (known | partners.seats_by_id(said).keys())}


def _ids(value: object) -> set[UUID]:
    """Every id in what an effect is told, each standing alone: words in a text name nobody."""
    if isinstance(value, Mapping):
        return {one for inner in value.values() for one in _ids(inner)}
    if isinstance(value, list | tuple):
        return {one for inner in value for one in _ids(inner)}
    try:
        return {UUID(str(value))}
    except ValueError:
        return set()
