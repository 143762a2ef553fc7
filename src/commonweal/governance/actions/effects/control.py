"""Who controls whom: organizations under common control are one voter (DOMAIN §7.2)."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.choices import partner_choices, partner_in
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners


def _read(said: Params) -> Params:
    found = partner_in(said)
    above = partner_in(said, "controlled_by") if said.get("controlled_by") else None
    if above is not None and found.id in partners.controllers_above(above.id):
        raise BadInput("controlled_by", N_("An organization does not control itself."))
    former = partners.controller_of(found.id)
    if (above.id if above else None) == former:
        raise BadInput("controlled_by", N_("It is written down so already."))
    return {
        "partner": str(found.id),
        "slug": found.slug,
        "name": found.name,
        "controlled_by": str(above.id) if above else "",
        "former": str(former) if former else "",
    }


def _name(partner_id: object) -> str:
    found = partners.partner(UUID(str(partner_id))) if partner_id else None
    return found.name if found else N_("nobody")


def _preview(params: Params, at: datetime) -> Preview:
    return Preview(
        N_("Organizations under one control have one vote together, whichever of them casts it."),
        (
            PreviewRow(str(params["name"]), _name(params["former"]), _name(params["controlled_by"])),
            PreviewRow(
                N_("Has a vote of its own"),
                N_("no") if params["former"] else N_("yes"),
                N_("no") if params["controlled_by"] else N_("yes"),
            ),
        ),
        (N_("Votes that are open already count as they were opened."),),
        N_("What was written down before holds again."),
    )


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    above = params.get("controlled_by")
    partners.set_control(
        UUID(str(params["partner"])), UUID(str(above)) if above else None, by=by, under=mandate.id
    )


def _end(mandate: MandateShape, params: Params, by: Actor) -> None:
    partner_id = UUID(str(params["partner"]))
    if str(partners.controller_of(partner_id) or "") == params.get("controlled_by"):
        former = params.get("former")
        partners.set_control(partner_id, UUID(str(former)) if former else None, by=by, under=mandate.id)


CONTROL = Effect(
    kind="partner.control",
    matter=Matter.MEMBERSHIP,
    name=N_("Write down that an organization is controlled by another"),
    asks=(
        Asked("partner", N_("Which organization"), "one", choices=partner_choices),
        Asked(
            "controlled_by",
            N_("Who controls it"),
            "one",
            N_("Empty: nobody does any more. Both then vote for themselves."),
            is_required=False,
            choices=partner_choices,
        ),
    ),
    read=_read,
    scope_of=lambda p: f"partner:{p['slug']}",
    preview=_preview,
    take=_take,
    end=_end,
    governs=("partners_partner.controlled_by_id",),
    in_words=lambda p: str(p["name"]),
    screen=lambda m: reverse("partners:partner", args=[m.params["slug"]]),
)
