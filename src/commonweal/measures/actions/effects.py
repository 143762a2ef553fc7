"""What a decision can do to measures: adopt one, set a target, publish results by name."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.urls import reverse

from commonweal.foundation.access import Actor
from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.measures.actions.targets import set_target
from commonweal.measures.queries import released
from commonweal.measures.rules.definitions import BY_ID, DEFINITIONS
from commonweal.measures.shapes import Definition
from commonweal.measures.vocabulary import Kind


def _measures() -> list[Choice]:
    return [Choice(d.id, d.name) for d in DEFINITIONS]


def _chosen(said: Params) -> Definition:
    found = BY_ID.get(str(said.get("measure") or ""))
    if found is None:
        raise BadInput("measure", N_("Choose one of these."))
    return found


def _scope(params: Params) -> str:
    return _chosen(params).scope


def _screen(mandate: MandateShape) -> str:
    return reverse("measures:measure", args=[_chosen(mandate.params).id])


def inert(mandate: MandateShape, params: Params, by: Actor) -> None:
    """It is read through its live mandate alone, so that nothing is left to undo."""


def _preview_adopt(params: Params, at: datetime) -> Preview:
    definition = _chosen(params)
    is_live = definition.id in released.live([definition], at)
    return Preview(
        N_("It is counted from the next night on, and what may be shown is published."),
        (PreviewRow(definition.name, N_("counted") if is_live else N_("not counted"), N_("counted")),),
        (
            definition.exclusions,
            N_("No number that would let anybody be found: counts of fewer than 11 are held back."),
        ),
        N_("It is counted no more, and its figures are gone from every page with the next read."),
    )


ADOPT = Effect(
    kind="measure.adopt",
    matter=Matter.MEASURE,
    name=N_("Count a measure, and publish what may be shown"),
    asks=(Asked("measure", N_("Which measure"), "one", choices=_measures),),
    read=lambda said: {"measure": _chosen(said).id, "version": _chosen(said).version},
    scope_of=_scope,
    preview=_preview_adopt,
    take=inert,
    end=inert,
    governs=("measures_release", "measures_releasedfigure", "measures_releasedfigure.value"),
    in_words=lambda p: _chosen(p).name,
    screen=_screen,
)


def _day(said: Params, name: str) -> date:
    found = said.get(name)
    if isinstance(found, date):
        return found
    try:
        return date.fromisoformat(str(found or ""))
    except ValueError as fault:
        raise BadInput(name, N_("Name a day.")) from fault


def _value(said: Params) -> Decimal:
    try:
        found = Decimal(str(said.get("value") if said.get("value") is not None else ""))
    except InvalidOperation as fault:
        raise BadInput("value", N_("Give a number.")) from fault
    most = 100 if _chosen(said).kind is Kind.RATE else 99_999
    if not 0 < found <= most:
        raise BadInput("value", N_("This number is too small or too large."))
    return found.quantize(Decimal("0.1"))


def _read_target(said: Params) -> Params:
    return {
        "measure": _chosen(said).id,
        "value": str(_value(said)),
        "due_on": _day(said, "due_on").isoformat(),
    }


def _unit(definition: Definition) -> str:
    return N_("in 100") if definition.kind is Kind.RATE else N_("days")


def _preview_target(params: Params, at: datetime) -> Preview:
    definition = _chosen(params)
    shape = released.measure(definition.id)
    today = "–" if shape is None or shape.target is None else f"{shape.target.value:g}"
    return Preview(
        N_("The page of the measure shows where the table wants to be, and by when."),
        (
            PreviewRow(definition.name, today, str(params["value"])),
            PreviewRow(N_("It is said in"), _unit(definition), _unit(definition)),
            PreviewRow(N_("By"), "–", str(params["due_on"])),
        ),
        (N_("No partner is ranked by it."),),
        N_("The page shows no target any more."),
    )


def _take_target(mandate: MandateShape, params: Params, by: Actor) -> None:
    set_target(
        _chosen(params).id,
        Decimal(str(params["value"])),
        _day(params, "due_on"),
        mandate_id=mandate.id,
        by=by,
    )


TARGET = Effect(
    kind="target.set",
    matter=Matter.TARGET,
    name=N_("Set a target for a measure"),
    asks=(
        Asked("measure", N_("Which measure"), "one", choices=_measures),
        Asked("value", N_("Where it should be: in 100 for a rate, days for a wait"), "number"),
        Asked("due_on", N_("By which day"), "date"),
    ),
    read=_read_target,
    scope_of=_scope,
    preview=_preview_target,
    take=_take_target,
    end=inert,
    governs=("measures_target", "measures_target.value", "measures_target.due_on"),
    in_words=lambda p: _chosen(p).name,
    screen=_screen,
)


def _preview_publish(params: Params, at: datetime) -> Preview:
    is_live = released.partners_published() is not None
    closed, opened = N_("those who sit at the table"), N_("everyone")
    return Preview(
        N_("Results of each partner stand on the public page, by name."),
        (PreviewRow(N_("Who sees results by partner"), opened if is_live else closed, opened),),
        (N_("Counts of fewer than 11, and whatever would give them away."),),
        N_("The public page shows everyone together again, with the next read."),
    )


PUBLISH = Effect(
    kind="results.publish",
    matter=Matter.PUBLICATION,
    name=N_("Publish results by partner, by name"),
    asks=(),
    read=lambda said: {},
    scope_of=lambda p: released.BY_PARTNER,
    preview=_preview_publish,
    take=inert,
    end=inert,
    governs=("measures_releasedfigure.state",),
    in_words=lambda p: N_("Results by partner on the public page"),
    screen=lambda m: reverse("measures:register"),
)

EFFECTS = (ADOPT, TARGET, PUBLISH)
