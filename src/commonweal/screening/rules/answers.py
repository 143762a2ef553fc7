"""Answers as they were given, made whole and checked against their instrument.

Not asked, declined, unable and unknown stay four facts (DOMAIN §0.2 rule 1): each question that
shows ends with an answer or with the reason why there is none.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from commonweal.foundation.access.vocabulary import Segment
from commonweal.kernel.answers import Answered
from commonweal.kernel.domains import NeedDomain
from commonweal.kernel.words import N_
from commonweal.screening.rules.conditions import shown
from commonweal.screening.rules.known import rules_for
from commonweal.screening.rules.scoring import Reply
from commonweal.screening.shapes import Determination, Given, InstrumentShape, Question
from commonweal.screening.vocabulary import CORE_TOPICS, Because, Kind, Outcome, Result, Wish

LONGEST_TEXT = 1000
_WISHES_BY_WEIGHT = (Wish.YES, Wish.HAVE_HELP, Wish.NOT_NOW)


@dataclass(frozen=True, slots=True)
class Objection:
    """Why an answer cannot be taken as it is; ``sentence`` is marked for translation."""

    link_id: str
    sentence: str


def object_to(question: Question, given: Given) -> Objection | None:
    """What is wrong with one answer, or None. A contradiction is not wrong: it is kept and flagged."""
    sentence = ""
    if question.options:
        if any(question.option(code) is None for code in given.codes):
            sentence = N_("This is not one of the answers.")
        elif question.kind is Kind.ONE and len(given.codes) > 1:
            sentence = N_("Choose one answer.")
    elif question.kind is Kind.NUMBER and given.value and not _is_number(given.value):
        sentence = N_("Write a number, such as 3.")
    elif question.kind is Kind.DATE and given.value and not _is_date(given.value):
        sentence = N_("Write a date, such as 2026-11-18.")
    elif len(given.value) > LONGEST_TEXT:
        sentence = N_("This is too long; a sentence or two is enough.")
    return Objection(question.link_id, sentence) if sentence else None


def settle(instrument: InstrumentShape, givens: Iterable[Given]) -> tuple[Given, ...]:
    """One Given for each question that shows, in the order of the form; the silent ones are not asked.

    A code that is no answer (*I choose not to answer*) becomes its reason. What was said to a
    question that does not show any more is left out.
    """
    by_link = {given.link_id: _plain(instrument, given) for given in givens}
    visible = shown(instrument, by_link)
    return tuple(
        _reasoned(by_link.get(question.link_id) or Given(question.link_id))
        for question in instrument.walk()
        if question.is_asked and question.link_id in visible
    )


def _plain(instrument: InstrumentShape, given: Given) -> Given:
    question = instrument.find(given.link_id)
    if question is None:
        return given
    absent, codes = given.absent, []
    for code in given.codes:
        option = question.option(code)
        if option is not None and option.absent is not None:
            absent = option.absent
        else:
            codes.append(code)
    return replace(given, codes=tuple(dict.fromkeys(codes)), value=given.value.strip(), absent=absent)


def _reasoned(given: Given) -> Given:
    if given.codes or given.value or given.absent:
        return given
    return replace(given, absent=Answered.NOT_ASKED)


def skip_segment(
    instrument: InstrumentShape, givens: Iterable[Given], segment: Segment, because: Because
) -> list[Given]:
    """The givens, with every question of ``segment`` turned into *not asked*, and why."""
    skipped = {q.link_id for q in instrument.walk() if q.is_asked and q.segment is segment}
    kept = [given for given in givens if given.link_id not in skipped]
    return [*kept, *(Given(link, absent=Answered.NOT_ASKED, because=because) for link in sorted(skipped))]


def unanswered(instrument: InstrumentShape, absent: Answered) -> list[Given]:
    """Every everyday question that shows at once, with the one reason why nothing was said to any."""
    asked = (q for q in instrument.walk() if q.is_asked and not q.shown_when)
    return [Given(q.link_id, absent=absent) for q in asked if q.segment is Segment.GENERAL]


def outcome_of(found: Iterable[Determination]) -> Outcome:
    """How the occasion to screen ended, told by the core topics that may be counted.

    Answers about safety do not enter, so that nothing about them can be read from an outcome.
    """
    core = [one for one in found if topic_of(one.domain)]
    known = {topic_of(one.domain) for one in core if one.result in (Result.POSITIVE, Result.NEGATIVE)}
    if known >= set(CORE_TOPICS):
        return Outcome.COMPLETE
    if known:
        return Outcome.PARTIAL
    absents = {traced.absent for one in core for traced in one.trace} - {None, Answered.NOT_ASKED}
    if not absents:
        return Outcome.NOT_ASKED
    return Outcome.UNABLE if absents == {Answered.UNABLE} else Outcome.DECLINED


def topic_of(domain: NeedDomain) -> str:
    """The core topic that a domain counts for, or nothing."""
    return next((topic for topic, domains in CORE_TOPICS.items() if domain in domains), "")


def replies(instrument: InstrumentShape, givens: Iterable[Given]) -> dict[str, Reply]:
    """The answers by question code, for scoring; each question of the form is in it.

    Where a form asks the lines of a list one by one (a group coded 93031-3 whose questions are
    coded as its answers, with yes and no), the lines become the answers of the list.
    """
    by_link = {given.link_id: given for given in givens}
    found: dict[str, Reply] = {}
    for top in instrument.questions:
        _collect(top, "", by_link, found)
    return found


def _collect(
    question: Question, outer_code: str, by_link: Mapping[str, Given], found: dict[str, Reply]
) -> None:
    given = by_link.get(question.link_id, Given(question.link_id))
    code = question.code or question.link_id
    if question.is_asked and not question.asks_wish:
        if code.startswith("LA") and outer_code:
            found[outer_code] = _with_line(found.get(outer_code, Reply()), code, given)
        else:
            found[code] = Reply(frozenset(given.codes), absent=given.absent)
    for item in question.items:
        _collect(item, question.code if question.kind is Kind.GROUP else outer_code, by_link, found)


def _with_line(reply: Reply, line: str, given: Given) -> Reply:
    if {"LA33-6", "true"} & {*given.codes, given.value}:
        return replace(reply, codes=reply.codes | {line})
    if {"LA32-8", "false"} & {*given.codes, given.value}:
        return replace(reply, denied=reply.denied | {line})
    return reply


def determine(instrument: InstrumentShape, givens: Iterable[Given]) -> tuple[Determination, ...]:
    """What the answers show, by the rules of the instrument, in its order."""
    return rules_for(instrument).determine(replies(instrument, givens))


def wishes(
    instrument: InstrumentShape, givens: Iterable[Given], found: Iterable[Determination]
) -> dict[NeedDomain, Wish]:
    """What the person said to *do you want help with this?*, for each domain with a risk.

    Two questions of one domain may bring two words; the one that asks for most help counts.
    """
    by_link = {given.link_id: given for given in givens}
    said: dict[NeedDomain, set[Wish]] = {}
    risky = [one for one in found if one.result is Result.POSITIVE]
    for question in instrument.walk():
        for wish in _wishes_under(question, by_link):
            for one in risky:
                if (question.code or question.link_id) in {traced.question for traced in one.trace}:
                    said.setdefault(one.domain, set()).add(wish)
    return {domain: min(all_said, key=_WISHES_BY_WEIGHT.index) for domain, all_said in said.items()}


def _wishes_under(question: Question, by_link: Mapping[str, Given]) -> list[Wish]:
    codes = [
        code
        for item in question.items
        if item.asks_wish and item.link_id in by_link
        for code in by_link[item.link_id].codes
    ]
    return [Wish(code) for code in codes if code in set(Wish)]


def _is_number(text: str) -> bool:
    try:
        return math.isfinite(float(text.replace(",", "."))) and len(text) < 20
    except ValueError:
        return False


def _is_date(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
