"""One item of a FHIR Questionnaire, read into a question; faults and warnings are collected."""

from collections.abc import Mapping
from dataclasses import dataclass

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.domains import NeedDomain
from commonweal.screening.rules import fhir
from commonweal.screening.rules.exactly import exactly_one
from commonweal.screening.rules.known import DERIVED, NO_ANSWERS, STAND_ALONE, TAKES_MANY
from commonweal.screening.rules.segments import segment_of_question
from commonweal.screening.shapes import Option, Question, ShownWhen, Words
from commonweal.screening.vocabulary import LOINC, Kind

_KINDS = {
    "group": Kind.GROUP,
    "display": Kind.NOTE,
    "choice": Kind.ONE,
    "open-choice": Kind.ONE,
    "boolean": Kind.YES_NO,
    "integer": Kind.NUMBER,
    "decimal": Kind.NUMBER,
    "date": Kind.DATE,
    "string": Kind.TEXT,
    "text": Kind.TEXT,
    "url": Kind.TEXT,
}
_OPERATORS = ("exists", "=", "!=", ">", "<", ">=", "<=")
LONGEST = 2000
"""Characters kept of any one text."""


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one item. ``link_id`` is empty where it is the whole file."""

    link_id: str
    what: str

    @property
    def place(self) -> str:
        return f"linkId {self.link_id}" if self.link_id else "the questionnaire"


class ItemReader:
    """Reads items; ``faults`` and ``warnings`` grow as it goes."""

    def __init__(self, key: str, value_sets: Mapping[str, fhir.Contained]) -> None:
        self.key = key
        self.value_sets = value_sets
        self.faults: list[Fault] = []
        self.warnings: list[str] = []

    def read(self, item: fhir.Item, outer: Segment = Segment.GENERAL) -> Question:
        """The question in ``item`` with all that is nested in it."""
        code = item.code[0].code if item.code else ""
        kind, segment = self._kind(item, code), self._segment(item, code, outer)
        hint, items = self._children(item, segment)
        words = said(item.text, item.text_more)
        if not words.first and item.code:
            words = said(item.code[0].display, item.code[0].display_more)
        if not words.first and kind.is_asked:
            self._fault(item, "has no text, so nobody can ask it")
        wish = fhir.extension(item.extension, fhir.WISH)
        return Question(
            link_id=item.linkId,
            kind=kind,
            words=words,
            code=code,
            options=self._options(item, kind),
            items=items,
            shown_when=self._conditions(item),
            any_of=item.enableBehavior == "any",
            hint=hint,
            domain=self._domain(item, item.extension),
            segment=segment,
            calculated=code in DERIVED or bool(fhir.extension(item.extension, fhir.CALCULATED)),
            asks_wish=wish is not None and wish.valueBoolean is True,
        )

    def _fault(self, item: fhir.Item, what: str) -> None:
        self.faults.append(Fault(item.linkId, what))

    def _warn(self, item: fhir.Item, what: str) -> None:
        self.warnings.append(f"linkId {item.linkId}: {what}")

    def _kind(self, item: fhir.Item, code: str) -> Kind:
        kind = _KINDS.get(item.type)
        if kind is None:
            self._fault(item, f"has the type “{item.type}”, which a form cannot ask")
            return Kind.TEXT
        if kind is not Kind.ONE or item.repeats:
            return Kind.MANY if kind is Kind.ONE else kind
        if (self.key, code) in TAKES_MANY:
            self._warn(item, "takes several answers; the file does not say so")
            return Kind.MANY
        return kind

    def _segment(self, item: fhir.Item, code: str, outer: Segment) -> Segment:
        marked = fhir.extension(item.extension, fhir.SEGMENT)
        if marked is None:
            own = segment_of_question(code)
            return own if own is not Segment.GENERAL else outer
        try:
            return Segment(marked.text)
        except ValueError:
            self._fault(item, f"names the segment “{marked.text}”, which there is not")
            return outer

    def _domain(self, item: fhir.Item, held: tuple[fhir.Extension, ...]) -> NeedDomain | None:
        marked = fhir.extension(held, fhir.DOMAIN)
        if marked is None:
            return None
        try:
            return NeedDomain(marked.text)
        except ValueError:
            self._fault(item, f"names the need domain “{marked.text}”, which there is not")
            return None

    def _children(self, item: fhir.Item, segment: Segment) -> tuple[Words | None, tuple[Question, ...]]:
        """Nested questions; a help text becomes the hint, a *choose not to answer* box is left to us."""
        hint, kept = None, []
        for child in item.item:
            code = child.code[0].code if child.code else ""
            if child.type == "display" and _is_help(child):
                hint = said(child.text, child.text_more)
            elif child.type == "boolean" and (LOINC, code) in NO_ANSWERS:
                continue  # every question of ours can be declined; see rules.answers
            else:
                kept.append(self.read(child, segment))
        return hint, tuple(kept)

    def _options(self, item: fhir.Item, kind: Kind) -> tuple[Option, ...]:
        if kind not in (Kind.ONE, Kind.MANY):
            return ()
        if not exactly_one(item.answerOption, item.answerValueSet):
            self._fault(item, "needs either a list of answers or a value set, and not both")
            return ()
        raw = item.answerOption or self._value_set(item)
        options = tuple(self._option(item, one, kind) for one in raw)
        codes = [option.code for option in options]
        for code in sorted({c for c in codes if codes.count(c) > 1}):
            self._fault(item, f"has the answer {code} twice")
        return options

    def _value_set(self, item: fhir.Item) -> tuple[fhir.AnswerOption, ...]:
        found = self.value_sets.get(item.answerValueSet)
        if found is None:
            self._fault(item, f"takes its answers from {item.answerValueSet}, which is not in this file")
            return ()
        return tuple(fhir.AnswerOption(valueCoding=coding) for coding in found.codings)

    def _option(self, item: fhir.Item, raw: fhir.AnswerOption, kind: Kind) -> Option:
        coding = raw.coding
        if not coding.code:
            self._fault(item, "has an answer without a code")
        if coding.code.startswith("LL"):
            self._warn(item, f"{coding.code} names a list of answers, not an answer")
        # A file that forgets the system of one answer still means the same answer.
        pair = (coding.system or LOINC, coding.code)
        alone = fhir.extension(raw.extension, fhir.ALONE)
        denies = pair in STAND_ALONE or (alone is not None and alone.valueBoolean is True)
        return Option(
            code=coding.code,
            words=said(coding.display or coding.code, coding.display_more),
            system=coding.system,
            absent=NO_ANSWERS.get(pair),
            alone=kind is Kind.MANY and denies,
            risk=self._risk(item, raw),
            domain=self._domain(item, raw.extension),
        )

    def _risk(self, item: fhir.Item, raw: fhir.AnswerOption) -> str:
        marked = fhir.extension(raw.extension, fhir.RISK)
        if marked is None or marked.text in ("yes", "urgent"):
            return marked.text if marked else ""
        self._fault(item, f"marks a risk as “{marked.text}”; it can be yes or urgent")
        return ""

    def _conditions(self, item: fhir.Item) -> tuple[ShownWhen, ...]:
        found = []
        for raw in item.enableWhen:
            if raw.operator not in _OPERATORS or raw.answer is None or not raw.question:
                self._fault(item, "has an enableWhen without a question, an operator or an answer")
            else:
                found.append(ShownWhen(raw.question, raw.operator, raw.answer))
        return tuple(found)


def said(text: str, more: fhir.Element | None) -> Words:
    """A text with the translations that hang on it."""
    translations = {}
    for one in more.extension if more else ():
        if one.url == fhir.TRANSLATION:
            parts = {part.url: part.text for part in one.extension}
            if parts.get("lang") and parts.get("content"):
                translations[parts["lang"]] = parts["content"][:LONGEST]
    return Words(text[:LONGEST], translations)


def _is_help(child: fhir.Item) -> bool:
    control = fhir.extension(child.extension, fhir.ITEM_CONTROL)
    codings = control.valueCodeableConcept.coding if control and control.valueCodeableConcept else ()
    return any(coding.code == "help" for coding in codings)
