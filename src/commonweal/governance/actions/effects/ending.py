"""The decision to end what another decision put into effect."""

from datetime import datetime
from uuid import UUID

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.governance import queries
from commonweal.governance.actions.effects import registry, stopping
from commonweal.governance.actions.effects.choices import columns
from commonweal.governance.actions.effects.reading import text, uuid_in
from commonweal.governance.models import Mandate, Poll
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import MATTER_NAMES, Matter, PollKind, StoppedBy
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_


def _live() -> list[Choice]:
    rows = Mandate.objects.live(now()).select_related("decision").order_by("decision__number", "scope")
    return [Choice(str(row.pk), f"{row.decision.number}. {row.words or row.decision.title}") for row in rows]


def _found(params: Params) -> MandateShape:
    mandate_id = uuid_in(params, "mandate")
    found = queries.mandates([mandate_id]).get(mandate_id)
    if found is None:
        raise BadInput("mandate", N_("There is no such mandate."))
    return found


def _read(said: Params) -> Params:
    found = _found(said)
    if found.withdrawn_at is not None:
        raise BadInput("mandate", N_("It has ended already."))
    return {"mandate": str(found.id), "why": text(said, "why", 500), "matter": found.matter.value}


def _preview(params: Params, at: datetime) -> Preview:
    found = _found(params)
    kind = registry.effect(found.effect) if found.effect else None
    undone = kind.preview(found.params, at).if_undone if kind else ""
    name = found.words or MATTER_NAMES[found.matter]
    return Preview(
        undone or N_("What lives under it stops the same moment."),
        (PreviewRow(name, N_("in force"), N_("ended")),),
        (),
        N_("What was ended does not wake by itself: the table decides anew."),
    )


def _ground(mandate: MandateShape, ended: UUID) -> StoppedBy:
    """Whether the body whose yes the ended mandate needed takes that yes back, or the table ends it."""
    asked = Poll.objects.filter(proposal__decision=mandate.decision_id, kind=PollKind.MAIN.value)
    gates = Poll.objects.filter(proposal__decision__mandates=ended, kind=PollKind.GATE.value)
    takes_back = asked.filter(body__in=gates.values("body")).exists()
    return StoppedBy.RESIDENTS if takes_back else StoppedBy.DECISION


def _take(mandate: MandateShape, params: Params, by: Actor) -> None:
    stopping.stop(
        UUID(str(params["mandate"])),
        by=by,
        ground=_ground(mandate, UUID(str(params["mandate"]))),
        why=str(params["why"]),
        because="governance.withdraw.decided",
        under=mandate.id,
    )


def _stays(mandate: MandateShape, params: Params, by: Actor) -> None:
    """What was ended stays ended."""


def _screen(mandate: MandateShape) -> str:
    return reverse("governance:decision", args=[_found(mandate.params).decision_number])


WITHDRAW = Effect(
    kind="mandate.withdraw",
    matter=Matter.POSITION,
    name=N_("End what an earlier decision put into effect"),
    asks=(
        Asked("mandate", N_("What ends"), "one", choices=_live),
        Asked("why", N_("Why"), "long"),
    ),
    read=_read,
    scope_of=lambda p: f"mandate:{p['mandate']}",
    preview=_preview,
    take=_take,
    end=_stays,
    governs=(
        "governance_stop",
        *columns(
            "governance_mandate",
            "matter",
            "scope",
            "effect",
            "params",
            "starts_at",
            "ends_at",
            "withdrawn_at",
            "rests_until",
            "decision_id",
        ),
    ),
    matter_of=lambda p: Matter(str(p["matter"])),
    is_done_at_once=True,
    in_words=lambda p: str(p["why"])[:300],
    screen=_screen,
)
