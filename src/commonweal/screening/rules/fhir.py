# ruff: noqa: N815  (the names of the standard, as they stand on the wire)
"""The parts of a FHIR R4 Questionnaire that we read, as types; everything else is left aside."""

import re
from collections.abc import Mapping
from typing import Any, Literal

import msgspec

TRANSLATION = "http://hl7.org/fhir/StructureDefinition/translation"
ITEM_CONTROL = "http://hl7.org/fhir/StructureDefinition/questionnaire-itemControl"
CALCULATED = "sdc-questionnaire-calculatedExpression"
RISK = "urn:commonweal:risk"
DOMAIN = "urn:commonweal:need-domain"
SEGMENT = "urn:commonweal:segment"
WISH = "urn:commonweal:asks-wish"
ALONE = "urn:commonweal:stands-alone"


class Coding(msgspec.Struct, frozen=True):
    code: str = ""
    system: str = ""
    display: str = ""
    display_more: "Element | None" = msgspec.field(name="_display", default=None)


class Concept(msgspec.Struct, frozen=True):
    coding: tuple[Coding, ...] = ()


class Extension(msgspec.Struct, frozen=True):
    url: str = ""
    extension: tuple["Extension", ...] = ()
    valueCode: str | None = None
    valueString: str | None = None
    valueMarkdown: str | None = None
    valueBoolean: bool | None = None
    valueCoding: Coding | None = None
    valueCodeableConcept: Concept | None = None

    @property
    def text(self) -> str:
        coded = self.valueCoding.code if self.valueCoding else ""
        return self.valueCode or self.valueString or self.valueMarkdown or coded


class Element(msgspec.Struct, frozen=True):
    """What hangs on a primitive: ``_text`` beside ``text``."""

    extension: tuple[Extension, ...] = ()


class AnswerOption(msgspec.Struct, frozen=True):
    valueCoding: Coding | None = None
    valueString: str | None = None
    valueInteger: int | None = None
    valueDate: str | None = None
    extension: tuple[Extension, ...] = ()

    @property
    def coding(self) -> Coding:
        """The answer as a coding; a bare text or number is its own code."""
        if self.valueCoding is not None:
            return self.valueCoding
        plain = next((v for v in (self.valueString, self.valueInteger, self.valueDate) if v is not None), "")
        return Coding(code=str(plain), display=str(plain))


class EnableWhen(msgspec.Struct, frozen=True):
    question: str = ""
    operator: str = ""
    answerCoding: Coding | None = None
    answerBoolean: bool | None = None
    answerString: str | None = None
    answerInteger: int | None = None
    answerDecimal: float | None = None
    answerDate: str | None = None

    @property
    def answer(self) -> str | bool | float | None:
        if self.answerCoding is not None:
            return self.answerCoding.code or None
        values = (self.answerBoolean, self.answerString, self.answerInteger, self.answerDecimal)
        return next((value for value in values if value is not None), self.answerDate)


class Item(msgspec.Struct, frozen=True):
    linkId: str = ""
    type: str = ""
    text: str = ""
    text_more: Element | None = msgspec.field(name="_text", default=None)
    code: tuple[Coding, ...] = ()
    repeats: bool = False
    answerOption: tuple[AnswerOption, ...] = ()
    answerValueSet: str = ""
    enableWhen: tuple[EnableWhen, ...] = ()
    enableBehavior: str = "all"
    extension: tuple[Extension, ...] = ()
    item: tuple["Item", ...] = ()


class Include(msgspec.Struct, frozen=True):
    system: str = ""
    concept: tuple[Coding, ...] = ()


class Compose(msgspec.Struct, frozen=True):
    include: tuple[Include, ...] = ()


class Expansion(msgspec.Struct, frozen=True):
    contains: tuple[Coding, ...] = ()


class Contained(msgspec.Struct, frozen=True):
    id: str = ""
    resourceType: str = ""
    compose: Compose = Compose()
    expansion: Expansion = Expansion()

    @property
    def codings(self) -> list[Coding]:
        if self.expansion.contains:
            return list(self.expansion.contains)
        return [
            msgspec.structs.replace(concept, system=concept.system or part.system)
            for part in self.compose.include
            for concept in part.concept
        ]


class Questionnaire(msgspec.Struct, frozen=True):
    resourceType: Literal["Questionnaire"]
    id: str = ""
    url: str = ""
    version: str = ""
    name: str = ""
    title: str = ""
    title_more: Element | None = msgspec.field(name="_title", default=None)
    language: str = "en"
    copyright: str = ""
    code: tuple[Coding, ...] = ()
    contained: tuple[Contained, ...] = ()
    item: tuple[Item, ...] = ()


def extension(held: tuple[Extension, ...], url: str) -> Extension | None:
    """The first extension of that address; an address may be given by its ending alone."""
    return next((one for one in held if one.url == url or one.url.endswith(f"/{url}")), None)


def link_id_at(resource: Mapping[str, Any], path: str) -> str:
    """The linkId of the item that a decoding error's path points into, or nothing.

    >>> link_id_at({"item": [{"linkId": "a", "type": 3}]}, "$.item[0].type")
    'a'
    """
    here, found = resource, ""
    for number in re.findall(r"\.item\[(\d+)\]", path):
        here = here["item"][int(number)]
        found = str(here.get("linkId") or found) if isinstance(here, Mapping) else found
    return found
