"""Which kinds of effects there are. Nothing else may change what they govern."""

from datetime import datetime

from commonweal.governance.shapes import MandateShape
from commonweal.governance.shapes_effects import Effect, Params, Preview
from commonweal.governance.vocabulary import Matter
from commonweal.kernel.clock import now
from commonweal.kernel.errors import BadInput
from commonweal.kernel.words import N_

NONE = "none"

_kinds: dict[str, Effect] = {}


def register(effect: Effect) -> None:
    """Add a kind. The same again takes the place of the first, so that an app may be made ready twice."""
    _kinds[effect.kind] = effect


def effects(matter: Matter | None = None) -> list[Effect]:
    """Every kind, or those that may follow from a decision on a matter, in the order of registration."""
    return [e for e in _kinds.values() if matter is None or e.matter is matter or e.matter_of is not None]


def effect(kind: str) -> Effect:
    """The kind of this name; empty is ``none``. Raises BadInput for an unknown one."""
    found = _kinds.get(kind or NONE)
    if found is None:
        raise BadInput("effect", N_("No decision can do this."))
    return found


def read(kind: str, said: Params) -> Params:
    """Clean params of what a form or a file says. Raises BadInput with the field."""
    return effect(kind).read(said)


def scope_of(kind: str, params: Params) -> str:
    """What a mandate of this kind governs."""
    return effect(kind).scope_of(params)


def matter_of(kind: str, params: Params) -> Matter:
    """On which matter such a mandate is, and so by which rule it must be decided."""
    found = effect(kind)
    return found.matter_of(params) if found.matter_of else found.matter


def words_of(kind: str, params: Params) -> str:
    """What such a mandate does, in a line; empty where its scope says it."""
    found = effect(kind)
    return found.in_words(params) if found.in_words else ""


def screen_of(mandate: MandateShape) -> str:
    """The address of the page that shows what a mandate governs; empty where there is none."""
    found = _kinds.get(mandate.effect)
    return found.screen(mandate) if found and found.screen else ""


def preview(kind: str, params: Params, at: datetime | None = None) -> Preview:
    """What a yes would do, worked out from what is real at a moment, by default now. Changes nothing."""
    return effect(kind).preview(params, at or now())
