"""What a decision can do to the shared data dictionary: put a definition of an element into force."""

from datetime import datetime

from django.urls import reverse

from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Asked, Choice, Effect, Params, Preview, PreviewRow
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_
from commonweal.measures.actions.effects import inert
from commonweal.measures.queries import dictionary
from commonweal.measures.rules import elements
from commonweal.measures.shapes_data import Element
from commonweal.partners import facade as partners


def _choices() -> list[Choice]:
    return [Choice(e.id, e.name) for e in map(elements.newest, elements.element_ids()) if e]


def _stewards() -> list[Choice]:
    return [Choice(str(p.id), p.name) for p in partners.all_partners() if p.is_here]


def _chosen(said: Params) -> Element:
    name, number = str(said.get("element") or ""), said.get("version")
    found = elements.version(name, number) if isinstance(number, int) else elements.newest(name)
    if found is None:
        raise BadInput("element", N_("Choose one of these."))
    return found


def _read(said: Params) -> Params:
    known = {choice.value for choice in _stewards()}
    steward = str(said.get("steward") or "")
    if steward not in known:
        raise BadInput("steward", N_("Choose one of these."))
    one = _chosen(said)
    return {"element": one.id, "version": one.version, "steward": steward}


def _steward_name(params: Params) -> str:
    return next((c.name for c in _stewards() if c.value == params.get("steward")), "–")


def _preview(params: Params, at: datetime) -> Preview:
    one = _chosen(params)
    now = dictionary.element(one.id)
    is_live = now is not None and now.mandate_id is not None
    in_force = now.element.meaning if now and is_live else "–"
    touched = tuple(
        PreviewRow(d.name, N_("computed from it"), N_("computed from it as defined here"))
        for d in dictionary.measures_of(one.id)
    )
    return Preview(
        N_("Everyone writes it down with this one meaning, and the dictionary says so."),
        (
            PreviewRow(one.name, in_force, one.meaning),
            PreviewRow(N_("Kept by"), now.steward if now and is_live else "–", _steward_name(params)),
            *touched,
        ),
        (one.not_shown, N_("A definition opens no row to anybody.")),
        N_("The dictionary says that nothing is in force, and no analysis may use it from the next read on."),
    )


ADOPT_ELEMENT = Effect(
    kind=dictionary.EFFECT,
    matter=Matter.MEASURE,
    name=N_("Define a piece of shared data for everyone"),
    asks=(
        Asked("element", N_("Which piece of data"), "one", choices=_choices),
        Asked("steward", N_("Who keeps its definition"), "one", choices=_stewards),
    ),
    read=_read,
    scope_of=lambda params: _chosen(params).scope,
    preview=_preview,
    take=inert,
    end=inert,
    in_words=lambda params: _chosen(params).name,
    screen=lambda mandate: _screen(mandate),
)


def _screen(mandate: MandateShape) -> str:
    return reverse("measures:element", args=[mandate.scope.removeprefix("element:")])
