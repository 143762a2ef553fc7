"""Bodies of the table: founding one, ending one."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse
from django.utils.text import slugify

from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.choices import (
    ENDED,
    body_choices,
    body_in,
    bound,
    columns,
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
    BODY_KIND_NAMES,
    SCALE_NAMES,
    BodyKind,
    Scale,
)


def screen_of_body(mandate: MandateShape) -> str:
    """The page of the body that a mandate names by its slug."""
    return reverse("partners:body", args=[mandate.params["slug"]])


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
        "parent": str(body_in(said, "parent").id) if parent else "",
        "scale": one_of(said.get("scale") or Scale.COUNTY.value, Scale, "scale"),
        "purpose": text(said, "purpose", 2000),
    }


def _preview_found(params: Params, at: datetime) -> Preview:
    return Preview(
        N_("A body begins. Seats in it are added by decisions of their own."),
        (
            PreviewRow(
                N_("Bodies of the table"), str(len(partners.bodies())), str(len(partners.bodies()) + 1)
            ),
        ),
        (N_("It decides nothing until the bylaws say what it decides."),),
        N_("The body and its seats end."),
    )


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
    bound(mandate, by)


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
        Asked(
            "kind",
            N_("What kind"),
            "one",
            choices=lambda: [Choice(k.value, BODY_KIND_NAMES[k]) for k in BodyKind],
        ),
        Asked("parent", N_("Inside which body"), "one", is_required=False, choices=body_choices),
        Asked(
            "scale",
            N_("How far it reaches"),
            "one",
            choices=lambda: [Choice(s.value, SCALE_NAMES[s]) for s in Scale],
        ),
        Asked("purpose", N_("What it is for"), "long"),
    ),
    read=_read_found,
    scope_of=lambda p: f"body:{p['slug']}",
    preview=_preview_found,
    take=_take_found,
    end=_end_found,
    governs=("partners_body",),
    in_words=lambda p: str(p["name"]),
    screen=screen_of_body,
)


def _read_end_body(said: Params) -> Params:
    found = body_in(said)
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
    asks=(Asked("body", N_("Which body"), "one", choices=body_choices), Asked("why", N_("Why"), "long")),
    read=_read_end_body,
    scope_of=lambda p: f"body:{p['slug']}",
    preview=_preview_end_body,
    take=_take_end_body,
    end=stays,
    governs=columns(
        "partners_body",
        "slug",
        "name",
        "kind",
        "parent_id",
        "scale",
        "is_private",
        "starts_on",
        "ends_on",
        "given_under",
    ),
    is_done_at_once=True,
    in_words=lambda p: str(p["name"]),
    screen=screen_of_body,
)
