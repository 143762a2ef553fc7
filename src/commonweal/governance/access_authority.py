"""What a delegate may decide on a question: the word of its organization about this matter and this sum."""

from collections.abc import Iterable, Mapping
from uuid import UUID

from commonweal.governance.models import Proposal
from commonweal.governance.rules.stakes import cents_at_stake
from commonweal.governance.vocabulary import Authority
from commonweal.partners import facade as partners
from commonweal.partners.shapes import AuthorityShape, HolderShape, SeatShape


def cents_of(question: Proposal) -> int | None:
    """What a yes may cost, in cents; None where the question names no sum."""
    return cents_at_stake(question.options, question.counting, question.params)


def authorities(seats: Iterable[SeatShape], question: Proposal | None = None) -> Mapping[UUID, Authority]:
    """What each holder of these seats may decide, by holding: on a question by the word about its matter and
    its sum, else by the word about all. A seat that belongs to no organization needs to ask none."""
    held = [(seat, seat.holder) for seat in seats if seat.holder]
    if question is None:
        said = {holder.id: holder.authority for _seat, holder in held}
    else:
        asked = [holder for seat, holder in held if seat.partner_id]
        said = partners.authorities_in(asked, question.matter, cents_of(question))
    return {holder.id: said[holder.id] if seat.partner_id else Authority.FULL for seat, holder in held}


def authority_of(seat: SeatShape, holder: HolderShape, question: Proposal) -> Authority:
    """What one hand, the holder or an alternate, may decide alone for a seat on a question."""
    if seat.partner_id is None:
        return Authority.FULL
    return partners.authority_in(holder, question.matter, cents_of(question))


def word_for(seat: SeatShape, holder: HolderShape, question: Proposal) -> AuthorityShape | None:
    """The word that holds for a hand on a question; None where nobody stands behind the seat."""
    return partners.authority_word(holder, question.matter) if seat.partner_id else None
