"""Who sits at the table: partners, bodies, seats, and roles that watch over others."""

from datetime import datetime
from uuid import UUID

from django.utils.text import slugify
from django.utils.timezone import localdate

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import ROLE_NAMES, Role
from commonweal.governance.actions.effects.reading import number_in, one_of, text, uuid_in
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.shapes import BodyShape, MemberShape, PartnerShape, SeatShape
from commonweal.partners.vocabulary import (
    BODY_KIND_NAMES,
    MEMBER_CLASS_NAMES,
    SCALE_NAMES,
    SEAT_ROLE_NAMES,
    SECTOR_NAMES,
    BodyKind,
    MemberClass,
    Scale,
    SeatRole,
    Sector,
)

ENDED = N_("The decision behind it has ended.")
PARTNER = ("partners_partner",)
PARTNER_COLUMNS = tuple(
    f"partners_partner.{c}"
    for c in ("slug", "sector", "kind", "is_victim_service_provider", "controlled_by_id", "joined_on", "left_on",
              "given_under")
)  # fmt: skip
BODY_COLUMNS = tuple(
    f"partners_body.{c}"
    for c in (
        "slug",
        "name",
        "kind",
        "parent_id",
        "scale",
        "is_private",
        "starts_on",
        "ends_on",
        "given_under",
    )
)
SEAT_COLUMNS = tuple(
    f"partners_seat.{c}"
    for c in ("body_id", "partner_id", "member_class", "sector", "role", "has_vote", "starts_on", "ends_on",
              "given_under")
)  # fmt: skip
HOLDING = ("partners_holding", "partners_holding.member_id", "partners_holding.ended_on")
ROLES = ("accounts_membership", "accounts_membership.role", "accounts_membership.until")


def _partners() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners()]


def _others() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners() if not p.is_backbone]


def _bodies() -> list[Choice]:
    return [Choice(str(b.id), b.name) for b in partners.bodies()]


def _seats(only_of_classes: bool = False) -> list[Choice]:
    found = []
    bodies = {b.id: b for b in partners.bodies()}
    for body_id, seats in partners.seats_of(bodies).items():
        found += [
            Choice(str(s.id), _seat_said(s, bodies[body_id]))
            for s in seats
            if not only_of_classes or s.partner_id is None
        ]
    return found


def _seat_said(seat: SeatShape, body: BodyShape) -> str:
    whose = seat.partner_name or (MEMBER_CLASS_NAMES[seat.member_class] if seat.member_class else "")
    return ", ".join(
        x for x in (body.name, seat.title or whose, seat.holder.name if seat.holder else "") if x
    )


def _partner(params: Params, name: str = "partner") -> PartnerShape:
    found = partners.partner(uuid_in(params, name))
    if found is None or not found.is_here:
        raise BadInput(name, N_("This organization is not at the table."))
    return found


def _body(params: Params, name: str = "body") -> BodyShape:
    found = partners.bodies_by_id([uuid_in(params, name)]).get(uuid_in(params, name))
    if found is None:
        raise BadInput(name, N_("There is no such body."))
    return found


def _seat(params: Params) -> SeatShape:
    found = partners.seat(uuid_in(params, "seat"))
    if found is None:
        raise BadInput("seat", N_("There is no such seat."))
    return found


def _bound(mandate: MandateShape, by: Actor) -> None:
    if mandate.ends_at is not None:
        partners.bound_by(mandate.id, localdate(mandate.ends_at), by=by)


# partner.admit


def _read_admit(said: Params) -> Params:
    name = text(said, "name", 200)
    slug = slugify(str(said.get("slug") or name))[:80]
    known = partners.partner_named(slug)
    if known is not None and known.is_here:
        raise BadInput("name", N_("This organization is at the table already."))
    return {
        "slug": slug,
        "name": name,
        "sector": one_of(said.get("sector"), Sector, "sector"),
        "place": text(said, "place", 120, is_required=False),
        "is_victim_service_provider": said.get("is_victim_service_provider")
        in (True, "true", "yes", "on", "1"),
    }


def _preview_admit(params: Params, at: datetime) -> Preview:
    here = len(partners.all_partners())
    return Preview(
        N_("The organization sits at the table: its administrator invites its own people."),
        (PreviewRow(N_("Organizations at the table"), str(here), str(here + 1)),),
        (N_("It reads nothing about anyone by this: that takes an agreement, and each person’s yes."),),
        N_("It leaves. Its people lose their roles with their next request."),
    )


def _take_admit(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.take_in(
        by=by,
        under=mandate.id,
        slug=str(params["slug"]),
        name=str(params["name"]),
        sector=Sector(str(params["sector"])),
        place=str(params.get("place") or ""),
        is_victim_service_provider=bool(params.get("is_victim_service_provider")),
    )


def _end_admit(mandate: MandateShape, params: Params, by: Actor) -> None:
    found = partners.partner_named(str(params["slug"]))
    if found is not None and found.is_here:
        partners.let_go(found.id, by=by, why=mandate.withdrawn_why or ENDED, under=mandate.id)


ADMIT = Effect(
    kind="partner.admit",
    matter=Matter.MEMBERSHIP,
    name=N_("Take an organization in"),
    asks=(
        Asked("name", N_("Name of the organization")),
        Asked("sector", N_("Its sector"), "one", choices=lambda: [Choice(s.value, SECTOR_NAMES[s]) for s in Sector]),
        Asked("place", N_("Place"), is_required=False),
        Asked(
            "is_victim_service_provider",
            N_("Does it serve victims of violence?"),
            "one",
            N_("Such an organization tells nothing about those it serves, under no agreement."),
            is_required=False,
            choices=lambda: [Choice("", N_("No")), Choice("yes", N_("Yes"))],
        ),
    ),
    read=_read_admit,
    scope_of=lambda p: f"partner:{p['slug']}",
    preview=_preview_admit,
    take=_take_admit,
    end=_end_admit,
    governs=PARTNER,
    is_done_at_once=True,
    in_words=lambda p: str(p["name"]),
)  # fmt: skip


# partner.end


def _read_end(said: Params) -> Params:
    found = _partner(said)
    if found.is_backbone:
        raise BadInput("partner", N_("The backbone can’t be ended before another takes its place."))
    return {"partner": str(found.id), "slug": found.slug, "name": found.name, "why": text(said, "why", 300)}


def _preview_end(params: Params, at: datetime) -> Preview:
    workers = len(partners.workers_of(UUID(str(params["partner"]))))
    return Preview(
        N_("The organization leaves: nothing is told to it or by it any more, and its seats are taken away."),
        (PreviewRow(N_("Roles of its people"), str(workers), "0"),),
        (),
        N_("It can be taken in again by another decision; what was ended does not wake by itself."),
    )


def _take_end(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.let_go(UUID(str(params["partner"])), by=by, why=str(params["why"]), under=mandate.id)


def _stays(mandate: MandateShape, params: Params, by: Actor) -> None:
    """What was ended stays ended: nothing works under such a mandate."""


END_PARTNER = Effect(
    kind="partner.end",
    matter=Matter.MEMBERSHIP,
    name=N_("Let an organization go"),
    asks=(Asked("partner", N_("Which"), "one", choices=_others), Asked("why", N_("Why"), "long")),
    read=_read_end,
    scope_of=lambda p: f"partner:{p['slug']}",
    preview=_preview_end,
    take=_take_end,
    end=_stays,
    governs=PARTNER_COLUMNS,
    is_done_at_once=True,
    in_words=lambda p: str(p["name"]),
)


# body.found, body.end


def _read_found(said: Params) -> Params:
    name = text(said, "name", 200)
    slug = slugify(str(said.get("slug") or name))[:80]
    if partners.body_named(slug) is not None:
        raise BadInput("name", N_("There is a body of this name already."))
    parent = said.get("parent")
    return {
        "slug": slug,
        "name": name,
        "kind": one_of(said.get("kind"), BodyKind, "kind"),
        "parent": str(_body(said, "parent").id) if parent else "",
        "scale": one_of(said.get("scale") or Scale.COUNTY.value, Scale, "scale"),
        "purpose": text(said, "purpose", 2000),
    }


def _preview_found(params: Params, at: datetime) -> Preview:
    return Preview(
        N_("A body begins. Seats in it are added by decisions of their own."),
        (PreviewRow(N_("Bodies of the table"), str(len(partners.bodies())), str(len(partners.bodies()) + 1)),),
        (N_("It decides nothing until the bylaws say what it decides."),),
        N_("The body and its seats end."),
    )  # fmt: skip


def _take_found(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.found_body(
        by=by,
        under=mandate.id,
        slug=str(params["slug"]),
        name=str(params["name"]),
        kind=BodyKind(str(params["kind"])),
        parent_id=UUID(str(params["parent"])) if params.get("parent") else None,
        scale=Scale(str(params["scale"])),
        purpose=str(params["purpose"]),
    )
    _bound(mandate, by)


def _end_found(mandate: MandateShape, params: Params, by: Actor) -> None:
    found = partners.body_named(str(params["slug"]))
    if found is not None and found.given_under == mandate.id:
        partners.end_body(found.id, by=by, why=mandate.withdrawn_why or ENDED, under=mandate.id)


FOUND = Effect(
    kind="body.found",
    matter=Matter.MEMBERSHIP,
    name=N_("Found a body: a council, a workgroup, a hub"),
    asks=(
        Asked("name", N_("Name of the body")),
        Asked("kind", N_("What kind"), "one", choices=lambda: [Choice(k.value, BODY_KIND_NAMES[k]) for k in BodyKind]),
        Asked("parent", N_("Inside which body"), "one", is_required=False, choices=_bodies),
        Asked("scale", N_("How far it reaches"), "one", choices=lambda: [Choice(s.value, SCALE_NAMES[s]) for s in Scale]),
        Asked("purpose", N_("What it is for"), "long"),
    ),
    read=_read_found,
    scope_of=lambda p: f"body:{p['slug']}",
    preview=_preview_found,
    take=_take_found,
    end=_end_found,
    governs=("partners_body",),
    in_words=lambda p: str(p["name"]),
)  # fmt: skip


def _read_end_body(said: Params) -> Params:
    found = _body(said)
    return {"body": str(found.id), "slug": found.slug, "name": found.name, "why": text(said, "why", 300)}


def _preview_end_body(params: Params, at: datetime) -> Preview:
    body_id = UUID(str(params["body"]))
    seats = partners.seats_of([body_id]).get(body_id, [])
    return Preview(
        N_("The body ends with its seats. What it decided stays in force until its own day."),
        (PreviewRow(N_("Seats in it"), str(len(seats)), "0"),),
        (),
        N_("It can be founded again by another decision; what was ended does not wake by itself."),
    )


def _take_end_body(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.end_body(UUID(str(params["body"])), by=by, why=str(params["why"]), under=mandate.id)


END_BODY = Effect(
    kind="body.end",
    matter=Matter.MEMBERSHIP,
    name=N_("End a body"),
    asks=(Asked("body", N_("Which body"), "one", choices=_bodies), Asked("why", N_("Why"), "long")),
    read=_read_end_body,
    scope_of=lambda p: f"body:{p['slug']}",
    preview=_preview_end_body,
    take=_take_end_body,
    end=_stays,
    governs=BODY_COLUMNS,
    is_done_at_once=True,
    in_words=lambda p: str(p["name"]),
)


# seat.add, seat.end, seat.fill


def _read_add(said: Params) -> Params:
    body = _body(said)
    whose, of_class = said.get("partner") or "", said.get("member_class") or ""
    if bool(whose) == bool(of_class):
        raise BadInput("partner", N_("A seat belongs to a partner or to a class of members."))
    months = said.get("term_months")
    return {
        "body": str(body.id),
        "slug": body.slug,
        "partner": str(_partner(said).id) if whose else "",
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
    _bound(mandate, by)


def _end_add(mandate: MandateShape, params: Params, by: Actor) -> None:
    body_id = UUID(str(params["body"]))
    for seat in partners.seats_of([body_id]).get(body_id, []):
        if seat.given_under == mandate.id:
            partners.end_seat(seat.id, by=by, why=mandate.withdrawn_why or ENDED, under=mandate.id)


ADD_SEAT = Effect(
    kind="seat.add",
    matter=Matter.MEMBERSHIP,
    name=N_("Add a seat to a body"),
    asks=(
        Asked("body", N_("Which body"), "one", choices=_bodies),
        Asked("partner", N_("The organization whose seat it is"), "one", is_required=False, choices=_partners),
        Asked(
            "member_class",
            N_("Or a class of members"),
            "one",
            is_required=False,
            choices=lambda: [Choice(c.value, MEMBER_CLASS_NAMES[c]) for c in MemberClass],
        ),
        Asked("title", N_("What the seat is called"), is_required=False),
        Asked("role", N_("What the one in it does"), "one", choices=lambda: [Choice(r.value, SEAT_ROLE_NAMES[r]) for r in SeatRole]),
        Asked("term_months", N_("Months of a term"), "number", is_required=False),
    ),
    read=_read_add,
    scope_of=lambda p: f"body:{p['slug']}",
    preview=_preview_add,
    take=_take_add,
    end=_end_add,
    governs=("partners_seat",),
    in_words=lambda p: str(p.get("title") or p["slug"]),
)  # fmt: skip


def _read_end_seat(said: Params) -> Params:
    found = _seat(said)
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
    asks=(Asked("seat", N_("Which seat"), "one", choices=_seats), Asked("why", N_("Why"), "long")),
    read=_read_end_seat,
    scope_of=lambda p: f"seat:{p['seat']}",
    preview=_preview_end_seat,
    take=_take_end_seat,
    end=_stays,
    governs=SEAT_COLUMNS,
    is_done_at_once=True,
    in_words=lambda p: str(p.get("title") or ""),
)


def _members() -> list[Choice]:
    people: list[MemberShape] = list(partners.resident_members())
    for partner in partners.all_partners():
        people += partners.members_of(partner.id)
    return [Choice(str(m.id), m.name) for m in sorted(people, key=lambda m: m.name)]


def _read_fill(said: Params) -> Params:
    seat = _seat(said)
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
        Asked("seat", N_("Which seat"), "one", choices=lambda: _seats(only_of_classes=True)),
        Asked("member", N_("Who"), "one", choices=_members),
    ),
    read=_read_fill,
    scope_of=lambda p: f"seat:{p['seat']}",
    preview=_preview_fill,
    take=_take_fill,
    end=_end_fill,
    governs=HOLDING,
    in_words=lambda p: str(p["name"]),
)


# role.give

WATCHING = (Role.PRIVACY_OFFICER, Role.ELECTION_OFFICER)


def _accounts() -> list[Choice]:
    found = {}
    for partner in partners.all_partners():
        for worker in partners.workers_of(partner.id):
            found[f"{partner.id}:{worker.account_id}"] = f"{worker.account_name}, {partner.name}"
    return [Choice(value, name) for value, name in sorted(found.items(), key=lambda pair: pair[1])]


def _read_role(said: Params) -> Params:
    chosen = str(said.get("who") or f"{said.get('partner')}:{said.get('account')}")
    name = next((c.name for c in _accounts() if c.value == chosen), "")
    if not name:
        raise BadInput("who", N_("Choose one of these."))
    partner_id, account_id = chosen.split(":")
    return {
        "partner": partner_id,
        "account": account_id,
        "name": name,
        "role": one_of(said.get("role"), WATCHING, "role"),
    }


def _preview_role(params: Params, at: datetime) -> Preview:
    workers = partners.workers_of(UUID(str(params["partner"])))
    has = any(w.role == params["role"] and str(w.account_id) == str(params["account"]) for w in workers)
    role = ROLE_NAMES[Role(str(params["role"]))]
    return Preview(
        N_("They may act in this role from the first day on."),
        (PreviewRow(str(params["name"]), role if has else "–", role),),
        (N_("What the role reads is the access matrix’s business and does not change."),),
        N_("The role is gone with their next request."),
    )


def _take_role(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.give_role(
        UUID(str(params["account"])),
        UUID(str(params["partner"])),
        Role(str(params["role"])),
        by=by,
        under=mandate.id,
        until=mandate.ends_at,
    )


def _end_role(mandate: MandateShape, params: Params, by: Actor) -> None:
    partners.end_role(
        UUID(str(params["account"])),
        UUID(str(params["partner"])),
        Role(str(params["role"])),
        by=by,
        under=mandate.id,
        why=mandate.withdrawn_why or ENDED,
    )


GIVE_ROLE = Effect(
    kind="role.give",
    matter=Matter.ROLES,
    name=N_("Give a role that watches over others"),
    asks=(
        Asked("who", N_("Who"), "one", choices=_accounts),
        Asked("role", N_("Which role"), "one", choices=lambda: [Choice(r.value, ROLE_NAMES[r]) for r in WATCHING]),
    ),
    read=_read_role,
    scope_of=lambda p: f"role:{p['role']}.{p['account']}",
    preview=_preview_role,
    take=_take_role,
    end=_end_role,
    governs=ROLES,
    in_words=lambda p: str(p["name"]),
)  # fmt: skip

ALL = (ADMIT, END_PARTNER, FOUND, END_BODY, ADD_SEAT, END_SEAT, FILL_SEAT, GIVE_ROLE)
