"""Roles that watch over others."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.foundation.access.vocabulary import ROLE_NAMES, Role
from commonweal.governance.actions.effects.choices import (
    ENDED,
    columns,
)
from commonweal.governance.actions.effects.reading import one_of
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.partners import facade as partners

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


def _screen(mandate: MandateShape) -> str:
    found = partners.partner(UUID(str(mandate.params["partner"])))
    return reverse("partners:partner", args=[found.slug]) if found else ""


GIVE_ROLE = Effect(
    kind="role.give",
    matter=Matter.ROLES,
    name=N_("Give a role that watches over others"),
    asks=(
        Asked("who", N_("Who"), "one", choices=_accounts),
        Asked(
            "role",
            N_("Which role"),
            "one",
            choices=lambda: [Choice(r.value, ROLE_NAMES[r]) for r in WATCHING],
        ),
    ),
    read=_read_role,
    scope_of=lambda p: f"role:{p['role']}.{p['account']}",
    preview=_preview_role,
    take=_take_role,
    end=_end_role,
    governs=("accounts_membership", *columns("accounts_membership", "role", "until")),
    in_words=lambda p: str(p["name"]),
    screen=_screen,
)
