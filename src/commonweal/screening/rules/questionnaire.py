"""A FHIR R4 Questionnaire, read into an instrument, with every fault named at once.

Read are groups, displays, choices, booleans, numbers, dates and texts; ``enableWhen``; the
translation extension; contained value sets; and our own marks (risk, domain, segment, wish). What
a form of ours could not ask (attachments, references, quantities) is a fault, not a silence.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from typing import Any

import msgspec

from commonweal.kernel.errors import BadInput
from commonweal.screening.rules.fhir import Item, Questionnaire, link_id_at
from commonweal.screening.rules.items import Fault, ItemReader, said
from commonweal.screening.rules.known import gaps, key_of
from commonweal.screening.shapes import InstrumentShape, Question, Words

MAX_ITEMS = 500
MAX_DEPTH = 8


class UnreadableInstrument(BadInput):
    """A questionnaire that cannot be asked. ``faults`` names each item and what is wrong with it."""

    def __init__(self, source: str, faults: list[Fault]) -> None:
        first = faults[0]
        more = f" (and {len(faults) - 1} more)" if len(faults) > 1 else ""
        super().__init__(f"{source}, {first.place}", f"{first.what}{more}")
        self.faults = tuple(faults)


def read_questionnaire(resource: object, source: str, key: str = "") -> InstrumentShape:
    """The instrument in ``resource``: a Questionnaire, a bundle entry that holds one, or a Bundle.

    ``source`` names the file in errors; ``key`` names the scoring where the codes do not tell it.
    Raises UnreadableInstrument with all faults.
    """
    found = _decoded(resource, source)
    _refuse_if(source, _form_faults(found))
    key = key or key_of(_codes(found)) or _slug(found)
    value_sets = {f"#{one.id}": one for one in found.contained if one.resourceType == "ValueSet"}
    reader = ItemReader(key, value_sets)
    questions = tuple(reader.read(item) for item in found.item)
    _refuse_if(source, reader.faults + _reference_faults(questions))
    return _instrument(found, key, questions, reader.warnings)


def _refuse_if(source: str, faults: list[Fault]) -> None:
    if faults:
        raise UnreadableInstrument(source, faults)


def _decoded(resource: object, source: str) -> Questionnaire:
    found = _questionnaire_in(resource)
    if found is None:
        raise UnreadableInstrument(source, [Fault("", "holds no FHIR Questionnaire")])
    try:
        return msgspec.convert(found, Questionnaire)
    except msgspec.ValidationError as error:
        what, _, path = str(error).partition(" - at ")
        raise UnreadableInstrument(source, [Fault(link_id_at(found, path), f"{what} {path}")]) from error
    except RecursionError as error:
        raise UnreadableInstrument(source, [Fault("", "is nested without end")]) from error


def _questionnaire_in(resource: object, depth: int = 0) -> Mapping[str, Any] | None:
    if not isinstance(resource, Mapping) or depth > 3:
        return None
    if resource.get("resourceType") == "Questionnaire":
        return resource
    entries = resource.get("entry")
    inner = entries if isinstance(entries, list) else [resource.get("resource")]
    return next(filter(None, (_questionnaire_in(one, depth + 1) for one in inner)), None)


def _instrument(
    found: Questionnaire, key: str, questions: tuple[Question, ...], warnings: list[str]
) -> InstrumentShape:
    first = found.language.split("-")[0] or "en"
    title = said(found.title or found.name or key, found.title_more)
    shape = InstrumentShape(
        key=key,
        title=title,
        questions=questions,
        version=found.version,
        url=found.url,
        copyright=found.copyright,
        languages=(first, *_whole_translations(title, questions, first)),
    )
    return replace(shape, warnings=(*warnings, *gaps(shape)))


def _form_faults(found: Questionnaire) -> list[Fault]:
    seen = list(_walk(found.item, 1))
    if not seen:
        return [Fault("", "has no items, so there is nothing to ask")]
    if len(seen) > MAX_ITEMS:
        return [Fault("", f"has {len(seen)} items; {MAX_ITEMS} is the most that one form can hold")]
    faults, known = [], set()
    for number, (item, depth) in enumerate(seen, 1):
        if not item.linkId.strip():
            faults.append(Fault("", f"item number {number} has no linkId"))
        elif item.linkId in known:
            faults.append(Fault(item.linkId, "this linkId is used twice"))
        elif depth > MAX_DEPTH:
            faults.append(Fault(item.linkId, f"is nested {depth} deep; {MAX_DEPTH} is the most"))
        known.add(item.linkId)
    return faults


def _walk(items: tuple[Item, ...], depth: int) -> Iterator[tuple[Item, int]]:
    for item in items:
        yield item, depth
        yield from _walk(item.item, depth + 1)


def _reference_faults(questions: tuple[Question, ...]) -> list[Fault]:
    every = {q.link_id: q for question in questions for q in question.walk()}
    faults = []
    for question in every.values():
        for condition in question.shown_when:
            what = _condition_fault(question, every.get(condition.link_id), condition.answer)
            if what:
                faults.append(Fault(question.link_id, what.format(condition.link_id, condition.answer)))
    return faults


def _condition_fault(question: Question, asked: Question | None, answer: object) -> str:
    if asked is None:
        return "enableWhen asks for “{0}”, which is not here"
    if any(asked is inner for inner in question.walk()):
        return "enableWhen asks for “{0}”, which stands inside it"
    if asked.options and isinstance(answer, str) and asked.option(answer) is None:
        return "enableWhen waits for “{1}”, which is no answer of {0}"
    return ""


def _codes(found: Questionnaire) -> Iterator[str]:
    """Codes of the questionnaire and its items; a linkId such as ``/93025-5`` counts as one."""
    yield from (coding.code for coding in found.code)
    for item, _ in _walk(found.item, 1):
        yield item.linkId.strip("/")
        yield from (coding.code for coding in item.code)


def _slug(found: Questionnaire) -> str:
    raw = found.id or found.name or found.title
    return re.sub(r"[^a-z0-9]+", "-", raw.lower()).strip("-")[:60] or "instrument"


def _whole_translations(title: Words, questions: tuple[Question, ...], first: str) -> list[str]:
    """Languages in which every question and answer has words; a half translation is not offered."""
    texts = [title]
    for question in (q for top in questions for q in top.walk()):
        texts += [question.words, *(option.words for option in question.options)]
        texts += [question.hint] if question.hint else []
    texts = [words for words in texts if words.first]
    offered = {language for words in texts for language in words.others} - {first}
    return sorted(lang for lang in offered if all(lang in words.others for words in texts))
