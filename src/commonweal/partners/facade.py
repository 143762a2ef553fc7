"""What partners offers to higher storeys: ids and shapes in, shapes out."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from uuid import UUID

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import Role
from commonweal.kernel.verdict import Verdict, deny
from commonweal.kernel.words import N_
from commonweal.partners import access, access_meetings, actions, queries, rules
from commonweal.partners.actions import minuting
from commonweal.partners.actions import work as taking_on
from commonweal.partners.queries import agenda, control, meetings, ports, ports_room, pulse, work
from commonweal.partners.rules import burden
from commonweal.partners.rules.burden import Share as Share
from commonweal.partners.shapes import (
    AuthorityShape,
    BodyShape,
    HolderShape,
    MemberShape,
    MembershipShape,
    PartnerShape,
    SeatShape,
)
from commonweal.partners.shapes_meetings import ActionShape as ActionShape
from commonweal.partners.shapes_meetings import Candidate as Candidate
from commonweal.partners.shapes_meetings import ItemShape as ItemShape
from commonweal.partners.shapes_meetings import LineShape as LineShape
from commonweal.partners.shapes_meetings import MeetingShape as MeetingShape
from commonweal.partners.shapes_meetings import PartsBySide as PartsBySide
from commonweal.partners.shapes_room import Counted as Counted
from commonweal.partners.shapes_room import MotionNext as MotionNext
from commonweal.partners.shapes_room import QuorumSaid as QuorumSaid
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, Scale, SeatRole, Sector
from commonweal.partners.vocabulary_meetings import SIDE_NAMES as SIDE_NAMES
from commonweal.partners.vocabulary_meetings import LineKind as LineKind
from commonweal.partners.vocabulary_meetings import MeetingPart as MeetingPart
from commonweal.partners.vocabulary_meetings import Side as Side


def partner(partner_id: UUID) -> PartnerShape | None:
    """One partner, also one that left; None for an unknown id."""
    return queries.by_ids([partner_id]).get(partner_id)


def known_as(actor: Actor) -> str:
    """How who acts is called where all may read it: by name; who works for a shelter, by the shelter's."""
    return queries.known_as(actor)


def partners(ids: Iterable[UUID]) -> dict[UUID, PartnerShape]:
    """Partners by id; unknown ids are left out."""
    return queries.by_ids(ids)


def all_partners() -> list[PartnerShape]:
    """Partners who take part now, by name."""
    return queries.present()


def partner_named(slug: str) -> PartnerShape | None:
    """The partner with this slug, also one that left."""
    return queries.by_slug(slug)


def backbone() -> PartnerShape | None:
    """The neutral convener; None before setup."""
    return queries.backbone()


def acts_for_backbone(actor: Actor) -> bool:
    """Whether the actor administers the backbone, and so keeps the table's records."""
    return access.acts_for_backbone(actor)


def may_lead(actor: Actor, body_id: UUID) -> Verdict:
    """Whether the actor leads an open body or keeps its record, or is the backbone, which helps it."""
    found = queries.bodies_by_id([body_id]).get(body_id)
    if found is None or found.is_private:
        return deny("partners.lead.private", N_("What a private body does stays with those who sit there."))
    return access_meetings.may_call(actor, found, queries.seats_of([body_id])[body_id])


def seat_said(found: SeatShape) -> str:
    """How a seat is called where nobody needs to be named; English where it is a class, to be translated."""
    return work.seat_name(found)


def memberships_of(account_id: UUID) -> list[MembershipShape]:
    """In which roles, and for whom, an account may act now."""
    return queries.memberships(account_id=account_id)


def workers_of(partner_id: UUID) -> list[MembershipShape]:
    """Who acts for a partner now, in which role."""
    return queries.memberships(partner_id=partner_id)


def members_of(partner_id: UUID) -> list[MemberShape]:
    """Humans who take part for a partner, with or without an account."""
    return queries.members_of(partner_id)


def resident_members() -> list[MemberShape]:
    """Members who live here and are or were served."""
    return queries.resident_members()


def bodies(on: date | None = None) -> list[BodyShape]:
    """Bodies that stand on a day (by default today), by name."""
    return queries.bodies(on)


def bodies_by_id(ids: Iterable[UUID]) -> dict[UUID, BodyShape]:
    """Bodies by id, also those that ended."""
    return queries.bodies_by_id(ids)


def body_named(slug: str) -> BodyShape | None:
    """The body with this slug, also one that ended."""
    return queries.body_named(slug)


def seats_of(body_ids: Iterable[UUID], on: date | None = None) -> dict[UUID, list[SeatShape]]:
    """Seats by body, with who fills them on a day (by default today)."""
    return queries.seats_of(body_ids, on)


def seat(seat_id: UUID) -> SeatShape | None:
    """One seat with who fills it now."""
    return queries.seat(seat_id)


def seats_with_account(account_id: UUID) -> list[SeatShape]:
    """The seats from which an account may speak now, as holder or alternate."""
    return queries.seats_with_account(account_id)


def days_of_change(body_ids: Iterable[UUID]) -> set[date]:
    """The days on which someone took or left a seat of these bodies, or a seat came or went."""
    return queries.days_of_change(body_ids)


def judge_with(judge: access.Judge) -> None:
    """Let governance say which changes of bodies, seats and partners a mandate allows."""
    access.judge_with(judge)


def take_in(
    *,
    by: Actor,
    under: UUID,
    slug: str,
    name: str,
    sector: Sector,
    place: str = "",
    is_victim_service_provider: bool = False,
) -> UUID:
    """Take an organization in under a mandate that admits it. See ``actions.join``."""
    return actions.join(
        by=by,
        slug=slug,
        name=name,
        sector=sector,
        place=place,
        is_victim_service_provider=is_victim_service_provider,
        under=under,
    )


def let_go(partner_id: UUID, *, by: Actor, why: str, under: UUID) -> None:
    """Let a partner leave under a mandate. See ``actions.leave``."""
    actions.leave(partner_id, by=by, why=why, under=under)


def found_body(
    *,
    by: Actor,
    under: UUID,
    slug: str,
    name: str,
    kind: BodyKind,
    parent_id: UUID | None,
    scale: Scale,
    purpose: str,
    place: str = "",
) -> UUID:
    """Found a body under a mandate. See ``actions.found_body``."""
    return actions.found_body(
        by=by,
        under=under,
        slug=slug,
        name=name,
        kind=kind,
        parent_id=parent_id,
        scale=scale,
        purpose=purpose,
        place=place,
    )


def end_body(body_id: UUID, *, by: Actor, why: str, under: UUID) -> None:
    """End a body and its seats under a mandate. See ``actions.end_body``."""
    actions.end_body(body_id, by=by, why=why, under=under)


def add_seat(
    body_id: UUID,
    *,
    by: Actor,
    under: UUID,
    partner_id: UUID | None,
    member_class: MemberClass | None,
    title: str,
    role: SeatRole,
    term_months: int | None = None,
) -> UUID:
    """Add a seat under a mandate. See ``actions.add_seat``."""
    return actions.add_seat(
        body_id,
        by=by,
        under=under,
        partner_id=partner_id,
        member_class=member_class,
        title=title,
        role=role,
        term_months=term_months,
    )


def give_seat(seat_id: UUID, partner_id: UUID, *, by: Actor, under: UUID) -> None:
    """Give an empty seat to another partner under a mandate. See ``actions.give_seat``."""
    actions.give_seat(seat_id, partner_id, by=by, under=under)


def set_control(partner_id: UUID, controlled_by: UUID | None, *, by: Actor, under: UUID) -> None:
    """Write down under a mandate who controls a partner. See ``actions.set_control``."""
    actions.set_control(partner_id, controlled_by, by=by, under=under)


def controller_of(partner_id: UUID) -> UUID | None:
    """Who controls a partner; None: nobody."""
    return control.controller_of(partner_id)


def controllers_above(partner_id: UUID) -> set[UUID]:
    """A partner, and everyone who controls it, however far above."""
    return control.controllers_above(partner_id)


def ask_with(provider: ports.AskProvider) -> None:
    """Let governance say where the table is asked for what only it decides."""
    ports.ask_with(provider)


def end_seat(seat_id: UUID, *, by: Actor, why: str, under: UUID) -> None:
    """Take a seat away under a mandate. See ``actions.end_seat``."""
    actions.end_seat(seat_id, by=by, why=why, under=under)


def fill_seat(seat_id: UUID, *, by: Actor, under: UUID, member_id: UUID, ends_on: date | None) -> UUID:
    """Seat a member in a seat of a class under a mandate, up to a day. See ``actions.fill_seat``."""
    return actions.fill_seat(
        seat_id,
        by=by,
        under=under,
        member_id=member_id,
        authority=Authority.FULL,
        term_ends_on=ends_on,
        ends_on=ends_on,
    )


def empty_seat(seat_id: UUID, *, by: Actor, member_id: UUID, why: str, under: UUID) -> None:
    """Let a member whom a mandate seated leave the seat, where they still sit there."""
    actions.empty_seat(seat_id, by=by, member_id=member_id, why=why, under=under)


def bound_by(under: UUID, ends_on: date, *, by: Actor) -> None:
    """Write into what a mandate made the day on which it ends. See ``actions.bound_by``."""
    actions.bound_by(under, ends_on, by=by)


def give_role(
    account_id: UUID, partner_id: UUID, role: Role, *, by: Actor, under: UUID, until: datetime | None
) -> UUID:
    """Give a role that watches over others, under a mandate. See ``actions.give_role``."""
    return actions.give_role(account_id, partner_id, role, by=by, under=under, until=until)


def end_role(account_id: UUID, partner_id: UUID, role: Role, *, by: Actor, under: UUID, why: str) -> None:
    """End a role that a mandate gave. See ``actions.end_role``."""
    actions.end_role(account_id, partner_id, role, by=by, under=under, why=why)


def authority_in(holder: HolderShape, matter: str, cents: int | None = None) -> Authority:
    """A delegate's authority in a matter, about so much money (DOMAIN §7.6)."""
    return queries.authorities_in([holder], matter, cents)[holder.id]


def authorities_in(
    holders: Iterable[HolderShape], matter: str, cents: int | None = None
) -> dict[UUID, Authority]:
    """The authority of each delegate in a matter, about so much money, by holding."""
    return queries.authorities_in(holders, matter, cents)


def authority_word(holder: HolderShape, matter: str) -> AuthorityShape:
    """The word that holds for a delegate in a matter, with who said it."""
    return queries.authority_word(holder, matter)


def add_to_pack(provider: ports.PackProvider) -> None:
    """Let a higher storey add what it knows about a seat to the pack of who takes it or leaves it."""
    ports.add_to_pack(provider)


def add_to_table(provider: ports.PanelProvider) -> None:
    """Let a higher storey add parts to the page of the table and to those of its bodies."""
    ports.add_to_table(provider)


def add_to_partner(provider: ports.PartnerPanelProvider) -> None:
    """Let a higher storey add parts to the pages of partners."""
    ports.add_to_partner(provider)


def say_standing_with(provider: ports.StandingProvider) -> None:
    """Let governance say whether bodies may bind, and what to mend."""
    ports.say_standing_with(provider)


def say_decided_with(provider: ports.DecidedProvider, by_effect: ports.EffectProvider) -> None:
    """Let governance say who decided what the table is made of, and what was done to one of its parts."""
    ports.say_decided_with(provider, by_effect)


def rules_with(provider: ports.RuleProvider) -> None:
    """Let the bylaws say how terms are counted, and what becomes of the seats of a partner that leaves."""
    ports.rules_with(provider)


def matters_with(provider: ports.MatterProvider) -> None:
    """Let governance name the matters in which delegates have or lack authority."""
    ports.matters_with(provider)


def load_figures(
    rows: Iterable[Mapping[str, str]], *, county: str, source: str, year: int | None, by: Actor
) -> int:
    """Read one county's figures from a table and put them in the place of those before; how many.

    See ``rules.read_figures`` for the tables that are understood. Raises Refused, BadInput.
    """
    figures = rules.read_figures(rows, county=county, source=source, year=year)
    return actions.load_figures(figures, by=by)


def offer_agenda(name: str, provider: agenda.Provider) -> None:
    """Let a higher storey say which of its matters are open and could go on a body's agenda."""
    agenda.offer(name, provider)


def vote_with(votes: ports_room.Votes) -> None:
    """Let governance hold the votes of meetings: quorum by the bylaws, the vote in the room, motions."""
    ports_room.vote_with(votes)


def line(line_id: UUID) -> tuple[LineShape, MeetingShape] | None:
    """A line of the minutes that stands, with its meeting; None for an unknown or struck one, and for one of
    a closed room."""
    return meetings.line(line_id)


def lines_of(meeting_id: UUID) -> list[LineShape]:
    """The lines of a meeting's minutes that stand, as they were written."""
    return [line for line in meetings.lines(meeting_id) if line.struck_at is None]


def became(line_id: UUID, question_id: UUID, *, by: Actor) -> None:
    """A motion in the minutes became a question. See ``minuting.became``."""
    minuting.became(line_id, question_id, by=by)


def write_vote(meeting_id: UUID, counted: Counted, *, by: Actor) -> UUID:
    """Write a vote that was held and counted in a meeting into its minutes. See ``minuting.write_vote``."""
    return minuting.write_vote(meeting_id, counted, by=by)


def meeting(meeting_id: UUID) -> MeetingShape | None:
    """One meeting; None for an unknown one, and for one of a closed room."""
    return meetings.meeting(meeting_id)


def meetings_to_come(body_ids: Iterable[UUID] | None = None) -> list[MeetingShape]:
    """Meetings that run or are called, the next first."""
    return meetings.to_come(body_ids)


def seats_there(meeting_id: UUID, moment: datetime | None = None) -> frozenset[UUID]:
    """The seats that are there at a moment of a meeting, by default now (DOMAIN 7-T7)."""
    return meetings.there(meeting_id, moment)


def seats_by_id(ids: Iterable[UUID], on: date | None = None) -> dict[UUID, SeatShape]:
    """Seats by id, also those that ended, with who fills them on a day (by default today)."""
    return queries.seats_by_id(ids, on)


def actions_by_id(ids: Iterable[UUID]) -> dict[UUID, ActionShape]:
    """Action items by id; those of closed rooms only for who sits there."""
    return work.named(ids)


def open_actions(body_id: UUID) -> list[ActionShape]:
    """What is open with the seats of a body, the earliest due first."""
    return work.of_bodies([body_id], open_only=True)


def work_of(actor: Actor) -> list[ActionShape]:
    """What is open with the seats from which the actor may speak, the earliest due first."""
    return work.of_account(actor.account_id) if actor.account_id else []


def take_on(body_id: UUID, seat_id: UUID, *, by: Actor, words: str, due_on: date) -> UUID:
    """Give a seat something to do. See ``actions.work.take_on``."""
    return taking_on.take_on(body_id, seat_id, by=by, words=words, due_on=due_on)


def work_of_bodies(body_ids: Iterable[UUID]) -> list[ActionShape]:
    """What was taken on in bodies, the earliest due first."""
    return work.of_bodies(body_ids)


def work_by_id(ids: Iterable[UUID]) -> list[ActionShape]:
    """Action items by id; those of closed rooms are left out."""
    return work.by_ids(ids)


def worth_unanswered(actor: Actor) -> list[MeetingShape]:
    """Meetings of which the actor may still say whether they were worth the time."""
    return [shape for shape, _seat in pulse.unanswered(actor.account_id)] if actor.account_id else []


def sides_of_seats() -> dict[UUID, Side]:
    """The kind of partner that each filled seat counts with, in bodies that meet in the open."""
    return pulse.sides_of_seats()


def parts_by_side(since: datetime) -> PartsBySide:
    """How often each kind of partner led, how long it spoke, what it put on agendas and what was put off."""
    put, off = pulse.deferred(since)
    return PartsBySide(pulse.seats_by_side(), pulse.chaired(since), pulse.spoken(since), put, off)


def shares(parts: Mapping[Side, float], seats: Mapping[Side, int]) -> list[Share]:
    """Each side's share as a range, beside its share of the seats; empty where it would point at someone."""
    return burden.shares(parts, seats)
