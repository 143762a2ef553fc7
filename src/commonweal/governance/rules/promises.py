"""How a promise stands on a day: late is derived, broken is said."""

from datetime import date

from commonweal.governance.vocabulary_promises import PromiseState, Stands

_SAID = {
    PromiseState.KEPT: Stands.KEPT,
    PromiseState.BROKEN: Stands.BROKEN,
    PromiseState.WITHDRAWN: Stands.WITHDRAWN,
}


def stands(state: PromiseState, due_on: date, on: date) -> Stands:
    """An open promise is late from the day after its day, whatever anyone says; the rest was said."""
    if state is PromiseState.OPEN:
        return Stands.LATE if due_on < on else Stands.UNDER_WAY
    return _SAID[state]
