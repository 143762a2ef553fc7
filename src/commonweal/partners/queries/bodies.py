"""Reading bodies, their seats and who fills them, in batches."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet

from commonweal.kernel.clock import today
from commonweal.partners.models import Body, Holding, Member, Partner, Seat
from commonweal.partners.shapes import BodyShape, HolderShape, SeatShape
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, Scale, SeatRole, Sector


def body_shape(row: Body) -> BodyShape:
    """The row, as it crosses the door."""
    return BodyShape(
        id=row.id,
        slug=row.slug,
        name=row.said("name"),
        kind=BodyKind(row.kind),
        parent_id=row.parent_id,
        scale=Scale(row.scale),
        place=row.place,
        purpose=row.said("purpose"),
        is_private=row.is_private,
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        given_under=row.given_under,
    )


def _standing(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ends_on=None) | Q(ends_on__gt=on))


def bodies(on: date | None = None) -> list[BodyShape]:
    """Bodies that stand on a day, by default today, by name."""
    return [body_shape(row) for row in Body.objects.filter(_standing(on or today())).order_by("name")]


def bodies_by_id(ids: Iterable[UUID]) -> dict[UUID, BodyShape]:
    """Bodies by id, those that ended included, since records go on naming them."""
    return {row.id: body_shape(row) for row in Body.objects.filter(pk__in=set(ids))}


def body_named(slug: str) -> BodyShape | None:
    """The body with this slug, also one that ended."""
    row = Body.objects.filter(slug=slug).first()
    return body_shape(row) if row else None


def seats_of(body_ids: Iterable[UUID], on: date | None = None) -> dict[UUID, list[SeatShape]]:
    """The seats that stand on a day, by body, with who fills them on that day; three queries."""
    day = on or today()
    rows = Seat.objects.filter(_standing(day), body_id__in=set(body_ids)).select_related("partner")
    found: dict[UUID, list[SeatShape]] = defaultdict(list)
    for shape in _shapes(rows, day):
        found[shape.body_id].append(shape)
    return found


def seats_with_account(account_id: UUID, on: date | None = None) -> list[SeatShape]:
    """The seats from which an account may speak, as holder or alternate."""
    day = on or today()
    held = Holding.objects.filter(_filled(day), member__account_id=account_id, member__left_on=None)
    rows = Seat.objects.filter(_standing(day), pk__in=held.values("seat_id")).select_related("partner")
    return _shapes(rows, day)


def seat(seat_id: UUID, on: date | None = None) -> SeatShape | None:
    """One seat, also one that ended."""
    rows = Seat.objects.filter(pk=seat_id).select_related("partner")
    return next(iter(_shapes(rows, on or today())), None)


def seats_by_id(ids: Iterable[UUID], on: date | None = None) -> dict[UUID, SeatShape]:
    """Seats by id, also those that ended, with who fills them on a day (by default today)."""
    rows = Seat.objects.filter(pk__in=set(ids)).select_related("partner")
    return {shape.id: shape for shape in _shapes(rows, on or today())}


def days_of_change(body_ids: Iterable[UUID]) -> set[date]:
    """The days on which someone took or left a seat of these bodies, or a seat came or went."""
    ids = set(body_ids)
    held = Holding.objects.filter(seat__body_id__in=ids, is_alternate=False)
    seats = Seat.objects.filter(body_id__in=ids)
    pairs = (*held.values_list("starts_on", "ended_on"), *seats.values_list("starts_on", "ends_on"))
    return {day for pair in pairs for day in pair if day is not None}


def _filled(on: date) -> Q:
    return Q(starts_on__lte=on) & (Q(ended_on=None) | Q(ended_on__gt=on))


def _shapes(rows: QuerySet[Seat], on: date) -> list[SeatShape]:
    seats = list(rows)
    ids = [row.pk for row in seats]
    people: dict[UUID, list[Holding]] = defaultdict(list)
    for held in Holding.objects.filter(_filled(on), seat_id__in=ids).select_related("member"):
        people[held.seat_id].append(held)
    emptied: dict[UUID, date] = {}
    for seat_id, ended in (
        Holding.objects.filter(seat_id__in=ids, is_alternate=False, ended_on__lte=on)
        .order_by("ended_on")
        .values_list("seat_id", "ended_on")
    ):
        if ended is not None:
            emptied[seat_id] = ended
    units = units_of(row.partner_id for row in seats if row.partner_id)
    working = _working((held.member.account_id for those in people.values() for held in those), on)
    return [_seat(row, people[row.pk], emptied.get(row.pk), units, working) for row in seats]


def _working(accounts: Iterable[UUID | None], on: date) -> set[UUID]:
    """The accounts of humans who on a day also take part for a partner, whatever hat they wear here."""
    rows = Member.objects.filter(account_id__in={a for a in accounts if a}, partner__isnull=False)
    rows = rows.filter(Q(left_on=None) | Q(left_on__gt=on), joined_on__lte=on)
    return {account for account in rows.values_list("account_id", flat=True) if account}


def units_of(partner_ids: Iterable[UUID]) -> dict[UUID, str]:
    """The voting unit of each partner: the one that controls it at the end of the chain, or itself."""
    above = dict(Partner.objects.values_list("pk", "controlled_by_id"))
    found = {}
    for partner_id in set(partner_ids):
        top, seen = partner_id, {partner_id}
        while (over := above.get(top)) is not None and over not in seen:
            seen.add(over)
            top = over
        found[partner_id] = f"unit:{top}"
    return found


def _seat(
    row: Seat, people: list[Holding], emptied: date | None, units: dict[UUID, str], working: set[UUID]
) -> SeatShape:
    holder = next((h for h in people if not h.is_alternate), None)
    partner = row.partner
    shelter = partner.name if partner and partner.is_victim_service_provider else ""
    sector = row.sector or (partner.sector if partner else "")
    if not sector and row.member_class == MemberClass.RESIDENT.value:
        sector = Sector.RESIDENTS.value
    return SeatShape(
        id=row.id,
        body_id=row.body_id,
        partner_id=row.partner_id,
        partner_name=partner.name if partner else "",
        member_class=MemberClass(row.member_class) if row.member_class else None,
        sector=Sector(sector) if sector else None,
        place=row.place or (partner.place if partner else ""),
        population=row.population,
        title=row.said("title"),
        role=SeatRole(row.role),
        has_vote=row.has_vote,
        term_months=row.term_months,
        terms_at_most=row.terms_at_most,
        unit=units[row.partner_id] if row.partner_id else f"seat:{row.id}",
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        given_under=row.given_under,
        holder=_holder(holder, working, shelter) if holder else None,
        alternates=tuple(_holder(h, working, shelter) for h in people if h.is_alternate),
        vacant_since=None if holder else (emptied or row.starts_on),
    )


def _holder(row: Holding, working: set[UUID], shelter: str) -> HolderShape:
    return HolderShape(
        id=row.id,
        seat_id=row.seat_id,
        member_id=row.member_id,
        account_id=row.member.account_id,
        name=shelter or row.member.name,
        own_name=row.member.name,
        is_alternate=row.is_alternate,
        authority=Authority(row.authority),
        bounds=row.bounds,
        limit_cents=row.limit_cents,
        starts_on=row.starts_on,
        term_ends_on=row.term_ends_on,
        works_for_partner=row.member.account_id in working,
    )


def main_body(among: Iterable[BodyShape]) -> BodyShape | None:
    """The body that the others stand in: the oldest without one above it, a board before any other."""
    tops = [body for body in among if body.parent_id is None]
    return min(tops, key=lambda b: (b.kind is not BodyKind.BOARD, b.starts_on, b.name), default=None)
