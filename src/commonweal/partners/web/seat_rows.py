"""Seats and bodies as rows of a page: whose name a reader sees, in which state a seat is, who is missing."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from commonweal.foundation.access import Actor
from commonweal.kernel.clock import today
from commonweal.partners import access, queries
from commonweal.partners.access_meetings import is_of_the_table
from commonweal.partners.queries.missing import Lacking
from commonweal.partners.shapes import (
    Authority,
    BodyShape,
    HolderShape,
    InvitationShape,
    SeatShape,
    StandingShape,
)
from commonweal.partners.vocabulary import AUTHORITY_NAMES, MEMBER_CLASS_NAMES, SEAT_ROLE_NAMES, SeatRole
from commonweal.partners.vocabulary_seats import ANSWER_NAMES, Answer


@dataclass(frozen=True, slots=True)
class Reader:
    """Who looks: strangers see organizations, members see names, and a private body is known to its own."""

    actor: Actor
    is_backbone: bool
    shelters: frozenset[UUID]
    sits_in: frozenset[UUID]

    def name(self, seat: SeatShape, holder: HolderShape | None) -> str:
        """The holder's name as far as this reader sees it; empty where it is not theirs to see."""
        return holder.own_name if holder is not None and self.learns_names(seat) else ""

    def learns_names(self, seat: SeatShape) -> bool:
        """Whether they learn who sits, or sat, in a seat."""
        if not is_of_the_table(self.actor):
            return False
        own = self.is_backbone or self.actor.partner_id == seat.partner_id
        return own or seat.partner_id not in self.shelters

    def may_look_into(self, body: BodyShape) -> bool:
        """Whether they see who sits in a body, and what is said there."""
        return not body.is_private or body.id in self.sits_in


def reader(actor: Actor, seats: Iterable[SeatShape]) -> Reader:
    """What the actor of a request may see of some seats."""
    partners = queries.by_ids({s.partner_id for s in seats if s.partner_id})
    own = queries.seats_with_account(actor.account_id) if actor.account_id else []
    return Reader(
        actor,
        access.acts_for_backbone(actor),
        frozenset(p.id for p in partners.values() if p.is_victim_service_provider),
        frozenset(s.body_id for s in own),
    )


@dataclass(frozen=True, slots=True)
class SeatRow:
    """One seat in a list. ``of`` is whose it is, ``who`` the holder as far as shown."""

    seat: SeatShape
    of: str
    who: str
    role: str
    authority: str
    is_mine: bool
    for_whom: str = ""

    @property
    def is_filled(self) -> bool:
        return self.seat.holder is not None


def owner(seat: SeatShape) -> str:
    """Whose seat it is: an organization's name, or a class of members."""
    if seat.partner_name:
        return seat.partner_name
    assert seat.member_class is not None
    return _(MEMBER_CLASS_NAMES[seat.member_class])


def seat_row(seat: SeatShape, to: Reader) -> SeatRow:
    """The seat as a row for a reader."""
    holder = seat.holder
    return SeatRow(
        seat=seat,
        of=owner(seat),
        who=to.name(seat, holder),
        role="" if seat.role is SeatRole.MEMBER else _(SEAT_ROLE_NAMES[seat.role]),
        authority=_(AUTHORITY_NAMES[holder.authority]) if holder and seat.partner_id else "",
        is_mine=to.actor.account_id is not None and to.actor.account_id in seat.account_ids,
        # Of a partner's seat the place is the partner's, and a shelter tells nobody where it is.
        for_whom=", ".join(
            part for part in (_(seat.population) if seat.population else "", _place(seat)) if part
        ),
    )


def _place(seat: SeatShape) -> str:
    return seat.place if seat.member_class is not None else ""


@dataclass(frozen=True, slots=True)
class BodyRow:
    """One body in the list of bodies."""

    body: BodyShape
    filled: int
    total: int
    led_by: str
    standing: StandingShape | None
    volunteers: int
    depth: int = 0


def body_row(
    body: BodyShape,
    seats: Sequence[SeatShape],
    to: Reader,
    standing: StandingShape | None,
    volunteers: int,
    depth: int,
) -> BodyRow:
    """The body as a row for a reader."""
    leads = [s for s in seats if s.leads and s.holder is not None] if to.may_look_into(body) else []
    return BodyRow(
        body=body,
        filled=sum(s.holder is not None for s in seats),
        total=len(seats),
        led_by=", ".join(to.name(s, s.holder) or owner(s) for s in leads),
        standing=standing,
        volunteers=volunteers,
        depth=depth,
    )


def nested(bodies: Sequence[BodyShape], top: BodyShape | None) -> list[tuple[BodyShape, int]]:
    """Bodies under those that they stand in, with their depth; the main one first."""
    known = {b.id for b in bodies}

    def below(parent: UUID | None, depth: int) -> list[tuple[BodyShape, int]]:
        here = [b for b in bodies if (b.parent_id if b.parent_id in known else None) == parent]
        here.sort(key=lambda b: (top is None or b.id != top.id, b.kind.value != "council", b.name))
        return [pair for b in here for pair in ((b, depth), *below(b.id, depth + 1))]

    return below(None, 0)


@dataclass(frozen=True, slots=True)
class Fact:
    """One line of what is missing: a label, what it is about in bold, and a sentence."""

    label: str
    bold: str
    words: str
    url: str = ""
    act: str = ""


def day(on: date) -> str:
    """A day in the reader's language."""
    return date_format(on, "DATE_FORMAT")


def asked_words(asked: Sequence[InvitationShape]) -> str:
    """Who was asked and what they said. Humans are counted, never named."""
    said = _organizations([i for i in asked if not i.is_human])
    humans = [i for i in asked if i.is_human]
    for answer in (Answer.YES, Answer.THINKING, Answer.NONE):
        count = sum(i.answer is answer for i in humans)
        if count:
            said.append(_counted(answer, count) % {"n": count})
    noes = [i for i in humans if i.answer is Answer.NO]
    if noes:
        reasons = "; ".join(sorted({f"“{_(i.reason).rstrip('.')}”" for i in noes if i.reason}))
        words = ngettext("One person said no", "%(n)s people said no", len(noes)) % {"n": len(noes)}
        said.append(f"{words}: {reasons}." if reasons else f"{words}.")
    return " ".join(said) or _("Nobody was asked yet.")


def _counted(answer: Answer, count: int) -> str:
    if answer is Answer.YES:
        return ngettext("One person has offered.", "%(n)s people have offered.", count)
    if answer is Answer.THINKING:
        return ngettext("One person is thinking about it.", "%(n)s people are thinking about it.", count)
    return ngettext(
        "One person was asked and has not answered yet.",
        "%(n)s people were asked and have not answered yet.",
        count,
    )


def _organizations(asked: Sequence[InvitationShape]) -> list[str]:
    """A sentence for each day, answer and reason: organizations asked together are told together."""
    told: dict[tuple[date, Answer, str], list[str]] = {}
    for one in asked:
        told.setdefault((one.asked_on, one.answer, one.reason), []).append(one.whom)
    said = []
    for (on, answer, reason), names in told.items():
        words = ngettext("%(whom)s was asked on %(day)s.", "%(whom)s were asked on %(day)s.", len(names))
        answered = (
            f"{_(ANSWER_NAMES[answer])}: “{_(reason).rstrip('.')}”."
            if reason
            else f"{_(ANSWER_NAMES[answer])}."
        )
        said.append(words % {"whom": _joined(sorted(names)), "day": day(on)} + " " + answered)
    return said


def _joined(names: Sequence[str]) -> str:
    if len(names) < 2:
        return "".join(names)
    return _("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}


def lacking_fact(one: Lacking) -> Fact:
    """A sector, a place or a population that nobody speaks for."""
    name = _("A resident of %(name)s") % {"name": one.name} if one.kind == "place" else _(one.name)
    empty = ""
    if one.seat is not None and one.seat.vacant_since is not None:
        empty = _("Empty since %(day)s.") % {"day": day(one.seat.vacant_since)} + " "
    return Fact(_("Missing"), f"{name}.", empty + asked_words(one.asked))


def term_fact(seat: SeatShape, to: Reader) -> Fact:
    """A term that ends soon."""
    assert seat.holder is not None
    assert seat.holder.term_ends_on is not None
    ends = seat.holder.term_ends_on
    words = _("The term ended on %(day)s.") if ends <= today() else _("The term ends on %(day)s.")
    return Fact(_("Term"), f"{to.name(seat, seat.holder) or owner(seat)}.", words % {"day": day(ends)})


def authority_fact(seats: Sequence[SeatShape]) -> Fact | None:
    """Delegates who must ask first, by organization."""
    asking = [owner(s) for s in seats if s.holder and s.holder.authority is Authority.NONE and s.partner_id]
    if not asking:
        return None
    words = ngettext(
        "sends someone who must ask before deciding.",
        "send people who must ask before deciding.",
        len(asking),
    )
    return Fact(_("Authority"), ", ".join(asking), words)
