"""Acts on bodies and seats: found, seat, fill, vacate, end.

What exists is governed: once bylaws are in force, a body or a seat comes and goes under a mandate
(``under``). Who fills a partner's seat is the partner's own affair.
"""

from collections.abc import Mapping
from datetime import date
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.foundation.bus import publish
from commonweal.kernel.clock import today
from commonweal.kernel.errors import BadInput, Conflict, NotFound, Refused
from commonweal.kernel.verdict import Verdict
from commonweal.kernel.words import N_
from commonweal.partners import access, access_seats, queries, rules
from commonweal.partners.events import BodyFounded, SeatFilled, SeatVacated
from commonweal.partners.models import Body, Holding, Member, Seat
from commonweal.partners.vocabulary import Authority, BodyKind, MemberClass, Scale, SeatRole, Sector

Words = Mapping[str, Mapping[str, str]]
"""What a table wrote of a body or a seat in several languages: by column, then by language."""


def _check(verdict: Verdict) -> Verdict:
    if not verdict:
        raise Refused(verdict)
    return verdict


@transaction.atomic
def found_body(
    *,
    by: Actor,
    slug: str,
    name: str,
    kind: BodyKind,
    parent_id: UUID | None = None,
    scale: Scale = Scale.COUNTY,
    place: str = "",
    purpose: str = "",
    is_private: bool = False,
    starts_on: date | None = None,
    under: UUID | None = None,
    words: Words | None = None,
) -> UUID:
    """Found a body, named in ``words`` in further languages (``{"name": {"es": …}, "purpose": {"es": …}}``).

    Raises Refused, Conflict when the slug is taken, NotFound for an unknown parent."""
    because = _check(access.may_shape(by, under))
    if Body.objects.filter(slug=slug).exists():
        raise Conflict(f"There is a body called {slug} already.")
    if parent_id is not None and not Body.objects.filter(pk=parent_id).exists():
        raise NotFound("body")
    row = Body.objects.create(
        slug=slug,
        name=name.strip(),
        kind=kind.value,
        parent_id=parent_id,
        scale=scale.value,
        place=place.strip(),
        purpose=purpose.strip(),
        is_private=is_private or kind is BodyKind.CAUCUS,
        starts_on=starts_on or today(),
        given_under=under,
        translations=dict(words or {}),
    )
    audit.record(
        "body.founded",
        by=by,
        subject=("body", row.id),
        words=N_("Founded a body of the table."),
        because=because.rule,
    )
    publish(BodyFounded(row.id))
    return row.id


@transaction.atomic
def end_body(body_id: UUID, *, by: Actor, why: str, under: UUID | None = None) -> None:
    """End a body and its seats. Ending twice changes nothing. Raises Refused, BadInput without a reason."""
    because = _check(access.may_shape(by, under))
    row = Body.objects.select_for_update().filter(pk=body_id).first()
    if row is None:
        raise NotFound("body")
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    if row.ends_on is not None:
        return
    for seat in row.seats.filter(ends_on=None):
        end_seat(seat.pk, by=by, why=why, under=under)
    row.ends_on, row.ended_why = max(today(), row.starts_on), why.strip()[:300]
    row.given_under = under or row.given_under
    row.save(update_fields=["ends_on", "ended_why", "given_under"])
    audit.record(
        "body.ended",
        by=by,
        subject=("body", row.id),
        words=N_("Ended a body of the table."),
        because=because.rule,
    )


@transaction.atomic
def add_seat(
    body_id: UUID,
    *,
    by: Actor,
    partner_id: UUID | None = None,
    member_class: MemberClass | None = None,
    sector: Sector | None = None,
    place: str = "",
    population: str = "",
    title: str = "",
    role: SeatRole = SeatRole.MEMBER,
    has_vote: bool = True,
    term_months: int | None = None,
    terms_at_most: int | None = None,
    starts_on: date | None = None,
    under: UUID | None = None,
    words: Words | None = None,
) -> UUID:
    """Add a seat that belongs to a partner or to a class of members. Raises Refused, BadInput, NotFound."""
    because = _check(access.may_shape(by, under))
    if (partner_id is None) == (member_class is None):
        raise BadInput("partner", N_("A seat belongs to a partner or to a class of members."))
    if not Body.objects.filter(pk=body_id, ends_on=None).exists():
        raise NotFound("body")
    row = Seat.objects.create(
        body_id=body_id,
        partner_id=partner_id,
        member_class=member_class.value if member_class else "",
        sector=sector.value if sector else "",
        place=place.strip(),
        population=population.strip(),
        title=title.strip(),
        role=role.value,
        has_vote=has_vote,
        term_months=term_months,
        terms_at_most=terms_at_most,
        starts_on=starts_on or today(),
        given_under=under,
        translations=dict(words or {}),
    )
    audit.record(
        "seat.added", by=by, subject=("seat", row.id), words=N_("Added a seat."), because=because.rule
    )
    return row.id


@transaction.atomic
def end_seat(seat_id: UUID, *, by: Actor, why: str, under: UUID | None = None) -> None:
    """Take a seat away; whoever fills it leaves it. Raises Refused, NotFound, BadInput without a reason."""
    because = _check(access.may_shape(by, under))
    row = _locked(seat_id)
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    if row.ends_on is not None:
        return
    day = max(today(), row.starts_on)
    leaving = row.holdings.filter(Q(ended_on=None) | Q(ended_on__gt=day), starts_on__lte=day)
    leaving.update(ended_on=day, ended_why=why.strip()[:300])
    row.ends_on, row.ended_why = day, why.strip()[:300]
    row.given_under = under or row.given_under
    row.save(update_fields=["ends_on", "ended_why", "given_under"])
    audit.record(
        "seat.ended", by=by, subject=("seat", row.id), words=N_("Took a seat away."), because=because.rule
    )


def _locked(seat_id: UUID) -> Seat:
    row = Seat.objects.select_for_update().filter(pk=seat_id).first()
    if row is None:
        raise NotFound("seat")
    return row


@transaction.atomic
def fill_seat(
    seat_id: UUID,
    *,
    by: Actor,
    member_id: UUID,
    authority: Authority = Authority.NONE,
    bounds: str = "",
    limit_cents: int | None = None,
    as_alternate: bool = False,
    starts_on: date | None = None,
    term_ends_on: date | None = None,
    ends_on: date | None = None,
    under: UUID | None = None,
) -> UUID:
    """Seat a member, or an alternate beside the holder. A holder who is there already leaves the seat.

    A partner's seat is filled by the partner with one of its own; a seat of a class, by whom the bylaws say,
    with a member of that class. Raises Refused, NotFound, and BadInput where the member may not sit there.
    """
    row = _locked(seat_id)
    because = _check(access.may_fill(by, row.partner_id, under))
    member = Member.objects.filter(pk=member_id, left_on=None).first()
    if member is None:
        raise NotFound("member")
    fault = rules.seat_fault(
        seat_partner=row.partner_id,
        seat_class=MemberClass(row.member_class) if row.member_class else None,
        member_partner=member.partner_id,
        member_is_resident=member.is_resident_member and not _works_for_a_partner(member),
        authority=authority,
        bounds=bounds,
    )
    if fault:
        raise BadInput("member", fault)
    day = starts_on or today()
    whole = rules.term_end(day, row.term_months)
    if term_ends_on is not None and (term_ends_on <= day or (whole is not None and term_ends_on > whole)):
        words = N_("A term ends after it began, and within the months that the seat has.")
        raise BadInput("term_ends_on", words)
    if not as_alternate:
        _check(_may_serve(row, member_id, day))
    _make_room(row, member_id, day, as_alternate=as_alternate)
    held = Holding.objects.create(
        seat=row,
        member=member,
        is_alternate=as_alternate,
        authority=authority.value,
        bounds=bounds.strip(),
        limit_cents=limit_cents,
        starts_on=day,
        ended_on=ends_on,
        ended_why=N_("The decision that seated them ran out.") if ends_on else "",
        term_ends_on=term_ends_on or whole,
        recorded_by_id=by.account_id,
    )
    audit.record(
        "seat.filled",
        by=by,
        subject=("seat", row.id),
        words=N_("Someone took a seat."),
        details={"authority": authority.value, "alternate": as_alternate},
        because=because.rule,
    )
    publish(SeatFilled(row.id, held.id))
    return held.id


def _works_for_a_partner(member: Member) -> bool:
    """Whether the same human is also a partner's: by the account, whatever hat they wear here."""
    return (
        member.account_id is not None
        and Member.objects.filter(account_id=member.account_id, partner__isnull=False, left_on=None).exists()
    )


def _may_serve(row: Seat, member_id: UUID, day: date) -> Verdict:
    """Whether the seat's limit of terms lets them sit there once more; terms in one body count together."""
    served = queries.stints(row.body_id, member_id)
    rule = queries.seat_rule(row.body.slug)
    return rules.may_serve_again(served, row.term_months, row.terms_at_most, day, rule)


def _make_room(row: Seat, member_id: UUID, day: date, *, as_alternate: bool) -> None:
    live = row.holdings.filter(Q(ended_on=None) | Q(ended_on__gt=day))
    own = Q(member_id=member_id)
    leaving = live.filter(own if as_alternate else own | Q(is_alternate=False))
    if leaving.filter(starts_on__gt=day).exists():
        raise BadInput("starts_on", N_("Someone took the seat after that day."))
    leaving.filter(own).update(ended_on=day, ended_why=N_("Changed place in the seat."))
    leaving.exclude(own).update(ended_on=day, ended_why=N_("Someone else took the seat."))


@transaction.atomic
def vacate_seat(
    seat_id: UUID,
    *,
    by: Actor,
    why: str,
    ended_on: date | None = None,
    under: UUID | None = None,
    at_word_of: str = "",
) -> None:
    """Let the holder leave the seat; alternates stay. A seat that is empty stays empty.

    Whoever may fill the seat may empty it; of their own will a holder leaves it at any time, and the backbone
    writes that down ``at_word_of`` them. Raises Refused, NotFound, BadInput without a reason.
    """
    row = _locked(seat_id)
    day = ended_on or today()
    held = row.holdings.filter(Q(ended_on=None) | Q(ended_on__gt=day), is_alternate=False).first()
    because = access.may_fill(by, row.partner_id, under)
    if not because and held is not None:
        because = access_seats.may_leave(by, held, at_word_of)
    _check(because)
    if not why.strip():
        raise BadInput("why", N_("Say why, for the record."))
    if held is None:
        return
    held.ended_on, held.ended_why = max(day, held.starts_on), why.strip()[:300]
    held.save(update_fields=["ended_on", "ended_why"])
    audit.record(
        "seat.vacated",
        by=by,
        subject=("seat", row.id),
        words=N_("Someone left a seat."),
        details={"at-word-of": bool(at_word_of.strip())},
        because=because.rule,
    )
    publish(SeatVacated(row.id))
