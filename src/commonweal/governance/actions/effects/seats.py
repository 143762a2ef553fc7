"""Seats in bodies: adding, ending, and filling one that belongs to no partner."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.bodies import screen_of_body
from commonweal.governance.actions.effects.choices import (
    ENDED,
    body_choices,
    body_in,
    bound,
    columns,
    named,
    partner_choices,
    partner_in,
    seat_choices,
    seat_in,
    stays,
)
from commonweal.governance.actions.effects.reading import number_in, one_of, text, uuid_in
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import MemberShape
from commonweal.partners.vocabulary import (
    MEMBER_CLASS_NAMES,
    SEAT_ROLE_NAMES,
    MemberClass,
    SeatRole,
)


def _read_add(said: Params) -> Params:
    body = body_in(said)
    whose, of_class = said.get("partner") or "", said.get("member_class") or ""
    if bool(whose) == bool(of_class):
        raise BadInput("partner", N_("A seat belongs to a partner or to a class of members."))
    months = said.get("term_months")
    return {
        "body": str(body.id),
        "slug": body.slug,
        "partner": str(partner_in(said).id) if whose else "",
        "member_class": one_of(of_class, MemberClass, "member_class") if of_class else "",
        "title": text(said, "title", 120, is_required=False),
        "role": one_of(said.get("role") or SeatRole.MEMBER.value, SeatRole, "role"),
        "term_months": number_in(said, "term_months", least=1, most=240) if months else None,
    }


def _preview_add(params: Params, at: datetime) -> Preview:
    body_id = UUID(str(params["body"]))
    seats = [s for s in partners.seats_of([body_id]).get(body_id, []) if s.has_vote]
    return Preview(
        N_("The body has one seat more with a vote."),
        (PreviewRow(N_("Seats with a vote"), str(len(seats)), str(len(seats) + 1)),),
        (N_("Votes that are open already count as they were opened."),),
        N_("The seat is taken away, and whoever sits there leaves it."),
    )


def _take_add(mandate: MandateShape, params: Params, by: Actor) -> None:
    months = params.get("term_months")
    partners.add_seat(
        UUID(str(params["body"])),
        by=by,
        under=mandate.id,
        partner_id=UUID(str(params["partner"])) if params.get("partner") else None,
        member_class=MemberClass(str(params["member_class"])) if params.get("member_class") else None,
        title=str(params.get("title") or ""),
        role=SeatRole(str(params["role"])),
        term_months=int(str(months)) if months else None,
    )
    bound(mandate, by)


def _end_add(mandate: MandateShape, params: Params, by: Actor) -> None:
    body_id = UUID(str(params["body"]))
    for seat in partners.seats_of([body_id]).get(body_id, []):
        if seat.given_under == mandate.id:
            partners.end_seat(seat.id, by=by, why=mandate.withdrawn_why or ENDED, under=mandate.id)


def _in_words_add(params: Params) -> str:
    body = partners.body_named(str(params["slug"]))
    return str(params.get("title") or (body.name if body else params["slug"]))


ADD_SEAT = Effect(
    kind="seat.add",
    matter=Matter.MEMBERSHIP,
    name=N_("Add a seat to a body"),
    asks=(
        Asked("body", N_("Which body"), "one", choices=body_choices),
        Asked(
            "partner",
            N_("The organization whose seat it is"),
            "one",
            is_required=False,
            choices=partner_choices,
        ),
        Asked(
            "member_class",
            N_("Or a class of members"),
            "one",
            is_required=False,
            choices=named(MEMBER_CLASS_NAMES),
        ),
        Asked("title", N_("What the seat is called"), is_required=False),
        Asked(
            "role",
            N_("What the one in it does"),
            "one",
            choices=lambda: [Choice(r.value, SEAT_ROLE_NAMES[r]) for r in SeatRole],
        ),
        Asked("term_months", N_("Months of a term"), "number", is_required=False),
    ),
    read=_read_add,
    scope_of=lambda p: f"body:{p['slug']}",
    preview=_preview_add,
    take=_take_add,
    end=_end_add,
    governs=("partners_seat",),
    in_words=_in_words_add,
    screen=screen_of_body,
)


def _screen(mandate: MandateShape) -> str:
    return reverse("partners:seat", args=[mandate.params["seat"]])


def _read_end_seat(said: Params) -> Params:
    found = seat_in(said)
    return {"seat": str(found.id), "title": found.title, "why": text(said, "why", 300)}


def _preview_end_seat(params: Params, at: datetime) -> Preview:
    seat = partners.seat(UUID(str(params["seat"])))
    today = seat.holder.name if seat and seat.holder else N_("vacant")
    return Preview(
        N_("The seat is taken away, and whoever sits there leaves it."),
        (PreviewRow(N_("In the seat"), today, N_("no seat")),),
        (),
        N_("A seat can be added again by another decision."),
    )


def _take_end_seat(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.end_seat(UUID(str(params["seat"])), by=by, why=str(params["why"]), under=mandate.id)


END_SEAT = Effect(
    kind="seat.end",
    matter=Matter.MEMBERSHIP,
    name=N_("Take a seat away"),
    asks=(Asked("seat", N_("Which seat"), "one", choices=seat_choices), Asked("why", N_("Why"), "long")),
    read=_read_end_seat,
    scope_of=lambda p: f"seat:{p['seat']}",
    preview=_preview_end_seat,
    take=_take_end_seat,
    end=stays,
    governs=columns(
        "partners_seat",
        "body_id",
        "partner_id",
        "member_class",
        "sector",
        "role",
        "has_vote",
        "starts_on",
        "ends_on",
        "given_under",
    ),
    is_done_at_once=True,
    in_words=lambda p: str(p.get("title") or ""),
    screen=_screen,
)


def _members() -> list[Choice]:
    people: list[MemberShape] = list(partners.resident_members())
    for partner in partners.all_partners():
        people += partners.members_of(partner.id)
    return [Choice(str(m.id), m.name) for m in sorted(people, key=lambda m: m.name)]


def _read_fill(said: Params) -> Params:
    seat = seat_in(said)
    if seat.partner_id is not None:
        raise BadInput("seat", N_("This seat belongs to a partner, which fills it with one of its own."))
    name = next((c.name for c in _members() if c.value == str(uuid_in(said, "member"))), "")
    if not name:
        raise BadInput("member", N_("Choose one of these."))
    return {"seat": str(seat.id), "member": str(uuid_in(said, "member")), "name": name}


def _preview_fill(params: Params, at: datetime) -> Preview:
    seat = partners.seat(UUID(str(params["seat"])))
    today = seat.holder.name if seat and seat.holder else N_("vacant")
    return Preview(
        N_("They take the seat; whoever sits there leaves it."),
        (PreviewRow(N_("In the seat"), today, str(params["name"])),),
        (),
        N_("They leave the seat, and it is vacant."),
    )


def _take_fill(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.fill_seat(
        UUID(str(params["seat"])),
        by=by,
        under=mandate.id,
        member_id=UUID(str(params["member"])),
        ends_on=localdate(mandate.ends_at) if mandate.ends_at else None,
    )


def _end_fill(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.empty_seat(
        UUID(str(params["seat"])),
        by=by,
        member_id=UUID(str(params["member"])),
        why=mandate.withdrawn_why or ENDED,
        under=mandate.id,
    )


FILL_SEAT = Effect(
    kind="seat.fill",
    matter=Matter.MEMBERSHIP,
    name=N_("Seat someone in a seat that belongs to no partner"),
    asks=(
        Asked("seat", N_("Which seat"), "one", choices=lambda: seat_choices(only_of_classes=True)),
        Asked("member", N_("Who"), "one", choices=_members),
    ),
    read=_read_fill,
    scope_of=lambda p: f"seat:{p['seat']}",
    preview=_preview_fill,
    take=_take_fill,
    end=_end_fill,
    governs=("partners_holding", "partners_holding.member_id"),
    in_words=lambda p: str(p["name"]),
    screen=_screen,
)
