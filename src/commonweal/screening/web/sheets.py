"""An instrument as a form: what the page shows, and the answers read back from it.

Fields are named by the place of the question (``q0``, ``q1`` …), which an instrument never changes.
An answer that is none is sent as ``~`` and its reason. Nothing is chosen beforehand.
"""

from collections.abc import Callable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from typing import Protocol

from django.utils.translation import gettext as _

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.words import N_
from commonweal.screening.rules.answers import LONGEST_TEXT, Objection, object_to, skip_segment
from commonweal.screening.shapes import Given, InstrumentShape, Option, Question
from commonweal.screening.vocabulary import Because, Kind, Mode

NOT_ALONE = "not-alone"
_ABSENT_WORDS: dict[Answered, str] = {
    Answered.UNKNOWN: N_("I don’t know"),
    Answered.DECLINED: N_("I’d rather not say"),
    Answered.UNABLE: N_("Could not answer"),
}
_YES_NO = (("true", N_("Yes")), ("false", N_("No")))


class Posted(Protocol):
    """What a browser sends."""

    def getlist(self, key: str, /) -> list[str]: ...
    def get(self, key: str, default: str, /) -> str | None: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One box or circle on the page."""

    value: str
    words: str
    checked: bool = False
    opens: bool = False
    quiet: bool = False
    translated: bool = False
    """Whether the words are ours, in the language of the page, and not the form's."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One item as the page shows it."""

    question: Question
    name: str
    words: str
    hint: str = ""
    choices: tuple[Choice, ...] = ()
    value: str = ""
    error: str = ""
    only_if: str = ""
    then: tuple["Ask", ...] = ()
    items: tuple["Ask | Apart", ...] = ()

    @property
    def answers(self) -> tuple[Choice, ...]:
        return tuple(choice for choice in self.choices if not choice.quiet)

    @property
    def silences(self) -> tuple[Choice, ...]:
        """Ways not to answer; they stand after the answers and look like them."""
        return tuple(choice for choice in self.choices if choice.quiet)

    @property
    def folds(self) -> bool:
        """Whether what follows may stay out of sight until an answer that opens it is chosen."""
        wanted = [{c.answer for c in one.question.shown_when} for one in self.then if not one.is_note]
        opening: set[object] = {choice.value for choice in self.choices if choice.opens}
        return bool(wanted) and all(each == opening for each in wanted)

    @property
    def is_group(self) -> bool:
        return self.question.kind is Kind.GROUP

    @property
    def is_note(self) -> bool:
        return self.question.kind is Kind.NOTE

    @property
    def many(self) -> bool:
        return self.question.kind is Kind.MANY

    @property
    def by_choice(self) -> bool:
        return self.question.kind in (Kind.ONE, Kind.MANY, Kind.YES_NO)

    @property
    def is_number(self) -> bool:
        return self.question.kind is Kind.NUMBER

    @property
    def is_date(self) -> bool:
        return self.question.kind is Kind.DATE


@dataclass(frozen=True, slots=True)
class Apart:
    """Questions about safety that stand together, with the way to leave them out."""

    asks: tuple[Ask, ...]
    kept: bool = False
    """Whether there are answers already, which are not shown again to whoever holds the phone."""
    skipped: bool = False


@dataclass(frozen=True)
class Sheet:
    """An instrument ready to be shown, in one language, to a worker or to the person alone."""

    instrument: InstrumentShape
    language: str
    mode: Mode
    may_ask: Callable[[Segment], bool]
    givens: Mapping[str, Given] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def alone(self) -> bool:
        return self.mode is Mode.SELF

    @property
    def title(self) -> str:
        return self.instrument.title.said_in(self.language)

    @property
    def blocks(self) -> tuple[Ask | Apart, ...]:
        return self._blocks(self.instrument.questions)

    @property
    def left_out(self) -> int:
        """How many questions this actor may not ask."""
        return sum(q.is_asked and not self.may_ask(q.segment) for q in self.instrument.walk())

    @property
    def has_safety(self) -> bool:
        return any(
            q.segment is Segment.DOMESTIC_VIOLENCE and self.may_ask(q.segment) for q in self.instrument.walk()
        )

    @property
    def wrong(self) -> list[tuple[str, str, str]]:
        """What to mend, for the top of the page: field, question, sentence."""
        return [
            (name, question.words.said_in(self.language), self.errors[question.link_id])
            for name, question in named(self.instrument)
            if question.link_id in self.errors
        ]

    def _blocks(self, questions: tuple[Question, ...]) -> tuple[Ask | Apart, ...]:
        blocks: list[Ask | Apart] = []
        apart: list[Ask] = []
        for question in questions:
            if not self.may_ask(question.segment) or question.calculated:
                continue
            if question.segment is Segment.DOMESTIC_VIOLENCE and question.kind is not Kind.GROUP:
                apart.append(self._ask(question))
                continue
            blocks += self._closed(apart)
            apart = []
            blocks.append(self._ask(question))
        return (*blocks, *self._closed(apart))

    def _closed(self, apart: list[Ask]) -> list[Ask | Apart]:
        if not apart:
            return []
        givens = [self.givens.get(ask.question.link_id, Given("")) for ask in apart]
        return [
            Apart(
                tuple(apart),
                kept=any(given.codes or given.value for given in givens),
                skipped=all(given.because is Because.NOT_ALONE for given in givens),
            )
        ]

    def _ask(self, question: Question) -> Ask:
        opening = {
            c.answer for item in question.items for c in item.shown_when if c.link_id == question.link_id
        }
        inner = tuple(q for q in question.items if self.may_ask(q.segment) and not q.calculated)
        group = question.kind is Kind.GROUP
        given = self._shown_again(question)
        return Ask(
            question=question,
            name=self._names[question.link_id],
            words=question.words.said_in(self.language),
            hint=question.hint.said_in(self.language) if question.hint else "",
            choices=tuple(self._choices(question, given, opening)),
            value=given.value,
            error=self.errors.get(question.link_id, ""),
            only_if=self._only_if(question),
            then=() if group else tuple(self._ask(item) for item in inner),
            items=self._blocks(question.items) if group else (),
        )

    @cached_property
    def _names(self) -> dict[str, str]:
        return {question.link_id: name for name, question in named(self.instrument)}

    def _shown_again(self, question: Question) -> Given:
        """Answers about safety are not shown again on a phone that somebody else may pick up."""
        if (
            self.alone
            and question.segment is Segment.DOMESTIC_VIOLENCE
            and question.link_id not in self.errors
        ):
            return Given(question.link_id)
        return self.givens.get(question.link_id, Given(question.link_id))

    def _choices(self, question: Question, given: Given, opening: AbstractSet[object]) -> Iterator[Choice]:
        if question.kind is Kind.YES_NO:
            for value, words in _YES_NO:
                yield Choice(value, _(words), given.value == value, translated=True)
        for option in question.options:
            yield Choice(
                value=option.code,
                words=option.words.said_in(self.language),
                checked=option.code in given.codes or self._is_reason(option, given),
                opens=option.code in opening,
                quiet=option.absent is not None,
            )
        if question.is_asked and not question.asks_wish:
            yield from self._reasons(question, given)

    def _is_reason(self, option: Option, given: Given) -> bool:
        return option.absent is not None and option.absent is given.absent and not given.codes

    def _reasons(self, question: Question, given: Given) -> Iterator[Choice]:
        """Ways not to answer that the form itself does not have."""
        own = {option.absent for option in question.options}
        offered = [Answered.UNKNOWN, Answered.DECLINED, *([] if self.alone else [Answered.UNABLE])]
        for reason in offered:
            if reason not in own:
                checked = given.absent is reason and not given.codes and not given.value
                yield Choice(
                    f"~{reason.value}", _(_ABSENT_WORDS[reason]), checked, quiet=True, translated=True
                )

    def _only_if(self, question: Question) -> str:
        """For a question that hangs on an answer elsewhere: when to answer it, in words."""
        parts = []
        for condition in question.shown_when:
            asked = self.instrument.find(condition.link_id)
            if asked is None or any(item is question for item in asked.items):
                continue
            option = asked.option(str(condition.answer))
            answer = option.words.said_in(self.language) if option else str(condition.answer)
            parts.append(
                _("Only if you answered “%(answer)s” to “%(question)s”")
                % {"answer": answer, "question": asked.words.said_in(self.language)}
            )
        return "; ".join(parts)


def named(instrument: InstrumentShape) -> list[tuple[str, Question]]:
    """Each item with the name of its field."""
    return [(f"q{number}", question) for number, question in enumerate(instrument.walk())]


@dataclass(frozen=True, slots=True)
class Reading:
    """What came back from a form: what can be kept, everything as it was typed, and what is wrong."""

    kept: list[Given]
    typed: dict[str, Given]
    objections: list[Objection]

    @property
    def errors(self) -> dict[str, str]:
        return {one.link_id: _(one.sentence) for one in self.objections}


def read(
    instrument: InstrumentShape, data: Posted, mode: Mode, may_ask: Callable[[Segment], bool]
) -> Reading:
    """The answers in a form. One that cannot be taken is named, and the others are kept."""
    givens = [
        given
        for name, question in named(instrument)
        if question.is_asked
        and may_ask(question.segment)
        and (given := _given(question, name, data, mode)) is not None
    ]
    if data.get("skip", "") == NOT_ALONE and mode is not Mode.SELF:
        givens = skip_segment(instrument, givens, Segment.DOMESTIC_VIOLENCE, Because.NOT_ALONE)
    objections, kept = [], []
    for given in givens:
        question = instrument.find(given.link_id)
        objection = object_to(question, given) if question else None
        if objection is None:
            kept.append(given)
        else:
            objections.append(objection)
    return Reading(kept, {given.link_id: given for given in givens}, objections)


def _given(question: Question, name: str, data: Posted, mode: Mode) -> Given | None:
    sent = [value.strip() for value in data.getlist(name) if value.strip()]
    if not sent and mode is Mode.SELF and question.segment is Segment.DOMESTIC_VIOLENCE:
        return None  # it was not shown again, so an empty field does not take it back
    reasons = [value[1:] for value in sent if value.startswith("~")]
    said = [value for value in sent if not value.startswith("~")]
    absent = next((r for r in _ABSENT_WORDS if r.value in reasons), None)
    if question.kind in (Kind.ONE, Kind.MANY):
        return Given(question.link_id, codes=tuple(said), absent=absent)
    value = said[0][: LONGEST_TEXT + 1] if said else ""
    return Given(question.link_id, value=value, absent=None if value else absent)
