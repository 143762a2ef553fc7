"""Who is at the table: taking an organization in, and letting one go."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.text import slugify

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.choices import (
    ENDED,
    body_choices,
    body_in,
    columns,
    other_choices,
    partner_in,
    stays,
)
from commonweal.governance.actions.effects.reading import one_of, text
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners
from commonweal.partners.vocabulary import (
    SECTOR_NAMES,
    SeatRole,
    Sector,
)


def _read_admit(said: Params) -> Params:
    name = text(said, "name", 200)
    slug = slugify(str(said.get("slug") or name))[:76]
    known = partners.partner_named(slug)
    if known is not None and known.is_here:
        raise BadInput("name", N_("This organization is at the table already."))
    body = body_in(said) if said.get("body") else None
    return {
        **({"body": str(body.id), "body_name": body.name} if body else {}),
        "seat_title": text(said, "seat_title", 120, is_required=False),
        "slug": _free(slug),
        "name": name,
        "sector": one_of(said.get("sector"), Sector, "sector"),
        "place": text(said, "place", 120, is_required=False),
        "is_victim_service_provider": said.get("is_victim_service_provider")
        in (True, "true", "yes", "on", "1"),
    }


def _free(slug: str) -> str:
    """A name in addresses that nobody bears: one who left and comes back is taken in anew."""
    tried = (slug, *(f"{slug}-{n}" for n in range(2, 100)))
    return next(one for one in tried if partners.partner_named(one) is None)


def _preview_admit(params: Params, at: datetime) -> Preview:
    here = len(partners.all_partners())
    rows = [PreviewRow(N_("Organizations at the table"), str(here), str(here + 1))]
    if params.get("body"):
        seats = partners.seats_of([UUID(str(params["body"]))]).get(UUID(str(params["body"])), [])
        voting = sum(seat.has_vote for seat in seats)
        rows.append(PreviewRow(N_("Its seat is in"), "–", str(params["body_name"])))
        rows.append(PreviewRow(N_("Seats with a vote"), str(voting), str(voting + 1)))
    else:
        rows.append(PreviewRow(N_("A seat of its own"), "–", N_("none yet")))
    return Preview(
        N_("The organization sits at the table: its administrator invites its own people."),
        tuple(rows),
        (N_("It reads nothing about anyone by this: that takes an agreement, and each person’s yes."),),
        N_("It leaves. Its people lose their roles with their next request."),
    )


def _take_admit(mandate: MandateShape, params: Params, by: Actor) -> None:
    made = partners.take_in(
        by=by,
        under=mandate.id,
        slug=str(params["slug"]),
        name=str(params["name"]),
        sector=Sector(str(params["sector"])),
        place=str(params.get("place") or ""),
        is_victim_service_provider=bool(params.get("is_victim_service_provider")),
    )
    if params.get("body"):
        partners.add_seat(
            UUID(str(params["body"])),
            by=by,
            under=mandate.id,
            partner_id=made,
            member_class=None,
            title=str(params.get("seat_title") or ""),
            role=SeatRole.MEMBER,
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
        Asked(
            "sector",
            N_("Its sector"),
            "one",
            choices=lambda: [Choice(s.value, SECTOR_NAMES[s]) for s in Sector],
        ),
        Asked("place", N_("Place"), is_required=False),
        Asked(
            "body",
            N_("In which body it has a seat"),
            "one",
            N_("Empty: none yet. A seat can be added by a question of its own."),
            is_required=False,
            choices=body_choices,
        ),
        Asked("seat_title", N_("What the seat is called"), is_required=False),
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
    governs=("partners_partner",),
    is_done_at_once=True,
    in_words=lambda p: str(p["name"]),
    screen=lambda m: reverse("partners:partner", args=[m.params["slug"]]),
)


def _read_end(said: Params) -> Params:
    found = partner_in(said)
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


END_PARTNER = Effect(
    kind="partner.end",
    matter=Matter.MEMBERSHIP,
    name=N_("Let an organization go"),
    asks=(Asked("partner", N_("Which"), "one", choices=other_choices), Asked("why", N_("Why"), "long")),
    read=_read_end,
    scope_of=lambda p: f"partner:{p['slug']}",
    preview=_preview_end,
    take=_take_end,
    end=stays,
    governs=columns(
        "partners_partner",
        "slug",
        "sector",
        "kind",
        "is_victim_service_provider",
        "controlled_by_id",
        "joined_on",
        "left_on",
        "given_under",
    ),
    is_done_at_once=True,
    in_words=lambda p: str(p["name"]),
    screen=lambda m: reverse("partners:partner", args=[m.params["slug"]]),
)
