"""Who may vote in a body now: one voter a partner or class seat, with its unit, sector and authority."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from commonweal.governance.access_authority import authorities
from commonweal.governance.models import Proposal
from commonweal.governance.rules.wire import electorate_plain
from commonweal.governance.shapes_voting import Electorate, Voter
from commonweal.governance.vocabulary import Authority
from commonweal.partners import facade as partners
from commonweal.partners.shapes import SeatRole, SeatShape

_ORDER = (Authority.FULL, Authority.BOUNDED, Authority.NONE)


@dataclass(frozen=True, slots=True)
class Roll:
    """The electorate of a body, from which seats each voter casts, and who chairs."""

    electorate: Electorate
    seats: dict[str, list[str]]
    chair: str

    def plain(self) -> dict[str, object]:
        """As a poll keeps it."""
        return electorate_plain(self.electorate, self.seats)


def name_of(seat: SeatShape) -> str:
    """What the voter of a seat is called: the organization, or who sits there."""
    if seat.partner_id:
        return seat.partner_name
    return seat.holder.name if seat.holder else seat.title


def roll_of(body_id: UUID, question: Proposal | None = None) -> Roll:
    """Who may vote in a body today. Vacant seats, seats without a vote and partners that left stay out, and
    residents' seats in which an employee of a partner sits: those are counted as nobody's (DOMAIN §7.2).

    With a question, those whom the others found to have a conflict of interest stand in it as recused, and
    each has the authority that its organization gives on this matter and sum (DOMAIN §7.6).
    """
    seats = [s for s in partners.seats_of([body_id]).get(body_id, []) if s.has_vote and s.holder]
    seats = [s for s in seats if not s.is_held_by_employee]
    here = partners.partners(s.partner_id for s in seats if s.partner_id)
    seats = [s for s in seats if s.partner_id is None or here[s.partner_id].is_here]
    by_voter: dict[str, list[SeatShape]] = {}
    for seat in seats:
        by_voter.setdefault(seat.voter_id, []).append(seat)
    out = _recused(question) if question else set()
    may = authorities(seats, question)
    voters = _with_affiliates(_voter(name, those, out, may) for name, those in sorted(by_voter.items()))
    in_office = len({voter.has_one_vote_as for voter in voters})
    return Roll(
        Electorate(voters, in_office),
        {name: [str(s.id) for s in those] for name, those in by_voter.items()},
        next((s.voter_id for s in seats if s.role is SeatRole.CHAIR), ""),
    )


def _recused(question: Proposal) -> set[str]:
    return set(question.recusals.filter(is_conflict=True).values_list("voter", flat=True))


def _with_affiliates(voters: Iterable[Voter]) -> tuple[Voter, ...]:
    """Who is under common control with one that stepped out steps out too (DOMAIN §7.6)."""
    those = tuple(voters)
    out = {voter.has_one_vote_as for voter in those if voter.is_recused}
    return tuple(replace(v, is_recused=v.has_one_vote_as in out) for v in those)


def _voter(
    name: str, seats: Sequence[SeatShape], out: Collection[str], may: Mapping[UUID, Authority]
) -> Voter:
    """One voter from its seats: an organization has one vote, however many it sends (DOMAIN §7.2)."""
    first = seats[0]
    said = (may[s.holder.id] for s in seats if s.holder)
    authority = min(said, key=_ORDER.index, default=Authority.NONE)
    return Voter(
        id=name,
        name=name_of(first),
        sector=first.sector.value if first.sector else "",
        jurisdiction=first.place,
        unit=first.unit if first.unit else name,
        is_resident=first.is_resident,
        authority=authority,
        is_present=False,
        is_recused=name in out,
    )
