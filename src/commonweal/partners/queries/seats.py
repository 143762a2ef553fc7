"""Reading what is kept with seats: authority, who sat there, notes, volunteers, a seat's pack."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, Q

from commonweal.kernel.clock import today
from commonweal.partners import rules
from commonweal.partners.models import AuthorityWord, BodyWord, Enrollment, Holding, Member, SeatNote
from commonweal.partners.queries import ports, work
from commonweal.partners.queries.bodies import bodies_by_id, seat, seats_of, seats_with_account
from commonweal.partners.queries.membership import member_shape
from commonweal.partners.shapes import (
    Authority,
    AuthorityShape,
    BodyShape,
    HolderShape,
    MemberShape,
    NoteShape,
    PackItem,
    PastHolderShape,
    RosterPage,
    SeatShape,
    Stint,
    VolunteerShape,
)
from commonweal.partners.vocabulary_seats import LATITUDE_OF, Latitude

PAGE = 50


@dataclass(frozen=True, slots=True)
class Pack:
    """What someone who takes or leaves a seat is handed. ``notes`` are there for those who may read them."""

    seat: SeatShape
    body: BodyShape
    beside: tuple[SeatShape, ...]
    before: tuple[PastHolderShape, ...]
    authority: tuple[AuthorityShape, ...]
    notes: tuple[NoteShape, ...]
    items: tuple[PackItem, ...]

    def part(self, name: str) -> list[PackItem]:
        """The items of one part, the newest first; those without a day last."""
        found = [item for item in self.items if item.part == name]
        return sorted(found, key=lambda item: item.on or date.min, reverse=True)


def authority_words(holding_id: UUID) -> list[AuthorityShape]:
    """All that was ever said of a delegate's authority, the newest first."""
    names = dict(ports.matters())
    rows = AuthorityWord.objects.filter(holding_id=holding_id).order_by("-recorded_at")
    return [_authority(row, names) for row in rows]


def authority_now(holder: HolderShape) -> dict[str, AuthorityShape]:
    """What a delegate may decide now, by matter; ``""`` for all others."""
    return _words_now([holder])[holder.id]


def authorities_in(
    holders: Iterable[HolderShape], matter: str, cents: int | None = None
) -> dict[UUID, Authority]:
    """The authority of each delegate in a matter, about so much money, by holding; one query."""
    those = list(holders)
    words = _words_now(those)
    return {h.id: rules.authority_in(words[h.id], matter, cents) or h.authority for h in those}


def authority_word(holder: HolderShape, matter: str) -> AuthorityShape:
    """The word that holds for a delegate in a matter: the one about it, else the one about all others."""
    words = authority_now(holder)
    return rules.word_in(words, matter) or words[""]


def _words_now(holders: Sequence[HolderShape]) -> dict[UUID, dict[str, AuthorityShape]]:
    names, day = dict(ports.matters()), today()
    found: dict[UUID, dict[str, AuthorityShape]] = {h.id: {"": _first_word(h)} for h in holders}
    rows = AuthorityWord.objects.filter(
        Q(ended_on=None) | Q(ended_on__gt=day), holding_id__in=found, starts_on__lte=day
    )
    for row in rows:
        found[row.holding_id][row.matter] = _authority(row, names)
    return found


def _first_word(holder: HolderShape) -> AuthorityShape:
    """What was said when they took the seat, until another word is said about all."""
    latitude = LATITUDE_OF[holder.authority]
    return AuthorityShape("", "", latitude, holder.bounds, holder.limit_cents, "", holder.starts_on, None)


def _authority(row: AuthorityWord, names: dict[str, str]) -> AuthorityShape:
    return AuthorityShape(
        matter=row.matter,
        matter_name=names.get(row.matter, row.matter),
        latitude=Latitude(row.latitude),
        bounds=row.bounds,
        limit_cents=row.limit_cents,
        said_by=row.said_by,
        starts_on=row.starts_on,
        ended_on=row.ended_on,
    )


def sat_there(seat_id: UUID) -> list[PastHolderShape]:
    """Everyone who sat in a seat and left it, the last first."""
    rows = (
        Holding.objects.filter(seat_id=seat_id, ended_on__lte=today())
        .select_related("member")
        .order_by("-ended_on", "-starts_on")
    )
    return [
        PastHolderShape(r.member.name, r.is_alternate, r.starts_on, r.ended_on, r.ended_why) for r in rows
    ]


def stints(body_id: UUID, member_id: UUID) -> list[Stint]:
    """The times that a member sat in any seat of a body, as its holder."""
    rows = Holding.objects.filter(seat__body_id=body_id, member_id=member_id, is_alternate=False)
    return [Stint(*row) for row in rows.values_list("starts_on", "ended_on", "term_ends_on")]


def notes(seat_id: UUID) -> list[NoteShape]:
    """Notes left in a seat, as far as the present actor may read them (the database asks)."""
    rows = SeatNote.objects.filter(seat_id=seat_id).order_by("-written_at")
    return [NoteShape(r.id, r.author_name, r.words, r.written_at) for r in rows]


def words_in(body_id: UUID, most: int = 100) -> list[NoteShape]:
    """What was said in a body, as far as the present actor may read it (the database asks)."""
    rows = BodyWord.objects.filter(body_id=body_id).order_by("-said_at")[:most]
    return [NoteShape(r.id, r.author_name, r.words, r.said_at) for r in rows]


def pack(seat_id: UUID) -> Pack | None:
    """All that the record of a seat holds, for who takes it or leaves it."""
    found = seat(seat_id)
    if found is None:
        return None
    body = bodies_by_id([found.body_id])[found.body_id]
    beside = seats_of([body.id]).get(body.id, [])
    return Pack(
        seat=found,
        body=body,
        beside=tuple(s for s in beside if s.id != found.id),
        before=tuple(sat_there(seat_id)),
        authority=tuple(authority_now(found.holder).values()) if found.holder else (),
        notes=tuple(notes(seat_id)),
        items=(*_took_on(found), *ports.pack_items(found, body)),
    )


def _took_on(found: SeatShape) -> list[PackItem]:
    """The open action items of a seat."""
    items = work.of_bodies([found.body_id], open_only=True)
    return [PackItem("action", item.words, on=item.due_on) for item in items if item.seat_id == found.id]


def roster(body_id: UUID, page: int = 1, named: str = "") -> RosterPage:
    """Those who take part in a body without a seat, by name, fifty a page."""
    rows = Enrollment.objects.filter(body_id=body_id, left_on=None).select_related("member")
    if named:
        rows = rows.filter(member__name__icontains=named)
    total = rows.count()
    pages = max(1, -(-total // PAGE))
    page = min(max(page, 1), pages)
    shown = rows.order_by("member__name", "id")[(page - 1) * PAGE : page * PAGE]
    return RosterPage(tuple(_volunteer(row) for row in shown), total, page, pages)


def volunteers_of(body_id: UUID) -> list[MemberShape]:
    """Members who take part in a body without a seat, by name."""
    rows = Member.objects.filter(enrollments__body_id=body_id, enrollments__left_on=None, left_on=None)
    return [member_shape(row) for row in rows.order_by("name")]


def volunteer_counts(body_ids: Iterable[UUID]) -> dict[UUID, int]:
    """How many take part in each body without a seat."""
    rows = Enrollment.objects.filter(body_id__in=set(body_ids), left_on=None)
    return dict(rows.values_list("body_id").annotate(n=Count("id")))


def _volunteer(row: Enrollment) -> VolunteerShape:
    return VolunteerShape(row.id, row.member_id, row.member.name, row.joined_on, row.left_on)


@dataclass(frozen=True, slots=True)
class Mine:
    """What the table keeps of one member."""

    members: tuple[tuple[str, date], ...]
    seats: tuple[SeatShape, ...]
    bodies: dict[UUID, BodyShape]
    takes_part: tuple[tuple[UUID, str, date], ...]


def of_account(account_id: UUID) -> Mine:
    """A member's own page: as whom they take part, their seats, and the bodies without one."""
    held = seats_with_account(account_id)
    members = Member.objects.filter(account_id=account_id, left_on=None).select_related("partner")
    enrolled = Enrollment.objects.filter(member__account_id=account_id, left_on=None).select_related("body")
    return Mine(
        members=tuple((m.partner.name if m.partner else "", m.joined_on) for m in members),
        seats=tuple(held),
        bodies=bodies_by_id(s.body_id for s in held),
        takes_part=tuple((e.id, e.body.said("name"), e.joined_on) for e in enrolled),
    )
