"""Adopting a shared charter: what we are to each other, in force while its decision is."""

from datetime import datetime

from django.db import connection
from django.db.models import Max
from django.urls import reverse

from commonweal.foundation import audit
from commonweal.foundation.access import Actor
from commonweal.governance.actions.effects.reading import text
from commonweal.governance.actions.effects.work import inert
from commonweal.governance.models import SharedCharter
from commonweal.governance.queries import shared_charter as reading
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.governance.vocabulary_shared_charter import PART_ASKS, PART_NAMES, Part
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

LONGEST = 4000


def _read(said: Params) -> Params:
    clean = {part.value: text(said, part.value, LONGEST).replace("\r\n", "\n") for part in Part}
    standing = reading.in_force()
    if standing is not None and all(standing.parts[part] == clean[part.value] for part in Part):
        raise BadInput(Part.PROBLEM.value, N_("Nothing would change."))
    return {**clean, "words": text(said, "words", is_required=False)}


def _preview(params: Params, at: datetime) -> Preview:
    standing = reading.in_force(at)
    rows = tuple(
        PreviewRow(PART_NAMES[part], standing.parts[part] if standing else "–", str(params[part.value]))
        for part in Part
        if standing is None or standing.parts[part] != params[part.value]
    )
    return Preview(
        N_("This is then our shared charter. Each partner is asked to sign it; nobody is made to."),
        rows,
        if_undone=N_("The version of before stands again, or none."),
    )


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    with connection.cursor() as cursor:
        cursor.execute("select pg_advisory_xact_lock(hashtext('governance.charter'))")
    last = SharedCharter.objects.aggregate(n=Max("version"))["n"] or 0
    row = SharedCharter.objects.create(
        version=last + 1,
        mandate_id=mandate.id,
        words=str(params.get("words") or ""),
        recorded_at=now(),
        **{part.value: str(params[part.value]) for part in Part},
    )
    audit.record(
        "charter.adopted",
        by=by,
        subject=("charter", row.id),
        words=N_("Adopted the shared charter."),
        details={"version": row.version, "decision": mandate.decision_number},
        because="governance.charter.mandate",
    )


ADOPTING = Effect(
    kind="charter.adopt",
    matter=Matter.BYLAWS,
    name=N_("Adopt the shared charter: what we are here for"),
    asks=(
        *(Asked(part.value, PART_NAMES[part], "long", PART_ASKS[part]) for part in Part),
        Asked("words", N_("What changes, in a few words"), is_required=False),
    ),
    read=_read,
    scope_of=lambda params: reading.SCOPE,
    preview=_preview,
    take=_take,
    end=inert,
    governs=("governance_sharedcharter",),
    in_words=lambda params: str(params.get("words") or "") or N_("The shared charter"),
    screen=lambda m: reverse("governance:shared-charter"),
)
"""It is decided as the bylaws are: both say what the partners are to each other."""
