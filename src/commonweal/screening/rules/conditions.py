"""FHIR ``enableWhen``: which questions show, given what has been answered so far."""

import operator
from collections.abc import Callable, Mapping

from commonweal.screening.shapes import Given, InstrumentShape, Question, ShownWhen

_COMPARE: dict[str, Callable[[float, float], bool]] = {
    ">": operator.gt,
    "<": operator.lt,
    ">=": operator.ge,
    "<=": operator.le,
}


def shown(instrument: InstrumentShape, givens: Mapping[str, Given]) -> frozenset[str]:
    """The linkIds that show. What is hidden, and what stands inside it, has no answer.

    The answer of a hidden question shows nothing else; a circle of conditions shows nothing.
    """
    return _Showing(instrument, givens).all()


class _Showing:
    def __init__(self, instrument: InstrumentShape, givens: Mapping[str, Given]) -> None:
        self.givens = givens
        self.every: dict[str, Question] = {}
        self.outer: dict[str, str] = {}
        self.known: dict[str, bool] = {}
        for top in instrument.questions:
            self._place(top, "")

    def _place(self, question: Question, outer: str) -> None:
        self.every[question.link_id], self.outer[question.link_id] = question, outer
        for item in question.items:
            self._place(item, question.link_id)

    def all(self) -> frozenset[str]:
        return frozenset(link_id for link_id in self.every if self._shows(link_id))

    def _shows(self, link_id: str) -> bool:
        if link_id not in self.known:
            self.known[link_id] = False  # holds while a circle is being walked
            outer = self.outer[link_id]
            inside_shown = not outer or self._shows(outer)
            self.known[link_id] = inside_shown and self._conditions_hold(self.every[link_id])
        return self.known[link_id]

    def _conditions_hold(self, question: Question) -> bool:
        if not question.shown_when:
            return True
        held = (self._holds(condition) for condition in question.shown_when)
        return any(held) if question.any_of else all(held)

    def _holds(self, condition: ShownWhen) -> bool:
        given = self.givens.get(condition.link_id) if self._shows(condition.link_id) else None
        answers = _answers(given) if given is not None else []
        if condition.operator == "exists":
            return bool(answers) is bool(condition.answer)
        return any(_matches(answer, condition) for answer in answers)


def _answers(given: Given) -> list[str]:
    return [*given.codes, *([given.value] if given.value else [])]


def _matches(answer: str, condition: ShownWhen) -> bool:
    wanted = condition.answer
    text = str(wanted).lower() if isinstance(wanted, bool) else str(wanted)
    if condition.operator in ("=", "!="):
        return (answer == text) is (condition.operator == "=")
    try:
        return _COMPARE[condition.operator](float(answer), float(text))
    except ValueError:
        return False
